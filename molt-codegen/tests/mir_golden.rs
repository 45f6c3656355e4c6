//! Golden files of MIR as built: `tests/golden/mir/x.py` becomes `x.mir`, which must also satisfy the verifier and round trip
//! through its text. Those of `tests/golden/generator` are taken after the generator transform. `MOLT_BLESS=1 cargo test -p molt-codegen --test mir_golden` writes them anew.

use molt_codegen::mir::parse::parse_module;
use molt_codegen::mir::print::module_text;
use molt_codegen::mir::verify::verify_module;
use molt_codegen::passes::generator;
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
