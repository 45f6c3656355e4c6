//! A project: a folder with a `molt.toml`, its lock, and its vendored packages.
//!
//! Invariant: a build inside a project compiles the bytes that were verified. [`verify`] compares the folder with the lock
//! before anything is compiled, and every module that the compiler then reads is compared again.

pub mod changes;
pub mod lock;
mod make;
pub mod manifest;
pub mod policy;
pub mod tree;
pub mod vendored;
mod verify;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

pub use lock::Lock;
pub use make::{Needs, make_lock};
pub use manifest::Manifest;
pub use policy::Policy;
pub use verify::{Verified, verify};

use crate::codes;
use crate::error::BuildError;
use crate::graph::Roots;
use crate::problem::{Problem, slashed};
use crate::source::{SourceRoot, Tree};
use tree::Selection;
use vendored::Index;

/// A project on disk.
#[derive(Debug, Clone)]
pub struct Project {
    /// Its folder, as short as it can be written from the current one.
    pub dir: PathBuf,
    /// Its manifest.
    pub manifest: Manifest,
    /// What is in its vendor folder.
    pub vendored: Index,
}

impl Project {
    /// The project that a file or folder belongs to: the nearest folder above it, or itself, that has a `molt.toml`.
    pub fn around(path: &Path) -> Result<Option<Self>, BuildError> {
        let start = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        let Ok(full) = std::fs::canonicalize(start) else { return Ok(None) };
        match full.ancestors().find(|dir| dir.join(manifest::MANIFEST).is_file()) {
            Some(dir) => Project::at(&shortest(dir)).map(Some),
            None => Ok(None),
        }
    }

    /// The project in a folder that has a `molt.toml`.
    pub fn at(dir: &Path) -> Result<Self, BuildError> {
        let path = dir.join(manifest::MANIFEST);
        let text = std::fs::read_to_string(&path).map_err(|e| BuildError::io("read", &path, e))?;
        let manifest = Manifest::parse(&path, &text).map_err(BuildError::Problems)?;
        let vendored = Index::read(&dir.join(&manifest.vendor_dir))?;
        Ok(Project { dir: dir.to_path_buf(), manifest, vendored })
    }

    /// Where the lock is.
    pub fn lock_path(&self) -> PathBuf {
        self.dir.join(lock::LOCK)
    }

    /// The lock, if there is one.
    pub fn lock(&self) -> Result<Option<Lock>, BuildError> {
        let path = self.lock_path();
        match std::fs::read_to_string(&path) {
            Ok(text) => Lock::decode(&path, &text).map(Some).map_err(BuildError::Problems),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(BuildError::io("read", path, e)),
        }
    }

    /// The folder of vendored packages.
    pub fn vendor_dir(&self) -> PathBuf {
        self.dir.join(&self.manifest.vendor_dir)
    }

    /// What the project is built from when no path is named: its `main`, or all modules of its roots.
    pub fn roots(&self, library: bool, tree: &Tree) -> Result<Roots, BuildError> {
        let mut roots = match &self.manifest.package.main {
            Some(main) if !library => {
                let path = self.dir.join(main);
                if path.is_dir() { Roots::program(&path, tree)? } else { Roots::script(&path)? }
            }
            _ => Roots { modules: self.modules()?, ..Roots::default() },
        };
        self.attach(&mut roots);
        Ok(roots)
    }

    /// The modules to compile whether or not something imports them: the exported ones, or all.
    fn modules(&self) -> Result<Vec<String>, BuildError> {
        if !self.manifest.package.exports.is_empty() {
            return Ok(self.manifest.package.exports.clone());
        }
        let mut modules = BTreeSet::new();
        for file in self.own_files()? {
            let roots = self.manifest.package.roots.iter().map(|root| slashed(root));
            for root in roots {
                let inside = match root.as_str() {
                    "" => Some(file.as_str()),
                    root => file.strip_prefix(root).and_then(|rest| rest.strip_prefix('/')),
                };
                let Some(stem) = inside.and_then(|inside| inside.strip_suffix(".py")) else { continue };
                let name = stem.strip_suffix("/__init__").unwrap_or(stem).replace('/', ".");
                if name != "__main__" && !name.ends_with(".__main__") && name != "__init__" {
                    modules.insert(name);
                }
            }
        }
        if modules.is_empty() {
            let problem = Problem::at_path(codes::EMPTY_FOLDER, &self.dir, "no Python modules in this project")
                .with_help("name the folders that hold them in `package.roots` of molt.toml");
            return Err(BuildError::Problems(vec![problem]));
        }
        Ok(modules.into_iter().collect())
    }

    /// Makes roots that lie in the project search its roots and its vendored packages as well, with labels relative to
    /// the project.
    pub fn attach(&self, roots: &mut Roots) {
        let label = |dir: &Path| self.relative(dir).map(|path| if path.is_empty() { path } else { path + "/" });
        for root in &mut roots.search {
            root.label = label(&root.dir).unwrap_or_else(|| root.label.clone());
        }
        if let Some(main) = &mut roots.main {
            main.label = self.relative(&main.path).unwrap_or_else(|| main.label.clone());
        }
        for root in &self.manifest.package.roots {
            let dir = self.dir.join(root);
            let label = label(&dir).unwrap_or_default();
            if !roots.search.iter().any(|present| present.label == label) {
                roots.search.push(SourceRoot { dir, label });
            }
        }
        let vendor = self.vendor_dir();
        roots.vendor = (self.vendored.folders(&vendor))
            .map(|dir| SourceRoot { label: label(&dir).unwrap_or_default(), dir })
            .collect();
        roots.base = Some(self.dir.clone());
    }

    /// A path inside the project as the lock writes it; `None` if it is outside, or does not exist.
    pub fn relative(&self, path: &Path) -> Option<String> {
        let full = |path: &Path| std::fs::canonicalize(if path.as_os_str().is_empty() { Path::new(".") } else { path });
        Some(slashed(full(path).ok()?.strip_prefix(full(&self.dir).ok()?).ok()?))
    }

    /// The project's own modules, sorted: all below its roots, and what `main` names.
    pub fn own_files(&self) -> Result<Vec<String>, BuildError> {
        let mut except = vec![self.vendor_dir()];
        let mut files = BTreeSet::new();
        let (mut problems, package) = (Vec::new(), &self.manifest.package);
        let main_folder = package.main.iter().filter(|main| self.dir.join(main).is_dir());
        for root in package.roots.iter().chain(main_folder) {
            let dir = self.dir.join(root);
            except.extend(caches(&dir));
            if !real(&dir).is_dir() {
                let message = "this root of the project is not a folder";
                let help = "correct `package.roots` in molt.toml";
                problems.push(Problem::at_path(codes::NO_SUCH_PATH, &dir, message).with_help(help));
                continue;
            }
            match tree::list(&dir, Selection::Modules { except: &except }) {
                Ok(list) => files.extend(list.into_iter().map(|file| slashed(&root.join(file)))),
                Err(BuildError::Problems(found)) => problems.extend(found),
                Err(error) => return Err(error),
            }
        }
        if let Some(main) = package.main.as_ref().filter(|main| self.dir.join(main).is_file()) {
            files.insert(slashed(main));
        }
        if problems.is_empty() { Ok(files.into_iter().collect()) } else { Err(BuildError::Problems(problems)) }
    }
}

/// A folder as the operating system takes it: the current one is written as nothing.
fn real(dir: &Path) -> &Path {
    if dir.as_os_str().is_empty() { Path::new(".") } else { dir }
}

/// Folders that a tool marked as its cache, such as Cargo's `target`.
fn caches(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(real(dir)).into_iter().flatten().flatten();
    entries.map(|entry| dir.join(entry.file_name())).filter(|path| path.join("CACHEDIR.TAG").is_file()).collect()
}

/// A full path as it is written from the current folder.
fn shortest(full: &Path) -> PathBuf {
    let Ok(here) = std::env::current_dir().and_then(std::fs::canonicalize) else { return full.to_path_buf() };
    if let Ok(below) = full.strip_prefix(&here) {
        return below.to_path_buf();
    }
    match here.strip_prefix(full) {
        Ok(above) => above.components().map(|_| "..").collect(),
        Err(_) => full.to_path_buf(),
    }
}
