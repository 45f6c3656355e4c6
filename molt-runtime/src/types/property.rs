//! `property`.

use super::spec::{GetSetDef, MethodDef, NativeFn, Param, Slots, TypeSpec};
use crate::object::field::ObjCell;
use crate::object::native::{self, Payload};
use crate::object::types::in_runtime;
use crate::object::{instance, str};
use crate::ops::call::Args;
use crate::ops::native_call;
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// The accessors; empty where absent.
#[derive(Default)]
struct Property {
    get: ObjCell,
    set: ObjCell,
    del: ObjCell,
    doc: ObjCell,
    name: ObjCell,
    getter_doc: std::cell::Cell<bool>,
}

impl Payload for Property {
    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        for field in [&self.get, &self.set, &self.del, &self.doc, &self.name] {
            field.traverse(visit);
        }
    }
}

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    subclassable: true,
    doc: "Property attribute.",
    slots: Slots {
        descr_get: Some(descr_get),
        descr_set: Some(descr_set),
        new: Some(make),
        init: Some(init),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new(
            "getter",
            NativeFn::One(getter),
            "",
            "Descriptor to obtain a copy of the property with a different getter.",
        ),
        MethodDef::new(
            "setter",
            NativeFn::One(setter),
            "",
            "Descriptor to obtain a copy of the property with a different setter.",
        ),
        MethodDef::new(
            "deleter",
            NativeFn::One(deleter),
            "",
            "Descriptor to obtain a copy of the property with a different deleter.",
        ),
        MethodDef::new(
            "__set_name__",
            NativeFn::Positional { min: 2, max: 2, func: set_name },
            "",
            "Method to set name of a property.",
        ),
    ],
    getset: &[
        GetSetDef::read_only("fget", |_, o| or_none(&fields(o).get)),
        GetSetDef::read_only("fset", |_, o| or_none(&fields(o).set)),
        GetSetDef::read_only("fdel", |_, o| or_none(&fields(o).del)),
        GetSetDef { name: "__doc__", get: |_, o| or_none(&fields(o).doc), set: Some(set_doc), doc: "" },
        GetSetDef::read_only("__isabstractmethod__", abstract_property),
    ],
    ..TypeSpec::native("property", Property::VTABLE)
};

const PARAMS: &[Param] =
    &[Param::optional("fget"), Param::optional("fset"), Param::optional("fdel"), Param::optional("doc")];

fn fields(obj: &Obj) -> &Property {
    native::expect::<Property>(obj)
}

fn or_none(field: &ObjCell) -> R {
    Ok(field.get().unwrap_or(Obj::none()))
}

fn make(rt: &Rt, class: &Obj, _args: Args<'_>) -> R {
    Ok(native::new(rt, in_runtime(rt, class), Property::default()))
}

fn init(rt: &Rt, obj: &Obj, args: Args<'_>) -> R<()> {
    let mut bound = [None; 4];
    native_call::bind_keywords(rt, "property", PARAMS, args, &mut bound)?;
    let given = |n: usize| bound[n].filter(|v| !v.is_none()).cloned();
    let p = fields(obj);
    p.get.set(given(0));
    p.set.set(given(1));
    p.del.set(given(2));
    p.doc.set(given(3));
    p.getter_doc.set(false);
    if given(3).is_none()
        && let Some(get) = given(0)
        && let Some(doc) = rt.get_attr_opt(&get, &rt.names().__doc__)?
        && !doc.is_none()
    {
        p.getter_doc.set(true);
        p.doc.set(Some(doc));
    }
    Ok(())
}

fn copy(rt: &Rt, obj: &Obj, get: Option<&Obj>, set: Option<&Obj>, del: Option<&Obj>) -> R {
    let p = fields(obj);
    let pick = |new: Option<&Obj>, old: &ObjCell| new.cloned().or(old.get()).unwrap_or(Obj::none());
    let doc = if p.getter_doc.get() { Obj::none() } else { p.doc.get().unwrap_or(Obj::none()) };
    let args = [pick(get, &p.get), pick(set, &p.set), pick(del, &p.del), doc];
    let new = rt.call(&rt.type_of(obj).as_obj(), &args)?;
    if let Some(n) = native::payload::<Property>(&new) {
        n.name.set(p.name.get());
    }
    Ok(new)
}

fn getter(rt: &Rt, obj: &Obj, f: &Obj) -> R {
    copy(rt, obj, Some(f), None, None)
}

fn setter(rt: &Rt, obj: &Obj, f: &Obj) -> R {
    copy(rt, obj, None, Some(f), None)
}

fn deleter(rt: &Rt, obj: &Obj, f: &Obj) -> R {
    copy(rt, obj, None, None, Some(f))
}

fn set_name(_rt: &Rt, obj: &Obj, args: &[Obj]) -> R {
    fields(obj).name.set(Some(args[1].clone()));
    Ok(Obj::none())
}

fn set_doc(_rt: &Rt, obj: &Obj, value: Option<&Obj>) -> R<()> {
    fields(obj).doc.set(value.cloned());
    Ok(())
}

/// "property 'x' of 'C' object has no getter".
fn missing(rt: &Rt, obj: &Obj, instance: &Obj, what: &str) -> crate::runtime::Raised {
    let class = rt.type_of(instance).qualname.get().map_or_else(String::new, |q| str::to_string(&q));
    let message = match fields(obj).name.get() {
        Some(name) => {
            let name = rt.repr_text(&name).unwrap_or_default();
            format!("property {name} of '{class}' object has no {what}")
        }
        None => format!("property of '{class}' object has no {what}"),
    };
    rt.error(&super::exception::ATTRIBUTE_ERROR, format_args!("{message}"))
}

fn descr_get(rt: &Rt, obj: &Obj, instance: Option<&Obj>, _ty: &Obj) -> R {
    let Some(instance) = instance else { return Ok(obj.clone()) };
    get(rt, obj, instance)
}

/// The value of a property of an instance.
pub fn get(rt: &Rt, obj: &Obj, instance: &Obj) -> R {
    match fields(obj).get.get() {
        Some(get) => rt.call(&get, std::slice::from_ref(instance)),
        None => Err(missing(rt, obj, instance, "getter")),
    }
}

fn descr_set(rt: &Rt, obj: &Obj, instance: &Obj, value: Option<&Obj>) -> R<()> {
    let p = fields(obj);
    match value {
        Some(value) => match p.set.get() {
            Some(set) => rt.call(&set, &[instance.clone(), value.clone()]).map(drop),
            None => Err(missing(rt, obj, instance, "setter")),
        },
        None => match p.del.get() {
            Some(del) => rt.call(&del, std::slice::from_ref(instance)).map(drop),
            None => Err(missing(rt, obj, instance, "deleter")),
        },
    }
}

fn abstract_property(rt: &Rt, obj: &Obj) -> R {
    let p = fields(obj);
    for f in [p.get.get(), p.set.get(), p.del.get()].into_iter().flatten() {
        if is_abstract(rt, &f)? {
            return Ok(Obj::bool(true));
        }
    }
    Ok(Obj::bool(false))
}

/// Whether a callable says that it is abstract.
pub fn is_abstract(rt: &Rt, callable: &Obj) -> R<bool> {
    match rt.get_attr_opt(callable, &rt.names().__isabstractmethod__)? {
        Some(flag) => rt.truth(&flag),
        None => Ok(false),
    }
}

/// What `staticmethod` and `classmethod` take over from the callable they wrap.
pub fn copy_attributes(rt: &Rt, from: &Obj, to: &Obj) -> R<()> {
    if !from.is_kind(Kind::Function) || instance::dict_cell(to).is_none() {
        return Ok(());
    }
    let names = rt.names();
    for name in [&names.__module__, &names.__name__, &names.__qualname__, &names.__doc__] {
        if let Some(value) = rt.get_attr_opt(from, name)? {
            crate::ops::attr::instance_set(rt, to, rt.type_of(to), name, &value);
        }
    }
    Ok(())
}
