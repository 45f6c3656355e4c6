//! `ellipsis` and `NotImplementedType`.
//!
//! Invariant: methods are called with a receiver of the type; the descriptors check it.

use super::spec::TypeSpec;
use molt_abi::layout::Kind;

/// The type.
pub static SPEC: TypeSpec = TypeSpec::new("ellipsis", Kind::Native);

/// The type of `NotImplemented`.
pub static NOT_IMPLEMENTED_SPEC: TypeSpec = TypeSpec::new("NotImplementedType", Kind::Native);
