//! What the names of a module can lead to: the table behind the inference of capabilities.
//!
//! A module with a row is a *boundary*: whoever reads one of the listed names needs the capabilities beside it, and the
//! module's own code is not looked at. Everything else that is compiled is looked at. Invariant: every native module has
//! a row (a test sees to it), and its row lists each function that asks for a capability at run time.

use crate::capability::{Capability, CapabilitySet};

/// The names of one module that need something.
#[derive(Debug)]
pub struct ModuleNeeds {
    /// Its name.
    pub module: &'static str,
    /// Names and what they need, sorted by name.
    pub names: &'static [(&'static str, CapabilitySet)],
}

const CLOCK: CapabilitySet = CapabilitySet::of(&[Capability::TimeWall]);
const FILES: CapabilitySet = CapabilitySet::of(&[Capability::FsRead, Capability::FsWrite]);

/// The boundary modules, sorted by name.
pub const MODULES: &[ModuleNeeds] = &[
    ModuleNeeds { module: "builtins", names: &[("open", FILES)] },
    ModuleNeeds { module: "math", names: &[] },
    ModuleNeeds { module: "sys", names: &[] },
    ModuleNeeds { module: "time", names: &[("time", CLOCK), ("time_ns", CLOCK)] },
];

/// Names through which any module of the program can be reached by a text: their use counts as the use of all.
pub const REFLECTION: &[(&str, &str)] = &[("builtins", "__import__"), ("sys", "modules")];

/// Attributes that lead from an ordinary object to the names of a module.
pub const REFLECTIVE_ATTRIBUTES: &[&str] = &["__builtins__", "__globals__", "__self__"];

/// The row of a module.
pub fn of(module: &str) -> Option<&'static ModuleNeeds> {
    MODULES.binary_search_by_key(&module, |row| row.module).ok().map(|index| &MODULES[index])
}

impl ModuleNeeds {
    /// What one of its names needs.
    pub fn name(&self, name: &str) -> CapabilitySet {
        let found = self.names.binary_search_by_key(&name, |(name, _)| name);
        found.map_or(CapabilitySet::EMPTY, |index| self.names[index].1)
    }

    /// What all of its names need together.
    pub fn all(&self) -> CapabilitySet {
        self.names.iter().fold(CapabilitySet::EMPTY, |set, (_, needs)| set.union(*needs))
    }
}

/// What `open` with a mode needs; of a wrong mode nothing, for it opens nothing.
pub fn of_mode(mode: &str) -> CapabilitySet {
    let mut needs = CapabilitySet::EMPTY;
    if mode.contains(['r', '+']) {
        needs = needs.with(Capability::FsRead);
    }
    if mode.contains(['w', 'a', 'x', '+']) {
        needs = needs.with(Capability::FsWrite);
    }
    needs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted() {
        assert!(MODULES.is_sorted_by_key(|row| row.module));
        assert!(MODULES.iter().all(|row| row.names.is_sorted_by_key(|(name, _)| name)));
    }

    #[test]
    fn every_native_module_has_a_row() {
        for module in crate::natives::NATIVE_MODULES {
            assert!(of(module).is_some(), "decide in needs.rs which names of `{module}` need a capability");
        }
    }

    #[test]
    fn modes_need_what_they_open_for() {
        let names = |mode| of_mode(mode).iter().map(Capability::name).collect::<Vec<_>>();
        assert_eq!(names("rb"), ["fs.read"]);
        assert_eq!(names("w"), ["fs.write"]);
        assert_eq!(names("r+"), ["fs.read", "fs.write"]);
        assert_eq!(names("at"), ["fs.write"]);
        assert!(names("").is_empty());
    }
}
