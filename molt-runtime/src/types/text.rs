//! Text without objects: Python's `str` algorithms over code points of 1, 2 or 4 bytes.
//!
//! `types/str.rs` binds them to values. Invariant: a [`Text`] is canonical, that is of the narrowest width that holds its
//! greatest code point, so equal texts have equal variants and equal memory.

pub mod buf;
pub mod case;
pub mod chars;
pub mod codec;
pub mod escape;
pub mod fold_table;
pub mod search;
pub mod split;
pub mod units;

pub use buf::TextBuf;
pub use units::Text;
