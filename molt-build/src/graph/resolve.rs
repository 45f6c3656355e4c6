//! Follows imports from the roots.
//!
//! The rules are those of `importlib` (reference, section 5): parents before children, builtin modules before the
//! source roots, then what Molt supplies. A module that nothing supplies is a diagnostic with the chain of imports
//! that leads to it, unless the program handles `ImportError` itself.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use super::prune::{Faults, prune};
use super::reach::Reach;
use super::stdlib_names::is_stdlib;
use super::{Analysis, Finder, Graph, Import, ImportNames, ImportSite, Module, ModuleSource, Roots, native, supplied};
use molt_codegen::diag::{Code, code};

use crate::error::BuildError;
use crate::jobs::Jobs;
use crate::problem::{self, Problem, slashed};
use crate::source::{Found, Origin, SourceRoot};

/// Analyses one module alone.
pub type Analyze<'a, F> = dyn Fn(&ModuleSource) -> Result<Analysis<F>, Vec<Problem>> + Sync + 'a;

/// Finds every module the roots can reach, and analyses each once.
pub fn resolve<F: Send + Sync>(
    roots: &Roots,
    finder: &dyn Finder,
    jobs: &Jobs,
    analyze: &Analyze<'_, F>,
) -> Result<Graph<F>, BuildError> {
    let mut resolver = Resolver::new(roots, finder);
    resolver.add_roots()?;
    let roots_of_all: BTreeSet<String> = resolver.wave.iter().map(|(source, _)| source.name.clone()).collect();
    while !resolver.wave.is_empty() {
        let wave = std::mem::take(&mut resolver.wave);
        let analyses = jobs.run(&wave, |(source, _)| analyze(source));
        for ((source, imported_by), analysis) in wave.into_iter().zip(analyses) {
            match analysis {
                Ok(analysis) => resolver.follow(source, imported_by, analysis)?,
                Err(problems) => {
                    if let Some(site) = imported_by.filter(|_| source.is_stdlib()) {
                        resolver.unread.insert(source.name.clone(), site);
                    }
                    resolver.faults.entry(source.name).or_default().extend(problems);
                }
            }
        }
        if resolver.wave.is_empty() {
            resolver.wake()?;
        }
    }
    let faults = std::mem::take(&mut resolver.faults);
    if let Err(faults) = prune(&mut resolver.modules, faults, &roots_of_all) {
        return Err(BuildError::Problems(resolver.report(faults)));
    }
    Ok(Graph {
        modules: resolver.modules,
        natives: resolver.natives,
        has_main: roots.main.is_some(),
        files: resolver.files.into_iter().collect(),
        directories: finder.directories(),
    })
}

/// Resolves the imports of one analysed module of the program's own, and no further. Returns the module, and the sources of
/// what its imports can run by name.
pub fn resolve_one<F>(
    finder: &dyn Finder,
    source: ModuleSource,
    analysis: Analysis<F>,
) -> Result<(Module<F>, BTreeMap<String, ModuleSource>), BuildError> {
    let roots = Roots::default();
    let mut resolver = Resolver::new(&roots, finder);
    let name = source.name.clone();
    let module = resolver.imports_of(source, None, analysis)?;
    if !resolver.faults.is_empty() {
        let faults = std::mem::take(&mut resolver.faults);
        return Err(BuildError::Problems(resolver.report(faults)));
    }
    let mut sources: BTreeMap<String, ModuleSource> =
        resolver.wave.into_iter().map(|(source, _)| (source.name.clone(), source)).collect();
    if module.imports.contains(&name) {
        sources.insert(name, module.source.clone());
    }
    sources.retain(|name, _| module.imports.contains(name));
    Ok((module, sources))
}

/// How many faults of the standard library are named behind an import.
const SHOWN_REASONS: usize = 4;

/// Submodules that their parent, which is not a package, puts into `sys.modules` while it is imported, and what they are.
const MADE_BY_PARENT: &[(&str, &str)] = &[("os.path", "posixpath")];

/// What a name turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Resolved {
    Compiled { is_package: bool },
    Native,
    Missing,
}

struct Resolver<'a, F> {
    roots: &'a Roots,
    finder: &'a dyn Finder,
    modules: BTreeMap<String, Module<F>>,
    natives: BTreeSet<String>,
    /// Every name looked up so far, with where its submodules are.
    lookups: BTreeMap<String, (Resolved, Vec<(PathBuf, String)>)>,
    /// Modules found but not analysed yet.
    wave: Vec<(ModuleSource, Option<ImportSite>)>,
    /// What is wrong, by module.
    faults: Faults,
    /// Modules of the standard library that do not compile, with what imported them.
    unread: BTreeMap<String, ImportSite>,
    reach: Reach,
    files: BTreeSet<PathBuf>,
}

impl<'a, F> Resolver<'a, F> {
    fn new(roots: &'a Roots, finder: &'a dyn Finder) -> Self {
        Resolver {
            roots,
            finder,
            modules: BTreeMap::new(),
            natives: BTreeSet::new(),
            lookups: BTreeMap::new(),
            wave: Vec::new(),
            faults: Faults::new(),
            unread: BTreeMap::new(),
            reach: Reach::default(),
            files: BTreeSet::new(),
        }
    }

    fn add_roots(&mut self) -> Result<(), BuildError> {
        if let Some(main) = &self.roots.main {
            let origin = Origin::File { path: main.path.clone(), label: main.label.clone() };
            let source = self.read("__main__", main.package.clone(), origin, false)?;
            self.wave.push((source, None));
            if !main.package.is_empty() {
                self.lookup(&main.package, None)?;
            }
        }
        for name in &self.roots.modules {
            self.lookup(name, None)?;
        }
        Ok(())
    }

    fn read(
        &mut self,
        name: &str,
        package: String,
        origin: Origin,
        is_package: bool,
    ) -> Result<ModuleSource, BuildError> {
        let bytes: Arc<[u8]> = match &origin {
            Origin::File { path, .. } => {
                self.files.insert(path.clone());
                self.finder.read(name, path)?
            }
            Origin::Stdlib { module, .. } => Arc::from(&*module.text()),
            Origin::Namespace { .. } => Arc::from([]),
        };
        Ok(ModuleSource { name: name.to_owned(), package, origin, is_package, bytes })
    }

    /// Finds the module of a dotted name and its parents, and queues those that are new.
    fn lookup(&mut self, name: &str, site: Option<&ImportSite>) -> Result<Resolved, BuildError> {
        if let Some((resolved, _)) = self.lookups.get(name) {
            return Ok(*resolved);
        }
        if let Some((_, stands_for)) = MADE_BY_PARENT.iter().find(|(made, _)| *made == name)
            && self.lookup("os", site)? != Resolved::Missing
        {
            let resolved = self.lookup(stands_for, site)?;
            self.lookups.insert(name.to_owned(), (resolved, Vec::new()));
            return Ok(resolved);
        }
        let (found, native) = match name.rsplit_once('.') {
            None if native::is_builtin(name) => (None, true),
            None => {
                let found = self.finder.locate(name, &places_of(&self.roots.search))?;
                // A folder without `__init__.py` loses against a module that Molt supplies, as it does against
                // anything later on `sys.path`.
                let namespace = matches!(found, Some(Found { origin: Origin::Namespace { .. }, .. }));
                match found {
                    Some(found) if !namespace => (Some(found), false),
                    _ if native::is_native(name) => (None, true),
                    _ => match supplied::find(name) {
                        Some(module) => (Some(module), false),
                        None => (self.vendored(name)?, false),
                    },
                }
            }
            Some((parent, _)) => match self.lookup(parent, site)? {
                Resolved::Missing => (None, false),
                Resolved::Native => (None, native::is_native(name)),
                Resolved::Compiled { is_package: false } => (None, false),
                Resolved::Compiled { is_package: true } => {
                    let places = self.lookups.get(parent).map(|(_, places)| places.clone()).unwrap_or_default();
                    let found = self.finder.locate(name, &places)?;
                    match found {
                        None if native::is_native(name) => (None, true),
                        found => (found.or_else(|| supplied::find(name)), false),
                    }
                }
            },
        };
        let mut places = Vec::new();
        let resolved = match found {
            _ if native => {
                self.natives.insert(name.to_owned());
                Resolved::Native
            }
            None => Resolved::Missing,
            Some(Found { origin, is_package }) => {
                if is_package {
                    places = submodule_places(&origin);
                }
                let package = if is_package { name } else { name.rsplit_once('.').map_or("", |(parent, _)| parent) };
                let source = self.read(name, package.to_owned(), origin, is_package)?;
                self.wave.push((source, site.cloned()));
                Resolved::Compiled { is_package }
            }
        };
        self.lookups.insert(name.to_owned(), (resolved, places));
        Ok(resolved)
    }

    /// Looks up a top-level module with the vendored packages, which come last as `site-packages` does. What the search
    /// roots have of it are folders of a namespace package at most.
    fn vendored(&self, name: &str) -> Result<Option<Found>, BuildError> {
        let mut places = places_of(&self.roots.search);
        places.extend(places_of(&self.roots.vendor));
        self.finder.locate(name, &places)
    }

    /// Looks up all imports of an analysed module.
    fn follow(
        &mut self,
        source: ModuleSource,
        imported_by: Option<ImportSite>,
        analysis: Analysis<F>,
    ) -> Result<(), BuildError> {
        let module = self.imports_of(source, imported_by, analysis)?;
        self.modules.insert(module.source.name.clone(), module);
        Ok(())
    }

    fn imports_of(
        &mut self,
        source: ModuleSource,
        imported_by: Option<ImportSite>,
        analysis: Analysis<F>,
    ) -> Result<Module<F>, BuildError> {
        let mut module = Module { source, analysis, imports: BTreeSet::new(), needs: BTreeSet::new(), imported_by };
        let imports = std::mem::take(&mut module.analysis.imports);
        let followed = if module.source.is_stdlib() {
            self.reach.stdlib(&module.source.name, &module.analysis.parts, imports.clone())
        } else {
            self.reach.own(&module.analysis.parts);
            imports.clone()
        };
        for import in &followed {
            self.import(&mut module, import)?;
        }
        // `import *` reads the names in `__all__`, which for a package may be submodules (reference, 7.11).
        if module.source.is_package {
            for name in module.analysis.all.clone().unwrap_or_default() {
                let site = site_of(&module.source, 0..0);
                self.lookup(&format!("{}.{name}", module.source.name), Some(&site))?;
            }
        }
        module.analysis.imports = imports;
        Ok(module)
    }

    /// Follows the imports of functions that turned out to be reached.
    fn wake(&mut self) -> Result<(), BuildError> {
        for (name, import) in self.reach.wake() {
            if let Some(mut module) = self.modules.remove(&name) {
                self.import(&mut module, &import)?;
                self.modules.insert(name, module);
            }
        }
        Ok(())
    }

    fn fault(&mut self, module: &Module<F>, problem: Problem) {
        self.faults.entry(module.source.name.clone()).or_default().push(problem);
    }

    fn import(&mut self, module: &mut Module<F>, import: &Import) -> Result<(), BuildError> {
        // The standard library imports for every platform and for parts that few programs use: what is not there is missed
        // where such code runs.
        let optional = import.optional || (module.source.is_stdlib() && !import.unconditional);
        let base = match absolute_name(&module.source, &import.module, import.level) {
            Ok(base) => base,
            Err(message) => {
                if !optional {
                    let help = "use an absolute import, or move the module into a package";
                    let problem = problem_at(&module.source, import, code::RELATIVE_IMPORT, message).with_help(help);
                    self.fault(module, problem);
                }
                return Ok(());
            }
        };
        let site = site_of(&module.source, import.span.clone());
        let resolved = self.lookup(&base, Some(&site))?;
        if resolved == Resolved::Missing {
            if !optional {
                let problem = self.missing(module, import, &base);
                self.fault(module, problem);
            }
            return Ok(());
        }
        let mut reached = vec![base.clone()];
        if let (ImportNames::From(names), Resolved::Compiled { is_package: true }) = (&import.names, resolved) {
            // A name may be an attribute of the package or a submodule; CPython tries them in this order.
            for name in names {
                let sub = format!("{base}.{name}");
                if self.lookup(&sub, Some(&site))? != Resolved::Missing {
                    reached.push(sub);
                }
            }
        }
        for name in reached {
            let mut name = name.as_str();
            loop {
                if matches!(self.lookups.get(name), Some((Resolved::Compiled { .. }, _))) {
                    module.imports.insert(name.to_owned());
                    if !optional {
                        module.needs.insert(name.to_owned());
                    }
                }
                match name.rsplit_once('.') {
                    Some((parent, _)) => name = parent,
                    None => break,
                }
            }
        }
        Ok(())
    }

    /// What is shown of faults: those of the program's own modules as they are, those of the standard library once for each
    /// import that leads there.
    fn report(&self, faults: Faults) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut by_import: BTreeMap<(String, usize), (Problem, String, BTreeSet<String>)> = BTreeMap::new();
        for (name, found) in faults {
            let Some((name, site, importer)) = self.way_in(&name) else {
                problems.extend(found);
                continue;
            };
            let entry = by_import.entry((importer.name.clone(), site.span.start)).or_insert_with(|| {
                let message = format!("`{name}` is not supplied");
                let problem = importer.problem(code::MODULE_NOT_FOUND, message, site.span.clone());
                (problem, name, BTreeSet::new())
            });
            entry.2.extend(found.iter().map(|problem| problem.message().to_owned()));
        }
        for (problem, name, reasons) in by_import.into_values() {
            let shown: Vec<&str> = reasons.iter().take(SHOWN_REASONS).map(String::as_str).collect();
            let more = reasons.len().saturating_sub(SHOWN_REASONS);
            let more = if more > 0 { format!(", and {more} more") } else { String::new() };
            let help = format!(
                "`{name}` belongs to CPython's standard library, but this version of Molt does not supply what it needs"
            );
            problems.push(problem.with_note(format!("behind it: {}{more}", shown.join(", "))).with_help(help));
        }
        problem::sort(&mut problems);
        problems
    }

    /// For a module of the standard library: the module by which the program's own code got there, the import, and the
    /// module that has it.
    fn way_in(&self, name: &str) -> Option<(String, &ImportSite, &ModuleSource)> {
        let mut name = name.to_owned();
        for _ in 0..self.modules.len() + 1 {
            let site = match self.modules.get(&name) {
                Some(module) if !module.source.is_stdlib() => return None,
                Some(module) => module.imported_by.as_ref()?,
                None => self.unread.get(&name)?,
            };
            let importer = &self.modules.get(&site.module)?.source;
            if !importer.is_stdlib() {
                return Some((name, site, importer));
            }
            name = importer.name.clone();
        }
        None
    }

    /// The diagnostic for a module that nothing supplies.
    fn missing(&self, module: &Module<F>, import: &Import, base: &str) -> Problem {
        // The first part of the name that is not there is what CPython's message names.
        let mut absent = base;
        while let Some((parent, _)) = absent.rsplit_once('.') {
            match self.lookups.get(parent) {
                Some((Resolved::Missing, _)) => absent = parent,
                _ => break,
            }
        }
        let mut message = format!("no module named `{absent}`");
        if let Some((parent, _)) = absent.rsplit_once('.')
            && matches!(self.lookups.get(parent), Some((Resolved::Compiled { is_package: false }, _)))
        {
            message.push_str(&format!("; `{parent}` is not a package"));
        }
        let mut problem = problem_at(&module.source, import, code::MODULE_NOT_FOUND, message);
        if let Some(chain) = super::chain(&self.modules, module) {
            problem = problem.with_note(chain);
        }
        let top = absent.split('.').next().unwrap_or(absent);
        let help = if is_stdlib(top) || module.source.is_stdlib() {
            format!("`{top}` belongs to CPython's standard library, but this version of Molt does not supply it")
        } else {
            self.finder.advice().to_owned()
        };
        problem.with_help(help)
    }
}

fn places_of(roots: &[SourceRoot]) -> Vec<(PathBuf, String)> {
    roots.iter().map(|root| (root.dir.clone(), root.label.clone())).collect()
}

fn submodule_places(origin: &Origin) -> Vec<(PathBuf, String)> {
    match origin {
        Origin::File { path, label } => {
            let dir = path.parent().map(PathBuf::from).unwrap_or_default();
            let label = label.strip_suffix("__init__.py").unwrap_or(label);
            vec![(dir, label.to_owned())]
        }
        Origin::Namespace { portions } => portions.clone(),
        Origin::Stdlib { .. } => Vec::new(),
    }
}

/// The absolute name of what an import names, or what CPython says when there is none.
pub(crate) fn absolute_name(source: &ModuleSource, module: &str, level: u32) -> Result<String, String> {
    if level == 0 {
        return Ok(module.to_owned());
    }
    if source.package.is_empty() {
        return Err("attempted relative import with no known parent package".to_owned());
    }
    let mut base = source.package.as_str();
    for _ in 1..level {
        base = match base.rsplit_once('.') {
            Some((parent, _)) => parent,
            None => return Err("attempted relative import beyond top-level package".to_owned()),
        };
    }
    Ok(if module.is_empty() { base.to_owned() } else { format!("{base}.{module}") })
}

fn problem_at(source: &ModuleSource, import: &Import, code: Code, message: String) -> Problem {
    source.problem(code, message, import.span.clone())
}

fn site_of(source: &ModuleSource, span: Range<usize>) -> ImportSite {
    let mut place = slashed(&source.path());
    if source.has_text() {
        let line = source.bytes.iter().take(span.start).filter(|byte| **byte == b'\n').count() + 1;
        place.push_str(&format!(":{line}"));
    }
    ImportSite { module: source.name.clone(), place, span }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Tree;

    /// Reads lines `import a`, `from ..a import b, c`, `from a import *`, `try import a`; enough to test the graph.
    fn toy(source: &ModuleSource) -> Result<Analysis<()>, Vec<Problem>> {
        let text = source.text();
        let mut imports = Vec::new();
        let (mut all, mut at) = (None, 0);
        for line in text.lines() {
            let (optional, statement) = match line.strip_prefix("try ") {
                Some(rest) => (true, rest),
                None => (false, line),
            };
            let words: Vec<&str> = statement.split([' ', ',']).filter(|w| !w.is_empty()).collect();
            let span = at..at + line.len();
            match words.as_slice() {
                ["import", module] => imports.push(Import {
                    module: module.to_string(),
                    level: 0,
                    names: ImportNames::Module,
                    optional,
                    unconditional: true,
                    span,
                }),
                ["from", module, "import", names @ ..] => {
                    let bare = module.trim_start_matches('.');
                    imports.push(Import {
                        module: bare.to_owned(),
                        level: (module.len() - bare.len()) as u32,
                        names: match names {
                            ["*"] => ImportNames::Star,
                            names => ImportNames::From(names.iter().map(|n| n.to_string()).collect()),
                        },
                        optional,
                        unconditional: true,
                        span,
                    });
                }
                ["__all__", names @ ..] => all = Some(names.iter().map(|n| n.to_string()).collect()),
                _ => {}
            }
            at += line.len() + 1;
        }
        Ok(Analysis { imports, all, parts: Vec::new(), facts: () })
    }

    fn write(files: &[(&str, &str)]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for (file, text) in files {
            let path = dir.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        dir
    }

    fn script(files: &[(&str, &str)]) -> Result<Graph<()>, BuildError> {
        let dir = write(files);
        let roots = Roots::script(&dir.path().join("main.py"))?;
        resolve(&roots, &Tree::default(), &Jobs::default(), &toy)
    }

    fn names(graph: &Graph<()>) -> Vec<&str> {
        graph.modules.keys().map(String::as_str).collect()
    }

    #[test]
    fn imports_bring_parents_submodules_and_natives() {
        let graph = script(&[
            ("main.py", "import p.q.r\nfrom p import s, attr\nimport math\nimport main\nimport n.m"),
            ("p/__init__.py", ""),
            ("p/s.py", "from . import t\nfrom .q import r"),
            ("p/t.py", ""),
            ("p/unused.py", "import nothing"),
            ("p/q/__init__.py", ""),
            ("p/q/r.py", "from .. import s\nfrom ..t import x"),
            ("n/m.py", ""),
        ])
        .unwrap();
        assert_eq!(names(&graph), ["__main__", "main", "n", "n.m", "p", "p.q", "p.q.r", "p.s", "p.t"]);
        assert_eq!(graph.natives.iter().collect::<Vec<_>>(), ["math"]);
        let imports: Vec<_> = graph.modules["p.q.r"].imports.iter().map(String::as_str).collect();
        assert_eq!(imports, ["p", "p.s", "p.t"]);
    }

    #[test]
    fn star_import_takes_submodules_in_all() {
        let graph =
            script(&[("main.py", "from p import *"), ("p/__init__.py", "__all__ a b"), ("p/a.py", ""), ("p/c.py", "")])
                .unwrap();
        assert_eq!(names(&graph), ["__main__", "p", "p.a"]);
    }

    #[test]
    fn a_missing_module_names_the_chain() {
        let error = script(&[("main.py", "import a"), ("a.py", "\nimport b"), ("b.py", "import zope.x")]).unwrap_err();
        let [problem] = error.problems() else { panic!("{error:?}") };
        assert_eq!((problem.code(), problem.message()), (code::MODULE_NOT_FOUND, "no module named `zope`"));
        assert!(
            problem.diagnostic.notes[0].message.starts_with("`b` is imported by `a` ("),
            "{:?}",
            problem.diagnostic.notes
        );
        assert!(
            problem.diagnostic.notes[0].message.contains("a.py:2), which is imported by `__main__` ("),
            "{:?}",
            problem.diagnostic.notes
        );
    }

    #[test]
    fn optional_imports_may_be_missing() {
        assert_eq!(names(&script(&[("main.py", "try import zope")]).unwrap()), ["__main__"]);
    }

    #[test]
    fn relative_imports_need_a_package() {
        let fails = |main: &str, x: &str| {
            let error = script(&[("main.py", main), ("p/__init__.py", ""), ("p/x.py", x)]).unwrap_err();
            (error.problems()[0].code(), error.problems()[0].message().to_owned())
        };
        assert_eq!(fails("from . import x", "").1, "attempted relative import with no known parent package");
        assert_eq!(fails("import p.x", "from ... import y").1, "attempted relative import beyond top-level package");
        assert_eq!(
            fails("import p.x.y", ""),
            (code::MODULE_NOT_FOUND, "no module named `p.x.y`; `p.x` is not a package".to_owned())
        );
    }

    #[test]
    fn every_module_of_a_folder_is_a_root() {
        let dir = write(&[("h/__init__.py", ""), ("h/a.py", ""), ("h/s/b.py", ""), ("h/__main__.py", "import h.a")]);
        let tree = Tree::default();
        let roots = Roots::library(&dir.path().join("h"), &tree).unwrap();
        let graph = resolve(&roots, &tree, &Jobs::default(), &toy).unwrap();
        assert_eq!(names(&graph), ["h", "h.a", "h.s", "h.s.b"]);
        assert_eq!(graph.modules["h.s.b"].source.label(), "h/s/b.py");
        let roots = Roots::program(&dir.path().join("h"), &tree).unwrap();
        assert_eq!(roots.main.map(|m| m.package), Some("h".to_owned()));
    }

    #[test]
    fn empty_and_absent_folders_are_diagnostics() {
        let dir = tempfile::tempdir().unwrap();
        let code = |path: &std::path::Path| Roots::library(path, &Tree::default()).unwrap_err().problems()[0].code();
        assert_eq!(code(dir.path()), crate::codes::EMPTY_FOLDER);
        assert_eq!(code(&dir.path().join("none")), crate::codes::NO_SUCH_PATH);
    }

    #[test]
    fn the_order_of_problems_does_not_depend_on_threads() {
        let files = [("main.py", "import a, b"), ("h/a.py", "import x1\nimport x2"), ("h/b.py", "import x3")];
        let dir = write(&files);
        let tree = Tree::default();
        let roots = Roots::library(&dir.path().join("h"), &tree).unwrap();
        let problems = |n| {
            let jobs = Jobs::new(std::num::NonZeroUsize::new(n));
            let error = resolve(&roots, &tree, &jobs, &toy).unwrap_err();
            error.problems().iter().map(|p| p.message().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(problems(1), problems(4));
        assert_eq!(problems(1).len(), 3);
    }
}
