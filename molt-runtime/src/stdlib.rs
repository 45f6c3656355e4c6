//! Native modules: what CPython writes in C, one file each.
//!
//! Invariant: nothing here is referred to from elsewhere in the runtime; a module is reached through its exported symbol,
//! so that a program carries only what it imports (I6).

pub mod math;
pub mod sys;

pub mod time;
