//! Finds Python files: the roots of a build, and the file behind a module name.
//!
//! Invariant: listings are sorted and cached for the length of a build, so the same tree gives the same modules in
//! the same order, and a file that appears half-way through a build is not seen.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::BuildError;

/// A directory that absolute imports are looked up in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRoot {
    /// Where it is.
    pub dir: PathBuf,
    /// What the labels of its files start with, `""` or ending in `/`: labels, unlike paths, go into the objects.
    pub label: String,
}

/// Where a module's code comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A file.
    File {
        /// Its path, as the user would write it.
        path: PathBuf,
        /// The path relative to its root, with `/`: what tracebacks show.
        label: String,
    },
    /// A module of the standard library, which Molt carries in itself.
    Stdlib {
        /// The name shown in tracebacks.
        label: String,
        /// The module.
        module: molt_stdlib::Module,
    },
    /// A folder without `__init__.py` (PEP 420); it has no code.
    Namespace {
        /// Its portions and their labels, in the order of the roots.
        portions: Vec<(PathBuf, String)>,
    },
}

/// A module found by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where its code comes from.
    pub origin: Origin,
    /// Whether it can have submodules.
    pub is_package: bool,
}

/// What a directory entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    File,
    Dir,
}

type Listing = Arc<BTreeMap<String, Entry>>;

/// The directories of a build, each read once.
#[derive(Debug, Default)]
pub struct Tree {
    listings: Mutex<BTreeMap<PathBuf, Listing>>,
}

impl Tree {
    /// The entries of a directory; one that does not exist is empty.
    fn list(&self, dir: &Path) -> Result<Listing, BuildError> {
        if let Some(listing) = self.listings.lock().unwrap_or_else(PoisonError::into_inner).get(dir) {
            return Ok(listing.clone());
        }
        let mut entries = BTreeMap::new();
        let real = if dir.as_os_str().is_empty() { Path::new(".") } else { dir };
        match std::fs::read_dir(real) {
            Ok(reader) => {
                for entry in reader {
                    let entry = entry.map_err(|e| BuildError::io("read", dir, e))?;
                    // A name that is not Unicode cannot be a module's.
                    let Ok(name) = entry.file_name().into_string() else { continue };
                    // `metadata` follows symbolic links; a dangling one is not a module.
                    let Ok(meta) = std::fs::metadata(entry.path()) else { continue };
                    entries.insert(name, if meta.is_dir() { Entry::Dir } else { Entry::File });
                }
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
            Err(e) => return Err(BuildError::io("read the folder", dir, e)),
        }
        let listing = Arc::new(entries);
        self.listings.lock().unwrap_or_else(PoisonError::into_inner).insert(dir.to_path_buf(), listing.clone());
        Ok(listing)
    }

    fn has(&self, dir: &Path, name: &str, entry: Entry) -> Result<bool, BuildError> {
        Ok(self.list(dir)?.get(name) == Some(&entry))
    }

    /// Looks up one component of a module name in directories (each with its label), as CPython's path finder does:
    /// package, then module, in each directory; a namespace package only if no directory has either.
    pub fn find(&self, name: &str, places: &[(PathBuf, String)]) -> Result<Option<Found>, BuildError> {
        let mut portions = Vec::new();
        for (dir, label) in places {
            let (sub, sub_label) = (dir.join(name), format!("{label}{name}/"));
            if self.has(dir, name, Entry::Dir)? {
                if self.has(&sub, "__init__.py", Entry::File)? {
                    let origin =
                        Origin::File { path: sub.join("__init__.py"), label: format!("{sub_label}__init__.py") };
                    return Ok(Some(Found { origin, is_package: true }));
                }
                portions.push((sub, sub_label));
            }
            let file = format!("{name}.py");
            if self.has(dir, &file, Entry::File)? {
                let origin = Origin::File { path: dir.join(&file), label: format!("{label}{file}") };
                return Ok(Some(Found { origin, is_package: false }));
            }
        }
        if portions.is_empty() {
            return Ok(None);
        }
        Ok(Some(Found { origin: Origin::Namespace { portions }, is_package: true }))
    }

    /// The names of all modules below a directory that belongs to the package `package` (`""` for a source root), in
    /// sorted order: packages, namespace packages that contain a module, and modules.
    pub fn modules_below(&self, dir: &Path, package: &str) -> Result<Vec<String>, BuildError> {
        let qualify = |name: &str| match package {
            "" => name.to_owned(),
            _ => format!("{package}.{name}"),
        };
        let mut names = Vec::new();
        for (entry, kind) in self.list(dir)?.iter() {
            match kind {
                Entry::File => {
                    if let Some(stem) = entry.strip_suffix(".py")
                        && is_identifier(stem)
                        && stem != "__init__"
                    {
                        names.push(qualify(stem));
                    }
                }
                Entry::Dir if is_identifier(entry) && entry != "__pycache__" => {
                    let sub = dir.join(entry);
                    let inside = self.modules_below(&sub, &qualify(entry))?;
                    if !inside.is_empty() || self.has(&sub, "__init__.py", Entry::File)? {
                        names.push(qualify(entry));
                        names.extend(inside);
                    }
                }
                Entry::Dir => {}
            }
        }
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// Whether a directory is a regular package.
    pub fn is_package(&self, dir: &Path) -> Result<bool, BuildError> {
        self.has(dir, "__init__.py", Entry::File)
    }

    /// Whether a directory holds a file of this name.
    pub fn has_file(&self, dir: &Path, name: &str) -> Result<bool, BuildError> {
        self.has(dir, name, Entry::File)
    }

    /// Every directory that was looked into, sorted. A build depends on these listings: a new file in one of them can
    /// change which file an import finds.
    pub fn directories(&self) -> Vec<PathBuf> {
        let listings = self.listings.lock().unwrap_or_else(PoisonError::into_inner);
        listings.iter().filter(|(_, listing)| !listing.is_empty()).map(|(dir, _)| dir.clone()).collect()
    }
}

/// Whether a name can stand in an `import` statement. Non-ASCII letters are left to the parser's rules.
pub fn is_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c == '_' || c.is_alphabetic()) && chars.all(|c| c == '_' || c.is_alphanumeric())
}

/// The file name of a path as text.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(OsStr::new("")).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        dir
    }

    #[test]
    fn modules_below_lists_packages_namespaces_and_modules() {
        let dir =
            tree(&["a.py", "p/__init__.py", "p/b.py", "n/c.py", "empty/x.txt", "not-a-name.py", "__pycache__/z.py"]);
        assert_eq!(Tree::default().modules_below(dir.path(), "").unwrap(), ["a", "n", "n.c", "p", "p.b"]);
    }

    #[test]
    fn a_package_hides_a_module_and_both_hide_a_namespace() {
        let dir = tree(&["one/x/y.py", "two/x.py", "three/x/__init__.py", "three/x.py"]);
        let place = |n: &str| (dir.path().join(n), String::new());
        let tree = Tree::default();
        let found = |places: &[(PathBuf, String)]| tree.find("x", places).unwrap().unwrap();
        assert!(matches!(found(&[place("one")]).origin, Origin::Namespace { .. }));
        assert!(!found(&[place("one"), place("two")]).is_package);
        let Origin::File { label, .. } = found(&[place("three"), place("two")]).origin else { panic!("no file") };
        assert_eq!(label, "x/__init__.py");
    }
}
