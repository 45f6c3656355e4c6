//! `type`: filling namespaces from specs, making classes.

use super::spec::TypeSpec;
use crate::object::types::{TypeFlags, TypeObject};
use crate::runtime::Rt;
use molt_abi::layout::Kind;

/// The type.
pub static SPEC: TypeSpec = TypeSpec { subclassable: true, ..TypeSpec::new("type", Kind::Type) };

/// Fills the namespace of a builtin type from its spec.
pub fn fill(rt: &Rt, ty: &TypeObject) {
    let _ = rt;
    ty.set_flag(TypeFlags::FILLED, true);
}
