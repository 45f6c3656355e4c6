//! Where `libmolt_rt.a` comes from.
//!
//! In order: `MOLT_RUNTIME_DIR`; beside the `molt` executable or in `../lib/molt` from it; else built by Cargo from
//! the source this program was built from, once per state of that source, into the user's cache. In each of the folders,
//! one named after the target comes first; what lies in the folder itself beside the executable is for this machine.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::archive;
use super::platform::Platform;
use super::rust_target::{self, RustTarget};
use super::toolchain::host_target;
use crate::cache::{KeyBuilder, user_cache_dir};
use crate::codes;
use crate::error::BuildError;
use crate::output;
use crate::problem::Problem;

/// How the archive was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// It is there.
    Ready(PathBuf),
    /// It has to be built from the workspace at this path.
    Buildable {
        /// The workspace.
        workspace: PathBuf,
        /// Where it will be.
        archive: PathBuf,
    },
}

/// Looks for the archive without building it.
pub fn find(target: &str) -> Result<Found, BuildError> {
    let name = Platform::of(target).runtime_archive();
    if let Some(dir) = std::env::var_os("MOLT_RUNTIME_DIR").filter(|dir| !dir.is_empty()) {
        let dir = PathBuf::from(dir);
        return match [dir.join(target).join(name), dir.join(name)].into_iter().find(|archive| archive.is_file()) {
            Some(archive) => checked(target, archive),
            None => Err(BuildError::Runtime(format!(
                "MOLT_RUNTIME_DIR is set, but neither {target}/{name} nor {name} is in {}",
                dir.display()
            ))),
        };
    }
    if let Ok(program) = std::env::current_exe()
        && let Some(dir) = program.parent()
    {
        for dir in [dir.to_path_buf(), dir.join("../lib/molt")] {
            let own = (target == host_target()).then(|| dir.join(name));
            if let Some(archive) =
                [Some(dir.join(target).join(name)), own].into_iter().flatten().find(|archive| archive.is_file())
            {
                return Ok(Found::Ready(archive));
            }
        }
    }
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("")).to_path_buf();
    if !workspace.join("molt-runtime/staticlib/Cargo.toml").is_file() {
        let message = format!(
            "put {target}/{name} beside the `molt` executable, or set MOLT_RUNTIME_DIR to the folder that has it"
        );
        return Err(BuildError::Runtime(message));
    }
    let cache = user_cache_dir()
        .ok_or_else(|| BuildError::Runtime("neither MOLT_CACHE_DIR, XDG_CACHE_HOME nor HOME is set".to_owned()))?;
    let key = source_key(&workspace, target)?;
    let archive = cache.join("runtime").join(&key[..32]).join(name);
    Ok(if archive.is_file() { Found::Ready(archive) } else { Found::Buildable { workspace, archive } })
}

/// A runtime that a user named must be for the target: a linker would only say that it skips files.
fn checked(target: &str, archive: PathBuf) -> Result<Found, BuildError> {
    let bytes = std::fs::read(&archive).map_err(|e| BuildError::io("read", &archive, e))?;
    if archive::is_for(target, &archive, &bytes)? {
        return Ok(Found::Ready(archive));
    }
    let message = format!("this runtime library is not for {target}");
    let help = format!("put the target's into {target}/{} in that folder", Platform::of(target).runtime_archive());
    let problem = Problem::at_path(codes::FOREIGN_RUNTIME, &archive, message).with_help(help);
    Err(BuildError::Environment(vec![problem]))
}

/// The archive, built if need be. `started` is told before a build that takes minutes begins.
pub fn obtain(target: &str, started: &mut dyn FnMut()) -> Result<PathBuf, BuildError> {
    match find(target)? {
        Found::Ready(archive) => Ok(archive),
        Found::Buildable { workspace, archive } => {
            if rust_target::find(target) == RustTarget::Missing {
                return Err(BuildError::Environment(vec![rust_target::missing(target)]));
            }
            started();
            build(&workspace, target, &archive)?;
            Ok(archive)
        }
    }
}

/// The profile in which a panic aborts.
const ABORTS: &str = "molt-rt";

/// The Cargo profile to build with: `molt-rt`, or the one `MOLT_RUNTIME_PROFILE` names for work on Molt itself.
fn profile() -> String {
    std::env::var("MOLT_RUNTIME_PROFILE").ok().filter(|p| !p.is_empty()).unwrap_or_else(|| ABORTS.to_owned())
}

/// The hash of the runtime's source: a new state of it is a new archive.
fn source_key(workspace: &Path, target: &str) -> Result<String, BuildError> {
    let mut files = vec![workspace.join("Cargo.toml"), workspace.join("Cargo.lock")];
    collect(&workspace.join("molt-runtime"), &mut files)?;
    files.sort();
    let mut key = KeyBuilder::new("runtime")
        .field("target", target.as_bytes())
        .field("profile", profile().as_bytes())
        .field("flags", b"no unwind tables, excluded ones");
    for file in files {
        let bytes = match std::fs::read(&file) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => continue,
            Err(e) => return Err(BuildError::io("read", file, e)),
        };
        let name = file.strip_prefix(workspace).unwrap_or(&file);
        key = key.field(&name.to_string_lossy(), &bytes);
    }
    Ok(key.finish().hex())
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) -> Result<(), BuildError> {
    for entry in std::fs::read_dir(dir).map_err(|e| BuildError::io("read the folder", dir, e))? {
        let path = entry.map_err(|e| BuildError::io("read the folder", dir, e))?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|ext| ext == "rs" || ext == "toml") {
            files.push(path);
        }
    }
    Ok(())
}

fn build(workspace: &Path, target: &str, archive: &Path) -> Result<(), BuildError> {
    output::create_parent(archive)?;
    // A target folder of its own: the workspace's may be locked by the very Cargo that runs us.
    let target_dir = archive.ancestors().nth(3).unwrap_or(workspace).join("runtime-build");
    let profile = profile();
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args(["build", "--package", "molt-runtime-static", "--profile", &profile, "--target", target])
        .arg("--manifest-path")
        .arg(workspace.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(&target_dir)
        // A build script's or test's Cargo variables are not meant for this build.
        .env_remove("CARGO_BUILD_TARGET")
        .env_remove("RUSTC_WORKSPACE_WRAPPER")
        // One byte between flags, since a path may have spaces in it.
        .env("CARGO_ENCODED_RUSTFLAGS", rust_flags(workspace, &profile).join("\u{1f}"));
    if workspace.join("Cargo.lock").is_file() {
        command.arg("--locked");
    }
    let shown = format!("{command:?}");
    let output = command.output().map_err(|e| BuildError::Runtime(format!("cannot run {shown}: {e}")))?;
    if !output.status.success() {
        let log = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(BuildError::Runtime(format!("{shown} failed\n{log}")));
    }
    let folder = if profile == "dev" { "debug" } else { &profile };
    let built = target_dir.join(target).join(folder).join(Platform::of(target).runtime_archive());
    let mut bytes = std::fs::read(&built).map_err(|e| BuildError::io("read", &built, e))?;
    if profile == ABORTS {
        archive::exclude_unwind_tables(&built, &mut bytes)?;
    }
    output::write(archive, &bytes)
}

/// The compiler's flags: no path of this machine may get into what users ship (panic messages name source files), and
/// where a panic aborts nothing reads unwinding tables.
fn rust_flags(workspace: &Path, profile: &str) -> Vec<String> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let remap = |from: &Path, to: &str| format!("--remap-path-prefix={}={to}", from.display());
    let mut flags = vec![remap(workspace, "molt")];
    flags.extend(home.map(|home| remap(&home, "cargo")));
    if profile == ABORTS {
        flags.push("-Cforce-unwind-tables=no".to_owned());
    }
    flags
}
