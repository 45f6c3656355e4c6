//! `set` and `frozenset`: CPython's table, slot for slot, so that iteration order is CPython's.
//!
//! Order matters to what programs print, so probing, growth and the ways of filling a table follow the observable rules of
//! CPython 3.12: ten linear probes, then `i * 5 + 1 + perturb`; growth at three fifths to four times the used slots (two
//! times above 50000); a new item goes to the last removed slot that its search passed, if any.
//!
//! Invariants: as for `dict`, no function here runs Python code or releases a value.

use super::header::{Header, Layout};
use super::types::TypeObject;
use crate::heap;
use crate::object::key;
use crate::runtime::Rt;
use crate::value::Obj;
use molt_abi::layout::Kind;
use std::cell::{Cell, UnsafeCell};

const MIN_SIZE: usize = 8;
const LINEAR_PROBES: usize = 9;
const PERTURB_SHIFT: u32 = 5;
const NO_SLOT: usize = usize::MAX;
const REMOVED: i64 = -1;

/// A slot: an item with its hash, or no item and hash 0 (never used) or [`REMOVED`] (no hash is -1).
struct Slot {
    hash: i64,
    item: Option<Obj>,
}

impl Slot {
    const fn empty() -> Slot {
        Slot { hash: 0, item: None }
    }

    fn is_empty(&self) -> bool {
        self.item.is_none() && self.hash == 0
    }
}

/// The slots of a set.
#[derive(Default)]
pub struct Table {
    slots: Vec<Slot>,
    fill: usize,
    used: usize,
    finger: usize,
    generation: u32,
}

/// A place in a search.
#[derive(Debug, Clone, Copy)]
pub struct Cursor {
    base: usize,
    offset: usize,
    perturb: u64,
    /// The last removed slot on the way, or [`NO_SLOT`].
    removed: usize,
}

/// How far a search has come; as for `dict`.
pub enum Probe {
    /// The item is in this slot.
    Found(usize),
    /// The item is absent, and this slot is where it goes.
    Absent(usize),
    /// Only Python code can tell whether the item of this slot is equal.
    Ask {
        /// The slot.
        slot: usize,
        /// Its item.
        item: Obj,
    },
}

impl Table {
    /// The mask of a table: a table without slots is one of the least size that has not been made.
    fn mask(&self) -> usize {
        self.slots.len().max(MIN_SIZE) - 1
    }

    #[inline(always)]
    fn probe(&self, cursor: &mut Cursor, item: &Obj, hash: i64) -> Probe {
        if self.slots.is_empty() {
            return Probe::Absent(hash as usize & (MIN_SIZE - 1));
        }
        let mask = self.slots.len() - 1;
        loop {
            let last = if cursor.base + LINEAR_PROBES <= mask { LINEAR_PROBES } else { 0 };
            while cursor.offset <= last {
                let at = cursor.base + cursor.offset;
                cursor.offset += 1;
                let slot = &self.slots[at];
                if slot.is_empty() {
                    return Probe::Absent(if cursor.removed == NO_SLOT { at } else { cursor.removed });
                }
                if slot.hash == REMOVED {
                    cursor.removed = at;
                    continue;
                }
                if slot.hash == hash
                    && let Some(k) = &slot.item
                {
                    if k.is(item) {
                        return Probe::Found(at);
                    }
                    match key::same(k, item) {
                        Some(true) => return Probe::Found(at),
                        Some(false) => {}
                        None => return Probe::Ask { slot: at, item: k.clone() },
                    }
                }
            }
            cursor.perturb >>= PERTURB_SHIFT;
            cursor.base = cursor.base.wrapping_mul(5).wrapping_add(1).wrapping_add(cursor.perturb as usize) & mask;
            cursor.offset = 0;
        }
    }

    fn cursor(&self, hash: i64) -> Cursor {
        Cursor { base: hash as usize & self.mask(), offset: 0, perturb: hash as u64, removed: NO_SLOT }
    }

    fn insert_at(&mut self, slot: usize, hash: i64, item: Obj) {
        if self.slots.is_empty() {
            self.slots.resize_with(MIN_SIZE, Slot::empty);
        }
        let old = std::mem::replace(&mut self.slots[slot], Slot { hash, item: Some(item) });
        self.used += 1;
        if old.hash == REMOVED {
            return;
        }
        self.fill += 1;
        if self.fill * 5 >= self.mask() * 3 {
            self.resize(self.growth());
        }
    }

    fn growth(&self) -> usize {
        if self.used > 50000 { self.used * 2 } else { self.used * 4 }
    }

    /// Rebuilds the table with more than `min_used` slots.
    fn resize(&mut self, min_used: usize) {
        let mut size = MIN_SIZE;
        while size <= min_used {
            size <<= 1;
        }
        self.generation = self.generation.wrapping_add(1);
        let mut slots = Vec::with_capacity(size);
        slots.resize_with(size, Slot::empty);
        let old = std::mem::replace(&mut self.slots, slots);
        self.fill = self.used;
        for slot in old {
            if let Slot { hash, item: Some(item) } = slot {
                self.insert_clean(hash, item);
            }
        }
    }

    /// Places an item that is absent in a table without removed slots.
    fn insert_clean(&mut self, hash: i64, item: Obj) {
        let mask = self.slots.len() - 1;
        let mut cursor = self.cursor(hash);
        loop {
            let last = if cursor.base + LINEAR_PROBES <= mask { LINEAR_PROBES } else { 0 };
            for at in cursor.base..=cursor.base + last {
                if self.slots[at].is_empty() {
                    self.slots[at] = Slot { hash, item: Some(item) };
                    return;
                }
            }
            cursor.perturb >>= PERTURB_SHIFT;
            cursor.base = cursor.base.wrapping_mul(5).wrapping_add(1).wrapping_add(cursor.perturb as usize) & mask;
        }
    }

    fn reserve_for(&mut self, more: usize) {
        if (self.fill + more) * 5 >= self.mask() * 3 {
            self.resize((self.used + more) * 2);
        }
    }
}

/// A `set` or `frozenset`: two kinds with one structure.
#[repr(C)]
pub struct SetObject {
    header: Header,
    table: UnsafeCell<Table>,
    hash: Cell<i64>,
}

// SAFETY: `repr(C)`, starts with a header, and is the only layout of its kind.
unsafe impl Layout for SetObject {
    const KIND: Kind = Kind::Set;

    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        for slot in &self.table().slots {
            if let Some(item) = &slot.item {
                visit(item);
            }
        }
    }
}

/// The layout of a `frozenset`, which is that of a `set`.
#[repr(transparent)]
pub struct FrozenSetObject(SetObject);

// SAFETY: the same structure as `SetObject`, under the other kind.
unsafe impl Layout for FrozenSetObject {
    const KIND: Kind = Kind::FrozenSet;

    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        self.0.traverse(visit);
    }
}

impl SetObject {
    #[inline(always)]
    fn table(&self) -> &Table {
        // SAFETY: the reference is used within a function of this file, during which nobody changes the table.
        unsafe { &*self.table.get() }
    }

    #[inline(always)]
    #[allow(clippy::mut_from_ref)]
    fn table_mut(&self) -> &mut Table {
        // SAFETY: the reference is used within a function of this file, which runs no code that uses the table.
        unsafe { &mut *self.table.get() }
    }

    /// Number of items.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.table().used
    }

    /// Whether there is no item.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Changes whenever items move.
    pub fn generation(&self) -> u32 {
        self.table().generation
    }

    /// The cached hash of a frozenset; -1 = not computed.
    pub fn cached_hash(&self) -> i64 {
        self.hash.get()
    }

    /// Caches the hash of a frozenset.
    pub fn cache_hash(&self, hash: i64) {
        self.hash.set(hash);
    }

    /// One less than the number of slots.
    pub fn mask(&self) -> usize {
        self.table().mask()
    }

    /// Where the search for a hash begins.
    #[inline(always)]
    pub fn cursor(&self, hash: i64) -> Cursor {
        self.table().cursor(hash)
    }

    /// Goes on with a search.
    #[inline(always)]
    pub fn probe(&self, cursor: &mut Cursor, item: &Obj, hash: i64) -> Probe {
        self.table().probe(cursor, item, hash)
    }

    /// Whether the slot has this very item.
    pub fn item_is(&self, slot: usize, item: &Obj) -> bool {
        self.table().slots.get(slot).and_then(|s| s.item.as_ref()).is_some_and(|k| k.is(item))
    }

    /// Puts an item into the slot that a search named.
    pub fn insert_at(&self, slot: usize, hash: i64, item: Obj) {
        self.table_mut().insert_at(slot, hash, item);
    }

    /// Removes the item of a slot.
    #[must_use]
    pub fn remove_at(&self, slot: usize) -> Option<Obj> {
        let table = self.table_mut();
        let at = table.slots.get_mut(slot)?;
        let item = at.item.take()?;
        at.hash = REMOVED;
        table.used -= 1;
        Some(item)
    }

    /// Removes the item that `set.pop` takes.
    #[must_use]
    pub fn pop(&self) -> Option<Obj> {
        let table = self.table_mut();
        if table.used == 0 {
            return None;
        }
        let mask = table.mask();
        let mut at = table.finger & mask;
        while table.slots[at].item.is_none() {
            at = if at == mask { 0 } else { at + 1 };
        }
        table.finger = at + 1;
        self.remove_at(at)
    }

    /// The first item at or after a slot: slot, hash and item.
    #[inline]
    pub fn next(&self, from: usize) -> Option<(usize, i64, Obj)> {
        let rest = self.table().slots.get(from..)?;
        rest.iter().enumerate().find_map(|(n, slot)| slot.item.clone().map(|item| (from + n, slot.hash, item)))
    }

    /// The items in order.
    pub fn items(&self) -> Vec<Obj> {
        self.entries().into_iter().map(|(_, item)| item).collect()
    }

    /// Hashes and items in order.
    pub fn entries(&self) -> Vec<(i64, Obj)> {
        let mut out = Vec::with_capacity(self.len());
        for slot in &self.table().slots {
            if let Some(item) = &slot.item {
                out.push((slot.hash, item.clone()));
            }
        }
        out
    }

    /// Makes room for `more` items as a merge does.
    pub fn reserve_for(&self, more: usize) {
        self.table_mut().reserve_for(more);
    }

    /// Copies the items of another set into this one when it has never had an item; whether it did.
    pub fn fill_from(&self, other: &SetObject) -> bool {
        if std::ptr::eq(self, other) {
            return true;
        }
        let (to, from) = (self.table_mut(), other.table());
        if from.used == 0 {
            return true;
        }
        if (to.fill + from.used) * 5 >= to.mask() * 3 {
            to.resize((to.used + from.used) * 2);
        }
        if to.fill != 0 {
            return false;
        }
        if to.slots.is_empty() {
            to.slots.resize_with(MIN_SIZE, Slot::empty);
        }
        if to.slots.len() == from.slots.len() && from.fill == from.used {
            for (to, from) in to.slots.iter_mut().zip(&from.slots) {
                if let Some(item) = &from.item {
                    *to = Slot { hash: from.hash, item: Some(item.clone()) };
                }
            }
        } else {
            for slot in &from.slots {
                if let Some(item) = &slot.item {
                    to.insert_clean(slot.hash, item.clone());
                }
            }
        }
        to.fill = from.used;
        to.used = from.used;
        true
    }

    /// Rebuilds the table when more than a quarter of it are removed slots.
    pub fn shed_removed(&self) {
        let table = self.table_mut();
        if table.fill - table.used > table.mask() / 4 {
            table.resize(table.growth());
        }
    }

    /// Empties the set; what it held goes to the caller.
    #[must_use]
    pub fn take(&self) -> Table {
        let table = self.table_mut();
        let generation = table.generation.wrapping_add(1);
        std::mem::replace(table, Table { generation, ..Table::default() })
    }

    /// Exchanges the items of two sets.
    pub fn swap(&self, other: &SetObject) {
        if !std::ptr::eq(self, other) {
            std::mem::swap(self.table_mut(), other.table_mut());
            self.table_mut().generation = self.table().generation.wrapping_add(1);
            other.table_mut().generation = other.table().generation.wrapping_add(1);
        }
    }
}

/// An empty `set`, `frozenset` or instance of a subclass of one.
pub fn with_type(rt: &Rt, ty: &TypeObject) -> Obj {
    let init = |header| SetObject { header, table: UnsafeCell::default(), hash: Cell::new(-1) };
    if ty.kind() == Kind::FrozenSet {
        heap::alloc_object(rt, ty, 0, |header| FrozenSetObject(init(header)))
    } else {
        heap::alloc_object(rt, ty, 0, init)
    }
}

/// An empty set.
pub fn new(rt: &Rt) -> Obj {
    with_type(rt, rt.kind_type(Kind::Set))
}

/// The fields of a `set`, `frozenset` or an instance of a subclass.
#[inline(always)]
pub fn get(obj: &Obj) -> Option<&SetObject> {
    match obj.cast::<SetObject>() {
        Some(set) => Some(set),
        None => obj.cast::<FrozenSetObject>().map(|s| &s.0),
    }
}
