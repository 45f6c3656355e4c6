//! Packs CPython's `Lib` into one blob: each module compressed on its own, so that a build reads only what it imports.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::DeflateEncoder;

/// What is not carried: tests, and examples of frozen modules.
const LEFT_OUT: &[&str] = &["test", "tests", "__phello__", "idle_test", "__pycache__"];

fn main() {
    let lib = Path::new(rustpython_pylib::LIB_PATH);
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("Cargo sets OUT_DIR"));
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", lib.display());
    let mut files = Vec::new();
    collect(lib, "", &mut files);
    // By module name, which is what they are looked up by.
    files.sort_by_cached_key(|file| module_name(file));

    let (mut blob, mut index, mut digest) = (Vec::new(), String::new(), blake3::Hasher::new());
    index.push_str("&[\n");
    for file in &files {
        let text = std::fs::read(lib.join(file)).unwrap_or_else(|e| panic!("{file}: {e}"));
        for part in [file.as_bytes(), &text] {
            digest.update(&(part.len() as u64).to_le_bytes());
            digest.update(part);
        }
        let start = blob.len();
        let mut encoder = DeflateEncoder::new(&mut blob, Compression::best());
        encoder.write_all(&text).expect("a Vec takes everything");
        encoder.finish().expect("a Vec takes everything");
        let packed = blob.len() - start;
        let name = module_name(file);
        writeln!(index, "    ({name:?}, {file:?}, {start}, {packed}, {}),", text.len())
            .expect("a String takes everything");
    }
    index.push_str("]\n");
    let digest = digest.finalize().to_hex();
    let write = |name: &str, bytes: &[u8]| std::fs::write(out.join(name), bytes).expect("OUT_DIR can be written");
    write("lib.bin", &blob);
    write("lib.rs", index.as_bytes());
    // What goes with programs that have modules of it.
    let licence = lib.join("PSF-LICENSE");
    write("PSF-LICENSE", &std::fs::read(&licence).unwrap_or_else(|e| panic!("{}: {e}", licence.display())));
    println!("cargo::rustc-env=MOLT_STDLIB_DIGEST={digest}");
}

fn collect(dir: &Path, prefix: &str, files: &mut Vec<String>) {
    for entry in std::fs::read_dir(dir).unwrap_or_else(|e| panic!("{}: {e}", dir.display())) {
        let entry = entry.unwrap_or_else(|e| panic!("{}: {e}", dir.display()));
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = entry.path();
        if path.is_dir() {
            if !LEFT_OUT.contains(&name.as_str()) {
                collect(&path, &format!("{prefix}{name}/"), files);
            }
        } else if name.strip_suffix(".py").is_some_and(|stem| !stem.contains('-')) {
            files.push(format!("{prefix}{name}"));
        }
    }
}

fn module_name(file: &str) -> String {
    let stem = file.strip_suffix(".py").unwrap_or(file);
    stem.strip_suffix("/__init__").unwrap_or(stem).replace('/', ".")
}
