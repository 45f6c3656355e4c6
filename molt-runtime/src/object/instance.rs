//! Plain instances: the header, then the dict word and slots that the type adds.
//!
//! Invariant: slots hold 0 or an owned value; while [`header::FLAG_DICT_MODE`] is set all slots are 0. The same accessors
//! serve instances of subclasses of builtins, whose extension follows the builtin's layout.

use super::field::ObjCell;
use super::header::{Header, Layout};
use super::types::TypeObject;
use crate::heap;
use crate::runtime::Rt;
use crate::value::Obj;
use molt_abi::layout::{Kind, instance};

/// A plain instance.
#[repr(C)]
pub struct InstanceObject {
    header: Header,
}

const _: () = assert!(size_of::<InstanceObject>() == instance::DICT as usize);

// SAFETY: `repr(C)`, starts with a header, and is the only layout of its kind.
unsafe impl Layout for InstanceObject {
    const KIND: Kind = Kind::Instance;
}

/// A new instance with empty slots.
pub fn new(rt: &Rt, ty: &TypeObject) -> Obj {
    heap::alloc_object(rt, ty, 0, |header| InstanceObject { header })
}

/// The dict word of an object whose type adds one.
#[inline]
pub fn dict_cell(obj: &Obj) -> Option<&ObjCell> {
    ext(obj).and_then(|ext| ext.first()).filter(|_| obj.header().is_some_and(|h| h.ty().has_dict()))
}

/// The slots of an object.
#[inline]
pub fn slots(obj: &Obj) -> &[ObjCell] {
    ext(obj).map_or(&[], |ext| &ext[1..])
}

/// Slot `n`, when the object has it.
#[inline]
pub fn slot(obj: &Obj, n: usize) -> Option<&ObjCell> {
    ext(obj).and_then(|ext| ext.get(n + 1))
}

/// The byte offset of slot `n`, when it is the same for all instances of the type.
pub fn slot_offset(obj: &Obj, n: usize) -> Option<usize> {
    let h = obj.header()?;
    match h.kind() {
        Kind::Instance => Some(instance::SLOTS as usize + 8 * n),
        Kind::Exception => Some(heap::ext_offset(h) + 8 * (n + 1)),
        _ => None,
    }
}

/// The extension: dict word, then slots.
#[inline]
fn ext(obj: &Obj) -> Option<&[ObjCell]> {
    let h = obj.header()?;
    let words = h.ty().ext_words();
    if words == 0 {
        return None;
    }
    let offset = if h.kind() == Kind::Instance { instance::DICT as usize } else { heap::ext_offset(h) };
    // SAFETY: an object whose type has `ext_words` was allocated with that many words at the extension offset.
    Some(unsafe { std::slice::from_raw_parts(std::ptr::from_ref(h).cast::<u8>().add(offset).cast::<ObjCell>(), words) })
}

/// Gives an object another class, when both lay instances out alike with the same slots.
pub fn set_class(obj: &Obj, ty: &TypeObject) -> bool {
    let Some(h) = obj.header() else { return false };
    let old = h.ty();
    if old.kind() != ty.kind()
        || old.has_dict() != ty.has_dict()
        || old.is_subclass_layout() != ty.is_subclass_layout()
        || old.native_is_other(ty)
        || !same_slots(old, ty)
    {
        return false;
    }
    exchange(h, ty);
    true
}

/// Gives an instance in dict mode another class: its slots, all empty, need not mean the same, but their room must do.
pub fn set_class_of_dict_instance(obj: &Obj, ty: &TypeObject) -> bool {
    let Some(h) = obj.header() else { return false };
    // The extension of the object stays as it was allocated: the words that the new class does not know are empty.
    if !h.has(molt_abi::layout::header::FLAG_DICT_MODE) || h.kind() != Kind::Instance || ty.kind() != Kind::Instance {
        return false;
    }
    if h.ty().ext_words() < ty.ext_words() || !ty.has_dict() {
        return false;
    }
    exchange(h, ty);
    true
}

fn same_slots(a: &TypeObject, b: &TypeObject) -> bool {
    let (a, b) = (a.slot_table(), b.slot_table());
    a.len() == b.len()
        && a.iter().zip(&b).all(|(x, y)| match (x, y) {
            (Some(x), Some(y)) => x.is(y),
            (None, None) => true,
            _ => false,
        })
}

/// The object's reference moves from the old class to the new one.
fn exchange(h: &Header, ty: &TypeObject) {
    let old = h.ty();
    if ty.is_heap_type() {
        ty.header().incref();
    }
    let release = old.is_heap_type().then(|| old.as_obj());
    h.set_ty(ty);
    if let Some(old) = release {
        // One reference of the handle, one that the object owned.
        if let Some(h) = old.header() {
            h.set_rc(h.rc() - 1);
        }
        drop(old);
    }
}
