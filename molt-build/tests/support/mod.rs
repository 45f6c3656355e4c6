//! What the tests of the command share.
#![allow(dead_code, reason = "each test uses a part")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder with files, removed at the end of the test.
pub fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        write(&dir.path().join(name), text.as_bytes());
    }
    dir
}

/// Writes a file and the folders above it.
pub fn write(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("folders can be made");
    std::fs::write(path, bytes).expect("files can be written");
}

/// The `molt` command, in a folder, without colours.
pub fn molt(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_molt"));
    command.current_dir(dir).env("NO_COLOR", "1").env("PYTHONHASHSEED", "0");
    command
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> Output {
    command.output().unwrap_or_else(|e| panic!("{command:?}: {e}"))
}

/// Runs a command that must succeed, and returns what it printed.
pub fn succeed(command: &mut Command) -> String {
    let output = run(command);
    assert!(output.status.success(), "{command:?}: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Every file below a folder, sorted, relative to it.
pub fn files(dir: &Path) -> Vec<PathBuf> {
    fn collect(dir: &Path, top: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(dir).expect("a folder can be listed") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                collect(&path, top, found);
            } else {
                found.push(path.strip_prefix(top).expect("below the top").to_path_buf());
            }
        }
    }
    let mut found = Vec::new();
    collect(dir, dir, &mut found);
    found.sort();
    found
}

/// The handlers of the Rust example.
pub fn handlers() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/rust-host/handlers")
}

/// Copies a folder's Python files.
pub fn copy(from: &Path, to: &Path) {
    for file in files(from) {
        if file.extension().is_some_and(|ext| ext == "py") {
            write(&to.join(&file), &std::fs::read(from.join(&file)).expect("a file can be read"));
        }
    }
}
