//! Compiles Python 3.12 modules from a Cargo build script, from Bazel, or from the `molt` command.
//!
//! `molt-codegen` is a pure function from bytes to bytes; everything that touches the file system, the
//! environment, the clock, threads or other programs happens here.
//!
//! The stages, in order: [`project`] holds the sources against the lock, [`graph`] finds the modules a build consists of, [`driver`] compiles them in
//! parallel through the content [`cache`], [`link`] puts objects together, [`bindings`] writes what the
//! host program includes.
#![forbid(unsafe_code)]

pub mod action;
pub mod bindings;
mod build_script;
pub mod cache;
pub mod capabilities;
#[cfg(feature = "cli")]
pub mod cli;
pub mod codes;
pub mod compiler;
pub mod driver;
pub mod error;
pub mod graph;
pub mod jobs;
pub mod link;
pub mod output;
#[cfg(feature = "cli")]
pub mod package;
pub mod plan;
pub mod problem;
pub mod project;
#[cfg(feature = "cli")]
pub mod provenance;
#[cfg(feature = "cli")]
pub mod reproduce;
#[cfg(feature = "cli")]
pub mod sbom;
#[cfg(feature = "cli")]
pub mod sha256;
pub mod source;

pub use build_script::{BINDINGS, Build, Output, compile};
pub use error::BuildError;
pub use molt_abi::grant::GrantSet;
pub use molt_codegen::emit::Profile;
pub use problem::Problem;
