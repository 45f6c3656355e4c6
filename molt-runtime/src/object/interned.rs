//! The interned strings of a runtime.
//!
//! Invariant: the table does not own its strings; a string removes itself when it dies, so every word is a live object.

use super::str::{self, CodePoints};
use crate::runtime::Rt;
use crate::value::Obj;
use molt_abi::layout::header;
use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Passes a hash through.
#[derive(Default)]
pub struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = n;
    }
}

/// Words of strings by a hash of their code points.
#[derive(Default)]
pub struct Interned {
    by_hash: RefCell<HashMap<u64, Vec<u64>, BuildHasherDefault<Identity>>>,
}

fn hash(points: CodePoints<'_>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for c in points.iter() {
        hash = (hash ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3);
    }
    hash ^ hash >> 29
}

impl Interned {
    fn find(&self, points: CodePoints<'_>, hash: u64) -> Option<Obj> {
        let table = self.by_hash.borrow();
        // SAFETY: the words are live strings, see the invariant.
        table
            .get(&hash)?
            .iter()
            .map(|w| unsafe { Obj::clone_word(*w) })
            .find(|s| str::get(s).is_some_and(|s| str::same(s.code_points(), points)))
    }

    fn add(&self, string: &Obj, hash: u64) {
        if let Some(h) = string.header() {
            h.set_flag(header::FLAG_INTERNED);
            self.by_hash.borrow_mut().entry(hash).or_default().push(string.word());
        }
    }

    pub(crate) fn forget(&self, word: u64, points: CodePoints<'_>) {
        let hash = hash(points);
        let mut table = self.by_hash.borrow_mut();
        if let Some(words) = table.get_mut(&hash) {
            words.retain(|w| *w != word);
            if words.is_empty() {
                table.remove(&hash);
            }
        }
    }

    pub(crate) fn text(&self, rt: &Rt, text: &str) -> Obj {
        if text.is_ascii() {
            let points = CodePoints::One(text.as_bytes());
            let hash = hash(points);
            if let Some(found) = self.find(points, hash) {
                return found;
            }
            let string = str::new(rt, text);
            self.add(&string, hash);
            return string;
        }
        self.string(rt, &str::new(rt, text))
    }

    /// The interned string equal to a `str`. An instance of a subclass is copied.
    pub(crate) fn string(&self, rt: &Rt, string: &Obj) -> Obj {
        let Some(s) = str::get(string) else { return string.clone() };
        if string.header().is_some_and(|h| h.has(header::FLAG_INTERNED)) {
            return string.clone();
        }
        let hash = hash(s.code_points());
        if let Some(found) = self.find(s.code_points(), hash) {
            return found;
        }
        let exact = if string.is_exact(molt_abi::layout::Kind::Str) {
            string.clone()
        } else {
            str::with_type(rt, rt.kind_type(molt_abi::layout::Kind::Str), s.code_points())
        };
        self.add(&exact, hash);
        exact
    }
}
