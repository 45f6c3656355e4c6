//! Floats as text: `repr` and the `e`, `f`, `g`, `%` presentations, with CPython's exponent rules.
//!
//! Everything returned is ASCII. Signs are the caller's: these functions take magnitudes, `nan` and `inf` included.

use super::float_digits::{self, Digits};

/// A presentation of a float.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Shortest digits that round trip; exponent from 1e16 and below 1e-4.
    Repr,
    /// `e`.
    Exponent,
    /// `f`.
    Fixed,
    /// `g`.
    General,
    /// No type with a precision: as `g`, but at least one decimal is kept.
    GeneralDot,
}

/// `repr(x)`.
pub fn repr(x: f64) -> String {
    let mut out = String::with_capacity(24);
    repr_into(x, &mut out);
    out
}

/// Appends `repr(x)`.
pub fn repr_into(x: f64, out: &mut String) {
    if x.is_sign_negative() && !x.is_nan() {
        out.push('-');
    }
    out.push_str(&magnitude(x.abs(), Style::Repr, 0, false, false));
}

/// The text of a magnitude. `alternate` keeps the point and trailing zeros, `upper` writes `E`, `INF`, `NAN`.
pub fn magnitude(x: f64, style: Style, precision: usize, alternate: bool, upper: bool) -> String {
    if x.is_nan() {
        return if upper { "NAN" } else { "nan" }.to_string();
    }
    if x.is_infinite() {
        return if upper { "INF" } else { "inf" }.to_string();
    }
    let e = if upper { 'E' } else { 'e' };
    match style {
        Style::Repr => {
            let digits = float_digits::shortest(x);
            let exponent = digits.point > 16 || digits.point < -3;
            lay_out(&digits, exponent, !exponent, alternate, e)
        }
        Style::Exponent => {
            let digits = float_digits::significant(x, precision.saturating_add(1));
            lay_out(&digits, true, false, alternate, e)
        }
        Style::Fixed => {
            let mut text = float_digits::fixed(x, precision);
            if alternate && precision == 0 {
                text.push('.');
            }
            text
        }
        Style::General | Style::GeneralDot => {
            let dot = style == Style::GeneralDot;
            let precision = precision.max(1);
            let mut digits = float_digits::significant(x, precision);
            let exponent = digits.point < -3 || digits.point > precision as i32 - i32::from(dot);
            if !alternate {
                while digits.digits.len() > 1 && digits.digits.last() == Some(&b'0') {
                    digits.digits.pop();
                }
            }
            lay_out(&digits, exponent, dot && !exponent, alternate, e)
        }
    }
}

/// Writes digits in fixed or exponent notation. `dot_zero` adds `.0` to a whole number, `point` at least a point.
fn lay_out(digits: &Digits, exponent: bool, dot_zero: bool, point: bool, e: char) -> String {
    let mut out = String::with_capacity(digits.digits.len() + 8);
    let d = &digits.digits;
    let push = |out: &mut String, digits: &[u8]| out.extend(digits.iter().map(|&b| b as char));
    if exponent {
        push(&mut out, &d[..1]);
        if d.len() > 1 || point {
            out.push('.');
        }
        push(&mut out, &d[1..]);
        let power = digits.point - 1;
        out.push(e);
        out.push(if power < 0 { '-' } else { '+' });
        let power = power.unsigned_abs();
        if power < 10 {
            out.push('0');
        }
        out.push_str(&power.to_string());
        return out;
    }
    let whole = digits.point;
    if whole <= 0 {
        out.push_str("0.");
        out.extend(std::iter::repeat_n('0', -whole as usize));
        push(&mut out, d);
        return out;
    }
    let whole = whole as usize;
    if d.len() > whole {
        push(&mut out, &d[..whole]);
        out.push('.');
        push(&mut out, &d[whole..]);
        return out;
    }
    push(&mut out, d);
    out.extend(std::iter::repeat_n('0', whole - d.len()));
    if point || dot_zero {
        out.push('.');
    }
    if dot_zero {
        out.push('0');
    }
    out
}

/// `float.hex()`.
pub fn hex(x: f64) -> String {
    let sign = if x.is_sign_negative() && !x.is_nan() { "-" } else { "" };
    if !x.is_finite() {
        return repr(x);
    }
    if x == 0.0 {
        return format!("{sign}0x0.0p+0");
    }
    let bits = x.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    let (lead, exponent) = match (bits >> 52 & 0x7FF) as i32 {
        0 => (0, -1022),
        biased => (1, biased - 1023),
    };
    format!("{sign}0x{lead}.{fraction:013x}p{exponent:+}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repr_chooses_notation_as_cpython() {
        for (x, text) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (0.1, "0.1"),
            (1e15, "1000000000000000.0"),
            (1e16, "1e+16"),
            (123456789012345680.0, "1.2345678901234568e+17"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (1.5e300, "1.5e+300"),
            (5e-324, "5e-324"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
            (f64::NAN, "nan"),
            (-f64::NAN, "nan"),
        ] {
            assert_eq!(repr(x), text);
        }
    }

    #[test]
    fn presentations() {
        use Style::*;
        for (x, style, precision, alternate, text) in [
            (1234.5678, Exponent, 2, false, "1.23e+03"),
            (1.0, Exponent, 0, false, "1e+00"),
            (1.0, Exponent, 0, true, "1.e+00"),
            (1e100, Exponent, 1, false, "1.0e+100"),
            (2.5, Fixed, 0, false, "2"),
            (2.5, Fixed, 0, true, "2."),
            (1.0, General, 6, false, "1"),
            (1.0, General, 6, true, "1.00000"),
            (123456789.0, General, 6, false, "1.23457e+08"),
            (0.0001, General, 6, false, "0.0001"),
            (0.00001, General, 6, false, "1e-05"),
            (100000.0, General, 6, false, "100000"),
            (0.0, GeneralDot, 1, false, "0e+00"),
            (1.0, GeneralDot, 3, false, "1.0"),
            (123456.0, GeneralDot, 3, false, "1.23e+05"),
            (10.0, GeneralDot, 1, true, "1.e+01"),
        ] {
            assert_eq!(magnitude(x, style, precision, alternate, false), text, "{x} {style:?} {precision}");
        }
    }

    #[test]
    fn hex_digits() {
        assert_eq!(hex(3.5), "0x1.c000000000000p+1");
        assert_eq!(hex(-0.0), "-0x0.0p+0");
        assert_eq!(hex(5e-324), "0x0.0000000000001p-1022");
    }
}
