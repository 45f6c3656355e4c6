//! Generators.

use super::spec::{GetSetDef, MethodDef, NativeFn, Slots, TypeSpec};
use crate::ops::suspended;
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    slots: Slots {
        repr: Some(suspended::repr),
        iter: Some(crate::ops::iter::iter_self),
        next: Some(next),
        del: Some(suspended::finalize),
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
        GetSetDef::read_only("__name__", suspended::name),
        GetSetDef::read_only("__qualname__", suspended::qualname),
        GetSetDef::read_only("gi_running", suspended::running),
        GetSetDef::read_only("gi_suspended", suspended::suspended),
        GetSetDef::read_only("gi_yieldfrom", suspended::delegate),
        GetSetDef::read_only("gi_code", suspended::code),
        GetSetDef::read_only("gi_frame", suspended::frame),
    ],
    ..TypeSpec::new("generator", Kind::Generator)
};

fn next(rt: &Rt, obj: &Obj) -> R<Option<Obj>> {
    rt.resume(obj, Some(Obj::none()))
}

/// `send`, also of coroutines.
pub fn send(rt: &Rt, obj: &Obj, value: &Obj) -> R {
    let step = rt.send_into(obj, value);
    rt.or_stop_iteration(step)
}

/// `throw`, also of coroutines.
pub fn throw(rt: &Rt, obj: &Obj, args: &[Obj]) -> R {
    let step = rt.throw_into(obj, args);
    rt.or_stop_iteration(step)
}

/// `close`, also of coroutines.
pub fn close(rt: &Rt, obj: &Obj) -> R {
    rt.close_suspended(obj)?;
    Ok(Obj::none())
}
