//! Bound methods.

use super::spec::{CmpOp, GetSetDef, Slots, TypeSpec};
use crate::object::method::{self, MethodObject};
use crate::object::str;
use crate::ops::call::Args;
use crate::runtime::{R, Rt};
use crate::value::{Obj, with_prefixed};
use molt_abi::layout::Kind;

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    slots: Slots {
        repr: Some(repr),
        call: Some(call),
        getattr: Some(getattr),
        compare: Some(compare),
        hash: Some(hash),
        new: Some(new),
        ..Slots::EMPTY
    },
    getset: &[
        GetSetDef::read_only("__func__", |_, o| Ok(fields(o).func.clone())),
        GetSetDef::read_only("__self__", |_, o| Ok(fields(o).receiver.clone())),
        GetSetDef::read_only("__doc__", |rt, o| rt.get_attr(&fields(o).func, &rt.names().__doc__)),
    ],
    ..TypeSpec::new("method", Kind::BoundMethod)
};

fn fields(obj: &Obj) -> &MethodObject {
    obj.expect::<MethodObject>()
}

fn call(rt: &Rt, obj: &Obj, args: Args<'_>) -> R {
    let m = fields(obj);
    with_prefixed(&m.receiver, args.values(), |all| rt.call_args(&m.func, Args::with_keywords(all, args.kwnames())))
}

/// The method's own attributes, else the function's.
fn getattr(rt: &Rt, obj: &Obj, name: &Obj) -> R {
    if rt.lookup(rt.type_of(obj), name).is_some() {
        return crate::ops::attr::generic_get(rt, obj, name);
    }
    rt.get_attr(&fields(obj).func, name)
}

fn repr(rt: &Rt, obj: &Obj) -> R {
    let m = fields(obj);
    let names = rt.names();
    let name = match rt.get_attr_opt(&m.func, &names.__qualname__)? {
        Some(name) => Some(name),
        None => rt.get_attr_opt(&m.func, &names.__name__)?,
    };
    let name = name.filter(|n| n.is_kind(Kind::Str)).map_or_else(|| "?".to_owned(), |n| str::to_string(&n));
    let receiver = rt.repr_text(&m.receiver)?;
    Ok(rt.str(&format!("<bound method {name} of {receiver}>")))
}

fn compare(rt: &Rt, a: &Obj, b: &Obj, op: CmpOp) -> R {
    let (Some(x), Some(y)) = (a.cast::<MethodObject>(), b.cast::<MethodObject>()) else {
        return Ok(Obj::not_implemented());
    };
    let same = matches!(op, CmpOp::Eq | CmpOp::Ne) && x.receiver.is(&y.receiver) && rt.equal(&x.func, &y.func)?;
    Ok(match op {
        CmpOp::Eq => Obj::bool(same),
        CmpOp::Ne => Obj::bool(!same),
        _ => Obj::not_implemented(),
    })
}

fn hash(rt: &Rt, obj: &Obj) -> R<i64> {
    let m = fields(obj);
    let h = super::object::identity_hash(&m.receiver) ^ rt.hash(&m.func)?;
    Ok(if h == -1 { -2 } else { h })
}

fn new(rt: &Rt, _class: &Obj, args: Args<'_>) -> R {
    crate::ops::native_call::check_positional(rt, "method", args, 2, 2)?;
    let given = args.positional();
    if rt.type_of(&given[0]).slots.call.get().is_none() {
        return Err(rt.type_error(format_args!("first argument must be callable")));
    }
    if given[1].is_none() {
        return Err(rt.type_error(format_args!("instance must not be None")));
    }
    Ok(method::new(rt, given[0].clone(), given[1].clone()))
}
