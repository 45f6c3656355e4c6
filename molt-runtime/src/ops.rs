//! Python's operations: safe code over slots and layouts, the same for compiled code, builtins and hosts.

pub mod attr;
pub mod bind;
pub mod cache;
pub mod call;
pub mod class;
pub mod finalize;
pub mod generic;
pub mod index;
pub mod iter;
pub mod known;
pub mod native_call;
pub mod number;
pub mod operators;
pub mod pattern;
pub mod protocol;
pub mod repr;
pub mod slots;
pub mod weakref;
pub mod wrap;

pub use iter::iter_self;
