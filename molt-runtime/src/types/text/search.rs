//! Finding, counting and replacing one text in another.
//!
//! A needle with a code point that the haystack's width cannot hold does not occur; a narrower needle is widened once.

use super::buf::TextBuf;
use super::units::{Text, Unit};
use std::borrow::Cow;

/// A needle prepared for a haystack's width.
enum Needle<'n, U: Unit> {
    Units(Cow<'n, [U]>),
    Absent,
}

fn prepared<'n, U: Unit>(needle: Text<'n>, limit: u32, same: impl Fn(Text<'n>) -> Option<&'n [U]>) -> Needle<'n, U> {
    if let Some(units) = same(needle) {
        return Needle::Units(Cow::Borrowed(units));
    }
    if needle.iter().any(|cp| cp > limit) {
        return Needle::Absent;
    }
    Needle::Units(Cow::Owned(needle.iter().map(U::narrow).collect()))
}

fn as_one(text: Text<'_>) -> Option<&[u8]> {
    match text {
        Text::Ascii(units) | Text::Latin1(units) => Some(units),
        _ => None,
    }
}

fn as_two(text: Text<'_>) -> Option<&[u16]> {
    match text {
        Text::Two(units) => Some(units),
        _ => None,
    }
}

fn as_four(text: Text<'_>) -> Option<&[u32]> {
    match text {
        Text::Four(units) => Some(units),
        _ => None,
    }
}

/// First occurrence in wide units: skips on the last unit, as Boyer, Moore and Horspool do, with a bit set of the units
/// that the needle holds.
fn find_wide<U: Unit>(hay: &[U], needle: &[U]) -> Option<usize> {
    let (n, m) = (hay.len(), needle.len());
    if m > n {
        return None;
    }
    let Some((&last, rest)) = needle.split_last() else { return Some(0) };
    if rest.is_empty() {
        return hay.iter().position(|&u| u == last);
    }
    let mask = |u: U| 1u64 << (u.into() & 63);
    let bloom = needle.iter().fold(0, |set, &u| set | mask(u));
    let skip = rest.iter().rev().position(|&u| u == last).unwrap_or(m - 1) + 1;
    let mut at = 0;
    while at + m <= n {
        if hay[at + m - 1] == last {
            if hay[at..at + m - 1] == *rest {
                return Some(at);
            }
            at += if at + m < n && bloom & mask(hay[at + m]) == 0 { m + 1 } else { skip };
        } else {
            at += if at + m < n && bloom & mask(hay[at + m]) == 0 { m + 1 } else { 1 };
        }
    }
    None
}

fn rfind_wide<U: Unit>(hay: &[U], needle: &[U]) -> Option<usize> {
    let m = needle.len();
    let Some((&first, rest)) = needle.split_first() else { return Some(hay.len()) };
    (0..(hay.len() + 1).checked_sub(m)?).rev().find(|&at| hay[at] == first && hay[at + 1..at + m] == *rest)
}

/// Index of the first occurrence.
pub fn find(hay: Text, needle: Text) -> Option<usize> {
    match hay {
        Text::Ascii(hay) | Text::Latin1(hay) => find_one(hay, needle),
        Text::Two(hay) => match prepared(needle, 0xFFFF, as_two) {
            Needle::Units(needle) => find_wide(hay, &needle),
            Needle::Absent => None,
        },
        Text::Four(hay) => match prepared(needle, u32::MAX, as_four) {
            Needle::Units(needle) => find_wide(hay, &needle),
            Needle::Absent => None,
        },
    }
}

fn find_one(hay: &[u8], needle: Text) -> Option<usize> {
    let Needle::Units(needle) = prepared(needle, 0xFF, as_one) else { return None };
    bytes_find(hay, &needle)
}

/// Index of the first occurrence in bytes.
pub fn bytes_find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    match needle {
        [] => Some(0),
        [b] => memchr::memchr(*b, hay),
        _ => memchr::memmem::find(hay, needle),
    }
}

/// Index of the last occurrence in bytes.
pub fn bytes_rfind(hay: &[u8], needle: &[u8]) -> Option<usize> {
    match needle {
        [] => Some(hay.len()),
        [b] => memchr::memrchr(*b, hay),
        _ => memchr::memmem::rfind(hay, needle),
    }
}

/// Number of occurrences in bytes that do not overlap; `len + 1` for an empty needle.
pub fn bytes_count(hay: &[u8], needle: &[u8]) -> usize {
    match needle {
        [] => hay.len() + 1,
        [b] => memchr::memchr_iter(*b, hay).count(),
        _ => memchr::memmem::find_iter(hay, needle).count(),
    }
}

/// Index of the last occurrence.
pub fn rfind(hay: Text, needle: Text) -> Option<usize> {
    match hay {
        Text::Ascii(hay) | Text::Latin1(hay) => match prepared(needle, 0xFF, as_one) {
            Needle::Units(needle) => bytes_rfind(hay, &needle),
            Needle::Absent => None,
        },
        Text::Two(hay) => match prepared(needle, 0xFFFF, as_two) {
            Needle::Units(needle) => rfind_wide(hay, &needle),
            Needle::Absent => None,
        },
        Text::Four(hay) => match prepared(needle, u32::MAX, as_four) {
            Needle::Units(needle) => rfind_wide(hay, &needle),
            Needle::Absent => None,
        },
    }
}

fn wide_positions<U: Unit>(hay: &[U], needle: &[U], max: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = 0;
    while found.len() < max {
        let Some(next) = find_wide(&hay[at..], needle) else { break };
        found.push(at + next);
        at += next + needle.len();
    }
    found
}

/// Start of up to `max` occurrences that do not overlap, from the left. The needle is not empty.
pub fn positions(hay: Text, needle: Text, max: usize) -> Vec<usize> {
    match hay {
        Text::Ascii(hay) | Text::Latin1(hay) => match prepared(needle, 0xFF, as_one) {
            Needle::Units(needle) => match needle.as_ref() {
                [b] => memchr::memchr_iter(*b, hay).take(max).collect(),
                needle => memchr::memmem::find_iter(hay, needle).take(max).collect(),
            },
            Needle::Absent => Vec::new(),
        },
        Text::Two(hay) => match prepared(needle, 0xFFFF, as_two) {
            Needle::Units(needle) => wide_positions(hay, &needle, max),
            Needle::Absent => Vec::new(),
        },
        Text::Four(hay) => match prepared(needle, u32::MAX, as_four) {
            Needle::Units(needle) => wide_positions(hay, &needle, max),
            Needle::Absent => Vec::new(),
        },
    }
}

/// Number of occurrences that do not overlap; `len + 1` for an empty needle.
pub fn count(hay: Text, needle: Text) -> usize {
    if needle.is_empty() {
        return hay.len() + 1;
    }
    match (hay, needle) {
        (Text::Ascii(hay) | Text::Latin1(hay), Text::Ascii(needle) | Text::Latin1(needle)) => bytes_count(hay, needle),
        _ => positions(hay, needle, usize::MAX).len(),
    }
}

/// Whether `needle` stands at `at`.
pub fn stands_at(hay: Text, at: usize, needle: Text) -> bool {
    at + needle.len() <= hay.len() && hay.slice(at..at + needle.len()).equals(needle)
}

/// `str.replace`: `None` when nothing is replaced. The size of the result is checked by `fits`.
pub fn replace(
    hay: Text,
    old: Text,
    new: Text,
    max: usize,
    fits: impl Fn(usize) -> bool,
) -> Option<Result<TextBuf, ()>> {
    if max == 0 {
        return None;
    }
    if old.is_empty() {
        let places = max.min(hay.len() + 1);
        if !fits(hay.len().saturating_add(places.saturating_mul(new.len()))) {
            return Some(Err(()));
        }
        let mut out = TextBuf::with_capacity(hay.len() + places * new.len());
        for (index, cp) in hay.iter().enumerate() {
            if index < places {
                out.push_text(new);
            }
            out.push(cp);
        }
        if hay.len() < places {
            out.push_text(new);
        }
        return Some(Ok(out));
    }
    let places = positions(hay, old, max);
    if places.is_empty() {
        return None;
    }
    let size = (hay.len() - places.len() * old.len()).saturating_add(places.len().saturating_mul(new.len()));
    if !fits(size) {
        return Some(Err(()));
    }
    let mut out = TextBuf::with_capacity(size);
    let mut at = 0;
    for place in places {
        out.push_text(hay.slice(at..place));
        out.push_text(new);
        at = place + old.len();
    }
    out.push_text(hay.slice(at..hay.len()));
    Some(Ok(out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_a_naive_search() {
        let words = ["", "a", "b", "ab", "aba", "é", "aé", "α", "aα", "😀", "a😀", "aab"];
        let hays = ["", "a", "aab", "abaabab", "aéaéb", "aαaαbα", "😀a😀ab", "aaaaab", "xaαx😀"];
        for hay in hays {
            for word in words {
                let (mut h, mut w) = (TextBuf::from(hay), TextBuf::from(word));
                let index = |bytes: usize| hay[..bytes].chars().count();
                assert_eq!(find(h.view(), w.view()), hay.find(word).map(index), "{hay} {word}");
                assert_eq!(rfind(h.view(), w.view()), hay.rfind(word).map(index), "{hay} {word}");
                if !word.is_empty() {
                    assert_eq!(count(h.view(), w.view()), hay.matches(word).count(), "{hay} {word}");
                    let new = replace(h.view(), w.view(), Text::Ascii(b"--"), usize::MAX, |_| true);
                    let text = new.map(|r| r.unwrap().view().to_lossy()).unwrap_or(hay.to_string());
                    assert_eq!(text, hay.replace(word, "--"));
                }
            }
        }
    }

    #[test]
    fn replacing_nothing_puts_text_everywhere() {
        let run = |max| {
            let mut out = replace(Text::Ascii(b"ab"), Text::EMPTY, Text::Ascii(b"-"), max, |_| true).unwrap().unwrap();
            out.view().to_lossy()
        };
        assert_eq!(run(usize::MAX), "-a-b-");
        assert_eq!(run(2), "-a-b");
        assert!(replace(Text::Ascii(b"ab"), Text::EMPTY, Text::EMPTY, 9, |_| false).is_some_and(|r| r.is_err()));
    }
}
