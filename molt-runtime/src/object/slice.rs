//! `slice`: three values.
//!
//! Invariant: immutable after creation.

use super::header::{Header, Layout};
use crate::heap;
use crate::runtime::Rt;
use crate::value::Obj;
use molt_abi::layout::Kind;

/// A slice.
#[repr(C)]
pub struct SliceObject {
    header: Header,
    /// `start`
    pub start: Obj,
    /// `stop`
    pub stop: Obj,
    /// `step`
    pub step: Obj,
}

// SAFETY: `repr(C)`, starts with a header, and is the only layout of its kind.
unsafe impl Layout for SliceObject {
    const KIND: Kind = Kind::Slice;

    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        [&self.start, &self.stop, &self.step].into_iter().for_each(visit);
    }
}

/// A slice of the parts.
pub fn new(rt: &Rt, start: Obj, stop: Obj, step: Obj) -> Obj {
    heap::alloc_object(rt, rt.kind_type(Kind::Slice), 0, |header| SliceObject { header, start, stop, step })
}
