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

/// A locked project with a program, a module for hosts, and a vendored package.
pub fn shop() -> tempfile::TempDir {
    let dir = folder(&[]);
    write_shop(dir.path());
    dir
}

/// The same in a folder that exists.
pub fn write_shop(dir: &Path) {
    let files = [
        (
            "molt.toml",
            "[package]\nname = \"shop\"\nversion = \"1.4.0\"\nlicense = \"MIT\"\nroots = [\"src\"]\nmain = \"src/app.py\"\n\
             exports = [\"stock\"]\n[dependencies]\ntea_pot = \"1.2.0\"\n",
        ),
        ("LICENSE", "Take it.\n"),
        ("src/app.py", "import teapot\nfrom stock import Cups\nprint(teapot.pour(Cups(2).count))\n"),
        (
            "src/stock.py",
            "from dataclasses import dataclass\n\n@dataclass\nclass Cups:\n    count: int\n\ndef double(n: int) -> int:\n    return 2 * n\n",
        ),
        (
            "vendor/manifest.json",
            r#"{"schema": 1, "packages": [
                {"name": "milk", "version": "3.0", "tier": "A", "source": "find-links", "artifact": "milk-3.0.tar.gz",
                 "sha256": "00ff", "top_level": ["milk"], "licence_expression": "Free as in milk"},
                {"name": "tea-pot", "version": "1.2.0", "tier": "A", "source": "find-links",
                 "artifact": "tea_pot-1.2.0-py3-none-any.whl", "requires": ["milk==3.0"],
                 "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                 "licence_expression": "Apache-2.0 OR MIT", "top_level": ["teapot"]}
            ]}"#,
        ),
        ("vendor/milk/milk.py", "FAT = 3\n"),
        ("vendor/tea-pot/teapot/__init__.py", "def pour(cups):\n    return 'tea ' * cups\n"),
        ("vendor/tea-pot/tea_pot-1.2.0.dist-info/LICENSE", "MIT\n"),
    ];
    for (name, text) in files {
        write(&dir.join(name), text.as_bytes());
    }
    succeed(molt(dir).arg("lock"));
}

/// What a command that must fail with status 1 writes to standard error.
pub fn refuse(command: &mut Command) -> String {
    let output = run(command);
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{command:?}: {text}");
    text
}

/// The messages of a command that is asked for JSON and must succeed.
pub fn messages(command: &mut Command) -> Vec<serde_json::Value> {
    let text = succeed(command.args(["--message-format", "json"]));
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}
