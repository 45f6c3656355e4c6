//! The modules that a build system gives an action: names with files, read when something asks for them.
//!
//! Invariant: a record that was not read had no influence on the result. That is what lets a build system leave an action
//! alone when only such a record changes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{MAIN, Record};
use crate::codes;
use crate::compiler::Facts;
use crate::error::BuildError;
use crate::graph::Finder;
use crate::problem::Problem;
use crate::source::{Found, Origin};

/// Modules known by their records.
#[derive(Debug, Default)]
pub struct Given {
    files: BTreeMap<String, PathBuf>,
    records: Mutex<BTreeMap<String, Arc<Record>>>,
    /// Folders without `__init__.py`: what has submodules among the given and is not given itself.
    namespaces: BTreeSet<String>,
}

impl Given {
    /// Modules whose records are in files.
    pub fn new(files: BTreeMap<String, PathBuf>) -> Self {
        let namespaces = files.keys().flat_map(|name| parents(name)).filter(|name| !files.contains_key(*name));
        let namespaces = namespaces.map(str::to_owned).collect();
        Given { files, records: Mutex::default(), namespaces }
    }

    /// Adds or replaces a module.
    pub(super) fn insert(&self, record: Record) {
        self.records().insert(record.name.clone(), Arc::new(record));
    }

    /// Whether a module is among them.
    pub(super) fn has(&self, name: &str) -> bool {
        self.files.contains_key(name) || self.records().contains_key(name)
    }

    /// The record of a module.
    pub(super) fn record(&self, name: &str) -> Result<Arc<Record>, BuildError> {
        if let Some(record) = self.records().get(name) {
            return Ok(record.clone());
        }
        let Some(path) = self.files.get(name) else {
            let message = format!("no module `{name}` among those given to this action");
            let help = "name it in `srcs` of this target, or the target that has it in `deps`";
            return Err(problem(codes::NOT_GIVEN, Path::new(name), message, help));
        };
        let record = Record::read(path)?;
        if record.name != name {
            let message = format!("this is the record of `{}`, not of `{name}`", record.name);
            return Err(problem(codes::FACTS_FILE, path, message, "give each record with the name it was made for"));
        }
        let record = Arc::new(record);
        self.records().insert(name.to_owned(), record.clone());
        Ok(record)
    }

    /// The facts of a module.
    pub(super) fn facts(&self, name: &str) -> Result<Facts, BuildError> {
        self.record(name)?.facts().ok_or_else(|| {
            let path = self.files.get(name).cloned().unwrap_or_default();
            problem(codes::FACTS_FILE, &path, format!("the facts of `{name}` cannot be read"), "make the file again")
        })
    }

    /// The deferred mistakes of a module that was read.
    pub(super) fn faults(&self, name: &str) -> Vec<Problem> {
        self.records().get(name).map(|record| record.faults()).unwrap_or_default()
    }

    /// The files that nothing asked for, in the order of the modules' names.
    pub fn unused(&self) -> Vec<&Path> {
        let read = self.records();
        let unread = self.files.iter().filter(|(name, _)| !read.contains_key(*name));
        unread.map(|(_, path)| path.as_path()).collect()
    }

    fn records(&self) -> MutexGuard<'_, BTreeMap<String, Arc<Record>>> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_namespace(&self, name: &str) -> bool {
        if self.namespaces.contains(name) {
            return true;
        }
        // Records added later have parents too.
        self.records().keys().any(|known| parents(known).any(|parent| parent == name))
    }
}

fn problem(code: molt_codegen::diag::Code, path: &Path, message: impl Into<String>, help: &str) -> BuildError {
    BuildError::Problems(vec![Problem::at_path(code, path, message).with_help(help)])
}

/// `a.b` and `a` for `a.b.c`.
fn parents(name: &str) -> impl Iterator<Item = &str> {
    name.match_indices('.').map(|(at, _)| &name[..at])
}

impl Finder for Given {
    fn locate(&self, name: &str, _places: &[(PathBuf, String)]) -> Result<Option<Found>, BuildError> {
        // The script is not importable by this name.
        if name != MAIN && self.has(name) {
            let record = self.record(name)?;
            let origin = Origin::File { path: record.label.clone().into(), label: record.label.clone() };
            return Ok(Some(Found { origin, is_package: record.is_package }));
        }
        if self.is_namespace(name) {
            return Ok(Some(Found { origin: Origin::Namespace { portions: Vec::new() }, is_package: true }));
        }
        Ok(None)
    }

    fn read(&self, _name: &str, _path: &Path) -> Result<Arc<[u8]>, BuildError> {
        Ok(Arc::from([]))
    }

    fn directories(&self) -> Vec<PathBuf> {
        Vec::new()
    }

    fn advice(&self) -> &'static str {
        "add the target that has the module to `deps`, or handle `ImportError` around the import if it is optional"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_between_given_modules_are_namespaces() {
        let given = Given::new([("a.b.c".to_owned(), PathBuf::from("x"))].into());
        for name in ["a", "a.b"] {
            let found = given.locate(name, &[]).unwrap().unwrap();
            assert!(matches!(found.origin, Origin::Namespace { .. }) && found.is_package, "{name}");
        }
        assert_eq!(given.locate("a.c", &[]).unwrap(), None);
        assert_eq!(given.unused(), [Path::new("x")]);
    }

    #[test]
    fn a_module_that_is_not_given_is_a_problem() {
        let error = Given::default().record("a").unwrap_err();
        assert_eq!(error.problems()[0].code(), codes::NOT_GIVEN);
    }
}
