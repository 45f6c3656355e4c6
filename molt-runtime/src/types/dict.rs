//! `dict`.
//!
//! Invariant: a position found in a table is used before Python code can run again; values that leave a dict are released
//! after it is consistent.

use super::dict_view::{self, Part};
use super::spec::{CmpOp, MethodDef, NativeFn, Slots, TypeSpec, unhashable};
use crate::object::dict::{self, DictObject, Probe};
use crate::object::str;
use crate::object::types::in_runtime;
use crate::object::{list, tuple};
use crate::ops::call::Args;
use crate::runtime::{R, Rt};
use crate::types::exception;
use crate::value::Obj;
use molt_abi::layout::{Kind, header};

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    subclassable: true,
    doc: "dict() -> new empty dictionary\ndict(mapping) -> new dictionary initialized from a mapping object's\n    (key, value) pairs\ndict(iterable) -> new dictionary initialized as if via:\n    d = {}\n    for k, v in iterable:\n        d[k] = v\ndict(**kwargs) -> new dictionary initialized with the name=value pairs\n    in the keyword argument list.  For example:  dict(one=1, two=2)",
    slots: Slots {
        repr: Some(repr),
        hash: Some(unhashable),
        compare: Some(compare),
        iter: Some(iter),
        new: Some(new),
        init: Some(init),
        len: Some(len),
        getitem: Some(getitem),
        setitem: Some(setitem),
        contains: Some(contains),
        bitor: Some(union),
        ibitor: Some(union_in_place),
        ..Slots::EMPTY
    },
    methods: &[
        crate::types::alias::CLASS_GETITEM,
        MethodDef::new(
            "__reversed__",
            NativeFn::NoArgs(reversed),
            "($self, /)",
            "Return a reverse iterator over the dict keys.",
        ),
        MethodDef::new("clear", NativeFn::NoArgs(clear), "", "D.clear() -> None.  Remove all items from D."),
        MethodDef::new("copy", NativeFn::NoArgs(copy_method), "", "D.copy() -> a shallow copy of D"),
        MethodDef::new(
            "fromkeys",
            NativeFn::Positional { min: 1, max: 2, func: fromkeys },
            "($type, iterable, value=None, /)",
            "Create a new dictionary with keys from iterable and values set to value.",
        )
        .class(),
        MethodDef::new(
            "get",
            NativeFn::Positional { min: 1, max: 2, func: get_method },
            "($self, key, default=None, /)",
            "Return the value for key if key is in the dictionary, else default.",
        ),
        MethodDef::new(
            "items",
            NativeFn::NoArgs(items),
            "",
            "D.items() -> a set-like object providing a view on D's items",
        ),
        MethodDef::new(
            "keys",
            NativeFn::NoArgs(keys),
            "",
            "D.keys() -> a set-like object providing a view on D's keys",
        ),
        MethodDef::new(
            "pop",
            NativeFn::Positional { min: 1, max: 2, func: pop },
            "",
            "D.pop(k[,d]) -> v, remove specified key and return the corresponding value.\n\nIf the key is not found, return the default if given; otherwise,\nraise a KeyError.",
        ),
        MethodDef::new(
            "popitem",
            NativeFn::NoArgs(popitem),
            "($self, /)",
            "Remove and return a (key, value) pair as a 2-tuple.\n\nPairs are returned in LIFO (last-in, first-out) order.\nRaises KeyError if the dict is empty.",
        ),
        MethodDef::new(
            "setdefault",
            NativeFn::Positional { min: 1, max: 2, func: setdefault_method },
            "($self, key, default=None, /)",
            "Insert key with a value of default if key is not in the dictionary.\n\nReturn the value for key if key is in the dictionary, else default.",
        ),
        MethodDef::new(
            "update",
            NativeFn::Any(update_method),
            "",
            "D.update([E, ]**F) -> None.  Update D from dict/iterable E and F.\nIf E is present and has a .keys() method, then does:  for k in E: D[k] = E[k]\nIf E is present and lacks a .keys() method, then does:  for k, v in E: D[k] = v\nIn either case, this is followed by: for k in F:  D[k] = F[k]",
        ),
        MethodDef::new(
            "values",
            NativeFn::NoArgs(values),
            "",
            "D.values() -> an object providing a view on D's values",
        ),
    ],
    ..TypeSpec::new("dict", Kind::Dict)
};

#[inline(always)]
fn fields(self_: &Obj) -> &DictObject {
    self_.expect::<DictObject>()
}

/// `hash(key)`, with the common keys in line.
#[inline(always)]
pub fn hash_of(rt: &Rt, key: &Obj) -> R<i64> {
    if key.is_exact(Kind::Str) {
        return Ok(str::hash(key));
    }
    if let Some(n) = key.as_small_int() {
        return Ok(if n == -1 { -2 } else { n });
    }
    if key.is_exact(Kind::Tuple) {
        return super::tuple::hash(rt, key);
    }
    rt.hash(key)
}

/// The position of a key. It holds until Python code runs or the dict changes.
#[inline(always)]
pub fn find(rt: &Rt, d: &DictObject, key: &Obj, hash: i64) -> R<Option<usize>> {
    let mut cursor = d.cursor(hash);
    match d.probe(&mut cursor, key, hash) {
        Probe::Found(n) => Ok(Some(n)),
        Probe::Absent => Ok(None),
        Probe::Ask { .. } => find_slowly(rt, d, key, hash),
    }
}

#[cold]
#[inline(never)]
fn find_slowly(rt: &Rt, d: &DictObject, key: &Obj, hash: i64) -> R<Option<usize>> {
    'restart: loop {
        let mut cursor = d.cursor(hash);
        loop {
            match d.probe(&mut cursor, key, hash) {
                Probe::Found(n) => return Ok(Some(n)),
                Probe::Absent => return Ok(None),
                Probe::Ask { entry, key: other } => {
                    let generation = d.generation();
                    let equal = rt.equal(&other, key)?;
                    if d.generation() != generation || !d.key_is(entry, &other) {
                        continue 'restart;
                    }
                    if equal {
                        return Ok(Some(entry));
                    }
                }
            }
        }
    }
}

/// `dict.get(key)`.
#[inline]
pub fn get(rt: &Rt, self_: &Obj, key: &Obj) -> R<Option<Obj>> {
    let d = fields(self_);
    let hash = hash_of(rt, key)?;
    Ok(find(rt, d, key, hash)?.and_then(|n| d.value_at(n)))
}

/// `dict[key] = value`, for the dict itself: no `__setitem__` of a subclass.
#[inline(never)]
pub fn set(rt: &Rt, self_: &Obj, key: &Obj, value: &Obj) -> R<()> {
    let hash = hash_of(rt, key)?;
    set_hashed(rt, self_, key, hash, value.clone())
}

#[inline]
fn set_hashed(rt: &Rt, self_: &Obj, key: &Obj, hash: i64, value: Obj) -> R<()> {
    let d = fields(self_);
    match find(rt, d, key, hash)? {
        Some(n) => {
            drop(d.set_value_at(n, value));
            if is_namespace(self_) {
                rt.namespace_written(self_, key);
            }
        }
        None if is_namespace(self_) => rt.namespace_insert(self_, hash, key, value),
        None => d.insert_new(hash, key.clone(), value),
    }
    Ok(())
}

/// Whether the dict is a module's namespace, whose values are what compiled code sees as globals.
#[inline(always)]
fn is_namespace(self_: &Obj) -> bool {
    self_.header().is_some_and(|h| h.has(header::FLAG_MODULE_DICT))
}

/// Removes a key and gives its value.
pub fn remove(rt: &Rt, self_: &Obj, key: &Obj) -> R<Option<Obj>> {
    let d = fields(self_);
    let hash = hash_of(rt, key)?;
    Ok(find(rt, d, key, hash)?.and_then(|n| take_at(rt, self_, n)))
}

fn take_at(rt: &Rt, self_: &Obj, n: usize) -> Option<Obj> {
    let d = fields(self_);
    let value = d.value_at(n);
    let key = if is_namespace(self_) { d.key_at(n) } else { None };
    drop(d.remove_at(n));
    if let Some(key) = key {
        rt.namespace_removed(self_, &key);
    }
    value
}

/// A shallow copy of a dict, as an exact `dict`.
pub fn copy(rt: &Rt, self_: &Obj) -> Obj {
    let new = dict::new(rt);
    fields(&new).copy_from(fields(self_));
    new
}

/// `dict.update(other)` for a mapping, or for an iterable of pairs.
pub fn update(rt: &Rt, self_: &Obj, other: &Obj) -> R<()> {
    if other.is_kind(Kind::Dict)
        && rt.type_of(other).slots.iter.get().is_some_and(|i| std::ptr::fn_addr_eq(i, iter as super::spec::Unary))
    {
        return merge(rt, self_, other, true);
    }
    let keys = rt.get_attr_opt(other, &rt.names().keys)?;
    match keys {
        Some(keys) => {
            let keys = rt.call(&keys, &[])?;
            rt.for_each(&keys, |key| {
                let value = rt.get_item(other, &key)?;
                set(rt, self_, &key, &value)
            })
        }
        None => update_from_pairs(rt, self_, other),
    }
}

/// `**mapping` in a dict display.
pub fn update_display(rt: &Rt, self_: &Obj, mapping: &Obj) -> R<()> {
    if mapping.is_kind(Kind::Dict) || rt.get_attr_opt(mapping, &rt.names().keys)?.is_some() {
        return update(rt, self_, mapping);
    }
    Err(rt.type_error(format_args!("'{}' object is not a mapping", rt.type_name(mapping))))
}

/// Adds the entries of another dict; existing keys are overwritten or kept.
pub fn merge(rt: &Rt, self_: &Obj, other: &Obj, overwrite: bool) -> R<()> {
    if self_.is(other) {
        return Ok(());
    }
    let (to, from) = (fields(self_), fields(other));
    if to.is_empty() {
        drop(to.take());
        to.copy_from(from);
        return Ok(());
    }
    to.reserve(from.len());
    let count = from.len();
    let mut at = 0;
    while let Some(n) = from.next_index(at) {
        at = n + 1;
        if let (Some(key), Some(value)) = (from.key_at(n), from.value_at(n)) {
            let hash = from.hash_at(n);
            if overwrite || find(rt, to, &key, hash)?.is_none() {
                set_hashed(rt, self_, &key, hash, value)?;
            }
        }
        if from.len() != count {
            return Err(rt.runtime_error(format_args!("dict mutated during update")));
        }
    }
    Ok(())
}

fn update_from_pairs(rt: &Rt, self_: &Obj, pairs: &Obj) -> R<()> {
    let mut n = 0;
    rt.for_each(pairs, |pair| {
        let pair = if pair.is_exact(Kind::List) || pair.is_exact(Kind::Tuple) {
            pair
        } else {
            match rt.collect(&pair) {
                Ok(items) => tuple::new(rt, items),
                Err(raised) => {
                    if rt.exception_is(&exception::TYPE_ERROR) {
                        rt.clear_exception();
                        return Err(rt.type_error(format_args!(
                            "cannot convert dictionary update sequence element #{n} to a sequence"
                        )));
                    }
                    return Err(raised);
                }
            }
        };
        let items = match list::get(&pair) {
            Some(l) => l.snapshot(),
            None => tuple::items(&pair).unwrap_or_default().to_vec(),
        };
        let [key, value] = &items[..] else {
            return Err(rt.value_error(format_args!(
                "dictionary update sequence element #{n} has length {}; 2 is required",
                items.len()
            )));
        };
        set(rt, self_, key, value)?;
        n += 1;
        Ok(())
    })
}

fn new(rt: &Rt, cls: &Obj, _: Args<'_>) -> R {
    Ok(dict::with_type(rt, in_runtime(rt, cls)))
}

fn init(rt: &Rt, self_: &Obj, args: Args<'_>) -> R<()> {
    update_args(rt, self_, args, "dict")
}

fn update_args(rt: &Rt, self_: &Obj, args: Args<'_>, name: &str) -> R<()> {
    let given = args.positional();
    if given.len() > 1 {
        return Err(rt.type_error(format_args!("{name} expected at most 1 argument, got {}", given.len())));
    }
    if let Some(other) = given.first() {
        update(rt, self_, other)?;
    }
    for (key, value) in args.keywords() {
        set(rt, self_, key, value)?;
    }
    Ok(())
}

fn repr(rt: &Rt, self_: &Obj) -> R {
    let d = fields(self_);
    if d.is_empty() {
        return Ok(rt.str("{}"));
    }
    let Some(guard) = rt.enter_repr(self_) else { return Ok(rt.str("{...}")) };
    let mut out = crate::ops::repr::Writer::new("{");
    let (mut at, mut first) = (0, true);
    while let Some(n) = d.next_index(at) {
        at = n + 1;
        let (Some(key), Some(value)) = (d.key_at(n), d.value_at(n)) else { continue };
        if !first {
            out.push_str(", ");
        }
        first = false;
        out.push_repr(rt, &key)?;
        out.push_str(": ");
        out.push_repr(rt, &value)?;
    }
    out.push_str("}");
    drop(guard);
    Ok(out.finish(rt))
}

fn compare(rt: &Rt, a: &Obj, b: &Obj, op: CmpOp) -> R {
    let (Some(x), Some(y)) = (dict::get(a), dict::get(b)) else { return Ok(Obj::not_implemented()) };
    match op {
        CmpOp::Eq => equal(rt, x, y).map(Obj::bool),
        CmpOp::Ne => equal(rt, x, y).map(|e| Obj::bool(!e)),
        _ => Ok(Obj::not_implemented()),
    }
}

fn equal(rt: &Rt, a: &DictObject, b: &DictObject) -> R<bool> {
    if a.len() != b.len() {
        return Ok(false);
    }
    let mut at = 0;
    while let Some(n) = a.next_index(at) {
        at = n + 1;
        let (Some(key), Some(value)) = (a.key_at(n), a.value_at(n)) else { continue };
        match find(rt, b, &key, a.hash_at(n))?.and_then(|n| b.value_at(n)) {
            Some(other) if rt.equal(&value, &other)? => {}
            _ => return Ok(false),
        }
    }
    Ok(true)
}

fn iter(rt: &Rt, self_: &Obj) -> R {
    Ok(dict_view::iterator(rt, self_, Part::Keys))
}

fn reversed(rt: &Rt, self_: &Obj) -> R {
    Ok(dict_view::reversed(rt, self_, Part::Keys))
}

fn len(_: &Rt, self_: &Obj) -> R<usize> {
    Ok(fields(self_).len())
}

/// `dict[key]`.
#[inline(never)]
pub fn getitem(rt: &Rt, self_: &Obj, key: &Obj) -> R {
    match get(rt, self_, key)? {
        Some(value) => Ok(value),
        None => missing(rt, self_, key),
    }
}

#[cold]
fn missing(rt: &Rt, self_: &Obj, key: &Obj) -> R {
    if !self_.is_exact(Kind::Dict)
        && let Some(value) = rt.call_special(self_, &rt.names().__missing__, std::slice::from_ref(key))?
    {
        return Ok(value);
    }
    Err(rt.key_error(key))
}

fn setitem(rt: &Rt, self_: &Obj, key: &Obj, value: Option<&Obj>) -> R<()> {
    match value {
        Some(value) => set(rt, self_, key, value),
        None => match remove(rt, self_, key)? {
            Some(_) => Ok(()),
            None => Err(rt.key_error(key)),
        },
    }
}

/// `key in dict`.
#[inline(never)]
pub fn contains(rt: &Rt, self_: &Obj, key: &Obj) -> R<bool> {
    let hash = hash_of(rt, key)?;
    Ok(find(rt, fields(self_), key, hash)?.is_some())
}

fn union(rt: &Rt, a: &Obj, b: &Obj) -> R {
    if dict::get(a).is_none() || dict::get(b).is_none() {
        return Ok(Obj::not_implemented());
    }
    let new = copy(rt, a);
    update(rt, &new, b)?;
    Ok(new)
}

fn union_in_place(rt: &Rt, self_: &Obj, other: &Obj) -> R {
    update(rt, self_, other)?;
    Ok(self_.clone())
}

fn clear(rt: &Rt, self_: &Obj) -> R {
    if is_namespace(self_) {
        for key in fields(self_).keys() {
            drop(remove(rt, self_, &key)?);
        }
        return Ok(Obj::none());
    }
    drop(fields(self_).take());
    Ok(Obj::none())
}

fn copy_method(rt: &Rt, self_: &Obj) -> R {
    Ok(copy(rt, self_))
}

fn fromkeys(rt: &Rt, cls: &Obj, args: &[Obj]) -> R {
    let value = args.get(1).cloned().unwrap_or(Obj::none());
    let new = rt.call(cls, &[])?;
    if new.is_exact(Kind::Dict) {
        rt.for_each(&args[0], |key| set(rt, &new, &key, &value))?;
    } else {
        rt.for_each(&args[0], |key| rt.set_item(&new, &key, &value))?;
    }
    Ok(new)
}

fn get_method(rt: &Rt, self_: &Obj, args: &[Obj]) -> R {
    Ok(match get(rt, self_, &args[0])? {
        Some(value) => value,
        None => args.get(1).cloned().unwrap_or(Obj::none()),
    })
}

fn items(rt: &Rt, self_: &Obj) -> R {
    Ok(dict_view::new(rt, self_, Part::Items))
}

fn keys(rt: &Rt, self_: &Obj) -> R {
    Ok(dict_view::new(rt, self_, Part::Keys))
}

fn values(rt: &Rt, self_: &Obj) -> R {
    Ok(dict_view::new(rt, self_, Part::Values))
}

fn pop(rt: &Rt, self_: &Obj, args: &[Obj]) -> R {
    let key = &args[0];
    let value = if fields(self_).is_empty() { None } else { remove(rt, self_, key)? };
    match value.or_else(|| args.get(1).cloned()) {
        Some(value) => Ok(value),
        None => Err(rt.key_error(key)),
    }
}

fn popitem(rt: &Rt, self_: &Obj) -> R {
    let popped = match fields(self_).pop_last() {
        Some(entry) => entry,
        None => return Err(rt.error(&exception::KEY_ERROR, format_args!("popitem(): dictionary is empty"))),
    };
    if is_namespace(self_) {
        rt.namespace_removed(self_, &popped.0);
    }
    Ok(tuple::pair(rt, popped.0, popped.1))
}

fn setdefault_method(rt: &Rt, self_: &Obj, args: &[Obj]) -> R {
    setdefault(rt, self_, &args[0], || args.get(1).cloned().unwrap_or(Obj::none()))
}

/// The value of a key, which is inserted when absent.
pub fn setdefault(rt: &Rt, self_: &Obj, key: &Obj, default: impl FnOnce() -> Obj) -> R {
    let d = fields(self_);
    let hash = hash_of(rt, key)?;
    if let Some(value) = find(rt, d, key, hash)?.and_then(|n| d.value_at(n)) {
        return Ok(value);
    }
    let value = default();
    if is_namespace(self_) {
        rt.namespace_insert(self_, hash, key, value.clone());
    } else {
        d.insert_new(hash, key.clone(), value.clone());
    }
    Ok(value)
}

fn update_method(rt: &Rt, self_: &Obj, args: Args<'_>) -> R {
    update_args(rt, self_, args, "update")?;
    Ok(Obj::none())
}
