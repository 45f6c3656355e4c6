//! The steps of a `match` statement: tests, and what they take out of the subject.

use super::function::FunctionBuilder;
use crate::hir::{Expr, MatchOp};
use crate::mir::*;
use crate::source::Span;
use molt_abi::intrinsic::Intrinsic;
use molt_abi::value;

impl FunctionBuilder<'_, '_> {
    /// A step whose value is used.
    pub fn match_op(&mut self, op: &MatchOp, span: Span) -> Value {
        match op {
            MatchOp::Bind { .. } => {
                self.match_bind(op);
                self.word(value::TRUE)
            }
            MatchOp::IsSequence(_) | MatchOp::IsMapping(_) | MatchOp::Len { .. } => {
                let truth = self.match_test(op, span);
                self.box_bool(truth)
            }
            MatchOp::Item { value, index, from_end } => {
                let subject = self.expr(value);
                let mut at = self.int(i64::from(*index));
                if *from_end {
                    let len = self.call(Intrinsic::len, vec![subject.into()], span);
                    at = self.value(Op::Isub, vec![len.into(), at.into()], Type::I64);
                }
                self.call(Intrinsic::get_item_int, vec![subject.into(), at.into()], span)
            }
            MatchOp::Keys { value, keys } => self.with_keys(Intrinsic::match_keys, value, keys, span),
            MatchOp::Rest { value, keys } => self.with_keys(Intrinsic::match_rest, value, keys, span),
            MatchOp::Class { value, class, positional, keywords } => {
                let subject = self.expr(value);
                let class = self.expr(class);
                let positional = self.int(i64::from(*positional));
                let names = keywords.iter().map(|name| self.m.module.consts.str(name)).collect();
                let names = self.m.module.consts.intern(Constant::Tuple(names));
                let names = self.value(Op::Const(names), vec![], Type::Val);
                let operands = vec![subject.into(), class.into(), positional.into(), names.into()];
                self.call(Intrinsic::match_class, operands, span)
            }
        }
    }

    /// Stores the value of a `Bind`; whether it is one.
    pub fn match_bind(&mut self, op: &MatchOp) -> bool {
        let MatchOp::Bind { target, value } = op else { return false };
        let value = self.expr(value);
        self.store(target, value);
        true
    }

    /// A step that is a test, as a `bool`.
    pub fn match_test(&mut self, op: &MatchOp, span: Span) -> Value {
        match op {
            MatchOp::IsSequence(value) => {
                let value = self.expr(value);
                self.call(Intrinsic::is_sequence, vec![value.into()], span)
            }
            MatchOp::IsMapping(value) => {
                let value = self.expr(value);
                self.call(Intrinsic::is_mapping, vec![value.into()], span)
            }
            MatchOp::Len { value, count, at_least } => {
                let value = self.expr(value);
                let len = self.call(Intrinsic::len, vec![value.into()], span);
                let count = self.int(i64::from(*count));
                let cond = if *at_least { Cond::Ge } else { Cond::Eq };
                self.value(Op::Icmp(cond), vec![len.into(), count.into()], Type::Bool)
            }
            _ => {
                let value = self.match_op(op, span);
                self.call(Intrinsic::truth, vec![value.into()], span)
            }
        }
    }

    fn with_keys(&mut self, row: Intrinsic, mapping: &Expr, keys: &[Expr], span: Span) -> Value {
        let mapping = self.expr(mapping);
        let items: Vec<_> = keys.iter().cloned().map(crate::hir::Element::Item).collect();
        let keys = self.tuple(&items, span);
        self.call(row, vec![mapping.into(), keys.into()], span)
    }
}
