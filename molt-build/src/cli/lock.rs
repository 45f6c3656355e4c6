//! `molt lock`: writes `molt.lock`, or checks it.

use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::{MessageFormat, Screen};
use crate::cache::Cache;
use crate::capabilities;
use crate::codes;
use crate::driver::Driver;
use crate::error::BuildError;
use crate::jobs::Jobs;
use crate::output;
use crate::problem::{Problem, slashed};
use crate::project::{Needs, Policy, Project, changes, make_lock, verify};
use crate::source::Tree;

#[derive(Debug, Args)]
pub(super) struct LockArgs {
    /// Write nothing; fail if the project is not as locked
    #[arg(long)]
    check: bool,
}

/// The project around the current folder, for commands that need one.
pub(super) fn project() -> Result<Project, BuildError> {
    Project::around(Path::new(""))?.ok_or_else(|| {
        let problem = Problem::at_path(codes::NO_PROJECT, Path::new("."), "no project here: there is no molt.toml");
        BuildError::Problems(vec![problem.with_help("go to the project's folder, or make one with `molt init`")])
    })
}

/// What the program of the project needs, or its modules, if it has none to run.
fn needs(project: &Project, jobs: &Jobs, screen: &Screen) -> Result<Needs, BuildError> {
    let tree = Tree::default();
    let roots = project.roots(false, &tree)?;
    let cache = Cache::for_command(&project.dir);
    let graph = Driver { jobs, cache: &cache, progress: screen }.analyze(&roots, &tree)?;
    Ok(capabilities::infer(&graph).by_owner(&graph, project))
}

/// `molt lock`.
pub(super) fn main(arguments: &LockArgs, screen: &Screen) -> Result<ExitCode, BuildError> {
    let project = project()?;
    let jobs = Jobs::new(None);
    if arguments.check {
        verify(&project, Policy::Enforce, &jobs)?;
        screen.report("project is as locked", &json!({"reason": "finished", "success": true}));
        return Ok(ExitCode::SUCCESS);
    }
    let lock = make_lock(&project, needs(&project, &jobs, screen)?, &jobs)?;
    // A lock that can't be read is replaced like one that is not there.
    let before = project.lock().ok().flatten();
    let path = project.lock_path();
    output::write_if_changed(&path, lock.encode().as_bytes())?;
    for change in before.iter().flat_map(|before| changes::changes(before, &lock)) {
        screen.report(&change.to_string(), &json!({"reason": "change", "change": change}));
    }
    let (files, packages) = (lock.files.len(), lock.packages.len());
    screen.report(
        &format!("{}: {files} files, {packages} packages", slashed(&path)),
        &json!({"reason": "artifact", "path": slashed(&path), "files": files, "packages": packages}),
    );
    if screen.format() == MessageFormat::Json {
        screen.report("", &json!({"reason": "finished", "success": true}));
    }
    Ok(ExitCode::SUCCESS)
}
