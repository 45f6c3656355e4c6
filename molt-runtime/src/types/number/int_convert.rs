//! Ints to floats and back, true division and bytes: each rounds once, half to even, as CPython does.

use super::int::{Int, IntError, IntRef};
use num_bigint::{BigInt, BigUint, Sign};
use num_traits::{FromPrimitive, ToPrimitive, Zero};

/// `float(a)`.
pub fn to_f64(a: IntRef) -> Result<f64, IntError> {
    match a {
        IntRef::Small(n) => Ok(n as f64),
        // The conversion of two words rounds to nearest, ties to even, too.
        IntRef::Wide(n) => Ok(n as f64),
        IntRef::Big(n) => {
            let x = scale(n.magnitude(), 0, false);
            if x.is_infinite() {
                Err(IntError::FloatOverflow)
            } else {
                Ok(if n.sign() == Sign::Minus { -x } else { x })
            }
        }
    }
}

/// `n * 2**exponent` rounded once; `sticky` says that `n` was cut off above a nonzero rest. `n` needs 64 bits or more
/// when `sticky` is set.
fn scale(n: &BigUint, exponent: i64, sticky: bool) -> f64 {
    let bits = n.bits();
    let cut = bits.saturating_sub(64);
    let top = (n >> cut).to_u64().unwrap_or(u64::MAX);
    let rest = sticky || (cut > 0 && n.trailing_zeros().unwrap_or(0) < cut);
    round_scaled(top, exponent.saturating_add(cut as i64), rest)
}

/// `mantissa * 2**exponent` to the nearest double, ties to even, subnormals included.
pub fn round_scaled(mantissa: u64, exponent: i64, sticky: bool) -> f64 {
    if mantissa == 0 {
        return 0.0;
    }
    let shift = mantissa.leading_zeros();
    let mantissa = mantissa << shift;
    let exponent = exponent - i64::from(shift);
    // The value is mantissa * 2**exponent with bit 63 set; its top bit weighs 2**(exponent + 63).
    let top = exponent.saturating_add(63);
    if top > 1023 {
        return f64::INFINITY;
    }
    let drop = if top < -1022 { 11 + (-1022 - top) } else { 11 };
    if drop > 64 {
        return 0.0;
    }
    let (kept, half, below) = if drop == 64 {
        (0, true, mantissa << 1 != 0)
    } else {
        (mantissa >> drop, mantissa >> (drop - 1) & 1 == 1, mantissa << (65 - drop) != 0)
    };
    let up = half && (below || sticky || kept & 1 == 1);
    let kept = kept + u64::from(up);
    // Normal numbers: adding the mantissa (hidden bit included) carries into the exponent field by itself.
    let biased = if top < -1022 { 0 } else { (top + 1022) as u64 };
    f64::from_bits((biased << 52) + kept)
}

/// `a / b`, correctly rounded.
pub fn truediv(a: IntRef, b: IntRef) -> Result<f64, IntError> {
    const EXACT: i64 = 1 << 53;
    if b.is_zero() {
        return Err(IntError::DivisionByZero);
    }
    if let (IntRef::Small(x), IntRef::Small(y)) = (a, b)
        && x.abs_diff(0) <= EXACT as u64
        && y.abs_diff(0) <= EXACT as u64
    {
        return Ok(x as f64 / y as f64);
    }
    let negative = a.is_negative() != b.is_negative();
    if a.is_zero() {
        return Ok(if negative { -0.0 } else { 0.0 });
    }
    let (n, d) = (a.to_big(), b.to_big());
    let (n, d) = (n.magnitude(), d.magnitude());
    // Scale so that the quotient has 64 or 65 bits; the remainder is the sticky bit.
    let shift = d.bits() as i64 + 65 - n.bits() as i64;
    let (q, r) = if shift >= 0 {
        num_integer::Integer::div_rem(&(n << shift as u64), d)
    } else {
        num_integer::Integer::div_rem(n, &(d << (-shift) as u64))
    };
    let x = scale(&q, -shift, !r.is_zero());
    if x.is_infinite() {
        return Err(IntError::QuotientTooLarge);
    }
    Ok(if negative { -x } else { x })
}

/// `a / b` of machine ints for `b != 0`, correctly rounded.
pub fn true_divide_i64(a: i64, b: i64) -> f64 {
    truediv(IntRef::Small(a), IntRef::Small(b)).unwrap_or(f64::NAN)
}

/// The integral part of a finite float as an int; `None` for infinities and NaN.
pub fn from_f64(x: f64) -> Option<Int> {
    let x = x.trunc();
    if (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&x) {
        return Some(Int::Small(x as i64));
    }
    BigInt::from_f64(x).map(Int::from_big)
}

/// `float.as_integer_ratio` of a finite float: numerator and denominator in lowest terms.
pub fn float_ratio(x: f64) -> (Int, Int) {
    let (mantissa, exponent) = decompose(x);
    if mantissa == 0 {
        return (Int::Small(0), Int::Small(1));
    }
    let zeros = mantissa.trailing_zeros();
    let (mantissa, exponent) = (mantissa >> zeros, exponent + zeros as i32);
    let signed = if x < 0.0 { -(mantissa as i64) } else { mantissa as i64 };
    if exponent >= 0 {
        (Int::from_big(BigInt::from(signed) << exponent as u32), Int::Small(1))
    } else {
        (Int::Small(signed), Int::from_big(BigInt::from(1) << (-exponent) as u32))
    }
}

/// The magnitude of a finite float as `mantissa * 2**exponent`.
pub fn decompose(x: f64) -> (u64, i32) {
    let bits = x.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    match (bits >> 52 & 0x7FF) as i32 {
        0 => (fraction, -1074),
        biased => (fraction | 1 << 52, biased - 1075),
    }
}

/// Why `to_bytes` failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BytesError {
    /// A negative int without `signed=True`.
    Negative,
    /// The int does not fit the length.
    TooBig,
}

/// `int.to_bytes`, little endian.
pub fn to_bytes_le(a: IntRef, length: usize, signed: bool) -> Result<Vec<u8>, BytesError> {
    if a.is_negative() && !signed {
        return Err(BytesError::Negative);
    }
    let mut bytes = match a {
        IntRef::Small(n) => n.to_le_bytes().to_vec(),
        IntRef::Wide(n) => n.to_le_bytes().to_vec(),
        IntRef::Big(n) => n.to_signed_bytes_le(),
    };
    let fill = if a.is_negative() { 0xFF } else { 0 };
    if bytes.len() > length {
        if bytes[length..].iter().any(|&b| b != fill) {
            return Err(BytesError::TooBig);
        }
        bytes.truncate(length);
    } else {
        bytes.resize(length, fill);
    }
    let top_set = bytes.last().is_some_and(|b| b & 0x80 != 0);
    if signed && length == 0 && a.is_negative() || signed && length > 0 && top_set != a.is_negative() {
        return Err(BytesError::TooBig);
    }
    Ok(bytes)
}

/// `int.from_bytes`, little endian.
pub fn from_bytes_le(bytes: &[u8], signed: bool) -> Int {
    if bytes.len() < 8 || bytes.len() == 8 && signed {
        let negative = signed && bytes.last().is_some_and(|b| b & 0x80 != 0);
        let mut word = if negative { [0xFF; 8] } else { [0; 8] };
        word[..bytes.len()].copy_from_slice(bytes);
        return Int::Small(i64::from_le_bytes(word));
    }
    Int::from_big(if signed { BigInt::from_signed_bytes_le(bytes) } else { BigInt::from_bytes_le(Sign::Plus, bytes) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn big(text: &str) -> BigInt {
        text.parse().unwrap()
    }

    #[test]
    fn big_ints_round_half_to_even() {
        for (text, x) in [
            ("9007199254740993", 9007199254740992.0),
            ("9007199254740995", 9007199254740996.0),
            ("18446744073709551615", 18446744073709551616.0),
            ("36893488147419107329", 36893488147419111424.0),
            ("1000000000000000000000000000000", 1e30),
        ] {
            assert_eq!(scale(big(text).magnitude(), 0, false), x, "{text}");
        }
        let max = big("1") << 1024u32;
        assert_eq!(to_f64(IntRef::Big(&max)), Err(IntError::FloatOverflow));
        let below = max - (big("1") << 970u32);
        assert_eq!(to_f64(IntRef::Big(&(&below - 1))), Ok(f64::MAX));
        assert_eq!(to_f64(IntRef::Big(&below)), Err(IntError::FloatOverflow));
    }

    #[test]
    fn true_division_rounds_once() {
        let s = IntRef::Small;
        assert_eq!(truediv(s(1), s(3)), Ok(1.0 / 3.0));
        assert_eq!(truediv(s(i64::MAX), s(2)), Ok(4611686018427387904.0));
        assert_eq!(truediv(s(9007199254740993), s(1)), Ok(9007199254740992.0));
        let tiny = big("1") << 1074u32;
        assert_eq!(truediv(s(1), IntRef::Big(&tiny)), Ok(5e-324));
        assert_eq!(truediv(s(1), IntRef::Big(&(&tiny << 1u32))), Ok(0.0));
        assert_eq!(truediv(s(3), IntRef::Big(&(&tiny << 1u32))), Ok(1e-323));
        assert_eq!(truediv(s(0), s(-1)), Ok(0.0 / -1.0));
        assert_eq!(truediv(IntRef::Big(&(big("1") << 1025u32)), s(2)), Err(IntError::QuotientTooLarge));
    }

    #[test]
    fn bytes_round_trip() {
        for n in [0i64, 1, 127, 128, 255, 256, -1, -128, -129, i64::MAX, i64::MIN] {
            let bytes = to_bytes_le(IntRef::Small(n), 9, true).unwrap();
            assert_eq!(from_bytes_le(&bytes, true), Int::Small(n));
        }
        assert_eq!(to_bytes_le(IntRef::Small(128), 1, true), Err(BytesError::TooBig));
        assert_eq!(to_bytes_le(IntRef::Small(128), 1, false), Ok(vec![128]));
        assert_eq!(to_bytes_le(IntRef::Small(-1), 1, false), Err(BytesError::Negative));
        assert_eq!(to_bytes_le(IntRef::Small(0), 0, true), Ok(vec![]));
        assert_eq!(to_bytes_le(IntRef::Small(-1), 0, true), Err(BytesError::TooBig));
    }

    #[test]
    fn ratios_are_in_lowest_terms() {
        assert_eq!(float_ratio(0.5), (Int::Small(1), Int::Small(2)));
        assert_eq!(float_ratio(-3.0), (Int::Small(-3), Int::Small(1)));
        assert_eq!(float_ratio(0.0), (Int::Small(0), Int::Small(1)));
    }
}
