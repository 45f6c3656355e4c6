//! The C compiler that links, found by the `cc` crate, and the arguments it gets.

use std::path::Path;
use std::process::Command;

use crate::error::BuildError;

/// A C compiler for one target.
#[derive(Debug)]
pub struct Toolchain {
    tool: cc::Tool,
    target: String,
    fast_linker: Option<&'static str>,
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
        let fast_linker = fast_linker(target);
        Ok(Toolchain { tool, target: target.to_owned(), fast_linker })
    }

    /// The compiler's path.
    pub fn path(&self) -> &Path {
        self.tool.path()
    }

    /// The linker chosen instead of the compiler's default, if any.
    pub fn fast_linker(&self) -> Option<&'static str> {
        self.fast_linker
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
        if let Some(linker) = self.fast_linker {
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
