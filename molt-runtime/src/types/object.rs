//! `object`.

use super::spec::{CmpOp, GetSetDef, MethodDef, NativeFn, Slots, TypeSpec};
use crate::object::types::{TypeFlags, TypeObject, as_type, in_runtime};
use crate::object::{dict, instance, list, str};
use crate::ops::attr;
use crate::ops::call::Args;
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    subclassable: true,
    doc: "The base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new featureless\ninstance that has no instance attributes and cannot be given any.\n",
    signature: "()",
    slots: Slots {
        repr: Some(repr),
        str: Some(Rt::repr),
        hash: Some(hash),
        compare: Some(compare),
        getattr: Some(attr::generic_get),
        setattr: Some(attr::generic_set),
        new: Some(new),
        init: Some(init),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new(
            "__init_subclass__",
            NativeFn::NoArgs(init_subclass),
            "",
            "This method is called when a class is subclassed.",
        )
        .class(),
        MethodDef::new(
            "__subclasshook__",
            NativeFn::Any(subclasshook),
            "",
            "Abstract classes can override this to customize issubclass().",
        )
        .class(),
        MethodDef::new("__format__", NativeFn::One(format), "($self, format_spec, /)", "Default object formatter."),
        MethodDef::new("__dir__", NativeFn::NoArgs(dir), "($self, /)", "Default dir() implementation."),
    ],
    getset: &[GetSetDef { name: "__class__", get: class, set: Some(set_class), doc: "the object's class" }],
    ..TypeSpec::new("object", Kind::Instance)
};

/// The hash of an object by identity.
pub fn identity_hash(obj: &Obj) -> i64 {
    // CPython rotates the alignment bits away; immediates get a hash of their own.
    let hash = obj.word().rotate_right(4) as i64;
    if hash == -1 { -2 } else { hash }
}

fn hash(_rt: &Rt, obj: &Obj) -> R<i64> {
    Ok(identity_hash(obj))
}

fn compare(rt: &Rt, a: &Obj, b: &Obj, op: CmpOp) -> R {
    match op {
        CmpOp::Eq if a.is(b) => Ok(Obj::bool(true)),
        CmpOp::Ne => {
            let Some(compare) = rt.type_of(a).slots.compare.get() else { return Ok(Obj::not_implemented()) };
            let equal = compare(rt, a, b, CmpOp::Eq)?;
            if equal.is_not_implemented() { Ok(equal) } else { Ok(Obj::bool(!rt.truth(&equal)?)) }
        }
        _ => Ok(Obj::not_implemented()),
    }
}

/// `module.qualname` of a type, without the module for builtins.
pub fn full_name(rt: &Rt, ty: &TypeObject) -> String {
    let qualname = ty.qualname.get().map_or_else(String::new, |q| str::to_string(&q));
    match super::type_::module_of(rt, ty) {
        Some(module) if module != "builtins" => format!("{module}.{qualname}"),
        _ => qualname,
    }
}

fn repr(rt: &Rt, obj: &Obj) -> R {
    Ok(rt.str(&format!("<{} object at {:#x}>", full_name(rt, rt.type_of(obj)), obj.word())))
}

fn new(rt: &Rt, class: &Obj, args: Args<'_>) -> R {
    let ty = in_runtime(rt, class);
    if !args.values().is_empty() {
        if !ty.has(TypeFlags::PLAIN_NEW) && ty.is_heap_type() {
            return Err(
                rt.type_error(format_args!("object.__new__() takes exactly one argument (the type to instantiate)"))
            );
        }
        if ty.has(TypeFlags::PLAIN_INIT) || !ty.is_heap_type() {
            return Err(rt.type_error(format_args!("{}() takes no arguments", ty.name_text())));
        }
    }
    if ty.has(TypeFlags::ABSTRACT) {
        return Err(abstract_error(rt, ty));
    }
    match ty.kind() {
        Kind::Instance => Ok(instance::new(rt, ty)),
        _ => Err(rt.type_error(format_args!("object.__new__({0}) is not safe, use {0}.__new__()", ty.name_text()))),
    }
}

fn abstract_error(rt: &Rt, ty: &TypeObject) -> crate::runtime::Raised {
    let mut names: Vec<String> = Vec::new();
    if let Some(methods) = rt.lookup(ty, &rt.names().__abstractmethods__)
        && let Ok(items) = rt.collect(&methods)
    {
        names = items.iter().map(str::to_string).collect();
    }
    names.sort();
    let list = names.iter().map(|n| format!("'{n}'")).collect::<Vec<_>>().join(", ");
    rt.type_error(format_args!(
        "Can't instantiate abstract class {} without an implementation for abstract method{} {list}",
        ty.name_text(),
        crate::ops::native_call::plural(names.len())
    ))
}

fn init(rt: &Rt, obj: &Obj, args: Args<'_>) -> R<()> {
    let ty = rt.type_of(obj);
    if args.values().is_empty() || !ty.is_heap_type() {
        return Ok(());
    }
    if !ty.has(TypeFlags::PLAIN_INIT) {
        return Err(
            rt.type_error(format_args!("object.__init__() takes exactly one argument (the instance to initialize)"))
        );
    }
    if ty.has(TypeFlags::PLAIN_NEW) {
        return Err(rt.type_error(format_args!(
            "{}.__init__() takes exactly one argument (the instance to initialize)",
            ty.name_text()
        )));
    }
    Ok(())
}

fn init_subclass(_rt: &Rt, _class: &Obj) -> R {
    Ok(Obj::none())
}

fn subclasshook(_rt: &Rt, _class: &Obj, _args: Args<'_>) -> R {
    Ok(Obj::not_implemented())
}

fn format(rt: &Rt, obj: &Obj, spec: &Obj) -> R {
    match str::get(spec) {
        None => Err(rt.type_error(format_args!("__format__() argument must be str, not {}", rt.type_name(spec)))),
        Some(s) if s.is_empty() => rt.to_str(obj),
        Some(_) => {
            Err(rt.type_error(format_args!("unsupported format string passed to {}.__format__", rt.type_name(obj))))
        }
    }
}

fn class(rt: &Rt, obj: &Obj) -> R {
    Ok(rt.type_of(obj).as_obj())
}

fn set_class(rt: &Rt, obj: &Obj, value: Option<&Obj>) -> R<()> {
    let Some(value) = value else {
        return Err(rt.type_error(format_args!("can't delete __class__ attribute")));
    };
    let Some(new) = as_type(value) else {
        return Err(
            rt.type_error(format_args!("__class__ must be set to a class, not '{}' object", rt.type_name(value)))
        );
    };
    let old = rt.type_of(obj);
    if !old.is_heap_type() || !new.is_heap_type() {
        return Err(rt.type_error(format_args!(
            "__class__ assignment only supported for mutable types or ModuleType subclasses"
        )));
    }
    // Slots keep their values only if they mean the same; otherwise the attributes move to the dict, where that is possible.
    if instance::set_class(obj, new) {
        return Ok(());
    }
    let members = |ty: &TypeObject| ty.slot_table().iter().any(Option::is_none);
    if old.has_dict()
        && new.has_dict()
        && !members(old)
        && !members(new)
        && old.kind() == Kind::Instance
        && new.kind() == Kind::Instance
        && old.ext_words() >= new.ext_words()
        && attr::instance_dict(rt, obj).is_some()
        && instance::set_class_of_dict_instance(obj, new)
    {
        return Ok(());
    }
    Err(rt.type_error(format_args!(
        "__class__ assignment: '{}' object layout differs from '{}'",
        new.name_text(),
        old.name_text()
    )))
}

/// The names of a type and its bases, in order of first appearance.
pub fn type_names(rt: &Rt, ty: &TypeObject, out: &mut Vec<Obj>) {
    let mro = ty.mro_tuple();
    for t in crate::object::tuple::items(&mro).unwrap_or_default() {
        for (name, _) in in_runtime(rt, t).dict().iter() {
            if !out.iter().any(|n| n.is(name)) {
                out.push(name.clone());
            }
        }
    }
}

fn dir(rt: &Rt, obj: &Obj) -> R {
    let mut names = Vec::new();
    if let Some(namespace) = rt.get_attr_opt(obj, &rt.names().__dict__)?
        && let Some(d) = dict::get(&namespace)
    {
        names.extend(d.keys());
    }
    type_names(rt, rt.type_of(obj), &mut names);
    Ok(list::new(rt, names))
}
