//! Asynchronous generators, and what their `asend`, `athrow` and `aclose` give to be awaited (PEP 525).
//!
//! The body suspends for two reasons: in an `await`, which is passed on to whoever drives the awaitable, and at a `yield`, which ends
//! the awaitable with the value. They are told apart by the iterator that an `await` delegates to, so that yielded values
//! need no wrapper.

use super::exception as specs;
use super::spec::{GetSetDef, MethodDef, NativeFn, Slots, TypeSpec};
use crate::object::generator::{Flag, expect};
use crate::object::native::{self, Payload};
use crate::ops::{native_call, suspended};
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::layout::Kind;
use std::cell::Cell;

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    slots: Slots {
        repr: Some(suspended::repr),
        aiter: Some(crate::ops::iter::iter_self),
        anext: Some(anext),
        del: Some(finalize),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("asend", NativeFn::One(asend), "", "asend(v) -> send 'v' in generator."),
        MethodDef::new(
            "athrow",
            NativeFn::Positional { min: 0, max: usize::MAX, func: athrow },
            "",
            "athrow(value)\nathrow(type[,value[,tb]])\n\nraise exception in generator.\nthe (type, val, tb) signature is deprecated, \nand may be removed in a future version of Python.",
        ),
        MethodDef::new("aclose", NativeFn::NoArgs(aclose), "", "aclose() -> raise GeneratorExit inside generator."),
        MethodDef::new("__class_getitem__", NativeFn::One(super::alias::new), "", "See PEP 585").class(),
    ],
    getset: &[
        GetSetDef::read_only("__name__", suspended::name),
        GetSetDef::read_only("__qualname__", suspended::qualname),
        GetSetDef::read_only("ag_await", suspended::delegate),
        GetSetDef::member("ag_running", |_, o| Ok(Obj::bool(expect(o).has(Flag::Awaited)))),
        GetSetDef::read_only("ag_suspended", suspended::suspended),
        GetSetDef::read_only("ag_code", suspended::code),
        GetSetDef::read_only("ag_frame", suspended::frame),
    ],
    ..TypeSpec::new("async_generator", Kind::AsyncGenerator)
};

/// The hook that was set when the iteration began finalises what is not closed; without one it is closed as a generator is.
fn finalize(rt: &Rt, obj: &Obj) -> R<()> {
    let g = expect(obj);
    if !g.is_finished()
        && !g.has(Flag::Closed)
        && let Some(finalizer) = g.finalizer.get()
    {
        return rt.call(&finalizer, std::slice::from_ref(obj)).map(drop);
    }
    suspended::finalize(rt, obj)
}

/// Shows the generator to the hooks of [`Rt::asyncgen_hooks`], once.
fn hook(rt: &Rt, obj: &Obj) -> R<()> {
    let g = expect(obj);
    if g.has(Flag::Hooked) {
        return Ok(());
    }
    g.mark(Flag::Hooked, true);
    let hooks = rt.asyncgen_hooks();
    g.finalizer.set(hooks.finalizer.get());
    if let Some(first) = hooks.first_iter.get() {
        rt.call(&first, std::slice::from_ref(obj))?;
    }
    Ok(())
}

/// Where the body stopped.
enum Stop {
    /// In an `await` that yielded the value.
    Await(Obj),
    /// At a `yield` of the value.
    Yield(Obj),
}

/// One step of the body; its end is StopAsyncIteration.
fn step(rt: &Rt, generator: &Obj, step: R<Option<Obj>>) -> R<Stop> {
    match step? {
        Some(value) if expect(generator).is_delegating() => Ok(Stop::Await(value)),
        Some(value) => Ok(Stop::Yield(value)),
        None => Err(rt.raise_with(&specs::STOP_ASYNC_ITERATION, Vec::new())),
    }
}

/// Whether the pending exception is how a body ends that is closed.
fn is_end(rt: &Rt) -> bool {
    rt.exception_is(&specs::STOP_ASYNC_ITERATION) || rt.exception_is(&specs::GENERATOR_EXIT)
}

/// What an awaitable makes of a step: a yielded value is its result.
fn unwrap(rt: &Rt, generator: &Obj, result: R<Stop>) -> R<Option<Obj>> {
    let g = expect(generator);
    match result {
        Ok(Stop::Await(value)) => Ok(Some(value)),
        Ok(Stop::Yield(value)) => {
            g.mark(Flag::Awaited, false);
            rt.ctx().stop_value.set(Some(value).filter(|v| !v.is_none()));
            Ok(None)
        }
        Err(raised) => {
            if is_end(rt) {
                g.mark(Flag::Closed, true);
            }
            g.mark(Flag::Awaited, false);
            Err(raised)
        }
    }
}

/// How far an awaitable is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Running,
    Closed,
}

/// What `__anext__` and `asend` give.
struct Asend {
    generator: Obj,
    value: Obj,
    state: Cell<State>,
}

impl Payload for Asend {
    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        visit(&self.generator);
        visit(&self.value);
    }
}

static ASEND_SPEC: TypeSpec = TypeSpec {
    slots: Slots {
        iter: Some(crate::ops::iter::iter_self),
        await_: Some(crate::ops::iter::iter_self),
        next: Some(|rt, obj| asend_send(rt, obj, &Obj::none())),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("send", NativeFn::One(|rt, obj, v| stopping(rt, asend_send(rt, obj, v))), "", ""),
        MethodDef::new(
            "throw",
            NativeFn::Positional { min: 1, max: 3, func: |rt, obj, args| stopping(rt, asend_throw(rt, obj, args)) },
            "",
            "",
        ),
        MethodDef::new("close", NativeFn::NoArgs(asend_close), "", ""),
    ],
    ..TypeSpec::native("async_generator_asend", Asend::VTABLE)
};

fn stopping(rt: &Rt, step: R<Option<Obj>>) -> R {
    rt.or_stop_iteration(step)
}

fn anext(rt: &Rt, obj: &Obj) -> R {
    asend(rt, obj, &Obj::none())
}

fn asend(rt: &Rt, obj: &Obj, value: &Obj) -> R {
    hook(rt, obj)?;
    let payload = Asend { generator: obj.clone(), value: value.clone(), state: Cell::new(State::New) };
    Ok(native::new(rt, rt.spec_type(&ASEND_SPEC), payload))
}

fn asend_reused<T>(rt: &Rt) -> R<T> {
    Err(rt.runtime_error(format_args!("cannot reuse already awaited __anext__()/asend()")))
}

fn asend_send(rt: &Rt, obj: &Obj, value: &Obj) -> R<Option<Obj>> {
    let this = native::expect::<Asend>(obj);
    let g = expect(&this.generator);
    let mut value = value;
    match this.state.get() {
        State::Closed => return asend_reused(rt),
        State::New => {
            if g.has(Flag::Awaited) {
                return Err(rt.runtime_error(format_args!("anext(): asynchronous generator is already running")));
            }
            if value.is_none() {
                value = &this.value;
            }
            this.state.set(State::Running);
        }
        State::Running => {}
    }
    g.mark(Flag::Awaited, true);
    let resumed = rt.send_into(&this.generator, value);
    asend_result(rt, this, resumed)
}

fn asend_throw(rt: &Rt, obj: &Obj, args: &[Obj]) -> R<Option<Obj>> {
    let this = native::expect::<Asend>(obj);
    if this.state.get() == State::Closed {
        return asend_reused(rt);
    }
    let resumed = rt.throw_into(&this.generator, args);
    asend_result(rt, this, resumed)
}

fn asend_result(rt: &Rt, this: &Asend, resumed: R<Option<Obj>>) -> R<Option<Obj>> {
    let result = unwrap(rt, &this.generator, step(rt, &this.generator, resumed));
    if !matches!(result, Ok(Some(_))) {
        this.state.set(State::Closed);
    }
    result
}

fn asend_close(_rt: &Rt, obj: &Obj) -> R {
    native::expect::<Asend>(obj).state.set(State::Closed);
    Ok(Obj::none())
}

/// What `athrow`, with arguments, and `aclose`, without, give.
struct Athrow {
    generator: Obj,
    args: Option<Vec<Obj>>,
    state: Cell<State>,
}

impl Payload for Athrow {
    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        visit(&self.generator);
        self.args.iter().flatten().for_each(visit);
    }
}

static ATHROW_SPEC: TypeSpec = TypeSpec {
    slots: Slots {
        iter: Some(crate::ops::iter::iter_self),
        await_: Some(crate::ops::iter::iter_self),
        next: Some(|rt, obj| athrow_send(rt, obj, &Obj::none())),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("send", NativeFn::One(|rt, obj, v| stopping(rt, athrow_send(rt, obj, v))), "", ""),
        MethodDef::new(
            "throw",
            NativeFn::Positional { min: 1, max: 3, func: |rt, obj, args| stopping(rt, athrow_throw(rt, obj, args)) },
            "",
            "",
        ),
        MethodDef::new("close", NativeFn::NoArgs(athrow_close), "", ""),
    ],
    ..TypeSpec::native("async_generator_athrow", Athrow::VTABLE)
};

fn athrow(rt: &Rt, obj: &Obj, args: &[Obj]) -> R {
    new_athrow(rt, obj, Some(args.to_vec()))
}

fn aclose(rt: &Rt, obj: &Obj) -> R {
    new_athrow(rt, obj, None)
}

fn new_athrow(rt: &Rt, obj: &Obj, args: Option<Vec<Obj>>) -> R {
    hook(rt, obj)?;
    let payload = Athrow { generator: obj.clone(), args, state: Cell::new(State::New) };
    Ok(native::new(rt, rt.spec_type(&ATHROW_SPEC), payload))
}

fn athrow_reused<T>(rt: &Rt) -> R<T> {
    Err(rt.runtime_error(format_args!("cannot reuse already awaited aclose()/athrow()")))
}

fn athrow_send(rt: &Rt, obj: &Obj, value: &Obj) -> R<Option<Obj>> {
    let this = native::expect::<Athrow>(obj);
    let g = expect(&this.generator);
    if this.state.get() == State::Closed {
        return athrow_reused(rt);
    }
    if g.is_finished() && !g.is_running() {
        this.state.set(State::Closed);
        rt.ctx().stop_value.set(None);
        return Ok(None);
    }
    if this.state.get() == State::Running {
        let resumed = rt.send_into(&this.generator, value);
        let result = step(rt, &this.generator, resumed);
        return if this.args.is_some() { unwrap(rt, &this.generator, result) } else { closing(rt, this, result) };
    }
    if g.has(Flag::Awaited) {
        this.state.set(State::Closed);
        let method = if this.args.is_some() { "athrow" } else { "aclose" };
        return Err(rt.runtime_error(format_args!("{method}(): asynchronous generator is already running")));
    }
    if g.has(Flag::Closed) {
        this.state.set(State::Closed);
        return Err(rt.raise_with(&specs::STOP_ASYNC_ITERATION, Vec::new()));
    }
    if !value.is_none() {
        return Err(rt.runtime_error(format_args!("can't send non-None value to a just-started coroutine")));
    }
    this.state.set(State::Running);
    g.mark(Flag::Awaited, true);
    match &this.args {
        None => {
            g.mark(Flag::Closed, true);
            rt.raise_with(&specs::GENERATOR_EXIT, Vec::new());
            let resumed = rt.resume(&this.generator, None);
            let result = step(rt, &this.generator, resumed);
            closing(rt, this, result)
        }
        Some(args) => {
            if args.is_empty() || args.len() > 3 {
                return Err(native_call::positional_error(rt, "athrow", args.len(), 1, 3));
            }
            let resumed = rt.throw_into(&this.generator, args);
            let result = unwrap(rt, &this.generator, step(rt, &this.generator, resumed));
            if result.is_err() {
                g.mark(Flag::Awaited, false);
                this.state.set(State::Closed);
            }
            result
        }
    }
}

/// What `aclose` makes of a step: the body has to end.
fn closing(rt: &Rt, this: &Athrow, result: R<Stop>) -> R<Option<Obj>> {
    let g = expect(&this.generator);
    let end = |state: State| {
        g.mark(Flag::Awaited, false);
        this.state.set(state);
    };
    match result {
        Ok(Stop::Await(value)) => Ok(Some(value)),
        Ok(Stop::Yield(_)) => {
            end(State::Closed);
            Err(rt.runtime_error(format_args!("async generator ignored GeneratorExit")))
        }
        Err(raised) => {
            end(State::Closed);
            if !is_end(rt) {
                return Err(raised);
            }
            rt.clear_exception();
            rt.ctx().stop_value.set(None);
            Ok(None)
        }
    }
}

fn athrow_throw(rt: &Rt, obj: &Obj, args: &[Obj]) -> R<Option<Obj>> {
    let this = native::expect::<Athrow>(obj);
    if this.state.get() == State::Closed {
        return athrow_reused(rt);
    }
    let resumed = rt.throw_into(&this.generator, args);
    let result = step(rt, &this.generator, resumed);
    if this.args.is_some() { unwrap(rt, &this.generator, result) } else { closing(rt, this, result) }
}

fn athrow_close(_rt: &Rt, obj: &Obj) -> R {
    native::expect::<Athrow>(obj).state.set(State::Closed);
    Ok(Obj::none())
}
