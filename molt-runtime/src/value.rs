//! `Obj`: an owned handle on a Python value, and the only place in the runtime that turns words into handles.
//!
//! Invariant: an `Obj` is never the word 0 and owns one reference when its word is a heap pointer. Cloning increments,
//! dropping decrements; the last drop hands the object to [`crate::heap`].

use crate::heap;
use crate::object::header::{Header, Layout};
use molt_abi::layout::{Kind, header};
use molt_abi::value as abi;
use std::marker::PhantomData;
use std::num::NonZeroU64;

/// An owned Python value. `Option<Obj>` is one word, 0 for `None`.
#[repr(transparent)]
pub struct Obj(NonZeroU64, PhantomData<*mut ()>);

impl Obj {
    const fn immediate(word: u64) -> Obj {
        match NonZeroU64::new(word) {
            Some(w) => Obj(w, PhantomData),
            None => panic!("0 is not a value"),
        }
    }

    /// `None`.
    pub const fn none() -> Obj {
        Obj::immediate(abi::NONE)
    }

    /// `NotImplemented`.
    pub const fn not_implemented() -> Obj {
        Obj::immediate(abi::NOT_IMPLEMENTED)
    }

    /// `Ellipsis`.
    pub const fn ellipsis() -> Obj {
        Obj::immediate(abi::ELLIPSIS)
    }

    /// The end of an iteration, for the entry functions alone: never visible to Python code.
    pub(crate) const fn stop() -> Obj {
        Obj::immediate(abi::STOP)
    }

    /// `True` or `False`.
    pub const fn bool(b: bool) -> Obj {
        Obj::immediate(abi::box_bool(b))
    }

    /// A float.
    pub const fn float(x: f64) -> Obj {
        Obj::immediate(abi::box_float(x))
    }

    /// An int that fits 48 bits; `None` beyond (see `Rt::int`).
    pub const fn small_int(n: i64) -> Option<Obj> {
        match abi::box_int(n) {
            Some(word) => Some(Obj::immediate(word)),
            None => None,
        }
    }

    /// The value of an immediate word other than STOP; `None` for 0 and pointers.
    pub(crate) fn from_immediate(word: u64) -> Option<Obj> {
        let plain = word != abi::STOP && word != abi::KNOWN_BROKEN && !abi::is_pointer(word);
        NonZeroU64::new(word).filter(|_| plain).map(|w| Obj(w, PhantomData))
    }

    /// The word.
    #[inline(always)]
    pub const fn word(&self) -> u64 {
        self.0.get()
    }

    /// Gives up the handle: the caller owns the reference that the word stands for.
    #[inline(always)]
    pub fn into_word(self) -> u64 {
        let word = self.word();
        std::mem::forget(self);
        word
    }

    /// Takes over an owned word.
    ///
    /// # Safety
    /// `word` is a valid value and the caller owns a reference to it, which moves into the handle.
    #[inline(always)]
    pub unsafe fn from_word(word: u64) -> Obj {
        debug_assert!(word != 0);
        // SAFETY: the caller passes a valid value, and valid values are not 0.
        Obj(unsafe { NonZeroU64::new_unchecked(word) }, PhantomData)
    }

    /// Takes over an owned word that may be 0.
    ///
    /// # Safety
    /// As [`Obj::from_word`], for words other than 0.
    #[inline(always)]
    pub unsafe fn from_word_opt(word: u64) -> Option<Obj> {
        NonZeroU64::new(word).map(|w| Obj(w, PhantomData))
    }

    /// A new handle on a borrowed word.
    ///
    /// # Safety
    /// `word` is a valid value that is alive now.
    #[inline(always)]
    pub unsafe fn clone_word(word: u64) -> Obj {
        // SAFETY: the borrowed word is valid for the duration of the clone.
        unsafe { Obj::borrow_word(&word) }.clone()
    }

    /// Views a borrowed word as a handle.
    ///
    /// # Safety
    /// `word` holds a valid value that stays alive as long as the result.
    #[inline(always)]
    // Named, since the lifetime is what the caller vouches for.
    #[allow(clippy::needless_lifetimes)]
    pub unsafe fn borrow_word(word: &u64) -> &Obj {
        // SAFETY: `Obj` is a transparent wrapper of a non-zero u64, and the caller vouches for the value.
        unsafe { &*std::ptr::from_ref(word).cast::<Obj>() }
    }

    /// Views a borrowed word that may be 0.
    ///
    /// # Safety
    /// As [`Obj::borrow_word`], for words other than 0.
    #[inline(always)]
    pub unsafe fn borrow_word_opt(word: &u64) -> Option<&Obj> {
        // SAFETY: as for `borrow_word`; 0 is the niche of `Option<Obj>`.
        unsafe { &*std::ptr::from_ref(word).cast::<Option<Obj>>() }.as_ref()
    }

    /// Views `count` borrowed words as handles.
    ///
    /// # Safety
    /// `words` points to `count` valid values that stay alive for `'a`; it may dangle when `count` is 0.
    #[inline(always)]
    pub unsafe fn slice<'a>(words: *const u64, count: usize) -> &'a [Obj] {
        if count == 0 {
            return &[];
        }
        // SAFETY: the caller vouches for `count` values at `words`.
        unsafe { std::slice::from_raw_parts(words.cast::<Obj>(), count) }
    }

    /// As [`Obj::slice`], where a word may be 0.
    ///
    /// # Safety
    /// `words` points to `count` words, each 0 or a valid value that stays alive for `'a`; it may dangle when `count` is 0.
    #[inline(always)]
    pub unsafe fn slice_opt<'a>(words: *const u64, count: usize) -> &'a [Option<Obj>] {
        if count == 0 {
            return &[];
        }
        // SAFETY: the caller vouches for `count` words at `words`, and 0 is `None`.
        unsafe { std::slice::from_raw_parts(words.cast::<Option<Obj>>(), count) }
    }

    /// Whether both are the same object (`is`).
    #[inline(always)]
    pub fn is(&self, other: &Obj) -> bool {
        self.word() == other.word()
    }

    /// Whether this is a heap object.
    #[inline(always)]
    pub const fn is_pointer(&self) -> bool {
        abi::is_pointer(self.word())
    }

    /// Whether this is `None`.
    #[inline(always)]
    pub const fn is_none(&self) -> bool {
        self.word() == abi::NONE
    }

    /// Whether this is `NotImplemented`.
    #[inline(always)]
    pub const fn is_not_implemented(&self) -> bool {
        self.word() == abi::NOT_IMPLEMENTED
    }

    /// The truth value of a `bool`.
    #[inline(always)]
    pub const fn as_bool(&self) -> Option<bool> {
        if abi::is_bool(self.word()) { Some(self.word() == abi::TRUE) } else { None }
    }

    /// The value of an exact `float` (subclass instances of float are heap objects).
    #[inline(always)]
    pub const fn as_float(&self) -> Option<f64> {
        if abi::is_float(self.word()) { Some(abi::unbox_float(self.word())) } else { None }
    }

    /// The value of an immediate int. Not for `bool`.
    #[inline(always)]
    pub const fn as_small_int(&self) -> Option<i64> {
        if abi::is_int(self.word()) { Some(abi::unbox_int(self.word())) } else { None }
    }

    /// The header of a heap object.
    #[inline(always)]
    pub fn header(&self) -> Option<&Header> {
        if self.is_pointer() {
            // SAFETY: a pointer word in a handle is a live object, which the handle keeps alive.
            Some(unsafe { &*(self.word() as *const Header) })
        } else {
            None
        }
    }

    /// The layout of a heap object.
    #[inline(always)]
    pub fn kind(&self) -> Option<Kind> {
        self.header().map(Header::kind)
    }

    /// Whether this is a heap object of the layout, subclass instances included.
    #[inline(always)]
    pub fn is_kind(&self, kind: Kind) -> bool {
        self.header().is_some_and(|h| h.meta() & header::KIND_MASK == kind as u32)
    }

    /// Whether this is a heap object of exactly the builtin type that the kind names.
    #[inline(always)]
    pub fn is_exact(&self, kind: Kind) -> bool {
        self.header().is_some_and(|h| h.meta() & header::EXACT_MASK == kind as u32)
    }

    /// The object's fields, when it has that layout.
    #[inline(always)]
    pub fn cast<T: Layout>(&self) -> Option<&T> {
        if self.is_kind(T::KIND) {
            // SAFETY: `Layout` promises that every object of the kind is a `T`; the handle keeps it alive.
            Some(unsafe { &*(self.word() as *const T) })
        } else {
            None
        }
    }

    /// The object's fields.
    ///
    /// # Panics
    /// When the object has another layout, which is a bug of the caller (`self` of a method is always of the right kind).
    #[inline(always)]
    #[track_caller]
    pub fn expect<T: Layout>(&self) -> &T {
        match self.cast::<T>() {
            Some(fields) => fields,
            None => panic!("expected a {:?}, got {:?}", T::KIND, self.kind()),
        }
    }
}

impl Clone for Obj {
    #[inline(always)]
    fn clone(&self) -> Obj {
        if let Some(h) = self.header() {
            h.incref();
        }
        Obj(self.0, PhantomData)
    }
}

impl Drop for Obj {
    #[inline(always)]
    fn drop(&mut self) {
        if self.is_pointer() {
            // SAFETY: the handle owns one reference, which it gives up here.
            unsafe { heap::decref(self.word() as *mut Header) }
        }
    }
}

impl std::fmt::Debug for Obj {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(n) = self.as_small_int() {
            write!(f, "Obj({n})")
        } else if let Some(x) = self.as_float() {
            write!(f, "Obj({x:?})")
        } else {
            match self.kind() {
                Some(kind) => write!(f, "Obj({kind:?} at {:#x})", self.word()),
                None => write!(f, "Obj(immediate {:#x})", self.word()),
            }
        }
    }
}

/// Calls `f` with `first` followed by `rest`, without touching reference counts.
#[inline]
pub fn with_prefixed<T>(first: &Obj, rest: &[Obj], f: impl FnOnce(&[Obj]) -> T) -> T {
    const INLINE: usize = 8;
    let count = rest.len() + 1;
    if count <= INLINE {
        let mut words = [0u64; INLINE];
        words[0] = first.word();
        for (word, obj) in words[1..].iter_mut().zip(rest) {
            *word = obj.word();
        }
        // SAFETY: the words are those of live handles, which outlive the call.
        return f(unsafe { Obj::slice(words.as_ptr(), count) });
    }
    let words: Vec<u64> = std::iter::once(first).chain(rest).map(Obj::word).collect();
    // SAFETY: as above.
    f(unsafe { Obj::slice(words.as_ptr(), count) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn option_is_one_word_and_none_is_zero() {
        assert_eq!(size_of::<Option<Obj>>(), 8);
        assert!(Obj::none().is_none() && !Obj::none().is_pointer());
        assert_eq!(Obj::small_int(-3).and_then(|o| o.as_small_int()), Some(-3));
        assert_eq!(Obj::float(1.5).as_float(), Some(1.5));
        assert_eq!(Obj::bool(true).as_bool(), Some(true));
    }
}
