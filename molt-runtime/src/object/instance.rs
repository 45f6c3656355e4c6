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
