//! `str.translate` and `str.maketrans`.

use super::{argument, exact, view};
use crate::object::{dict, int, str};
use crate::runtime::{R, Rt};
use crate::types::exception;
use crate::types::number::IntRef;
use crate::types::text::{Text, TextBuf};
use crate::value::Obj;
use molt_abi::layout::Kind;
use std::collections::HashMap;

/// What the table says of a code point.
#[derive(Clone)]
enum Image {
    Same,
    Gone,
    Point(u32),
    Text(Obj),
}

fn image(rt: &Rt, table: &Obj, cp: u32) -> R<Image> {
    let found = match rt.get_item(table, &rt.int(i64::from(cp))) {
        Ok(found) => found,
        Err(_) if rt.exception_is(&exception::LOOKUP_ERROR) => {
            rt.clear_exception();
            return Ok(Image::Same);
        }
        Err(raised) => return Err(raised),
    };
    if found.is_none() {
        return Ok(Image::Gone);
    }
    if let Some(n) = int::value(&found) {
        return match n {
            IntRef::Small(cp @ 0..=0x10_FFFF) => Ok(Image::Point(cp as u32)),
            _ => Err(rt.value_error(format_args!("character mapping must be in range(0x110000)"))),
        };
    }
    if found.is_kind(Kind::Str) {
        return Ok(Image::Text(found));
    }
    Err(rt.type_error(format_args!("character mapping must return integer, None or str")))
}

pub fn translate(rt: &Rt, a: &Obj, table: &Obj) -> R {
    let text = view(a);
    if text.is_empty() {
        return Ok(exact(rt, a));
    }
    let exact_dict = table.is_exact(Kind::Dict);
    // Looking a code point up twice in an exact dict gives the same answer and runs no Python code.
    let mut known: HashMap<u32, Image> = HashMap::new();
    let mut out = TextBuf::with_capacity(text.len());
    for cp in text.iter() {
        let image = match known.get(&cp) {
            Some(image) => image.clone(),
            None => {
                let image = image(rt, table, cp)?;
                if exact_dict {
                    known.insert(cp, image.clone());
                }
                image
            }
        };
        match image {
            Image::Same => out.push(cp),
            Image::Gone => {}
            Image::Point(to) => out.push(to),
            Image::Text(to) => out.push_text(view(&to)),
        }
    }
    Ok(str::from_buf(rt, out))
}

fn point(rt: &Rt, cp: u32) -> Obj {
    rt.int(i64::from(cp))
}

pub fn maketrans(rt: &Rt, _: &Obj, args: &[Obj]) -> R {
    let table = dict::new(rt);
    let [x, rest @ ..] = args else { return Ok(table) };
    let [y, gone @ ..] = rest else {
        if !x.is_exact(Kind::Dict) {
            return Err(rt.type_error(format_args!("if you give only one argument to maketrans it must be a dict")));
        }
        for (key, value) in dict::get(x).map(dict::DictObject::items).unwrap_or_default() {
            let key = match str::get(&key).map(|s| s.view()) {
                Some(text) if text.len() == 1 => point(rt, text.at(0)),
                Some(_) => {
                    return Err(rt.value_error(format_args!("string keys in translate table must be of length 1")));
                }
                None if int::value(&key).is_some() => key,
                None => {
                    return Err(rt.type_error(format_args!("keys in translate table must be strings or integers")));
                }
            };
            rt.set_item(&table, &key, &value)?;
        }
        return Ok(table);
    };
    let to = argument(rt, "maketrans() argument 2", y)?;
    let gone = gone.first().map_or(Ok(Text::EMPTY), |z| argument(rt, "maketrans() argument 3", z))?;
    let Some(from) = str::get(x).map(|s| s.view()) else {
        return Err(
            rt.type_error(format_args!("first maketrans argument must be a string if there is a second argument"))
        );
    };
    if from.len() != to.len() {
        return Err(rt.value_error(format_args!("the first two maketrans arguments must have equal length")));
    }
    for (from, to) in from.iter().zip(to.iter()) {
        rt.set_item(&table, &point(rt, from), &point(rt, to))?;
    }
    for cp in gone.iter() {
        rt.set_item(&table, &point(rt, cp), &Obj::none())?;
    }
    Ok(table)
}
