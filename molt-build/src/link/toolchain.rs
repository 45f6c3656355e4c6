//! The C compiler that links for a target, and the arguments it gets.
//!
//! For this machine it is what the `cc` crate finds. For another target it is the same if that is named by `CC_<target>` or is
//! a cross compiler that is installed, else zig.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use super::platform::Platform;
use super::zig::{self, Zig};
use crate::codes;
use crate::error::BuildError;
use crate::problem::Problem;

/// A C compiler for one target.
#[derive(Debug)]
pub struct Toolchain {
    compiler: Compiler,
    target: String,
    platform: Platform,
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

#[derive(Debug)]
enum Compiler {
    Cc(Box<cc::Tool>),
    Zig { zig: Zig, triple: String },
}

/// The target `molt` itself was compiled for.
pub fn host_target() -> &'static str {
    env!("MOLT_HOST")
}

impl Toolchain {
    /// The compiler that `CC_<target>`, `TARGET_CC` or `CC` names, the platform's customary one, or zig.
    pub fn find(target: &str) -> Result<Self, BuildError> {
        let platform = Platform::of(target);
        if platform == Platform::WindowsMsvc {
            return Err(BuildError::Environment(vec![msvc(target)]));
        }
        let tool = cc::Build::new()
            .target(target)
            .host(host_target())
            .opt_level(2)
            .debug(false)
            .cargo_metadata(false)
            .cargo_warnings(false)
            .try_get_compiler();
        let compiler = if target == host_target() {
            Compiler::Cc(Box::new(tool.map_err(|e| BuildError::NoLinker(e.to_string()))?))
        } else {
            match tool {
                Ok(tool) if is_named(target) || is_cross_compiler(tool.path()) => Compiler::Cc(Box::new(tool)),
                _ => match (Zig::find(), zig::triple(target)) {
                    (Some(zig), Some(triple)) => Compiler::Zig { zig, triple },
                    (_, triple) => return Err(BuildError::Environment(vec![no_compiler(target, triple.is_some())])),
                },
            }
        };
        let toolchain = Toolchain { compiler, target: target.to_owned(), platform, linker: None };
        Ok(toolchain.with_linker(Linker::Auto))
    }

    /// With another linker; zig has but its own.
    pub fn with_linker(mut self, linker: Linker) -> Self {
        self.linker = match self.compiler {
            Compiler::Cc(_) => linker.choice(&self.target),
            Compiler::Zig { .. } => None,
        };
        self
    }

    /// The compiler's path.
    pub fn path(&self) -> &Path {
        match &self.compiler {
            Compiler::Cc(tool) => tool.path(),
            Compiler::Zig { zig, .. } => zig.program(),
        }
    }

    /// The version of zig, if it is zig and runs.
    pub fn zig_version(&self) -> Option<String> {
        match &self.compiler {
            Compiler::Cc(_) => None,
            Compiler::Zig { zig, .. } => zig.version(),
        }
    }

    /// Whether it is zig.
    pub fn is_zig(&self) -> bool {
        matches!(self.compiler, Compiler::Zig { .. })
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
        match &self.compiler {
            Compiler::Zig { zig, triple } => zig.compiler(triple),
            Compiler::Cc(tool) => {
                let mut command = Command::new(tool.path());
                command.envs(tool.get_envs());
                if tool.is_like_clang() && self.target != host_target() {
                    command.arg(format!("--target={}", self.target));
                }
                command
            }
        }
    }

    /// What follows the objects and the runtime archive.
    pub fn link_arguments(&self, release: bool) -> Vec<String> {
        let fast = self.linker.map(|linker| format!("-fuse-ld={linker}"));
        let rest = arguments(self.platform, self.is_zig(), release);
        fast.into_iter().chain(rest.into_iter().map(String::from)).collect()
    }
}

/// The linker's arguments for a platform.
fn arguments(platform: Platform, zig: bool, release: bool) -> Vec<&'static str> {
    let mut list = Vec::new();
    // zig chooses among builds of its support libraries by `-s`, and its debug information names folders: always.
    if zig {
        list.push("-s");
    }
    match platform {
        Platform::MacOs => {
            list.push("-Wl,-dead_strip");
            if release && !zig {
                list.push("-Wl,-x");
            }
        }
        Platform::WindowsGnu | Platform::WindowsMsvc => {
            list.push("-Wl,--gc-sections");
            if !zig {
                list.push("-Wl,--no-insert-timestamp");
                list.push(if release { "-Wl,--strip-all" } else { "-Wl,--strip-debug" });
            }
            // What Rust's standard library imports.
            list.extend(["-lkernel32", "-lntdll", "-luserenv", "-lws2_32", "-ldbghelp"]);
        }
        Platform::LinuxGnu | Platform::LinuxMusl | Platform::Other => {
            // A build id hashes more than the content with some linkers; section folding off keeps addresses of
            // functions distinct, which `is` on builtins relies on.
            list.extend(["-Wl,--gc-sections", "-Wl,--build-id=none", "-Wl,-z,relro,-z,now"]);
            if platform == Platform::LinuxMusl {
                list.push("-static");
            }
            if zig {
                // The unwinder of Rust's standard library, which zig builds as well.
                list.push("-lunwind");
            } else {
                list.push(if release { "-Wl,--strip-all" } else { "-Wl,--strip-debug" });
                // The same: static, for one library less to load at start.
                list.push("-static-libgcc");
                if platform == Platform::LinuxMusl {
                    list.push("-lgcc_eh");
                }
            }
            list.extend(["-lm", "-lpthread", "-ldl"]);
        }
    }
    list
}

/// Whether the environment names a compiler for the target.
fn is_named(target: &str) -> bool {
    let variables = [format!("CC_{target}"), format!("CC_{}", target.replace('-', "_")), "TARGET_CC".to_owned()];
    variables.iter().any(|name| std::env::var_os(name).is_some_and(|value: OsString| !value.is_empty()))
}

/// Whether a compiler for another target is there. `cc` gives its customary name whether it is or not, and for some targets that
/// of this machine's own compiler.
fn is_cross_compiler(path: &Path) -> bool {
    let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
    !matches!(name, "cc" | "gcc" | "clang") && zig::on_path(path).is_some()
}

fn no_compiler(target: &str, zig_knows_it: bool) -> Problem {
    let variable = format!("CC_{}", target.replace('-', "_"));
    let help = if zig_knows_it {
        format!("`pip install ziglang`, install a cross compiler for {target}, or name one in {variable}")
    } else {
        format!("name a C compiler for the target in {variable}")
    };
    let message = "no C compiler that links for this target was found";
    Problem::at_path(codes::NO_CROSS_COMPILER, Path::new(target), message).with_help(help)
}

fn msvc(target: &str) -> Problem {
    let message = "Molt does not call Microsoft's linker";
    let help = format!(
        "build with `--emit staticlib` and link the archive with an own `main` in Visual Studio, or build for {}",
        if target.starts_with("aarch64") { "aarch64-pc-windows-gnullvm" } else { "x86_64-pc-windows-gnu" }
    );
    Problem::at_path(codes::NO_MSVC_LINKING, Path::new(target), message).with_help(help)
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
    [("mold", "mold"), ("ld.lld", "lld")]
        .into_iter()
        .find(|(program, _)| zig::on_path(Path::new(program)).is_some())
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_of_the_platforms_linker() {
        let of = |platform, zig| arguments(platform, zig, true).join(" ");
        assert!(of(Platform::LinuxMusl, true).contains("-static -lunwind"));
        assert!(!of(Platform::LinuxGnu, true).contains("gcc"));
        assert!(!of(Platform::LinuxGnu, false).contains("-lunwind"));
        assert!(of(Platform::MacOs, true).starts_with("-s -Wl,-dead_strip"));
        assert!(of(Platform::WindowsGnu, false).contains("-lws2_32"));
    }
}
