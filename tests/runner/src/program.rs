//! Finding the programs of the suite and their recorded outcomes.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::exec::Outcome;

/// One program of the suite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// `AREA/NAME`, the name used on the command line and in `pending.txt`.
    pub id: String,
    /// The file to run: `AREA/NAME.py` or `AREA/NAME/main.py`.
    pub entry: PathBuf,
    /// What a path in a traceback is relative to: the entry's directory.
    pub source_dir: PathBuf,
    /// Arguments from the first line `# argv: …`.
    pub args: Vec<String>,
    /// Where the records stand, without extension.
    stem: PathBuf,
}

impl Program {
    fn new(id: String, entry: PathBuf, stem: PathBuf) -> io::Result<Self> {
        let text = fs::read_to_string(&entry).map_err(|e| named(&entry, e))?;
        let args = text
            .lines()
            .next()
            .and_then(|line| line.strip_prefix("# argv:"))
            .map(|rest| rest.split_whitespace().map(str::to_owned).collect())
            .unwrap_or_default();
        let source_dir = entry.parent().unwrap_or(Path::new(".")).to_path_buf();
        Ok(Self { id, entry, source_dir, args, stem })
    }

    fn record(&self, extension: &str) -> PathBuf {
        // `with_extension` would cut a name such as `a.b` short.
        let mut name = self.stem.clone().into_os_string();
        name.push(".");
        name.push(extension);
        PathBuf::from(name)
    }

    /// The program's standard input; empty where no `NAME.in` exists.
    pub fn stdin(&self) -> io::Result<Vec<u8>> {
        read_or_empty(&self.record("in"))
    }

    /// What CPython did, as recorded.
    ///
    /// # Errors
    /// Fails where `NAME.out` is missing: the program was never blessed.
    pub fn expected(&self) -> io::Result<Outcome> {
        let out = self.record("out");
        let stdout = fs::read(&out).map_err(|e| named(&out, e))?;
        let stderr = read_or_empty(&self.record("err"))?;
        let status = match fs::read_to_string(self.record("status")) {
            Ok(text) => text
                .trim()
                .parse()
                .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, format!("{}: bad .status", self.id)))?,
            Err(e) if e.kind() == io::ErrorKind::NotFound => 0,
            Err(e) => return Err(e),
        };
        Ok(Outcome { stdout, stderr, status })
    }

    /// Records an outcome; returns whether a file changed.
    pub fn bless(&self, outcome: &Outcome) -> io::Result<bool> {
        let mut changed = write_if_changed(&self.record("out"), Some(&outcome.stdout))?;
        let err = Some(&outcome.stderr).filter(|e| !e.is_empty());
        changed |= write_if_changed(&self.record("err"), err)?;
        let status = format!("{}\n", outcome.status).into_bytes();
        let status = Some(&status).filter(|_| outcome.status != 0);
        changed |= write_if_changed(&self.record("status"), status)?;
        Ok(changed)
    }
}

fn named(path: &Path, e: io::Error) -> io::Error {
    io::Error::new(e.kind(), format!("{}: {e}", path.display()))
}

fn read_or_empty(path: &Path) -> io::Result<Vec<u8>> {
    match fs::read(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        other => other.map_err(|e| named(path, e)),
    }
}

fn write_if_changed(path: &Path, content: Option<&Vec<u8>>) -> io::Result<bool> {
    let old = match fs::read(path) {
        Ok(bytes) => Some(bytes),
        Err(e) if e.kind() == io::ErrorKind::NotFound => None,
        Err(e) => return Err(named(path, e)),
    };
    match content {
        _ if old.as_ref() == content => Ok(false),
        Some(bytes) => fs::write(path, bytes).map(|()| true),
        None => fs::remove_file(path).map(|()| true),
    }
}

/// All programs under `root` (`tests/differential`), sorted by id.
///
/// # Errors
/// I/O errors, with the path in the message.
pub fn discover(root: &Path) -> io::Result<Vec<Program>> {
    let mut programs = Vec::new();
    for area in sorted_entries(root)? {
        if !area.is_dir() {
            continue;
        }
        for path in sorted_entries(&area)? {
            let (Some(area_name), Some(file_name)) = (name_of(&area), name_of(&path)) else {
                continue;
            };
            if path.is_dir() && path.join("main.py").is_file() {
                let id = format!("{area_name}/{file_name}");
                programs.push(Program::new(id, path.join("main.py"), path)?);
            } else if let Some(stem) = file_name.strip_suffix(".py") {
                let id = format!("{area_name}/{stem}");
                let records = area.join(stem);
                programs.push(Program::new(id, path, records)?);
            }
        }
    }
    programs.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(programs)
}

fn name_of(path: &Path) -> Option<&str> {
    path.file_name().and_then(|n| n.to_str())
}

fn sorted_entries(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(dir).map_err(|e| named(dir, e))? {
        entries.push(entry?.path());
    }
    entries.sort();
    Ok(entries)
}
