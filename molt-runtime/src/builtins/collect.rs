//! Builtin functions over iterables: `len`, `sorted`, `min`, `max`, `sum`, `any`, `all`, `iter`, `next`.

use crate::object::{int, list, str};
use crate::ops::call::Args;
use crate::ops::operators::BinOp;
use crate::runtime::{R, Rt};
use crate::types::exception;
use crate::types::lazy;
use crate::types::list::sort_values;
use crate::types::spec::CmpOp;
use crate::value::Obj;
use molt_abi::layout::Kind;

/// `len(obj)`
pub fn len(rt: &Rt, _: &Obj, obj: &Obj) -> R {
    Ok(rt.int(rt.len(obj)? as i64))
}

/// `all(iterable)`
pub fn all(rt: &Rt, _: &Obj, iterable: &Obj) -> R {
    let iterator = rt.iter(iterable)?;
    while let Some(item) = rt.next(&iterator)? {
        if !rt.truth(&item)? {
            return Ok(Obj::bool(false));
        }
    }
    Ok(Obj::bool(true))
}

/// `any(iterable)`
pub fn any(rt: &Rt, _: &Obj, iterable: &Obj) -> R {
    let iterator = rt.iter(iterable)?;
    while let Some(item) = rt.next(&iterator)? {
        if rt.truth(&item)? {
            return Ok(Obj::bool(true));
        }
    }
    Ok(Obj::bool(false))
}

/// `iter(obj)`, `iter(callable, sentinel)`
pub fn iter(rt: &Rt, _: &Obj, args: &[Obj]) -> R {
    match args {
        [callable, sentinel] => {
            if rt.type_of(callable).slots.call.get().is_none() {
                return Err(rt.type_error(format_args!("iter(object, sentinel): object must be callable")));
            }
            Ok(lazy::callable_iterator(rt, callable, sentinel))
        }
        _ => rt.iter(&args[0]),
    }
}

/// `anext(iterator[, default])`
pub fn anext(rt: &Rt, _: &Obj, args: &[Obj]) -> R {
    let awaitable = rt.anext(&args[0])?;
    Ok(match args.get(1) {
        Some(default) => crate::types::anext::new(rt, awaitable, default),
        None => awaitable,
    })
}

/// `next(iterator[, default])`
pub fn next(rt: &Rt, _: &Obj, args: &[Obj]) -> R {
    rt.ctx().stop_value.set(None);
    match (rt.next(&args[0]), args.get(1)) {
        (Ok(Some(value)), _) => Ok(value),
        (Ok(None), Some(default)) => Ok(default.clone()),
        (Ok(None), None) => Err(rt.stop_iteration()),
        (Err(_), Some(default)) if rt.exception_is(&exception::STOP_ITERATION) => {
            rt.clear_exception();
            Ok(default.clone())
        }
        (Err(raised), _) => Err(raised),
    }
}

/// `sorted(iterable, *, key=None, reverse=False)`
pub fn sorted(rt: &Rt, _: &Obj, args: Args<'_>) -> R {
    let [iterable] = args.positional() else {
        return Err(rt.type_error(format_args!("sorted expected 1 argument, got {}", args.positional().len())));
    };
    let (mut key, mut reverse) = (None, false);
    for (name, value) in args.keywords() {
        match str::to_string(name).as_str() {
            "key" => key = Some(value).filter(|k| !k.is_none()),
            "reverse" => reverse = rt.truth(value)?,
            other => {
                return Err(rt.type_error(format_args!("'{other}' is an invalid keyword argument for sort()")));
            }
        }
    }
    let mut items = rt.collect(iterable)?;
    sort_values(rt, &mut items, key, reverse)?;
    Ok(list::new(rt, items))
}

/// `min(iterable, *[, key, default])`, `min(a, b, …)`
pub fn min(rt: &Rt, _: &Obj, args: Args<'_>) -> R {
    extreme(rt, args, "min", CmpOp::Lt)
}

/// `max(iterable, *[, key, default])`, `max(a, b, …)`
pub fn max(rt: &Rt, _: &Obj, args: Args<'_>) -> R {
    extreme(rt, args, "max", CmpOp::Gt)
}

fn extreme(rt: &Rt, args: Args<'_>, name: &str, op: CmpOp) -> R {
    let given = args.positional();
    if given.is_empty() {
        return Err(rt.type_error(format_args!("{name} expected at least 1 argument, got 0")));
    }
    let (mut key, mut default) = (None, None);
    for (keyword, value) in args.keywords() {
        match str::to_string(keyword).as_str() {
            "key" => key = Some(value).filter(|k| !k.is_none()),
            "default" => default = Some(value.clone()),
            other => {
                return Err(rt.type_error(format_args!("'{other}' is an invalid keyword argument for {name}()")));
            }
        }
    }
    // The best so far, with its key.
    let mut best: Option<(Obj, Obj)> = None;
    let consider = |item: Obj| {
        let rank = match key {
            Some(key) => rt.call(key, std::slice::from_ref(&item))?,
            None => item.clone(),
        };
        let better = match &best {
            Some((_, top)) => rt.compare_true(&rank, top, op)?,
            None => true,
        };
        if better {
            best = Some((item, rank));
        }
        Ok(())
    };
    if let [iterable] = given {
        rt.for_each(iterable, consider)?;
    } else {
        if default.is_some() {
            return Err(
                rt.type_error(format_args!("Cannot specify a default for {name}() with multiple positional arguments"))
            );
        }
        given.iter().cloned().try_for_each(consider)?;
    }
    match best.map(|(item, _)| item).or(default) {
        Some(item) => Ok(item),
        None => Err(rt.value_error(format_args!("{name}() iterable argument is empty"))),
    }
}

/// A sum in progress: machine ints, then floats with the lost low parts apart, then anything.
enum Sum {
    Int(i64),
    Float(f64, f64),
    Any(Obj),
}

/// What compensation has gathered joins the sum, unless that would make an infinite sum a NaN.
fn settled(sum: f64, low: f64) -> f64 {
    if low != 0.0 && low.is_finite() { sum + low } else { sum }
}

/// `sum(iterable, /, start=0)`
///
/// Floats are summed as CPython 3.12 does, with Neumaier's compensation.
pub fn sum(rt: &Rt, _: &Obj, args: &[Option<&Obj>]) -> R {
    let (Some(iterable), start) = (args[0], args[1]) else { return Ok(rt.int(0)) };
    let mut sum = match start {
        None => Sum::Int(0),
        Some(s) => {
            for (kind, words) in [
                (Kind::Str, "sum() can't sum strings [use ''.join(seq) instead]"),
                (Kind::Bytes, "sum() can't sum bytes [use b''.join(seq) instead]"),
                (Kind::ByteArray, "sum() can't sum bytearray [use b''.join(seq) instead]"),
            ] {
                if s.is_kind(kind) {
                    return Err(rt.type_error(format_args!("{words}")));
                }
            }
            match (s.as_small_int(), s.as_float()) {
                (Some(n), _) => Sum::Int(n),
                (_, Some(x)) => Sum::Float(x, 0.0),
                _ => Sum::Any(s.clone()),
            }
        }
    };
    rt.for_each(iterable, |item| {
        let any = match &mut sum {
            Sum::Int(total) => {
                let n = item.as_small_int().or_else(|| item.as_bool().map(i64::from));
                if let Some(next) = n.and_then(|n| total.checked_add(n)) {
                    *total = next;
                    return Ok(());
                }
                // The first value that is no machine int is added as `+` does; a float result starts the float sum.
                let next = rt.binary(BinOp::Add, &rt.int(*total), &item)?;
                sum = next.as_float().map_or(Sum::Any(next), |x| Sum::Float(x, 0.0));
                return Ok(());
            }
            Sum::Float(total, low) => {
                if let Some(x) = item.as_float() {
                    add_float(total, low, x);
                    return Ok(());
                }
                let n = if item.is_kind(Kind::Int) || item.as_bool().is_some() || item.as_small_int().is_some() {
                    int::value(&item).and_then(|n| n.to_i64())
                } else {
                    None
                };
                if let Some(n) = n {
                    *total += n as f64;
                    return Ok(());
                }
                Obj::float(settled(*total, *low))
            }
            Sum::Any(total) => total.clone(),
        };
        sum = Sum::Any(rt.binary(BinOp::Add, &any, &item)?);
        Ok(())
    })?;
    Ok(match sum {
        Sum::Int(n) => rt.int(n),
        Sum::Float(x, low) => Obj::float(settled(x, low)),
        Sum::Any(obj) => obj,
    })
}

fn add_float(total: &mut f64, low: &mut f64, x: f64) {
    let next = *total + x;
    if total.abs() >= x.abs() {
        *low += (*total - next) + x;
    } else {
        *low += (x - next) + *total;
    }
    *total = next;
}
