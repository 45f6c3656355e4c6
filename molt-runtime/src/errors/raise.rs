//! Raising from native code and looking at the pending exception.
//!
//! Invariant: a function that returns `Err(Raised)` leaves exactly one exception pending; one that returns `Ok` none.

use crate::object::{exception, str, tuple};
use crate::runtime::{Raised, Rt};
use crate::types::exception as specs;
use crate::types::spec::TypeSpec;
use crate::value::Obj;
use std::fmt::Arguments;

macro_rules! raisers {
    ($($(#[$doc:meta])* $name:ident => $spec:ident,)*) => {
        impl Rt {
            $($(#[$doc])* #[cold] pub fn $name(&self, message: Arguments<'_>) -> Raised {
                self.error(&specs::$spec, message)
            })*
        }
    };
}

raisers! {
    /// Raises `TypeError`.
    type_error => TYPE_ERROR,
    /// Raises `ValueError`.
    value_error => VALUE_ERROR,
    /// Raises `IndexError`.
    index_error => INDEX_ERROR,
    /// Raises `OverflowError`.
    overflow_error => OVERFLOW_ERROR,
    /// Raises `ZeroDivisionError`.
    zero_division_error => ZERO_DIVISION_ERROR,
    /// Raises `RuntimeError`.
    runtime_error => RUNTIME_ERROR,
    /// Raises `NotImplementedError`.
    not_implemented_error => NOT_IMPLEMENTED_ERROR,
    /// Raises `MemoryError`.
    memory_error => MEMORY_ERROR,
    /// Raises `LookupError`.
    lookup_error => LOOKUP_ERROR,
}

impl Rt {
    /// Raises an exception of a builtin type with a message.
    #[cold]
    pub fn error(&self, spec: &'static TypeSpec, message: Arguments<'_>) -> Raised {
        let text = str::new(self, &message.to_string());
        self.raise_with(spec, vec![text])
    }

    /// Raises an exception of a builtin type with any `args`.
    #[cold]
    pub fn raise_with(&self, spec: &'static TypeSpec, args: Vec<Obj>) -> Raised {
        let ty = self.spec_type(spec);
        let exc = exception::new(self, ty, tuple::new(self, args));
        self.raise(exc)
    }

    /// Raises `KeyError(key)`.
    #[cold]
    pub fn key_error(&self, key: &Obj) -> Raised {
        self.raise_with(&specs::KEY_ERROR, vec![key.clone()])
    }

    /// Makes an exception pending, with the handled one as its context.
    #[cold]
    pub fn raise(&self, exc: Obj) -> Raised {
        if let (Some(e), Some(handled)) = (exception::get(&exc), self.ctx().handled.get())
            && !handled.is(&exc)
            && e.context.is_empty()
        {
            e.context.set(Some(handled));
        }
        self.ctx().exc.set(Some(exc));
        Raised::pending()
    }

    /// Takes the pending exception.
    pub fn take_exception(&self) -> Option<Obj> {
        self.ctx().exc.take()
    }

    /// Makes an exception pending again as it was, or none.
    pub fn restore_exception(&self, exc: Option<Obj>) {
        self.ctx().exc.set(exc);
    }

    /// Drops the pending exception.
    pub fn clear_exception(&self) {
        self.ctx().exc.set(None);
    }

    /// Whether the pending exception is an instance of a builtin type or of a subclass.
    pub fn exception_is(&self, spec: &'static TypeSpec) -> bool {
        let ty = self.spec_type(spec);
        self.ctx().exc.get().is_some_and(|e| self.type_of(&e).is_subtype(ty))
    }

    /// Reports an exception that cannot propagate (from `__del__`) and drops it.
    pub fn report_unraisable(&self, source: &Obj) {
        let _ = source;
        self.clear_exception();
    }
}
