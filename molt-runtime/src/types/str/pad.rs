//! Padding methods of `str`.

use super::{exact, no_memory, view};
use crate::object::str;
use crate::runtime::{R, Rt};
use crate::types::text::TextBuf;
use crate::value::Obj;

fn fill_character(rt: &Rt, arg: Option<&Obj>) -> R<u32> {
    let Some(arg) = arg else { return Ok(u32::from(' ')) };
    match str::get(arg).map(|s| s.view()) {
        Some(text) if text.len() == 1 => Ok(text.at(0)),
        Some(_) => Err(rt.type_error(format_args!("The fill character must be exactly one character long"))),
        None => {
            Err(rt
                .type_error(format_args!("The fill character must be a unicode character, not {}", rt.type_name(arg))))
        }
    }
}

/// Pads to the width; `before` says how many of the missing characters go in front.
fn padded(rt: &Rt, a: &Obj, width: i64, fill: u32, before: impl Fn(usize, usize) -> usize) -> R {
    let text = view(a);
    let width = usize::try_from(width).unwrap_or(0);
    let missing = width.saturating_sub(text.len());
    if missing == 0 {
        return Ok(exact(rt, a));
    }
    let Some(bytes) = width.checked_mul(4) else { return Err(no_memory(rt)) };
    rt.check_size(bytes)?;
    let left = before(missing, width);
    let mut out = TextBuf::with_capacity(width);
    out.push_repeated(fill, left);
    out.push_text(text);
    out.push_repeated(fill, missing - left);
    Ok(str::from_buf(rt, out))
}

fn pad(rt: &Rt, a: &Obj, args: &[Obj], before: impl Fn(usize, usize) -> usize) -> R {
    let width = rt.index_i64(&args[0])?;
    let fill = fill_character(rt, args.get(1))?;
    padded(rt, a, width, fill, before)
}

pub fn ljust(rt: &Rt, a: &Obj, args: &[Obj]) -> R {
    pad(rt, a, args, |_, _| 0)
}

pub fn rjust(rt: &Rt, a: &Obj, args: &[Obj]) -> R {
    pad(rt, a, args, |missing, _| missing)
}

/// An odd number of missing characters leaves the extra one on the left when the width is odd.
pub fn center(rt: &Rt, a: &Obj, args: &[Obj]) -> R {
    pad(rt, a, args, |missing, width| missing / 2 + (missing & width & 1))
}

pub fn zfill(rt: &Rt, a: &Obj, width: &Obj) -> R {
    let width = rt.index_i64(width)?;
    let text = view(a);
    let signed = !text.is_empty() && matches!(text.at(0), 0x2B | 0x2D);
    if !signed || width <= text.len() as i64 {
        return padded(rt, a, width, u32::from('0'), |missing, _| missing);
    }
    let Some(bytes) = usize::try_from(width).ok().and_then(|w| w.checked_mul(4)) else { return Err(no_memory(rt)) };
    rt.check_size(bytes)?;
    let mut out = TextBuf::with_capacity(width as usize);
    out.push(text.at(0));
    out.push_repeated(u32::from('0'), width as usize - text.len());
    out.push_text(text.slice(1..text.len()));
    Ok(str::from_buf(rt, out))
}

pub fn expandtabs(rt: &Rt, a: &Obj, args: &[Option<&Obj>]) -> R {
    let size = args[0].map_or(Ok(8), |n| rt.index_i32(n))?;
    let size = usize::try_from(size).unwrap_or(0);
    let text = view(a);
    let tabs = text.iter().filter(|&cp| cp == 9).count();
    if tabs == 0 {
        return Ok(exact(rt, a));
    }
    match tabs.checked_mul(size).and_then(|n| n.checked_add(text.len())).and_then(|n| n.checked_mul(4)) {
        Some(bytes) => rt.check_size(bytes)?,
        None => return Err(rt.overflow_error(format_args!("new string is too long"))),
    }
    let mut out = TextBuf::with_capacity(text.len() + tabs * size.min(8));
    let mut column = 0;
    for cp in text.iter() {
        match cp {
            9 => {
                let spaces = if size == 0 { 0 } else { size - column % size };
                out.push_repeated(u32::from(' '), spaces);
                column += spaces;
            }
            _ => {
                column = if cp == 10 || cp == 13 { 0 } else { column + 1 };
                out.push(cp);
            }
        }
    }
    Ok(str::from_buf(rt, out))
}
