//! Builtins without fields of interest to generated code: any Rust structure inside an object of kind `Native`.
//!
//! Invariant: the type's [`NativeVtable`] was made for the structure that the object holds; a payload is reached only
//! after its `TypeId` was compared.

use super::header::{Header, Layout};
use super::types::TypeObject;
use crate::heap;
use crate::runtime::Rt;
use crate::value::Obj;
use molt_abi::layout::Kind;
use std::any::TypeId;

/// A Rust structure that lives in an object. Mutable state goes in `Cell`, `RefCell` or [`super::field::ObjCell`].
pub trait Payload: Sized + 'static {
    /// Calls `visit` with every value the payload owns, once per owned reference.
    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        let _ = visit;
    }

    /// The entry for [`crate::types::spec::TypeSpec::native`].
    const VTABLE: NativeVtable = NativeVtable {
        id: TypeId::of::<Self>(),
        size: size_of::<NativeObject<Self>>(),
        drop: drop_as::<Self>,
        traverse: traverse_as::<Self>,
    };
}

/// What the heap needs to know of a payload.
#[derive(Clone, Copy)]
pub struct NativeVtable {
    id: TypeId,
    size: usize,
    drop: unsafe fn(*mut Header),
    traverse: unsafe fn(*const Header, &mut dyn FnMut(&Obj)),
}

impl NativeVtable {
    /// Whether both are for one payload.
    pub(crate) fn same(&self, other: &NativeVtable) -> bool {
        self.id == other.id
    }
}

#[repr(C)]
struct NativeObject<T> {
    header: Header,
    payload: T,
}

// SAFETY: `repr(C)` with a header first. Several structures share the kind; they are told apart by the vtable, and this
// implementation is used for allocation alone (`cast` is never called with it, being private).
unsafe impl<T: Payload> Layout for NativeObject<T> {
    const KIND: Kind = Kind::Native;
}

unsafe fn drop_as<T>(object: *mut Header) {
    // SAFETY: the caller found this function in the vtable of the object's type.
    unsafe { std::ptr::drop_in_place(object.cast::<NativeObject<T>>()) }
}

unsafe fn traverse_as<T: Payload>(object: *const Header, visit: &mut dyn FnMut(&Obj)) {
    // SAFETY: the caller found this function in the vtable of the object's type.
    unsafe { (*object.cast::<NativeObject<T>>()).payload.traverse(visit) }
}

/// A new object of the type (whose spec names `T`'s vtable) with the payload.
///
/// # Panics
/// When the type was not declared for `T`.
pub fn new<T: Payload>(rt: &Rt, ty: &TypeObject, payload: T) -> Obj {
    assert!(ty.native().is_some_and(|v| v.id == TypeId::of::<T>()), "type {} holds another payload", ty.name_text());
    heap::alloc_object(rt, ty, 0, |header| NativeObject { header, payload })
}

/// The payload of an object, when it is a `T`.
#[inline]
pub fn payload<T: Payload>(obj: &Obj) -> Option<&T> {
    let h = obj.header()?;
    if h.kind() == Kind::Native && h.ty().native()?.id == TypeId::of::<T>() {
        // SAFETY: the vtable says that the object holds a `T`.
        Some(unsafe { &(*std::ptr::from_ref(h).cast::<NativeObject<T>>()).payload })
    } else {
        None
    }
}

/// The payload of `self` in a method, which the method descriptor has checked.
///
/// # Panics
/// When the object is of another type.
#[track_caller]
pub fn expect<T: Payload>(obj: &Obj) -> &T {
    match payload(obj) {
        Some(p) => p,
        None => panic!("expected a {}", std::any::type_name::<T>()),
    }
}

pub(crate) fn body_size(h: &Header) -> usize {
    h.ty().native().map_or(size_of::<Header>(), |v| v.size)
}

/// # Safety
/// The object is being deallocated.
pub(crate) unsafe fn drop_payload(object: *mut Header) {
    // SAFETY: the vtable belongs to the object's type.
    unsafe {
        if let Some(vtable) = (*object).ty().native() {
            (vtable.drop)(object);
        }
    }
}

pub(crate) fn traverse(h: &Header, visit: &mut dyn FnMut(&Obj)) {
    if let Some(vtable) = h.ty().native() {
        // SAFETY: the vtable belongs to the object's type.
        unsafe { (vtable.traverse)(h, visit) }
    }
}
