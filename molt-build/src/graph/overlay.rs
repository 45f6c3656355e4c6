//! The Python sources that Molt itself carries, as modules of a program.

use molt_stdlib::OVERLAYS;

use crate::source::{Found, Origin};

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
