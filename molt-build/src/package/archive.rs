//! Gzipped tar: writing with nothing of this machine in it, reading with nothing trusted.
//!
//! Invariants: written headers have no time, owner or varying permissions, and entries are sorted by path. Of what is read,
//! only plain files with plain paths are handed on, and never more bytes than a bound that the file's size gives.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};

use flate2::bufread::GzDecoder;
use flate2::{Compression, GzBuilder};
use tar::{Builder, EntryType, Header};

use super::is_plain;

/// A file in a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Whether it can be run.
    pub executable: bool,
}

/// Files by path; paths use `/`.
pub type Files = BTreeMap<String, File>;

/// What a package of this size may unpack to at most: compiled code shrinks to a third, zeros to a thousandth.
const RATIO: u64 = 100;
const SMALL: u64 = 16 << 20;
const LARGE: u64 = 4 << 30;
const MAX_FILES: usize = 100_000;

/// Why a package can't be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The bytes are no gzipped tar, or damaged.
    #[error("it is damaged: {0}")]
    Damaged(io::Error),
    /// More bytes come out of it than any package of its size has.
    #[error("it unpacks to more than {0} bytes")]
    TooLarge(u64),
    /// More entries than any package has.
    #[error("it has more than {0} entries")]
    TooMany(usize),
    /// An entry that is no plain file.
    #[error("`{0}` is not a plain file")]
    Special(String),
    /// A path that could lead out of a folder, or mean different files on different machines.
    #[error("`{0}` is not a safe path")]
    Path(String),
    /// A path that occurs twice, or twice where case does not count.
    #[error("`{0}` occurs twice")]
    Twice(String),
    /// There are bytes behind the compressed data.
    #[error("something follows the package in the file")]
    Trailing,
}

/// The bytes of a package.
pub fn write(files: &Files) -> io::Result<Vec<u8>> {
    let compressed = GzBuilder::new().mtime(0).operating_system(255).write(Vec::new(), Compression::default());
    let mut builder = Builder::new(compressed);
    for (path, file) in files {
        let mut header = Header::new_gnu();
        header.set_entry_type(EntryType::Regular);
        header.set_size(file.bytes.len() as u64);
        header.set_mode(if file.executable { 0o755 } else { 0o644 });
        header.set_mtime(0);
        header.set_uid(0);
        header.set_gid(0);
        builder.append_data(&mut header, path, &file.bytes[..])?;
    }
    let mut compressed = builder.into_inner()?;
    compressed.flush()?;
    compressed.finish()
}

/// The files of a package.
pub fn read(bytes: &[u8]) -> Result<Files, ReadError> {
    read_within(bytes, (bytes.len() as u64).saturating_mul(RATIO).saturating_add(SMALL).min(LARGE))
}

fn read_within(bytes: &[u8], limit: u64) -> Result<Files, ReadError> {
    let mut decoder = GzDecoder::new(bytes);
    let mut bounded = Bounded { inner: &mut decoder, left: limit, exceeded: false };
    let result = read_tar(&mut bounded);
    if bounded.exceeded {
        return Err(ReadError::TooLarge(limit));
    }
    let files = result?;
    match decoder.into_inner() {
        [] => Ok(files),
        _ => Err(ReadError::Trailing),
    }
}

fn read_tar(bounded: &mut Bounded<impl Read>) -> Result<Files, ReadError> {
    let mut files = Files::new();
    let mut spellings = std::collections::BTreeSet::new();
    let mut archive = tar::Archive::new(&mut *bounded);
    for entry in archive.entries().map_err(ReadError::Damaged)? {
        let mut entry = entry.map_err(ReadError::Damaged)?;
        let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if entry.header().entry_type() != EntryType::Regular {
            return Err(ReadError::Special(path));
        }
        if !is_safe(&path) {
            return Err(ReadError::Path(path));
        }
        if files.len() >= MAX_FILES {
            return Err(ReadError::TooMany(MAX_FILES));
        }
        if !spellings.insert(path.to_lowercase()) {
            return Err(ReadError::Twice(path));
        }
        let executable = entry.header().mode().map_err(ReadError::Damaged)? & 0o111 != 0;
        let size = entry.header().size().map_err(ReadError::Damaged)?;
        let mut content = Vec::new();
        entry.read_to_end(&mut content).map_err(ReadError::Damaged)?;
        // The end of the data in the middle of an entry is not an error to the reader.
        if content.len() as u64 != size {
            return Err(ReadError::Damaged(io::ErrorKind::UnexpectedEof.into()));
        }
        files.insert(path, File { bytes: content, executable });
    }
    // The check sum of the compressed data comes last.
    io::copy(bounded, &mut io::sink()).map_err(ReadError::Damaged)?;
    Ok(files)
}

/// Whether a path stays below the folder it is joined to, on every system.
fn is_safe(path: &str) -> bool {
    let plain = |part: &str| {
        // Licence files of packages have any name.
        is_plain(part) || (!matches!(part, "" | "." | "..") && !part.ends_with(['.', ' ']))
    };
    path.len() <= 1024 && !path.contains(['\\', ':', '\0', '\u{fffd}']) && path.split('/').all(plain)
}

/// A reader that stops at a bound.
struct Bounded<R> {
    inner: R,
    left: u64,
    exceeded: bool,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        match self.left.checked_sub(count as u64) {
            Some(left) => self.left = left,
            None => {
                self.exceeded = true;
                return Err(io::ErrorKind::FileTooLarge.into());
            }
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &[u8])]) -> Files {
        list.iter()
            .map(|(path, bytes)| ((*path).to_owned(), File { bytes: bytes.to_vec(), executable: false }))
            .collect()
    }

    /// A gzipped tar with headers as an attacker writes them.
    fn raw(entries: &[(&str, EntryType, &[u8])]) -> Vec<u8> {
        let mut tar = Vec::new();
        for (path, kind, bytes) in entries {
            let mut header = Header::new_gnu();
            header.as_mut_bytes()[..path.len()].copy_from_slice(path.as_bytes());
            header.set_entry_type(*kind);
            header.set_size(bytes.len() as u64);
            header.set_mode(0o644);
            header.set_cksum();
            tar.extend_from_slice(header.as_bytes());
            tar.extend_from_slice(bytes);
            tar.resize(tar.len().next_multiple_of(512), 0);
        }
        tar.resize(tar.len() + 1024, 0);
        let mut gz = GzBuilder::new().write(Vec::new(), Compression::fast());
        gz.write_all(&tar).unwrap();
        gz.finish().unwrap()
    }

    fn refusal(bytes: &[u8]) -> String {
        read(bytes).unwrap_err().to_string()
    }

    #[test]
    fn files_come_back_and_writing_is_repeatable() {
        let long = "licences/".to_owned() + &"x".repeat(150);
        let mut some = files(&[("a/b", b"1"), ("manifest.json", b"{}"), (&long, b"")]);
        some.insert("bin/x".to_owned(), File { bytes: vec![1; 3000], executable: true });
        let bytes = write(&some).unwrap();
        assert_eq!(bytes, write(&some).unwrap());
        assert_eq!(read(&bytes).unwrap(), some);
    }

    #[test]
    fn paths_that_lead_elsewhere_are_refused() {
        let paths = ["../x", "/etc/passwd", "a/../../x", "a//b", "./a", "C:/x", "a\\..\\x", "a/", "a./b", "a/b "];
        for path in paths {
            assert!(refusal(&raw(&[(path, EntryType::Regular, b"")])).contains("not a safe path"), "{path}");
        }
        for path in ["a/b", "licences/six/LICENSE (MIT).txt", ".gitignore", "..a"] {
            assert!(read(&raw(&[(path, EntryType::Regular, b"")])).is_ok(), "{path}");
        }
    }

    #[test]
    fn only_plain_files_and_each_once() {
        for kind in [EntryType::Symlink, EntryType::Link, EntryType::Directory, EntryType::Char, EntryType::Fifo] {
            assert!(refusal(&raw(&[("a", kind, b"")])).contains("not a plain file"), "{kind:?}");
        }
        let twice = [("a", EntryType::Regular, &b"1"[..]), ("A", EntryType::Regular, b"2")];
        assert_eq!(refusal(&raw(&twice)), "`A` occurs twice");
    }

    #[test]
    fn a_bomb_does_not_go_off() {
        let zeros = vec![0; 40 << 20];
        let bomb = raw(&[("zeros", EntryType::Regular, &zeros)]);
        assert!(bomb.len() < 1 << 20);
        assert!(refusal(&bomb).contains("unpacks to more than"));
        // Behind the end of the archive, and in the length of a name.
        let mut gz = GzBuilder::new().write(Vec::new(), Compression::fast());
        gz.write_all(&zeros).unwrap();
        assert!(refusal(&gz.finish().unwrap()).contains("unpacks to more than"));
        let name = raw(&[("././@LongLink", EntryType::GNULongName, &zeros), ("a", EntryType::Regular, b"")]);
        assert!(refusal(&name).contains("unpacks to more than"));
        let small = write(&files(&[("a", &[0; 2000])])).unwrap();
        assert!(matches!(read_within(&small, 1000), Err(ReadError::TooLarge(1000))));
    }

    #[test]
    fn damage_is_noticed() {
        let whole = files(&[("a", b"text"), ("b", &[7; 5000])]);
        let bytes = write(&whole).unwrap();
        for length in [0, 5, 20, bytes.len() / 2, bytes.len() - 8, bytes.len() - 1] {
            assert!(read(&bytes[..length]).is_err(), "{length}");
        }
        assert_eq!(refusal(&[&bytes[..], b"x"].concat()), "something follows the package in the file");
        assert!(refusal(b"not a package").contains("damaged"));
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0x10;
            // Some bits of the compressed form carry nothing, in its header above all; what they stand for is under a check sum.
            assert!(read(&changed).map_or(true, |found| found == whole), "{at}");
        }
    }
}
