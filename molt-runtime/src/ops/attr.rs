//! Attribute lookup: types' MRO with a method cache, instances, the generic get and set that `object` uses.
//!
//! Invariants: names are interned before a lookup; an instance attribute lives in its slot, or in the dict when it has no
//! slot or the instance is in dict mode; no borrow of a namespace is held while Python code may run.

use crate::object::types::{TypeFlags, TypeObject, as_type, in_runtime};
use crate::object::{dict, instance, str, tuple};
use crate::runtime::{R, Raised, Rt};
use crate::types::exception as specs;
use crate::value::Obj;
use molt_abi::layout::{Kind, header};
use std::cell::RefCell;

const CACHE_SIZE: usize = 1024;

/// Results of MRO lookups by type version and name. Owns its names, so that a word never names two strings.
#[derive(Default)]
pub struct MethodCache {
    entries: RefCell<Vec<CacheEntry>>,
}

#[derive(Default, Clone)]
struct CacheEntry {
    version: u64,
    name: Option<Obj>,
    value: Option<Obj>,
    /// What an inline cache keeps of the name for reading, and for calling; 0 = not known.
    payloads: [u64; 2],
}

impl MethodCache {
    fn slot(version: u64, name: &Obj) -> usize {
        (version.wrapping_mul(31) ^ (name.word() >> 4)) as usize & (CACHE_SIZE - 1)
    }

    fn get(&self, version: u64, name: &Obj) -> Option<Option<Obj>> {
        let entries = self.entries.borrow();
        let entry = entries.get(MethodCache::slot(version, name))?;
        if entry.version == version && entry.name.as_ref().is_some_and(|n| n.is(name)) {
            return Some(entry.value.clone());
        }
        None
    }

    /// What an inline cache for reading or calling the name keeps of it, and the class's attribute: for sites that see
    /// many types.
    pub(crate) fn payload(&self, version: u64, name: &Obj, for_call: bool) -> Option<(u64, Option<Obj>)> {
        let entries = self.entries.borrow();
        let entry = entries.get(MethodCache::slot(version, name))?;
        let payload = entry.payloads[usize::from(for_call)];
        if payload != 0 && entry.version == version && entry.name.as_ref().is_some_and(|n| n.is(name)) {
            return Some((payload, entry.value.clone()));
        }
        None
    }

    /// Notes what [`MethodCache::payload`] gives.
    pub(crate) fn put_payload(&self, version: u64, name: &Obj, for_call: bool, payload: u64) {
        let mut entries = self.entries.borrow_mut();
        if let Some(entry) = entries.get_mut(MethodCache::slot(version, name))
            && entry.version == version
            && entry.name.as_ref().is_some_and(|n| n.is(name))
        {
            entry.payloads[usize::from(for_call)] = payload;
        }
    }

    fn put(&self, version: u64, name: &Obj, value: Option<Obj>) {
        let old = {
            let mut entries = self.entries.borrow_mut();
            if entries.is_empty() {
                entries.resize(CACHE_SIZE, CacheEntry::default());
            }
            let entry = CacheEntry { version, name: Some(name.clone()), value, payloads: [0; 2] };
            std::mem::replace(&mut entries[MethodCache::slot(version, name)], entry)
        };
        drop(old);
    }

    pub(crate) fn clear(&self) {
        let old = std::mem::take(&mut *self.entries.borrow_mut());
        drop(old);
    }
}

impl Rt {
    /// Looks a name up in the namespaces of a type's MRO. `name` must be interned.
    pub fn lookup(&self, ty: &TypeObject, name: &Obj) -> Option<Obj> {
        let version = ty.version();
        if let Some(known) = self.method_cache().get(version, name) {
            return known;
        }
        let (found, keeps_changing) = self.lookup_uncached(ty, name);
        // Filling a namespace on the way may have changed the version.
        if ty.version() == version && !keeps_changing {
            self.method_cache().put(version, name, found.clone());
        }
        found
    }

    /// Whether what [`Rt::lookup`] has just found holds until the type has another version.
    pub(crate) fn lookup_lasts(&self, ty: &TypeObject, name: &Obj) -> bool {
        self.method_cache().get(ty.version(), name).is_some()
    }

    /// As [`Rt::lookup`], with the type whose namespace has the name.
    pub fn lookup_where(&self, ty: &TypeObject, name: &Obj) -> Option<(Obj, Obj)> {
        let mro = ty.mro_tuple();
        tuple::items(&mro)?.iter().find_map(|t| Some((as_type(t)?.own(name)?, t.clone())))
    }

    /// What the MRO has of a name, and whether the namespace that has it keeps changing it.
    fn lookup_uncached(&self, ty: &TypeObject, name: &Obj) -> (Option<Obj>, bool) {
        let own = |ty: &TypeObject| ty.own(name).map(|value| (Some(value), ty.keeps_changing(name)));
        let found = match ty.mro.get() {
            Some(mro) => tuple::items(&mro).unwrap_or_default().iter().find_map(|t| own(as_type(t)?)),
            None => own(ty),
        };
        found.unwrap_or((None, false))
    }

    /// `obj.name` for an interned or other `str`.
    pub fn get_attr(&self, obj: &Obj, name: &Obj) -> R {
        let name = self.intern_str(name);
        match self.type_of(obj).slots.getattr.get() {
            Some(getattr) => getattr(self, obj, &name),
            None => generic_get(self, obj, &name),
        }
    }

    /// `obj.name` for a name known to the runtime.
    pub fn get_attr_text(&self, obj: &Obj, name: &str) -> R {
        self.get_attr(obj, &self.intern(name))
    }

    /// `obj.name`, or nothing when it has none (`AttributeError`).
    pub fn get_attr_opt(&self, obj: &Obj, name: &Obj) -> R<Option<Obj>> {
        let name = &self.intern_str(name);
        let ty = self.type_of(obj);
        if ty.has(TypeFlags::PLAIN_GETATTR) && ty.kind() != Kind::Type && ty.kind() != Kind::Module {
            // No exception is made for a plain miss; a descriptor may raise one all the same.
            return match generic_get_opt(self, obj, name) {
                Err(_) if self.exception_is(&specs::ATTRIBUTE_ERROR) => {
                    self.clear_exception();
                    Ok(None)
                }
                result => result,
            };
        }
        match self.get_attr(obj, name) {
            Ok(value) => Ok(Some(value)),
            Err(Raised { .. }) if self.exception_is(&specs::ATTRIBUTE_ERROR) => {
                self.clear_exception();
                Ok(None)
            }
            Err(raised) => Err(raised),
        }
    }

    /// `obj.name = value`, or `del obj.name` without a value.
    pub fn set_attr(&self, obj: &Obj, name: &Obj, value: Option<&Obj>) -> R<()> {
        let name = self.intern_str(name);
        match self.type_of(obj).slots.setattr.get() {
            Some(setattr) => setattr(self, obj, &name, value),
            None => generic_set(self, obj, &name, value),
        }
    }

    /// Looks a dunder up on the type of `obj` and binds it.
    pub fn special(&self, obj: &Obj, name: &Obj) -> R<Option<Obj>> {
        let ty = self.type_of(obj);
        match self.lookup(ty, name) {
            Some(attr) => bind(self, &attr, Some(obj), ty).map(Some),
            None => Ok(None),
        }
    }

    /// Calls a dunder found on the type of `obj`; nothing when there is none.
    pub fn call_special(&self, obj: &Obj, name: &Obj, args: &[Obj]) -> R<Option<Obj>> {
        let ty = self.type_of(obj);
        match self.lookup(ty, name) {
            Some(attr) => self.call_bound(&attr, obj, args).map(Some),
            None => Ok(None),
        }
    }

    /// Calls a class attribute as a method of `obj`, without making a bound method where that can't be seen.
    pub fn call_bound(&self, attr: &Obj, obj: &Obj, args: &[Obj]) -> R {
        if is_method(self, attr) {
            return crate::value::with_prefixed(obj, args, |all| self.call(attr, all));
        }
        let bound = bind(self, attr, Some(obj), self.type_of(obj))?;
        self.call(&bound, args)
    }

    /// Raises `AttributeError` for an object, with `name` and `obj` set.
    #[cold]
    pub fn attribute_error(&self, obj: &Obj, name: &Obj, message: std::fmt::Arguments<'_>) -> Raised {
        let raised = self.error(&specs::ATTRIBUTE_ERROR, message);
        crate::types::exception::set_attribute_error(self, obj, name);
        raised
    }

    /// Raises "'X' object has no attribute 'y'".
    #[cold]
    pub fn no_attribute(&self, obj: &Obj, name: &Obj) -> Raised {
        match as_type(obj) {
            Some(ty) => self.attribute_error(
                obj,
                name,
                format_args!("type object '{}' has no attribute '{}'", ty.message_name(), str::to_string(name)),
            ),
            None => self.attribute_error(
                obj,
                name,
                format_args!("'{}' object has no attribute '{}'", self.type_name(obj), str::to_string(name)),
            ),
        }
    }
}

/// Whether a class attribute takes the instance as its first argument when called through it: a function or a method
/// descriptor of a builtin type, neither of which sees the difference.
pub fn is_method(rt: &Rt, attr: &Obj) -> bool {
    attr.is_kind(Kind::Function)
        || attr.header().is_some_and(|h| {
            h.kind() == Kind::Builtin && h.ty().is(rt.core_type(crate::object::types::core_type::METHOD_DESCRIPTOR))
        })
}

/// The descriptor protocol's `__get__` on a class attribute.
pub fn bind(rt: &Rt, attr: &Obj, obj: Option<&Obj>, ty: &TypeObject) -> R {
    match rt.type_of(attr).slots.descr_get.get() {
        Some(get) => get(rt, attr, obj, &ty.as_obj()),
        None => Ok(attr.clone()),
    }
}

/// `object.__getattribute__`.
pub fn generic_get(rt: &Rt, obj: &Obj, name: &Obj) -> R {
    match generic_get_opt(rt, obj, name)? {
        Some(value) => Ok(value),
        None => Err(rt.no_attribute(obj, name)),
    }
}

/// As [`generic_get`] without the exception.
pub fn generic_get_opt(rt: &Rt, obj: &Obj, name: &Obj) -> R<Option<Obj>> {
    let ty = rt.type_of(obj);
    let attr = rt.lookup(ty, name);
    let mut getter = None;
    if let Some(attr) = &attr {
        let slots = &rt.type_of(attr).slots;
        getter = slots.descr_get.get();
        if let Some(get) = getter
            && slots.descr_set.get().is_some()
        {
            return found_or_none(rt, get(rt, attr, Some(obj), &ty.as_obj()), attr);
        }
    }
    if let Some(value) = instance_get(obj, ty, name) {
        return Ok(Some(value));
    }
    match (attr, getter) {
        (Some(attr), Some(get)) => {
            let result = get(rt, &attr, Some(obj), &ty.as_obj());
            found_or_none(rt, result, &attr)
        }
        (attr, _) => Ok(attr),
    }
}

fn found_or_none(_rt: &Rt, result: R, _attr: &Obj) -> R<Option<Obj>> {
    result.map(Some)
}

/// An attribute of the instance itself.
#[inline]
pub fn instance_get(obj: &Obj, ty: &TypeObject, name: &Obj) -> Option<Obj> {
    if ty.ext_words() == 0 {
        return None;
    }
    if let Some(value) = ty.slot_of(name).and_then(|n| instance::slot(obj, n)).and_then(|slot| slot.get()) {
        return Some(value);
    }
    let dict = instance::dict_cell(obj)?.get()?;
    dict::get_str(&dict, name)
}

/// `object.__setattr__` and `__delattr__`.
pub fn generic_set(rt: &Rt, obj: &Obj, name: &Obj, value: Option<&Obj>) -> R<()> {
    let ty = rt.type_of(obj);
    let attr = rt.lookup(ty, name);
    if let Some(attr) = &attr
        && let Some(set) = rt.type_of(attr).slots.descr_set.get()
    {
        return set(rt, attr, obj, value);
    }
    match value {
        Some(value) => {
            if instance_set(rt, obj, ty, name, value) {
                return Ok(());
            }
        }
        None => {
            if instance_del(rt, obj, ty, name) {
                return Ok(());
            }
        }
    }
    if attr.is_some() && instance::dict_cell(obj).is_none() {
        return Err(rt.attribute_error(
            obj,
            name,
            format_args!("'{}' object attribute '{}' is read-only", ty.message_name(), str::to_string(name)),
        ));
    }
    Err(rt.attribute_error(
        obj,
        name,
        format_args!("'{}' object has no attribute '{}'", ty.message_name(), str::to_string(name)),
    ))
}

/// Sets an attribute of the instance itself; false when it can have none of the name.
#[inline]
pub fn instance_set(rt: &Rt, obj: &Obj, ty: &TypeObject, name: &Obj, value: &Obj) -> bool {
    if ty.ext_words() == 0 {
        return false;
    }
    if let Some((n, previous)) = ty.slot_and_previous(name)
        && let Some(slot) = instance::slot(obj, n)
    {
        // A slot that is set keeps its place; an empty one may be filled only in layout order, while no attribute is in the
        // dict: `__dict__` shows slots, then dict, and must show the order in which attributes were first set.
        let in_order = || {
            obj.header().is_some_and(|h| !h.has(header::FLAG_DICT_MODE))
                && previous.is_none_or(|p| instance::slot(obj, p).is_some_and(|s| !s.is_empty()))
                && instance::dict_cell(obj).is_some_and(|d| d.is_empty())
        };
        if !slot.is_empty() || in_order() {
            slot.set(Some(value.clone()));
            return true;
        }
    }
    let Some(cell) = instance::dict_cell(obj) else { return false };
    let dict = match cell.get() {
        Some(dict) => dict,
        None => {
            let dict = dict::new(rt);
            cell.set(Some(dict.clone()));
            dict
        }
    };
    dict::set_str(&dict, name, value.clone());
    true
}

fn instance_del(rt: &Rt, obj: &Obj, ty: &TypeObject, name: &Obj) -> bool {
    if ty.ext_words() == 0 {
        return false;
    }
    // Slots are filled from the first on without a gap: one that is emptied ends that.
    if ty.slot_of(name).and_then(|n| instance::slot(obj, n)).is_some_and(|slot| !slot.is_empty()) {
        drop(instance_dict(rt, obj));
    }
    match instance::dict_cell(obj).and_then(|cell| cell.get()) {
        Some(dict) => dict::del_str(&dict, name).is_some(),
        None => false,
    }
}

/// `obj.__dict__`: makes the dict the instance's only store of attributes.
pub fn instance_dict(rt: &Rt, obj: &Obj) -> Option<Obj> {
    let cell = instance::dict_cell(obj)?;
    let ty = rt.type_of(obj);
    let h = obj.header()?;
    let overflow = cell.get();
    if h.has(header::FLAG_DICT_MODE) || ty.slot_names().is_empty() {
        let dict = overflow.unwrap_or_else(|| dict::new(rt));
        cell.set(Some(dict.clone()));
        return Some(dict);
    }
    // Slots first: they stand for the attributes that methods set, mostly before any others.
    let dict = dict::new(rt);
    for name in ty.slot_names() {
        if let Some(n) = ty.slot_of(&name)
            && let Some(value) = instance::slot(obj, n).and_then(|slot| slot.take())
        {
            dict::set_str(&dict, &name, value);
        }
    }
    if let Some(overflow) = overflow {
        for (name, value) in dict::items(&overflow) {
            dict::set_str(&dict, &name, value);
        }
    }
    cell.set(Some(dict.clone()));
    h.set_flag(header::FLAG_DICT_MODE);
    Some(dict)
}

/// Replaces `obj.__dict__`.
pub fn set_instance_dict(rt: &Rt, obj: &Obj, dict: Obj) -> bool {
    if instance_dict(rt, obj).is_none() {
        return false;
    }
    let (Some(cell), Some(h)) = (instance::dict_cell(obj), obj.header()) else { return false };
    h.set_flag(header::FLAG_DICT_MODE);
    cell.set(Some(dict));
    true
}

/// `type.__getattribute__`.
pub fn type_get(rt: &Rt, obj: &Obj, name: &Obj) -> R {
    match type_get_opt(rt, obj, name)? {
        Some(value) => Ok(value),
        None => Err(rt.no_attribute(obj, name)),
    }
}

/// As [`type_get`] without the exception.
pub fn type_get_opt(rt: &Rt, obj: &Obj, name: &Obj) -> R<Option<Obj>> {
    let ty = in_runtime(rt, obj);
    let meta = rt.type_of(obj);
    let meta_attr = rt.lookup(meta, name);
    let mut meta_get = None;
    if let Some(attr) = &meta_attr {
        let slots = &rt.type_of(attr).slots;
        meta_get = slots.descr_get.get();
        if let Some(get) = meta_get
            && slots.descr_set.get().is_some()
        {
            return get(rt, attr, Some(obj), &meta.as_obj()).map(Some);
        }
    }
    if ty.keeps_changing(name) {
        return Ok(ty.own(name));
    }
    if let Some(attr) = rt.lookup(ty, name) {
        return match rt.type_of(&attr).slots.descr_get.get() {
            Some(get) => get(rt, &attr, None, obj).map(Some),
            None => Ok(Some(attr)),
        };
    }
    match (meta_attr, meta_get) {
        (Some(attr), Some(get)) => get(rt, &attr, Some(obj), &meta.as_obj()).map(Some),
        (attr, _) => Ok(attr),
    }
}

/// Whether a value in a class's namespace is more than data.
pub fn is_descriptor(rt: &Rt, value: &Obj) -> bool {
    let slots = &rt.type_of(value).slots;
    slots.descr_get.get().is_some() || slots.descr_set.get().is_some()
}

/// `type.__setattr__` and `__delattr__`.
pub fn type_set(rt: &Rt, obj: &Obj, name: &Obj, value: Option<&Obj>) -> R<()> {
    let ty = in_runtime(rt, obj);
    if !ty.is_heap_type() {
        return Err(rt.type_error(format_args!(
            "cannot set '{}' attribute of immutable type '{}'",
            str::to_string(name),
            ty.message_name()
        )));
    }
    let meta = rt.type_of(obj);
    if let Some(attr) = rt.lookup(meta, name)
        && let Some(set) = rt.type_of(&attr).slots.descr_set.get()
    {
        return set(rt, &attr, obj, value);
    }
    if value.is_some_and(|v| !is_descriptor(rt, v) && ty.replace_changing(name, v)) {
        return Ok(());
    }
    let matters = crate::ops::known::attribute_changes(rt, ty, name, value);
    match value {
        Some(value) if !matters => ty.set_own_data(name.clone(), value.clone()),
        Some(value) => ty.set_own(name.clone(), value.clone()),
        None => {
            if !ty.del_own(name) {
                return Err(rt.no_attribute(obj, name));
            }
        }
    }
    if crate::ops::known::is_dunder(name) {
        crate::ops::slots::update(rt, ty);
    }
    Ok(())
}
