//! Iteration and unpacking.

use super::rows;
use crate::object::seq_iter::{ListIterObject, RangeIterObject, TupleIterObject};
use crate::object::{list, tuple};
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// The items of an exact list or tuple, without running Python code.
fn quick(seq: &Obj) -> Option<Vec<Obj>> {
    if seq.is_exact(Kind::Tuple) {
        return tuple::items(seq).map(<[Obj]>::to_vec);
    }
    if seq.is_exact(Kind::List) {
        return list::get(seq).map(|l| l.snapshot());
    }
    None
}

fn iterate(rt: &Rt, seq: &Obj) -> R {
    if rt.type_of(seq).slots.iter.get().is_none() && rt.type_of(seq).slots.getitem.get().is_none() {
        return Err(rt.type_error(format_args!("cannot unpack non-iterable {} object", rt.type_name(seq))));
    }
    rt.iter(seq)
}

/// Exactly `count` values.
fn unpack_exactly(rt: &Rt, seq: &Obj, count: usize) -> R<Vec<Obj>> {
    let too_many = |rt: &Rt| rt.value_error(format_args!("too many values to unpack (expected {count})"));
    let too_few =
        |rt: &Rt, got| rt.value_error(format_args!("not enough values to unpack (expected {count}, got {got})"));
    if let Some(items) = quick(seq) {
        return match items.len() {
            n if n == count => Ok(items),
            n if n < count => Err(too_few(rt, n)),
            _ => Err(too_many(rt)),
        };
    }
    let iterator = iterate(rt, seq)?;
    let mut items = Vec::with_capacity(count);
    while items.len() < count {
        match rt.next(&iterator)? {
            Some(item) => items.push(item),
            None => return Err(too_few(rt, items.len())),
        }
    }
    match rt.next(&iterator)? {
        Some(_) => Err(too_many(rt)),
        None => Ok(items),
    }
}

/// `before` values, a list of those between, and the rest of `count - 1` values.
fn unpack_with_star(rt: &Rt, seq: &Obj, before: usize, count: usize) -> R<Vec<Obj>> {
    let fixed = count - 1;
    let mut items = match quick(seq) {
        Some(items) => items,
        None => {
            let iterator = iterate(rt, seq)?;
            let mut items = Vec::new();
            while let Some(item) = rt.next(&iterator)? {
                items.push(item);
            }
            items
        }
    };
    if items.len() < fixed {
        return Err(rt.value_error(format_args!(
            "not enough values to unpack (expected at least {fixed}, got {})",
            items.len()
        )));
    }
    let after = items.split_off(items.len() - (fixed - before));
    let middle = items.split_off(before);
    items.push(list::new(rt, middle));
    items.extend(after);
    Ok(items)
}

rows! {
    fn get_iter(rt, obj: val) -> owned { rt.iter(obj) }
    fn iter_next(rt, iter: val) -> owned { Ok(rt.next(iter)?.unwrap_or(Obj::stop())) }
    fn unpack(rt, seq: val, out n: out) -> status {
        let items = unpack_exactly(rt, seq, out.wanted())?;
        out.fill(items);
        Ok(())
    }
    fn unpack_star(rt, seq: val, before: int, out n: out) -> status {
        let items = unpack_with_star(rt, seq, before as usize, out.wanted())?;
        out.fill(items);
        Ok(())
    }
    fn new_range_iter(rt, next: int, remaining: int, step: int) -> object {
        RangeIterObject::new(rt, next, step, remaining as u64)
    }
    fn new_enumerate(rt, list: val, index: int) -> object {
        crate::types::lazy::enumerate_from(rt, ListIterObject::at(rt, list, index as u64), index)
    }
    fn new_seq_iter(rt, seq: val, index: int) -> object {
        if list::get(seq).is_some() {
            ListIterObject::at(rt, seq, index as u64)
        } else {
            TupleIterObject::at(rt, seq, index as u64)
        }
    }
}
