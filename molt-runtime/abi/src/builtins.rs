//! The builtins that generated code may know by index: each has an entry in `ctx.known_builtins`.
//!
//! The list is open at the end: a name's index is its position, and the fingerprint does not cover it, so entries are
//! sorted into place only together with a change of [`crate::fingerprint::LAYOUT_VERSION`].

/// Names of builtins with a known index.
pub const BUILTINS: &[&str] = &[
    "abs",
    "all",
    "any",
    "bool",
    "bytes",
    "callable",
    "chr",
    "dict",
    "dir",
    "divmod",
    "enumerate",
    "filter",
    "float",
    "frozenset",
    "getattr",
    "globals",
    "hasattr",
    "hash",
    "id",
    "int",
    "isinstance",
    "issubclass",
    "iter",
    "len",
    "list",
    "locals",
    "map",
    "max",
    "min",
    "next",
    "object",
    "ord",
    "print",
    "property",
    "range",
    "repr",
    "reversed",
    "round",
    "set",
    "setattr",
    "sorted",
    "str",
    "sum",
    "super",
    "tuple",
    "type",
    "vars",
    "zip",
];

/// The index of a builtin in [`BUILTINS`].
pub fn index_of(name: &str) -> Option<u32> {
    BUILTINS.binary_search(&name).ok().map(|i| i as u32)
}

#[cfg(test)]
mod tests {
    #[test]
    fn builtins_are_sorted() {
        assert!(super::BUILTINS.is_sorted());
    }
}
