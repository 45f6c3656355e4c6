//! Operators: binary and unary dispatch over slots, comparison.
//!
//! Invariant: operands are evaluated by the caller; a slot gets both in source order; `NotImplemented` never leaves.

use crate::object::int;
use crate::runtime::{R, Raised, Rt};
use crate::types::number::int as arithmetic;
use crate::types::spec::{Binary, CmpOp, LiveSlots, Repeat, Unary};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// A binary operator with a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum BinOp {
    Add,
    Sub,
    Mul,
    MatMul,
    TrueDiv,
    FloorDiv,
    Rem,
    DivMod,
    LShift,
    RShift,
    And,
    Or,
    Xor,
}

impl BinOp {
    #[inline]
    fn slot(self, s: &LiveSlots) -> Option<Binary> {
        match self {
            BinOp::Add => s.add.get(),
            BinOp::Sub => s.sub.get(),
            BinOp::Mul => s.mul.get(),
            BinOp::MatMul => s.matmul.get(),
            BinOp::TrueDiv => s.truediv.get(),
            BinOp::FloorDiv => s.floordiv.get(),
            BinOp::Rem => s.rem.get(),
            BinOp::DivMod => s.divmod.get(),
            BinOp::LShift => s.lshift.get(),
            BinOp::RShift => s.rshift.get(),
            BinOp::And => s.bitand.get(),
            BinOp::Or => s.bitor.get(),
            BinOp::Xor => s.bitxor.get(),
        }
    }

    #[inline]
    fn in_place_slot(self, s: &LiveSlots) -> Option<Binary> {
        match self {
            BinOp::Add => s.iadd.get(),
            BinOp::Sub => s.isub.get(),
            BinOp::Mul => s.imul.get(),
            BinOp::MatMul => s.imatmul.get(),
            BinOp::TrueDiv => s.itruediv.get(),
            BinOp::FloorDiv => s.ifloordiv.get(),
            BinOp::Rem => s.irem.get(),
            BinOp::DivMod => None,
            BinOp::LShift => s.ilshift.get(),
            BinOp::RShift => s.irshift.get(),
            BinOp::And => s.ibitand.get(),
            BinOp::Or => s.ibitor.get(),
            BinOp::Xor => s.ibitxor.get(),
        }
    }

    /// The operator's text in messages.
    pub const fn text(self) -> &'static str {
        match self {
            BinOp::Add => "+",
            BinOp::Sub => "-",
            BinOp::Mul => "*",
            BinOp::MatMul => "@",
            BinOp::TrueDiv => "/",
            BinOp::FloorDiv => "//",
            BinOp::Rem => "%",
            BinOp::DivMod => "divmod()",
            BinOp::LShift => "<<",
            BinOp::RShift => ">>",
            BinOp::And => "&",
            BinOp::Or => "|",
            BinOp::Xor => "^",
        }
    }
}

fn same(a: Option<Binary>, b: Option<Binary>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if std::ptr::fn_addr_eq(a, b))
}

impl Rt {
    /// `a op b` as far as the slots know; `NotImplemented` if none does.
    fn binary_slots(&self, op: BinOp, a: &Obj, b: &Obj) -> R {
        let (ta, tb) = (self.type_of(a), self.type_of(b));
        let left = op.slot(&ta.slots);
        let mut right = if ta.is(tb) { None } else { op.slot(&tb.slots) };
        if same(left, right) {
            right = None;
        }
        if let Some(left) = left {
            if let Some(f) = right
                && tb.is_subtype(ta)
            {
                let value = f(self, a, b)?;
                if !value.is_not_implemented() {
                    return Ok(value);
                }
                right = None;
            }
            let value = left(self, a, b)?;
            if !value.is_not_implemented() {
                return Ok(value);
            }
        }
        match right {
            Some(right) => right(self, a, b),
            None => Ok(Obj::not_implemented()),
        }
    }

    /// `a op b` of exact ints or floats, for the operators that always have a result.
    #[inline(always)]
    fn binary_numbers(&self, op: BinOp, a: &Obj, b: &Obj) -> Option<Obj> {
        if let (Some(x), Some(y)) = (a.as_float(), b.as_float()) {
            return match op {
                BinOp::Add => Some(Obj::float(x + y)),
                BinOp::Sub => Some(Obj::float(x - y)),
                BinOp::Mul => Some(Obj::float(x * y)),
                _ => None,
            };
        }
        if let (Some(x), Some(y)) = (int::exact_wide(a), int::exact_wide(b)) {
            let n = match op {
                BinOp::Add => x.checked_add(y),
                BinOp::Sub => x.checked_sub(y),
                BinOp::Mul => arithmetic::wide_product(x, y),
                BinOp::And => Some(x & y),
                BinOp::Or => Some(x | y),
                BinOp::Xor => Some(x ^ y),
                _ => None,
            };
            if let Some(n) = n {
                return Some(int::from_i128(self, n));
            }
        }
        self.binary_ints(op, a, b)
    }

    #[inline(never)]
    fn binary_ints(&self, op: BinOp, a: &Obj, b: &Obj) -> Option<Obj> {
        let operator = match op {
            BinOp::Add => arithmetic::add,
            BinOp::Sub => arithmetic::sub,
            BinOp::Mul => arithmetic::mul,
            BinOp::And => arithmetic::and,
            BinOp::Or => arithmetic::or,
            BinOp::Xor => arithmetic::xor,
            _ => return None,
        };
        Some(int::from_int(self, operator(int::exact_value(a)?, int::exact_value(b)?)))
    }

    /// `a op b`.
    pub fn binary(&self, op: BinOp, a: &Obj, b: &Obj) -> R {
        self.binary_at_once(op, a, b)
    }

    /// As [`Rt::binary`], for a caller with one operator: its numbers are in line.
    #[inline(always)]
    pub fn binary_at_once(&self, op: BinOp, a: &Obj, b: &Obj) -> R {
        match self.binary_numbers(op, a, b) {
            Some(number) => Ok(number),
            None => self.binary_by_type(op, a, b),
        }
    }

    #[inline(never)]
    fn binary_by_type(&self, op: BinOp, a: &Obj, b: &Obj) -> R {
        let value = self.binary_slots(op, a, b)?;
        if !value.is_not_implemented() {
            return Ok(value);
        }
        match op {
            BinOp::Add => {
                if let Some(concat) = self.type_of(a).slots.concat.get() {
                    return concat(self, a, b);
                }
            }
            BinOp::Mul => {
                if let Some(repeat) = self.type_of(a).slots.repeat.get() {
                    return self.repeat_sequence(repeat, a, b);
                }
                if let Some(repeat) = self.type_of(b).slots.repeat.get() {
                    return self.repeat_sequence(repeat, b, a);
                }
            }
            _ => {}
        }
        Err(self.unsupported(op.text(), a, b))
    }

    fn repeat_sequence(&self, repeat: Repeat, seq: &Obj, count: &Obj) -> R {
        if !self.has_index(count) {
            return Err(
                self.type_error(format_args!("can't multiply sequence by non-int of type '{}'", self.type_name(count)))
            );
        }
        let count = self.index_i64(count)?;
        repeat(self, seq, count)
    }

    /// `a op= b`, with numbers in line.
    #[inline(always)]
    pub fn binary_in_place(&self, op: BinOp, a: &Obj, b: &Obj) -> R {
        match self.binary_numbers(op, a, b) {
            Some(number) => Ok(number),
            None => self.binary_in_place_by_type(op, a, b),
        }
    }

    #[inline(never)]
    fn binary_in_place_by_type(&self, op: BinOp, a: &Obj, b: &Obj) -> R {
        let slots = &self.type_of(a).slots;
        if let Some(f) = op.in_place_slot(slots) {
            let value = f(self, a, b)?;
            if !value.is_not_implemented() {
                return Ok(value);
            }
        }
        let value = self.binary_slots(op, a, b)?;
        if !value.is_not_implemented() {
            return Ok(value);
        }
        match op {
            BinOp::Add => {
                if let Some(concat) = slots.iconcat.get().or(slots.concat.get()) {
                    return concat(self, a, b);
                }
            }
            BinOp::Mul => {
                if let Some(repeat) = slots.irepeat.get().or(slots.repeat.get()) {
                    return self.repeat_sequence(repeat, a, b);
                }
                if let Some(repeat) = self.type_of(b).slots.repeat.get() {
                    return self.repeat_sequence(repeat, b, a);
                }
            }
            _ => {}
        }
        Err(self.unsupported(&format!("{}=", op.text()), a, b))
    }

    /// "unsupported operand type(s) for +: 'int' and 'str'".
    #[cold]
    pub fn unsupported(&self, op: &str, a: &Obj, b: &Obj) -> Raised {
        let (ta, tb) = (self.type_name(a), self.type_name(b));
        // CPython's hint for Python 2's print statement with a redirection.
        if op == ">>"
            && a.is_kind(Kind::Builtin)
            && a.expect::<crate::object::builtin::BuiltinObject>().def.name == "print"
        {
            return self.type_error(format_args!(
                "unsupported operand type(s) for {op}: '{ta}' and '{tb}'. Did you mean \"print(<message>, file=<output_stream>)\"?"
            ));
        }
        self.type_error(format_args!("unsupported operand type(s) for {op}: '{ta}' and '{tb}'"))
    }

    /// `pow(a, b, modulus)`; `a ** b` when `modulus` is `None`.
    pub fn power(&self, a: &Obj, b: &Obj, modulus: &Obj) -> R {
        if modulus.is_none()
            && let (Some(x), Some(y)) = (int::exact_value(a), int::exact_value(b))
            && !y.is_negative()
            && let Ok(n) = arithmetic::pow(x, y)
        {
            return Ok(int::from_int(self, n));
        }
        let value = self.power_slots(a, b, modulus)?;
        if !value.is_not_implemented() {
            return Ok(value);
        }
        if modulus.is_none() {
            return Err(self.unsupported("** or pow()", a, b));
        }
        Err(self.type_error(format_args!(
            "unsupported operand type(s) for ** or pow(): '{}', '{}', '{}'",
            self.type_name(a),
            self.type_name(b),
            self.type_name(modulus)
        )))
    }

    fn power_slots(&self, a: &Obj, b: &Obj, modulus: &Obj) -> R {
        let (ta, tb) = (self.type_of(a), self.type_of(b));
        let left = ta.slots.pow.get();
        let mut right = if ta.is(tb) { None } else { tb.slots.pow.get() };
        if let (Some(l), Some(r)) = (left, right)
            && std::ptr::fn_addr_eq(l, r)
        {
            right = None;
        }
        if let Some(left) = left {
            if let Some(f) = right
                && tb.is_subtype(ta)
            {
                let value = f(self, a, b, modulus)?;
                if !value.is_not_implemented() {
                    return Ok(value);
                }
                right = None;
            }
            let value = left(self, a, b, modulus)?;
            if !value.is_not_implemented() {
                return Ok(value);
            }
        }
        match right {
            Some(right) => right(self, a, b, modulus),
            None => Ok(Obj::not_implemented()),
        }
    }

    /// `a **= b`.
    pub fn power_in_place(&self, a: &Obj, b: &Obj) -> R {
        if let Some(f) = self.type_of(a).slots.ipow.get() {
            let value = f(self, a, b)?;
            if !value.is_not_implemented() {
                return Ok(value);
            }
        }
        let value = self.power_slots(a, b, &Obj::none())?;
        if value.is_not_implemented() { Err(self.unsupported("**=", a, b)) } else { Ok(value) }
    }

    fn unary(&self, slot: Option<Unary>, op: &str, a: &Obj) -> R {
        match slot {
            Some(f) => f(self, a),
            None => Err(self.type_error(format_args!("bad operand type for {op}: '{}'", self.type_name(a)))),
        }
    }

    /// `-a`.
    pub fn neg(&self, a: &Obj) -> R {
        self.unary(self.type_of(a).slots.neg.get(), "unary -", a)
    }

    /// `+a`.
    pub fn pos(&self, a: &Obj) -> R {
        self.unary(self.type_of(a).slots.pos.get(), "unary +", a)
    }

    /// `~a`.
    pub fn invert(&self, a: &Obj) -> R {
        self.unary(self.type_of(a).slots.invert.get(), "unary ~", a)
    }

    /// `abs(a)`.
    pub fn abs(&self, a: &Obj) -> R {
        self.unary(self.type_of(a).slots.abs.get(), "abs()", a)
    }

    /// `a op b`, any value.
    #[inline]
    pub fn compare(&self, a: &Obj, b: &Obj, op: CmpOp) -> R {
        if let (Some(x), Some(y)) = (a.as_small_int(), b.as_small_int()) {
            return Ok(Obj::bool(op.holds(x.cmp(&y))));
        }
        self.compare_by_type(a, b, op)
    }

    #[inline(never)]
    fn compare_by_type(&self, a: &Obj, b: &Obj, op: CmpOp) -> R {
        if a.is_exact(Kind::Str) && b.is_exact(Kind::Str) {
            return Ok(Obj::bool(crate::types::str::holds(a, b, op)));
        }
        self.check_stack(" in comparison")?;
        let (ta, tb) = (self.type_of(a), self.type_of(b));
        let mut reflected_done = false;
        if !ta.is(tb)
            && tb.is_subtype(ta)
            && let Some(f) = tb.slots.compare.get()
        {
            reflected_done = true;
            let value = f(self, b, a, op.swapped())?;
            if !value.is_not_implemented() {
                return Ok(value);
            }
        }
        if let Some(f) = ta.slots.compare.get() {
            let value = f(self, a, b, op)?;
            if !value.is_not_implemented() {
                return Ok(value);
            }
        }
        if !reflected_done && let Some(f) = tb.slots.compare.get() {
            let value = f(self, b, a, op.swapped())?;
            if !value.is_not_implemented() {
                return Ok(value);
            }
        }
        match op {
            CmpOp::Eq => Ok(Obj::bool(a.is(b))),
            CmpOp::Ne => Ok(Obj::bool(!a.is(b))),
            _ => Err(self.type_error(format_args!(
                "'{}' not supported between instances of '{}' and '{}'",
                op.text(),
                ta.message_name(),
                tb.message_name()
            ))),
        }
    }

    /// The truth of `a op b`.
    #[inline]
    pub fn compare_true(&self, a: &Obj, b: &Obj, op: CmpOp) -> R<bool> {
        if let (Some(x), Some(y)) = (a.as_small_int(), b.as_small_int()) {
            return Ok(op.holds(x.cmp(&y)));
        }
        self.compare_true_by_type(a, b, op)
    }

    #[inline(never)]
    fn compare_true_by_type(&self, a: &Obj, b: &Obj, op: CmpOp) -> R<bool> {
        if a.is_exact(Kind::Str) && b.is_exact(Kind::Str) {
            return Ok(crate::types::str::holds(a, b, op));
        }
        let value = self.compare(a, b, op)?;
        self.truth(&value)
    }

    /// Whether two values are the same object or equal, as containers compare their items.
    #[inline]
    pub fn equal(&self, a: &Obj, b: &Obj) -> R<bool> {
        if a.is(b) {
            return Ok(true);
        }
        if a.as_small_int().is_some() && b.as_small_int().is_some() {
            return Ok(false);
        }
        if a.is_exact(Kind::Str) && b.is_exact(Kind::Str) {
            return Ok(crate::object::str::equal(a, b));
        }
        self.compare_true(a, b, CmpOp::Eq)
    }
}
