//! The modules that the runtime supplies in Rust, by name.
//!
//! An import of one of them makes the link table reference its symbol, `molt_native_<name>` with `.` as `_`. Invariant:
//! the runtime defines exactly these symbols; a name listed here without one fails every link that imports it.

/// Names of native modules, sorted. `builtins` is not among them: it is part of every runtime.
pub const NATIVE_MODULES: &[&str] = &["math", "sys", "time"];

/// The link-time symbol of a native module's `init` function.
pub fn symbol(name: &str) -> String {
    format!("molt_native_{}", name.replace('.', "_"))
}
