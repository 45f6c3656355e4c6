//! Which functions of the standard library a program can reach, as far as it matters for what they import.
//!
//! CPython's `Lib` imports much inside functions that few programs call. Such an import is followed only once something that
//! is part of the program mentions the function's name. Names are compared without regard to what they name, so a function
//! counts as reached too often rather than too seldom; only one that is called through a computed name is missed, and what it
//! imports is then missing where it runs.

use std::collections::BTreeSet;

use molt_codegen::facts::PartFacts;

use super::Import;

/// A function that nothing mentions yet.
#[derive(Debug)]
struct Dormant {
    module: String,
    part: PartFacts,
    imports: Vec<Import>,
}

/// Names that the program mentions, and functions that wait for theirs to be among them.
#[derive(Debug, Default)]
pub struct Reach {
    mentioned: BTreeSet<String>,
    dormant: Vec<Dormant>,
}

/// An import that has become part of the program, with the module that it stands in.
pub type Awake = (String, Import);

impl Reach {
    /// Takes in a module of the program's own: whatever it mentions may be called.
    pub fn own(&mut self, parts: &[PartFacts]) {
        self.mentioned.extend(parts.iter().flat_map(|part| part.mentions.iter().cloned()));
    }

    /// Takes in a module of the standard library; gives the imports that its body runs. The others wait.
    pub fn stdlib(&mut self, module: &str, parts: &[PartFacts], imports: Vec<Import>) -> Vec<Import> {
        let (body, functions) = match parts.split_first() {
            Some((body, functions)) => (body.mentions.as_slice(), functions),
            None => (&[][..], &[][..]),
        };
        self.mentioned.extend(body.iter().cloned());
        let inside =
            |part: &PartFacts, import: &Import| (part.start as usize..part.end as usize).contains(&import.span.start);
        for part in functions {
            let imports = imports.iter().filter(|import| inside(part, import)).cloned().collect();
            self.dormant.push(Dormant { module: module.to_owned(), part: part.clone(), imports });
        }
        imports.into_iter().filter(|import| !functions.iter().any(|part| inside(part, import))).collect()
    }

    /// Wakes every function that is mentioned by now, and what those mention in turn; gives what they import, in the order
    /// of discovery.
    pub fn wake(&mut self) -> Vec<Awake> {
        let mut awake = Vec::new();
        loop {
            let dormant = std::mem::take(&mut self.dormant);
            let before = dormant.len();
            for one in dormant {
                if self.is_reached(&one.part) {
                    self.mentioned.extend(one.part.mentions);
                    awake.extend(one.imports.into_iter().map(|import| (one.module.clone(), import)));
                } else {
                    self.dormant.push(one);
                }
            }
            if self.dormant.len() == before {
                return awake;
            }
        }
    }

    fn is_reached(&self, part: &PartFacts) -> bool {
        let Some(name) = &part.name else { return true };
        match &part.class {
            // Special methods are called by operators, as soon as there are instances.
            Some(class) if is_dunder(name) => self.mentioned.contains(class),
            Some(class) => self.mentioned.contains(class) && self.mentioned.contains(name),
            // Module attributes that the language itself calls.
            None => self.mentioned.contains(name) || is_dunder(name),
        }
    }
}

fn is_dunder(name: &str) -> bool {
    name.len() > 4 && name.starts_with("__") && name.ends_with("__")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::ImportNames;

    fn part(class: Option<&str>, name: Option<&str>, span: (u32, u32), mentions: &[&str]) -> PartFacts {
        PartFacts {
            class: class.map(str::to_owned),
            name: name.map(str::to_owned),
            start: span.0,
            end: span.1,
            mentions: mentions.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    fn import(module: &str, at: usize) -> Import {
        Import {
            module: module.to_owned(),
            level: 0,
            names: ImportNames::Module,
            optional: false,
            unconditional: false,
            span: at..at + 1,
        }
    }

    fn names(awake: Vec<Awake>) -> Vec<String> {
        awake.into_iter().map(|(_, import)| import.module).collect()
    }

    #[test]
    fn an_import_waits_for_its_function() {
        let mut reach = Reach::default();
        let parts = [
            part(None, None, (0, 100), &["helper"]),
            part(None, Some("helper"), (10, 20), &["deep"]),
            part(None, Some("deep"), (20, 30), &[]),
            part(None, Some("other"), (30, 40), &[]),
            part(Some("C"), Some("__init__"), (40, 50), &[]),
        ];
        let imports = ["a", "b", "c", "d", "e"].iter().zip([5, 15, 25, 35, 45]).map(|(name, at)| import(name, at));
        let at_once = reach.stdlib("m", &parts, imports.collect());
        assert_eq!(at_once.iter().map(|i| i.module.as_str()).collect::<Vec<_>>(), ["a"]);
        assert_eq!(names(reach.wake()), ["b", "c"]);
        assert!(reach.wake().is_empty());
        reach.own(&[part(None, None, (0, 9), &["C"])]);
        assert_eq!(names(reach.wake()), ["e"]);
    }
}
