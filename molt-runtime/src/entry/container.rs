//! Items, containers and slices.

use super::rows;
use crate::object::types::TypeFlags;
use crate::object::{dict, list, set, slice, str, tuple};
use crate::ops::index::SliceParts;
use crate::ops::pattern;
use crate::types;
use crate::value::Obj;
use molt_abi::layout::{Kind, header};

const LIST: u32 = Kind::List as u32;
const STR: u32 = Kind::Str as u32;
const TUPLE: u32 = Kind::Tuple as u32;
const BYTES: u32 = Kind::Bytes as u32;

rows! {
    fn get_item(rt, obj: val, key: val) -> owned {
        if let Some(index) = key.as_small_int() {
            if obj.is_exact(Kind::List) {
                return types::list::item(rt, obj, index);
            }
            if obj.is_exact(Kind::Tuple) {
                return types::tuple::item(rt, obj, index);
            }
        }
        if obj.is_exact(Kind::Dict) { types::dict::getitem(rt, obj, key) } else { rt.get_item(obj, key) }
    }
    fn set_item(rt, obj: val, key: val, value: val) -> status {
        if obj.is_exact(Kind::Dict) {
            return types::dict::set(rt, obj, key, value);
        }
        match key.as_small_int() {
            Some(index) if obj.is_exact(Kind::List) => types::list::set_item(rt, obj, index, value),
            _ => rt.set_item(obj, key, value),
        }
    }
    fn del_item(rt, obj: val, key: val) -> status { rt.del_item(obj, key) }
    fn get_item_int(rt, obj: val, index: int) -> owned { rt.get_item(obj, &rt.int(index)) }
    fn set_item_int(rt, obj: val, index: int, value: val) -> status { rt.set_item(obj, &rt.int(index), value) }
    fn build_slice(rt, start: val, stop: val, step: val) -> object {
        slice::new(rt, start.clone(), stop.clone(), step.clone())
    }
    fn get_slice(rt, obj: val, start: val, stop: val, step: val) -> owned {
        if let Some(parts) = SliceParts::of_immediates(start, stop, step) {
            match obj.header().map(|h| h.meta() & header::EXACT_MASK) {
                Some(LIST) => return Ok(types::list::slice(rt, obj, parts)),
                Some(STR) => return Ok(types::str::slice(rt, obj, parts)),
                Some(TUPLE) => return Ok(types::tuple::slice(rt, obj, parts)),
                Some(BYTES) => return Ok(types::bytes::slice(rt, obj, parts)),
                _ => {}
            }
        }
        rt.get_item(obj, &slice::new(rt, start.clone(), stop.clone(), step.clone()))
    }
    fn set_slice(rt, obj: val, start: val, stop: val, step: val, value: val) -> status {
        match SliceParts::of_immediates(start, stop, step) {
            Some(parts) if obj.is_exact(Kind::List) => types::list::assign_slice(rt, obj, parts, value),
            _ => rt.set_item(obj, &slice::new(rt, start.clone(), stop.clone(), step.clone()), value),
        }
    }
    fn del_slice(rt, obj: val, start: val, stop: val, step: val) -> status {
        match SliceParts::of_immediates(start, stop, step) {
            Some(parts) if obj.is_exact(Kind::List) => {
                types::list::delete_slice(obj, parts);
                Ok(())
            }
            _ => rt.del_item(obj, &slice::new(rt, start.clone(), stop.clone(), step.clone())),
        }
    }
    fn is_sequence(rt, obj: val) -> truth { Ok(rt.type_of(obj).has(TypeFlags::SEQUENCE)) }
    fn is_mapping(rt, obj: val) -> truth { Ok(rt.type_of(obj).has(TypeFlags::MAPPING)) }
    fn match_keys(rt, mapping: val, keys: val) -> owned { pattern::match_keys(rt, mapping, keys) }
    fn match_rest(rt, mapping: val, keys: val) -> owned { pattern::match_rest(rt, mapping, keys) }
    fn match_class(rt, subject: val, class: val, positional: int, names: val) -> owned {
        pattern::match_class(rt, subject, class, positional as usize, names)
    }
    fn build_list(rt, items n: moved) -> object { items.into_list(rt) }
    fn build_tuple(rt, items n: moved) -> object { items.into_tuple(rt) }
    fn build_set(rt, items n: argv) -> owned {
        let new = set::new(rt);
        for item in items {
            types::set::add(rt, &new, item)?;
        }
        Ok(new)
    }
    fn build_dict(rt, pairs n: argv) -> owned {
        let new = dict::new(rt);
        for pair in pairs.chunks_exact(2) {
            types::dict::set(rt, &new, &pair[0], &pair[1])?;
        }
        Ok(new)
    }
    fn list_append(_rt, list: val, value: val) -> never {
        if let Some(l) = list::get(list) {
            l.push(value.clone());
        }
    }
    fn list_pop(rt, list: val, index: int) -> owned { types::list::pop_at(rt, list, index) }
    fn dict_get(rt, dict: val, key: val, default: opt) -> owned {
        Ok(match types::dict::get(rt, dict, key)? {
            Some(value) => value,
            None => default.cloned().unwrap_or_else(Obj::none),
        })
    }
    fn list_extend(rt, list: val, iterable: val) -> status {
        let slots = &rt.type_of(iterable).slots;
        if slots.iter.get().is_none() && slots.getitem.get().is_none() {
            let name = rt.type_name(iterable);
            return Err(rt.type_error(format_args!("Value after * must be an iterable, not {name}")));
        }
        types::list::extend_with(rt, list, iterable)
    }
    fn list_to_tuple(rt, list: val) -> object {
        rt.tuple(list::get(list).map(|l| l.snapshot()).unwrap_or_default())
    }
    fn set_add(rt, set: val, value: val) -> status { types::set::add(rt, set, value) }
    fn set_update(rt, set: val, iterable: val) -> status { types::set::update_with(rt, set, iterable) }
    fn dict_set(rt, dict: val, key: val, value: val) -> status { types::dict::set(rt, dict, key, value) }
    fn dict_update(rt, dict: val, mapping: val) -> status { types::dict::update_display(rt, dict, mapping) }
    fn len(rt, obj: val) -> count {
        let n = match obj.header().map(|h| h.meta() & header::EXACT_MASK) {
            Some(LIST) => list::get(obj).map(list::ListObject::len),
            Some(STR) => str::get(obj).map(str::StrObject::len),
            Some(TUPLE) => tuple::items(obj).map(<[Obj]>::len),
            _ => None,
        };
        match n {
            Some(n) => Ok(n as i64),
            None => rt.len(obj).map(|n| n as i64),
        }
    }
    fn new_range(rt, start: int, stop: int, step: int) -> object { types::range::of_machine(rt, start, stop, step) }
    fn range3(rt, start: val, stop: val, step: val) -> owned { types::range::make(rt, start, stop, step) }
}
