//! Unboxed arithmetic that does not fit one machine instruction.

use super::rows;
use crate::types::number::int::{Int, IntRef};
use crate::types::number::{float_math, int_convert};
use crate::value::Obj;

rows! {
    fn box_i64(rt, a: int) -> object { rt.int(a) }
    fn int_add_slow(rt, a: int, b: int) -> object {
        match a.checked_add(b) {
            Some(n) => rt.int(n),
            None => rt.make_int(Int::from_i128(i128::from(a) + i128::from(b))),
        }
    }
    fn int_sub_slow(rt, a: int, b: int) -> object {
        match a.checked_sub(b) {
            Some(n) => rt.int(n),
            None => rt.make_int(Int::from_i128(i128::from(a) - i128::from(b))),
        }
    }
    fn int_mul_slow(rt, a: int, b: int) -> object {
        match a.checked_mul(b) {
            Some(n) => rt.int(n),
            None => rt.make_int(Int::from_i128(i128::from(a) * i128::from(b))),
        }
    }
    fn int_pow(rt, a: int, b: int) -> owned { rt.power(&rt.int(a), &rt.int(b), &Obj::none()) }
    fn int_truediv(_rt, a: int, b: int) -> float { int_convert::truediv(IntRef::Small(a), IntRef::Small(b)).unwrap_or(f64::NAN) }
    fn flt_floordiv(_rt, a: flt, b: flt) -> float { float_math::floor_div(a, b) }
    fn flt_rem(_rt, a: flt, b: flt) -> float { float_math::rem(a, b) }
    fn flt_pow(rt, a: val, b: val) -> owned { rt.power(a, b, &Obj::none()) }
}
