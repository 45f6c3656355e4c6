//! What a command or a build script builds: a path, or a project, or a path in a project.
//!
//! Invariant: whatever is compiled inside a project was held against its lock first; there is no way around.

use std::path::{Path, PathBuf};

use crate::capabilities;
use crate::codes;
use crate::compiler::Facts;
use crate::driver::{Driver, Options, Program};
use crate::error::BuildError;
use crate::graph::{Graph, Roots};
use crate::problem::Problem;
use crate::project::manifest::MANIFEST;
use crate::project::{Policy, Project, verify};
use crate::source::{Tree, file_name};

/// What to build.
#[derive(Debug)]
pub struct Plan {
    /// The project it belongs to, if any.
    pub project: Option<Project>,
    /// What the program starts from.
    pub roots: Roots,
    /// The name of what is made.
    pub name: String,
    /// Whether it is the program that the lock describes: what it needs is then as locked.
    is_locked_program: bool,
}

/// An analysed program.
#[derive(Debug)]
pub struct Analyzed {
    /// Its modules.
    pub graph: Graph<Facts>,
    /// What differs from the lock, where that is allowed.
    pub warnings: Vec<Problem>,
    /// The digest of the lock, if everything is as locked: programs carry it.
    pub lock: Option<[u8; 32]>,
}

impl Plan {
    /// A plan for `path`: a script, or a folder with a `__main__.py` (a folder of modules for a `library`). Without a
    /// path, it is for the project around the current folder.
    pub fn new(path: Option<&Path>, library: bool, tree: &Tree) -> Result<Self, BuildError> {
        let Some(path) = path else { return Plan::of_project(library, tree) };
        let roots = match path.is_dir() {
            true if library => Roots::library(path, tree)?,
            true => runnable(path, Roots::program(path, tree)?)?,
            false => Roots::script(path)?,
        };
        Plan::with_roots(path, roots)
    }

    fn of_project(library: bool, tree: &Tree) -> Result<Self, BuildError> {
        let Some(project) = Project::around(Path::new(""))? else {
            let problem = Problem::at_path(codes::NO_PROJECT, Path::new("."), "no project here: there is no molt.toml")
                .with_help("name a script or a folder, or make a project with `molt init`");
            return Err(BuildError::Problems(vec![problem]));
        };
        let roots = project.roots(library, tree)?;
        let name = project.manifest.name().to_owned();
        if !library && roots.main.is_none() {
            let path = project.dir.join(MANIFEST);
            let problem = Problem::at_path(codes::NO_MAIN, &path, "the project does not say what to run")
                .with_help("set `package.main` to a script or a folder, or build with `--emit staticlib`");
            return Err(BuildError::Problems(vec![problem]));
        }
        let is_locked_program = !library || project.manifest.package.main.is_none();
        Ok(Plan { project: Some(project), roots, name, is_locked_program })
    }

    /// A plan for what is at `path` and starts from `roots`.
    pub fn with_roots(path: &Path, mut roots: Roots) -> Result<Self, BuildError> {
        let project = Project::around(path)?;
        if let Some(project) = &project {
            project.attach(&mut roots);
        }
        let full = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        let name = file_name(&full);
        let name = name.strip_suffix(".py").map(str::to_owned).unwrap_or(name);
        Ok(Plan { project, roots, name, is_locked_program: false })
    }

    /// The files beside the sources that a build depends on: those of the project, and its vendor folder.
    pub fn watched(&self) -> Vec<PathBuf> {
        let Some(project) = &self.project else { return Vec::new() };
        let files = [project.dir.join(MANIFEST), project.lock_path(), project.vendor_dir()];
        files.into_iter().filter(|path| path.exists()).collect()
    }

    /// Verifies the project, resolves the import graph, and verifies what was read for it.
    pub fn analyze(&self, driver: &Driver<'_>, tree: &Tree, policy: Policy) -> Result<Analyzed, BuildError> {
        let verified = self.project.as_ref().map(|project| verify(project, policy, driver.jobs)).transpose()?;
        let graph = driver.analyze(&self.roots, tree)?;
        let (mut warnings, mut lock) = (Vec::new(), None);
        if let (Some(project), Some(mut verified)) = (&self.project, verified) {
            let mut more = verified.sources(&graph)?;
            if more.is_empty() && self.is_locked_program {
                more = verified.capabilities(&capabilities::infer(&graph).by_owner(&graph, project))?;
            }
            warnings.append(&mut verified.warnings);
            warnings.extend(more);
            lock = verified.lock.filter(|_| warnings.is_empty()).map(|lock| lock.digest());
        }
        Ok(Analyzed { graph, warnings, lock })
    }

    /// The options with what the project says of capabilities.
    fn limited(&self, options: &Options) -> Result<Options, BuildError> {
        let mut options = options.clone();
        if let Some(project) = &self.project {
            if let Some(grants) = capabilities::declared(project)? {
                options.capabilities = Some(grants);
            }
            options.trusted |= project.manifest.capabilities.trusted;
        }
        Ok(options)
    }

    /// Verifies and compiles.
    pub fn compile(
        &self,
        driver: &Driver<'_>,
        tree: &Tree,
        options: &Options,
        policy: Policy,
    ) -> Result<Program, BuildError> {
        let options = &self.limited(options)?;
        let analyzed = self.analyze(driver, tree, policy)?;
        let mut program = driver.compile_graph(analyzed.graph, analyzed.lock, options)?;
        program.warnings.splice(0..0, analyzed.warnings);
        Ok(program)
    }
}

/// Refuses a folder with nothing to run.
fn runnable(path: &Path, roots: Roots) -> Result<Roots, BuildError> {
    if roots.main.is_some() {
        return Ok(roots);
    }
    let problem = Problem::at_path(codes::NO_MAIN, path, "no `__main__.py` in this folder, so there is nothing to run")
        .with_help("name a script, add a `__main__.py`, or build a library with `--emit staticlib`");
    Err(BuildError::Problems(vec![problem]))
}
