//! Decimal digits of finite doubles: shortest round trip, and exactly rounded to a number of digits or decimals.
//!
//! Rust's formatter is exact at every precision but takes at most 16 bits of it; no double has more than 1074 decimals,
//! so larger precisions only add zeros.

/// The most decimals any double has.
const MAX_DECIMALS: usize = 1074;
/// The most significant digits any double has.
const MAX_DIGITS: usize = 767;

/// Decimal digits `0.d1d2d3… * 10**point`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digits {
    /// The digits, ASCII, without trailing zeros unless asked for.
    pub digits: Vec<u8>,
    /// Where the decimal point stands, counted from before the first digit.
    pub point: i32,
}

/// The shortest digits that read back as `x` (finite, not negative).
pub fn shortest(x: f64) -> Digits {
    let mut buffer = ryu::Buffer::new();
    let text = buffer.format_finite(x).as_bytes();
    let (mantissa, exponent) = match text.iter().position(|&b| b == b'e') {
        Some(at) => (&text[..at], parse_exponent(&text[at + 1..])),
        None => (text, 0),
    };
    let whole = mantissa.iter().position(|&b| b == b'.').unwrap_or(mantissa.len());
    let mut digits: Vec<u8> = mantissa.iter().copied().filter(|&b| b != b'.').collect();
    let zeros = digits.iter().take_while(|&&b| b == b'0').count();
    if zeros == digits.len() {
        return Digits { digits: vec![b'0'], point: 1 };
    }
    digits.drain(..zeros);
    while digits.last() == Some(&b'0') {
        digits.pop();
    }
    Digits { digits, point: whole as i32 - zeros as i32 + exponent }
}

fn parse_exponent(text: &[u8]) -> i32 {
    let (negative, text) = match text.split_first() {
        Some((b'-', rest)) => (true, rest),
        _ => (false, text),
    };
    let n = text.iter().fold(0i32, |n, &b| n * 10 + i32::from(b - b'0'));
    if negative { -n } else { n }
}

/// `x` (finite, not negative) rounded to `count >= 1` significant digits, all of them returned.
pub fn significant(x: f64, count: usize) -> Digits {
    let taken = count.clamp(1, MAX_DIGITS);
    let text = format!("{:.*e}", taken - 1, x);
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let mut digits: Vec<u8> = mantissa.bytes().filter(|&b| b != b'.').collect();
    digits.resize(count.max(1), b'0');
    Digits { digits, point: parse_exponent(exponent.as_bytes()) + 1 }
}

/// [`fixed`] in place, for numbers of common size: exact arithmetic on 128 bits.
pub fn fixed_quickly(x: f64, decimals: usize, room: &mut [u8; 40]) -> Option<&[u8]> {
    const POWERS: [u64; 16] = {
        let mut powers = [1; 16];
        let mut n = 1;
        while n < powers.len() {
            powers[n] = powers[n - 1] * 10;
            n += 1;
        }
        powers
    };
    let bits = x.to_bits();
    let biased = (bits >> 52) as i32;
    // Below 2**63, so that no digit is lost, and not subnormal.
    if decimals >= POWERS.len() || !(1..1023 + 63).contains(&biased) && bits != 0 {
        return None;
    }
    let mantissa = if bits == 0 { 0 } else { bits & ((1 << 52) - 1) | 1 << 52 };
    let scaled = u128::from(mantissa) * u128::from(POWERS[decimals]);
    let shift = 1075 - biased;
    let rounded = match shift {
        // A whole number times a power of ten.
        ..=0 => scaled.checked_mul(1 << -shift)?,
        1..=127 => {
            let (whole, rest, half) = (scaled >> shift, scaled & ((1 << shift) - 1), 1u128 << (shift - 1));
            whole + u128::from(rest > half || rest == half && whole & 1 == 1)
        }
        // Below half of the last decimal: `scaled` has fewer than 104 bits.
        _ => 0,
    };
    let mut left = u64::try_from(rounded).ok()?;
    let mut at = room.len();
    for n in 0.. {
        if n == decimals && decimals != 0 {
            at -= 1;
            room[at] = b'.';
        }
        if n > decimals && left == 0 {
            break;
        }
        at -= 1;
        room[at] = b'0' + (left % 10) as u8;
        left /= 10;
    }
    Some(&room[at..])
}

/// `x` (finite, not negative) with exactly `decimals` decimals, as text.
pub fn fixed(x: f64, decimals: usize) -> String {
    let mut text = format!("{:.*}", decimals.min(MAX_DECIMALS), x);
    if decimals > MAX_DECIMALS {
        text.extend(std::iter::repeat_n('0', decimals - MAX_DECIMALS));
    }
    text
}

/// `x` (finite, not negative) rounded half to even to a multiple of `10**tens`, as text.
pub fn round_tens(x: f64, tens: usize) -> String {
    let whole = fixed(x, 0).len();
    // One digit more than a rounded `x` can have: below half of 10**tens the result is zero.
    if whole < tens {
        return "0".to_string();
    }
    let exact = fixed(x, MAX_DECIMALS);
    let (units, decimals) = exact.split_once('.').unwrap_or((&exact, ""));
    let units = format!("0{units:0>tens$}");
    let (kept, cut) = units.as_bytes().split_at(units.len() - tens);
    let nonzero = |b: &u8| *b != b'0';
    let up = match cut.first() {
        Some(b'6'..=b'9') => true,
        Some(b'5') => {
            cut[1..].iter().any(nonzero)
                || decimals.bytes().any(|b| b != b'0')
                || kept.last().is_some_and(|b| b & 1 == 1)
        }
        _ => false,
    };
    let mut kept = kept.to_vec();
    if up {
        for b in kept.iter_mut().rev() {
            if *b == b'9' {
                *b = b'0';
            } else {
                *b += 1;
                break;
            }
        }
    }
    kept.resize(kept.len() + tens, b'0');
    kept.into_iter().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(digits: &str, point: i32) -> Digits {
        Digits { digits: digits.as_bytes().to_vec(), point }
    }

    #[test]
    fn shortest_digits() {
        assert_eq!(shortest(0.0), of("0", 1));
        assert_eq!(shortest(0.1), of("1", 0));
        assert_eq!(shortest(1e22), of("1", 23));
        assert_eq!(shortest(123456.75), of("12345675", 6));
        assert_eq!(shortest(5e-324), of("5", -323));
        assert_eq!(shortest(0.00012), of("12", -3));
        assert_eq!(shortest(1e16), of("1", 17));
    }

    #[test]
    fn quick_decimals_are_the_exact_ones() {
        let mut seed = 1u64;
        let mut quick = 0;
        for n in 0..40_000u64 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let x = match n % 4 {
                0 => (seed >> 40) as f64 / 1000.0,
                1 => (seed >> 44) as f64 / 1024.0,
                2 => f64::from_bits(seed >> 1),
                _ => (seed >> 20) as f64 * 0.5f64.powi((seed & 63) as i32),
            };
            let decimals = (seed >> 7) as usize % 18;
            if x.is_finite()
                && let Some(text) = fixed_quickly(x, decimals, &mut [0; 40])
            {
                quick += 1;
                assert_eq!(String::from_utf8_lossy(text), fixed(x, decimals), "{x:e} {decimals}");
            }
        }
        assert!(quick > 20_000, "{quick}");
        assert_eq!(fixed_quickly(0.0, 2, &mut [0; 40]), Some(&b"0.00"[..]));
        assert_eq!(fixed_quickly(f64::INFINITY, 2, &mut [0; 40]), None);
    }

    #[test]
    fn exact_digits() {
        assert_eq!(significant(2.5, 1), of("2", 1));
        assert_eq!(significant(9.99, 2), of("10", 2));
        assert_eq!(significant(0.0, 3), of("000", 1));
        assert_eq!(fixed(0.125, 2), "0.12");
        assert_eq!(fixed(1.0, 1100).len(), 1102);
        assert_eq!(round_tens(999.0, 1), "1000");
    }
}
