//! Bound methods.
//!
//! Invariant: function and receiver never change.

use super::header::{Header, Layout};
use crate::heap;
use crate::runtime::Rt;
use crate::value::Obj;
use molt_abi::layout::{Kind, bound_method};
use std::mem::offset_of;

/// A bound method.
#[repr(C)]
pub struct MethodObject {
    header: Header,
    /// The function.
    pub func: Obj,
    /// The receiver.
    pub receiver: Obj,
}

const _: () = {
    assert!(offset_of!(MethodObject, func) == bound_method::FUNC as usize);
    assert!(offset_of!(MethodObject, receiver) == bound_method::SELF as usize);
};

// SAFETY: `repr(C)`, starts with a header, and is the only layout of its kind.
unsafe impl Layout for MethodObject {
    const KIND: Kind = Kind::BoundMethod;

    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        visit(&self.func);
        visit(&self.receiver);
    }
}

/// A method.
pub fn new(rt: &Rt, func: Obj, receiver: Obj) -> Obj {
    heap::alloc_object(rt, rt.kind_type(Kind::BoundMethod), 0, |header| MethodObject { header, func, receiver })
}
