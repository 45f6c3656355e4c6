//! Builtin functions and the method descriptors of builtin types.
//!
//! Invariant: the definition is static data; `receiver` is the bound object, the module, or empty for a descriptor that is
//! not bound yet (then `owner` is the type whose instances it takes).

use super::field::ObjCell;
use super::header::{Header, Layout};
use super::types::TypeObject;
use crate::heap;
use crate::runtime::Rt;
use crate::types::spec::MethodDef;
use crate::value::Obj;
use molt_abi::layout::Kind;

/// A builtin function, bound or not.
#[repr(C)]
pub struct BuiltinObject {
    header: Header,
    /// The definition.
    pub def: &'static MethodDef,
    /// The receiver or module.
    pub receiver: ObjCell,
    /// The type that defines the method, or empty for module functions.
    pub owner: ObjCell,
    /// `__module__` of a module function, a `str`.
    pub module: ObjCell,
}

// SAFETY: `repr(C)`, starts with a header, and is the only layout of its kind.
unsafe impl Layout for BuiltinObject {
    const KIND: Kind = Kind::Builtin;

    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        self.receiver.traverse(visit);
        self.owner.traverse(visit);
        self.module.traverse(visit);
    }
}

/// A function of a native module.
pub fn function(rt: &Rt, def: &'static MethodDef, module: Option<Obj>, module_name: Option<Obj>) -> Obj {
    make(rt, rt.kind_type(Kind::Builtin), def, module, None, module_name)
}

/// A method bound to its receiver.
pub fn bound(rt: &Rt, def: &'static MethodDef, receiver: Obj, owner: Option<Obj>) -> Obj {
    make(rt, rt.kind_type(Kind::Builtin), def, Some(receiver), owner, None)
}

/// The descriptor in a type's namespace; `ty` is one of the descriptor types.
pub fn descriptor(rt: &Rt, ty: &TypeObject, def: &'static MethodDef, owner: Obj) -> Obj {
    make(rt, ty, def, None, Some(owner), None)
}

fn make(
    rt: &Rt,
    ty: &TypeObject,
    def: &'static MethodDef,
    receiver: Option<Obj>,
    owner: Option<Obj>,
    module: Option<Obj>,
) -> Obj {
    heap::alloc_object(rt, ty, 0, |header| BuiltinObject {
        header,
        def,
        receiver: ObjCell::new(receiver),
        owner: ObjCell::new(owner),
        module: ObjCell::new(module),
    })
}
