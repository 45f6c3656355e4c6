//! `mappingproxy`: a read-only view of a mapping.

use super::spec::{CmpOp, MethodDef, NativeFn, Slots, TypeSpec};
use crate::object::native::{self, Payload};
use crate::object::types::in_runtime;
use crate::ops::call::Args;
use crate::runtime::{R, Rt};
use crate::types::dict;
use crate::value::Obj;
use molt_abi::layout::Kind;

struct Proxy(Obj);

impl Payload for Proxy {
    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        visit(&self.0);
    }
}

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "Read-only proxy of a mapping.",
    slots: Slots {
        repr: Some(repr),
        str: Some(|rt, self_| rt.to_str(mapping(self_))),
        compare: Some(compare),
        hash: Some(|rt, self_| rt.hash(mapping(self_))),
        new: Some(construct),
        iter: Some(|rt, self_| rt.iter(mapping(self_))),
        len: Some(|rt, self_| rt.len(mapping(self_))),
        getitem: Some(|rt, self_, key| rt.get_item(mapping(self_), key)),
        contains: Some(|rt, self_, key| rt.contains(mapping(self_), key)),
        bitor: Some(union),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new(
            "__reversed__",
            NativeFn::NoArgs(|rt, s| forward(rt, s, "__reversed__", &[])),
            "",
            "D.__reversed__() -> reverse iterator",
        ),
        MethodDef::new(
            "copy",
            NativeFn::NoArgs(|rt, s| forward(rt, s, "copy", &[])),
            "",
            "D.copy() -> a shallow copy of D",
        ),
        MethodDef::new(
            "get",
            NativeFn::Positional { min: 1, max: 2, func: get },
            "",
            "Return the value for key if key is in the mapping, else default.",
        ),
        MethodDef::new(
            "items",
            NativeFn::NoArgs(|rt, s| forward(rt, s, "items", &[])),
            "",
            "D.items() -> a set-like object providing a view on D's items",
        ),
        MethodDef::new(
            "keys",
            NativeFn::NoArgs(|rt, s| forward(rt, s, "keys", &[])),
            "",
            "D.keys() -> a set-like object providing a view on D's keys",
        ),
        MethodDef::new(
            "values",
            NativeFn::NoArgs(|rt, s| forward(rt, s, "values", &[])),
            "",
            "D.values() -> an object providing a view on D's values",
        ),
    ],
    ..TypeSpec::native("mappingproxy", Proxy::VTABLE)
};

/// A proxy of a mapping.
pub fn new(rt: &Rt, mapping: &Obj) -> Obj {
    native::new(rt, rt.spec_type(&SPEC), Proxy(mapping.clone()))
}

fn mapping(self_: &Obj) -> &Obj {
    &native::expect::<Proxy>(self_).0
}

fn construct(rt: &Rt, cls: &Obj, args: Args<'_>) -> R {
    let [given] = args.positional() else {
        return Err(rt.type_error(format_args!("mappingproxy() missing required argument 'mapping' (pos 1)")));
    };
    if rt.type_of(given).slots.getitem.get().is_none() || given.is_kind(Kind::List) || given.is_kind(Kind::Tuple) {
        return Err(
            rt.type_error(format_args!("mappingproxy() argument must be a mapping, not {}", rt.type_name(given)))
        );
    }
    Ok(native::new(rt, in_runtime(rt, cls), Proxy(given.clone())))
}

fn repr(rt: &Rt, self_: &Obj) -> R {
    let text = rt.repr(mapping(self_))?;
    let mut out = crate::ops::repr::Writer::new("mappingproxy(");
    out.push(&text);
    out.push_str(")");
    Ok(out.finish(rt))
}

fn compare(rt: &Rt, a: &Obj, b: &Obj, op: CmpOp) -> R {
    rt.compare(mapping(a), native::payload::<Proxy>(b).map_or(b, |p| &p.0), op)
}

fn union(rt: &Rt, a: &Obj, b: &Obj) -> R {
    let (a, b) = (native::payload::<Proxy>(a).map_or(a, |p| &p.0), native::payload::<Proxy>(b).map_or(b, |p| &p.0));
    rt.binary(crate::ops::operators::BinOp::Or, a, b)
}

fn forward(rt: &Rt, self_: &Obj, name: &str, args: &[Obj]) -> R {
    let method = rt.get_attr_text(mapping(self_), name)?;
    rt.call(&method, args)
}

fn get(rt: &Rt, self_: &Obj, args: &[Obj]) -> R {
    if mapping(self_).is_exact(Kind::Dict) {
        let default = || args.get(1).cloned().unwrap_or(Obj::none());
        return Ok(dict::get(rt, mapping(self_), &args[0])?.unwrap_or_else(default));
    }
    forward(rt, self_, "get", args)
}
