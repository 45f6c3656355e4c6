//! The views of a dict (`dict_keys`, `dict_values`, `dict_items`) and its iterators.
//!
//! Invariant: an iterator ends for good when it is exhausted or has seen the size of its dict change.

use super::dict as dict_type;
use super::set as set_type;
use super::spec::{CmpOp, GetSetDef, MethodDef, NativeFn, Slots, TypeSpec};
use crate::object::dict::DictObject;
use crate::object::field::ObjCell;
use crate::object::native::{self, Payload};
use crate::object::{list, set, tuple};
use crate::ops::iter_self;
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::layout::Kind;
use std::cell::Cell;

/// What of the entries is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The keys.
    Keys,
    /// The values.
    Values,
    /// Pairs of key and value.
    Items,
}

struct View {
    dict: Obj,
    part: Part,
}

impl Payload for View {
    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        visit(&self.dict);
    }
}

const SETLIKE: Slots = Slots {
    repr: Some(repr),
    compare: Some(compare),
    hash: Some(super::spec::unhashable),
    iter: Some(view_iter),
    len: Some(view_len),
    contains: Some(contains),
    bitand: Some(and),
    bitor: Some(or),
    bitxor: Some(xor),
    sub: Some(sub),
    ..Slots::EMPTY
};

const REVERSED: MethodDef =
    MethodDef::new("__reversed__", NativeFn::NoArgs(view_reversed), "", "Return a reverse iterator over the view.");
const ISDISJOINT: MethodDef = MethodDef::new(
    "isdisjoint",
    NativeFn::One(isdisjoint),
    "",
    "Return True if the view and the given iterable have a null intersection.",
);
const MAPPING: GetSetDef = GetSetDef::read_only("mapping", mapping);

/// The type `dict_keys`.
pub static KEYS: TypeSpec = TypeSpec {
    slots: SETLIKE,
    methods: &[REVERSED, ISDISJOINT],
    getset: &[MAPPING],
    ..TypeSpec::native("dict_keys", View::VTABLE)
};

/// The type `dict_values`.
pub static VALUES: TypeSpec = TypeSpec {
    slots: Slots { repr: Some(repr), iter: Some(view_iter), len: Some(view_len), ..Slots::EMPTY },
    methods: &[REVERSED],
    getset: &[MAPPING],
    ..TypeSpec::native("dict_values", View::VTABLE)
};

/// The type `dict_items`.
pub static ITEMS: TypeSpec = TypeSpec {
    slots: SETLIKE,
    methods: &[REVERSED, ISDISJOINT],
    getset: &[MAPPING],
    ..TypeSpec::native("dict_items", View::VTABLE)
};

/// A view of a dict.
pub fn new(rt: &Rt, dict: &Obj, part: Part) -> Obj {
    let spec = match part {
        Part::Keys => &KEYS,
        Part::Values => &VALUES,
        Part::Items => &ITEMS,
    };
    native::new(rt, rt.spec_type(spec), View { dict: dict.clone(), part })
}

fn view(self_: &Obj) -> &View {
    native::expect::<View>(self_)
}

/// Whether the object is a view of keys or items.
pub fn is_setlike(obj: &Obj) -> bool {
    native::payload::<View>(obj).is_some_and(|v| v.part != Part::Values)
}

fn fields(dict: &Obj) -> &DictObject {
    dict.expect::<DictObject>()
}

fn repr(rt: &Rt, self_: &Obj) -> R {
    let v = view(self_);
    let name = rt.type_name(self_);
    let Some(guard) = rt.enter_repr(self_) else { return Ok(rt.str("...")) };
    let items = list::new(rt, rt.collect(self_)?);
    let mut out = crate::ops::repr::Writer::new(&name);
    out.push_str("(");
    out.push_repr(rt, &items)?;
    out.push_str(")");
    drop(guard);
    let _ = v;
    Ok(out.finish(rt))
}

fn view_iter(rt: &Rt, self_: &Obj) -> R {
    let v = view(self_);
    Ok(iterator(rt, &v.dict, v.part))
}

fn view_reversed(rt: &Rt, self_: &Obj) -> R {
    let v = view(self_);
    Ok(reversed(rt, &v.dict, v.part))
}

fn view_len(_: &Rt, self_: &Obj) -> R<usize> {
    Ok(fields(&view(self_).dict).len())
}

fn mapping(rt: &Rt, self_: &Obj) -> R {
    Ok(crate::types::mappingproxy::new(rt, &view(self_).dict))
}

fn contains(rt: &Rt, self_: &Obj, item: &Obj) -> R<bool> {
    let v = view(self_);
    if v.part == Part::Keys {
        return rt.type_of(&v.dict).slots.contains.get().map_or(Ok(false), |f| f(rt, &v.dict, item));
    }
    let Some([key, value]) = tuple::items(item) else { return Ok(false) };
    match dict_type::get(rt, &v.dict, key)? {
        Some(found) => rt.equal(&found, value),
        None => Ok(false),
    }
}

/// Whether every item of `a` is in `b`.
fn all_in(rt: &Rt, a: &Obj, b: &Obj) -> R<bool> {
    for item in rt.collect(a)? {
        if !rt.contains(b, &item)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn compare(rt: &Rt, a: &Obj, b: &Obj, op: CmpOp) -> R {
    if !is_setlike(a) || !(is_setlike(b) || set::get(b).is_some()) {
        return Ok(Obj::not_implemented());
    }
    let (x, y) = (rt.len(a)?, rt.len(b)?);
    let holds = match op {
        CmpOp::Eq => x == y && all_in(rt, a, b)?,
        CmpOp::Ne => !(x == y && all_in(rt, a, b)?),
        CmpOp::Lt => x < y && all_in(rt, a, b)?,
        CmpOp::Le => x <= y && all_in(rt, a, b)?,
        CmpOp::Gt => x > y && all_in(rt, b, a)?,
        CmpOp::Ge => x >= y && all_in(rt, b, a)?,
    };
    Ok(Obj::bool(holds))
}

fn and(rt: &Rt, a: &Obj, b: &Obj) -> R {
    // The view may be on either side; the result takes its items from the other operand, as CPython's does.
    let (mut this, mut other) = (a, b);
    if !is_setlike(this) {
        std::mem::swap(&mut this, &mut other);
    }
    // The longer of two views is searched.
    if is_setlike(other) && rt.len(other)? > rt.len(this)? {
        std::mem::swap(&mut this, &mut other);
    }
    let result = set::new(rt);
    rt.for_each(other, |item| {
        if rt.contains(this, &item)? {
            set_type::add(rt, &result, &item)?;
        }
        Ok(())
    })?;
    Ok(result)
}

fn or(rt: &Rt, a: &Obj, b: &Obj) -> R {
    let result = set::new(rt);
    set_type::update_with(rt, &result, a)?;
    set_type::update_with(rt, &result, b)?;
    Ok(result)
}

fn xor(rt: &Rt, a: &Obj, b: &Obj) -> R {
    let result = set::new(rt);
    set_type::update_with(rt, &result, a)?;
    set_type::symmetric_update_with(rt, &result, b)?;
    Ok(result)
}

fn sub(rt: &Rt, a: &Obj, b: &Obj) -> R {
    let result = set::new(rt);
    set_type::update_with(rt, &result, a)?;
    set_type::difference_update_with(rt, &result, b)?;
    Ok(result)
}

fn isdisjoint(rt: &Rt, self_: &Obj, other: &Obj) -> R {
    let (mut this, mut other) = (self_, other);
    if this.is(other) {
        return Ok(Obj::bool(rt.len(this)? == 0));
    }
    if (is_setlike(other) || set::get(other).is_some()) && rt.len(other)? > rt.len(this)? {
        std::mem::swap(&mut this, &mut other);
    }
    let iterator = rt.iter(other)?;
    while let Some(item) = rt.next(&iterator)? {
        if rt.contains(this, &item)? {
            return Ok(Obj::bool(false));
        }
    }
    Ok(Obj::bool(true))
}

/// An iterator: the dict until exhausted, the position, the size at the start, what is left.
struct Iter {
    dict: ObjCell,
    part: Part,
    at: Cell<usize>,
    size: Cell<usize>,
    left: Cell<usize>,
    /// The tuple of the last item, until the program turns out to keep one.
    pair: ObjCell,
    kept: Cell<bool>,
}

impl Payload for Iter {
    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        self.dict.traverse(visit);
        self.pair.traverse(visit);
    }
}

impl Iter {
    /// An item as a tuple. As in CPython, the last one is used again while the program keeps none.
    #[inline]
    fn item(&self, rt: &Rt, key: Obj, value: Obj) -> Obj {
        if self.kept.get() {
            return tuple::pair(rt, key, value);
        }
        let pair = match self.pair.take() {
            None => tuple::pair(rt, key, value),
            Some(last) => match tuple::refill_pair(last, key, value) {
                Ok(pair) => pair,
                Err((key, value)) => {
                    self.kept.set(true);
                    return tuple::pair(rt, key, value);
                }
            },
        };
        self.pair.set(Some(pair.clone()));
        pair
    }
}

macro_rules! iterator_types {
    ($($ident:ident $name:literal $next:ident;)*) => {
        $(
            #[doc = concat!("The type `", $name, "`.")]
            pub static $ident: TypeSpec = TypeSpec {
                slots: Slots { iter: Some(iter_self), next: Some($next), ..Slots::EMPTY },
                methods: &[MethodDef::new(
                    "__length_hint__",
                    NativeFn::NoArgs(length_hint),
                    "",
                    "Private method returning an estimate of len(list(it)).",
                )],
                ..TypeSpec::native($name, Iter::VTABLE)
            };
        )*
    };
}

iterator_types! {
    KEY_ITERATOR "dict_keyiterator" next;
    VALUE_ITERATOR "dict_valueiterator" next;
    ITEM_ITERATOR "dict_itemiterator" next;
    REVERSE_KEY_ITERATOR "dict_reversekeyiterator" next_reversed;
    REVERSE_VALUE_ITERATOR "dict_reversevalueiterator" next_reversed;
    REVERSE_ITEM_ITERATOR "dict_reverseitemiterator" next_reversed;
}

fn make(rt: &Rt, spec: &'static TypeSpec, dict: &Obj, part: Part, at: usize) -> Obj {
    let len = fields(dict).len();
    let it = Iter {
        dict: ObjCell::new(Some(dict.clone())),
        part,
        at: Cell::new(at),
        size: Cell::new(len),
        left: Cell::new(len),
        pair: ObjCell::default(),
        kept: Cell::new(false),
    };
    native::new(rt, rt.spec_type(spec), it)
}

/// An iterator over a dict.
pub fn iterator(rt: &Rt, dict: &Obj, part: Part) -> Obj {
    let spec = match part {
        Part::Keys => &KEY_ITERATOR,
        Part::Values => &VALUE_ITERATOR,
        Part::Items => &ITEM_ITERATOR,
    };
    make(rt, spec, dict, part, 0)
}

/// An iterator over a dict from its end.
pub fn reversed(rt: &Rt, dict: &Obj, part: Part) -> Obj {
    let spec = match part {
        Part::Keys => &REVERSE_KEY_ITERATOR,
        Part::Values => &REVERSE_VALUE_ITERATOR,
        Part::Items => &REVERSE_ITEM_ITERATOR,
    };
    make(rt, spec, dict, part, fields(dict).end())
}

fn next(rt: &Rt, self_: &Obj) -> R<Option<Obj>> {
    step(rt, native::expect::<Iter>(self_), |d, at| d.next_index(at).map(|n| (n, n + 1)))
}

fn next_reversed(rt: &Rt, self_: &Obj) -> R<Option<Obj>> {
    step(rt, native::expect::<Iter>(self_), |d, at| d.previous_index(at).map(|n| (n, n)))
}

#[inline(always)]
fn step(rt: &Rt, it: &Iter, advance: impl FnOnce(&DictObject, usize) -> Option<(usize, usize)>) -> R<Option<Obj>> {
    let Some(dict) = it.dict.get() else { return Ok(None) };
    let d = fields(&dict);
    if d.len() != it.size.get() {
        // The error comes again on every later call.
        it.size.set(usize::MAX);
        return Err(rt.runtime_error(format_args!("dictionary changed size during iteration")));
    }
    let Some((n, next)) = advance(d, it.at.get()) else {
        it.dict.set(None);
        return Ok(None);
    };
    if it.left.get() == 0 {
        it.dict.set(None);
        return Err(rt.runtime_error(format_args!("dictionary keys changed during iteration")));
    }
    it.left.set(it.left.get() - 1);
    it.at.set(next);
    Ok(match it.part {
        Part::Keys => d.key_at(n),
        Part::Values => d.value_at(n),
        Part::Items => match (d.key_at(n), d.value_at(n)) {
            (Some(key), Some(value)) => Some(it.item(rt, key, value)),
            _ => None,
        },
    })
}

fn length_hint(rt: &Rt, self_: &Obj) -> R {
    let it = native::expect::<Iter>(self_);
    let live = it.dict.get().is_some_and(|d| fields(&d).len() == it.size.get());
    Ok(rt.int(if live { it.left.get() as i64 } else { 0 }))
}

/// Whether an object is an exact dict, whose iteration runs no Python code.
pub fn is_plain(obj: &Obj) -> bool {
    obj.is_exact(Kind::Dict)
}
