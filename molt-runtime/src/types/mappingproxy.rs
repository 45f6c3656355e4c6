//! `mappingproxy`: read-only views of namespaces.
//!
//! A class's namespace is no dict; its proxy reads the class. Whole-namespace operations work on a dict made of it as it is
//! at that moment.

use super::spec::{CmpOp, MethodDef, NativeFn, Slots, TypeSpec};
use crate::object::field::ObjCell;
use crate::object::native::{self, Payload};
use crate::object::types::as_type;
use crate::object::{dict, str};
use crate::ops::call::Args;
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// A class or any mapping.
struct Proxy(ObjCell);

impl Payload for Proxy {
    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        self.0.traverse(visit);
    }
}

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "Read-only proxy of a mapping.",
    slots: Slots {
        repr: Some(repr),
        len: Some(|rt, o| rt.len(&target(rt, o))),
        getitem: Some(getitem),
        contains: Some(contains),
        iter: Some(|rt, o| rt.iter(&target(rt, o))),
        compare: Some(compare),
        bitor: Some(union),
        new: Some(new),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("get", NativeFn::Positional { min: 1, max: 2, func: get }, "", "Return the value for key if key is in the mapping, else default."),
        MethodDef::new("keys", NativeFn::NoArgs(|rt, o| delegate(rt, o, "keys")), "", ""),
        MethodDef::new("values", NativeFn::NoArgs(|rt, o| delegate(rt, o, "values")), "", ""),
        MethodDef::new("items", NativeFn::NoArgs(|rt, o| delegate(rt, o, "items")), "", ""),
        MethodDef::new("copy", NativeFn::NoArgs(|rt, o| delegate(rt, o, "copy")), "", ""),
    ],
    ..TypeSpec::native("mappingproxy", Proxy::VTABLE)
};

/// The proxy of a class's namespace.
pub fn of_type(rt: &Rt, class: &Obj) -> Obj {
    native::new(rt, rt.spec_type(&SPEC), Proxy(ObjCell::new(Some(class.clone()))))
}

/// The mapping, as a dict if it is a class's namespace.
fn target(rt: &Rt, obj: &Obj) -> Obj {
    let mapping = native::expect::<Proxy>(obj).0.get().unwrap_or(Obj::none());
    let Some(ty) = as_type(&mapping) else { return mapping };
    let copy = dict::new(rt);
    let names = rt.names();
    let mut entries: Vec<(Obj, Obj)> = ty.dict().iter().map(|(k, v)| (k.clone(), v.clone())).collect();
    // CPython's class body sets `__module__` first, and `type` adds the documentation last.
    if let Some(at) = entries.iter().position(|(k, _)| k.is(&names.__module__)) {
        let module = entries.remove(at);
        entries.insert(0, module);
    }
    for (name, value) in entries {
        dict::set_str(&copy, &name, value);
    }
    copy
}

/// A name of a class, without a copy of the rest.
fn direct(rt: &Rt, obj: &Obj, key: &Obj) -> Option<Option<Obj>> {
    let mapping = native::expect::<Proxy>(obj).0.get()?;
    let ty = as_type(&mapping)?;
    if !key.is_exact(Kind::Str) {
        return None;
    }
    Some(ty.own(&rt.intern_str(key)))
}

fn getitem(rt: &Rt, obj: &Obj, key: &Obj) -> R {
    match direct(rt, obj, key) {
        Some(Some(value)) => Ok(value),
        Some(None) => Err(rt.key_error(key)),
        None => rt.get_item(&target(rt, obj), key),
    }
}

fn contains(rt: &Rt, obj: &Obj, key: &Obj) -> R<bool> {
    match direct(rt, obj, key) {
        Some(found) => Ok(found.is_some()),
        None => rt.contains(&target(rt, obj), key),
    }
}

fn get(rt: &Rt, obj: &Obj, args: &[Obj]) -> R {
    match direct(rt, obj, &args[0]) {
        Some(Some(value)) => Ok(value),
        Some(None) => Ok(args.get(1).cloned().unwrap_or(Obj::none())),
        None => {
            let method = rt.get_attr_text(&target(rt, obj), "get")?;
            rt.call(&method, args)
        }
    }
}

fn delegate(rt: &Rt, obj: &Obj, name: &str) -> R {
    let method = rt.get_attr_text(&target(rt, obj), name)?;
    rt.call(&method, &[])
}

fn repr(rt: &Rt, obj: &Obj) -> R {
    let inner = rt.repr(&target(rt, obj))?;
    Ok(rt.str(&format!("mappingproxy({})", str::to_string(&inner))))
}

fn compare(rt: &Rt, a: &Obj, b: &Obj, op: CmpOp) -> R {
    let left = target(rt, a);
    let right = if native::payload::<Proxy>(b).is_some() { target(rt, b) } else { b.clone() };
    rt.compare(&left, &right, op)
}

fn union(rt: &Rt, a: &Obj, b: &Obj) -> R {
    let side = |o: &Obj| if native::payload::<Proxy>(o).is_some() { target(rt, o) } else { o.clone() };
    rt.binary(crate::ops::operators::BinOp::Or, &side(a), &side(b))
}

fn new(rt: &Rt, _class: &Obj, args: Args<'_>) -> R {
    crate::ops::native_call::check_positional(rt, "mappingproxy", args, 1, 1)?;
    let mapping = &args.positional()[0];
    if rt.type_of(mapping).slots.getitem.get().is_none() || mapping.is_kind(Kind::List) || mapping.is_kind(Kind::Tuple) {
        return Err(rt.type_error(format_args!(
            "mappingproxy() argument must be a mapping, not {}",
            rt.type_name(mapping)
        )));
    }
    Ok(native::new(rt, rt.spec_type(&SPEC), Proxy(ObjCell::new(Some(mapping.clone())))))
}
