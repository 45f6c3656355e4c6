//! `molt doctor`: what Molt finds on this machine, and whether it suffices.

use std::process::{Command, ExitCode};

use crate::cache::user_cache_dir;
use crate::error::BuildError;
use crate::graph::overlay;
use crate::link::runtime::{self, Found};
use crate::link::toolchain::{Toolchain, host_target};

/// `molt doctor`.
pub(super) fn main() -> Result<ExitCode, BuildError> {
    let mut sound = true;
    println!("molt      {} (contract {})", env!("CARGO_PKG_VERSION"), molt_abi::fingerprint::symbol());
    println!("target    {}", host_target());
    match Toolchain::find(host_target()) {
        Ok(toolchain) => {
            let version = Command::new(toolchain.path()).arg("--version").output();
            let version = version.map(|out| String::from_utf8_lossy(&out.stdout).into_owned()).unwrap_or_default();
            let first = version.lines().next().unwrap_or("does not run");
            sound &= !version.is_empty();
            println!("compiler  {} ({first})", toolchain.path().display());
            println!("linker    {}", toolchain.fast_linker().unwrap_or("the compiler's own"));
        }
        Err(error) => {
            sound = false;
            println!("compiler  {error}");
        }
    }
    match runtime::find(host_target()) {
        Ok(Found::Ready(archive)) => println!("runtime   {}", archive.display()),
        Ok(Found::Buildable { workspace, .. }) => {
            println!("runtime   not built yet; the first build makes it from {}", workspace.display());
        }
        Err(error) => {
            sound = false;
            println!("runtime   {error}");
        }
    }
    match user_cache_dir() {
        Some(dir) => println!("cache     {}", dir.display()),
        None => println!("cache     none: neither MOLT_CACHE_DIR, XDG_CACHE_HOME nor HOME is set"),
    }
    println!("native    {}", molt_abi::natives::NATIVE_MODULES.join(", "));
    println!("overlays  {}", overlay::names().collect::<Vec<_>>().join(", "));
    println!("{}", if sound { "Everything Molt needs is here." } else { "Molt cannot link on this machine." });
    Ok(ExitCode::from(if sound { 0 } else { 3 }))
}
