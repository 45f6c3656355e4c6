//! `molt package` and `molt publish`.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::{Screen, lock};
use crate::cache::Cache;
use crate::driver::Driver;
use crate::error::BuildError;
use crate::jobs::Jobs;
use crate::link::toolchain::{Linker, host_target};
use crate::output;
use crate::package::registry::{self, Outcome};
use crate::package::{Made, Make, check};
use crate::problem::slashed;
use crate::provenance::Claims;

#[derive(Debug, Args)]
struct BuildFlags {
    /// How many modules compile at once [default: the number of processors]
    #[arg(short, long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Compile for another target than this machine's
    #[arg(long, value_name = "TRIPLE")]
    target: Option<String>,
    /// Which linker the C compiler uses
    #[arg(long, value_enum, default_value_t)]
    linker: Linker,
    /// The URI of the builder, for the provenance [env: MOLT_BUILDER_ID]
    #[arg(long, value_name = "URI")]
    builder_id: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct PackageArgs {
    /// The folder to write to [default: the current one]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    #[command(flatten)]
    flags: BuildFlags,
}

#[derive(Debug, Args)]
pub(super) struct PublishArgs {
    /// A folder, as a path or as `file:///PATH`
    registry: String,
    /// The packages to publish [default: one of the project, made now]
    packages: Vec<PathBuf>,
    #[command(flatten)]
    flags: BuildFlags,
}

/// `molt package`.
pub(super) fn package(arguments: &PackageArgs, screen: &Screen) -> Result<ExitCode, BuildError> {
    let made = make(&arguments.flags, screen)?;
    let path = arguments.output.clone().unwrap_or_default().join(made.manifest.file_name());
    output::write(&path, &made.bytes)?;
    screen.finish();
    screen.report(
        &format!("{}: {} bytes", slashed(&path), made.bytes.len()),
        &json!({"reason": "artifact", "path": slashed(&path), "size": made.bytes.len()}),
    );
    screen.succeeded();
    Ok(ExitCode::SUCCESS)
}

/// `molt publish`.
pub(super) fn publish(arguments: &PublishArgs, screen: &Screen) -> Result<ExitCode, BuildError> {
    let folder = registry::folder(&arguments.registry)?;
    let mut packages = Vec::new();
    for path in &arguments.packages {
        let bytes = std::fs::read(path).map_err(|e| BuildError::io("read", path, e))?;
        packages.push((check(path, &bytes)?, bytes));
    }
    if packages.is_empty() {
        let made = make(&arguments.flags, screen)?;
        packages.push((check(Path::new(&made.manifest.file_name()), &made.bytes)?, made.bytes));
    }
    screen.finish();
    for (package, bytes) in &packages {
        let (path, what, added) = match registry::publish(&folder, package, bytes)? {
            Outcome::Added(path) => (path, "published", true),
            Outcome::Present(path) => (path, "was published already, with the same bytes", false),
        };
        screen.report(
            &format!("{}: {what}", slashed(&path)),
            &json!({"reason": "published", "path": slashed(&path), "sha256": package.sha256, "added": added}),
        );
    }
    screen.succeeded();
    Ok(ExitCode::SUCCESS)
}

fn make(flags: &BuildFlags, screen: &Screen) -> Result<Made, BuildError> {
    let project = lock::project()?;
    let jobs = Jobs::new(flags.jobs);
    let cache = Cache::for_command(&project.dir);
    let make = Make {
        project: &project,
        driver: &Driver { jobs: &jobs, cache: &cache, progress: screen },
        target: flags.target.as_deref().unwrap_or(host_target()),
        linker: flags.linker,
        claims: Claims::from_env(flags.builder_id.clone()),
    };
    make.run()
}
