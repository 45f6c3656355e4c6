//! Splitting and stripping: all results are ranges of code points of the text they cut.

// The macro makes code for three unit types, one of which is `u32` itself.
#![allow(clippy::useless_conversion)]

use super::chars;
use super::search;
use super::units::{Text, with_units};
use std::ops::Range;

/// `str.split()` without separator: runs of white space separate; at most `max` splits.
pub fn whitespace(text: Text, max: usize) -> Vec<Range<usize>> {
    match text {
        Text::Ascii(units) => whitespace_units(units, max, |u| chars::ASCII_SPACE[u as usize & 0x7F]),
        _ => with_units!(text, units => whitespace_units(units, max, |u| chars::is_space(u.into()))),
    }
}

/// [`whitespace`] over units.
pub fn whitespace_units<U: Copy>(units: &[U], max: usize, space: impl Fn(U) -> bool) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut at = 0;
    loop {
        while at < units.len() && space(units[at]) {
            at += 1;
        }
        if at == units.len() {
            return parts;
        }
        let start = at;
        if parts.len() == max {
            // What is left after the last split keeps its trailing white space.
            parts.push(start..units.len());
            return parts;
        }
        while at < units.len() && !space(units[at]) {
            at += 1;
        }
        parts.push(start..at);
    }
}

/// `str.rsplit()` without separator.
pub fn rwhitespace(text: Text, max: usize) -> Vec<Range<usize>> {
    with_units!(text, units => rwhitespace_units(units, max, |u| chars::is_space(u.into())))
}

/// [`rwhitespace`] over units.
pub fn rwhitespace_units<U: Copy>(units: &[U], max: usize, space: impl Fn(U) -> bool) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut at = units.len();
    loop {
        while at > 0 && space(units[at - 1]) {
            at -= 1;
        }
        if at == 0 {
            break;
        }
        let end = at;
        if parts.len() == max {
            parts.push(0..end);
            break;
        }
        while at > 0 && !space(units[at - 1]) {
            at -= 1;
        }
        parts.push(at..end);
    }
    parts.reverse();
    parts
}

/// `str.split(sep)` for a separator that is not empty.
pub fn separator(text: Text, sep: Text, max: usize) -> Vec<Range<usize>> {
    cut(text.len(), sep.len(), search::positions(text, sep, max))
}

/// The parts between separators of `width` at `places`.
pub fn cut(len: usize, width: usize, places: Vec<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::with_capacity(places.len() + 1);
    let mut at = 0;
    for place in places {
        parts.push(at..place);
        at = place + width;
    }
    parts.push(at..len);
    parts
}

/// `str.rsplit(sep)` for a separator that is not empty.
pub fn rseparator(text: Text, sep: Text, max: usize) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut end = text.len();
    while parts.len() < max {
        let Some(at) = search::rfind(text.slice(0..end), sep) else { break };
        parts.push(at + sep.len()..end);
        end = at;
    }
    parts.push(0..end);
    parts.reverse();
    parts
}

/// `str.splitlines(keepends)`.
pub fn lines(text: Text, keep: bool) -> Vec<Range<usize>> {
    if let Text::Ascii(units) = text {
        return line_units(units, keep, u32::from, |cp| cp < 31 && chars::is_line_break(cp));
    }
    with_units!(text, units => line_units(units, keep, |u| u.into(), chars::is_line_break))
}

/// [`lines`] over units, with the line breaks that `is_break` knows.
pub fn line_units<U: Copy>(
    units: &[U],
    keep: bool,
    cp: impl Fn(U) -> u32,
    is_break: impl Fn(u32) -> bool,
) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut at = 0;
    while at < units.len() {
        let start = at;
        while at < units.len() && !is_break(cp(units[at])) {
            at += 1;
        }
        let end = at;
        if at < units.len() {
            let crlf = cp(units[at]) == 13 && units.get(at + 1).is_some_and(|&u| cp(u) == 10);
            at += if crlf { 2 } else { 1 };
        }
        parts.push(start..if keep { at } else { end });
    }
    parts
}

/// Which ends are stripped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Ends {
    Left,
    Right,
    Both,
}

/// `strip`, `lstrip`, `rstrip`: white space without `set`, else the code points of `set`.
pub fn strip(text: Text, set: Option<Text>, ends: Ends) -> Range<usize> {
    match set {
        None => with_units!(text, units => strip_units(units, |u| chars::is_space(u.into()), ends)),
        Some(Text::Ascii(set)) if text.is_ascii() => {
            let set = set.iter().fold(0u128, |set, &b| set | 1 << (b & 0x7F));
            strip_units(text.as_ascii().unwrap_or_default(), |b| set >> (b & 0x7F) & 1 != 0, ends)
        }
        Some(set) => with_units!(text, units => strip_units(units, |u| set.contains(u.into()), ends)),
    }
}

/// [`strip`] over units.
pub fn strip_units<U: Copy>(units: &[U], strips: impl Fn(U) -> bool, ends: Ends) -> Range<usize> {
    let (mut start, mut end) = (0, units.len());
    if ends != Ends::Right {
        while start < end && strips(units[start]) {
            start += 1;
        }
    }
    if ends != Ends::Left {
        while end > start && strips(units[end - 1]) {
            end -= 1;
        }
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::text::TextBuf;

    fn words(text: &str, parts: Vec<Range<usize>>) -> Vec<String> {
        let mut buf = TextBuf::from(text);
        parts.into_iter().map(|r| buf.view().slice(r).to_lossy()).collect()
    }

    #[test]
    fn splitting() {
        let text = |t: &str| TextBuf::from(t);
        assert_eq!(words(" a  b c ", whitespace(text(" a  b c ").view(), usize::MAX)), ["a", "b", "c"]);
        assert_eq!(words(" a  b c ", whitespace(text(" a  b c ").view(), 1)), ["a", "b c "]);
        assert_eq!(words(" a  b c ", rwhitespace(text(" a  b c ").view(), 1)), [" a  b", "c"]);
        assert_eq!(words("a,,b", separator(text("a,,b").view(), Text::Ascii(b","), 9)), ["a", "", "b"]);
        assert_eq!(words("a,b,c", rseparator(text("a,b,c").view(), Text::Ascii(b","), 1)), ["a,b", "c"]);
        assert_eq!(words("", separator(Text::EMPTY, Text::Ascii(b","), 9)), [""]);
        assert_eq!(words("a\r\nb\n\u{2028}c", lines(text("a\r\nb\n\u{2028}c").view(), false)), ["a", "b", "", "c"]);
        assert_eq!(words("a\r\nb", lines(text("a\r\nb").view(), true)), ["a\r\n", "b"]);
        assert_eq!(strip(text(" x ").view(), None, Ends::Both), 1..2);
        assert_eq!(strip(text("aαxα").view(), Some(text("αa").view()), Ends::Left), 2..4);
    }
}
