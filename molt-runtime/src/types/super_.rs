//! `super`.
//!
//! Invariant: the lookup starts after the class in the MRO of the receiver's type.

use super::spec::{GetSetDef, Slots, TypeSpec};
use crate::object::field::ObjCell;
use crate::object::native::{self, Payload};
use crate::object::tuple;
use crate::object::types::{TypeObject, as_type, in_runtime};
use crate::ops::attr;
use crate::ops::call::Args;
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// The class, the receiver, and the type whose MRO is searched.
#[derive(Default)]
struct Super {
    class: ObjCell,
    receiver: ObjCell,
    ty: ObjCell,
}

impl Payload for Super {
    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        for field in [&self.class, &self.receiver, &self.ty] {
            field.traverse(visit);
        }
    }
}

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    subclassable: true,
    slots: Slots {
        repr: Some(repr),
        getattr: Some(getattr),
        descr_get: Some(descr_get),
        new: Some(make),
        init: Some(init),
        ..Slots::EMPTY
    },
    getset: &[
        GetSetDef::read_only("__thisclass__", |_, o| or_none(&fields(o).class)),
        GetSetDef::read_only("__self__", |_, o| or_none(&fields(o).receiver)),
        GetSetDef::read_only("__self_class__", |_, o| or_none(&fields(o).ty)),
    ],
    ..TypeSpec::native("super", Super::VTABLE)
};

fn fields(obj: &Obj) -> &Super {
    native::expect::<Super>(obj)
}

fn or_none(field: &ObjCell) -> R {
    Ok(field.get().unwrap_or(Obj::none()))
}

fn make(rt: &Rt, class: &Obj, _args: Args<'_>) -> R {
    Ok(native::new(rt, in_runtime(rt, class), Super::default()))
}

fn init(rt: &Rt, obj: &Obj, args: Args<'_>) -> R<()> {
    if args.has_keywords() {
        return Err(rt.type_error(format_args!("super() takes no keyword arguments")));
    }
    let given = args.positional();
    match given.len() {
        // The compiler passes the class and the first argument; without them there is no frame to ask.
        0 => return Err(rt.runtime_error(format_args!("super(): no arguments"))),
        1 | 2 => {}
        n => return Err(rt.type_error(format_args!("super() expected at most 2 arguments, got {n}"))),
    }
    let Some(class) = as_type(&given[0]) else {
        return Err(rt.type_error(format_args!("super() argument 1 must be a type, not {}", rt.type_name(&given[0]))));
    };
    let s = fields(obj);
    let receiver = given.get(1).filter(|r| !r.is_none());
    s.class.set(Some(given[0].clone()));
    s.receiver.set(receiver.cloned());
    s.ty.set(match receiver {
        Some(receiver) => Some(searched_type(rt, class, receiver)?.as_obj()),
        None => None,
    });
    Ok(())
}

/// The type whose MRO `super(class, receiver)` searches.
fn searched_type<'a>(rt: &'a Rt, class: &TypeObject, receiver: &Obj) -> R<&'a TypeObject> {
    if let Some(ty) = as_type(receiver)
        && ty.is_subtype(class)
    {
        return Ok(in_runtime(rt, receiver));
    }
    let ty = rt.type_of(receiver);
    if ty.is_subtype(class) {
        return Ok(ty);
    }
    // A proxy may say that it is something else.
    if let Some(other) = rt.get_attr_opt(receiver, &rt.names().__class__)?
        && as_type(&other).is_some_and(|t| t.is_subtype(class))
    {
        return Ok(in_runtime(rt, &other));
    }
    Err(rt.type_error(format_args!("super(type, obj): obj must be an instance or subtype of type")))
}

/// An attribute found after `class` in the MRO of `ty`, bound to the receiver.
fn lookup(rt: &Rt, class: &TypeObject, ty: &TypeObject, receiver: &Obj, name: &Obj) -> R<Option<Obj>> {
    let mro = ty.mro_tuple();
    let items = tuple::items(&mro).unwrap_or_default();
    let after = items.iter().position(|t| t.word() == class.word()).map_or(items.len(), |n| n + 1);
    for t in &items[after..] {
        if let Some(value) = in_runtime(rt, t).own(name) {
            let Some(get) = rt.type_of(&value).slots.descr_get.get() else { return Ok(Some(value)) };
            let instance = Some(receiver).filter(|r| r.word() != ty.word());
            return get(rt, &value, instance, &ty.as_obj()).map(Some);
        }
    }
    Ok(None)
}

/// `super(class, class).name`, for class hooks.
pub fn lookup_after(rt: &Rt, class: &TypeObject, receiver: &Obj, name: &Obj) -> R<Option<Obj>> {
    lookup(rt, class, class, receiver, name)
}

/// The attribute after `class` as it is in the namespace, for calls that pass the receiver themselves.
pub fn raw_lookup(rt: &Rt, class: &Obj, receiver: &Obj, name: &Obj) -> R<Option<Obj>> {
    let Some(class) = as_type(class) else { return Ok(None) };
    let ty = searched_type(rt, class, receiver)?;
    let mro = ty.mro_tuple();
    let items = tuple::items(&mro).unwrap_or_default();
    let after = items.iter().position(|t| t.word() == class.word()).map_or(items.len(), |n| n + 1);
    Ok(items[after..].iter().find_map(|t| in_runtime(rt, t).own(name)))
}

/// `super(class, receiver).name`, without making the super object where it can't be seen.
pub fn get_attr(rt: &Rt, class: &Obj, receiver: &Obj, name: &Obj) -> R {
    let Some(ty) = as_type(class) else {
        return Err(rt.runtime_error(format_args!("super(): __class__ is not a type ({})", rt.type_name(class))));
    };
    let searched = searched_type(rt, ty, receiver)?;
    if !name.is(&rt.names().__class__)
        && let Some(value) = lookup(rt, ty, searched, receiver, name)?
    {
        return Ok(value);
    }
    let payload = Super {
        class: ObjCell::new(Some(class.clone())),
        receiver: ObjCell::new(Some(receiver.clone())),
        ty: ObjCell::new(Some(searched.as_obj())),
    };
    let object = native::new(rt, rt.kind_type(Kind::Super), payload);
    attr::generic_get(rt, &object, name)
}

fn getattr(rt: &Rt, obj: &Obj, name: &Obj) -> R {
    let s = fields(obj);
    if let (Some(class), Some(ty), Some(receiver)) = (s.class.get(), s.ty.get(), s.receiver.get())
        && !name.is(&rt.names().__class__)
        && let Some(value) = lookup(rt, in_runtime(rt, &class), in_runtime(rt, &ty), &receiver, name)?
    {
        return Ok(value);
    }
    attr::generic_get(rt, obj, name)
}

fn descr_get(rt: &Rt, obj: &Obj, instance: Option<&Obj>, _ty: &Obj) -> R {
    let s = fields(obj);
    match (instance, s.class.get()) {
        (Some(instance), Some(class)) if s.receiver.is_empty() => {
            rt.call(&rt.type_of(obj).as_obj(), &[class, instance.clone()])
        }
        _ => Ok(obj.clone()),
    }
}

fn repr(rt: &Rt, obj: &Obj) -> R {
    let s = fields(obj);
    let name = |c: &ObjCell| c.get().map_or_else(|| "NULL".to_owned(), |c| in_runtime(rt, &c).name_text());
    let text = match s.ty.get() {
        Some(_) => format!("<super: <class '{}'>, <{} object>>", name(&s.class), name(&s.ty)),
        None => format!("<super: <class '{}'>, NULL>", name(&s.class)),
    };
    Ok(rt.str(&text))
}

/// `super().name` from what the class cell and the first parameter hold.
pub fn zero_arg_attr(rt: &Rt, class: Option<&Obj>, receiver: Option<&Obj>, name: &Obj) -> R {
    let Some(receiver) = receiver else { return Err(rt.runtime_error(format_args!("super(): arg[0] deleted"))) };
    let Some(class) = class else { return Err(rt.runtime_error(format_args!("super(): empty __class__ cell"))) };
    get_attr(rt, class, receiver, name)
}
