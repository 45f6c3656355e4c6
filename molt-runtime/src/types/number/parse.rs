//! Reading ints and floats from text, with underscores, bases and white space as `int()` and `float()` take them.
//!
//! Input is ASCII: the caller turns Unicode digits and spaces into ASCII first, and everything else into a byte no number
//! contains. Invariant: a text is accepted exactly when CPython accepts it.

use super::int::Int;
use num_bigint::{BigInt, BigUint, Sign};

/// Why a text is not an int.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntParseError {
    /// Not a number in this base.
    Invalid,
    /// More decimal digits than the limit.
    TooManyDigits(usize),
}

fn is_space(b: u8) -> bool {
    matches!(b, b' ' | b'\t'..=b'\r' | 0x1c..=0x1f)
}

fn trim(mut text: &[u8]) -> &[u8] {
    while let [first, rest @ ..] = text {
        if !is_space(*first) {
            break;
        }
        text = rest;
    }
    while let [rest @ .., last] = text {
        if !is_space(*last) {
            break;
        }
        text = rest;
    }
    text
}

fn digit_value(b: u8) -> u32 {
    char::from(b).to_digit(36).unwrap_or(99)
}

/// `int(text, base)` for a base of 0 or 2 to 36. A digit limit of 0 means none; it binds bases that are no power of 2.
pub fn int(text: &[u8], base: u32, limit: usize) -> Result<Int, IntParseError> {
    let (negative, mut digits) = match trim(text) {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    let (mut radix, mut only_zero) = (base, false);
    if base == 0 {
        radix = match digits {
            [b'0', b'x' | b'X', ..] => 16,
            [b'0', b'o' | b'O', ..] => 8,
            [b'0', b'b' | b'B', ..] => 2,
            [b'0', ..] => {
                // As in source code, a decimal with a leading zero must be zero.
                only_zero = true;
                10
            }
            _ => 10,
        };
    }
    let prefixed = matches!(
        (radix, digits),
        (16, [b'0', b'x' | b'X', ..]) | (8, [b'0', b'o' | b'O', ..]) | (2, [b'0', b'b' | b'B', ..])
    );
    if prefixed {
        digits = &digits[2..];
        if let [b'_', rest @ ..] = digits {
            digits = rest;
        }
    }
    let mut count = 0;
    let mut last_underscore = true;
    for &b in digits {
        if b == b'_' {
            if last_underscore {
                return Err(IntParseError::Invalid);
            }
            last_underscore = true;
            continue;
        }
        let value = digit_value(b);
        if value >= radix || only_zero && value != 0 {
            return Err(IntParseError::Invalid);
        }
        last_underscore = false;
        count += 1;
    }
    if last_underscore {
        return Err(IntParseError::Invalid);
    }
    if limit > 0 && count > limit && !radix.is_power_of_two() {
        return Err(IntParseError::TooManyDigits(count));
    }
    let plain = digits.iter().filter(|&&b| b != b'_').map(|&b| digit_value(b));
    // 12 digits fit an i64 in base 36, 18 in base 10.
    if count <= 12 || count <= 18 && radix <= 10 {
        let n = plain.fold(0i64, |n, d| n * i64::from(radix) + i64::from(d));
        return Ok(Int::Small(if negative { -n } else { n }));
    }
    let digits: Vec<u8> = plain.map(|d| d as u8).collect();
    let magnitude = BigUint::from_radix_be(&digits, radix).ok_or(IntParseError::Invalid)?;
    Ok(Int::from_big(BigInt::from_biguint(if negative { Sign::Minus } else { Sign::Plus }, magnitude)))
}

/// `float(text)`; `None` when the text is not a number.
pub fn float(text: &[u8]) -> Option<f64> {
    let text = trim(text);
    let (negative, body) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    let sign = if negative { -1.0f64 } else { 1.0 };
    if body.first().is_some_and(u8::is_ascii_alphabetic) {
        let lower = body.to_ascii_lowercase();
        return match lower.as_slice() {
            b"inf" | b"infinity" => Some(f64::INFINITY * sign),
            b"nan" => Some(f64::NAN.copysign(sign)),
            _ => None,
        };
    }
    let mut plain = String::with_capacity(body.len());
    let mut previous = 0u8;
    for (i, &b) in body.iter().enumerate() {
        if b == b'_' {
            // An underscore stands between two digits.
            if !previous.is_ascii_digit() || !body.get(i + 1).is_some_and(u8::is_ascii_digit) {
                return None;
            }
        } else if b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-') {
            plain.push(b as char);
        } else {
            return None;
        }
        previous = b;
    }
    if matches!(plain.as_bytes().first(), Some(b'+' | b'-')) {
        return None;
    }
    plain.parse::<f64>().ok().map(|x| x * sign)
}

/// Why a text is not a hexadecimal float.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HexError {
    /// Not of the form `[sign][0x]h[.h][p[sign]d]`, `inf` or `nan`.
    Invalid,
    /// The value exceeds every float.
    Overflow,
}

/// `float.fromhex(text)`.
pub fn hex_float(text: &[u8]) -> Result<f64, HexError> {
    let text = trim(text);
    let (negative, body) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    let sign = if negative { -1.0f64 } else { 1.0 };
    match body.to_ascii_lowercase().as_slice() {
        b"inf" | b"infinity" => return Ok(f64::INFINITY * sign),
        b"nan" => return Ok(f64::NAN.copysign(sign)),
        _ => {}
    }
    let body = match body {
        [b'0', b'x' | b'X', rest @ ..] => rest,
        rest => rest,
    };
    let digits_end = body.iter().position(|&b| b == b'p' || b == b'P').unwrap_or(body.len());
    let (digits, power) = body.split_at(digits_end);
    let mut exponent = 0i64;
    if let [_, power @ ..] = power {
        let (minus, power) = match power {
            [b'-', rest @ ..] => (true, rest),
            [b'+', rest @ ..] => (false, rest),
            rest => (false, rest),
        };
        if power.is_empty() || !power.iter().all(u8::is_ascii_digit) {
            return Err(HexError::Invalid);
        }
        exponent = power.iter().fold(0i64, |n, &b| n.saturating_mul(10).saturating_add(i64::from(b - b'0')));
        exponent = exponent.min(1 << 40) * if minus { -1 } else { 1 };
    }
    let mut mantissa = 0u64;
    let (mut sticky, mut seen, mut point) = (false, 0usize, false);
    for &b in digits {
        if b == b'.' && !point {
            point = true;
            continue;
        }
        let value = digit_value(b);
        if value >= 16 {
            return Err(HexError::Invalid);
        }
        seen += 1;
        if mantissa >> 60 == 0 {
            mantissa = mantissa << 4 | u64::from(value);
            exponent -= if point { 4 } else { 0 };
        } else {
            sticky |= value != 0;
            exponent += if point { 0 } else { 4 };
        }
    }
    if seen == 0 {
        return Err(HexError::Invalid);
    }
    let x = super::int_convert::round_scaled(mantissa, exponent, sticky);
    if x.is_infinite() { Err(HexError::Overflow) } else { Ok(x * sign) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small(text: &str, base: u32) -> Option<i64> {
        match int(text.as_bytes(), base, 4300) {
            Ok(Int::Small(n)) => Some(n),
            _ => None,
        }
    }

    #[test]
    fn ints() {
        for (text, base, n) in [
            ("1_000", 10, 1000),
            (" 12\n", 10, 12),
            ("-0x1f", 0, -31),
            ("0x_10", 16, 16),
            ("0b1", 16, 177),
            ("0_0", 0, 0),
            ("z", 36, 35),
            ("9223372036854775807", 10, i64::MAX),
            ("-9223372036854775808", 10, i64::MIN),
        ] {
            assert_eq!(small(text, base), Some(n), "{text}");
        }
        for (text, base) in [
            ("", 10),
            ("1__0", 10),
            ("_1", 10),
            ("1_", 10),
            ("010", 0),
            ("0x", 16),
            ("- 1", 10),
            ("--1", 10),
            ("0xg", 0),
        ] {
            assert_eq!(int(text.as_bytes(), base, 4300), Err(IntParseError::Invalid), "{text}");
        }
        let long = "1".repeat(5000);
        assert_eq!(int(long.as_bytes(), 10, 4300), Err(IntParseError::TooManyDigits(5000)));
        assert!(int(long.as_bytes(), 16, 4300).is_ok());
    }

    #[test]
    fn floats() {
        for (text, x) in [
            ("1_0", 10.0),
            ("1e1_0", 1e10),
            (".5", 0.5),
            ("5.", 5.0),
            (" 1.5\n", 1.5),
            ("-1e400", f64::NEG_INFINITY),
            ("+Infinity", f64::INFINITY),
        ] {
            assert_eq!(float(text.as_bytes()), Some(x), "{text}");
        }
        for text in ["", "1__0", "_1", "1_.5", "1._5", "1e_1", "1e", "e1", ".", "0x1", "--1", "+-1", "infx", "1,5"] {
            assert_eq!(float(text.as_bytes()), None, "{text}");
        }
        assert!(float(b"nan").is_some_and(f64::is_nan));
    }

    #[test]
    fn hexadecimal_floats() {
        for (text, x) in
            [("0x1.8p1", 3.0), ("1.8", 1.5), ("-0x.8", -0.5), ("0x1p-1074", 5e-324), ("inf", f64::INFINITY)]
        {
            assert_eq!(hex_float(text.as_bytes()), Ok(x), "{text}");
        }
        assert_eq!(hex_float(b"xyz"), Err(HexError::Invalid));
        assert_eq!(hex_float(b"0x1p5000"), Err(HexError::Overflow));
        assert_eq!(hex_float(b"0x1.fffffffffffff8p1023"), Err(HexError::Overflow));
        assert_eq!(hex_float(b"0x1.fffffffffffff7p1023"), Ok(f64::MAX));
    }
}
