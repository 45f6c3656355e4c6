//! The Python sources that Molt itself carries: modules of the standard library that are compiled like the program's own when
//! they are imported.
//!
//! A crate of its own, so that a published `molt-build` has them too. Invariant: the modules are sorted by name.
#![forbid(unsafe_code)]

/// `(module name, file in this folder, text)`, sorted by name.
pub const OVERLAYS: &[(&str, &str, &str)] = &[
    ("__future__", "__future__.py", include_str!("__future__.py")),
    ("dataclasses", "dataclasses.py", include_str!("dataclasses.py")),
    ("typing", "typing.py", include_str!("typing.py")),
];

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_sorted_and_carry_text() {
        assert!(super::OVERLAYS.is_sorted_by_key(|(name, _, _)| name));
        assert!(super::OVERLAYS.iter().all(|(_, _, text)| !text.is_empty()));
    }
}
