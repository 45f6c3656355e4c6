//! Splitting and stripping methods of `str`.

use super::{exact, needle, part, view};
use crate::object::{list, str};
use crate::runtime::{R, Rt};
use crate::types::text::split::{self, Ends};
use crate::types::text::{Text, chars, search};
use crate::value::Obj;
use std::ops::Range;

fn pieces(rt: &Rt, a: &Obj, ranges: Vec<Range<usize>>) -> Obj {
    let text = view(a);
    if let [only] = ranges.as_slice()
        && only.len() == text.len()
    {
        return list::new(rt, vec![exact(rt, a)]);
    }
    let items = match text {
        // Parts of ASCII are ASCII: no test is needed.
        Text::Ascii(bytes) => ranges.into_iter().map(|r| str::from_ascii(rt, &bytes[r])).collect(),
        _ => ranges.into_iter().map(|r| str::from_text(rt, text.slice(r))).collect(),
    };
    list::new(rt, items)
}

/// The words of an ASCII text, without limit: the same from both ends.
fn ascii_words(rt: &Rt, a: &Obj, bytes: &[u8]) -> Obj {
    let space = |b: u8| chars::ASCII_SPACE[b as usize & 0x7F];
    // Some room, so that the words of a line take one allocation or two.
    let mut words = Vec::with_capacity((bytes.len() / 6 + 1).min(32));
    let mut at = 0;
    while let Some(skipped) = bytes[at..].iter().position(|&b| !space(b)) {
        let start = at + skipped;
        let len = bytes[start..].iter().position(|&b| space(b)).unwrap_or(bytes.len() - start);
        at = start + len;
        words.push(if len == bytes.len() { exact(rt, a) } else { str::from_ascii(rt, &bytes[start..at]) });
    }
    list::new(rt, words)
}

type Whitespace = fn(Text, usize) -> Vec<Range<usize>>;
type Separator = fn(Text, Text, usize) -> Vec<Range<usize>>;

fn split_by(rt: &Rt, a: &Obj, args: &[Option<&Obj>], whitespace: Whitespace, separator: Separator) -> R {
    let most = args[1].map_or(Ok(-1), |n| rt.index_i64(n))?;
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let text = view(a);
    let ranges = match args[0].filter(|sep| !sep.is_none()) {
        None if most == usize::MAX && text.is_ascii() => {
            return Ok(ascii_words(rt, a, text.as_ascii().unwrap_or_default()));
        }
        None => whitespace(text, most),
        Some(sep) => {
            let Some(sep) = str::get(sep) else {
                return Err(rt.type_error(format_args!("must be str or None, not {}", rt.type_name(sep))));
            };
            if sep.is_empty() {
                return Err(rt.value_error(format_args!("empty separator")));
            }
            separator(text, sep.view(), most)
        }
    };
    Ok(pieces(rt, a, ranges))
}

pub fn split(rt: &Rt, a: &Obj, args: &[Option<&Obj>]) -> R {
    split_by(rt, a, args, split::whitespace, split::separator)
}

pub fn rsplit(rt: &Rt, a: &Obj, args: &[Option<&Obj>]) -> R {
    split_by(rt, a, args, split::rwhitespace, split::rseparator)
}

pub fn splitlines(rt: &Rt, a: &Obj, args: &[Option<&Obj>]) -> R {
    let keep = args[0].map_or(Ok(false), |k| rt.truth(k))?;
    Ok(pieces(rt, a, split::lines(view(a), keep)))
}

fn partition_at(rt: &Rt, a: &Obj, sep: &Obj, find: fn(Text, Text) -> Option<usize>, whole_last: bool) -> R {
    let text = view(a);
    let width = needle(rt, sep)?;
    if width.is_empty() {
        return Err(rt.value_error(format_args!("empty separator")));
    }
    let parts = match find(text, width) {
        Some(at) => vec![part(rt, a, 0..at), exact(rt, sep), part(rt, a, at + width.len()..text.len())],
        None if whole_last => vec![rt.empty_str(), rt.empty_str(), exact(rt, a)],
        None => vec![exact(rt, a), rt.empty_str(), rt.empty_str()],
    };
    Ok(rt.tuple(parts))
}

pub fn partition(rt: &Rt, a: &Obj, sep: &Obj) -> R {
    partition_at(rt, a, sep, search::find, false)
}

pub fn rpartition(rt: &Rt, a: &Obj, sep: &Obj) -> R {
    partition_at(rt, a, sep, search::rfind, true)
}

fn strip_ends(rt: &Rt, a: &Obj, args: &[Obj], name: &str, ends: Ends) -> R {
    let set = match args.first().filter(|set| !set.is_none()) {
        None => None,
        Some(set) => match str::get(set) {
            Some(set) => Some(set.view()),
            None => return Err(rt.type_error(format_args!("{name} arg must be None or str"))),
        },
    };
    if let Text::Ascii(bytes @ [first, .., last]) = view(a) {
        // Mostly there is nothing to strip, which the ends show.
        let strips = |b: u8| match set {
            None => chars::ASCII_SPACE[b as usize & 0x7F],
            Some(set) => set.as_ascii().is_none_or(|set| set.contains(&b)),
        };
        debug_assert!(bytes.len() > 1);
        if (ends == Ends::Right || !strips(*first)) && (ends == Ends::Left || !strips(*last)) {
            return Ok(exact(rt, a));
        }
    }
    Ok(part(rt, a, split::strip(view(a), set, ends)))
}

pub fn strip(rt: &Rt, a: &Obj, args: &[Obj]) -> R {
    strip_ends(rt, a, args, "strip", Ends::Both)
}

pub fn lstrip(rt: &Rt, a: &Obj, args: &[Obj]) -> R {
    strip_ends(rt, a, args, "lstrip", Ends::Left)
}

pub fn rstrip(rt: &Rt, a: &Obj, args: &[Obj]) -> R {
    strip_ends(rt, a, args, "rstrip", Ends::Right)
}
