//! `molt doctor`: what Molt finds on this machine, and whether it suffices.

use std::path::Path;
use std::process::{Command, ExitCode};

use molt_codegen::emit::{Profile, Target};
use serde_json::json;

use super::{DoctorArgs, MessageFormat, Screen};
use crate::cache::user_cache_dir;
use crate::error::BuildError;
use crate::link::runtime::{self, Found};
use crate::link::rust_target::{self, RustTarget};
use crate::link::toolchain::{Toolchain, host_target};

/// One thing that was looked for: its name, what was found, and whether that is enough.
type Finding = (&'static str, String, bool);

/// `molt doctor`.
pub(super) fn main(arguments: &DoctorArgs, screen: &Screen) -> Result<ExitCode, BuildError> {
    let target = arguments.target.as_deref().unwrap_or(host_target());
    Target::new(target, Profile::Debug).map_err(|_| BuildError::Target(target.to_owned()))?;
    let findings = findings(target);
    let sound = findings.iter().all(|(.., sound)| *sound);
    match screen.format() {
        MessageFormat::Human => {
            for (name, found, sound) in &findings {
                println!("{name:<9} {found}{}", if *sound { "" } else { "  <-- this is missing" });
            }
            let place = if target == host_target() { "on this machine".to_owned() } else { format!("for {target}") };
            let missing = format!("Molt cannot link {place}.");
            println!("{}", if sound { "Everything Molt needs is here." } else { &missing });
        }
        MessageFormat::Json => {
            for (name, found, sound) in &findings {
                println!("{}", json!({"reason": "finding", "name": name, "found": found, "sound": sound}));
            }
            println!("{}", json!({"reason": "finished", "success": sound}));
        }
    }
    Ok(ExitCode::from(if sound { 0 } else { 3 }))
}

fn findings(target: &str) -> Vec<Finding> {
    let contract = molt_abi::fingerprint::symbol();
    let mut found: Vec<Finding> = vec![
        ("molt", format!("{} (contract {contract})", env!("CARGO_PKG_VERSION")), true),
        ("target", target.to_owned(), true),
    ];
    match Toolchain::find(target) {
        Ok(toolchain) if toolchain.is_zig() => {
            let version = toolchain.zig_version();
            let text = version.as_deref().map_or("does not run".to_owned(), |version| format!("zig {version}"));
            found.push(("compiler", format!("{} ({text})", toolchain.path().display()), version.is_some()));
            found.push(("linker", "zig's own".to_owned(), version.is_some()));
        }
        Ok(toolchain) => {
            let version = first_line_of(toolchain.path(), "--version");
            let text = version.as_deref().unwrap_or("does not run");
            found.push(("compiler", format!("{} ({text})", toolchain.path().display()), version.is_some()));
            found.push(("linker", toolchain.fast_linker().unwrap_or("the compiler's own").to_owned(), true));
        }
        Err(error) => found.push(("compiler", mending(&error), false)),
    }
    match runtime::find(target) {
        Ok(Found::Ready(archive)) => found.push(("runtime", archive.display().to_string(), true)),
        Ok(Found::Buildable { workspace, .. }) => {
            let text = format!("not built yet; the first build makes it from {}", workspace.display());
            found.push(("runtime", text, true));
            // Only where there is something to be built with it.
            let name = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
            let cargo = first_line_of(Path::new(&name), "--version");
            let missing = "not found: install Rust, or set MOLT_RUNTIME_DIR to a folder with `libmolt_rt.a`";
            found.push(("cargo", cargo.clone().unwrap_or_else(|| missing.to_owned()), cargo.is_some()));
            found.push(match rust_target::find(target) {
                RustTarget::Installed(folder) => ("rust std", folder.display().to_string(), true),
                RustTarget::Missing => {
                    let missing = BuildError::Environment(vec![rust_target::missing(target)]);
                    ("rust std", mending(&missing), false)
                }
                RustTarget::NoRust => ("rust std", "not found: no `rustc` runs".to_owned(), false),
            });
        }
        Err(error) => found.push(("runtime", mending(&error), false)),
    }
    let cache = match user_cache_dir() {
        Some(dir) => dir.display().to_string(),
        None => "none: neither MOLT_CACHE_DIR, XDG_CACHE_HOME nor HOME is set".to_owned(),
    };
    found.push(("cache", cache, true));
    found.push(("native", molt_abi::natives::NATIVE_MODULES.join(", "), true));
    found.push(("overlays", molt_stdlib::overlay_names().collect::<Vec<_>>().join(", "), true));
    found
}

/// What is wrong, with the command that mends it.
fn mending(error: &BuildError) -> String {
    match error.problems() {
        [problem, ..] => format!("{}: {}", problem.message(), problem.diagnostic.help.as_deref().unwrap_or_default()),
        [] => error.to_string(),
    }
}

/// The first line that a command prints, if it runs.
fn first_line_of(command: &Path, argument: &str) -> Option<String> {
    let output = Command::new(command).arg(argument).output().ok().filter(|output| output.status.success())?;
    String::from_utf8_lossy(&output.stdout).lines().next().map(str::to_owned)
}
