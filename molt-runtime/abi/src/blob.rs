//! The constants of a module as bytes: written by the compiler, decoded once per runtime when the module is loaded.
//!
//! A blob is a sequence of entries, one per constant index. Integers are LEB128. Invariant: entries refer only to earlier
//! entries, so that one forward pass decodes the blob.

/// The tag byte of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Tag {
    /// `u64` little endian: the boxed word of an immediate (small int, float, singleton).
    Word = 0,
    /// LEB length, then WTF-8 bytes (UTF-8 plus lone surrogates as three-byte sequences): an interned `str`.
    Str = 1,
    /// LEB length, then bytes: a `bytes`.
    Bytes = 2,
    /// Sign byte (0 or 1), LEB length, magnitude in little-endian bytes: an int beyond 48 bits.
    BigInt = 3,
    /// LEB count, then LEB constant indices: a `tuple`.
    Tuple = 4,
    /// As [`Tag::Tuple`]: a `frozenset`.
    FrozenSet = 5,
    /// Two `u64`: the bits of the real and imaginary parts of a `complex`.
    Complex = 6,
}

impl Tag {
    /// The tag of a byte.
    pub const fn from_byte(byte: u8) -> Option<Tag> {
        Some(match byte {
            0 => Tag::Word,
            1 => Tag::Str,
            2 => Tag::Bytes,
            3 => Tag::BigInt,
            4 => Tag::Tuple,
            5 => Tag::FrozenSet,
            6 => Tag::Complex,
            _ => return None,
        })
    }
}

/// Appends `n` in unsigned LEB128.
pub fn write_leb(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

/// Reads an unsigned LEB128 at `*at` and moves `*at` past it; `None` when the bytes end or overflow.
pub fn read_leb(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let (mut n, mut shift) = (0u64, 0);
    loop {
        let byte = *bytes.get(*at)?;
        *at += 1;
        if shift >= 64 {
            return None;
        }
        n |= u64::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Some(n);
        }
        shift += 7;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leb_round_trips() {
        for n in [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX] {
            let mut out = Vec::new();
            write_leb(&mut out, n);
            let mut at = 0;
            assert_eq!(read_leb(&out, &mut at), Some(n));
            assert_eq!(at, out.len());
        }
        assert_eq!(read_leb(&[0x80], &mut 0), None);
    }
}
