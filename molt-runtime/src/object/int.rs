//! Heap ints: those beyond 48 bits, and instances of subclasses of `int` of any size.
//!
//! Invariant: an exact `int` that fits 48 bits is an immediate, never a heap object.

use super::header::{Header, Layout};
use super::types::TypeObject;
use crate::heap;
use crate::runtime::Rt;
use crate::value::Obj;
use molt_abi::layout::Kind;
use num_bigint::BigInt;
use num_traits::ToPrimitive;

/// An int on the heap.
#[repr(C)]
pub struct IntObject {
    header: Header,
    /// The value.
    pub value: BigInt,
}

// SAFETY: `repr(C)`, starts with a header, and is the only layout of its kind.
unsafe impl Layout for IntObject {
    const KIND: Kind = Kind::Int;
}

/// An `int`.
#[inline]
pub fn from_i64(rt: &Rt, n: i64) -> Obj {
    match Obj::small_int(n) {
        Some(small) => small,
        None => with_type(rt, rt.kind_type(Kind::Int), BigInt::from(n)),
    }
}

/// An `int`.
pub fn from_big(rt: &Rt, n: BigInt) -> Obj {
    match n.to_i64().and_then(Obj::small_int) {
        Some(small) => small,
        None => with_type(rt, rt.kind_type(Kind::Int), n),
    }
}

/// A heap int of a type; for `int` itself the value must be beyond 48 bits.
pub fn with_type(rt: &Rt, ty: &TypeObject, value: BigInt) -> Obj {
    heap::alloc_object(rt, ty, 0, |header| IntObject { header, value })
}
