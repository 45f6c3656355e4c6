//! Which capabilities a program needs, where, and whether it was granted them.
//!
//! [`infer`] reads the facts of all modules; [`check`] holds the result against what a project declares; the driver bakes
//! what is granted into the program's link table, where the runtime finds it. Invariant: what a module names is found
//! ([`Need::indirect`] false). What it could reach through a value that is handed around is assumed ([`Need::indirect`]
//! true): it is granted where nothing is declared, and left to the check at run time where something is.

mod check;
mod infer;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;

use molt_abi::capability::{Capability, CapabilitySet};
use molt_abi::grant::GrantSet;
use serde::Serialize;

pub use check::{check, declared};
pub use infer::infer;

use crate::compiler::Facts;
use crate::graph::Graph;
use crate::problem::slashed;
use crate::project::{Needs, Project};
use crate::source::Origin;

/// A place of a module that needs a capability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// What it needs.
    pub capability: Capability,
    /// Where.
    pub place: Place,
    /// What stands there: "`open` with mode 'w'".
    pub why: String,
    /// Whether it only could need it: the module hands a module on as a value, or looks names up by text.
    pub indirect: bool,
}

/// A place in a source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file, as it is shown.
    pub path: PathBuf,
    /// The line, 1-based; 0 for the whole module.
    pub line: u32,
    /// The bytes in the decoded text.
    pub span: Range<usize>,
}

/// What the modules of a program need.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inferred {
    /// By module, in the order of the places; a module without needs is not listed.
    pub modules: BTreeMap<String, Vec<Need>>,
}

impl Inferred {
    /// What the program needs.
    pub fn program(&self) -> CapabilitySet {
        self.modules.values().flatten().map(|need| need.capability).collect()
    }

    /// The same by owner, for the lock: the project itself, and each vendored package that is part of the program.
    pub fn by_owner(&self, graph: &Graph<Facts>, project: &Project) -> Needs {
        let vendor = project.vendor_dir();
        let (mut own, mut packages) = (CapabilitySet::EMPTY, BTreeMap::<String, CapabilitySet>::new());
        for (name, needs) in &self.modules {
            let set = needs.iter().map(|need| need.capability).collect::<CapabilitySet>();
            let inside = match graph.modules.get(name).map(|module| &module.source.origin) {
                Some(Origin::File { path, .. }) => path.strip_prefix(&vendor).ok(),
                _ => None,
            };
            let package = inside.and_then(|inside| inside.iter().next()).map(|name| name.to_string_lossy());
            match package {
                Some(package) => {
                    let entry = packages.entry(package.into_owned()).or_default();
                    *entry = entry.union(set);
                }
                None => own = own.union(set),
            }
        }
        let names = |set: CapabilitySet| {
            let mut names: Vec<String> = set.iter().map(|capability| capability.name().to_owned()).collect();
            names.sort();
            names
        };
        Needs {
            project: names(own),
            packages: packages.into_iter().map(|(package, set)| (package, names(set))).collect(),
        }
    }
}

/// What a program is given: what was declared, else what it was found to need.
pub fn granted(declared: Option<&GrantSet>, inferred: &Inferred) -> GrantSet {
    declared.cloned().unwrap_or_else(|| inferred.program().into())
}

/// One line of `molt check --capabilities --message-format json`.
#[derive(Debug, Serialize)]
pub struct NeedMessage<'a> {
    reason: &'static str,
    module: &'a str,
    capability: &'static str,
    path: String,
    line: u32,
    why: &'a str,
    indirect: bool,
}

impl<'a> NeedMessage<'a> {
    /// The message of a module's need.
    pub fn new(module: &'a str, need: &'a Need) -> Self {
        NeedMessage {
            reason: "capability",
            module,
            capability: need.capability.name(),
            path: slashed(&need.place.path),
            line: need.place.line,
            why: &need.why,
            indirect: need.indirect,
        }
    }

    /// The message as a line for people.
    pub fn text(&self) -> String {
        let at = if self.line == 0 { self.path.clone() } else { format!("{}:{}", self.path, self.line) };
        let only = if self.indirect { " (possible, not certain)" } else { "" };
        format!("{at}: {}: {}{only}", self.capability, self.why)
    }
}
