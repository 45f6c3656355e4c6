//! `dict`.
//!
//! Invariant: operations with a `str` name run no Python code.

use super::header::{Header, Layout};
use super::name_map::NameMap;
use crate::heap;
use crate::runtime::Rt;
use crate::value::Obj;
use molt_abi::layout::Kind;
use std::cell::RefCell;

/// A dict.
#[repr(C)]
pub struct DictObject {
    header: Header,
    map: RefCell<NameMap>,
}

// SAFETY: `repr(C)`, starts with a header, and is the only layout of its kind.
unsafe impl Layout for DictObject {
    const KIND: Kind = Kind::Dict;

    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        for (k, v) in self.map.borrow().iter() {
            visit(k);
            visit(v);
        }
    }
}

/// An empty dict.
pub fn new(rt: &Rt) -> Obj {
    heap::alloc_object(rt, rt.kind_type(Kind::Dict), 0, |header| DictObject { header, map: RefCell::default() })
}

/// Number of entries.
pub fn len(dict: &Obj) -> usize {
    dict.expect::<DictObject>().map.borrow().len()
}

/// The value of a `str` key. Runs no Python code.
pub fn get_str(dict: &Obj, name: &Obj) -> Option<Obj> {
    dict.expect::<DictObject>().map.borrow().get(name).cloned()
}

/// Sets the value of a `str` key. The release of an old value may run Python code, after the store.
pub fn set_str(dict: &Obj, name: &Obj, value: Obj) {
    let old = dict.expect::<DictObject>().map.borrow_mut().insert(name.clone(), value);
    drop(old);
}

/// Removes a `str` key and gives its value.
pub fn del_str(dict: &Obj, name: &Obj) -> Option<Obj> {
    dict.expect::<DictObject>().map.borrow_mut().remove(name)
}

/// The entries in order.
pub fn items(dict: &Obj) -> Vec<(Obj, Obj)> {
    dict.expect::<DictObject>().map.borrow().iter().map(|(k, v)| (k.clone(), v.clone())).collect()
}
