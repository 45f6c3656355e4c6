//! `iterator`: iteration over an object with `__getitem__` alone, and the reversed iterators of sequences.
//!
//! Invariant: an exhausted iterator holds no sequence and stays exhausted.

use super::spec::{MethodDef, NativeFn, Slots, TypeSpec};
use crate::object::field::ObjCell;
use crate::object::native::{self, Payload};
use crate::object::{list, tuple};
use crate::ops::iter_self;
use crate::runtime::{R, Rt};
use crate::types::exception;
use crate::value::Obj;
use std::cell::Cell;

/// The sequence and the next index.
struct Forward {
    seq: ObjCell,
    index: Cell<i64>,
}

impl Payload for Forward {
    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        self.seq.traverse(visit);
    }
}

/// The type `iterator`.
pub static SPEC: TypeSpec = TypeSpec {
    slots: Slots { iter: Some(iter_self), next: Some(next), ..Slots::EMPTY },
    methods: &[MethodDef::new(
        "__length_hint__",
        NativeFn::NoArgs(length_hint),
        "($self, /)",
        "Private method returning an estimate of len(list(it)).",
    )],
    ..TypeSpec::native("iterator", Forward::VTABLE)
};

/// An iterator that indexes `seq` from 0 until `IndexError`.
pub fn new(rt: &Rt, seq: &Obj) -> Obj {
    native::new(rt, rt.spec_type(&SPEC), Forward { seq: ObjCell::new(Some(seq.clone())), index: Cell::new(0) })
}

fn next(rt: &Rt, self_: &Obj) -> R<Option<Obj>> {
    let it = native::expect::<Forward>(self_);
    let Some(seq) = it.seq.get() else { return Ok(None) };
    let n = it.index.get();
    match rt.get_item(&seq, &rt.int(n)) {
        Ok(item) => {
            it.index.set(n + 1);
            Ok(Some(item))
        }
        Err(raised) => {
            if rt.exception_is(&exception::INDEX_ERROR) || rt.exception_is(&exception::STOP_ITERATION) {
                rt.clear_exception();
                it.seq.set(None);
                return Ok(None);
            }
            Err(raised)
        }
    }
}

fn length_hint(rt: &Rt, self_: &Obj) -> R {
    let it = native::expect::<Forward>(self_);
    match it.seq.get() {
        Some(seq) => Ok(rt.int((rt.len(&seq)? as i64 - it.index.get()).max(0))),
        None => Ok(rt.int(0)),
    }
}

/// The sequence and the next index; negative when exhausted.
struct Backward {
    seq: ObjCell,
    index: Cell<i64>,
}

impl Payload for Backward {
    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        self.seq.traverse(visit);
    }
}

/// The type `reversed`, over any sequence.
pub static REVERSED: TypeSpec = TypeSpec {
    subclassable: true,
    doc: "Return a reverse iterator over the values of the given sequence.",
    slots: Slots { iter: Some(iter_self), next: Some(reversed_next), new: Some(reversed_new), ..Slots::EMPTY },
    methods: &[MethodDef::new(
        "__length_hint__",
        NativeFn::NoArgs(reversed_hint),
        "($self, /)",
        "Private method returning an estimate of len(list(it)).",
    )],
    ..TypeSpec::native("reversed", Backward::VTABLE)
};

/// The type `list_reverseiterator`.
pub static LIST_REVERSED: TypeSpec = TypeSpec {
    slots: Slots { iter: Some(iter_self), next: Some(reversed_next), ..Slots::EMPTY },
    methods: &[MethodDef::new(
        "__length_hint__",
        NativeFn::NoArgs(reversed_hint),
        "($self, /)",
        "Private method returning an estimate of len(list(it)).",
    )],
    ..TypeSpec::native("list_reverseiterator", Backward::VTABLE)
};

fn reversed_new(rt: &Rt, cls: &Obj, args: crate::ops::call::Args<'_>) -> R {
    if args.has_keywords() {
        return Err(rt.type_error(format_args!("reversed() takes no keyword arguments")));
    }
    let [seq] = args.positional() else {
        return Err(rt.type_error(format_args!("reversed expected 1 argument, got {}", args.positional().len())));
    };
    let ty = rt.type_of(seq);
    if let Some(method) = rt.special(seq, &rt.names().__reversed__)? {
        if method.is_none() {
            return Err(rt.type_error(format_args!("'{}' object is not reversible", rt.type_name(seq))));
        }
        return rt.call(&method, &[]);
    }
    // As `PySequence_Check`: dicts have items, but no order of them to walk back.
    if ty.slots.getitem.get().is_none() || seq.is_kind(molt_abi::layout::Kind::Dict) {
        return Err(rt.type_error(format_args!("'{}' object is not reversible", rt.type_name(seq))));
    }
    let len = rt.len(seq)? as i64;
    let ty = crate::object::types::in_runtime(rt, cls);
    Ok(native::new(rt, ty, Backward { seq: ObjCell::new(Some(seq.clone())), index: Cell::new(len - 1) }))
}

/// `reversed(list)`.
pub fn reversed_list(rt: &Rt, seq: &Obj) -> Obj {
    let len = list::get(seq).map_or(0, list::ListObject::len) as i64;
    let it = Backward { seq: ObjCell::new(Some(seq.clone())), index: Cell::new(len - 1) };
    native::new(rt, rt.spec_type(&LIST_REVERSED), it)
}

fn reversed_next(rt: &Rt, self_: &Obj) -> R<Option<Obj>> {
    let it = native::expect::<Backward>(self_);
    let n = it.index.get();
    let Some(seq) = it.seq.get() else { return Ok(None) };
    if n < 0 {
        it.seq.set(None);
        return Ok(None);
    }
    // A `list_reverseiterator` reads the list itself, even that of a subclass with a `__getitem__` of its own.
    let is_list_iter = rt.type_of(self_).is(rt.spec_type(&LIST_REVERSED)) || seq.is_exact(molt_abi::layout::Kind::List);
    let quick = if let Some(l) = list::get(&seq).filter(|_| is_list_iter) {
        Some(l.get(n as usize))
    } else if seq.is_exact(molt_abi::layout::Kind::Tuple) {
        tuple::items(&seq).map(|t| t.get(n as usize).cloned())
    } else {
        None
    };
    let item = match quick {
        Some(item) => item,
        None => match rt.get_item(&seq, &rt.int(n)) {
            Ok(item) => Some(item),
            Err(raised) => {
                if !rt.exception_is(&exception::INDEX_ERROR) && !rt.exception_is(&exception::STOP_ITERATION) {
                    return Err(raised);
                }
                rt.clear_exception();
                None
            }
        },
    };
    match item {
        Some(item) => {
            it.index.set(n - 1);
            Ok(Some(item))
        }
        None => {
            it.index.set(-1);
            it.seq.set(None);
            Ok(None)
        }
    }
}

fn reversed_hint(rt: &Rt, self_: &Obj) -> R {
    let it = native::expect::<Backward>(self_);
    match it.seq.get() {
        Some(seq) => {
            let n = it.index.get() + 1;
            Ok(rt.int(if (rt.len(&seq)? as i64) < n { 0 } else { n }))
        }
        None => Ok(rt.int(0)),
    }
}
