//! `int`: arithmetic slots and methods over [`super::number`].
//!
//! Invariant: methods are called with a receiver of the type; the descriptors check it.

use super::number::int::{self as arithmetic, IntError};
use super::number::int_convert::{self, BytesError};
use super::number::{Int, IntRef, compare, hash, int_text, parse};
use super::spec::{CmpOp, GetSetDef, MethodDef, NativeFn, Param, Slots, TypeSpec};
use super::text::Text;
use super::{bytes, float, str as text_type};
use crate::object::int::{from_int, value, with_type};
use crate::object::str;
use crate::object::types::{as_type, in_runtime};
use crate::ops::call::Args;
use crate::ops::native_call::bind_keywords;
use crate::runtime::{R, Raised, Rt};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    subclassable: true,
    doc: "int([x]) -> integer\nint(x, base=10) -> integer\n\nConvert a number or string to an integer, or return 0 if no arguments\nare given.  If x is a number, return x.__int__().  For floating-point\nnumbers, this truncates towards zero.\n\nIf x is not a number or if base is given, then x must be a string,\nbytes, or bytearray instance representing an integer literal in the\ngiven base.  The literal can be preceded by '+' or '-' and be surrounded\nby whitespace.  The base defaults to 10.  Valid bases are 0 and 2-36.\nBase 0 means to interpret the base from the string as an integer literal.\n>>> int('0b100', base=0)\n4",
    slots: Slots {
        new: Some(new),
        repr: Some(repr),
        hash: Some(hash_of),
        compare: Some(compare_with),
        truth: Some(truth),
        neg: Some(|rt, a| unary(rt, a, arithmetic::neg)),
        pos: Some(|rt, a| unary(rt, a, |n| n.to_int())),
        abs: Some(|rt, a| unary(rt, a, arithmetic::abs)),
        invert: Some(|rt, a| unary(rt, a, arithmetic::invert)),
        int: Some(|rt, a| unary(rt, a, |n| n.to_int())),
        index: Some(|rt, a| unary(rt, a, |n| n.to_int())),
        float: Some(|rt, a| Ok(Obj::float(rt.int_to_f64(receiver(a))?))),
        add: Some(|rt, a, b| binary(rt, a, b, arithmetic::add)),
        sub: Some(|rt, a, b| binary(rt, a, b, arithmetic::sub)),
        mul: Some(|rt, a, b| binary(rt, a, b, arithmetic::mul)),
        truediv: Some(truediv),
        floordiv: Some(|rt, a, b| partial(rt, a, b, "integer division or modulo by zero", arithmetic::floordiv)),
        rem: Some(|rt, a, b| partial(rt, a, b, "integer modulo by zero", arithmetic::rem)),
        divmod: Some(divmod),
        pow: Some(pow),
        lshift: Some(|rt, a, b| partial(rt, a, b, "", arithmetic::shl)),
        rshift: Some(|rt, a, b| partial(rt, a, b, "", arithmetic::shr)),
        bitand: Some(|rt, a, b| binary(rt, a, b, arithmetic::and)),
        bitor: Some(|rt, a, b| binary(rt, a, b, arithmetic::or)),
        bitxor: Some(|rt, a, b| binary(rt, a, b, arithmetic::xor)),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new(
            "conjugate",
            NativeFn::NoArgs(same),
            "($self, /)",
            "Returns self, the complex conjugate of any int.",
        ),
        MethodDef::new(
            "bit_length",
            NativeFn::NoArgs(|rt, a| Ok(rt.make_int(Int::from_u64(receiver(a).bit_length())))),
            "($self, /)",
            "Number of bits necessary to represent self in binary.\n\n>>> bin(37)\n'0b100101'\n>>> (37).bit_length()\n6",
        ),
        MethodDef::new(
            "bit_count",
            NativeFn::NoArgs(|rt, a| Ok(rt.make_int(Int::from_u64(receiver(a).bit_count())))),
            "($self, /)",
            "Number of ones in the binary representation of the absolute value of self.\n\nAlso known as the population count.\n\n>>> bin(13)\n'0b1101'\n>>> (13).bit_count()\n3",
        ),
        MethodDef::new(
            "to_bytes",
            NativeFn::Keywords {
                params: &[Param::optional("length"), Param::optional("byteorder"), Param::optional("signed").kw_only()],
                func: to_bytes,
            },
            "($self, /, length=1, byteorder='big', *, signed=False)",
            "Return an array of bytes representing an integer.",
        ),
        MethodDef::new(
            "from_bytes",
            NativeFn::Keywords {
                params: &[Param::required("bytes"), Param::optional("byteorder"), Param::optional("signed").kw_only()],
                func: from_bytes,
            },
            "($type, /, bytes, byteorder='big', *, signed=False)",
            "Return the integer represented by the given array of bytes.",
        )
        .class(),
        MethodDef::new(
            "as_integer_ratio",
            NativeFn::NoArgs(|rt, a| Ok(rt.tuple(vec![same(rt, a)?, rt.int(1)]))),
            "($self, /)",
            "Return a pair of integers, whose ratio is equal to the original int.\n\nThe ratio is in lowest terms and has a positive denominator.",
        ),
        MethodDef::new(
            "is_integer",
            NativeFn::NoArgs(|_, _| Ok(Obj::bool(true))),
            "($self, /)",
            "Returns True. Exists for duck type compatibility with float.is_integer.",
        ),
        MethodDef::new("__trunc__", NativeFn::NoArgs(same), "($self, /)", "Truncating an Integral returns itself."),
        MethodDef::new("__floor__", NativeFn::NoArgs(same), "($self, /)", "Flooring an Integral returns itself."),
        MethodDef::new("__ceil__", NativeFn::NoArgs(same), "($self, /)", "Ceiling of an Integral returns itself."),
        MethodDef::new(
            "__round__",
            NativeFn::Positional { min: 0, max: 1, func: round },
            "($self, ndigits=<unrepresentable>, /)",
            "Rounding an Integral returns itself.\n\nRounding with an ndigits argument also returns an integer.",
        ),
        MethodDef::new(
            "__format__",
            NativeFn::One(super::format::int_method),
            "($self, format_spec, /)",
            "Convert to a string according to format_spec.",
        ),
        MethodDef::new("__getnewargs__", NativeFn::NoArgs(|rt, a| Ok(rt.tuple(vec![same(rt, a)?]))), "($self, /)", ""),
        MethodDef::new("__sizeof__", NativeFn::NoArgs(size_of_int), "($self, /)", "Returns size in memory, in bytes."),
    ],
    getset: &[
        GetSetDef::read_only("real", same),
        GetSetDef::read_only("imag", |rt, _| Ok(rt.int(0))),
        GetSetDef::read_only("numerator", same),
        GetSetDef::read_only("denominator", |rt, _| Ok(rt.int(1))),
    ],
    ..TypeSpec::new("int", Kind::Int)
};

/// The value of a receiver, which the descriptor has checked.
fn receiver(obj: &Obj) -> IntRef<'_> {
    value(obj).unwrap_or(IntRef::Small(0))
}

fn same(rt: &Rt, a: &Obj) -> R {
    Ok(from_int(rt, receiver(a).to_int()))
}

fn unary(rt: &Rt, a: &Obj, op: impl Fn(IntRef) -> Int) -> R {
    match value(a) {
        Some(x) => Ok(from_int(rt, op(x))),
        None => Ok(Obj::not_implemented()),
    }
}

fn binary(rt: &Rt, a: &Obj, b: &Obj, op: impl Fn(IntRef, IntRef) -> Int) -> R {
    match (value(a), value(b)) {
        (Some(x), Some(y)) => Ok(from_int(rt, op(x, y))),
        _ => Ok(Obj::not_implemented()),
    }
}

fn partial(rt: &Rt, a: &Obj, b: &Obj, by_zero: &str, op: impl Fn(IntRef, IntRef) -> Result<Int, IntError>) -> R {
    match (value(a), value(b)) {
        (Some(x), Some(y)) => match op(x, y) {
            Ok(n) => Ok(from_int(rt, n)),
            Err(error) => Err(raise(rt, error, by_zero)),
        },
        _ => Ok(Obj::not_implemented()),
    }
}

#[cold]
fn raise(rt: &Rt, error: IntError, by_zero: &str) -> Raised {
    match error {
        IntError::DivisionByZero => rt.zero_division_error(format_args!("{by_zero}")),
        IntError::TooLarge => rt.overflow_error(format_args!("too many digits in integer")),
        IntError::NegativeShift => rt.value_error(format_args!("negative shift count")),
        IntError::QuotientTooLarge => rt.overflow_error(format_args!("integer division result too large for a float")),
        IntError::FloatOverflow => rt.overflow_error(format_args!("int too large to convert to float")),
        IntError::ZeroModulus => rt.value_error(format_args!("pow() 3rd argument cannot be 0")),
        IntError::NotInvertible => rt.value_error(format_args!("base is not invertible for the given modulus")),
    }
}

fn truediv(rt: &Rt, a: &Obj, b: &Obj) -> R {
    match (value(a), value(b)) {
        (Some(x), Some(y)) => match int_convert::truediv(x, y) {
            Ok(quotient) => Ok(Obj::float(quotient)),
            Err(error) => Err(raise(rt, error, "division by zero")),
        },
        _ => Ok(Obj::not_implemented()),
    }
}

fn divmod(rt: &Rt, a: &Obj, b: &Obj) -> R {
    match (value(a), value(b)) {
        (Some(x), Some(y)) => match arithmetic::divmod(x, y) {
            Ok((q, r)) => Ok(rt.tuple(vec![from_int(rt, q), from_int(rt, r)])),
            Err(error) => Err(raise(rt, error, "integer division or modulo by zero")),
        },
        _ => Ok(Obj::not_implemented()),
    }
}

fn pow(rt: &Rt, a: &Obj, b: &Obj, modulus: &Obj) -> R {
    let (Some(x), Some(y)) = (value(a), value(b)) else { return Ok(Obj::not_implemented()) };
    if modulus.is_none() {
        if y.is_negative() {
            return float::power(rt, rt.int_to_f64(x)?, rt.int_to_f64(y)?);
        }
        return arithmetic::pow(x, y).map(|n| from_int(rt, n)).map_err(|e| raise(rt, e, ""));
    }
    let Some(m) = value(modulus) else { return Ok(Obj::not_implemented()) };
    arithmetic::pow_mod(x, y, m).map(|n| from_int(rt, n)).map_err(|e| raise(rt, e, ""))
}

fn repr(rt: &Rt, a: &Obj) -> R {
    if let IntRef::Small(n) = receiver(a) {
        return Ok(str::from_text(rt, Text::Ascii(int_text::small_decimal(n, &mut [0; 20]))));
    }
    Ok(rt.str(&rt.int_decimal(receiver(a))?))
}

fn hash_of(_: &Rt, a: &Obj) -> R<i64> {
    Ok(hash::int(receiver(a)))
}

fn truth(_: &Rt, a: &Obj) -> R<bool> {
    Ok(!receiver(a).is_zero())
}

fn compare_with(_: &Rt, a: &Obj, b: &Obj, op: CmpOp) -> R {
    match (value(a), value(b)) {
        (Some(x), Some(y)) => Ok(Obj::bool(op.holds(compare::ints(x, y)))),
        _ => Ok(Obj::not_implemented()),
    }
}

fn new(rt: &Rt, cls: &Obj, args: Args<'_>) -> R {
    let params = [Param::optional("x").pos_only(), Param::optional("base")];
    let mut given = [None, None];
    let n = match (args.positional(), args.has_keywords()) {
        ([], false) => rt.int(0),
        ([x], false) => from_object(rt, x)?,
        _ => {
            bind_keywords(rt, "int", &params, args, &mut given)?;
            match given {
                [Some(x), Some(base)] => with_base(rt, x, base)?,
                [Some(x), None] => from_object(rt, x)?,
                [None, Some(_)] => return Err(rt.type_error(format_args!("int() missing string argument"))),
                [None, None] => rt.int(0),
            }
        }
    };
    if cls.is(&rt.kind_type(Kind::Int).as_obj()) {
        return Ok(n);
    }
    Ok(with_type(rt, in_runtime(rt, cls), receiver(&n).to_int()))
}

/// `int(x)`.
pub fn from_object(rt: &Rt, x: &Obj) -> R {
    if x.as_small_int().is_some() || x.is_exact(Kind::Int) {
        return Ok(x.clone());
    }
    if let Some(f) = x.as_float() {
        return rt.float_to_int(f);
    }
    if let Some(s) = str::get(x)
        && x.is_exact(Kind::Str)
    {
        return parse_text(rt, &text_type::ascii_number(s.view()), 10, x);
    }
    if let Some(convert) = rt.type_of(x).slots.int.get() {
        let result = convert(rt, x)?;
        return match value(&result) {
            Some(n) => Ok(from_int(rt, n.to_int())),
            None => Err(rt.type_error(format_args!("__int__ returned non-int (type {})", rt.type_name(&result)))),
        };
    }
    if let Some(index) = rt.index_opt(x)? {
        return Ok(index);
    }
    if let Some(truncated) = rt.call_special(x, &rt.names().__trunc__, &[])? {
        return match rt.index_opt(&truncated)? {
            Some(index) => Ok(index),
            None => {
                Err(rt.type_error(format_args!("__trunc__ returned non-Integral (type {})", rt.type_name(&truncated))))
            }
        };
    }
    if let Some(s) = str::get(x) {
        return parse_text(rt, &text_type::ascii_number(s.view()), 10, x);
    }
    if let Some(data) = bytes::data(x) {
        return parse_text(rt, data, 10, x);
    }
    Err(rt.type_error(format_args!(
        "int() argument must be a string, a bytes-like object or a real number, not '{}'",
        rt.type_name(x)
    )))
}

fn with_base(rt: &Rt, x: &Obj, base: &Obj) -> R {
    let base = rt.index_saturated(base)?;
    if base != 0 && !(2..=36).contains(&base) {
        return Err(rt.value_error(format_args!("int() base must be >= 2 and <= 36, or 0")));
    }
    if let Some(s) = str::get(x) {
        return parse_text(rt, &text_type::ascii_number(s.view()), base as u32, x);
    }
    if let Some(data) = bytes::data(x) {
        return parse_text(rt, data, base as u32, x);
    }
    Err(rt.type_error(format_args!("int() can't convert non-string with explicit base")))
}

fn parse_text(rt: &Rt, text: &[u8], base: u32, source: &Obj) -> R {
    match parse::int(text, base, rt.max_str_digits()) {
        Ok(n) => Ok(from_int(rt, n)),
        Err(parse::IntParseError::TooManyDigits(n)) => Err(rt.too_many_digits(Some(n))),
        Err(parse::IntParseError::Invalid) => {
            let source = str::to_string(&rt.repr(source)?);
            // CPython shows at most 200 characters of the repr.
            let shown: String = source.chars().take(200).collect();
            Err(rt.value_error(format_args!("invalid literal for int() with base {base}: {shown}")))
        }
    }
}

fn byte_order(rt: &Rt, order: Option<&Obj>) -> R<bool> {
    let Some(order) = order else { return Ok(true) };
    match str::get(order).and_then(|s| s.as_ascii()) {
        Some("big") => Ok(true),
        Some("little") => Ok(false),
        _ if str::get(order).is_some() => {
            Err(rt.value_error(format_args!("byteorder must be either 'little' or 'big'")))
        }
        _ => Err(rt.type_error(format_args!("argument 'byteorder' must be str, not {}", rt.type_name(order)))),
    }
}

fn to_bytes(rt: &Rt, a: &Obj, args: &[Option<&Obj>]) -> R {
    let length = args[0].map_or(Ok(1), |n| rt.index_i64(n))?;
    let big = byte_order(rt, args[1])?;
    let signed = args[2].map_or(Ok(false), |s| rt.truth(s))?;
    let Ok(length) = usize::try_from(length) else {
        return Err(rt.value_error(format_args!("length argument must be non-negative")));
    };
    rt.check_size(length)?;
    match int_convert::to_bytes_le(receiver(a), length, signed) {
        Ok(mut data) => {
            if big {
                data.reverse();
            }
            Ok(bytes::new(rt, &data))
        }
        Err(BytesError::Negative) => Err(rt.overflow_error(format_args!("can't convert negative int to unsigned"))),
        Err(BytesError::TooBig) => Err(rt.overflow_error(format_args!("int too big to convert"))),
    }
}

fn from_bytes(rt: &Rt, cls: &Obj, args: &[Option<&Obj>]) -> R {
    let big = byte_order(rt, args[1])?;
    let signed = args[2].map_or(Ok(false), |s| rt.truth(s))?;
    let Some(source) = args[0] else { return Ok(rt.int(0)) };
    let mut data = bytes::from_object(rt, source)?;
    if big {
        data.reverse();
    }
    let n = from_int(rt, int_convert::from_bytes_le(&data, signed));
    match as_type(cls) {
        Some(ty) if !ty.is(rt.kind_type(Kind::Int)) => rt.call(cls, &[n]),
        _ => Ok(n),
    }
}

/// `int.__round__`: a negative number of digits rounds to a multiple of a power of ten, half to even.
fn round(rt: &Rt, a: &Obj, args: &[Obj]) -> R {
    let Some(digits) = args.first() else { return same(rt, a) };
    let digits = rt.index(digits)?;
    if !receiver(&digits).is_negative() {
        return same(rt, a);
    }
    let n = receiver(a);
    let tens = arithmetic::neg(receiver(&digits));
    // More digits than the number has: the result is 0, and the power need not be computed.
    if tens.view().to_i64().is_none_or(|t| t as u64 > n.bit_length() / 3 + 2) {
        return Ok(rt.int(0));
    }
    let fail = |e| raise(rt, e, "");
    let unit = arithmetic::pow(IntRef::Small(10), tens.view()).map_err(fail)?;
    let (q, r) = arithmetic::divmod(n, unit.view()).map_err(fail)?;
    let twice = arithmetic::mul(r.view(), IntRef::Small(2));
    let up = match compare::ints(twice.view(), unit.view()) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => q.view().is_odd(),
        std::cmp::Ordering::Greater => true,
    };
    let q = if up { arithmetic::add(q.view(), IntRef::Small(1)) } else { q };
    Ok(from_int(rt, arithmetic::mul(q.view(), unit.view())))
}

/// CPython's size: 24 bytes and 4 for each 30 bits.
fn size_of_int(rt: &Rt, a: &Obj) -> R {
    Ok(rt.int(24 + 4 * receiver(a).bit_length().div_ceil(30).max(1) as i64))
}
