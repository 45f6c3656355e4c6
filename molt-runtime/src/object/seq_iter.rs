//! Iterators over `list` and `tuple`, and over machine `range`s: laid out for generated code.
//!
//! Invariant: an exhausted sequence iterator holds no sequence and stays exhausted; `index` counts up from 0.

use super::field::ObjCell;
use super::header::{Header, Layout};
use super::types::TypeObject;
use crate::heap;
use crate::runtime::Rt;
use crate::value::Obj;
use molt_abi::layout::{Kind, range_iter, seq_iter};
use std::cell::Cell;

macro_rules! seq_iterator {
    ($name:ident, $kind:ident, $doc:literal) => {
        #[doc = $doc]
        #[repr(C)]
        pub struct $name {
            header: Header,
            /// The sequence; empty once exhausted.
            pub seq: ObjCell,
            /// The next index.
            pub index: Cell<u64>,
        }

        const _: () = {
            assert!(std::mem::offset_of!($name, seq) == seq_iter::SEQ as usize);
            assert!(std::mem::offset_of!($name, index) == seq_iter::INDEX as usize);
        };

        // SAFETY: `repr(C)`, starts with a header, and is the only layout of its kind.
        unsafe impl Layout for $name {
            const KIND: Kind = Kind::$kind;

            fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
                self.seq.traverse(visit);
            }
        }

        impl $name {
            /// A new iterator over the sequence.
            pub fn new(rt: &Rt, seq: &Obj) -> Obj {
                $name::at(rt, seq, 0)
            }

            /// A new iterator that stands at an index.
            pub fn at(rt: &Rt, seq: &Obj, index: u64) -> Obj {
                $name::make(rt, rt.kind_type(Kind::$kind), seq, index)
            }

            fn make(rt: &Rt, ty: &TypeObject, seq: &Obj, index: u64) -> Obj {
                heap::alloc_object(rt, ty, 0, |header| $name {
                    header,
                    seq: ObjCell::new(Some(seq.clone())),
                    index: Cell::new(index),
                })
            }

            /// Calls `f` with the sequence, unless the iterator is exhausted. `f` must not run Python code.
            #[inline(always)]
            pub fn with_seq<T>(&self, f: impl FnOnce(&Obj) -> T) -> Option<T> {
                let word = self.seq.word();
                // SAFETY: the iterator owns the sequence, and `f` runs nothing that could make it let go.
                unsafe { Obj::borrow_word_opt(&word) }.map(f)
            }
        }
    };
}

seq_iterator!(ListIterObject, ListIter, "An iterator over a list.");
seq_iterator!(TupleIterObject, TupleIter, "An iterator over a tuple.");
seq_iterator!(StrIterObject, StrIter, "An iterator over the characters of a string, of one of two types.");

impl StrIterObject {
    /// A new iterator of a type.
    pub fn with_type(rt: &Rt, ty: &TypeObject, string: &Obj) -> Obj {
        StrIterObject::make(rt, ty, string, 0)
    }
}

/// An iterator over a `range` of machine ints.
#[repr(C)]
pub struct RangeIterObject {
    header: Header,
    /// The next value.
    pub next: Cell<i64>,
    /// What is added for each value.
    pub step: Cell<i64>,
    /// How many values are left.
    pub remaining: Cell<u64>,
}

const _: () = {
    assert!(std::mem::offset_of!(RangeIterObject, next) == range_iter::NEXT as usize);
    assert!(std::mem::offset_of!(RangeIterObject, step) == range_iter::STEP as usize);
    assert!(std::mem::offset_of!(RangeIterObject, remaining) == range_iter::REMAINING as usize);
};

// SAFETY: `repr(C)`, starts with a header, and is the only layout of its kind.
unsafe impl Layout for RangeIterObject {
    const KIND: Kind = Kind::RangeIter;
}

impl RangeIterObject {
    /// A new iterator. Every value must fit `i64`.
    pub fn new(rt: &Rt, start: i64, step: i64, length: u64) -> Obj {
        heap::alloc_object(rt, rt.kind_type(Kind::RangeIter), 0, |header| RangeIterObject {
            header,
            next: Cell::new(start),
            step: Cell::new(step),
            remaining: Cell::new(length),
        })
    }

    /// The next value.
    #[inline(always)]
    pub fn advance(&self) -> Option<i64> {
        let left = self.remaining.get().checked_sub(1)?;
        let value = self.next.get();
        self.remaining.set(left);
        self.next.set(value.wrapping_add(self.step.get()));
        Some(value)
    }
}
