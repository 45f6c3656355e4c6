//! `tuple`.
//!
//! Invariant: immutable, so items may be borrowed while the handle lives.

use super::sequence::{self, compare_items};
use super::spec::{CmpOp, MethodDef, NativeFn, Slots, TypeSpec};
use crate::object::seq_iter::TupleIterObject;
use crate::object::tuple;
use crate::object::types::in_runtime;
use crate::ops::call::Args;
use crate::ops::index::SliceParts;
use crate::runtime::{R, Rt};
use crate::types::exception;
use crate::value::Obj;
use molt_abi::layout::Kind;

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    subclassable: true,
    doc: "Built-in immutable sequence.\n\nIf no argument is given, the constructor returns an empty tuple.\nIf iterable is specified the tuple is initialized from iterable's items.\n\nIf the argument is a tuple, the return value is the same object.",
    signature: "(iterable=(), /)",
    slots: Slots {
        repr: Some(repr),
        hash: Some(hash),
        compare: Some(compare),
        iter: Some(iter),
        new: Some(new),
        len: Some(len),
        getitem: Some(getitem),
        contains: Some(contains),
        concat: Some(concat),
        repeat: Some(repeat),
        ..Slots::EMPTY
    },
    methods: &[
        crate::types::alias::CLASS_GETITEM,
        MethodDef::new("__getnewargs__", NativeFn::NoArgs(getnewargs), "($self, /)", ""),
        MethodDef::new("count", NativeFn::One(count), "($self, value, /)", "Return number of occurrences of value."),
        MethodDef::new(
            "index",
            NativeFn::Positional { min: 1, max: 3, func: index },
            "($self, value, start=0, stop=sys.maxsize, /)",
            "Return first index of value.\n\nRaises ValueError if the value is not present.",
        ),
    ],
    ..TypeSpec::new("tuple", Kind::Tuple)
};

#[inline(always)]
fn items(self_: &Obj) -> &[Obj] {
    tuple::items(self_).unwrap_or_default()
}

fn new(rt: &Rt, cls: &Obj, args: Args<'_>) -> R {
    let ty = in_runtime(rt, cls);
    let exact = ty.is(rt.kind_type(Kind::Tuple));
    if args.has_keywords() && exact {
        return Err(rt.type_error(format_args!("tuple() takes no keyword arguments")));
    }
    let given = args.positional();
    if given.len() > 1 {
        return Err(rt.type_error(format_args!("tuple expected at most 1 argument, got {}", given.len())));
    }
    let values = match given.first() {
        Some(t) if exact && t.is_exact(Kind::Tuple) => return Ok(t.clone()),
        Some(iterable) => rt.collect(iterable)?,
        None => Vec::new(),
    };
    Ok(if exact { tuple::new(rt, values) } else { tuple::with_type(rt, ty, values) })
}

fn repr(rt: &Rt, self_: &Obj) -> R {
    let items = items(self_);
    if items.is_empty() {
        return Ok(rt.str("()"));
    }
    let Some(guard) = rt.enter_repr(self_) else { return Ok(rt.str("(...)")) };
    let mut out = crate::ops::repr::Writer::new("(");
    for (n, item) in items.iter().enumerate() {
        if n != 0 {
            out.push_str(", ");
        }
        out.push_repr(rt, item)?;
    }
    out.push_str(if items.len() == 1 { ",)" } else { ")" });
    drop(guard);
    Ok(out.finish(rt))
}

/// The xxHash-like combination that CPython uses for tuples.
pub fn hash(rt: &Rt, self_: &Obj) -> R<i64> {
    const PRIME_1: u64 = 11_400_714_785_074_694_791;
    const PRIME_2: u64 = 14_029_467_366_897_019_727;
    const PRIME_5: u64 = 2_870_177_450_012_600_261;
    let items = items(self_);
    let mut acc = PRIME_5;
    for item in items {
        let lane = rt.hash(item)? as u64;
        acc = acc.wrapping_add(lane.wrapping_mul(PRIME_2)).rotate_left(31).wrapping_mul(PRIME_1);
    }
    acc = acc.wrapping_add(items.len() as u64 ^ (PRIME_5 ^ 3_527_539));
    Ok(if acc == u64::MAX { 1_546_275_796 } else { acc as i64 })
}

fn compare(rt: &Rt, a: &Obj, b: &Obj, op: CmpOp) -> R {
    match (tuple::items(a), tuple::items(b)) {
        (Some(x), Some(y)) => compare_items(
            rt,
            op,
            x.len(),
            // Unlike lists, tuples of different lengths are compared item by item first.
            x.len(),
            &|n| x.get(n).cloned(),
            &|n| y.get(n).cloned(),
            &|| (x.len(), y.len()),
        ),
        _ => Ok(Obj::not_implemented()),
    }
}

fn iter(rt: &Rt, self_: &Obj) -> R {
    Ok(TupleIterObject::new(rt, self_))
}

fn len(_: &Rt, self_: &Obj) -> R<usize> {
    Ok(items(self_).len())
}

/// Item `index` of a tuple.
#[inline]
pub fn item(rt: &Rt, self_: &Obj, index: i64) -> R {
    let items = items(self_);
    let at = if index < 0 { index + items.len() as i64 } else { index };
    match usize::try_from(at).ok().and_then(|n| items.get(n)) {
        Some(item) => Ok(item.clone()),
        None => Err(out_of_range(rt)),
    }
}

#[cold]
#[inline(never)]
fn out_of_range(rt: &Rt) -> crate::Raised {
    rt.index_error(format_args!("tuple index out of range"))
}

fn getitem(rt: &Rt, self_: &Obj, key: &Obj) -> R {
    if let Some(n) = key.as_small_int() {
        return item(rt, self_, n);
    }
    if key.is_kind(Kind::Slice) {
        return Ok(slice(rt, self_, rt.slice_parts(key)?));
    }
    if rt.has_index(key) {
        return item(rt, self_, rt.index_i64_or(key, &exception::INDEX_ERROR)?);
    }
    Err(rt.type_error(format_args!("tuple indices must be integers or slices, not {}", rt.type_name(key))))
}

/// The items that a slice selects, as a tuple; all of an exact tuple are the tuple itself.
#[inline]
pub fn slice(rt: &Rt, self_: &Obj, parts: SliceParts) -> Obj {
    let items = items(self_);
    let at = parts.clamp(items.len());
    if at.count == items.len() && at.step == 1 && self_.is_exact(Kind::Tuple) {
        return self_.clone();
    }
    tuple::new(rt, at.iter().map(|n| items[n].clone()).collect())
}

fn find(rt: &Rt, self_: &Obj, value: &Obj, start: usize, stop: usize) -> R<Option<usize>> {
    let items = items(self_);
    let mut n = start;
    while let Some(at) = sequence::next_candidate(items, n, stop, value) {
        if items[at].is(value) || rt.equal(&items[at], value)? {
            return Ok(Some(at));
        }
        n = at + 1;
    }
    Ok(None)
}

fn contains(rt: &Rt, self_: &Obj, value: &Obj) -> R<bool> {
    Ok(find(rt, self_, value, 0, usize::MAX)?.is_some())
}

fn concat(rt: &Rt, a: &Obj, b: &Obj) -> R {
    let Some(x) = tuple::items(a) else { return Ok(Obj::not_implemented()) };
    let Some(y) = tuple::items(b) else {
        return Err(rt.type_error(format_args!("can only concatenate tuple (not \"{}\") to tuple", rt.type_name(b))));
    };
    if x.is_empty() && b.is_exact(Kind::Tuple) {
        return Ok(b.clone());
    }
    if y.is_empty() && a.is_exact(Kind::Tuple) {
        return Ok(a.clone());
    }
    Ok(tuple::new(rt, [x, y].concat()))
}

fn repeat(rt: &Rt, self_: &Obj, times: i64) -> R {
    let items = items(self_);
    if (times == 1 || items.is_empty()) && self_.is_exact(Kind::Tuple) {
        return Ok(self_.clone());
    }
    Ok(tuple::new(rt, sequence::repeat(rt, items, times)?))
}

fn getnewargs(rt: &Rt, self_: &Obj) -> R {
    Ok(tuple::new(rt, vec![tuple::from_slice(rt, items(self_))]))
}

fn count(rt: &Rt, self_: &Obj, value: &Obj) -> R {
    let (mut found, mut n) = (0, 0);
    while let Some(at) = find(rt, self_, value, n, usize::MAX)? {
        found += 1;
        n = at + 1;
    }
    Ok(rt.int(found))
}

fn index(rt: &Rt, self_: &Obj, args: &[Obj]) -> R {
    let len = items(self_).len();
    let start = rt.bound_argument(args.get(1), len, 0)?;
    let stop = rt.bound_argument(args.get(2), len, i64::MAX)?;
    match find(rt, self_, &args[0], start as usize, stop as usize)? {
        Some(n) => Ok(rt.int(n as i64)),
        None => Err(rt.value_error(format_args!("tuple.index(x): x not in tuple"))),
    }
}
