//! Encoding and decoding of values in CLIF: the emitter's half of `molt_abi::value`.
//!
//! Invariant: no other file of the compiler knows how a value's bits look.

use super::clif::{F64, Fun, I8, I64, IntCC, Value};
use molt_abi::value as bits;

/// Boxes an `i64` that is known to fit 48 bits.
pub fn box_int(f: &mut Fun<'_>, n: Value) -> Value {
    // The upper bits of such a number are its sign, and the tag's are all ones.
    f.or_imm(n, bits::INT_TAG as i64)
}

/// The `i64` of an int word.
pub fn unbox_int(f: &mut Fun<'_>, v: Value) -> Value {
    let up = f.shl_imm(v, i64::from(64 - bits::INT_BITS));
    f.sshr_imm(up, i64::from(64 - bits::INT_BITS))
}

/// Whether an `i64` needs more than 48 bits.
pub fn int_too_big(f: &mut Fun<'_>, n: Value) -> Value {
    let from_zero = f.add_imm(n, 1 << (bits::INT_BITS - 1));
    let high = f.ushr_imm(from_zero, i64::from(bits::INT_BITS));
    f.icmp_imm(IntCC::NotEqual, high, 0)
}

/// Boxes a double.
///
/// Every `f64` in SSA has bits below `0xFFFE << 48`: decoded words have, arithmetic keeps a NaN's payload and sign or
/// makes the default NaN, and [`negate`] restores it. So no test is needed here.
pub fn box_float(f: &mut Fun<'_>, x: Value) -> Value {
    let raw = f.bits(I64, x);
    f.add_imm(raw, bits::DOUBLE_OFFSET as i64)
}

/// `-x`. Flipping the sign of a NaN with a large payload would make it collide with the int tag: it becomes the quiet NaN.
pub fn negate(f: &mut Fun<'_>, x: Value) -> Value {
    let flipped = f.fneg(x);
    let raw = f.bits(I64, flipped);
    let limit = f.word(0xFFFE << 48);
    let odd = f.icmp(IntCC::UnsignedGreaterThanOrEqual, raw, limit);
    let nan = f.word(bits::CANONICAL_NAN);
    let clean = f.select(odd, nan, raw);
    f.bits(F64, clean)
}

/// The double of a float word.
pub fn unbox_float(f: &mut Fun<'_>, v: Value) -> Value {
    let raw = f.add_imm(v, (bits::DOUBLE_OFFSET as i64).wrapping_neg());
    f.bits(F64, raw)
}

/// Boxes an `i8` that is 0 or 1.
pub fn box_bool(f: &mut Fun<'_>, b: Value) -> Value {
    let wide = f.zero_extend(I64, b);
    f.or_imm(wide, bits::FALSE as i64)
}

/// The `i8` of a bool word.
pub fn unbox_bool(f: &mut Fun<'_>, v: Value) -> Value {
    let low = f.truncate(I8, v);
    f.and_imm(low, 1)
}

/// Whether `v` is an immediate int.
pub fn is_int(f: &mut Fun<'_>, v: Value) -> Value {
    let tag = f.word(bits::INT_TAG);
    f.icmp(IntCC::UnsignedGreaterThanOrEqual, v, tag)
}

/// Whether both are immediate ints.
pub fn are_ints(f: &mut Fun<'_>, a: Value, b: Value) -> Value {
    let both = f.band(a, b);
    is_int(f, both)
}

/// Whether `v` is a double.
pub fn is_float(f: &mut Fun<'_>, v: Value) -> Value {
    let from_zero = f.add_imm(v, (bits::DOUBLE_OFFSET as i64).wrapping_neg());
    let span = f.word(bits::INT_TAG - bits::DOUBLE_OFFSET);
    f.icmp(IntCC::UnsignedLessThan, from_zero, span)
}

/// Whether `v` is `True` or `False`.
pub fn is_bool(f: &mut Fun<'_>, v: Value) -> Value {
    let rest = f.and_imm(v, !1);
    f.icmp_imm(IntCC::Equal, rest, bits::FALSE as i64)
}

/// Whether `v` is a heap pointer.
pub fn is_pointer(f: &mut Fun<'_>, v: Value) -> Value {
    let from_zero = f.add_imm(v, -(bits::MIN_POINTER as i64));
    if f.heap_below_2_47() {
        // A shift instead of a 64-bit constant. Doubles from 2^48 on keep bit 47 or a higher one after the subtraction.
        let high = f.ushr_imm(from_zero, 47);
        f.icmp_imm(IntCC::Equal, high, 0)
    } else {
        let span = f.word(bits::DOUBLE_OFFSET - bits::MIN_POINTER);
        f.icmp(IntCC::UnsignedLessThan, from_zero, span)
    }
}
