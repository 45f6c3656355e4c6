//! `molt sbom`: the bill of materials of a project.
//!
//! Invariant: it is of the bytes on disk, not of what the lock says of them, and of nothing else: no time, no machine, so
//! that equal bytes give an equal document. What reads the disk is here; what the format wants is in [`cyclonedx`].

pub mod cyclonedx;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::compiler::Facts;
use crate::error::BuildError;
use crate::graph::Graph;
use crate::jobs::Jobs;
use crate::project::lock::{Terms, Toolchain};
use crate::project::manifest::normal_name;
use crate::project::tree::{self, FileEntry, Selection};
use crate::project::{Lock, Project, vendored};
use crate::sha256;
use crate::source::Origin;

/// A file with its digests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HashedFile {
    /// Path, size and BLAKE3.
    pub entry: FileEntry,
    /// SHA-256.
    pub sha256: String,
}

/// A vendored package.
#[derive(Debug, Clone)]
pub struct Package {
    /// What the index says of it.
    pub described: vendored::Vendored,
    /// Its files, sorted.
    pub files: Vec<HashedFile>,
    /// Digest of its tree.
    pub tree: String,
    /// Whether the program imports a module of it.
    pub reached: bool,
    /// The packages it requires, by normalised name, sorted.
    pub requires: Vec<String>,
}

/// Everything a project's outputs are made of.
#[derive(Debug, Clone)]
pub struct Inventory {
    /// What molt.toml says.
    pub terms: Terms,
    /// `package.description`.
    pub description: Option<String>,
    /// `package.license`.
    pub license: Option<String>,
    /// The project's own modules, sorted.
    pub files: Vec<HashedFile>,
    /// The names of the packages in `[dependencies]`, sorted.
    pub dependencies: Vec<String>,
    /// What is in the vendor folder, sorted by name.
    pub packages: Vec<Package>,
    /// The compiler.
    pub toolchain: Toolchain,
    /// The modules of Molt's standard library that the program imports, sorted by name.
    pub stdlib: Vec<HashedFile>,
    /// Whether some of them are CPython's own, under its licence.
    pub has_lib: bool,
    /// The native modules that the program imports, sorted.
    pub natives: Vec<String>,
    /// SHA-256 of the runtime archive, where one is there.
    pub runtime: Option<String>,
}

/// Reads the project on disk. `graphs` say what its programs import; `runtime` is the archive that is linked.
pub fn inventory(
    project: &Project,
    graphs: &[&Graph<Facts>],
    runtime: Option<&Path>,
    jobs: &Jobs,
) -> Result<Inventory, BuildError> {
    let manifest = &project.manifest;
    let vendor = project.vendor_dir();
    let reached = reached(project, graphs);
    let mut packages = Vec::new();
    for described in &project.vendored.packages {
        let dir = vendor.join(&described.name);
        let files = hash(&dir, tree::list(&dir, Selection::All)?, jobs)?;
        let entries: Vec<FileEntry> = files.iter().map(|file| file.entry.clone()).collect();
        packages.push(Package {
            tree: tree::digest(&entries),
            reached: reached.contains(&described.name),
            requires: described.requires.iter().map(|requirement| required_name(requirement)).collect(),
            described: described.clone(),
            files,
        });
    }
    Ok(Inventory {
        terms: Terms::of(manifest, Vec::new()),
        description: manifest.package.description.clone(),
        license: manifest.package.license.clone(),
        files: hash(&project.dir, project.own_files()?, jobs)?,
        dependencies: manifest.dependencies.keys().cloned().collect(),
        packages,
        toolchain: Toolchain::current(),
        stdlib: stdlib(graphs),
        has_lib: graphs.iter().any(|graph| has_lib(graph)),
        natives: graphs.iter().flat_map(|graph| &graph.natives).cloned().collect::<BTreeSet<_>>().into_iter().collect(),
        runtime: runtime.map(|archive| sha256::of_file(archive).map(|(digest, _)| digest)).transpose()?,
    })
}

/// The vendored packages that the program imports modules of.
fn reached(project: &Project, graphs: &[&Graph<Facts>]) -> BTreeSet<String> {
    let vendor = project.relative(&project.vendor_dir()).unwrap_or_default() + "/";
    let files =
        graphs.iter().flat_map(|graph| graph.modules.values()).filter_map(|module| match &module.source.origin {
            Origin::File { path, .. } => project.relative(path),
            _ => None,
        });
    files.filter_map(|file| Some(file.strip_prefix(&vendor)?.split_once('/')?.0.to_owned())).collect()
}

/// The modules of the standard library in the graphs, by the label that tracebacks show; they have no path.
fn stdlib(graphs: &[&Graph<Facts>]) -> Vec<HashedFile> {
    let modules = graphs.iter().flat_map(|graph| graph.modules.values()).filter(|module| module.source.is_stdlib());
    let files: BTreeMap<&str, &[u8]> = modules.map(|module| (module.source.label(), &*module.source.bytes)).collect();
    files.into_iter().map(|(label, bytes)| hashed(label, bytes)).collect()
}

/// Whether a module is not one of Molt's own.
fn has_lib(graph: &Graph<Facts>) -> bool {
    let own = |name: &str| molt_stdlib::overlay_names().any(|overlay| overlay == name);
    graph.modules.values().any(|module| module.source.is_stdlib() && !own(&module.source.name))
}

fn hash(dir: &Path, files: Vec<String>, jobs: &Jobs) -> Result<Vec<HashedFile>, BuildError> {
    let hashed = jobs.run(&files, |file| {
        let path = dir.join(file);
        std::fs::read(&path).map(|bytes| hashed(file, &bytes)).map_err(|e| BuildError::io("read", path, e))
    });
    hashed.into_iter().collect()
}

fn hashed(path: &str, bytes: &[u8]) -> HashedFile {
    HashedFile { entry: tree::entry(path, bytes), sha256: sha256::of(bytes) }
}

/// The name in a requirement such as `six==1.16.0`.
fn required_name(requirement: &str) -> String {
    let end = requirement.find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c)));
    normal_name(&requirement[..end.unwrap_or(requirement.len())])
}

/// The packages of a lock as package URLs with the digests of their artifacts, for provenance.
pub(crate) fn artifacts(lock: &Lock) -> impl Iterator<Item = (String, &str)> {
    lock.packages.iter().map(|package| (cyclonedx::purl("pypi", &package.name, &package.version), &*package.sha256))
}
