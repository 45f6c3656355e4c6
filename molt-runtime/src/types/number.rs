//! Numbers without objects: the arithmetic, parsing, printing and hashing of `int` and `float`.
//!
//! Everything here is a function of plain Rust data; `types/int.rs`, `types/float.rs` bind it to values. Invariant: an
//! [`Int`] is in the narrowest of its forms.

pub mod compare;
pub mod float_digits;
pub mod float_math;
pub mod float_text;
pub mod hash;
pub mod int;
pub mod int_convert;
pub mod int_text;
pub mod parse;

pub use int::{Int, IntRef};
