//! `Value`: a handle on a Python object, for hosts.

use num_bigint::BigInt;
use num_traits::ToPrimitive;
use std::fmt;

use super::{FromPython, PyError, Runtime, ToPython};
use crate::object::{bytes, dict, int, list, set, str, tuple};
use crate::ops::call::Args;
use crate::value::Obj;

/// A Python object of a runtime. Cloning makes another handle on the same object.
///
/// Methods that can run Python code return the exception it raises.
pub struct Value<'rt> {
    obj: Obj,
    rt: &'rt Runtime,
}

impl Clone for Value<'_> {
    fn clone(&self) -> Self {
        Value { obj: self.obj.clone(), rt: self.rt }
    }
}

impl<'rt> Value<'rt> {
    pub(super) fn new(rt: &'rt Runtime, obj: Obj) -> Self {
        Value { obj, rt }
    }

    pub(super) fn obj(&self) -> &Obj {
        &self.obj
    }

    /// The runtime it belongs to.
    pub fn runtime(&self) -> &'rt Runtime {
        self.rt
    }

    pub(super) fn in_runtime<'other>(&self, rt: &'other Runtime) -> Result<Value<'other>, PyError> {
        if std::ptr::eq(self.rt, rt) {
            return Ok(Value { obj: self.obj.clone(), rt });
        }
        Err(PyError::new("RuntimeError", "a value of one runtime was used in another"))
    }

    /// Reads it as a Rust value.
    pub fn extract<T: FromPython<'rt>>(&self) -> Result<T, PyError> {
        T::from_python(self)
    }

    /// `type(self).__name__`.
    pub fn type_name(&self) -> String {
        self.rt.rt().type_name(&self.obj)
    }

    /// Whether it is `None`.
    pub fn is_none(&self) -> bool {
        self.obj.is_none()
    }

    /// Whether both are the same object.
    pub fn is(&self, other: &Value<'_>) -> bool {
        self.obj.is(&other.obj)
    }

    /// `bool(self)`.
    pub fn is_true(&self) -> Result<bool, PyError> {
        self.rt.catch(|rt| rt.truth(&self.obj))
    }

    /// `str(self)`.
    pub fn str(&self) -> Result<String, PyError> {
        self.rt.catch(|rt| rt.str_text(&self.obj))
    }

    /// `repr(self)`.
    pub fn repr(&self) -> Result<String, PyError> {
        self.rt.catch(|rt| rt.repr_text(&self.obj))
    }

    /// `len(self)`.
    pub fn len(&self) -> Result<usize, PyError> {
        self.rt.catch(|rt| rt.len(&self.obj))
    }

    /// Whether `len(self)` is 0.
    pub fn is_empty(&self) -> Result<bool, PyError> {
        self.len().map(|len| len == 0)
    }

    /// `self.name`.
    pub fn get_attr(&self, name: &str) -> Result<Value<'rt>, PyError> {
        self.wrap(|rt| rt.get_attr(&self.obj, &rt.intern(name)))
    }

    /// `self.name = value`.
    pub fn set_attr(&self, name: &str, value: impl ToPython) -> Result<(), PyError> {
        let value = value.to_python(self.rt)?;
        self.rt.catch(|rt| rt.set_attr(&self.obj, &rt.intern(name), Some(&value.obj)))
    }

    /// `self[key]`.
    pub fn get_item(&self, key: impl ToPython) -> Result<Value<'rt>, PyError> {
        let key = key.to_python(self.rt)?;
        self.wrap(|rt| rt.get_item(&self.obj, &key.obj))
    }

    /// `self[key] = value`.
    pub fn set_item(&self, key: impl ToPython, value: impl ToPython) -> Result<(), PyError> {
        let (key, value) = (key.to_python(self.rt)?, value.to_python(self.rt)?);
        self.rt.catch(|rt| rt.set_item(&self.obj, &key.obj, &value.obj))
    }

    /// `self(*args)`.
    pub fn call(&self, args: &[Value<'rt>]) -> Result<Value<'rt>, PyError> {
        self.call_with(args, &[])
    }

    /// `self(*args, **keywords)`.
    pub fn call_with(&self, args: &[Value<'rt>], keywords: &[(&str, Value<'rt>)]) -> Result<Value<'rt>, PyError> {
        let values: Vec<Obj> =
            args.iter().chain(keywords.iter().map(|(_, value)| value)).map(|v| v.obj.clone()).collect();
        self.wrap(|rt| {
            let names =
                (!keywords.is_empty()).then(|| rt.tuple(keywords.iter().map(|(name, _)| rt.intern(name)).collect()));
            rt.call_args(&self.obj, Args::with_keywords(&values, names.as_ref()))
        })
    }

    /// `self.name(*args)`.
    pub fn call_method(&self, name: &str, args: &[Value<'rt>]) -> Result<Value<'rt>, PyError> {
        self.get_attr(name)?.call(args)
    }

    /// `iter(self)`: the items one after the other, as a generator makes them. Ends behind the first error.
    ///
    /// ```ignore
    /// for total in handlers::shop::running_totals(&rt, &prices)?.iter()? {
    ///     println!("{}", total?.extract::<f64>()?);
    /// }
    /// ```
    pub fn iter(&self) -> Result<Iter<'rt>, PyError> {
        self.wrap(|rt| rt.iter(&self.obj)).map(|iterator| Iter { iterator: Some(iterator) })
    }

    /// `list(self)`: the items of any iterable.
    pub fn items(&self) -> Result<Vec<Value<'rt>>, PyError> {
        let items = self.rt.catch(|rt| rt.collect(&self.obj))?;
        Ok(self.values(items))
    }

    fn wrap(&self, f: impl FnOnce(&crate::Rt) -> crate::R) -> Result<Value<'rt>, PyError> {
        self.rt.catch(f).map(|obj| Value::new(self.rt, obj))
    }

    fn values(&self, items: Vec<Obj>) -> Vec<Value<'rt>> {
        items.into_iter().map(|obj| Value::new(self.rt, obj)).collect()
    }

    pub(super) fn as_bool(&self) -> Option<bool> {
        self.obj.as_bool()
    }

    pub(super) fn as_int(&self) -> Option<BigInt> {
        if let Some(bit) = self.obj.as_bool() {
            return Some(BigInt::from(u8::from(bit)));
        }
        int::value(&self.obj).map(|value| value.to_big())
    }

    /// A float, or an int as Python's `float()` takes it: an `OverflowError` if it is too large.
    pub(super) fn as_float(&self) -> Result<Option<f64>, PyError> {
        if let Some(x) = self.obj.as_float() {
            return Ok(Some(x));
        }
        let Some(int) = self.as_int() else { return Ok(None) };
        match int.to_f64().filter(|x| x.is_finite()) {
            Some(x) => Ok(Some(x)),
            None => Err(PyError::new("OverflowError", "int too large to convert to float")),
        }
    }

    pub(super) fn as_text(&self) -> Result<Option<String>, PyError> {
        let Some(text) = str::get(&self.obj) else { return Ok(None) };
        let points: Option<String> = text.code_points().iter().map(char::from_u32).collect();
        points.map(Some).ok_or_else(|| {
            PyError::new("UnicodeEncodeError", "'utf-8' codec can't encode surrogates: surrogates not allowed")
        })
    }

    pub(super) fn as_bytes(&self) -> Option<Vec<u8>> {
        bytes::data(&self.obj).map(<[u8]>::to_vec)
    }

    pub(super) fn tuple_items(&self) -> Option<Vec<Value<'rt>>> {
        tuple::items(&self.obj).map(|items| self.values(items.to_vec()))
    }

    /// The items of a `list` or `tuple`.
    pub(super) fn sequence_items(&self) -> Option<Vec<Value<'rt>>> {
        match list::get(&self.obj) {
            Some(list) => Some(self.values(list.snapshot())),
            None => self.tuple_items(),
        }
    }

    pub(super) fn dict_items(&self) -> Option<Vec<(Value<'rt>, Value<'rt>)>> {
        let wrap = |obj| Value::new(self.rt, obj);
        dict::get(&self.obj).map(|dict| dict.items().into_iter().map(|(key, value)| (wrap(key), wrap(value))).collect())
    }

    pub(super) fn set_items(&self) -> Option<Vec<Value<'rt>>> {
        set::get(&self.obj).map(|set| self.values(set.items()))
    }
}

/// The items of a Python iterable; see [`Value::iter`].
#[derive(Debug)]
pub struct Iter<'rt> {
    /// None once it has ended, since Python's iterators may be asked again and hosts' are.
    iterator: Option<Value<'rt>>,
}

impl<'rt> Iterator for Iter<'rt> {
    type Item = Result<Value<'rt>, PyError>;

    fn next(&mut self) -> Option<Self::Item> {
        let iterator = self.iterator.as_ref()?;
        let rt = iterator.rt;
        let item = rt.catch(|rt| rt.next(&iterator.obj)).map(|item| item.map(|obj| Value::new(rt, obj))).transpose();
        if !matches!(item, Some(Ok(_))) {
            self.iterator = None;
        }
        item
    }
}

impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.repr() {
            Ok(text) => f.write_str(&text),
            Err(error) => write!(f, "<{} whose repr raised {error}>", self.type_name()),
        }
    }
}

impl PartialEq for Value<'_> {
    /// Whether both are the same object. Python's `==` can raise; call `__eq__` for it.
    fn eq(&self, other: &Self) -> bool {
        self.is(other)
    }
}
