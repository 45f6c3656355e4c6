//! Every differential program goes through all stages without a contradiction between them: the verifier after each pass,
//! the ownership checker, emission for the host's target.

use molt_codegen::diag::code;
use molt_codegen::emit::{self, Profile, Target};
use molt_codegen::mir::Module;
use molt_codegen::mir::print::function_text;
use molt_codegen::mir::verify::verify_module;
use molt_codegen::passes::{generator, ownership};
use molt_codegen::pipeline::{ModuleInput, Options, compile};
use molt_codegen::{build, hir, parse};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn sources() -> Vec<PathBuf> {
    let mut paths = Vec::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/differential")];
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

fn build(path: &Path) -> Option<Module> {
    let source = std::fs::read(path).expect("the case is readable");
    let (file, _) = parse::decode("x.py", &source);
    let module = hir::from_source(&file, "x", false).ok()?;
    build::build_module(&module, &file).ok()
}

fn verify(module: &Module, stage: &str) -> Result<(), String> {
    let errors = verify_module(module);
    let Some(first) = errors.first() else { return Ok(()) };
    let text = first.function.map(|f| function_text(&module.functions[f], Some(module))).unwrap_or_default();
    Err(format!("after {stage}: {first}\n{text}"))
}

fn stages(module: &mut Module, passes: &[(&str, fn(&mut Module))], target: &Target) -> Result<(), String> {
    for (name, pass) in passes {
        pass(module);
        verify(module, name)?;
    }
    for function in module.functions.values() {
        if let Some(first) = ownership::check::check(module, function).first() {
            return Err(format!("ownership: {first}\n{}", function_text(function, Some(module))));
        }
    }
    emit::module(target, module, "", false).map(|_| ()).map_err(|error| format!("emission: {error}"))
}

fn run_all(passes: &[(&str, fn(&mut Module))]) {
    let target = Target::new("x86_64-unknown-linux-gnu", Profile::Debug).expect("the target is known");
    let (mut built, mut wrong) = (0, Vec::new());
    for path in sources() {
        let Some(mut module) = build(&path) else { continue };
        built += 1;
        if let Err(problem) = stages(&mut module, passes, &target) {
            wrong.push(format!("{} {problem}", path.display()));
        }
    }
    assert!(built > 100, "only {built} programs were built");
    assert!(wrong.is_empty(), "{} of {built}:\n{}", wrong.len(), wrong.join("\n\n"));
}

#[test]
fn without_optimisation() {
    run_all(&[("generator", generator::run), ("ownership", ownership::run)]);
}

#[test]
fn with_optimisation() {
    let options = Options {
        target: "x86_64-unknown-linux-gnu".to_owned(),
        profile: Profile::Debug,
        symbol_prefix: String::new(),
    };
    let mut wrong = Vec::new();
    for path in sources() {
        let source = std::fs::read(&path).expect("the case is readable");
        let input = ModuleInput { name: "x", path: "x.py", source: &source, is_package: false, is_stdlib: false };
        if let Err(problems) = compile(&input, &BTreeMap::new(), &options) {
            let faults = problems.iter().filter(|p| p.code == code::INTERNAL);
            wrong.extend(faults.map(|p| format!("{} {}", path.display(), p.message)));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n\n"));
}
