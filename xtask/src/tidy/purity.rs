//! The compiler core does no I/O (I3), nothing depends on hash order (I5), and the runtime keeps
//! no mutable process globals (I2).

use super::rust::{code, words};
use super::{Finding, Tree};

/// Modules of `std` that reach the outside, or what runs in parallel.
const MODULES: &[&str] = &["fs", "env", "time", "thread", "process", "net", "io"];
/// Names that do so wherever they come from.
const NAMES: &[&str] = &[
    "HashMap",
    "HashSet",
    "RandomState",
    "DefaultHasher",
    "SystemTime",
    "Instant",
    "thread_local",
    "option_env",
    "println",
    "eprintln",
    "print",
    "eprint",
    "dbg",
];
/// Types that make a `static` mutable.
const CELLS: &[&str] = &[
    "Mutex",
    "RwLock",
    "OnceLock",
    "LazyLock",
    "OnceCell",
    "LazyCell",
    "RefCell",
    "Cell",
    "UnsafeCell",
    "AtomicBool",
    "AtomicPtr",
    "AtomicI32",
    "AtomicI64",
    "AtomicIsize",
    "AtomicU8",
    "AtomicU32",
    "AtomicU64",
    "AtomicUsize",
];

/// No file system, environment, clock, threads, output or random hashes in `molt-codegen/src`.
pub fn pure_codegen(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.with_extension("rs").filter(|f| f.path.starts_with("molt-codegen/src/")) {
        let words = words(&code(&file.text));
        for (at, (line, word)) in words.iter().enumerate() {
            let next = |n: usize| words.get(at + n).map_or("", |(_, w)| w.as_str());
            if NAMES.contains(&word.as_str()) {
                // A method `.print(…)` of our own is no output.
                let is_macro = next(1) == "!";
                let is_type = word.starts_with(char::is_uppercase);
                if is_macro || is_type {
                    found.push(Finding::new(&file.path, *line, format!("`{word}` in the compiler core")));
                }
            } else if word == "std" && next(1) == "::" {
                for name in imported(&words[at + 2..]) {
                    if MODULES.contains(&name) {
                        let text = format!("`std::{name}` in the compiler core");
                        found.push(Finding::new(&file.path, *line, text));
                    }
                }
            }
        }
    }
    found
}

/// The first path segments behind `std::`: one name, or those of a `{…}` group.
fn imported(words: &[(usize, String)]) -> Vec<&str> {
    let mut names = Vec::new();
    let mut depth = 0;
    let mut fresh = true;
    for (_, word) in words {
        match word.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            "," => fresh = depth == 1,
            name => {
                if fresh && depth <= 1 {
                    names.push(name);
                }
                fresh = false;
            }
        }
        if depth == 0 {
            break;
        }
    }
    names
}

/// No `static mut`, `thread_local!` or `static` with a cell, lock or atomic in the runtime.
pub fn no_global_state(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.with_extension("rs").filter(|f| f.path.starts_with("molt-runtime/")) {
        let words = words(&code(&file.text));
        for (at, (line, word)) in words.iter().enumerate() {
            if word == "thread_local" {
                found.push(Finding::new(&file.path, *line, "`thread_local!` in the runtime"));
            }
            // `'static` is a lifetime, not an item.
            if word != "static" || at > 0 && words[at - 1].1 == "'" {
                continue;
            }
            let declaration = || words[at + 1..].iter().map(|(_, w)| w.as_str());
            if declaration().next() == Some("mut") {
                found.push(Finding::new(&file.path, *line, "`static mut` in the runtime"));
            }
            let kind = declaration().take_while(|w| *w != "=" && *w != ";").find(|w| CELLS.contains(w));
            if let Some(kind) = kind {
                let text = format!("a `static` with a `{kind}` in the runtime");
                found.push(Finding::new(&file.path, *line, text));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn impure(text: &str) -> usize {
        pure_codegen(&sample("molt-codegen/src/a.rs", text)).len()
    }

    #[test]
    fn impure_apis_are_found() {
        assert_eq!(impure("use std::fs;"), 1);
        assert_eq!(impure("let x = std::env::var(\"A\");"), 1);
        assert_eq!(impure("use std::{fmt, time::{Duration, Instant}, thread};"), 3);
        assert_eq!(impure("use std::collections::HashMap;"), 1);
        assert_eq!(impure("fn f() { println!(\"x\"); }"), 1);
        assert_eq!(impure("// std::fs\nuse std::collections::BTreeMap; p.print(); use std::{fmt, rc::Rc};"), 0);
        assert!(pure_codegen(&sample("molt-build/src/a.rs", "use std::fs;")).is_empty());
    }

    fn global(text: &str) -> usize {
        no_global_state(&sample("molt-runtime/src/a.rs", text)).len()
    }

    #[test]
    fn global_state_is_found() {
        assert_eq!(global("static mut N: u32 = 0;"), 1);
        assert_eq!(global("static N: AtomicUsize = AtomicUsize::new(0);"), 1);
        assert_eq!(global("pub static T: std::sync::OnceLock<u8> = std::sync::OnceLock::new();"), 1);
        assert_eq!(global("thread_local! { static X: u8 = 1; }"), 1);
        assert_eq!(global("static NAMES: &[&str] = &[]; fn f(x: &'static Mutex<u8>) {}"), 0);
    }
}
