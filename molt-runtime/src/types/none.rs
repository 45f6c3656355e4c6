//! `NoneType`.

use super::spec::{Slots, TypeSpec};
use crate::ops::call::Args;
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    slots: Slots {
        repr: Some(|rt, _| Ok(rt.intern("None"))),
        truth: Some(|_, _| Ok(false)),
        hash: Some(|_, _| Ok(0xFCA8_6420)),
        new: Some(new),
        ..Slots::EMPTY
    },
    ..TypeSpec::new("NoneType", Kind::Native)
};

fn new(rt: &Rt, _class: &Obj, args: Args<'_>) -> R {
    if !args.values().is_empty() {
        return Err(rt.type_error(format_args!("NoneType takes no arguments")));
    }
    Ok(Obj::none())
}
