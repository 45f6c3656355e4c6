//! `str.join`.

use super::view;
use crate::object::str;
use crate::object::{list, tuple};
use crate::runtime::{R, Rt};
use crate::types::text::Text;
use crate::value::Obj;
use molt_abi::layout::Kind;

pub fn join(rt: &Rt, sep: &Obj, iterable: &Obj) -> R {
    if iterable.is_exact(Kind::Tuple) {
        return join_items(rt, view(sep), tuple::items(iterable).unwrap_or_default());
    }
    if iterable.is_exact(Kind::List)
        && let Some(items) = list::get(iterable)
    {
        let separator = view(sep).as_ascii();
        if let Some(joined) = separator.and_then(|s| items.peek(|items| str::join_ascii(rt, s, items))) {
            return Ok(joined);
        }
        return join_items(rt, view(sep), &items.snapshot());
    }
    let iterates = {
        let ty = rt.type_of(iterable);
        ty.slots.iter.get().is_some() || ty.slots.getitem.get().is_some()
    };
    if !iterates {
        return Err(rt.type_error(format_args!("can only join an iterable")));
    }
    join_items(rt, view(sep), &rt.collect(iterable)?)
}

fn join_items(rt: &Rt, sep: Text, items: &[Obj]) -> R {
    for (n, item) in items.iter().enumerate() {
        if !item.is_kind(Kind::Str) {
            return Err(
                rt.type_error(format_args!("sequence item {n}: expected str instance, {} found", rt.type_name(item)))
            );
        }
    }
    if let [only] = items
        && only.is_exact(Kind::Str)
    {
        return Ok(only.clone());
    }
    if let Some(joined) = sep.as_ascii().and_then(|sep| str::join_ascii(rt, sep, items)) {
        return Ok(joined);
    }
    let parts = items.iter().enumerate().flat_map(|(n, item)| {
        let sep = if n == 0 { Text::EMPTY } else { sep };
        [sep, view(item)]
    });
    Ok(str::from_parts(rt, parts))
}
