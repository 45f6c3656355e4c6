//! Case conversions with full (one to many) mappings and the final sigma.
//!
//! The standard library's mappings are of a newer Unicode: a mapping counts when 15.0 assigns both sides, which is exact
//! because mappings between assigned characters never change.

use super::buf::TextBuf;
use super::chars;
use super::fold_table::{FOLD, FOLD_MANY, TITLE, TITLE_MANY};
use super::units::Text;

const SIGMA: u32 = 0x3A3;
const FINAL_SIGMA: u32 = 0x3C2;
const SMALL_SIGMA: u32 = 0x3C3;

fn push_mapped(out: &mut TextBuf, cp: u32, mapped: impl Iterator<Item = char> + Clone) {
    if mapped.clone().all(|c| chars::assigned(c as u32).is_some()) {
        mapped.for_each(|c| out.push(c as u32));
    } else {
        out.push(cp);
    }
}

fn push_lower(out: &mut TextBuf, cp: u32) {
    match chars::assigned(cp) {
        Some(c) => push_mapped(out, cp, c.to_lowercase()),
        None => out.push(cp),
    }
}

fn push_upper(out: &mut TextBuf, cp: u32) {
    match chars::assigned(cp) {
        Some(c) => push_mapped(out, cp, c.to_uppercase()),
        None => out.push(cp),
    }
}

fn special(single: &[(u32, u32, i32)], many: &[(u32, [u32; 3])], cp: u32, out: &mut TextBuf) -> bool {
    let after = single.partition_point(|&(first, ..)| first <= cp);
    if after > 0 && cp <= single[after - 1].1 {
        out.push(cp.wrapping_add_signed(single[after - 1].2));
        return true;
    }
    match many.binary_search_by_key(&cp, |&(from, _)| from) {
        Ok(at) => {
            many[at].1.iter().filter(|&&to| to != 0).for_each(|&to| out.push(to));
            true
        }
        Err(_) => false,
    }
}

fn push_title(out: &mut TextBuf, cp: u32) {
    if !special(TITLE, TITLE_MANY, cp, out) {
        push_upper(out, cp);
    }
}

/// A sigma at the end of a word: something cased before it and nothing cased after it, ignorable code points apart.
fn is_final(text: Text, at: usize) -> bool {
    let before = (0..at).rev().map(|i| text.at(i)).find(|&cp| !chars::is_case_ignorable(cp));
    let after = (at + 1..text.len()).map(|i| text.at(i)).find(|&cp| !chars::is_case_ignorable(cp));
    before.is_some_and(chars::is_cased) && !after.is_some_and(chars::is_cased)
}

fn push_lower_at(out: &mut TextBuf, text: Text, at: usize) {
    match text.at(at) {
        SIGMA => out.push(if is_final(text, at) { FINAL_SIGMA } else { SMALL_SIGMA }),
        cp => push_lower(out, cp),
    }
}

/// `str.lower`.
pub fn lower(text: Text) -> TextBuf {
    let mut out = TextBuf::with_capacity(text.len());
    for at in 0..text.len() {
        push_lower_at(&mut out, text, at);
    }
    out
}

/// `str.upper`.
pub fn upper(text: Text) -> TextBuf {
    let mut out = TextBuf::with_capacity(text.len());
    text.iter().for_each(|cp| push_upper(&mut out, cp));
    out
}

/// `str.casefold`.
pub fn casefold(text: Text) -> TextBuf {
    let mut out = TextBuf::with_capacity(text.len());
    for cp in text.iter() {
        if !special(FOLD, FOLD_MANY, cp, &mut out) {
            push_lower(&mut out, cp);
        }
    }
    out
}

/// `str.capitalize`.
pub fn capitalize(text: Text) -> TextBuf {
    let mut out = TextBuf::with_capacity(text.len());
    for at in 0..text.len() {
        if at == 0 {
            push_title(&mut out, text.at(0));
        } else {
            push_lower_at(&mut out, text, at);
        }
    }
    out
}

/// `str.title`.
pub fn title(text: Text) -> TextBuf {
    let mut out = TextBuf::with_capacity(text.len());
    let mut in_word = false;
    for at in 0..text.len() {
        let cp = text.at(at);
        if in_word {
            push_lower_at(&mut out, text, at);
        } else {
            push_title(&mut out, cp);
        }
        in_word = chars::is_cased(cp);
    }
    out
}

/// `str.swapcase`.
pub fn swapcase(text: Text) -> TextBuf {
    let mut out = TextBuf::with_capacity(text.len());
    for at in 0..text.len() {
        let cp = text.at(at);
        if chars::is_upper(cp) {
            push_lower_at(&mut out, text, at);
        } else if chars::is_lower(cp) {
            push_upper(&mut out, cp);
        } else {
            out.push(cp);
        }
    }
    out
}

/// `str.istitle`: each run of cased code points starts with an upper or title case one, the others being lower case.
pub fn is_title(text: Text) -> bool {
    let (mut cased, mut previous_cased) = (false, false);
    for cp in text.iter() {
        if chars::is_upper(cp) || chars::is_title(cp) {
            if previous_cased {
                return false;
            }
            (cased, previous_cased) = (true, true);
        } else if chars::is_lower(cp) {
            if !previous_cased {
                return false;
            }
            cased = true;
        } else {
            previous_cased = false;
        }
    }
    cased
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(f: fn(Text) -> TextBuf, text: &str) -> String {
        f(TextBuf::from(text).view()).view().to_lossy()
    }

    #[test]
    fn conversions() {
        assert_eq!(run(upper, "straße ŉ"), "STRASSE ʼN");
        assert_eq!(run(lower, "ΑΣ ΑΣΑ Σ"), "ας ασα σ");
        assert_eq!(run(lower, "İ"), "i\u{307}");
        assert_eq!(run(title, "hello wORLD ǆx they're"), "Hello World ǅx They'Re");
        assert_eq!(run(capitalize, "ǆABC"), "ǅabc");
        assert_eq!(run(casefold, "Straße ΣςK"), "strasse σσk");
        assert_eq!(run(swapcase, "aBß"), "AbSS");
        assert!(is_title(TextBuf::from("Hello World 1A").view()));
        assert!(!is_title(TextBuf::from("HEllo").view()));
    }

    /// FNV-1a over the four mappings of every code point; the expected value was made from CPython 3.12 by the same loop.
    #[test]
    fn every_code_point_agrees_with_cpython() {
        let mut hash = 0xcbf2_9ce4_8422_2325u64;
        for cp in 0..0x11_0000u32 {
            let text: TextBuf = [cp].into_iter().collect();
            for f in [upper, lower, title, casefold, swapcase] {
                for to in f(text.clone().view()).view().iter() {
                    hash = (hash ^ u64::from(to)).wrapping_mul(0x0100_0000_01b3);
                }
            }
        }
        assert_eq!(hash, EXPECTED, "{hash:#x}");
    }

    const EXPECTED: u64 = 0xdb25_9333_90e9_e9cd;
}
