//! The Python sources that Molt itself carries: modules of the standard library that are compiled like the program's
//! own when they are imported.

use crate::source::{Found, Origin};

/// `(module name, file below stdlib/, text)`, sorted by name.
const OVERLAYS: &[(&str, &str, &str)] = &[
    ("__future__", "__future__.py", include_str!("../../../stdlib/__future__.py")),
    ("dataclasses", "dataclasses.py", include_str!("../../../stdlib/dataclasses.py")),
    ("typing", "typing.py", include_str!("../../../stdlib/typing.py")),
];

/// The overlay of a module, if there is one.
pub fn find(name: &str) -> Option<Found> {
    let index = OVERLAYS.binary_search_by_key(&name, |(name, _, _)| name).ok()?;
    let (_, file, text) = OVERLAYS[index];
    let origin = Origin::Overlay { label: format!("<molt>/{file}"), text };
    Some(Found { origin, is_package: file.ends_with("/__init__.py") })
}

/// The names of all overlays, for listings.
pub fn names() -> impl Iterator<Item = &'static str> {
    OVERLAYS.iter().map(|(name, _, _)| *name)
}

/// The names and texts of all overlays, sorted by name.
pub fn sources() -> impl Iterator<Item = (&'static str, &'static str)> {
    OVERLAYS.iter().map(|(name, _, text)| (*name, *text))
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_sorted_and_carry_text() {
        assert!(super::OVERLAYS.is_sorted_by_key(|(name, _, _)| name));
        assert!(super::OVERLAYS.iter().all(|(_, _, text)| !text.is_empty()));
    }
}
