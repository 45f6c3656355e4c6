//! Fields that almost every program formats, without an allocation: machine ints, floats with a few decimals and ASCII
//! strings, under short specifications.
//!
//! Invariant: whatever is formatted here looks as the general path would have it; anything unusual, errors included, is
//! left to that.

use crate::object::str;
use crate::runtime::Rt;
use crate::types::number::{float_digits, int_text};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// The longest field.
const ROOM: usize = 128;

/// A field under construction.
pub struct Field {
    bytes: [u8; ROOM],
    len: usize,
}

impl Default for Field {
    #[inline]
    fn default() -> Field {
        Field { bytes: [0; ROOM], len: 0 }
    }
}

impl Field {
    /// What was written.
    #[inline]
    pub fn text(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    fn push(&mut self, byte: u8) {
        self.bytes[self.len] = byte;
        self.len += 1;
    }

    fn extend(&mut self, bytes: &[u8]) {
        self.bytes[self.len..self.len + bytes.len()].copy_from_slice(bytes);
        self.len += bytes.len();
    }

    fn fill(&mut self, byte: u8, count: usize) {
        self.bytes[self.len..self.len + count].fill(byte);
        self.len += count;
    }
}

/// A short specification in ASCII.
#[derive(Clone, Copy)]
pub struct Short {
    /// The fill character.
    pub fill: u8,
    /// `<`, `>`, `=` or `^`; 0 for the default of the value.
    pub align: u8,
    /// `+`, `-`, a space, or 0.
    pub sign: u8,
    /// The least width.
    pub width: usize,
    /// `,` or `_`, or 0.
    pub grouping: u8,
    /// Decimals, or the most characters.
    pub precision: Option<usize>,
    /// The presentation type, or 0.
    pub kind: u8,
}

impl Short {
    /// Reads a specification; nothing when it is not a short one.
    fn parse(spec: &[u8]) -> Option<Short> {
        const MOST: usize = 64;
        let is_align = |at: usize| matches!(spec.get(at), Some(b'<' | b'>' | b'=' | b'^'));
        let mut short = Short { fill: b' ', align: 0, sign: 0, width: 0, grouping: 0, precision: None, kind: 0 };
        let mut at = 0;
        if is_align(1) {
            (short.fill, short.align, at) = (spec[0], spec[1], 2);
        } else if is_align(0) {
            (short.align, at) = (spec[0], 1);
        }
        if let Some(sign @ (b'+' | b' ' | b'-')) = spec.get(at) {
            short.sign = *sign;
            at += 1;
        }
        if spec.get(at) == Some(&b'0') {
            if at >= 2 && is_align(1) {
                return None;
            }
            short.fill = b'0';
            short.align = if short.align == 0 { b'=' } else { short.align };
            at += 1;
        }
        let number = |at: &mut usize| {
            let start = *at;
            let mut n = 0;
            while let Some(digit @ b'0'..=b'9') = spec.get(*at) {
                n = usize::saturating_add(usize::saturating_mul(n, 10), usize::from(digit - b'0'));
                *at += 1;
            }
            // Two digits at most.
            (*at <= start + 2 && n <= MOST).then_some((n, *at > start))
        };
        short.width = number(&mut at)?.0;
        if let Some(grouping @ (b',' | b'_')) = spec.get(at) {
            short.grouping = *grouping;
            at += 1;
        }
        if spec.get(at) == Some(&b'.') {
            at += 1;
            let (precision, given) = number(&mut at)?;
            if !given {
                return None;
            }
            short.precision = Some(precision);
        }
        match &spec[at..] {
            [] => {}
            [kind] => short.kind = *kind,
            _ => return None,
        }
        Some(short)
    }
}

/// `format(value, spec)`, when it is a quick one.
#[inline]
pub fn format(rt: &Rt, value: &Obj, spec: &[u8]) -> Option<Obj> {
    let short = Short::parse(spec)?;
    let mut field = Field::default();
    if value.is_exact(Kind::Str) {
        // A width with leading zeros means another alignment for strings.
        let plain = short.sign == 0 && short.grouping == 0 && matches!(short.kind, 0 | b's') && short.align != b'=';
        let text = str::get(value)?.as_ascii()?.as_bytes();
        let shown = &text[..short.precision.unwrap_or(text.len()).min(text.len())];
        if !plain || shown.len() > ROOM / 2 {
            return None;
        }
        if shown.len() == text.len() && text.len() >= short.width {
            return Some(value.clone());
        }
        pad(&mut field, &short, b'<', &[], shown, &[]);
    } else if !number(value, &short, &mut field) {
        return None;
    }
    field.text().is_ascii().then(|| str::from_ascii(rt, field.text()))
}

/// Formats a machine int or a float; whether it did.
pub fn number(value: &Obj, short: &Short, field: &mut Field) -> bool {
    if let Some(n) = value.as_small_int() {
        let mut room = [0; 20];
        let mut bases = [0; 64];
        let (digits, group) = match short.kind {
            _ if short.precision.is_some() => return false,
            0 | b'd' => (int_text::small_decimal(n.abs(), &mut room), 3),
            b'x' | b'X' if short.grouping == 0 => (digits_of(n.unsigned_abs(), 4, short.kind == b'X', &mut bases), 0),
            b'o' if short.grouping == 0 => (digits_of(n.unsigned_abs(), 3, false, &mut bases), 0),
            b'b' if short.grouping == 0 => (digits_of(n.unsigned_abs(), 1, false, &mut bases), 0),
            _ => return false,
        };
        return signed(field, short, n < 0, digits, group, &[]);
    }
    let Some(x) = value.as_float() else { return false };
    if !matches!(short.kind, b'f' | b'F') {
        return false;
    }
    let mut room = [0; 40];
    let Some(text) = float_digits::fixed_quickly(x.abs(), short.precision.unwrap_or(6), &mut room) else {
        return false;
    };
    let whole = text.iter().position(|&b| b == b'.').unwrap_or(text.len());
    signed(field, short, x.is_sign_negative(), &text[..whole], 3, &text[whole..])
}

/// The digits of a number in base `2**bits`.
fn digits_of(mut n: u64, bits: u32, upper: bool, room: &mut [u8; 64]) -> &[u8] {
    let letters: &[u8; 16] = if upper { b"0123456789ABCDEF" } else { b"0123456789abcdef" };
    let mut at = room.len();
    loop {
        at -= 1;
        room[at] = letters[(n & ((1 << bits) - 1)) as usize];
        n >>= bits;
        if n == 0 {
            return &room[at..];
        }
    }
}

/// Puts a number together; whether it did.
fn signed(field: &mut Field, short: &Short, negative: bool, digits: &[u8], group: usize, rest: &[u8]) -> bool {
    let sign: &[u8] = match (negative, short.sign) {
        (true, _) => b"-",
        (false, b'+') => b"+",
        (false, b' ') => b" ",
        _ => b"",
    };
    if short.grouping == 0 {
        pad(field, short, b'>', sign, digits, rest);
        return true;
    }
    if short.fill == b'0' && short.align == b'=' {
        // The zeros are grouped too.
        return false;
    }
    let mut room = [0; 40];
    let mut len = 0;
    for (n, digit) in digits.iter().enumerate() {
        if n != 0 && (digits.len() - n).is_multiple_of(group) {
            room[len] = short.grouping;
            len += 1;
        }
        room[len] = *digit;
        len += 1;
    }
    pad(field, short, b'>', sign, &room[..len], rest);
    true
}

#[inline]
fn pad(field: &mut Field, short: &Short, default: u8, sign: &[u8], body: &[u8], rest: &[u8]) {
    let missing = short.width.saturating_sub(sign.len() + body.len() + rest.len());
    let (before, inside) = match if short.align == 0 { default } else { short.align } {
        b'=' => (0, missing),
        b'>' => (missing, 0),
        b'^' => (missing / 2, 0),
        _ => (0, 0),
    };
    field.fill(short.fill, before);
    if let [sign] = sign {
        field.push(*sign);
    }
    field.fill(short.fill, inside);
    field.extend(body);
    field.extend(rest);
    field.fill(short.fill, missing - before - inside);
}

#[cfg(test)]
mod tests {
    use super::super::spec::Spec;
    use super::super::{number as general, text};
    use super::*;
    use crate::types::text::{Text, TextBuf};

    /// The general path's text.
    fn expected(rt: &Rt, value: &Obj, spec: &str) -> Option<String> {
        let mut out = TextBuf::new();
        let t = Text::Ascii(spec.as_bytes());
        if let Some(n) = value.as_small_int() {
            let spec = Spec::parse(t, 'd', '>', "int").ok()?;
            let n = crate::types::number::IntRef::Small(n);
            general::int_digits(&spec, n, None, &mut out).ok()?;
        } else if let Some(x) = value.as_float() {
            general::float(&Spec::parse(t, '\0', '>', "float").ok()?, x, &mut out).ok()?;
        } else {
            let spec = Spec::parse(t, 's', '<', "str").ok()?;
            let shown = str::to_string(value);
            text::string(&spec, Text::Ascii(shown.as_bytes()), &mut out).ok()?;
        }
        let _ = rt;
        Some(out.view().to_lossy())
    }

    #[test]
    fn agrees_with_the_general_path() {
        let rt = Rt::new();
        let values = [
            rt.int(0),
            rt.int(7),
            rt.int(-1234567),
            rt.int((1 << 47) - 1),
            rt.int(-(1 << 47)),
            Obj::float(0.0),
            Obj::float(-0.0),
            Obj::float(0.125),
            Obj::float(-2.5),
            Obj::float(1234567.891),
            Obj::float(1e-9),
            Obj::float(1e15),
            Obj::float(1e17),
            Obj::float(5e-324),
            Obj::float(f64::INFINITY),
            Obj::float(f64::NAN),
            rt.str("abc"),
            rt.str("x"),
        ];
        let mut quick = 0;
        for value in &values {
            for fill in ["", "<", ">", "^", "=", "*<", "0>", "=^"] {
                for sign in ["", "+", " ", "-"] {
                    for width in ["", "0", "1", "6", "012", "30"] {
                        for rest in
                            ["", ",", "_", ".0", ".2", ".3f", ",.2f", "d", "x", "X", "o", "b", "f", "F", "s", "e"]
                        {
                            let spec = format!("{fill}{sign}{width}{rest}");
                            if let Some(text) = super::format(&rt, value, spec.as_bytes()) {
                                quick += 1;
                                assert_eq!(
                                    Some(str::to_string(&text)),
                                    expected(&rt, value, &spec),
                                    "{value:?} {spec}"
                                );
                            }
                        }
                    }
                }
            }
        }
        assert!(quick > 10_000, "{quick}");
    }
}
