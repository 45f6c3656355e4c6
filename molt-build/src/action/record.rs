//! The files between actions: what phase one found of a module, and what a program wants supplied.
//!
//! Invariant: equal sources and labels give equal bytes. A file begins with the fingerprint of the compiler that wrote it, and
//! no other compiler reads it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use molt_codegen::diag::Code;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Unit;
use crate::codes;
use crate::compiler::Facts;
use crate::error::BuildError;
use crate::problem::Problem;

/// A module without its source: its facts, and what the import graph asks of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Dotted name, or `__main__`.
    pub name: String,
    /// What `__file__` and tracebacks say.
    pub label: String,
    /// Whether it can have submodules.
    pub is_package: bool,
    /// Encoded facts, or the importers' part of them.
    facts: Vec<u8>,
    /// Mistakes that are deferred to programs that import the module.
    faults: Vec<Fault>,
}

/// A mistake with all that is needed to show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Fault {
    code: u16,
    path: PathBuf,
    text: Option<String>,
    start: u32,
    end: u32,
    message: String,
    notes: Vec<String>,
    help: Option<String>,
}

/// What a program needs beside its targets' objects.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Request {
    /// The modules by name.
    pub modules: BTreeMap<String, Wanted>,
    /// The interfaces of the program's own modules that these import.
    pub given: Vec<Record>,
}

/// A module of the standard library, or a namespace package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// Whether it is a namespace package, which has no source.
    pub is_namespace: bool,
    /// The compiled modules that its imports can run in this program. Which these are is known of the whole program only: what
    /// nothing reaches of the standard library is cut off.
    pub imports: BTreeSet<String>,
}

impl Record {
    pub(super) fn new(unit: &Unit<'_>, facts: &Facts) -> Self {
        let (name, label) = (unit.name.to_owned(), unit.label.to_owned());
        Record { name, label, is_package: unit.is_package, facts: facts.encode(), faults: Vec::new() }
    }

    pub(super) fn with_faults(self, problems: &[Problem]) -> Self {
        let faults = problems.iter().map(|problem| {
            let diagnostic = &problem.diagnostic;
            Fault {
                code: diagnostic.code.0,
                path: problem.path.clone(),
                text: problem.text.as_deref().map(str::to_owned),
                start: diagnostic.span.start,
                end: diagnostic.span.end,
                message: diagnostic.message.clone(),
                notes: diagnostic.notes.iter().map(|note| note.message.clone()).collect(),
                help: diagnostic.help.clone(),
            }
        });
        Record { faults: faults.collect(), ..self }
    }

    pub(super) fn faults(&self) -> Vec<Problem> {
        let problem = |fault: &Fault| {
            let mut problem = Problem::at_path(Code(fault.code), &fault.path, fault.message.clone());
            if let Some(text) = &fault.text {
                problem = problem.with_span(text.as_str().into(), fault.start as usize..fault.end as usize);
            }
            problem = fault.notes.iter().fold(problem, |problem, note| problem.with_note(note.clone()));
            match &fault.help {
                Some(help) => problem.with_help(help.clone()),
                None => problem,
            }
        };
        self.faults.iter().map(problem).collect()
    }

    /// The part that changes only when importers have to be compiled again: no positions, no docstrings.
    pub fn interface(&self) -> Record {
        let facts = match self.facts() {
            Some(facts) => facts.for_importers().to_vec(),
            None => self.facts.clone(),
        };
        Record { facts, ..self.clone() }
    }

    /// The facts.
    pub(super) fn facts(&self) -> Option<Facts> {
        Facts::decode(&self.facts)
    }

    /// The file's bytes.
    pub fn encode(&self) -> Vec<u8> {
        encode(self)
    }

    /// Reads the file at `path`.
    pub fn read(path: &Path) -> Result<Self, BuildError> {
        decode(path)
    }
}

impl Request {
    /// The file's bytes.
    pub fn encode(&self) -> Vec<u8> {
        encode(self)
    }

    /// Reads the file at `path`.
    pub fn read(path: &Path) -> Result<Self, BuildError> {
        decode(path)
    }
}

const COMPILER: &[u8] = env!("MOLT_COMPILER").as_bytes();

fn encode(content: &impl Serialize) -> Vec<u8> {
    let mut bytes = COMPILER.to_vec();
    // Plain data always serialises.
    bytes.extend(rmp_serde::to_vec(content).unwrap_or_default());
    bytes
}

fn decode<T: DeserializeOwned>(path: &Path) -> Result<T, BuildError> {
    let bytes = std::fs::read(path).map_err(|e| BuildError::io("read", path, e))?;
    let content = bytes.strip_prefix(COMPILER).and_then(|content| rmp_serde::from_slice(content).ok());
    content.ok_or_else(|| {
        let problem = Problem::at_path(codes::FACTS_FILE, path, "this file was not written by this compiler")
            .with_help("let the build system make it again: the compiler is an input of the action that writes it");
        BuildError::Problems(vec![problem])
    })
}
