//! Golden files of MIR as built: `tests/golden/mir/x.py` becomes `x.mir`, which must also satisfy the verifier and round trip
//! through its text. Those of `tests/golden/generator` are taken after the generator transform.
//!
//! `tests/golden/specialize/x.py` has a function `f`, of which the *fast path* is shown as the optimising passes of release builds
//! leave it: the blocks that control reaches from the entry while no guard fails, nothing overflows and nothing raises. `# has: TEXT`
//! in the source is an operation that must be there, `# not: TEXT` one that must not, whatever else changes in the text. After
//! `# whole` the whole function is shown, and the two are about its cold blocks.
//!
//! `MOLT_BLESS=1 cargo test -p molt-codegen --test mir_golden` writes all anew.

use molt_codegen::mir::parse::parse_module;
use molt_codegen::mir::print::{function_text, module_text};
use molt_codegen::mir::verify::verify_module;
use molt_codegen::passes::{generator, ranges, simplify, specialize};
use molt_codegen::{build, hir, parse};
use std::path::{Path, PathBuf};

fn sources(dir: &Path) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    let mut open = vec![dir.to_path_buf()];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(dir).expect("the directory exists") {
            let path = entry.expect("a directory entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ext| ext == "py") {
                paths.push(path);
            }
        }
    }
    paths.sort();
    paths
}

fn build(path: &Path, name: &str) -> Result<molt_codegen::mir::Module, String> {
    let source = std::fs::read(path).expect("the case is readable");
    let (file, _) = parse::decode(&format!("{name}.py"), &source);
    let module = hir::from_source(&file, name, false).map_err(|problems| format!("{problems:?}"))?;
    build::build_module(&module, &file).map_err(|problems| format!("{problems:?}"))
}

fn check(module: &molt_codegen::mir::Module, name: &str) {
    let errors: Vec<String> = verify_module(module).iter().map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{name}: {}\n{}", errors.join("\n"), module_text(module));
    let text = module_text(module);
    let again = parse_module(&text).unwrap_or_else(|e| panic!("{name}: {e}\n{text}"));
    assert_eq!(module_text(&again), text, "{name}");
}

#[test]
fn mir_matches_the_golden_files() {
    golden("mir", |_| {});
}

#[test]
fn generators_match_the_golden_files() {
    golden("generator", generator::run);
}

#[test]
fn fast_paths_are_taken() {
    let bless = std::env::var_os("MOLT_BLESS").is_some();
    let (mut wrong, mut slow) = (Vec::new(), Vec::new());
    for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/specialize")) {
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a plain file name").to_owned();
        let mut module = build(&path, &name).unwrap_or_else(|problems| panic!("{name}: {problems}"));
        // The order of `pipeline.rs`.
        for pass in [simplify::run, specialize::run, ranges::run, simplify::run] {
            pass(&mut module);
            check(&module, &name);
        }
        let symbol = format!("molt${name}$f");
        let function = module.functions.values().find(|f| f.symbol == symbol).expect("a function `f`");
        let source = std::fs::read_to_string(&path).expect("the case is readable");
        let whole = function_text(function, Some(&module));
        let (blocks, text) = if source.contains("# whole\n") {
            (blocks(&whole).into_iter().filter(|block| block.contains(" cold:\n")).collect(), whole.clone())
        } else {
            let fast = fast_path(blocks(&whole));
            let text = fast.concat();
            (fast, text)
        };
        for line in source.lines() {
            let (wanted, operation) = match line.split_once(": ") {
                Some(("# has", operation)) => (true, operation),
                Some(("# not", operation)) => (false, operation),
                _ => continue,
            };
            if blocks.iter().flat_map(|block| operations(block)).any(|found| found.starts_with(operation)) != wanted {
                slow.push(format!("{name}: {line}\n{text}"));
            }
        }
        let golden = path.with_extension("mir");
        if bless {
            std::fs::write(&golden, &text).expect("the golden file is writable");
        } else if std::fs::read_to_string(&golden).unwrap_or_default() != text {
            wrong.push(name);
        }
    }
    assert!(slow.is_empty(), "a fast path is not taken:\n{}", slow.join("\n"));
    assert!(wrong.is_empty(), "MIR differs from the golden files of {wrong:?}; review with MOLT_BLESS=1 and git diff");
}

/// The blocks of a function's text.
fn blocks(text: &str) -> Vec<&str> {
    let starts: Vec<usize> = text.match_indices("\nb").map(|(at, _)| at + 1).collect();
    let ends = starts.iter().skip(1).copied().chain([text.rfind('}').unwrap_or(text.len())]);
    starts.iter().zip(ends).map(|(start, end)| &text[*start..end]).collect()
}

/// The blocks that jumps and branches lead to from the first, in the order of the text.
fn fast_path(blocks: Vec<&str>) -> Vec<&str> {
    let label = |block: &str| block.split('(').next().unwrap_or_default().to_owned();
    let (mut open, mut seen) = (vec![label(blocks[0])], std::collections::BTreeSet::new());
    while let Some(name) = open.pop() {
        if !seen.insert(name.clone()) {
            continue;
        }
        let block = blocks.iter().find(|block| label(block) == name).expect("a target is a block");
        let terminator = block.trim_end().lines().next_back().unwrap_or_default();
        open.extend(terminator.split([' ', '(']).filter(|word| is_label(word)).map(str::to_owned));
    }
    blocks.into_iter().filter(|block| seen.contains(&label(block))).collect()
}

fn is_label(word: &str) -> bool {
    word.strip_prefix('b').is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// The operations of a block, in the printer's words.
fn operations(block: &str) -> impl Iterator<Item = &str> {
    let lines = block.lines().filter_map(|line| line.strip_prefix("  "));
    lines.map(|line| line.split_once(" = ").map_or(line, |(_, operation)| operation))
}

fn golden(stage: &str, pass: impl Fn(&mut molt_codegen::mir::Module)) {
    let bless = std::env::var_os("MOLT_BLESS").is_some();
    let mut wrong = Vec::new();
    for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(stage)) {
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a plain file name").to_owned();
        let mut module = build(&path, &name).unwrap_or_else(|problems| panic!("{name}: {problems}"));
        pass(&mut module);
        check(&module, &name);
        let text = module_text(&module);
        let golden = path.with_extension("mir");
        if bless {
            std::fs::write(&golden, &text).expect("the golden file is writable");
        } else if std::fs::read_to_string(&golden).unwrap_or_default() != text {
            wrong.push(name);
        }
    }
    assert!(wrong.is_empty(), "MIR differs from the golden files of {wrong:?}; review with MOLT_BLESS=1 and git diff");
}

/// Everything that the differential suite runs becomes well-formed MIR.
#[test]
fn the_differential_programs_verify() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/differential");
    let mut built = 0;
    for path in sources(&root) {
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a plain file name").to_owned();
        match build(&path, &name) {
            Ok(mut module) => {
                check(&module, &name);
                generator::run(&mut module);
                check(&module, &name);
                built += 1;
            }
            Err(problems) => assert!(problems.contains("Code("), "{name}: {problems}"),
        }
    }
    assert!(built > 100, "only {built} programs were built");
}
