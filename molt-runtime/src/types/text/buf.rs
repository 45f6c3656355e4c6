//! [`TextBuf`]: a text under construction, widened as wider code points arrive.

use super::units::{Text, one};

/// An owned, growing text.
#[derive(Debug, Clone)]
pub struct TextBuf {
    units: Units,
    /// All code points or-ed together: the widths are powers of two, so this shows the width needed.
    seen: u32,
}

#[derive(Debug, Clone)]
enum Units {
    One(Vec<u8>),
    Two(Vec<u16>),
    Four(Vec<u32>),
}

impl Default for TextBuf {
    fn default() -> TextBuf {
        TextBuf::new()
    }
}

impl TextBuf {
    /// An empty text.
    pub const fn new() -> TextBuf {
        TextBuf { units: Units::One(Vec::new()), seen: 0 }
    }

    /// An empty text with room for `capacity` code points below 256.
    pub fn with_capacity(capacity: usize) -> TextBuf {
        TextBuf { units: Units::One(Vec::with_capacity(capacity)), seen: 0 }
    }

    /// Number of code points.
    pub fn len(&self) -> usize {
        match &self.units {
            Units::One(v) => v.len(),
            Units::Two(v) => v.len(),
            Units::Four(v) => v.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[cold]
    fn widen(&mut self, cp: u32) {
        self.units = match std::mem::replace(&mut self.units, Units::One(Vec::new())) {
            Units::One(v) if cp < 0x10000 => Units::Two(widened(&v)),
            Units::One(v) => Units::Four(widened(&v)),
            Units::Two(v) if cp >= 0x10000 => Units::Four(widened(&v)),
            same => same,
        };
    }

    /// Appends a code point.
    #[inline]
    pub fn push(&mut self, cp: u32) {
        self.seen |= cp;
        match &mut self.units {
            Units::One(v) if cp < 0x100 => v.push(cp as u8),
            Units::Two(v) if cp < 0x10000 => v.push(cp as u16),
            Units::Four(v) => v.push(cp),
            _ => {
                self.widen(cp);
                self.push(cp);
            }
        }
    }

    /// Appends a code point `count` times.
    pub fn push_repeated(&mut self, cp: u32, count: usize) {
        if count == 0 {
            return;
        }
        self.push(cp);
        match &mut self.units {
            Units::One(v) => v.resize(v.len() + count - 1, cp as u8),
            Units::Two(v) => v.resize(v.len() + count - 1, cp as u16),
            Units::Four(v) => v.resize(v.len() + count - 1, cp),
        }
    }

    /// Appends UTF-8 text.
    pub fn push_str(&mut self, text: &str) {
        if let (Units::One(v), true) = (&mut self.units, text.is_ascii()) {
            v.extend_from_slice(text.as_bytes());
            return;
        }
        for c in text.chars() {
            self.push(c as u32);
        }
    }

    /// Appends a text.
    pub fn push_text(&mut self, text: Text) {
        match (&mut self.units, text) {
            (Units::One(v), Text::Ascii(units)) => v.extend_from_slice(units),
            (Units::One(v), Text::Latin1(units)) => {
                v.extend_from_slice(units);
                self.seen |= 0x80;
            }
            (Units::Two(v), Text::Ascii(units) | Text::Latin1(units)) => v.extend(units.iter().map(|&u| u16::from(u))),
            (Units::Four(v), Text::Ascii(units) | Text::Latin1(units)) => v.extend(units.iter().map(|&u| u32::from(u))),
            _ => text.iter().for_each(|cp| self.push(cp)),
        }
    }

    /// The canonical text.
    pub fn view(&mut self) -> Text<'_> {
        let seen = self.seen;
        match &self.units {
            Units::Two(v) if seen < 0x100 => self.units = Units::One(v.iter().map(|&u| u as u8).collect()),
            Units::Four(v) if seen < 0x100 => self.units = Units::One(v.iter().map(|&u| u as u8).collect()),
            Units::Four(v) if seen < 0x10000 => self.units = Units::Two(v.iter().map(|&u| u as u16).collect()),
            _ => {}
        }
        match &self.units {
            Units::One(v) if seen < 0x80 => Text::Ascii(v),
            Units::One(v) => one(v),
            Units::Two(v) => Text::Two(v),
            Units::Four(v) => Text::Four(v),
        }
    }

    /// Copies a text, narrowing it.
    pub fn from_text(text: Text) -> TextBuf {
        let mut buf = TextBuf::with_capacity(text.len());
        buf.push_text(text);
        buf
    }
}

fn widened<A: Copy, B: From<A>>(units: &[A]) -> Vec<B> {
    let mut wide = Vec::with_capacity(units.len().max(8) * 2);
    wide.extend(units.iter().map(|&u| B::from(u)));
    wide
}

impl From<&str> for TextBuf {
    fn from(text: &str) -> TextBuf {
        let mut buf = TextBuf::with_capacity(text.len());
        buf.push_str(text);
        buf
    }
}

impl Extend<u32> for TextBuf {
    fn extend<T: IntoIterator<Item = u32>>(&mut self, iter: T) {
        iter.into_iter().for_each(|cp| self.push(cp));
    }
}

impl FromIterator<u32> for TextBuf {
    fn from_iter<T: IntoIterator<Item = u32>>(iter: T) -> TextBuf {
        let mut buf = TextBuf::new();
        buf.extend(iter);
        buf
    }
}

impl std::fmt::Write for TextBuf {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.push_str(text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_follow_the_greatest_code_point() {
        let mut buf = TextBuf::from("abc");
        assert!(matches!(buf.view(), Text::Ascii(b"abc")));
        buf.push(0xE9);
        assert!(matches!(buf.view(), Text::Latin1(_)));
        buf.push(0x20AC);
        assert!(matches!(buf.view(), Text::Two(_)));
        buf.push(0x1F600);
        buf.push_str("z");
        assert!(matches!(buf.view(), Text::Four(_)));
        assert_eq!(buf.view().iter().collect::<Vec<_>>(), [97, 98, 99, 0xE9, 0x20AC, 0x1F600, 122]);
        let part = TextBuf::from_text(buf.view().slice(0..3)).view().len();
        assert_eq!(part, 3);
    }

    #[test]
    fn repeated() {
        let mut buf = TextBuf::new();
        buf.push_repeated(0x3B1, 3);
        assert!(buf.view().equals(TextBuf::from("ααα").view()));
    }
}
