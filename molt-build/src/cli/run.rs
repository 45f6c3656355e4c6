//! `molt run`: compile, link into the cache, and become the program.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use molt_codegen::emit::Profile;

use super::{RunArgs, Screen, build};
use crate::cache::{KeyBuilder, user_cache_dir};
use crate::driver::{Driver, Program};
use crate::error::BuildError;
use crate::jobs::Jobs;
use crate::link::runtime;
use crate::link::toolchain::Linker;
use crate::output::Scratch;
use crate::plan::Plan;
use crate::source::Tree;

/// How many linked programs are kept for the next run.
const KEPT: usize = 32;

/// `molt run`.
pub(super) fn main(arguments: &RunArgs, screen: &Screen) -> Result<ExitCode, BuildError> {
    let options = arguments.common.options();
    let tree = Tree::default();
    let plan = Plan::new(Some(&arguments.path), false, &tree)?;
    let jobs = Jobs::new(arguments.common.jobs);
    let cache = arguments.common.cache(Some(&arguments.path));
    let driver = Driver { jobs: &jobs, cache: &cache, progress: screen };
    let program = plan.compile(&driver, &tree, &options, arguments.common.policy())?;
    screen.problems(&program.warnings);
    let kept = if arguments.common.no_cache { None } else { user_cache_dir().map(|dir| dir.join("programs")) };
    let (binary, _scratch) = match kept {
        Some(dir) => {
            let archive = runtime::obtain(&options.target, &mut || {})?;
            let binary = dir.join(program_key(&program, &archive, options.profile)?);
            if !binary.is_file() {
                build::binary(&program, &options, Linker::Auto, &binary, screen)?;
                remove_oldest(&dir);
            }
            (binary, None)
        }
        None => {
            let scratch = Scratch::new(&std::env::temp_dir())?;
            let binary = scratch.path().join("program");
            build::binary(&program, &options, Linker::Auto, &binary, screen)?;
            (binary, Some(scratch))
        }
    };
    screen.finish();
    let mut command = Command::new(&binary);
    command.args(&arguments.arguments);
    // What a traceback shows of the source is read from here; a path that is already set is the user's.
    if std::env::var_os("MOLT_SOURCE_PATH").is_none() {
        command.env("MOLT_SOURCE_PATH", plan.roots.label_base());
    }
    start(command, &arguments.path, &binary, _scratch.is_none())
}

/// The name of a linked program: the hash of everything that goes into it.
fn program_key(program: &Program, archive: &Path, profile: Profile) -> Result<String, BuildError> {
    let runtime = std::fs::read(archive).map_err(|e| BuildError::io("read", archive, e))?;
    let mut key = KeyBuilder::new("program")
        .field("profile", format!("{profile:?}").as_bytes())
        .field("runtime", blake3::hash(&runtime).as_bytes());
    for object in &program.objects {
        key = key.field("object", &object.bytes);
    }
    Ok(key.finish().hex())
}

/// Keeps the folder of linked programs small.
fn remove_oldest(dir: &Path) {
    let mut programs: Vec<(std::time::SystemTime, PathBuf)> = std::fs::read_dir(dir)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
        .collect();
    programs.sort();
    for (_, path) in programs.iter().rev().skip(KEPT) {
        // Another process may be removing it too.
        let _ = std::fs::remove_file(path);
    }
}

/// Runs the program with the script's path as `sys.argv[0]`. If nothing is left to clean up, it takes over this
/// process, so that signals and the exit status are its own.
#[cfg(unix)]
fn start(mut command: Command, argv0: &Path, binary: &Path, replace: bool) -> Result<ExitCode, BuildError> {
    use std::os::unix::process::{CommandExt, ExitStatusExt};
    command.arg0(argv0);
    if replace {
        return Err(BuildError::io("run", binary, command.exec()));
    }
    let status = command.status().map_err(|e| BuildError::io("run", binary, e))?;
    // A shell reports death by a signal as 128 plus its number.
    let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal)).unwrap_or(1);
    Ok(ExitCode::from(code as u8))
}

#[cfg(not(unix))]
fn start(mut command: Command, _argv0: &Path, binary: &Path, _replace: bool) -> Result<ExitCode, BuildError> {
    let status = command.status().map_err(|e| BuildError::io("run", binary, e))?;
    Ok(ExitCode::from(status.code().unwrap_or(1) as u8))
}
