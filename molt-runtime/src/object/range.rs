//! `range`: start, stop, step and length as Python ints, with a machine form for the common case.
//!
//! Invariant: immutable; `machine` is present exactly when start, step, every value and the length fit `i64`.

use super::header::{Header, Layout};
use crate::heap;
use crate::runtime::Rt;
use crate::value::Obj;
use molt_abi::layout::Kind;

/// A range of machine ints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Machine {
    /// The first value.
    pub start: i64,
    /// The step, not 0.
    pub step: i64,
    /// Number of values.
    pub len: u64,
}

impl Machine {
    /// The value at an index below the length.
    pub fn at(self, n: u64) -> i64 {
        self.start.wrapping_add(self.step.wrapping_mul(n as i64))
    }
}

/// A range.
#[repr(C)]
pub struct RangeObject {
    header: Header,
    /// `start`
    pub start: Obj,
    /// `stop`
    pub stop: Obj,
    /// `step`
    pub step: Obj,
    /// The length, an int.
    pub length: Obj,
    /// The machine form.
    pub machine: Option<Machine>,
}

// SAFETY: `repr(C)`, starts with a header, and is the only layout of its kind.
unsafe impl Layout for RangeObject {
    const KIND: Kind = Kind::Range;

    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        [&self.start, &self.stop, &self.step, &self.length].into_iter().for_each(visit);
    }
}

/// A range of the parts.
pub fn new(rt: &Rt, start: Obj, stop: Obj, step: Obj, length: Obj, machine: Option<Machine>) -> Obj {
    heap::alloc_object(rt, rt.kind_type(Kind::Range), 0, |header| RangeObject {
        header,
        start,
        stop,
        step,
        length,
        machine,
    })
}
