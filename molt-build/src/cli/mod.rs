//! The `molt` command: arguments in, exit status out. Everything it does is in the library; here it is only asked for
//! and shown.
//!
//! Exit status: 0 done; 1 errors in the Python sources (for `molt run`: the program's own status); 2 wrong usage; 3 the
//! environment (no C compiler, no runtime archive, a file that can't be written).

mod action;
mod build;
mod capabilities;
mod doctor;
mod explain;
mod lock;
mod output;
mod package;
mod run;
mod sbom;
mod stage;
mod verify;

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::error::BuildError;
use crate::link::toolchain::Linker;
pub use output::{MessageFormat, Screen};

/// Compiles Python 3.12 to native code.
#[derive(Debug, Parser)]
#[command(
    name = "molt",
    version,
    about = "Compiles Python 3.12 to native code",
    after_help = "Exit status: 0 done; 1 errors in the Python sources (`run`: the program's own status); 2 wrong usage; \
                  3 fault of the environment."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// How messages are written
    #[arg(long, global = true, value_enum, default_value_t)]
    message_format: MessageFormat,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Compile a script or a folder
    Build(BuildArgs),
    /// Compile a script or a folder and run it
    Run(RunArgs),
    /// Show a stage of the compilation of one file
    Emit(EmitArgs),
    /// Look for errors without writing anything
    Check(CheckArgs),
    /// Write molt.lock, or check the project against it
    Lock(lock::LockArgs),
    /// Check the project against its lock; with --rebuild, that it builds to the same bytes twice
    Verify(verify::VerifyArgs),
    /// Write the project's bill of materials
    Sbom(sbom::SbomArgs),
    /// Build the project and pack what it gives
    Package(package::PackageArgs),
    /// Add a package to a registry, which is a folder
    Publish(package::PublishArgs),
    /// Show what Molt finds on this machine, and what mends what is missing
    Doctor(DoctorArgs),
    /// One step of a build, for build systems; `@FILE` stands for the lines of a file
    #[command(hide = true, subcommand)]
    Action(action::Action),
    /// What `molt_build::compile(DIR)` does in a Cargo build script
    #[command(hide = true)]
    BuildScript {
        /// The folder of modules
        dir: PathBuf,
    },
    /// Explain a diagnostic code, or list all
    Explain {
        /// A code such as MOLT0301; none lists all
        code: Option<String>,
    },
}

/// What `molt build` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Emit {
    /// An executable
    #[default]
    Bin,
    /// A folder of objects
    Obj,
    /// One archive with the program and the runtime
    Staticlib,
    /// The C header of the program's functions
    Header,
}

#[derive(Debug, Args)]
struct Common {
    /// Optimise (slower to compile, faster to run)
    #[arg(long)]
    release: bool,
    /// How many modules compile at once [default: the number of processors]
    #[arg(short, long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Compile for another target than this machine's
    #[arg(long, value_name = "TRIPLE")]
    target: Option<String>,
    /// Refuse what molt.lock does not have, as release builds and CI do
    #[arg(long)]
    locked: bool,
    /// Neither read nor write the cache of compiled modules
    #[arg(long)]
    no_cache: bool,
}

#[derive(Debug, Args)]
struct BuildArgs {
    /// A script, or a folder of modules [default: the project around the current folder]
    path: Option<PathBuf>,
    /// Where to write [default: the name of the script or project, or of the folder with `.bin`; `NAME-objects`, `libNAME.a`, `NAME.h`]
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// What to write
    #[arg(long, value_enum, default_value_t)]
    emit: Emit,
    /// Which linker the C compiler uses
    #[arg(long, value_enum, default_value_t)]
    linker: Linker,
    /// Also write how the output was made, as in-toto statement with SLSA provenance [default: OUT.provenance.json]
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, conflicts_with = "batch")]
    provenance: Option<Option<PathBuf>>,
    /// The URI of the builder, for the provenance [env: MOLT_BUILDER_ID]
    #[arg(long, value_name = "URI", requires = "provenance")]
    builder_id: Option<String>,
    /// Link the scripts listed in this file, one per line, into one binary whose first argument selects the script
    #[arg(long, hide = true, value_name = "LIST", conflicts_with = "path", requires = "output")]
    batch: Option<PathBuf>,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Args)]
struct RunArgs {
    #[command(flatten)]
    common: Common,
    /// A script, or a folder with a `__main__.py`
    path: PathBuf,
    /// Arguments of the program
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<OsString>,
}

#[derive(Debug, Args)]
struct EmitArgs {
    /// hir, mir, mir-after=PASS, clif or asm
    #[arg(long)]
    stage: String,
    /// The file to show
    path: PathBuf,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Args)]
struct CheckArgs {
    /// A script, a module of a package, or a folder [default: the project around the current folder]
    path: Option<PathBuf>,
    /// List the places that need a capability, instead of compiling
    #[arg(long)]
    capabilities: bool,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Args)]
struct DoctorArgs {
    /// Look for what builds for this target need
    #[arg(long, value_name = "TRIPLE")]
    target: Option<String>,
}

/// Runs the command with the process's arguments.
pub fn main() -> ExitCode {
    let cli = Cli::parse_from(arguments());
    let screen = Screen::new(cli.message_format);
    let result = match &cli.command {
        Command::Build(arguments) => build::main(arguments, &screen),
        Command::Run(arguments) => run::main(arguments, &screen),
        Command::Emit(arguments) => stage::main(arguments, &screen),
        Command::Check(arguments) => build::check(arguments, &screen),
        Command::Lock(arguments) => lock::main(arguments, &screen),
        Command::Verify(arguments) => verify::main(arguments, &screen),
        Command::Sbom(arguments) => sbom::main(arguments, &screen),
        Command::Package(arguments) => package::package(arguments, &screen),
        Command::Publish(arguments) => package::publish(arguments, &screen),
        Command::Doctor(arguments) => doctor::main(arguments, &screen),
        Command::Action(action) => action::main(action, &screen),
        Command::BuildScript { dir } => {
            crate::compile(dir);
            Ok(ExitCode::SUCCESS)
        }
        Command::Explain { code } => return explain::main(code.as_deref()),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            screen.error(&error);
            ExitCode::from(status(&error))
        }
    }
}

/// The process's arguments. Build systems may put those of an action into a file; elsewhere `@` means nothing.
fn arguments() -> Vec<OsString> {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    if arguments.get(1).is_none_or(|command| command != "action") {
        return arguments;
    }
    argfile::expand_args_from(arguments.iter().cloned(), argfile::parse_fromfile, argfile::PREFIX)
        .unwrap_or_else(|error| Cli::command().error(clap::error::ErrorKind::Io, error).exit())
}

/// The exit status for an error.
fn status(error: &BuildError) -> u8 {
    match error {
        BuildError::Problems(_) => 1,
        BuildError::Target(_) => 2,
        _ => 3,
    }
}
