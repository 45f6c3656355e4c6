//! What `anext(iterator, default)` gives to be awaited.

use super::exception as specs;
use super::spec::{MethodDef, NativeFn, Slots, TypeSpec};
use crate::object::native::{self, Payload};
use crate::runtime::{R, Rt};
use crate::value::Obj;

struct AnextAwaitable {
    wrapped: Obj,
    default: Obj,
}

impl Payload for AnextAwaitable {
    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        visit(&self.wrapped);
        visit(&self.default);
    }
}

static SPEC: TypeSpec = TypeSpec {
    slots: Slots {
        iter: Some(crate::ops::iter::iter_self),
        await_: Some(crate::ops::iter::iter_self),
        next: Some(next),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("send", NativeFn::One(|rt, obj, v| proxy(rt, obj, "send", std::slice::from_ref(v))), "", ""),
        MethodDef::new(
            "throw",
            NativeFn::Positional { min: 0, max: usize::MAX, func: |rt, obj, args| proxy(rt, obj, "throw", args) },
            "",
            "",
        ),
        MethodDef::new("close", NativeFn::NoArgs(|rt, obj| proxy(rt, obj, "close", &[])), "", ""),
    ],
    ..TypeSpec::native("anext_awaitable", AnextAwaitable::VTABLE)
};

/// An awaitable whose result is that of `wrapped`, or `default` where that raises StopAsyncIteration.
pub fn new(rt: &Rt, wrapped: Obj, default: &Obj) -> Obj {
    native::new(rt, rt.spec_type(&SPEC), AnextAwaitable { wrapped, default: default.clone() })
}

/// The iterator of the wrapped awaitable.
fn iterator(rt: &Rt, this: &AnextAwaitable) -> R {
    let awaitable = rt.awaitable_iter(&this.wrapped)?;
    if rt.type_of(&awaitable).slots.next.get().is_some() {
        return Ok(awaitable);
    }
    // A coroutine is no iterator.
    let iterator = match rt.type_of(&awaitable).slots.await_.get() {
        Some(await_) => await_(rt, &awaitable)?,
        None => awaitable,
    };
    if rt.type_of(&iterator).slots.next.get().is_none() {
        return Err(rt.type_error(format_args!(
            "{}.__await__() must return an iterable, not {}",
            rt.type_name(&this.wrapped),
            rt.type_name(&iterator)
        )));
    }
    Ok(iterator)
}

fn next(rt: &Rt, obj: &Obj) -> R<Option<Obj>> {
    let this = native::expect::<AnextAwaitable>(obj);
    let iterator = iterator(rt, this)?;
    rt.ctx().stop_value.set(None);
    match rt.next(&iterator) {
        Err(_) if rt.exception_is(&specs::STOP_ASYNC_ITERATION) => {
            rt.clear_exception();
            rt.ctx().stop_value.set(Some(this.default.clone()).filter(|v| !v.is_none()));
            Ok(None)
        }
        step => step,
    }
}

fn proxy(rt: &Rt, obj: &Obj, method: &str, args: &[Obj]) -> R {
    let this = native::expect::<AnextAwaitable>(obj);
    let iterator = iterator(rt, this)?;
    let result = rt.get_attr_text(&iterator, method).and_then(|method| rt.call(&method, args));
    match result {
        Err(_) if rt.exception_is(&specs::STOP_ASYNC_ITERATION) => {
            rt.clear_exception();
            rt.ctx().stop_value.set(Some(this.default.clone()).filter(|v| !v.is_none()));
            Err(rt.raise_stop_iteration())
        }
        result => result,
    }
}
