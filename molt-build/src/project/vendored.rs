//! `vendor/manifest.json`: what `molt vendor` put where.
//!
//! It describes; it proves nothing. The digests that are enforced stand in the lock.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::manifest::normal_name;
use crate::codes;
use crate::error::BuildError;
use crate::problem::Problem;

/// The file name, in the folder of vendored packages.
pub const INDEX: &str = "manifest.json";
const SCHEMA: u32 = 1;

/// The packages in a vendor folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Index {
    schema: u32,
    /// Sorted by name.
    pub packages: Vec<Vendored>,
}

/// One package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vendored {
    /// Normalised name, which is also that of its folder: a source root.
    pub name: String,
    /// Version.
    pub version: String,
    /// `A`: pure Python.
    pub tier: String,
    /// Where it came from: `index`, `find-links`, …
    pub source: String,
    /// The file name of the wheel or sdist.
    pub artifact: String,
    /// SHA-256 of the artifact.
    pub sha256: String,
    /// Packages it requires, extras and markers resolved, sorted.
    #[serde(default)]
    pub requires: Vec<String>,
    /// Extras it was asked for, sorted.
    #[serde(default)]
    pub extras: Vec<String>,
    /// Licence files, relative to the package's folder.
    #[serde(default)]
    pub licences: Vec<String>,
    /// What its metadata says of the licence.
    #[serde(default)]
    pub licence_expression: Option<String>,
    /// Its top-level modules, sorted.
    #[serde(default)]
    pub top_level: Vec<String>,
}

impl Index {
    /// An index of packages, which are sorted here.
    pub fn new(mut packages: Vec<Vendored>) -> Self {
        packages.sort_by(|a, b| a.name.cmp(&b.name));
        Index { schema: SCHEMA, packages }
    }

    /// The index in a vendor folder; an empty one where there is none.
    pub fn read(vendor: &Path) -> Result<Self, BuildError> {
        let path = vendor.join(INDEX);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Index::new(Vec::new())),
            Err(e) => return Err(BuildError::io("read", path, e)),
        };
        Index::decode(&path, &text).map_err(BuildError::Problems)
    }

    fn decode(path: &Path, text: &str) -> Result<Self, Vec<Problem>> {
        let invalid = |message: String| {
            let message = format!("not a valid list of vendored packages: {message}");
            let problem = Problem::at_path(codes::VENDOR_INDEX, path, message);
            vec![problem.with_help("run `molt vendor` to write the folder anew")]
        };
        let index: Index = serde_json::from_str(text).map_err(|error| invalid(error.to_string()))?;
        if index.schema != SCHEMA {
            return Err(invalid(format!("format {} instead of {SCHEMA}", index.schema)));
        }
        // A name becomes a path.
        let plain = |name: &str| {
            name == normal_name(name)
                && name.starts_with(|c: char| c.is_ascii_alphanumeric())
                && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        };
        if let Some(package) = index.packages.iter().find(|package| !plain(&package.name)) {
            return Err(invalid(format!("`{}` is not the normal form of a package's name", package.name)));
        }
        if !index.packages.is_sorted_by(|a, b| a.name < b.name) {
            return Err(invalid("the packages are out of order, or listed twice".to_owned()));
        }
        Ok(index)
    }

    /// The text of the file.
    pub fn encode(&self) -> String {
        // Plain data always serialises.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// A package by its normalised name.
    pub fn package(&self, name: &str) -> Option<&Vendored> {
        let at = self.packages.binary_search_by_key(&name, |package| &package.name).ok()?;
        self.packages.get(at)
    }

    /// The folders of the packages.
    pub fn folders<'a>(&'a self, vendor: &'a Path) -> impl Iterator<Item = PathBuf> + 'a {
        self.packages.iter().map(|package| vendor.join(&package.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_leave_the_folder() {
        let text = |name: &str| {
            format!(
                r#"{{"schema":1,"packages":[{{"name":"{name}","version":"1","tier":"A","source":"index",
                "artifact":"a.whl","sha256":"00"}}]}}"#
            )
        };
        let decode = |name: &str| Index::decode(Path::new(INDEX), &text(name));
        assert_eq!(decode("more-itertools").unwrap().packages.len(), 1);
        for name in ["../x", "/x", "", "..", "A", "a_b", "a/b", "-a"] {
            assert!(decode(name).unwrap_err()[0].message().contains("normal form"), "{name}");
        }
        let index = decode("six").unwrap();
        assert_eq!(Index::decode(Path::new(INDEX), &index.encode()).unwrap(), index);
    }
}
