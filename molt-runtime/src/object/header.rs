//! The object header and the `Layout` trait: what every heap object has, and how a structure becomes an object layout.
//!
//! Invariant: for each [`Kind`] there is exactly one type that implements [`Layout`] with it, and every object whose meta
//! word names the kind is laid out as that type. [`for_each_layout!`] lists the pairs; the heap dispatches through it.

use crate::object::types::TypeObject;
use crate::value::Obj;
use molt_abi::layout::{Kind, header};
use std::cell::Cell;

/// The first 16 bytes of every object.
#[repr(C)]
pub struct Header {
    rc: Cell<u32>,
    meta: Cell<u32>,
    ty: Cell<*const TypeObject>,
}

const _: () = {
    assert!(size_of::<Header>() == header::SIZE as usize);
    assert!(std::mem::offset_of!(Header, rc) == header::RC as usize);
    assert!(std::mem::offset_of!(Header, meta) == header::META as usize);
    assert!(std::mem::offset_of!(Header, ty) == header::TYPE as usize);
};

impl Header {
    /// A header with one reference.
    pub(crate) fn new(meta: u32, ty: *const TypeObject) -> Header {
        Header { rc: Cell::new(1), meta: Cell::new(meta), ty: Cell::new(ty) }
    }

    /// The reference count.
    #[inline(always)]
    pub fn rc(&self) -> u32 {
        self.rc.get()
    }

    #[inline(always)]
    pub(crate) fn set_rc(&self, rc: u32) {
        self.rc.set(rc);
    }

    #[inline(always)]
    pub(crate) fn incref(&self) {
        self.rc.set(self.rc.get().wrapping_add(1));
    }

    /// The kind and flags.
    #[inline(always)]
    pub fn meta(&self) -> u32 {
        self.meta.get()
    }

    /// Whether a flag of `meta` is set.
    #[inline(always)]
    pub fn has(&self, flag: u32) -> bool {
        self.meta.get() & flag != 0
    }

    /// Sets flags of `meta`. The kind and [`header::FLAG_SUBCLASS`] are not for the caller to change.
    #[inline(always)]
    pub fn set_flag(&self, flag: u32) {
        debug_assert!(flag & header::EXACT_MASK == 0);
        self.meta.set(self.meta.get() | flag);
    }

    /// Clears flags of `meta`.
    #[inline(always)]
    pub fn clear_flag(&self, flag: u32) {
        debug_assert!(flag & header::EXACT_MASK == 0);
        self.meta.set(self.meta.get() & !flag);
    }

    /// The layout.
    #[inline(always)]
    pub fn kind(&self) -> Kind {
        kind_of_meta(self.meta.get())
    }

    /// The type.
    #[inline(always)]
    pub fn ty(&self) -> &TypeObject {
        // SAFETY: the type pointer is set at allocation, and type objects live as long as their runtime.
        unsafe { &*self.ty.get() }
    }

    pub(crate) fn set_ty(&self, ty: &TypeObject) {
        self.ty.set(ty);
    }
}

fn kind_of_meta(meta: u32) -> Kind {
    let byte = (meta & header::KIND_MASK) as u8;
    debug_assert!(byte >= 1 && (byte as usize) < molt_abi::layout::KIND_COUNT);
    // SAFETY: kinds are the contiguous values 1..KIND_COUNT, and only `Header::new` writes the byte, from a `Kind`.
    unsafe { std::mem::transmute::<u8, Kind>(byte) }
}

/// A structure that is the layout of a kind.
///
/// Dropping the structure in place must release everything it owns, items behind its end included.
///
/// # Safety
/// The implementor is `repr(C)`, starts with a [`Header`], and is the only layout of its kind.
pub unsafe trait Layout: Sized + 'static {
    /// The kind.
    const KIND: Kind;

    /// Bytes of the object, header and in-line items included, without the dict and slots of a subclass.
    fn body_size(&self) -> usize {
        size_of::<Self>()
    }

    /// Calls `visit` with every value the object owns: once per owned reference.
    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        let _ = visit;
    }
}
