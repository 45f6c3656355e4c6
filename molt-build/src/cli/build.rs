//! `molt build` and `molt check`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use molt_codegen::diag::code;
use molt_codegen::emit::{EntryPoint, Profile};

use super::{BuildArgs, CheckArgs, Common, Emit, Screen, capabilities};
use crate::bindings::{c_header, interface};
use crate::cache::Cache;
use crate::compiler;
use crate::driver::{Driver, Options, Program, Progress, Stats};
use crate::error::BuildError;
use crate::graph::{Graph, Roots};
use crate::jobs::Jobs;
use crate::link::platform::Platform;
use crate::link::toolchain::{Linker, Toolchain, host_target};
use crate::link::{self, Object, runtime};
use crate::output;
use crate::plan::Plan;
use crate::problem::Problem;
use crate::project::Policy;
use crate::provenance::{Claims, Evidence, External};
use crate::sha256;
use crate::source::{Tree, file_name};

impl Common {
    /// The options for the compiler.
    pub(super) fn options(&self) -> Options {
        Options {
            target: self.target.clone().unwrap_or_else(|| host_target().to_owned()),
            profile: if self.release { Profile::Release } else { Profile::Debug },
            symbol_prefix: String::new(),
            capabilities: None,
            trusted: false,
        }
    }

    /// How strictly a project is held against its lock.
    pub(super) fn policy(&self) -> Policy {
        Policy::here(self.options().profile, self.locked)
    }

    /// The cache for what is at `path`, or in the current folder.
    pub(super) fn cache(&self, path: Option<&Path>) -> Cache {
        if self.no_cache {
            return Cache::none();
        }
        let path = path.unwrap_or(Path::new("."));
        let start = if path.is_dir() { path } else { path.parent().unwrap_or(Path::new("")) };
        Cache::for_command(if start.as_os_str().is_empty() { Path::new(".") } else { start })
    }
}

/// Compiles what is at `path` and makes a binary of it in `out`.
pub(super) fn binary(
    program: &Program,
    options: &Options,
    linker: Linker,
    out: &Path,
    screen: &Screen,
) -> Result<(), BuildError> {
    let entry = EntryPoint::Program { prefix: options.symbol_prefix.clone() };
    let mut objects = vec![compiler::entry_point(&entry, options)?];
    objects.extend(program.objects.iter().cloned());
    link_objects(&objects, options, linker, out, screen)
}

fn link_objects(
    objects: &[Object],
    options: &Options,
    linker: Linker,
    out: &Path,
    screen: &Screen,
) -> Result<(), BuildError> {
    let toolchain = Toolchain::find(&options.target)?.with_linker(linker);
    let runtime = runtime_archive(options, screen)?;
    screen.message("linking");
    link::binary(&toolchain, objects, &runtime, options.profile == Profile::Release, out)
}

fn runtime_archive(options: &Options, screen: &Screen) -> Result<PathBuf, BuildError> {
    runtime::obtain(&options.target, &mut || screen.step("building the runtime library, once"))
}

/// `molt build`.
pub(super) fn main(arguments: &BuildArgs, screen: &Screen) -> Result<ExitCode, BuildError> {
    if let (Some(list), Some(out)) = (&arguments.batch, &arguments.output) {
        return batch(list, out, arguments, screen);
    }
    let (common, path) = (&arguments.common, arguments.path.as_deref());
    let options = common.options();
    let tree = Tree::default();
    let plan = Plan::new(path, arguments.emit != Emit::Bin, &tree)?;
    let jobs = Jobs::new(common.jobs);
    let cache = common.cache(path);
    let driver = Driver { jobs: &jobs, cache: &cache, progress: screen };
    let platform = Platform::of(&options.target);
    let out = arguments.output.clone().unwrap_or_else(|| default_output(&plan, path, arguments.emit, platform));
    if arguments.emit == Emit::Header {
        let analyzed = plan.analyze(&driver, &tree, common.policy())?;
        screen.problems(&analyzed.warnings);
        let stats = Stats { modules: analyzed.graph.modules.len(), compiled: 0 };
        output::write(&out, c_header::generate(&plan.name, &interface::of(&analyzed.graph)).as_bytes())?;
        let subjects = vec![subject(&out)?];
        provenance(arguments, &plan, (&analyzed.graph, analyzed.lock.is_some()), subjects, &out)?;
        screen.wrote(&out, stats);
        return Ok(ExitCode::SUCCESS);
    }
    let program = plan.compile(&driver, &tree, &options, common.policy())?;
    screen.problems(&program.warnings);
    match arguments.emit {
        Emit::Bin => binary(&program, &options, arguments.linker, &out, screen)?,
        Emit::Obj => {
            for object in &program.objects {
                output::write(&out.join(&object.name), &object.bytes)?;
            }
        }
        Emit::Staticlib => link::static_library(
            Platform::of(&options.target),
            &program.objects,
            &runtime_archive(&options, screen)?,
            &out,
        )?,
        Emit::Header => {}
    }
    if arguments.provenance.is_some() {
        let subjects = match arguments.emit {
            Emit::Obj => program.objects.iter().map(|one| (one.name.clone(), sha256::of(&one.bytes))).collect(),
            _ => vec![subject(&out)?],
        };
        provenance(arguments, &plan, (&program.graph, program.lock.is_some()), subjects, &out)?;
    }
    screen.wrote(&out, program.stats);
    Ok(ExitCode::SUCCESS)
}

/// Writes how the output was made, if that is wanted, from a graph that is or is not as locked.
fn provenance(
    arguments: &BuildArgs,
    plan: &Plan,
    (graph, locked): (&Graph<compiler::Facts>, bool),
    subjects: Vec<(String, String)>,
    out: &Path,
) -> Result<(), BuildError> {
    let Some(file) = &arguments.provenance else { return Ok(()) };
    let options = arguments.common.options();
    let (linked, archived) = (arguments.emit == Emit::Bin, arguments.emit == Emit::Staticlib);
    let toolchain = match linked {
        true => Some(Toolchain::find(&options.target)?.with_linker(arguments.linker)),
        false => None,
    };
    let runtime = match linked || archived {
        true => Some(sha256::of_file(&runtime::obtain(&options.target, &mut || {})?)?.0),
        false => None,
    };
    let source = match &plan.project {
        Some(project) => format!("{} {}", project.manifest.name(), project.manifest.package.version),
        None => plan.name.clone(),
    };
    let emit = arguments.emit.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
    let evidence = Evidence {
        external: External {
            source,
            profile: if arguments.common.release { "release" } else { "debug" },
            target: options.target,
            emit: vec![emit],
        },
        project: plan.project.as_ref().filter(|_| locked),
        graphs: &[graph],
        toolchain: toolchain.as_ref(),
        runtime,
        subjects,
        claims: Claims::from_env(arguments.builder_id.clone()),
    };
    let file = file.clone().unwrap_or_else(|| {
        let mut name = out.as_os_str().to_owned();
        name.push(".provenance.json");
        name.into()
    });
    output::write(&file, evidence.statement()?.as_bytes())
}

/// A file that was written, by name, with its digest.
fn subject(out: &Path) -> Result<(String, String), BuildError> {
    Ok((file_name(out), sha256::of_file(out)?.0))
}

fn default_output(plan: &Plan, path: Option<&Path>, emit: Emit, platform: Platform) -> PathBuf {
    let name = &plan.name;
    let taken = path.is_some_and(Path::is_dir) || Path::new(name).is_dir();
    match emit {
        // A folder's own name is taken by the folder.
        Emit::Bin if taken && platform.executable(name) == *name => format!("{name}.bin"),
        Emit::Bin => platform.executable(name),
        Emit::Obj => format!("{name}-objects"),
        Emit::Staticlib => platform.static_library(name),
        Emit::Header => format!("{name}.h"),
    }
    .into()
}

/// `molt check`.
pub(super) fn check(arguments: &CheckArgs, screen: &Screen) -> Result<ExitCode, BuildError> {
    let common = &arguments.common;
    let tree = Tree::default();
    let plan = match &arguments.path {
        Some(path) => Plan::with_roots(path, file_or_folder(path, &tree)?.0)?,
        None => Plan::new(None, false, &tree).or_else(|_| Plan::new(None, true, &tree))?,
    };
    let jobs = Jobs::new(common.jobs);
    let cache = common.cache(arguments.path.as_deref());
    let driver = Driver { jobs: &jobs, cache: &cache, progress: screen };
    if arguments.capabilities {
        let analyzed = plan.analyze(&driver, &tree, common.policy())?;
        screen.problems(&analyzed.warnings);
        return Ok(capabilities::list(&analyzed.graph, plan.project.as_ref(), screen));
    }
    let program = plan.compile(&driver, &tree, &common.options(), common.policy())?;
    screen.problems(&program.warnings);
    screen.done(program.stats);
    Ok(ExitCode::SUCCESS)
}

/// The roots for looking at one file, with the name of its module: a file inside a package is that package's module,
/// any other file is a script. A folder is a program if it has a `__main__.py`, else a library.
pub(super) fn file_or_folder(path: &Path, tree: &Tree) -> Result<(Roots, String), BuildError> {
    if path.is_dir() {
        let roots = Roots::program(path, tree)?;
        let name = roots.main.as_ref().map(|_| "__main__".to_owned()).or(roots.modules.first().cloned());
        return Ok((roots, name.unwrap_or_default()));
    }
    let dir = path.parent().unwrap_or(Path::new(""));
    if !path.is_file() || !tree.is_package(dir)? {
        return Ok((Roots::script(path)?, "__main__".to_owned()));
    }
    let mut top = dir;
    while let Some(parent) = top.parent()
        && tree.is_package(parent)?
    {
        top = parent;
    }
    let mut roots = Roots::library(top, tree)?;
    let inside = path.with_extension("");
    let inside = inside.strip_prefix(top.parent().unwrap_or(Path::new(""))).unwrap_or(&inside);
    let dotted: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).filter(|part| part != "__init__").collect();
    let name = dotted.join(".");
    roots.modules = vec![name.clone()];
    Ok((roots, name))
}

/// Links many independent scripts into one binary. Each line of the list is a path, or a name and a path; the binary's
/// first argument is the name (by default the path as listed). Scripts with errors are reported and left out.
fn batch(list: &Path, out: &Path, arguments: &BuildArgs, screen: &Screen) -> Result<ExitCode, BuildError> {
    let common = &arguments.common;
    let text = std::fs::read_to_string(list).map_err(|e| BuildError::io("read", list, e))?;
    let scripts: Vec<(usize, &str, &Path)> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .enumerate()
        .map(|(index, line)| match line.split_once('\t') {
            Some((name, path)) => (index, name, Path::new(path)),
            None => (index, line, Path::new(line)),
        })
        .collect();
    let (jobs, one) = (Jobs::new(common.jobs), Jobs::new(std::num::NonZeroUsize::new(1)));
    let cache = common.cache(Some(list));
    let results = jobs.run(&scripts, |(index, _, path)| {
        let options = Options { symbol_prefix: format!("p{index}_"), ..common.options() };
        let driver = Driver { jobs: &one, cache: &cache, progress: &() };
        driver.compile(&Roots::script(path)?, &Tree::default(), &options)
    });
    let (mut objects, mut programs, mut stats, mut failed) = (Vec::new(), Vec::new(), Stats::default(), false);
    for ((index, name, _), result) in scripts.iter().zip(results) {
        match result {
            Ok(program) => {
                stats.modules += program.stats.modules;
                stats.compiled += program.stats.compiled;
                objects.extend(program.objects);
                programs.push(((*name).to_owned(), format!("p{index}_")));
            }
            Err(BuildError::Problems(problems)) => {
                failed = true;
                screen.problems(&problems);
            }
            Err(error) => return Err(error),
        }
    }
    let options = common.options();
    objects.push(compiler::entry_point(&EntryPoint::Choice(programs), &options)?);
    link_objects(&objects, &options, arguments.linker, out, screen)?;
    screen.wrote(out, stats);
    Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// The graph of what `path` belongs to, for commands that look at one module.
pub(super) fn graph_of(
    path: &Path,
    common: &Common,
    screen: &Screen,
) -> Result<(Graph<compiler::Facts>, String), BuildError> {
    let tree = Tree::default();
    let (roots, name) = file_or_folder(path, &tree)?;
    let jobs = Jobs::new(common.jobs);
    let cache = common.cache(Some(path));
    let driver = Driver { jobs: &jobs, cache: &cache, progress: screen };
    let graph = Plan::with_roots(path, roots)?.analyze(&driver, &tree, common.policy())?.graph;
    if graph.modules.contains_key(&name) {
        return Ok((graph, name));
    }
    let problem = Problem::at_path(code::MODULE_NOT_FOUND, path, format!("no module `{name}` in the folder's graph"));
    Err(BuildError::Problems(vec![problem]))
}
