//! `cargo xtask package`: whether the crates that are published can be.
//!
//! Invariant: nothing is published. Without `--verify` nothing is compiled either, so that it is quick enough to run always.

use std::path::Path;
use std::process::Command;

/// The published crates with their folders, dependencies first.
const CRATES: &[(&str, &str)] = &[
    ("molt-abi", "molt-runtime/abi"),
    ("molt-stdlib", "stdlib"),
    ("molt-codegen", "molt-codegen"),
    ("molt-runtime", "molt-runtime"),
    ("molt-build", "molt-build"),
];
/// What stands in the folder of each, as a copy, because a crate holds only files of its own folder.
const COPIES: &[&str] = &["LICENSE-APACHE", "LICENSE-MIT"];
/// What a registry shows of each.
const KEYS: &[&str] = &["description", "readme", "keywords", "categories", "license", "repository", "rust-version"];

/// Runs the command.
pub fn run(root: &Path, arguments: &[String]) -> Result<(), String> {
    let verify = match arguments {
        [] => false,
        [flag] if flag == "--verify" => true,
        _ => return Err("usage: cargo xtask package [--verify]".to_owned()),
    };
    let findings: Vec<String> = CRATES.iter().flat_map(|(name, dir)| findings(root, name, dir)).collect();
    if !findings.is_empty() {
        return Err(findings.join("\n"));
    }
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // Together, so that each finds those it depends on before any is on a registry.
    command.current_dir(root).arg("package").args(CRATES.iter().flat_map(|(name, _)| ["--package", name]));
    if verify {
        // Cargo keeps what it unpacked by the folder it packed in and the version, and takes it for the crates of a later
        // commit: each commit has a folder of its own.
        command.arg("--target-dir").arg(root.join("target").join(format!("package-{}", commit(root)?)));
    } else {
        // What is not committed counts too.
        command.args(["--allow-dirty", "--no-verify", "--quiet"]);
    }
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("cargo package: {status}")),
        Err(error) => Err(format!("cargo package: {error}")),
    }
}

/// What is checked out.
fn commit(root: &Path) -> Result<String, String> {
    let output = Command::new("git").arg("-C").arg(root).args(["rev-parse", "HEAD"]).output();
    let output = output.map_err(|error| format!("git: {error}"))?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}

fn findings(root: &Path, name: &str, dir: &str) -> Vec<String> {
    let read = |path: &str| std::fs::read_to_string(root.join(path)).map_err(|error| format!("{path}: {error}"));
    let mut found = Vec::new();
    for copy in COPIES {
        match (read(copy), read(&format!("{dir}/{copy}"))) {
            (Ok(own), Ok(copied)) if own == copied => {}
            (Ok(_), Ok(_)) => found.push(format!("{dir}/{copy}: not a copy of {copy}")),
            (own, copied) => found.extend([own.err(), copied.err()].into_iter().flatten()),
        }
    }
    match read(&format!("{dir}/Cargo.toml")) {
        Ok(manifest) => {
            found.extend(missing_keys(&manifest).map(|key| format!("{name}: its Cargo.toml has no `{key}`")))
        }
        Err(error) => found.push(error),
    }
    found
}

/// The keys of `[package]` that are not there, in either form: own, or of the workspace.
fn missing_keys(manifest: &str) -> impl Iterator<Item = &'static str> {
    let package = manifest.split_once("[package]").map_or("", |(_, rest)| rest.split("\n[").next().unwrap_or(rest));
    let present = |key: &str| {
        package.lines().any(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with([' ', '=', '.'])))
    };
    KEYS.iter().copied().filter(move |key| !present(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_crates_are_complete() {
        let root = crate::root();
        let findings: Vec<_> = CRATES.iter().flat_map(|(name, dir)| findings(&root, name, dir)).collect();
        assert!(findings.is_empty(), "{}", findings.join("\n"));
    }

    #[test]
    fn a_missing_key_or_copy_is_found() {
        let manifest =
            "[package]\nname = \"x\"\nlicense.workspace = true\ndescription = \"y\"\n[features]\nreadme = []\n";
        let missing: Vec<_> = missing_keys(manifest).collect();
        assert_eq!(missing, ["readme", "keywords", "categories", "repository", "rust-version"]);
        assert_eq!(findings(&crate::root(), "xtask", "xtask").len(), 2 + 3);
    }
}
