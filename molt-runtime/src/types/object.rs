//! `object`.

use super::spec::TypeSpec;
use molt_abi::layout::Kind;

/// The type.
pub static SPEC: TypeSpec = TypeSpec { subclassable: true, ..TypeSpec::new("object", Kind::Instance) };
