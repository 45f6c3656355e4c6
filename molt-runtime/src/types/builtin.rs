//! Builtin functions, method descriptors of builtin types, and slot wrappers (`int.__add__`).
//!
//! Invariant: a descriptor calls its function only with a receiver of its type.

use super::spec::{GetSetDef, LiveSlots, MethodDef, NativeFn, Slots, TypeSpec};
use crate::object::builtin::{self, BuiltinObject};
use crate::object::field::ObjCell;
use crate::object::native::{self, Payload};
use crate::object::types::{TypeObject, as_type, core_type, in_runtime};
use crate::ops::call::Args;
use crate::ops::native_call;
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// `builtin_function_or_method`.
pub static SPEC: TypeSpec = TypeSpec {
    slots: Slots { call: Some(call_function), repr: Some(repr_function), ..Slots::EMPTY },
    getset: &[
        GetSetDef::read_only("__name__", name),
        GetSetDef::read_only("__qualname__", qualname),
        GetSetDef::read_only("__doc__", doc),
        GetSetDef::read_only("__module__", module),
        GetSetDef::read_only("__self__", self_),
        GetSetDef::read_only("__text_signature__", text_signature),
    ],
    ..TypeSpec::new("builtin_function_or_method", Kind::Builtin)
};

/// `method_descriptor`.
pub static METHOD_SPEC: TypeSpec = TypeSpec {
    slots: Slots { call: Some(call_method), repr: Some(repr_method), descr_get: Some(get_method), ..Slots::EMPTY },
    getset: &[
        GetSetDef::read_only("__name__", name),
        GetSetDef::read_only("__qualname__", qualname),
        GetSetDef::read_only("__doc__", doc),
        GetSetDef::read_only("__objclass__", objclass),
        GetSetDef::read_only("__text_signature__", text_signature),
    ],
    ..TypeSpec::new("method_descriptor", Kind::Builtin)
};

/// `classmethod_descriptor`.
pub static CLASS_METHOD_SPEC: TypeSpec = TypeSpec {
    slots: Slots { call: Some(call_class_method), descr_get: Some(get_class_method), ..Slots::EMPTY },
    getset: &[
        GetSetDef::read_only("__name__", name),
        GetSetDef::read_only("__qualname__", qualname),
        GetSetDef::read_only("__doc__", doc),
        GetSetDef::read_only("__objclass__", objclass),
    ],
    ..TypeSpec::new("classmethod_descriptor", Kind::Builtin)
};

/// The name before the dot: that of the receiver, if it is a type, or of its type; none for module functions.
fn owner_name(f: &BuiltinObject) -> Option<String> {
    if let Some(receiver) = f.receiver.get()
        && let Some(h) = receiver.header()
    {
        return match as_type(&receiver) {
            Some(ty) => Some(ty.name_text()),
            None if h.kind() == Kind::Module => None,
            None => Some(h.ty().name_text()),
        };
    }
    f.owner.get().and_then(|o| as_type(&o).map(TypeObject::name_text))
}

/// The module that messages about a function's arguments name: none for builtins.
fn module_name(f: &BuiltinObject) -> Option<String> {
    f.module
        .get()
        .map(|name| crate::object::str::to_string(&name))
        .filter(|name| !name.is_empty() && name != "builtins")
}

fn call_function(rt: &Rt, obj: &Obj, args: Args<'_>) -> R {
    let f = obj.expect::<BuiltinObject>();
    let receiver = f.receiver.get().unwrap_or(Obj::none());
    if !args.has_keywords()
        && let Some(result) = native_call::quick(rt, f.def, &receiver, args.positional())
    {
        return result;
    }
    call_named(rt, f, &receiver, args)
}

/// Calls with the name of the owner at hand only when it is needed: for an error.
#[inline(never)]
fn call_named(rt: &Rt, f: &BuiltinObject, receiver: &Obj, args: Args<'_>) -> R {
    let fits = match f.def.func {
        NativeFn::Any(_) | NativeFn::Keywords { .. } => true,
        NativeFn::NoArgs(_) => args.values().is_empty(),
        NativeFn::One(_) => args.values().len() == 1 && !args.has_keywords(),
        NativeFn::Positional { min, max, .. } => !args.has_keywords() && (min..=max).contains(&args.positional().len()),
    };
    let owner = if fits { None } else { owner_name(f).or_else(|| module_name(f)) };
    native_call::call(rt, f.def, owner.as_deref(), receiver, args)
}

fn call_method(rt: &Rt, obj: &Obj, args: Args<'_>) -> R {
    let f = obj.expect::<BuiltinObject>();
    let Some((receiver, rest)) = args.split_first() else {
        return Err(rt.type_error(format_args!(
            "unbound method {}.{}() needs an argument",
            owner_name(f).unwrap_or_default(),
            f.def.name
        )));
    };
    check_receiver(rt, f, receiver)?;
    if !rest.has_keywords()
        && let Some(result) = native_call::quick(rt, f.def, receiver, rest.positional())
    {
        return result;
    }
    call_named(rt, f, receiver, rest)
}

/// Calls a builtin's method with its receiver, when it is one that takes such arguments.
#[inline]
pub fn call_loaded(rt: &Rt, callable: &Obj, receiver: &Obj, args: &[Obj]) -> Option<R> {
    let f = callable.cast::<BuiltinObject>()?;
    let is_method = f.owner.word() == rt.type_of(receiver).word() && f.receiver.is_empty();
    if is_method { native_call::quick(rt, f.def, receiver, args) } else { None }
}

/// Whether `receiver` is an instance of the type that defines the method.
#[inline]
pub fn check_receiver(rt: &Rt, f: &BuiltinObject, receiver: &Obj) -> R<()> {
    let owner = f.owner.word();
    let ty = rt.type_of(receiver);
    if ty.word() == owner {
        return Ok(());
    }
    match f.owner.get() {
        Some(owner) if !as_type(&owner).is_some_and(|o| ty.is_subtype(o)) => Err(rt.type_error(format_args!(
            "descriptor '{}' for '{}' objects doesn't apply to a '{}' object",
            f.def.name,
            owner_name(f).unwrap_or_default(),
            ty.name_text()
        ))),
        _ => Ok(()),
    }
}

fn get_method(rt: &Rt, obj: &Obj, instance: Option<&Obj>, _ty: &Obj) -> R {
    let f = obj.expect::<BuiltinObject>();
    match instance {
        Some(instance) => {
            check_receiver(rt, f, instance)?;
            Ok(builtin::bound(rt, f.def, instance.clone(), f.owner.get()))
        }
        None => Ok(obj.clone()),
    }
}

fn get_class_method(rt: &Rt, obj: &Obj, _instance: Option<&Obj>, ty: &Obj) -> R {
    let f = obj.expect::<BuiltinObject>();
    Ok(builtin::bound(rt, f.def, ty.clone(), f.owner.get()))
}

fn call_class_method(rt: &Rt, obj: &Obj, args: Args<'_>) -> R {
    let f = obj.expect::<BuiltinObject>();
    match args.split_first() {
        Some((class, rest)) if as_type(class).is_some() => call_named(rt, f, class, rest),
        _ => Err(rt.type_error(format_args!(
            "descriptor '{}' for type '{}' needs a type as its first argument",
            f.def.name,
            owner_name(f).unwrap_or_default()
        ))),
    }
}

fn repr_function(rt: &Rt, obj: &Obj) -> R {
    let f = obj.expect::<BuiltinObject>();
    let text = match f.receiver.get() {
        Some(receiver) if !receiver.is_kind(Kind::Module) => {
            format!("<built-in method {} of {} object at {:#x}>", f.def.name, rt.type_name(&receiver), receiver.word())
        }
        _ => format!("<built-in function {}>", f.def.name),
    };
    Ok(rt.str(&text))
}

fn repr_method(rt: &Rt, obj: &Obj) -> R {
    let f = obj.expect::<BuiltinObject>();
    Ok(rt.str(&format!("<method '{}' of '{}' objects>", f.def.name, owner_name(f).unwrap_or_default())))
}

fn name(rt: &Rt, obj: &Obj) -> R {
    Ok(rt.intern(obj.expect::<BuiltinObject>().def.name))
}

fn qualname(rt: &Rt, obj: &Obj) -> R {
    let f = obj.expect::<BuiltinObject>();
    Ok(match owner_name(f) {
        Some(owner) => rt.str(&format!("{owner}.{}", f.def.name)),
        None => rt.intern(f.def.name),
    })
}

fn text_or_none(rt: &Rt, text: &str) -> R {
    Ok(if text.is_empty() { Obj::none() } else { rt.str(text) })
}

fn doc(rt: &Rt, obj: &Obj) -> R {
    text_or_none(rt, obj.expect::<BuiltinObject>().def.doc)
}

fn text_signature(rt: &Rt, obj: &Obj) -> R {
    text_or_none(rt, obj.expect::<BuiltinObject>().def.signature)
}

fn module(_rt: &Rt, obj: &Obj) -> R {
    Ok(obj.expect::<BuiltinObject>().module.get().unwrap_or(Obj::none()))
}

fn self_(_rt: &Rt, obj: &Obj) -> R {
    Ok(obj.expect::<BuiltinObject>().receiver.get().unwrap_or(Obj::none()))
}

fn objclass(_rt: &Rt, obj: &Obj) -> R {
    Ok(obj.expect::<BuiltinObject>().owner.get().unwrap_or(Obj::none()))
}

/// How a dunder calls a slot: one row of `ops::slots`' table.
pub struct WrapperDef {
    /// The dunder.
    pub name: &'static str,
    /// The slot.
    pub slot: &'static str,
    /// `__doc__`.
    pub doc: &'static str,
    /// Whether static slots have the slot.
    pub present: fn(&Slots) -> bool,
    /// Calls the slot of the owner on a receiver, which is of the owner's type.
    pub call: fn(&Rt, &LiveSlots, &Obj, Args<'_>) -> R,
}

/// A slot wrapper, bound when it has a receiver.
pub struct Wrapper {
    /// The row.
    pub def: &'static WrapperDef,
    /// The type that defines the slot.
    pub owner: ObjCell,
    receiver: ObjCell,
}

impl Payload for Wrapper {
    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        self.owner.traverse(visit);
        self.receiver.traverse(visit);
    }
}

/// `wrapper_descriptor`.
pub static WRAPPER_SPEC: TypeSpec = TypeSpec {
    slots: Slots { call: Some(call_wrapper), descr_get: Some(get_wrapper), repr: Some(repr_wrapper), ..Slots::EMPTY },
    getset: &[
        GetSetDef::read_only("__name__", wrapper_name),
        GetSetDef::read_only("__qualname__", wrapper_qualname),
        GetSetDef::read_only("__doc__", wrapper_doc),
        GetSetDef::read_only("__objclass__", wrapper_objclass),
    ],
    ..TypeSpec::native("wrapper_descriptor", Wrapper::VTABLE)
};

/// `method-wrapper`.
pub static METHOD_WRAPPER_SPEC: TypeSpec = TypeSpec {
    slots: Slots { call: Some(call_bound_wrapper), repr: Some(repr_bound_wrapper), ..Slots::EMPTY },
    getset: &[
        GetSetDef::read_only("__name__", wrapper_name),
        GetSetDef::read_only("__qualname__", wrapper_qualname),
        GetSetDef::read_only("__doc__", wrapper_doc),
        GetSetDef::read_only("__objclass__", wrapper_objclass),
        GetSetDef::read_only("__self__", wrapper_self),
    ],
    ..TypeSpec::native("method-wrapper", Wrapper::VTABLE)
};

/// A slot wrapper for a type's namespace.
pub fn wrapper(rt: &Rt, def: &'static WrapperDef, owner: Obj) -> Obj {
    let payload = Wrapper { def, owner: ObjCell::new(Some(owner)), receiver: ObjCell::default() };
    native::new(rt, rt.core_type(core_type::WRAPPER), payload)
}

/// The type whose slot an object wraps, when it is an unbound wrapper.
pub fn wrapped_owner<'a>(rt: &'a Rt, obj: &Obj) -> Option<&'a TypeObject> {
    let wrapper = native::payload::<Wrapper>(obj).filter(|w| w.receiver.is_empty())?;
    wrapper.owner.get().map(|o| in_runtime(rt, &o))
}

fn call_wrapper(rt: &Rt, obj: &Obj, args: Args<'_>) -> R {
    let w = native::expect::<Wrapper>(obj);
    let Some(owner) = w.owner.get() else { return Ok(Obj::none()) };
    let owner = in_runtime(rt, &owner);
    let Some((receiver, rest)) = args.split_first() else {
        return Err(rt.type_error(format_args!(
            "descriptor '{}' of '{}' object needs an argument",
            w.def.name,
            owner.name_text()
        )));
    };
    let ty = rt.type_of(receiver);
    if !ty.is_subtype(owner) {
        return Err(rt.type_error(format_args!(
            "descriptor '{}' requires a '{}' object but received a '{}'",
            w.def.name,
            owner.name_text(),
            ty.name_text()
        )));
    }
    (w.def.call)(rt, &owner.slots, receiver, rest)
}

fn call_bound_wrapper(rt: &Rt, obj: &Obj, args: Args<'_>) -> R {
    let w = native::expect::<Wrapper>(obj);
    let (Some(owner), Some(receiver)) = (w.owner.get(), w.receiver.get()) else { return Ok(Obj::none()) };
    (w.def.call)(rt, &in_runtime(rt, &owner).slots, &receiver, args)
}

fn get_wrapper(rt: &Rt, obj: &Obj, instance: Option<&Obj>, _ty: &Obj) -> R {
    let w = native::expect::<Wrapper>(obj);
    match instance {
        Some(instance) => {
            if let Some(owner) = w.owner.get()
                && !rt.type_of(instance).is_subtype(in_runtime(rt, &owner))
            {
                return Err(rt.type_error(format_args!(
                    "descriptor '{}' for '{}' objects doesn't apply to a '{}' object",
                    w.def.name,
                    in_runtime(rt, &owner).name_text(),
                    rt.type_name(instance)
                )));
            }
            let payload = Wrapper {
                def: w.def,
                owner: ObjCell::new(w.owner.get()),
                receiver: ObjCell::new(Some(instance.clone())),
            };
            Ok(native::new(rt, rt.spec_type(&METHOD_WRAPPER_SPEC), payload))
        }
        None => Ok(obj.clone()),
    }
}

fn wrapper_owner_name(rt: &Rt, w: &Wrapper) -> String {
    w.owner.get().map_or_else(String::new, |o| in_runtime(rt, &o).name_text())
}

fn repr_wrapper(rt: &Rt, obj: &Obj) -> R {
    let w = native::expect::<Wrapper>(obj);
    Ok(rt.str(&format!("<slot wrapper '{}' of '{}' objects>", w.def.name, wrapper_owner_name(rt, w))))
}

fn repr_bound_wrapper(rt: &Rt, obj: &Obj) -> R {
    let w = native::expect::<Wrapper>(obj);
    let receiver = w.receiver.get().unwrap_or(Obj::none());
    let text =
        format!("<method-wrapper '{}' of {} object at {:#x}>", w.def.name, rt.type_name(&receiver), receiver.word());
    Ok(rt.str(&text))
}

fn wrapper_name(rt: &Rt, obj: &Obj) -> R {
    Ok(rt.intern(native::expect::<Wrapper>(obj).def.name))
}

fn wrapper_qualname(rt: &Rt, obj: &Obj) -> R {
    let w = native::expect::<Wrapper>(obj);
    Ok(rt.str(&format!("{}.{}", wrapper_owner_name(rt, w), w.def.name)))
}

fn wrapper_doc(rt: &Rt, obj: &Obj) -> R {
    text_or_none(rt, native::expect::<Wrapper>(obj).def.doc)
}

fn wrapper_objclass(_rt: &Rt, obj: &Obj) -> R {
    Ok(native::expect::<Wrapper>(obj).owner.get().unwrap_or(Obj::none()))
}

fn wrapper_self(_rt: &Rt, obj: &Obj) -> R {
    Ok(native::expect::<Wrapper>(obj).receiver.get().unwrap_or(Obj::none()))
}

/// `__new__` of a builtin type: bound to the type whose `new` slot it calls.
pub static NEW: MethodDef = MethodDef::new(
    "__new__",
    NativeFn::Any(call_new),
    "($type, *args, **kwargs)",
    "Create and return a new object.  See help(type) for accurate signature.",
);

fn call_new(rt: &Rt, receiver: &Obj, args: Args<'_>) -> R {
    let owner = in_runtime(rt, receiver);
    let Some((class, rest)) = args.split_first() else {
        return Err(rt.type_error(format_args!("{}.__new__(): not enough arguments", owner.name_text())));
    };
    let Some(ty) = as_type(class) else {
        return Err(rt.type_error(format_args!(
            "{0}.__new__(X): X is not a type object ({1})",
            owner.name_text(),
            rt.type_name(class)
        )));
    };
    if !ty.is_subtype(owner) {
        return Err(rt.type_error(format_args!(
            "{0}.__new__({1}): {1} is not a subtype of {0}",
            owner.name_text(),
            ty.name_text()
        )));
    }
    // The layout of the new object must be the owner's: `object.__new__(int)` would make a broken int.
    let Some(new) = owner.slots.new.get() else {
        return Err(rt.type_error(format_args!("cannot create '{}' instances", owner.name_text())));
    };
    let layout = crate::ops::class::layout_owner(rt, ty);
    if let Some(base) = layout.filter(|base| base.slots.new.get().is_some_and(|f| !std::ptr::fn_addr_eq(f, new))) {
        return Err(rt.type_error(format_args!(
            "{}.__new__({}) is not safe, use {}.__new__()",
            owner.name_text(),
            ty.name_text(),
            base.name_text()
        )));
    }
    new(rt, class, rest)
}
