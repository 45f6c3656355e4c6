//! Files: what `open` gives and the standard streams, with the types of CPython's `_io`.
//!
//! A [`stream::Stream`] is an operating-system file with a read and a write buffer; `FileIO`, the `Buffered…` types and
//! `TextIOWrapper` are views of one stream, which they share. Invariant: at most one of the two buffers holds something, and
//! bytes written are on their way to the system when the last view goes.

pub mod binary;
pub mod error;
pub mod open;
pub mod std_streams;
pub mod stream;
pub mod text;
