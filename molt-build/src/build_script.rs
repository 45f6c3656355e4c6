//! The build-script helper: [`compile`] and [`Build`], in the manner of `cc` and `tonic-build`.
//!
//! Invariant: nothing is written outside the output folder, and what Cargo is told to watch exists.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use molt_abi::grant::GrantSet;
use molt_codegen::diag::Style;
use molt_codegen::emit::Profile;

use crate::bindings::{interface, rust};
use crate::cache::Cache;
use crate::driver::{Driver, Options, Stats};
use crate::error::BuildError;
use crate::graph::Roots;
use crate::jobs::Jobs;
use crate::link::archive;
use crate::link::platform::Platform;
use crate::output;
use crate::plan::Plan;
use crate::problem::slashed;
use crate::project::Policy;
use crate::source::Tree;

/// The file in the output folder that `molt_runtime::include_modules!()` includes.
pub const BINDINGS: &str = "molt_modules.rs";

/// Compiles the Python modules in a folder and links them into the crate whose build script this is.
///
/// Errors in the sources are shown by Cargo as errors, and the build stops.
///
/// ```no_run
/// // build.rs
/// molt_build::compile("handlers/");
/// ```
pub fn compile(dir: impl AsRef<Path>) {
    Build::new().dir(dir).compile();
}

/// A build of Python modules for a Rust crate, to be configured.
///
/// In a Cargo build script nothing but [`Build::dir`] is needed; elsewhere (Bazel, another build system) name the output
/// folder and the target.
///
/// ```no_run
/// let output = molt_build::Build::new().dir("handlers").try_compile().unwrap();
/// println!("{} modules", output.stats.modules);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Build {
    dir: PathBuf,
    name: Option<String>,
    out_dir: Option<PathBuf>,
    target: Option<String>,
    profile: Option<Profile>,
    jobs: Option<NonZeroUsize>,
    locked: bool,
    quiet: bool,
    capabilities: Option<GrantSet>,
    trusted: bool,
}

/// What a build wrote and used.
#[derive(Debug, Clone)]
pub struct Output {
    /// The generated bindings.
    pub bindings: PathBuf,
    /// The archive of compiled modules; none when only bindings are made (`DOCS_RS`).
    pub archive: Option<PathBuf>,
    /// The name to link the archive by, as in `-lNAME`.
    pub link_name: String,
    /// Every Python file that was read, sorted.
    pub files: Vec<PathBuf>,
    /// Every folder of modules, sorted: a file that appears in one is a new module.
    pub directories: Vec<PathBuf>,
    /// Warnings, rendered.
    pub warnings: Vec<String>,
    /// How much was compiled.
    pub stats: Stats,
}

impl Build {
    /// A build of nothing yet.
    pub fn new() -> Self {
        Build::default()
    }

    /// The folder of modules, relative to the package's folder. With an `__init__.py` it is a package; without one its
    /// files are top-level modules.
    pub fn dir(&mut self, dir: impl AsRef<Path>) -> &mut Self {
        self.dir = dir.as_ref().to_path_buf();
        self
    }

    /// The name that keeps the link symbols of several programs in one binary apart; by default the package's.
    pub fn name(&mut self, name: impl Into<String>) -> &mut Self {
        self.name = Some(name.into());
        self
    }

    /// Where to write; by default `OUT_DIR`.
    pub fn out_dir(&mut self, dir: impl AsRef<Path>) -> &mut Self {
        self.out_dir = Some(dir.as_ref().to_path_buf());
        self
    }

    /// The target triple; by default `TARGET`.
    pub fn target(&mut self, target: impl Into<String>) -> &mut Self {
        self.target = Some(target.into());
        self
    }

    /// How much work goes into the code; by default none at `opt-level = 0`, else all.
    pub fn profile(&mut self, profile: Profile) -> &mut Self {
        self.profile = Some(profile);
        self
    }

    /// How many modules compile at once; by default what Cargo's jobserver grants.
    pub fn jobs(&mut self, jobs: NonZeroUsize) -> &mut Self {
        self.jobs = Some(jobs);
        self
    }

    /// Whether to refuse, in a debug build too, what differs from `molt.lock`. It only matters in a project: a crate with a
    /// `molt.toml`.
    pub fn locked(&mut self, locked: bool) -> &mut Self {
        self.locked = locked;
        self
    }

    /// The most that the modules may do; by default what they are found to need. A molt.toml that declares capabilities
    /// decides instead. The host can narrow it for each runtime, never widen it.
    pub fn capabilities(&mut self, grants: GrantSet) -> &mut Self {
        self.capabilities = Some(grants);
        self
    }

    /// Whether `MOLT_TRUSTED=1` lifts that limit, in a host that lets the environment have a say; by default no.
    pub fn trusted(&mut self, trusted: bool) -> &mut Self {
        self.trusted = trusted;
        self
    }

    /// Whether to print directives for Cargo; by default yes.
    pub fn cargo_metadata(&mut self, print: bool) -> &mut Self {
        self.quiet = !print;
        self
    }

    /// Compiles, or shows the errors and ends the build script.
    pub fn compile(&self) {
        if let Err(error) = self.try_compile() {
            print_errors(&error);
            // Cargo fails the build because of the lines above, and with status 0 shows nothing else.
            std::process::exit(0);
        }
    }

    /// Compiles, and prints the directives for Cargo.
    pub fn try_compile(&self) -> Result<Output, BuildError> {
        let output = self.build()?;
        if !self.quiet {
            print_directives(&output);
        }
        Ok(output)
    }

    fn build(&self) -> Result<Output, BuildError> {
        let out_dir = match &self.out_dir {
            Some(dir) => dir.clone(),
            None => env("OUT_DIR")?.into(),
        };
        let target = match &self.target {
            Some(target) => target.clone(),
            None => env("TARGET")?,
        };
        let profile = self.profile.unwrap_or_else(|| match std::env::var("OPT_LEVEL").as_deref() {
            Ok("0") => Profile::Debug,
            _ => Profile::Release,
        });
        let name = match &self.name {
            Some(name) => name.clone(),
            None => env("CARGO_PKG_NAME")?,
        };
        let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        check_contract()?;

        let options = Options {
            target,
            profile,
            symbol_prefix: format!("{name}_"),
            capabilities: self.capabilities.clone(),
            trusted: self.trusted,
        };
        let jobs = match self.jobs {
            Some(jobs) => Jobs::new(Some(jobs)),
            None => Jobs::from_cargo_env(),
        };
        let cache = Cache::at(out_dir.join("molt-cache"));
        let tree = Tree::default();
        let plan = Plan::with_roots(&self.dir, Roots::library(&self.dir, &tree)?)?;
        let policy = Policy::here(profile, self.locked);
        let driver = Driver { jobs: &jobs, cache: &cache, progress: &() };
        let bindings = out_dir.join(BINDINGS);
        let link_name = format!("molt_{name}");

        // docs.rs builds documentation only: the bindings are all it needs.
        let (graph, archive_path, warnings, stats) = if std::env::var_os("DOCS_RS").is_some() {
            let analyzed = plan.analyze(&driver, &tree, policy)?;
            let stats = Stats { modules: analyzed.graph.modules.len(), compiled: 0 };
            (analyzed.graph, None, analyzed.warnings, stats)
        } else {
            let program = plan.compile(&driver, &tree, &options, policy)?;
            let platform = Platform::of(&options.target);
            let path = out_dir.join(platform.static_library(&link_name));
            output::write_if_changed(&path, &archive::write(platform, &path, &program.objects)?)?;
            cache.remove_unused();
            (program.graph, Some(path), program.warnings, program.stats)
        };
        let text = rust::generate(&interface::of(&graph), &format!("{}molt_program", options.symbol_prefix));
        output::write_if_changed(&bindings, text.as_bytes())?;
        Ok(Output {
            bindings,
            archive: archive_path,
            link_name,
            files: graph.files.into_iter().chain(plan.watched()).collect(),
            // Not the folder around a package: it holds the whole crate, the build's own output included.
            directories: graph.directories.into_iter().filter(|dir| dir.starts_with(&self.dir)).collect(),
            warnings: warnings.iter().map(|warning| warning.render(Style::Plain)).collect(),
            stats,
        })
    }
}

fn env(name: &'static str) -> Result<String, BuildError> {
    std::env::var(name).map_err(|_| BuildError::MissingEnv(name))
}

/// A runtime of another version is refused here with a sentence, before the linker does it with a symbol.
fn check_contract() -> Result<(), BuildError> {
    let ours = molt_abi::fingerprint::symbol();
    match std::env::var("DEP_MOLT_RT_CONTRACT") {
        Ok(theirs) if theirs != ours => Err(BuildError::Contract { compiler: ours, runtime: theirs }),
        _ => Ok(()),
    }
}

fn print_directives(output: &Output) {
    for path in output.files.iter().chain(&output.directories) {
        println!("cargo::rerun-if-changed={}", slashed(path));
    }
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=DOCS_RS");
    println!("cargo::rerun-if-env-changed=CI");
    for warning in &output.warnings {
        warning.trim_end().lines().for_each(|line| println!("cargo::warning={line}"));
    }
    if let Some(folder) = output.archive.as_ref().and_then(|archive| archive.parent()) {
        println!("cargo::rustc-link-search=native={}", folder.display());
        println!("cargo::rustc-link-lib=static={}", output.link_name);
    }
}

/// Each line is a directive of its own: Cargo shows them under each other.
fn print_errors(error: &BuildError) {
    let mut text = String::new();
    for problem in error.problems() {
        text.push_str(&problem.render(Style::Plain));
    }
    if error.problems().is_empty() {
        text = error.to_string();
    }
    text.trim_end().lines().for_each(|line| println!("cargo::error={line}"));
}
