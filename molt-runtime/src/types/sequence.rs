//! What `list` and `tuple` share: lexicographic comparison, searching, repetition.

use super::spec::CmpOp;
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::value as abi;

/// The first position from `from` up to `stop` whose item might equal `value`: not one of two different machine ints.
#[inline]
pub fn next_candidate(items: &[Obj], from: usize, stop: usize, value: &Obj) -> Option<usize> {
    let items = items.get(from..stop.min(items.len()))?;
    let found = if abi::is_int(value.word()) {
        items.iter().position(|i| i.is(value) || !abi::is_int(i.word()))
    } else if value.is_exact(molt_abi::layout::Kind::Str) {
        // A `str` equals no number and no singleton.
        items.iter().position(Obj::is_pointer)
    } else {
        (!items.is_empty()).then_some(0)
    };
    found.map(|n| from + n)
}

/// The items, `times` over.
pub fn repeat(rt: &Rt, items: &[Obj], times: i64) -> R<Vec<Obj>> {
    let times = times.max(0) as usize;
    let total = items.len().checked_mul(times).filter(|n| *n <= isize::MAX as usize / 8);
    let Some(total) = total else { return Err(rt.memory_error(format_args!(""))) };
    let mut all = Vec::new();
    if all.try_reserve_exact(total).is_err() {
        return Err(rt.memory_error(format_args!("")));
    }
    if let [one] = items {
        all.resize(total, one.clone());
    } else {
        for _ in 0..times {
            all.extend_from_slice(items);
        }
    }
    Ok(all)
}

/// Compares two sequences: the first items that differ decide, then the lengths.
///
/// `lengths` is asked again after every comparison, since items may change the sequences.
pub fn compare_items(
    rt: &Rt,
    op: CmpOp,
    a_len: usize,
    b_len: usize,
    a: &dyn Fn(usize) -> Option<Obj>,
    b: &dyn Fn(usize) -> Option<Obj>,
    lengths: &dyn Fn() -> (usize, usize),
) -> R {
    if a_len != b_len && matches!(op, CmpOp::Eq | CmpOp::Ne) {
        return Ok(Obj::bool(op == CmpOp::Ne));
    }
    let mut n = 0;
    while let (Some(x), Some(y)) = (a(n), b(n)) {
        if !x.is(&y) && !rt.equal(&x, &y)? {
            return match op {
                CmpOp::Eq => Ok(Obj::bool(false)),
                CmpOp::Ne => Ok(Obj::bool(true)),
                _ => rt.compare(&x, &y, op),
            };
        }
        n += 1;
    }
    let (a_len, b_len) = lengths();
    Ok(Obj::bool(op.holds(a_len.cmp(&b_len))))
}
