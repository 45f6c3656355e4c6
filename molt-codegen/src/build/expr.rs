//! Expressions: values and conditions.

use super::function::FunctionBuilder;
use crate::hir::{self, BinOp, CmpOp, Constant as HirConstant, DictItem, Element, Expr, ExprKind, FPart, UnaryOp};
use crate::mir::*;
use crate::source::Span;
use molt_abi::intrinsic::Intrinsic;
use molt_abi::value;

/// A display with more items than this is filled item by item, so that no call takes an unbounded number of words.
const MAX_DISPLAY: usize = 30;

/// The operation of a binary operator, and of its in-place form.
pub fn binary(op: BinOp) -> (Intrinsic, Intrinsic) {
    use Intrinsic::*;
    match op {
        BinOp::Add => (add, iadd),
        BinOp::Sub => (sub, isub),
        BinOp::Mul => (mul, imul),
        BinOp::MatMul => (matmul, imatmul),
        BinOp::Div => (truediv, itruediv),
        BinOp::FloorDiv => (floordiv, ifloordiv),
        BinOp::Mod => (rem, irem),
        BinOp::Pow => (pow, ipow),
        BinOp::LShift => (lshift, ilshift),
        BinOp::RShift => (rshift, irshift),
        BinOp::BitAnd => (bitand, ibitand),
        BinOp::BitOr => (bitor, ibitor),
        BinOp::BitXor => (bitxor, ibitxor),
    }
}

impl FunctionBuilder<'_, '_> {
    /// Evaluates an expression.
    pub fn expr(&mut self, expr: &Expr) -> Value {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Const(constant) => self.constant(constant),
            ExprKind::Name(name) => self.read_name(name, span),
            ExprKind::Named { target, value } => {
                let value = self.expr(value);
                self.store_name(target, value, span);
                value
            }
            ExprKind::Not(operand) => {
                let value = self.expr(operand);
                let truth = self.truth_of(value, span);
                let negated = self.value(Op::Bnot, vec![truth.into()], Type::Bool);
                self.box_bool(negated)
            }
            ExprKind::Unary { op, operand } => self.unary(*op, operand, span),
            ExprKind::Binary { op, left, right } => {
                let left = self.expr(left);
                let right = self.expr(right);
                self.call(binary(*op).0, vec![left.into(), right.into()], span)
            }
            ExprKind::And(items) => self.short_circuit(items, true, span),
            ExprKind::Or(items) => self.short_circuit(items, false, span),
            ExprKind::Compare { left, rest } => self.compare(left, rest, span),
            ExprKind::IfElse { test, body, orelse } => {
                let (then, els, join) = (self.ssa.new_block(), self.ssa.new_block(), self.ssa.new_block());
                let result = self.ssa.func.add_param(join, Type::Val);
                self.condition(test, then, els);
                for (block, value) in [(then, body), (els, orelse)] {
                    self.start(block);
                    if !self.ssa.dead {
                        let value = self.expr(value);
                        self.jump_with(join, value);
                    }
                }
                self.start(join);
                result
            }
            ExprKind::Attribute { value, attr } => match &value.kind {
                ExprKind::ZeroArgSuper { func, class, first } => {
                    self.zero_arg_super(func, class.as_ref(), first.as_ref(), Some((attr, span)), value.span)
                }
                _ => {
                    let object = self.expr(value);
                    self.attribute(object, attr, span)
                }
            },
            ExprKind::Subscript { value, index } => {
                let object = self.expr(value);
                let (id, operands) = self.subscript(object, index, (Intrinsic::get_item, Intrinsic::get_slice));
                self.call(id, operands, span)
            }
            ExprKind::Slice { lower, upper, step } => {
                let parts = self.slice_parts([lower, upper, step]);
                self.call(Intrinsic::build_slice, parts.to_vec(), span)
            }
            ExprKind::Call { func, args } => self.call_expr(func, args, span),
            ExprKind::ZeroArgSuper { func, class, first } => {
                self.zero_arg_super(func, class.as_ref(), first.as_ref(), None, span)
            }
            ExprKind::List(items) => self.list(items, span),
            ExprKind::Tuple(items) => self.tuple(items, span),
            ExprKind::Set(items) => self.set(items, span),
            ExprKind::Dict(items) => self.dict(items, span),
            ExprKind::Comprehension(comprehension) => self.comprehension(comprehension, span),
            ExprKind::GenExpr { func, iter } => {
                let object = self.function_object(*func, None, None, None);
                let iterable = self.expr(iter);
                let iterator = self.call(Intrinsic::get_iter, vec![iterable.into()], span);
                // The function object is new, so its code is known: no binding of arguments.
                let mut args = vec![iterator.into()];
                if !self.m.hir.function(*func).frees.is_empty() {
                    args.insert(0, Operand::Value(object));
                }
                let callee = FuncRef::Local(FuncId(func.0));
                self.raising(Op::CallDirect(callee), args, &[Type::Val], span)[0]
            }
            ExprKind::MakeFunction(make) => self.make_function(make, span),
            ExprKind::MakeClass(make) => self.make_class(make, span),
            ExprKind::FString(parts) => self.fstring(parts, span),
            ExprKind::Yield(value) => {
                let value = match value {
                    Some(value) => self.expr(value),
                    None => self.word(value::NONE),
                };
                self.raising(Op::Yield, vec![value.into()], &[Type::Val], span)[0]
            }
            ExprKind::YieldFrom(value) => self.yield_from(value, span),
            ExprKind::Match(op) => self.match_op(op, span),
        }
    }

    /// The operands of a subscript, its index evaluated, and the row for them: a slice is passed in parts.
    pub fn subscript(
        &mut self,
        object: Value,
        index: &Expr,
        (item, slice): (Intrinsic, Intrinsic),
    ) -> (Intrinsic, Vec<Operand>) {
        let mut operands = vec![object.into()];
        match &index.kind {
            ExprKind::Slice { lower, upper, step } => {
                operands.extend(self.slice_parts([lower, upper, step]));
                (slice, operands)
            }
            _ => {
                operands.push(self.expr(index).into());
                (item, operands)
            }
        }
    }

    fn slice_parts(&mut self, parts: [&Option<Box<Expr>>; 3]) -> [Operand; 3] {
        parts.map(|part| match part {
            Some(part) => self.expr(part).into(),
            None => self.word(value::NONE).into(),
        })
    }

    /// Reads an attribute.
    pub fn attribute(&mut self, object: Value, attr: &hir::Ident, span: Span) -> Value {
        let name = self.name_operand(attr);
        let ic = Operand::Ic(self.m.module.new_ic());
        self.call(Intrinsic::get_attr, vec![object.into(), name, ic], span)
    }

    pub fn box_bool(&mut self, truth: Value) -> Value {
        self.value(Op::BoxBool, vec![truth.into()], Type::Val)
    }

    fn unary(&mut self, op: UnaryOp, operand: &Expr, span: Span) -> Value {
        let operand = self.expr(operand);
        let id = match op {
            UnaryOp::Neg => Intrinsic::neg,
            UnaryOp::Pos => Intrinsic::pos,
            UnaryOp::Invert => Intrinsic::invert,
        };
        self.call(id, vec![operand.into()], span)
    }

    /// `and` (going on while true) or `or`, for its value.
    fn short_circuit(&mut self, items: &[Expr], go_on: bool, span: Span) -> Value {
        let join = self.ssa.new_block();
        let result = self.ssa.func.add_param(join, Type::Val);
        for (i, item) in items.iter().enumerate() {
            let value = self.expr(item);
            if i + 1 == items.len() {
                self.jump_with(join, value);
                break;
            }
            let truth = self.truth_of(value, span);
            let next = self.ssa.new_block();
            let stop = BlockCall::new(join, vec![value]);
            let next_call = BlockCall::new(next, Vec::new());
            let (then, els) = if go_on { (next_call, stop) } else { (stop, next_call) };
            self.ssa.terminate(Term::Branch { cond: truth, then, els });
            self.start(next);
        }
        self.start(join);
        result
    }

    /// The truth of a value.
    fn truth_of(&mut self, value: Value, span: Span) -> Value {
        if let Some(inst) = self.ssa.func.def_inst(value)
            && inst.op == Op::BoxBool
            && let Some(Operand::Value(truth)) = inst.args.first()
        {
            return *truth;
        }
        self.call(Intrinsic::truth, vec![value.into()], span)
    }

    /// The truth of an expression, as a `bool`.
    fn truth(&mut self, expr: &Expr) -> Value {
        match &expr.kind {
            ExprKind::Not(inner) => {
                let truth = self.truth(inner);
                self.value(Op::Bnot, vec![truth.into()], Type::Bool)
            }
            ExprKind::Compare { left, rest } if rest.len() == 1 => {
                let left = self.expr(left);
                let right = self.expr(&rest[0].1);
                self.compare_truth(rest[0].0, left, right, expr.span)
            }
            ExprKind::Match(op) => self.match_test(op, expr.span),
            _ => {
                let value = self.expr(expr);
                self.truth_of(value, expr.span)
            }
        }
    }

    /// One comparison as a `bool`.
    fn compare_truth(&mut self, op: CmpOp, left: Value, right: Value, span: Span) -> Value {
        let pair = vec![left.into(), right.into()];
        let id = match op {
            CmpOp::Eq => Intrinsic::eq_true,
            CmpOp::Ne => Intrinsic::ne_true,
            CmpOp::Lt => Intrinsic::lt_true,
            CmpOp::Le => Intrinsic::le_true,
            CmpOp::Gt => Intrinsic::gt_true,
            CmpOp::Ge => Intrinsic::ge_true,
            CmpOp::Is => return self.value(Op::Same, pair, Type::Bool),
            CmpOp::IsNot => {
                let same = self.value(Op::Same, pair, Type::Bool);
                return self.value(Op::Bnot, vec![same.into()], Type::Bool);
            }
            CmpOp::In => return self.call(Intrinsic::contains, vec![right.into(), left.into()], span),
            CmpOp::NotIn => {
                let found = self.call(Intrinsic::contains, vec![right.into(), left.into()], span);
                return self.value(Op::Bnot, vec![found.into()], Type::Bool);
            }
        };
        self.call(id, pair, span)
    }

    /// One comparison as a value: what the method returned.
    fn compare_value(&mut self, op: CmpOp, left: Value, right: Value, span: Span) -> Value {
        let id = match op {
            CmpOp::Eq => Intrinsic::eq,
            CmpOp::Ne => Intrinsic::ne,
            CmpOp::Lt => Intrinsic::lt,
            CmpOp::Le => Intrinsic::le,
            CmpOp::Gt => Intrinsic::gt,
            CmpOp::Ge => Intrinsic::ge,
            CmpOp::Is | CmpOp::IsNot | CmpOp::In | CmpOp::NotIn => {
                let truth = self.compare_truth(op, left, right, span);
                return self.box_bool(truth);
            }
        };
        self.call(id, vec![left.into(), right.into()], span)
    }

    fn compare(&mut self, left: &Expr, rest: &[(CmpOp, Expr)], span: Span) -> Value {
        let mut left = self.expr(left);
        if let [(op, right)] = rest {
            let right = self.expr(right);
            return self.compare_value(*op, left, right, span);
        }
        let join = self.ssa.new_block();
        let result = self.ssa.func.add_param(join, Type::Val);
        for (i, (op, right)) in rest.iter().enumerate() {
            let right = self.expr(right);
            let value = self.compare_value(*op, left, right, span);
            if i + 1 == rest.len() {
                self.jump_with(join, value);
                break;
            }
            let truth = self.truth_of(value, span);
            let next = self.ssa.new_block();
            self.ssa.terminate(Term::Branch {
                cond: truth,
                then: BlockCall::new(next, Vec::new()),
                els: BlockCall::new(join, vec![value]),
            });
            self.start(next);
            left = right;
        }
        self.start(join);
        result
    }

    /// Evaluates a condition and branches; the targets are not sealed.
    pub fn condition(&mut self, expr: &Expr, then: Block, els: Block) {
        match &expr.kind {
            ExprKind::Not(inner) => self.condition(inner, els, then),
            ExprKind::And(items) | ExprKind::Or(items) => {
                let and = matches!(expr.kind, ExprKind::And(_));
                for (i, item) in items.iter().enumerate() {
                    if i + 1 == items.len() {
                        self.condition(item, then, els);
                        break;
                    }
                    let next = self.ssa.new_block();
                    if and {
                        self.condition(item, next, els);
                    } else {
                        self.condition(item, then, next);
                    }
                    self.start(next);
                }
            }
            ExprKind::Compare { left, rest } if rest.len() > 1 => {
                let mut left = self.expr(left);
                for (i, (op, right)) in rest.iter().enumerate() {
                    let right = self.expr(right);
                    let truth = self.compare_truth(*op, left, right, expr.span);
                    if i + 1 == rest.len() {
                        self.branch(truth, then, els);
                        break;
                    }
                    let next = self.ssa.new_block();
                    self.branch(truth, next, els);
                    self.start(next);
                    left = right;
                }
            }
            ExprKind::Const(constant) => {
                let truth = match constant {
                    HirConstant::None | HirConstant::False => false,
                    HirConstant::True | HirConstant::Ellipsis => true,
                    HirConstant::Int(n) => *n != 0,
                    HirConstant::BigInt(_) => true,
                    HirConstant::Float(x) | HirConstant::Imaginary(x) => *x != 0.0,
                    HirConstant::Str(s) => !s.is_empty(),
                    HirConstant::WideStr(s) => !s.is_empty(),
                    HirConstant::Bytes(b) => !b.is_empty(),
                    HirConstant::Tuple(t) => !t.is_empty(),
                };
                self.jump(if truth { then } else { els });
            }
            ExprKind::Match(op) if self.match_bind(op) => {
                if !self.ssa.dead {
                    self.jump(then);
                }
            }
            _ => {
                let truth = self.truth(expr);
                self.branch(truth, then, els);
            }
        }
    }

    /// All items, if they are constants.
    fn constant_items(items: &[Element]) -> Option<Vec<HirConstant>> {
        items
            .iter()
            .map(|item| match item {
                Element::Item(Expr { kind: ExprKind::Const(constant), .. }) => Some(constant.clone()),
                _ => None,
            })
            .collect()
    }

    fn constant_tuple(&mut self, items: Vec<HirConstant>) -> Value {
        self.constant(&HirConstant::Tuple(items.into()))
    }

    /// A new list of the items.
    pub fn list(&mut self, items: &[Element], span: Span) -> Value {
        if items.len() > MAX_DISPLAY
            && let Some(constants) = Self::constant_items(items)
        {
            let list = self.value(Op::Call(Intrinsic::build_list), vec![], Type::Val);
            let tuple = self.constant_tuple(constants);
            self.call_none(Intrinsic::list_extend, vec![list.into(), tuple.into()], span);
            return list;
        }
        let simple = items.iter().take_while(|i| matches!(i, Element::Item(_))).take(MAX_DISPLAY).count();
        let (head, tail) = items.split_at(simple);
        let head = head.iter().map(|item| Operand::Value(self.expr(item.expr()))).collect();
        let list = self.value(Op::Call(Intrinsic::build_list), head, Type::Val);
        for item in tail {
            match item {
                Element::Item(item) => {
                    let item = self.expr(item);
                    self.effect(Op::Call(Intrinsic::list_append), vec![list.into(), item.into()]);
                }
                Element::Star(iterable) => {
                    let iterable = self.expr(iterable);
                    self.call_none(Intrinsic::list_extend, vec![list.into(), iterable.into()], span);
                }
            }
        }
        list
    }

    /// A tuple of the items.
    pub fn tuple(&mut self, items: &[Element], span: Span) -> Value {
        if let Some(constants) = Self::constant_items(items) {
            return self.constant_tuple(constants);
        }
        let plain = items.len() <= MAX_DISPLAY && items.iter().all(|i| matches!(i, Element::Item(_)));
        if plain {
            let items = items.iter().map(|item| Operand::Value(self.expr(item.expr()))).collect();
            return self.value(Op::Call(Intrinsic::build_tuple), items, Type::Val);
        }
        let list = self.list(items, span);
        self.value(Op::Call(Intrinsic::list_to_tuple), vec![list.into()], Type::Val)
    }

    fn set(&mut self, items: &[Element], span: Span) -> Value {
        // As CPython: three constants or more come as one frozenset, and the order of iteration shows it.
        if items.len() > 2
            && let Some(constants) = Self::constant_items(items)
        {
            let set = self.call(Intrinsic::build_set, vec![], span);
            let frozen = self.constant_frozenset(&constants);
            self.call_none(Intrinsic::set_update, vec![set.into(), frozen.into()], span);
            return set;
        }
        let simple = items.iter().take_while(|i| matches!(i, Element::Item(_))).take(MAX_DISPLAY).count();
        let (head, tail) = items.split_at(simple);
        let head = head.iter().map(|item| Operand::Value(self.expr(item.expr()))).collect();
        let set = self.call(Intrinsic::build_set, head, span);
        for item in tail {
            let id = match item {
                Element::Item(_) => Intrinsic::set_add,
                Element::Star(_) => Intrinsic::set_update,
            };
            let item = self.expr(item.expr());
            self.call_none(id, vec![set.into(), item.into()], span);
        }
        set
    }

    fn dict(&mut self, items: &[DictItem], span: Span) -> Value {
        let simple = items.iter().take_while(|i| matches!(i, DictItem::Pair(..))).take(MAX_DISPLAY / 2).count();
        let (head, tail) = items.split_at(simple);
        let mut pairs = Vec::new();
        for item in head {
            if let DictItem::Pair(key, value) = item {
                pairs.push(self.expr(key).into());
                pairs.push(self.expr(value).into());
            }
        }
        let dict = self.call(Intrinsic::build_dict, pairs, span);
        for item in tail {
            match item {
                DictItem::Pair(key, value) => {
                    let key = self.expr(key);
                    let value = self.expr(value);
                    self.call_none(Intrinsic::dict_set, vec![dict.into(), key.into(), value.into()], span);
                }
                DictItem::DoubleStar(mapping) => {
                    let mapping = self.expr(mapping);
                    self.call_none(Intrinsic::dict_update, vec![dict.into(), mapping.into()], span);
                }
            }
        }
        dict
    }

    fn fstring(&mut self, parts: &[FPart], span: Span) -> Value {
        let mut values = Vec::new();
        for part in parts {
            let value = match part {
                FPart::Literal(text) => self.constant(text),
                FPart::Value { value, span: field, conversion, spec } => {
                    let value = self.expr(value);
                    let conversion = match conversion {
                        hir::Conversion::None => 0,
                        hir::Conversion::Str => 's' as i64,
                        hir::Conversion::Repr => 'r' as i64,
                        hir::Conversion::Ascii => 'a' as i64,
                    };
                    let spec = match spec {
                        Some(parts) if !parts.is_empty() => self.fstring(parts, span).into(),
                        _ => Operand::Absent,
                    };
                    self.call(Intrinsic::format_value, vec![value.into(), Operand::Imm(conversion), spec], *field)
                }
            };
            values.push(value.into());
        }
        match values.as_slice() {
            [] => self.str_value(""),
            [Operand::Value(only)] => *only,
            _ => self.joined(values, span),
        }
    }

    fn joined(&mut self, mut parts: Vec<Operand>, span: Span) -> Value {
        while parts.len() > MAX_DISPLAY {
            let rest = parts.split_off(MAX_DISPLAY);
            let head = self.call(Intrinsic::build_string, parts, span);
            parts = vec![head.into()];
            parts.extend(rest);
        }
        self.call(Intrinsic::build_string, parts, span)
    }

    /// `yield from`: delegates until the iterator is done; an exception thrown in goes to the iterator first.
    fn yield_from(&mut self, iterable: &Expr, span: Span) -> Value {
        let operand = self.expr(iterable);
        let iterator = self.call(Intrinsic::yield_from_iter, vec![operand.into()], span);
        let none = self.word(value::NONE);
        let (step, suspend, done) = (self.ssa.new_block(), self.ssa.new_block(), self.ssa.new_block());
        let sent = self.ssa.func.add_param(step, Type::Val);
        let item = self.ssa.func.add_param(suspend, Type::Val);
        self.jump_with(step, none);

        let (thrown, _) = self.ssa.new_landing();
        self.ssa.switch_to(step);
        let next = self.call(Intrinsic::yield_from_next, vec![iterator.into(), sent.into()], span);
        self.stop_or(next, done, suspend);

        self.ssa.switch_to(suspend);
        let pos = self.pos(span);
        let exit = BlockCall::new(thrown, Vec::new());
        let args = vec![item.into(), iterator.into()];
        let inst = self.ssa.inst(Op::Yield, args, &[Type::Val], Some(exit), pos);
        let sent_value = self.ssa.func.insts[inst].results[0];
        self.jump_with(step, sent_value);
        self.ssa.seal(step);

        self.start(thrown);
        let next = self.call(Intrinsic::yield_from_throw, vec![iterator.into()], span);
        self.stop_or(next, done, suspend);
        self.ssa.seal(suspend);

        self.start(done);
        self.value(Op::Call(Intrinsic::take_stop_value), vec![], Type::Val)
    }

    /// Branches on whether an iterator's step gave STOP, else goes on with the item.
    fn stop_or(&mut self, next: Value, done: Block, go_on: Block) {
        let stopped = self.value(Op::IsStop, vec![next.into()], Type::Bool);
        self.ssa.terminate(Term::Branch {
            cond: stopped,
            then: BlockCall::new(done, Vec::new()),
            els: BlockCall::new(go_on, vec![next]),
        });
    }
}
