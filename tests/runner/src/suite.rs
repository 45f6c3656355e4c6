//! The whole suite against a `molt` command: batches, comparison, report.
//!
//! Linking costs more than running, so many programs become one binary (`molt build --batch`)
//! whose first argument chooses the program. A program that fails there is run once more on its
//! own with `molt run`, which also shows the diagnostics of one that did not compile.
//!
//! Invariant: a program passes only if stdout, stderr and status are all CPython's.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::diff::unified;
use crate::exec::{Outcome, TIMED_OUT, run};
use crate::pending::Pending;
use crate::program::{Program, discover};

/// Programs linked into one binary: enough to make linking cheap, few enough that one program
/// that breaks the build costs little.
const BATCH: usize = 80;
/// A program that has not ended by then hangs.
const LIMIT: Duration = Duration::from_secs(30);
/// The same in an emulator.
const EMULATED_LIMIT: Duration = Duration::from_secs(300);

/// Where things are and what to run.
#[derive(Debug)]
pub struct Suite {
    /// The `molt` command.
    pub molt: PathBuf,
    /// `tests/differential` of the workspace.
    pub root: PathBuf,
    /// A directory of our own for binaries and scratch files.
    pub scratch: PathBuf,
    /// Substrings of ids; empty runs everything.
    pub filters: Vec<String>,
    /// Extra arguments of `molt build` and `molt run` (`--release`).
    pub flags: Vec<String>,
    /// The target the programs are built for, if it is not this machine's.
    pub target: Option<Foreign>,
}

/// A target that this machine does not run by itself.
#[derive(Debug, Clone)]
pub struct Foreign {
    /// Its triple.
    pub triple: String,
    /// The command, with its first arguments, that runs a program of the target; empty if the machine does it after all.
    pub runner: Vec<String>,
}

impl Foreign {
    /// What `MOLT_TEST_TARGET` and `MOLT_TEST_RUNNER` (words separated by spaces) ask for.
    #[must_use]
    pub fn from_env() -> Option<Self> {
        let triple = std::env::var("MOLT_TEST_TARGET").ok().filter(|triple| !triple.is_empty())?;
        let runner = std::env::var("MOLT_TEST_RUNNER").unwrap_or_default();
        Some(Foreign { triple, runner: runner.split_whitespace().map(str::to_owned).collect() })
    }

    /// The command that runs `binary`.
    fn command(&self, binary: &Path) -> Command {
        match self.runner.split_first() {
            Some((program, arguments)) => {
                let mut command = Command::new(program);
                command.args(arguments).arg(binary);
                command
            }
            None => Command::new(binary),
        }
    }
}

/// What became of the programs.
#[derive(Debug, Default)]
pub struct Report {
    /// How many passed.
    pub passed: usize,
    /// Listed in `pending.txt`, and indeed failing.
    pub pending: usize,
    /// Ids and explanations of the failures, sorted.
    pub failures: Vec<(String, String)>,
    /// Other problems: stale lines of `pending.txt`, a missing record.
    pub problems: Vec<String>,
}

impl Report {
    /// Whether the test run succeeded.
    #[must_use]
    pub fn ok(&self) -> bool {
        self.failures.is_empty() && self.problems.is_empty()
    }
}

impl Suite {
    /// Runs the programs.
    ///
    /// # Errors
    /// I/O errors of the harness; whatever a program or the compiler does is in the report.
    pub fn run(&self) -> io::Result<Report> {
        let all = discover(&self.root)?;
        let mut pending = Pending::read(&self.root.join("pending.txt"))?;
        if let Some(target) = &self.target {
            pending.merge(Pending::read(&self.root.join(format!("pending.{}.txt", target.triple)))?)?;
        }
        let mut report = Report::default();
        for id in pending.ids() {
            if !all.iter().any(|p| p.id == id) {
                report.problems.push(format!("pending list: no program {id}"));
            }
        }
        let chosen =
            all.into_iter().filter(|p| self.filters.is_empty() || self.filters.iter().any(|f| p.id.contains(f)));
        let (waiting, expected): (Vec<_>, Vec<_>) = chosen.partition(|p| pending.reason(&p.id).is_some());

        // Pending programs have binaries of their own, since they may not even compile.
        for (index, program, problem) in self.check(&expected, "batch", true)? {
            debug_assert_eq!(expected[index].id, program);
            match problem {
                None => report.passed += 1,
                Some(text) => report.failures.push((program, text)),
            }
        }
        for (_, program, problem) in self.check(&waiting, "pending", false)? {
            if problem.is_some() {
                report.pending += 1;
            } else {
                let text = format!("{program} passes: remove it from the list of pending programs");
                report.problems.push(text);
            }
        }
        Ok(report)
    }

    /// Compares every program; `(index, id, problem)` in the order of the ids.
    fn check(&self, programs: &[Program], name: &str, retry: bool) -> io::Result<Vec<(usize, String, Option<String>)>> {
        let batches: Vec<&[Program]> = programs.chunks(BATCH).collect();
        let built = parallel(&batches, |number, batch| self.build(batch, &format!("{name}{number}")));
        let mut binaries = Vec::with_capacity(built.len());
        for (binary, batch) in built.into_iter().zip(&batches) {
            let binary = binary?;
            binaries.extend(std::iter::repeat_n(binary, batch.len()));
        }
        let outcomes = parallel(programs, |index, program| {
            self.judge(program, binaries[index].as_deref(), &format!("{name}-{index}"), retry)
        });
        for binary in binaries.iter().flatten() {
            let _ = fs::remove_file(binary);
        }
        outcomes
            .into_iter()
            .enumerate()
            .map(|(index, problem)| Ok((index, programs[index].id.clone(), problem?)))
            .collect()
    }

    /// One binary of several programs, or None where `molt` wrote none.
    fn build(&self, batch: &[Program], name: &str) -> io::Result<Option<PathBuf>> {
        fs::create_dir_all(&self.scratch)?;
        let list = self.scratch.join(format!("{name}.list"));
        let binary = self.scratch.join(format!("{name}.bin"));
        let _ = fs::remove_file(&binary);
        let mut text = String::new();
        for program in batch {
            let _ = writeln!(text, "{}\t{}", program.id, program.entry.display());
        }
        fs::write(&list, text)?;
        // Its messages are not needed: a program it refuses is run on its own below.
        Command::new(&self.molt)
            .arg("build")
            .arg("--batch")
            .arg(&list)
            .arg("-o")
            .arg(&binary)
            .args(&self.flags)
            .args(self.target.iter().flat_map(|target| ["--target", &target.triple]))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        Ok(binary.is_file().then_some(binary))
    }

    /// What is wrong with a program's outcome, or None.
    fn judge(
        &self,
        program: &Program,
        binary: Option<&Path>,
        scratch: &str,
        retry: bool,
    ) -> io::Result<Option<String>> {
        let expected = match program.expected() {
            Ok(expected) => expected,
            Err(e) => return Ok(Some(format!("not recorded: {e}; run `cargo xtask bless`\n"))),
        };
        let scratch = self.scratch.join(scratch);
        let mut in_batch = None;
        if let Some(binary) = binary {
            let mut command =
                self.target.as_ref().map_or_else(|| Command::new(binary), |target| target.command(binary));
            command.arg(&program.id).args(&program.args);
            let limit = if self.target.is_some() { EMULATED_LIMIT } else { LIMIT };
            let outcome = run(program, command, &scratch, limit)?;
            if outcome == expected {
                return Ok(None);
            }
            in_batch = Some(outcome);
        }
        if !retry {
            return Ok(Some(String::new()));
        }
        // `molt run` is for this machine's own programs.
        if let Some(target) = &self.target {
            let text = in_batch.map(|outcome| explain(program, &self.flags, &expected, &outcome));
            return Ok(Some(text.unwrap_or_else(|| format!("no binary for {} was built\n", target.triple))));
        }
        let mut command = Command::new(&self.molt);
        command.arg("run").args(&self.flags).arg(&program.entry).args(&program.args);
        let alone = run(program, command, &scratch, LIMIT)?;
        if alone == expected {
            return Ok(in_batch.map(|outcome| {
                let text = explain(program, &self.flags, &expected, &outcome);
                format!("fails in a batch only\n{text}")
            }));
        }
        Ok(Some(explain(program, &self.flags, &expected, &alone)))
    }
}

/// The diff of everything that differs, and how to see it again.
fn explain(program: &Program, flags: &[String], expected: &Outcome, got: &Outcome) -> String {
    let mut text = unified(&expected.stdout, &got.stdout, "stdout of CPython", "stdout of Molt");
    text += &unified(&expected.stderr, &got.stderr, "stderr of CPython", "stderr of Molt");
    if got.status == TIMED_OUT {
        let _ = writeln!(text, "stopped because it took too long");
    } else if expected.status != got.status {
        let _ = writeln!(text, "status: CPython {}, Molt {}", expected.status, got.status);
    }
    let arguments = program.args.join(" ");
    // From the workspace's root, where the command is typed.
    let parts: Vec<_> = program.entry.iter().collect();
    let from = parts.iter().rposition(|part| *part == "tests").unwrap_or(0);
    let entry = parts[from..].iter().collect::<PathBuf>();
    let entry = entry.display();
    let flags: String = flags.iter().map(|flag| format!("{flag} ")).collect();
    let _ = writeln!(text, "again: PYTHONHASHSEED=0 molt run {flags}{entry} {arguments}");
    text
}

/// Maps `items` on all cores, results in order.
fn parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(usize, &T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<(usize, R)>> = Mutex::new(Vec::with_capacity(items.len()));
    let workers = thread::available_parallelism().map_or(1, usize::from).min(items.len().max(1));
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(index) else { break };
                    let result = work(index, item);
                    results.lock().unwrap_or_else(PoisonError::into_inner).push((index, result));
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}
