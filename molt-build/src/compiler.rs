//! The seam to `molt-codegen`: the only file that calls the compiler core.

use std::collections::BTreeMap;

use molt_codegen::diag::{Code, Diagnostic, Severity};
use molt_codegen::emit::{self, EntryPoint, LinkTable, Target};
use molt_codegen::facts::{ImportedNames, ModuleFacts};
use molt_codegen::pipeline::{self, ModuleInput, Stage};
use molt_codegen::source::Span;
use serde::{Deserialize, Serialize};

use crate::capabilities;
use crate::driver::Options;
use crate::error::BuildError;
use crate::graph::{Analysis, Graph, Import, ImportNames, ModuleSource};
use crate::link::Object;
use crate::problem::Problem;

/// Phase-one facts of a module.
#[derive(Debug)]
pub struct Facts {
    decoded: ModuleFacts,
    for_importers: Vec<u8>,
}

impl Facts {
    /// Decodes facts; `None` if the bytes are not of this compiler.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let decoded = ModuleFacts::decode(bytes)?;
        let for_importers = decoded.encode_for_importers();
        Some(Facts { decoded, for_importers })
    }

    /// The encoded form of all.
    pub fn encode(&self) -> Vec<u8> {
        self.decoded.encode()
    }

    /// The encoded part that importers are compiled against.
    pub fn for_importers(&self) -> &[u8] {
        &self.for_importers
    }

    /// The facts.
    pub fn get(&self) -> &ModuleFacts {
        &self.decoded
    }
}

fn input(source: &ModuleSource) -> ModuleInput<'_> {
    ModuleInput {
        name: &source.name,
        path: source.label(),
        source: &source.bytes,
        is_package: source.is_package,
        is_stdlib: source.is_stdlib(),
    }
}

fn problems(source: &ModuleSource, diagnostics: Vec<Diagnostic>) -> Vec<Problem> {
    let (path, text) = (source.path(), source.text());
    diagnostics
        .into_iter()
        .map(|diagnostic| Problem { path: path.clone(), text: Some(text.clone()), diagnostic })
        .collect()
}

/// Reads one module alone.
pub fn facts(source: &ModuleSource) -> Result<Facts, Vec<Problem>> {
    let bytes = pipeline::facts(&input(source)).map_err(|found| problems(source, found))?;
    Facts::decode(&bytes).ok_or_else(|| {
        let message = "the compiler cannot read its own facts";
        let internal = Diagnostic::error(molt_codegen::diag::code::INTERNAL, Span::at(0), message);
        problems(source, vec![internal])
    })
}

/// What the import graph needs of a module's facts.
pub fn analysis(facts: Facts) -> Analysis<Facts> {
    let imports = facts
        .decoded
        .imports
        .iter()
        .filter(|import| !import.type_checking)
        .map(|import| Import {
            module: import.module.clone(),
            level: import.level,
            names: match &import.names {
                ImportedNames::Module => ImportNames::Module,
                ImportedNames::From(names) => ImportNames::From(names.clone()),
                ImportedNames::Star => ImportNames::Star,
            },
            optional: import.guarded,
            unconditional: import.unconditional,
            span: import.start as usize..import.end as usize,
        })
        .collect();
    let all = facts.decoded.all.clone();
    let parts = facts.decoded.parts.clone();
    Analysis { imports, all, parts, facts }
}

fn core_options(options: &Options) -> pipeline::Options {
    pipeline::Options {
        target: options.target.clone(),
        profile: options.profile,
        symbol_prefix: options.symbol_prefix.clone(),
    }
}

fn import_map(imports: &[(&str, &Facts)]) -> BTreeMap<String, Vec<u8>> {
    imports.iter().map(|(name, facts)| ((*name).to_owned(), facts.for_importers.clone())).collect()
}

/// Compiles one module against the facts of what it imports: object bytes and warnings.
pub fn compile(
    source: &ModuleSource,
    imports: &[(&str, &Facts)],
    options: &Options,
) -> Result<(Vec<u8>, Vec<Problem>), Vec<Problem>> {
    let compiled = pipeline::compile(&input(source), &import_map(imports), &core_options(options))
        .map_err(|found| problems(source, found))?;
    Ok((compiled.object, problems(source, compiled.warnings)))
}

/// The text of one stage of a module.
pub fn stage(
    stage: &Stage,
    source: &ModuleSource,
    imports: &[(&str, &Facts)],
    options: &Options,
) -> Result<String, Vec<Problem>> {
    pipeline::stage_text(stage, &input(source), &import_map(imports), &core_options(options))
        .map_err(|found| problems(source, found))
}

fn target(options: &Options) -> Result<Target, BuildError> {
    Target::new(&options.target, options.profile).map_err(|_| BuildError::Target(options.target.clone()))
}

/// Whether code can be generated for the target.
pub fn check_target(options: &Options) -> Result<(), BuildError> {
    target(options).map(drop)
}

/// The object that lists a program's modules, what it may do, and the digest of the lock of its project.
///
/// # Errors
/// The program needs a capability that the options declare not to be granted.
pub fn link_table(graph: &Graph<Facts>, lock: Option<[u8; 32]>, options: &Options) -> Result<Vec<u8>, BuildError> {
    let inferred = capabilities::infer(graph);
    if let Some(declared) = &options.capabilities {
        let problems = capabilities::check(graph, &inferred, declared);
        if !problems.is_empty() {
            return Err(BuildError::Problems(problems));
        }
    }
    let table = LinkTable {
        prefix: options.symbol_prefix.clone(),
        modules: graph.modules.keys().cloned().collect(),
        main: graph.has_main.then(|| "__main__".to_owned()),
        // Every runtime has `builtins`, imported or not.
        natives: graph.natives.iter().filter(|name| *name != "builtins").cloned().collect(),
        capabilities: capabilities::granted(options.capabilities.as_ref(), &inferred),
        trusted: options.trusted,
        lock,
    };
    emit::link_table(&target(options)?, &table).map_err(|e| BuildError::Compiler(e.to_string()))
}

/// The object with `main`.
pub fn entry_point(entry: &EntryPoint, options: &Options) -> Result<Object, BuildError> {
    let bytes = emit::entry_point(&target(options)?, entry).map_err(|e| BuildError::Compiler(e.to_string()))?;
    Ok(Object { name: "molt_entry.o".to_owned(), bytes })
}

/// A warning as the cache keeps it; the text comes from the module's source.
#[derive(Serialize, Deserialize)]
struct StoredWarning {
    code: u16,
    start: u32,
    end: u32,
    message: String,
    help: Option<String>,
}

/// Warnings as bytes for the cache.
pub fn encode_warnings(warnings: &[Problem]) -> Vec<u8> {
    let stored: Vec<_> = warnings
        .iter()
        .map(|warning| StoredWarning {
            code: warning.diagnostic.code.0,
            start: warning.diagnostic.span.start,
            end: warning.diagnostic.span.end,
            message: warning.diagnostic.message.clone(),
            help: warning.diagnostic.help.clone(),
        })
        .collect();
    // Plain data always serialises.
    rmp_serde::to_vec(&stored).unwrap_or_default()
}

/// The inverse of [`encode_warnings`]; `None` for bytes of another version.
pub fn decode_warnings(source: &ModuleSource, bytes: &[u8]) -> Option<Vec<Problem>> {
    let stored: Vec<StoredWarning> = rmp_serde::from_slice(bytes).ok()?;
    let diagnostics = stored
        .into_iter()
        .map(|warning| Diagnostic {
            code: Code(warning.code),
            severity: Severity::Warning,
            span: Span::new(warning.start, warning.end),
            message: warning.message,
            notes: Vec::new(),
            help: warning.help,
        })
        .collect();
    Some(problems(source, diagnostics))
}
