//! `bool`: the two instances are immediates; arithmetic is `int`'s.
//!
//! Invariant: methods are called with a receiver of the type; the descriptors check it.

use super::int;
use super::number::int as arithmetic;
use super::spec::{Slots, TypeSpec};
use crate::object::int::value;
use crate::object::types::as_type;
use crate::ops::call::Args;
use crate::runtime::{R, Rt};
use crate::types::number::{Int, IntRef};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    base: Some(&int::SPEC),
    doc: "bool(x) -> bool\n\nReturns True when the argument x is true, False otherwise.\nThe builtins True and False are the only two instances of the class bool.\nThe class bool is a subclass of the class int, and cannot be subclassed.",
    slots: Slots {
        new: Some(new),
        repr: Some(repr),
        bitand: Some(and),
        bitor: Some(or),
        bitxor: Some(xor),
        ..Slots::EMPTY
    },
    ..TypeSpec::new("bool", Kind::Int)
};

fn repr(rt: &Rt, obj: &Obj) -> R {
    Ok(rt.intern(if obj.as_bool() == Some(true) { "True" } else { "False" }))
}

fn new(rt: &Rt, cls: &Obj, args: Args<'_>) -> R {
    if args.has_keywords() {
        return Err(rt.type_error(format_args!("bool() takes no keyword arguments")));
    }
    match args.positional() {
        [] => Ok(Obj::bool(false)),
        [arg] => Ok(Obj::bool(rt.truth(arg)?)),
        more => {
            let name = as_type(cls).map_or_else(String::new, |t| t.name_text());
            Err(rt.type_error(format_args!("{name} expected at most 1 argument, got {}", more.len())))
        }
    }
}

/// Two bools give a bool; anything else is for `int`.
fn logic(rt: &Rt, a: &Obj, b: &Obj, on_bools: fn(bool, bool) -> bool, on_ints: fn(IntRef, IntRef) -> Int) -> R {
    if let (Some(x), Some(y)) = (a.as_bool(), b.as_bool()) {
        return Ok(Obj::bool(on_bools(x, y)));
    }
    match (value(a), value(b)) {
        (Some(x), Some(y)) => Ok(rt.make_int(on_ints(x, y))),
        _ => Ok(Obj::not_implemented()),
    }
}

fn and(rt: &Rt, a: &Obj, b: &Obj) -> R {
    logic(rt, a, b, |x, y| x & y, arithmetic::and)
}

fn or(rt: &Rt, a: &Obj, b: &Obj) -> R {
    logic(rt, a, b, |x, y| x | y, arithmetic::or)
}

fn xor(rt: &Rt, a: &Obj, b: &Obj) -> R {
    logic(rt, a, b, |x, y| x ^ y, arithmetic::xor)
}
