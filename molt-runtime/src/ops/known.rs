//! Known cells of classes: when compiled code may rely on a class, and when no more.
//!
//! Invariant: a known cell holds a class only while its bases, its methods and the layout of its instances are those that the
//! compiler saw; plain data attributes may change.

use crate::object::function::class_desc;
use crate::object::module::Data;
use crate::object::types::{TypeFlags, TypeObject, as_type, core_type, in_runtime};
use crate::object::{descs, str};
use crate::ops::attr::is_descriptor;
use crate::runtime::Rt;
use crate::value::Obj;
use molt_abi::desc::ClassDesc;
use molt_abi::layout::Kind;

/// A class statement has made a class: its known cell holds it if it is as the compiler assumed.
pub fn class_made(rt: &Rt, body: &Obj, class: &Obj, has_keywords: bool) {
    let Some((desc, data)) = class_desc(body) else { return };
    let Some(ty) = as_type(class) else { return };
    if desc.known == u32::MAX || has_keywords || !rt.type_of(class).is(rt.kind_type(Kind::Type)) {
        return;
    }
    if ty.has(TypeFlags::WAS_KNOWN) || !as_assumed(rt, ty, desc, data) {
        data.break_known(desc.known);
        return;
    }
    data.set_known(desc.known, class);
    ty.set_flag(TypeFlags::KNOWN | TypeFlags::WAS_KNOWN, true);
    ty.set_known_cell(data, desc.known);
}

fn as_assumed(rt: &Rt, ty: &TypeObject, desc: &'static ClassDesc, data: Data) -> bool {
    let bases = ty.bases.get();
    let [base] = bases.as_ref().and_then(crate::object::tuple::items).unwrap_or_default() else { return false };
    let base_fits = match desc.base {
        u32::MAX => base.word() == rt.core_type(core_type::OBJECT).word(),
        ClassDesc::UNKNOWN_BASE => false,
        known => data.known_is(known, base),
    };
    if !base_fits || ty.kind() != Kind::Instance || !ty.has_dict() {
        return false;
    }
    let mut expected = in_runtime(rt, base).slot_table();
    expected.extend(descs::slot_names(desc).iter().map(|n| Some(data.constant(*n))));
    let actual = ty.slot_table();
    actual.len() == expected.len()
        && actual.iter().zip(&expected).all(|(a, b)| matches!((a, b), (Some(a), Some(b)) if a.is(b)))
}

/// An attribute of a class is about to be set or deleted: breaks the known cells of the class and its subclasses if compiled
/// code could tell. False for plain data that goes or comes in no slot's way.
pub fn attribute_changes(rt: &Rt, class: &TypeObject, name: &Obj, value: Option<&Obj>) -> bool {
    let matters = matters(rt, class, name, value);
    if matters {
        withdraw(class);
    }
    matters
}

fn matters(rt: &Rt, class: &TypeObject, name: &Obj, value: Option<&Obj>) -> bool {
    if is_dunder(name) {
        return true;
    }
    let descriptor = |v: &Obj| is_descriptor(rt, v);
    if value.is_some_and(descriptor) || class.own(name).as_ref().is_some_and(descriptor) {
        return true;
    }
    is_slot(class, name)
}

fn is_slot(class: &TypeObject, name: &Obj) -> bool {
    class.slot_of(name).is_some() || class.subclasses().iter().filter_map(as_type).any(|sub| is_slot(sub, name))
}

/// Whether a name begins and ends with two underscores.
pub fn is_dunder(name: &Obj) -> bool {
    let text = str::get(name).map(|s| s.text()).unwrap_or_default();
    text.starts_with("__") && text.ends_with("__")
}

/// Breaks the known cells of a class and its subclasses.
pub fn withdraw(class: &TypeObject) {
    if class.has(TypeFlags::KNOWN) {
        class.set_flag(TypeFlags::KNOWN, false);
        class.break_known_cell();
    }
    for sub in class.subclasses() {
        if let Some(sub) = as_type(&sub) {
            withdraw(sub);
        }
    }
}
