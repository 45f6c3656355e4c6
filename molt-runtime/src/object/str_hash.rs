//! The hash of strings and bytes: SipHash-1-3 (Aumasson and Bernstein), as CPython hashes them.
//!
//! Invariant: never -1, which stands for an error in CPython; 0 for no bytes.

/// The hash of `data` under the key.
pub fn sip13(k0: u64, k1: u64, data: &[u8]) -> i64 {
    if data.is_empty() {
        return 0;
    }
    let mut v = [
        k0 ^ 0x736f_6d65_7073_6575,
        k1 ^ 0x646f_7261_6e64_6f6d,
        k0 ^ 0x6c79_6765_6e65_7261,
        k1 ^ 0x7465_6462_7974_6573,
    ];
    let (words, rest) = data.as_chunks::<8>();
    for word in words {
        let word = u64::from_le_bytes(*word);
        v[3] ^= word;
        round(&mut v);
        v[0] ^= word;
    }
    let mut last = (data.len() as u64) << 56;
    for (n, byte) in rest.iter().enumerate() {
        last |= u64::from(*byte) << (8 * n);
    }
    v[3] ^= last;
    round(&mut v);
    v[0] ^= last;
    v[2] ^= 0xFF;
    for _ in 0..3 {
        round(&mut v);
    }
    match (v[0] ^ v[1] ^ v[2] ^ v[3]) as i64 {
        -1 => -2,
        hash => hash,
    }
}

#[inline(always)]
fn round(v: &mut [u64; 4]) {
    v[0] = v[0].wrapping_add(v[1]);
    v[2] = v[2].wrapping_add(v[3]);
    v[1] = v[1].rotate_left(13) ^ v[0];
    v[3] = v[3].rotate_left(16) ^ v[2];
    v[0] = v[0].rotate_left(32);
    v[2] = v[2].wrapping_add(v[1]);
    v[0] = v[0].wrapping_add(v[3]);
    v[1] = v[1].rotate_left(17) ^ v[2];
    v[3] = v[3].rotate_left(21) ^ v[0];
    v[2] = v[2].rotate_left(32);
}

#[cfg(test)]
mod tests {
    use super::sip13;

    #[test]
    fn as_cpython_with_seed_0() {
        // PYTHONHASHSEED=0 python3.12 -c 'print(hash("a"), hash("hello world"), hash(b"12345678"))'
        assert_eq!(sip13(0, 0, b"a"), 4_644_417_185_603_328_019);
        assert_eq!(sip13(0, 0, b"hello world"), -5_642_461_784_034_726_774);
        assert_eq!(sip13(0, 0, b"12345678"), 3_785_724_242_978_802_311);
    }
}
