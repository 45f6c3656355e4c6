//! Exceptions: raising, the pending exception, the hierarchy, tracebacks and their text.

pub mod handling;
pub mod raise;
pub mod report;
mod stdlib_names;
mod suggest;
