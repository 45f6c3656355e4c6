//! `ObjCell`: a field of an object that holds a value or nothing.
//!
//! Invariant: one word, 0 when empty, so that generated code may read it at its offset.

use crate::value::Obj;
use std::cell::Cell;

/// An owned value or nothing, with interior mutability.
#[repr(transparent)]
#[derive(Default)]
pub struct ObjCell(Cell<Option<Obj>>);

impl ObjCell {
    /// A field with a value.
    pub const fn new(value: Option<Obj>) -> ObjCell {
        ObjCell(Cell::new(value))
    }

    /// A new handle on the value.
    #[inline(always)]
    pub fn get(&self) -> Option<Obj> {
        // SAFETY: a clone touches a reference count and nothing else, so the field does not change meanwhile.
        unsafe { (*self.0.as_ptr()).clone() }
    }

    /// The word, 0 when empty; for identity tests.
    #[inline(always)]
    pub fn word(&self) -> u64 {
        // SAFETY: the word is read and nothing else.
        unsafe { (*self.0.as_ptr()).as_ref().map_or(0, Obj::word) }
    }

    /// Whether the field is empty.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.word() == 0
    }

    /// Stores a value; the old one is released after the store, since its release may run Python code.
    #[inline(always)]
    pub fn set(&self, value: Option<Obj>) {
        drop(self.0.replace(value));
    }

    /// Stores a value and gives the old one.
    #[inline(always)]
    pub fn replace(&self, value: Option<Obj>) -> Option<Obj> {
        self.0.replace(value)
    }

    /// Empties the field.
    #[inline(always)]
    pub fn take(&self) -> Option<Obj> {
        self.0.take()
    }

    /// Calls `visit` with the value, for `traverse`.
    pub fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        let value = self.0.take();
        if let Some(v) = &value {
            visit(v);
        }
        std::mem::forget(self.0.replace(value));
    }
}
