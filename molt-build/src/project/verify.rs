//! Holds a project against its lock.
//!
//! Invariant: a file that differs from the lock is never compiled without being named. What is enforced is an error; what
//! is not is one warning that names every difference.

use std::collections::BTreeMap;
use std::path::Path;

use molt_codegen::diag::Code;

use super::lock::{self, Lock, Terms, Toolchain};
use super::tree::{self, FileEntry, Selection};
use super::{Needs, Policy, Project};
use crate::codes;
use crate::error::BuildError;
use crate::graph::Graph;
use crate::jobs::Jobs;
use crate::problem::{self, Problem};
use crate::source::Origin;

const RELOCK: &str = "look at the change, then run `molt lock` to accept it";
const REVENDOR: &str = "restore the file from version control, or run `molt vendor` to fetch the package again";

/// A project that was held against its lock.
#[derive(Debug)]
pub struct Verified<'a> {
    project: &'a Project,
    /// The lock; `None` only where none is needed.
    pub lock: Option<Lock>,
    policy: Policy,
    /// What is not as locked, where the policy lets it pass.
    pub warnings: Vec<Problem>,
}

/// Compares the project's folder with its lock.
///
/// # Errors
/// All differences that the policy enforces, sorted by path.
pub fn verify<'a>(project: &'a Project, policy: Policy, jobs: &Jobs) -> Result<Verified<'a>, BuildError> {
    let Some(lock) = project.lock()? else {
        let vendored = !project.vendored.packages.is_empty() || !project.manifest.dependencies.is_empty();
        let problem = Problem::at_path(codes::NO_LOCK, &project.lock_path(), "this project has no lock")
            .with_help("run `molt lock` to write it, and commit it");
        if vendored || policy == Policy::Enforce {
            return Err(BuildError::Problems(vec![problem]));
        }
        return Ok(Verified { project, lock: None, policy, warnings: Vec::new() });
    };
    let mut enforced = dependencies(project);
    enforced.extend(packages(project, &lock, jobs)?);
    let mut own = terms(project, &lock);
    own.extend(toolchain(project, &lock));
    own.extend(own_files(project, &lock, jobs)?);
    let mut warnings = Vec::new();
    match policy {
        Policy::Enforce => enforced.extend(own),
        Policy::Warn => warnings.extend(summary(project, &own)),
    }
    if enforced.is_empty() {
        return Ok(Verified { project, lock: Some(lock), policy, warnings });
    }
    problem::sort(&mut enforced);
    Err(BuildError::Problems(enforced))
}

impl Verified<'_> {
    /// Compares the bytes that were read for a program with the lock: what is compiled is what was verified, even if a
    /// file changed in between or lies outside the project's roots. Gives warnings.
    pub fn sources<F>(&self, graph: &Graph<F>) -> Result<Vec<Problem>, BuildError> {
        let Some(lock) = &self.lock else { return Ok(Vec::new()) };
        let vendor = self.project.relative(&self.project.vendor_dir()).filter(|vendor| !vendor.is_empty());
        let (mut own, mut enforced) = (Vec::new(), Vec::new());
        for module in graph.modules.values() {
            let Origin::File { path, .. } = &module.source.origin else { continue };
            let Some(relative) = self.project.relative(path) else {
                let message = "this module is outside the project, where no lock covers it";
                let help = "move it into the project, or build it without the project's molt.toml";
                own.push(Problem::at_path(codes::OUTSIDE, path, message).with_help(help));
                continue;
            };
            let package = vendor.as_ref().and_then(|vendor| relative.strip_prefix(vendor.as_str())?.strip_prefix('/'));
            let (locked, problems, help) = match package.and_then(|inside| inside.split_once('/')) {
                Some((name, file)) => {
                    (lock.package(name).and_then(|package| package.file(file)), &mut enforced, REVENDOR)
                }
                None => (lock.file(&relative), &mut own, RELOCK),
            };
            let found = tree::entry(&relative, &module.source.bytes);
            match locked {
                None => problems.push(unlisted(path)),
                Some(locked) if locked.blake3 != found.blake3 => problems.push(changed(path, locked, &found, help)),
                Some(_) => {}
            }
        }
        let warnings = match self.policy {
            Policy::Enforce => {
                enforced.extend(own);
                Vec::new()
            }
            // What the folder's comparison has told already is not told twice.
            Policy::Warn if !self.warnings.is_empty() => Vec::new(),
            Policy::Warn => summary(self.project, &own).into_iter().collect(),
        };
        if enforced.is_empty() { Ok(warnings) } else { Err(BuildError::Problems(enforced)) }
    }

    /// Compares what modules were found to need with what they needed when they were locked. Gives warnings.
    pub fn capabilities(&self, needs: &Needs) -> Result<Vec<Problem>, BuildError> {
        let Some(lock) = &self.lock else { return Ok(Vec::new()) };
        let mut problems = Vec::new();
        let mut compare = |of: &str, now: &[String], locked: &[String]| {
            for capability in now.iter().filter(|capability| !locked.contains(capability)) {
                let message = format!("{of} needs capability `{capability}`, and did not when it was locked");
                let help = "`molt check --capabilities` shows where; run `molt lock` to accept it";
                problems.push(Problem::at_path(codes::STALE_LOCK, &self.project.lock_path(), message).with_help(help));
            }
        };
        compare("the project", &needs.project, &lock.project.capabilities);
        for (name, now) in &needs.packages {
            let locked = lock.package(name).map_or(&[][..], |package| &package.capabilities);
            compare(&format!("package {name}"), now, locked);
        }
        match self.policy {
            _ if problems.is_empty() => Ok(Vec::new()),
            Policy::Enforce => Err(BuildError::Problems(problems)),
            Policy::Warn if !self.warnings.is_empty() => Ok(Vec::new()),
            Policy::Warn => Ok(summary(self.project, &problems).into_iter().collect()),
        }
    }
}

/// One warning for everything.
fn summary(project: &Project, problems: &[Problem]) -> Option<Problem> {
    let (first, more) = problems.split_first()?;
    let message = match more.len() {
        0 => format!("molt.lock is out of date: {}", first.message()),
        n => format!("molt.lock is out of date: {}, and {n} more", first.message()),
    };
    let mut warning = Problem::at_path(codes::STALE_LOCK, &project.lock_path(), message).into_warning();
    for problem in problems {
        warning = warning.with_note(format!("{}: {}", problem::slashed(&problem.path), problem.message()));
    }
    Some(warning.with_help("run `molt lock`; a release build, `--locked` and CI refuse what the lock does not have"))
}

/// The manifest's dependencies against what is vendored.
pub(super) fn dependencies(project: &Project) -> Vec<Problem> {
    let path = project.dir.join(super::manifest::MANIFEST);
    let mut problems = Vec::new();
    for (name, dependency) in &project.manifest.dependencies {
        // A marker may exclude the package on every target of the project.
        if dependency.marker.is_some() && project.vendored.package(name).is_none() {
            continue;
        }
        let message = match project.vendored.package(name) {
            None => format!("`{name}` is a dependency, but it is not vendored"),
            Some(found) if found.version != dependency.version => {
                format!("molt.toml asks for `{name}` {}, and version {} is vendored", dependency.version, found.version)
            }
            Some(_) => continue,
        };
        problems.push(Problem::at_path(codes::NOT_VENDORED, &path, message).with_help("run `molt vendor`"));
    }
    problems
}

fn terms(project: &Project, lock: &Lock) -> Vec<Problem> {
    let now = Terms::of(&project.manifest, Vec::new());
    let path = project.dir.join(super::manifest::MANIFEST);
    (lock.project.differences(&now).into_iter())
        .map(|(key, locked, now)| {
            let message = format!("`{key}` is {now} in molt.toml and {locked} in molt.lock");
            Problem::at_path(codes::STALE_LOCK, &path, message).with_help(RELOCK)
        })
        .collect()
}

fn toolchain(project: &Project, lock: &Lock) -> Vec<Problem> {
    let (locked, ours) = (&lock.toolchain, Toolchain::current());
    let parts = [
        ("version of Molt", &locked.molt, &ours.molt),
        ("version of Python", &locked.python, &ours.python),
        ("compiler", &locked.compiler, &ours.compiler),
        ("contract with the runtime", &locked.runtime, &ours.runtime),
        ("supplied standard library", &locked.stdlib, &ours.stdlib),
    ];
    (parts.into_iter().filter(|(_, locked, ours)| locked != ours))
        .map(|(part, locked, ours)| {
            Problem::at_path(
                codes::TOOLCHAIN,
                &project.lock_path(),
                format!("this project is locked to another {part}"),
            )
            .with_note(format!("expected {locked}"))
            .with_note(format!("found {ours}"))
            .with_help("use the Molt that the lock was written with, or run `molt lock` to move to this one")
        })
        .collect()
}

fn own_files(project: &Project, lock: &Lock, jobs: &Jobs) -> Result<Vec<Problem>, BuildError> {
    let files = tree::hash(&project.dir, project.own_files()?, jobs)?;
    Ok(compare(&project.dir, &lock.files, &files, RELOCK))
}

fn packages(project: &Project, lock: &Lock, jobs: &Jobs) -> Result<Vec<Problem>, BuildError> {
    let vendor = project.vendor_dir();
    let mut problems = strangers(project, &vendor)?;
    for vendored in &project.vendored.packages {
        if lock.package(&vendored.name).is_none() {
            let message = format!("`{}` is vendored, but it is not in molt.lock", vendored.name);
            let dir = vendor.join(&vendored.name);
            problems.push(Problem::at_path(codes::UNLISTED, &dir, message).with_help(RELOCK));
        }
    }
    for package in &lock.packages {
        let dir = vendor.join(&package.name);
        let Some(vendored) = project.vendored.package(&package.name) else {
            let message = format!("`{}` is in molt.lock, but it is not vendored", package.name);
            let help = "run `molt vendor`, or `molt lock` if the package is not needed any more";
            problems.push(Problem::at_path(codes::FILE_MISSING, &dir, message).with_help(help));
            continue;
        };
        problems.extend(description(&vendor, package, vendored));
        match tree::list(&dir, Selection::All) {
            Ok(files) => problems.extend(compare(&dir, &package.files, &tree::hash(&dir, files, jobs)?, REVENDOR)),
            Err(BuildError::Problems(found)) => problems.extend(found),
            Err(BuildError::Io { path, .. }) if path == dir => {
                let message = format!("the folder of the package `{}` is not there", package.name);
                problems.push(Problem::at_path(codes::FILE_MISSING, &dir, message).with_help(REVENDOR));
            }
            Err(error) => return Err(error),
        }
        if tree::digest(&package.files) != package.tree {
            let message = format!("the files listed for `{}` do not give the tree's digest", package.name);
            let problem = Problem::at_path(codes::LOCK, &project.lock_path(), message);
            problems.push(problem.with_help("restore molt.lock from version control, or run `molt lock`"));
        }
    }
    Ok(problems)
}

/// What the index says of a package against what is locked.
fn description(vendor: &Path, locked: &lock::Package, found: &super::vendored::Vendored) -> Vec<Problem> {
    let facts = [
        ("version", &locked.version, &found.version),
        ("source", &locked.source, &found.source),
        ("artifact", &locked.artifact, &found.artifact),
        ("sha256", &locked.sha256, &found.sha256),
    ];
    (facts.into_iter().filter(|(_, locked, found)| locked != found))
        .map(|(fact, expected, found)| {
            let message = format!("the {fact} of `{}` is not the locked one", locked.name);
            Problem::at_path(codes::FILE_CHANGED, &vendor.join(super::vendored::INDEX), message)
                .with_note(format!("expected {expected}"))
                .with_note(format!("found {found}"))
                .with_help("run `molt lock` if `molt vendor` changed it, else restore the file from version control")
        })
        .collect()
}

/// Entries of the vendor folder that belong to no package.
pub(super) fn strangers(project: &Project, vendor: &Path) -> Result<Vec<Problem>, BuildError> {
    let reader = match std::fs::read_dir(vendor) {
        Ok(reader) => reader,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(BuildError::io("read the folder", vendor, e)),
    };
    let mut problems = Vec::new();
    for entry in reader {
        let entry = entry.map_err(|e| BuildError::io("read the folder", vendor, e))?;
        let kind = entry.file_type().map_err(|e| BuildError::io("read", entry.path(), e))?;
        let name = entry.file_name();
        let known = name.to_str().is_some_and(|name| match name {
            super::vendored::INDEX => kind.is_file(),
            name => kind.is_dir() && project.vendored.package(name).is_some(),
        });
        if known {
            continue;
        }
        let (code, message) = match kind.is_symlink() {
            true => (codes::SYMLINK, "this is a symbolic link, which a lock can't hold"),
            false => (codes::UNLISTED, "this belongs to no vendored package"),
        };
        problems.push(Problem::at_path(code, &entry.path(), message).with_help("remove it, or run `molt vendor`"));
    }
    problem::sort(&mut problems);
    Ok(problems)
}

fn compare(dir: &Path, locked: &[FileEntry], found: &[FileEntry], help: &str) -> Vec<Problem> {
    let mut expected: BTreeMap<&str, &FileEntry> = locked.iter().map(|file| (file.path.as_str(), file)).collect();
    let mut problems = Vec::new();
    for file in found {
        let path = dir.join(&file.path);
        match expected.remove(file.path.as_str()) {
            None => problems.push(unlisted(&path).with_help(help_for_unlisted(help))),
            Some(locked) if locked != file => problems.push(changed(&path, locked, file, help)),
            Some(_) => {}
        }
    }
    for file in expected.into_values() {
        let problem =
            Problem::at_path(codes::FILE_MISSING, &dir.join(&file.path), "this file is locked, but not there");
        problems.push(digest_note(problem, "expected", file).with_help(help));
    }
    problems
}

fn help_for_unlisted(help: &str) -> &str {
    if help == REVENDOR { "remove the file: vendored packages are changed by `molt vendor` only" } else { help }
}

fn unlisted(path: &Path) -> Problem {
    Problem::at_path(codes::UNLISTED, path, "this file is not in molt.lock").with_help(RELOCK)
}

fn changed(path: &Path, locked: &FileEntry, found: &FileEntry, help: &str) -> Problem {
    let code: Code = codes::FILE_CHANGED;
    let problem = Problem::at_path(code, path, "this file is not the locked one");
    digest_note(digest_note(problem, "expected", locked), "found", found).with_help(help)
}

fn digest_note(problem: Problem, what: &str, file: &FileEntry) -> Problem {
    problem.with_note(format!("{what} blake3:{} ({} bytes)", file.blake3, file.size))
}
