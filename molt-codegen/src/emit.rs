//! Emission: MIR to CLIF to object bytes, and the static data that goes with the code.
//!
//! Entry points: [`module`] for one compiled module, [`link_table()`] for the table of a whole program. Invariant: the
//! bytes depend on the input, the target and the options alone (I5), and all of Cranelift's builder API is behind
//! `clif`.

mod clif;
mod entry_point;
mod link_table;
mod symbol;
mod target;
mod value;

pub use entry_point::{EntryPoint, entry_point};
pub use link_table::{LinkTable, link_table};
pub use target::{Profile, Target};

use std::fmt;

/// Why nothing was emitted.
#[derive(Debug)]
pub enum EmitError {
    /// No code can be made for this triple.
    Target(String),
    /// A contradiction inside the compiler.
    Internal(String),
}

impl EmitError {
    fn internal(error: impl fmt::Display) -> EmitError {
        EmitError::Internal(error.to_string())
    }
}

impl fmt::Display for EmitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EmitError::Target(triple) => write!(
                f,
                "no code can be made for target `{triple}`: x86_64 and aarch64 with ELF, Mach-O or COFF objects are known"
            ),
            EmitError::Internal(text) => write!(f, "code emission failed: {text}"),
        }
    }
}

impl std::error::Error for EmitError {}
