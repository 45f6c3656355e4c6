//! What the specialiser knows of a value: the lattice of types, each with its own representation in SSA.
//!
//! Invariant: a type decides how many parts represent the value and which machine type each has, so that two versions of a
//! block with the same types have interchangeable parameters.

use crate::mir::{KnownId, Type};
use molt_abi::layout::Kind;

/// The type of a value in one version of a block.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Ty {
    /// A boxed value of which nothing is known.
    Any,
    /// Not a Python value: a machine value of the source function.
    Raw(Type),
    /// Exactly this immediate word (None, STOP, unbound …): no parts.
    Word(u64),
    /// An int, held as `i64`.
    Int,
    /// A float, held as `f64`.
    Float,
    /// A bool, held as one byte.
    Bool,
    /// A boxed object of exactly this builtin type.
    Kind(Kind),
    /// A boxed instance of exactly the class in the known cell, which was pristine after the last operation that could run
    /// Python code. Weakened to [`Ty::Any`] by every such operation.
    Inst(KnownId),
    /// A boxed function: the one that the known cell held when it was read.
    Func(KnownId),
    /// The method `append` of an exact list, not read yet: the list.
    Append,
    /// A `range` with step 1 that is only iterated over: start, stop.
    Count,
    /// An iterator over such a range that nobody else sees: next, stop.
    CountIter,
    /// A `range` that is only iterated over: start, stop, step (not 0).
    Range,
    /// An iterator over such a range that nobody else sees: next, remaining, step.
    RangeIter,
    /// `enumerate` of an exact list, from 0, that is only iterated over: the list.
    Enum,
    /// The iterator of that: list, index.
    EnumIter,
    /// What it yields, a tuple of an int and a value: both.
    Pair,
    /// An iterator over an exact list that nobody else sees: list, index.
    ListIter,
    /// The same over an exact tuple.
    TupleIter,
}

impl Ty {
    /// The machine types of the parts.
    pub(super) fn parts(&self) -> &'static [Type] {
        use Type::{Bool, F64, I64, Ptr, Val};
        match self {
            Ty::Any | Ty::Kind(_) | Ty::Inst(_) | Ty::Func(_) | Ty::Append => &[Val],
            Ty::Raw(Val) => &[Val],
            Ty::Raw(I64) | Ty::Int => &[I64],
            Ty::Raw(F64) | Ty::Float => &[F64],
            Ty::Raw(Bool) | Ty::Bool => &[Bool],
            Ty::Raw(Ptr) => &[Ptr],
            Ty::Word(_) => &[],
            Ty::Count | Ty::CountIter => &[I64, I64],
            Ty::Range | Ty::RangeIter => &[I64, I64, I64],
            Ty::ListIter | Ty::TupleIter | Ty::EnumIter => &[Val, I64],
            Ty::Enum => &[Val],
            Ty::Pair => &[I64, Val],
        }
    }

    /// The type that says nothing: what a value of source type `ty` has in a generic version.
    pub(super) fn generic(ty: Type) -> Ty {
        if ty == Type::Val { Ty::Any } else { Ty::Raw(ty) }
    }

    /// Whether a value of type `self` may be passed where `wider` is expected (after boxing).
    pub(super) fn fits(self, wider: Ty) -> bool {
        self == wider || wider == Ty::Any && !matches!(self, Ty::Raw(_))
    }

    /// The least type both fit.
    pub(super) fn join(self, other: Ty) -> Ty {
        if self == other { self } else { Ty::Any }
    }

    /// What is left of the knowledge after an operation that may have run Python code.
    pub(super) fn after_python(self) -> Ty {
        if let Ty::Inst(_) = self { Ty::Any } else { self }
    }

    /// Whether values of this type are state that only the specialised code holds.
    pub(super) fn is_virtual(self) -> bool {
        matches!(
            self,
            Ty::Append
                | Ty::Count
                | Ty::CountIter
                | Ty::Range
                | Ty::RangeIter
                | Ty::ListIter
                | Ty::TupleIter
                | Ty::Enum
                | Ty::EnumIter
                | Ty::Pair
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn join_is_an_upper_bound() {
        let all = [Ty::Any, Ty::Word(2), Ty::Int, Ty::Float, Ty::Bool, Ty::Kind(Kind::List), Ty::Range, Ty::ListIter];
        for a in all {
            for b in all {
                assert!(a.fits(a.join(b)) && b.fits(a.join(b)));
            }
        }
    }
}
