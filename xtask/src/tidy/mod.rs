//! `cargo xtask tidy`: rules of this workspace that neither rustc nor clippy knows.
//!
//! Invariant: a check is a function from the tree (paths and texts) to findings, so that its unit
//! test feeds it a bad sample and sees it fail. The workspace itself is one more test.

mod layout;
mod links;
mod purity;
mod rust;
mod unsafety;
mod words;

use std::fmt;
use std::path::Path;
use std::process::Command;

/// One file: its path from the workspace's root, with `/`, and its text.
pub struct File {
    path: String,
    text: String,
}

/// The files that git knows or would add.
pub struct Tree {
    files: Vec<File>,
}

/// A broken rule.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    path: String,
    line: usize,
    text: String,
}

impl Finding {
    fn new(path: &str, line: usize, text: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, text: text.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.text)
    }
}

impl Tree {
    /// Reads the workspace; files that are not UTF-8 text have no rules and are left out.
    fn read(root: &Path) -> Result<Self, String> {
        let output = Command::new("git")
            .arg("-C")
            .arg(root)
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .output()
            .map_err(|e| format!("git: {e}"))?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        let mut files = Vec::new();
        for path in output.stdout.split(|b| *b == 0).filter(|p| !p.is_empty()) {
            let path = String::from_utf8_lossy(path).into_owned();
            if let Ok(text) = std::fs::read_to_string(root.join(&path)) {
                files.push(File { path, text });
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files.dedup_by(|a, b| a.path == b.path);
        Ok(Self { files })
    }

    fn with_extension<'a>(&'a self, extension: &'a str) -> impl Iterator<Item = &'a File> {
        self.files.iter().filter(move |f| Path::new(&f.path).extension().is_some_and(|e| e == extension))
    }
}

type Check = fn(&Tree) -> Vec<Finding>;

/// Every check, by the name that its findings carry.
const CHECKS: &[(&str, Check)] = &[
    ("length", layout::length),
    ("header", layout::header),
    ("unsafe", unsafety::allowed_modules),
    ("forbid-unsafe", unsafety::forbidden_crates),
    ("pure-codegen", purity::pure_codegen),
    ("global-state", purity::no_global_state),
    ("machine-path", words::machine_paths),
    ("unfinished", words::unfinished),
    ("link", links::exist),
];

fn findings(tree: &Tree) -> Vec<String> {
    let mut all = Vec::new();
    for (name, check) in CHECKS {
        let mut found = check(tree);
        found.sort();
        all.extend(found.iter().map(|finding| format!("{finding} [{name}]")));
    }
    all
}

/// Runs the command.
pub fn run(root: &Path) -> Result<(), String> {
    let found = findings(&Tree::read(root)?);
    if found.is_empty() { Ok(()) } else { Err(found.join("\n")) }
}

#[cfg(test)]
fn sample(path: &str, text: &str) -> Tree {
    Tree { files: vec![File { path: path.to_owned(), text: text.to_owned() }] }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_workspace_is_tidy() {
        if let Err(findings) = super::run(&crate::root()) {
            panic!("\n{findings}");
        }
    }
}
