//! Paths in scopes: what a path really names, and opening it without being led elsewhere.
//!
//! A path is resolved (every symbolic link and `..`), compared with the resolved scopes, and then opened name by name from
//! the root, refusing symbolic links. Invariant: what is opened is what was compared. Whoever puts a link into the way
//! between the two steps gets an error, on every Unix, without `openat2`.

use rustix::fs::{CWD, Mode, OFlags, openat};
use rustix::io::{Errno, retry_on_intr};
use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::path::{Component, Path, PathBuf};

/// The absolute path that a path leads to. Links are followed as far as it exists; what does not exist yet is taken
/// literally.
pub(super) fn real_path(path: &Path) -> PathBuf {
    resolve(path).0
}

/// The same, and whether the way goes up from a folder that does not exist, which no system call would do.
fn resolve(path: &Path) -> (PathBuf, bool) {
    let absolute = match path.is_absolute() {
        true => path.to_path_buf(),
        // Without a current folder a relative path leads nowhere; nothing can be beneath it.
        false => std::env::current_dir().unwrap_or_default().join(path),
    };
    let mut existing = absolute.as_path();
    let mut missing: Vec<&OsStr> = Vec::new();
    loop {
        if let Ok(mut real) = std::fs::canonicalize(existing) {
            let mut dead_end = false;
            for name in missing.iter().rev() {
                if *name == ".." {
                    dead_end = true;
                    real.pop();
                } else {
                    real.push(name);
                }
            }
            return (real, dead_end);
        }
        let (Some(last), Some(parent)) = (existing.components().next_back(), existing.parent()) else {
            return (absolute, true);
        };
        missing.push(last.as_os_str());
        existing = parent;
    }
}

/// A resolved path that a program may open.
#[derive(Debug)]
pub struct Confined {
    real: PathBuf,
    dead_end: bool,
}

/// Only searched, not read, on the way.
#[cfg(any(target_os = "linux", target_os = "android"))]
const ON_THE_WAY: OFlags = OFlags::PATH.union(OFlags::DIRECTORY).union(OFlags::NOFOLLOW).union(OFlags::CLOEXEC);
#[cfg(not(any(target_os = "linux", target_os = "android")))]
const ON_THE_WAY: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::NOFOLLOW).union(OFlags::CLOEXEC);

impl Confined {
    /// Resolves a path.
    pub(super) fn new(path: &Path) -> Confined {
        let (real, dead_end) = resolve(path);
        Confined { real, dead_end }
    }

    /// What is opened: absolute, without links.
    pub(super) fn real(&self) -> &Path {
        &self.real
    }

    /// Opens the file; a new one gets the permissions that [`File::create`] gives.
    pub fn open(&self, flags: OFlags) -> io::Result<File> {
        if self.dead_end {
            return Err(Errno::NOENT.into());
        }
        let names: Vec<&OsStr> = (self.real.components())
            .filter_map(|component| match component {
                Component::Normal(name) => Some(name),
                _ => None,
            })
            .collect();
        let flags = flags | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let step = |dir: &OwnedFd, name: &OsStr, flags| {
            retry_on_intr(|| openat(dir.as_fd(), name, flags, Mode::from_raw_mode(0o666)))
        };
        let mut dir = retry_on_intr(|| openat(CWD, "/", ON_THE_WAY, Mode::empty()))?;
        let Some((last, folders)) = names.split_last() else {
            return Ok(step(&dir, OsStr::new("."), flags)?.into());
        };
        for name in folders {
            dir = step(&dir, name, ON_THE_WAY)?;
        }
        Ok(step(&dir, last, flags)?.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::symlink;

    fn folder(name: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("molt-confined-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(dir.join("data/sub")).unwrap();
        fs::write(dir.join("data/sub/a"), "a").unwrap();
        fs::write(dir.join("secret"), "s").unwrap();
        fs::canonicalize(dir).unwrap()
    }

    #[test]
    fn links_and_dots_are_resolved() {
        let dir = folder("resolved");
        symlink("../secret", dir.join("data/out")).unwrap();
        symlink("sub", dir.join("data/in")).unwrap();
        assert_eq!(real_path(&dir.join("data/out")), dir.join("secret"));
        assert_eq!(real_path(&dir.join("data/in/a")), dir.join("data/sub/a"));
        assert_eq!(real_path(&dir.join("data/in/../new")), dir.join("data/new"));
        assert_eq!(real_path(&dir.join("data/no/where")), dir.join("data/no/where"));
        let dead_end = Confined::new(&dir.join("data/no/../../secret"));
        assert_eq!(dead_end.real(), dir.join("secret"));
        assert_eq!(dead_end.open(OFlags::RDONLY).unwrap_err().kind(), io::ErrorKind::NotFound);
        fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn a_link_put_in_the_way_is_not_followed() {
        let dir = folder("race");
        let file = Confined::new(&dir.join("data/sub/a"));
        let new = Confined::new(&dir.join("data/sub/new"));
        assert!(file.open(OFlags::RDONLY).is_ok());
        // Between the check and the opening, the folder becomes a link to another one.
        fs::rename(dir.join("data/sub"), dir.join("elsewhere")).unwrap();
        symlink("../elsewhere", dir.join("data/sub")).unwrap();
        assert!(file.open(OFlags::RDONLY).is_err());
        assert!(new.open(OFlags::WRONLY | OFlags::CREATE).is_err());
        assert!(!dir.join("elsewhere/new").exists());
        // And the file itself.
        let secret = Confined::new(&dir.join("data/b"));
        symlink("../secret", dir.join("data/b")).unwrap();
        assert!(secret.open(OFlags::RDONLY).is_err());
        fs::remove_dir_all(dir).unwrap();
    }
}
