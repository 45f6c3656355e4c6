//! The presentation of ints and floats: sign, prefix, grouping, padding.
//!
//! Invariant: zero padding with grouping puts separators into the padding too, and never starts with one.

use super::spec::{FormatError, Spec};
use super::text::{self, MAX_WIDTH};
use crate::types::number::float_text::{self, Style};
use crate::types::number::{IntRef, int_text};
use crate::types::text::{Text, TextBuf};

/// A number in parts, all ASCII.
struct Parts<'a> {
    negative: bool,
    prefix: &'a str,
    /// The digits that grouping applies to.
    digits: &'a str,
    /// Point, decimals, exponent, percent sign.
    rest: &'a str,
    /// Digits between separators.
    group: usize,
}

/// Appends a number under its specification.
fn lay_out(spec: &Spec, parts: Parts, out: &mut TextBuf) -> Result<(), FormatError> {
    let sign = match (parts.negative, spec.sign) {
        (true, _) => "-",
        (false, '+') => "+",
        (false, ' ') => " ",
        _ => "",
    };
    if spec.width == 0 && spec.grouping == '\0' {
        for part in [sign, parts.prefix, parts.digits, parts.rest] {
            out.push_text(Text::Ascii(part.as_bytes()));
        }
        return Ok(());
    }
    let fixed = sign.len() + parts.prefix.len() + parts.rest.len();
    let zeros = spec.fill == u32::from('0') && spec.align == '=';
    let least = if zeros { spec.width.saturating_sub(fixed) } else { 0 };
    if least > MAX_WIDTH || least > (64 << 20) && Vec::<u8>::new().try_reserve_exact(least * 2).is_err() {
        return Err(FormatError::Memory);
    }
    let mut grouped = String::new();
    let digits = if spec.grouping != '\0' && !parts.digits.is_empty() {
        group(parts.digits, spec.grouping, parts.group, least, &mut grouped);
        grouped.as_str()
    } else {
        // `inf` and `nan` have no digits: their padding has no separators.
        parts.digits
    };
    let missing = spec.width.saturating_sub(fixed + digits.len());
    text::check_padding(missing)?;
    // With `=` the padding goes between the sign with prefix and the digits.
    let (before, inside) = match spec.align {
        '=' => (0, missing),
        '>' => (missing, 0),
        '^' => (missing / 2, 0),
        _ => (0, 0),
    };
    out.push_repeated(spec.fill, before);
    out.push_text(Text::Ascii(sign.as_bytes()));
    out.push_text(Text::Ascii(parts.prefix.as_bytes()));
    out.push_repeated(spec.fill, inside);
    out.push_text(Text::Ascii(digits.as_bytes()));
    out.push_text(Text::Ascii(parts.rest.as_bytes()));
    out.push_repeated(spec.fill, missing - before - inside);
    Ok(())
}

/// Digits with a separator every `every` digits from the right, with zeros in front up to `least` characters.
fn group(digits: &str, separator: char, every: usize, least: usize, out: &mut String) {
    // `n` digits take n + (n - 1) / every characters.
    let characters = |n: usize| n + n.saturating_sub(1) / every;
    let mut count = digits.len();
    if characters(count) < least {
        count = least - least / (every + 1);
        if characters(count) < least {
            count += 1;
        }
    }
    for left in (1..=count).rev() {
        if left < count && left % every == 0 {
            out.push(separator);
        }
        let digit = digits.len().checked_sub(left).map_or(b'0', |at| digits.as_bytes()[at]);
        out.push(char::from(digit));
    }
}

/// An int under types `b c d n o x X`; `decimal` is its decimal text when there is one at hand.
pub fn int_digits(spec: &Spec, n: IntRef, decimal: Option<&str>, out: &mut TextBuf) -> Result<(), FormatError> {
    if spec.precision.is_some() {
        return Err(FormatError::value("Precision not allowed in integer format specifier"));
    }
    if spec.coerce_zero {
        return Err(FormatError::value("Negative zero coercion (z) not allowed in integer format specifier"));
    }
    if spec.kind == 'c' {
        return character(spec, n, out);
    }
    let (base, prefix) = match spec.kind {
        'b' => (2, "0b"),
        'o' => (8, "0o"),
        'x' => (16, "0x"),
        'X' => (16, "0X"),
        _ => (10, ""),
    };
    let made;
    let digits = match decimal {
        Some(text) => text.strip_prefix('-').unwrap_or(text),
        None => {
            made = int_text::magnitude(n, base, spec.kind == 'X');
            &made
        }
    };
    let prefix = if spec.alternate { prefix } else { "" };
    let group = if base == 10 { 3 } else { 4 };
    lay_out(spec, Parts { negative: n.is_negative(), prefix, digits, rest: "", group }, out)
}

fn character(spec: &Spec, n: IntRef, out: &mut TextBuf) -> Result<(), FormatError> {
    if spec.sign != '\0' {
        return Err(FormatError::value("Sign not allowed with integer format specifier 'c'"));
    }
    if spec.alternate {
        return Err(FormatError::value("Alternate form (#) not allowed with integer format specifier 'c'"));
    }
    let cp = match n {
        IntRef::Small(cp @ 0..=0x10_FFFF) => cp as u32,
        IntRef::Small(_) => return Err(FormatError::Overflow("%c arg not in range(0x110000)".to_string())),
        _ => return Err(FormatError::Overflow("Python int too large to convert to C long".to_string())),
    };
    let mut one: TextBuf = [cp].into_iter().collect();
    text::pad(out, one.view(), spec.width, spec.align, spec.fill)
}

/// A float under types `e E f F g G n %` or none.
pub fn float(spec: &Spec, x: f64, out: &mut TextBuf) -> Result<(), FormatError> {
    let precision = spec.precision;
    if precision.is_some_and(|p| p > i32::MAX as usize) {
        return Err(FormatError::value("precision too big"));
    }
    if precision.is_some_and(|p| p > (64 << 20) && Vec::<u8>::new().try_reserve_exact(p * 4).is_err()) {
        return Err(FormatError::Memory);
    }
    let style = match spec.kind {
        'e' | 'E' => Style::Exponent,
        'f' | 'F' | '%' => Style::Fixed,
        'g' | 'G' | 'n' => Style::General,
        _ if precision.is_some() => Style::GeneralDot,
        _ => Style::Repr,
    };
    let upper = matches!(spec.kind, 'E' | 'F' | 'G');
    let x = if spec.kind == '%' { x * 100.0 } else { x };
    let mut shown = float_text::magnitude(x.abs(), style, precision.unwrap_or(6), spec.alternate, upper);
    let mut negative = x.is_sign_negative() && !x.is_nan();
    if spec.coerce_zero && negative && is_zero(&shown) {
        negative = false;
    }
    if spec.kind == '%' {
        shown.push('%');
    }
    let digits = shown.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = shown.split_at(digits);
    lay_out(spec, Parts { negative, prefix: "", digits, rest, group: 3 }, out)
}

/// Whether a number's text has only zeros before its exponent.
fn is_zero(shown: &str) -> bool {
    shown.bytes().take_while(|b| !b.eq_ignore_ascii_case(&b'e')).all(|b| matches!(b, b'0' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn int(n: i64, spec: &str) -> String {
        let spec = Spec::parse(Text::Ascii(spec.as_bytes()), 'd', '>', "int").unwrap();
        let mut out = TextBuf::new();
        match int_digits(&spec, IntRef::Small(n), None, &mut out) {
            Ok(()) => out.view().to_lossy(),
            Err(e) => format!("{e:?}"),
        }
    }

    fn real(x: f64, spec: &str) -> String {
        let spec = Spec::parse(Text::Ascii(spec.as_bytes()), '\0', '>', "float").unwrap();
        let mut out = TextBuf::new();
        float(&spec, x, &mut out).unwrap();
        out.view().to_lossy()
    }

    #[test]
    fn ints() {
        for (n, spec, text) in [
            (12345678, "_x", "bc_614e"),
            (12345678, "#_x", "0xbc_614e"),
            (12345678, "#015_x", "0x000_00bc_614e"),
            (1234, "010,", "00,001,234"),
            (1234, "<010,", "1,23400000"),
            (1234, "09,", "0,001,234"),
            (-5, "05", "-0005"),
            (5, "+", "+5"),
            (5, " ", " 5"),
            (-5, "*=8", "-******5"),
            (65, "05c", "0000A"),
            (65, "=5c", "    A"),
            (255, "#X", "0XFF"),
            (5, "^5", "  5  "),
            (1000000, ",", "1,000,000"),
            (0, "06,", "00,000"),
            (0, "05,", "0,000"),
        ] {
            assert_eq!(int(n, spec), text, "{n} {spec}");
        }
    }

    #[test]
    fn floats() {
        for (x, spec, text) in [
            (1234.5, "012,.2f", "0,001,234.50"),
            (1e16, ",", "1e+16"),
            (f64::NAN, "010", "0000000nan"),
            (f64::NEG_INFINITY, "010,", "-000000inf"),
            (-0.001, "z.1f", "0.0"),
            (1.5, "%", "150.000000%"),
            (1.0, "#.0f", "1."),
            (1234567.891, ",.2f", "1,234,567.89"),
            (3.14259, "8.3f", "   3.143"),
            (1.0, "", "1.0"),
            (1e300, "G", "1E+300"),
            (1.0, "#.3", "1.00"),
        ] {
            assert_eq!(real(x, spec), text, "{x} {spec}");
        }
    }
}
