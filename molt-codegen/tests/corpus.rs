//! Every Python file of the differential suite, the benchmarks and the example compiles, for release and for debug builds.
//!
//! Whether the code is right is the differential suite's question; here a stage that panics, a verifier or the checker of reference
//! counts that objects, or a construct that is refused shows without a runtime and within seconds.

use molt_codegen::emit::Profile;
use molt_codegen::pipeline::{ModuleInput, Options, compile, facts};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

fn files(dir: &Path, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(dir).into_iter().flatten().filter_map(|e| e.ok().map(|e| e.path())).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|e| e == "py") {
            out.push(path);
        }
    }
}

fn problem(path: &Path, label: &str) -> Option<String> {
    let source = std::fs::read(path).ok()?;
    let is_package = path.file_name().is_some_and(|n| n == "__init__.py");
    // Inside a package, so that relative imports have something to be relative to.
    let input = ModuleInput { name: "a.b.c", path: label, source: &source, is_package, is_stdlib: false };
    let options =
        |profile| Options { target: "x86_64-unknown-linux-gnu".to_owned(), profile, symbol_prefix: String::new() };
    let run = || {
        facts(&input)?;
        compile(&input, &BTreeMap::new(), &options(Profile::Debug))?;
        compile(&input, &BTreeMap::new(), &options(Profile::Release))
    };
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(_)) => None,
        Ok(Err(diagnostics)) => Some(diagnostics.iter().map(|d| d.message.clone()).collect::<Vec<_>>().join("; ")),
        Err(_) => Some("panics".to_owned()),
    }
}

#[test]
fn every_file_compiles() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for dir in ["tests/differential", "tests/bench", "examples/rust-host/handlers"] {
        files(&root.join(dir), &mut found);
    }
    assert!(found.len() > 300, "the corpus is missing");
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let mut problems: Vec<String> = std::thread::scope(|scope| {
        let share = |first: usize| {
            let (root, found) = (&root, &found);
            scope.spawn(move || {
                let mine = found.iter().skip(first).step_by(workers);
                mine.filter_map(|path| {
                    let label = path.strip_prefix(root).unwrap_or(path).display().to_string();
                    problem(path, &label).map(|text| format!("{label}: {text}"))
                })
                .collect::<Vec<_>>()
            })
        };
        let threads: Vec<_> = (0..workers).map(share).collect();
        threads.into_iter().flat_map(|t| t.join().unwrap_or_else(|_| vec!["a worker panicked".to_owned()])).collect()
    });
    problems.sort();
    assert!(problems.is_empty(), "{} of {} files:\n{}", problems.len(), found.len(), problems.join("\n"));
}
