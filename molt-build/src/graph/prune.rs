//! Leaves out of the graph what only the standard library wanted and can't have.
//!
//! A module of the standard library that lacks something is an error if the program can't do without it. If all that leads to it
//! are imports inside functions of the standard library, it is left out instead, with whatever needs it: such an import then
//! fails where it runs, as it does on a CPython that was built without the module.

use std::collections::{BTreeMap, BTreeSet};

use super::Module;
use crate::problem::Problem;

/// Modules with what is wrong with them.
pub type Faults = BTreeMap<String, Vec<Problem>>;

/// Removes what has faults and can be done without, and what nothing reaches any more.
///
/// # Errors
/// The faults of modules that the program needs.
pub fn prune<F>(
    modules: &mut BTreeMap<String, Module<F>>,
    mut faults: Faults,
    roots: &BTreeSet<String>,
) -> Result<(), Faults> {
    if faults.is_empty() {
        return Ok(());
    }
    let needed = closure(modules, roots, |module| &module.needs);
    let fatal: Faults = needed.iter().filter_map(|name| faults.remove_entry(name)).collect();
    if !fatal.is_empty() {
        return Err(fatal);
    }
    let mut lost: BTreeSet<String> = faults.into_keys().collect();
    loop {
        let more: Vec<String> = (modules.iter())
            .filter(|(name, module)| !lost.contains(*name) && !module.needs.is_disjoint(&lost))
            .map(|(name, _)| name.clone())
            .collect();
        if more.is_empty() {
            break;
        }
        lost.extend(more);
    }
    modules.retain(|name, _| !lost.contains(name));
    for module in modules.values_mut() {
        module.imports.retain(|name| !lost.contains(name));
    }
    let reached = closure(modules, roots, |module| &module.imports);
    modules.retain(|name, _| reached.contains(name));
    Ok(())
}

/// Everything that the roots lead to; modules that are not there (for they could not be read) included.
fn closure<F>(
    modules: &BTreeMap<String, Module<F>>,
    roots: &BTreeSet<String>,
    edges: impl Fn(&Module<F>) -> &BTreeSet<String>,
) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&String> = roots.iter().collect();
    while let Some(name) = next.pop() {
        if !reached.insert(name.clone()) {
            continue;
        }
        if let Some(module) = modules.get(name) {
            next.extend(edges(module));
        }
        // A submodule runs its parents first.
        if let Some((parent, _)) = name.rsplit_once('.')
            && let Some((parent, _)) = modules.get_key_value(parent)
        {
            next.push(parent);
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::codes;
    use crate::graph::{Analysis, ModuleSource};
    use crate::source::Origin;

    /// A graph from lines `name: needed needed? …`; what has a `?` can be done without.
    fn graph(lines: &[&str]) -> BTreeMap<String, Module<()>> {
        let module = |line: &&str| {
            let (name, imports) = line.split_once(':').unwrap();
            let origin = Origin::Namespace { portions: Vec::new() };
            let source = ModuleSource {
                name: name.to_owned(),
                package: String::new(),
                origin,
                is_package: false,
                bytes: Arc::from([]),
            };
            let analysis = Analysis { imports: Vec::new(), all: None, parts: Vec::new(), facts: () };
            let imports: Vec<&str> = imports.split_whitespace().collect();
            let module = Module {
                source,
                analysis,
                imports: imports.iter().map(|name| name.trim_end_matches('?').to_owned()).collect(),
                needs: imports.iter().filter(|name| !name.ends_with('?')).map(|name| (*name).to_owned()).collect(),
                imported_by: None,
            };
            (name.to_owned(), module)
        };
        lines.iter().map(module).collect()
    }

    fn pruned(lines: &[&str], faulty: &str) -> Result<String, Vec<String>> {
        let mut modules = graph(lines);
        let problem = Problem::at_path(codes::NO_SUCH_PATH, std::path::Path::new("x"), "fault");
        let faults = [(faulty.to_owned(), vec![problem])].into();
        prune(&mut modules, faults, &["main".to_owned()].into())
            .map_err(|faults| faults.into_keys().collect::<Vec<_>>())?;
        Ok(modules.into_keys().collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn what_is_not_needed_goes_with_all_that_needs_it() {
        let lines = ["main: a", "a: b? c?", "b: bad", "bad: d", "c:", "d:"];
        assert_eq!(pruned(&lines, "bad").unwrap(), "a c main");
        assert_eq!(pruned(&lines, "d").unwrap(), "a c main");
        assert_eq!(pruned(&lines, "unread").unwrap(), "a b bad c d main");
    }

    #[test]
    fn what_is_needed_is_an_error() {
        assert_eq!(pruned(&["main: a", "a: bad", "bad:"], "bad").unwrap_err(), ["bad"]);
        assert_eq!(pruned(&["main: a", "a: unread"], "unread").unwrap_err(), ["unread"]);
    }
}
