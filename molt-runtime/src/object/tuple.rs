//! `tuple`: items in line.
//!
//! Invariant: immutable after creation, so its items may be borrowed for the life of a handle.

use super::header::{Header, Layout};
use super::types::TypeObject;
use crate::heap;
use crate::runtime::Rt;
use crate::value::Obj;
use molt_abi::layout::{Kind, tuple};

/// A tuple; the items follow.
#[repr(C)]
pub struct TupleObject {
    header: Header,
    len: u64,
}

const _: () = {
    assert!(std::mem::offset_of!(TupleObject, len) == tuple::LEN as usize);
    assert!(size_of::<TupleObject>() == tuple::ITEMS as usize);
};

// SAFETY: `repr(C)`, starts with a header, and is the only layout of its kind.
unsafe impl Layout for TupleObject {
    const KIND: Kind = Kind::Tuple;

    fn body_size(&self) -> usize {
        size_of::<TupleObject>() + 8 * self.len as usize
    }

    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        self.items().iter().for_each(visit);
    }
}

impl TupleObject {
    /// The items.
    #[inline]
    pub fn items(&self) -> &[Obj] {
        // SAFETY: `len` owned values follow the structure, and a tuple never changes.
        unsafe { std::slice::from_raw_parts(std::ptr::from_ref(self).add(1).cast::<Obj>(), self.len as usize) }
    }
}

impl Drop for TupleObject {
    fn drop(&mut self) {
        // SAFETY: the items are owned by the tuple and not used after it.
        unsafe {
            let items = std::ptr::from_mut(self).add(1).cast::<Obj>();
            // From the last to the first, as CPython does: finalisers show the order.
            for n in (0..self.len as usize).rev() {
                std::ptr::drop_in_place(items.add(n));
            }
        }
    }
}

/// A tuple of the items; the one empty tuple for none.
pub fn new(rt: &Rt, items: Vec<Obj>) -> Obj {
    if items.is_empty() {
        return rt.empty_tuple();
    }
    with_type(rt, rt.kind_type(Kind::Tuple), items)
}

/// A tuple of clones of the items.
pub fn from_slice(rt: &Rt, items: &[Obj]) -> Obj {
    new(rt, items.to_vec())
}

/// A tuple of owned words.
///
/// # Safety
/// Each word is a value and the caller owns a reference to it, which moves into the tuple.
#[inline]
pub unsafe fn from_words(rt: &Rt, words: &[u64]) -> Obj {
    if words.is_empty() {
        return rt.empty_tuple();
    }
    let len = words.len();
    // SAFETY: the tail gets exactly `len` owned values.
    unsafe {
        heap::alloc_with_tail(
            rt,
            rt.kind_type(Kind::Tuple),
            8 * len,
            |header| TupleObject { header, len: len as u64 },
            |tail| {
                for (n, word) in words.iter().enumerate() {
                    tail.cast::<u64>().add(n).write(*word);
                }
            },
        )
    }
}

/// A tuple of two items.
#[inline]
pub fn pair(rt: &Rt, a: Obj, b: Obj) -> Obj {
    let ty = rt.kind_type(Kind::Tuple);
    // SAFETY: the tail gets exactly two owned values.
    unsafe {
        heap::alloc_with_tail(
            rt,
            ty,
            16,
            |header| TupleObject { header, len: 2 },
            |tail| tail.cast::<[Obj; 2]>().write([a, b]),
        )
    }
}

/// Gives a tuple of two items new ones, if nobody else has it: a tuple that was only made to be unpacked serves again.
#[inline]
pub fn refill_pair(pair: Obj, a: Obj, b: Obj) -> Result<Obj, (Obj, Obj)> {
    match pair.cast::<TupleObject>() {
        Some(tuple) if tuple.header.rc() == 1 && tuple.len == 2 => {
            let items = std::ptr::from_ref(tuple).wrapping_add(1).cast::<Obj>().cast_mut();
            // SAFETY: two owned values follow the structure, and the only handle is ours, so nobody borrows them.
            drop(unsafe { std::ptr::replace(items.cast::<[Obj; 2]>(), [a, b]) });
            Ok(pair)
        }
        _ => Err((a, b)),
    }
}

/// A tuple of a subclass.
pub fn with_type(rt: &Rt, ty: &TypeObject, items: Vec<Obj>) -> Obj {
    let len = items.len();
    // SAFETY: the tail gets exactly `len` owned values, moved out of the vector.
    unsafe {
        heap::alloc_with_tail(
            rt,
            ty,
            8 * len,
            |header| TupleObject { header, len: len as u64 },
            |tail| {
                let mut items = std::mem::ManuallyDrop::new(items);
                std::ptr::copy_nonoverlapping(items.as_ptr(), tail.cast::<Obj>(), len);
                drop(Vec::from_raw_parts(items.as_mut_ptr(), 0, items.capacity()));
            },
        )
    }
}

/// The items of a tuple or an instance of a subclass; `None` for other objects.
#[inline]
pub fn items(obj: &Obj) -> Option<&[Obj]> {
    obj.cast::<TupleObject>().map(TupleObject::items)
}
