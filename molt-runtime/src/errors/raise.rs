//! Raising from native code and looking at the pending exception.
//!
//! Invariant: a function that returns `Err(Raised)` leaves exactly one exception pending; one that returns `Ok` none.

use crate::object::types::core_type;
use crate::object::{exception, str, tuple};
use crate::ops::call::Args;
use crate::runtime::{R, Raised, Rt};
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
        let init = ty.slots.init.get();
        let base = self.core_type(core_type::BASE_EXCEPTION).slots.init.get();
        let plain = matches!((init, base), (Some(a), Some(b)) if std::ptr::fn_addr_eq(a, b));
        if plain {
            let exc = exception::new(self, ty, tuple::new(self, args));
            return self.raise(exc);
        }
        // The type keeps attributes besides `args`.
        match self.call_args(&ty.as_obj(), Args::new(&args)) {
            Ok(exc) => self.raise(exc),
            Err(raised) => raised,
        }
    }

    /// Raises `KeyError(key)`.
    #[cold]
    pub fn key_error(&self, key: &Obj) -> Raised {
        self.raise_with(&specs::KEY_ERROR, vec![key.clone()])
    }

    /// Makes an exception pending, with the handled one as its context.
    #[cold]
    pub fn raise(&self, exc: Obj) -> Raised {
        if let Some(handled) = self.ctx().handled.get() {
            set_context(&exc, handled);
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

    /// Raises `StopIteration` with the value that the iterator returned.
    pub fn raise_stop_iteration(&self) -> Raised {
        let value = self.ctx().stop_value.take().filter(|v| !v.is_none());
        let ty = self.spec_type(&specs::STOP_ITERATION);
        // An exception or a tuple as value must not become the arguments.
        let args: Vec<Obj> = value.iter().cloned().collect();
        let exc = exception::new(self, ty, tuple::new(self, args));
        if let Some(e) = exception::get(&exc) {
            e.extra[0].set(value);
        }
        self.raise(exc)
    }

    /// After a failed `__next__`: the end of the iteration if `StopIteration` is pending.
    pub fn end_of_iteration(&self, raised: Raised) -> R<Option<Obj>> {
        if !self.exception_is(&specs::STOP_ITERATION) {
            return Err(raised);
        }
        let exc = self.take_exception();
        let value = exc.as_ref().and_then(exception::get).and_then(|e| e.extra[0].get());
        self.ctx().stop_value.set(value);
        Ok(None)
    }

    /// Raises `RecursionError` when the native stack has reached its limit; `doing` is e.g. " in comparison".
    #[inline]
    pub fn check_stack(&self, doing: &str) -> R<()> {
        let here = 0u8;
        if self.is_stack_used_up(std::ptr::from_ref(&here) as u64) {
            return Err(self.recursion_error(doing));
        }
        Ok(())
    }

    /// Raises `RecursionError`.
    #[cold]
    pub fn recursion_error(&self, doing: &str) -> Raised {
        // Room for the exception itself and for the handlers on the way.
        self.error(&specs::RECURSION_ERROR, format_args!("maximum recursion depth exceeded{doing}"))
    }

    /// Prints a RuntimeWarning that no line of the program is to blame for.
    pub fn warn_of_runtime(&self, message: &str) {
        self.write_stderr(&format!("sys:1: RuntimeWarning: {message}\n"));
    }

    /// Reports an exception that cannot propagate (from `__del__`) and drops it.
    pub fn report_unraisable(&self, source: &Obj) {
        let Some(exc) = self.take_exception() else { return };
        let source = self.repr_text(source).unwrap_or_else(|_| {
            self.clear_exception();
            "<object repr() failed>".to_owned()
        });
        let text = self.format_exception(&exc);
        self.write_stderr(&format!("Exception ignored in: {source}\n{text}"));
    }
}

/// Sets the context of an exception raised while another is handled; a chain that comes back to it is cut, as CPython does.
pub(crate) fn set_context(exc: &Obj, handled: Obj) {
    let Some(e) = exception::get(exc) else { return };
    if handled.is(exc) {
        return;
    }
    let mut at = handled.clone();
    while let Some(next) = exception::get(&at).and_then(|a| a.context.get()) {
        if next.is(exc) {
            if let Some(a) = exception::get(&at) {
                a.context.set(None);
            }
            break;
        }
        at = next;
    }
    e.context.set(Some(handled));
}
