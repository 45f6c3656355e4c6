//! Code objects: views of the static descriptors of compiled code.

use super::spec::{CmpOp, GetSetDef, Slots, TypeSpec};
use crate::object::descs;
use crate::object::module::Data;
use crate::object::native::{self, Payload};
use crate::object::str;
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::desc::CodeDesc;
use molt_abi::layout::Kind;

/// A code object.
struct Code {
    data: Data,
    desc: &'static CodeDesc,
}

impl Payload for Code {}

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    slots: Slots { repr: Some(repr), compare: Some(compare), hash: Some(hash), ..Slots::EMPTY },
    getset: &[
        GetSetDef::read_only("co_name", |_, o| Ok(constant(o, |d| d.name))),
        GetSetDef::read_only("co_qualname", |_, o| Ok(constant(o, |d| d.qualname))),
        GetSetDef::read_only("co_filename", |rt, o| Ok(rt.str(fields(o).data.desc().file()))),
        GetSetDef::read_only("co_firstlineno", |rt, o| Ok(rt.int(i64::from(fields(o).desc.first_line)))),
        GetSetDef::read_only("co_argcount", |rt, o| Ok(rt.int(i64::from(fields(o).desc.arg_count)))),
        GetSetDef::read_only("co_posonlyargcount", |rt, o| Ok(rt.int(i64::from(fields(o).desc.posonly_count)))),
        GetSetDef::read_only("co_kwonlyargcount", |rt, o| Ok(rt.int(i64::from(fields(o).desc.kwonly_count)))),
        GetSetDef::read_only("co_nlocals", |rt, o| Ok(rt.int(i64::from(fields(o).desc.local_count)))),
        GetSetDef::read_only("co_flags", |rt, o| Ok(rt.int(i64::from(fields(o).desc.flags)))),
        GetSetDef::read_only("co_varnames", |rt, o| Ok(names(rt, o, descs::varnames))),
        GetSetDef::read_only("co_cellvars", |rt, o| Ok(names(rt, o, descs::cellvars))),
        GetSetDef::read_only("co_freevars", |rt, o| Ok(names(rt, o, descs::freevars))),
    ],
    ..TypeSpec::native("code", Code::VTABLE)
};

/// The code object of a descriptor.
pub fn new(rt: &Rt, data: Data, desc: &'static CodeDesc) -> Obj {
    native::new(rt, rt.kind_type(Kind::Code), Code { data, desc })
}

/// The descriptor of a code object.
pub fn parts(obj: &Obj) -> Option<(Data, &'static CodeDesc)> {
    native::payload::<Code>(obj).map(|c| (c.data, c.desc))
}

fn fields(obj: &Obj) -> &Code {
    native::expect::<Code>(obj)
}

fn constant(obj: &Obj, which: fn(&CodeDesc) -> u32) -> Obj {
    let code = fields(obj);
    code.data.constant(which(code.desc))
}

fn names(rt: &Rt, obj: &Obj, which: fn(&'static CodeDesc) -> &'static [u32]) -> Obj {
    let code = fields(obj);
    rt.tuple(which(code.desc).iter().map(|n| code.data.constant(*n)).collect())
}

fn repr(rt: &Rt, obj: &Obj) -> R {
    let code = fields(obj);
    let text = format!(
        "<code object {} at {:#x}, file \"{}\", line {}>",
        str::to_string(&code.data.constant(code.desc.name)),
        obj.word(),
        code.data.desc().file(),
        code.desc.first_line
    );
    Ok(rt.str(&text))
}

/// Code objects are made when they are asked for: two of the same code are equal.
fn compare(_rt: &Rt, a: &Obj, b: &Obj, op: CmpOp) -> R {
    let (Some(x), Some(y)) = (native::payload::<Code>(a), native::payload::<Code>(b)) else {
        return Ok(Obj::not_implemented());
    };
    let same = std::ptr::eq(x.desc, y.desc);
    Ok(match op {
        CmpOp::Eq => Obj::bool(same),
        CmpOp::Ne => Obj::bool(!same),
        _ => Obj::not_implemented(),
    })
}

fn hash(_rt: &Rt, obj: &Obj) -> R<i64> {
    Ok((std::ptr::from_ref(fields(obj).desc) as u64 >> 4) as i64)
}
