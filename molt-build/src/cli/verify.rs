//! `molt verify`: whether the project, a binary, or a package is what it should be.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::{Screen, lock};
use crate::codes;
use crate::driver::Progress;
use crate::error::BuildError;
use crate::jobs::Jobs;
use crate::link::toolchain::{Linker, host_target};
use crate::link::{note, runtime};
use crate::package;
use crate::problem::{Problem, slashed};
use crate::project::{Policy, Project, verify};
use crate::reproduce::{Rebuild, Report};

#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// Build the project twice under different conditions, and compare every byte
    #[arg(long)]
    rebuild: bool,
    /// Also hold this binary, archive or object against the lock
    #[arg(long, value_name = "FILE")]
    binary: Vec<PathBuf>,
    /// Check a package instead of the project
    #[arg(long, value_name = "FILE", conflicts_with_all = ["rebuild", "binary"])]
    package: Option<PathBuf>,
    /// How many modules the second build compiles at once [default: the number of processors, at least 2]
    #[arg(short, long, value_name = "N", requires = "rebuild")]
    jobs: Option<NonZeroUsize>,
    /// Compile for another target than this machine's
    #[arg(long, value_name = "TRIPLE", requires = "rebuild")]
    target: Option<String>,
}

/// `molt verify`.
pub(super) fn main(arguments: &VerifyArgs, screen: &Screen) -> Result<ExitCode, BuildError> {
    if let Some(path) = &arguments.package {
        return check_package(path, screen);
    }
    let project = lock::project()?;
    let verified = verify(&project, Policy::Enforce, &Jobs::new(None))?;
    let Some(lock) = verified.lock else { return Ok(ExitCode::from(1)) };
    let hex = blake3::Hash::from_bytes(lock.digest()).to_hex();
    let (files, packages) = (lock.files.len(), lock.packages.len());
    screen.report(
        &format!("sources: {files} files and {packages} packages are as locked"),
        &json!({"reason": "verified", "what": "sources", "files": files, "packages": packages, "lock": hex.as_str()}),
    );
    for path in &arguments.binary {
        note::verify(path, &lock.digest())?;
        screen.report(
            &format!("{}: was built from this lock", slashed(path)),
            &json!({"reason": "verified", "what": "binary", "path": slashed(path), "lock": hex.as_str()}),
        );
    }
    if arguments.rebuild {
        rebuild(&project, arguments, screen)?;
    }
    screen.succeeded();
    Ok(ExitCode::SUCCESS)
}

fn rebuild(project: &Project, arguments: &VerifyArgs, screen: &Screen) -> Result<(), BuildError> {
    let target = arguments.target.as_deref().unwrap_or(host_target());
    let runtime = runtime::obtain(target, &mut || screen.step("building the runtime library, once"))?;
    let molt = std::env::current_exe().map_err(|e| BuildError::io("find", "molt", e))?;
    let processors = std::thread::available_parallelism().map_or(2, NonZeroUsize::get);
    let jobs = arguments.jobs.or(NonZeroUsize::new(processors.max(2))).unwrap_or(NonZeroUsize::MIN);
    let linkers = Linker::candidates(target);
    let rebuild = Rebuild { project, molt: &molt, runtime: &runtime, target, jobs, linkers: &linkers };
    let report = rebuild.run(screen)?;
    for equal in &report.equal {
        screen.report(
            &format!("{}: equal in both builds ({} bytes, sha256 {})", equal.file, equal.size, equal.sha256),
            &json!({"reason": "equal", "file": equal.file, "size": equal.size, "sha256": equal.sha256}),
        );
    }
    match report.is_reproducible() {
        true => Ok(()),
        false => Err(BuildError::Problems(problems(&report, screen))),
    }
}

/// What differs, as problems; for programs that read along, also as it is.
fn problems(report: &Report, screen: &Screen) -> Vec<Problem> {
    let problem = |file: &str, message: String| {
        Problem::at_path(codes::NOT_REPRODUCIBLE, Path::new(file), message)
            .with_help("report this with the section named above; see docs/reproducibility.md")
    };
    let mut problems = Vec::new();
    for difference in &report.differences {
        screen.data(&json!({"reason": "difference", "difference": difference}));
        problems.push(problem(&difference.file, difference.to_string()));
    }
    problems.extend(report.single.iter().map(|file| problem(file, "only one of the builds wrote this".to_owned())));
    problems
}

fn check_package(path: &Path, screen: &Screen) -> Result<ExitCode, BuildError> {
    let checked = package::check_file(path)?;
    let manifest = &checked.manifest;
    screen.report(
        &format!(
            "{}: {} {} for {}, {} files, is whole (sha256 {})",
            slashed(path),
            manifest.name,
            manifest.version,
            manifest.target,
            checked.files.len(),
            checked.sha256
        ),
        &json!({
            "reason": "verified", "what": "package", "path": slashed(path), "name": manifest.name,
            "version": manifest.version, "target": manifest.target, "files": checked.files.len(),
            "sha256": checked.sha256,
        }),
    );
    screen.succeeded();
    Ok(ExitCode::SUCCESS)
}
