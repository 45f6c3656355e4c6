//! Object layouts: one file per layout, with its unsafe accessors behind safe functions.
//!
//! To add a layout: a file here with a `repr(C)` structure that implements [`header::Layout`], a line in
//! [`for_each_layout!`], and functions that create and read it. `cell.rs` is the smallest example. A builtin without
//! fields that generated code reads needs no layout: [`native`] keeps any Rust structure in an object.

pub mod builtin;
pub mod bytes;
pub mod cell;
pub mod context;
pub mod descs;
pub mod dict;
pub mod exception;
pub mod field;
pub mod function;
pub mod generator;
pub mod header;
pub mod inline_cache;
pub mod instance;
pub mod int;
pub mod interned;
pub mod key;
pub mod list;
pub mod method;
pub mod module;
pub mod name_map;
pub mod native;
pub mod range;
pub mod seq_iter;
pub mod set;
pub mod slice;
pub mod str;
pub mod traceback;
pub mod tuple;
pub mod types;

/// Expands `$m! { Kind => structure, … }` with every layout but `Native`.
macro_rules! for_each_layout {
    ($m:ident) => {
        $m! {
            Instance => $crate::object::instance::InstanceObject,
            Type => $crate::object::types::TypeObject,
            Str => $crate::object::str::StrObject,
            Tuple => $crate::object::tuple::TupleObject,
            Exception => $crate::object::exception::ExceptionObject,
            Int => $crate::object::int::IntObject,
            Bytes => $crate::object::bytes::BytesObject,
            List => $crate::object::list::ListObject,
            Dict => $crate::object::dict::DictObject,
            Set => $crate::object::set::SetObject,
            FrozenSet => $crate::object::set::FrozenSetObject,
            Range => $crate::object::range::RangeObject,
            Slice => $crate::object::slice::SliceObject,
            ListIter => $crate::object::seq_iter::ListIterObject,
            TupleIter => $crate::object::seq_iter::TupleIterObject,
            RangeIter => $crate::object::seq_iter::RangeIterObject,
            StrIter => $crate::object::seq_iter::StrIterObject,
            Function => $crate::object::function::FunctionObject,
            BoundMethod => $crate::object::method::MethodObject,
            Cell => $crate::object::cell::CellObject,
            Builtin => $crate::object::builtin::BuiltinObject,
            Module => $crate::object::module::ModuleObject,
            Traceback => $crate::object::traceback::TracebackObject,
            Generator => $crate::object::generator::GeneratorObject,
            Coroutine => $crate::object::generator::CoroutineObject,
            AsyncGenerator => $crate::object::generator::AsyncGeneratorObject,
        }
    };
}

pub(crate) use for_each_layout;
