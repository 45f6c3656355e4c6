//! Passes over MIR, one file each. [`crate::pipeline`] lists them in order.

pub mod generator;
pub mod inline;
pub mod ownership;
pub mod ranges;
pub mod simplify;
pub mod specialize;
