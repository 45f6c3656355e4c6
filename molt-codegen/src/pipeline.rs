//! The stages in order: the one place that says what happens to a module between source bytes and object bytes.
//!
//! Invariant: pure. Everything a stage needs is in [`ModuleInput`], the facts of imported modules and [`Options`].

use crate::diag::{Diagnostic, code};
use crate::emit::{self, EmitError, Profile, Target};
use crate::mir::print::module_text;
use crate::source::{SourceFile, Span};
use crate::{build, facts, hir, mir, parse, passes};
use std::collections::BTreeMap;

/// One module to compile.
#[derive(Clone, Copy, Debug)]
pub struct ModuleInput<'a> {
    /// Dotted name; `__main__` for the program's main module.
    pub name: &'a str,
    /// The file label in tracebacks and `__file__`; relative, with `/`.
    pub path: &'a str,
    /// The file's bytes.
    pub source: &'a [u8],
    /// Whether it is a package's `__init__`.
    pub is_package: bool,
    /// Whether it belongs to the standard library.
    pub is_stdlib: bool,
}

impl ModuleInput<'_> {
    fn hir(&self, file: &SourceFile) -> Result<hir::Module, Vec<Diagnostic>> {
        let supply = if self.is_stdlib { hir::Supply::Defer } else { hir::Supply::Refuse };
        hir::from_source_as(file, self.name, self.is_package, supply)
    }
}

/// How to compile.
#[derive(Clone, Debug)]
pub struct Options {
    /// Target triple, for example `x86_64-unknown-linux-gnu`.
    pub target: String,
    /// How much work goes into the code.
    pub profile: Profile,
    /// Put before the module's link symbols; tells apart the programs of one binary, mostly empty.
    pub symbol_prefix: String,
}

/// What a module's importers need to know, encoded (see `facts`).
pub type FactBytes = Vec<u8>;

/// A compiled module.
#[derive(Clone, Debug)]
pub struct CompiledModule {
    /// The object file.
    pub object: Vec<u8>,
    /// Its facts.
    pub facts: FactBytes,
    /// Warnings in source order.
    pub warnings: Vec<Diagnostic>,
}

/// A stage that `molt emit` shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stage {
    /// HIR.
    Hir,
    /// MIR as built.
    Mir,
    /// MIR after the named pass.
    MirAfter(String),
    /// CLIF.
    Clif,
    /// Machine instructions.
    Asm,
}

impl std::str::FromStr for Stage {
    type Err = UnknownStage;

    fn from_str(text: &str) -> Result<Stage, UnknownStage> {
        Ok(match text {
            "hir" => Stage::Hir,
            "mir" => Stage::Mir,
            "clif" => Stage::Clif,
            "asm" => Stage::Asm,
            _ => match text.strip_prefix("mir-after=") {
                Some(pass) if PASSES.iter().any(|(name, ..)| *name == pass) => Stage::MirAfter(pass.to_owned()),
                _ => return Err(UnknownStage),
            },
        })
    }
}

/// The text names no stage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UnknownStage;

impl std::fmt::Display for UnknownStage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let passes: Vec<&str> = PASSES.iter().map(|(name, ..)| *name).collect();
        write!(f, "no such stage; known are hir, mir, mir-after=PASS, clif and asm; passes are {}", passes.join(", "))
    }
}

impl std::error::Error for UnknownStage {}

/// Reads one module alone and gives its facts: phase one, which needs no other module.
pub fn facts(input: &ModuleInput<'_>) -> Result<FactBytes, Vec<Diagnostic>> {
    let (file, problem) = parse::decode(input.path, input.source);
    if let Some(problem) = problem {
        return Err(vec![problem]);
    }
    let module = input.hir(&file)?;
    Ok(facts::of(&module, &file).encode())
}

/// Compiles a module against the facts of the modules it imports, by dotted name.
pub fn compile(
    input: &ModuleInput<'_>,
    imports: &BTreeMap<String, FactBytes>,
    options: &Options,
) -> Result<CompiledModule, Vec<Diagnostic>> {
    let run = stages(input, imports, options, None)?;
    Ok(CompiledModule { object: run.emitted.object, facts: run.facts, warnings: run.warnings })
}

/// The text of one stage of a module.
pub fn stage_text(
    stage: &Stage,
    input: &ModuleInput<'_>,
    imports: &BTreeMap<String, FactBytes>,
    options: &Options,
) -> Result<String, Vec<Diagnostic>> {
    let run = stages(input, imports, options, Some(stage))?;
    match stage {
        Stage::Clif => Ok(run.emitted.clif),
        Stage::Asm => Ok(run.emitted.asm),
        _ => run.text.ok_or_else(|| vec![Diagnostic::error(code::INTERNAL, Span::at(0), "the stage has no text")]),
    }
}

/// A pass over MIR.
type Pass = fn(&mut mir::Module);

/// When a pass runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum When {
    /// Always: later stages rely on it.
    Always,
    /// In release builds of the program: debug builds run the generic code, which compiles several times faster.
    Release,
}

/// The passes over MIR, in order, with the names that `mir-after=` takes.
const PASSES: &[(&str, When, Pass)] = &[
    ("simplify", When::Always, passes::simplify::run),
    ("specialize", When::Release, passes::specialize::run),
    ("ranges", When::Release, passes::ranges::run),
    ("cleanup", When::Release, passes::simplify::run),
    ("inline", When::Release, passes::inline::run),
    ("generator", When::Always, passes::generator::run),
    ("ownership", When::Always, passes::ownership::run),
];

/// What a run through the stages made.
#[derive(Default)]
struct Run {
    facts: FactBytes,
    warnings: Vec<Diagnostic>,
    emitted: emit::Emitted,
    text: Option<String>,
}

/// All stages; stops early where the text of `wanted` is ready.
fn stages(
    input: &ModuleInput<'_>,
    imports: &BTreeMap<String, FactBytes>,
    options: &Options,
    wanted: Option<&Stage>,
) -> Result<Run, Vec<Diagnostic>> {
    // What modules tell each other is not used for code yet: a call into another module goes through its global.
    let _ = imports;
    let target = Target::new(&options.target, options.profile).map_err(|error| vec![emission(&error)])?;
    let mut run = Run::default();

    let (file, problem) = parse::decode(input.path, input.source);
    if let Some(problem) = problem {
        return Err(vec![problem]);
    }
    let hir = input.hir(&file)?;
    run.facts = facts::of(&hir, &file).encode();
    if wanted == Some(&Stage::Hir) {
        run.text = Some(hir::print(&hir));
        return Ok(run);
    }

    let mut module = build::build_module(&hir, &file)?;
    verified(&module, "build")?;
    if wanted == Some(&Stage::Mir) {
        run.text = Some(module_text(&module));
        return Ok(run);
    }
    // Who asks for the text after a pass means to see it work.
    let shown = |name: &str| wanted == Some(&Stage::MirAfter(name.to_owned()));
    let optimising = PASSES.iter().any(|(name, when, _)| *when == When::Release && shown(name));
    for (name, when, pass) in PASSES {
        if *when == When::Release && options.profile == Profile::Debug && !optimising {
            continue;
        }
        pass(&mut module);
        verified(&module, name)?;
        if shown(name) {
            run.text = Some(module_text(&module));
            return Ok(run);
        }
    }
    if matches!(wanted, Some(Stage::MirAfter(_))) {
        return Ok(run);
    }

    let want_text = wanted.is_some();
    run.emitted =
        emit::module(&target, &module, &options.symbol_prefix, want_text).map_err(|error| vec![emission(&error)])?;
    Ok(run)
}

/// In debug builds of the compiler: the findings of the verifier, and after the ownership pass those of its checker.
fn verified(module: &mir::Module, pass: &str) -> Result<(), Vec<Diagnostic>> {
    if !cfg!(debug_assertions) {
        return Ok(());
    }
    let mut findings: Vec<String> = mir::verify::verify_module(module).iter().map(|e| e.to_string()).collect();
    if findings.is_empty() && pass == "ownership" {
        findings = module.functions.values().flat_map(|f| passes::ownership::check::check(module, f)).collect();
    }
    if findings.is_empty() {
        return Ok(());
    }
    let fault = |text: String| Diagnostic::error(code::INTERNAL, Span::at(0), format!("after {pass}: {text}"));
    Err(findings.into_iter().take(5).map(fault).collect())
}

/// A diagnostic for a failure after the last stage that has source positions.
fn emission(error: &EmitError) -> Diagnostic {
    Diagnostic::error(code::INTERNAL, Span::at(0), error.to_string())
}
