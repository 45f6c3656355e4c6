//! Golden files of HIR: `tests/golden/hir/x.py` becomes `x.hir`. `MOLT_BLESS=1 cargo test -p molt-codegen --test hir_golden`
//! writes them anew.

use molt_codegen::hir;
use molt_codegen::parse;
use std::path::{Path, PathBuf};

fn cases() -> Vec<PathBuf> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/hir");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(dir)
        .expect("the golden directory exists")
        .map(|entry| entry.expect("a directory entry").path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "py"))
        .collect();
    paths.sort();
    paths
}

#[test]
fn hir_matches_the_golden_files() {
    let bless = std::env::var_os("MOLT_BLESS").is_some();
    let mut wrong = Vec::new();
    for path in cases() {
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a plain file name").to_owned();
        let source = std::fs::read(&path).expect("the case is readable");
        let (file, problem) = parse::decode(&format!("{name}.py"), &source);
        assert_eq!(problem, None, "{name}");
        let module = hir::from_source(&file, &name, false).unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
        assert_eq!(hir::verify(&module), Ok(()), "{name}");
        let text = hir::print(&module);
        let golden = path.with_extension("hir");
        if bless {
            std::fs::write(&golden, &text).expect("the golden file is writable");
        } else if std::fs::read_to_string(&golden).unwrap_or_default() != text {
            wrong.push(name);
        }
    }
    assert!(wrong.is_empty(), "HIR differs from the golden files of {wrong:?}; review with MOLT_BLESS=1 and git diff");
}
