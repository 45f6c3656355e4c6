//! The differential suite: Python programs with what CPython 3.12 printed beside them.
//!
//! A program is `tests/differential/AREA/NAME.py`, or a directory `AREA/NAME/` with a `main.py`
//! when it has several modules. Beside it stand `NAME.out` (its stdout, byte for byte),
//! `NAME.err` (its stderr, only if it wrote any) and `NAME.status` (its exit status, only if not
//! zero). `NAME.in` is its stdin, and a first line `# argv: a b` gives its arguments.
//!
//! Invariant: a program is found, started and normalised in one place only, so that what
//! `cargo xtask bless` records and what the test compares are produced the same way.

#![forbid(unsafe_code)]

pub mod diff;
pub mod exec;
pub mod pending;
pub mod program;
pub mod suite;

pub use exec::{Outcome, run};
pub use pending::Pending;
pub use program::{Program, discover};
