//! `dict`: an insertion-ordered hash table of owned keys and values.
//!
//! Invariants: the table is borrowed only inside the functions here, none of which runs Python code; whatever leaves the
//! table goes to the caller, whose drop releases it. A comparison that may run Python code is made by the caller of
//! [`DictObject::probe`], which then checks that the table is still the one it probed.

mod table;

use super::header::{Header, Layout};
use super::types::TypeObject;
use crate::heap;
use crate::object::str;
use crate::runtime::Rt;
use crate::value::Obj;
use molt_abi::layout::Kind;
use std::cell::UnsafeCell;
use table::Table;
pub use table::{Cursor, Probe, Released};

/// A dict.
#[repr(C)]
pub struct DictObject {
    header: Header,
    table: UnsafeCell<Table>,
}

// SAFETY: `repr(C)`, starts with a header, and is the only layout of its kind.
unsafe impl Layout for DictObject {
    const KIND: Kind = Kind::Dict;

    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        self.table().traverse(visit);
    }
}

impl DictObject {
    #[inline(always)]
    fn table(&self) -> &Table {
        // SAFETY: the reference is used within a function of this file, during which nobody changes the table.
        unsafe { &*self.table.get() }
    }

    #[inline(always)]
    #[allow(clippy::mut_from_ref)]
    fn table_mut(&self) -> &mut Table {
        // SAFETY: the reference is used within a function of this file, which runs no other code that uses the table:
        // the table's functions release no value themselves.
        unsafe { &mut *self.table.get() }
    }

    /// Number of entries.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.table().live()
    }

    /// Whether there is no entry.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Changes whenever entries move (growth, compaction, clearing).
    #[inline(always)]
    pub fn generation(&self) -> u32 {
        self.table().generation()
    }

    /// Where the search for a hash begins.
    #[inline(always)]
    pub fn cursor(&self, hash: i64) -> Cursor {
        self.table().cursor(hash)
    }

    /// Goes on with a search for a key; see [`Probe`].
    #[inline(always)]
    pub fn probe(&self, cursor: &mut Cursor, key: &Obj, hash: i64) -> Probe {
        self.table().probe(cursor, key, hash)
    }

    /// Finds an exact `str` in a dict whose keys it can be compared with without Python code; `None` when it is absent.
    /// Keys that would need a comparison by Python code count as different: for dicts with `str` keys only.
    #[inline]
    pub fn find_str(&self, key: &Obj, hash: i64) -> Option<usize> {
        let mut cursor = self.cursor(hash);
        loop {
            match self.probe(&mut cursor, key, hash) {
                Probe::Found(n) => return Some(n),
                Probe::Absent => return None,
                Probe::Ask { .. } => {}
            }
        }
    }

    /// Whether entry `n` has this very key object.
    pub fn key_is(&self, n: usize, key: &Obj) -> bool {
        self.table().key(n).is_some_and(|k| k.is(key))
    }

    /// A new handle on the key of entry `n`.
    #[inline]
    pub fn key_at(&self, n: usize) -> Option<Obj> {
        self.table().key(n).cloned()
    }

    /// A new handle on the value of entry `n`.
    #[inline(always)]
    pub fn value_at(&self, n: usize) -> Option<Obj> {
        self.table().value(n)
    }

    /// The hash of entry `n`.
    pub fn hash_at(&self, n: usize) -> i64 {
        self.table().hash(n)
    }

    /// Replaces the value of entry `n`; gives the old one.
    #[inline(always)]
    #[must_use]
    pub fn set_value_at(&self, n: usize, value: Obj) -> Option<Obj> {
        self.table_mut().set_value(n, value)
    }

    /// Appends an entry whose key is absent.
    #[inline]
    pub fn insert_new(&self, hash: i64, key: Obj, value: Obj) {
        self.table_mut().insert(hash, key, value);
    }

    /// Appends an entry whose value lives in a global slot of a module.
    ///
    /// # Safety
    /// `slot` holds 0 or an owned value whenever the dict is used, and outlives the dict's use.
    pub unsafe fn insert_slot(&self, hash: i64, key: Obj, slot: *mut u64) {
        self.table_mut().insert_slot(hash, key, slot);
    }

    /// The global slot that holds the value of entry `n`, if one does.
    pub fn slot_at(&self, n: usize) -> Option<*mut u64> {
        self.table().slot(n)
    }

    /// Removes entry `n`; a value in a global slot stays there, and is none of the result.
    #[must_use]
    pub fn remove_at(&self, n: usize) -> Option<(Obj, Option<Obj>)> {
        self.table_mut().remove(n)
    }

    /// Removes the last entry; gives its key and value.
    #[must_use]
    pub fn pop_last(&self) -> Option<(Obj, Obj)> {
        let n = self.previous_index(self.end())?;
        let value = self.value_at(n);
        let (key, _owned) = self.table_mut().pop_last()?;
        value.map(|value| (key, value))
    }

    /// The first entry at or after position `from` and the position after it.
    #[inline]
    pub fn next_index(&self, from: usize) -> Option<usize> {
        self.table().next(from)
    }

    /// The last entry before position `before`.
    #[inline]
    pub fn previous_index(&self, before: usize) -> Option<usize> {
        self.table().previous(before)
    }

    /// One more than the position of the last entry.
    pub fn end(&self) -> usize {
        self.table().end()
    }

    /// Key and value of the entries in order.
    pub fn items(&self) -> Vec<(Obj, Obj)> {
        let mut out = Vec::with_capacity(self.len());
        let mut at = 0;
        while let Some(n) = self.next_index(at) {
            if let (Some(key), Some(value)) = (self.key_at(n), self.value_at(n)) {
                out.push((key, value));
            }
            at = n + 1;
        }
        out
    }

    /// The keys in order.
    pub fn keys(&self) -> Vec<Obj> {
        let mut out = Vec::with_capacity(self.len());
        let mut at = 0;
        while let Some(n) = self.next_index(at) {
            out.extend(self.key_at(n));
            at = n + 1;
        }
        out
    }

    /// The values in order.
    pub fn values(&self) -> Vec<Obj> {
        let mut out = Vec::with_capacity(self.len());
        let mut at = 0;
        while let Some(n) = self.next_index(at) {
            out.extend(self.value_at(n));
            at = n + 1;
        }
        out
    }

    /// Empties the dict; what it held goes to the caller.
    #[must_use]
    pub fn take(&self) -> Released {
        self.table_mut().take()
    }

    /// Fills an empty dict with the entries of another, as they are.
    pub fn copy_from(&self, other: &DictObject) {
        debug_assert!(self.is_empty());
        if !std::ptr::eq(self, other) {
            self.table_mut().copy_from(other.table());
        }
    }

    /// Makes room for `more` entries.
    pub fn reserve(&self, more: usize) {
        self.table_mut().reserve(more);
    }
}

/// An empty dict.
pub fn new(rt: &Rt) -> Obj {
    with_type(rt, rt.kind_type(Kind::Dict))
}

/// An empty dict of a subclass.
pub fn with_type(rt: &Rt, ty: &TypeObject) -> Obj {
    heap::alloc_object(rt, ty, 0, |header| DictObject { header, table: UnsafeCell::default() })
}

/// The fields of a dict or an instance of a subclass.
#[inline(always)]
pub fn get(obj: &Obj) -> Option<&DictObject> {
    obj.cast::<DictObject>()
}

/// Number of entries.
pub fn len(dict: &Obj) -> usize {
    dict.expect::<DictObject>().len()
}

/// The value of a `str` key in a dict of `str` keys. Runs no Python code.
pub fn get_str(dict: &Obj, name: &Obj) -> Option<Obj> {
    let dict = dict.expect::<DictObject>();
    dict.find_str(name, str::hash(name)).and_then(|n| dict.value_at(n))
}

/// Sets the value of a `str` key in a dict of `str` keys. The release of an old value may run Python code, after the store.
pub fn set_str(dict: &Obj, name: &Obj, value: Obj) {
    let dict = dict.expect::<DictObject>();
    let hash = str::hash(name);
    match dict.find_str(name, hash) {
        Some(n) => drop(dict.set_value_at(n, value)),
        None => dict.insert_new(hash, name.clone(), value),
    }
}

/// Removes a `str` key from a dict of `str` keys and gives its value.
pub fn del_str(dict: &Obj, name: &Obj) -> Option<Obj> {
    let dict = dict.expect::<DictObject>();
    let n = dict.find_str(name, str::hash(name))?;
    let value = dict.value_at(n);
    drop(dict.remove_at(n));
    value
}

/// The entries in order.
pub fn items(dict: &Obj) -> Vec<(Obj, Obj)> {
    dict.expect::<DictObject>().items()
}
