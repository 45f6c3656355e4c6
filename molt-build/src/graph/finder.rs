//! Where the resolver finds modules: the folders of a build, or the modules that another build system names.
//!
//! Invariant: a finder answers alike as long as it lives, and knows nothing of what the runtime and Molt supply: the
//! order in which those come is the resolver's.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::error::BuildError;
use crate::source::{Found, Tree};

/// Finds and reads the modules of a build.
pub trait Finder: Sync {
    /// What the dotted `name` is. `places` are the folders to look into, with their labels: those of its parent, or for
    /// a top-level name the source roots.
    fn locate(&self, name: &str, places: &[(PathBuf, String)]) -> Result<Option<Found>, BuildError>;

    /// The bytes of the file `path`, which was located for `name`; empty if all that is known of it are its facts.
    fn read(&self, name: &str, path: &Path) -> Result<Arc<[u8]>, BuildError>;

    /// The folders that were looked into, sorted.
    fn directories(&self) -> Vec<PathBuf>;

    /// What to do about a module that nothing has.
    fn advice(&self) -> &'static str;
}

impl Finder for Tree {
    fn locate(&self, name: &str, places: &[(PathBuf, String)]) -> Result<Option<Found>, BuildError> {
        let last = name.rsplit_once('.').map_or(name, |(_, last)| last);
        self.find(last, places)
    }

    fn read(&self, _name: &str, path: &Path) -> Result<Arc<[u8]>, BuildError> {
        Ok(std::fs::read(path).map_err(|e| BuildError::io("read", path, e))?.into())
    }

    fn directories(&self) -> Vec<PathBuf> {
        Tree::directories(self)
    }

    fn advice(&self) -> &'static str {
        "add the module to the source folder, or handle `ImportError` around the import if it is optional"
    }
}
