//! From objects to what the user asked for: a binary, or one archive.
//!
//! Invariant: the bytes of the output depend on the bytes of the objects, the runtime archive and the linker alone.
//! Temporary names never reach the output: no build id, no time stamps, members named after modules.

pub mod archive;
#[cfg(feature = "cli")]
pub mod note;
pub mod platform;
pub mod runtime;
pub mod rust_target;
pub mod toolchain;
pub mod zig;

use std::path::Path;
use std::process::Command;

use crate::error::BuildError;
use crate::output::{self, Pending, Scratch};
use platform::Platform;
use toolchain::Toolchain;

/// An object with the file name it has in archives and on the linker's command line.
#[derive(Debug, Clone)]
pub struct Object {
    /// File name, ending in `.o`.
    pub name: String,
    /// The relocatable object.
    pub bytes: Vec<u8>,
}

/// Links a stand-alone binary.
pub fn binary(
    toolchain: &Toolchain,
    objects: &[Object],
    runtime: &Path,
    release: bool,
    out: &Path,
) -> Result<(), BuildError> {
    let pending = Pending::new(out)?;
    let scratch = Scratch::new(out.parent().unwrap_or(Path::new("")))?;
    // Signatures of macOS binaries hold the name that the linker wrote to, so it is always the same.
    let linked = scratch.path().join("linked").join("program");
    output::create_parent(&linked)?;
    let mut command = toolchain.command();
    command.arg("-o").arg(&linked);
    for object in objects {
        let path = scratch.path().join(&object.name);
        output::write(&path, &object.bytes)?;
        command.arg(path);
    }
    command.arg(runtime).args(toolchain.link_arguments(release));
    run(command)?;
    std::fs::rename(&linked, pending.path()).map_err(|e| BuildError::io("write", out, e))?;
    pending.commit()
}

/// Writes one archive: the program's objects, then the members of the runtime archive.
pub fn static_library(platform: Platform, objects: &[Object], runtime: &Path, out: &Path) -> Result<(), BuildError> {
    let runtime_bytes = std::fs::read(runtime).map_err(|e| BuildError::io("read", runtime, e))?;
    let mut members = objects.to_vec();
    members.extend(archive::members(runtime, &runtime_bytes)?);
    let bytes = archive::write(platform, out, &members)?;
    output::write(out, &bytes)
}

/// Runs the linker; what it prints is part of the error.
fn run(mut command: Command) -> Result<(), BuildError> {
    let shown = format!("{command:?}");
    let output = command.output().map_err(|e| BuildError::NoLinker(format!("{shown}: {e}")))?;
    if output.status.success() {
        return Ok(());
    }
    Err(BuildError::Link { command: shown, output: String::from_utf8_lossy(&output.stderr).into_owned() })
}
