//! The embedding API: what a Rust host uses to run compiled Python.
//!
//! ```ignore
//! molt_runtime::include_modules!();              // what molt_build::compile("handlers/") wrote
//!
//! let rt = new_runtime()?;                       // one isolated runtime
//! let total = handlers::shop::total(&rt, &items, 0.2)?;
//! ```
//!
//! Invariants: a runtime shares nothing with another, so several run in parallel on threads of their own; a value can't
//! outlive its runtime (its lifetime says so) nor change threads; no signal handler is installed; a Python exception is a
//! [`PyError`], which is plain data.

mod convert;
mod dict;
mod error;
mod runtime;
mod value;

pub use convert::{FromPython, ToPython, Tuple};
pub use dict::Dict;
pub use error::{ExceptionClass, PyError};
pub use runtime::{Program, Runtime, RuntimeBuilder};
pub use value::{Iter, Value};

/// Includes the bindings that `molt_build::compile` wrote for this crate.
///
/// Stands at the top of `main.rs` or `lib.rs`. It defines `new_runtime()`, `program()` and one Rust module per Python
/// module.
#[macro_export]
macro_rules! include_modules {
    () => {
        include!(concat!(env!("OUT_DIR"), "/molt_modules.rs"));
    };
}
