//! The modules that the runtime supplies in Rust.

/// Whether an import of `name` is served by the runtime before any source root is looked into, as CPython does for
/// the modules in `sys.builtin_module_names`.
pub fn is_builtin(name: &str) -> bool {
    BUILTIN.binary_search(&name).is_ok() && is_native(name)
}

/// Whether the runtime has a module `name`, which a source root may hide.
pub fn is_native(name: &str) -> bool {
    name == "builtins" || molt_abi::natives::NATIVE_MODULES.binary_search(&name).is_ok()
}

/// CPython 3.12's `sys.builtin_module_names`, as far as imports by programs go.
const BUILTIN: &[&str] = &[
    "_abc",
    "_ast",
    "_codecs",
    "_collections",
    "_functools",
    "_imp",
    "_io",
    "_locale",
    "_operator",
    "_signal",
    "_sre",
    "_stat",
    "_string",
    "_symtable",
    "_thread",
    "_tokenize",
    "_tracemalloc",
    "_typing",
    "_warnings",
    "_weakref",
    "atexit",
    "builtins",
    "errno",
    "faulthandler",
    "gc",
    "itertools",
    "marshal",
    "posix",
    "pwd",
    "sys",
    "time",
];

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_sorted() {
        assert!(super::BUILTIN.is_sorted());
        assert!(molt_abi::natives::NATIVE_MODULES.is_sorted());
    }
}
