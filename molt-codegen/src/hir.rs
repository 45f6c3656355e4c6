//! HIR: Python's meaning made explicit, still tree shaped, one tree per function.
//!
//! Invariant: every name is resolved, every implicit step of CPython's compiler (docstring, `__qualname__`, annotations,
//! decorator application, private-name mangling, comprehension inlining) is a node, and reading the tree in the order that
//! each node documents is Python's evaluation order. Whoever lowers it never looks at the syntax tree.

pub mod types;

pub use types::*;
