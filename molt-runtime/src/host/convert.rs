//! Conversions between Rust and Python values.
//!
//! Invariant: a conversion never guesses. An `i64` comes from an `int` that fits, a `String` from a `str`, a `Vec` from a
//! `list` or `tuple`; the one widening is Python's own, `int` to `float`.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasher, Hash};
use std::ops::Deref;

use super::{Dict, PyError, Runtime, Value};

/// A Rust value that has a Python value for it.
pub trait ToPython {
    /// The Python value, in this runtime.
    fn to_python<'rt>(&self, rt: &'rt Runtime) -> Result<Value<'rt>, PyError>;
}

/// A Rust type that Python values can be read as.
pub trait FromPython<'rt>: Sized {
    /// Reads the value; a `TypeError` if it is of another type, an `OverflowError` if it does not fit.
    fn from_python(value: &Value<'rt>) -> Result<Self, PyError>;
}

/// A `tuple` of any length with items of one type: `tuple[T, ...]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Tuple<T>(pub Vec<T>);

impl<T> Deref for Tuple<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T> FromIterator<T> for Tuple<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Tuple(items.into_iter().collect())
    }
}

fn expected(what: &str, value: &Value<'_>) -> PyError {
    PyError::new("TypeError", format!("expected {what}, got {}", value.type_name()))
}

impl<T: ToPython + ?Sized> ToPython for &T {
    fn to_python<'rt>(&self, rt: &'rt Runtime) -> Result<Value<'rt>, PyError> {
        (**self).to_python(rt)
    }
}

impl ToPython for Value<'_> {
    /// A value of another runtime can't be used in this one: a `RuntimeError`.
    fn to_python<'rt>(&self, rt: &'rt Runtime) -> Result<Value<'rt>, PyError> {
        self.in_runtime(rt)
    }
}

impl<'rt> FromPython<'rt> for Value<'rt> {
    fn from_python(value: &Value<'rt>) -> Result<Self, PyError> {
        Ok(value.clone())
    }
}

impl ToPython for () {
    fn to_python<'rt>(&self, rt: &'rt Runtime) -> Result<Value<'rt>, PyError> {
        Ok(rt.none())
    }
}

impl FromPython<'_> for () {
    fn from_python(value: &Value<'_>) -> Result<Self, PyError> {
        if value.is_none() { Ok(()) } else { Err(expected("None", value)) }
    }
}

impl ToPython for bool {
    fn to_python<'rt>(&self, rt: &'rt Runtime) -> Result<Value<'rt>, PyError> {
        Ok(rt.wrap_bool(*self))
    }
}

impl FromPython<'_> for bool {
    fn from_python(value: &Value<'_>) -> Result<Self, PyError> {
        value.as_bool().ok_or_else(|| expected("bool", value))
    }
}

macro_rules! integers {
    ($($ty:ty)*) => {$(
        impl ToPython for $ty {
            #[allow(clippy::clone_on_copy, reason = "one of the types is not `Copy`")]
            fn to_python<'rt>(&self, rt: &'rt Runtime) -> Result<Value<'rt>, PyError> {
                Ok(rt.wrap_int(self.clone().into()))
            }
        }

        impl FromPython<'_> for $ty {
            fn from_python(value: &Value<'_>) -> Result<Self, PyError> {
                let int = value.as_int().ok_or_else(|| expected("int", value))?;
                <$ty>::try_from(int).map_err(|_| {
                    PyError::new("OverflowError", concat!("int does not fit in Rust's ", stringify!($ty)))
                })
            }
        }
    )*};
}

// There is none for `u8`: a `Vec<u8>` is `bytes`.
integers! { i16 i32 i64 i128 u16 u32 u64 u128 isize usize num_bigint::BigInt }

macro_rules! floats {
    ($($ty:ty)*) => {$(
        impl ToPython for $ty {
            fn to_python<'rt>(&self, rt: &'rt Runtime) -> Result<Value<'rt>, PyError> {
                Ok(rt.wrap_float(f64::from(*self)))
            }
        }

        impl FromPython<'_> for $ty {
            fn from_python(value: &Value<'_>) -> Result<Self, PyError> {
                value.as_float()?.map(|x| x as $ty).ok_or_else(|| expected("float", value))
            }
        }
    )*};
}

floats! { f32 f64 }

impl ToPython for str {
    fn to_python<'rt>(&self, rt: &'rt Runtime) -> Result<Value<'rt>, PyError> {
        Ok(rt.wrap_str(self))
    }
}

impl ToPython for String {
    fn to_python<'rt>(&self, rt: &'rt Runtime) -> Result<Value<'rt>, PyError> {
        Ok(rt.wrap_str(self))
    }
}

impl FromPython<'_> for String {
    /// A `str` with lone surrogates is a `UnicodeEncodeError`.
    fn from_python(value: &Value<'_>) -> Result<Self, PyError> {
        value.as_text()?.ok_or_else(|| expected("str", value))
    }
}

impl ToPython for [u8] {
    fn to_python<'rt>(&self, rt: &'rt Runtime) -> Result<Value<'rt>, PyError> {
        Ok(rt.wrap_bytes(self))
    }
}

impl ToPython for Vec<u8> {
    fn to_python<'rt>(&self, rt: &'rt Runtime) -> Result<Value<'rt>, PyError> {
        Ok(rt.wrap_bytes(self))
    }
}

impl FromPython<'_> for Vec<u8> {
    fn from_python(value: &Value<'_>) -> Result<Self, PyError> {
        value.as_bytes().ok_or_else(|| expected("bytes", value))
    }
}

impl<T: ToPython> ToPython for Option<T> {
    fn to_python<'rt>(&self, rt: &'rt Runtime) -> Result<Value<'rt>, PyError> {
        match self {
            Some(value) => value.to_python(rt),
            None => Ok(rt.none()),
        }
    }
}

impl<'rt, T: FromPython<'rt>> FromPython<'rt> for Option<T> {
    fn from_python(value: &Value<'rt>) -> Result<Self, PyError> {
        if value.is_none() { Ok(None) } else { T::from_python(value).map(Some) }
    }
}

fn values<'rt, T: ToPython>(items: &[T], rt: &'rt Runtime) -> Result<Vec<Value<'rt>>, PyError> {
    items.iter().map(|item| item.to_python(rt)).collect()
}

impl<T: ToPython> ToPython for [T] {
    fn to_python<'rt>(&self, rt: &'rt Runtime) -> Result<Value<'rt>, PyError> {
        Ok(rt.wrap_list(values(self, rt)?))
    }
}

impl<T: ToPython> ToPython for Vec<T> {
    fn to_python<'rt>(&self, rt: &'rt Runtime) -> Result<Value<'rt>, PyError> {
        self.as_slice().to_python(rt)
    }
}

impl<T: ToPython, const N: usize> ToPython for [T; N] {
    fn to_python<'rt>(&self, rt: &'rt Runtime) -> Result<Value<'rt>, PyError> {
        self.as_slice().to_python(rt)
    }
}

impl<'rt, T: FromPython<'rt>> FromPython<'rt> for Vec<T> {
    fn from_python(value: &Value<'rt>) -> Result<Self, PyError> {
        let items = value.sequence_items().ok_or_else(|| expected("list", value))?;
        items.iter().map(T::from_python).collect()
    }
}

impl<T: ToPython> ToPython for Tuple<T> {
    fn to_python<'rt>(&self, rt: &'rt Runtime) -> Result<Value<'rt>, PyError> {
        Ok(rt.wrap_tuple(values(self, rt)?))
    }
}

impl<'rt, T: FromPython<'rt>> FromPython<'rt> for Tuple<T> {
    fn from_python(value: &Value<'rt>) -> Result<Self, PyError> {
        let items = value.sequence_items().ok_or_else(|| expected("tuple", value))?;
        items.iter().map(T::from_python).collect::<Result<_, _>>().map(Tuple)
    }
}

impl<K: ToPython, V: ToPython> ToPython for Dict<K, V> {
    fn to_python<'rt>(&self, rt: &'rt Runtime) -> Result<Value<'rt>, PyError> {
        rt.wrap_dict(self.iter().map(|(key, value)| (key, value)))
    }
}

impl<K: ToPython, V: ToPython> ToPython for BTreeMap<K, V> {
    fn to_python<'rt>(&self, rt: &'rt Runtime) -> Result<Value<'rt>, PyError> {
        rt.wrap_dict(self.iter())
    }
}

impl<K: ToPython, V: ToPython, S> ToPython for HashMap<K, V, S> {
    fn to_python<'rt>(&self, rt: &'rt Runtime) -> Result<Value<'rt>, PyError> {
        rt.wrap_dict(self.iter())
    }
}

fn pairs<'rt, K: FromPython<'rt>, V: FromPython<'rt>, C: FromIterator<(K, V)>>(
    value: &Value<'rt>,
) -> Result<C, PyError> {
    let items = value.dict_items().ok_or_else(|| expected("dict", value))?;
    items.iter().map(|(key, value)| Ok((K::from_python(key)?, V::from_python(value)?))).collect()
}

impl<'rt, K: FromPython<'rt>, V: FromPython<'rt>> FromPython<'rt> for Dict<K, V> {
    fn from_python(value: &Value<'rt>) -> Result<Self, PyError> {
        pairs(value)
    }
}

impl<'rt, K: FromPython<'rt> + Ord, V: FromPython<'rt>> FromPython<'rt> for BTreeMap<K, V> {
    fn from_python(value: &Value<'rt>) -> Result<Self, PyError> {
        pairs(value)
    }
}

impl<'rt, K, V, S> FromPython<'rt> for HashMap<K, V, S>
where
    K: FromPython<'rt> + Eq + Hash,
    V: FromPython<'rt>,
    S: BuildHasher + Default,
{
    fn from_python(value: &Value<'rt>) -> Result<Self, PyError> {
        pairs(value)
    }
}

impl<T: ToPython> ToPython for BTreeSet<T> {
    fn to_python<'rt>(&self, rt: &'rt Runtime) -> Result<Value<'rt>, PyError> {
        rt.wrap_set(self.iter())
    }
}

impl<T: ToPython, S> ToPython for HashSet<T, S> {
    fn to_python<'rt>(&self, rt: &'rt Runtime) -> Result<Value<'rt>, PyError> {
        rt.wrap_set(self.iter())
    }
}

fn members<'rt, T: FromPython<'rt>, C: FromIterator<T>>(value: &Value<'rt>) -> Result<C, PyError> {
    let items = value.set_items().ok_or_else(|| expected("set", value))?;
    items.iter().map(T::from_python).collect()
}

impl<'rt, T: FromPython<'rt> + Ord> FromPython<'rt> for BTreeSet<T> {
    fn from_python(value: &Value<'rt>) -> Result<Self, PyError> {
        members(value)
    }
}

impl<'rt, T: FromPython<'rt> + Eq + Hash, S: BuildHasher + Default> FromPython<'rt> for HashSet<T, S> {
    fn from_python(value: &Value<'rt>) -> Result<Self, PyError> {
        members(value)
    }
}

macro_rules! tuples {
    ($(($($name:ident $index:tt),+))*) => {$(
        impl<$($name: ToPython),+> ToPython for ($($name,)+) {
            fn to_python<'rt>(&self, rt: &'rt Runtime) -> Result<Value<'rt>, PyError> {
                Ok(rt.wrap_tuple(vec![$(self.$index.to_python(rt)?),+]))
            }
        }

        impl<'rt, $($name: FromPython<'rt>),+> FromPython<'rt> for ($($name,)+) {
            fn from_python(value: &Value<'rt>) -> Result<Self, PyError> {
                const LEN: usize = [$($index),+].len();
                let items = value.tuple_items().ok_or_else(|| expected("tuple", value))?;
                if items.len() != LEN {
                    let message = format!("expected a tuple of {LEN} items, got {}", items.len());
                    return Err(PyError::new("ValueError", message));
                }
                Ok(($($name::from_python(&items[$index])?,)+))
            }
        }
    )*};
}

tuples! {
    (A 0)
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
    (A 0, B 1, C 2, D 3, E 4)
    (A 0, B 1, C 2, D 3, E 4, F 5)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7)
}
