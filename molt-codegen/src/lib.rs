//! The Molt compiler core: Python source text in, object bytes, diagnostics and module facts out. No I/O.
#![forbid(unsafe_code)]

pub mod build;
pub mod diag;
pub mod emit;
pub mod facts;
pub mod hir;
pub mod mir;
pub mod parse;
pub mod passes;
pub mod pipeline;
pub mod scope;
pub mod source;
