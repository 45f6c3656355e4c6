//! `molt verify --package`: whether a package is whole and describes itself rightly.

use std::collections::BTreeMap;
use std::path::Path;

use super::archive::{self, Files};
use super::{MANIFEST, Manifest, SCHEMA, SUMS, invalid};
use crate::error::BuildError;
use crate::problem::Problem;
use crate::sha256;

/// A package that was gone through.
#[derive(Debug, Clone)]
pub struct Checked {
    /// What it says of itself.
    pub manifest: Manifest,
    /// Its files.
    pub files: Files,
    /// Digest of the package as a file.
    pub sha256: String,
}

/// Reads and checks a package.
///
/// # Errors
/// Everything that is wrong with it, with the code `MOLT0473`; or a file that can't be read.
pub fn check_file(path: &Path) -> Result<Checked, BuildError> {
    let bytes = std::fs::read(path).map_err(|e| BuildError::io("read", path, e))?;
    check(path, &bytes)
}

/// Checks the bytes of a package; `path` is for messages.
pub fn check(path: &Path, bytes: &[u8]) -> Result<Checked, BuildError> {
    let refuse = |message: String| BuildError::Problems(vec![invalid(path, message)]);
    let files = archive::read(bytes).map_err(|error| refuse(format!("this package can't be used: {error}")))?;
    let text = |name: &str| {
        let file = files.get(name).ok_or_else(|| refuse(format!("the package has no `{name}`")))?;
        std::str::from_utf8(&file.bytes).map_err(|_| refuse(format!("`{name}` is not text")))
    };
    let manifest: Manifest = serde_json::from_str(text(MANIFEST)?)
        .map_err(|error| refuse(format!("`{MANIFEST}` of the package is not valid: {error}")))?;
    if manifest.schema != SCHEMA || !manifest.is_plain() {
        return Err(refuse(format!(
            "`{MANIFEST}` of the package is of another format, or names what can't be named so"
        )));
    }
    let mut problems = sums(path, text(SUMS)?, &files);
    problems.extend(artifacts(path, &manifest, &files));
    if !problems.is_empty() {
        return Err(BuildError::Problems(problems));
    }
    let sha256 = sha256::of(bytes);
    Ok(Checked { manifest, files, sha256 })
}

/// Every file but the list itself is listed, with its digest, and nothing else is.
fn sums(path: &Path, text: &str, files: &Files) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut listed = BTreeMap::new();
    for line in text.lines() {
        match line.split_once("  ") {
            Some((digest, name)) if sha256::is_digest(digest) && listed.insert(name, digest).is_none() => {}
            _ => {
                problems.push(invalid(path, format!("`{SUMS}` of the package has a line that is not valid: `{line}`")))
            }
        }
    }
    for (name, file) in files.iter().filter(|(name, _)| *name != SUMS) {
        let found = sha256::of(&file.bytes);
        match listed.remove(name.as_str()) {
            None => problems.push(invalid(path, format!("`{name}` is not listed in `{SUMS}` of the package"))),
            Some(digest) if digest != found => {
                let problem = invalid(path, format!("`{name}` in the package is not the listed one"));
                let problem = problem.with_note(format!("expected sha256:{digest}"));
                problems.push(problem.with_note(format!("found sha256:{found}")));
            }
            Some(_) => {}
        }
    }
    problems.extend(listed.keys().map(|name| invalid(path, format!("`{name}` is listed, but not in the package"))));
    problems
}

fn artifacts(path: &Path, manifest: &Manifest, files: &Files) -> Vec<Problem> {
    let wrong = manifest.artifacts.iter().filter(|artifact| {
        let file = files.get(&artifact.path);
        !file.is_some_and(|file| file.bytes.len() as u64 == artifact.size && sha256::of(&file.bytes) == artifact.sha256)
    });
    wrong
        .map(|artifact| {
            invalid(path, format!("`{}` is not as `{MANIFEST}` of the package describes it", artifact.path))
        })
        .collect()
}
