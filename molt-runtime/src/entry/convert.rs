//! Between machine words and the runtime's handles.

use crate::object::module::Data;
use crate::ops::cache::InlineCache;
use crate::runtime::{R, Rt};
use crate::value::Obj;
use std::ffi::c_void;

/// The first argument of every entry function.
pub type Ctx = *mut c_void;

/// # Safety
/// `ctx` is the live runtime whose code runs.
#[inline(always)]
pub unsafe fn runtime<'a>(ctx: Ctx) -> &'a Rt {
    // SAFETY: as promised by the caller; the context is the runtime's first field.
    unsafe { &*ctx.cast::<Rt>() }
}

/// Room for several owned results.
pub struct Out<'a>(&'a mut [u64]);

impl Out<'_> {
    /// # Safety
    /// `at` points to `count` writable words that hold nothing owned.
    pub unsafe fn new<'a>(at: u64, count: u64) -> Out<'a> {
        if count == 0 {
            return Out(&mut []);
        }
        // SAFETY: as promised by the caller.
        Out(unsafe { std::slice::from_raw_parts_mut(at as *mut u64, count as usize) })
    }

    /// How many results are wanted.
    pub fn wanted(&self) -> usize {
        self.0.len()
    }

    /// Stores all results; there must be exactly as many as wanted.
    pub fn fill(self, values: impl IntoIterator<Item = Obj>) {
        for (slot, value) in self.0.iter_mut().zip(values) {
            *slot = value.into_word();
        }
    }

    /// Stores two results of which the second may be absent (0).
    #[inline(always)]
    pub fn fill_pair(self, first: Obj, second: Option<Obj>) {
        if let [a, b] = self.0 {
            *a = first.into_word();
            *b = second.map_or(0, Obj::into_word);
        }
    }
}

/// Owned words that move into an object.
pub struct Moved<'a>(&'a [u64]);

impl Moved<'_> {
    /// # Safety
    /// `at` points to `count` owned values, which move to the result; it may dangle when `count` is 0.
    #[inline(always)]
    pub unsafe fn new<'a>(at: u64, count: u64) -> Moved<'a> {
        if count == 0 {
            return Moved(&[]);
        }
        // SAFETY: as promised by the caller.
        Moved(unsafe { std::slice::from_raw_parts(at as *const u64, count as usize) })
    }

    /// A list of the values.
    #[inline]
    pub fn into_list(self, rt: &Rt) -> Obj {
        // SAFETY: the words are owned, and move into the list.
        unsafe { crate::object::list::from_words(rt, self.0) }
    }

    /// A tuple of the values.
    #[inline]
    pub fn into_tuple(self, rt: &Rt) -> Obj {
        // SAFETY: the words are owned, and move into the tuple.
        unsafe { crate::object::tuple::from_words(rt, self.0) }
    }
}

/// # Safety
/// `ic` is the address of an inline cache of the running code's module.
#[inline(always)]
pub unsafe fn cache<'a>(ic: u64) -> &'a InlineCache {
    // SAFETY: as promised by the caller.
    unsafe { &*(ic as *const InlineCache) }
}

/// # Safety
/// `md` is the address of a module data block of the runtime.
#[inline(always)]
pub unsafe fn data(md: u64) -> Data {
    // SAFETY: as promised by the caller.
    unsafe { Data::from_raw(md as *const u8) }
}

/// The word of an owned result.
#[inline(always)]
pub fn owned(result: R) -> u64 {
    result.map_or(0, Obj::into_word)
}

/// The status of an operation without result.
#[inline(always)]
pub fn status(result: R<()>) -> i64 {
    if result.is_ok() { 0 } else { -1 }
}

/// The word of a truth value.
#[inline(always)]
pub fn truth(result: R<bool>) -> i64 {
    result.map_or(-1, i64::from)
}

/// The word of a count.
#[inline(always)]
pub fn count(result: R<i64>) -> i64 {
    result.unwrap_or(-1)
}

macro_rules! word {
    (flt) => {
        f64
    };
    (int) => {
        i64
    };
    ($kind:ident) => {
        u64
    };
}
pub(crate) use word;

macro_rules! operand {
    (raw, $w:ident) => {
        $w
    };
    (val, $w:ident) => {
        $crate::value::Obj::borrow_word(&$w)
    };
    (name, $w:ident) => {
        $crate::value::Obj::borrow_word(&$w)
    };
    (opt, $w:ident) => {
        $crate::value::Obj::borrow_word_opt(&$w)
    };
    (steal, $w:ident) => {
        $crate::value::Obj::from_word($w)
    };
    (int, $w:ident) => {
        $w
    };
    (flt, $w:ident) => {
        $w
    };
    (ic, $w:ident) => {
        $crate::entry::convert::cache($w)
    };
    (md, $w:ident) => {
        $crate::entry::convert::data($w)
    };
    (argv, $w:ident, $n:ident) => {
        $crate::value::Obj::slice($w as *const u64, $n as usize)
    };
    (argv_opt, $w:ident, $n:ident) => {
        $crate::value::Obj::slice_opt($w as *const u64, $n as usize)
    };
    (moved, $w:ident, $n:ident) => {
        $crate::entry::convert::Moved::new($w, $n)
    };
    (out, $w:ident, $n:ident) => {
        $crate::entry::convert::Out::new($w, $n)
    };
}
pub(crate) use operand;

macro_rules! word_result {
    (owned) => {
        u64
    };
    (object) => {
        u64
    };
    (status) => {
        i64
    };
    (truth) => {
        i64
    };
    (count) => {
        i64
    };
    (float) => {
        f64
    };
    (never) => {
        ()
    };
    (raises) => {
        ()
    };
}
pub(crate) use word_result;

macro_rules! safe_result {
    (owned) => { $crate::runtime::R };
    (object) => { $crate::value::Obj };
    (status) => { $crate::runtime::R<()> };
    (truth) => { $crate::runtime::R<bool> };
    (count) => { $crate::runtime::R<i64> };
    (float) => { f64 };
    (never) => { () };
    (raises) => { $crate::runtime::Raised };
}
pub(crate) use safe_result;

macro_rules! machine_result {
    (owned, $r:ident) => {
        $crate::entry::convert::owned($r)
    };
    (object, $r:ident) => {
        $r.into_word()
    };
    (status, $r:ident) => {
        $crate::entry::convert::status($r)
    };
    (truth, $r:ident) => {
        $crate::entry::convert::truth($r)
    };
    (count, $r:ident) => {
        $crate::entry::convert::count($r)
    };
    (float, $r:ident) => {
        $r
    };
    (never, $r:ident) => {
        $r
    };
    (raises, $r:ident) => {{
        let _ = $r;
    }};
}
pub(crate) use machine_result;
