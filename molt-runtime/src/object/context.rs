//! The execution context: the part of a runtime that generated code reads and writes at fixed offsets.
//!
//! Invariant: field offsets are those of `molt_abi::layout::ctx`.

use super::field::ObjCell;
use super::types::TypeObject;
use molt_abi::layout::ctx;
use std::cell::Cell;
use std::ptr;
use std::sync::atomic::AtomicU32;

/// Number of entries of the table of types by kind; indices beyond the kinds are [`super::types::core_type`].
pub const TYPE_SLOTS: usize = 64;

/// The first argument of all generated code points here.
#[repr(C)]
pub struct Context {
    pub(crate) exc: ObjCell,
    pub(crate) handled: ObjCell,
    pub(crate) modules: Cell<*const u64>,
    pub(crate) stack_limit: Cell<u64>,
    pub(crate) poll: AtomicU32,
    reserved: u32,
    pub(crate) known_builtins: Cell<*const u64>,
    pub(crate) stop_value: ObjCell,
    reserved2: u64,
    pub(crate) free: [Cell<*mut u8>; ctx::MAX_CLASS as usize + 1],
    pub(crate) types: [Cell<*const TypeObject>; TYPE_SLOTS],
}

const _: () = {
    use std::mem::offset_of;
    assert!(offset_of!(Context, exc) == ctx::EXC as usize);
    assert!(offset_of!(Context, handled) == ctx::HANDLED as usize);
    assert!(offset_of!(Context, modules) == ctx::MODULES as usize);
    assert!(offset_of!(Context, stack_limit) == ctx::STACK_LIMIT as usize);
    assert!(offset_of!(Context, poll) == ctx::POLL as usize);
    assert!(offset_of!(Context, known_builtins) == ctx::KNOWN_BUILTINS as usize);
    assert!(offset_of!(Context, stop_value) == ctx::STOP_VALUE as usize);
    assert!(offset_of!(Context, free) == ctx::FREE as usize);
    assert!(offset_of!(Context, types) == ctx::TYPES as usize);
    assert!(size_of::<Context>() == ctx::SIZE as usize);
};

impl Context {
    pub(crate) fn new() -> Context {
        Context {
            exc: ObjCell::default(),
            handled: ObjCell::default(),
            modules: Cell::new(ptr::null()),
            stack_limit: Cell::new(0),
            poll: AtomicU32::new(0),
            reserved: 0,
            known_builtins: Cell::new(ptr::null()),
            stop_value: ObjCell::default(),
            reserved2: 0,
            free: [const { Cell::new(ptr::null_mut()) }; ctx::MAX_CLASS as usize + 1],
            types: [const { Cell::new(ptr::null()) }; TYPE_SLOTS],
        }
    }

    /// A builtin type by its position in the table.
    #[inline(always)]
    pub(crate) fn type_at(&self, index: usize) -> &TypeObject {
        // SAFETY: the table is filled when the runtime is made, with types that live as long as it.
        unsafe { &*self.types[index].get() }
    }
}
