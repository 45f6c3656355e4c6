//! Compiles a program: resolves its graph, compiles its modules in parallel through the cache, and makes the link table.
//!
//! Invariant: the result depends on the sources, the compiler, the target and the options alone; the cache and the number
//! of threads change only how long it takes.

use std::sync::atomic::{AtomicUsize, Ordering};

use molt_abi::grant::GrantSet;
use molt_codegen::emit::Profile;

use crate::cache::{Cache, Key, KeyBuilder};
use crate::compiler::{self, Facts};
use crate::error::BuildError;
use crate::graph::{Graph, Module, ModuleSource, Roots, circular, resolve};
use crate::jobs::Jobs;
use crate::link::Object;
use crate::problem::{self, Problem};
use crate::source::Tree;

/// How to compile a program.
#[derive(Debug, Clone)]
pub struct Options {
    /// Target triple.
    pub target: String,
    /// How much work goes into the code.
    pub profile: Profile,
    /// Put before the link symbols; tells apart several programs in one binary. Mostly empty.
    pub symbol_prefix: String,
    /// The most that the program may do; by default what it is found to need.
    pub capabilities: Option<GrantSet>,
    /// Whether `MOLT_TRUSTED=1` in the environment of the program lifts that limit.
    pub trusted: bool,
}

/// What is told while a program compiles; called from several threads.
pub trait Progress: Sync {
    /// `done` of `total` modules are compiled; `module` is the last one.
    fn compiled(&self, module: &str, done: usize, total: usize);
    /// A step that may take long begins.
    fn step(&self, what: &str);
}

/// No progress output.
impl Progress for () {
    fn compiled(&self, _module: &str, _done: usize, _total: usize) {}
    fn step(&self, _what: &str) {}
}

/// What compiles programs: threads, a cache and an audience.
pub struct Driver<'a> {
    /// How many jobs run at once.
    pub jobs: &'a Jobs,
    /// Where results are kept.
    pub cache: &'a Cache,
    /// Who is told.
    pub progress: &'a dyn Progress,
}

/// A compiled program.
#[derive(Debug)]
pub struct Program {
    /// Its modules and their facts.
    pub graph: Graph<Facts>,
    /// One object per module in the order of their names, then the link table.
    pub objects: Vec<Object>,
    /// Warnings, sorted by place.
    pub warnings: Vec<Problem>,
    /// The digest of the lock that it carries.
    pub lock: Option<[u8; 32]>,
    /// What was done.
    pub stats: Stats,
}

/// How much of a program came from the cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stats {
    /// Modules of the program.
    pub modules: usize,
    /// Modules that were compiled now.
    pub compiled: usize,
}

impl Driver<'_> {
    /// Resolves the import graph and reads every module alone (phase one).
    pub fn analyze(&self, roots: &Roots, tree: &Tree) -> Result<Graph<Facts>, BuildError> {
        let graph = resolve(roots, tree, self.jobs, &|source| {
            let key = facts_key(source);
            if let Some(facts) = self.cache.get(&key).and_then(|bytes| Facts::decode(&bytes)) {
                return Ok(compiler::analysis(facts));
            }
            let facts = compiler::facts(source)?;
            // A cache that can't be written to costs time, not the build.
            let _ = self.cache.put(&key, &facts.encode());
            Ok(compiler::analysis(facts))
        })?;
        match circular::check(&graph) {
            problems if problems.is_empty() => Ok(graph),
            problems => Err(BuildError::Problems(problems)),
        }
    }

    /// Compiles a program to objects.
    pub fn compile(&self, roots: &Roots, tree: &Tree, options: &Options) -> Result<Program, BuildError> {
        compiler::check_target(options)?;
        self.compile_graph(self.analyze(roots, tree)?, None, options)
    }

    /// Compiles the modules of a program that was analysed (phase two). The program carries the digest of the lock that
    /// its sources were held against.
    pub fn compile_graph(
        &self,
        graph: Graph<Facts>,
        lock: Option<[u8; 32]>,
        options: &Options,
    ) -> Result<Program, BuildError> {
        compiler::check_target(options)?;
        // First, because it tells whether the program is granted what it needs.
        let table = compiler::link_table(&graph, lock, options)?;
        let modules: Vec<&Module<Facts>> = graph.modules.values().collect();
        let done = AtomicUsize::new(0);
        let results = self.jobs.run(&modules, |module| {
            let result = self.module(&graph, module, options);
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            self.progress.compiled(&module.source.name, done, modules.len());
            result
        });
        let mut stats = Stats { modules: modules.len(), compiled: 0 };
        let (mut objects, mut warnings, mut problems) = (Vec::new(), Vec::new(), Vec::new());
        for (module, result) in modules.iter().zip(results) {
            match result {
                Ok(compiled) => {
                    stats.compiled += usize::from(!compiled.cached);
                    warnings.extend(compiled.warnings);
                    let name = format!("{}{}.o", options.symbol_prefix, module.source.name);
                    objects.push(Object { name, bytes: compiled.object });
                }
                Err(found) => problems.extend(found),
            }
        }
        if !problems.is_empty() {
            problem::sort(&mut problems);
            return Err(BuildError::Problems(problems));
        }
        problem::sort(&mut warnings);
        objects.push(Object { name: format!("{}molt_program.o", options.symbol_prefix), bytes: table });
        Ok(Program { graph, objects, warnings, lock, stats })
    }

    fn module(
        &self,
        graph: &Graph<Facts>,
        module: &Module<Facts>,
        options: &Options,
    ) -> Result<CompiledModule, Vec<Problem>> {
        let imports = graph.facts_for(module);
        let key = object_key(&module.source, &imports, options);
        let warnings_key = KeyBuilder::new("warnings").field("object", key.hex().as_bytes()).finish();
        if let (Some(object), Some(warnings)) = (self.cache.get(&key), self.cache.get(&warnings_key))
            && let Some(warnings) = compiler::decode_warnings(&module.source, &warnings)
        {
            return Ok(CompiledModule { object, warnings, cached: true });
        }
        let (object, warnings) = compiler::compile(&module.source, &imports, options)?;
        let stored = self.cache.put(&key, &object);
        let _ = stored.and_then(|()| self.cache.put(&warnings_key, &compiler::encode_warnings(&warnings)));
        Ok(CompiledModule { object, warnings, cached: false })
    }
}

struct CompiledModule {
    object: Vec<u8>,
    warnings: Vec<Problem>,
    cached: bool,
}

/// Everything that the facts of a module depend on.
fn facts_key(source: &ModuleSource) -> Key {
    source_fields(KeyBuilder::new("facts"), source).finish()
}

/// Everything that the object of a module depends on.
fn object_key(source: &ModuleSource, imports: &[(&str, &Facts)], options: &Options) -> Key {
    let mut key = source_fields(KeyBuilder::new("object"), source)
        .field("target", options.target.as_bytes())
        .field("profile", format!("{:?}", options.profile).as_bytes())
        .field("prefix", options.symbol_prefix.as_bytes());
    for (name, facts) in imports {
        key = key.field("import", name.as_bytes()).field("facts", facts.for_importers());
    }
    key.finish()
}

fn source_fields(key: KeyBuilder, source: &ModuleSource) -> KeyBuilder {
    key.field("compiler", env!("MOLT_COMPILER").as_bytes())
        .field("name", source.name.as_bytes())
        .field("label", source.label().as_bytes())
        .field("package", source.package.as_bytes())
        .field("is_package", &[u8::from(source.is_package)])
        .field("is_stdlib", &[u8::from(source.is_stdlib())])
        .field("source", &source.bytes)
}
