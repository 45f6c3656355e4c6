//! Tracebacks: one object per frame an exception passed, the outermost first.
//!
//! Invariant: `code` and `data` are of the running program and outlive the object.

use super::descs;
use super::field::ObjCell;
use super::header::{Header, Layout};
use super::module::Data;
use crate::heap;
use crate::runtime::Rt;
use crate::value::Obj;
use molt_abi::desc::{CodeDesc, Position};
use molt_abi::layout::Kind;
use std::cell::Cell;

/// Bit of a position index: the exception came from reading the method of a method call, not from the call.
pub const METHOD_LOAD: u32 = 1 << 31;

/// A traceback.
#[repr(C)]
pub struct TracebackObject {
    header: Header,
    /// `tb_next`: towards the frame that raised.
    pub next: ObjCell,
    code: &'static CodeDesc,
    data: Data,
    position: Cell<u32>,
}

// SAFETY: `repr(C)`, starts with a header, and is the only layout of its kind.
unsafe impl Layout for TracebackObject {
    const KIND: Kind = Kind::Traceback;

    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        self.next.traverse(visit);
    }
}

/// A traceback of a frame, in front of `next`.
pub fn new(rt: &Rt, data: Data, code: &'static CodeDesc, position: u32, next: Option<Obj>) -> Obj {
    heap::alloc_object(rt, rt.kind_type(Kind::Traceback), 0, |header| TracebackObject {
        header,
        next: ObjCell::new(next),
        code,
        data,
        position: Cell::new(position),
    })
}

/// The fields of a traceback.
pub fn get(obj: &Obj) -> Option<&TracebackObject> {
    obj.cast::<TracebackObject>()
}

impl TracebackObject {
    /// The code descriptor.
    pub fn code(&self) -> &'static CodeDesc {
        self.code
    }

    /// The data block of the code's module.
    pub fn data(&self) -> Data {
        self.data
    }

    /// The source range; the code's first line when the position is not known.
    pub fn position(&self) -> Position {
        let first = self.code.first_line;
        let unknown = Position { line: first, end_line: first, col: 0, end_col: 0, op_col: 0, op_end: 0 };
        let (index, load) = (self.position.get() & !METHOD_LOAD, self.position.get() & METHOD_LOAD != 0);
        descs::positions(self.code).get(index as usize).copied().unwrap_or(unknown).resolve(load)
    }
}
