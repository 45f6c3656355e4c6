//! `cargo xtask bench`: Molt against CPython, as a table of ratios in `docs/benchmarks.md`.
//!
//! Invariant: ratios compare CPU times of runs that alternate within one session, on programs
//! that take CPython about a second, and only of programs whose outputs are equal. Nothing here
//! passes or fails by time.

pub mod measure;
mod report;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use measure::{Usage, measured};

/// Runs of each program and each side, unless `--runs` says otherwise.
const RUNS: usize = 5;
/// Starts of the smallest program.
const STARTS: usize = 40;

/// The results of one benchmark program.
pub struct Row {
    name: String,
    /// Median CPU time and peak memory on CPython.
    python: Usage,
    /// The same on Molt, or why there is none.
    molt: Result<Usage, String>,
}

/// The smallest program, and the time to build the example's handlers.
pub struct Costs {
    hello_size: u64,
    hello: Usage,
    python_hello: Usage,
    handlers: Duration,
    handlers_lines: usize,
    codegen: Duration,
    codegen_lines: usize,
}

struct Setup {
    root: PathBuf,
    scratch: PathBuf,
    molt: PathBuf,
    python: PathBuf,
    runs: usize,
}

/// Runs the command. `args` are filters (substrings of names) and `--runs N`; with filters the
/// table is printed and not written. `MOLT=/path/to/molt` measures another compiler.
pub fn run(root: &Path, args: &[String]) -> Result<(), String> {
    let mut filters = Vec::new();
    let mut runs = RUNS;
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        if arg == "--runs" {
            let number = rest.next().and_then(|n| n.parse().ok()).filter(|n| *n > 0);
            runs = number.ok_or("--runs wants a number")?;
        } else {
            filters.push(arg.as_str());
        }
    }
    let target = target_dir()?;
    let molt = match std::env::var_os("MOLT") {
        Some(path) => PathBuf::from(path),
        None => build_molt(root, &target)?,
    };
    let setup =
        Setup { root: root.to_path_buf(), scratch: target.join("bench"), molt, python: crate::bless::python()?, runs };
    std::fs::create_dir_all(&setup.scratch).map_err(|e| e.to_string())?;

    let mut rows = Vec::new();
    for program in programs(&root.join("tests/bench"))? {
        let name = stem(&program);
        if filters.is_empty() || filters.iter().any(|f| name.contains(f)) {
            eprint!("{name}: ");
            let row = setup.compare(&program)?;
            eprintln!("{}", report::summary(&row));
            rows.push(row);
        }
    }
    if !filters.is_empty() {
        print!("{}", report::table(&rows));
        return Ok(());
    }
    let costs = setup.costs();
    let text = report::document(&rows, &costs, &setup.python_build()?, runs);
    let path = root.join("docs/benchmarks.md");
    std::fs::write(&path, text).map_err(|e| format!("{}: {e}", path.display()))?;
    println!("wrote docs/benchmarks.md");
    costs.map(|_| ())
}

/// xtask itself stands in the target directory's `debug` or `release`.
fn target_dir() -> Result<PathBuf, String> {
    let own = std::env::current_exe().map_err(|e| e.to_string())?;
    own.ancestors().nth(2).map(PathBuf::from).ok_or_else(|| "no target directory".to_owned())
}

/// Builds `molt` in release mode.
fn build_molt(root: &Path, target: &Path) -> Result<PathBuf, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(&cargo)
        .current_dir(root)
        .args(["build", "--release", "--package", "molt-build"])
        .status()
        .map_err(|e| format!("cargo: {e}"))?;
    if !status.success() {
        return Err("molt does not build".to_owned());
    }
    // Alone in a folder: an archive of the runtime from some other build would be taken from beside it.
    let alone = target.join("bench/bin");
    std::fs::create_dir_all(&alone).map_err(|e| e.to_string())?;
    let molt = alone.join("molt");
    std::fs::copy(target.join("release/molt"), &molt).map_err(|e| e.to_string())?;
    Ok(molt)
}

fn programs(dir: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(dir).map_err(|e| format!("{}: {e}", dir.display()))?;
    let mut found: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
    found.retain(|path| path.extension().is_some_and(|e| e == "py"));
    found.sort();
    Ok(found)
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default()
}

fn median(mut all: Vec<Usage>) -> Usage {
    all.sort_by_key(|usage| usage.cpu);
    all[all.len() / 2]
}

impl Setup {
    fn compare(&self, program: &Path) -> Result<Row, String> {
        let name = stem(program);
        let text = program.display().to_string();
        let built = self.build(program, &name, &["--release"]);
        let (mut on_python, mut on_molt) = (Vec::new(), Vec::new());
        let mut problem = None;
        for _ in 0..self.runs {
            let (expected, usage) = measured(&self.scratch, &self.python, &["-B", &text])?;
            on_python.push(usage);
            let Ok(binary) = &built else { continue };
            match measured(&self.scratch, binary, &[]) {
                Ok((output, _)) if output != expected => {
                    problem = Some("prints something else".to_owned());
                }
                Ok((_, usage)) => on_molt.push(usage),
                Err(error) => problem = Some(error),
            }
            if problem.is_some() {
                break;
            }
        }
        let molt = match (built, problem) {
            (Err(error), _) | (_, Some(error)) => Err(error),
            _ => Ok(median(on_molt)),
        };
        Ok(Row { name, python: median(on_python), molt })
    }

    /// Compiles a program with `molt build` and returns the binary.
    fn build(&self, program: &Path, name: &str, flags: &[&str]) -> Result<PathBuf, String> {
        let binary = self.scratch.join(name);
        let output = Command::new(&self.molt)
            .arg("build")
            .args(flags)
            .arg(program)
            .arg("-o")
            .arg(&binary)
            .stdin(Stdio::null())
            .output()
            .map_err(|e| format!("molt: {e}"))?;
        if output.status.success() {
            return Ok(binary);
        }
        let stderr = String::from_utf8_lossy(&output.stderr);
        // Up to the first quoted command or path, which would differ from machine to machine.
        let first = stderr.lines().next().unwrap_or("does not compile");
        Err(first.split(['"', '/']).next().unwrap_or(first).trim_end().to_owned())
    }

    fn costs(&self) -> Result<Costs, String> {
        let script = self.scratch.join("hello.py");
        std::fs::write(&script, "print(\"hello, world\")\n").map_err(|e| e.to_string())?;
        let binary = self.build(&script, "hello", &["--release"])?;
        let script = script.display().to_string();
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..STARTS {
            ours.push(measured(&self.scratch, &binary, &[])?.1);
            theirs.push(measured(&self.scratch, &self.python, &["-B", &script])?.1);
        }
        let by_wall = |mut all: Vec<Usage>| {
            all.sort_by_key(|usage| usage.wall);
            all[all.len() / 2]
        };
        let hello_size = std::fs::metadata(&binary).map_err(|e| e.to_string())?.len();

        let folder = self.root.join("examples/rust-host/handlers");
        let (handlers, handlers_lines) = self.timed_build(&folder, "handlers.a", "staticlib")?;
        let corpus = self.corpus()?;
        let (codegen, codegen_lines) = self.timed_build(&corpus, "corpus", "obj")?;
        Ok(Costs {
            hello_size,
            hello: by_wall(ours),
            python_hello: by_wall(theirs),
            handlers,
            handlers_lines,
            codegen,
            codegen_lines,
        })
    }

    /// The benchmark and one-file differential programs as the modules of one folder.
    fn corpus(&self) -> Result<PathBuf, String> {
        let folder = self.scratch.join("corpus_src");
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
        let suite = molt_differential::discover(&self.root.join("tests/differential")).map_err(|e| e.to_string())?;
        let pending = molt_differential::Pending::read(&self.root.join("tests/differential/pending.txt"))
            .map_err(|e| e.to_string())?;
        let single = suite
            .into_iter()
            .filter(|p| p.entry.file_name().is_some_and(|n| n != "main.py"))
            .filter(|p| pending.reason(&p.id).is_none())
            .map(|p| p.entry);
        let all = programs(&self.root.join("tests/bench"))?.into_iter().chain(single);
        for (number, path) in all.enumerate() {
            let copy = folder.join(format!("m{number}_{}.py", stem(&path)));
            std::fs::copy(&path, &copy).map_err(|e| format!("{}: {e}", path.display()))?;
        }
        Ok(folder)
    }

    /// Wall time of a release build without cache, the best of three, and the lines compiled.
    fn timed_build(&self, folder: &Path, out: &str, emit: &str) -> Result<(Duration, usize), String> {
        let out = self.scratch.join(out).display().to_string();
        let path = folder.display().to_string();
        let args = ["build", "--release", "--no-cache", "--emit", emit, path.as_str(), "-o", out.as_str()];
        let mut best: Option<Duration> = None;
        for _ in 0..3 {
            let (_, usage) = measured(&self.scratch, &self.molt, &args)?;
            best = Some(best.map_or(usage.wall, |b| b.min(usage.wall)));
        }
        let mut lines = 0;
        for file in programs(folder)? {
            lines += std::fs::read_to_string(&file).map_err(|e| e.to_string())?.lines().count();
        }
        Ok((best.unwrap_or_default(), lines))
    }

    /// How the reference was built, as it tells itself.
    fn python_build(&self) -> Result<String, String> {
        const ASK: &str = "import sys, sysconfig
args = sysconfig.get_config_var('CONFIG_ARGS') or ''
flags = sysconfig.get_config_var('PY_CFLAGS') or ''
pgo = '--enable-optimizations' in args or '-fprofile-use' in flags
lto = '--with-lto' in args or '-flto' in flags
print('CPython', sys.version.split()[0] + ',', 'with' if pgo else 'without', 'profile-guided optimisation,', 'with' if lto else 'without', 'link-time optimisation')";
        let output = Command::new(&self.python).args(["-c", ASK]).output();
        let output = output.map_err(|e| e.to_string())?;
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }
}
