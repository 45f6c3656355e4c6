//! SHA-256 in hexadecimal: what registries, SBOMs and provenance name artifacts by. (Locks and the cache use BLAKE3.)

use std::fs::File;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::error::BuildError;

/// Of bytes.
pub fn of(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Of a file, read in pieces; with its size.
pub fn of_file(path: &Path) -> Result<(String, u64), BuildError> {
    let error = |e| BuildError::io("read", path, e);
    let mut hasher = Sha256::new();
    let size = std::io::copy(&mut File::open(path).map_err(error)?, &mut hasher).map_err(error)?;
    Ok((hex(&hasher.finalize()), size))
}

/// Whether a text is such a digest.
pub fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_digest_of_nothing_is_the_standard_one() {
        let empty = super::of(b"");
        assert_eq!(empty, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert!(super::is_digest(&empty) && !super::is_digest(&empty.to_uppercase()) && !super::is_digest("00ff"));
    }
}
