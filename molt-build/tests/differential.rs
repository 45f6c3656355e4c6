//! `tests/differential` against the `molt` command: every program prints what CPython 3.12 printed.
//!
//! `cargo test --test differential -- AREA/NAME…` runs some; `--list-failures` prints the ids of
//! the failing programs in the form of `pending.txt`; `MOLT=/path/to/molt` tests another binary; `--debug` tests
//! the code of debug builds, which no optimising pass has seen.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use molt_differential::suite::Suite;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if args.iter().any(|a| a == "--list") {
        println!("differential: test");
        return ExitCode::SUCCESS;
    }
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("differential");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/differential");
    // Without `..`, so that the path a traceback shows can be cut off.
    let root = root.canonicalize().unwrap_or(root);
    let suite = Suite {
        molt: std::env::var_os("MOLT").map_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_molt")), PathBuf::from),
        root,
        scratch: scratch.join(std::process::id().to_string()),
        // Flags of the standard test harness are not ours.
        filters: args.iter().filter(|a| !a.starts_with('-')).cloned().collect(),
        flags: if args.iter().any(|a| a == "--debug") { Vec::new() } else { vec!["--release".to_owned()] },
    };
    let result = suite.run();
    let _ = std::fs::remove_dir_all(&suite.scratch);
    let report = match result {
        Ok(report) => report,
        Err(error) => {
            eprintln!("differential suite: {error}");
            return ExitCode::FAILURE;
        }
    };
    if args.iter().any(|a| a == "--list-failures") {
        for (id, _) in &report.failures {
            println!("{id}: ");
        }
    } else {
        for (id, text) in &report.failures {
            println!("---- {id}\n{text}");
        }
    }
    for problem in &report.problems {
        println!("{problem}");
    }
    println!("differential: {} passed, {} failed, {} pending", report.passed, report.failures.len(), report.pending);
    if report.ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
