//! `tuple`.
//!
//! Invariant: methods are called with a receiver of the type; the descriptors check it.

use super::spec::TypeSpec;
use molt_abi::layout::Kind;

/// The type.
pub static SPEC: TypeSpec = TypeSpec { subclassable: true, ..TypeSpec::new("tuple", Kind::Tuple) };
