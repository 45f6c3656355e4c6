//! Static archives: reading members, and writing with no time, owner or path in them.

use std::io::Cursor;
use std::path::Path;

use ar_archive_writer::{DEFAULT_OBJECT_READER, NewArchiveMember, write_archive_to_stream};
use object::Object as _;
use object::elf;
use object::endian::{LittleEndian, U64};
use object::read::archive::ArchiveFile;
use object::read::elf::{FileHeader, SectionHeader};

use super::Object;
use super::platform::{Platform, architecture};
use crate::error::BuildError;

/// The members of an archive, in order. Names that occur twice stay so: the format allows it, and linkers take both.
pub fn members(path: &Path, bytes: &[u8]) -> Result<Vec<Object>, BuildError> {
    let error = |e: object::Error| BuildError::Archive { path: path.to_path_buf(), message: e.to_string() };
    let mut members = Vec::new();
    for member in ArchiveFile::parse(bytes).map_err(error)?.members() {
        let member = member.map_err(error)?;
        let name = String::from_utf8_lossy(member.name()).into_owned();
        // Rust keeps metadata for its own compiler beside the objects.
        if name.ends_with(".rmeta") {
            continue;
        }
        members.push(Object { name, bytes: member.data(bytes).map_err(error)?.to_vec() });
    }
    Ok(members)
}

/// The bytes of an archive with a symbol table, in the platform's flavour.
pub fn write(platform: Platform, path: &Path, objects: &[Object]) -> Result<Vec<u8>, BuildError> {
    let members: Vec<_> = objects
        .iter()
        .map(|object| NewArchiveMember::new(&object.bytes[..], &DEFAULT_OBJECT_READER, object.name.clone()))
        .collect();
    let mut out = Cursor::new(Vec::new());
    write_archive_to_stream(&mut out, &members, platform.archive_kind(), false, None)
        .map_err(|e| BuildError::Archive { path: path.to_path_buf(), message: e.to_string() })?;
    Ok(out.into_inner())
}

/// Whether the code in an archive is for `target`, as far as its first object tells; an archive without objects may be.
pub fn is_for(target: &str, path: &Path, bytes: &[u8]) -> Result<bool, BuildError> {
    let objects = members(path, bytes)?;
    let first = objects.iter().find_map(|member| object::File::parse(&*member.bytes).ok());
    Ok(first.is_none_or(|file| {
        file.format() == Platform::of(target).object_format() && file.architecture() == architecture(target)
    }))
}

/// Marks the unwinding tables of all ELF members so that linkers leave them out of binaries (`SHF_EXCLUDE`).
///
/// Rust has no flag for this: the tables come with the debug information of its prebuilt standard library, a tenth of a
/// small program. Only for archives in which a panic aborts.
pub fn exclude_unwind_tables(path: &Path, bytes: &mut [u8]) -> Result<(), BuildError> {
    let error = |e: object::Error| BuildError::Archive { path: path.to_path_buf(), message: e.to_string() };
    let mut flags = Vec::new();
    for member in ArchiveFile::parse(&*bytes).map_err(error)?.members() {
        let member = member.map_err(error)?;
        let data = member.data(&*bytes).map_err(error)?;
        let Ok(header) = elf::FileHeader64::<LittleEndian>::parse(data) else { continue };
        let sections = header.sections(LittleEndian, data).map_err(error)?;
        let table = member.file_range().0 + header.e_shoff(LittleEndian);
        for (index, section) in sections.iter().enumerate() {
            let name = sections.section_name(LittleEndian, section).map_err(error)?;
            if name == b".eh_frame" || name.starts_with(b".gcc_except_table") {
                let entry = table as usize + index * size_of::<elf::SectionHeader64<LittleEndian>>();
                let at = entry + std::mem::offset_of!(elf::SectionHeader64<LittleEndian>, sh_flags);
                flags.push((at, section.sh_flags(LittleEndian) | u64::from(elf::SHF_EXCLUDE)));
            }
        }
    }
    for (at, flags) in flags {
        let flags = U64::new(LittleEndian, flags);
        if let Some(place) = bytes.get_mut(at..at + 8) {
            place.copy_from_slice(object::pod::bytes_of(&flags));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_come_back_in_order() {
        let path = Path::new("x.a");
        let objects = ["b.o", "a-name-longer-than-sixteen-bytes.o", "b.o"]
            .map(|name| Object { name: name.to_owned(), bytes: vec![1, 2, 3] });
        let bytes = write(Platform::LinuxGnu, path, &objects).unwrap();
        let back = members(path, &bytes).unwrap();
        assert_eq!(
            back.iter().map(|o| &o.name).collect::<Vec<_>>(),
            objects.iter().map(|o| &o.name).collect::<Vec<_>>()
        );
        assert!(back.iter().all(|o| o.bytes == [1, 2, 3]));
        assert!(members(path, b"not an archive").is_err());
    }
}
