//! `repr` of strings and bytes, and `ascii()`.
//!
//! Invariant: the quote is `'` unless the text holds `'` and no `"`.

use super::buf::TextBuf;
use super::chars;
use super::units::Text;

const HEX: &[u8; 16] = b"0123456789abcdef";

/// Appends `\xhh`, `\uhhhh` or `\Uhhhhhhhh`.
pub fn push_hex(out: &mut TextBuf, cp: u32) {
    let (letter, digits) = match cp {
        0..=0xFF => ('x', 2),
        0x100..=0xFFFF => ('u', 4),
        _ => ('U', 8),
    };
    out.push('\\' as u32);
    out.push(letter as u32);
    for digit in (0..digits).rev() {
        out.push(u32::from(HEX[(cp >> (4 * digit) & 15) as usize]));
    }
}

fn quote_of(single: bool, double: bool) -> u32 {
    u32::from(if single && !double { b'"' } else { b'\'' })
}

fn push_escaped(out: &mut TextBuf, cp: u32, quote: u32, plain: impl Fn(u32) -> bool) {
    match cp {
        9 => out.push_str("\\t"),
        10 => out.push_str("\\n"),
        13 => out.push_str("\\r"),
        0x5C => out.push_str("\\\\"),
        _ if cp == quote => {
            out.push(0x5C);
            out.push(cp);
        }
        _ if plain(cp) => out.push(cp),
        _ => push_hex(out, cp),
    }
}

/// `repr` of a string.
pub fn repr(text: Text) -> TextBuf {
    quoted(text, chars::is_printable)
}

/// `ascii()` of a string.
pub fn ascii(text: Text) -> TextBuf {
    quoted(text, |cp| (0x20..0x7F).contains(&cp))
}

fn quoted(text: Text, plain: impl Fn(u32) -> bool) -> TextBuf {
    let quote = quote_of(text.contains(0x27), text.contains(0x22));
    let mut out = TextBuf::with_capacity(text.len() + 2);
    out.push(quote);
    match text {
        Text::Ascii(bytes)
            if !bytes.iter().any(|&b| !(0x20..0x7F).contains(&b) || b == 0x5C || u32::from(b) == quote) =>
        {
            out.push_text(text);
        }
        _ => text.iter().for_each(|cp| push_escaped(&mut out, cp, quote, &plain)),
    }
    out.push(quote);
    out
}

/// Escapes everything outside ASCII in a text that is a `repr` already.
pub fn ascii_of_repr(text: Text) -> TextBuf {
    let mut out = TextBuf::with_capacity(text.len());
    for cp in text.iter() {
        if cp < 128 { out.push(cp) } else { push_hex(&mut out, cp) }
    }
    out
}

/// `repr` of bytes without the prefix `b`: quotes included.
pub fn bytes_repr(bytes: &[u8]) -> TextBuf {
    let quote = quote_of(bytes.contains(&b'\''), bytes.contains(&b'"'));
    let mut out = TextBuf::with_capacity(bytes.len() + 3);
    out.push(quote);
    for &b in bytes {
        push_escaped(&mut out, u32::from(b), quote, |cp| (0x20..0x7F).contains(&cp));
    }
    out.push(quote);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_escapes() {
        for (text, expected) in [
            ("abc", "'abc'"),
            ("it's", "\"it's\""),
            ("'\"", "'\\'\"'"),
            ("a\tb\n\\", "'a\\tb\\n\\\\'"),
            ("\0\u{7f}\u{a0}é", "'\\x00\\x7f\\xa0é'"),
            ("\u{200b}😀", "'\\u200b😀'"),
        ] {
            assert_eq!(repr(TextBuf::from(text).view()).view().to_lossy(), expected);
        }
        assert_eq!(repr([0xD800].into_iter().collect::<TextBuf>().view()).view().to_lossy(), "'\\ud800'");
        assert_eq!(ascii(TextBuf::from("é€😀").view()).view().to_lossy(), "'\\xe9\\u20ac\\U0001f600'");
        assert_eq!(bytes_repr(b"a'\xff\n").view().to_lossy(), "\"a'\\xff\\n\"");
    }
}
