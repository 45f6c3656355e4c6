//! What a project's vendor folder holds, for build systems that make targets of it.
//!
//! Invariant: every file that is named was compared with the lock just now.

use std::path::Path;

use serde::Serialize;

use crate::codes;
use crate::error::BuildError;
use crate::jobs::Jobs;
use crate::problem::{Problem, slashed};
use crate::project::manifest::MANIFEST;
use crate::project::{Policy, Project, lock, verify};
use crate::source::is_identifier;

/// A vendor folder.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Vendored {
    /// The folder, relative to the project.
    pub dir: String,
    /// Its packages by name; each is a folder in it, and a source root.
    pub packages: Vec<Package>,
}

/// A vendored package.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Package {
    /// Its name, and that of its folder.
    pub name: String,
    /// The packages that it requires of those here, sorted.
    pub requires: Vec<String>,
    /// Its files, sorted, relative to its folder.
    pub files: Vec<String>,
    /// Those that are modules.
    pub modules: Vec<String>,
}

/// Holds the vendored packages of the project in `dir` against its lock, and lists them.
pub fn vendored(dir: &Path, jobs: &Jobs) -> Result<Vendored, BuildError> {
    if !dir.join(MANIFEST).is_file() {
        let problem = Problem::at_path(codes::NO_PROJECT, dir, "no molt.toml in this folder");
        return Err(BuildError::Problems(vec![problem.with_help("name the molt.lock that stands beside one")]));
    }
    let project = Project::at(dir)?;
    let verified = verify(&project, Policy::Warn, jobs)?;
    let packages = verified.lock.iter().flat_map(|lock| &lock.packages).map(package).collect();
    Ok(Vendored { dir: slashed(&project.manifest.vendor_dir), packages })
}

fn package(package: &lock::Package) -> Package {
    let files: Vec<String> = package.files.iter().map(|file| file.path.clone()).collect();
    Package {
        name: package.name.clone(),
        requires: package.requires.clone(),
        modules: files.iter().filter(|file| is_module(file)).cloned().collect(),
        files,
    }
}

/// Whether the path of a file gives the name of a module.
fn is_module(file: &str) -> bool {
    file.strip_suffix(".py").is_some_and(|name| name.split('/').all(is_identifier)) && file != "__init__.py"
}

#[cfg(test)]
mod tests {
    #[test]
    fn modules_have_names() {
        let names = ["six.py", "a/__init__.py", "six-1.16.0.dist-info/METADATA", "tests/data/x-y.py", "__init__.py"];
        assert_eq!(names.map(super::is_module), [true, true, false, false, false]);
    }
}
