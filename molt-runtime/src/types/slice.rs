//! `slice`.

use super::spec::{CmpOp, GetSetDef, MethodDef, NativeFn, Slots, TypeSpec};
use crate::object::slice::{self, SliceObject};
use crate::object::{int, tuple};
use crate::ops::call::Args;
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::layout::Kind;
use num_bigint::BigInt;
use num_traits::{Signed, Zero};

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "slice(stop)\nslice(start, stop[, step])\n\nCreate a slice object.  This is used for extended slicing (e.g. a[0:10:2]).",
    slots: Slots { repr: Some(repr), hash: Some(hash), compare: Some(compare), new: Some(new), ..Slots::EMPTY },
    methods: &[MethodDef::new(
        "indices",
        NativeFn::One(indices),
        "",
        "S.indices(len) -> (start, stop, stride)\n\nAssuming a sequence of length len, calculate the start and stop\nindices, and the stride length of the extended slice described by\nS. Out of bounds indices are clipped in a manner consistent with the\nhandling of normal slices.",
    )],
    getset: &[
        GetSetDef::member("start", |_, self_| Ok(fields(self_).start.clone())),
        GetSetDef::member("stop", |_, self_| Ok(fields(self_).stop.clone())),
        GetSetDef::member("step", |_, self_| Ok(fields(self_).step.clone())),
    ],
    ..TypeSpec::new("slice", Kind::Slice)
};

fn fields(self_: &Obj) -> &SliceObject {
    self_.expect::<SliceObject>()
}

fn new(rt: &Rt, _: &Obj, args: Args<'_>) -> R {
    if args.has_keywords() {
        return Err(rt.type_error(format_args!("slice() takes no keyword arguments")));
    }
    let none = Obj::none;
    match args.positional() {
        [] => Err(rt.type_error(format_args!("slice expected at least 1 argument, got 0"))),
        [stop] => Ok(slice::new(rt, none(), stop.clone(), none())),
        [start, stop] => Ok(slice::new(rt, start.clone(), stop.clone(), none())),
        [start, stop, step] => Ok(slice::new(rt, start.clone(), stop.clone(), step.clone())),
        more => Err(rt.type_error(format_args!("slice expected at most 3 arguments, got {}", more.len()))),
    }
}

fn parts(rt: &Rt, self_: &Obj) -> Obj {
    let s = fields(self_);
    tuple::new(rt, vec![s.start.clone(), s.stop.clone(), s.step.clone()])
}

fn repr(rt: &Rt, self_: &Obj) -> R {
    let text = rt.repr(&parts(rt, self_))?;
    let mut out = crate::ops::repr::Writer::new("slice");
    out.push(&text);
    Ok(out.finish(rt))
}

/// As CPython 3.12: like the tuple of the parts, but with another end.
fn hash(rt: &Rt, self_: &Obj) -> R<i64> {
    const PRIME_1: u64 = 11_400_714_785_074_694_791;
    const PRIME_2: u64 = 14_029_467_366_897_019_727;
    const PRIME_5: u64 = 2_870_177_450_012_600_261;
    let s = fields(self_);
    let mut acc = PRIME_5;
    for part in [&s.start, &s.stop, &s.step] {
        let lane = rt.hash(part)? as u64;
        acc = acc.wrapping_add(lane.wrapping_mul(PRIME_2)).rotate_left(31).wrapping_mul(PRIME_1);
    }
    Ok(if acc == u64::MAX { 1_546_275_796 } else { acc as i64 })
}

fn compare(rt: &Rt, a: &Obj, b: &Obj, op: CmpOp) -> R {
    if !a.is_kind(Kind::Slice) || !b.is_kind(Kind::Slice) {
        return Ok(Obj::not_implemented());
    }
    rt.compare(&parts(rt, a), &parts(rt, b), op)
}

fn big_part(rt: &Rt, part: &Obj) -> R<Option<BigInt>> {
    if part.is_none() {
        return Ok(None);
    }
    if !rt.has_index(part) {
        return Err(rt.type_error(format_args!("slice indices must be integers or None or have an __index__ method")));
    }
    let n = rt.index(part)?;
    Ok(Some(int::value(&n).map_or_else(BigInt::zero, |n| n.to_big())))
}

/// Start, stop and step of a slice over a sequence of any length.
pub fn big_indices(rt: &Rt, slice: &Obj, len: &BigInt) -> R<(BigInt, BigInt, BigInt)> {
    let s = fields(slice);
    let step = big_part(rt, &s.step)?.unwrap_or_else(|| BigInt::from(1));
    if step.is_zero() {
        return Err(rt.value_error(format_args!("slice step cannot be zero")));
    }
    let down = step.is_negative();
    let (low, high) = if down { (BigInt::from(-1), len - 1u32) } else { (BigInt::zero(), len.clone()) };
    let clamp = |n: BigInt| if n.is_negative() { (n + len).max(low.clone()) } else { n.min(high.clone()) };
    let start = big_part(rt, &s.start)?.map_or_else(|| if down { high.clone() } else { low.clone() }, clamp);
    let stop = big_part(rt, &s.stop)?.map_or_else(|| if down { low.clone() } else { high.clone() }, clamp);
    Ok((start, stop, step))
}

fn indices(rt: &Rt, self_: &Obj, len: &Obj) -> R {
    let len = rt.index(len)?;
    let len = int::value(&len).map_or_else(BigInt::zero, |n| n.to_big());
    if len.is_negative() {
        return Err(rt.value_error(format_args!("length should not be negative")));
    }
    let (start, stop, step) = big_indices(rt, self_, &len)?;
    Ok(tuple::new(rt, [start, stop, step].map(|n| rt.big_int(n)).to_vec()))
}
