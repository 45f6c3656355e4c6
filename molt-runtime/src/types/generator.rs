//! Generators: `next`, `send`, `throw`, `close` and finalisation (PEP 255, 342, 380, 479).
//!
//! Invariant: a generator that raised or returned is finished for good; one that is running is never resumed.

use super::exception as specs;
use super::spec::{GetSetDef, MethodDef, NativeFn, Slots, TypeSpec};
use crate::object::generator::{GeneratorObject, Step};
use crate::object::types::as_type;
use crate::object::{exception, traceback, tuple};
use crate::runtime::{R, Raised, Rt};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    slots: Slots {
        repr: Some(repr),
        iter: Some(|_, obj| Ok(obj.clone())),
        next: Some(next),
        del: Some(finalize),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("close", NativeFn::NoArgs(close), "", "close() -> raise GeneratorExit inside generator."),
        MethodDef::new(
            "send",
            NativeFn::One(send),
            "",
            "send(arg) -> send 'arg' into generator,\nreturn next yielded value or raise StopIteration.",
        ),
        MethodDef::new(
            "throw",
            NativeFn::Positional { min: 1, max: 3, func: throw },
            "",
            "throw(value)\nthrow(type[,value[,tb]])\n\nRaise exception in generator, return next yielded value or raise\nStopIteration.\nthe (type, val, tb) signature is deprecated, \nand may be removed in a future version of Python.",
        ),
    ],
    getset: &[
        GetSetDef::read_only("__name__", name),
        GetSetDef::read_only("__qualname__", qualname),
        GetSetDef::read_only("gi_running", running),
        GetSetDef::read_only("gi_suspended", suspended),
        GetSetDef::read_only("gi_yieldfrom", yield_from),
        GetSetDef::read_only("gi_code", |rt, o| Ok(super::code::new(rt, fields(o).data(), fields(o).code()))),
        GetSetDef::read_only("gi_frame", frame),
    ],
    ..TypeSpec::new("generator", Kind::Generator)
};

fn fields(obj: &Obj) -> &GeneratorObject {
    obj.expect::<GeneratorObject>()
}

fn repr(rt: &Rt, obj: &Obj) -> R {
    let name = crate::object::str::to_string(&qualname(rt, obj)?);
    Ok(rt.str(&format!("<generator object {name} at {:#x}>", obj.word())))
}

fn name(_rt: &Rt, obj: &Obj) -> R {
    let g = fields(obj);
    Ok(g.data().constant(g.code().name))
}

fn qualname(_rt: &Rt, obj: &Obj) -> R {
    let g = fields(obj);
    Ok(g.data().constant(g.code().qualname))
}

fn frame(rt: &Rt, obj: &Obj) -> R {
    let g = fields(obj);
    if g.is_finished() {
        return Ok(Obj::none());
    }
    Ok(super::frame::new(rt, g.data(), g.code(), g.code().first_line))
}

fn running(_rt: &Rt, obj: &Obj) -> R {
    Ok(Obj::bool(fields(obj).is_running()))
}

fn suspended(_rt: &Rt, obj: &Obj) -> R {
    let g = fields(obj);
    Ok(Obj::bool(!g.is_new() && !g.is_running() && !g.is_finished()))
}

fn yield_from(_rt: &Rt, obj: &Obj) -> R {
    Ok(fields(obj).delegate().unwrap_or(Obj::none()))
}

impl Rt {
    /// Resumes a generator with a value, or with the pending exception. `None` when it returned: the value is in the context.
    pub fn resume(&self, obj: &Obj, sent: Option<Obj>) -> R<Option<Obj>> {
        let g = fields(obj);
        if g.is_running() {
            if sent.is_none() {
                self.clear_exception();
            }
            return Err(self.value_error(format_args!("generator already executing")));
        }
        if g.is_finished() {
            return if sent.is_none() { Err(Raised::pending()) } else { Ok(None) };
        }
        if g.is_new() && sent.is_none() {
            // Nothing has run that could handle the exception.
            let exc = self.take_exception();
            g.release_frame();
            self.restore_exception(exc);
            return Err(Raised::pending());
        }
        self.ctx().stop_value.set(None);
        match g.resume(self, obj, sent) {
            Step::Yielded(value) => Ok(Some(value)),
            Step::Returned => Ok(None),
            Step::Raised => Err(Raised::pending()),
        }
    }

    /// StopIteration with the value that the iterator that just ended returned.
    #[cold]
    pub fn stop_iteration(&self) -> Raised {
        self.raise_stop_iteration()
    }
}

fn next(rt: &Rt, obj: &Obj) -> R<Option<Obj>> {
    rt.resume(obj, Some(Obj::none()))
}

fn send(rt: &Rt, obj: &Obj, value: &Obj) -> R {
    if fields(obj).is_new() && !value.is_none() && !fields(obj).is_running() {
        return Err(rt.type_error(format_args!("can't send non-None value to a just-started generator")));
    }
    match rt.resume(obj, Some(value.clone()))? {
        Some(value) => Ok(value),
        None => Err(rt.stop_iteration()),
    }
}

fn throw(rt: &Rt, obj: &Obj, args: &[Obj]) -> R {
    let exc = thrown(rt, args)?;
    rt.restore_exception(Some(exc));
    match rt.resume(obj, None)? {
        Some(value) => Ok(value),
        None => Err(rt.stop_iteration()),
    }
}

/// The exception of `throw`'s arguments: an instance, or a class with an optional value.
fn thrown(rt: &Rt, args: &[Obj]) -> R {
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

fn close(rt: &Rt, obj: &Obj) -> R {
    let g = fields(obj);
    if g.is_running() {
        return Err(rt.value_error(format_args!("generator already executing")));
    }
    if g.is_new() || g.is_finished() {
        g.release_frame();
        return Ok(Obj::none());
    }
    rt.raise_with(&specs::GENERATOR_EXIT, Vec::new());
    match rt.resume(obj, None) {
        Ok(Some(_)) => Err(rt.runtime_error(format_args!("generator ignored GeneratorExit"))),
        Ok(None) => {
            rt.ctx().stop_value.set(None);
            Ok(Obj::none())
        }
        Err(raised) => {
            if rt.exception_is(&specs::GENERATOR_EXIT) || rt.exception_is(&specs::STOP_ITERATION) {
                rt.clear_exception();
                return Ok(Obj::none());
            }
            Err(raised)
        }
    }
}

/// An unfinished generator that is dropped is closed, so that its `finally` blocks run.
fn finalize(rt: &Rt, obj: &Obj) -> R<()> {
    let g = fields(obj);
    if g.is_new() || g.is_finished() {
        g.release_frame();
        return Ok(());
    }
    close(rt, obj).map(drop)
}
