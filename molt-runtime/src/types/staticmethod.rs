//! `staticmethod`.

use super::spec::{GetSetDef, Init, Slots, TypeSpec};
use crate::object::field::ObjCell;
use crate::object::native::{self, Payload};
use crate::object::types::in_runtime;
use crate::ops::call::Args;
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// The wrapped callable.
#[derive(Default)]
struct Wrapped(ObjCell);

impl Payload for Wrapped {
    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        self.0.traverse(visit);
    }
}

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    subclassable: true,
    has_dict: true,
    slots: Slots {
        repr: Some(repr),
        descr_get: Some(descr_get),
        new: Some(make),
        init: Some(init as Init),
        call: Some(call),
        ..Slots::EMPTY
    },
    getset: &[
        GetSetDef::read_only("__func__", |_, o| Ok(wrapped(o))),
        GetSetDef::read_only("__wrapped__", |_, o| Ok(wrapped(o))),
        GetSetDef::read_only("__isabstractmethod__", |rt, o| {
            super::property::is_abstract(rt, &wrapped(o)).map(Obj::bool)
        }),
        GetSetDef { name: "__dict__", get: super::getset::get_dict, set: Some(super::getset::set_dict), doc: "" },
    ],
    ..TypeSpec::native("staticmethod", Wrapped::VTABLE)
};

/// Wraps a callable.
pub fn new(rt: &Rt, callable: Obj) -> Obj {
    native::new(rt, rt.kind_type(Kind::StaticMethod), Wrapped(ObjCell::new(Some(callable))))
}

fn wrapped(obj: &Obj) -> Obj {
    native::expect::<Wrapped>(obj).0.get().unwrap_or(Obj::none())
}

fn make(rt: &Rt, class: &Obj, _args: Args<'_>) -> R {
    Ok(native::new(rt, in_runtime(rt, class), Wrapped::default()))
}

fn init(rt: &Rt, obj: &Obj, args: Args<'_>) -> R<()> {
    crate::ops::native_call::check_positional(rt, "staticmethod", args, 1, 1)?;
    let callable = &args.positional()[0];
    native::expect::<Wrapped>(obj).0.set(Some(callable.clone()));
    super::property::copy_attributes(rt, callable, obj)
}

fn repr(rt: &Rt, obj: &Obj) -> R {
    let inner = rt.repr_text(&wrapped(obj))?;
    Ok(rt.str(&format!("<staticmethod({inner})>")))
}

fn descr_get(_rt: &Rt, obj: &Obj, _instance: Option<&Obj>, _ty: &Obj) -> R {
    Ok(wrapped(obj))
}

fn call(rt: &Rt, obj: &Obj, args: Args<'_>) -> R {
    rt.call_args(&wrapped(obj), args)
}
