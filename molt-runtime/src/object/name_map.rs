//! An insertion-ordered map from interned names to values: the namespace of a type.
//!
//! Invariant: keys are interned strings of one runtime, so that equal names are equal words and a lookup compares words.
//! No operation runs Python code except the release of a replaced value, which is handed back to the caller instead.

use crate::value::Obj;

const EMPTY: u32 = u32::MAX;

/// The map.
#[derive(Default)]
pub struct NameMap {
    entries: Vec<Option<(Obj, Obj)>>,
    index: Vec<u32>,
    live: usize,
}

fn hash(word: u64) -> usize {
    (word >> 4).wrapping_mul(0x9E37_79B9_7F4A_7C15) as usize >> 20
}

impl NameMap {
    /// Number of names.
    pub fn len(&self) -> usize {
        self.live
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.live == 0
    }

    fn find(&self, name: &Obj) -> Option<usize> {
        if self.index.is_empty() {
            return None;
        }
        let mask = self.index.len() - 1;
        let mut at = hash(name.word()) & mask;
        loop {
            let n = self.index[at];
            if n == EMPTY {
                return None;
            }
            if let Some((key, _)) = &self.entries[n as usize]
                && key.is(name)
            {
                return Some(n as usize);
            }
            at = (at + 1) & mask;
        }
    }

    /// The value of an interned name.
    #[inline]
    pub fn get(&self, name: &Obj) -> Option<&Obj> {
        self.find(name).and_then(|n| self.entries[n].as_ref()).map(|(_, value)| value)
    }

    /// Sets the value of an interned name; gives the old one.
    #[must_use]
    pub fn insert(&mut self, name: Obj, value: Obj) -> Option<Obj> {
        if let Some(n) = self.find(&name)
            && let Some((_, old)) = &mut self.entries[n]
        {
            return Some(std::mem::replace(old, value));
        }
        if (self.entries.len() + 1) * 3 > self.index.len() * 2 {
            self.rebuild();
        }
        self.place(&name, self.entries.len() as u32);
        self.entries.push(Some((name, value)));
        self.live += 1;
        None
    }

    fn place(&mut self, name: &Obj, entry: u32) {
        let mask = self.index.len() - 1;
        let mut at = hash(name.word()) & mask;
        while self.index[at] != EMPTY {
            at = (at + 1) & mask;
        }
        self.index[at] = entry;
    }

    fn rebuild(&mut self) {
        self.entries.retain(Option::is_some);
        let size = (self.live * 3 + 8).next_power_of_two();
        self.index.clear();
        self.index.resize(size, EMPTY);
        for n in 0..self.entries.len() {
            if let Some((key, _)) = &self.entries[n] {
                let key = key.clone();
                self.place(&key, n as u32);
            }
        }
    }

    /// Removes a name; gives its value.
    #[must_use]
    pub fn remove(&mut self, name: &Obj) -> Option<Obj> {
        let n = self.find(name)?;
        let (_, value) = self.entries[n].take()?;
        self.live -= 1;
        Some(value)
    }

    /// The names and values in insertion order.
    pub fn iter(&self) -> impl Iterator<Item = (&Obj, &Obj)> {
        self.entries.iter().flatten().map(|(k, v)| (k, v))
    }
}
