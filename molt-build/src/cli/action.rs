//! `molt action`: one step of a build, for build systems. See [`crate::action`].

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use molt_codegen::emit::Profile;
use serde_json::json;

use super::Screen;
use molt_abi::grant::GrantSet;

use crate::action::{self, Given, Mistakes, Request, Unit};
use crate::codes;
use crate::driver::{Options, Stats};
use crate::error::BuildError;
use crate::jobs::Jobs;
use crate::link::archive;
use crate::link::platform::Platform;
use crate::link::toolchain::host_target;
use crate::output;
use crate::problem::Problem;

/// `molt action`.
#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Read one module alone: its facts, and its interface
    Facts {
        #[command(flatten)]
        module: ModuleArgs,
        /// Where to write the facts
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
        /// Where to write what importers depend on
        #[arg(long, value_name = "FILE")]
        interface: PathBuf,
    },
    /// Compile one module against the interfaces of others
    Compile {
        #[command(flatten)]
        module: ModuleArgs,
        #[command(flatten)]
        given: GivenArgs,
        #[command(flatten)]
        code: CodeArgs,
        /// Where to write the object
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Check the import graph of a program, and write what links its modules
    Program {
        #[command(flatten)]
        given: GivenArgs,
        /// A module that the program starts from: `__main__`, or one that hosts call
        #[arg(long = "root", value_name = "NAME", required = true)]
        roots: Vec<String>,
        #[command(flatten)]
        code: CodeArgs,
        /// What the program may do, a rule each; `none` for nothing [default: what it was found to need]
        #[arg(long = "capability", value_name = "RULE")]
        capabilities: Vec<String>,
        /// Let MOLT_TRUSTED=1 count
        #[arg(long)]
        trusted: bool,
        /// Where to write the object with the link table
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
        /// Where to write the object with `main`
        #[arg(long, value_name = "FILE")]
        entry: Option<PathBuf>,
        /// Where to write what `molt action supplied` has to compile
        #[arg(long, value_name = "FILE")]
        request: PathBuf,
    },
    /// Compile the modules that no target has: Molt's standard library, namespace packages
    Supplied {
        /// What `molt action program` asks for
        request: PathBuf,
        #[command(flatten)]
        code: CodeArgs,
        /// Where to write the archive
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Write the C header of modules; their facts, not interfaces, are to be given
    Header {
        #[command(flatten)]
        given: GivenArgs,
        /// A module that hosts call
        #[arg(long = "root", value_name = "NAME", required = true)]
        roots: Vec<String>,
        /// The program's name, for the include guard
        #[arg(long)]
        name: String,
        /// Where to write it
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Hold the vendored packages of a project against its lock, and list them as JSON
    Vendored {
        /// The project's folder
        project: PathBuf,
    },
    /// Put objects and the members of archives into one archive
    Archive {
        /// Objects and archives
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// The target, whose kind of archive it is [default: this machine's]
        #[arg(long, value_name = "TRIPLE")]
        target: Option<String>,
        /// Where to write it
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
}

#[derive(Debug, Args)]
pub(super) struct ModuleArgs {
    /// Its dotted name; `__main__` for a program's script
    #[arg(long, value_name = "NAME")]
    module: String,
    /// The path shown in tracebacks
    #[arg(long)]
    label: String,
    /// The file is a package's `__init__.py`
    #[arg(long)]
    package: bool,
    /// Let mistakes in it stop only the programs that import it
    #[arg(long)]
    defer: bool,
    /// The file
    source: PathBuf,
}

impl ModuleArgs {
    fn unit(&self) -> Unit<'_> {
        Unit { name: &self.module, label: &self.label, is_package: self.package, path: &self.source }
    }

    fn mistakes(&self) -> Mistakes {
        if self.defer { Mistakes::Defer } else { Mistakes::Refuse }
    }
}

#[derive(Debug, Args)]
pub(super) struct GivenArgs {
    /// A module with the file that `molt action facts` wrote for it
    #[arg(long = "given", value_name = "NAME=FILE")]
    given: Vec<String>,
    /// Where to list the files that had no influence, one a line
    #[arg(long, value_name = "FILE")]
    unused: Option<PathBuf>,
}

impl GivenArgs {
    fn read(&self) -> Result<Given, BuildError> {
        Ok(Given::new(action::named(&self.given)?))
    }

    fn write_unused(&self, given: &Given) -> Result<(), BuildError> {
        let Some(out) = &self.unused else { return Ok(()) };
        let lines: Vec<String> = given.unused().iter().map(|path| format!("{}\n", path.display())).collect();
        output::write(out, lines.concat().as_bytes())
    }
}

#[derive(Debug, Args)]
pub(super) struct CodeArgs {
    /// The target [default: this machine's]
    #[arg(long, value_name = "TRIPLE")]
    target: Option<String>,
    /// Optimise
    #[arg(long)]
    release: bool,
    /// Put before link symbols; tells apart several programs in one binary
    #[arg(long, value_name = "PREFIX", default_value = "")]
    prefix: String,
}

impl CodeArgs {
    fn options(&self) -> Options {
        Options {
            target: self.target.clone().unwrap_or_else(|| host_target().to_owned()),
            profile: if self.release { Profile::Release } else { Profile::Debug },
            symbol_prefix: self.prefix.clone(),
            capabilities: None,
            trusted: false,
        }
    }
}

/// The rules of a target; `None` if it has none.
fn grants(rules: &[String]) -> Result<Option<GrantSet>, BuildError> {
    match rules {
        [] => Ok(None),
        [none] if none == "none" => Ok(Some(GrantSet::none())),
        rules => GrantSet::parse_list(rules.iter().map(String::as_str)).map(Some).map_err(|error| {
            let problem = Problem::at_path(codes::GRANT, Path::new("capabilities"), error.to_string());
            let help = "rules look like \"fs.read\", \"fs.read:data/\" or \"!net\"; see docs/capabilities.md";
            BuildError::Problems(vec![problem.with_help(help)])
        }),
    }
}

/// `molt action`.
pub(super) fn main(action: &Action, screen: &Screen) -> Result<ExitCode, BuildError> {
    match action {
        Action::Facts { module, output, interface } => {
            let record = action::facts(&module.unit(), module.mistakes())?;
            output::write(output, &record.encode())?;
            output::write(interface, &record.interface().encode())?;
        }
        Action::Compile { module, given, code, output } => {
            let modules = given.read()?;
            let compiled = action::compile(&module.unit(), &modules, &code.options(), module.mistakes())?;
            screen.problems(&compiled.warnings);
            output::write(output, &compiled.object)?;
            given.write_unused(&modules)?;
        }
        Action::Program { given, roots, code, capabilities, trusted, output, entry, request } => {
            let modules = given.read()?;
            let capabilities = grants(capabilities)?;
            let options = Options { capabilities, trusted: *trusted, ..code.options() };
            let program = action::program(roots, &modules, &options)?;
            output::write(output, &program.table)?;
            if let (Some(path), Some(bytes)) = (entry, &program.entry) {
                output::write(path, bytes)?;
            }
            output::write(request, &program.request.encode())?;
            given.write_unused(&modules)?;
        }
        Action::Supplied { request, code, output } => {
            let jobs = Jobs::new(std::num::NonZeroUsize::new(1));
            let options = code.options();
            let objects = action::supplied(&Request::read(request)?, &options, &jobs)?;
            output::write(output, &archive::write(Platform::of(&options.target), output, &objects)?)?;
        }
        Action::Header { given, roots, name, output } => {
            let modules = given.read()?;
            output::write(output, action::header(name, roots, &modules)?.as_bytes())?;
            given.write_unused(&modules)?;
        }
        Action::Vendored { project } => {
            let vendored = action::vendored(project, &Jobs::new(None))?;
            let mut message = json!(vendored);
            message["reason"] = "vendored".into();
            // A reader that went away is not an error.
            let _ = writeln!(std::io::stdout(), "{message}");
        }
        Action::Archive { files, target, output } => {
            let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
            output::write(output, &action::archive(&files, target.as_deref().unwrap_or(host_target()), output)?)?;
        }
    }
    screen.done(Stats::default());
    Ok(ExitCode::SUCCESS)
}
