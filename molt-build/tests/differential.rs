//! `tests/differential` against the `molt` command: every program prints what CPython 3.12 printed.
//!
//! `cargo test --test differential -- AREA/NAME…` runs some; `--list-failures` prints the ids of
//! the failing programs in the form of `pending.txt`; `MOLT=/path/to/molt` tests another binary.
//!
//! All programs run twice: with the code of release builds, and with that of debug builds, which no optimising pass has seen.
//! `--release` and `--debug` choose one. `MOLT_TEST_TARGET=TRIPLE` builds for another target, whose programs
//! `MOLT_TEST_RUNNER="qemu-aarch64 -L SYSROOT"` runs.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use molt_differential::suite::{Foreign, Report, Suite};

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
    let has = |flag: &str| args.iter().any(|a| a == flag);
    let mut suite = Suite {
        molt: std::env::var_os("MOLT").map_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_molt")), PathBuf::from),
        root,
        scratch: scratch.join(std::process::id().to_string()),
        // Flags of the standard test harness are not ours.
        filters: args.iter().filter(|a| !a.starts_with('-')).cloned().collect(),
        flags: Vec::new(),
        target: Foreign::from_env(),
    };
    let mut sound = true;
    for (profile, other, flags) in [("release", "--debug", &["--release"][..]), ("debug", "--release", &[])] {
        if has(other) && !has(&format!("--{profile}")) {
            continue;
        }
        suite.flags = flags.iter().map(|flag| (*flag).to_owned()).collect();
        let result = suite.run();
        let _ = std::fs::remove_dir_all(&suite.scratch);
        match result {
            Ok(report) => {
                show(&report, profile, has("--list-failures"));
                sound &= report.ok();
            }
            Err(error) => {
                eprintln!("differential suite, {profile} code: {error}");
                sound = false;
            }
        }
    }
    if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn show(report: &Report, profile: &str, list: bool) {
    for (id, text) in &report.failures {
        if list {
            println!("{id}: ");
        } else {
            println!("---- {id} ({profile} code)\n{text}");
        }
    }
    for problem in &report.problems {
        println!("{problem}");
    }
    let (passed, failed, pending) = (report.passed, report.failures.len(), report.pending);
    println!("differential, {profile} code: {passed} passed, {failed} failed, {pending} pending");
}
