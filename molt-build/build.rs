//! Records what the crate must know of its own build: the host's target, and a fingerprint of the compiler's source,
//! which is part of every cache key.

use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rustc-env=MOLT_HOST={}", std::env::var("TARGET").unwrap_or_default());
    let mut files = Vec::new();
    for dir in ["src", "../molt-codegen/src", "../molt-runtime/abi/src"] {
        // Published crates have no siblings; there the version stands for the source.
        if Path::new(dir).is_dir() {
            println!("cargo::rerun-if-changed={dir}");
            collect(Path::new(dir), &mut files);
        }
    }
    println!("cargo::rerun-if-changed=build.rs");
    files.sort();
    let mut hasher = blake3::Hasher::new();
    hasher.update(std::env::var("CARGO_PKG_VERSION").unwrap_or_default().as_bytes());
    for file in files {
        let bytes = std::fs::read(&file).unwrap_or_default();
        hasher.update(file.to_string_lossy().as_bytes());
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(&bytes);
    }
    println!("cargo::rustc-env=MOLT_COMPILER={}", hasher.finalize().to_hex());
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}
