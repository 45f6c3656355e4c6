//! Running generators, coroutines and asynchronous generators: `send`, `throw`, `close` and finalisation (PEP 255, 342, 380,
//! 479, 492, 525).
//!
//! Invariant: what raised or returned is finished for good; what is running is never resumed.

use crate::object::generator::{GeneratorObject, Step, expect};
use crate::object::types::as_type;
use crate::object::{exception, traceback, tuple};
use crate::runtime::{R, Raised, Rt};
use crate::types::exception as specs;
use crate::value::Obj;
use molt_abi::layout::Kind;

/// What messages call the object.
fn noun(obj: &Obj) -> &'static str {
    if obj.is_kind(Kind::Coroutine) {
        "coroutine"
    } else if obj.is_kind(Kind::AsyncGenerator) {
        "async generator"
    } else {
        "generator"
    }
}

impl Rt {
    /// Resumes a generator, coroutine or asynchronous generator with a value, or with the pending exception. `None` when it
    /// returned: the value is in the context.
    pub fn resume(&self, obj: &Obj, sent: Option<Obj>) -> R<Option<Obj>> {
        let g = expect(obj);
        if g.is_running() {
            self.clear_exception();
            return Err(self.value_error(format_args!("{} already executing", noun(obj))));
        }
        if g.is_finished() {
            return self.resume_finished(obj, sent.is_none());
        }
        self.ctx().stop_value.set(None);
        match g.resume(self, obj, sent) {
            Step::Yielded(value) => Ok(Some(value)),
            Step::Returned => Ok(None),
            Step::Raised => Err(Raised::pending()),
        }
    }

    #[cold]
    fn resume_finished(&self, obj: &Obj, throwing: bool) -> R<Option<Obj>> {
        if obj.is_kind(Kind::Coroutine) {
            self.clear_exception();
            return Err(self.runtime_error(format_args!("cannot reuse already awaited coroutine")));
        }
        if throwing {
            return Err(Raised::pending());
        }
        self.ctx().stop_value.set(None);
        Ok(None)
    }

    /// StopIteration with the value that the iterator that just ended returned.
    #[cold]
    pub fn stop_iteration(&self) -> Raised {
        self.raise_stop_iteration()
    }

    /// `send(value)`, as [`Rt::resume`].
    pub fn send_into(&self, obj: &Obj, value: &Obj) -> R<Option<Obj>> {
        let g = expect(obj);
        if g.is_new() && !value.is_none() && !g.is_running() {
            let noun = noun(obj);
            return Err(self.type_error(format_args!("can't send non-None value to a just-started {noun}")));
        }
        self.resume(obj, Some(value.clone()))
    }

    /// `throw(…)` with its arguments, as [`Rt::resume`].
    pub fn throw_into(&self, obj: &Obj, args: &[Obj]) -> R<Option<Obj>> {
        let exc = thrown(self, args)?;
        self.restore_exception(Some(exc));
        self.resume(obj, None)
    }

    /// `close()`.
    pub fn close_suspended(&self, obj: &Obj) -> R<()> {
        let g = expect(obj);
        if g.is_running() {
            return Err(self.value_error(format_args!("{} already executing", noun(obj))));
        }
        if g.is_new() || g.is_finished() {
            g.finish();
            return Ok(());
        }
        self.raise_with(&specs::GENERATOR_EXIT, Vec::new());
        match self.resume(obj, None) {
            Ok(Some(_)) => Err(self.runtime_error(format_args!("{} ignored GeneratorExit", noun(obj)))),
            Ok(None) => {
                self.ctx().stop_value.set(None);
                Ok(())
            }
            Err(raised) => {
                if self.exception_is(&specs::GENERATOR_EXIT) || self.exception_is(&specs::STOP_ITERATION) {
                    self.clear_exception();
                    return Ok(());
                }
                Err(raised)
            }
        }
    }

    /// The result of a `send` or `throw` method: the end is StopIteration.
    pub fn or_stop_iteration(&self, step: R<Option<Obj>>) -> R {
        match step? {
            Some(value) => Ok(value),
            None => Err(self.stop_iteration()),
        }
    }
}

/// The exception of `throw`'s arguments: an instance, or a class with an optional value.
pub fn thrown(rt: &Rt, args: &[Obj]) -> R {
    let (kind, value, tb) = (&args[0], args.get(1), args.get(2));
    if let Some(tb) = tb
        && !tb.is_none()
        && traceback::get(tb).is_none()
    {
        return Err(rt.type_error(format_args!("throw() third argument must be a traceback object")));
    }
    let base = rt.spec_type(&specs::BASE_EXCEPTION);
    let exc = if exception::get(kind).is_some() {
        if value.is_some_and(|v| !v.is_none()) {
            return Err(rt.type_error(format_args!("instance exception may not have a separate value")));
        }
        kind.clone()
    } else if as_type(kind).is_some_and(|t| t.is_subtype(base)) {
        match value {
            None => rt.call(kind, &[])?,
            Some(v) if v.is_none() => rt.call(kind, &[])?,
            Some(v) if as_type(kind).is_some_and(|t| rt.type_of(v).is_subtype(t)) => v.clone(),
            Some(v) => match tuple::items(v) {
                Some(items) => rt.call(kind, items)?,
                None => rt.call(kind, std::slice::from_ref(v))?,
            },
        }
    } else {
        return Err(rt.type_error(format_args!(
            "exceptions must be classes or instances deriving from BaseException, not {}",
            rt.type_name(kind)
        )));
    };
    if let (Some(e), Some(tb)) = (exception::get(&exc), tb)
        && !tb.is_none()
    {
        e.traceback.set(Some(tb.clone()));
    }
    Ok(exc)
}

/// The finaliser of generators: one that is unfinished is closed, so that its `finally` blocks run.
pub fn finalize(rt: &Rt, obj: &Obj) -> R<()> {
    let g = expect(obj);
    if g.is_new() || g.is_finished() {
        g.release_frame();
        return Ok(());
    }
    rt.close_suspended(obj)
}

/// `__name__`
pub fn name(_rt: &Rt, obj: &Obj) -> R {
    let g = expect(obj);
    Ok(g.data().constant(g.code().name))
}

/// `__qualname__`
pub fn qualname(_rt: &Rt, obj: &Obj) -> R {
    let g = expect(obj);
    Ok(g.data().constant(g.code().qualname))
}

/// `gi_code`, `cr_code`, `ag_code`
pub fn code(rt: &Rt, obj: &Obj) -> R {
    let g = expect(obj);
    Ok(crate::types::code::new(rt, g.data(), g.code()))
}

/// `gi_frame`, `cr_frame`, `ag_frame`
pub fn frame(rt: &Rt, obj: &Obj) -> R {
    let g = expect(obj);
    if g.is_finished() && !g.is_running() {
        return Ok(Obj::none());
    }
    Ok(crate::types::frame::new(rt, g.data(), g.code(), g.code().first_line))
}

/// `gi_running`, `cr_running`
pub fn running(_rt: &Rt, obj: &Obj) -> R {
    Ok(Obj::bool(expect(obj).is_running()))
}

/// `gi_suspended`, `cr_suspended`, `ag_suspended`
pub fn suspended(_rt: &Rt, obj: &Obj) -> R {
    let g: &GeneratorObject = expect(obj);
    Ok(Obj::bool(!g.is_new() && !g.is_running() && !g.is_finished()))
}

/// `gi_yieldfrom`, `cr_await`, `ag_await`
pub fn delegate(_rt: &Rt, obj: &Obj) -> R {
    Ok(expect(obj).delegate().unwrap_or(Obj::none()))
}

/// `<coroutine object f at 0x…>`
pub fn repr(rt: &Rt, obj: &Obj) -> R {
    let name = crate::object::str::to_string(&qualname(rt, obj)?);
    Ok(rt.str(&format!("<{} object {name} at {:#x}>", rt.type_name(obj), obj.word())))
}
