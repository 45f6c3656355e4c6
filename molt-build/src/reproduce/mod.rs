//! `molt verify --rebuild`: builds a project twice, under conditions that differ in everything that must not matter, and
//! compares every byte.
//!
//! Invariant: what is compared was made from copies of exactly the files that the lock lists, without any cache.

mod difference;
mod environment;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

pub use difference::{Difference, between};
use environment::Conditions;
use serde::Serialize;

use crate::driver::Progress;
use crate::error::BuildError;
use crate::link::toolchain::Linker;
use crate::output::Scratch;
use crate::problem::slashed;
use crate::project::tree::{self, Selection};
use crate::project::{Project, lock, manifest, vendored};
use crate::sha256;

/// How to build a project twice.
#[derive(Debug)]
pub struct Rebuild<'a> {
    /// The project; it must be as locked.
    pub project: &'a Project,
    /// The `molt` command.
    pub molt: &'a Path,
    /// The runtime archive to link with.
    pub runtime: &'a Path,
    /// The target triple.
    pub target: &'a str,
    /// How many modules the second build compiles at once; the first compiles them one by one.
    pub jobs: NonZeroUsize,
    /// Each links both builds. Binaries of different linkers differ, of one linker they must not.
    pub linkers: &'a [Linker],
}

/// An output that came out equal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Equal {
    /// Its path among the outputs.
    pub file: String,
    /// In bytes.
    pub size: usize,
    /// Digest of its bytes.
    pub sha256: String,
}

/// What two builds gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The outputs that are equal, sorted.
    pub equal: Vec<Equal>,
    /// The first difference of each output that is not, sorted.
    pub differences: Vec<Difference>,
    /// Outputs of one build alone, sorted.
    pub single: Vec<String>,
}

impl Report {
    /// Whether all outputs are equal.
    pub fn is_reproducible(&self) -> bool {
        self.differences.is_empty() && self.single.is_empty()
    }
}

/// One call of `molt build`.
struct Step {
    arguments: Vec<String>,
    output: String,
}

impl Rebuild<'_> {
    /// Builds twice and compares.
    ///
    /// # Errors
    /// A build failed, or files can't be copied.
    pub fn run(&self, progress: &dyn Progress) -> Result<Report, BuildError> {
        let scratch = Scratch::new(&std::env::temp_dir())?;
        // The builds run in folders of their own.
        let full = |path: &Path| std::fs::canonicalize(path).map_err(|e| BuildError::io("find", path, e));
        let (folder, runtime) = (full(scratch.path())?, full(self.runtime)?);
        let mut results = Vec::new();
        for conditions in [Conditions::first(&folder), Conditions::second(&folder, self.jobs)] {
            progress.step(&format!("building with -j {}", conditions.jobs));
            self.copy(&conditions.sources)?;
            for dir in [&conditions.home, &conditions.temporary, &conditions.outputs] {
                std::fs::create_dir_all(dir).map_err(|e| BuildError::io("create", dir, e))?;
            }
            for step in self.steps() {
                let mut command = conditions.command(self.molt);
                command.args(["build", "--release", "--no-cache", "--target", self.target]).args(&step.arguments);
                command.arg("-j").arg(conditions.jobs.to_string()).arg("-o").arg(conditions.out(&step.output));
                command.env("MOLT_RUNTIME_DIR", runtime.parent().unwrap_or(Path::new("")));
                environment::run(command)?;
            }
            results.push(read_all(&conditions.outputs)?);
        }
        let second = results.pop().unwrap_or_default();
        Ok(compare(results.pop().unwrap_or_default(), second))
    }

    /// What is built: the program, if there is one, and the library, if hosts call it.
    fn steps(&self) -> Vec<Step> {
        let package = &self.project.manifest.package;
        let name = &package.name;
        let step = |arguments: &[&str], output: String| Step {
            arguments: arguments.iter().map(|argument| (*argument).to_owned()).collect(),
            output,
        };
        let mut steps = Vec::new();
        if let Some(main) = &package.main {
            let path = match self.project.dir.join(main).is_dir() {
                true => main.join("__main__.py"),
                false => main.clone(),
            };
            steps.push(step(&["--emit", "obj", &slashed(&path)], "objects".to_owned()));
            for linker in self.linkers {
                let folder = if self.linkers.len() > 1 { format!("{}/", linker.name()) } else { String::new() };
                steps.push(step(&["--linker", linker.name()], format!("{folder}{name}")));
            }
        }
        if package.main.is_none() || !package.exports.is_empty() {
            steps.push(step(&["--emit", "obj"], "library-objects".to_owned()));
            steps.push(step(&["--emit", "staticlib"], format!("lib{name}.a")));
            steps.push(step(&["--emit", "header"], format!("{name}.h")));
        }
        steps
    }

    /// Copies the manifest, the lock, and the files that the lock covers.
    fn copy(&self, to: &Path) -> Result<(), BuildError> {
        let project = self.project;
        let mut files: Vec<PathBuf> = vec![manifest::MANIFEST.into(), lock::LOCK.into()];
        files.extend(project.own_files()?.into_iter().map(PathBuf::from));
        let vendor = &project.manifest.vendor_dir;
        if project.vendor_dir().join(vendored::INDEX).is_file() {
            files.push(vendor.join(vendored::INDEX));
        }
        for package in &project.vendored.packages {
            let inside = tree::list(&project.vendor_dir().join(&package.name), Selection::All)?;
            files.extend(inside.into_iter().map(|file| vendor.join(&package.name).join(file)));
        }
        // Roots may be empty folders, which hold no file to copy.
        for root in &project.manifest.package.roots {
            let dir = to.join(root);
            std::fs::create_dir_all(&dir).map_err(|e| BuildError::io("create", dir, e))?;
        }
        for file in files {
            let (source, copy) = (project.dir.join(&file), to.join(&file));
            crate::output::create_parent(&copy)?;
            std::fs::copy(&source, &copy).map_err(|e| BuildError::io("copy", source, e))?;
        }
        Ok(())
    }
}

/// The files below a folder, by their path in it.
fn read_all(dir: &Path) -> Result<BTreeMap<String, Vec<u8>>, BuildError> {
    let files = tree::list(dir, Selection::All)?;
    let read = |file: String| {
        let path = dir.join(&file);
        std::fs::read(&path).map(|bytes| (file, bytes)).map_err(|e| BuildError::io("read", path, e))
    };
    files.into_iter().map(read).collect()
}

fn compare(first: BTreeMap<String, Vec<u8>>, mut second: BTreeMap<String, Vec<u8>>) -> Report {
    let mut report = Report::default();
    for (file, one) in first {
        match second.remove(&file) {
            None => report.single.push(file),
            Some(two) => match between(&file, &one, &two) {
                Some(difference) => report.differences.push(difference),
                None => report.equal.push(Equal { file, size: one.len(), sha256: sha256::of(&one) }),
            },
        }
    }
    report.single.extend(second.into_keys());
    report.single.sort();
    report
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_unequal_is_named() {
        let outputs = |files: &[(&str, &[u8])]| {
            files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect::<BTreeMap<_, _>>()
        };
        let first = outputs(&[("a", b"1"), ("b", b"1"), ("c", b"1")]);
        let report = compare(first.clone(), outputs(&[("a", b"1"), ("b", b"2"), ("d", b"1")]));
        assert_eq!(report.equal.iter().map(|equal| equal.file.as_str()).collect::<Vec<_>>(), ["a"]);
        assert_eq!(report.differences.iter().map(|found| found.file.as_str()).collect::<Vec<_>>(), ["b"]);
        assert_eq!(report.single, ["c", "d"]);
        assert!(!report.is_reproducible());
        assert!(compare(first.clone(), first).is_reproducible());
    }
}
