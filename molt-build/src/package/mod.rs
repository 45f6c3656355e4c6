//! `.moltpkg`: a built project as one file, to be handed on, published and checked.
//!
//! It is a gzipped tar with `manifest.json`, the outputs, the lock, bill of materials, provenance, licences, and `SHA256SUMS`
//! over all of them. Invariant: equal outputs give an equal file, and nothing is taken out of a file that [`check`] has not
//! gone through.

pub mod archive;
mod check;
mod make;
pub mod registry;

pub use check::{Checked, check, check_file};
pub use make::{Made, Make};

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::codes;
use crate::problem::Problem;

/// What the names of packages end in.
pub const EXTENSION: &str = "moltpkg";
/// The file that describes the others.
pub const MANIFEST: &str = "manifest.json";
/// The digests of all other files, as `sha256sum --check` reads them.
pub const SUMS: &str = "SHA256SUMS";
const SCHEMA: u32 = 1;

/// `manifest.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    schema: u32,
    /// Of the project.
    pub name: String,
    /// Of the project.
    pub version: String,
    /// One line about it.
    pub description: Option<String>,
    /// SPDX expression.
    pub license: Option<String>,
    /// Target triple.
    pub target: String,
    /// The Python version it is written in.
    pub python: String,
    /// The version of the compiler.
    pub molt: String,
    /// BLAKE3 digest of the lock, which binaries and archives carry as well.
    pub lock: String,
    /// The outputs, sorted by path.
    pub artifacts: Vec<Artifact>,
}

/// An output in a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Artifact {
    /// In the package.
    pub path: String,
    /// What it is.
    pub kind: Kind,
    /// In bytes.
    pub size: u64,
    /// Digest of its bytes.
    pub sha256: String,
}

/// What an output is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An executable.
    Bin,
    /// An archive with the program and the runtime.
    Staticlib,
    /// The C header of an archive.
    Header,
}

impl Manifest {
    /// The name of the package's file.
    pub fn file_name(&self) -> String {
        format!("{}-{}-{}.{EXTENSION}", self.name, self.version, self.target)
    }

    /// Whether name, version and target can be parts of paths.
    fn is_plain(&self) -> bool {
        [&self.name, &self.version, &self.target].into_iter().all(|part| is_plain(part))
    }
}

/// Whether a text can stand as one component of a path everywhere.
pub(crate) fn is_plain(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "._+-".contains(c);
    text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.chars().all(allowed) && !text.ends_with('.')
}

/// A package that is not what it should be.
fn invalid(path: &Path, message: impl Into<String>) -> Problem {
    let help = "get the package again from where it was published, or make it anew with `molt package`";
    Problem::at_path(codes::PACKAGE, path, message).with_help(help)
}
