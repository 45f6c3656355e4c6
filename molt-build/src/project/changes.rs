//! What a new lock changes, for review.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::lock::Lock;

/// One difference between two locks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// The project, or the named package, needs another capability.
    CapabilityAdded(String, String),
    /// A capability is not needed any more.
    CapabilityRemoved(String, String),
    /// A package was added in this version.
    PackageAdded(String, String),
    /// A package is gone.
    PackageRemoved(String),
    /// A package has other bytes; versions before and now, which may be equal.
    PackageChanged(String, String, String),
    /// A file of the project was added.
    FileAdded(String),
    /// A file of the project is gone.
    FileRemoved(String),
    /// A file of the project has other bytes.
    FileChanged(String),
    /// A key of molt.toml, or the toolchain, is another.
    Terms(String),
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Change::CapabilityAdded(of, capability) => write!(f, "+ capability {capability} ({of})"),
            Change::CapabilityRemoved(of, capability) => write!(f, "- capability {capability} ({of})"),
            Change::PackageAdded(name, version) => write!(f, "+ package {name} {version}"),
            Change::PackageRemoved(name) => write!(f, "- package {name}"),
            Change::PackageChanged(name, before, now) if before == now => write!(f, "~ package {name} {now}"),
            Change::PackageChanged(name, before, now) => write!(f, "~ package {name} {before} -> {now}"),
            Change::FileAdded(path) => write!(f, "+ {path}"),
            Change::FileRemoved(path) => write!(f, "- {path}"),
            Change::FileChanged(path) => write!(f, "~ {path}"),
            Change::Terms(key) => write!(f, "~ {key}"),
        }
    }
}

/// All differences, the weightiest first.
pub fn changes(before: &Lock, now: &Lock) -> Vec<Change> {
    let mut changes = Vec::new();
    capabilities("program", &before.project.capabilities, &now.project.capabilities, &mut changes);
    for (name, pair) in pairs(&before.packages, &now.packages, |package| &package.name) {
        match pair {
            (Some(before), Some(now)) => {
                capabilities(name, &before.capabilities, &now.capabilities, &mut changes);
                if before != now {
                    let (before, now) = (before.version.clone(), now.version.clone());
                    changes.push(Change::PackageChanged(name.to_owned(), before, now));
                }
            }
            (None, Some(now)) => {
                capabilities(name, &[], &now.capabilities, &mut changes);
                changes.push(Change::PackageAdded(name.to_owned(), now.version.clone()));
            }
            (_, None) => changes.push(Change::PackageRemoved(name.to_owned())),
        }
    }
    for (path, pair) in pairs(&before.files, &now.files, |file| &file.path) {
        match pair {
            (Some(before), Some(now)) if before != now => changes.push(Change::FileChanged(path.to_owned())),
            (Some(_), Some(_)) => {}
            (None, _) => changes.push(Change::FileAdded(path.to_owned())),
            (_, None) => changes.push(Change::FileRemoved(path.to_owned())),
        }
    }
    changes.extend(before.project.differences(&now.project).into_iter().map(|(key, ..)| Change::Terms(key.to_owned())));
    if before.toolchain != now.toolchain {
        changes.push(Change::Terms("toolchain".to_owned()));
    }
    changes.sort();
    changes
}

fn capabilities(of: &str, before: &[String], now: &[String], changes: &mut Vec<Change>) {
    let of = || of.to_owned();
    let added = now.iter().filter(|one| !before.contains(one));
    changes.extend(added.map(|one| Change::CapabilityAdded(of(), one.clone())));
    let removed = before.iter().filter(|one| !now.contains(one));
    changes.extend(removed.map(|one| Change::CapabilityRemoved(of(), one.clone())));
}

type Pairs<'a, T> = BTreeMap<&'a str, (Option<&'a T>, Option<&'a T>)>;

fn pairs<'a, T>(before: &'a [T], now: &'a [T], key: fn(&T) -> &String) -> Pairs<'a, T> {
    let mut pairs: Pairs<'a, T> = BTreeMap::new();
    before.iter().for_each(|one| pairs.entry(key(one)).or_default().0 = Some(one));
    now.iter().for_each(|one| pairs.entry(key(one)).or_default().1 = Some(one));
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::lock::Terms;
    use crate::project::{Manifest, tree};
    use std::path::Path;

    #[test]
    fn each_difference_is_named_once() {
        let lock = |needs: &[&str], files: &[(&str, &[u8])]| {
            let manifest = Manifest::parse(Path::new("molt.toml"), "[package]\nname = \"shop\"\n").unwrap();
            let needs = needs.iter().map(|need| (*need).to_owned()).collect();
            let files = files.iter().map(|(path, bytes)| tree::entry(path, bytes)).collect();
            Lock::new(Terms::of(&manifest, needs), files, Vec::new())
        };
        let before = lock(&["net"], &[("a.py", b"1"), ("b.py", b"1"), ("c.py", b"1")]);
        let now = lock(&["fs.read"], &[("a.py", b"1"), ("b.py", b"2"), ("d.py", b"1")]);
        assert_eq!(changes(&before, &before), []);
        let lines: Vec<_> = changes(&before, &now).iter().map(ToString::to_string).collect();
        assert_eq!(
            lines,
            ["+ capability fs.read (program)", "- capability net (program)", "+ d.py", "- c.py", "~ b.py"]
        );
    }
}
