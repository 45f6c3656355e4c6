//! Constant folding: operators on literals, as CPython's compiler does it.
//!
//! Invariant: what is folded cannot raise and its value is exactly the operator's at run time. What would be big stays an
//! operation, by CPython's limits (`ast_opt.c`): 128 bits for ints that `*`, `**` and `<<` make, 4096 characters for `str * int`.

use super::*;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

/// The most bits of a folded product, power or shift.
const MAX_BITS: u64 = 128;
/// The most characters of a folded repetition.
const MAX_CHARS: usize = 4096;
/// Ints up to this size are floats exactly.
const EXACT: i64 = 1 << 53;

/// An int in its canonical form.
pub(super) fn int(value: BigInt) -> Constant {
    match value.to_i64() {
        Some(small) => Constant::Int(small),
        None => Constant::BigInt(value),
    }
}

/// The constant `-c`, for ints and floats.
pub(super) fn negated(constant: &Constant) -> Option<Constant> {
    match constant {
        Constant::Float(value) => Some(Constant::Float(-value)),
        _ => Some(int(-as_int(constant)?)),
    }
}

/// The constant that a unary operator makes of one.
pub(super) fn unary(op: UnaryOp, operand: &Constant) -> Option<Constant> {
    match (op, operand) {
        (UnaryOp::Neg, _) => negated(operand),
        (UnaryOp::Pos, Constant::Int(_) | Constant::BigInt(_) | Constant::Float(_)) => Some(operand.clone()),
        (UnaryOp::Invert, _) => Some(int(!as_int(operand)?)),
        _ => None,
    }
}

/// The constant that a binary operator makes of two.
pub(super) fn binary(op: BinOp, left: &Constant, right: &Constant) -> Option<Constant> {
    if let (Some(a), Some(b)) = (as_int(left), as_int(right)) {
        return ints(op, a, b);
    }
    match (op, left, right) {
        (BinOp::Add, Constant::Str(a), Constant::Str(b)) => Some(Constant::Str(format!("{a}{b}").into())),
        (BinOp::Mul, Constant::Str(text), Constant::Int(n)) | (BinOp::Mul, Constant::Int(n), Constant::Str(text)) => {
            let times = usize::try_from(*n).unwrap_or(0);
            let chars = text.chars().count().checked_mul(times)?;
            (chars <= MAX_CHARS).then(|| Constant::Str(text.repeat(times).into()))
        }
        (_, Constant::Float(_), _) | (_, _, Constant::Float(_)) => floats(op, as_float(left)?, as_float(right)?),
        _ => None,
    }
}

fn as_int(constant: &Constant) -> Option<BigInt> {
    match constant {
        Constant::Int(n) => Some((*n).into()),
        Constant::BigInt(n) => Some(n.clone()),
        _ => None,
    }
}

/// The float that a number is, if it is one exactly.
fn as_float(constant: &Constant) -> Option<f64> {
    match constant {
        Constant::Float(x) => Some(*x),
        Constant::Int(n) if (-EXACT..=EXACT).contains(n) => Some(*n as f64),
        _ => None,
    }
}

fn ints(op: BinOp, a: BigInt, b: BigInt) -> Option<Constant> {
    let small = || b.to_u64().filter(|n| *n <= MAX_BITS);
    Some(int(match op {
        BinOp::Add => a + b,
        BinOp::Sub => a - b,
        BinOp::Mul if a.is_zero() || b.is_zero() => BigInt::ZERO,
        BinOp::Mul if a.bits() + b.bits() <= MAX_BITS => a * b,
        BinOp::Div => {
            let (x, y) = (as_float(&int(a))?, as_float(&int(b))?);
            return floats(op, x, y);
        }
        BinOp::FloorDiv if !b.is_zero() => a.div_floor(&b),
        BinOp::Mod if !b.is_zero() => a.mod_floor(&b),
        BinOp::Pow if small().is_some_and(|n| a.bits() * n <= MAX_BITS) => a.pow(b.to_u32()?),
        BinOp::LShift if small().is_some_and(|n| a.bits() + n <= MAX_BITS) => a << b.to_u32()?,
        BinOp::RShift if !b.is_negative() => a >> small()?,
        BinOp::BitAnd => a & b,
        BinOp::BitOr => a | b,
        BinOp::BitXor => a ^ b,
        _ => return None,
    }))
}

/// Operators whose result IEEE 754 fixes.
fn floats(op: BinOp, a: f64, b: f64) -> Option<Constant> {
    Some(Constant::Float(match op {
        BinOp::Add => a + b,
        BinOp::Sub => a - b,
        BinOp::Mul => a * b,
        BinOp::Div if b != 0.0 => a / b,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(op: BinOp, a: Constant, b: Constant) -> Option<String> {
        binary(op, &a, &b).map(|c| match c {
            Constant::Int(n) => n.to_string(),
            Constant::BigInt(n) => format!("big {n}"),
            Constant::Float(x) => format!("{x:?}"),
            Constant::Str(s) => s.to_string(),
            other => format!("{other:?}"),
        })
    }

    #[test]
    fn folds_as_cpython() {
        let n = Constant::Int;
        assert_eq!(show(BinOp::Pow, n(2), n(64)).as_deref(), Some("big 18446744073709551616"));
        assert_eq!(show(BinOp::Pow, n(2), n(65)), None, "2 has two bits: 130");
        assert_eq!(show(BinOp::Pow, n(2), n(-1)), None);
        assert_eq!(show(BinOp::LShift, n(1), n(127)).as_deref(), Some(format!("big {}", 1u128 << 127).as_str()));
        assert_eq!(show(BinOp::LShift, n(1), n(128)), None);
        assert_eq!(show(BinOp::LShift, n(1), n(-1)), None);
        assert_eq!(show(BinOp::FloorDiv, n(-7), n(2)).as_deref(), Some("-4"));
        assert_eq!(show(BinOp::Mod, n(-7), n(2)).as_deref(), Some("1"));
        assert_eq!(show(BinOp::Mod, n(1), n(0)), None);
        assert_eq!(show(BinOp::Div, n(1), n(4)).as_deref(), Some("0.25"));
        assert_eq!(show(BinOp::Div, n(1), n(0)), None);
        assert_eq!(show(BinOp::RShift, n(-5), n(1)).as_deref(), Some("-3"));
        assert_eq!(show(BinOp::Mul, Constant::Str("ab".into()), n(2048)).map(|s| s.len()), Some(4096));
        assert_eq!(show(BinOp::Mul, Constant::Str("ab".into()), n(2049)), None);
        assert_eq!(show(BinOp::Mul, n(-3), Constant::Str("ab".into())).as_deref(), Some(""));
        assert_eq!(show(BinOp::Mul, Constant::Float(0.0), n(-1)).as_deref(), Some("-0.0"));
        assert_eq!(show(BinOp::Add, n(1), Constant::Str("a".into())), None);
    }
}
