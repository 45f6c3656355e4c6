//! Decoding, hexadecimal, case and translation of `bytes`.

use super::{argument, new, receiver};
use crate::object::str;
use crate::object::types::as_type;
use crate::runtime::{R, Rt};
use crate::types::str as text_type;
use crate::types::text::chars;
use crate::value::Obj;
use molt_abi::layout::Kind;

pub fn decode(rt: &Rt, a: &Obj, args: &[Option<&Obj>]) -> R {
    let encoding = text_type::name_argument(rt, "decode() argument 'encoding'", args[0])?;
    let errors = text_type::name_argument(rt, "decode() argument 'errors'", args[1])?;
    text_type::decode(rt, receiver(a), encoding.as_deref(), errors.as_deref())
}

fn in_place(rt: &Rt, a: &Obj, change: fn(&mut [u8])) -> R {
    let mut copy = receiver(a).to_vec();
    change(&mut copy);
    Ok(new(rt, &copy))
}

pub fn capitalize(rt: &Rt, a: &Obj) -> R {
    in_place(rt, a, text_type::capitalize_ascii)
}

pub fn title(rt: &Rt, a: &Obj) -> R {
    in_place(rt, a, text_type::title_ascii)
}

pub fn swapcase(rt: &Rt, a: &Obj) -> R {
    in_place(rt, a, text_type::swapcase_ascii)
}

pub fn istitle(_: &Rt, a: &Obj) -> R {
    let (mut found, mut previous) = (false, false);
    for b in receiver(a) {
        if b.is_ascii_uppercase() && previous || b.is_ascii_lowercase() && !previous {
            return Ok(Obj::bool(false));
        }
        previous = b.is_ascii_alphabetic();
        found |= previous;
    }
    Ok(Obj::bool(found))
}

pub fn hex(rt: &Rt, a: &Obj, args: &[Option<&Obj>]) -> R {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let whole = receiver(a);
    let sep = match args[0] {
        None => None,
        Some(sep) => {
            let found = match str::get(sep).map(|s| s.view()) {
                Some(text) if text.len() == 1 => text.at(0),
                None if sep.is_kind(Kind::Bytes) && receiver(sep).len() == 1 => u32::from(receiver(sep)[0]),
                Some(_) => return Err(rt.value_error(format_args!("sep must be length 1."))),
                None if sep.is_kind(Kind::Bytes) => {
                    return Err(rt.value_error(format_args!("sep must be length 1.")));
                }
                None => {
                    rt.len(sep)?;
                    return Err(rt.type_error(format_args!("sep must be str or bytes.")));
                }
            };
            if found >= 128 {
                return Err(rt.value_error(format_args!("sep must be ASCII.")));
            }
            Some(found as u8)
        }
    };
    let every = args[1].map_or(Ok(1), |n| rt.index_i32(n))?;
    let group = every.unsigned_abs() as usize;
    let mut out = Vec::with_capacity(whole.len() * 3);
    for (n, &b) in whole.iter().enumerate() {
        if let Some(sep) = sep
            && n > 0
            && group > 0
        {
            // Groups count from the right unless the size is negative.
            let at_edge = if every > 0 { (whole.len() - n).is_multiple_of(group) } else { n.is_multiple_of(group) };
            if at_edge {
                out.push(sep);
            }
        }
        out.push(DIGITS[usize::from(b >> 4)]);
        out.push(DIGITS[usize::from(b & 15)]);
    }
    Ok(str::from_latin1(rt, &out))
}

pub fn fromhex(rt: &Rt, cls: &Obj, text: &Obj) -> R {
    let Some(s) = str::get(text) else {
        return Err(rt.type_error(format_args!("fromhex() argument must be str, not {}", rt.type_name(text))));
    };
    let text = s.view();
    let mut out = Vec::with_capacity(text.len() / 2);
    let digit =
        |at: usize| (at < text.len()).then(|| text.at(at)).and_then(char::from_u32).and_then(|c| c.to_digit(16));
    let mut at = 0;
    while at < text.len() {
        let cp = text.at(at);
        if cp < 128 && chars::ASCII_SPACE[cp as usize] && !(0x1C..=0x1F).contains(&cp) {
            at += 1;
            continue;
        }
        let (high, low) = (digit(at), digit(at + 1));
        let (Some(high), Some(low)) = (high, low) else {
            let position = if high.is_some() { at + 1 } else { at };
            return Err(
                rt.value_error(format_args!("non-hexadecimal number found in fromhex() arg at position {position}"))
            );
        };
        out.push((high << 4 | low) as u8);
        at += 2;
    }
    let made = new(rt, &out);
    match as_type(cls) {
        Some(ty) if !ty.is(rt.kind_type(Kind::Bytes)) => rt.call(cls, &[made]),
        _ => Ok(made),
    }
}

pub fn maketrans(rt: &Rt, _: &Obj, args: &[Obj]) -> R {
    let (from, to) = (argument(rt, &args[0])?, argument(rt, &args[1])?);
    if from.len() != to.len() {
        return Err(rt.value_error(format_args!("maketrans arguments must have same length")));
    }
    let mut table: [u8; 256] = std::array::from_fn(|n| n as u8);
    for (&from, &to) in from.iter().zip(to) {
        table[usize::from(from)] = to;
    }
    Ok(new(rt, &table))
}

pub fn translate(rt: &Rt, a: &Obj, args: &[Option<&Obj>]) -> R {
    let table = match args[0].filter(|table| !table.is_none()) {
        None => None,
        Some(table) => {
            let table = argument(rt, table)?;
            if table.len() != 256 {
                return Err(rt.value_error(format_args!("translation table must be 256 characters long")));
            }
            Some(table)
        }
    };
    let delete = args[1].map_or(Ok(&b""[..]), |d| argument(rt, d))?;
    let kept = receiver(a).iter().filter(|b| !delete.contains(b));
    let mapped: Vec<u8> = match table {
        Some(table) => kept.map(|&b| table[usize::from(b)]).collect(),
        None => kept.copied().collect(),
    };
    Ok(new(rt, &mapped))
}
