//! Searching methods of `str`.

use super::{argument, exact, needle, no_memory, part, view};
use crate::object::{str, tuple};
use crate::ops::call::Args;
use crate::ops::native_call::plural;
use crate::runtime::{R, Rt};
use crate::types::text::{Text, search};
use crate::value::Obj;
use std::ops::Range;

/// The arguments `(sub[, start[, end]])`: the first, and the range; nothing for a range that starts behind the end.
pub fn sub_and_range<'a>(rt: &Rt, name: &str, len: usize, args: Args<'a>) -> R<(&'a Obj, Option<Range<usize>>)> {
    if args.has_keywords() {
        return Err(rt.type_error(format_args!("{name}() takes no keyword arguments")));
    }
    let given = args.positional();
    let (bound, n) = match given.len() {
        1..=3 => return Ok((&given[0], range(rt, len, given.get(1), given.get(2))?)),
        0 => ("at least", 1),
        _ => ("at most", 3),
    };
    Err(rt.type_error(format_args!("{name}() takes {bound} {n} argument{} ({} given)", plural(n), given.len())))
}

fn bound(rt: &Rt, arg: Option<&Obj>, len: usize, default: usize) -> R<usize> {
    let Some(arg) = arg.filter(|a| !a.is_none()) else { return Ok(default) };
    if !rt.has_index(arg) {
        return Err(rt.type_error(format_args!("slice indices must be integers or None or have an __index__ method")));
    }
    let n = rt.index_saturated(arg)?;
    Ok(if n < 0 { n.saturating_add(len as i64).max(0) as usize } else { n as usize })
}

fn range(rt: &Rt, len: usize, start: Option<&Obj>, end: Option<&Obj>) -> R<Option<Range<usize>>> {
    let start = bound(rt, start, len, 0)?;
    let end = bound(rt, end, len, len)?.min(len);
    Ok((start <= end).then_some(start..end))
}

fn locate(rt: &Rt, a: &Obj, args: Args, name: &str, search: fn(Text, Text) -> Option<usize>) -> R<Option<usize>> {
    let text = view(a);
    let (sub, range) = sub_and_range(rt, name, text.len(), args)?;
    let sub = needle(rt, sub)?;
    Ok(range.and_then(|r| search(text.slice(r.clone()), sub).map(|at| at + r.start)))
}

fn or_minus_one(rt: &Rt, found: Option<usize>) -> R {
    Ok(rt.int(found.map_or(-1, |at| at as i64)))
}

fn or_error(rt: &Rt, found: Option<usize>) -> R {
    match found {
        Some(at) => Ok(rt.int(at as i64)),
        None => Err(rt.value_error(format_args!("substring not found"))),
    }
}

pub fn find(rt: &Rt, a: &Obj, args: Args) -> R {
    or_minus_one(rt, locate(rt, a, args, "find", search::find)?)
}

pub fn rfind(rt: &Rt, a: &Obj, args: Args) -> R {
    or_minus_one(rt, locate(rt, a, args, "rfind", search::rfind)?)
}

pub fn index(rt: &Rt, a: &Obj, args: Args) -> R {
    or_error(rt, locate(rt, a, args, "index", search::find)?)
}

pub fn rindex(rt: &Rt, a: &Obj, args: Args) -> R {
    or_error(rt, locate(rt, a, args, "rindex", search::rfind)?)
}

pub fn count(rt: &Rt, a: &Obj, args: Args) -> R {
    let text = view(a);
    let (sub, range) = sub_and_range(rt, "count", text.len(), args)?;
    let sub = needle(rt, sub)?;
    Ok(rt.int(range.map_or(0, |r| search::count(text.slice(r), sub) as i64)))
}

fn affix(rt: &Rt, a: &Obj, args: Args, name: &str, stands: fn(Text, Text) -> bool) -> R {
    let text = view(a);
    let (sub, range) = sub_and_range(rt, name, text.len(), args)?;
    let holds = |sub: Text| range.clone().is_some_and(|r| stands(text.slice(r), sub));
    if let Some(sub) = str::get(sub) {
        return Ok(Obj::bool(holds(sub.view())));
    }
    let Some(choices) = tuple::items(sub) else {
        return Err(
            rt.type_error(format_args!("{name} first arg must be str or a tuple of str, not {}", rt.type_name(sub)))
        );
    };
    for choice in choices {
        let Some(choice) = str::get(choice) else {
            return Err(
                rt.type_error(format_args!("tuple for {name} must only contain str, not {}", rt.type_name(choice)))
            );
        };
        if holds(choice.view()) {
            return Ok(Obj::bool(true));
        }
    }
    Ok(Obj::bool(false))
}

fn starts(text: Text, prefix: Text) -> bool {
    search::stands_at(text, 0, prefix)
}

fn ends(text: Text, suffix: Text) -> bool {
    text.len().checked_sub(suffix.len()).is_some_and(|at| search::stands_at(text, at, suffix))
}

pub fn startswith(rt: &Rt, a: &Obj, args: Args) -> R {
    affix(rt, a, args, "startswith", starts)
}

pub fn endswith(rt: &Rt, a: &Obj, args: Args) -> R {
    affix(rt, a, args, "endswith", ends)
}

pub fn removeprefix(rt: &Rt, a: &Obj, prefix: &Obj) -> R {
    let prefix = argument(rt, "removeprefix() argument", prefix)?;
    let text = view(a);
    let start = if starts(text, prefix) { prefix.len() } else { 0 };
    Ok(part(rt, a, start..text.len()))
}

pub fn removesuffix(rt: &Rt, a: &Obj, suffix: &Obj) -> R {
    let suffix = argument(rt, "removesuffix() argument", suffix)?;
    let text = view(a);
    let end = text.len() - if ends(text, suffix) { suffix.len() } else { 0 };
    Ok(part(rt, a, 0..end))
}

pub fn replace(rt: &Rt, a: &Obj, args: &[Obj]) -> R {
    let old = argument(rt, "replace() argument 1", &args[0])?;
    let new = argument(rt, "replace() argument 2", &args[1])?;
    let count = args.get(2).map_or(Ok(-1), |n| rt.index_i64(n))?;
    let most = usize::try_from(count).unwrap_or(usize::MAX);
    let text = view(a);
    let width = text.width().max(new.width());
    let fits = |len: usize| len < (16 << 20) || len.checked_mul(width).is_some_and(|n| rt.check_size(n).is_ok());
    if old.is_empty() {
        return match search::replace(text, old, new, most, fits) {
            None => Ok(exact(rt, a)),
            Some(Ok(buf)) => Ok(str::from_buf(rt, buf)),
            Some(Err(())) => Err(no_memory(rt)),
        };
    }
    let places = search::positions(text, old, most);
    if places.is_empty() {
        return Ok(exact(rt, a));
    }
    let kept = text.len() - places.len() * old.len();
    if !places.len().checked_mul(new.len()).and_then(|n| n.checked_add(kept)).is_some_and(fits) {
        return Err(no_memory(rt));
    }
    // Between two occurrences of `old` stands what is kept: one copy, straight into the new string.
    let parts = (0..=places.len()).flat_map(|n| {
        let start = if n == 0 { 0 } else { places[n - 1] + old.len() };
        let end = places.get(n).copied().unwrap_or(text.len());
        [text.slice(start..end), if n < places.len() { new } else { Text::EMPTY }]
    });
    Ok(str::from_parts(rt, parts))
}
