//! `cargo xtask bless`: records what CPython 3.12 does for every differential program.
//!
//! Invariant: every program is run twice, in two directories and with two hash-independent
//! environments alike; one whose two runs differ is refused, because no record of it can hold.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use molt_differential::{Outcome, Program, diff, discover};

const LIMIT: Duration = Duration::from_secs(60);

/// Runs the command. `args` are filters (substrings of ids) and `--check`.
pub fn run(root: &Path, args: &[String]) -> Result<(), String> {
    let check = args.iter().any(|a| a == "--check");
    let filters: Vec<&String> = args.iter().filter(|a| !a.starts_with("--")).collect();
    let python = python()?;
    let mut programs = discover(&root.join("tests/differential")).map_err(|e| e.to_string())?;
    programs.retain(|p| filters.is_empty() || filters.iter().any(|f| p.id.contains(*f)));
    let scratch = std::env::temp_dir().join(format!("molt-bless-{}", std::process::id()));

    let next = AtomicUsize::new(0);
    let changed = AtomicUsize::new(0);
    let problems: Mutex<Vec<String>> = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for worker in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            let (next, changed, problems) = (&next, &changed, &problems);
            let (programs, python) = (&programs, &python);
            let dir = scratch.join(worker.to_string());
            scope.spawn(move || {
                while let Some(program) = programs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    match one(program, python, &dir, check) {
                        Ok(true) => {
                            changed.fetch_add(1, Ordering::Relaxed);
                        }
                        Ok(false) => {}
                        Err(text) => {
                            problems.lock().unwrap_or_else(PoisonError::into_inner).push(text);
                        }
                    }
                }
            });
        }
    });
    let _ = std::fs::remove_dir_all(&scratch);
    let mut problems = problems.into_inner().unwrap_or_else(PoisonError::into_inner);
    if filters.is_empty()
        && let Err(text) = example_report(root, &python, check)
    {
        problems.push(text);
    }
    problems.sort();
    println!("{} programs, {} changed", programs.len(), changed.into_inner());
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n")) }
}

/// Records `report.txt` of the example hosts: what CPython makes of the committed lock file.
fn example_report(root: &Path, python: &Path, check: bool) -> Result<(), String> {
    let data = root.join("examples/rust-host/tests/data");
    let report = data.join("report.txt");
    let output = Command::new(python)
        .arg("-B")
        .arg(data.join("record.py"))
        .env("PYTHONHASHSEED", "0")
        .env("PYTHONUTF8", "1")
        .output()
        .map_err(|e| format!("record.py: {e}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    if check {
        let old = std::fs::read(&report).map_err(|e| format!("{}: {e}", report.display()))?;
        let diff = diff::unified(&old, &output.stdout, "report.txt", "CPython");
        return if diff.is_empty() { Ok(()) } else { Err(diff) };
    }
    std::fs::write(&report, output.stdout).map_err(|e| format!("{}: {e}", report.display()))
}

/// Runs one program and records it; whether a record changed.
fn one(program: &Program, python: &Path, dir: &Path, check: bool) -> Result<bool, String> {
    let first = under(program, python, &dir.join("a"))?;
    let second = under(program, python, &dir.join("b"))?;
    if first != second {
        return Err(format!("{}: two runs differ\n{}", program.id, explain(&first, &second)));
    }
    if String::from_utf8_lossy(&first.stdout).contains(" at 0x") {
        return Err(format!("{}: prints an address", program.id));
    }
    // At the end of a program there is no source line to name: `sys:1` is the same everywhere.
    let warns = |line: &str| line.contains("Warning: ") && !line.starts_with("sys:1: RuntimeWarning: ");
    if String::from_utf8_lossy(&first.stderr).lines().any(warns) {
        return Err(format!("{}: CPython's compiler warns about it", program.id));
    }
    if check {
        let expected = program.expected().map_err(|e| e.to_string())?;
        if expected != first {
            return Err(format!("{}: stale record\n{}", program.id, explain(&expected, &first)));
        }
        return Ok(false);
    }
    program.bless(&first).map_err(|e| e.to_string())
}

fn under(program: &Program, python: &Path, scratch: &Path) -> Result<Outcome, String> {
    let mut command = Command::new(python);
    command.arg("-B").arg(&program.entry).args(&program.args);
    molt_differential::run(program, command, scratch, LIMIT).map_err(|e| format!("{}: {e}", program.id))
}

fn explain(old: &Outcome, new: &Outcome) -> String {
    let mut text = diff::unified(&old.stdout, &new.stdout, "stdout", "stdout");
    text += &diff::unified(&old.stderr, &new.stderr, "stderr", "stderr");
    if old.status != new.status {
        text += &format!("status {} against {}\n", old.status, new.status);
    }
    text
}

/// `python3.12` as a real path: a version manager's shim costs more than most programs.
pub fn python() -> Result<PathBuf, String> {
    let output = Command::new("python3.12")
        .args(["-c", "import sys; print(sys.executable)"])
        .output()
        .map_err(|e| format!("python3.12: {e}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    Ok(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()))
}
