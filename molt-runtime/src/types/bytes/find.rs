//! Searching methods of `bytes`.

use super::{argument, byte, data, exact, new, receiver};
use crate::object::tuple;
use crate::ops::call::Args;
use crate::runtime::{R, Rt};
use crate::types::str::sub_and_range;
use crate::types::text::{TextBuf, search, units};
use crate::value::Obj;
use std::borrow::Cow;

/// What to look for: bytes, or one byte given as an int.
fn needle<'a>(rt: &Rt, arg: &'a Obj) -> R<Cow<'a, [u8]>> {
    if let Some(data) = data(arg) {
        return Ok(Cow::Borrowed(data));
    }
    match rt.index_opt(arg)? {
        Some(n) => Ok(Cow::Owned(vec![byte(rt, &n, "byte")?])),
        None => Err(
            rt.type_error(format_args!("argument should be integer or bytes-like object, not '{}'", rt.type_name(arg)))
        ),
    }
}

type Search = fn(&[u8], &[u8]) -> Option<usize>;

fn locate(rt: &Rt, a: &Obj, args: Args, name: &str, search: Search) -> R<Option<usize>> {
    let data = receiver(a);
    let (sub, range) = sub_and_range(rt, name, data.len(), args)?;
    let sub = needle(rt, sub)?;
    Ok(range.and_then(|r| search(&data[r.clone()], &sub).map(|at| at + r.start)))
}

fn or_minus_one(rt: &Rt, found: Option<usize>) -> R {
    Ok(rt.int(found.map_or(-1, |at| at as i64)))
}

fn or_error(rt: &Rt, found: Option<usize>) -> R {
    match found {
        Some(at) => Ok(rt.int(at as i64)),
        None => Err(rt.value_error(format_args!("subsection not found"))),
    }
}

pub fn find(rt: &Rt, a: &Obj, args: Args) -> R {
    or_minus_one(rt, locate(rt, a, args, "find", search::bytes_find)?)
}

pub fn rfind(rt: &Rt, a: &Obj, args: Args) -> R {
    or_minus_one(rt, locate(rt, a, args, "rfind", search::bytes_rfind)?)
}

pub fn index(rt: &Rt, a: &Obj, args: Args) -> R {
    or_error(rt, locate(rt, a, args, "index", search::bytes_find)?)
}

pub fn rindex(rt: &Rt, a: &Obj, args: Args) -> R {
    or_error(rt, locate(rt, a, args, "rindex", search::bytes_rfind)?)
}

pub fn count(rt: &Rt, a: &Obj, args: Args) -> R {
    let data = receiver(a);
    let (sub, range) = sub_and_range(rt, "count", data.len(), args)?;
    let sub = needle(rt, sub)?;
    Ok(rt.int(range.map_or(0, |r| search::bytes_count(&data[r], &sub) as i64)))
}

fn affix(rt: &Rt, a: &Obj, args: Args, name: &str, stands: fn(&[u8], &[u8]) -> bool) -> R {
    let whole = receiver(a);
    let (sub, range) = sub_and_range(rt, name, whole.len(), args)?;
    let holds = |sub: &[u8]| range.clone().is_some_and(|r| stands(&whole[r], sub));
    if let Some(sub) = data(sub) {
        return Ok(Obj::bool(holds(sub)));
    }
    let Some(choices) = tuple::items(sub) else {
        return Err(rt.type_error(format_args!(
            "{name} first arg must be bytes or a tuple of bytes, not {}",
            rt.type_name(sub)
        )));
    };
    for choice in choices {
        if holds(argument(rt, choice)?) {
            return Ok(Obj::bool(true));
        }
    }
    Ok(Obj::bool(false))
}

pub fn startswith(rt: &Rt, a: &Obj, args: Args) -> R {
    affix(rt, a, args, "startswith", |data, sub| data.starts_with(sub))
}

pub fn endswith(rt: &Rt, a: &Obj, args: Args) -> R {
    affix(rt, a, args, "endswith", |data, sub| data.ends_with(sub))
}

pub fn removeprefix(rt: &Rt, a: &Obj, prefix: &Obj) -> R {
    match receiver(a).strip_prefix(argument(rt, prefix)?) {
        Some(rest) => Ok(new(rt, rest)),
        None => Ok(exact(rt, a)),
    }
}

pub fn removesuffix(rt: &Rt, a: &Obj, suffix: &Obj) -> R {
    match receiver(a).strip_suffix(argument(rt, suffix)?) {
        Some(rest) => Ok(new(rt, rest)),
        None => Ok(exact(rt, a)),
    }
}

pub fn replace(rt: &Rt, a: &Obj, args: &[Obj]) -> R {
    let old = argument(rt, &args[0])?;
    let with = argument(rt, &args[1])?;
    let count = args.get(2).map_or(Ok(-1), |n| rt.index_i64(n))?;
    let most = usize::try_from(count).unwrap_or(usize::MAX);
    let fits = |len: usize| len < (64 << 20) || rt.check_size(len).is_ok();
    match search::replace(units::one(receiver(a)), units::one(old), units::one(with), most, fits) {
        None => Ok(exact(rt, a)),
        Some(Ok(buf)) => Ok(new(rt, &narrow(buf))),
        Some(Err(())) => Err(rt.raise_with(&crate::types::exception::MEMORY_ERROR, Vec::new())),
    }
}

/// The bytes of a text whose code points are all below 256.
fn narrow(mut buf: TextBuf) -> Vec<u8> {
    match buf.view() {
        units::Text::Ascii(data) | units::Text::Latin1(data) => data.to_vec(),
        wide => wide.iter().map(|cp| cp as u8).collect(),
    }
}
