//! Heap ints: those beyond 48 bits, and instances of subclasses of `int` of any size.
//!
//! Invariant: an exact `int` that fits 48 bits is an immediate, never a heap object.

use super::header::{Header, Layout};
use super::types::TypeObject;
use crate::heap;
use crate::runtime::Rt;
use crate::types::number::{Int, IntRef};
use crate::value::Obj;
use molt_abi::layout::Kind;
use num_bigint::BigInt;

/// An int on the heap.
#[repr(C)]
pub struct IntObject {
    header: Header,
    /// The value.
    pub value: Int,
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
        None => from_beyond(rt, n),
    }
}

/// An `int`.
#[inline]
pub fn from_int(rt: &Rt, n: Int) -> Obj {
    match n {
        Int::Small(n) => from_i64(rt, n),
        big => with_type(rt, rt.kind_type(Kind::Int), big),
    }
}

/// An `int`.
#[inline]
pub fn from_i128(rt: &Rt, n: i128) -> Obj {
    match i64::try_from(n) {
        Ok(small) => from_i64(rt, small),
        Err(_) => with_type(rt, rt.kind_type(Kind::Int), Int::Wide(n)),
    }
}

/// An `int`.
pub fn from_big(rt: &Rt, n: BigInt) -> Obj {
    from_int(rt, Int::from_big(n))
}

#[inline(never)]
fn from_beyond(rt: &Rt, n: i64) -> Obj {
    with_type(rt, rt.kind_type(Kind::Int), Int::Small(n))
}

/// A heap int of a type; for `int` itself the value must be beyond 48 bits.
#[inline]
pub fn with_type(rt: &Rt, ty: &TypeObject, value: Int) -> Obj {
    heap::alloc_object(rt, ty, 0, |header| IntObject { header, value })
}

/// The value of an exact `int`.
#[inline(always)]
pub fn exact_value(obj: &Obj) -> Option<IntRef<'_>> {
    if let Some(n) = obj.as_small_int() {
        return Some(IntRef::Small(n));
    }
    if obj.is_exact(Kind::Int) { obj.cast::<IntObject>().map(|int| int.value.view()) } else { None }
}

/// The value of an exact `int` that fits two machine words.
#[inline(always)]
pub fn exact_wide(obj: &Obj) -> Option<i128> {
    match exact_value(obj)? {
        IntRef::Small(n) => Some(i128::from(n)),
        IntRef::Wide(n) => Some(n),
        IntRef::Big(_) => None,
    }
}

/// The value of an `int`, a `bool` or an instance of a subclass of `int`.
#[inline]
pub fn value(obj: &Obj) -> Option<IntRef<'_>> {
    if let Some(n) = obj.as_small_int() {
        return Some(IntRef::Small(n));
    }
    match obj.cast::<IntObject>() {
        Some(int) => Some(int.value.view()),
        None => obj.as_bool().map(|b| IntRef::Small(i64::from(b))),
    }
}
