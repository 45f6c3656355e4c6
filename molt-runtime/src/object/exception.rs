//! Exceptions: the fields of `BaseException`. The further attributes of its subclasses live in `extra`.
//!
//! Invariant: `args` is a tuple.

use super::field::ObjCell;
use super::header::{Header, Layout};
use super::types::TypeObject;
use crate::heap;
use crate::runtime::Rt;
use crate::value::Obj;
use molt_abi::layout::Kind;
use std::cell::Cell;

/// Fields of builtin exception types beyond `BaseException`'s: what the most need.
pub const EXTRA: usize = 6;

/// An exception.
#[repr(C)]
pub struct ExceptionObject {
    header: Header,
    /// `args`, a tuple.
    pub args: ObjCell,
    /// `__traceback__`.
    pub traceback: ObjCell,
    /// `__cause__`.
    pub cause: ObjCell,
    /// `__context__`.
    pub context: ObjCell,
    /// `__suppress_context__`.
    pub suppress_context: Cell<bool>,
    /// Fields of the builtin subclass (e.g. `StopIteration.value`), by number.
    pub extra: [ObjCell; EXTRA],
}

// SAFETY: `repr(C)`, starts with a header, and is the only layout of its kind.
unsafe impl Layout for ExceptionObject {
    const KIND: Kind = Kind::Exception;

    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        for field in [&self.args, &self.traceback, &self.cause, &self.context].into_iter().chain(&self.extra) {
            field.traverse(visit);
        }
    }
}

/// A new exception of the type with the arguments.
pub fn new(rt: &Rt, ty: &TypeObject, args: Obj) -> Obj {
    heap::alloc_object(rt, ty, 0, |header| ExceptionObject {
        header,
        args: ObjCell::new(Some(args)),
        traceback: ObjCell::default(),
        cause: ObjCell::default(),
        context: ObjCell::default(),
        suppress_context: Cell::new(false),
        extra: [const { ObjCell::new(None) }; EXTRA],
    })
}

/// The fields of an exception.
#[inline]
pub fn get(obj: &Obj) -> Option<&ExceptionObject> {
    obj.cast::<ExceptionObject>()
}
