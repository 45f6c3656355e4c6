//! `libmolt_rt.a`: the runtime with the `extern "C"` entry points that compiled modules call.
//!
//! There is no code here: the crate type is the point. A Rust host links the rlib instead, since two copies of Rust's
//! standard library in one program do not link.
#![forbid(unsafe_code)]

// Naming the crate keeps its exported symbols in the archive.
extern crate molt_runtime;
