//! The note in a program that says which locked project it was built from.
//!
//! In ELF it is a note as the gABI describes (owner `Molt`, type 1) in `.note.molt`, which linkers keep even where they drop
//! unreferenced sections, and which stripping leaves alone. Mach-O and COFF have nothing of the kind: the same bytes stand in
//! a section of data there. Invariant: [`digests`] reads what [`add`] wrote, also after a linker put several together.

use cranelift_object::object::write::Object;
use cranelift_object::object::{BinaryFormat, SectionFlags, SectionKind, elf, macho, pe};

/// The length of a digest.
const DIGEST: usize = 32;
/// With its terminating zero, padded to four bytes.
const OWNER: &[u8; 8] = b"Molt\0\0\0\0";
const OWNER_LENGTH: u32 = 5;
/// A note with the digest of a lock.
const LOCK: u32 = 1;
const HEADER: usize = 12;
/// A note as a whole.
const LENGTH: usize = HEADER + OWNER.len() + DIGEST;

/// The section's name in ELF, Mach-O (in the segment `__DATA`) and COFF.
pub const SECTIONS: [&str; 3] = [".note.molt", "__molt_note", ".molt"];

/// Adds the note to an object.
pub(super) fn add(object: &mut Object<'_>, digest: &[u8; DIGEST]) {
    let (segment, name, kind, flags) = match object.format() {
        BinaryFormat::MachO => {
            let flags = SectionFlags::MachO { flags: macho::S_ATTR_NO_DEAD_STRIP };
            ("__DATA", SECTIONS[1], SectionKind::Data, flags)
        }
        BinaryFormat::Coff => {
            let characteristics = pe::IMAGE_SCN_CNT_INITIALIZED_DATA | pe::IMAGE_SCN_MEM_READ;
            ("", SECTIONS[2], SectionKind::ReadOnlyData, SectionFlags::Coff { characteristics })
        }
        _ => ("", SECTIONS[0], SectionKind::Note, SectionFlags::Elf { sh_flags: u64::from(elf::SHF_ALLOC) }),
    };
    let section = object.add_section(segment.into(), name.into(), kind);
    object.section_mut(section).flags = flags;
    object.append_section_data(section, &encode(digest), 4);
}

fn encode(digest: &[u8; DIGEST]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(LENGTH);
    for word in [OWNER_LENGTH, DIGEST as u32, LOCK] {
        bytes.extend_from_slice(&word.to_le_bytes());
    }
    bytes.extend_from_slice(OWNER);
    bytes.extend_from_slice(digest);
    bytes
}

/// The digests in the bytes of a note section, in order; padding between notes is passed over.
pub fn digests(mut section: &[u8]) -> Vec<[u8; DIGEST]> {
    let mut found = Vec::new();
    let empty = encode(&[0; DIGEST]);
    let head = &empty[..LENGTH - DIGEST];
    while let Some(at) = section.windows(head.len()).position(|window| window == head) {
        section = &section[at + head.len()..];
        let Some((digest, rest)) = section.split_first_chunk::<DIGEST>() else { break };
        found.push(*digest);
        section = rest;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::{LinkTable, Profile, Target, link_table};
    use cranelift_object::object::{Object as _, ObjectSection as _, read};

    #[test]
    fn every_format_carries_it() {
        for triple in ["x86_64-unknown-linux-gnu", "aarch64-apple-darwin", "x86_64-pc-windows-msvc"] {
            let target = Target::new(triple, Profile::Debug).unwrap();
            let table = |lock| link_table(&target, &LinkTable { lock, ..LinkTable::default() }).unwrap();
            let sections = |bytes: &[u8]| -> Vec<Vec<u8>> {
                let file = read::File::parse(bytes).unwrap();
                let notes = file.sections().filter(|section| SECTIONS.contains(&section.name().unwrap()));
                notes.map(|section| section.data().unwrap().to_vec()).collect()
            };
            let with = sections(&table(Some([7; DIGEST])));
            assert_eq!(with.iter().map(|bytes| digests(bytes)).collect::<Vec<_>>(), [[[7; DIGEST]]], "{triple}");
            assert!(sections(&table(None)).is_empty(), "{triple}");
        }
    }

    #[test]
    fn notes_that_a_linker_joined_are_told_apart() {
        let joined = [&encode(&[1; DIGEST])[..], &[0; 4], &encode(&[2; DIGEST])].concat();
        assert_eq!(digests(&joined), [[1; DIGEST], [2; DIGEST]]);
        assert!(digests(&joined[..LENGTH - 1]).is_empty());
        assert!(digests(b"").is_empty());
    }
}
