//! Reads the note back that says which locked project a binary, an archive or an object was built from.

use std::path::Path;

use molt_codegen::emit::note;
use object::read::{File, Object as _, ObjectSection as _};

use super::archive;
use crate::codes;
use crate::error::BuildError;
use crate::problem::Problem;

const ARCHIVE_MAGIC: &[u8] = b"!<arch>\n";

/// The digests of the locks that a file carries, sorted: none if it was built outside of a project, several if it was linked
/// from several programs.
///
/// # Errors
/// The file can't be read, or is neither an object file, a binary nor an archive of ELF, Mach-O or COFF.
pub fn locks(path: &Path) -> Result<Vec<[u8; 32]>, BuildError> {
    let bytes = std::fs::read(path).map_err(|e| BuildError::io("read", path, e))?;
    let mut found = match bytes.starts_with(ARCHIVE_MAGIC) {
        // A member that is no object, such as Rust's metadata, carries nothing.
        true => archive::members(path, &bytes)?.iter().filter_map(|member| of_object(&member.bytes).ok()).collect(),
        false => {
            vec![of_object(&bytes).map_err(|e| BuildError::Archive { path: path.into(), message: e.to_string() })?]
        }
    }
    .concat();
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

fn of_object(bytes: &[u8]) -> Result<Vec<[u8; 32]>, object::Error> {
    let file = File::parse(bytes)?;
    let mut found = Vec::new();
    for section in file.sections() {
        if note::SECTIONS.contains(&section.name().unwrap_or("")) {
            found.extend(note::digests(section.data()?));
        }
    }
    Ok(found)
}

/// Holds what a file carries against the lock of a project.
///
/// # Errors
/// It carries no digest, or that of another lock.
pub fn verify(path: &Path, lock: &[u8; 32]) -> Result<(), BuildError> {
    let found = locks(path)?;
    if found.contains(lock) {
        return Ok(());
    }
    let hex = |digest: &[u8; 32]| format!("blake3:{}", blake3::Hash::from_bytes(*digest).to_hex());
    let mut problem = match found.is_empty() {
        true => Problem::at_path(codes::NO_NOTE, path, "this file does not say which lock it was built from")
            .with_help("build it in the project, as locked: a debug build of changed sources carries nothing"),
        false => Problem::at_path(codes::OTHER_LOCK, path, "this file was built from another lock")
            .with_help("build it again, or check out the state of the project that it was built from"),
    };
    problem = problem.with_note(format!("expected {}", hex(lock)));
    for digest in &found {
        problem = problem.with_note(format!("found {}", hex(digest)));
    }
    Err(BuildError::Problems(vec![problem]))
}
