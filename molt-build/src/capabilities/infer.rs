//! From the facts of a program's modules to what each needs.
//!
//! A use is followed from the name that reads it to the module that defines it: through submodules, through modules that
//! only import a name to pass it on, through `import *`. Where it ends at a boundary ([`molt_abi::needs`]), the row says
//! what it needs. Invariant: the result is a function of the graph, sorted by module and place.

use std::collections::BTreeSet;

use molt_abi::capability::CapabilitySet;
use molt_abi::needs::{self, ModuleNeeds};
use molt_codegen::facts::{ImportedNames, NAMESPACES, UseFacts, UseOrigin};

use super::{Inferred, Need, Place};
use crate::compiler::Facts;
use crate::graph::{Graph, Module, absolute_name};

/// What the modules of a program need.
pub fn infer(graph: &Graph<Facts>) -> Inferred {
    let reach = Reach { graph };
    let mut inferred = Inferred::default();
    for (name, module) in &graph.modules {
        // What is behind a boundary is accounted for where it is used.
        if reach.boundary(name).is_some() {
            continue;
        }
        let needs = reach.module(module);
        if !needs.is_empty() {
            inferred.modules.insert(name.clone(), needs);
        }
    }
    inferred
}

/// What a use leads to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Found {
    /// By name.
    direct: CapabilitySet,
    /// Through a value.
    indirect: CapabilitySet,
}

impl Found {
    fn direct(set: CapabilitySet) -> Found {
        Found { direct: set, ..Found::default() }
    }

    fn indirect(set: CapabilitySet) -> Found {
        Found { indirect: set, ..Found::default() }
    }

    fn join(self, other: Found) -> Found {
        Found { direct: self.direct.union(other.direct), indirect: self.indirect.union(other.indirect) }
    }
}

/// A path of names that starts in a module.
#[derive(Debug, Clone, Copy)]
struct Use<'a> {
    path: &'a [String],
    /// Whether the end of the path is used, not only bound.
    value: bool,
    mode: Option<&'a str>,
}

/// Names already followed, against modules that pass a name round in a circle.
type Seen = BTreeSet<(String, Vec<String>)>;

struct Reach<'a> {
    graph: &'a Graph<Facts>,
}

impl<'a> Reach<'a> {
    /// The row of a module that Molt supplies. A module of the program's own with the same name is no boundary.
    fn boundary(&self, name: &str) -> Option<&'static ModuleNeeds> {
        let own = match self.graph.modules.get(name) {
            Some(module) => !module.source.is_stdlib(),
            None => !self.graph.natives.contains(name) && name != "builtins",
        };
        if own { None } else { needs::of(name) }
    }

    /// What can be reached by looking modules and names up by text.
    fn everything(&self) -> CapabilitySet {
        let modules = self.graph.natives.iter().chain(self.graph.modules.keys());
        let rows = modules.filter_map(|name| self.boundary(name)).chain(needs::of("builtins"));
        rows.fold(CapabilitySet::EMPTY, |set, row| set.union(row.all()))
    }

    fn module(&self, module: &Module<Facts>) -> Vec<Need> {
        let mut needs = Vec::new();
        let path = module.source.path();
        let Some(uses) = &module.analysis.facts.get().uses else {
            // An interface does not tell: assume all.
            let place = Place { path, line: 0, span: 0..0 };
            let why = "a module of which only the interface is known".to_owned();
            let need = |capability| Need { capability, place: place.clone(), why: why.clone(), indirect: true };
            return self.everything().iter().map(need).collect();
        };
        // The standard library does not look things up on behalf of others.
        let trusted = module.source.is_stdlib();
        for used in uses {
            let found = self.used(module, used);
            let place = Place { path: path.clone(), line: used.line, span: used.start as usize..used.end as usize };
            for (set, indirect) in [(found.direct, false), (found.indirect, true)] {
                if indirect && trusted {
                    continue;
                }
                for capability in set.iter() {
                    let why = why(module, used, indirect);
                    needs.push(Need { capability, place: place.clone(), why, indirect });
                }
            }
        }
        needs
    }

    fn used(&self, module: &Module<Facts>, used: &UseFacts) -> Found {
        let one = Use { path: &used.path, value: used.value, mode: used.mode.as_deref() };
        match used.origin {
            UseOrigin::AnyObject => Found::indirect(self.everything()),
            UseOrigin::Import { .. } => self.import(module, used.origin, one, &mut Seen::new()),
            UseOrigin::Unbound => {
                let name = used.path.first().map_or("", String::as_str);
                if NAMESPACES.contains(&name) || needs::REFLECTIVE_ATTRIBUTES.contains(&name) {
                    return Found::indirect(self.everything());
                }
                self.stars(module, one, &mut Seen::new()).join(self.name("builtins", one, &mut Seen::new()))
            }
        }
    }

    /// A use that starts at an import clause of a module.
    fn import(&self, module: &Module<Facts>, origin: UseOrigin, one: Use<'_>, seen: &mut Seen) -> Found {
        let UseOrigin::Import { import, root } = origin else { return Found::default() };
        let Some(clause) = module.analysis.facts.get().imports.get(import as usize) else { return Found::default() };
        let Ok(base) = absolute_name(&module.source, &clause.module, clause.level) else { return Found::default() };
        let base = if root { base.split('.').next().unwrap_or(&base) } else { &base };
        self.name(base, one, seen)
    }

    /// A use of what the star imports of a module bring.
    fn stars(&self, module: &Module<Facts>, one: Use<'_>, seen: &mut Seen) -> Found {
        let imports = module.analysis.facts.get().imports.iter().filter(|import| !import.type_checking);
        let stars = imports.filter(|import| import.names == ImportedNames::Star);
        stars.fold(Found::default(), |found, import| {
            match absolute_name(&module.source, &import.module, import.level) {
                Ok(base) => found.join(self.name(&base, one, seen)),
                Err(_) => found,
            }
        })
    }

    /// A use that starts in the module `base`.
    fn name(&self, base: &str, one: Use<'_>, seen: &mut Seen) -> Found {
        if !seen.insert((base.to_owned(), one.path.to_vec())) {
            return Found::default();
        }
        if let Some(row) = self.boundary(base) {
            return self.row(row, one);
        }
        let Some(module) = self.graph.modules.get(base) else {
            return match self.graph.natives.contains(base) {
                // A native module without a row can't be: the table's tests see to it.
                true => Found::indirect(self.everything()),
                false => Found::default(),
            };
        };
        let facts = module.analysis.facts.get();
        let Some((name, rest)) = one.path.split_first() else {
            // A module that is handed on gives away what it imported.
            let whole = |found: Found, global: &molt_codegen::facts::ImportedGlobal| {
                let path: Vec<String> = global.from.iter().cloned().collect();
                found.join(self.import(module, global.origin, Use { path: &path, value: true, mode: None }, seen))
            };
            let found = if one.value { facts.imported.iter().fold(Found::default(), whole) } else { Found::default() };
            return Found::indirect(found.direct.union(found.indirect));
        };
        if name == "*" {
            return Found::default();
        }
        let mut found = Found::default();
        let submodule = format!("{base}.{name}");
        if self.graph.modules.contains_key(&submodule) || self.graph.natives.contains(&submodule) {
            found = found.join(self.name(&submodule, Use { path: rest, ..one }, seen));
        }
        for global in facts.imported.iter().filter(|global| global.name == *name) {
            let path: Vec<String> = global.from.iter().chain(rest).cloned().collect();
            found = found.join(self.import(module, global.origin, Use { path: &path, ..one }, seen));
        }
        if !facts.globals.contains_key(name) && facts.has_star_import {
            found = found.join(self.stars(module, one, seen));
        }
        found
    }

    /// A use that ends in a boundary module.
    fn row(&self, row: &ModuleNeeds, one: Use<'_>) -> Found {
        let reflects = |name: Option<&str>| {
            let hit = |(module, reflective): &(&str, &str)| {
                *module == row.module && name.is_none_or(|name| name == *reflective)
            };
            needs::REFLECTION.iter().any(hit)
        };
        match one.path.first().map(String::as_str) {
            None if !one.value => Found::default(),
            None | Some("*" | "__dict__" | "__getattribute__") => {
                let mut set = row.all();
                if reflects(None) {
                    set = set.union(self.everything());
                }
                Found::indirect(set)
            }
            Some(name) if reflects(Some(name)) => Found::indirect(self.everything()),
            Some(name) => match (name, one.mode) {
                ("open", Some(mode)) => Found::direct(needs::of_mode(mode)),
                // The default mode reads; nothing shows that it ever writes.
                ("open", None) => {
                    let reading = needs::of_mode("r").intersection(row.name(name));
                    Found::direct(reading).join(Found::indirect(row.name(name).without(reading)))
                }
                _ => Found::direct(row.name(name)),
            },
        }
    }
}

/// What stands at a use, in words.
fn why(module: &Module<Facts>, used: &UseFacts, indirect: bool) -> String {
    let clause = match used.origin {
        UseOrigin::Import { import, root } => module.analysis.facts.get().imports.get(import as usize).map(|import| {
            let name = if root { import.module.split('.').next().unwrap_or_default() } else { &import.module };
            format!("{}{name}", ".".repeat(import.level as usize))
        }),
        _ => None,
    };
    let parts: Vec<&str> = clause.iter().chain(&used.path).map(String::as_str).collect();
    let path = parts.join(".");
    match (&used.mode, indirect) {
        (Some(mode), false) => format!("`{path}` with mode '{mode}'"),
        (None, false) => format!("`{path}` is used"),
        (_, true) if used.path.last().is_some_and(|name| name == "open") => {
            format!("`{path}` may write: its mode does not show")
        }
        (_, true) if clause.is_some() && used.value => format!("`{path}` is handed on as a value"),
        (_, true) => format!("`{path}` can lead to any name of a module"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::Cache;
    use crate::driver::Driver;
    use crate::graph::Roots;
    use crate::jobs::Jobs;
    use crate::source::Tree;

    /// The needs of a program's modules as `module:line capability`, `?` after those that are not certain.
    fn needs(files: &[(&str, &str)]) -> Vec<String> {
        let dir = tempfile::tempdir().unwrap();
        for (file, text) in files {
            let path = dir.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let (jobs, cache) = (Jobs::default(), Cache::none());
        let driver = Driver { jobs: &jobs, cache: &cache, progress: &() };
        let roots = Roots::script(&dir.path().join("main.py")).unwrap();
        let graph = driver.analyze(&roots, &Tree::default()).unwrap();
        let inferred = infer(&graph);
        let show = |module: &String, need: &Need| {
            let sure = if need.indirect { "?" } else { "" };
            format!("{}:{} {}{sure}", module.trim_matches('_'), need.place.line, need.capability)
        };
        inferred.modules.iter().flat_map(|(name, needs)| needs.iter().map(move |need| show(name, need))).collect()
    }

    fn of(main: &str) -> Vec<String> {
        needs(&[("main.py", main)])
    }

    const NONE: [&str; 0] = [];

    #[test]
    fn a_mode_tells_reading_from_writing() {
        assert_eq!(of("open('a')"), ["main:1 fs.read"]);
        assert_eq!(of("with open('a', 'w') as f: pass"), ["main:1 fs.write"]);
        assert_eq!(of("m = 'r'\nopen('a', m)"), ["main:2 fs.read", "main:2 fs.write?"]);
        assert_eq!(of("def open(x): pass\nopen('a')"), NONE);
        assert_eq!(of("import builtins\nbuiltins.open('a')"), ["main:2 fs.read", "main:2 fs.write?"]);
    }

    #[test]
    fn only_the_time_of_day_needs_something() {
        assert_eq!(of("import time\ntime.perf_counter()\ntime.sleep(0)\nprint(input())"), NONE);
        assert_eq!(of("import time as t\ndef f():\n    return t.time()"), ["main:3 time.wall"]);
        assert_eq!(of("from time import time_ns as now"), ["main:1 time.wall"]);
    }

    #[test]
    fn values_and_lookups_by_text_are_possible_not_certain() {
        assert_eq!(of("import time\nprint(time)"), ["main:2 time.wall?"]);
        assert_eq!(
            of("import time, sys\nsys.modules['time']"),
            ["main:2 fs.read?", "main:2 fs.write?", "main:2 time.wall?"]
        );
        assert_eq!(of("print.__self__"), ["main:1 fs.read?", "main:1 fs.write?"]);
        assert_eq!(of("globals()['x']"), ["main:1 fs.read?", "main:1 fs.write?"]);
        assert_eq!(of("from time import *\nsleep(0)"), ["main:1 time.wall?"]);
    }

    #[test]
    fn names_are_followed_through_other_modules() {
        let through =
            |main: &str, other: &str| needs(&[("main.py", main), ("a/__init__.py", other), ("a/b.py", "import time")]);
        assert_eq!(through("import a\na.clock.time()", "import time as clock"), ["main:2 time.wall"]);
        assert_eq!(
            through("from a import now\nnow()", "from time import time as now"),
            ["main:1 time.wall", "main:2 time.wall", "a:1 time.wall"]
        );
        assert_eq!(through("import a.b\na.b.time.time()", ""), ["main:2 time.wall"]);
        assert_eq!(through("from a.b import *\ntime.time()", ""), ["main:2 time.wall"]);
        assert_eq!(through("import a\na.time.time()", "from .b import *"), ["main:2 time.wall"]);
        assert_eq!(through("from a import b\nprint(b)", ""), ["main:2 time.wall?"]);
        assert_eq!(through("import a\na.x()", "from a import b\nx = 1"), NONE);
    }

    #[test]
    fn circles_of_names_end() {
        let files =
            [("main.py", "import a\na.x.y"), ("a.py", "import b as x"), ("b.py", "import a as y\nfrom a import *")];
        assert_eq!(needs(&files), NONE);
    }

    #[test]
    fn a_module_of_the_programs_own_is_no_boundary() {
        let own = [("main.py", "import math\nmath.f()"), ("math.py", "def f(): return open('x')")];
        assert_eq!(needs(&own), ["math:1 fs.read"]);
    }
}
