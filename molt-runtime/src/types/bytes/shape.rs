//! Splitting, stripping, padding and joining of `bytes`.

use super::{argument, data, exact, is_space, new, receiver};
use crate::object::list;
use crate::runtime::{R, Rt};
use crate::types::text::split::{self, Ends};
use crate::types::text::{search, units};
use crate::value::Obj;
use std::ops::Range;

fn pieces(rt: &Rt, a: &Obj, ranges: Vec<Range<usize>>) -> Obj {
    let whole = receiver(a);
    let piece = |r: Range<usize>| if r.len() == whole.len() { exact(rt, a) } else { new(rt, &whole[r]) };
    list::new(rt, ranges.into_iter().map(piece).collect())
}

fn split_by(rt: &Rt, a: &Obj, args: &[Option<&Obj>], from_right: bool) -> R {
    let most = args[1].map_or(Ok(-1), |n| rt.index_i64(n))?;
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let whole = receiver(a);
    let ranges = match args[0].filter(|sep| !sep.is_none()) {
        None if from_right => split::rwhitespace_units(whole, most, |b| is_space(&b)),
        None => split::whitespace_units(whole, most, |b| is_space(&b)),
        Some(sep) => {
            let sep = argument(rt, sep)?;
            if sep.is_empty() {
                return Err(rt.value_error(format_args!("empty separator")));
            }
            let (text, sep) = (units::one(whole), units::one(sep));
            if from_right { split::rseparator(text, sep, most) } else { split::separator(text, sep, most) }
        }
    };
    Ok(pieces(rt, a, ranges))
}

pub fn split(rt: &Rt, a: &Obj, args: &[Option<&Obj>]) -> R {
    split_by(rt, a, args, false)
}

pub fn rsplit(rt: &Rt, a: &Obj, args: &[Option<&Obj>]) -> R {
    split_by(rt, a, args, true)
}

pub fn splitlines(rt: &Rt, a: &Obj, args: &[Option<&Obj>]) -> R {
    let keep = args[0].map_or(Ok(false), |k| rt.truth(k))?;
    let ranges = split::line_units(receiver(a), keep, u32::from, |cp| cp == 10 || cp == 13);
    Ok(pieces(rt, a, ranges))
}

fn partition_at(rt: &Rt, a: &Obj, sep: &Obj, find: fn(&[u8], &[u8]) -> Option<usize>, whole_last: bool) -> R {
    let (whole, width) = (receiver(a), argument(rt, sep)?);
    if width.is_empty() {
        return Err(rt.value_error(format_args!("empty separator")));
    }
    let empty = || new(rt, b"");
    Ok(rt.tuple(match find(whole, width) {
        Some(at) => vec![new(rt, &whole[..at]), exact(rt, sep), new(rt, &whole[at + width.len()..])],
        None if whole_last => vec![empty(), empty(), exact(rt, a)],
        None => vec![exact(rt, a), empty(), empty()],
    }))
}

pub fn partition(rt: &Rt, a: &Obj, sep: &Obj) -> R {
    partition_at(rt, a, sep, search::bytes_find, false)
}

pub fn rpartition(rt: &Rt, a: &Obj, sep: &Obj) -> R {
    partition_at(rt, a, sep, search::bytes_rfind, true)
}

fn strip_ends(rt: &Rt, a: &Obj, args: &[Obj], ends: Ends) -> R {
    let whole = receiver(a);
    let range = match args.first().filter(|set| !set.is_none()) {
        None => split::strip_units(whole, |b| is_space(&b), ends),
        Some(set) => {
            let set = argument(rt, set)?;
            split::strip_units(whole, |b| set.contains(&b), ends)
        }
    };
    Ok(if range.len() == whole.len() { exact(rt, a) } else { new(rt, &whole[range]) })
}

pub fn strip(rt: &Rt, a: &Obj, args: &[Obj]) -> R {
    strip_ends(rt, a, args, Ends::Both)
}

pub fn lstrip(rt: &Rt, a: &Obj, args: &[Obj]) -> R {
    strip_ends(rt, a, args, Ends::Left)
}

pub fn rstrip(rt: &Rt, a: &Obj, args: &[Obj]) -> R {
    strip_ends(rt, a, args, Ends::Right)
}

fn pad(rt: &Rt, a: &Obj, args: &[Obj], name: &str, before: impl Fn(usize, usize) -> usize) -> R {
    let width = usize::try_from(rt.index_i64(&args[0])?).unwrap_or(0);
    let fill = match args.get(1) {
        None => b' ',
        Some(fill) => match data(fill) {
            Some(&[fill]) => fill,
            _ => {
                return Err(rt.type_error(format_args!(
                    "{name}() argument 2 must be a byte string of length 1, not {}",
                    rt.type_name(fill)
                )));
            }
        },
    };
    let whole = receiver(a);
    let missing = width.saturating_sub(whole.len());
    if missing == 0 {
        return Ok(exact(rt, a));
    }
    rt.check_size(width)?;
    let left = before(missing, width);
    let mut out = vec![fill; width];
    out[left..left + whole.len()].copy_from_slice(whole);
    Ok(new(rt, &out))
}

pub fn center(rt: &Rt, a: &Obj, args: &[Obj]) -> R {
    pad(rt, a, args, "center", |missing, width| missing / 2 + (missing & width & 1))
}

pub fn ljust(rt: &Rt, a: &Obj, args: &[Obj]) -> R {
    pad(rt, a, args, "ljust", |_, _| 0)
}

pub fn rjust(rt: &Rt, a: &Obj, args: &[Obj]) -> R {
    pad(rt, a, args, "rjust", |missing, _| missing)
}

pub fn zfill(rt: &Rt, a: &Obj, width: &Obj) -> R {
    let width = usize::try_from(rt.index_i64(width)?).unwrap_or(0);
    let whole = receiver(a);
    if width <= whole.len() {
        return Ok(exact(rt, a));
    }
    rt.check_size(width)?;
    let (sign, digits) = match whole {
        [sign @ (b'+' | b'-'), rest @ ..] => (Some(*sign), rest),
        rest => (None, rest),
    };
    let mut out = vec![b'0'; width];
    out[width - digits.len()..].copy_from_slice(digits);
    if let Some(sign) = sign {
        out[0] = sign;
    }
    Ok(new(rt, &out))
}

pub fn expandtabs(rt: &Rt, a: &Obj, args: &[Option<&Obj>]) -> R {
    let size = args[0].map_or(Ok(8), |n| rt.index_i32(n))?;
    let size = usize::try_from(size).unwrap_or(0);
    let whole = receiver(a);
    let tabs = memchr::memchr_iter(b'\t', whole).count();
    rt.check_size(tabs.saturating_mul(size).saturating_add(whole.len()))?;
    let mut out = Vec::with_capacity(whole.len() + tabs * size.min(8));
    let mut column = 0;
    for &b in whole {
        if b == b'\t' {
            let spaces = if size == 0 { 0 } else { size - column % size };
            out.resize(out.len() + spaces, b' ');
            column += spaces;
        } else {
            column = if matches!(b, b'\n' | b'\r') { 0 } else { column + 1 };
            out.push(b);
        }
    }
    Ok(new(rt, &out))
}

pub fn join(rt: &Rt, a: &Obj, iterable: &Obj) -> R {
    let iterates = {
        let ty = rt.type_of(iterable);
        ty.slots.iter.get().is_some() || ty.slots.getitem.get().is_some()
    };
    if !iterates {
        return Err(rt.type_error(format_args!("can only join an iterable")));
    }
    let items = rt.collect(iterable)?;
    let mut parts = Vec::with_capacity(items.len());
    for (n, item) in items.iter().enumerate() {
        match data(item) {
            Some(part) => parts.push(part),
            None => {
                return Err(rt.type_error(format_args!(
                    "sequence item {n}: expected a bytes-like object, {} found",
                    rt.type_name(item)
                )));
            }
        }
    }
    Ok(new(rt, &parts.join(receiver(a))))
}
