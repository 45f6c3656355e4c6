//! The builtin types: one file per type, safe Rust over the layouts in `object`.
//!
//! [`CORE`] lists the types that the context knows by index: those with a layout of their own and those of immediates.
//! Every other type is made on first use from its spec by `Rt::spec_type`.

pub mod alias;
pub mod anext;
pub mod async_generator;
pub mod bool;
pub mod builtin;
pub mod bytes;
pub mod cell;
pub mod classmethod;
pub mod code;
pub mod complex;
#[cfg(test)]
mod container_tests;
pub mod coroutine;
pub mod dict;
pub mod dict_view;
pub mod ellipsis;
pub mod exception;
pub mod float;
pub mod format;
pub mod frame;
pub mod frozenset;
pub mod function;
pub mod generator;
pub mod getset;
pub mod int;
pub mod lazy;
pub mod list;
pub mod mappingproxy;
pub mod method;
pub mod module;
pub mod none;
pub mod number;
pub mod object;
pub mod property;
pub mod range;
pub mod seq_iter_types;
pub mod sequence;
pub mod sequence_iter;
pub mod set;
pub mod slice;
pub mod sort;
pub mod spec;
pub mod staticmethod;
pub mod str;
pub mod super_;
pub mod text;
pub mod text_state;
pub mod traceback;
pub mod tuple;
pub mod type_;
pub mod union;

use crate::object::types::core_type;
use molt_abi::layout::Kind;
use spec::TypeSpec;

/// The types that the context knows by index.
pub static CORE: &[(usize, &TypeSpec)] = &[
    (core_type::OBJECT, &object::SPEC),
    (Kind::Type as usize, &type_::SPEC),
    (core_type::NONE, &none::SPEC),
    (core_type::BOOL, &bool::SPEC),
    (core_type::FLOAT, &float::SPEC),
    (core_type::ELLIPSIS, &ellipsis::SPEC),
    (core_type::NOT_IMPLEMENTED, &ellipsis::NOT_IMPLEMENTED_SPEC),
    (core_type::BASE_EXCEPTION, &exception::BASE_EXCEPTION),
    (core_type::GETSET, &getset::SPEC),
    (core_type::WRAPPER, &builtin::WRAPPER_SPEC),
    (core_type::METHOD_DESCRIPTOR, &builtin::METHOD_SPEC),
    (core_type::CLASS_METHOD_DESCRIPTOR, &builtin::CLASS_METHOD_SPEC),
    (core_type::MEMBER, &getset::MEMBER_SPEC),
    (Kind::Int as usize, &int::SPEC),
    (Kind::Str as usize, &str::SPEC),
    (Kind::Bytes as usize, &bytes::SPEC),
    (Kind::List as usize, &list::SPEC),
    (Kind::Tuple as usize, &tuple::SPEC),
    (Kind::Dict as usize, &dict::SPEC),
    (Kind::Set as usize, &set::SPEC),
    (Kind::FrozenSet as usize, &frozenset::SPEC),
    (Kind::Range as usize, &range::SPEC),
    (Kind::Slice as usize, &slice::SPEC),
    (Kind::ListIter as usize, &seq_iter_types::LIST),
    (Kind::TupleIter as usize, &seq_iter_types::TUPLE),
    (Kind::RangeIter as usize, &range::ITERATOR),
    (Kind::Function as usize, &function::SPEC),
    (Kind::Builtin as usize, &builtin::SPEC),
    (Kind::BoundMethod as usize, &method::SPEC),
    (Kind::Cell as usize, &cell::SPEC),
    (Kind::Module as usize, &module::SPEC),
    (Kind::Traceback as usize, &traceback::SPEC),
    (Kind::Code as usize, &code::SPEC),
    (Kind::Generator as usize, &generator::SPEC),
    (Kind::Coroutine as usize, &coroutine::SPEC),
    (Kind::AsyncGenerator as usize, &async_generator::SPEC),
    (Kind::Property as usize, &property::SPEC),
    (Kind::StaticMethod as usize, &staticmethod::SPEC),
    (Kind::ClassMethod as usize, &classmethod::SPEC),
    (Kind::Super as usize, &super_::SPEC),
    (Kind::Complex as usize, &complex::SPEC),
];
