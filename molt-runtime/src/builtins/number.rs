//! Builtin functions on numbers and characters.

use crate::object::{int, str};
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
    char_of(rt, i)
}

/// The string of one code point.
pub fn char_of(rt: &Rt, i: &Obj) -> R {
    let n = rt.index(i)?;
    match int::value(&n).and_then(|n| n.to_i64()) {
        Some(n @ 0..=0xFF) => Ok(rt.latin1_char(n as u8)),
        Some(n @ 0..=0x10_FFFF) => Ok(str::from_code_points(rt, &[n as u32])),
        _ => Err(rt.value_error(format_args!("chr() arg not in range(0x110000)"))),
    }
}

/// `ord(c)`
pub fn ord(rt: &Rt, _: &Obj, c: &Obj) -> R {
    code_of(rt, c)
}

/// The code point of a string of one character, or the byte of a bytes object of one.
pub fn code_of(rt: &Rt, c: &Obj) -> R {
    let len = match (str::get(c), crate::object::bytes::data(c)) {
        (Some(s), _) if s.len() == 1 => return Ok(rt.int(i64::from(s.code_points().at(0)))),
        (_, Some(&[byte])) => return Ok(rt.int(i64::from(byte))),
        (Some(s), _) => s.len(),
        (_, Some(data)) => data.len(),
        _ => {
            return Err(rt.type_error(format_args!(
                "ord() expected string of length 1, but {} found",
                rt.type_name(c)
            )));
        }
    };
    Err(rt.type_error(format_args!("ord() expected a character, but string of length {len} found")))
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
        None => Err(rt.type_error(format_args!(
            "type {} doesn't define __round__ method",
            rt.type_name(number)
        ))),
    }
}
