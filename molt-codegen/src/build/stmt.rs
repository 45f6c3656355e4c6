//! Statements and targets.

use super::control::Exit;
use super::expr::binary;
use super::function::FunctionBuilder;
use crate::hir::{self, Element, ExprKind, NameRef, Stmt, StmtKind, Target, TargetKind};
use crate::mir::*;
use crate::source::Span;
use molt_abi::intrinsic::Intrinsic;
use molt_abi::value;

impl FunctionBuilder<'_, '_> {
    /// Lowers statements until control cannot get further.
    pub fn block(&mut self, block: &hir::Block) {
        for stmt in block {
            if self.ssa.dead {
                return;
            }
            self.stmt(stmt);
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        let span = stmt.span;
        match &stmt.kind {
            StmtKind::Expr(expr) => {
                self.expr(expr);
            }
            StmtKind::Assign { targets, value } => self.assign(targets, value),
            StmtKind::AugAssign { target, op, value } => self.aug_assign(target, *op, value, span),
            StmtKind::Delete(target) => self.delete(target),
            StmtKind::Return(value) => {
                let value = match value {
                    Some(value) => self.expr(value),
                    None => self.word(value::NONE),
                };
                self.unwind(Exit::Return(value));
            }
            StmtKind::Raise { exc, cause } => {
                let exc = exc.as_ref().map(|exc| self.expr(exc));
                let cause = cause.as_ref().map(|cause| self.expr(cause));
                match (exc, cause) {
                    (Some(exc), Some(cause)) => {
                        self.call_none(Intrinsic::raise_from, vec![exc.into(), cause.into()], span);
                    }
                    (Some(exc), None) => self.call_none(Intrinsic::raise, vec![exc.into()], span),
                    (None, _) => {
                        // The exception has this frame in its traceback already. Only the error that there is none to
                        // raise is new: the runtime records the frame for it.
                        let pos = self.pos(span);
                        let args = vec![Operand::Imm(i64::from(self.id.0)), Operand::Imm(i64::from(pos.0))];
                        self.raising_at(Op::Call(Intrinsic::reraise_handled), args, &[], Pos::NONE);
                    }
                }
            }
            StmtKind::Assert { test, message } => {
                let (fail, pass) = (self.ssa.new_block(), self.ssa.new_block());
                self.condition(test, pass, fail);
                self.start(fail);
                if !self.ssa.dead {
                    self.ssa.func.blocks[fail].cold = true;
                    let message = match message {
                        Some(message) => Operand::Value(self.expr(message)),
                        None => Operand::Absent,
                    };
                    self.call_none(Intrinsic::raise_assertion, vec![message], span);
                }
                self.start(pass);
            }
            StmtKind::If { branches, orelse } => {
                let join = self.ssa.new_block();
                for branch in branches {
                    if self.ssa.dead {
                        break;
                    }
                    let (then, next) = (self.ssa.new_block(), self.ssa.new_block());
                    self.condition(&branch.test, then, next);
                    self.start(then);
                    self.block(&branch.body);
                    self.jump(join);
                    self.start(next);
                }
                self.block(orelse);
                self.jump(join);
                self.start(join);
            }
            StmtKind::While { test, body, orelse } => self.while_loop(test, body, orelse, span),
            StmtKind::For { is_async: false, target, iter, body, orelse } => {
                self.for_loop(target, iter, body, orelse, span);
            }
            StmtKind::For { is_async: true, target, iter, body, orelse } => {
                self.async_for_loop(target, iter, body, orelse, span);
            }
            StmtKind::Break => self.unwind(Exit::Break),
            StmtKind::Continue => self.unwind(Exit::Continue),
            StmtKind::Try { body, handlers, orelse, finally } => {
                self.try_stmt(body, handlers, orelse, finally, span);
            }
            StmtKind::With { is_async, context, target, body } => {
                self.with_stmt(*is_async, context, target.as_ref(), body, span);
            }
            StmtKind::Import { module, leaf, target, .. } => self.import(module, *leaf, target, span),
            StmtKind::ImportFrom { module, level, names, .. } => {
                let from: Vec<ConstId> = names.iter().map(|n| self.m.module.consts.str(&n.name)).collect();
                let from = self.m.module.consts.intern(Constant::Tuple(from));
                let from = self.value(Op::Const(from), vec![], Type::Val);
                let imported = self.import_module(module, from, *level, span);
                for name in names {
                    let text = self.name_operand(&name.name);
                    let value = self.call(Intrinsic::import_from, vec![imported.into(), text], span);
                    self.store_name(&name.target, value, name.span);
                }
            }
            StmtKind::ImportStar { module, level, .. } => {
                let star = self.m.module.consts.str("*");
                let from = self.m.module.consts.intern(Constant::Tuple(vec![star]));
                let from = self.value(Op::Const(from), vec![], Type::Val);
                let imported = self.import_module(module, from, *level, span);
                self.call_none(Intrinsic::import_star, vec![imported.into()], span);
            }
            StmtKind::SetupAnnotations => self.setup_annotations(span),
            StmtKind::StoreClassCell(cell) => {
                let object = self.captured(hir::Capture::Cell(*cell));
                let ns = self.namespace();
                let name = self.name_operand("__classcell__");
                self.call_none(Intrinsic::class_store, vec![ns.into(), name, object.into()], span);
            }
        }
    }

    fn import_module(&mut self, module: &hir::Ident, from: Value, level: u32, span: Span) -> Value {
        let name = self.name_operand(module);
        self.call(Intrinsic::import_name, vec![name, from.into(), Operand::Imm(i64::from(level))], span)
    }

    fn import(&mut self, module: &hir::Ident, leaf: bool, target: &NameRef, span: Span) {
        let none = self.word(value::NONE);
        let mut imported = self.import_module(module, none, 0, span);
        if leaf {
            for part in module.split('.').skip(1) {
                let name = self.name_operand(part);
                imported = self.call(Intrinsic::import_from, vec![imported.into(), name], span);
            }
        }
        self.store_name(target, imported, span);
    }

    /// Binds `__annotations__` to a new dict unless it is bound.
    fn setup_annotations(&mut self, span: Span) {
        let (make, after) = (self.ssa.new_block(), self.ssa.new_block());
        let name = "__annotations__";
        if matches!(self.f.kind, hir::FunctionKind::Class(_)) {
            let ns = self.namespace();
            let key = self.str_value(name);
            let bound = self.call(Intrinsic::contains, vec![ns.into(), key.into()], span);
            self.branch(bound, after, make);
        } else {
            let slot = self.m.global(&name.into());
            let old = self.value(Op::LoadGlobal(slot), vec![], Type::Val);
            let bound = self.value(Op::IsBound, vec![old.into()], Type::Bool);
            self.branch(bound, after, make);
        }
        self.start(make);
        let dict = self.call(Intrinsic::build_dict, vec![], span);
        let target = match self.f.kind {
            hir::FunctionKind::Class(_) => NameRef::Class { name: name.into(), outer: None },
            _ => NameRef::Global(name.into()),
        };
        self.store_name(&target, dict, span);
        self.jump(after);
        self.start(after);
    }

    fn assign(&mut self, targets: &[Target], value: &hir::Expr) {
        // `a, b = c, d` needs no tuple: all values are evaluated, then stored.
        if let [Target { kind: TargetKind::Unpack { before, star: None, .. }, .. }] = targets
            && let ExprKind::Tuple(items) | ExprKind::List(items) = &value.kind
            && items.len() == before.len()
            && items.iter().all(|item| matches!(item, Element::Item(_)))
        {
            let values: Vec<Value> = items.iter().map(|item| self.expr(item.expr())).collect();
            for (target, value) in before.iter().zip(values) {
                self.store(target, value);
            }
            return;
        }
        let value = self.expr(value);
        for target in targets {
            self.store(target, value);
        }
    }

    /// Stores to a target, evaluating its parts.
    pub fn store(&mut self, target: &Target, value: Value) {
        let span = target.span;
        match &target.kind {
            TargetKind::Name(name) => self.store_name(name, value, span),
            TargetKind::Attribute { value: object, attr } => {
                let object = self.expr(object);
                self.set_attribute(object, attr, value, span);
            }
            TargetKind::Subscript { value: object, index } => {
                let object = self.expr(object);
                let (id, mut operands) = self.subscript(object, index, (Intrinsic::set_item, Intrinsic::set_slice));
                operands.push(value.into());
                self.call_none(id, operands, span);
            }
            TargetKind::Unpack { before, star, after } => {
                let count = before.len() + usize::from(star.is_some()) + after.len();
                let types = vec![Type::Val; count];
                let parts = match star {
                    None => self.raising(Op::Call(Intrinsic::unpack), vec![value.into()], &types, span),
                    Some(_) => {
                        let first = Operand::Imm(before.len() as i64);
                        self.raising(Op::Call(Intrinsic::unpack_star), vec![value.into(), first], &types, span)
                    }
                };
                for (target, part) in before.iter().chain(star.as_deref()).chain(after).zip(parts) {
                    self.store(target, part);
                }
            }
        }
    }

    fn set_attribute(&mut self, object: Value, attr: &hir::Ident, value: Value, span: Span) {
        let name = self.name_operand(attr);
        let ic = Operand::Ic(self.m.module.new_ic());
        self.call_none(Intrinsic::set_attr, vec![object.into(), name, value.into(), ic], span);
    }

    fn aug_assign(&mut self, target: &Target, op: hir::BinOp, value: &hir::Expr, span: Span) {
        let id = binary(op).1;
        let at = target.span;
        match &target.kind {
            TargetKind::Name(name) => {
                let old = self.read_name(name, at);
                let value = self.expr(value);
                let new = self.call(id, vec![old.into(), value.into()], span);
                self.store_name(name, new, at);
            }
            TargetKind::Attribute { value: object, attr } => {
                let object = self.expr(object);
                let old = self.attribute(object, attr, at);
                let value = self.expr(value);
                let new = self.call(id, vec![old.into(), value.into()], span);
                self.set_attribute(object, attr, new, at);
            }
            TargetKind::Subscript { value: object, index } => {
                let object = self.expr(object);
                let index = self.expr(index);
                let old = self.call(Intrinsic::get_item, vec![object.into(), index.into()], at);
                let value = self.expr(value);
                let new = self.call(id, vec![old.into(), value.into()], span);
                self.call_none(Intrinsic::set_item, vec![object.into(), index.into(), new.into()], at);
            }
            TargetKind::Unpack { .. } => {
                self.unsupported(at, "augmented assignment to several targets", "Assign them one by one.");
            }
        }
    }

    fn delete(&mut self, target: &Target) {
        let span = target.span;
        match &target.kind {
            TargetKind::Name(name) => self.delete_name(name, span),
            TargetKind::Attribute { value, attr } => {
                let object = self.expr(value);
                let name = self.name_operand(attr);
                self.call_none(Intrinsic::del_attr, vec![object.into(), name], span);
            }
            TargetKind::Subscript { value, index } => {
                let object = self.expr(value);
                let (id, operands) = self.subscript(object, index, (Intrinsic::del_item, Intrinsic::del_slice));
                self.call_none(id, operands, span);
            }
            TargetKind::Unpack { before, star, after } => {
                for part in before.iter().chain(star.as_deref()).chain(after) {
                    if self.ssa.dead {
                        return;
                    }
                    self.delete(part);
                }
            }
        }
    }
}
