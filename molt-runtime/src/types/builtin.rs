//! Builtin functions and the method descriptors of builtin types.

use super::spec::TypeSpec;
use molt_abi::layout::Kind;

/// `builtin_function_or_method`.
pub static SPEC: TypeSpec = TypeSpec::new("builtin_function_or_method", Kind::Builtin);

/// `method_descriptor`.
pub static METHOD_SPEC: TypeSpec = TypeSpec::new("method_descriptor", Kind::Builtin);

/// `classmethod_descriptor`.
pub static CLASS_METHOD_SPEC: TypeSpec = TypeSpec::new("classmethod_descriptor", Kind::Builtin);

/// `wrapper_descriptor`.
pub static WRAPPER_SPEC: TypeSpec = TypeSpec::new("wrapper_descriptor", Kind::Native);
