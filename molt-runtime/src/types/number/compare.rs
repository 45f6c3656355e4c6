//! Exact comparison of ints and floats: an int is never rounded first.

use super::int::IntRef;
use num_bigint::BigInt;
use num_traits::FromPrimitive;
use std::cmp::Ordering;

/// Compares two ints.
pub fn ints(a: IntRef, b: IntRef) -> Ordering {
    match (a, b) {
        (IntRef::Small(x), IntRef::Small(y)) => x.cmp(&y),
        (IntRef::Wide(x), IntRef::Wide(y)) => x.cmp(&y),
        (IntRef::Big(x), IntRef::Big(y)) => x.cmp(y),
        // Of two representations the wider one holds the value further from zero.
        (IntRef::Big(_), _) | (IntRef::Wide(_), IntRef::Small(_)) => {
            if a.is_negative() {
                Ordering::Less
            } else {
                Ordering::Greater
            }
        }
        _ => {
            if b.is_negative() {
                Ordering::Greater
            } else {
                Ordering::Less
            }
        }
    }
}

/// Compares an int with a float; `None` when the float is NaN.
pub fn int_float(a: IntRef, x: f64) -> Option<Ordering> {
    if x.is_nan() {
        return None;
    }
    let whole = x.trunc();
    let by_whole = match a {
        IntRef::Small(n) => {
            if whole >= 9_223_372_036_854_775_808.0 {
                Ordering::Less
            } else if whole < -9_223_372_036_854_775_808.0 {
                Ordering::Greater
            } else {
                n.cmp(&(whole as i64))
            }
        }
        big => match BigInt::from_f64(whole) {
            Some(whole) => big.to_big().cmp(&whole),
            None if x > 0.0 => Ordering::Less,
            None => Ordering::Greater,
        },
    };
    Some(match by_whole {
        Ordering::Equal if x > whole => Ordering::Less,
        Ordering::Equal if x < whole => Ordering::Greater,
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_rounding_before_comparing() {
        let s = IntRef::Small;
        assert_eq!(int_float(s((1 << 53) + 1), 9007199254740992.0), Some(Ordering::Greater));
        assert_eq!(int_float(s(i64::MAX), 9223372036854775807.0), Some(Ordering::Less));
        assert_eq!(int_float(s(i64::MIN), -9223372036854775808.0), Some(Ordering::Equal));
        assert_eq!(int_float(s(-3), -3.5), Some(Ordering::Greater));
        assert_eq!(int_float(s(3), 3.5), Some(Ordering::Less));
        assert_eq!(int_float(s(0), -0.0), Some(Ordering::Equal));
        assert_eq!(int_float(s(0), f64::NAN), None);
        let big = BigInt::from(1) << 1025u32;
        assert_eq!(int_float(IntRef::Big(&big), f64::INFINITY), Some(Ordering::Less));
        assert_eq!(int_float(IntRef::Big(&big), f64::MAX), Some(Ordering::Greater));
    }
}
