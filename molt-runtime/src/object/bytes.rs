//! `bytes`: the data in line.
//!
//! Invariant: immutable after creation, so its data may be borrowed for the life of a handle.

use super::header::{Header, Layout};
use super::types::TypeObject;
use crate::heap;
use crate::runtime::Rt;
use crate::value::Obj;
use molt_abi::layout::Kind;
use std::cell::Cell;

/// A `bytes`; the data follows.
#[repr(C)]
pub struct BytesObject {
    header: Header,
    len: u64,
    /// The cached hash; 0 = not computed.
    pub hash: Cell<i64>,
}

// SAFETY: `repr(C)`, starts with a header, and is the only layout of its kind.
unsafe impl Layout for BytesObject {
    const KIND: Kind = Kind::Bytes;

    fn body_size(&self) -> usize {
        size_of::<BytesObject>() + self.len as usize
    }
}

impl BytesObject {
    /// The data.
    #[inline]
    pub fn data(&self) -> &[u8] {
        // SAFETY: `len` bytes follow the structure, and a `bytes` never changes.
        unsafe { std::slice::from_raw_parts(std::ptr::from_ref(self).add(1).cast::<u8>(), self.len as usize) }
    }
}

/// A `bytes` with the data.
pub fn new(rt: &Rt, data: &[u8]) -> Obj {
    with_type(rt, rt.kind_type(Kind::Bytes), data)
}

/// A `bytes` or an instance of a subclass.
pub fn with_type(rt: &Rt, ty: &TypeObject, data: &[u8]) -> Obj {
    // SAFETY: the tail gets exactly `len` bytes.
    unsafe {
        heap::alloc_with_tail(
            rt,
            ty,
            data.len(),
            |header| BytesObject { header, len: data.len() as u64, hash: Cell::new(0) },
            |tail| std::ptr::copy_nonoverlapping(data.as_ptr(), tail, data.len()),
        )
    }
}

/// The data of a `bytes` or an instance of a subclass; `None` for other objects.
#[inline]
pub fn data(obj: &Obj) -> Option<&[u8]> {
    obj.cast::<BytesObject>().map(BytesObject::data)
}
