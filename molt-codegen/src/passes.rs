//! Passes over MIR, one file each. [`crate::pipeline`] lists them in order.

pub mod specialize;
