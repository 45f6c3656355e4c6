//! `molt build` and `molt check`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use molt_codegen::diag::code;
use molt_codegen::emit::{EntryPoint, Profile};

use super::{BuildArgs, CheckArgs, Common, Emit, Screen};
use crate::bindings::{c_header, interface};
use crate::cache::Cache;
use crate::codes;
use crate::compiler;
use crate::driver::{Driver, Options, Program, Progress, Stats};
use crate::error::BuildError;
use crate::graph::{Graph, Roots};
use crate::jobs::Jobs;
use crate::link::platform::Platform;
use crate::link::toolchain::{Toolchain, host_target};
use crate::link::{self, Object, runtime};
use crate::output;
use crate::problem::Problem;
use crate::source::{Tree, file_name};

impl Common {
    /// The options for the compiler.
    pub(super) fn options(&self) -> Options {
        Options {
            target: self.target.clone().unwrap_or_else(|| host_target().to_owned()),
            profile: if self.release { Profile::Release } else { Profile::Debug },
            symbol_prefix: String::new(),
        }
    }

    /// The cache for what is at `path`.
    pub(super) fn cache(&self, path: &Path) -> Cache {
        if self.no_cache {
            return Cache::none();
        }
        let start = if path.is_dir() { path } else { path.parent().unwrap_or(Path::new("")) };
        Cache::for_command(if start.as_os_str().is_empty() { Path::new(".") } else { start })
    }
}

/// Compiles what is at `path` and makes a binary of it in `out`.
pub(super) fn binary(program: &Program, options: &Options, out: &Path, screen: &Screen) -> Result<(), BuildError> {
    let entry = EntryPoint::Program { prefix: options.symbol_prefix.clone() };
    let mut objects = vec![compiler::entry_point(&entry, options)?];
    objects.extend(program.objects.iter().cloned());
    link_objects(&objects, options, out, screen)
}

fn link_objects(objects: &[Object], options: &Options, out: &Path, screen: &Screen) -> Result<(), BuildError> {
    let toolchain = Toolchain::find(&options.target)?;
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
        return batch(list, out, &arguments.common, screen);
    }
    let Some(path) = &arguments.path else { return Ok(ExitCode::from(2)) };
    let options = arguments.common.options();
    let tree = Tree::default();
    let roots = roots(path, arguments.emit, &tree)?;
    let jobs = Jobs::new(arguments.common.jobs);
    let cache = arguments.common.cache(path);
    let driver = Driver { jobs: &jobs, cache: &cache, progress: screen };
    let out =
        arguments.output.clone().unwrap_or_else(|| default_output(path, arguments.emit, Platform::of(&options.target)));
    if arguments.emit == Emit::Header {
        let graph = driver.analyze(&roots, &tree)?;
        let stats = Stats { modules: graph.modules.len(), compiled: 0 };
        output::write(&out, c_header::generate(&program_name(path), &interface::of(&graph)).as_bytes())?;
        screen.wrote(&out, stats);
        return Ok(ExitCode::SUCCESS);
    }
    let program = driver.compile(&roots, &tree, &options)?;
    screen.problems(&program.warnings);
    match arguments.emit {
        Emit::Bin => binary(&program, &options, &out, screen)?,
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
    screen.wrote(&out, program.stats);
    Ok(ExitCode::SUCCESS)
}

/// What a path given to `build` or `run` starts from.
pub(super) fn roots(path: &Path, emit: Emit, tree: &Tree) -> Result<Roots, BuildError> {
    if !path.is_dir() {
        return Roots::script(path);
    }
    if emit != Emit::Bin {
        return Roots::library(path, tree);
    }
    let roots = Roots::program(path, tree)?;
    if roots.main.is_none() {
        let problem =
            Problem::at_path(codes::NO_MAIN, path, "no `__main__.py` in this folder, so there is nothing to run")
                .with_help("name a script, add a `__main__.py`, or build a library with `--emit staticlib`");
        return Err(BuildError::Problems(vec![problem]));
    }
    Ok(roots)
}

/// The name of a script or folder, without `.py`.
fn program_name(path: &Path) -> String {
    let full = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let name = file_name(&full);
    name.strip_suffix(".py").map(str::to_owned).unwrap_or(name)
}

fn default_output(path: &Path, emit: Emit, platform: Platform) -> PathBuf {
    let name = program_name(path);
    match emit {
        // A folder's own name is taken by the folder.
        Emit::Bin if path.is_dir() && platform.executable(&name) == name => format!("{name}.bin"),
        Emit::Bin => platform.executable(&name),
        Emit::Obj => format!("{name}-objects"),
        Emit::Staticlib => platform.static_library(&name),
        Emit::Header => format!("{name}.h"),
    }
    .into()
}

/// `molt check`.
pub(super) fn check(arguments: &CheckArgs, screen: &Screen) -> Result<ExitCode, BuildError> {
    let tree = Tree::default();
    let (roots, _) = file_or_folder(&arguments.path, &tree)?;
    let jobs = Jobs::new(arguments.common.jobs);
    let cache = arguments.common.cache(&arguments.path);
    let driver = Driver { jobs: &jobs, cache: &cache, progress: screen };
    let program = driver.compile(&roots, &tree, &arguments.common.options())?;
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
fn batch(list: &Path, out: &Path, common: &Common, screen: &Screen) -> Result<ExitCode, BuildError> {
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
    let cache = common.cache(list);
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
    link_objects(&objects, &options, out, screen)?;
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
    let cache = common.cache(path);
    let graph = Driver { jobs: &jobs, cache: &cache, progress: screen }.analyze(&roots, &tree)?;
    if graph.modules.contains_key(&name) {
        return Ok((graph, name));
    }
    let problem = Problem::at_path(code::MODULE_NOT_FOUND, path, format!("no module `{name}` in the folder's graph"));
    Err(BuildError::Problems(vec![problem]))
}
