//! `molt package`: builds the project around the current folder and packs what it gives.

use std::path::{Path, PathBuf};

use molt_codegen::emit::{EntryPoint, Profile};

use super::archive::{self, File, Files};
use super::{Artifact, Kind, MANIFEST, Manifest, SCHEMA, SUMS, is_plain};
use crate::bindings::{c_header, interface};
use crate::codes;
use crate::compiler::{self, Facts};
use crate::driver::{Driver, Options};
use crate::error::BuildError;
use crate::graph::Graph;
use crate::link::platform::Platform;
use crate::link::toolchain::{Linker, Toolchain};
use crate::link::{self, runtime};
use crate::output::Scratch;
use crate::plan::Plan;
use crate::problem::Problem;
use crate::project::manifest::PYTHON;
use crate::project::tree::{self, Selection};
use crate::project::{Policy, Project, manifest};
use crate::provenance::{Claims, Evidence, External};
use crate::sbom::{self, cyclonedx};
use crate::sha256;
use crate::source::Tree;

/// Molt's own licences: its runtime is in every output.
const OWN_LICENCES: [(&str, &str); 2] =
    [("LICENSE-APACHE", include_str!("../../LICENSE-APACHE")), ("LICENSE-MIT", include_str!("../../LICENSE-MIT"))];

/// How to make a package.
pub struct Make<'a> {
    /// The project around the current folder.
    pub project: &'a Project,
    /// Compiles.
    pub driver: &'a Driver<'a>,
    /// Target triple.
    pub target: &'a str,
    /// Links the binary.
    pub linker: Linker,
    /// For the provenance.
    pub claims: Claims,
}

/// A package that was made.
#[derive(Debug)]
pub struct Made {
    /// What it says of itself.
    pub manifest: Manifest,
    /// The file.
    pub bytes: Vec<u8>,
}

/// The outputs of a project, and what they were made of.
#[derive(Default)]
struct Outputs {
    files: Vec<(Kind, String, Vec<u8>)>,
    graphs: Vec<Graph<Facts>>,
    lock: Option<[u8; 32]>,
    toolchain: Option<Toolchain>,
}

impl Make<'_> {
    /// Builds and packs.
    ///
    /// # Errors
    /// The project is not as locked or has errors; its version can't be part of a file name.
    pub fn run(&self) -> Result<Made, BuildError> {
        let package = &self.project.manifest.package;
        if !is_plain(&package.version) {
            let message = format!("`{}` can't be the version of a package", package.version);
            let path = self.project.dir.join(manifest::MANIFEST);
            let problem = Problem::at_path(codes::PACKAGE_VERSION, &path, message)
                .with_help("use ASCII letters, digits, `.`, `_`, `+` and `-`, as in `1.4.0-beta.1`");
            return Err(BuildError::Problems(vec![problem]));
        }
        let progress = self.driver.progress;
        let archive = runtime::obtain(self.target, &mut || progress.step("building the runtime library, once"))?;
        let outputs = self.outputs(&archive)?;
        let lock = outputs.lock.map(|digest| sha256::hex(&digest)).unwrap_or_default();
        let mut artifacts: Vec<Artifact> = (outputs.files.iter())
            .map(|(kind, path, bytes)| Artifact {
                path: path.clone(),
                kind: *kind,
                size: bytes.len() as u64,
                sha256: sha256::of(bytes),
            })
            .collect();
        artifacts.sort_by(|a, b| a.path.cmp(&b.path));
        let manifest = Manifest {
            schema: SCHEMA,
            name: package.name.clone(),
            version: package.version.clone(),
            description: package.description.clone(),
            license: package.license.clone(),
            target: self.target.to_owned(),
            python: PYTHON.to_owned(),
            molt: env!("CARGO_PKG_VERSION").to_owned(),
            lock,
            artifacts,
        };
        let mut files = self.documents(&manifest, &outputs, &archive)?;
        for (kind, path, bytes) in outputs.files {
            files.insert(path, File { bytes, executable: kind == Kind::Bin });
        }
        let sums: String = files.iter().map(|(path, file)| format!("{}  {path}\n", sha256::of(&file.bytes))).collect();
        files.insert(SUMS.to_owned(), plain(sums));
        let name = manifest.file_name();
        let bytes = archive::write(&files).map_err(|e| BuildError::io("pack", &name, e))?;
        // A licence file may have a name that no package can hold.
        super::check(Path::new(&name), &bytes)?;
        Ok(Made { manifest, bytes })
    }

    /// A binary if there is a program, a library if hosts call the project.
    fn outputs(&self, archive: &Path) -> Result<Outputs, BuildError> {
        let package = &self.project.manifest.package;
        let name = &package.name;
        let options = Options {
            target: self.target.to_owned(),
            profile: Profile::Release,
            symbol_prefix: String::new(),
            capabilities: None,
            trusted: false,
        };
        let platform = Platform::of(self.target);
        let scratch = Scratch::new(&std::env::temp_dir())?;
        let read = |path: PathBuf| std::fs::read(&path).map_err(|e| BuildError::io("read", path, e));
        let mut outputs = Outputs::default();
        let compile = |library: bool| {
            let tree = Tree::default();
            let plan = Plan::new(None, library, &tree)?;
            let program = plan.compile(self.driver, &tree, &options, Policy::Enforce)?;
            let lock = program.lock;
            Ok::<_, BuildError>((program, lock))
        };
        if package.main.is_some() {
            let (program, lock) = compile(false)?;
            let toolchain = Toolchain::find(self.target)?.with_linker(self.linker);
            let entry = EntryPoint::Program { prefix: String::new() };
            let mut objects = vec![compiler::entry_point(&entry, &options)?];
            objects.extend(program.objects);
            let out = scratch.path().join(name);
            link::binary(&toolchain, &objects, archive, true, &out)?;
            outputs.files.push((Kind::Bin, format!("bin/{}", platform.executable(name)), read(out)?));
            outputs.graphs.push(program.graph);
            (outputs.lock, outputs.toolchain) = (lock, Some(toolchain));
        }
        if package.main.is_none() || !package.exports.is_empty() {
            let (library, lock) = compile(true)?;
            let out = scratch.path().join("library.a");
            link::static_library(platform, &library.objects, archive, &out)?;
            outputs.files.push((Kind::Staticlib, format!("lib/{}", platform.static_library(name)), read(out)?));
            let header = c_header::generate(name, &interface::of(&library.graph));
            outputs.files.push((Kind::Header, format!("include/{name}.h"), header.into_bytes()));
            outputs.graphs.push(library.graph);
            outputs.lock = lock;
        }
        Ok(outputs)
    }

    /// What goes with the outputs.
    fn documents(&self, manifest: &Manifest, outputs: &Outputs, archive: &Path) -> Result<Files, BuildError> {
        let mut files = Files::new();
        // Plain data always serialises.
        let text = serde_json::to_string_pretty(manifest).unwrap_or_default() + "\n";
        files.insert(MANIFEST.to_owned(), plain(text));
        if let Some(lock) = self.project.lock()? {
            files.insert(crate::project::lock::LOCK.to_owned(), plain(lock.encode()));
        }
        let graphs: Vec<_> = outputs.graphs.iter().collect();
        let inventory = sbom::inventory(self.project, &graphs, Some(archive), self.driver.jobs)?;
        let runtime = inventory.runtime.clone();
        files.insert("sbom.cdx.json".to_owned(), plain(cyclonedx::encode(&inventory, true)));
        let evidence = Evidence {
            external: External {
                source: format!("{} {}", manifest.name, manifest.version),
                profile: "release",
                target: self.target.to_owned(),
                emit: manifest.artifacts.iter().map(|artifact| artifact.kind.name().to_owned()).collect(),
            },
            project: Some(self.project),
            graphs: &graphs,
            toolchain: outputs.toolchain.as_ref(),
            runtime,
            subjects: manifest.artifacts.iter().map(|one| (one.path.clone(), one.sha256.clone())).collect(),
            claims: self.claims.clone(),
        };
        files.insert("provenance.json".to_owned(), plain(evidence.statement()?));
        if inventory.has_lib {
            files.insert("licences/molt/PSF-LICENSE".to_owned(), plain(molt_stdlib::LIB_LICENCE.to_owned()));
        }
        for (name, text) in OWN_LICENCES {
            files.insert(format!("licences/molt/{name}"), plain(text.to_owned()));
        }
        files.extend(self.licences()?);
        Ok(files)
    }

    /// The licence files of the project and of vendored packages.
    fn licences(&self) -> Result<Files, BuildError> {
        let mut files = Files::new();
        let mut add = |to: String, from: PathBuf| {
            let bytes = std::fs::read(&from).map_err(|e| BuildError::io("read", &from, e))?;
            files.insert(format!("licences/{to}"), File { bytes, executable: false });
            Ok::<_, BuildError>(())
        };
        let dir = if self.project.dir.as_os_str().is_empty() { Path::new(".") } else { &self.project.dir };
        for entry in std::fs::read_dir(dir).map_err(|e| BuildError::io("read the folder", dir, e))? {
            let entry = entry.map_err(|e| BuildError::io("read the folder", dir, e))?;
            let kind = entry.file_type().map_err(|e| BuildError::io("read", entry.path(), e))?;
            if let Ok(name) = entry.file_name().into_string()
                && kind.is_file()
                && is_licence(&name)
            {
                add(name, entry.path())?;
            }
        }
        for package in &self.project.vendored.packages {
            let dir = self.project.vendor_dir().join(&package.name);
            for file in tree::list(&dir, Selection::All)? {
                let name = file.rsplit('/').next().unwrap_or(&file);
                if is_licence(name) || package.licences.contains(&file) {
                    add(format!("packages/{}/{file}", package.name), dir.join(&file))?;
                }
            }
        }
        Ok(files)
    }
}

impl Kind {
    /// The name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Bin => "bin",
            Kind::Staticlib => "staticlib",
            Kind::Header => "header",
        }
    }
}

fn plain(text: String) -> File {
    File { bytes: text.into_bytes(), executable: false }
}

fn is_licence(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    ["LICENSE", "LICENCE", "COPYING", "NOTICE"].iter().any(|start| upper.starts_with(start)) && !upper.ends_with(".PY")
}
