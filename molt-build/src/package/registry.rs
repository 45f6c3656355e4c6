//! `molt publish`: a folder as a registry of packages.
//!
//! `NAME/VERSION/` holds the packages of a version, one per target, and `NAME/index.json` lists all with their digests.
//! Invariants: what was published stays as it was; a reader sees the old index or the new one; writers take turns.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Checked, is_plain};
use crate::codes;
use crate::error::BuildError;
use crate::output;
use crate::problem::Problem;

/// The file that lists the packages of a name.
pub const INDEX: &str = "index.json";
const LOCK: &str = ".lock";
const SCHEMA: u32 = 1;

/// `index.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Index {
    schema: u32,
    /// Of the package.
    pub name: String,
    /// Sorted by version (as text), then target.
    pub packages: Vec<Published>,
}

/// One package in a registry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// Its version.
    pub version: String,
    /// Target triple.
    pub target: String,
    /// Below the folder of the name, with `/`.
    pub path: String,
    /// In bytes.
    pub size: u64,
    /// Digest of the package.
    pub sha256: String,
    /// BLAKE3 digest of the lock it was built from.
    pub lock: String,
}

/// What publishing did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The package is new.
    Added(PathBuf),
    /// The same bytes were there already.
    Present(PathBuf),
}

/// The folder that the user means: a path, or a `file:` URL.
pub fn folder(registry: &str) -> Result<PathBuf, BuildError> {
    let path = match registry.strip_prefix("file://") {
        Some(path) => path.strip_prefix("localhost").unwrap_or(path),
        None if registry.contains("://") => "",
        None => registry,
    };
    if path.is_empty() || (registry.starts_with("file://") && (!path.starts_with('/') || path.contains('%'))) {
        let message = format!("`{registry}` is not a registry that Molt can publish to");
        let help = "name a folder, as a path or as `file:///PATH` without escapes; servers are not supported";
        let problem = Problem::at_path(codes::REGISTRY, Path::new(registry), message).with_help(help);
        return Err(BuildError::Problems(vec![problem]));
    }
    Ok(PathBuf::from(path))
}

/// Adds a package, which was checked, to the registry in a folder.
///
/// # Errors
/// Other bytes are published under the same name, version and target; the registry's index is damaged.
pub fn publish(dir: &Path, package: &Checked, bytes: &[u8]) -> Result<Outcome, BuildError> {
    let manifest = &package.manifest;
    let home = dir.join(&manifest.name);
    let file = format!("{}/{}", manifest.version, manifest.file_name());
    let destination = home.join(&file);
    output::create_parent(&destination)?;
    // Held until this function returns.
    let _turn = turn(&home.join(LOCK))?;
    let index_path = home.join(INDEX);
    let mut index = read_index(&index_path, &manifest.name)?;
    let published = Published {
        version: manifest.version.clone(),
        target: manifest.target.clone(),
        path: file,
        size: bytes.len() as u64,
        sha256: package.sha256.clone(),
        lock: manifest.lock.clone(),
    };
    let listed = index.packages.iter().find(|listed| listed.path == published.path);
    let other = listed.is_some_and(|listed| listed.sha256 != published.sha256);
    let present = match std::fs::read(&destination) {
        Ok(old) if old != bytes || other => return Err(refused(&destination, &published, &old)),
        Ok(_) => true,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound && !other => false,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Err(refused(&destination, &published, &[])),
        Err(e) => return Err(BuildError::io("read", destination, e)),
    };
    if !present {
        output::write(&destination, bytes)?;
    }
    // A package without an entry is what an interrupted publication leaves: it is completed here.
    if !index.packages.contains(&published) {
        index.packages.push(published);
        index.packages.sort();
        output::write(&index_path, index.encode().as_bytes())?;
    }
    Ok(if present { Outcome::Present(destination) } else { Outcome::Added(destination) })
}

fn refused(path: &Path, published: &Published, old: &[u8]) -> BuildError {
    let Published { version, target, .. } = published;
    let message = format!("version {version} for {target} is published with other bytes");
    let mut problem = Problem::at_path(codes::PUBLISHED, path, message);
    if !old.is_empty() {
        problem = problem.with_note(format!("published sha256:{}", crate::sha256::of(old)));
    }
    let problem = problem.with_note(format!("this one sha256:{}", published.sha256));
    BuildError::Problems(vec![
        problem.with_help("raise `package.version` in molt.toml, run `molt lock`, and publish again"),
    ])
}

/// Waits for other writers of the same package.
fn turn(path: &Path) -> Result<File, BuildError> {
    let error = |e| BuildError::io("lock", path, e);
    let file = File::options().create(true).truncate(false).write(true).open(path).map_err(error)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => file.lock().map_err(error)?,
        // File systems without locks: writers must not meet there.
        Err(TryLockError::Error(e)) if e.kind() == std::io::ErrorKind::Unsupported => {}
        Err(TryLockError::Error(e)) => return Err(error(e)),
    }
    Ok(file)
}

fn read_index(path: &Path, name: &str) -> Result<Index, BuildError> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Index { schema: SCHEMA, name: name.to_owned(), packages: Vec::new() });
        }
        Err(e) => return Err(BuildError::io("read", path, e)),
    };
    let invalid = |message: String| {
        let message = format!("the index of the registry is not valid: {message}");
        let help = "restore it from a copy: it is the record of what was published";
        BuildError::Problems(vec![Problem::at_path(codes::REGISTRY, path, message).with_help(help)])
    };
    let index: Index = serde_json::from_str(&text).map_err(|error| invalid(error.to_string()))?;
    let inside = |published: &Published| published.path.split('/').all(is_plain);
    if index.schema != SCHEMA || index.name != name || !index.packages.iter().all(inside) {
        return Err(invalid("it is of another format, of another package, or leads out of its folder".to_owned()));
    }
    Ok(index)
}

impl Index {
    fn encode(&self) -> String {
        // Plain data always serialises.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registries_are_folders() {
        assert_eq!(folder("../out").unwrap(), Path::new("../out"));
        assert_eq!(folder("file:///srv/molt").unwrap(), Path::new("/srv/molt"));
        assert_eq!(folder("file://localhost/srv").unwrap(), Path::new("/srv"));
        for bad in ["https://example.invalid/x", "file://host/x", "file://", "", "file:///a%20b"] {
            assert_eq!(folder(bad).unwrap_err().problems()[0].code(), codes::REGISTRY, "{bad}");
        }
    }
}
