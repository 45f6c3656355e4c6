//! Coroutines and the iterators that their `__await__` gives (PEP 492).

use super::generator::{close, send, throw};
use super::spec::{GetSetDef, MethodDef, NativeFn, Slots, TypeSpec};
use crate::object::generator::expect;
use crate::object::native::{self, Payload};
use crate::object::str;
use crate::ops::suspended;
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    slots: Slots { repr: Some(suspended::repr), await_: Some(await_), del: Some(finalize), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("close", NativeFn::NoArgs(close), "", CLOSE_DOC),
        MethodDef::new("send", NativeFn::One(send), "", SEND_DOC),
        MethodDef::new("throw", NativeFn::Positional { min: 1, max: 3, func: throw }, "", THROW_DOC),
    ],
    getset: &[
        GetSetDef::read_only("__name__", suspended::name),
        GetSetDef::read_only("__qualname__", suspended::qualname),
        GetSetDef::read_only("cr_await", suspended::delegate),
        GetSetDef::read_only("cr_running", suspended::running),
        GetSetDef::read_only("cr_suspended", suspended::suspended),
        GetSetDef::read_only("cr_code", suspended::code),
        GetSetDef::read_only("cr_frame", suspended::frame),
        GetSetDef::member("cr_origin", |_, _| Ok(Obj::none())),
    ],
    ..TypeSpec::new("coroutine", Kind::Coroutine)
};

const SEND_DOC: &str = "send(arg) -> send 'arg' into coroutine,\nreturn next yielded value or raise StopIteration.";
const THROW_DOC: &str = "throw(value)\nthrow(type[,value[,traceback]])\n\nRaise exception in coroutine, return next yielded value or raise\nStopIteration.\nthe (type, val, tb) signature is deprecated, \nand may be removed in a future version of Python.";
const CLOSE_DOC: &str = "close() -> raise GeneratorExit inside coroutine.";

/// A coroutine that was never started says so; any other unfinished one is closed.
fn finalize(rt: &Rt, obj: &Obj) -> R<()> {
    let coroutine = expect(obj);
    if coroutine.is_new() {
        let name = str::to_string(&suspended::qualname(rt, obj)?);
        rt.warn_of_runtime(&format!("coroutine '{name}' was never awaited"));
    }
    suspended::finalize(rt, obj)
}

/// The iterator over a coroutine.
struct Wrapper {
    coroutine: Obj,
}

impl Payload for Wrapper {
    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        visit(&self.coroutine);
    }
}

static WRAPPER_SPEC: TypeSpec = TypeSpec {
    doc: "A wrapper object implementing __await__ for coroutines.",
    slots: Slots { iter: Some(crate::ops::iter::iter_self), next: Some(wrapper_next), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("close", NativeFn::NoArgs(|rt, obj| close(rt, wrapped(obj))), "", CLOSE_DOC),
        MethodDef::new("send", NativeFn::One(|rt, obj, value| send(rt, wrapped(obj), value)), "", SEND_DOC),
        MethodDef::new(
            "throw",
            NativeFn::Positional { min: 1, max: 3, func: |rt, obj, args| throw(rt, wrapped(obj), args) },
            "",
            THROW_DOC,
        ),
    ],
    ..TypeSpec::native("coroutine_wrapper", Wrapper::VTABLE)
};

fn await_(rt: &Rt, obj: &Obj) -> R {
    Ok(native::new(rt, rt.spec_type(&WRAPPER_SPEC), Wrapper { coroutine: obj.clone() }))
}

fn wrapped(obj: &Obj) -> &Obj {
    &native::expect::<Wrapper>(obj).coroutine
}

fn wrapper_next(rt: &Rt, obj: &Obj) -> R<Option<Obj>> {
    rt.resume(wrapped(obj), Some(Obj::none()))
}
