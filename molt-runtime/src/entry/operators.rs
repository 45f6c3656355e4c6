//! Operators, comparisons and truth.

use super::rows;
use crate::ops::operators::BinOp;
use crate::types::spec::CmpOp;
use crate::value::Obj;
use molt_abi::layout::{Kind, header};

const DICT: u32 = Kind::Dict as u32;
const SET: u32 = Kind::Set as u32;
const FROZEN_SET: u32 = Kind::FrozenSet as u32;

macro_rules! binary {
    ($($name:ident $in_place:ident $op:ident,)*) => { rows! {$(
        fn $name(rt, a: val, b: val) -> owned { rt.binary_at_once(BinOp::$op, a, b) }
        fn $in_place(rt, a: val, b: val) -> owned { rt.binary_in_place(BinOp::$op, a, b) }
    )*} };
}

rows! {
    fn add(rt, a: val, b: val) -> owned {
        if a.is_exact(Kind::Str) && b.is_exact(Kind::Str) {
            return crate::types::str::add(rt, a, b);
        }
        rt.binary_at_once(BinOp::Add, a, b)
    }
    fn iadd(rt, a: steal, b: val) -> owned {
        if a.is_exact(Kind::Str) && b.is_exact(Kind::Str) {
            return Ok(crate::object::str::append(rt, a, b));
        }
        rt.binary_in_place(BinOp::Add, &a, b)
    }
}

binary! {
    sub isub Sub,
    mul imul Mul,
    matmul imatmul MatMul,
    truediv itruediv TrueDiv,
    floordiv ifloordiv FloorDiv,
    rem irem Rem,
    lshift ilshift LShift,
    rshift irshift RShift,
    bitand ibitand And,
    bitor ibitor Or,
    bitxor ibitxor Xor,
}

macro_rules! comparisons {
    ($($name:ident $truth:ident $op:ident,)*) => { rows! {$(
        fn $name(rt, a: val, b: val) -> owned { rt.compare(a, b, CmpOp::$op) }
        fn $truth(rt, a: val, b: val) -> truth { rt.compare_true(a, b, CmpOp::$op) }
    )*} };
}

comparisons! {
    lt lt_true Lt,
    le le_true Le,
    eq eq_true Eq,
    ne ne_true Ne,
    gt gt_true Gt,
    ge ge_true Ge,
}

rows! {
    fn pow(rt, a: val, b: val) -> owned { rt.power(a, b, &Obj::none()) }
    fn ipow(rt, a: val, b: val) -> owned { rt.power_in_place(a, b) }
    fn neg(rt, a: val) -> owned { rt.neg(a) }
    fn pos(rt, a: val) -> owned { rt.pos(a) }
    fn invert(rt, a: val) -> owned { rt.invert(a) }
    fn abs(rt, a: val) -> owned { rt.abs(a) }
    fn contains(rt, container: val, item: val) -> truth {
        match container.header().map(|h| h.meta() & header::EXACT_MASK) {
            Some(DICT) => crate::types::dict::contains(rt, container, item),
            Some(SET | FROZEN_SET) => crate::types::set::has(rt, container, item),
            _ => rt.contains(container, item),
        }
    }
    fn truth(rt, a: val) -> truth { rt.truth(a) }
}
