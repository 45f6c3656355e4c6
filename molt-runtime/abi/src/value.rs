//! How a Python value is encoded in 64 bits (NaN boxing in favour of pointers).
//!
//! | bits | meaning |
//! |---|---|
//! | `0` | no value: exception pending, or unbound |
//! | `< 0x1000` | an immediate singleton, see the constants |
//! | top 16 bits `0` | a heap pointer, stored plainly, 16-byte aligned |
//! | top 16 bits `0x0001..=0xFFFE` | a double, its bits offset by [`DOUBLE_OFFSET`] |
//! | top 16 bits `0xFFFF` | a 48-bit two's complement int in the low bits |
//!
//! Invariant: an int that fits 48 bits is always immediate, so equal small ints are equal words.

/// "No value": an exception is pending, or the slot is unbound.
pub const NO_VALUE: u64 = 0;
/// `None`.
pub const NONE: u64 = 0x02;
/// `False`; differs from [`TRUE`] in bit 0 only.
pub const FALSE: u64 = 0x06;
/// `True`.
pub const TRUE: u64 = 0x07;
/// `Ellipsis`.
pub const ELLIPSIS: u64 = 0x0A;
/// `NotImplemented`.
pub const NOT_IMPLEMENTED: u64 = 0x0E;
/// An iterator is exhausted. Never visible to Python code.
pub const STOP: u64 = 0x12;
/// A known-function cell whose function is not pristine. Equal to no Python value.
pub const KNOWN_BROKEN: u64 = 0x16;
/// The lowest address a heap object can have; everything below is an immediate.
pub const MIN_POINTER: u64 = 0x1000;
/// Added to the bits of a double to box it.
pub const DOUBLE_OFFSET: u64 = 1 << 48;
/// The tag of an immediate int, in the top 16 bits.
pub const INT_TAG: u64 = 0xFFFF << 48;
/// The payload bits of an immediate int.
pub const INT_MASK: u64 = (1 << 48) - 1;
/// The number of payload bits of an immediate int, sign included.
pub const INT_BITS: u32 = 48;
/// The least immediate int.
pub const INT_MIN: i64 = -(1 << 47);
/// The greatest immediate int.
pub const INT_MAX: i64 = (1 << 47) - 1;
/// The quiet NaN that stands for NaNs whose payload would collide with other tags.
pub const CANONICAL_NAN: u64 = 0x7FF8_0000_0000_0000;

/// Boxes `n` when it fits 48 bits.
///
/// ```
/// use molt_abi::value::{box_int, unbox_int, INT_MAX};
/// assert_eq!(unbox_int(box_int(-5).unwrap()), -5);
/// assert_eq!(box_int(INT_MAX + 1), None);
/// ```
#[inline(always)]
pub const fn box_int(n: i64) -> Option<u64> {
    if n >= INT_MIN && n <= INT_MAX { Some(n as u64 & INT_MASK | INT_TAG) } else { None }
}

/// The int of an immediate int word. The result is meaningless for other words.
#[inline(always)]
pub const fn unbox_int(v: u64) -> i64 {
    ((v << 16) as i64) >> 16
}

/// Whether `v` is an immediate int.
#[inline(always)]
pub const fn is_int(v: u64) -> bool {
    v >= INT_TAG
}

/// Boxes a double. Negative NaNs whose payload would reach into the int tag become the canonical NaN.
///
/// ```
/// use molt_abi::value::{box_float, unbox_float};
/// assert_eq!(unbox_float(box_float(-0.0)).to_bits(), (-0.0f64).to_bits());
/// assert!(unbox_float(box_float(f64::from_bits(u64::MAX))).is_nan());
/// ```
#[inline(always)]
pub const fn box_float(x: f64) -> u64 {
    let bits = x.to_bits();
    if bits >= 0xFFFE << 48 { CANONICAL_NAN + DOUBLE_OFFSET } else { bits + DOUBLE_OFFSET }
}

/// The double of a float word. The result is meaningless for other words.
#[inline(always)]
pub const fn unbox_float(v: u64) -> f64 {
    f64::from_bits(v.wrapping_sub(DOUBLE_OFFSET))
}

/// Whether `v` is a double.
#[inline(always)]
pub const fn is_float(v: u64) -> bool {
    v >= DOUBLE_OFFSET && v < INT_TAG
}

/// Whether `v` is a heap pointer.
#[inline(always)]
pub const fn is_pointer(v: u64) -> bool {
    v >= MIN_POINTER && v < DOUBLE_OFFSET
}

/// Boxes a bool.
#[inline(always)]
pub const fn box_bool(b: bool) -> u64 {
    FALSE | b as u64
}

/// Whether `v` is `True` or `False`.
#[inline(always)]
pub const fn is_bool(v: u64) -> bool {
    v & !1 == FALSE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ints_round_trip_at_the_boundaries() {
        for n in [0, 1, -1, INT_MIN, INT_MAX, INT_MIN + 1, INT_MAX - 1] {
            let v = box_int(n).unwrap();
            assert!(is_int(v) && !is_float(v) && !is_pointer(v));
            assert_eq!(unbox_int(v), n);
        }
        assert_eq!(box_int(INT_MIN - 1), None);
    }

    #[test]
    fn doubles_never_look_like_anything_else() {
        let samples = [
            0.0,
            -0.0,
            1.5,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::NAN,
            -f64::NAN,
            f64::MIN_POSITIVE,
            5e-324,
            f64::MAX,
        ];
        for x in samples {
            let v = box_float(x);
            assert!(is_float(v) && !is_int(v) && !is_pointer(v), "{x}");
            assert_eq!(unbox_float(v).to_bits(), x.to_bits());
        }
        for bits in [u64::MAX, 0xFFFE << 48, 0xFFFF << 48] {
            assert!(is_float(box_float(f64::from_bits(bits))));
        }
    }

    #[test]
    fn singletons_are_not_pointers() {
        for v in [NO_VALUE, NONE, FALSE, TRUE, ELLIPSIS, NOT_IMPLEMENTED, STOP, KNOWN_BROKEN] {
            assert!(!is_pointer(v) && !is_int(v) && !is_float(v));
        }
        assert!(is_bool(TRUE) && is_bool(FALSE) && !is_bool(NONE));
    }
}
