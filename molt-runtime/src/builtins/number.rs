//! Builtin functions on numbers and characters.

use crate::object::int;
use crate::ops::operators::BinOp;
use crate::runtime::{R, Rt};
use crate::types::number::int_text;
use crate::value::Obj;
use molt_abi::layout::Kind;

/// `abs(x)`
pub fn abs(rt: &Rt, _: &Obj, x: &Obj) -> R {
    rt.abs(x)
}

fn in_base(rt: &Rt, x: &Obj, base: u32) -> R {
    let n = rt.index(x)?;
    match int::value(&n) {
        Some(n) => Ok(rt.str(&int_text::prefixed(n, base))),
        None => Ok(n),
    }
}

/// `bin(x)`
pub fn bin(rt: &Rt, _: &Obj, x: &Obj) -> R {
    in_base(rt, x, 2)
}

/// `oct(x)`
pub fn oct(rt: &Rt, _: &Obj, x: &Obj) -> R {
    in_base(rt, x, 8)
}

/// `hex(x)`
pub fn hex(rt: &Rt, _: &Obj, x: &Obj) -> R {
    in_base(rt, x, 16)
}

/// `chr(i)`
pub fn chr(rt: &Rt, _: &Obj, i: &Obj) -> R {
    crate::types::str::chr(rt, i)
}

/// `ord(c)`
pub fn ord(rt: &Rt, _: &Obj, c: &Obj) -> R {
    crate::types::str::ord(rt, c)
}

/// `divmod(x, y)`
pub fn divmod(rt: &Rt, _: &Obj, args: &[Obj]) -> R {
    rt.binary(BinOp::DivMod, &args[0], &args[1])
}

/// `pow(base, exp, mod=None)`
pub fn pow(rt: &Rt, _: &Obj, args: &[Option<&Obj>]) -> R {
    let none = Obj::none();
    match (args[0], args[1]) {
        (Some(base), Some(exp)) => rt.power(base, exp, args[2].unwrap_or(&none)),
        _ => Ok(none),
    }
}

/// `round(number, ndigits=None)`
pub fn round(rt: &Rt, _: &Obj, args: &[Option<&Obj>]) -> R {
    let Some(number) = args[0] else { return Ok(Obj::none()) };
    let digits: &[Obj] = match args[1] {
        Some(n) if !n.is_none() => std::slice::from_ref(n),
        _ => &[],
    };
    if digits.is_empty() && (number.as_small_int().is_some() || number.is_exact(Kind::Int)) {
        return Ok(number.clone());
    }
    match rt.call_special(number, &rt.names().__round__, digits)? {
        Some(value) => Ok(value),
        None => Err(rt.type_error(format_args!("type {} doesn't define __round__ method", rt.type_name(number)))),
    }
}
