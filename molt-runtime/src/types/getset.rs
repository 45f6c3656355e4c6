//! Descriptors of computed attributes, of `__slots__` members, and of `__dict__`.
//!
//! Invariant: a descriptor is used only on instances of the type that owns it.

use super::spec::{GetSetDef, Slots, TypeSpec};
use crate::object::field::ObjCell;
use crate::object::native::{self, Payload};
use crate::object::types::{core_type, in_runtime};
use crate::object::{instance, str};
use crate::ops::attr;
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// A computed attribute of a type.
struct GetSet {
    def: &'static GetSetDef,
    owner: ObjCell,
}

impl Payload for GetSet {
    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        self.owner.traverse(visit);
    }
}

/// `getset_descriptor`.
pub static SPEC: TypeSpec = TypeSpec {
    slots: Slots { descr_get: Some(get), descr_set: Some(set), repr: Some(repr), ..Slots::EMPTY },
    getset: &[
        GetSetDef::read_only("__name__", |rt, o| Ok(rt.intern(native::expect::<GetSet>(o).def.name))),
        GetSetDef::read_only("__qualname__", |rt, o| {
            let g = native::expect::<GetSet>(o);
            Ok(rt.str(&format!("{}.{}", owner_name(rt, &g.owner), g.def.name)))
        }),
        GetSetDef::read_only("__objclass__", |_, o| Ok(native::expect::<GetSet>(o).owner.get().unwrap_or(Obj::none()))),
        GetSetDef::read_only("__doc__", |rt, o| {
            let doc = native::expect::<GetSet>(o).def.doc;
            Ok(if doc.is_empty() { Obj::none() } else { rt.str(doc) })
        }),
    ],
    ..TypeSpec::native("getset_descriptor", GetSet::VTABLE)
};

/// The descriptor of a computed attribute.
pub fn new(rt: &Rt, def: &'static GetSetDef, owner: Obj) -> Obj {
    native::new(rt, rt.core_type(core_type::GETSET), GetSet { def, owner: ObjCell::new(Some(owner)) })
}

fn owner_name(rt: &Rt, owner: &ObjCell) -> String {
    owner.get().map_or_else(String::new, |o| in_runtime(rt, &o).name_text())
}

fn check(rt: &Rt, owner: &ObjCell, name: &str, obj: &Obj) -> R<()> {
    match owner.get() {
        Some(owner) if !rt.type_of(obj).is_subtype(in_runtime(rt, &owner)) => Err(rt.type_error(format_args!(
            "descriptor '{name}' for '{}' objects doesn't apply to a '{}' object",
            in_runtime(rt, &owner).name_text(),
            rt.type_name(obj)
        ))),
        _ => Ok(()),
    }
}

fn get(rt: &Rt, descr: &Obj, obj: Option<&Obj>, _ty: &Obj) -> R {
    let g = native::expect::<GetSet>(descr);
    let Some(obj) = obj else { return Ok(descr.clone()) };
    check(rt, &g.owner, g.def.name, obj)?;
    (g.def.get)(rt, obj)
}

fn set(rt: &Rt, descr: &Obj, obj: &Obj, value: Option<&Obj>) -> R<()> {
    let g = native::expect::<GetSet>(descr);
    check(rt, &g.owner, g.def.name, obj)?;
    match g.def.set {
        Some(set) => set(rt, obj, value),
        None => Err(rt.error(
            &super::exception::ATTRIBUTE_ERROR,
            format_args!("attribute '{}' of '{}' objects is not writable", g.def.name, owner_name(rt, &g.owner)),
        )),
    }
}

fn repr(rt: &Rt, descr: &Obj) -> R {
    let g = native::expect::<GetSet>(descr);
    Ok(rt.str(&format!("<attribute '{}' of '{}' objects>", g.def.name, owner_name(rt, &g.owner))))
}

/// A member of `__slots__`.
struct Member {
    name: ObjCell,
    slot: usize,
    owner: ObjCell,
}

impl Payload for Member {
    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        self.name.traverse(visit);
        self.owner.traverse(visit);
    }
}

/// `member_descriptor`.
pub static MEMBER_SPEC: TypeSpec = TypeSpec {
    slots: Slots { descr_get: Some(get_member), descr_set: Some(set_member), repr: Some(repr_member), ..Slots::EMPTY },
    getset: &[
        GetSetDef::read_only("__name__", |_, o| Ok(native::expect::<Member>(o).name.get().unwrap_or(Obj::none()))),
        GetSetDef::read_only("__objclass__", |_, o| Ok(native::expect::<Member>(o).owner.get().unwrap_or(Obj::none()))),
    ],
    ..TypeSpec::native("member_descriptor", Member::VTABLE)
};

/// The descriptor of a `__slots__` member.
pub fn member(rt: &Rt, owner: Obj, name: Obj, slot: usize) -> Obj {
    let payload = Member { name: ObjCell::new(Some(name)), slot, owner: ObjCell::new(Some(owner)) };
    native::new(rt, rt.core_type(core_type::MEMBER), payload)
}

/// The slot of a member descriptor, for inline caches.
pub fn member_slot(descr: &Obj) -> Option<usize> {
    native::payload::<Member>(descr).map(|m| m.slot)
}

fn member_cell<'a>(rt: &Rt, m: &Member, obj: &'a Obj) -> R<&'a ObjCell> {
    let name = m.name.get().map_or_else(String::new, |n| str::to_string(&n));
    check(rt, &m.owner, &name, obj)?;
    match instance::slot(obj, m.slot) {
        Some(cell) => Ok(cell),
        None => Err(rt.type_error(format_args!("'{}' object has no slots", rt.type_name(obj)))),
    }
}

fn get_member(rt: &Rt, descr: &Obj, obj: Option<&Obj>, _ty: &Obj) -> R {
    let m = native::expect::<Member>(descr);
    let Some(obj) = obj else { return Ok(descr.clone()) };
    match member_cell(rt, m, obj)?.get() {
        Some(value) => Ok(value),
        None => Err(rt.no_attribute(obj, &m.name.get().unwrap_or(Obj::none()))),
    }
}

fn set_member(rt: &Rt, descr: &Obj, obj: &Obj, value: Option<&Obj>) -> R<()> {
    let m = native::expect::<Member>(descr);
    let cell = member_cell(rt, m, obj)?;
    if value.is_none() && cell.is_empty() {
        let name = m.name.get().unwrap_or(Obj::none());
        return Err(rt.attribute_error(obj, &name, format_args!("{}", str::to_string(&name))));
    }
    cell.set(value.cloned());
    Ok(())
}

fn repr_member(rt: &Rt, descr: &Obj) -> R {
    let m = native::expect::<Member>(descr);
    let name = m.name.get().map_or_else(String::new, |n| str::to_string(&n));
    Ok(rt.str(&format!("<member '{name}' of '{}' objects>", owner_name(rt, &m.owner))))
}

/// `__dict__` of instances.
static DICT: GetSetDef =
    GetSetDef { name: "__dict__", get: get_dict, set: Some(set_dict), doc: "dictionary for instance variables" };

/// `__weakref__` of instances.
static WEAKREF: GetSetDef = GetSetDef::read_only("__weakref__", |_, _| Ok(Obj::none()));

/// The `__dict__` descriptor of a class.
pub fn dict_descriptor(rt: &Rt, owner: Obj) -> Obj {
    new(rt, &DICT, owner)
}

/// The `__weakref__` descriptor of a class.
pub fn weakref_descriptor(rt: &Rt, owner: Obj) -> Obj {
    new(rt, &WEAKREF, owner)
}

/// Reads `__dict__` of an object whose type gives it one.
pub fn get_dict(rt: &Rt, obj: &Obj) -> R {
    match attr::instance_dict(rt, obj) {
        Some(dict) => Ok(dict),
        None => Err(rt.no_attribute(obj, &rt.names().__dict__)),
    }
}

/// Replaces `__dict__`.
pub fn set_dict(rt: &Rt, obj: &Obj, value: Option<&Obj>) -> R<()> {
    let Some(value) = value else {
        return Err(rt.type_error(format_args!("cannot delete __dict__")));
    };
    if !value.is_kind(Kind::Dict) {
        return Err(
            rt.type_error(format_args!("__dict__ must be set to a dictionary, not a '{}'", rt.type_name(value)))
        );
    }
    if attr::set_instance_dict(rt, obj, value.clone()) {
        Ok(())
    } else {
        Err(rt.no_attribute(obj, &rt.names().__dict__))
    }
}
