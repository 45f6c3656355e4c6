//! Ints as text in bases 2 to 36.
//!
//! Invariant: output is ASCII; the sign comes first and no prefix is written.

use super::int::IntRef;

/// The default of `sys.get_int_max_str_digits()`.
pub const DEFAULT_MAX_STR_DIGITS: usize = 4300;

/// The decimal digits of an int with more of them than the limit allow are not computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManyDigits;

/// `str(n)` of a machine int in ASCII, without an allocation.
pub fn small_decimal(n: i64, buffer: &mut [u8; 20]) -> &[u8] {
    let mut at = buffer.len();
    let mut left = n.unsigned_abs();
    loop {
        at -= 1;
        buffer[at] = b'0' + (left % 10) as u8;
        left /= 10;
        if left == 0 {
            break;
        }
    }
    if n < 0 {
        at -= 1;
        buffer[at] = b'-';
    }
    &buffer[at..]
}

/// `str(a)`; a limit of 0 means none.
pub fn decimal(a: IntRef, limit: usize) -> Result<String, TooManyDigits> {
    match a {
        IntRef::Small(n) => Ok(n.to_string()),
        // Fewer digits than the least limit.
        IntRef::Wide(n) => Ok(n.to_string()),
        IntRef::Big(n) => {
            // Cheap upper and lower bounds first, so that no time is spent on what is refused anyway.
            let bits = n.bits();
            if limit > 0 && bits > (limit as u64).saturating_mul(10) / 3 + 8 {
                return Err(TooManyDigits);
            }
            let text = n.to_str_radix(10);
            if limit > 0 && text.len() - usize::from(a.is_negative()) > limit {
                return Err(TooManyDigits);
            }
            Ok(text)
        }
    }
}

/// The digits of the magnitude in a base from 2 to 36.
pub fn magnitude(a: IntRef, base: u32, upper: bool) -> String {
    let mut text = match a {
        IntRef::Small(n) => {
            let n = n.unsigned_abs();
            match base {
                2 => format!("{n:b}"),
                8 => format!("{n:o}"),
                10 => n.to_string(),
                16 => format!("{n:x}"),
                _ => num_bigint::BigUint::from(n).to_str_radix(base),
            }
        }
        IntRef::Wide(n) => {
            let n = n.unsigned_abs();
            match base {
                2 => format!("{n:b}"),
                8 => format!("{n:o}"),
                10 => n.to_string(),
                16 => format!("{n:x}"),
                _ => num_bigint::BigUint::from(n).to_str_radix(base),
            }
        }
        IntRef::Big(n) => n.magnitude().to_str_radix(base),
    };
    if upper {
        text.make_ascii_uppercase();
    }
    text
}

/// `bin`, `oct`, `hex`: sign, prefix, digits.
pub fn prefixed(a: IntRef, base: u32) -> String {
    let prefix = match base {
        2 => "0b",
        8 => "0o",
        _ => "0x",
    };
    let sign = if a.is_negative() { "-" } else { "" };
    format!("{sign}{prefix}{}", magnitude(a, base, false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigInt;

    #[test]
    fn digit_limit() {
        let edge = BigInt::from(10).pow(4299);
        assert_eq!(decimal(IntRef::Big(&edge), 4300).map(|t| t.len()), Ok(4300));
        assert_eq!(decimal(IntRef::Big(&(&edge * 10)), 4300), Err(TooManyDigits));
        assert_eq!(decimal(IntRef::Big(&-edge), 4300).map(|t| t.len()), Ok(4301));
        assert_eq!(decimal(IntRef::Small(i64::MIN), 4300).as_deref(), Ok("-9223372036854775808"));
    }

    #[test]
    fn small_ints() {
        for n in [0, 7, -1, 10, 99, 1234567890, i64::MAX, i64::MIN] {
            assert_eq!(small_decimal(n, &mut [0; 20]), n.to_string().as_bytes());
        }
    }

    #[test]
    fn prefixes() {
        assert_eq!(prefixed(IntRef::Small(-255), 16), "-0xff");
        assert_eq!(prefixed(IntRef::Small(0), 2), "0b0");
    }
}
