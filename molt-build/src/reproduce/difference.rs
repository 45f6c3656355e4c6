//! Where two outputs that should be equal first differ: the object, the section, the offset.

use std::fmt;
use std::path::Path;

use object::read::{File, Object as _, ObjectSection as _};
use serde::Serialize;

use crate::link::archive;

/// The first difference of two files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The output.
    pub file: String,
    /// The member, if the output is an archive and the difference is inside of one.
    pub object: Option<String>,
    /// The section, if the difference is inside of one.
    pub section: Option<String>,
    /// In bytes, from the start of the innermost of section, object and file.
    pub offset: usize,
    /// The sizes of both files.
    pub sizes: [usize; 2],
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} differs", self.file)?;
        if let Some(object) = &self.object {
            write!(f, " in the object {object}")?;
        }
        if let Some(section) = &self.section {
            write!(f, ", section {section}")?;
        }
        write!(f, ", at offset {:#x}", self.offset)?;
        if self.sizes[0] != self.sizes[1] {
            write!(f, " (sizes {} and {})", self.sizes[0], self.sizes[1])?;
        }
        Ok(())
    }
}

/// The first difference, if there is one.
pub fn between(file: &str, one: &[u8], two: &[u8]) -> Option<Difference> {
    let mut offset = first(one, two)?;
    let (mut object, mut section) = (None, None);
    let members = |bytes| archive::members(Path::new(file), bytes).ok();
    match (members(one), members(two)) {
        (Some(a), Some(b)) => {
            let pairs = a.iter().zip(&b);
            let unequal = pairs.map(|(a, b)| (a, first(&a.bytes, &b.bytes))).find_map(|(a, at)| Some((a, at?)));
            if let Some((member, at)) = unequal {
                object = Some(member.name.clone());
                (section, offset) = in_section(&member.bytes, at);
            }
        }
        _ => (section, offset) = in_section(one, offset),
    }
    Some(Difference { file: file.to_owned(), object, section, offset, sizes: [one.len(), two.len()] })
}

/// Where two texts of bytes part; where one is a part of the other, at its end.
fn first(one: &[u8], two: &[u8]) -> Option<usize> {
    let at = one.iter().zip(two).position(|(a, b)| a != b);
    at.or_else(|| (one.len() != two.len()).then(|| one.len().min(two.len())))
}

/// The section around an offset of an object file, and the offset in it; without one, the offset as it is.
fn in_section(object: &[u8], offset: usize) -> (Option<String>, usize) {
    let place = File::parse(object).ok().and_then(|file| {
        file.sections().find_map(|section| {
            let (start, size) = section.file_range()?;
            let inside = (offset as u64).checked_sub(start).filter(|inside| *inside < size)?;
            Some((section.name().unwrap_or("?").to_owned(), inside as usize))
        })
    });
    match place {
        Some((section, inside)) => (Some(section), inside),
        None => (None, offset),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::Object;
    use molt_codegen::emit::{LinkTable, Profile, Target, link_table};

    fn object(lock: u8) -> Vec<u8> {
        let target = Target::new("x86_64-unknown-linux-gnu", Profile::Debug).unwrap();
        link_table(&target, &LinkTable { lock: Some([lock; 32]), ..LinkTable::default() }).unwrap()
    }

    #[test]
    fn a_difference_has_object_section_and_offset() {
        let found = between("x.o", &object(1), &object(2)).unwrap();
        assert_eq!((found.section.as_deref(), found.offset), (Some(".note.molt"), 20));
        let library = |lock| {
            let objects =
                [("a.o", 0), ("b.o", lock)].map(|(name, lock)| Object { name: name.into(), bytes: object(lock) });
            archive::write(crate::link::platform::Platform::LinuxGnu, Path::new("x.a"), &objects).unwrap()
        };
        let found = between("x.a", &library(1), &library(2)).unwrap();
        assert_eq!(found.to_string(), "x.a differs in the object b.o, section .note.molt, at offset 0x14");
        assert_eq!(between("x.a", &library(1), &library(1)), None);
    }

    #[test]
    fn a_part_differs_from_the_whole_at_its_end() {
        let found = between("x.h", b"int x;", b"int x;\n").unwrap();
        assert_eq!(found.to_string(), "x.h differs, at offset 0x6 (sizes 6 and 7)");
        assert_eq!(between("x.h", b"int y;", b"int x;").unwrap().offset, 4);
    }
}
