//! Python's operations: safe code over slots and layouts, the same for compiled code, builtins and hosts.

pub mod call;
pub mod attr;
pub mod bind;
pub mod class;
pub mod finalize;
pub mod generic;
pub mod known;
pub mod native_call;
pub mod index;
pub mod operators;
pub mod protocol;
pub mod slots;
pub mod weakref;
pub mod wrap;
