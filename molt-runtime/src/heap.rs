//! The heap of a runtime: size-class pages with free lists in the context, large objects apart, deallocation.
//!
//! Invariants: a free cell has reference count 0, so that pages can be walked; the link of a free list is at offset 8;
//! a page starts at a multiple of its size and names its class in its first word; deallocation never recurses deeper than
//! [`MAX_DEPTH`], objects beyond are put off until the outermost deallocation returns.
//!
//! With the feature `system-alloc` every object is an allocation of its own, so that AddressSanitizer and valgrind see it.

use crate::object::for_each_layout;
use crate::object::header::{Header, Layout};
use crate::object::native;
use crate::object::types::TypeObject;
use crate::runtime::Rt;
use crate::value::Obj;
use molt_abi::layout::{Kind, ctx, header};
use std::alloc::{Layout as Memory, alloc, dealloc as release, handle_alloc_error};
use std::cell::{Cell, RefCell};
use std::ptr::{self, NonNull};

const PAGE: usize = 32 * 1024;
const PAGE_HEADER: usize = 16;
/// Cells are multiples of this many bytes, and aligned to it.
const GRAIN: usize = 16;
/// Nested deallocations before objects are put off.
const MAX_DEPTH: u32 = 100;
/// The reference count of every object while the runtime is torn down: nothing reaches 0 any more.
const PINNED: u32 = 1 << 31;

/// In front of an object that has no page.
#[repr(C, align(16))]
struct Large {
    prev: Cell<*mut Large>,
    next: Cell<*mut Large>,
    size: usize,
}

/// The private part of a runtime's heap; the free lists are in the context.
#[derive(Default)]
pub struct Heap {
    pages: RefCell<Vec<NonNull<u8>>>,
    large: Cell<Option<NonNull<Large>>>,
    deferred: RefCell<Vec<*mut Header>>,
    /// Whether `deferred` has objects: one load for the deallocations that put nothing off.
    has_deferred: Cell<bool>,
    depth: Cell<u32>,
    torn: Cell<bool>,
}

/// Allocates an object of `ty` with the layout `T` and `tail` further bytes in line.
///
/// The dict and slots that `ty` adds to the layout follow the tail and are empty.
#[inline]
pub fn alloc_object<T: Layout>(rt: &Rt, ty: &TypeObject, tail: usize, init: impl FnOnce(Header) -> T) -> Obj {
    // SAFETY: the tail is not read by `T` before `init_tail` fills it; `T` has no tail when `tail` is 0.
    unsafe { alloc_with_tail(rt, ty, tail, init, |_| {}) }
}

/// As [`alloc_object`]; `init_tail` gets the first byte behind the structure.
///
/// # Safety
/// `init_tail` writes the tail as far as `T`'s accessors and drop read it, and does not use the runtime.
#[inline]
pub unsafe fn alloc_with_tail<T: Layout>(
    rt: &Rt,
    ty: &TypeObject,
    tail: usize,
    init: impl FnOnce(Header) -> T,
    init_tail: impl FnOnce(*mut u8),
) -> Obj {
    debug_assert_eq!(ty.kind(), T::KIND);
    let ext_at = (size_of::<T>() + tail).next_multiple_of(8);
    let ext_words = ty.ext_words();
    let size = ext_at + 8 * ext_words;
    let (cell, flag) = alloc_cell(rt, size);
    let object = Header::new(T::KIND as u32 | ty.meta_flags() | flag, ty);
    // SAFETY: the cell has `size` bytes, is 16-byte aligned and nobody else knows it.
    unsafe {
        cell.cast::<T>().write(init(object));
        init_tail(cell.add(size_of::<T>()));
        // A handful of words, mostly none: a loop, since a call of `memset` would cost more than the rest.
        let ext = cell.add(ext_at).cast::<u64>();
        for n in 0..ext_words {
            ptr::write_volatile(ext.add(n), 0);
        }
        if ty.is_heap_type() {
            ty.header().incref();
        }
        Obj::from_word(cell as u64)
    }
}

/// Makes the type `type`, whose type is itself.
pub(crate) fn alloc_first_type(rt: &Rt, init: impl FnOnce(Header) -> TypeObject) -> Obj {
    let (cell, flag) = alloc_cell(rt, size_of::<TypeObject>());
    let ty = cell.cast::<TypeObject>();
    // SAFETY: the cell is large enough and fresh; the header's type is the object itself, as for `type` it must be.
    unsafe {
        ty.write(init(Header::new(Kind::Type as u32 | flag, ty)));
        Obj::from_word(cell as u64)
    }
}

/// Takes a cell of at least `size` bytes. The second result is the meta flag of large cells.
#[inline]
fn alloc_cell(rt: &Rt, size: usize) -> (*mut u8, u32) {
    let class = size.div_ceil(GRAIN);
    if cfg!(feature = "system-alloc") || class > ctx::MAX_CLASS as usize {
        return (alloc_large(rt, size), header::FLAG_LARGE);
    }
    let free = &rt.ctx().free[class];
    if free.get().is_null() {
        new_page(rt, class);
    }
    let cell = free.get();
    // SAFETY: the head of a free list is a free cell, which holds the next one at offset 8.
    free.set(unsafe { cell.add(8).cast::<*mut u8>().read() });
    (cell, 0)
}

/// The bytes that the cell of an object holds, its header included: what it may grow to in place.
pub(crate) fn capacity(object: &Header) -> usize {
    let at = ptr::from_ref(object);
    if object.has(header::FLAG_LARGE) {
        // SAFETY: a large object stands behind its block header.
        return unsafe { (*at.cast::<Large>().sub(1)).size };
    }
    let page = at.map_addr(|a| a & !(PAGE - 1)).cast::<u64>();
    // SAFETY: any other object lies in a page, whose first word is its class.
    unsafe { page.read() as usize * GRAIN }
}

#[cold]
#[inline(never)]
fn new_page(rt: &Rt, class: usize) {
    let memory = page_memory();
    let size = class * GRAIN;
    // SAFETY: the page is fresh memory of PAGE bytes; all cells lie inside it.
    unsafe {
        let page = alloc(memory);
        let Some(page) = NonNull::new(page) else { handle_alloc_error(memory) };
        rt.heap().pages.borrow_mut().push(page);
        let page = page.as_ptr();
        page.cast::<u64>().write(class as u64);
        let count = (PAGE - PAGE_HEADER) / size;
        let mut next = rt.ctx().free[class].get();
        for n in (0..count).rev() {
            let cell = page.add(PAGE_HEADER + n * size);
            cell.cast::<u64>().write(0);
            cell.add(8).cast::<*mut u8>().write(next);
            next = cell;
        }
        rt.ctx().free[class].set(next);
    }
}

fn page_memory() -> Memory {
    const { assert!(PAGE.is_power_of_two()) };
    // SAFETY: the size is not 0 and the alignment is a power of two.
    unsafe { Memory::from_size_align_unchecked(PAGE, PAGE) }
}

fn large_memory(size: usize) -> Memory {
    match Memory::from_size_align(size_of::<Large>() + size, GRAIN) {
        Ok(memory) => memory,
        Err(_) => panic!("object of {size} bytes"),
    }
}

#[inline(never)]
fn alloc_large(rt: &Rt, size: usize) -> *mut u8 {
    let memory = large_memory(size);
    // SAFETY: the memory is fresh; the list's neighbours are live large objects of this runtime.
    unsafe {
        let Some(block) = NonNull::new(alloc(memory).cast::<Large>()) else { handle_alloc_error(memory) };
        let first = rt.heap().large.replace(Some(block));
        let next = first.map_or(ptr::null_mut(), NonNull::as_ptr);
        block.write(Large { prev: Cell::new(ptr::null_mut()), next: Cell::new(next), size });
        if let Some(first) = first {
            first.as_ref().prev.set(block.as_ptr());
        }
        block.as_ptr().add(1).cast::<u8>()
    }
}

/// # Safety
/// The cell's object is dropped and nobody refers to it.
#[inline(always)]
unsafe fn free_cell(rt: &Rt, object: *mut Header, flags: u32) {
    // SAFETY: as promised by the caller; a cell without the large flag lies in a page of this heap.
    unsafe {
        if flags & header::FLAG_LARGE != 0 {
            free_large(rt, object);
        } else {
            let page = object.map_addr(|a| a & !(PAGE - 1)).cast::<u64>();
            let free = rt.ctx().free.get_unchecked(page.read() as usize);
            object.cast::<u64>().write(0);
            object.cast::<u8>().add(8).cast::<*mut u8>().write(free.get());
            free.set(object.cast::<u8>());
        }
    }
}

/// # Safety
/// As [`free_cell`], for an object that has an allocation of its own.
#[inline(never)]
unsafe fn free_large(rt: &Rt, object: *mut Header) {
    // SAFETY: as promised by the caller; the neighbours in the list are live blocks.
    unsafe {
        let block = object.cast::<Large>().sub(1);
        let (prev, next) = ((*block).prev.get(), (*block).next.get());
        match NonNull::new(prev) {
            Some(prev) => prev.as_ref().next.set(next),
            None => rt.heap().large.set(NonNull::new(next)),
        }
        if let Some(next) = NonNull::new(next) {
            next.as_ref().prev.set(prev);
        }
        release(block.cast::<u8>(), large_memory((*block).size));
    }
}

/// Gives up one reference.
///
/// # Safety
/// The caller owns a reference to the live object, and gives it up.
#[inline(always)]
pub unsafe fn decref(object: *mut Header) {
    // SAFETY: the object is alive until its count is 0.
    unsafe {
        let rc = (*object).rc() - 1;
        (*object).set_rc(rc);
        if rc == 0 {
            dealloc(object);
        }
    }
}

/// Deallocates an object whose count has reached 0.
///
/// # Safety
/// The object is live memory, its count is 0 and nobody refers to it.
#[inline(never)]
pub unsafe fn dealloc(object: *mut Header) {
    // Flags that ask for more than giving the cell back.
    const ATTENTION: u32 =
        header::EXACT_MASK | header::FLAG_WEAKREF | header::FLAG_LARGE | header::FLAG_INTERNED | header::FLAG_FINALIZED;
    const STR: u32 = Kind::Str as u32;
    const INT: u32 = Kind::Int as u32;
    const RANGE_ITER: u32 = Kind::RangeIter as u32;
    // SAFETY: the object is still intact, so its type and through it the runtime can be reached. Exact objects of these
    // kinds refer to no other object: nothing else is released, and no code runs.
    unsafe {
        let rt = (*object).ty().rt();
        match (*object).meta() & ATTENTION {
            STR | RANGE_ITER => free_cell(rt, object, 0),
            INT => {
                ptr::drop_in_place(object.cast::<crate::object::int::IntObject>());
                free_cell(rt, object, 0);
            }
            SLICE if plain_slice(object) => free_cell(rt, object, 0),
            _ => dealloc_nested(rt, object),
        }
    }
}

/// # Safety
/// The object is an exact slice.
#[inline(always)]
unsafe fn plain_slice(object: *mut Header) -> bool {
    // SAFETY: as promised by the caller.
    let slice = unsafe { &*object.cast::<crate::object::slice::SliceObject>() };
    !slice.start.is_pointer() && !slice.stop.is_pointer() && !slice.step.is_pointer()
}

/// # Safety
/// As [`dealloc`].
#[inline]
unsafe fn dealloc_nested(rt: &Rt, object: *mut Header) {
    let heap = rt.heap();
    let depth = heap.depth.get();
    if depth >= MAX_DEPTH {
        heap.defer(object);
        return;
    }
    heap.depth.set(depth + 1);
    // SAFETY: as promised by the caller; deferred objects have been promised by the callers that put them off.
    unsafe {
        dealloc_now(rt, object);
        if depth == 0 && heap.has_deferred.get() {
            while let Some(next) = heap.next_deferred() {
                dealloc_now(rt, next);
            }
        }
    }
    heap.depth.set(depth);
}

/// # Safety
/// As [`dealloc`].
unsafe fn dealloc_now(rt: &Rt, object: *mut Header) {
    // SAFETY: the object is intact until `drop_fields`, and its type is kept alive by it or by the runtime.
    unsafe {
        let flags = (*object).meta();
        match flags & (header::EXACT_MASK | header::FLAG_WEAKREF) {
            // The types of these add nothing to the layout, and have no finaliser.
            TUPLE => ptr::drop_in_place(object.cast::<crate::object::tuple::TupleObject>()),
            LIST => ptr::drop_in_place(object.cast::<crate::object::list::ListObject>()),
            DICT => ptr::drop_in_place(object.cast::<crate::object::dict::DictObject>()),
            SLICE => ptr::drop_in_place(object.cast::<crate::object::slice::SliceObject>()),
            LIST_ITER => ptr::drop_in_place(object.cast::<crate::object::seq_iter::ListIterObject>()),
            TUPLE_ITER => ptr::drop_in_place(object.cast::<crate::object::seq_iter::TupleIterObject>()),
            GENERATOR | COROUTINE if ended(object) => {
                ptr::drop_in_place(object.cast::<crate::object::generator::GeneratorObject>());
            }
            _ => return dealloc_any(rt, object),
        }
        free_cell(rt, object, flags);
    }
}

const TUPLE: u32 = Kind::Tuple as u32;
const LIST: u32 = Kind::List as u32;
const DICT: u32 = Kind::Dict as u32;
const SLICE: u32 = Kind::Slice as u32;
const GENERATOR: u32 = Kind::Generator as u32;
const COROUTINE: u32 = Kind::Coroutine as u32;
const LIST_ITER: u32 = Kind::ListIter as u32;
const TUPLE_ITER: u32 = Kind::TupleIter as u32;

/// Whether a generator or coroutine ran to its end: it needs no finaliser.
///
/// # Safety
/// The object is one of those, which have one layout.
#[inline(always)]
unsafe fn ended(object: *mut Header) -> bool {
    // SAFETY: as promised by the caller.
    unsafe { (*object.cast::<crate::object::generator::GeneratorObject>()).is_finished() }
}

/// # Safety
/// As [`dealloc`].
unsafe fn dealloc_any(rt: &Rt, object: *mut Header) {
    // SAFETY: as above.
    unsafe {
        let h = &*object;
        let ty = std::ptr::from_ref(h.ty());
        if let Some(del) = (*ty).slots.del.get()
            && !h.has(header::FLAG_FINALIZED)
        {
            h.set_rc(1);
            h.set_flag(header::FLAG_FINALIZED);
            let handle = Obj::from_word(object as u64);
            crate::ops::finalize::run(rt, &handle, del);
            std::mem::forget(handle);
            h.set_rc(h.rc() - 1);
            if h.rc() != 0 {
                // The finaliser stored the object somewhere: it lives on, and is not finalised again (PEP 442).
                return;
            }
        }
        if h.has(header::FLAG_WEAKREF) {
            crate::ops::weakref::clear(rt, object as u64);
        }
        let flags = h.meta();
        if (*ty).ext_words() != 0 {
            drop_ext(object);
        }
        drop_fields(object);
        free_cell(rt, object, flags);
        if (*ty).is_heap_type() {
            decref(ty.cast::<Header>().cast_mut());
        }
    }
}

/// Offset of the dict word that the type adds to the layout; the slots follow it.
pub fn ext_offset(h: &Header) -> usize {
    let object = ptr::from_ref(h);
    macro_rules! size {
        ($($kind:ident => $layout:ty),* $(,)?) => {
            match h.kind() {
                // SAFETY: the kind names the layout.
                $(Kind::$kind => unsafe { (*object.cast::<$layout>()).body_size() },)*
                _ => native::body_size(h),
            }
        };
    }
    for_each_layout!(size).next_multiple_of(8)
}

/// Releases the dict and slots behind the layout.
///
/// # Safety
/// The object is being deallocated.
unsafe fn drop_ext(object: *mut Header) {
    // SAFETY: an object of a type with `ext_words` has that many words at its extension offset, each 0 or an owned value.
    unsafe {
        let words = (*object).ty().ext_words();
        if words != 0 {
            let ext = object.cast::<u8>().add(ext_offset(&*object)).cast::<Option<Obj>>();
            for n in 0..words {
                drop(ptr::replace(ext.add(n), None));
            }
        }
    }
}

/// # Safety
/// The object is being deallocated; its fields are not used afterwards.
unsafe fn drop_fields(object: *mut Header) {
    macro_rules! drop_as {
        ($($kind:ident => $layout:ty),* $(,)?) => {
            // SAFETY: the kind names the layout.
            unsafe {
                match (*object).kind() {
                    $(Kind::$kind => ptr::drop_in_place(object.cast::<$layout>()),)*
                    _ => native::drop_payload(object),
                }
            }
        };
    }
    for_each_layout!(drop_as);
}

/// Calls `visit` with every value the object owns, its type excepted.
pub fn traverse(object: &Obj, visit: &mut dyn FnMut(&Obj)) {
    let Some(h) = object.header() else { return };
    let at = ptr::from_ref(h);
    macro_rules! visit_as {
        ($($kind:ident => $layout:ty),* $(,)?) => {
            match h.kind() {
                // SAFETY: the kind names the layout.
                $(Kind::$kind => unsafe { (*at.cast::<$layout>()).traverse(visit) },)*
                _ => native::traverse(h, visit),
            }
        };
    }
    for_each_layout!(visit_as);
    let words = h.ty().ext_words();
    if words != 0 {
        // SAFETY: as in `drop_ext`; the words are copied out before `visit` may change anything.
        let ext = unsafe { at.cast::<u8>().add(ext_offset(h)).cast::<u64>() };
        for n in 0..words {
            // SAFETY: `n` is within the extension.
            let word = unsafe { ext.add(n).read() };
            // SAFETY: the word is owned by the object, which is alive.
            if let Some(value) = unsafe { Obj::borrow_word_opt(&word) } {
                visit(value);
            }
        }
    }
}

impl Heap {
    /// Whether the runtime is being torn down: objects are dropped in no particular order.
    pub(crate) fn is_torn(&self) -> bool {
        self.torn.get()
    }

    #[cold]
    fn defer(&self, object: *mut Header) {
        self.deferred.borrow_mut().push(object);
        self.has_deferred.set(true);
    }

    #[cold]
    fn next_deferred(&self) -> Option<*mut Header> {
        let next = self.deferred.borrow_mut().pop();
        self.has_deferred.set(next.is_some());
        next
    }

    /// Calls `visit` with every live object.
    pub(crate) fn walk(&self, rt: &Rt, visit: &mut dyn FnMut(&Obj)) {
        for object in self.objects(rt) {
            let word = object as u64;
            // SAFETY: `objects` lists live objects; the count is read again since `visit` may have freed one.
            unsafe {
                if (*object).rc() != 0 {
                    visit(Obj::borrow_word(&word));
                }
            }
        }
    }

    fn objects(&self, _rt: &Rt) -> Vec<*mut Header> {
        let mut found = Vec::new();
        // SAFETY: every page is laid out by `new_page`, every large block by `alloc_large`.
        unsafe {
            for page in self.pages.borrow().iter() {
                let page = page.as_ptr();
                let size = page.cast::<u64>().read() as usize * GRAIN;
                for n in 0..(PAGE - PAGE_HEADER) / size {
                    let object = page.add(PAGE_HEADER + n * size).cast::<Header>();
                    if (*object).rc() != 0 {
                        found.push(object);
                    }
                }
            }
            let mut large = self.large.get();
            while let Some(block) = large {
                let object = block.as_ptr().add(1).cast::<Header>();
                if (*object).rc() != 0 {
                    found.push(object);
                }
                large = NonNull::new(block.as_ref().next.get());
            }
        }
        found
    }

    /// Drops what every remaining object owns outside the heap. The cells stay until the heap itself is dropped, so that
    /// handles left elsewhere in the runtime may still be dropped. No finaliser runs.
    pub(crate) fn tear_down(&self, rt: &Rt) {
        self.torn.set(true);
        let objects = self.objects(rt);
        // SAFETY: counts are pinned first, so that no drop frees a cell; types go last, since drops read them.
        unsafe {
            for object in &objects {
                (**object).set_rc(PINNED);
            }
            let (types, others): (Vec<_>, Vec<_>) = objects.into_iter().partition(|o| (**o).kind() == Kind::Type);
            for object in others.iter().chain(&types) {
                (**object).clear_flag(header::FLAG_WEAKREF);
                drop_ext(*object);
                drop_fields(*object);
            }
        }
    }
}

impl Drop for Heap {
    fn drop(&mut self) {
        // SAFETY: the heap is the last part of a runtime to be dropped: nothing refers to the cells any more.
        unsafe {
            for page in self.pages.borrow_mut().drain(..) {
                release(page.as_ptr(), page_memory());
            }
            let mut large = self.large.take();
            while let Some(block) = large {
                large = NonNull::new(block.as_ref().next.get());
                release(block.as_ptr().cast::<u8>(), large_memory(block.as_ref().size));
            }
        }
    }
}
