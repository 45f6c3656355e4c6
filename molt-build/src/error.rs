//! The typed errors of a build.
//!
//! Invariant: a mistake in the user's sources and files is always [`BuildError::Problems`] (data with spans), never a
//! string; the other variants are faults of the environment, [`BuildError::Environment`] those that have a code.

use std::path::PathBuf;

use crate::problem::Problem;

/// Why a build stopped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The sources have errors; each carries a code, a place and a way out.
    #[error("{}", count(.0))]
    Problems(Vec<Problem>),
    /// The machine lacks what the build needs; each problem carries a code and what mends it.
    #[error("this machine lacks what the build needs")]
    Environment(Vec<Problem>),
    /// A file could not be read, written or renamed.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was tried: "read", "write", "rename", …
        action: &'static str,
        /// The file or directory.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// An environment variable that Cargo sets for build scripts is absent.
    #[error("the environment variable {0} is not set; is this running in a Cargo build script?")]
    MissingEnv(&'static str),
    /// The target is one the code generator does not know.
    #[error("the target `{0}` is not supported: Molt generates code for x86_64 and aarch64")]
    Target(String),
    /// The compiler contradicted itself; a bug in Molt.
    #[error("fault in the compiler: {0}")]
    Compiler(String),
    /// `molt-build` and `molt-runtime` are of different versions.
    #[error("molt-build ({compiler}) and molt-runtime ({runtime}) do not fit: use the same version of both")]
    Contract {
        /// The compiler's contract.
        compiler: String,
        /// The runtime's contract.
        runtime: String,
    },
    /// No usable C compiler, which Molt needs to link.
    #[error("no C compiler found to link with: {0}")]
    NoLinker(String),
    /// The C compiler or linker failed.
    #[error("linking failed: {command}\n{output}")]
    Link {
        /// The command line.
        command: String,
        /// What it wrote to standard error.
        output: String,
    },
    /// A build that was started to compare its outputs failed.
    #[error("a build of a copy of the project failed: {command}\n{output}")]
    Rebuild {
        /// The command line.
        command: String,
        /// What it wrote to standard error.
        output: String,
    },
    /// The runtime archive is absent and could not be built.
    #[error("the Molt runtime library is not available: {0}")]
    Runtime(String),
    /// An archive could not be put together.
    #[error("cannot write the archive {}: {message}", path.display())]
    Archive {
        /// The archive.
        path: PathBuf,
        /// Why.
        message: String,
    },
}

impl BuildError {
    /// Wraps an I/O error with what was tried on which path.
    pub fn io(action: &'static str, path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        BuildError::Io { action, path: path.into(), source }
    }

    /// The problems in the sources or with the machine, if that is what stopped the build.
    pub fn problems(&self) -> &[Problem] {
        match self {
            BuildError::Problems(problems) | BuildError::Environment(problems) => problems,
            _ => &[],
        }
    }
}

fn count(problems: &[Problem]) -> String {
    match problems.len() {
        1 => "1 error".to_owned(),
        n => format!("{n} errors"),
    }
}
