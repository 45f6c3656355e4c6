//! `molt.lock`: what a build was agreed to consist of.
//!
//! Invariant: the text is a function of the project's bytes and of the compiler. It holds no time, no machine's path and no
//! digest over everything, so that two branches that change different files merge.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::manifest::{Manifest, PYTHON};
use super::tree::FileEntry;
use crate::codes;
use crate::problem::Problem;

/// The file name.
pub const LOCK: &str = "molt.lock";
/// The version of the format.
const SCHEMA: u32 = 1;
const HEADER: &str = "# Written by `molt lock`, which is the way to change it.\n";

/// A project's `molt.lock`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    schema: u32,
    /// What compiles it.
    pub toolchain: Toolchain,
    /// What the manifest said.
    pub project: Terms,
    /// The project's own modules, sorted; paths are relative to the project.
    #[serde(rename = "file", default)]
    pub files: Vec<FileEntry>,
    /// Vendored packages, sorted by name.
    #[serde(rename = "package", default)]
    pub packages: Vec<Package>,
}

/// The compiler and what it supplies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Toolchain {
    /// Molt's version.
    pub molt: String,
    /// The Python version.
    pub python: String,
    /// Digest of the compiler's source.
    pub compiler: String,
    /// The contract of compiler and runtime, which the linker enforces.
    pub runtime: String,
    /// Digest of the Python sources that Molt supplies.
    pub stdlib: String,
}

/// The manifest's side of the agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// `package.name`.
    pub name: String,
    /// `package.version`.
    pub version: String,
    /// `package.roots`.
    pub roots: Vec<String>,
    /// `package.main`.
    pub main: Option<String>,
    /// `package.exports`.
    #[serde(default)]
    pub exports: Vec<String>,
    /// `[dependencies]` as requirements, sorted.
    #[serde(default)]
    pub dependencies: Vec<String>,
    /// `capabilities.allow`.
    pub allow: Option<Vec<String>>,
    /// `capabilities.trusted`.
    #[serde(default)]
    pub trusted: bool,
    /// What the program was found to need, sorted.
    #[serde(default)]
    pub capabilities: Vec<String>,
}

/// A vendored package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// Normalised name.
    pub name: String,
    /// Version.
    pub version: String,
    /// Where it came from: `index`, `find-links`, …
    pub source: String,
    /// The file name of the wheel or sdist.
    pub artifact: String,
    /// SHA-256 of the artifact.
    pub sha256: String,
    /// Digest of the tree below.
    pub tree: String,
    /// What it requires of other packages here, sorted.
    #[serde(default)]
    pub requires: Vec<String>,
    /// What its modules in the program were found to need, sorted.
    #[serde(default)]
    pub capabilities: Vec<String>,
    /// Its files, sorted; paths are relative to the package's folder.
    #[serde(rename = "file", default)]
    pub files: Vec<FileEntry>,
}

impl Toolchain {
    /// This compiler.
    pub fn current() -> Self {
        let mut stdlib = blake3::Hasher::new();
        for (name, text) in molt_stdlib::overlays().chain([("Lib", molt_stdlib::LIB_DIGEST)]) {
            for part in [name, text] {
                stdlib.update(&(part.len() as u64).to_le_bytes());
                stdlib.update(part.as_bytes());
            }
        }
        Toolchain {
            molt: env!("CARGO_PKG_VERSION").to_owned(),
            python: PYTHON.to_owned(),
            compiler: env!("MOLT_COMPILER").to_owned(),
            runtime: molt_abi::fingerprint::symbol(),
            stdlib: stdlib.finalize().to_hex().to_string(),
        }
    }
}

impl Terms {
    /// What a manifest says, with the capabilities that the program was found to need.
    pub fn of(manifest: &Manifest, capabilities: Vec<String>) -> Self {
        let dependencies = manifest.dependencies.iter().map(|(name, dependency)| {
            let extras = match dependency.extras.as_slice() {
                [] => String::new(),
                extras => format!("[{}]", extras.join(",")),
            };
            let marker = dependency.marker.as_ref().map(|marker| format!("; {marker}")).unwrap_or_default();
            format!("{name}{extras}=={}{marker}", dependency.version)
        });
        let package = &manifest.package;
        let slashed = |path: &std::path::PathBuf| match crate::problem::slashed(path) {
            path if path.is_empty() => ".".to_owned(),
            path => path,
        };
        Terms {
            name: package.name.clone(),
            version: package.version.clone(),
            roots: package.roots.iter().map(slashed).collect(),
            main: package.main.as_ref().map(slashed),
            exports: package.exports.clone(),
            dependencies: dependencies.collect(),
            allow: manifest.capabilities.allow.clone(),
            trusted: manifest.capabilities.trusted,
            capabilities,
        }
    }

    /// The keys of molt.toml on which two sets of terms differ, each with what was locked and what is said now.
    /// Inferred capabilities are not a key.
    pub fn differences(&self, now: &Terms) -> Vec<(&'static str, String, String)> {
        fn show<T: std::fmt::Debug>(value: &T) -> String {
            format!("{value:?}")
        }
        let option = |value: &Option<String>| value.as_deref().unwrap_or("nothing").to_owned();
        let list = |value: &Option<Vec<String>>| value.as_ref().map_or("nothing".to_owned(), show);
        let pairs = [
            ("package.name", self.name.clone(), now.name.clone()),
            ("package.version", self.version.clone(), now.version.clone()),
            ("package.roots", show(&self.roots), show(&now.roots)),
            ("package.main", option(&self.main), option(&now.main)),
            ("package.exports", show(&self.exports), show(&now.exports)),
            ("dependencies", show(&self.dependencies), show(&now.dependencies)),
            ("capabilities.allow", list(&self.allow), list(&now.allow)),
            ("capabilities.trusted", show(&self.trusted), show(&now.trusted)),
        ];
        pairs.into_iter().filter(|(_, before, after)| before != after).collect()
    }
}

impl Lock {
    /// A lock of sorted parts.
    pub fn new(project: Terms, files: Vec<FileEntry>, packages: Vec<Package>) -> Self {
        Lock { schema: SCHEMA, toolchain: Toolchain::current(), project, files, packages }
    }

    /// The text of the file.
    pub fn encode(&self) -> String {
        // Strings, numbers and lists of tables always have a TOML form.
        format!("{HEADER}{}", toml::to_string(self).unwrap_or_default())
    }

    /// Reads the text of the lock at `path`.
    pub fn decode(path: &Path, text: &str) -> Result<Self, Vec<Problem>> {
        let invalid = |message: String| {
            let help = "run `molt lock` to write it anew, after looking at what changed in it";
            Problem::at_path(codes::LOCK, path, message).with_help(help)
        };
        let lock: Lock = toml::from_str(text).map_err(|error| {
            let span = error.span().unwrap_or(0..0);
            vec![invalid(format!("not a valid lock: {}", error.message())).with_span(text.into(), span)]
        })?;
        if lock.schema != SCHEMA {
            let message = format!("this lock has format {}, and this version of Molt reads {SCHEMA}", lock.schema);
            return Err(vec![invalid(message)]);
        }
        let sorted = lock.packages.is_sorted_by(|a, b| a.name < b.name)
            && lock.files.is_sorted_by(|a, b| a.path < b.path)
            && lock.packages.iter().all(|package| package.files.is_sorted_by(|a, b| a.path < b.path));
        if !sorted {
            let message = "entries of this lock are out of order, or listed twice";
            return Err(vec![invalid(message.to_owned())]);
        }
        Ok(lock)
    }

    /// The digest that binaries carry: of the whole text.
    pub fn digest(&self) -> [u8; 32] {
        *blake3::hash(self.encode().as_bytes()).as_bytes()
    }

    /// The entry of one of the project's own files.
    pub fn file(&self, path: &str) -> Option<&FileEntry> {
        find(&self.files, path)
    }

    /// A vendored package.
    pub fn package(&self, name: &str) -> Option<&Package> {
        let at = self.packages.binary_search_by_key(&name, |package| &package.name).ok()?;
        self.packages.get(at)
    }
}

impl Package {
    /// The entry of a file.
    pub fn file(&self, path: &str) -> Option<&FileEntry> {
        find(&self.files, path)
    }
}

fn find<'a>(files: &'a [FileEntry], path: &str) -> Option<&'a FileEntry> {
    let at = files.binary_search_by_key(&path, |file| &file.path).ok()?;
    files.get(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::tree;

    fn sample() -> Lock {
        let manifest = Manifest::parse(Path::new("molt.toml"), "[package]\nname = \"shop\"\n").unwrap();
        let package = Package {
            name: "six".to_owned(),
            version: "1.16.0".to_owned(),
            source: "index".to_owned(),
            artifact: "six-1.16.0-py2.py3-none-any.whl".to_owned(),
            sha256: "ab".repeat(32),
            tree: tree::digest(&[tree::entry("six.py", b"")]),
            requires: Vec::new(),
            capabilities: Vec::new(),
            files: vec![tree::entry("six.py", b"")],
        };
        let files = vec![tree::entry("a.py", b"1"), tree::entry("b.py", b"2")];
        Lock::new(Terms::of(&manifest, vec!["fs.read".to_owned()]), files, vec![package])
    }

    #[test]
    fn a_lock_comes_back() {
        let lock = sample();
        let text = lock.encode();
        assert!(text.starts_with(HEADER) && text.contains("[[package.file]]"), "{text}");
        assert_eq!(Lock::decode(Path::new(LOCK), &text).unwrap(), lock);
        assert_eq!(lock.file("b.py").map(|file| file.size), Some(1));
        assert!(lock.file("c.py").is_none() && lock.package("six").is_some());
    }

    #[test]
    fn a_damaged_lock_is_refused() {
        let text = sample().encode();
        let message = |text: &str| Lock::decode(Path::new(LOCK), text).unwrap_err()[0].message().to_owned();
        assert!(message(&text.replace("schema = 1", "schema = 9")).contains("format 9"));
        assert!(message(&text.replace("a.py", "z.py")).contains("out of order"));
        assert!(message(&text.replace("a.py", "b.py")).contains("twice"));
        assert!(message(&text[..text.len() / 2]).contains("not a valid lock"));
        assert!(message("surprise = 1\n").contains("not a valid lock"));
    }

    #[test]
    fn differences_are_named_by_key() {
        let of = |text: &str| Terms::of(&Manifest::parse(Path::new("molt.toml"), text).unwrap(), Vec::new());
        let before = of("[package]\nname = \"a\"\n");
        let after = of("[package]\nname = \"a\"\nroots = [\"src\"]\n[dependencies]\nsix = \"1.16.0\"\n");
        assert_eq!(before.differences(&before), []);
        let keys: Vec<_> = before.differences(&after).into_iter().map(|(key, ..)| key).collect();
        assert_eq!(keys, ["package.roots", "dependencies"]);
    }
}
