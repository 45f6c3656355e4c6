//! Iteration: `iter`, `next`, and collecting what an iterable yields.
//!
//! Invariant: a container that is iterated in line is read one item at a time through its accessors, so that the loop body
//! may change it as CPython allows.

use crate::object::seq_iter::{ListIterObject, RangeIterObject, StrIterObject, TupleIterObject};
use crate::object::{dict, list, set, tuple};
use crate::runtime::{R, Rt};
use crate::types::sequence_iter;
use crate::value::Obj;
use molt_abi::layout::Kind;

impl Rt {
    /// `iter(obj)`.
    pub fn iter(&self, obj: &Obj) -> R {
        let ty = self.type_of(obj);
        if let Some(iter) = ty.slots.iter.get() {
            let result = iter(self, obj)?;
            if self.type_of(&result).slots.next.get().is_none() {
                return Err(
                    self.type_error(format_args!("iter() returned non-iterator of type '{}'", self.type_name(&result)))
                );
            }
            return Ok(result);
        }
        if ty.slots.getitem.get().is_some() && !obj.is_kind(Kind::Dict) && !obj.is_kind(Kind::Type) {
            return Ok(sequence_iter::new(self, obj));
        }
        Err(self.not_iterable(obj))
    }

    /// "'int' object is not iterable".
    #[cold]
    pub fn not_iterable(&self, obj: &Obj) -> crate::Raised {
        self.type_error(format_args!("'{}' object is not iterable", self.type_name(obj)))
    }

    /// The next value of an iterator; `None` when it is exhausted.
    #[inline]
    pub fn next(&self, iterator: &Obj) -> R<Option<Obj>> {
        let Some(h) = iterator.header() else { return self.next_by_type(iterator) };
        match h.kind() {
            Kind::ListIter => Ok(next_of_list(iterator.expect::<ListIterObject>())),
            Kind::RangeIter => Ok(iterator.expect::<RangeIterObject>().advance().map(|n| self.int(n))),
            Kind::TupleIter => Ok(next_of_tuple(iterator.expect::<TupleIterObject>())),
            Kind::Generator => self.resume(iterator, Some(Obj::none())).or_else(|raised| self.end_of_iteration(raised)),
            Kind::StrIter => Ok(crate::types::str::next_char(self, iterator.expect::<StrIterObject>())),
            _ => self.next_by_type(iterator),
        }
    }

    #[inline(never)]
    fn next_by_type(&self, iterator: &Obj) -> R<Option<Obj>> {
        match self.type_of(iterator).slots.next.get() {
            // A native iterator whose callback raised StopIteration is exhausted too.
            Some(next) => next(self, iterator).or_else(|raised| self.end_of_iteration(raised)),
            None => Err(self.type_error(format_args!("'{}' object is not an iterator", self.type_name(iterator)))),
        }
    }

    /// Calls `f` with each value of an iterable until it fails.
    pub fn for_each(&self, iterable: &Obj, mut f: impl FnMut(Obj) -> R<()>) -> R<()> {
        if iterable.is_exact(Kind::Tuple) {
            for item in tuple::items(iterable).unwrap_or_default() {
                f(item.clone())?;
            }
            return Ok(());
        }
        if iterable.is_exact(Kind::List) {
            let items = iterable.expect::<list::ListObject>();
            let mut n = 0;
            while let Some(item) = items.get(n) {
                f(item)?;
                n += 1;
            }
            return Ok(());
        }
        let iterator = self.iter(iterable)?;
        while let Some(item) = self.next(&iterator)? {
            f(item)?;
        }
        Ok(())
    }

    /// The values of an iterable.
    pub fn collect(&self, iterable: &Obj) -> R<Vec<Obj>> {
        if let Some(items) = self.collect_quick(iterable) {
            return Ok(items);
        }
        let mut out = Vec::new();
        self.for_each(iterable, |item| {
            out.push(item);
            Ok(())
        })?;
        Ok(out)
    }

    /// The values of an exact builtin container, whose iteration runs no Python code.
    pub fn collect_quick(&self, iterable: &Obj) -> Option<Vec<Obj>> {
        if iterable.is_exact(Kind::List) {
            list::get(iterable).map(list::ListObject::snapshot)
        } else if iterable.is_exact(Kind::Tuple) {
            tuple::items(iterable).map(<[Obj]>::to_vec)
        } else if iterable.is_exact(Kind::Dict) {
            dict::get(iterable).map(dict::DictObject::keys)
        } else if iterable.is_exact(Kind::Set) || iterable.is_exact(Kind::FrozenSet) {
            set::get(iterable).map(set::SetObject::items)
        } else if iterable.is_exact(Kind::Range) {
            crate::types::range::machine_values(self, iterable)
        } else {
            None
        }
    }
}

/// The `iter` slot of iterators.
pub fn iter_self(_: &Rt, self_: &Obj) -> R {
    Ok(self_.clone())
}

/// The next item of a list iterator.
#[inline]
pub fn next_of_list(it: &ListIterObject) -> Option<Obj> {
    let n = it.index.get();
    let item = it.with_seq(|seq| list::get(seq).and_then(|l| l.get(n as usize)))?;
    match item {
        Some(_) => it.index.set(n + 1),
        None => it.seq.set(None),
    }
    item
}

/// The next item of a tuple iterator.
#[inline]
pub fn next_of_tuple(it: &TupleIterObject) -> Option<Obj> {
    let n = it.index.get();
    let item = it.with_seq(|seq| tuple::items(seq).and_then(|t| t.get(n as usize).cloned()))?;
    match item {
        Some(_) => it.index.set(n + 1),
        None => it.seq.set(None),
    }
    item
}
