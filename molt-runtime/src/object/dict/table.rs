//! The table of a dict: entries in insertion order, and an index from hashes to entries.
//!
//! Invariants: an index slot has 32 bits. Those under the mask of the table are 0 (never used), all ones (the entry was
//! removed) or the position of the entry plus one; those above are the same bits of the entry's hash, so that most
//! mismatches are seen without a look at the entry. Tables of up to [`LINEAR`] slots have no index and are searched in
//! order. No function releases a value.
//!
//! Sizes follow CPython's (powers of two from 8, two thirds of them for entries, growth to three times the live entries):
//! a program that changes a dict while it iterates sees when entries move.

use crate::object::key::same as same_key;
use crate::value::Obj;
use molt_abi::value as abi;
use std::mem::ManuallyDrop;

/// Slots of the largest table without an index.
const LINEAR: usize = 16;
/// Slots of the smallest table.
const MIN_SIZE: usize = 8;
/// As CPython: how fast the high bits of a hash come into the probe sequence.
const PERTURB: u32 = 5;

/// A value in place, or (low bit set) the address of a module's global slot that holds it.
struct Value(u64);

impl Value {
    #[inline(always)]
    fn slot(&self) -> Option<*mut u64> {
        if self.0 & 1 != 0 && abi::is_pointer(self.0) { Some((self.0 & !1) as *mut u64) } else { None }
    }

    #[inline(always)]
    fn get(&self) -> Option<Obj> {
        let word = match self.slot() {
            None => self.0,
            // SAFETY: `insert_slot`'s caller promised that the slot is valid while the dict is used.
            Some(slot) => unsafe { slot.read() },
        };
        // SAFETY: the word is 0 or a value that this entry or the module owns.
        unsafe { Obj::borrow_word_opt(&word) }.cloned()
    }
}

impl Drop for Value {
    fn drop(&mut self) {
        if self.slot().is_none() {
            // SAFETY: a value in place is owned by the entry.
            drop(unsafe { Obj::from_word_opt(self.0) });
        }
    }
}

struct Entry {
    hash: i64,
    /// Absent when the entry was removed.
    key: Option<Obj>,
    value: Value,
}

/// What a dict held.
#[allow(dead_code, reason = "it is made to be dropped")]
pub struct Released(Vec<Entry>);

/// A place in a search.
#[derive(Debug, Clone, Copy)]
pub struct Cursor {
    at: usize,
    perturb: u64,
}

/// How far a search has come.
pub enum Probe {
    /// The key is that of this entry.
    Found(usize),
    /// The key is absent.
    Absent,
    /// The entry's key has the same hash and only Python code can tell whether it is equal. When it is not, and the entry
    /// still has the key and the generation is the same, probe on with the cursor.
    Ask {
        /// The entry.
        entry: usize,
        /// Its key.
        key: Obj,
    },
}

/// How many entries a table of that many slots takes.
const fn usable(size: usize) -> usize {
    size * 2 / 3
}

pub(super) struct Table {
    entries: Vec<Entry>,
    index: Vec<u32>,
    live: usize,
    /// How many entries may be added before the table is rebuilt. A removed entry gives none back, since its index slot
    /// stays in use.
    room: usize,
    generation: u32,
}

impl Default for Table {
    fn default() -> Table {
        Table { entries: Vec::new(), index: Vec::new(), live: 0, room: usable(MIN_SIZE), generation: 0 }
    }
}

/// The bits of a hash that an index slot of a table keeps: those above the position.
#[inline(always)]
fn tag(hash: i64, mask: usize) -> u32 {
    hash as u32 & !(mask as u32)
}

impl Table {
    #[inline(always)]
    pub fn live(&self) -> usize {
        self.live
    }

    #[inline(always)]
    pub fn generation(&self) -> u32 {
        self.generation
    }

    #[inline(always)]
    pub fn cursor(&self, hash: i64) -> Cursor {
        if self.index.is_empty() {
            Cursor { at: 0, perturb: 0 }
        } else {
            Cursor { at: hash as usize & (self.index.len() - 1), perturb: hash as u64 }
        }
    }

    #[inline(always)]
    pub fn probe(&self, cursor: &mut Cursor, key: &Obj, hash: i64) -> Probe {
        if self.index.is_empty() { self.probe_linear(cursor, key, hash) } else { self.probe_index(cursor, key, hash) }
    }

    #[inline(always)]
    fn probe_linear(&self, cursor: &mut Cursor, key: &Obj, hash: i64) -> Probe {
        for (n, entry) in self.entries.iter().enumerate().skip(cursor.at) {
            if entry.hash != hash {
                continue;
            }
            let Some(k) = &entry.key else { continue };
            if k.is(key) {
                return Probe::Found(n);
            }
            match same_key(k, key) {
                Some(true) => return Probe::Found(n),
                Some(false) => {}
                None => {
                    cursor.at = n + 1;
                    return Probe::Ask { entry: n, key: k.clone() };
                }
            }
        }
        Probe::Absent
    }

    #[inline(always)]
    fn probe_index(&self, cursor: &mut Cursor, key: &Obj, hash: i64) -> Probe {
        let mask = self.index.len() - 1;
        let tag = tag(hash, mask);
        loop {
            // SAFETY: the mask keeps the position below the length, which is a power of two.
            let slot = unsafe { *self.index.get_unchecked(cursor.at & mask) };
            if slot == 0 {
                return Probe::Absent;
            }
            Self::step(cursor, mask);
            // A removed entry's slot has another position than any entry, and no tag.
            let n = (slot & mask as u32) as usize - 1;
            if slot & !(mask as u32) != tag || n + 1 == mask {
                continue;
            }
            debug_assert!(n < self.entries.len());
            // SAFETY: a slot that is neither empty nor removed names an entry, see the invariant.
            let entry = unsafe { self.entries.get_unchecked(n) };
            if entry.hash != hash {
                continue;
            }
            let Some(k) = &entry.key else { continue };
            if k.is(key) {
                return Probe::Found(n);
            }
            match same_key(k, key) {
                Some(true) => return Probe::Found(n),
                Some(false) => {}
                None => return Probe::Ask { entry: n, key: k.clone() },
            }
        }
    }

    #[inline(always)]
    fn step(cursor: &mut Cursor, mask: usize) {
        cursor.perturb >>= PERTURB;
        cursor.at = cursor.at.wrapping_mul(5).wrapping_add(cursor.perturb as usize).wrapping_add(1) & mask;
    }

    #[inline(always)]
    pub fn key(&self, n: usize) -> Option<&Obj> {
        self.entries.get(n).and_then(|e| e.key.as_ref())
    }

    #[inline(always)]
    pub fn value(&self, n: usize) -> Option<Obj> {
        self.entries.get(n).and_then(|e| e.value.get())
    }

    pub fn hash(&self, n: usize) -> i64 {
        self.entries.get(n).map_or(0, |e| e.hash)
    }

    pub fn slot(&self, n: usize) -> Option<*mut u64> {
        self.entries.get(n).and_then(|e| e.value.slot())
    }

    #[inline(always)]
    pub fn set_value(&mut self, n: usize, value: Obj) -> Option<Obj> {
        let entry = &mut self.entries[n];
        let old = match entry.value.slot() {
            None => std::mem::replace(&mut entry.value.0, value.into_word()),
            // SAFETY: `insert_slot`'s caller promised that the slot is valid while the dict is used.
            Some(slot) => unsafe { slot.replace(value.into_word()) },
        };
        // SAFETY: the word was owned by the entry or the slot, which has another now.
        unsafe { Obj::from_word_opt(old) }
    }

    #[inline(always)]
    pub fn insert(&mut self, hash: i64, key: Obj, value: Obj) {
        self.push(Entry { hash, key: Some(key), value: Value(value.into_word()) });
    }

    pub fn insert_slot(&mut self, hash: i64, key: Obj, slot: *mut u64) {
        self.push(Entry { hash, key: Some(key), value: Value(slot as u64 | 1) });
    }

    #[inline(always)]
    fn push(&mut self, entry: Entry) {
        if self.room == 0 {
            self.rebuild(0);
        }
        self.room -= 1;
        if !self.index.is_empty() {
            self.place(entry.hash, self.entries.len());
        }
        self.entries.push(entry);
        self.live += 1;
    }

    /// Drops removed entries and makes room for `more`.
    #[cold]
    #[inline(never)]
    fn rebuild(&mut self, more: usize) {
        self.generation = self.generation.wrapping_add(1);
        if self.live < self.entries.len() {
            // A removed entry owns nothing, so this releases no value.
            self.entries.retain(|e| e.key.is_some());
        }
        let want = self.live + more;
        let size = (self.live * 3).max(want + want / 2 + 1).max(MIN_SIZE).next_power_of_two();
        self.room = usable(size) - self.live;
        if size <= LINEAR {
            self.index = Vec::new();
            return;
        }
        self.entries.reserve_exact(self.room);
        self.index.clear();
        self.index.resize(size, 0);
        for n in 0..self.entries.len() {
            self.place(self.entries[n].hash, n);
        }
    }

    #[inline(always)]
    fn place(&mut self, hash: i64, n: usize) {
        let mask = self.index.len() - 1;
        let mut cursor = self.cursor(hash);
        while self.index[cursor.at] != 0 {
            Self::step(&mut cursor, mask);
        }
        self.index[cursor.at] = tag(hash, mask) | (n as u32 + 1);
    }

    pub fn reserve(&mut self, more: usize) {
        if more > self.room {
            self.rebuild(more);
        }
    }

    pub fn remove(&mut self, n: usize) -> Option<(Obj, Option<Obj>)> {
        let entry = self.entries.get_mut(n)?;
        let key = entry.key.take()?;
        let value = std::mem::replace(&mut entry.value, Value(0));
        let hash = entry.hash;
        if !self.index.is_empty() {
            let mask = self.index.len() - 1;
            let mut cursor = self.cursor(hash);
            let slot = tag(hash, mask) | (n as u32 + 1);
            while self.index[cursor.at] != slot {
                Self::step(&mut cursor, mask);
            }
            self.index[cursor.at] = mask as u32;
        }
        self.live -= 1;
        let value = ManuallyDrop::new(value);
        // SAFETY: a value in place was owned by the entry, and moves out of it.
        let value = if value.slot().is_none() { unsafe { Obj::from_word_opt(value.0) } } else { None };
        Some((key, value))
    }

    /// Removes the last entry, and forgets the removed ones behind it.
    pub fn pop_last(&mut self) -> Option<(Obj, Option<Obj>)> {
        let n = self.previous(usize::MAX)?;
        let last = self.remove(n);
        // Removed entries own nothing.
        self.entries.truncate(n);
        last
    }

    #[inline(always)]
    pub fn next(&self, from: usize) -> Option<usize> {
        let rest = self.entries.get(from..)?;
        rest.iter().position(|e| e.key.is_some()).map(|n| from + n)
    }

    #[inline(always)]
    pub fn previous(&self, before: usize) -> Option<usize> {
        self.entries.get(..before.min(self.entries.len()))?.iter().rposition(|e| e.key.is_some())
    }

    pub fn end(&self) -> usize {
        self.entries.len()
    }

    pub fn take(&mut self) -> Released {
        self.index = Vec::new();
        self.live = 0;
        self.room = usable(MIN_SIZE);
        self.generation = self.generation.wrapping_add(1);
        Released(std::mem::take(&mut self.entries))
    }

    pub fn copy_from(&mut self, other: &Table) {
        debug_assert!(self.entries.is_empty());
        self.entries.reserve_exact(other.entries.len());
        for e in &other.entries {
            if let (Some(key), Some(value)) = (&e.key, e.value.get()) {
                self.entries.push(Entry { hash: e.hash, key: Some(key.clone()), value: Value(value.into_word()) });
            }
        }
        self.live = self.entries.len();
        self.generation = self.generation.wrapping_add(1);
        if self.live == other.entries.len() {
            self.index.clone_from(&other.index);
            self.room = other.room;
        } else {
            self.rebuild(0);
        }
    }

    pub fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        for e in &self.entries {
            if let Some(key) = &e.key {
                visit(key);
                if e.value.slot().is_none()
                    // SAFETY: the word is 0 or owned by the entry.
                    && let Some(value) = unsafe { Obj::borrow_word_opt(&e.value.0) }
                {
                    visit(value);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::object::dict::{self, Cursor, DictObject, Probe};
    use crate::{Obj, Rt};

    fn find(d: &DictObject, key: &Obj) -> Option<usize> {
        let hash = key.as_small_int().unwrap_or_default();
        let mut cursor: Cursor = d.cursor(hash);
        match d.probe(&mut cursor, key, hash) {
            Probe::Found(n) => Some(n),
            Probe::Absent => None,
            Probe::Ask { .. } => panic!("ints compare by word"),
        }
    }

    /// A sequence of insertions and removals against a plain vector.
    #[test]
    fn agrees_with_a_model() {
        let rt = Rt::new();
        let object = dict::new(&rt);
        let d = object.expect::<DictObject>();
        let mut model: Vec<(i64, i64)> = Vec::new();
        let mut seed = 1u64;
        for step in 0..20_000i64 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let k = (seed >> 33) as i64 % 500 * 64;
            let key = rt.int(k);
            if seed >> 20 & 3 == 0 {
                let found = find(d, &key).and_then(|n| d.remove_at(n));
                assert_eq!(found.is_some(), model.iter().any(|(m, _)| *m == k));
                model.retain(|(m, _)| *m != k);
            } else if let Some(n) = find(d, &key) {
                drop(d.set_value_at(n, rt.int(step)));
                model.iter_mut().filter(|(m, _)| *m == k).for_each(|e| e.1 = step);
            } else {
                d.insert_new(k, key, rt.int(step));
                model.push((k, step));
            }
            assert_eq!(d.len(), model.len());
        }
        let items: Vec<_> =
            d.items().iter().map(|(k, v)| (k.as_small_int().unwrap_or(-1), v.as_small_int().unwrap_or(-1))).collect();
        assert_eq!(items, model);
        let copy = dict::new(&rt);
        copy.expect::<DictObject>().copy_from(d);
        assert_eq!(copy.expect::<DictObject>().len(), model.len());
        for (k, _) in &model {
            assert!(find(copy.expect::<DictObject>(), &rt.int(*k)).is_some());
        }
        drop(d.take());
        assert_eq!(d.len(), 0);
    }
}
