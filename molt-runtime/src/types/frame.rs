//! Frame objects: what a traceback or a suspended generator says of a running function.
//!
//! Compiled frames keep their variables in machine registers and stack slots: a frame object knows its code, line and
//! globals, and refuses to show locals and callers.

use super::spec::{GetSetDef, Slots, TypeSpec};
use crate::object::module::Data;
use crate::object::native::{self, Payload};
use crate::object::str;
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::desc::CodeDesc;

/// A frame.
struct Frame {
    data: Data,
    code: &'static CodeDesc,
    line: u32,
}

impl Payload for Frame {}

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    slots: Slots { repr: Some(repr), ..Slots::EMPTY },
    getset: &[
        GetSetDef::read_only("f_code", |rt, o| Ok(super::code::new(rt, fields(o).data, fields(o).code))),
        GetSetDef::read_only("f_lineno", |rt, o| Ok(rt.int(i64::from(fields(o).line)))),
        GetSetDef::read_only("f_globals", |_, o| Ok(fields(o).data.dict().unwrap_or(Obj::none()))),
        GetSetDef::read_only("f_builtins", |rt, _| Ok(rt.namespace(&rt.builtins_module()))),
        GetSetDef::read_only("f_locals", |rt, _| Err(unavailable(rt, "f_locals"))),
        GetSetDef::read_only("f_back", |rt, _| Err(unavailable(rt, "f_back"))),
    ],
    ..TypeSpec::native("frame", Frame::VTABLE)
};

/// A frame object.
pub fn new(rt: &Rt, data: Data, code: &'static CodeDesc, line: u32) -> Obj {
    native::new(rt, rt.spec_type(&SPEC), Frame { data, code, line })
}

fn fields(obj: &Obj) -> &Frame {
    native::expect::<Frame>(obj)
}

fn unavailable(rt: &Rt, what: &str) -> crate::runtime::Raised {
    rt.not_implemented_error(format_args!("{what} of a compiled frame is not available"))
}

fn repr(rt: &Rt, obj: &Obj) -> R {
    let f = fields(obj);
    let name = str::to_string(&f.data.constant(f.code.name));
    let file = f.data.desc().file();
    Ok(rt.str(&format!("<frame at {:#x}, file '{file}', line {}, code {name}>", obj.word(), f.line)))
}
