//! Hashes: numbers modulo 2**61 - 1, so that equal numbers of different types hash alike, and keyed SipHash-1-3 for
//! strings and bytes.
//!
//! Python's `hash()` never is -1; 0 for the empty string. The key of seed 0 is CPython's for `PYTHONHASHSEED=0`.

use super::int::IntRef;
use num_bigint::Sign;

/// The modulus of numeric hashes.
pub const MODULUS: u64 = (1 << 61) - 1;
const BITS: u32 = 61;
/// `hash(inf)`.
pub const INFINITY: i64 = 314159;

fn finish(hash: u64, negative: bool) -> i64 {
    let hash = if negative { -(hash as i64) } else { hash as i64 };
    if hash == -1 { -2 } else { hash }
}

/// `hash` of an int.
pub fn int(a: IntRef) -> i64 {
    match a {
        IntRef::Small(n) => finish(n.unsigned_abs() % MODULUS, n < 0),
        IntRef::Wide(n) => finish((n.unsigned_abs() % u128::from(MODULUS)) as u64, n < 0),
        IntRef::Big(n) => {
            // 2**64 is 8 modulo 2**61 - 1.
            let mut hash = 0u128;
            for digit in n.magnitude().iter_u64_digits().rev() {
                hash = (hash * 8 + u128::from(digit)) % u128::from(MODULUS);
            }
            finish(hash as u64, n.sign() == Sign::Minus)
        }
    }
}

/// `hash` of a float that is not NaN (a NaN hashes by identity).
pub fn float(x: f64) -> i64 {
    if x.is_infinite() {
        return if x > 0.0 { INFINITY } else { -INFINITY };
    }
    if x.trunc() == x && x.abs() < 9.2e18 {
        return int(IntRef::Small(x as i64));
    }
    let (mantissa, exponent) = super::int_convert::decompose(x);
    let turn = exponent.rem_euclid(BITS as i32) as u32;
    let mantissa = mantissa % MODULUS;
    // Multiplying by 2**turn is a rotation of the 61 bits.
    let hash = if turn == 0 { mantissa } else { (mantissa << turn & MODULUS) | mantissa >> (BITS - turn) };
    finish(hash % MODULUS, x < 0.0)
}

/// The key of the string hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HashKey {
    /// First half.
    pub k0: u64,
    /// Second half.
    pub k1: u64,
}

impl HashKey {
    /// The key that CPython derives from `PYTHONHASHSEED=seed`: none for 0, else bytes of a linear congruential generator.
    pub fn from_seed(seed: u32) -> HashKey {
        if seed == 0 {
            return HashKey { k0: 0, k1: 0 };
        }
        let mut state = seed;
        let mut bytes = [0u8; 16];
        for byte in &mut bytes {
            state = state.wrapping_mul(214013).wrapping_add(2531011);
            *byte = (state >> 16) as u8;
        }
        let half = |at: usize| bytes[at..at + 8].iter().rev().fold(0, |word, &b| word << 8 | u64::from(b));
        HashKey { k0: half(0), k1: half(8) }
    }
}

struct Sip {
    v0: u64,
    v1: u64,
    v2: u64,
    v3: u64,
}

impl Sip {
    #[inline(always)]
    fn round(&mut self) {
        self.v0 = self.v0.wrapping_add(self.v1);
        self.v2 = self.v2.wrapping_add(self.v3);
        self.v1 = self.v1.rotate_left(13) ^ self.v0;
        self.v3 = self.v3.rotate_left(16) ^ self.v2;
        self.v0 = self.v0.rotate_left(32);
        self.v2 = self.v2.wrapping_add(self.v1);
        self.v0 = self.v0.wrapping_add(self.v3);
        self.v1 = self.v1.rotate_left(17) ^ self.v2;
        self.v3 = self.v3.rotate_left(21) ^ self.v0;
        self.v2 = self.v2.rotate_left(32);
    }
}

/// Fewer than eight bytes, little endian: two pieces that may overlap.
#[inline(always)]
fn up_to_seven(bytes: &[u8]) -> u64 {
    let len = bytes.len();
    match bytes {
        [a, b, c, d, ..] => {
            let tail = bytes.last_chunk::<4>().map_or(0, |tail| u32::from_le_bytes(*tail));
            u64::from(u32::from_le_bytes([*a, *b, *c, *d])) | u64::from(tail) << (8 * (len - 4))
        }
        [first, .., last] => {
            u64::from(*first) | u64::from(bytes[len / 2]) << (8 * (len / 2)) | u64::from(*last) << (8 * (len - 1))
        }
        [one] => u64::from(*one),
        [] => 0,
    }
}

/// SipHash-1-3 (Aumasson and Bernstein) of `data`, as Python hashes the memory of a `str` or `bytes`: never -1, and 0 for
/// empty data.
pub fn bytes(key: HashKey, data: &[u8]) -> i64 {
    if data.is_empty() {
        return 0;
    }
    let mut sip = Sip {
        v0: key.k0 ^ 0x736f_6d65_7073_6575,
        v1: key.k1 ^ 0x646f_7261_6e64_6f6d,
        v2: key.k0 ^ 0x6c79_6765_6e65_7261,
        v3: key.k1 ^ 0x7465_6462_7974_6573,
    };
    let mut words = data.chunks_exact(8);
    for word in &mut words {
        let m = u64::from_le_bytes(word.try_into().unwrap_or([0; 8]));
        sip.v3 ^= m;
        sip.round();
        sip.v0 ^= m;
    }
    let last = (data.len() as u64) << 56 | up_to_seven(words.remainder());
    sip.v3 ^= last;
    sip.round();
    sip.v0 ^= last;
    sip.v2 ^= 0xFF;
    sip.round();
    sip.round();
    sip.round();
    let hash = (sip.v0 ^ sip.v1 ^ sip.v2 ^ sip.v3) as i64;
    if hash == -1 { -2 } else { hash }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::number::Int;
    use num_bigint::BigInt;

    #[test]
    fn numbers_hash_as_in_cpython() {
        for (n, hash) in [(0, 0), (1, 1), (-1, -2), (-2, -2), ((1 << 61) - 1, 0), (1 << 61, 1), (i64::MIN, -4)] {
            assert_eq!(int(IntRef::Small(n)), hash);
        }
        assert_eq!(int(Int::Big(BigInt::from(10).pow(30)).view()), 465_258_685_558_744_706);
        assert_eq!(float(0.5), 1_152_921_504_606_846_976);
        assert_eq!(float(1.5), 1_152_921_504_606_846_977);
        assert_eq!(float(-1.0), -2);
        assert_eq!(float(1e300), 1_224_995_262_755_759_164);
        assert_eq!(float(0.1), 230_584_300_921_369_408);
        assert_eq!(float(f64::NEG_INFINITY), -314159);
    }

    #[test]
    fn seed_zero_is_cpythons() {
        let key = HashKey::from_seed(0);
        for (text, hash) in [
            ("", 0),
            ("a", 4644417185603328019),
            ("hello", -2096571579003691106),
            ("hello world", -5642461784034726774),
            ("12345678", 3785724242978802311),
        ] {
            assert_eq!(bytes(key, text.as_bytes()), hash, "{text}");
        }
        assert_eq!(bytes(HashKey::from_seed(42), b"hello world"), -3_893_157_060_480_277_979);
    }
}
