//! Inlined comprehensions (PEP 709).

use super::control::Scope;
use super::function::FunctionBuilder;
use crate::hir::{Clause, Comprehension, ComprehensionKind, Expr};
use crate::mir::*;
use crate::source::Span;
use molt_abi::intrinsic::Intrinsic;
use molt_abi::value;

impl FunctionBuilder<'_, '_> {
    /// Evaluates a comprehension to its container.
    pub fn comprehension(&mut self, comprehension: &Comprehension, span: Span) -> Value {
        // The outermost iterable is evaluated before the comprehension's variables come into being.
        let first = match comprehension.clauses.first() {
            Some(Clause::For { is_async, iter, .. }) => Some(self.clause_iterator(*is_async, iter, span)),
            _ => None,
        };
        for cell in &comprehension.cells {
            let object = self.value(Op::Call(Intrinsic::new_cell), vec![Operand::Absent], Type::Val);
            let var = self.cell_vars[cell.index()];
            self.ssa.write(var, object);
        }
        for local in &comprehension.locals {
            let unbound = self.word(value::NO_VALUE);
            let var = self.local_var(*local);
            self.ssa.write(var, unbound);
        }
        let container = match &comprehension.kind {
            ComprehensionKind::List(_) => self.value(Op::Call(Intrinsic::build_list), vec![], Type::Val),
            ComprehensionKind::Set(_) => self.call(Intrinsic::build_set, vec![], span),
            ComprehensionKind::Dict(..) => self.call(Intrinsic::build_dict, vec![], span),
        };
        self.clauses(comprehension, &comprehension.clauses, first, container, span);
        let mut ended: Vec<Value> = Vec::new();
        for var in comprehension.locals.iter().map(|l| self.local_var(*l)).collect::<Vec<_>>() {
            ended.push(self.ssa.read(var));
            let unbound = self.word(value::NO_VALUE);
            self.ssa.write(var, unbound);
        }
        self.keep_alive(ended);
        container
    }

    fn clause_iterator(&mut self, is_async: bool, iter: &Expr, span: Span) -> Value {
        let iterable = self.expr(iter);
        let row = if is_async { Intrinsic::get_aiter } else { Intrinsic::get_iter };
        self.call(row, vec![iterable.into()], span)
    }

    fn clauses(
        &mut self,
        comprehension: &Comprehension,
        clauses: &[Clause],
        first: Option<Value>,
        container: Value,
        span: Span,
    ) {
        match clauses.split_first() {
            None => {
                let container = Operand::Value(container);
                match &comprehension.kind {
                    ComprehensionKind::List(element) => {
                        let element = self.expr(element);
                        self.effect(Op::Call(Intrinsic::list_append), vec![container, element.into()]);
                    }
                    ComprehensionKind::Set(element) => {
                        let at = element.span;
                        let element = self.expr(element);
                        self.call_none(Intrinsic::set_add, vec![container, element.into()], at);
                    }
                    ComprehensionKind::Dict(key, value) => {
                        let at = key.span.to(value.span);
                        let key = self.expr(key);
                        let value = self.expr(value);
                        self.call_none(Intrinsic::dict_set, vec![container, key.into(), value.into()], at);
                    }
                }
            }
            Some((Clause::If(test), rest)) => {
                let (then, join) = (self.ssa.new_block(), self.ssa.new_block());
                self.condition(test, then, join);
                self.start(then);
                if !self.ssa.dead {
                    self.clauses(comprehension, rest, None, container, span);
                }
                self.jump(join);
                self.start(join);
            }
            Some((Clause::For { is_async, target, iter }, rest)) => {
                let iterator = match first {
                    Some(iterator) => iterator,
                    None => self.clause_iterator(*is_async, iter, span),
                };
                let (header, body, latch, done) =
                    (self.ssa.new_block(), self.ssa.new_block(), self.ssa.new_block(), self.ssa.new_block());
                self.jump(header);
                self.ssa.switch_to(header);
                let item = if *is_async {
                    let item = self.async_next(iterator, done, span);
                    self.jump(body);
                    item
                } else {
                    let item = self.call(Intrinsic::iter_next, vec![iterator.into()], span);
                    let stopped = self.value(Op::IsStop, vec![item.into()], Type::Bool);
                    self.branch(stopped, done, body);
                    item
                };
                self.start(body);
                self.scopes.push(Scope::Iteration { iterator });
                self.store(target, item);
                self.clauses(comprehension, rest, None, container, span);
                self.scopes.pop();
                self.jump(latch);
                self.start(latch);
                if !self.ssa.dead {
                    self.call_none(Intrinsic::poll, vec![], span);
                    self.jump(header);
                }
                self.ssa.seal(header);
                self.start(done);
            }
        }
    }
}
