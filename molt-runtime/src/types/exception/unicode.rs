//! `UnicodeDecodeError`, `UnicodeEncodeError`, `UnicodeTranslateError`: five attributes and a text that quotes the culprit.

use super::base::{extra, init};
use crate::object::exception::ExceptionObject;
use crate::object::str as strings;
use crate::ops::call::Args;
use crate::ops::native_call::check_positional;
use crate::runtime::{R, Rt};
use crate::value::Obj;

fn init_fields(rt: &Rt, obj: &Obj, args: Args<'_>, name: &str, first: usize) -> R<()> {
    let count = 5 - first;
    check_positional(rt, name, args, count, count)?;
    init(rt, obj, args)?;
    for (n, value) in args.positional().iter().enumerate() {
        obj.expect::<ExceptionObject>().extra[first + n].set(Some(value.clone()));
    }
    Ok(())
}

pub(super) fn init_decode(rt: &Rt, obj: &Obj, args: Args<'_>) -> R<()> {
    init_fields(rt, obj, args, "UnicodeDecodeError", 0)
}

pub(super) fn init_encode(rt: &Rt, obj: &Obj, args: Args<'_>) -> R<()> {
    init_fields(rt, obj, args, "UnicodeEncodeError", 0)
}

pub(super) fn init_translate(rt: &Rt, obj: &Obj, args: Args<'_>) -> R<()> {
    init_fields(rt, obj, args, "UnicodeTranslateError", 1)
}

fn range(obj: &Obj) -> (i64, i64) {
    (extra(obj, 2).as_small_int().unwrap_or(0), extra(obj, 3).as_small_int().unwrap_or(0))
}

pub(super) fn str_of_decode(rt: &Rt, obj: &Obj) -> R {
    let (start, end) = range(obj);
    let (encoding, reason) = (rt.str_text(&extra(obj, 0))?, rt.str_text(&extra(obj, 4))?);
    if end == start + 1 {
        let byte = rt.get_item(&extra(obj, 1), &rt.int(start))?.as_small_int().unwrap_or(0);
        return Ok(rt.str(&format!("'{encoding}' codec can't decode byte 0x{byte:02x} in position {start}: {reason}")));
    }
    Ok(rt.str(&format!("'{encoding}' codec can't decode bytes in position {start}-{}: {reason}", end - 1)))
}

/// A code point as CPython quotes it.
fn quoted(obj: &Obj, at: i64) -> String {
    let object = extra(obj, 1);
    let point =
        strings::get(&object).filter(|s| (at as usize) < s.len()).map_or(0, |s| s.code_points().at(at as usize));
    match point {
        0..=0xFF => format!("\\x{point:02x}"),
        0x100..=0xFFFF => format!("\\u{point:04x}"),
        _ => format!("\\U{point:08x}"),
    }
}

pub(super) fn str_of_encode(rt: &Rt, obj: &Obj) -> R {
    let (start, end) = range(obj);
    let (encoding, reason) = (rt.str_text(&extra(obj, 0))?, rt.str_text(&extra(obj, 4))?);
    if end == start + 1 {
        let char = quoted(obj, start);
        return Ok(rt.str(&format!("'{encoding}' codec can't encode character '{char}' in position {start}: {reason}")));
    }
    Ok(rt.str(&format!("'{encoding}' codec can't encode characters in position {start}-{}: {reason}", end - 1)))
}

pub(super) fn str_of_translate(rt: &Rt, obj: &Obj) -> R {
    let (start, end) = range(obj);
    let reason = rt.str_text(&extra(obj, 4))?;
    if end == start + 1 {
        let char = quoted(obj, start);
        return Ok(rt.str(&format!("can't translate character '{char}' in position {start}: {reason}")));
    }
    Ok(rt.str(&format!("can't translate characters in position {start}-{}: {reason}", end - 1)))
}
