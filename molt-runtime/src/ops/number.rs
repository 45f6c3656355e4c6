//! Numbers as native code wants them: `__index__`, `__float__`, and their failures in CPython's words.

use crate::object::int;
use crate::runtime::{R, Raised, Rt};
use crate::types::float;
use crate::types::number::{Int, IntRef, int_convert, int_text};
use crate::value::Obj;

impl Rt {
    /// `operator.index(obj)` when the type has `__index__`.
    pub fn index_opt(&self, obj: &Obj) -> R<Option<Obj>> {
        if let Some(n) = int::value(obj) {
            return Ok(Some(int::from_int(self, n.to_int())));
        }
        let Some(index) = self.type_of(obj).slots.index.get() else { return Ok(None) };
        let result = index(self, obj)?;
        match int::value(&result) {
            Some(n) => Ok(Some(int::from_int(self, n.to_int()))),
            None => Err(self.type_error(format_args!("__index__ returned non-int (type {})", self.type_name(&result)))),
        }
    }

    /// An argument that C code takes as an `int`: "Python int too large to convert to C int" beyond 32 bits.
    pub fn index_i32(&self, obj: &Obj) -> R<i32> {
        let index = self.index(obj)?;
        match int::value(&index).and_then(IntRef::to_i64).map(i32::try_from) {
            Some(Ok(n)) => Ok(n),
            _ => Err(self.overflow_error(format_args!("Python int too large to convert to C int"))),
        }
    }

    /// The value as a float: a `float`, `__float__`, or `__index__` ("must be real number, not str").
    pub fn to_f64(&self, obj: &Obj) -> R<f64> {
        match self.to_f64_opt(obj)? {
            Some(x) => Ok(x),
            None => Err(self.type_error(format_args!("must be real number, not {}", self.type_name(obj)))),
        }
    }

    /// As [`Rt::to_f64`]; nothing for what is no real number.
    pub fn to_f64_opt(&self, obj: &Obj) -> R<Option<f64>> {
        if let Some(x) = float::value(obj) {
            return Ok(Some(x));
        }
        if let Some(n) = int::value(obj) {
            return self.int_to_f64(n).map(Some);
        }
        if let Some(convert) = self.type_of(obj).slots.float.get() {
            let result = convert(self, obj)?;
            return match float::value(&result) {
                Some(x) => Ok(Some(x)),
                None => Err(self.type_error(format_args!(
                    "{}.__float__ returned non-float (type {})",
                    self.type_name(obj),
                    self.type_name(&result)
                ))),
            };
        }
        match self.index_opt(obj)? {
            Some(index) => match int::value(&index) {
                Some(n) => self.int_to_f64(n).map(Some),
                None => Ok(None),
            },
            None => Ok(None),
        }
    }

    /// `float(n)`: "int too large to convert to float" beyond.
    pub fn int_to_f64(&self, n: IntRef<'_>) -> R<f64> {
        int_convert::to_f64(n).map_err(|_| self.overflow_error(format_args!("int too large to convert to float")))
    }

    /// The integral part of a float as an `int`.
    pub fn float_to_int(&self, x: f64) -> R {
        match int_convert::from_f64(x) {
            Some(n) => Ok(int::from_int(self, n)),
            None if x.is_nan() => Err(self.value_error(format_args!("cannot convert float NaN to integer"))),
            None => Err(self.overflow_error(format_args!("cannot convert float infinity to integer"))),
        }
    }

    /// The decimal digits of an int, within the runtime's limit.
    pub fn int_decimal(&self, n: IntRef<'_>) -> R<String> {
        let limit = self.max_str_digits();
        int_text::decimal(n, limit).map_err(|_| self.too_many_digits(None))
    }

    /// "Exceeds the limit (4300 digits) for integer string conversion…".
    #[cold]
    pub fn too_many_digits(&self, digits: Option<usize>) -> Raised {
        let limit = self.max_str_digits();
        let has = digits.map_or_else(String::new, |n| format!(": value has {n} digits"));
        self.value_error(format_args!(
            "Exceeds the limit ({limit} digits) for integer string conversion{has}; use sys.set_int_max_str_digits() to increase the limit"
        ))
    }

    /// An `int` of any size.
    pub fn make_int(&self, n: Int) -> Obj {
        int::from_int(self, n)
    }
}
