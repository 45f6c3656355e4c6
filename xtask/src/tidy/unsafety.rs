//! `unsafe` stays in the modules that the design names (invariant I7).

use super::rust::{code, words};
use super::{Finding, Tree};

/// The only places where the word may stand in code.
const ALLOWED: &[&str] = &[
    "molt-runtime/src/value.rs",
    "molt-runtime/src/value/",
    "molt-runtime/src/object/",
    "molt-runtime/src/object.rs",
    "molt-runtime/src/heap.rs",
    "molt-runtime/src/heap/",
    "molt-runtime/src/entry/",
    "molt-runtime/src/entry.rs",
];

/// Crate roots that forbid it to themselves.
const FORBIDDEN: &[&str] = &[
    "molt-codegen/src/lib.rs",
    "molt-build/src/lib.rs",
    "molt-build/src/main.rs",
    "molt-runtime/abi/src/lib.rs",
    "stdlib/lib.rs",
    "tests/runner/src/lib.rs",
    "xtask/src/main.rs",
];

/// No `unsafe` outside of [`ALLOWED`].
pub fn allowed_modules(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.with_extension("rs") {
        if ALLOWED.iter().any(|place| file.path.starts_with(place)) {
            continue;
        }
        for (line, word) in words(&code(&file.text)) {
            if word == "unsafe" {
                found.push(Finding::new(&file.path, line, "`unsafe` outside of its modules"));
            }
        }
    }
    found
}

/// The crates that need none say so to the compiler.
pub fn forbidden_crates(tree: &Tree) -> Vec<Finding> {
    tree.files
        .iter()
        .filter(|file| FORBIDDEN.contains(&file.path.as_str()))
        .filter(|file| !code(&file.text).contains("#![forbid(unsafe_code)]"))
        .map(|file| Finding::new(&file.path, 1, "lacks `#![forbid(unsafe_code)]`"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn unsafe_elsewhere_is_found() {
        let text = "//! \"unsafe\"\nfn f() {\n    unsafe { g() }\n}\n";
        assert_eq!(
            allowed_modules(&sample("molt-runtime/src/types/list.rs", text)),
            [Finding::new("molt-runtime/src/types/list.rs", 3, "`unsafe` outside of its modules")]
        );
        assert!(allowed_modules(&sample("molt-runtime/src/object/list.rs", text)).is_empty());
        assert!(allowed_modules(&sample("a.rs", "// unsafe\n#![forbid(unsafe_code)]")).is_empty());
    }

    #[test]
    fn a_missing_forbid_is_found() {
        let path = "molt-codegen/src/lib.rs";
        assert_eq!(forbidden_crates(&sample(path, "// #![forbid(unsafe_code)]")).len(), 1);
        assert!(forbidden_crates(&sample(path, "//! x\n#![forbid(unsafe_code)]")).is_empty());
    }
}
