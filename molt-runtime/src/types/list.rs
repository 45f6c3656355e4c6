//! `list`.
//!
//! Invariant: methods are called with a receiver of the type; the descriptors check it. Items are cloned out before any
//! call that may run Python code, and lengths are read again after one.

use super::sequence::{self, compare_items};
use super::spec::{CmpOp, MethodDef, NativeFn, Param, Slots, TypeSpec, unhashable};
use crate::object::int;
use crate::object::list::{self, ListObject};
use crate::object::seq_iter::ListIterObject;
use crate::object::slice::SliceObject;
use crate::object::types::in_runtime;
use crate::ops::call::Args;
use crate::ops::index::SliceParts;
use crate::runtime::{R, Rt};
use crate::types::{exception, sequence_iter, sort};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    subclassable: true,
    doc: "Built-in mutable sequence.\n\nIf no argument is given, the constructor creates a new empty list.\nThe argument must be an iterable if specified.",
    signature: "(iterable=(), /)",
    slots: Slots {
        repr: Some(repr),
        hash: Some(unhashable),
        compare: Some(compare),
        iter: Some(iter),
        new: Some(new),
        init: Some(init),
        len: Some(len),
        getitem: Some(getitem),
        setitem: Some(setitem),
        contains: Some(contains),
        concat: Some(concat),
        repeat: Some(repeat),
        iconcat: Some(iconcat),
        irepeat: Some(irepeat),
        ..Slots::EMPTY
    },
    methods: &[
        crate::types::alias::CLASS_GETITEM,
        MethodDef::new(
            "__reversed__",
            NativeFn::NoArgs(reversed),
            "($self, /)",
            "Return a reverse iterator over the list.",
        ),
        MethodDef::new("append", NativeFn::One(append), "($self, object, /)", "Append object to the end of the list."),
        MethodDef::new("clear", NativeFn::NoArgs(clear), "($self, /)", "Remove all items from list."),
        MethodDef::new("copy", NativeFn::NoArgs(copy), "($self, /)", "Return a shallow copy of the list."),
        MethodDef::new("count", NativeFn::One(count), "($self, value, /)", "Return number of occurrences of value."),
        MethodDef::new(
            "extend",
            NativeFn::One(extend),
            "($self, iterable, /)",
            "Extend list by appending elements from the iterable.",
        ),
        MethodDef::new(
            "index",
            NativeFn::Positional { min: 1, max: 3, func: index },
            "($self, value, start=0, stop=sys.maxsize, /)",
            "Return first index of value.\n\nRaises ValueError if the value is not present.",
        ),
        MethodDef::new(
            "insert",
            NativeFn::Positional { min: 2, max: 2, func: insert },
            "($self, index, object, /)",
            "Insert object before index.",
        ),
        MethodDef::new(
            "pop",
            NativeFn::Positional { min: 0, max: 1, func: pop },
            "($self, index=-1, /)",
            "Remove and return item at index (default last).\n\nRaises IndexError if list is empty or index is out of range.",
        ),
        MethodDef::new(
            "remove",
            NativeFn::One(remove),
            "($self, value, /)",
            "Remove first occurrence of value.\n\nRaises ValueError if the value is not present.",
        ),
        MethodDef::new("reverse", NativeFn::NoArgs(reverse), "($self, /)", "Reverse *IN PLACE*."),
        MethodDef::new(
            "sort",
            NativeFn::Keywords {
                params: &[Param::optional("key").kw_only(), Param::optional("reverse").kw_only()],
                func: sort_method,
            },
            "($self, /, *, key=None, reverse=False)",
            "Sort the list in ascending order and return None.\n\nThe sort is in-place (i.e. the list itself is modified) and stable (i.e. the\norder of two equal elements is maintained).\n\nIf a key function is given, apply it once to each list item and sort them,\nascending or descending, according to their function values.\n\nThe reverse flag can be set to sort in descending order.",
        ),
    ],
    ..TypeSpec::new("list", Kind::List)
};

#[inline(always)]
fn items(self_: &Obj) -> &ListObject {
    self_.expect::<ListObject>()
}

fn new(rt: &Rt, cls: &Obj, _: Args<'_>) -> R {
    Ok(list::with_type(rt, in_runtime(rt, cls), Vec::new()))
}

fn init(rt: &Rt, self_: &Obj, args: Args<'_>) -> R<()> {
    if args.has_keywords() && self_.is_exact(Kind::List) {
        return Err(rt.type_error(format_args!("list() takes no keyword arguments")));
    }
    let given = args.positional();
    if given.len() > 1 {
        return Err(rt.type_error(format_args!("list expected at most 1 argument, got {}", given.len())));
    }
    drop(items(self_).take_items());
    match given.first() {
        Some(iterable) => extend_with(rt, self_, iterable),
        None => Ok(()),
    }
}

/// Appends what an iterable yields.
pub fn extend_with(rt: &Rt, self_: &Obj, iterable: &Obj) -> R<()> {
    let to = items(self_);
    if let Some(more) = rt.collect_quick(iterable) {
        to.append_all(more);
        return Ok(());
    }
    rt.for_each(iterable, |item| {
        to.push(item);
        Ok(())
    })
}

fn repr(rt: &Rt, self_: &Obj) -> R {
    if items(self_).is_empty() {
        return Ok(rt.str("[]"));
    }
    let Some(guard) = rt.enter_repr(self_) else { return Ok(rt.str("[...]")) };
    let mut out = crate::ops::repr::Writer::new("[");
    let mut n = 0;
    while let Some(item) = items(self_).get(n) {
        if n != 0 {
            out.push_str(", ");
        }
        out.push_repr(rt, &item)?;
        n += 1;
    }
    out.push_str("]");
    drop(guard);
    Ok(out.finish(rt))
}

fn compare(rt: &Rt, a: &Obj, b: &Obj, op: CmpOp) -> R {
    match (list::get(a), list::get(b)) {
        (Some(x), Some(y)) => {
            compare_items(rt, op, x.len(), y.len(), &|n| x.get(n), &|n| y.get(n), &|| (x.len(), y.len()))
        }
        _ => Ok(Obj::not_implemented()),
    }
}

fn iter(rt: &Rt, self_: &Obj) -> R {
    Ok(ListIterObject::new(rt, self_))
}

fn len(_: &Rt, self_: &Obj) -> R<usize> {
    Ok(items(self_).len())
}

/// The position that an index means, negative ones counted from the end.
#[inline(always)]
fn position(index: i64, len: usize) -> Option<usize> {
    let index = if index < 0 { index + len as i64 } else { index };
    if index < 0 || index >= len as i64 { None } else { Some(index as usize) }
}

/// Item `index` of a list.
#[inline(always)]
pub fn item(rt: &Rt, self_: &Obj, index: i64) -> R {
    let l = items(self_);
    match position(index, l.len()).and_then(|n| l.get(n)) {
        Some(item) => Ok(item),
        None => Err(out_of_range(rt)),
    }
}

#[cold]
#[inline(never)]
fn out_of_range(rt: &Rt) -> crate::Raised {
    rt.index_error(format_args!("list index out of range"))
}

#[cold]
#[inline(never)]
fn assignment_out_of_range(rt: &Rt) -> crate::Raised {
    rt.index_error(format_args!("list assignment index out of range"))
}

/// Stores into item `index` of a list.
#[inline(always)]
pub fn set_item(rt: &Rt, self_: &Obj, index: i64, value: &Obj) -> R<()> {
    let l = items(self_);
    match position(index, l.len()) {
        Some(n) => {
            drop(l.set(n, value.clone()));
            Ok(())
        }
        None => Err(assignment_out_of_range(rt)),
    }
}

fn getitem(rt: &Rt, self_: &Obj, key: &Obj) -> R {
    if let Some(n) = key.as_small_int() {
        return item(rt, self_, n);
    }
    if key.is_kind(Kind::Slice) {
        return Ok(slice(rt, self_, rt.slice_parts(key)?));
    }
    if rt.has_index(key) {
        return item(rt, self_, rt.index_i64_or(key, &exception::INDEX_ERROR)?);
    }
    Err(bad_key(rt, key))
}

/// The items that a slice selects, as a list.
#[inline]
pub fn slice(rt: &Rt, self_: &Obj, parts: SliceParts) -> Obj {
    let l = items(self_);
    let at = parts.clamp(l.len());
    l.pick(rt, at.start as usize, at.step as isize, at.count)
}

#[cold]
fn bad_key(rt: &Rt, key: &Obj) -> crate::Raised {
    rt.type_error(format_args!("list indices must be integers or slices, not {}", rt.type_name(key)))
}

fn setitem(rt: &Rt, self_: &Obj, key: &Obj, value: Option<&Obj>) -> R<()> {
    if key.is_kind(Kind::Slice) {
        return match value {
            Some(value) => assign_slice(rt, self_, rt.slice_parts(key)?, value),
            None => {
                delete_slice(self_, rt.slice_parts(key)?);
                Ok(())
            }
        };
    }
    if !rt.has_index(key) {
        return Err(bad_key(rt, key));
    }
    let n = rt.index_i64_or(key, &exception::INDEX_ERROR)?;
    match value {
        Some(value) => set_item(rt, self_, n, value),
        None => {
            let l = items(self_);
            match position(n, l.len()).and_then(|n| l.remove(n)) {
                Some(_) => Ok(()),
                None => Err(rt.index_error(format_args!("list assignment index out of range"))),
            }
        }
    }
}

/// Replaces the items that a slice selects by those of an iterable.
pub fn assign_slice(rt: &Rt, self_: &Obj, parts: SliceParts, value: &Obj) -> R<()> {
    let l = items(self_);
    let extended = parts.step != 1;
    if !extended && !self_.is(value) && (value.is_exact(Kind::List) || value.is_exact(Kind::Tuple)) {
        // As many items as before: they are exchanged in place.
        let at = parts.clamp(l.len());
        let exchange = |with: &[Obj]| (with.len() == at.count).then(|| l.overwrite(at.start as usize, with));
        let old = match list::get(value) {
            Some(other) => other.peek(exchange),
            None => exchange(crate::object::tuple::items(value).unwrap_or_default()),
        };
        if let Some(old) = old {
            list::release(old);
            return Ok(());
        }
    }
    // CPython's words for a value that is no iterable depend on the form of the slice.
    let with = if self_.is(value) {
        l.snapshot()
    } else {
        match rt.collect(value) {
            Ok(items) => items,
            Err(raised) => {
                if rt.exception_is(&exception::TYPE_ERROR)
                    && rt.type_of(value).slots.iter.get().is_none()
                    && rt.type_of(value).slots.getitem.get().is_none()
                {
                    rt.clear_exception();
                    return Err(rt.type_error(format_args!(
                        "{}",
                        if extended { "must assign iterable to extended slice" } else { "can only assign an iterable" }
                    )));
                }
                return Err(raised);
            }
        }
    };
    let at = parts.clamp(l.len());
    if !extended {
        let start = at.start as usize;
        let end = at.stop.max(at.start) as usize;
        list::release(l.splice(start, end, with));
        return Ok(());
    }
    if with.len() != at.count {
        return Err(rt.value_error(format_args!(
            "attempt to assign sequence of size {} to extended slice of size {}",
            with.len(),
            at.count
        )));
    }
    let mut old = with;
    l.peek_mut(|items| {
        for (n, new) in at.iter().zip(&mut old) {
            std::mem::swap(&mut items[n], new);
        }
    });
    Ok(())
}

/// Removes the items that a slice selects.
pub fn delete_slice(self_: &Obj, parts: SliceParts) {
    let l = items(self_);
    let at = parts.clamp(l.len());
    if at.count == 0 {
        return;
    }
    if parts.step == 1 {
        list::release(l.splice(at.start as usize, at.start as usize + at.count, Vec::new()));
        return;
    }
    let mut doomed: Vec<usize> = at.iter().collect();
    doomed.sort_unstable();
    let mut doomed = doomed.into_iter().peekable();
    let (mut kept, mut gone) = (Vec::with_capacity(l.len() - at.count), Vec::with_capacity(at.count));
    for (n, item) in l.take_items().into_iter().enumerate() {
        if doomed.next_if_eq(&n).is_some() { gone.push(item) } else { kept.push(item) }
    }
    drop(l.replace_items(kept));
    drop(gone);
}

fn contains(rt: &Rt, self_: &Obj, value: &Obj) -> R<bool> {
    Ok(find(rt, self_, value, 0, usize::MAX)?.is_some())
}

/// The first position from `start` up to `stop` of an item equal to `value`.
fn find(rt: &Rt, self_: &Obj, value: &Obj, start: usize, stop: usize) -> R<Option<usize>> {
    let l = items(self_);
    let mut n = start;
    loop {
        // Identity and unequal machine ints need no call.
        let next = l.peek(|items| sequence::next_candidate(items, n, stop, value));
        let Some(at) = next else { return Ok(None) };
        let Some(item) = l.get(at) else { return Ok(None) };
        if item.is(value) || rt.equal(&item, value)? {
            return Ok(Some(at));
        }
        n = at + 1;
    }
}

fn concat(rt: &Rt, a: &Obj, b: &Obj) -> R {
    let (Some(x), Some(y)) = (list::get(a), list::get(b)) else {
        if list::get(a).is_none() {
            return Ok(Obj::not_implemented());
        }
        return Err(rt.type_error(format_args!("can only concatenate list (not \"{}\") to list", rt.type_name(b))));
    };
    let mut all = Vec::with_capacity(x.len() + y.len());
    x.peek(|items| all.extend_from_slice(items));
    y.peek(|items| all.extend_from_slice(items));
    Ok(list::new(rt, all))
}

fn repeat(rt: &Rt, self_: &Obj, times: i64) -> R {
    let l = items(self_);
    let all = l.peek(|items| sequence::repeat(rt, items, times))?;
    Ok(list::new(rt, all))
}

fn iconcat(rt: &Rt, self_: &Obj, other: &Obj) -> R {
    extend_with(rt, self_, other)?;
    Ok(self_.clone())
}

fn irepeat(rt: &Rt, self_: &Obj, times: i64) -> R {
    let l = items(self_);
    let all = l.peek(|items| sequence::repeat(rt, items, times))?;
    drop(l.replace_items(all));
    Ok(self_.clone())
}

fn reversed(rt: &Rt, self_: &Obj) -> R {
    Ok(sequence_iter::reversed_list(rt, self_))
}

fn append(_: &Rt, self_: &Obj, value: &Obj) -> R {
    items(self_).push(value.clone());
    Ok(Obj::none())
}

fn clear(_: &Rt, self_: &Obj) -> R {
    list::release(items(self_).take_items());
    Ok(Obj::none())
}

fn copy(rt: &Rt, self_: &Obj) -> R {
    Ok(items(self_).peek(|items| list::from_slice(rt, items)))
}

fn count(rt: &Rt, self_: &Obj, value: &Obj) -> R {
    let (mut found, mut n) = (0, 0);
    while let Some(at) = find(rt, self_, value, n, usize::MAX)? {
        found += 1;
        n = at + 1;
    }
    Ok(rt.int(found))
}

fn extend(rt: &Rt, self_: &Obj, iterable: &Obj) -> R {
    extend_with(rt, self_, iterable)?;
    Ok(Obj::none())
}

fn index(rt: &Rt, self_: &Obj, args: &[Obj]) -> R {
    let len = items(self_).len();
    let start = rt.bound_argument(args.get(1), len, 0)?;
    let stop = rt.bound_argument(args.get(2), len, i64::MAX)?;
    match find(rt, self_, &args[0], start as usize, stop as usize)? {
        Some(n) => Ok(rt.int(n as i64)),
        None => {
            let text = rt.repr_text(&args[0])?;
            Err(rt.value_error(format_args!("{text} is not in list")))
        }
    }
}

fn insert(rt: &Rt, self_: &Obj, args: &[Obj]) -> R {
    let n = rt.index_i64(&args[0])?;
    let l = items(self_);
    let len = l.len() as i64;
    let n = if n < 0 { (n + len).max(0) } else { n.min(len) };
    l.insert(n as usize, args[1].clone());
    Ok(Obj::none())
}

fn pop(rt: &Rt, self_: &Obj, args: &[Obj]) -> R {
    let n = match args.first() {
        Some(n) => match int::value(&rt.index(n)?).and_then(|n| n.to_i64()) {
            Some(n) => n,
            None => {
                let message = format_args!("Python int too large to convert to C ssize_t");
                return Err(rt.error(&exception::OVERFLOW_ERROR, message));
            }
        },
        None => -1,
    };
    pop_at(rt, self_, n)
}

/// Removes the item at an index and gives it.
pub fn pop_at(rt: &Rt, self_: &Obj, n: i64) -> R {
    let l = items(self_);
    if l.is_empty() {
        return Err(rt.index_error(format_args!("pop from empty list")));
    }
    match position(n, l.len()).and_then(|n| l.remove(n)) {
        Some(item) => Ok(item),
        None => Err(rt.index_error(format_args!("pop index out of range"))),
    }
}

fn remove(rt: &Rt, self_: &Obj, value: &Obj) -> R {
    match find(rt, self_, value, 0, usize::MAX)? {
        Some(n) => {
            drop(items(self_).remove(n));
            Ok(Obj::none())
        }
        None => Err(rt.value_error(format_args!("list.remove(x): x not in list"))),
    }
}

fn reverse(_: &Rt, self_: &Obj) -> R {
    items(self_).peek_mut(<[Obj]>::reverse);
    Ok(Obj::none())
}

fn sort_method(rt: &Rt, self_: &Obj, args: &[Option<&Obj>]) -> R {
    let reverse = match args[1] {
        Some(r) => rt.truth(r)?,
        None => false,
    };
    sort_list(rt, self_, args[0].filter(|k| !k.is_none()), reverse)?;
    Ok(Obj::none())
}

/// `list.sort`: the list is empty while it is sorted, so that a change by a comparison or a key function is seen.
pub fn sort_list(rt: &Rt, self_: &Obj, key: Option<&Obj>, reverse: bool) -> R<()> {
    let l = items(self_);
    let mut items = l.take_items();
    let result = sort_values(rt, &mut items, key, reverse);
    let touched = l.is_allocated();
    drop(l.replace_items(items));
    result?;
    if touched {
        return Err(rt.value_error(format_args!("list modified during sort")));
    }
    Ok(())
}

/// Sorts values stably, descending on demand.
pub fn sort_values(rt: &Rt, items: &mut Vec<Obj>, key: Option<&Obj>, reverse: bool) -> R<()> {
    let Some(key) = key else {
        // Reversed before and after, equal items keep their order.
        if reverse {
            items.reverse();
        }
        let result = sort::sort_items(rt, items);
        if reverse {
            items.reverse();
        }
        return result;
    };
    let mut keys = Vec::with_capacity(items.len());
    for item in items.iter() {
        keys.push(rt.call(key, std::slice::from_ref(item))?);
    }
    if reverse {
        items.reverse();
        keys.reverse();
    }
    let order = sort::order(rt, &keys);
    if let Ok(order) = &order {
        sort::permute(items, order);
    }
    if reverse {
        items.reverse();
    }
    order.map(|_| ())
}

/// Whether an object is a `slice` (for callers that dispatch on keys).
pub fn is_slice(obj: &Obj) -> bool {
    obj.cast::<SliceObject>().is_some()
}
