//! Writing files so that a reader sees the old file or the new one, never a part.
//!
//! Invariant: everything is written beside its destination first and renamed into place; what was begun and not
//! finished is removed when its guard is dropped.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::BuildError;

/// Distinguishes temporary names within one process.
static COUNTER: AtomicU64 = AtomicU64::new(0);

/// A name that no other thread or process uses, in the folder of `path`.
fn temporary_name(path: &Path) -> PathBuf {
    let serial = COUNTER.fetch_add(1, Ordering::Relaxed);
    let name = format!(".molt-{}-{serial}.tmp", std::process::id());
    path.parent().unwrap_or(Path::new("")).join(name)
}

/// A file or folder under construction.
#[derive(Debug)]
pub struct Pending {
    temporary: PathBuf,
    destination: PathBuf,
    finished: bool,
}

impl Pending {
    /// Reserves a temporary name beside `destination`, and makes the folders above it.
    pub fn new(destination: &Path) -> Result<Self, BuildError> {
        create_parent(destination)?;
        Ok(Pending { temporary: temporary_name(destination), destination: destination.to_path_buf(), finished: false })
    }

    /// Where to write.
    pub fn path(&self) -> &Path {
        &self.temporary
    }

    /// Moves the finished file into place.
    pub fn commit(mut self) -> Result<(), BuildError> {
        std::fs::rename(&self.temporary, &self.destination)
            .map_err(|e| BuildError::io("write", &self.destination, e))?;
        self.finished = true;
        Ok(())
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        if !self.finished {
            // It may not have been created yet.
            let _ = std::fs::remove_file(&self.temporary);
        }
    }
}

/// Writes a whole file.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), BuildError> {
    let pending = Pending::new(path)?;
    let mut file = std::fs::File::create(pending.path()).map_err(|e| BuildError::io("create", path, e))?;
    file.write_all(bytes).map_err(|e| BuildError::io("write", path, e))?;
    drop(file);
    pending.commit()
}

/// Writes a whole file unless it already has these bytes, so that its modification time keeps what depends on it
/// from being rebuilt.
pub fn write_if_changed(path: &Path, bytes: &[u8]) -> Result<(), BuildError> {
    match std::fs::read(path) {
        Ok(old) if old == bytes => Ok(()),
        _ => write(path, bytes),
    }
}

/// A folder for intermediate files, removed when dropped.
#[derive(Debug)]
pub struct Scratch(PathBuf);

impl Scratch {
    /// Makes an empty folder inside `parent`.
    pub fn new(parent: &Path) -> Result<Self, BuildError> {
        let path = temporary_name(&parent.join("scratch"));
        std::fs::create_dir_all(&path).map_err(|e| BuildError::io("create", &path, e))?;
        Ok(Scratch(path))
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Makes the folders above a file.
pub fn create_parent(path: &Path) -> Result<(), BuildError> {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => {
            std::fs::create_dir_all(parent).map_err(|e| BuildError::io("create", parent, e))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unfinished_file_is_removed() {
        let dir = tempfile::tempdir().unwrap();
        let pending = Pending::new(&dir.path().join("a/b")).unwrap();
        std::fs::write(pending.path(), "half").unwrap();
        drop(pending);
        assert_eq!(std::fs::read_dir(dir.path().join("a")).unwrap().count(), 0);
    }

    #[test]
    fn an_equal_file_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x");
        write(&path, b"1").unwrap();
        let before = std::fs::metadata(&path).unwrap().modified().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(20));
        write_if_changed(&path, b"1").unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().modified().unwrap(), before);
        write_if_changed(&path, b"2").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"2");
    }
}
