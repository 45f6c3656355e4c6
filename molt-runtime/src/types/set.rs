//! `set`, and what it shares with `frozenset`.
//!
//! Each way of filling a table follows CPython 3.12's, since the order of iteration shows it.

use super::spec::{CmpOp, MethodDef, NativeFn, Slots, TypeSpec, unhashable};
use crate::object::dict as dict_object;
use crate::object::field::ObjCell;
use crate::object::native::{self, Payload};
use crate::object::set::{self, Probe, SetObject};
use crate::object::types::in_runtime;
use crate::ops::call::Args;
use crate::ops::iter_self;
use crate::runtime::{R, Rt};
use crate::types::dict::{self, hash_of};
use crate::types::exception;
use crate::value::Obj;
use molt_abi::layout::Kind;
use std::cell::Cell;

/// The slots that both types have.
pub const SHARED_SLOTS: Slots = Slots {
    repr: Some(repr),
    compare: Some(compare),
    iter: Some(iter),
    len: Some(len),
    contains: Some(contains),
    bitand: Some(and),
    bitor: Some(or),
    bitxor: Some(xor),
    sub: Some(sub),
    ..Slots::EMPTY
};

macro_rules! with_shared_methods {
    ($($own:expr),* $(,)?) => {
        &[
            crate::types::alias::CLASS_GETITEM,
            MethodDef::new("copy", NativeFn::NoArgs($crate::types::set::copy_method), "", "Return a shallow copy of a set."),
            MethodDef::new("difference", NativeFn::Any($crate::types::set::difference), "", "Return the difference of two or more sets as a new set.\n\n(i.e. all elements that are in this set but not the others.)"),
            MethodDef::new("intersection", NativeFn::Any($crate::types::set::intersection), "", "Return the intersection of two sets as a new set.\n\n(i.e. all elements that are in both sets.)"),
            MethodDef::new("isdisjoint", NativeFn::One($crate::types::set::isdisjoint), "", "Return True if two sets have a null intersection."),
            MethodDef::new("issubset", NativeFn::One($crate::types::set::issubset), "", "Report whether another set contains this set."),
            MethodDef::new("issuperset", NativeFn::One($crate::types::set::issuperset), "", "Report whether this set contains another set."),
            MethodDef::new("symmetric_difference", NativeFn::One($crate::types::set::symmetric_difference), "", "Return the symmetric difference of two sets as a new set.\n\n(i.e. all elements that are in exactly one of the sets.)"),
            MethodDef::new("union", NativeFn::Any($crate::types::set::union), "", "Return the union of sets as a new set.\n\n(i.e. all elements that are in either set.)"),
            $($own),*
        ]
    };
}
pub(crate) use with_shared_methods;

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    subclassable: true,
    doc: "set() -> new empty set object\nset(iterable) -> new set object\n\nBuild an unordered collection of unique elements.",
    slots: Slots {
        hash: Some(unhashable),
        new: Some(new),
        init: Some(init),
        ibitand: Some(and_in_place),
        ibitor: Some(or_in_place),
        ibitxor: Some(xor_in_place),
        isub: Some(sub_in_place),
        ..SHARED_SLOTS
    },
    methods: with_shared_methods![
        MethodDef::new(
            "add",
            NativeFn::One(add_method),
            "",
            "Add an element to a set.\n\nThis has no effect if the element is already present."
        ),
        MethodDef::new("clear", NativeFn::NoArgs(clear), "", "Remove all elements from this set."),
        MethodDef::new(
            "difference_update",
            NativeFn::Any(difference_update),
            "",
            "Remove all elements of another set from this set."
        ),
        MethodDef::new(
            "discard",
            NativeFn::One(discard),
            "",
            "Remove an element from a set if it is a member.\n\nUnlike set.remove(), the discard() method does not raise\nan exception when an element is missing from the set."
        ),
        MethodDef::new(
            "intersection_update",
            NativeFn::Any(intersection_update),
            "",
            "Update a set with the intersection of itself and another."
        ),
        MethodDef::new(
            "pop",
            NativeFn::NoArgs(pop),
            "",
            "Remove and return an arbitrary set element.\nRaises KeyError if the set is empty."
        ),
        MethodDef::new(
            "remove",
            NativeFn::One(remove),
            "",
            "Remove an element from a set; it must be a member.\n\nIf the element is not a member, raise a KeyError."
        ),
        MethodDef::new(
            "symmetric_difference_update",
            NativeFn::One(symmetric_difference_update),
            "",
            "Update a set with the symmetric difference of itself and another."
        ),
        MethodDef::new("update", NativeFn::Any(update), "", "Update a set with the union of itself and others."),
    ],
    ..TypeSpec::new("set", Kind::Set)
};

/// The fields of a set or frozenset.
#[inline(always)]
#[track_caller]
fn fields(self_: &Obj) -> &SetObject {
    match set::get(self_) {
        Some(fields) => fields,
        None => self_.expect::<SetObject>(),
    }
}

/// Where an item is, or goes.
enum Place {
    At(usize),
    Free(usize),
}

#[inline]
fn find(rt: &Rt, s: &SetObject, item: &Obj, hash: i64) -> R<Place> {
    'restart: loop {
        let mut cursor = s.cursor(hash);
        loop {
            match s.probe(&mut cursor, item, hash) {
                Probe::Found(at) => return Ok(Place::At(at)),
                Probe::Absent(at) => return Ok(Place::Free(at)),
                Probe::Ask { slot, item: other } => {
                    let generation = s.generation();
                    let equal = rt.equal(&other, item)?;
                    if s.generation() != generation || !s.item_is(slot, &other) {
                        continue 'restart;
                    }
                    if equal {
                        return Ok(Place::At(slot));
                    }
                }
            }
        }
    }
}

fn add_hashed(rt: &Rt, s: &SetObject, item: Obj, hash: i64) -> R<()> {
    if let Place::Free(slot) = find(rt, s, &item, hash)? {
        s.insert_at(slot, hash, item);
    }
    Ok(())
}

fn has_hashed(rt: &Rt, s: &SetObject, item: &Obj, hash: i64) -> R<bool> {
    Ok(matches!(find(rt, s, item, hash)?, Place::At(_)))
}

/// Removes an item; whether it was there.
fn discard_hashed(rt: &Rt, s: &SetObject, item: &Obj, hash: i64) -> R<bool> {
    match find(rt, s, item, hash)? {
        Place::At(slot) => {
            drop(s.remove_at(slot));
            Ok(true)
        }
        Place::Free(_) => Ok(false),
    }
}

/// Adds an item to a set.
#[inline]
pub fn add(rt: &Rt, self_: &Obj, item: &Obj) -> R<()> {
    let hash = hash_of(rt, item)?;
    add_hashed(rt, fields(self_), item.clone(), hash)
}

/// Whether a set has an item. A set as the item stands for the frozenset of its items.
pub fn has(rt: &Rt, self_: &Obj, item: &Obj) -> R<bool> {
    match hash_of(rt, item) {
        Ok(hash) => has_hashed(rt, fields(self_), item, hash),
        Err(raised) => {
            let stand_in = frozen_stand_in(rt, item, raised)?;
            has_hashed(rt, fields(self_), &stand_in, rt.hash(&stand_in)?)
        }
    }
}

/// The frozenset that stands for an unhashable set in `in`, `remove` and `discard`.
fn frozen_stand_in(rt: &Rt, item: &Obj, raised: crate::Raised) -> R {
    if !item.is_kind(Kind::Set) || !rt.exception_is(&exception::TYPE_ERROR) {
        return Err(raised);
    }
    rt.clear_exception();
    let frozen = set::with_type(rt, rt.kind_type(Kind::FrozenSet));
    update_with(rt, &frozen, item)?;
    Ok(frozen)
}

/// An empty set of the builtin type that `self_` is of or derives from.
fn empty_like(rt: &Rt, self_: &Obj) -> Obj {
    set::with_type(rt, rt.kind_type(if self_.is_kind(Kind::FrozenSet) { Kind::FrozenSet } else { Kind::Set }))
}

fn copy_like(rt: &Rt, self_: &Obj) -> R {
    let new = empty_like(rt, self_);
    update_with(rt, &new, self_)?;
    Ok(new)
}

/// Adds what an iterable yields.
pub fn update_with(rt: &Rt, self_: &Obj, iterable: &Obj) -> R<()> {
    let s = fields(self_);
    if let Some(other) = set::get(iterable) {
        if !s.fill_from(other) {
            for (hash, item) in other.entries() {
                add_hashed(rt, s, item, hash)?;
            }
        }
        return Ok(());
    }
    if iterable.is_exact(Kind::Dict)
        && let Some(d) = dict_object::get(iterable)
    {
        s.reserve_for(d.len());
        let mut at = 0;
        while let Some(n) = d.next_index(at) {
            at = n + 1;
            if let Some(key) = d.key_at(n) {
                add_hashed(rt, s, key, d.hash_at(n))?;
            }
        }
        return Ok(());
    }
    rt.for_each(iterable, |item| {
        let hash = hash_of(rt, &item)?;
        add_hashed(rt, s, item, hash)
    })
}

/// Removes what an iterable yields.
pub fn difference_update_with(rt: &Rt, self_: &Obj, iterable: &Obj) -> R<()> {
    let s = fields(self_);
    if self_.is(iterable) {
        drop(s.take());
        return Ok(());
    }
    if let Some(other) = set::get(iterable) {
        let common;
        let mut doomed = other;
        if other.len() >> 3 > s.len() {
            common = intersect(rt, self_, iterable)?;
            doomed = fields(&common);
        }
        for (hash, item) in doomed.entries() {
            discard_hashed(rt, s, &item, hash)?;
        }
    } else {
        rt.for_each(iterable, |item| {
            let hash = hash_of(rt, &item)?;
            discard_hashed(rt, s, &item, hash)?;
            Ok(())
        })?;
    }
    s.shed_removed();
    Ok(())
}

/// Keeps what is in exactly one of the set and the iterable.
pub fn symmetric_update_with(rt: &Rt, self_: &Obj, iterable: &Obj) -> R<()> {
    let s = fields(self_);
    if self_.is(iterable) {
        drop(s.take());
        return Ok(());
    }
    let toggle = |item: Obj, hash: i64| {
        if !discard_hashed(rt, s, &item, hash)? {
            add_hashed(rt, s, item, hash)?;
        }
        Ok(())
    };
    if iterable.is_exact(Kind::Dict) {
        for key in rt.collect(iterable)? {
            let hash = hash_of(rt, &key)?;
            toggle(key, hash)?;
        }
        return Ok(());
    }
    let other = match set::get(iterable) {
        Some(_) => iterable.clone(),
        None => {
            let other = empty_like(rt, self_);
            update_with(rt, &other, iterable)?;
            other
        }
    };
    for (hash, item) in fields(&other).entries() {
        toggle(item, hash)?;
    }
    Ok(())
}

fn intersect(rt: &Rt, self_: &Obj, other: &Obj) -> R {
    if self_.is(other) {
        return copy_like(rt, self_);
    }
    let result = empty_like(rt, self_);
    let to = fields(&result);
    let s = fields(self_);
    if let Some(o) = set::get(other) {
        let (searched, walked) = if o.len() > s.len() { (o, s) } else { (s, o) };
        for (hash, item) in walked.entries() {
            if has_hashed(rt, searched, &item, hash)? {
                add_hashed(rt, to, item, hash)?;
            }
        }
        return Ok(result);
    }
    rt.for_each(other, |item| {
        let hash = hash_of(rt, &item)?;
        if has_hashed(rt, s, &item, hash)? {
            add_hashed(rt, to, item, hash)?;
        }
        Ok(())
    })?;
    Ok(result)
}

fn subtract(rt: &Rt, self_: &Obj, other: &Obj) -> R {
    let s = fields(self_);
    let other_len = match set::get(other) {
        Some(o) => Some(o.len()),
        None if other.is_exact(Kind::Dict) => dict_object::get(other).map(dict_object::DictObject::len),
        None => None,
    };
    let Some(other_len) = other_len.filter(|n| s.len() >> 2 <= *n) else {
        let result = copy_like(rt, self_)?;
        difference_update_with(rt, &result, other)?;
        return Ok(result);
    };
    let _ = other_len;
    let result = empty_like(rt, self_);
    let to = fields(&result);
    for (hash, item) in s.entries() {
        let there = match set::get(other) {
            Some(o) => has_hashed(rt, o, &item, hash)?,
            None => dict::find(rt, other.expect(), &item, hash)?.is_some(),
        };
        if !there {
            add_hashed(rt, to, item, hash)?;
        }
    }
    Ok(result)
}

fn is_subset(rt: &Rt, a: &Obj, b: &Obj) -> R<bool> {
    let (x, y) = (fields(a), fields(b));
    if x.len() > y.len() {
        return Ok(false);
    }
    for (hash, item) in x.entries() {
        if !has_hashed(rt, y, &item, hash)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn new(rt: &Rt, cls: &Obj, _: Args<'_>) -> R {
    Ok(set::with_type(rt, in_runtime(rt, cls)))
}

fn init(rt: &Rt, self_: &Obj, args: Args<'_>) -> R<()> {
    if args.has_keywords() && self_.is_exact(Kind::Set) {
        return Err(rt.type_error(format_args!("set() takes no keyword arguments")));
    }
    let given = args.positional();
    if given.len() > 1 {
        return Err(rt.type_error(format_args!("set expected at most 1 argument, got {}", given.len())));
    }
    drop(fields(self_).take());
    match given.first() {
        Some(iterable) => update_with(rt, self_, iterable),
        None => Ok(()),
    }
}

fn repr(rt: &Rt, self_: &Obj) -> R {
    let s = fields(self_);
    let name = rt.type_name(self_);
    if s.is_empty() {
        return Ok(rt.str(&format!("{name}()")));
    }
    let Some(guard) = rt.enter_repr(self_) else { return Ok(rt.str(&format!("{name}(...)"))) };
    let bare = self_.is_exact(Kind::Set);
    let mut out = crate::ops::repr::Writer::new(if bare { "{" } else { &name });
    if !bare {
        out.push_str("({");
    }
    for (n, item) in s.items().iter().enumerate() {
        if n != 0 {
            out.push_str(", ");
        }
        out.push_repr(rt, item)?;
    }
    out.push_str(if bare { "}" } else { "})" });
    drop(guard);
    Ok(out.finish(rt))
}

fn compare(rt: &Rt, a: &Obj, b: &Obj, op: CmpOp) -> R {
    let (Some(x), Some(y)) = (set::get(a), set::get(b)) else { return Ok(Obj::not_implemented()) };
    let (x_len, y_len) = (x.len(), y.len());
    let equal = |rt: &Rt| {
        // Frozensets that know their hashes and differ in them are different.
        let known = x.cached_hash() != -1 && y.cached_hash() != -1;
        if x_len != y_len || (known && x.cached_hash() != y.cached_hash()) {
            return Ok(false);
        }
        is_subset(rt, a, b)
    };
    Ok(Obj::bool(match op {
        CmpOp::Eq => equal(rt)?,
        CmpOp::Ne => !equal(rt)?,
        CmpOp::Le => is_subset(rt, a, b)?,
        CmpOp::Ge => is_subset(rt, b, a)?,
        CmpOp::Lt => x_len < y_len && is_subset(rt, a, b)?,
        CmpOp::Gt => x_len > y_len && is_subset(rt, b, a)?,
    }))
}

fn len(_: &Rt, self_: &Obj) -> R<usize> {
    Ok(fields(self_).len())
}

fn contains(rt: &Rt, self_: &Obj, item: &Obj) -> R<bool> {
    has(rt, self_, item)
}

fn both_sets(a: &Obj, b: &Obj) -> bool {
    set::get(a).is_some() && set::get(b).is_some()
}

fn and(rt: &Rt, a: &Obj, b: &Obj) -> R {
    if both_sets(a, b) { intersect(rt, a, b) } else { Ok(Obj::not_implemented()) }
}

fn or(rt: &Rt, a: &Obj, b: &Obj) -> R {
    if !both_sets(a, b) {
        return Ok(Obj::not_implemented());
    }
    let result = copy_like(rt, a)?;
    if !a.is(b) {
        update_with(rt, &result, b)?;
    }
    Ok(result)
}

fn xor(rt: &Rt, a: &Obj, b: &Obj) -> R {
    if both_sets(a, b) { symmetric_difference(rt, a, b) } else { Ok(Obj::not_implemented()) }
}

fn sub(rt: &Rt, a: &Obj, b: &Obj) -> R {
    if both_sets(a, b) { subtract(rt, a, b) } else { Ok(Obj::not_implemented()) }
}

fn and_in_place(rt: &Rt, self_: &Obj, other: &Obj) -> R {
    if !both_sets(self_, other) {
        return Ok(Obj::not_implemented());
    }
    let common = intersect(rt, self_, other)?;
    fields(self_).swap(fields(&common));
    Ok(self_.clone())
}

fn or_in_place(rt: &Rt, self_: &Obj, other: &Obj) -> R {
    if !both_sets(self_, other) {
        return Ok(Obj::not_implemented());
    }
    update_with(rt, self_, other)?;
    Ok(self_.clone())
}

fn xor_in_place(rt: &Rt, self_: &Obj, other: &Obj) -> R {
    if !both_sets(self_, other) {
        return Ok(Obj::not_implemented());
    }
    symmetric_update_with(rt, self_, other)?;
    Ok(self_.clone())
}

fn sub_in_place(rt: &Rt, self_: &Obj, other: &Obj) -> R {
    if !both_sets(self_, other) {
        return Ok(Obj::not_implemented());
    }
    difference_update_with(rt, self_, other)?;
    Ok(self_.clone())
}

/// `copy`; a frozenset is its own copy.
pub fn copy_method(rt: &Rt, self_: &Obj) -> R {
    if self_.is_exact(Kind::FrozenSet) { Ok(self_.clone()) } else { copy_like(rt, self_) }
}

fn no_keywords(rt: &Rt, self_: &Obj, name: &str, args: Args<'_>) -> R<()> {
    if args.has_keywords() {
        return Err(rt.type_error(format_args!("{}.{name}() takes no keyword arguments", base_name(self_))));
    }
    Ok(())
}

fn base_name(self_: &Obj) -> &'static str {
    if self_.is_kind(Kind::FrozenSet) { "frozenset" } else { "set" }
}

/// `difference`
pub fn difference(rt: &Rt, self_: &Obj, args: Args<'_>) -> R {
    no_keywords(rt, self_, "difference", args)?;
    let Some((first, rest)) = args.positional().split_first() else { return copy_like(rt, self_) };
    let result = subtract(rt, self_, first)?;
    for other in rest {
        difference_update_with(rt, &result, other)?;
    }
    Ok(result)
}

/// `intersection`
pub fn intersection(rt: &Rt, self_: &Obj, args: Args<'_>) -> R {
    no_keywords(rt, self_, "intersection", args)?;
    if args.positional().is_empty() {
        return copy_like(rt, self_);
    }
    args.positional().iter().try_fold(self_.clone(), |result, other| intersect(rt, &result, other))
}

/// `union`
pub fn union(rt: &Rt, self_: &Obj, args: Args<'_>) -> R {
    no_keywords(rt, self_, "union", args)?;
    let result = copy_like(rt, self_)?;
    for other in args.positional() {
        if !self_.is(other) {
            update_with(rt, &result, other)?;
        }
    }
    Ok(result)
}

/// `symmetric_difference`
pub fn symmetric_difference(rt: &Rt, self_: &Obj, other: &Obj) -> R {
    let result = empty_like(rt, self_);
    update_with(rt, &result, other)?;
    symmetric_update_with(rt, &result, self_)?;
    Ok(result)
}

/// `isdisjoint`
pub fn isdisjoint(rt: &Rt, self_: &Obj, other: &Obj) -> R {
    let s = fields(self_);
    if self_.is(other) {
        return Ok(Obj::bool(s.is_empty()));
    }
    if let Some(o) = set::get(other) {
        let (searched, walked) = if o.len() > s.len() { (o, s) } else { (s, o) };
        for (hash, item) in walked.entries() {
            if has_hashed(rt, searched, &item, hash)? {
                return Ok(Obj::bool(false));
            }
        }
        return Ok(Obj::bool(true));
    }
    let iterator = rt.iter(other)?;
    while let Some(item) = rt.next(&iterator)? {
        let hash = hash_of(rt, &item)?;
        if has_hashed(rt, s, &item, hash)? {
            return Ok(Obj::bool(false));
        }
    }
    Ok(Obj::bool(true))
}

/// `issubset`
pub fn issubset(rt: &Rt, self_: &Obj, other: &Obj) -> R {
    if set::get(other).is_some() {
        return is_subset(rt, self_, other).map(Obj::bool);
    }
    let common = intersect(rt, self_, other)?;
    Ok(Obj::bool(fields(&common).len() == fields(self_).len()))
}

/// `issuperset`
pub fn issuperset(rt: &Rt, self_: &Obj, other: &Obj) -> R {
    if set::get(other).is_some() {
        return is_subset(rt, other, self_).map(Obj::bool);
    }
    let s = fields(self_);
    let iterator = rt.iter(other)?;
    while let Some(item) = rt.next(&iterator)? {
        let hash = hash_of(rt, &item)?;
        if !has_hashed(rt, s, &item, hash)? {
            return Ok(Obj::bool(false));
        }
    }
    Ok(Obj::bool(true))
}

fn add_method(rt: &Rt, self_: &Obj, item: &Obj) -> R {
    add(rt, self_, item)?;
    Ok(Obj::none())
}

fn clear(_: &Rt, self_: &Obj) -> R {
    drop(fields(self_).take());
    Ok(Obj::none())
}

fn discard_item(rt: &Rt, self_: &Obj, item: &Obj) -> R<bool> {
    match hash_of(rt, item) {
        Ok(hash) => discard_hashed(rt, fields(self_), item, hash),
        Err(raised) => {
            let stand_in = frozen_stand_in(rt, item, raised)?;
            discard_hashed(rt, fields(self_), &stand_in, rt.hash(&stand_in)?)
        }
    }
}

fn discard(rt: &Rt, self_: &Obj, item: &Obj) -> R {
    discard_item(rt, self_, item)?;
    Ok(Obj::none())
}

fn remove(rt: &Rt, self_: &Obj, item: &Obj) -> R {
    if discard_item(rt, self_, item)? { Ok(Obj::none()) } else { Err(rt.key_error(item)) }
}

fn pop(rt: &Rt, self_: &Obj) -> R {
    match fields(self_).pop() {
        Some(item) => Ok(item),
        None => Err(rt.error(&exception::KEY_ERROR, format_args!("pop from an empty set"))),
    }
}

fn difference_update(rt: &Rt, self_: &Obj, args: Args<'_>) -> R {
    no_keywords(rt, self_, "difference_update", args)?;
    for other in args.positional() {
        difference_update_with(rt, self_, other)?;
    }
    Ok(Obj::none())
}

fn intersection_update(rt: &Rt, self_: &Obj, args: Args<'_>) -> R {
    no_keywords(rt, self_, "intersection_update", args)?;
    let common = intersection(rt, self_, args)?;
    fields(self_).swap(fields(&common));
    Ok(Obj::none())
}

fn symmetric_difference_update(rt: &Rt, self_: &Obj, other: &Obj) -> R {
    symmetric_update_with(rt, self_, other)?;
    Ok(Obj::none())
}

fn update(rt: &Rt, self_: &Obj, args: Args<'_>) -> R {
    no_keywords(rt, self_, "update", args)?;
    for other in args.positional() {
        update_with(rt, self_, other)?;
    }
    Ok(Obj::none())
}

/// An iterator: the set until exhausted, the next slot, the size at the start, how many are left.
struct Iter {
    set: ObjCell,
    at: Cell<usize>,
    size: Cell<usize>,
    left: Cell<usize>,
}

impl Payload for Iter {
    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        self.set.traverse(visit);
    }
}

/// The type `set_iterator`.
pub static ITERATOR: TypeSpec = TypeSpec {
    slots: Slots { iter: Some(iter_self), next: Some(next), ..Slots::EMPTY },
    methods: &[MethodDef::new(
        "__length_hint__",
        NativeFn::NoArgs(length_hint),
        "",
        "Private method returning an estimate of len(list(it)).",
    )],
    ..TypeSpec::native("set_iterator", Iter::VTABLE)
};

fn iter(rt: &Rt, self_: &Obj) -> R {
    let len = fields(self_).len();
    let it =
        Iter { set: ObjCell::new(Some(self_.clone())), at: Cell::new(0), size: Cell::new(len), left: Cell::new(len) };
    Ok(native::new(rt, rt.spec_type(&ITERATOR), it))
}

fn next(rt: &Rt, self_: &Obj) -> R<Option<Obj>> {
    let it = native::expect::<Iter>(self_);
    let Some(set) = it.set.get() else { return Ok(None) };
    let s = fields(&set);
    if s.len() != it.size.get() {
        it.size.set(usize::MAX);
        return Err(rt.runtime_error(format_args!("Set changed size during iteration")));
    }
    match s.next(it.at.get()) {
        Some((slot, _, item)) => {
            it.at.set(slot + 1);
            it.left.set(it.left.get().saturating_sub(1));
            Ok(Some(item))
        }
        None => {
            it.set.set(None);
            Ok(None)
        }
    }
}

fn length_hint(rt: &Rt, self_: &Obj) -> R {
    let it = native::expect::<Iter>(self_);
    let live = it.set.get().is_some_and(|s| fields(&s).len() == it.size.get());
    Ok(rt.int(if live { it.left.get() as i64 } else { 0 }))
}
