//! Files of a folder with their sizes and digests, as the lock lists them.
//!
//! Invariant: a listing is of plain files with plain names only. A symbolic link, a name that is not Unicode, two names
//! that differ in case alone: each is a problem, because the same listing could then mean different bytes elsewhere.

use std::collections::BTreeMap;
use std::fs::FileType;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::codes;
use crate::error::BuildError;
use crate::jobs::Jobs;
use crate::problem::Problem;
use crate::source::is_identifier;

/// One file of a locked tree.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    /// Relative to the tree, with `/`.
    pub path: String,
    /// In bytes.
    pub size: u64,
    /// BLAKE3 of the raw bytes, in hexadecimal.
    pub blake3: String,
}

/// Which files of a folder belong to a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selection<'a> {
    /// All of them: a vendored package.
    All,
    /// What can be imported: `.py` files whose path is of identifiers, outside the given folders.
    Modules {
        /// Folders, by path, that are not looked into.
        except: &'a [PathBuf],
    },
}

/// The paths of the files in a folder, sorted, relative to it and with `/`.
///
/// # Errors
/// Whatever makes the folder something other than a tree of plain files, all of it; or a folder that can't be read.
pub fn list(dir: &Path, selection: Selection<'_>) -> Result<Vec<String>, BuildError> {
    let mut walk = Walk { selection, files: Vec::new(), problems: Vec::new() };
    walk.folder(dir, "")?;
    walk.check_case(dir);
    if !walk.problems.is_empty() {
        return Err(BuildError::Problems(walk.problems));
    }
    walk.files.sort();
    Ok(walk.files)
}

/// Reads and hashes the listed files.
pub fn hash(dir: &Path, files: Vec<String>, jobs: &Jobs) -> Result<Vec<FileEntry>, BuildError> {
    let hashed = jobs.run(&files, |file| {
        let path = dir.join(file);
        std::fs::read(&path).map(|bytes| entry(file, &bytes)).map_err(|e| BuildError::io("read", path, e))
    });
    hashed.into_iter().collect()
}

/// The entry of a file with these bytes.
pub fn entry(path: &str, bytes: &[u8]) -> FileEntry {
    FileEntry { path: path.to_owned(), size: bytes.len() as u64, blake3: blake3::hash(bytes).to_hex().to_string() }
}

/// The digest of a whole tree: of its entries in order.
pub fn digest(files: &[FileEntry]) -> String {
    let mut hasher = blake3::Hasher::new();
    for file in files {
        hasher.update(&(file.path.len() as u64).to_le_bytes());
        hasher.update(file.path.as_bytes());
        hasher.update(&file.size.to_le_bytes());
        hasher.update(file.blake3.as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

struct Walk<'a> {
    selection: Selection<'a>,
    files: Vec<String>,
    problems: Vec<Problem>,
}

impl Walk<'_> {
    fn folder(&mut self, dir: &Path, prefix: &str) -> Result<(), BuildError> {
        let real = if dir.as_os_str().is_empty() { Path::new(".") } else { dir };
        let reader = std::fs::read_dir(real).map_err(|e| BuildError::io("read the folder", dir, e))?;
        let mut entries = Vec::new();
        for entry in reader {
            let entry = entry.map_err(|e| BuildError::io("read the folder", dir, e))?;
            let kind = entry.file_type().map_err(|e| BuildError::io("read", entry.path(), e))?;
            entries.push((entry.file_name(), kind));
        }
        entries.sort_by(|a, b| a.0.cmp(&b.0));
        for (name, kind) in entries {
            let path = dir.join(&name);
            let Some(name) = name.to_str() else {
                if self.selection == Selection::All {
                    self.refuse(codes::FILE_NAME, &path, "the name of this file is not Unicode", "rename the file");
                }
                continue;
            };
            if self.selects(name, kind, &path) {
                self.entry(&path, &format!("{prefix}{name}"), kind)?;
            }
        }
        Ok(())
    }

    /// Whether an entry can be part of the tree. Links are judged by their names, to be refused and not passed over.
    fn selects(&self, name: &str, kind: FileType, path: &Path) -> bool {
        match self.selection {
            Selection::All => true,
            Selection::Modules { except } => {
                let module = || name.strip_suffix(".py").is_some_and(is_identifier);
                let folder = || is_identifier(name) && name != "__pycache__" && !except.iter().any(|dir| dir == path);
                match kind {
                    kind if kind.is_dir() => folder(),
                    kind if kind.is_file() => module(),
                    // A link to a folder without modules is nobody's business.
                    _ => module() || (folder() && path.join("__init__.py").exists()),
                }
            }
        }
    }

    fn entry(&mut self, path: &Path, relative: &str, kind: FileType) -> Result<(), BuildError> {
        if kind.is_dir() {
            return self.folder(path, &format!("{relative}/"));
        }
        if !kind.is_file() {
            let (what, help) = match kind.is_symlink() {
                true => ("this is a symbolic link", "replace the link by a copy of what it points to"),
                false => ("this is not a plain file", "remove it"),
            };
            self.refuse(codes::SYMLINK, path, &format!("{what}, which a lock can't hold"), help);
            return Ok(());
        }
        self.files.push(relative.to_owned());
        Ok(())
    }

    fn refuse(&mut self, code: molt_codegen::diag::Code, path: &Path, message: &str, help: &str) {
        self.problems.push(Problem::at_path(code, path, message).with_help(help));
    }

    /// Files, or folders on the way to them, that a file system which ignores case would take for one.
    fn check_case(&mut self, dir: &Path) {
        let mut spellings: BTreeMap<String, &str> = BTreeMap::new();
        let mut found = Vec::new();
        for file in &self.files {
            let ends = file.char_indices().filter(|(_, c)| *c == '/').map(|(at, _)| at).chain([file.len()]);
            for end in ends {
                let path = &file[..end];
                let other = *spellings.entry(path.to_lowercase()).or_insert(path);
                if other != path {
                    found.push((path.to_owned(), other.to_owned()));
                }
            }
        }
        found.sort();
        found.dedup();
        for (path, other) in found {
            let message = format!("`{path}` and `{other}` are the same name where case does not count");
            self.problems.push(
                Problem::at_path(codes::CASE_COLLISION, &dir.join(path), message).with_help("rename one of the two"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, file).unwrap();
        }
        dir
    }

    fn refusals(dir: &Path, selection: Selection<'_>) -> Vec<molt_codegen::diag::Code> {
        list(dir, selection).unwrap_err().problems().iter().map(Problem::code).collect()
    }

    #[test]
    fn modules_are_what_can_be_imported() {
        let dir =
            folder(&["b.py", "a/x.py", "a/data.txt", "not-a-name/y.py", "__pycache__/z.py", "vendor/v.py", "c-d.py"]);
        let except = [dir.path().join("vendor")];
        assert_eq!(list(dir.path(), Selection::Modules { except: &except }).unwrap(), ["a/x.py", "b.py"]);
        assert_eq!(list(dir.path(), Selection::All).unwrap().len(), 7);
    }

    #[test]
    fn names_that_differ_in_case_are_refused() {
        let dir = folder(&["a/x.py", "A/y.py", "a/X.py"]);
        let selection = Selection::Modules { except: &[] };
        assert_eq!(refusals(dir.path(), selection), [codes::CASE_COLLISION, codes::CASE_COLLISION]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_refused() {
        let dir = folder(&["a.py", "p/__init__.py"]);
        let link = |to: &str, name: &str| std::os::unix::fs::symlink(to, dir.path().join(name)).unwrap();
        link("a.py", "b.py");
        link("p", "q");
        link("/nowhere", "text");
        assert_eq!(refusals(dir.path(), Selection::Modules { except: &[] }), [codes::SYMLINK, codes::SYMLINK]);
        assert_eq!(refusals(dir.path(), Selection::All), [codes::SYMLINK; 3]);
    }

    #[test]
    fn a_digest_tells_trees_apart() {
        let one = [entry("a", b"1"), entry("b", b"")];
        assert_eq!(digest(&one), digest(&one.clone()));
        assert_ne!(digest(&one), digest(&[entry("a", b"1"), entry("c", b"")]));
        assert_ne!(digest(&one), digest(&one[..1]));
    }
}
