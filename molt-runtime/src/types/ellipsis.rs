//! `ellipsis` and `NotImplementedType`.

use super::spec::{Slots, TypeSpec};
use crate::ops::call::Args;
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// The type of `...`.
pub static SPEC: TypeSpec = TypeSpec {
    slots: Slots { repr: Some(|rt, _| Ok(rt.intern("Ellipsis"))), new: Some(new_ellipsis), ..Slots::EMPTY },
    ..TypeSpec::new("ellipsis", Kind::Native)
};

/// The type of `NotImplemented`.
pub static NOT_IMPLEMENTED_SPEC: TypeSpec = TypeSpec {
    slots: Slots {
        repr: Some(|rt, _| Ok(rt.intern("NotImplemented"))),
        new: Some(new_not_implemented),
        ..Slots::EMPTY
    },
    ..TypeSpec::new("NotImplementedType", Kind::Native)
};

fn new_ellipsis(rt: &Rt, _class: &Obj, args: Args<'_>) -> R {
    if !args.values().is_empty() {
        return Err(rt.type_error(format_args!("EllipsisType takes no arguments")));
    }
    Ok(Obj::ellipsis())
}

fn new_not_implemented(rt: &Rt, _class: &Obj, args: Args<'_>) -> R {
    if !args.values().is_empty() {
        return Err(rt.type_error(format_args!("NotImplementedType takes no arguments")));
    }
    Ok(Obj::not_implemented())
}
