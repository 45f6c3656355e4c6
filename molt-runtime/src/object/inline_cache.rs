//! Inline caches of attribute sites, in the module data. The encoding is that of [`molt_abi::layout::ic`].
//!
//! Invariant: the cached value is one that a namespace of the type's MRO owned when the cache was filled; while the type has that version, it still
//! does.

use super::builtin::BuiltinObject;
use crate::types::spec::MethodDef;
use crate::value::Obj;
use molt_abi::layout::ic;
use std::cell::Cell;
use std::mem::offset_of;

/// One cache.
#[repr(C)]
pub struct InlineCache {
    version: Cell<u64>,
    payload: Cell<u64>,
    value: Cell<u64>,
}

const _: () = {
    assert!(offset_of!(InlineCache, version) == ic::VERSION as usize);
    assert!(offset_of!(InlineCache, payload) == ic::PAYLOAD as usize);
    assert!(offset_of!(InlineCache, value) == ic::CACHED as usize);
    assert!(size_of::<InlineCache>() == molt_abi::layout::module_data::IC_SIZE as usize);
};

impl InlineCache {
    /// The payload, if the cache is for a type of this version.
    #[inline(always)]
    pub fn hit(&self, version: u64) -> Option<u64> {
        (self.version.get() == version && version != 0).then(|| self.payload.get())
    }

    /// The cached value. Only after a hit, for the version that the type has now.
    #[inline(always)]
    pub fn value(&self) -> Obj {
        // SAFETY: after a hit a namespace of the type owns the value, see the invariant.
        unsafe { Obj::clone_word(self.value.get()) }
    }

    /// The cached value as a method of a builtin type: its definition, and the word of the type that defines it. Only after
    /// a hit.
    #[inline(always)]
    pub fn builtin(&self) -> Option<(&'static MethodDef, u64)> {
        let word = self.value.get();
        // SAFETY: as for `value`; the handle is not kept.
        let method = unsafe { Obj::borrow_word_opt(&word) }?.cast::<BuiltinObject>()?;
        Some((method.def, method.owner.word()))
    }

    /// Fills the cache. A type without version is not cached: compiled code compares versions only, and an empty cache has 0.
    pub fn fill(&self, version: u64, payload: u64, value: Option<&Obj>) {
        if version == 0 {
            return;
        }
        self.version.set(version);
        self.payload.set(payload);
        self.value.set(value.map_or(0, Obj::word));
    }
}
