//! Descriptors of computed attributes and of slots.

use super::spec::TypeSpec;
use molt_abi::layout::Kind;

/// `getset_descriptor`.
pub static SPEC: TypeSpec = TypeSpec::new("getset_descriptor", Kind::Native);

/// `member_descriptor`.
pub static MEMBER_SPEC: TypeSpec = TypeSpec::new("member_descriptor", Kind::Native);
