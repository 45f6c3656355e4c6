//! `range`.
//!
//! Invariant: ranges whose parts and values fit a machine word use the machine form throughout; others big ints.

use super::spec::{CmpOp, GetSetDef, MethodDef, NativeFn, Slots, TypeSpec};
use crate::object::native::{self, Payload};
use crate::object::range::{self, Machine, RangeObject};
use crate::object::seq_iter::RangeIterObject;
use crate::object::{int, tuple};
use crate::ops::call::Args;
use crate::ops::index::Positions;
use crate::ops::iter_self;
use crate::runtime::{R, Rt};
use crate::types::dict::hash_of;
use crate::value::Obj;
use molt_abi::layout::Kind;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};
use std::cell::RefCell;

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\nReturn an object that produces a sequence of integers from start (inclusive)\nto stop (exclusive) by step.  range(i, j) produces i, i+1, i+2, ..., j-1.\nstart defaults to 0, and stop is omitted!  range(4) produces 0, 1, 2, 3.\nThese are exactly the valid indices for a list of 4 elements.\nWhen step is given, it specifies the increment (or decrement).",
    slots: Slots {
        repr: Some(repr),
        hash: Some(hash),
        compare: Some(compare),
        iter: Some(iter),
        new: Some(new),
        len: Some(len),
        truth: Some(|_, self_| Ok(!is_zero(&fields(self_).length))),
        getitem: Some(getitem),
        contains: Some(contains),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("__reversed__", NativeFn::NoArgs(reversed), "", "Return a reverse iterator."),
        MethodDef::new(
            "count",
            NativeFn::One(count),
            "",
            "rangeobject.count(value) -> integer -- return number of occurrences of value",
        ),
        MethodDef::new(
            "index",
            NativeFn::One(index),
            "",
            "rangeobject.index(value) -> integer -- return index of value.\nRaise ValueError if the value is not present.",
        ),
    ],
    getset: &[
        GetSetDef::member("start", |_, self_| Ok(fields(self_).start.clone())),
        GetSetDef::member("stop", |_, self_| Ok(fields(self_).stop.clone())),
        GetSetDef::member("step", |_, self_| Ok(fields(self_).step.clone())),
    ],
    ..TypeSpec::new("range", Kind::Range)
};

#[inline(always)]
fn fields(self_: &Obj) -> &RangeObject {
    self_.expect::<RangeObject>()
}

fn big(obj: &Obj) -> BigInt {
    int::value(obj).map_or_else(BigInt::zero, |n| n.to_big())
}

fn is_zero(obj: &Obj) -> bool {
    obj.as_small_int() == Some(0)
}

/// Number of values of a machine range; the step is not 0.
fn machine_len(start: i64, stop: i64, step: i64) -> u64 {
    let (low, high, step) = if step > 0 { (start, stop, step as u64) } else { (stop, start, step.unsigned_abs()) };
    if low >= high { 0 } else { (high.wrapping_sub(low) as u64 - 1) / step + 1 }
}

/// The values of a machine range of plausible length.
pub fn machine_values(rt: &Rt, self_: &Obj) -> Option<Vec<Obj>> {
    const PLAUSIBLE: u64 = 1 << 24;
    let m = fields(self_).machine.filter(|m| m.len <= PLAUSIBLE)?;
    Some((0..m.len).map(|n| rt.int(m.at(n))).collect())
}

/// A range of machine ints.
pub fn of_machine(rt: &Rt, start: i64, stop: i64, step: i64) -> Obj {
    let len = machine_len(start, stop, step);
    let last_fits = len == 0
        || i128::from(start) + i128::from(step) * i128::from(len - 1)
            == i128::from(Machine { start, step, len }.at(len - 1));
    let machine = (last_fits && len <= i64::MAX as u64).then_some(Machine { start, step, len });
    let length = match i64::try_from(len) {
        Ok(len) => rt.int(len),
        Err(_) => rt.big_int(BigInt::from(len)),
    };
    range::new(rt, rt.int(start), rt.int(stop), rt.int(step), length, machine)
}

/// `range(start, stop, step)`.
pub fn make(rt: &Rt, start: &Obj, stop: &Obj, step: &Obj) -> R {
    if let (Some(start), Some(stop), Some(step)) = (start.as_small_int(), stop.as_small_int(), step.as_small_int())
        && step != 0
    {
        return Ok(of_machine(rt, start, stop, step));
    }
    let (start, stop, step) = (rt.index(start)?, rt.index(stop)?, rt.index(step)?);
    let parts = (
        int::value(&start).and_then(|n| n.to_i64()),
        int::value(&stop).and_then(|n| n.to_i64()),
        int::value(&step).and_then(|n| n.to_i64()),
    );
    match parts {
        (_, _, Some(0)) => Err(rt.value_error(format_args!("range() arg 3 must not be zero"))),
        (Some(start), Some(stop), Some(step)) => Ok(of_machine(rt, start, stop, step)),
        _ => {
            let (a, b, c) = (big(&start), big(&stop), big(&step));
            let (low, high) = if c.is_positive() { (&a, &b) } else { (&b, &a) };
            let len = if low >= high { BigInt::zero() } else { (high - low - 1u32).div_floor(&c.abs()) + 1u32 };
            let length = rt.big_int(len);
            Ok(range::new(rt, start, stop, step, length, None))
        }
    }
}

fn new(rt: &Rt, _: &Obj, args: Args<'_>) -> R {
    if args.has_keywords() {
        return Err(rt.type_error(format_args!("range() takes no keyword arguments")));
    }
    let one = rt.int(1);
    match args.positional() {
        [] => Err(rt.type_error(format_args!("range expected at least 1 argument, got 0"))),
        [stop] => make(rt, &rt.int(0), stop, &one),
        [start, stop] => make(rt, start, stop, &one),
        [start, stop, step] => make(rt, start, stop, step),
        more => Err(rt.type_error(format_args!("range expected at most 3 arguments, got {}", more.len()))),
    }
}

fn repr(rt: &Rt, self_: &Obj) -> R {
    let r = fields(self_);
    let (start, stop, step) = (rt.repr_text(&r.start)?, rt.repr_text(&r.stop)?, rt.repr_text(&r.step)?);
    Ok(rt.str(&if r.step.as_small_int() == Some(1) {
        format!("range({start}, {stop})")
    } else {
        format!("range({start}, {stop}, {step})")
    }))
}

/// What equal ranges have in common: length, and the first value and step as far as they matter.
fn identity(rt: &Rt, self_: &Obj) -> Obj {
    let r = fields(self_);
    let none = Obj::none();
    let (start, step) = match r.length.as_small_int() {
        Some(0) => (none.clone(), none),
        Some(1) => (r.start.clone(), none),
        _ => (r.start.clone(), r.step.clone()),
    };
    tuple::new(rt, vec![r.length.clone(), start, step])
}

fn hash(rt: &Rt, self_: &Obj) -> R<i64> {
    hash_of(rt, &identity(rt, self_))
}

fn compare(rt: &Rt, a: &Obj, b: &Obj, op: CmpOp) -> R {
    if !a.is_kind(Kind::Range) || !b.is_kind(Kind::Range) || !matches!(op, CmpOp::Eq | CmpOp::Ne) {
        return Ok(Obj::not_implemented());
    }
    rt.compare(&identity(rt, a), &identity(rt, b), op)
}

fn iter(rt: &Rt, self_: &Obj) -> R {
    let r = fields(self_);
    Ok(match r.machine {
        Some(m) => RangeIterObject::new(rt, m.start, m.step, m.len),
        None => long_iterator(rt, big(&r.start), big(&r.step), big(&r.length)),
    })
}

fn reversed(rt: &Rt, self_: &Obj) -> R {
    let r = fields(self_);
    if let Some(m) = r.machine
        && m.step != i64::MIN
    {
        let last = if m.len == 0 { m.start } else { m.at(m.len - 1) };
        return Ok(RangeIterObject::new(rt, last, -m.step, m.len));
    }
    let (start, step, length) = (big(&r.start), big(&r.step), big(&r.length));
    let last = &start + (&length - 1u32) * &step;
    Ok(long_iterator(rt, last, -step, length))
}

fn len(rt: &Rt, self_: &Obj) -> R<usize> {
    match int::value(&fields(self_).length).and_then(|n| n.to_i64()) {
        Some(n) => Ok(n as usize),
        None => Err(rt.overflow_error(format_args!("Python int too large to convert to C ssize_t"))),
    }
}

fn item(rt: &Rt, r: &RangeObject, index: &Obj) -> R {
    if let (Some(m), Some(n)) = (r.machine, index.as_small_int()) {
        let at = if n < 0 { n + m.len as i64 } else { n };
        if at >= 0 && (at as u64) < m.len {
            return Ok(rt.int(m.at(at as u64)));
        }
    } else {
        let (mut n, length) = (big(index), big(&r.length));
        if n.is_negative() {
            n += &length;
        }
        if !n.is_negative() && n < length {
            return Ok(rt.big_int(big(&r.start) + n * big(&r.step)));
        }
    }
    Err(rt.index_error(format_args!("range object index out of range")))
}

fn getitem(rt: &Rt, self_: &Obj, key: &Obj) -> R {
    let r = fields(self_);
    if key.as_small_int().is_some() {
        return item(rt, r, key);
    }
    if key.is_kind(Kind::Slice) {
        return sliced(rt, r, key);
    }
    if rt.has_index(key) {
        return item(rt, r, &rt.index(key)?);
    }
    Err(rt.type_error(format_args!("range indices must be integers or slices, not {}", rt.type_name(key))))
}

fn sliced(rt: &Rt, r: &RangeObject, slice: &Obj) -> R {
    if let Some(m) = r.machine {
        let at: Positions = rt.slice_positions(slice, m.len as usize)?;
        let value = |n: i64| i128::from(m.start) + i128::from(m.step) * i128::from(n);
        let parts = [value(at.start), value(at.stop), i128::from(m.step) * i128::from(at.step)];
        let [start, stop, step] = parts.map(|n| rt.big_int(BigInt::from(n)));
        return make(rt, &start, &stop, &step);
    }
    let (start, stop, step) = super::slice::big_indices(rt, slice, &big(&r.length))?;
    let (first, by) = (big(&r.start), big(&r.step));
    let value = |n: BigInt| rt.big_int(&first + n * &by);
    let (start, stop) = (value(start), value(stop));
    make(rt, &start, &stop, &rt.big_int(step * &by))
}

/// The position of an int in a range.
fn position(r: &RangeObject, value: &Obj) -> Option<BigInt> {
    let n = int::value(value)?;
    if let (Some(m), Some(n)) = (r.machine, n.to_i64()) {
        let offset = i128::from(n) - i128::from(m.start);
        let at = offset / i128::from(m.step);
        let there = offset % i128::from(m.step) == 0 && at >= 0 && at < i128::from(m.len);
        return there.then(|| BigInt::from(at));
    }
    let (offset, step) = (n.to_big() - big(&r.start), big(&r.step));
    let (at, rest) = offset.div_rem(&step);
    (rest.is_zero() && !at.is_negative() && at < big(&r.length)).then_some(at)
}

fn is_plain_int(value: &Obj) -> bool {
    value.as_small_int().is_some() || value.as_bool().is_some() || value.is_exact(Kind::Int)
}

fn contains(rt: &Rt, self_: &Obj, value: &Obj) -> R<bool> {
    if is_plain_int(value) {
        return Ok(position(fields(self_), value).is_some());
    }
    crate::ops::protocol::contains_by_iteration(rt, self_, value)
}

fn count(rt: &Rt, self_: &Obj, value: &Obj) -> R {
    if is_plain_int(value) {
        return Ok(rt.int(i64::from(position(fields(self_), value).is_some())));
    }
    let mut found = 0;
    rt.for_each(self_, |item| {
        found += i64::from(rt.equal(&item, value)?);
        Ok(())
    })?;
    Ok(rt.int(found))
}

fn index(rt: &Rt, self_: &Obj, value: &Obj) -> R {
    if is_plain_int(value) {
        return match position(fields(self_), value) {
            Some(n) => Ok(rt.big_int(n)),
            None => {
                let text = rt.repr_text(value)?;
                Err(rt.value_error(format_args!("{text} is not in range")))
            }
        };
    }
    let iterator = rt.iter(self_)?;
    let mut n = 0;
    while let Some(item) = rt.next(&iterator)? {
        if rt.equal(&item, value)? {
            return Ok(rt.int(n));
        }
        n += 1;
    }
    Err(rt.value_error(format_args!("sequence.index(x): x not in sequence")))
}

/// The type `range_iterator`.
pub static ITERATOR: TypeSpec = TypeSpec {
    slots: Slots { iter: Some(iter_self), next: Some(next), ..Slots::EMPTY },
    methods: &[MethodDef::new(
        "__length_hint__",
        NativeFn::NoArgs(|rt, it| Ok(rt.int(it.expect::<RangeIterObject>().remaining.get() as i64))),
        "",
        "Private method returning an estimate of len(list(it)).",
    )],
    ..TypeSpec::new("range_iterator", Kind::RangeIter)
};

fn next(rt: &Rt, self_: &Obj) -> R<Option<Obj>> {
    Ok(self_.expect::<RangeIterObject>().advance().map(|n| rt.int(n)))
}

/// Next value, step, how many are left.
struct LongIter(RefCell<(BigInt, BigInt, BigInt)>);

impl Payload for LongIter {}

/// The type `longrange_iterator`.
pub static LONG_ITERATOR: TypeSpec = TypeSpec {
    slots: Slots { iter: Some(iter_self), next: Some(next_long), ..Slots::EMPTY },
    methods: &[MethodDef::new(
        "__length_hint__",
        NativeFn::NoArgs(|rt, it| Ok(rt.big_int(native::expect::<LongIter>(it).0.borrow().2.clone()))),
        "",
        "Private method returning an estimate of len(list(it)).",
    )],
    ..TypeSpec::native("longrange_iterator", LongIter::VTABLE)
};

fn long_iterator(rt: &Rt, start: BigInt, step: BigInt, len: BigInt) -> Obj {
    native::new(rt, rt.spec_type(&LONG_ITERATOR), LongIter(RefCell::new((start, step, len))))
}

fn next_long(rt: &Rt, self_: &Obj) -> R<Option<Obj>> {
    let mut state = native::expect::<LongIter>(self_).0.borrow_mut();
    let (next, step, left) = &mut *state;
    if left.to_u8() == Some(0) {
        return Ok(None);
    }
    *left -= 1u32;
    let value = next.clone();
    *next += &*step;
    Ok(Some(rt.big_int(value)))
}

#[cfg(test)]
mod tests {
    use super::machine_len;

    #[test]
    fn lengths_at_the_extremes() {
        assert_eq!(machine_len(0, 10, 3), 4);
        assert_eq!(machine_len(10, 0, -3), 4);
        assert_eq!(machine_len(0, 0, 1), 0);
        assert_eq!(machine_len(5, 0, 1), 0);
        assert_eq!(machine_len(i64::MIN, i64::MAX, 1), u64::MAX);
        assert_eq!(machine_len(i64::MAX, i64::MIN, i64::MIN), 2);
    }
}
