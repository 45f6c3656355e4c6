//! `complex`: what powers of negative floats and complex constants need of it.
//!
//! Invariant: methods are called with a receiver of the type; the descriptors check it.

use super::number::{self, float_text};
use super::spec::{CmpOp, GetSetDef, Slots, TypeSpec};
use crate::object::int;
use crate::object::native::{self, Payload};
use crate::runtime::{R, Rt};
use crate::types::float;
use crate::types::number::hash;
use crate::value::Obj;

/// The value: real and imaginary part.
#[derive(Clone, Copy)]
pub struct ComplexBox(f64, f64);

impl Payload for ComplexBox {}

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    subclassable: true,
    slots: Slots {
        repr: Some(repr),
        hash: Some(hash_of),
        compare: Some(compare),
        truth: Some(|_, a| Ok(receiver(a) != (0.0, 0.0))),
        abs: Some(|_, a| Ok(Obj::float(receiver(a).0.hypot(receiver(a).1)))),
        neg: Some(|rt, a| Ok(new(rt, -receiver(a).0, -receiver(a).1))),
        pos: Some(|rt, a| Ok(new(rt, receiver(a).0, receiver(a).1))),
        add: Some(|rt, a, b| binary(rt, a, b, |(a, b), (c, d)| (a + c, b + d))),
        sub: Some(|rt, a, b| binary(rt, a, b, |(a, b), (c, d)| (a - c, b - d))),
        mul: Some(|rt, a, b| binary(rt, a, b, |(a, b), (c, d)| (a * c - b * d, a * d + b * c))),
        truediv: Some(truediv),
        ..Slots::EMPTY
    },
    getset: &[
        GetSetDef::read_only("real", |_, a| Ok(Obj::float(receiver(a).0))),
        GetSetDef::read_only("imag", |_, a| Ok(Obj::float(receiver(a).1))),
    ],
    ..TypeSpec::native("complex", ComplexBox::VTABLE)
};

/// A `complex`.
pub fn new(rt: &Rt, real: f64, imag: f64) -> Obj {
    native::new(rt, rt.spec_type(&SPEC), ComplexBox(real, imag))
}

/// The parts of a `complex` or an instance of a subclass.
pub fn value(obj: &Obj) -> Option<(f64, f64)> {
    native::payload::<ComplexBox>(obj).map(|c| (c.0, c.1))
}

fn receiver(obj: &Obj) -> (f64, f64) {
    value(obj).unwrap_or((0.0, 0.0))
}

fn operand(rt: &Rt, obj: &Obj) -> R<Option<(f64, f64)>> {
    if let Some(c) = value(obj) {
        return Ok(Some(c));
    }
    if let Some(x) = float::value(obj) {
        return Ok(Some((x, 0.0)));
    }
    match int::value(obj) {
        Some(n) => Ok(Some((rt.int_to_f64(n)?, 0.0))),
        None => Ok(None),
    }
}

fn binary(rt: &Rt, a: &Obj, b: &Obj, op: impl Fn((f64, f64), (f64, f64)) -> (f64, f64)) -> R {
    match (operand(rt, a)?, operand(rt, b)?) {
        (Some(x), Some(y)) => {
            let (real, imag) = op(x, y);
            Ok(new(rt, real, imag))
        }
        _ => Ok(Obj::not_implemented()),
    }
}

/// Smith's division, scaling by the greater part of the divisor as CPython does.
fn truediv(rt: &Rt, a: &Obj, b: &Obj) -> R {
    let (Some((a, b)), Some((c, d))) = (operand(rt, a)?, operand(rt, b)?) else { return Ok(Obj::not_implemented()) };
    if (c, d) == (0.0, 0.0) {
        return Err(rt.zero_division_error(format_args!("complex division by zero")));
    }
    if c.abs() >= d.abs() {
        let ratio = d / c;
        let scale = c + d * ratio;
        return Ok(new(rt, (a + b * ratio) / scale, (b - a * ratio) / scale));
    }
    let ratio = c / d;
    let scale = c * ratio + d;
    Ok(new(rt, (a * ratio + b) / scale, (b * ratio - a) / scale))
}

/// `x ** y` for a negative `x` and a fractional `y`.
pub fn negative_power(rt: &Rt, x: f64, y: f64) -> R {
    let length = x.abs().powf(y);
    let angle = std::f64::consts::PI * y;
    if length.is_infinite() {
        return Err(rt.overflow_error(format_args!("complex exponentiation")));
    }
    Ok(new(rt, length * angle.cos(), length * angle.sin()))
}

fn repr(rt: &Rt, a: &Obj) -> R {
    let (real, imag) = receiver(a);
    let part = |x: f64| {
        let text = float_text::repr(x);
        text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
    };
    if real == 0.0 && !real.is_sign_negative() {
        return Ok(rt.str(&format!("{}j", part(imag))));
    }
    let sign = if imag.is_sign_negative() && !imag.is_nan() { "" } else { "+" };
    Ok(rt.str(&format!("({}{sign}{}j)", part(real), part(imag))))
}

fn hash_of(_: &Rt, a: &Obj) -> R<i64> {
    let (real, imag) = receiver(a);
    if real.is_nan() || imag.is_nan() {
        return Ok((a.word() >> 4) as i64);
    }
    let hash = (hash::float(real) as u64).wrapping_add((hash::float(imag) as u64).wrapping_mul(1_000_003)) as i64;
    Ok(if hash == -1 { -2 } else { hash })
}

fn compare(_: &Rt, a: &Obj, b: &Obj, op: CmpOp) -> R {
    if !matches!(op, CmpOp::Eq | CmpOp::Ne) {
        return Ok(Obj::not_implemented());
    }
    let (real, imag) = receiver(a);
    let equal = if let Some(other) = value(b) {
        (real, imag) == other
    } else if let Some(x) = float::value(b) {
        real == x && imag == 0.0
    } else if let Some(n) = int::value(b) {
        imag == 0.0 && number::compare::int_float(n, real) == Some(std::cmp::Ordering::Equal)
    } else {
        return Ok(Obj::not_implemented());
    };
    Ok(Obj::bool(equal == (op == CmpOp::Eq)))
}
