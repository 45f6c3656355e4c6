//! Decoding a module's constants, once per runtime.
//!
//! Invariant: entries refer only to earlier entries; a blob that the compiler wrote decodes to exactly the counted number.

use crate::object::bytes as bytes_object;
use crate::object::descs::ModuleView;
use crate::object::module::Data;
use crate::object::str;
use crate::runtime::Rt;
use crate::value::Obj;
use molt_abi::blob::{Tag, read_leb};
use molt_abi::layout::Kind;
use num_bigint::{BigInt, BigUint, Sign};

/// Fills the constants of a block.
pub fn fill(rt: &Rt, data: Data, desc: ModuleView) {
    let bytes = desc.consts();
    let mut at = 0;
    for n in 0..desc.desc().const_count {
        let value = decode(rt, data, bytes, &mut at).unwrap_or(Obj::none());
        data.set_constant(n, value);
    }
}

fn take<'a>(bytes: &'a [u8], at: &mut usize, len: usize) -> Option<&'a [u8]> {
    let part = bytes.get(*at..at.checked_add(len)?)?;
    *at += len;
    Some(part)
}

fn word(bytes: &[u8], at: &mut usize) -> Option<u64> {
    take(bytes, at, 8).and_then(|b| b.try_into().ok()).map(u64::from_le_bytes)
}

fn decode(rt: &Rt, data: Data, bytes: &[u8], at: &mut usize) -> Option<Obj> {
    let tag = Tag::from_byte(take(bytes, at, 1)?[0])?;
    Some(match tag {
        Tag::Word => Obj::from_immediate(word(bytes, at)?)?,
        Tag::Str => {
            let len = read_leb(bytes, at)? as usize;
            wtf8(rt, take(bytes, at, len)?)
        }
        Tag::Bytes => {
            let len = read_leb(bytes, at)? as usize;
            bytes_object::new(rt, take(bytes, at, len)?)
        }
        Tag::BigInt => {
            let sign = if take(bytes, at, 1)?[0] == 0 { Sign::Plus } else { Sign::Minus };
            let len = read_leb(bytes, at)? as usize;
            rt.big_int(BigInt::from_biguint(sign, BigUint::from_bytes_le(take(bytes, at, len)?)))
        }
        Tag::Tuple => rt.tuple(items(data, bytes, at)?),
        Tag::FrozenSet => frozenset(rt, items(data, bytes, at)?),
        Tag::Complex => {
            let (re, im) = (word(bytes, at)?, word(bytes, at)?);
            crate::types::complex::new(rt, f64::from_bits(re), f64::from_bits(im))
        }
    })
}

/// A constant frozenset. CPython's compiler builds it of the items as written, then once more in that one's order when it
/// merges equal constants; iteration shows it. Constants hash without running Python code, so that adding one cannot fail.
fn frozenset(rt: &Rt, items: Vec<Obj>) -> Obj {
    let build = |items: Vec<Obj>| {
        let new = crate::object::set::with_type(rt, rt.kind_type(Kind::FrozenSet));
        for item in items {
            if crate::types::set::add(rt, &new, &item).is_err() {
                rt.clear_exception();
            }
        }
        new
    };
    let written = build(items);
    let ordered = crate::object::set::get(&written).map(|set| set.items()).unwrap_or_default();
    build(ordered)
}

fn items(data: Data, bytes: &[u8], at: &mut usize) -> Option<Vec<Obj>> {
    let count = read_leb(bytes, at)?;
    (0..count).map(|_| Some(data.constant(read_leb(bytes, at)? as u32))).collect()
}

/// An interned string from UTF-8 that may contain surrogates as three-byte sequences.
fn wtf8(rt: &Rt, bytes: &[u8]) -> Obj {
    match std::str::from_utf8(bytes) {
        Ok(text) => rt.intern(text),
        Err(_) => {
            let points = code_points(bytes);
            rt.intern_str(&str::from_code_points(rt, &points))
        }
    }
}

/// The code points of WTF-8.
fn code_points(bytes: &[u8]) -> Vec<u32> {
    let mut points = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let (first, extra) = match bytes[at] {
            b @ 0..=0x7F => (u32::from(b), 0),
            b @ 0..=0xDF => (u32::from(b & 0x1F), 1),
            b @ 0..=0xEF => (u32::from(b & 0x0F), 2),
            b => (u32::from(b & 0x07), 3),
        };
        let end = (at + 1 + extra).min(bytes.len());
        points.push(bytes[at + 1..end].iter().fold(first, |p, b| p << 6 | u32::from(b & 0x3F)));
        at = end;
    }
    points
}

#[cfg(test)]
mod tests {
    #[test]
    fn lone_surrogates_survive() {
        assert_eq!(super::code_points(b"a\xed\xa0\x80\xc3\xa9\xf0\x9f\x98\x80"), [0x61, 0xD800, 0xE9, 0x1F600]);
    }
}
