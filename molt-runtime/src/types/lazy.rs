//! The lazy builtin iterators: `enumerate`, `zip`, `map`, `filter`, and `iter(callable, sentinel)`.
//!
//! Invariant: an exhausted iterator asks its sources again on a further `next`, as CPython's do, except
//! `callable_iterator`, which is done for good.

use super::spec::{Slots, TypeSpec};
use crate::object::field::ObjCell;
use crate::object::native::{self, Payload};
use crate::object::types::in_runtime;
use crate::object::{int, tuple};
use crate::ops::call::Args;
use crate::ops::iter_self;
use crate::runtime::{R, Rt};
use crate::types::exception;
use crate::value::Obj;
use std::cell::{Cell, RefCell};

struct Enumerate {
    source: Obj,
    count: Cell<i64>,
    /// The count once it has left the machine range.
    big: RefCell<Option<num_bigint::BigInt>>,
}

impl Payload for Enumerate {
    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        visit(&self.source);
    }
}

/// The type `enumerate`.
pub static ENUMERATE: TypeSpec = TypeSpec {
    subclassable: true,
    doc: "Return an enumerate object.\n\n  iterable\n    an object supporting iteration\n\nThe enumerate object yields pairs containing a count (from start, which\ndefaults to zero) and a value yielded by the iterable argument.\n\nenumerate is useful for obtaining an indexed list:\n    (0, seq[0]), (1, seq[1]), (2, seq[2]), ...",
    signature: "(iterable, start=0)",
    slots: Slots { iter: Some(iter_self), next: Some(enumerate_next), new: Some(enumerate_new), ..Slots::EMPTY },
    methods: &[crate::types::alias::CLASS_GETITEM],
    ..TypeSpec::native("enumerate", Enumerate::VTABLE)
};

/// An `enumerate` over an iterator, whose next count is `count`.
pub fn enumerate_from(rt: &Rt, source: Obj, count: i64) -> Obj {
    let payload = Enumerate { source, count: Cell::new(count), big: RefCell::new(None) };
    native::new(rt, rt.spec_type(&ENUMERATE), payload)
}

fn enumerate_new(rt: &Rt, cls: &Obj, args: Args<'_>) -> R {
    let (mut iterable, mut start) = (args.positional().first(), args.positional().get(1));
    let given = args.values().len();
    for (name, value) in args.keywords() {
        match crate::object::str::to_string(name).as_str() {
            "iterable" if iterable.is_none() => iterable = Some(value),
            "start" if start.is_none() => start = Some(value),
            other => {
                return Err(rt.type_error(format_args!("'{other}' is an invalid keyword argument for enumerate()")));
            }
        }
    }
    if given > 2 {
        return Err(rt.type_error(format_args!("enumerate() takes at most 2 arguments ({given} given)")));
    }
    let Some(iterable) = iterable else {
        return Err(rt.type_error(format_args!("enumerate() missing required argument 'iterable'")));
    };
    let start = match start {
        Some(start) => rt.index(start)?,
        None => rt.int(0),
    };
    let source = rt.iter(iterable)?;
    let value = int::value(&start);
    let machine = value.and_then(|n| n.to_i64());
    let big = if machine.is_some() { None } else { value.map(|n| n.to_big()) };
    let payload = Enumerate { source, count: Cell::new(machine.unwrap_or(0)), big: RefCell::new(big) };
    Ok(native::new(rt, in_runtime(rt, cls), payload))
}

fn enumerate_next(rt: &Rt, self_: &Obj) -> R<Option<Obj>> {
    let it = native::expect::<Enumerate>(self_);
    let Some(value) = rt.next(&it.source)? else { return Ok(None) };
    let mut big = it.big.borrow_mut();
    let count = match &mut *big {
        Some(n) => {
            let count = rt.big_int(n.clone());
            *n += 1u32;
            count
        }
        None => {
            let n = it.count.get();
            match n.checked_add(1) {
                Some(next) => it.count.set(next),
                None => *big = Some(num_bigint::BigInt::from(n) + 1u32),
            }
            rt.int(n)
        }
    };
    Ok(Some(tuple::pair(rt, count, value)))
}

struct Zip {
    sources: Vec<Obj>,
    strict: bool,
}

impl Payload for Zip {
    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        self.sources.iter().for_each(visit);
    }
}

/// The type `zip`.
pub static ZIP: TypeSpec = TypeSpec {
    subclassable: true,
    doc: "zip(*iterables, strict=False) --> Yield tuples until an input is exhausted.\n\n   >>> list(zip('abcdefg', range(3), range(4)))\n   [('a', 0, 0), ('b', 1, 1), ('c', 2, 2)]\n\nThe zip object yields n-length tuples, where n is the number of iterables\npassed as positional arguments to zip().  The i-th element in every tuple\ncomes from the i-th iterable argument to zip().  This continues until the\nshortest argument is exhausted.\n\nIf strict is true and one of the arguments is exhausted before the others,\nraise a ValueError.",
    slots: Slots { iter: Some(iter_self), next: Some(zip_next), new: Some(zip_new), ..Slots::EMPTY },
    ..TypeSpec::native("zip", Zip::VTABLE)
};

fn iterators(rt: &Rt, given: &[Obj]) -> R<Vec<Obj>> {
    given.iter().map(|iterable| rt.iter(iterable)).collect()
}

fn zip_new(rt: &Rt, cls: &Obj, args: Args<'_>) -> R {
    let mut strict = false;
    for (name, value) in args.keywords() {
        let name = crate::object::str::to_string(name);
        if name != "strict" {
            return Err(rt.type_error(format_args!("'{name}' is an invalid keyword argument for zip()")));
        }
        strict = rt.truth(value)?;
    }
    let sources = iterators(rt, args.positional())?;
    Ok(native::new(rt, in_runtime(rt, cls), Zip { sources, strict }))
}

fn zip_next(rt: &Rt, self_: &Obj) -> R<Option<Obj>> {
    let it = native::expect::<Zip>(self_);
    if let [a, b] = &it.sources[..]
        && !it.strict
    {
        let Some(x) = rt.next(a)? else { return Ok(None) };
        let Some(y) = rt.next(b)? else { return Ok(None) };
        return Ok(Some(tuple::pair(rt, x, y)));
    }
    if it.sources.is_empty() {
        return Ok(None);
    }
    let mut values = Vec::with_capacity(it.sources.len());
    for (n, source) in it.sources.iter().enumerate() {
        match rt.next(source)? {
            Some(value) => values.push(value),
            None if !it.strict => return Ok(None),
            None => return zip_ended(rt, it, n),
        }
    }
    Ok(Some(tuple::new(rt, values)))
}

/// Source `n` of a strict zip is exhausted: so must be all others.
fn zip_ended(rt: &Rt, it: &Zip, n: usize) -> R<Option<Obj>> {
    let before = |n: usize| if n == 1 { "argument 1".to_string() } else { format!("arguments 1-{n}") };
    if n > 0 {
        let message = format!("zip() argument {} is shorter than {}", n + 1, before(n));
        return Err(rt.value_error(format_args!("{message}")));
    }
    for (n, source) in it.sources.iter().enumerate().skip(1) {
        if rt.next(source)?.is_some() {
            let message = format!("zip() argument {} is longer than {}", n + 1, before(n));
            return Err(rt.value_error(format_args!("{message}")));
        }
    }
    Ok(None)
}

struct Map {
    func: Obj,
    sources: Vec<Obj>,
}

impl Payload for Map {
    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        visit(&self.func);
        self.sources.iter().for_each(visit);
    }
}

/// The type `map`.
pub static MAP: TypeSpec = TypeSpec {
    subclassable: true,
    doc: "map(func, *iterables) --> map object\n\nMake an iterator that computes the function using arguments from\neach of the iterables.  Stops when the shortest iterable is exhausted.",
    slots: Slots { iter: Some(iter_self), next: Some(map_next), new: Some(map_new), ..Slots::EMPTY },
    ..TypeSpec::native("map", Map::VTABLE)
};

fn no_keywords(rt: &Rt, args: Args<'_>, name: &str) -> R<()> {
    if args.has_keywords() {
        return Err(rt.type_error(format_args!("{name}() takes no keyword arguments")));
    }
    Ok(())
}

fn map_new(rt: &Rt, cls: &Obj, args: Args<'_>) -> R {
    no_keywords(rt, args, "map")?;
    let [func, iterables @ ..] = args.positional() else {
        return Err(rt.type_error(format_args!("map() must have at least two arguments.")));
    };
    if iterables.is_empty() {
        return Err(rt.type_error(format_args!("map() must have at least two arguments.")));
    }
    let sources = iterators(rt, iterables)?;
    Ok(native::new(rt, in_runtime(rt, cls), Map { func: func.clone(), sources }))
}

fn map_next(rt: &Rt, self_: &Obj) -> R<Option<Obj>> {
    let it = native::expect::<Map>(self_);
    if let [source] = &it.sources[..] {
        let Some(value) = rt.next(source)? else { return Ok(None) };
        return rt.call(&it.func, std::slice::from_ref(&value)).map(Some);
    }
    let mut values = Vec::with_capacity(it.sources.len());
    for source in &it.sources {
        let Some(value) = rt.next(source)? else { return Ok(None) };
        values.push(value);
    }
    rt.call(&it.func, &values).map(Some)
}

struct Filter {
    func: Obj,
    source: Obj,
}

impl Payload for Filter {
    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        visit(&self.func);
        visit(&self.source);
    }
}

/// The type `filter`.
pub static FILTER: TypeSpec = TypeSpec {
    subclassable: true,
    doc: "filter(function or None, iterable) --> filter object\n\nReturn an iterator yielding those items of iterable for which function(item)\nis true. If function is None, return the items that are true.",
    slots: Slots { iter: Some(iter_self), next: Some(filter_next), new: Some(filter_new), ..Slots::EMPTY },
    ..TypeSpec::native("filter", Filter::VTABLE)
};

fn filter_new(rt: &Rt, cls: &Obj, args: Args<'_>) -> R {
    no_keywords(rt, args, "filter")?;
    let [func, iterable] = args.positional() else {
        return Err(rt.type_error(format_args!("filter expected 2 arguments, got {}", args.positional().len())));
    };
    let source = rt.iter(iterable)?;
    Ok(native::new(rt, in_runtime(rt, cls), Filter { func: func.clone(), source }))
}

fn filter_next(rt: &Rt, self_: &Obj) -> R<Option<Obj>> {
    let it = native::expect::<Filter>(self_);
    let by_truth = it.func.is_none() || it.func.word() == rt.core_type(crate::object::types::core_type::BOOL).word();
    while let Some(value) = rt.next(&it.source)? {
        let keep = if by_truth {
            rt.truth(&value)?
        } else {
            let answer = rt.call(&it.func, std::slice::from_ref(&value))?;
            rt.truth(&answer)?
        };
        if keep {
            return Ok(Some(value));
        }
    }
    Ok(None)
}

/// The callable, empty once done, and the sentinel.
struct CallableIter {
    callable: ObjCell,
    sentinel: Obj,
}

impl Payload for CallableIter {
    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        self.callable.traverse(visit);
        visit(&self.sentinel);
    }
}

/// The type `callable_iterator`.
pub static CALLABLE_ITERATOR: TypeSpec = TypeSpec {
    slots: Slots { iter: Some(iter_self), next: Some(callable_next), ..Slots::EMPTY },
    ..TypeSpec::native("callable_iterator", CallableIter::VTABLE)
};

/// `iter(callable, sentinel)`.
pub fn callable_iterator(rt: &Rt, callable: &Obj, sentinel: &Obj) -> Obj {
    let it = CallableIter { callable: ObjCell::new(Some(callable.clone())), sentinel: sentinel.clone() };
    native::new(rt, rt.spec_type(&CALLABLE_ITERATOR), it)
}

fn callable_next(rt: &Rt, self_: &Obj) -> R<Option<Obj>> {
    let it = native::expect::<CallableIter>(self_);
    let Some(callable) = it.callable.get() else { return Ok(None) };
    match rt.call(&callable, &[]) {
        Ok(value) if rt.equal(&it.sentinel, &value)? => {
            it.callable.set(None);
            Ok(None)
        }
        Ok(value) => Ok(Some(value)),
        Err(raised) => {
            if rt.exception_is(&exception::STOP_ITERATION) {
                rt.clear_exception();
                it.callable.set(None);
                return Ok(None);
            }
            Err(raised)
        }
    }
}
