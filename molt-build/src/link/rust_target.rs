//! Whether Rust can build the runtime for a target.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::codes;
use crate::problem::Problem;

/// What is found of Rust for a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RustTarget {
    /// The standard library is installed in this folder.
    Installed(PathBuf),
    /// There is a compiler without the target's standard library.
    Missing,
    /// No Rust compiler runs.
    NoRust,
}

/// Asks the compiler (`RUSTC`, else `rustc`) where it has the standard library of `target`.
pub fn find(target: &str) -> RustTarget {
    let rustc = std::env::var_os("RUSTC").filter(|rustc| !rustc.is_empty()).unwrap_or_else(|| "rustc".into());
    let Ok(output) = Command::new(rustc).args(["--print", "target-libdir", "--target", target]).output() else {
        return RustTarget::NoRust;
    };
    if !output.status.success() {
        return RustTarget::Missing;
    }
    let folder = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
    if has_std(&folder) { RustTarget::Installed(folder) } else { RustTarget::Missing }
}

/// Whether a standard library is in the folder; a compiler names the folder whether it is there or not.
fn has_std(folder: &Path) -> bool {
    std::fs::read_dir(folder).into_iter().flatten().flatten().any(|entry| {
        let name = entry.file_name();
        name.to_str().is_some_and(|name| name.starts_with("libstd-") && name.ends_with(".rlib"))
    })
}

/// The problem of a target that has none.
pub fn missing(target: &str) -> Problem {
    let message = "the runtime library can't be built: Rust's standard library for this target is not installed";
    let help =
        format!("`rustup target add {target}`, or set MOLT_RUNTIME_DIR to a folder with an archive for the target");
    Problem::at_path(codes::NO_RUST_TARGET, Path::new(target), message).with_help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_a_library_is_no_standard_library() {
        let dir = tempfile::tempdir().unwrap();
        assert!(!has_std(dir.path()));
        assert!(!has_std(&dir.path().join("nowhere")));
        std::fs::write(dir.path().join("libstd-1.rlib"), "").unwrap();
        assert!(has_std(dir.path()));
    }

    #[test]
    fn the_command_is_named() {
        let problem = missing("aarch64-unknown-linux-gnu");
        assert!(problem.diagnostic.help.unwrap().contains("`rustup target add aarch64-unknown-linux-gnu`"));
    }
}
