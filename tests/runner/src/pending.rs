//! `pending.txt`: programs that do not pass yet, each with its reason.
//!
//! Invariant: the list only shrinks. A pending program that passes fails the run, so that its
//! line is removed; a line whose program does not exist does too.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// The programs of `pending.txt`, by id.
#[derive(Debug, Default)]
pub struct Pending {
    reasons: BTreeMap<String, String>,
}

impl Pending {
    /// Reads `pending.txt`; a missing file is an empty list.
    ///
    /// # Errors
    /// I/O errors, and a line without a reason.
    pub fn read(path: &Path) -> io::Result<Self> {
        match fs::read_to_string(path) {
            Ok(text) => Self::parse(&text),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(e) => Err(e),
        }
    }

    fn parse(text: &str) -> io::Result<Self> {
        let mut reasons = BTreeMap::new();
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let bad = |what: &str| {
                let text = format!("pending.txt line {}: {what}", number + 1);
                io::Error::new(io::ErrorKind::InvalidData, text)
            };
            let (id, reason) = line.split_once(':').ok_or_else(|| bad("no `: reason`"))?;
            if reason.trim().is_empty() {
                return Err(bad("an empty reason"));
            }
            let old = reasons.insert(id.trim().to_owned(), reason.trim().to_owned());
            if old.is_some() {
                return Err(bad("listed twice"));
            }
        }
        Ok(Self { reasons })
    }

    /// Adds the programs of another list.
    ///
    /// # Errors
    /// A program that is on both.
    pub fn merge(&mut self, other: Pending) -> io::Result<()> {
        for (id, reason) in other.reasons {
            if self.reasons.contains_key(&id) {
                return Err(io::Error::new(io::ErrorKind::InvalidData, format!("{id} is pending on every target")));
            }
            self.reasons.insert(id, reason);
        }
        Ok(())
    }

    /// The reason a program is pending.
    #[must_use]
    pub fn reason(&self, id: &str) -> Option<&str> {
        self.reasons.get(id).map(String::as_str)
    }

    /// The ids listed, sorted.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.reasons.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_reasons() {
        let list = Pending::parse("# why\n\na/b: no match statement\n").expect("parses");
        assert_eq!(list.reason("a/b"), Some("no match statement"));
        assert_eq!(list.ids().count(), 1);
    }

    #[test]
    fn lists_are_merged_and_do_not_repeat_each_other() {
        let read = |text| Pending::parse(text).expect("parses");
        let mut list = read("a/b: x\n");
        list.merge(read("a/c: y\n")).expect("they differ");
        assert_eq!(list.ids().collect::<Vec<_>>(), ["a/b", "a/c"]);
        assert!(list.merge(read("a/b: z\n")).is_err());
    }

    #[test]
    fn refuses_a_line_without_reason() {
        assert!(Pending::parse("a/b\n").is_err());
        assert!(Pending::parse("a/b:  \n").is_err());
        assert!(Pending::parse("a/b: x\na/b: y\n").is_err());
    }
}
