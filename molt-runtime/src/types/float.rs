//! `float`: arithmetic slots and methods over [`super::number`]. Exact floats are immediates; an instance of a subclass
//! is an object that holds one.
//!
//! Invariant: methods are called with a receiver of the type; the descriptors check it.

use super::number::float_math::{self, PowError};
use super::number::{compare, float_text, hash, int_convert, parse};
use super::spec::{CmpOp, GetSetDef, MethodDef, NativeFn, Slots, TypeSpec};
use super::{bytes, exception, str as text_type};
use crate::object::int;
use crate::object::native::{self, Payload};
use crate::object::str;
use crate::object::types::{as_type, core_type, in_runtime};
use crate::ops::call::Args;
use crate::ops::native_call::check_positional;
use crate::runtime::{R, Rt};
use crate::types::text::Text;
use crate::value::Obj;

fn repr(rt: &Rt, a: &Obj) -> R {
    let x = receiver(a);
    let mut buffer = ryu::Buffer::new();
    // In this range the shortest text has no exponent, for us as for CPython.
    if (1e-4..1e16).contains(&x.abs()) || x == 0.0 {
        return Ok(str::from_text(rt, Text::Ascii(buffer.format_finite(x).as_bytes())));
    }
    Ok(rt.str(&float_text::repr(x)))
}

/// The value of an instance of a subclass.
pub struct FloatBox(f64);

impl Payload for FloatBox {}

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    subclassable: true,
    doc: "Convert a string or number to a floating point number, if possible.",
    signature: "(x=0, /)",
    slots: Slots {
        new: Some(new),
        repr: Some(repr),
        hash: Some(hash_of),
        compare: Some(compare_with),
        truth: Some(|_, a| Ok(receiver(a) != 0.0)),
        neg: Some(|_, a| Ok(Obj::float(-receiver(a)))),
        pos: Some(|_, a| Ok(Obj::float(receiver(a)))),
        abs: Some(|_, a| Ok(Obj::float(receiver(a).abs()))),
        int: Some(|rt, a| rt.float_to_int(receiver(a))),
        float: Some(|_, a| Ok(Obj::float(receiver(a)))),
        add: Some(|rt, a, b| binary(rt, a, b, |x, y| x + y)),
        sub: Some(|rt, a, b| binary(rt, a, b, |x, y| x - y)),
        mul: Some(|rt, a, b| binary(rt, a, b, |x, y| x * y)),
        truediv: Some(|rt, a, b| partial(rt, a, b, "float division by zero", |x, y| Obj::float(x / y))),
        floordiv: Some(|rt, a, b| {
            partial(rt, a, b, "float floor division by zero", |x, y| Obj::float(float_math::floor_div(x, y)))
        }),
        rem: Some(|rt, a, b| partial(rt, a, b, "float modulo", |x, y| Obj::float(float_math::rem(x, y)))),
        divmod: Some(|rt, a, b| {
            partial(rt, a, b, "float divmod()", |x, y| {
                let (q, r) = float_math::divmod(x, y);
                rt.tuple(vec![Obj::float(q), Obj::float(r)])
            })
        }),
        pow: Some(pow),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new(
            "as_integer_ratio",
            NativeFn::NoArgs(as_integer_ratio),
            "($self, /)",
            "Return a pair of integers, whose ratio is exactly equal to the original float.\n\nThe ratio is in lowest terms and has a positive denominator.  Raise\nOverflowError on infinities and a ValueError on NaNs.",
        ),
        MethodDef::new(
            "conjugate",
            NativeFn::NoArgs(same),
            "($self, /)",
            "Return self, the complex conjugate of any float.",
        ),
        MethodDef::new(
            "fromhex",
            NativeFn::One(fromhex),
            "($type, string, /)",
            "Create a floating-point number from a hexadecimal string.",
        )
        .class(),
        MethodDef::new(
            "hex",
            NativeFn::NoArgs(|rt, a| Ok(rt.str(&float_text::hex(receiver(a))))),
            "($self, /)",
            "Return a hexadecimal representation of a floating-point number.",
        ),
        MethodDef::new(
            "is_integer",
            NativeFn::NoArgs(|_, a| Ok(Obj::bool(receiver(a).is_finite() && receiver(a).trunc() == receiver(a)))),
            "($self, /)",
            "Return True if the float is an integer.",
        ),
        MethodDef::new(
            "__trunc__",
            NativeFn::NoArgs(|rt, a| rt.float_to_int(receiver(a))),
            "($self, /)",
            "Return the Integral closest to x between 0 and x.",
        ),
        MethodDef::new(
            "__floor__",
            NativeFn::NoArgs(|rt, a| rt.float_to_int(receiver(a).floor())),
            "($self, /)",
            "Return the floor as an Integral.",
        ),
        MethodDef::new(
            "__ceil__",
            NativeFn::NoArgs(|rt, a| rt.float_to_int(receiver(a).ceil())),
            "($self, /)",
            "Return the ceiling as an Integral.",
        ),
        MethodDef::new(
            "__round__",
            NativeFn::Positional { min: 0, max: 1, func: round },
            "($self, ndigits=None, /)",
            "Return the Integral closest to x, rounding half toward even.\n\nWhen an argument is passed, work like built-in round(x, ndigits).",
        ),
        MethodDef::new(
            "__format__",
            NativeFn::One(super::format::float_method),
            "($self, format_spec, /)",
            "Formats the float according to format_spec.",
        ),
        MethodDef::new("__getnewargs__", NativeFn::NoArgs(|rt, a| Ok(rt.tuple(vec![same(rt, a)?]))), "($self, /)", ""),
        MethodDef::new("__getformat__", NativeFn::One(getformat), "($type, typestr, /)", "").class(),
    ],
    getset: &[GetSetDef::read_only("real", same), GetSetDef::read_only("imag", |_, _| Ok(Obj::float(0.0)))],
    ..TypeSpec::native("float", FloatBox::VTABLE)
};

/// The value of a `float` or an instance of a subclass.
#[inline]
pub fn value(obj: &Obj) -> Option<f64> {
    match obj.as_float() {
        Some(x) => Some(x),
        None => native::payload::<FloatBox>(obj).map(|b| b.0),
    }
}

/// The value of a receiver, which the descriptor has checked.
fn receiver(obj: &Obj) -> f64 {
    value(obj).unwrap_or(f64::NAN)
}

fn same(_: &Rt, a: &Obj) -> R {
    Ok(Obj::float(receiver(a)))
}

/// An operand of float arithmetic; nothing for what is neither `float` nor `int`.
fn operand(rt: &Rt, obj: &Obj) -> R<Option<f64>> {
    if let Some(x) = value(obj) {
        return Ok(Some(x));
    }
    match int::value(obj) {
        Some(n) => rt.int_to_f64(n).map(Some),
        None => Ok(None),
    }
}

fn binary(rt: &Rt, a: &Obj, b: &Obj, op: impl Fn(f64, f64) -> f64) -> R {
    match (operand(rt, a)?, operand(rt, b)?) {
        (Some(x), Some(y)) => Ok(Obj::float(op(x, y))),
        _ => Ok(Obj::not_implemented()),
    }
}

fn partial(rt: &Rt, a: &Obj, b: &Obj, by_zero: &str, op: impl Fn(f64, f64) -> Obj) -> R {
    match (operand(rt, a)?, operand(rt, b)?) {
        (Some(_), Some(0.0)) => Err(rt.zero_division_error(format_args!("{by_zero}"))),
        (Some(x), Some(y)) => Ok(op(x, y)),
        _ => Ok(Obj::not_implemented()),
    }
}

fn pow(rt: &Rt, a: &Obj, b: &Obj, modulus: &Obj) -> R {
    if !modulus.is_none() {
        return Err(rt.type_error(format_args!("pow() 3rd argument not allowed unless all arguments are integers")));
    }
    match (operand(rt, a)?, operand(rt, b)?) {
        (Some(x), Some(y)) => power(rt, x, y),
        _ => Ok(Obj::not_implemented()),
    }
}

/// `x ** y`.
pub fn power(rt: &Rt, x: f64, y: f64) -> R {
    match float_math::pow(x, y) {
        Ok(z) => Ok(Obj::float(z)),
        Err(PowError::ZeroToNegative) => {
            Err(rt.zero_division_error(format_args!("0.0 cannot be raised to a negative power")))
        }
        Err(PowError::Overflow) => {
            Err(rt.raise_with(&exception::OVERFLOW_ERROR, vec![rt.int(34), rt.str("Numerical result out of range")]))
        }
        Err(PowError::Complex) => super::complex::negative_power(rt, x, y),
    }
}

fn hash_of(_: &Rt, a: &Obj) -> R<i64> {
    let x = receiver(a);
    if x.is_nan() {
        // A NaN hashes by identity, which for an immediate is its word.
        return Ok((a.word() >> 4) as i64);
    }
    Ok(hash::float(x))
}

fn compare_with(_: &Rt, a: &Obj, b: &Obj, op: CmpOp) -> R {
    let x = receiver(a);
    if let Some(y) = value(b) {
        return Ok(Obj::bool(match op {
            CmpOp::Lt => x < y,
            CmpOp::Le => x <= y,
            CmpOp::Eq => x == y,
            CmpOp::Ne => x != y,
            CmpOp::Gt => x > y,
            CmpOp::Ge => x >= y,
        }));
    }
    match int::value(b) {
        Some(n) => Ok(Obj::bool(match compare::int_float(n, x) {
            Some(order) => op.holds(order.reverse()),
            None => op == CmpOp::Ne,
        })),
        None => Ok(Obj::not_implemented()),
    }
}

fn new(rt: &Rt, cls: &Obj, args: Args<'_>) -> R {
    let exact = cls.is(&rt.core_type(core_type::FLOAT).as_obj());
    if exact || !args.has_keywords() {
        check_positional(rt, "float", args, 0, 1)?;
    }
    let x = match args.positional().first() {
        None => 0.0,
        Some(arg) => from_object(rt, arg)?,
    };
    if exact {
        return Ok(Obj::float(x));
    }
    Ok(native::new(rt, in_runtime(rt, cls), FloatBox(x)))
}

/// `float(arg)`.
pub fn from_object(rt: &Rt, arg: &Obj) -> R<f64> {
    let parsed = match str::get(arg) {
        Some(s) => parse::float(&text_type::ascii_number(s.view())),
        None => match rt.to_f64_opt(arg)? {
            Some(x) => return Ok(x),
            None => match bytes::data(arg) {
                Some(data) => parse::float(data),
                None => {
                    return Err(rt.type_error(format_args!(
                        "float() argument must be a string or a real number, not '{}'",
                        rt.type_name(arg)
                    )));
                }
            },
        },
    };
    match parsed {
        Some(x) if x.is_nan() => Ok(rt.new_nan(x)),
        Some(x) => Ok(x),
        None => {
            let shown = str::to_string(&rt.repr(arg)?);
            Err(rt.value_error(format_args!("could not convert string to float: {shown}")))
        }
    }
}

fn as_integer_ratio(rt: &Rt, a: &Obj) -> R {
    let x = receiver(a);
    if x.is_nan() {
        return Err(rt.value_error(format_args!("cannot convert NaN to integer ratio")));
    }
    if x.is_infinite() {
        return Err(rt.overflow_error(format_args!("cannot convert Infinity to integer ratio")));
    }
    let (n, d) = int_convert::float_ratio(x);
    Ok(rt.tuple(vec![rt.make_int(n), rt.make_int(d)]))
}

fn fromhex(rt: &Rt, cls: &Obj, text: &Obj) -> R {
    let Some(s) = str::get(text) else {
        return Err(rt.type_error(format_args!("fromhex() argument must be str, not {}", rt.type_name(text))));
    };
    let x = match parse::hex_float(&text_type::ascii_number(s.view())) {
        Ok(x) => Obj::float(x),
        Err(parse::HexError::Invalid) => {
            return Err(rt.value_error(format_args!("invalid hexadecimal floating-point string")));
        }
        Err(parse::HexError::Overflow) => {
            return Err(rt.overflow_error(format_args!("hexadecimal value too large to represent as a float")));
        }
    };
    match as_type(cls) {
        Some(ty) if !ty.is(rt.core_type(core_type::FLOAT)) => rt.call(cls, &[x]),
        _ => Ok(x),
    }
}

fn round(rt: &Rt, a: &Obj, args: &[Obj]) -> R {
    let x = receiver(a);
    match args.first() {
        None => rt.float_to_int(float_math::round_half_even(x)),
        Some(digits) if digits.is_none() => rt.float_to_int(float_math::round_half_even(x)),
        Some(digits) => match float_math::round_digits(x, rt.index_saturated(digits)?) {
            Some(rounded) => Ok(Obj::float(rounded)),
            None => Err(rt.overflow_error(format_args!("rounded value too large to represent"))),
        },
    }
}

fn getformat(rt: &Rt, _: &Obj, kind: &Obj) -> R {
    match str::get(kind).and_then(|s| s.as_ascii()) {
        Some("double" | "float") => {
            Ok(rt.str(if cfg!(target_endian = "little") { "IEEE, little-endian" } else { "IEEE, big-endian" }))
        }
        _ => Err(rt.value_error(format_args!("__getformat__() argument 1 must be 'double' or 'float'"))),
    }
}
