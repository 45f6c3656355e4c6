//! Repository chores: `cargo xtask bless | tidy | bench | package`.
//!
//! Invariant: nothing here is needed to build or test the workspace; `bless` and `bench` are the
//! only commands that start a CPython.

#![forbid(unsafe_code)]

mod bench;
mod bless;
mod package;
mod tidy;

use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask COMMAND
  tidy                        checks the rules that compilers do not know
  bless [FILTER…] [--check]   record what python3.12 prints for tests/differential
                              (and the report of the examples); --check only compares
  bench [FILTER…] [--runs N]  measures tests/bench against python3.12; without a filter
                              writes docs/benchmarks.md
  package [--verify]          packs the published crates; --verify builds what was packed
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let result = match args.split_first() {
        Some((command, rest)) => match command.as_str() {
            "bless" => bless::run(&root(), rest),
            "bench" => bench::run(&root(), rest),
            "measure" => bench::measure::child(rest),
            "package" => package::run(&root(), rest),
            "tidy" => tidy::run(&root()),
            _ => Err(USAGE.to_owned()),
        },
        None => Err(USAGE.to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// The workspace's root: xtask's own directory's parent.
fn root() -> PathBuf {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    own.parent().map(PathBuf::from).unwrap_or(own)
}
