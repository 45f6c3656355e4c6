//! Imports that a cycle makes impossible: `from m import name` where `m` is still being initialised and has not bound the
//! name yet, whichever module of the cycle is imported first.
//!
//! Most cycles are harmless, and some work only from one side; those are the program's business and behave as in CPython.
//! Here only what fails from every side is refused: in a program, what its `__main__` certainly runs into; in a library,
//! whose user may import any module first, every such cycle. The check plays through the unconditional imports of module
//! bodies (importlib's rules: a module is registered before its body runs) and gives the program the benefit of every doubt.

use std::collections::{BTreeMap, BTreeSet};

use molt_codegen::facts::{ImportFacts, ImportedNames};

use super::{Graph, absolute_name};
use crate::codes;
use crate::compiler::Facts;
use crate::problem::{self, Problem, slashed};

/// The problems, sorted by place.
pub fn check(graph: &Graph<Facts>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut reported = BTreeSet::new();
    let starts: Vec<String> = if graph.has_main {
        let failure = first_failure(graph, "__main__");
        failure.map(|f| f.cycle).unwrap_or_default()
    } else {
        graph.modules.keys().cloned().collect()
    };
    for start in &starts {
        let Some(failure) = first_failure(graph, start) else { continue };
        let from_every_side = failure.cycle.iter().all(|module| first_failure(graph, module).is_some());
        if from_every_side && reported.insert((failure.module.clone(), failure.import)) {
            problems.push(describe(graph, &failure));
        }
    }
    problem::sort(&mut problems);
    problems
}

/// A `from` import that finds its module half initialised.
struct Failure {
    module: String,
    import: usize,
    name: String,
    /// The modules that wait for each other, the one that lacks the name first.
    cycle: Vec<String>,
}

fn first_failure(graph: &Graph<Facts>, start: &str) -> Option<Failure> {
    let mut play = Play { graph, progress: BTreeMap::new(), stack: Vec::new() };
    play.import(start).err()
}

struct Play<'a> {
    graph: &'a Graph<Facts>,
    /// For each module that was begun: how many of its import clauses have run, `None` when its body is done.
    progress: BTreeMap<&'a str, Option<u32>>,
    /// The modules whose bodies are running.
    stack: Vec<&'a str>,
}

impl<'a> Play<'a> {
    /// Imports a module and its parents, as the name in an import statement does.
    fn import(&mut self, name: &str) -> Result<(), Failure> {
        if let Some((parent, _)) = name.rsplit_once('.') {
            self.import(parent)?;
        }
        let Some((name, module)) = self.graph.modules.get_key_value(name) else { return Ok(()) };
        if self.progress.contains_key(name.as_str()) {
            return Ok(());
        }
        self.stack.push(name);
        for (index, import) in module.analysis.facts.get().imports.iter().enumerate() {
            self.progress.insert(name, Some(index as u32));
            if import.unconditional && !import.type_checking && !import.guarded {
                self.statement(name, index, import)?;
            }
        }
        self.progress.insert(name, None);
        self.stack.pop();
        Ok(())
    }

    fn statement(&mut self, module: &str, index: usize, import: &ImportFacts) -> Result<(), Failure> {
        let source = &self.graph.modules[module].source;
        let Ok(base) = absolute_name(source, &import.module, import.level) else { return Ok(()) };
        self.import(&base)?;
        let ImportedNames::From(names) = &import.names else { return Ok(()) };
        for name in names {
            if self.is_missing(&base, name) {
                let from = self.stack.iter().position(|running| *running == base).unwrap_or(0);
                let cycle = self.stack[from..].iter().map(|&name| name.to_owned()).collect();
                return Err(Failure { module: module.to_owned(), import: index, name: name.clone(), cycle });
            }
            let submodule = format!("{base}.{name}");
            if self.graph.modules.contains_key(&submodule) {
                self.import(&submodule)?;
            }
        }
        Ok(())
    }

    /// Whether a module that is still running has certainly not bound a name yet.
    fn is_missing(&self, module: &str, name: &str) -> bool {
        let Some(Some(done)) = self.progress.get(module) else { return false };
        let facts = self.graph.modules[module].analysis.facts.get();
        // A name that is never bound is no matter of order; a submodule can be imported at any time.
        let Some(global) = facts.globals.get(name) else { return false };
        global.imports_before > *done
            && !facts.has_star_import
            && !facts.globals.contains_key("__getattr__")
            && !self.graph.modules.contains_key(&format!("{module}.{name}"))
    }
}

fn describe(graph: &Graph<Facts>, failure: &Failure) -> Problem {
    let source = &graph.modules[&failure.module].source;
    let import = &graph.modules[&failure.module].analysis.facts.get().imports[failure.import];
    let lacking = failure.cycle.first().map_or("", String::as_str);
    let message = format!("circular import: `{lacking}` cannot have bound `{}` when this runs", failure.name);
    let place = |name: &String| format!("`{name}` ({})", slashed(&graph.modules[name].source.path()));
    let cycle: Vec<String> = failure.cycle.iter().map(place).collect();
    let note = match cycle.as_slice() {
        [one] => format!("{one} imports from itself"),
        many => format!("{} import each other, in this order", many.join(", ")),
    };
    let problem = source.problem(codes::CIRCULAR_IMPORT, message, import.start as usize..import.end as usize);
    // Without the text to point into, the line has to do; interfaces lack even that.
    let line_helps = !source.has_text() && import.line != 0;
    let problem = if line_helps { problem.with_note(format!("on line {}", import.line)) } else { problem };
    problem
        .with_note(note)
        .with_help("import the module instead of the name, or move this import into the function that needs it")
}

#[cfg(test)]
mod tests {
    use crate::cache::Cache;
    use crate::driver::Driver;
    use crate::graph::Roots;
    use crate::jobs::Jobs;
    use crate::source::Tree;

    /// The messages for a folder of modules.
    fn messages(files: &[(&str, &str)]) -> Vec<String> {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(dir.path().join(name), text).unwrap();
        }
        let tree = Tree::default();
        let program = files.iter().any(|(name, _)| *name == "__main__.py");
        let make = if program { Roots::program } else { Roots::library };
        let roots = make(dir.path(), &tree).unwrap();
        let (jobs, cache) = (Jobs::default(), Cache::none());
        match (Driver { jobs: &jobs, cache: &cache, progress: &() }).analyze(&roots, &tree) {
            Ok(_) => Vec::new(),
            Err(error) => error.problems().iter().map(|p| p.message().to_owned()).collect(),
        }
    }

    #[test]
    fn a_cycle_that_fails_from_every_side_is_refused() {
        let found = messages(&[("a.py", "from b import x\ny = 1\n"), ("b.py", "from a import y\nx = 1\n")]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("`b` cannot have bound `x`"), "{found:?}");
        let found =
            messages(&[("a.py", "from b import x\n"), ("b.py", "from c import x\n"), ("c.py", "from a import x\n")]);
        assert_eq!(found.len(), 3, "{found:?}");
        assert_eq!(messages(&[("a.py", "from a import x\nx = 1\n")]).len(), 1);
    }

    #[test]
    fn a_program_may_catch_the_failure() {
        let cycle = [("a.py", "from b import x\ny = 1\n"), ("b.py", "from a import y\nx = 1\n")];
        let program = |main: &'static str| messages(&[cycle[0], cycle[1], ("__main__.py", main)]);
        assert_eq!(program("import a\n").len(), 2);
        assert_eq!(program("try:\n    import a\nexcept ImportError: ...\n"), Vec::<String>::new());
    }

    #[test]
    fn cycles_that_can_work_are_left_alone() {
        for files in [
            // The module instead of the name.
            [("a.py", "import b\ny = 1\n"), ("b.py", "import a\nx = 1\n")],
            // Bound before the import.
            [("a.py", "y = 1\nfrom b import x\n"), ("b.py", "from a import y\nx = 1\n")],
            // In a function, in a `try`, under a condition.
            [("a.py", "from b import x\ny = 1\n"), ("b.py", "x = 1\ndef f():\n    from a import y\n")],
            [
                ("a.py", "from b import x\ny = 1\n"),
                ("b.py", "try:\n    from a import y\nexcept ImportError: ...\nx = 1\n"),
            ],
            [("a.py", "from b import x\ny = 1\n"), ("b.py", "import sys\nif sys:\n    from a import y\nx = 1\n")],
            // `a` first fails, `b` first does not.
            [("a.py", "from b import x\ny = 1\n"), ("b.py", "x = 1\nfrom a import y\n")],
        ] {
            assert_eq!(messages(&files), Vec::<String>::new(), "{files:?}");
        }
    }
}
