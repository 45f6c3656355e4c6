//! HIR: Python's meaning made explicit, still tree shaped, one tree per function.
//!
//! Invariant: every name is resolved, every implicit step of CPython's compiler (docstring, `__qualname__`, annotations,
//! decorator application, private-name mangling, comprehension inlining) is a node, and reading the tree in the order that
//! each node documents is Python's evaluation order. Whoever lowers it never looks at the syntax tree.

mod lower;
mod print;
pub mod types;
mod verify;
pub mod visit;

pub use lower::{Supply, lower};
pub use print::print;
pub use types::*;
pub use verify::{VerifyError, verify};

use crate::diag::{Diagnostic, code};
use crate::source::SourceFile;

/// From decoded text to HIR: parses, resolves names and lowers.
///
/// # Errors
/// Everything that is wrong with the module, the first mistake first, never empty.
///
/// ```
/// use molt_codegen::{hir, source::SourceFile};
/// let file = SourceFile::new("a.py", "def f(x):\n    return x + 1\n");
/// let module = hir::from_source(&file, "a", false).unwrap();
/// assert_eq!(&*module.functions[1].qualname, "f");
/// ```
pub fn from_source(file: &SourceFile, name: &str, is_package: bool) -> Result<Module, Vec<Diagnostic>> {
    from_source_as(file, name, is_package, Supply::Refuse)
}

/// The same, with a choice of what becomes of names that Molt does not supply.
pub fn from_source_as(
    file: &SourceFile,
    name: &str,
    is_package: bool,
    supply: Supply,
) -> Result<Module, Vec<Diagnostic>> {
    let syntax = crate::parse::parse(file)?;
    let module = lower(file, name, is_package, supply, &syntax)?;
    if cfg!(debug_assertions)
        && let Err(errors) = verify(&module)
    {
        let problem = |error: VerifyError| {
            let span = module.function(error.function).name_span;
            Diagnostic::error(code::INTERNAL, span, format!("HIR: {}", error.message))
        };
        return Err(errors.into_iter().map(problem).collect());
    }
    Ok(module)
}
