//! Python's operations: safe code over slots and layouts, the same for compiled code, builtins and hosts.

pub mod call;
pub mod finalize;
pub mod index;
pub mod operators;
pub mod protocol;
pub mod weakref;
