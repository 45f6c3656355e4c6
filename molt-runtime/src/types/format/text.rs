//! Padding, and the presentation of strings.

use super::spec::{FormatError, Spec};
use crate::types::text::{Text, TextBuf};

/// The widest padding that is tried; beyond it memory is not expected to hold the result.
pub const MAX_WIDTH: usize = 1 << 36;

/// Refuses padding that memory does not hold.
pub fn check_padding(missing: usize) -> Result<(), FormatError> {
    if missing > (64 << 20) && (missing > MAX_WIDTH || Vec::<u32>::new().try_reserve_exact(missing).is_err()) {
        return Err(FormatError::Memory);
    }
    Ok(())
}

/// Appends text padded to the width: `align` is `<`, `>` or `^`.
pub fn pad(out: &mut TextBuf, text: Text, width: usize, align: char, fill: u32) -> Result<(), FormatError> {
    let missing = width.saturating_sub(text.len());
    check_padding(missing)?;
    let before = match align {
        '>' | '=' => missing,
        '^' => missing / 2,
        _ => 0,
    };
    out.push_repeated(fill, before);
    out.push_text(text);
    out.push_repeated(fill, missing - before);
    Ok(())
}

/// A string under a specification of type `s`.
pub fn string(spec: &Spec, text: Text, out: &mut TextBuf) -> Result<(), FormatError> {
    let refused = if spec.sign == ' ' {
        "Space not allowed in string format specifier"
    } else if spec.sign != '\0' {
        "Sign not allowed in string format specifier"
    } else if spec.coerce_zero {
        "Negative zero coercion (z) not allowed in string format specifier"
    } else if spec.alternate {
        "Alternate form (#) not allowed in string format specifier"
    } else if spec.align == '=' {
        "'=' alignment not allowed in string format specifier"
    } else {
        let shown = match spec.precision {
            Some(most) if most < text.len() => text.slice(0..most),
            _ => text,
        };
        return pad(out, shown, spec.width, spec.align, spec.fill);
    };
    Err(FormatError::value(refused))
}
