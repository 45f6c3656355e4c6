//! The protocols of `await`, `async for` and `async with` (PEP 492).

use crate::object::generator::{self, Flag};
use crate::runtime::{R, Raised, Rt};
use crate::types::exception as specs;
use crate::value::Obj;
use molt_abi::layout::Kind;

/// The hooks of `sys.set_asyncgen_hooks`.
#[derive(Default)]
pub struct AsyncgenHooks {
    /// Called with an asynchronous generator that is iterated for the first time.
    pub first_iter: crate::object::field::ObjCell,
    /// Called with one that is about to be finalised.
    pub finalizer: crate::object::field::ObjCell,
}

/// Whether `await` delegates to the object itself.
fn is_coroutine(obj: &Obj) -> bool {
    obj.is_kind(Kind::Coroutine)
        || obj.is_kind(Kind::Generator) && generator::get(obj).is_some_and(|g| g.has(Flag::IterableCoroutine))
}

impl Rt {
    /// What `await obj` delegates to: a coroutine itself, else the iterator that `__await__` gives.
    pub fn awaitable_iter(&self, obj: &Obj) -> R {
        if is_coroutine(obj) {
            return Ok(obj.clone());
        }
        let Some(await_) = self.type_of(obj).slots.await_.get() else {
            let name = self.type_name(obj);
            return Err(self.type_error(format_args!("object {name} can't be used in 'await' expression")));
        };
        let iterator = await_(self, obj)?;
        if is_coroutine(&iterator) {
            return Err(self.type_error(format_args!("__await__() returned a coroutine")));
        }
        if self.type_of(&iterator).slots.next.get().is_none() {
            let name = self.type_name(&iterator);
            return Err(self.type_error(format_args!("__await__() returned non-iterator of type '{name}'")));
        }
        Ok(iterator)
    }

    /// The operand of an `await`; `what` is 0, or 1 and 2 for what `__aenter__` and `__aexit__` returned.
    pub fn get_awaitable(&self, obj: &Obj, what: i64) -> R {
        if obj.is_kind(Kind::Coroutine) {
            if generator::expect(obj).is_delegating() {
                return Err(self.runtime_error(format_args!("coroutine is being awaited already")));
            }
            return Ok(obj.clone());
        }
        if what != 0 && !is_coroutine(obj) && self.type_of(obj).slots.await_.get().is_none() {
            let method = if what == 1 { "__aenter__" } else { "__aexit__" };
            let name = self.type_name(obj);
            return Err(self.type_error(format_args!(
                "'async with' received an object from {method} that does not implement __await__: {name}"
            )));
        }
        self.awaitable_iter(obj)
    }

    /// The asynchronous iterator of `async for`.
    pub fn get_aiter(&self, obj: &Obj) -> R {
        let Some(aiter) = self.type_of(obj).slots.aiter.get() else {
            let name = self.type_name(obj);
            return Err(
                self.type_error(format_args!("'async for' requires an object with __aiter__ method, got {name}"))
            );
        };
        let iterator = aiter(self, obj)?;
        if self.type_of(&iterator).slots.anext.get().is_none() {
            let name = self.type_name(&iterator);
            return Err(self.type_error(format_args!(
                "'async for' received an object from __aiter__ that does not implement __anext__: {name}"
            )));
        }
        Ok(iterator)
    }

    /// What `async for` delegates to for the next item.
    pub fn get_anext(&self, iterator: &Obj) -> R {
        let Some(anext) = self.type_of(iterator).slots.anext.get() else {
            let name = self.type_name(iterator);
            return Err(
                self.type_error(format_args!("'async for' requires an iterator with __anext__ method, got {name}"))
            );
        };
        let next = anext(self, iterator)?;
        if iterator.is_kind(Kind::AsyncGenerator) {
            return Ok(next);
        }
        match self.awaitable_iter(&next) {
            Ok(iterator) => Ok(iterator),
            Err(_) => {
                let cause = self.take_exception();
                let name = self.type_name(&next);
                let error =
                    self.type_error(format_args!("'async for' received an invalid object from __anext__: {name}"));
                Err(self.caused_by(error, cause))
            }
        }
    }

    /// Gives the pending exception a cause that is its context too, as `raise … from …` in a handler does.
    pub fn caused_by(&self, raised: Raised, cause: Option<Obj>) -> Raised {
        if let Some(error) = self.ctx().exc.get()
            && let Some(e) = crate::object::exception::get(&error)
        {
            e.cause.set(cause.clone());
            e.context.set(cause);
            e.suppress_context.set(true);
        }
        raised
    }

    /// Takes the pending exception if it ends an `async for`.
    pub fn end_async_for(&self) -> R<()> {
        if !self.exception_is(&specs::STOP_ASYNC_ITERATION) {
            return Err(Raised::pending());
        }
        self.clear_exception();
        Ok(())
    }

    /// `aiter(obj)`.
    pub fn aiter(&self, obj: &Obj) -> R {
        let Some(aiter) = self.type_of(obj).slots.aiter.get() else {
            return Err(self.type_error(format_args!("'{}' object is not an async iterable", self.type_name(obj))));
        };
        let iterator = aiter(self, obj)?;
        if self.type_of(&iterator).slots.anext.get().is_none() {
            let name = self.type_name(&iterator);
            return Err(self.type_error(format_args!("aiter() returned not an async iterator of type '{name}'")));
        }
        Ok(iterator)
    }

    /// `anext(obj)`: what is to be awaited.
    pub fn anext(&self, obj: &Obj) -> R {
        match self.type_of(obj).slots.anext.get() {
            Some(anext) => anext(self, obj),
            None => Err(self.type_error(format_args!("'{}' object is not an async iterator", self.type_name(obj)))),
        }
    }
}
