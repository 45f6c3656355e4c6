//! `type`: attributes of classes, calling a class, filling the namespaces of builtin types from their specs.

use super::spec::{Binding, GetSetDef, MethodDef, NativeFn, Slots, TypeSpec, unhashable};
use crate::object::types::{TypeFlags, TypeObject, as_type, core_type, in_runtime};
use crate::object::{builtin, dict, instance, list, str, tuple};
use crate::ops::attr;
use crate::ops::call::Args;
use crate::ops::{class, slots};
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    subclassable: true,
    slots: Slots {
        repr: Some(repr),
        call: Some(call),
        getattr: Some(attr::type_get),
        setattr: Some(attr::type_set),
        bitor: Some(super::union::or),
        new: Some(new),
        init: Some(init),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("mro", NativeFn::NoArgs(mro), "($self, /)", "Return a type's method resolution order."),
        MethodDef::new(
            "__subclasses__",
            NativeFn::NoArgs(subclasses),
            "($self, /)",
            "Return a list of immediate subclasses.",
        ),
        MethodDef::new(
            "__instancecheck__",
            NativeFn::One(instancecheck),
            "($self, instance, /)",
            "Check if an object is an instance.",
        ),
        MethodDef::new(
            "__subclasscheck__",
            NativeFn::One(subclasscheck),
            "($self, subclass, /)",
            "Check if a class is a subclass.",
        ),
        MethodDef::new(
            "__prepare__",
            NativeFn::Any(prepare),
            "",
            "Used to create the namespace for the class statement",
        )
        .class(),
        MethodDef::new("__dir__", NativeFn::NoArgs(dir), "($self, /)", "Specialized __dir__ implementation for types."),
    ],
    getset: &[
        GetSetDef { name: "__name__", get: name, set: Some(set_name), doc: "" },
        GetSetDef { name: "__qualname__", get: qualname, set: Some(set_qualname), doc: "" },
        GetSetDef { name: "__module__", get: module, set: Some(set_module), doc: "" },
        GetSetDef { name: "__doc__", get: doc, set: Some(set_doc), doc: "" },
        GetSetDef { name: "__bases__", get: bases, set: Some(set_bases), doc: "" },
        GetSetDef { name: "__abstractmethods__", get: abstract_methods, set: Some(set_abstract_methods), doc: "" },
        GetSetDef { name: "__annotations__", get: annotations, set: Some(set_annotations), doc: "" },
        GetSetDef::read_only("__base__", base),
        GetSetDef::read_only("__mro__", |_, o| Ok(fields(o).mro_tuple())),
        GetSetDef::read_only("__dict__", namespace),
        GetSetDef::read_only("__text_signature__", text_signature),
    ],
    ..TypeSpec::new("type", Kind::Type)
};

fn fields(obj: &Obj) -> &TypeObject {
    obj.expect::<TypeObject>()
}

/// Fills the namespace of a builtin type from its spec: slot wrappers, `__new__`, methods, attributes.
pub fn fill(rt: &Rt, ty: &TypeObject) {
    ty.set_flag(TypeFlags::FILLED, true);
    let Some(spec) = ty.spec() else { return };
    let this = ty.as_obj();
    for def in slots::WRAPPERS {
        if !(def.present)(&spec.slots) {
            continue;
        }
        let name = rt.intern(def.name);
        // Two slots may stand for one dunder (`add` and `concat`): the first wins.
        if ty.own(&name).is_some() {
            continue;
        }
        let value = match spec.slots.hash {
            Some(hash) if def.name == "__hash__" && is_unhashable(hash) => Obj::none(),
            _ => super::builtin::wrapper(rt, def, this.clone()),
        };
        ty.init_own(name, value);
    }
    if spec.slots.new.is_some() {
        let new = builtin::bound(rt, &super::builtin::NEW, this.clone(), Some(this.clone()));
        ty.init_own(rt.names().__new__.clone(), new);
    }
    for def in spec.methods {
        let value = match def.binding {
            Binding::Instance => builtin::descriptor(rt, rt.core_type(core_type::METHOD_DESCRIPTOR), def, this.clone()),
            Binding::Class => {
                builtin::descriptor(rt, rt.core_type(core_type::CLASS_METHOD_DESCRIPTOR), def, this.clone())
            }
            Binding::Static => {
                let function = builtin::bound(rt, def, this.clone(), Some(this.clone()));
                super::staticmethod::new(rt, function)
            }
        };
        ty.init_own(rt.intern(def.name), value);
    }
    for def in spec.getset {
        ty.init_own(rt.intern(def.name), super::getset::new(rt, def, this.clone()));
    }
    let doc = rt.names().__doc__.clone();
    if ty.own(&doc).is_none() {
        ty.init_own(doc, if spec.doc.is_empty() { Obj::none() } else { rt.str(spec.doc) });
    }
}

fn is_unhashable(hash: super::spec::Hash) -> bool {
    std::ptr::fn_addr_eq(hash, unhashable as super::spec::Hash)
}

/// `__module__` of a type as text.
pub fn module_of(rt: &Rt, ty: &TypeObject) -> Option<String> {
    if let Some(spec) = ty.spec() {
        return Some(spec.module.to_owned());
    }
    ty.own(&rt.names().__module__).filter(|m| m.is_kind(Kind::Str)).map(|m| str::to_string(&m))
}

fn repr(rt: &Rt, obj: &Obj) -> R {
    Ok(rt.str(&format!("<class '{}'>", super::object::full_name(rt, fields(obj)))))
}

/// A class is called: `__new__`, then `__init__`.
pub fn call(rt: &Rt, class: &Obj, args: Args<'_>) -> R {
    let ty = in_runtime(rt, class);
    if ty.is(rt.kind_type(Kind::Type)) {
        if args.positional().len() == 1 && !args.has_keywords() {
            return Ok(rt.type_of(&args.positional()[0]).as_obj());
        }
        if args.positional().len() != 3 {
            return Err(rt.type_error(format_args!("type() takes 1 or 3 arguments")));
        }
    }
    // The plain case: an instance without `__new__`, with `__init__` of its own.
    const PLAIN: u32 = TypeFlags::PLAIN_NEW;
    if ty.has(PLAIN) && !ty.has(TypeFlags::PLAIN_INIT | TypeFlags::ABSTRACT) && ty.kind() == Kind::Instance {
        let obj = instance::new(rt, ty);
        if let Some(init) = ty.slots.init.get() {
            init(rt, &obj, args)?;
        }
        return Ok(obj);
    }
    let Some(new) = ty.slots.new.get() else {
        return Err(rt.type_error(format_args!("cannot create '{}' instances", super::object::full_name(rt, ty))));
    };
    let obj = new(rt, class, args)?;
    let made = rt.type_of(&obj);
    if made.is(ty) && ty.has(TypeFlags::PLAIN_INIT) && !ty.has(TypeFlags::PLAIN_NEW) {
        // `object.__init__` leaves the arguments to a `__new__` that is not its own.
        return Ok(obj);
    }
    if made.is_subtype(ty)
        && let Some(init) = made.slots.init.get()
    {
        init(rt, &obj, args)?;
    }
    Ok(obj)
}

fn new(rt: &Rt, metatype: &Obj, args: Args<'_>) -> R {
    let given = args.positional();
    if given.len() != 3 {
        return Err(rt.type_error(format_args!("type.__new__() takes exactly 3 arguments ({} given)", given.len())));
    }
    for (n, (kind, what)) in [(Kind::Str, "str"), (Kind::Tuple, "tuple"), (Kind::Dict, "dict")].into_iter().enumerate()
    {
        if !given[n].is_kind(kind) {
            return Err(rt.type_error(format_args!(
                "type.__new__() argument {} must be {what}, not {}",
                n + 1,
                rt.type_name(&given[n])
            )));
        }
    }
    let bases = tuple::items(&given[1]).unwrap_or_default();
    for base in bases {
        if as_type(base).is_none() && rt.get_attr_opt(base, &rt.names().__mro_entries__)?.is_some() {
            return Err(
                rt.type_error(format_args!("type() doesn't support MRO entry resolution; use types.new_class()"))
            );
        }
    }
    let copy = dict::new(rt);
    for (key, value) in dict::items(&given[2]) {
        if key.is_kind(Kind::Str) {
            dict::set_str(&copy, &key, value);
        }
    }
    let slots = rt.take_pending_slots(&given[2]);
    class::new_type(rt, in_runtime(rt, metatype), &given[0], bases, &copy, args.keywords_only(), &slots)
}

fn init(rt: &Rt, _obj: &Obj, args: Args<'_>) -> R<()> {
    match args.positional().len() {
        1 | 3 => Ok(()),
        _ => Err(rt.type_error(format_args!("type.__init__() takes 1 or 3 arguments"))),
    }
}

fn mro(rt: &Rt, obj: &Obj) -> R {
    Ok(list::new(rt, tuple::items(&fields(obj).mro_tuple()).unwrap_or_default().to_vec()))
}

fn subclasses(rt: &Rt, obj: &Obj) -> R {
    Ok(list::new(rt, fields(obj).subclasses()))
}

fn instancecheck(rt: &Rt, obj: &Obj, instance: &Obj) -> R {
    class::is_instance_of_type(rt, instance, fields(obj)).map(Obj::bool)
}

fn subclasscheck(rt: &Rt, obj: &Obj, sub: &Obj) -> R {
    match as_type(sub) {
        Some(s) => Ok(Obj::bool(s.is_subtype(fields(obj)))),
        None => Err(rt.type_error(format_args!("issubclass() arg 1 must be a class"))),
    }
}

fn prepare(rt: &Rt, _class: &Obj, _args: Args<'_>) -> R {
    Ok(dict::new(rt))
}

fn dir(rt: &Rt, obj: &Obj) -> R {
    let mut names = Vec::new();
    super::object::type_names(rt, fields(obj), &mut names);
    Ok(list::new(rt, names))
}

fn or_none(value: Option<Obj>) -> R {
    Ok(value.unwrap_or(Obj::none()))
}

fn name(_rt: &Rt, obj: &Obj) -> R {
    or_none(fields(obj).name.get())
}

/// Checks that an attribute of a class may be set, to a value.
fn settable<'a>(rt: &Rt, obj: &Obj, attr: &str, value: Option<&'a Obj>) -> R<&'a Obj> {
    let ty = fields(obj);
    if !ty.is_heap_type() {
        return Err(rt.type_error(format_args!("cannot set '{attr}' attribute of immutable type '{}'", ty.name_text())));
    }
    match value {
        Some(value) => Ok(value),
        None => Err(rt.type_error(format_args!("cannot delete '{attr}' attribute of type '{}'", ty.name_text()))),
    }
}

fn set_name(rt: &Rt, obj: &Obj, value: Option<&Obj>) -> R<()> {
    let value = settable(rt, obj, "__name__", value)?;
    if !value.is_kind(Kind::Str) {
        return Err(rt.type_error(format_args!(
            "can only assign string to {}.__name__, not '{}'",
            fields(obj).name_text(),
            rt.type_name(value)
        )));
    }
    fields(obj).name.set(Some(value.clone()));
    Ok(())
}

fn qualname(_rt: &Rt, obj: &Obj) -> R {
    or_none(fields(obj).qualname.get())
}

fn set_qualname(rt: &Rt, obj: &Obj, value: Option<&Obj>) -> R<()> {
    let value = settable(rt, obj, "__qualname__", value)?;
    if !value.is_kind(Kind::Str) {
        return Err(rt.type_error(format_args!(
            "can only assign string to {}.__qualname__, not '{}'",
            fields(obj).name_text(),
            rt.type_name(value)
        )));
    }
    fields(obj).qualname.set(Some(value.clone()));
    Ok(())
}

fn module(rt: &Rt, obj: &Obj) -> R {
    let ty = fields(obj);
    if let Some(spec) = ty.spec() {
        return Ok(rt.intern(spec.module));
    }
    match ty.own(&rt.names().__module__) {
        Some(module) => Ok(module),
        None => Err(rt.error(&super::exception::ATTRIBUTE_ERROR, format_args!("__module__"))),
    }
}

fn set_module(rt: &Rt, obj: &Obj, value: Option<&Obj>) -> R<()> {
    let value = settable(rt, obj, "__module__", value)?;
    fields(obj).set_own(rt.names().__module__.clone(), value.clone());
    Ok(())
}

fn doc(rt: &Rt, obj: &Obj) -> R {
    let Some(doc) = fields(obj).own(&rt.names().__doc__) else { return Ok(Obj::none()) };
    match rt.type_of(&doc).slots.descr_get.get() {
        Some(get) if !doc.is_kind(Kind::Function) && fields(obj).is_heap_type() => get(rt, &doc, None, obj),
        // The descriptor is for instances (`function.__doc__`): the type's own is in its spec.
        Some(_) => Ok(match fields(obj).spec() {
            Some(spec) if !spec.doc.is_empty() => rt.str(spec.doc),
            _ => Obj::none(),
        }),
        None => Ok(doc),
    }
}

fn set_doc(rt: &Rt, obj: &Obj, value: Option<&Obj>) -> R<()> {
    let value = settable(rt, obj, "__doc__", value)?;
    fields(obj).set_own(rt.names().__doc__.clone(), value.clone());
    Ok(())
}

fn base(_rt: &Rt, obj: &Obj) -> R {
    or_none(fields(obj).base.get())
}

fn bases(rt: &Rt, obj: &Obj) -> R {
    Ok(fields(obj).bases.get().unwrap_or_else(|| rt.empty_tuple()))
}

fn set_bases(rt: &Rt, obj: &Obj, value: Option<&Obj>) -> R<()> {
    let value = settable(rt, obj, "__bases__", value)?;
    class::set_bases(rt, obj, value)
}

fn abstract_methods(rt: &Rt, obj: &Obj) -> R {
    let name = &rt.names().__abstractmethods__;
    match fields(obj).own(name) {
        Some(value) if fields(obj).is_heap_type() => Ok(value),
        _ => Err(rt.error(&super::exception::ATTRIBUTE_ERROR, format_args!("__abstractmethods__"))),
    }
}

fn set_abstract_methods(rt: &Rt, obj: &Obj, value: Option<&Obj>) -> R<()> {
    let value = settable(rt, obj, "__abstractmethods__", value)?;
    let any = rt.truth(value)?;
    fields(obj).set_own(rt.names().__abstractmethods__.clone(), value.clone());
    fields(obj).set_flag(TypeFlags::ABSTRACT, any);
    Ok(())
}

fn annotations(rt: &Rt, obj: &Obj) -> R {
    let ty = fields(obj);
    let name = &rt.names().__annotations__;
    if let Some(value) = ty.own(name).filter(|_| ty.is_heap_type()) {
        return Ok(value);
    }
    if !ty.is_heap_type() {
        return Err(rt.error(
            &super::exception::ATTRIBUTE_ERROR,
            format_args!("type object '{}' has no attribute '__annotations__'", ty.name_text()),
        ));
    }
    let new = dict::new(rt);
    ty.set_own(name.clone(), new.clone());
    Ok(new)
}

fn set_annotations(rt: &Rt, obj: &Obj, value: Option<&Obj>) -> R<()> {
    let value = settable(rt, obj, "__annotations__", value)?;
    fields(obj).set_own(rt.names().__annotations__.clone(), value.clone());
    Ok(())
}

/// `cls.__dict__`: a read-only copy of the namespace as it is now.
fn namespace(rt: &Rt, obj: &Obj) -> R {
    let copy = dict::new(rt);
    let entries: Vec<(Obj, Obj)> = fields(obj).dict().iter().map(|(k, v)| (k.clone(), v.clone())).collect();
    for (name, value) in entries {
        dict::set_str(&copy, &name, value);
    }
    Ok(super::mappingproxy::new(rt, &copy))
}

fn text_signature(rt: &Rt, obj: &Obj) -> R {
    Ok(match fields(obj).spec() {
        Some(spec) if !spec.signature.is_empty() => rt.str(spec.signature),
        _ => Obj::none(),
    })
}
