//! `list_iterator` and `tuple_iterator`.

use super::spec::{MethodDef, NativeFn, Slots, TypeSpec};
use crate::object::seq_iter::{ListIterObject, TupleIterObject};
use crate::ops::iter::{next_of_list, next_of_tuple};
use crate::ops::iter_self;
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// The type `list_iterator`.
pub static LIST: TypeSpec = TypeSpec {
    slots: Slots {
        iter: Some(iter_self),
        next: Some(|_, it| Ok(next_of_list(it.expect::<ListIterObject>()))),
        ..Slots::EMPTY
    },
    methods: &[MethodDef::new(
        "__length_hint__",
        NativeFn::NoArgs(|rt, it| {
            let it = it.expect::<ListIterObject>();
            hint(rt, it.seq.get(), it.index.get())
        }),
        "",
        "Private method returning an estimate of len(list(it)).",
    )],
    ..TypeSpec::new("list_iterator", Kind::ListIter)
};

/// The type `tuple_iterator`.
pub static TUPLE: TypeSpec = TypeSpec {
    slots: Slots {
        iter: Some(iter_self),
        next: Some(|_, it| Ok(next_of_tuple(it.expect::<TupleIterObject>()))),
        ..Slots::EMPTY
    },
    methods: &[MethodDef::new(
        "__length_hint__",
        NativeFn::NoArgs(|rt, it| {
            let it = it.expect::<TupleIterObject>();
            hint(rt, it.seq.get(), it.index.get())
        }),
        "",
        "Private method returning an estimate of len(list(it)).",
    )],
    ..TypeSpec::new("tuple_iterator", Kind::TupleIter)
};

fn hint(rt: &Rt, seq: Option<Obj>, index: u64) -> R {
    match seq {
        Some(seq) => Ok(rt.int((rt.len(&seq)? as i64 - index as i64).max(0))),
        None => Ok(rt.int(0)),
    }
}
