//! The stages in order: the one place that says what happens to a module between source bytes and object bytes.
//!
//! Invariant: pure. Everything a stage needs is in [`ModuleInput`], the facts of imported modules and [`Options`].

use crate::diag::{Diagnostic, code};
use crate::emit::{EmitError, Profile, Target};
use crate::source::Span;
use crate::{facts, hir, parse};
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
                Some(pass) if !pass.is_empty() => Stage::MirAfter(pass.to_owned()),
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
        f.write_str("no such stage; known are hir, mir, mir-after=PASS, clif and asm")
    }
}

impl std::error::Error for UnknownStage {}

/// Reads one module alone and gives its facts: phase one, which needs no other module.
pub fn facts(input: &ModuleInput<'_>) -> Result<FactBytes, Vec<Diagnostic>> {
    let (file, problem) = parse::decode(input.path, input.source);
    if let Some(problem) = problem {
        return Err(vec![problem]);
    }
    let module = hir::from_source(&file, input.name, input.is_package)?;
    Ok(facts::of(&module, &file).encode())
}

/// Compiles a module against the facts of the modules it imports, by dotted name.
pub fn compile(
    input: &ModuleInput<'_>,
    imports: &BTreeMap<String, FactBytes>,
    options: &Options,
) -> Result<CompiledModule, Vec<Diagnostic>> {
    let _ = (input, imports);
    Target::new(&options.target, options.profile).map_err(|error| vec![emission(&error)])?;
    Err(vec![incomplete()])
}

/// The text of one stage of a module.
pub fn stage_text(
    stage: &Stage,
    input: &ModuleInput<'_>,
    imports: &BTreeMap<String, FactBytes>,
    options: &Options,
) -> Result<String, Vec<Diagnostic>> {
    let _ = stage;
    compile(input, imports, options).map(|_| String::new())
}

fn incomplete() -> Diagnostic {
    Diagnostic::error(code::INTERNAL, Span::at(0), "this compiler was built without its middle stages")
}

/// A diagnostic for a failure after the last stage that has source positions.
fn emission(error: &EmitError) -> Diagnostic {
    Diagnostic::error(code::INTERNAL, Span::at(0), error.to_string())
}
