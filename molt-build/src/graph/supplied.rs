//! The modules of the standard library that are compiled like the program's own when they are imported.

use crate::source::{Found, Origin};

/// The standard library's module of a dotted name.
pub fn find(name: &str) -> Option<Found> {
    let module = molt_stdlib::find(name)?;
    let place = if module.is_overlay() { "<molt>" } else { "<stdlib>" };
    let origin = Origin::Stdlib { label: format!("{place}/{}", module.file), module };
    Some(Found { origin, is_package: module.is_package() })
}
