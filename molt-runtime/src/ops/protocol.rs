//! The protocols builtins use on arbitrary values: text, hash, truth, length, items, membership.

use crate::object::str;
use crate::object::types::as_type;
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::layout::Kind;

impl Rt {
    /// `repr(obj)`, a `str`.
    pub fn repr(&self, obj: &Obj) -> R {
        self.check_stack(" while getting the repr of an object")?;
        match self.type_of(obj).slots.repr.get() {
            Some(repr) => {
                let text = repr(self, obj)?;
                self.check_text(text, "__repr__")
            }
            None => Ok(self.str(&format!("<{} object at {:#x}>", self.type_name(obj), obj.word()))),
        }
    }

    fn check_text(&self, text: Obj, name: &str) -> R {
        if text.is_kind(Kind::Str) {
            return Ok(text);
        }
        Err(self.type_error(format_args!("{name} returned non-string (type {})", self.type_name(&text))))
    }

    /// `str(obj)`, a `str`.
    pub fn to_str(&self, obj: &Obj) -> R {
        if obj.is_exact(Kind::Str) {
            return Ok(obj.clone());
        }
        match self.type_of(obj).slots.str.get() {
            Some(f) => {
                self.check_stack(" while getting the str of an object")?;
                let text = f(self, obj)?;
                self.check_text(text, "__str__")
            }
            None => self.repr(obj),
        }
    }

    /// `repr(obj)` as text.
    pub fn repr_text(&self, obj: &Obj) -> R<String> {
        Ok(str::to_string(&self.repr(obj)?))
    }

    /// `str(obj)` as text.
    pub fn str_text(&self, obj: &Obj) -> R<String> {
        Ok(str::to_string(&self.to_str(obj)?))
    }

    /// `hash(obj)`, with the common keys in line.
    #[inline]
    pub fn hash(&self, obj: &Obj) -> R<i64> {
        if let Some(n) = obj.as_small_int() {
            return Ok(if n == -1 { -2 } else { n });
        }
        if obj.is_exact(Kind::Str) {
            return Ok(str::hash(obj));
        }
        self.hash_by_type(obj)
    }

    #[inline(never)]
    fn hash_by_type(&self, obj: &Obj) -> R<i64> {
        match self.type_of(obj).slots.hash.get() {
            Some(hash) => hash(self, obj),
            None => Err(self.type_error(format_args!("unhashable type: '{}'", self.type_name(obj)))),
        }
    }

    /// `bool(obj)`.
    #[inline]
    pub fn truth(&self, obj: &Obj) -> R<bool> {
        if let Some(b) = obj.as_bool() {
            return Ok(b);
        }
        if let Some(n) = obj.as_small_int() {
            return Ok(n != 0);
        }
        if obj.is_none() {
            return Ok(false);
        }
        let slots = &self.type_of(obj).slots;
        if let Some(truth) = slots.truth.get() {
            return truth(self, obj);
        }
        match slots.len.get() {
            Some(len) => Ok(len(self, obj)? != 0),
            None => Ok(true),
        }
    }

    /// `len(obj)`.
    pub fn len(&self, obj: &Obj) -> R<usize> {
        match self.type_of(obj).slots.len.get() {
            Some(len) => len(self, obj),
            None => Err(self.type_error(format_args!("object of type '{}' has no len()", self.type_name(obj)))),
        }
    }

    /// `obj[key]`.
    pub fn get_item(&self, obj: &Obj, key: &Obj) -> R {
        let ty = self.type_of(obj);
        if let Some(getitem) = ty.slots.getitem.get() {
            return getitem(self, obj, key);
        }
        if let Some(class) = as_type(obj) {
            if class.is(self.kind_type(Kind::Type)) {
                return crate::types::alias::new(self, obj, key);
            }
            let name = &self.names().__class_getitem__;
            if let Some(method) = self.get_attr_opt(obj, name)? {
                return self.call(&method, std::slice::from_ref(key));
            }
            return Err(self.type_error(format_args!("type '{}' is not subscriptable", class.name_text())));
        }
        Err(self.type_error(format_args!("'{}' object is not subscriptable", ty.message_name())))
    }

    /// `obj[key] = value`.
    #[inline]
    pub fn set_item(&self, obj: &Obj, key: &Obj, value: &Obj) -> R<()> {
        match self.type_of(obj).slots.setitem.get() {
            Some(setitem) => setitem(self, obj, key, Some(value)),
            None => {
                Err(self.type_error(format_args!("'{}' object does not support item assignment", self.type_name(obj))))
            }
        }
    }

    /// `del obj[key]`.
    pub fn del_item(&self, obj: &Obj, key: &Obj) -> R<()> {
        match self.type_of(obj).slots.setitem.get() {
            Some(setitem) => setitem(self, obj, key, None),
            None => {
                let ty = self.type_of(obj);
                // CPython's words differ between its two protocols: a type that is a sequence in any respect, asked with
                // an index, has the first.
                let sequence = ty.is_heap_type() || ty.slots.len.get().is_some() || ty.slots.contains.get().is_some();
                let not = if sequence && self.has_index(key) { "doesn't" } else { "does not" };
                Err(self.type_error(format_args!("'{}' object {not} support item deletion", ty.message_name())))
            }
        }
    }

    /// `item in container`.
    pub fn contains(&self, container: &Obj, item: &Obj) -> R<bool> {
        match self.type_of(container).slots.contains.get() {
            Some(contains) => contains(self, container, item),
            None => contains_by_iteration(self, container, item),
        }
    }
}

/// Membership for a container without `__contains__`.
pub fn contains_by_iteration(rt: &Rt, container: &Obj, item: &Obj) -> R<bool> {
    let ty = rt.type_of(container);
    if ty.slots.iter.get().is_none() && ty.slots.getitem.get().is_none() {
        return Err(rt.type_error(format_args!("argument of type '{}' is not iterable", ty.message_name())));
    }
    let iterator = match rt.iter(container) {
        Ok(iterator) => iterator,
        Err(_) if rt.exception_is(&crate::types::exception::TYPE_ERROR) => {
            rt.clear_exception();
            return Err(rt.type_error(format_args!("argument of type '{}' is not iterable", ty.message_name())));
        }
        Err(raised) => return Err(raised),
    };
    while let Some(value) = rt.next(&iterator)? {
        if rt.equal(&value, item)? {
            return Ok(true);
        }
    }
    Ok(false)
}
