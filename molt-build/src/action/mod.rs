//! The steps of a build as single actions, for build systems that plan, cache and distribute them: Bazel and its kin.
//!
//! Each action is a function from the named inputs to bytes. Invariants: nothing is looked for on disk, so that an action
//! sees what its build system declared and nothing else; there is no cache, because the build system is one; and the
//! objects are byte for byte those of [`Driver`](crate::driver::Driver).
//!
//! In order: [`facts`] reads one module alone and gives its facts and its *interface*, the part that others are compiled
//! against; [`compile`] compiles one module against interfaces; [`program`] checks the closed import graph and makes the
//! link table, from the facts of all modules; [`supplied`] compiles the modules that belong to no target (Molt's standard
//! library, namespace packages); [`header`] and [`archive`] serve hosts in C, [`vendored`] rules for vendored packages.

mod given;
mod record;
mod vendored;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use molt_codegen::emit::{EntryPoint, Profile};

pub use given::Given;
pub use record::{Record, Request, Wanted};
pub use vendored::{Package, Vendored, vendored};

use crate::bindings::{c_header, interface};
use crate::codes;
use crate::compiler::{self, Facts};
use crate::driver::Options;
use crate::error::BuildError;
use crate::graph::{self, Graph, ModuleSource, Roots, circular, resolve, resolve_one, roots::MainScript};
use crate::jobs::Jobs;
use crate::link::platform::Platform;
use crate::link::toolchain::host_target;
use crate::link::{self, Object};
use crate::problem::Problem;
use crate::source::{Found, Origin, is_identifier};

/// The name under which a program's script is compiled.
const MAIN: &str = "__main__";

/// One module's source, as an action names it.
#[derive(Debug, Clone)]
pub struct Unit<'a> {
    /// Dotted name, or `__main__`.
    pub name: &'a str,
    /// What `__file__` and tracebacks say.
    pub label: &'a str,
    /// Whether it is a package's `__init__`.
    pub is_package: bool,
    /// The file.
    pub path: &'a Path,
}

impl Unit<'_> {
    fn read(&self) -> Result<ModuleSource, BuildError> {
        if !self.name.split('.').all(is_identifier) {
            let message = format!("`{}` is not the name of a module", self.name);
            let help = "name the file and its folders as Python identifiers, or leave it out of `srcs`";
            let problem = Problem::at_path(codes::MODULE_NAME, self.path, message).with_help(help);
            return Err(BuildError::Problems(vec![problem]));
        }
        let bytes = std::fs::read(self.path).map_err(|e| BuildError::io("read", self.path, e))?;
        Ok(ModuleSource {
            name: self.name.to_owned(),
            package: package_of(self.name, self.is_package),
            origin: Origin::File { path: self.path.to_path_buf(), label: self.label.to_owned() },
            is_package: self.is_package,
            bytes: bytes.into(),
        })
    }
}

/// What relative imports of a module start from.
fn package_of(name: &str, is_package: bool) -> String {
    let package = if is_package { name } else { name.rsplit_once('.').map_or("", |(parent, _)| parent) };
    package.to_owned()
}

/// What is done about mistakes in a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mistakes {
    /// They stop the action.
    Refuse,
    /// They stop the programs that can import the module. For libraries of which a program uses a part: vendored packages
    /// often have modules for another Python or another platform.
    Defer,
}

/// Phase one of one module.
pub fn facts(unit: &Unit<'_>, mistakes: Mistakes) -> Result<Record, BuildError> {
    let source = unit.read()?;
    match compiler::facts(&source).map_err(BuildError::Problems) {
        Ok(facts) if mistakes == Mistakes::Refuse => Ok(Record::new(unit, &facts)),
        Ok(facts) => Ok(Record::new(unit, &facts).with_faults(&faults(&source))),
        Err(BuildError::Problems(problems)) if mistakes == Mistakes::Defer => {
            Ok(Record::new(unit, &nothing(&source)?).with_faults(&problems))
        }
        Err(error) => Err(error),
    }
}

/// The mistakes that only phase two finds; none of them depends on other modules.
fn faults(source: &ModuleSource) -> Vec<Problem> {
    let options = Options {
        target: host_target().to_owned(),
        profile: Profile::Debug,
        symbol_prefix: String::new(),
        capabilities: None,
        trusted: false,
    };
    compiler::compile(source, &[], &options).err().unwrap_or_default()
}

/// The facts of an empty module in the place of one with mistakes.
fn nothing(source: &ModuleSource) -> Result<Facts, BuildError> {
    compiler::facts(&emptied(source)).map_err(BuildError::Problems)
}

fn emptied(source: &ModuleSource) -> ModuleSource {
    ModuleSource { bytes: [].into(), ..source.clone() }
}

/// A compiled module.
#[derive(Debug)]
pub struct Compiled {
    /// The object.
    pub object: Vec<u8>,
    /// Warnings in source order.
    pub warnings: Vec<Problem>,
}

/// Phase two of one module: compiles it against the interfaces of those of `given` that its imports can run.
///
/// A module whose mistakes are deferred is compiled as an empty one, which no program is linked with.
pub fn compile(unit: &Unit<'_>, given: &Given, options: &Options, mistakes: Mistakes) -> Result<Compiled, BuildError> {
    compiler::check_target(options)?;
    let source = unit.read()?;
    let compiled = compiler::facts(&source).map_err(BuildError::Problems).and_then(|facts| {
        // A module can import itself, as `from . import x` in a package does.
        given.insert(Record::new(unit, &facts));
        compile_source(source.clone(), facts, given, options)
    });
    match compiled {
        Err(BuildError::Problems(_)) if mistakes == Mistakes::Defer => {
            compile_source(emptied(&source), nothing(&source)?, given, options)
        }
        compiled => compiled,
    }
}

fn compile_source(
    source: ModuleSource,
    facts: Facts,
    given: &Given,
    options: &Options,
) -> Result<Compiled, BuildError> {
    let (module, sources) = resolve_one(given, source, compiler::analysis(facts))?;
    let mut imports = Vec::new();
    for (name, source) in &sources {
        match facts_of(source, given) {
            Ok(facts) => imports.push((name.as_str(), facts)),
            // What of the standard library can't be read is left out of programs that can do without it, and an error of
            // the others.
            Err(BuildError::Problems(_)) if source.is_stdlib() => {}
            Err(error) => return Err(error),
        }
    }
    let imports: Vec<(&str, &Facts)> = imports.iter().map(|(name, facts)| (*name, facts)).collect();
    let (object, warnings) = compiler::compile(&module.source, &imports, options).map_err(BuildError::Problems)?;
    Ok(Compiled { object, warnings })
}

/// The facts of a module that was located: from its record, or read from the source that Molt carries.
fn facts_of(source: &ModuleSource, given: &Given) -> Result<Facts, BuildError> {
    match source.origin {
        Origin::File { .. } => given.facts(&source.name),
        Origin::Stdlib { .. } | Origin::Namespace { .. } => compiler::facts(source).map_err(BuildError::Problems),
    }
}

/// A linked program's own part.
#[derive(Debug)]
pub struct Linked {
    /// The object that lists the modules.
    pub table: Vec<u8>,
    /// The object with `main`, if there is a `__main__`.
    pub entry: Option<Vec<u8>>,
    /// What [`supplied`] has to compile for it.
    pub request: Request,
}

/// Resolves the imports of a program from `roots` (module names; `__main__` for a program) among the given modules.
fn graph_of(roots: &[String], given: &Given) -> Result<Graph<Facts>, BuildError> {
    let mut start = Roots::default();
    for name in roots {
        let record = given.record(name)?;
        if name == MAIN {
            let path = record.label.clone().into();
            start.main = Some(MainScript { path, label: record.label.clone(), package: String::new() });
        } else {
            start.modules.push(name.clone());
        }
    }
    start.modules.sort();
    // Interfaces are small: threads would cost more than they save, and the build system counts on one.
    let jobs = Jobs::new(std::num::NonZeroUsize::new(1));
    resolve(&start, given, &jobs, &|source| {
        let problems = |error| match error {
            BuildError::Problems(problems) => problems,
            other => vec![Problem::at_path(codes::FACTS_FILE, &source.path(), other.to_string())],
        };
        let facts = facts_of(source, given).map_err(problems)?;
        match given.faults(&source.name) {
            faults if faults.is_empty() => Ok(compiler::analysis(facts)),
            faults => Err(faults),
        }
    })
}

/// Checks the import graph that `roots` reach, and makes the link table and the entry point.
pub fn program(roots: &[String], given: &Given, options: &Options) -> Result<Linked, BuildError> {
    compiler::check_target(options)?;
    let graph = graph_of(roots, given)?;
    let problems = circular::check(&graph);
    if !problems.is_empty() {
        return Err(BuildError::Problems(problems));
    }
    let table = compiler::link_table(&graph, None, options)?;
    let entry = EntryPoint::Program { prefix: options.symbol_prefix.clone() };
    let entry = if graph.has_main { Some(compiler::entry_point(&entry, options)?.bytes) } else { None };
    Ok(Linked { table, entry, request: request(&graph, given)? })
}

/// The modules of a graph that no target has, and the interfaces of the given modules that they import: a program may put
/// a module of its own in the place of one of the standard library.
fn request(graph: &Graph<Facts>, given: &Given) -> Result<Request, BuildError> {
    let mut request = Request::default();
    let mut hiding = BTreeSet::new();
    for (name, module) in &graph.modules {
        let is_namespace = match module.source.origin {
            Origin::File { .. } => continue,
            Origin::Stdlib { .. } => false,
            Origin::Namespace { .. } => true,
        };
        hiding.extend(module.imports.iter().filter(|import| given.has(import)));
        request.modules.insert(name.clone(), Wanted { is_namespace, imports: module.imports.clone() });
    }
    for name in hiding {
        request.given.push(given.record(name)?.interface());
    }
    Ok(request)
}

/// Compiles the modules of a request to objects, in the order of their names.
pub fn supplied(request: &Request, options: &Options, jobs: &Jobs) -> Result<Vec<Object>, BuildError> {
    compiler::check_target(options)?;
    let wanted: Vec<(&String, &Wanted)> = request.modules.iter().collect();
    let read = jobs.run(&wanted, |(name, wanted)| {
        let source = supplied_source(name, wanted.is_namespace)?;
        let facts = compiler::facts(&source).map_err(BuildError::Problems)?;
        Ok((source, facts))
    });
    let read = read.into_iter().collect::<Result<Vec<_>, BuildError>>()?;
    let given: Vec<(&str, Option<Facts>)> =
        request.given.iter().map(|record| (record.name.as_str(), record.facts())).collect();
    let all: BTreeMap<&str, &Facts> = read
        .iter()
        .map(|(source, facts)| (source.name.as_str(), facts))
        .chain(given.iter().filter_map(|(name, facts)| Some((*name, facts.as_ref()?))))
        .collect();
    let objects = jobs.run(&read, |(source, _)| {
        let wanted = request.modules.get(&source.name).into_iter().flat_map(|wanted| &wanted.imports);
        let imports: Vec<(&str, &Facts)> =
            wanted.filter_map(|name| all.get_key_value(name.as_str())).map(|(name, facts)| (*name, *facts)).collect();
        let (bytes, _) = compiler::compile(source, &imports, options).map_err(BuildError::Problems)?;
        Ok(Object { name: format!("{}{}.o", options.symbol_prefix, source.name), bytes })
    });
    objects.into_iter().collect()
}

/// A module that no target has: one of the standard library, or the empty one of a namespace package.
fn supplied_source(name: &str, is_namespace: bool) -> Result<ModuleSource, BuildError> {
    let namespace = Found { origin: Origin::Namespace { portions: Vec::new() }, is_package: true };
    let found = if is_namespace { Some(namespace) } else { graph::supplied::find(name) };
    let Some(Found { origin, is_package }) = found else {
        let message = format!("the standard library of this compiler has no module `{name}`");
        let help = "let the build system make the request again";
        let problem = Problem::at_path(codes::FACTS_FILE, Path::new(name), message).with_help(help);
        return Err(BuildError::Problems(vec![problem]));
    };
    let bytes = match &origin {
        Origin::Stdlib { module, .. } => Arc::from(&*module.text()),
        Origin::File { .. } | Origin::Namespace { .. } => Arc::from([]),
    };
    let (name, package) = (name.to_owned(), package_of(name, is_package));
    Ok(ModuleSource { name, package, origin, is_package, bytes })
}

/// The C header of the modules that `roots` reach; `name` is for the include guard.
pub fn header(name: &str, roots: &[String], given: &Given) -> Result<String, BuildError> {
    Ok(c_header::generate(name, &interface::of(&graph_of(roots, given)?)))
}

/// One archive of objects and the members of other archives, in the order of `files`.
pub fn archive(files: &[&Path], target: &str, out: &Path) -> Result<Vec<u8>, BuildError> {
    let mut objects = Vec::new();
    for path in files {
        let bytes = std::fs::read(path).map_err(|e| BuildError::io("read", *path, e))?;
        if path.extension().is_some_and(|ext| ext == "o") {
            objects.push(Object { name: crate::source::file_name(path), bytes });
        } else {
            objects.extend(link::archive::members(path, &bytes)?);
        }
    }
    link::archive::write(Platform::of(target), out, &objects)
}

/// Reads `NAME=FILE` pairs; a name that two files claim is refused.
pub fn named(pairs: &[String]) -> Result<BTreeMap<String, PathBuf>, BuildError> {
    let mut named: BTreeMap<String, PathBuf> = BTreeMap::new();
    let mut problems = Vec::new();
    for pair in pairs {
        let (name, path) = pair.split_once('=').unwrap_or((pair, ""));
        match named.entry(name.to_owned()) {
            Entry::Vacant(entry) => {
                entry.insert(path.into());
            }
            Entry::Occupied(entry) if entry.get().as_os_str() != path => {
                let message = format!("two targets have a module `{name}`: {} and {path}", entry.get().display());
                let help = "rename one, or change `imports` of its target so that it gets another dotted name";
                problems.push(Problem::at_path(codes::TWO_MODULES, Path::new(path), message).with_help(help));
            }
            Entry::Occupied(_) => {}
        }
    }
    if problems.is_empty() { Ok(named) } else { Err(BuildError::Problems(problems)) }
}
