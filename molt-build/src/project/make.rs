//! `molt lock`: writes down what is there.

use std::collections::BTreeMap;

use super::lock::{Lock, Package, Terms};
use super::tree::{self, Selection};
use super::{Project, verify};
use crate::error::BuildError;
use crate::jobs::Jobs;

/// What modules were found to need, sorted: of the project itself, and of each vendored package.
#[derive(Debug, Clone, Default)]
pub struct Needs {
    /// Of the program.
    pub project: Vec<String>,
    /// By normalised name.
    pub packages: BTreeMap<String, Vec<String>>,
}

/// The lock of the project as it is now.
///
/// # Errors
/// What a lock can't hold (links, names that differ in case), and a vendor folder that is not what molt.toml asks for.
pub fn make_lock(project: &Project, needs: Needs, jobs: &Jobs) -> Result<Lock, BuildError> {
    let problems = verify::dependencies(project);
    if !problems.is_empty() {
        return Err(BuildError::Problems(problems));
    }
    let files = tree::hash(&project.dir, project.own_files()?, jobs)?;
    let vendor = project.vendor_dir();
    let problems = verify::strangers(project, &vendor)?;
    if !problems.is_empty() {
        return Err(BuildError::Problems(problems));
    }
    let mut packages = Vec::new();
    for vendored in &project.vendored.packages {
        let dir = vendor.join(&vendored.name);
        let files = tree::hash(&dir, tree::list(&dir, Selection::All)?, jobs)?;
        packages.push(Package {
            name: vendored.name.clone(),
            version: vendored.version.clone(),
            source: vendored.source.clone(),
            artifact: vendored.artifact.clone(),
            sha256: vendored.sha256.clone(),
            tree: tree::digest(&files),
            requires: vendored.requires.clone(),
            capabilities: needs.packages.get(&vendored.name).cloned().unwrap_or_default(),
            files,
        });
    }
    Ok(Lock::new(Terms::of(&project.manifest, needs.project), files, packages))
}
