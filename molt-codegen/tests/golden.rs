//! Golden files of the back end: MIR text in, ownership's MIR or CLIF out.
//!
//! Each `tests/golden/STAGE/NAME.mir` has `NAME.out` beside it. `MOLT_BLESS=1` rewrites them; review the difference.

use molt_codegen::emit::{self, Profile, Target};
use molt_codegen::mir::parse::parse_module;
use molt_codegen::mir::print::function_text;
use molt_codegen::mir::verify::verify_module;
use molt_codegen::passes::ownership::{self, check::check};
use std::path::Path;

fn run(stage: &str, output: impl Fn(&str) -> String) {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(stage);
    let bless = std::env::var_os("MOLT_BLESS").is_some();
    let mut cases: Vec<_> = std::fs::read_dir(&directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "mir"))
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    let mut wrong = Vec::new();
    for case in cases {
        let got = output(&std::fs::read_to_string(&case).unwrap());
        let expected = case.with_extension("out");
        if bless {
            std::fs::write(&expected, got).unwrap();
        } else if std::fs::read_to_string(&expected).unwrap_or_default() != got {
            wrong.push(format!("{}\n{got}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "differs from its golden file (MOLT_BLESS=1 rewrites):\n{}", wrong.join("\n"));
}

#[test]
fn clif() {
    let target = Target::new("x86_64-unknown-linux-gnu", Profile::Release).unwrap();
    run("emit", |text| {
        let module = parse_module(text).unwrap();
        assert_eq!(verify_module(&module), vec![]);
        emit::module(&target, &module, "", true).unwrap().clif
    });
}

#[test]
fn ownership() {
    run("ownership", |text| {
        let mut module = parse_module(text).unwrap();
        assert_eq!(verify_module(&module), vec![]);
        ownership::run(&mut module);
        assert_eq!(verify_module(&module), vec![]);
        for function in module.functions.values() {
            assert_eq!(check(&module, function), Vec::<String>::new(), "{}", function_text(function, Some(&module)));
        }
        module.functions.values().map(|f| function_text(f, Some(&module))).collect()
    });
}

#[test]
fn every_target_gets_an_object_and_the_same_one_twice() {
    let text = include_str!("golden/emit/calls.mir");
    let module = parse_module(text).unwrap();
    for (triple, magic) in [
        ("x86_64-unknown-linux-gnu", &b"\x7fELF"[..]),
        ("aarch64-unknown-linux-gnu", b"\x7fELF"),
        ("x86_64-apple-darwin", b"\xcf\xfa\xed\xfe"),
        ("aarch64-apple-darwin", b"\xcf\xfa\xed\xfe"),
        ("x86_64-pc-windows-msvc", b"\x64\x86"),
    ] {
        for profile in [Profile::Debug, Profile::Release] {
            let object = || {
                let target = Target::new(triple, profile).unwrap();
                emit::module(&target, &module, "", false).unwrap().object
            };
            let first = object();
            assert!(first.starts_with(magic), "{triple}");
            assert_eq!(first, object(), "{triple}");
        }
    }
}
