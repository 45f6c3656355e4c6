//! The C compiler that links, found by the `cc` crate, and the arguments it gets.

use std::path::Path;
use std::process::Command;

use crate::error::BuildError;

/// A C compiler for one target.
#[derive(Debug)]
pub struct Toolchain {
    tool: cc::Tool,
    target: String,
    linker: Option<&'static str>,
}

/// Which linker the C compiler uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Linker {
    /// The fastest on the path, else the compiler's own
    #[default]
    Auto,
    /// The compiler's own
    Default,
    /// mold
    Mold,
    /// LLVM's
    Lld,
    /// GNU's older one
    Bfd,
    /// GNU's newer one
    Gold,
}

impl Linker {
    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Linker::Auto => "auto",
            Linker::Default => "default",
            Linker::Mold => "mold",
            Linker::Lld => "lld",
            Linker::Bfd => "bfd",
            Linker::Gold => "gold",
        }
    }

    /// What to tell the compiler.
    fn choice(self, target: &str) -> Option<&'static str> {
        match self {
            Linker::Auto => fast_linker(target),
            Linker::Default => None,
            named => Some(named.name()),
        }
    }

    /// Those that `auto` may mean on this machine: the compiler's own, and the fast one if there is one.
    pub fn candidates(target: &str) -> Vec<Linker> {
        let fast = match fast_linker(target) {
            Some("mold") => Some(Linker::Mold),
            Some(_) => Some(Linker::Lld),
            None => None,
        };
        [Some(Linker::Default), fast].into_iter().flatten().collect()
    }
}

/// The target `molt` itself was compiled for.
pub fn host_target() -> &'static str {
    env!("MOLT_HOST")
}

impl Toolchain {
    /// The compiler that `CC_<target>`, `TARGET_CC`, `CC` or the platform's custom name.
    pub fn find(target: &str) -> Result<Self, BuildError> {
        let tool = cc::Build::new()
            .target(target)
            .host(host_target())
            .opt_level(2)
            .debug(false)
            .cargo_metadata(false)
            .cargo_warnings(false)
            .try_get_compiler()
            .map_err(|e| BuildError::NoLinker(e.to_string()))?;
        Ok(Toolchain { tool, target: target.to_owned(), linker: Linker::Auto.choice(target) })
    }

    /// With another linker.
    pub fn with_linker(mut self, linker: Linker) -> Self {
        self.linker = linker.choice(&self.target);
        self
    }

    /// The compiler's path.
    pub fn path(&self) -> &Path {
        self.tool.path()
    }

    /// The linker chosen instead of the compiler's default, if any.
    pub fn fast_linker(&self) -> Option<&'static str> {
        self.linker
    }

    /// What the compiler says it is, if it runs.
    pub fn compiler_version(&self) -> Option<String> {
        first_line(self.command().arg("--version"))
    }

    /// What the linker says it is, if it runs.
    pub fn linker_version(&self) -> Option<String> {
        let mut command = self.command();
        command.args(self.linker.map(|linker| format!("-fuse-ld={linker}")));
        first_line(command.arg(if self.target.contains("apple") { "-Wl,-v" } else { "-Wl,--version" }))
    }

    /// A command without arguments. `cc`'s own arguments are for compiling and are left out.
    pub fn command(&self) -> Command {
        let mut command = Command::new(self.tool.path());
        command.envs(self.tool.get_envs());
        if self.tool.is_like_clang() && self.target != host_target() {
            command.arg(format!("--target={}", self.target));
        }
        command
    }

    /// What follows the objects and the runtime archive.
    pub fn link_arguments(&self, release: bool) -> Vec<String> {
        let mut arguments: Vec<String> = Vec::new();
        if self.target.contains("apple") {
            arguments.push("-Wl,-dead_strip".into());
            if release {
                arguments.push("-Wl,-x".into());
            }
            return arguments;
        }
        if let Some(linker) = self.linker {
            arguments.push(format!("-fuse-ld={linker}"));
        }
        // A build id hashes more than the content with some linkers; section folding off keeps addresses of
        // functions distinct, which `is` on builtins relies on.
        arguments.extend(["-Wl,--gc-sections", "-Wl,--build-id=none", "-Wl,-z,relro,-z,now"].map(String::from));
        arguments.push(if release { "-Wl,--strip-all" } else { "-Wl,--strip-debug" }.into());
        // The unwinder of Rust's prebuilt standard library: static, for one library less to load at start.
        arguments.extend(["-static-libgcc", "-lm", "-lpthread", "-ldl"].map(String::from));
        arguments
    }
}

/// The first line that a command prints, in the untranslated form.
fn first_line(command: &mut Command) -> Option<String> {
    let output = command.env("LC_ALL", "C").output().ok().filter(|output| output.status.success())?;
    String::from_utf8_lossy(&output.stdout).lines().next().map(str::to_owned)
}

/// A linker that is several times faster than the default and gives equal results, if it is on the path.
fn fast_linker(target: &str) -> Option<&'static str> {
    if !target.contains("linux") {
        return None;
    }
    let path = std::env::var_os("PATH")?;
    [("mold", "mold"), ("ld.lld", "lld")]
        .into_iter()
        .find(|(program, _)| std::env::split_paths(&path).any(|dir| dir.join(program).is_file()))
        .map(|(_, name)| name)
}
