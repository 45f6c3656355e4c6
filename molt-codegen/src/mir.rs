//! MIR: a control-flow graph in SSA form with block parameters, one per function.
//!
//! Operations are the rows of the intrinsic table (Python-semantic) or lowered ones ([`Op`]). An operation that may leave the
//! straight line (raise, overflow, fail a guard) carries an explicit exit edge, so that a block is a single-entry region with
//! side exits. Ownership is implicit until the ownership pass: operands and results carry their modes in the op's row, and
//! nothing is counted.
//!
//! Invariant: every value is defined once and its definition dominates its uses; on an exit edge the instruction's own results
//! do not exist. [`verify`] checks it.

pub mod cfg;
pub mod cleanup;
pub mod entity;
pub mod liveness;
pub mod op;
pub mod parse;
pub mod print;
pub mod types;
pub mod verify;

#[cfg(test)]
mod tests;

pub use cfg::{Cfg, Dominators};
pub use entity::*;
pub use liveness::{Liveness, ValueSet};
pub use op::*;
pub use types::*;
