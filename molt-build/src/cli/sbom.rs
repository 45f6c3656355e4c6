//! `molt sbom`: writes the project's bill of materials.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::{MessageFormat, Screen, lock};
use crate::cache::Cache;
use crate::driver::Driver;
use crate::error::BuildError;
use crate::jobs::Jobs;
use crate::link::runtime::{self, Found};
use crate::link::toolchain::host_target;
use crate::output;
use crate::plan::Plan;
use crate::problem::slashed;
use crate::sbom::{cyclonedx, inventory};
use crate::source::Tree;

#[derive(Debug, Args)]
pub(super) struct SbomArgs {
    /// Where to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Which standard the document follows
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// List every file with its digests
    #[arg(long)]
    files: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    /// CycloneDX 1.6, as JSON
    #[default]
    CyclonedxJson,
}

/// `molt sbom`.
pub(super) fn main(arguments: &SbomArgs, screen: &Screen) -> Result<ExitCode, BuildError> {
    let project = lock::project()?;
    let (jobs, tree) = (Jobs::new(None), Tree::default());
    let cache = Cache::for_command(&project.dir);
    let driver = Driver { jobs: &jobs, cache: &cache, progress: screen };
    // Nothing is compiled: the graph says what is used, whether or not it is as locked.
    let package = &project.manifest.package;
    let mut graphs = Vec::new();
    for library in [false, true] {
        let wanted =
            if library { package.main.is_none() || !package.exports.is_empty() } else { package.main.is_some() };
        if wanted {
            graphs.push(driver.analyze(&Plan::new(None, library, &tree)?.roots, &tree)?);
        }
    }
    let runtime = match runtime::find(host_target()) {
        Ok(Found::Ready(archive)) => Some(archive),
        _ => None,
    };
    let inventory = inventory(&project, &graphs.iter().collect::<Vec<_>>(), runtime.as_deref(), &jobs)?;
    let Format::CyclonedxJson = arguments.format;
    let text = cyclonedx::encode(&inventory, arguments.files);
    screen.finish();
    match &arguments.output {
        Some(path) => {
            output::write(path, text.as_bytes())?;
            screen.data(&json!({"reason": "artifact", "path": slashed(path)}));
        }
        None if screen.format() == MessageFormat::Json => {
            let document: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
            screen.data(&json!({"reason": "sbom", "document": document}));
        }
        None => {
            // A closed standard output leaves nobody to tell.
            let _ = std::io::stdout().write_all(text.as_bytes());
        }
    }
    screen.succeeded();
    Ok(ExitCode::SUCCESS)
}
