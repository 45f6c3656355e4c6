//! Walks HIR trees.
//!
//! Invariant: every expression of a block is reached once. Bodies of inner functions are code objects of their own: who
//! wants the whole module walks each of [`Module::functions`].

use super::types::*;

/// What is done with the nodes of a tree. A method that is not written walks on.
pub trait Visitor {
    /// At a statement.
    fn stmt(&mut self, stmt: &Stmt) {
        walk_stmt(self, stmt);
    }

    /// At an expression.
    fn expr(&mut self, expr: &Expr) {
        walk_expr(self, expr);
    }

    /// At something that is stored to or deleted.
    fn target(&mut self, target: &Target) {
        walk_target(self, target);
    }
}

/// Visits the statements of a block.
pub fn walk_block<V: Visitor + ?Sized>(v: &mut V, block: &Block) {
    block.iter().for_each(|stmt| v.stmt(stmt));
}

/// Visits what a statement consists of.
pub fn walk_stmt<V: Visitor + ?Sized>(v: &mut V, stmt: &Stmt) {
    match &stmt.kind {
        StmtKind::Expr(value) => v.expr(value),
        StmtKind::Assign { targets, value } => {
            v.expr(value);
            targets.iter().for_each(|target| v.target(target));
        }
        StmtKind::AugAssign { target, value, .. } => {
            v.target(target);
            v.expr(value);
        }
        StmtKind::Delete(target) => v.target(target),
        StmtKind::Return(value) => value.iter().for_each(|value| v.expr(value)),
        StmtKind::Raise { exc, cause } => exc.iter().chain(cause).for_each(|value| v.expr(value)),
        StmtKind::Assert { test, message } => {
            v.expr(test);
            message.iter().for_each(|message| v.expr(message));
        }
        StmtKind::If { branches, orelse } => {
            for branch in branches {
                v.expr(&branch.test);
                walk_block(v, &branch.body);
            }
            walk_block(v, orelse);
        }
        StmtKind::While { test, body, orelse } => {
            v.expr(test);
            walk_block(v, body);
            walk_block(v, orelse);
        }
        StmtKind::For { target, iter, body, orelse, .. } => {
            if let Iter::Value(value) = iter {
                v.expr(value);
            }
            v.target(target);
            walk_block(v, body);
            walk_block(v, orelse);
        }
        StmtKind::Try { body, handlers, orelse, finally } => {
            walk_block(v, body);
            for handler in handlers {
                handler.test.iter().for_each(|test| v.expr(test));
                walk_block(v, &handler.body);
            }
            walk_block(v, orelse);
            walk_block(v, finally);
        }
        StmtKind::With { context, target, body, .. } => {
            v.expr(context);
            target.iter().for_each(|target| v.target(target));
            walk_block(v, body);
        }
        StmtKind::Break
        | StmtKind::Continue
        | StmtKind::Import { .. }
        | StmtKind::ImportFrom { .. }
        | StmtKind::ImportStar { .. }
        | StmtKind::SetupAnnotations
        | StmtKind::StoreClassCell(_) => {}
    }
}

/// Visits what a target consists of.
pub fn walk_target<V: Visitor + ?Sized>(v: &mut V, target: &Target) {
    match &target.kind {
        TargetKind::Name(_) => {}
        TargetKind::Attribute { value, .. } => v.expr(value),
        TargetKind::Subscript { value, index } => {
            v.expr(value);
            v.expr(index);
        }
        TargetKind::Unpack { before, star, after } => {
            before.iter().chain(star.as_deref()).chain(after).for_each(|target| v.target(target));
        }
    }
}

/// Visits what an expression consists of.
pub fn walk_expr<V: Visitor + ?Sized>(v: &mut V, expr: &Expr) {
    match &expr.kind {
        ExprKind::Const(_) | ExprKind::Name(_) => {}
        ExprKind::Named { value, .. }
        | ExprKind::Attribute { value, .. }
        | ExprKind::Await(value)
        | ExprKind::YieldFrom(value) => v.expr(value),
        ExprKind::Not(operand) | ExprKind::Unary { operand, .. } => v.expr(operand),
        ExprKind::Binary { left, right, .. } => [left, right].iter().for_each(|side| v.expr(side)),
        ExprKind::And(values) | ExprKind::Or(values) => values.iter().for_each(|value| v.expr(value)),
        ExprKind::Compare { left, rest } => {
            v.expr(left);
            rest.iter().for_each(|(_, right)| v.expr(right));
        }
        ExprKind::IfElse { test, body, orelse } => [test, body, orelse].iter().for_each(|part| v.expr(part)),
        ExprKind::Subscript { value, index } => [value, index].iter().for_each(|part| v.expr(part)),
        ExprKind::Slice { lower, upper, step } => {
            [lower, upper, step].into_iter().flatten().for_each(|part| v.expr(part));
        }
        ExprKind::Call { func, args } => {
            v.expr(func);
            walk_args(v, args);
        }
        ExprKind::ZeroArgSuper { func, .. } => v.expr(func),
        ExprKind::List(elements) | ExprKind::Tuple(elements) | ExprKind::Set(elements) => {
            elements.iter().for_each(|element| v.expr(element.expr()));
        }
        ExprKind::Dict(items) => {
            for item in items {
                match item {
                    DictItem::Pair(key, value) => [key, value].iter().for_each(|part| v.expr(part)),
                    DictItem::DoubleStar(value) => v.expr(value),
                }
            }
        }
        ExprKind::Comprehension(comprehension) => walk_comprehension(v, comprehension),
        ExprKind::GenExpr { iter, .. } => v.expr(iter),
        ExprKind::MakeFunction(make) => {
            make.defaults.iter().for_each(|value| v.expr(value));
            make.kw_defaults.iter().chain(&make.annotations).for_each(|(_, value)| v.expr(value));
        }
        ExprKind::MakeClass(make) => walk_args(v, &make.args),
        ExprKind::FString(parts) => walk_parts(v, parts),
        ExprKind::Yield(value) => value.iter().for_each(|value| v.expr(value)),
        ExprKind::Match(op) => walk_match(v, op),
    }
}

fn walk_args<V: Visitor + ?Sized>(v: &mut V, args: &Args) {
    args.positional.iter().for_each(|element| v.expr(element.expr()));
    for keyword in &args.keywords {
        let (Keyword::Named { value, .. } | Keyword::DoubleStar(value)) = keyword;
        v.expr(value);
    }
}

fn walk_comprehension<V: Visitor + ?Sized>(v: &mut V, comprehension: &Comprehension) {
    for clause in &comprehension.clauses {
        match clause {
            Clause::For { target, iter, .. } => {
                v.expr(iter);
                v.target(target);
            }
            Clause::If(test) => v.expr(test),
        }
    }
    match &comprehension.kind {
        ComprehensionKind::List(element) | ComprehensionKind::Set(element) => v.expr(element),
        ComprehensionKind::Dict(key, value) => [key, value].iter().for_each(|part| v.expr(part)),
    }
}

fn walk_parts<V: Visitor + ?Sized>(v: &mut V, parts: &[FPart]) {
    for part in parts {
        if let FPart::Value { value, spec, .. } = part {
            v.expr(value);
            spec.iter().for_each(|spec| walk_parts(v, spec));
        }
    }
}

fn walk_match<V: Visitor + ?Sized>(v: &mut V, op: &MatchOp) {
    match op {
        MatchOp::Bind { target, value } => {
            v.expr(value);
            v.target(target);
        }
        MatchOp::IsSequence(value)
        | MatchOp::IsMapping(value)
        | MatchOp::Len { value, .. }
        | MatchOp::Item { value, .. } => v.expr(value),
        MatchOp::Keys { value, keys } | MatchOp::Rest { value, keys } => {
            v.expr(value);
            keys.iter().for_each(|key| v.expr(key));
        }
        MatchOp::Class { value, class, .. } => [value, class].iter().for_each(|part| v.expr(part)),
    }
}
