//! `molt.toml`: what a project says of itself.
//!
//! Invariant: a [`Manifest`] is valid. Every path in it is relative, uses `/` and stays inside the project; every name and
//! version has its normal form; an unknown key is an error, so that a misspelt one is not ignored.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use crate::codes;
use crate::problem::Problem;
use crate::source::is_identifier;

/// The file name.
pub const MANIFEST: &str = "molt.toml";
/// The Python version that Molt implements.
pub const PYTHON: &str = "3.12";

/// A project's `molt.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// What the project is.
    pub package: Package,
    /// Packages it needs, by normalised name (PEP 503).
    pub dependencies: BTreeMap<String, Dependency>,
    /// Where the sources of dependencies are kept, relative to the project.
    pub vendor_dir: PathBuf,
    /// What the program may do.
    pub capabilities: Capabilities,
}

/// `[package]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// Its name; also that of the binary.
    pub name: String,
    /// Its version, free text.
    pub version: String,
    /// One line about it.
    pub description: Option<String>,
    /// An SPDX expression.
    pub license: Option<String>,
    /// The folders that absolute imports are looked up in, in order, relative to the project. `""` is the project's own.
    pub roots: Vec<PathBuf>,
    /// The script, or the folder with a `__main__.py`, that a binary runs.
    pub main: Option<PathBuf>,
    /// The modules that hosts call; all modules below the roots if none is named.
    pub exports: Vec<String>,
}

/// A pinned package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependency {
    /// The exact version.
    pub version: String,
    /// Extras of it (PEP 508), sorted.
    pub extras: Vec<String>,
    /// An environment marker (PEP 508): where it is needed.
    pub marker: Option<String>,
}

/// `[capabilities]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Capabilities {
    /// The ceiling; `None` where the manifest is silent, which grants what the program was found to need.
    pub allow: Option<Vec<String>>,
    /// Whether `MOLT_TRUSTED=1` counts in the built program.
    pub trusted: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawManifest {
    package: RawPackage,
    #[serde(default)]
    dependencies: BTreeMap<Spanned<String>, Spanned<RawDependency>>,
    #[serde(default)]
    vendor: RawVendor,
    #[serde(default)]
    capabilities: RawCapabilities,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPackage {
    name: Spanned<String>,
    #[serde(default = "default_version")]
    version: String,
    description: Option<String>,
    license: Option<String>,
    python: Option<Spanned<String>>,
    roots: Option<Vec<Spanned<String>>>,
    main: Option<Spanned<String>>,
    #[serde(default)]
    exports: Vec<Spanned<String>>,
}

fn default_version() -> String {
    "0.0.0".to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DependencyTable {
    version: String,
    #[serde(default)]
    extras: Vec<String>,
    marker: Option<String>,
}

/// A dependency in either form: a version, or a table.
struct RawDependency(DependencyTable);

// By hand, because serde's untagged enums lose the message of the variant that was meant.
impl<'de> Deserialize<'de> for RawDependency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = RawDependency;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a version, or a table with `version`")
            }

            fn visit_str<E: de::Error>(self, version: &str) -> Result<RawDependency, E> {
                Ok(RawDependency(DependencyTable { version: version.to_owned(), extras: Vec::new(), marker: None }))
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<RawDependency, A::Error> {
                DependencyTable::deserialize(de::value::MapAccessDeserializer::new(map)).map(RawDependency)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawVendor {
    dir: Option<Spanned<String>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawCapabilities {
    allow: Option<Vec<String>>,
    #[serde(default)]
    trusted: bool,
}

impl Manifest {
    /// Reads and checks the text of the manifest at `path`.
    pub fn parse(path: &Path, text: &str) -> Result<Self, Vec<Problem>> {
        let mut checker = Checker { path, text: text.into(), problems: Vec::new() };
        let raw: RawManifest = match toml::from_str(text) {
            Ok(raw) => raw,
            Err(error) => {
                let message = format!("not a valid manifest: {}", error.message());
                checker.report(error.span().unwrap_or(0..0), message, "`molt config` lists the keys of molt.toml");
                return Err(checker.problems);
            }
        };
        let manifest = checker.manifest(raw);
        if checker.problems.is_empty() { Ok(manifest) } else { Err(checker.problems) }
    }

    /// The name of the binary and of what else is made from the project.
    pub fn name(&self) -> &str {
        &self.package.name
    }
}

struct Checker<'a> {
    path: &'a Path,
    text: Arc<str>,
    problems: Vec<Problem>,
}

impl Checker<'_> {
    fn report(&mut self, span: Range<usize>, message: String, help: &str) {
        let problem = Problem::at_path(codes::MANIFEST, self.path, message).with_span(self.text.clone(), span);
        self.problems.push(problem.with_help(help));
    }

    fn manifest(&mut self, raw: RawManifest) -> Manifest {
        let package = self.package(raw.package);
        let mut dependencies = BTreeMap::new();
        for (name, dependency) in raw.dependencies {
            let span = name.span();
            let name = normal_name(name.get_ref());
            let dependency = self.dependency(dependency);
            if dependencies.insert(name.clone(), dependency).is_some() {
                let message = format!("`{name}` is listed twice: names are compared without case, `_` and `.`");
                self.report(span, message, "keep one of the two lines");
            }
        }
        let vendor_dir = match raw.vendor.dir {
            Some(dir) => self.inner_path(dir),
            None => PathBuf::from("vendor"),
        };
        let allow = raw.capabilities.allow.map(|mut allow| {
            allow.sort();
            allow.dedup();
            allow
        });
        let capabilities = Capabilities { allow, trusted: raw.capabilities.trusted };
        Manifest { package, dependencies, vendor_dir, capabilities }
    }

    fn package(&mut self, raw: RawPackage) -> Package {
        let name = raw.name.get_ref().clone();
        let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        if name.is_empty() || !plain || name.starts_with('-') {
            let message = format!("`{name}` cannot be the name of a package");
            self.report(raw.name.span(), message, "use ASCII letters, digits, `-` and `_`");
        }
        if let Some(python) = &raw.python
            && python.get_ref() != PYTHON
        {
            let message = format!("Python {} is not a version that Molt compiles", python.get_ref());
            self.report(python.span(), message, "write `python = \"3.12\"`, or leave the line out");
        }
        let roots = match raw.roots {
            Some(roots) => roots.into_iter().map(|root| self.inner_path(root)).collect(),
            None => vec![PathBuf::new()],
        };
        let main = raw.main.map(|main| self.inner_path(main));
        let mut exports = Vec::new();
        for export in raw.exports {
            let span = export.span();
            let export = export.into_inner();
            if !export.split('.').all(is_identifier) {
                self.report(span, format!("`{export}` is not the name of a module"), "write names as in `import`");
            }
            exports.push(export);
        }
        exports.sort();
        exports.dedup();
        Package { name, version: raw.version, description: raw.description, license: raw.license, roots, main, exports }
    }

    fn dependency(&mut self, raw: Spanned<RawDependency>) -> Dependency {
        let span = raw.span();
        let DependencyTable { version: text, mut extras, marker } = raw.into_inner().0;
        let exact = text.strip_prefix("==").unwrap_or(&text).trim().to_owned();
        let plain = exact.chars().all(|c| c.is_ascii_alphanumeric() || ".!+-_".contains(c));
        if exact.is_empty() || !plain || !exact.starts_with(|c: char| c.is_ascii_digit() || c == 'v') {
            let message = format!("`{text}` is not an exact version");
            self.report(span, message, "pin one version, as in `six = \"1.16.0\"`");
        }
        for extra in &mut extras {
            *extra = normal_name(extra);
        }
        extras.sort();
        extras.dedup();
        Dependency { version: exact, extras, marker }
    }

    /// A path inside the project; `.` components are dropped.
    fn inner_path(&mut self, text: Spanned<String>) -> PathBuf {
        let span = text.span();
        let text = text.into_inner();
        let mut path = PathBuf::new();
        for part in text.split('/') {
            match part {
                "" | "." => {}
                part => path.push(part),
            }
        }
        let leaves = text.starts_with('/') || text.contains(['\\', ':']) || text.split('/').any(|part| part == "..");
        if leaves {
            let message = format!("`{text}` is not a path inside the project");
            self.report(span, message, "write a path relative to the folder of molt.toml, with `/` and without `..`");
            return PathBuf::new();
        }
        path
    }
}

/// The normal form of the name of a distribution (PEP 503).
pub fn normal_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '-' | '_' | '.' if out.ends_with('-') => {}
            '-' | '_' | '.' => out.push('-'),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Manifest, Vec<String>> {
        Manifest::parse(Path::new("molt.toml"), text)
            .map_err(|problems| problems.iter().map(|p| p.message().to_owned()).collect())
    }

    fn fails(text: &str) -> String {
        parse(text).unwrap_err().join("; ")
    }

    #[test]
    fn everything_but_the_name_may_be_left_out() {
        let manifest = parse("[package]\nname = \"shop\"\n").unwrap();
        assert_eq!(manifest.package.roots, [PathBuf::new()]);
        assert_eq!(manifest.vendor_dir, Path::new("vendor"));
        assert_eq!(manifest.capabilities, Capabilities::default());
    }

    #[test]
    fn values_get_their_normal_form() {
        let manifest = parse(
            r#"
            [package]
            name = "shop"
            roots = ["./src/", "lib"]
            main = "src/app.py"
            exports = ["b", "a", "b"]
            [dependencies]
            "More_Itertools" = "==10.1.0"
            attrs = { version = "23.2.0", extras = ["Tests"], marker = "os_name == 'posix'" }
            [capabilities]
            allow = ["net", "fs.read"]
            "#,
        )
        .unwrap();
        assert_eq!(manifest.package.roots, [Path::new("src"), Path::new("lib")]);
        assert_eq!(manifest.package.exports, ["a", "b"]);
        assert_eq!(manifest.dependencies["more-itertools"].version, "10.1.0");
        assert_eq!(manifest.dependencies["attrs"].extras, ["tests"]);
        assert_eq!(manifest.capabilities.allow.unwrap(), ["fs.read", "net"]);
    }

    #[test]
    fn mistakes_are_named() {
        let package = "[package]\nname = \"shop\"\n";
        assert!(fails("[package]\n").contains("missing field `name`"));
        assert!(fails("[package]\nname = \"shop\"\nrots = []\n").contains("unknown field `rots`"));
        assert!(fails("[package]\nname = \"a/b\"\n").contains("cannot be the name"));
        assert!(fails("[package]\nname = \"a\"\npython = \"3.8\"\n").contains("Python 3.8"));
        for root in ["../x", "/x", "C:/x", "a\\\\b"] {
            assert!(fails(&format!("{package}roots = [\"{root}\"]\n")).contains("inside the project"), "{root}");
        }
        for version in [">=1.0", "", "*", "1.0, <2"] {
            assert!(fails(&format!("{package}[dependencies]\nsix = \"{version}\"\n")).contains("exact version"));
        }
        assert!(fails(&format!("{package}[dependencies]\nA_b = \"1\"\na-B = \"1\"\n")).contains("listed twice"));
    }

    #[test]
    fn a_problem_shows_the_line() {
        let problems = Manifest::parse(Path::new("molt.toml"), "[package]\nname = 3\n").unwrap_err();
        let text = problems[0].render(molt_codegen::diag::Style::Plain);
        assert!(text.contains("molt.toml:2:8") && text.contains("help:"), "{text}");
    }
}
