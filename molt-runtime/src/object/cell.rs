//! Closure cells: the worked example of a layout.
//!
//! Invariant: the contents are one word, 0 while the variable is unbound.

use super::field::ObjCell;
use super::header::{Header, Layout};
use crate::heap;
use crate::runtime::Rt;
use crate::value::Obj;
use molt_abi::layout::{Kind, cell};

/// A cell.
#[repr(C)]
pub struct CellObject {
    header: Header,
    /// The contents.
    pub value: ObjCell,
}

const _: () = assert!(std::mem::offset_of!(CellObject, value) == cell::VALUE as usize);

// SAFETY: `repr(C)`, starts with a header, and is the only layout of its kind.
unsafe impl Layout for CellObject {
    const KIND: Kind = Kind::Cell;

    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        self.value.traverse(visit);
    }
}

/// A new cell.
pub fn new(rt: &Rt, value: Option<Obj>) -> Obj {
    heap::alloc_object(rt, rt.kind_type(Kind::Cell), 0, |header| CellObject { header, value: ObjCell::new(value) })
}
