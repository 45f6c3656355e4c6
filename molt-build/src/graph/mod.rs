//! The import graph: from the roots of a build to every module the program can reach.
//!
//! Invariant: the result is a function of the files alone. Modules are analysed in parallel, wave by wave, but
//! imports are followed one after the other in source order, so chains and diagnostics are the same at any `-j`.

pub mod circular;
pub mod finder;
pub mod native;
mod prune;
mod reach;
mod resolve;
pub mod roots;
mod stdlib_names;
pub(crate) mod supplied;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use molt_codegen::diag::Code;
use molt_codegen::facts::PartFacts;

pub use finder::Finder;
pub(crate) use resolve::absolute_name;
pub use resolve::{resolve, resolve_one};
pub use roots::Roots;

use crate::problem::Problem;
use crate::source::Origin;

/// What an `import` statement asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The dotted name after `import` or `from`, leading dots excluded; empty in `from . import x`.
    pub module: String,
    /// Number of leading dots.
    pub level: u32,
    /// The form of the statement.
    pub names: ImportNames,
    /// The import stands in a `try` whose handlers catch `ImportError`: a missing module is the program's business.
    pub optional: bool,
    /// It runs whenever the module does, and not only when some function is called or some condition holds.
    pub unconditional: bool,
    /// The bytes of the module name in the source.
    pub span: Range<usize>,
}

/// The names an import binds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportNames {
    /// `import a.b`.
    Module,
    /// `from m import a, b`: the names, before `as`.
    From(Vec<String>),
    /// `from m import *`.
    Star,
}

/// What the analysis of one module alone yields; `F` is the compiler's facts.
#[derive(Debug, Clone)]
pub struct Analysis<F> {
    /// Import statements in source order, functions' bodies included.
    pub imports: Vec<Import>,
    /// The literal `__all__`, whose names `import *` looks up as submodules.
    pub all: Option<Vec<String>>,
    /// What its parts mention, its body first.
    pub parts: Vec<PartFacts>,
    /// Phase-one facts.
    pub facts: F,
}

/// A module's source as the compiler sees it.
#[derive(Debug, Clone)]
pub struct ModuleSource {
    /// Dotted name, or `__main__`.
    pub name: String,
    /// The package that relative imports start from.
    pub package: String,
    /// Where the code comes from.
    pub origin: Origin,
    /// Whether `__path__` exists.
    pub is_package: bool,
    /// The raw bytes of the file.
    pub bytes: Arc<[u8]>,
}

impl ModuleSource {
    /// What `__file__` and tracebacks say: a path relative to the source root.
    pub fn label(&self) -> &str {
        match &self.origin {
            Origin::File { label, .. } | Origin::Stdlib { label, .. } => label,
            Origin::Namespace { .. } => "",
        }
    }

    /// The path to show in diagnostics.
    pub fn path(&self) -> PathBuf {
        match &self.origin {
            Origin::File { path, .. } => path.clone(),
            Origin::Stdlib { label, .. } => PathBuf::from(label),
            Origin::Namespace { portions } => portions.first().map(|p| p.0.clone()).unwrap_or_default(),
        }
    }

    /// Whether there is a text that diagnostics can point into; without it all that is known are the facts.
    pub fn has_text(&self) -> bool {
        !self.bytes.is_empty()
    }

    /// A problem at a place of the source.
    pub(crate) fn problem(&self, code: Code, message: String, span: Range<usize>) -> Problem {
        let problem = Problem::at_path(code, &self.path(), message);
        if self.has_text() { problem.with_span(self.text(), span) } else { problem }
    }

    /// Whether it belongs to the standard library.
    pub fn is_stdlib(&self) -> bool {
        matches!(self.origin, Origin::Stdlib { .. })
    }

    /// The decoded text, which spans refer to; bytes that are not UTF-8 are replaced.
    pub fn text(&self) -> Arc<str> {
        molt_codegen::parse::decode("", &self.bytes).0.text().into()
    }
}

/// One module of the graph.
#[derive(Debug)]
pub struct Module<F> {
    /// The source.
    pub source: ModuleSource,
    /// What phase one found.
    pub analysis: Analysis<F>,
    /// The compiled modules that this one's imports can run, sorted.
    pub imports: BTreeSet<String>,
    /// Those of them without which it can't do.
    pub needs: BTreeSet<String>,
    /// The import that first pulled this module in, `None` for a root.
    pub imported_by: Option<ImportSite>,
}

/// Where a module was first imported.
#[derive(Debug, Clone)]
pub struct ImportSite {
    /// The importing module.
    pub module: String,
    /// Its file and line, for the chain in diagnostics.
    pub place: String,
    /// The bytes of the module name there.
    pub span: Range<usize>,
}

/// All modules of a program.
#[derive(Debug)]
pub struct Graph<F> {
    /// Compiled modules by name.
    pub modules: BTreeMap<String, Module<F>>,
    /// Native modules that are imported.
    pub natives: BTreeSet<String>,
    /// Whether the program has a `__main__` to run.
    pub has_main: bool,
    /// Files that were read, sorted: what a build must be rerun for.
    pub files: Vec<PathBuf>,
    /// Folders that were searched, sorted.
    pub directories: Vec<PathBuf>,
}

impl<F> Graph<F> {
    /// The imports that lead from a root to a module, in words; `None` for a root.
    pub fn chain(&self, module: &Module<F>) -> Option<String> {
        chain(&self.modules, module)
    }

    /// The facts a module is compiled against, by module name in sorted order: those of everything its imports can run.
    pub fn facts_for(&self, module: &Module<F>) -> Vec<(&str, &F)> {
        let facts = |name: &String| {
            let (name, module) = self.modules.get_key_value(name)?;
            Some((name.as_str(), &module.analysis.facts))
        };
        module.imports.iter().filter_map(facts).collect()
    }
}

/// The imports that lead from a root to a module.
fn chain<F>(modules: &BTreeMap<String, Module<F>>, module: &Module<F>) -> Option<String> {
    let mut text = format!("`{}`", module.source.name);
    let mut site = module.imported_by.clone()?;
    // A chain is as long as the graph at most; the limit guards against a repeated name.
    for _ in 0..modules.len() + 1 {
        text.push_str(&format!(" is imported by `{}` ({})", site.module, site.place));
        match modules.get(&site.module).and_then(|m| m.imported_by.clone()) {
            Some(next) => {
                text.push_str(", which");
                site = next;
            }
            None => break,
        }
    }
    Some(text)
}
