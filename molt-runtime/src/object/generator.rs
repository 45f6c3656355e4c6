//! Generators, coroutines and asynchronous generators: a resume function and a frame that holds what lives across a suspension.
//!
//! Invariants: unless it runs, the first `live` frame slots hold owned values, the others raw words; what ran to its end has no
//! live slots. The three kinds share one structure. The offsets are those of [`molt_abi::layout::generator`].

use super::field::ObjCell;
use super::header::{Header, Layout};
use super::module::Data;
use crate::heap;
use crate::runtime::Rt;
use crate::value::Obj;
use molt_abi::desc::{CodeDesc, CodeFlags};
use molt_abi::layout::{Kind, generator};
use molt_abi::value::STOP;
use std::cell::Cell;
use std::ffi::c_void;
use std::mem::offset_of;

/// The generated resume function.
type Resume = extern "C" fn(ctx: *const c_void, generator: u64, sent: u64) -> u64;

/// A generator, and what the other two kinds are made of.
#[repr(C)]
pub struct GeneratorObject {
    header: Header,
    resume: Resume,
    state: Cell<u32>,
    live: Cell<u32>,
    code: &'static CodeDesc,
    data: Data,
    /// The function, for its closure.
    pub func: ObjCell,
    delegate: Cell<u64>,
    /// The exception it handles while suspended.
    pub handled: ObjCell,
    /// Of an asynchronous generator: the hook that finalises it.
    pub finalizer: ObjCell,
    running: Cell<u32>,
    flags: Cell<u32>,
    frame: [u64; 0],
}

/// A coroutine.
#[repr(transparent)]
pub struct CoroutineObject(GeneratorObject);

/// An asynchronous generator.
#[repr(transparent)]
pub struct AsyncGeneratorObject(GeneratorObject);

/// What an object remembers besides its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Flag {
    /// Asynchronous generator: `sys.set_asyncgen_hooks`'s hooks were seen.
    Hooked = 1,
    /// Asynchronous generator: it ended, or is being closed.
    Closed = 2,
    /// Asynchronous generator: one of its awaitables is between its first and its last step.
    Awaited = 4,
    /// Generator: `await` takes it (`types.coroutine`).
    IterableCoroutine = 8,
}

const _: () = {
    assert!(offset_of!(GeneratorObject, resume) == generator::RESUME as usize);
    assert!(offset_of!(GeneratorObject, state) == generator::STATE as usize);
    assert!(offset_of!(GeneratorObject, live) == generator::LIVE as usize);
    assert!(offset_of!(GeneratorObject, code) == generator::CODE as usize);
    assert!(offset_of!(GeneratorObject, data) == generator::MODULE as usize);
    assert!(offset_of!(GeneratorObject, func) == generator::FUNC as usize);
    assert!(offset_of!(GeneratorObject, delegate) == generator::DELEGATE as usize);
    assert!(offset_of!(GeneratorObject, handled) == generator::HANDLED as usize);
    assert!(offset_of!(GeneratorObject, finalizer) == generator::FINALIZER as usize);
    assert!(offset_of!(GeneratorObject, running) == generator::RUNNING as usize);
    assert!(offset_of!(GeneratorObject, flags) == generator::FLAGS as usize);
    assert!(offset_of!(GeneratorObject, frame) == generator::FRAME as usize);
};

// SAFETY: `repr(C)`, starts with a header, and is the only layout of its kind.
unsafe impl Layout for GeneratorObject {
    const KIND: Kind = Kind::Generator;

    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        self.func.traverse(visit);
        self.handled.traverse(visit);
        self.finalizer.traverse(visit);
        for n in 0..self.owned_slots() {
            // SAFETY: the slot holds 0 or an owned value while suspended.
            if let Some(value) = unsafe { Obj::borrow_word_opt(&*self.slot(n)) } {
                visit(value);
            }
        }
    }
}

// SAFETY: a transparent wrapper of a structure that is `repr(C)` and starts with a header, and the only layout of its kind.
unsafe impl Layout for CoroutineObject {
    const KIND: Kind = Kind::Coroutine;

    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        self.0.traverse(visit);
    }
}

// SAFETY: as above.
unsafe impl Layout for AsyncGeneratorObject {
    const KIND: Kind = Kind::AsyncGenerator;

    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        self.0.traverse(visit);
    }
}

impl Drop for GeneratorObject {
    fn drop(&mut self) {
        self.release_frame();
    }
}

/// A generator, coroutine or asynchronous generator, as the code says, that has not started, with an empty frame. `None` if the
/// code is that of a plain function.
pub fn new(rt: &Rt, data: Data, code: &'static CodeDesc, func: Option<Obj>) -> Option<Obj> {
    if code.resume.is_null() {
        return None;
    }
    Some(match code.flags & CodeFlags::SUSPENDS {
        CodeFlags::COROUTINE => alloc(rt, data, code, func, CoroutineObject),
        CodeFlags::ASYNC_GENERATOR => alloc(rt, data, code, func, AsyncGeneratorObject),
        _ => alloc(rt, data, code, func, |generator| generator),
    })
}

fn alloc<T: Layout>(
    rt: &Rt,
    data: Data,
    code: &'static CodeDesc,
    func: Option<Obj>,
    wrap: impl FnOnce(GeneratorObject) -> T,
) -> Obj {
    let slots = code.frame_slots as usize;
    // SAFETY: the compiler wrote the address of a function of this signature; the tail is the frame.
    unsafe {
        let resume = std::mem::transmute::<*const u8, Resume>(code.resume);
        heap::alloc_with_tail(
            rt,
            rt.kind_type(T::KIND),
            8 * slots,
            |header| {
                wrap(GeneratorObject {
                    header,
                    resume,
                    state: Cell::new(0),
                    live: Cell::new(0),
                    code,
                    data,
                    func: ObjCell::new(func),
                    delegate: Cell::new(0),
                    handled: ObjCell::default(),
                    finalizer: ObjCell::default(),
                    running: Cell::new(0),
                    flags: Cell::new(0),
                    frame: [],
                })
            },
            // No slot is live, and none is read before it was stored to.
            |_| {},
        )
    }
}

/// The fields of a generator, coroutine or asynchronous generator.
#[inline]
pub fn get(obj: &Obj) -> Option<&GeneratorObject> {
    match obj.header()?.kind() {
        Kind::Generator => obj.cast::<GeneratorObject>(),
        Kind::Coroutine => obj.cast::<CoroutineObject>().map(|c| &c.0),
        Kind::AsyncGenerator => obj.cast::<AsyncGeneratorObject>().map(|g| &g.0),
        _ => None,
    }
}

/// The same of an object that is known to be one.
///
/// # Panics
/// When it is none.
#[inline]
#[track_caller]
pub fn expect(obj: &Obj) -> &GeneratorObject {
    match get(obj) {
        Some(generator) => generator,
        None => panic!("expected a generator"),
    }
}

/// The fields of a generator or coroutine: what can be delegated to.
#[inline]
pub fn get_delegate(obj: &Obj) -> Option<&GeneratorObject> {
    get(obj).filter(|_| !obj.is_kind(Kind::AsyncGenerator))
}

/// What a resumed generator did.
pub enum Step {
    /// It yielded.
    Yielded(Obj),
    /// It returned; the value is in the context.
    Returned,
    /// It raised.
    Raised,
}

impl GeneratorObject {
    fn slot(&self, n: u32) -> *mut u64 {
        debug_assert!(n < self.code.frame_slots);
        // SAFETY: the frame follows the structure and has as many words as the code says.
        unsafe { self.frame.as_ptr().cast_mut().add(n as usize) }
    }

    fn owned_slots(&self) -> u32 {
        if self.is_running() { 0 } else { self.live.get() }
    }

    /// The code descriptor.
    pub fn code(&self) -> &'static CodeDesc {
        self.code
    }

    /// The data block of its module.
    pub fn data(&self) -> Data {
        self.data
    }

    /// Whether it has not started.
    pub fn is_new(&self) -> bool {
        self.state.get() == 0
    }

    /// Whether it has finished.
    pub fn is_finished(&self) -> bool {
        self.state.get() == generator::DONE
    }

    /// Whether it runs now.
    pub fn is_running(&self) -> bool {
        self.running.get() != 0
    }

    /// Whether a flag is set.
    pub fn has(&self, flag: Flag) -> bool {
        self.flags.get() & flag as u32 != 0
    }

    /// Sets or clears a flag.
    pub fn mark(&self, flag: Flag, on: bool) {
        let others = self.flags.get() & !(flag as u32);
        self.flags.set(if on { others | flag as u32 } else { others });
    }

    /// Whether it is suspended in a `yield from` or `await`.
    pub fn is_delegating(&self) -> bool {
        !self.is_finished() && self.delegate.get() != 0
    }

    /// The iterator that a `yield from` or `await` waits for.
    pub fn delegate(&self) -> Option<Obj> {
        let word = if self.is_finished() { 0 } else { self.delegate.get() };
        // SAFETY: the frame owns the iterator while the generator is suspended there.
        (word != 0).then(|| unsafe { Obj::clone_word(word) })
    }

    /// Marks it as finished. What the frame of one that never ran holds stays until the object goes, as on CPython.
    pub fn finish(&self) {
        self.state.set(generator::DONE);
    }

    /// Marks it as finished and releases what the frame holds.
    pub fn release_frame(&self) {
        let owned = self.owned_slots();
        self.state.set(generator::DONE);
        self.live.set(0);
        for n in 0..owned {
            // SAFETY: the slot held 0 or an owned value, and is never read again.
            unsafe {
                let word = self.slot(n).replace(0);
                drop(Obj::from_word_opt(word));
            }
        }
    }

    /// Runs to the next `yield` or the end. `sent` is the value of the suspended `yield`; without one the pending exception is raised there.
    /// Must be neither running nor finished.
    pub fn resume(&self, rt: &Rt, obj: &Obj, sent: Option<Obj>) -> Step {
        debug_assert!(!self.is_running() && !self.is_finished());
        let outer = rt.ctx().handled.get();
        if let Some(handled) = self.handled.take() {
            if sent.is_none()
                && let Some(exc) = rt.ctx().exc.get()
            {
                // What is thrown in while the generator handles an exception has that as its context.
                crate::errors::raise::set_context(&exc, handled.clone());
            }
            rt.ctx().handled.set(Some(handled));
        }
        self.running.set(1);
        let ctx = std::ptr::from_ref(rt).cast::<c_void>();
        let result = rt.enter(|| (self.resume)(ctx, obj.word(), sent.as_ref().map_or(0, Obj::word)));
        self.running.set(0);
        drop(sent);
        if result == STOP || result == 0 {
            // The frame still owns its values if the function refused to run (RecursionError).
            self.release_frame();
            self.delegate.set(0);
            self.leave(rt, outer, true);
            return if result == 0 { Step::Raised } else { Step::Returned };
        }
        self.leave(rt, outer, false);
        // SAFETY: a resume function gives an owned value, STOP or 0.
        Step::Yielded(unsafe { Obj::from_word(result) })
    }

    /// Makes `outer` the handled exception again; a suspended generator keeps what it handles itself.
    pub fn leave(&self, rt: &Rt, outer: Option<Obj>, ended: bool) {
        let handled = rt.ctx().handled.replace(outer.clone());
        if !ended {
            let own = handled.filter(|h| outer.as_ref().is_none_or(|o| !o.is(h)));
            self.handled.set(own);
        }
    }
}
