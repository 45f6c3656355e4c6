//! [`Text`]: the borrowed form of a `str`.

// The macro makes code for three unit types, one of which is `u32` itself.
#![allow(clippy::useless_conversion)]

use std::cmp::Ordering;
use std::ops::Range;

/// A code unit: one code point in 1, 2 or 4 bytes.
pub trait Unit: Copy + Ord + Into<u32> + std::fmt::Debug + 'static {
    /// The unit of a code point that fits.
    fn narrow(cp: u32) -> Self;
}

impl Unit for u8 {
    fn narrow(cp: u32) -> u8 {
        cp as u8
    }
}

impl Unit for u16 {
    fn narrow(cp: u32) -> u16 {
        cp as u16
    }
}

impl Unit for u32 {
    fn narrow(cp: u32) -> u32 {
        cp
    }
}

/// The code points of a string, borrowed (PEP 393). Lone surrogates are legal.
#[derive(Debug, Clone, Copy)]
pub enum Text<'a> {
    /// All below 128.
    Ascii(&'a [u8]),
    /// All below 256, at least one from 128.
    Latin1(&'a [u8]),
    /// All below 65536, at least one from 256.
    Two(&'a [u16]),
    /// At least one from 65536.
    Four(&'a [u32]),
}

/// Runs the body with `$units` bound to the slice of units, whatever the width.
#[macro_export]
macro_rules! with_units {
    ($text:expr, $units:ident => $body:expr) => {
        match $text {
            $crate::types::text::Text::Ascii($units) | $crate::types::text::Text::Latin1($units) => $body,
            $crate::types::text::Text::Two($units) => $body,
            $crate::types::text::Text::Four($units) => $body,
        }
    };
}
pub use with_units;

impl<'a> Text<'a> {
    /// The empty text.
    pub const EMPTY: Text<'static> = Text::Ascii(&[]);

    /// Number of code points.
    #[inline]
    pub fn len(self) -> usize {
        with_units!(self, units => units.len())
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The code point at `index`.
    ///
    /// # Panics
    /// When `index` is out of range.
    #[inline]
    pub fn at(self, index: usize) -> u32 {
        with_units!(self, units => units[index].into())
    }

    /// Bytes per code point.
    #[inline]
    pub fn width(self) -> usize {
        match self {
            Text::Ascii(_) | Text::Latin1(_) => 1,
            Text::Two(_) => 2,
            Text::Four(_) => 4,
        }
    }

    /// Whether all code points are below 128.
    #[inline]
    pub fn is_ascii(self) -> bool {
        matches!(self, Text::Ascii(_))
    }

    /// The bytes of an ASCII text.
    #[inline]
    pub fn as_ascii(self) -> Option<&'a [u8]> {
        match self {
            Text::Ascii(units) => Some(units),
            _ => None,
        }
    }

    /// The text as `str`, when it is ASCII.
    pub fn as_ascii_str(self) -> Option<&'a str> {
        self.as_ascii().and_then(|bytes| std::str::from_utf8(bytes).ok())
    }

    /// The code points.
    pub fn iter(self) -> Chars<'a> {
        Chars { text: self, at: 0, end: self.len() }
    }

    /// The canonical text of part of the code points.
    pub fn slice(self, range: Range<usize>) -> Text<'a> {
        match self {
            Text::Ascii(units) => Text::Ascii(&units[range]),
            Text::Latin1(units) => one(&units[range]),
            // The caller narrows: a part of a wide text is still borrowed in its width.
            Text::Two(units) => Text::Two(&units[range]),
            Text::Four(units) => Text::Four(&units[range]),
        }
    }

    /// Whether the text holds the code point.
    pub fn contains(self, cp: u32) -> bool {
        match self {
            Text::Ascii(units) | Text::Latin1(units) => cp < 256 && memchr::memchr(cp as u8, units).is_some(),
            Text::Two(units) => cp < 65536 && units.contains(&(cp as u16)),
            Text::Four(units) => units.contains(&cp),
        }
    }

    /// Compares by code points.
    #[inline]
    pub fn compare(self, other: Text) -> Ordering {
        match (self, other) {
            (Text::Ascii(a) | Text::Latin1(a), Text::Ascii(b) | Text::Latin1(b)) => match (a.first(), b.first()) {
                // The first characters mostly decide.
                (Some(x), Some(y)) if x != y => x.cmp(y),
                _ => a.cmp(b),
            },
            (Text::Two(a), Text::Two(b)) => a.cmp(b),
            (Text::Four(a), Text::Four(b)) => a.cmp(b),
            _ => self.iter().cmp(other.iter()),
        }
    }

    /// Whether both have the same code points.
    #[inline]
    pub fn equals(self, other: Text) -> bool {
        match (self, other) {
            (Text::Ascii(a) | Text::Latin1(a), Text::Ascii(b) | Text::Latin1(b)) => a == b,
            (Text::Two(a), Text::Two(b)) => a == b,
            (Text::Four(a), Text::Four(b)) => a == b,
            // Parts of a wide text may be wider than they need.
            _ => self.len() == other.len() && self.iter().eq(other.iter()),
        }
    }

    /// The text in UTF-8; `Err` has the index of the first lone surrogate.
    pub fn to_utf8(self) -> Result<String, usize> {
        if let Text::Ascii(bytes) = self {
            // ASCII is UTF-8.
            return Ok(String::from_utf8_lossy(bytes).into_owned());
        }
        let mut out = String::with_capacity(self.len() * 2);
        for (index, cp) in self.iter().enumerate() {
            out.push(char::from_u32(cp).ok_or(index)?);
        }
        Ok(out)
    }

    /// The text in UTF-8, lone surrogates as U+FFFD: for messages of the runtime itself.
    pub fn to_lossy(self) -> String {
        self.iter().map(|cp| char::from_u32(cp).unwrap_or('\u{FFFD}')).collect()
    }
}

/// The canonical text of one-byte code points.
pub fn one(units: &[u8]) -> Text<'_> {
    if units.is_ascii() { Text::Ascii(units) } else { Text::Latin1(units) }
}

impl<'a> From<&'a [u8]> for Text<'a> {
    fn from(units: &'a [u8]) -> Text<'a> {
        one(units)
    }
}

/// Iterator over code points.
#[derive(Debug, Clone)]
pub struct Chars<'a> {
    text: Text<'a>,
    at: usize,
    end: usize,
}

impl Iterator for Chars<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        if self.at == self.end {
            return None;
        }
        let cp = self.text.at(self.at);
        self.at += 1;
        Some(cp)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.end - self.at, Some(self.end - self.at))
    }
}

impl DoubleEndedIterator for Chars<'_> {
    fn next_back(&mut self) -> Option<u32> {
        if self.at == self.end {
            return None;
        }
        self.end -= 1;
        Some(self.text.at(self.end))
    }
}

impl ExactSizeIterator for Chars<'_> {}
