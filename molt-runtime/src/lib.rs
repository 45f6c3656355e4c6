//! The Molt runtime: values, objects, builtin types and the host interface for compiled Python.
//!
//! Layers, lowest first: [`value`] (handles), [`heap`] and [`object`] (layouts), [`runtime`] (one isolated runtime),
//! [`types`] and [`ops`] (behaviour, safe Rust), [`errors`], [`modules`], [`capability`] (what a program may do), `entry` (what
//! compiled code calls), `host`.
//!
//! Invariants: no mutable process globals; `unsafe` only in `value`, `heap`, `object` and `entry`.

pub mod builtins;
pub mod capability;
pub mod entry;
pub mod errors;
pub mod heap;
pub mod host;
pub mod io;
pub mod leaks;
pub mod modules;
pub mod object;
pub mod ops;
pub mod runtime;
pub mod stdlib;
pub mod types;
pub mod value;

pub use capability::GrantSet;
pub use host::{
    Dict, ExceptionClass, FromPython, Iter, Program, PyError, Runtime, RuntimeBuilder, ToPython, Tuple, Value,
};
pub use runtime::{R, Raised, Rt};
pub use value::Obj;
