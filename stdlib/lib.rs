//! The Python part of the standard library: CPython 3.12's own `Lib`, and what Molt has in place of some of its modules.
//!
//! The files beside this one are overlays: they win over the module of the same name in `Lib`, which is carried as data (by
//! the crate `rustpython-pylib`). Invariant: lookups and listings are by module name, sorted; nothing is read from disk.
#![forbid(unsafe_code)]

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::Read;

use flate2::read::DeflateDecoder;

/// `(module name, file in this folder, text)`, sorted by name.
const OVERLAYS: &[(&str, &str, &str)] = &[
    ("__future__", "__future__.py", include_str!("__future__.py")),
    ("dataclasses", "dataclasses.py", include_str!("dataclasses.py")),
    ("typing", "typing.py", include_str!("typing.py")),
];

/// `(module name, file below Lib, start and length in the blob, length unpacked)`, sorted by name.
const LIB: &[(&str, &str, usize, usize, usize)] = include!(concat!(env!("OUT_DIR"), "/lib.rs"));

/// The files below `Lib`, compressed one by one.
const BLOB: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lib.bin"));

/// BLAKE3 of everything that is carried of `Lib`, in hexadecimal.
pub const LIB_DIGEST: &str = env!("MOLT_STDLIB_DIGEST");

/// The licence of `Lib`, whose SPDX identifier is [`LIB_SPDX`].
pub const LIB_LICENCE: &str = include_str!(concat!(env!("OUT_DIR"), "/PSF-LICENSE"));

/// The SPDX identifier of [`LIB_LICENCE`].
pub const LIB_SPDX: &str = "PSF-2.0";

/// A module of the standard library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Module {
    /// Its dotted name.
    pub name: &'static str,
    /// Its file, with `/`.
    pub file: &'static str,
    source: Source,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    Overlay(&'static str),
    Lib { start: usize, packed: usize, len: usize },
}

impl Module {
    /// Whether it has submodules.
    pub fn is_package(&self) -> bool {
        self.file.ends_with("/__init__.py")
    }

    /// Whether it is Molt's own.
    pub fn is_overlay(&self) -> bool {
        matches!(self.source, Source::Overlay(_))
    }

    /// The bytes of the file.
    pub fn text(&self) -> Cow<'static, [u8]> {
        match self.source {
            Source::Overlay(text) => Cow::Borrowed(text.as_bytes()),
            Source::Lib { start, packed, len } => {
                let mut text = Vec::with_capacity(len);
                let packed = BLOB.get(start..start + packed).unwrap_or_default();
                // The blob was packed when this crate was built; a test unpacks all of it.
                let _ = DeflateDecoder::new(packed).read_to_end(&mut text);
                Cow::Owned(text)
            }
        }
    }
}

/// The module of a dotted name.
pub fn find(name: &str) -> Option<Module> {
    let overlay = OVERLAYS.binary_search_by_key(&name, |(name, ..)| name).ok().and_then(|at| OVERLAYS.get(at));
    if let Some(&(name, file, text)) = overlay {
        return Some(Module { name, file, source: Source::Overlay(text) });
    }
    let at = LIB.binary_search_by_key(&name, |(name, ..)| name).ok()?;
    LIB.get(at).map(|&(name, file, start, packed, len)| Module {
        name,
        file,
        source: Source::Lib { start, packed, len },
    })
}

/// All modules, sorted by name.
pub fn modules() -> impl Iterator<Item = Module> {
    let names: BTreeSet<&str> = overlay_names().chain(LIB.iter().map(|(name, ..)| *name)).collect();
    names.into_iter().filter_map(find)
}

/// The names of the overlays, sorted.
pub fn overlay_names() -> impl Iterator<Item = &'static str> {
    OVERLAYS.iter().map(|(name, ..)| *name)
}

/// The names and texts of the overlays, sorted by name.
pub fn overlays() -> impl Iterator<Item = (&'static str, &'static str)> {
    OVERLAYS.iter().map(|(name, _, text)| (*name, *text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_licence_is_there() {
        assert!(LIB_LICENCE.contains("PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2"));
    }

    #[test]
    fn names_are_sorted() {
        assert!(OVERLAYS.is_sorted_by(|a, b| a.0 < b.0));
        assert!(LIB.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn every_module_unpacks_to_its_length() {
        for module in modules() {
            if let Source::Lib { len, .. } = module.source {
                assert_eq!(module.text().len(), len, "{}", module.name);
            }
        }
    }

    #[test]
    fn overlays_win_and_packages_are_known() {
        assert!(find("typing").is_some_and(|module| module.is_overlay()));
        assert!(find("collections").is_some_and(|module| module.is_package() && !module.is_overlay()));
        assert!(find("collections.abc").is_some_and(|module| !module.is_package()));
        assert!(find("test").is_none() && find("nothing").is_none());
    }
}
