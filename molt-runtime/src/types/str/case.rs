//! Case methods of `str`.

use super::{exact, view};
use crate::object::str;
use crate::runtime::{R, Rt};
use crate::types::text::{Text, TextBuf, case};
use crate::value::Obj;

/// Converts; ASCII, the common case, byte by byte, and nothing at all when nothing changes.
fn convert(rt: &Rt, a: &Obj, on_ascii: fn(&mut [u8]), general: fn(Text) -> TextBuf) -> R {
    match view(a) {
        Text::Ascii(bytes) => {
            let mut converted = bytes.to_vec();
            on_ascii(&mut converted);
            if converted == bytes {
                return Ok(exact(rt, a));
            }
            Ok(str::from_text(rt, Text::Ascii(&converted)))
        }
        text => Ok(str::from_buf(rt, general(text))),
    }
}

/// Whether ASCII bytes have one of a range, eight at a time.
#[inline(always)]
fn has_between(bytes: &[u8], first: u8, last: u8) -> bool {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    const EACH: u64 = 0x0101_0101_0101_0101;
    // Below 128, a sum with these reaches the high bit from `first` on, and from behind `last` on.
    let (from, behind) = (EACH * u64::from(0x80 - first), EACH * u64::from(0x7F - last));
    let found = |word: u64| word.wrapping_add(from) & !word.wrapping_add(behind) & HIGH;
    let chunks = bytes.chunks_exact(8);
    let rest = chunks.remainder().iter().fold(0, |word, b| word << 8 | u64::from(*b));
    chunks.fold(found(rest), |any, chunk| any | found(u64::from_le_bytes(chunk.try_into().unwrap_or_default()))) != 0
}

/// Converts to one case, after a look at whether ASCII has any of the other.
#[inline(always)]
fn to_case(rt: &Rt, a: &Obj, (first, last): (u8, u8), on_ascii: fn(&mut [u8]), general: fn(Text) -> TextBuf) -> R {
    const SHORT: usize = 64;
    match view(a) {
        Text::Ascii(bytes) if !has_between(bytes, first, last) => Ok(exact(rt, a)),
        Text::Ascii(bytes) if bytes.len() <= SHORT => {
            let mut room = [0; SHORT];
            let converted = &mut room[..bytes.len()];
            converted.copy_from_slice(bytes);
            on_ascii(converted);
            Ok(str::from_ascii(rt, converted))
        }
        _ => convert(rt, a, on_ascii, general),
    }
}

pub fn lower(rt: &Rt, a: &Obj) -> R {
    to_case(rt, a, (b'A', b'Z'), <[u8]>::make_ascii_lowercase, case::lower)
}

pub fn upper(rt: &Rt, a: &Obj) -> R {
    to_case(rt, a, (b'a', b'z'), <[u8]>::make_ascii_uppercase, case::upper)
}

pub fn casefold(rt: &Rt, a: &Obj) -> R {
    convert(rt, a, <[u8]>::make_ascii_lowercase, case::casefold)
}

pub fn capitalize(rt: &Rt, a: &Obj) -> R {
    convert(rt, a, capitalize_ascii, case::capitalize)
}

pub fn title(rt: &Rt, a: &Obj) -> R {
    convert(rt, a, title_ascii, case::title)
}

pub fn swapcase(rt: &Rt, a: &Obj) -> R {
    convert(rt, a, swapcase_ascii, case::swapcase)
}

/// `capitalize` of ASCII in place.
pub fn capitalize_ascii(bytes: &mut [u8]) {
    bytes.make_ascii_lowercase();
    if let Some(first) = bytes.first_mut() {
        first.make_ascii_uppercase();
    }
}

/// `title` of ASCII in place.
pub fn title_ascii(bytes: &mut [u8]) {
    let mut in_word = false;
    for b in bytes {
        if in_word {
            b.make_ascii_lowercase();
        } else {
            b.make_ascii_uppercase();
        }
        in_word = b.is_ascii_alphabetic();
    }
}

/// `swapcase` of ASCII in place.
pub fn swapcase_ascii(bytes: &mut [u8]) {
    for b in bytes.iter_mut().filter(|b| b.is_ascii_alphabetic()) {
        *b ^= 0x20;
    }
}

/// `islower`, `isupper`: something has the case and nothing has another.
pub fn is_all(a: &Obj, wanted: fn(u32) -> bool, other: fn(u32) -> bool) -> Obj {
    let mut found = false;
    for cp in view(a).iter() {
        if other(cp) {
            return Obj::bool(false);
        }
        found |= wanted(cp);
    }
    Obj::bool(found)
}

#[cfg(test)]
mod tests {
    use super::has_between;

    #[test]
    fn ranges_are_found_at_every_place() {
        for len in 0..20 {
            for b in 0..0x80u8 {
                for at in 0..len {
                    let mut bytes = vec![b'5'; len];
                    bytes[at] = b;
                    assert_eq!(has_between(&bytes, b'A', b'Z'), b.is_ascii_uppercase());
                    assert_eq!(has_between(&bytes, b'a', b'z'), b.is_ascii_lowercase());
                }
            }
        }
    }
}
