//! What a host program sees of the compiled modules: typed functions, dataclasses as structs, exceptions.
//!
//! [`interface`] reads the facts of all modules into the model below; [`rust`] and [`c_header`] write it down in the host's
//! language. Invariant: a binding never decides what runs. It looks the function up by name at each call, as Python code
//! would, so that a rebinding is seen; annotations only choose the conversions.

pub mod c_header;
pub mod interface;
pub mod rust;

use std::collections::BTreeMap;

/// What the modules of a program offer, by dotted module name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Interface {
    /// The modules that are part of the program's own source.
    pub modules: BTreeMap<String, ModuleInterface>,
}

/// What one module offers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ModuleInterface {
    /// Docstring.
    pub doc: Option<String>,
    /// Public functions in source order.
    pub functions: Vec<Function>,
    /// Public dataclasses whose fields all have types of their own in the host.
    pub structs: Vec<Struct>,
    /// Public exception classes.
    pub exceptions: Vec<Exception>,
}

/// A public function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// Docstring.
    pub doc: Option<String>,
    /// Parameters in order.
    pub params: Vec<Param>,
    /// Result.
    pub returns: Type,
}

/// A parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Param {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// How it is given.
    pub kind: ParamKind,
    /// Whether it may be left out.
    pub has_default: bool,
}

/// How a parameter is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParamKind {
    /// By position.
    Positional,
    /// By keyword only.
    Keyword,
    /// `*args`.
    Rest,
    /// `**kwargs`.
    KeywordRest,
}

/// A dataclass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Struct {
    /// Its name.
    pub name: String,
    /// Docstring.
    pub doc: Option<String>,
    /// Fields, inherited ones first.
    pub fields: Vec<(String, Type)>,
}

/// An exception class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// Its name.
    pub name: String,
    /// Docstring.
    pub doc: Option<String>,
}

/// A type as the host sees it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Type {
    /// `None`.
    None,
    /// `bool`.
    Bool,
    /// `int`, in 64 bits.
    Int,
    /// `float`.
    Float,
    /// `str`.
    Str,
    /// `bytes`.
    Bytes,
    /// `Optional[T]`.
    Option(Box<Type>),
    /// `list[T]` and `Sequence[T]`.
    List(Box<Type>),
    /// `tuple[T, ...]`.
    Sequence(Box<Type>),
    /// `tuple[A, B]`.
    Tuple(Vec<Type>),
    /// `dict[K, V]` and `Mapping[K, V]`.
    Dict(Box<Type>, Box<Type>),
    /// `set[T]` and `frozenset[T]`.
    Set(Box<Type>),
    /// A dataclass: module and name.
    Struct(String, String),
    /// Anything else: a handle on the Python object.
    Value,
}

impl Type {
    /// Whether the host's type for it is `Ord`, so that it can be a key.
    fn is_key(&self) -> bool {
        match self {
            Type::Bool | Type::Int | Type::Str | Type::Bytes => true,
            Type::Tuple(items) => items.iter().all(Type::is_key),
            Type::Option(inner) => inner.is_key(),
            _ => false,
        }
    }

    /// Whether a handle occurs in it.
    fn has_value(&self) -> bool {
        match self {
            Type::Value => true,
            Type::Option(inner) | Type::List(inner) | Type::Sequence(inner) | Type::Set(inner) => inner.has_value(),
            Type::Tuple(items) => items.iter().any(Type::has_value),
            Type::Dict(key, value) => key.has_value() || value.has_value(),
            _ => false,
        }
    }
}
