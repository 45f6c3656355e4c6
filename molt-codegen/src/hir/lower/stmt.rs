//! Statements and their targets.
//!
//! Invariant: a statement becomes zero or more HIR statements whose order is its evaluation order.

use super::*;
use ruff_python_ast::{
    ExceptHandler, Expr as Syntax, Stmt as SyntaxStmt, StmtAnnAssign, StmtFor, StmtIf, StmtTry, StmtWith,
};

/// Whether a module or class body needs `__annotations__`: an annotated assignment anywhere outside functions and classes.
pub(super) fn has_annotation(body: &[SyntaxStmt]) -> bool {
    body.iter().any(|stmt| match stmt {
        SyntaxStmt::AnnAssign(_) => true,
        SyntaxStmt::For(stmt) => has_annotation(&stmt.body) || has_annotation(&stmt.orelse),
        SyntaxStmt::While(stmt) => has_annotation(&stmt.body) || has_annotation(&stmt.orelse),
        SyntaxStmt::If(stmt) => {
            has_annotation(&stmt.body) || stmt.elif_else_clauses.iter().any(|clause| has_annotation(&clause.body))
        }
        SyntaxStmt::With(stmt) => has_annotation(&stmt.body),
        SyntaxStmt::Match(stmt) => stmt.cases.iter().any(|case| has_annotation(&case.body)),
        SyntaxStmt::Try(stmt) => {
            let in_handler = stmt.handlers.iter().any(|ExceptHandler::ExceptHandler(h)| has_annotation(&h.body));
            in_handler || has_annotation(&stmt.body) || has_annotation(&stmt.orelse) || has_annotation(&stmt.finalbody)
        }
        _ => false,
    })
}

impl Lowerer<'_> {
    pub(super) fn block(&mut self, body: &[SyntaxStmt]) -> Block {
        let mut out = Block::new();
        self.block_into(body, &mut out);
        out
    }

    pub(super) fn block_into(&mut self, body: &[SyntaxStmt], out: &mut Block) {
        for stmt in body {
            self.stmt_into(stmt, out);
        }
    }

    /// A block that may not run.
    fn conditional(&mut self, body: &[SyntaxStmt]) -> Block {
        self.frame().conditions += 1;
        let block = self.block(body);
        self.frame().conditions -= 1;
        block
    }

    /// A block that may run any number of times.
    fn repeated(&mut self, body: &[SyntaxStmt]) -> Block {
        self.frame().loops += 1;
        let block = self.conditional(body);
        self.frame().loops -= 1;
        block
    }

    pub(super) fn stmt_into(&mut self, stmt: &SyntaxStmt, out: &mut Block) {
        let span = Span::from(stmt.range());
        let kind = match stmt {
            SyntaxStmt::FunctionDef(def) => {
                out.extend(self.function_def(def, None).map(|(stmt, _)| stmt));
                return;
            }
            SyntaxStmt::ClassDef(def) => {
                out.extend(self.class_def(def));
                return;
            }
            SyntaxStmt::Import(import) => return self.import(import, out),
            SyntaxStmt::ImportFrom(import) => return self.import_from(import, out),
            SyntaxStmt::AnnAssign(assign) => return self.annotated(assign, out),
            SyntaxStmt::Delete(delete) => {
                for target in &delete.targets {
                    let target = self.delete_target(target);
                    out.push(Stmt { span: target.span, kind: StmtKind::Delete(target) });
                }
                return;
            }
            SyntaxStmt::With(with) => return self.with(with, out),
            SyntaxStmt::Match(matching) => return self.match_stmt(matching, out),
            SyntaxStmt::Pass(_) | SyntaxStmt::Global(_) | SyntaxStmt::Nonlocal(_) => return,
            SyntaxStmt::TypeAlias(alias) => {
                self.report(
                    code::TYPE_PARAMS,
                    alias.range.into(),
                    "the `type` statement is not compiled",
                    "assign the type to a name: `X = …`",
                );
                return;
            }
            SyntaxStmt::IpyEscapeCommand(command) => {
                self.internal(command.range.into(), "an IPython command in a Python file");
                return;
            }
            SyntaxStmt::Expr(expr) => StmtKind::Expr(self.expr(&expr.value)),
            SyntaxStmt::Return(ret) => StmtKind::Return(self.optional(ret.value.as_deref())),
            SyntaxStmt::Assign(assign) => {
                let value = self.expr(&assign.value);
                let targets = assign.targets.iter().map(|target| self.target(target)).collect();
                StmtKind::Assign { targets, value }
            }
            SyntaxStmt::AugAssign(assign) => {
                if let Syntax::Name(name) = &*assign.target {
                    // The target is read as well: a global counts as used.
                    self.load(&name.id);
                }
                let target = self.target(&assign.target);
                StmtKind::AugAssign { target, op: expr::binary_op(assign.op), value: self.expr(&assign.value) }
            }
            SyntaxStmt::For(stmt) => return self.for_loop(stmt, out),
            SyntaxStmt::While(stmt) => {
                let test = self.expr(&stmt.test);
                let body = self.repeated(&stmt.body);
                StmtKind::While { test, body, orelse: self.conditional(&stmt.orelse) }
            }
            SyntaxStmt::If(stmt) => self.if_stmt(stmt),
            SyntaxStmt::Raise(stmt) => {
                let exc = self.optional(stmt.exc.as_deref());
                StmtKind::Raise { exc, cause: self.optional(stmt.cause.as_deref()) }
            }
            SyntaxStmt::Try(stmt) => self.try_stmt(stmt),
            SyntaxStmt::Assert(stmt) => {
                let test = self.expr(&stmt.test);
                StmtKind::Assert { test, message: self.optional(stmt.msg.as_deref()) }
            }
            SyntaxStmt::Break(_) => StmtKind::Break,
            SyntaxStmt::Continue(_) => StmtKind::Continue,
        };
        out.push(Stmt { kind, span });
    }

    fn if_stmt(&mut self, stmt: &StmtIf) -> StmtKind {
        let test = self.expr(&stmt.test);
        let checking = class::dotted(&stmt.test)
            .is_some_and(|name| matches!(name.as_str(), "TYPE_CHECKING" | "typing.TYPE_CHECKING"));
        let outer = self.frame().type_checking;
        self.frame().type_checking |= checking;
        let body = self.conditional(&stmt.body);
        self.frame().type_checking = outer;
        let mut branches = vec![Branch { test, body }];
        let mut orelse = Block::new();
        for clause in &stmt.elif_else_clauses {
            match &clause.test {
                Some(test) => {
                    let test = self.expr(test);
                    branches.push(Branch { test, body: self.conditional(&clause.body) });
                }
                None => orelse = self.conditional(&clause.body),
            }
        }
        StmtKind::If { branches, orelse }
    }

    fn for_loop(&mut self, stmt: &StmtFor, out: &mut Block) {
        let span = Span::from(stmt.range);
        let iter = Iter::Value(self.expr(&stmt.iter));
        self.frame().loops += 1;
        let target = self.target(&stmt.target);
        self.frame().loops -= 1;
        let body = self.repeated(&stmt.body);
        let orelse = self.conditional(&stmt.orelse);
        out.push(Stmt { kind: StmtKind::For { is_async: stmt.is_async, target, iter, body, orelse }, span });
    }

    fn with(&mut self, with: &StmtWith, out: &mut Block) {
        let span = Span::from(with.range);
        let mut items = Vec::new();
        for item in &with.items {
            let context = self.expr(&item.context_expr);
            let target = item.optional_vars.as_deref().map(|target| self.target(target));
            items.push((context, target));
        }
        let mut body = self.block(&with.body);
        for (context, target) in items.into_iter().rev() {
            body = vec![Stmt { kind: StmtKind::With { is_async: with.is_async, context, target, body }, span }];
        }
        out.extend(body);
    }

    fn try_stmt(&mut self, stmt: &StmtTry) -> StmtKind {
        if stmt.is_star {
            self.report(
                code::EXCEPT_STAR,
                stmt.range.into(),
                "`except*` is not compiled",
                "catch the group with `except` and look at its `exceptions`",
            );
        }
        let expects_import_error = stmt
            .handlers
            .iter()
            .any(|ExceptHandler::ExceptHandler(handler)| handler.type_.as_deref().is_none_or(catches_import_error));
        let outer = self.frame().guarded;
        self.frame().guarded |= expects_import_error;
        let body = self.conditional(&stmt.body);
        self.frame().guarded = outer;
        // CPython compiles `else` before the handlers, which shows in the order of `co_varnames`.
        let orelse = self.conditional(&stmt.orelse);
        let handlers = stmt
            .handlers
            .iter()
            .map(|ExceptHandler::ExceptHandler(handler)| {
                let test = self.optional(handler.type_.as_deref());
                let name = handler.name.as_ref().map(|name| {
                    let target = self.store(name.as_str(), None);
                    self.delete(name.as_str());
                    target
                });
                Handler { test, name, body: self.conditional(&handler.body), span: handler.range.into() }
            })
            .collect();
        let finally = self.block(&stmt.finalbody);
        StmtKind::Try { body, handlers, orelse, finally }
    }

    /// `target: annotation = value`: the value is stored first, the annotation evaluated last (PEP 526), and never for a
    /// function's locals.
    fn annotated(&mut self, stmt: &StmtAnnAssign, out: &mut Block) {
        let span = Span::from(stmt.range);
        let in_function = self.scope_kind().is_function_like();
        if let Some(value) = &stmt.value {
            let value = self.expr(value);
            let target = self.target(&stmt.target);
            out.push(Stmt { kind: StmtKind::Assign { targets: vec![target], value }, span });
        } else {
            // A bare annotation still evaluates the parts of its target.
            let parts = match &*stmt.target {
                Syntax::Attribute(attribute) => vec![&*attribute.value],
                Syntax::Subscript(subscript) => vec![&*subscript.value, &*subscript.slice],
                _ => Vec::new(),
            };
            for part in parts {
                let kind = StmtKind::Expr(self.expr(part));
                out.push(Stmt { kind, span });
            }
        }
        if in_function {
            return;
        }
        match &*stmt.target {
            Syntax::Name(name) if stmt.simple => {
                if self.frames.len() == 1 {
                    let ty = self.type_expr(&stmt.annotation);
                    self.annotations.entry(name.id.as_str().into()).or_insert(ty);
                }
                let value = self.annotation(&stmt.annotation);
                let container = Expr::name(self.load("__annotations__"), span);
                let key = self.mangled(&name.id);
                let index = Expr::constant(Constant::Str(key), span);
                let target = Target { kind: TargetKind::Subscript { value: container, index }, span };
                out.push(Stmt { kind: StmtKind::Assign { targets: vec![target], value }, span });
            }
            _ if !self.scopes.future_annotations => {
                let kind = StmtKind::Expr(self.expr(&stmt.annotation));
                out.push(Stmt { kind, span });
            }
            _ => {}
        }
    }

    pub(super) fn target(&mut self, target: &Syntax) -> Target {
        let span = Span::from(target.range());
        let kind = match target {
            Syntax::Name(name) => TargetKind::Name(self.store(&name.id, Some(Binding::Assign))),
            Syntax::Tuple(tuple) => return self.unpack(&tuple.elts, span, Self::target),
            Syntax::List(list) => return self.unpack(&list.elts, span, Self::target),
            other => return self.place(other, span),
        };
        Target { kind, span }
    }

    fn delete_target(&mut self, target: &Syntax) -> Target {
        let span = Span::from(target.range());
        let kind = match target {
            Syntax::Name(name) => TargetKind::Name(self.delete(&name.id)),
            Syntax::Tuple(tuple) => return self.unpack(&tuple.elts, span, Self::delete_target),
            Syntax::List(list) => return self.unpack(&list.elts, span, Self::delete_target),
            other => return self.place(other, span),
        };
        Target { kind, span }
    }

    fn place(&mut self, target: &Syntax, span: Span) -> Target {
        match target {
            Syntax::Attribute(attribute) => {
                let value = self.expr(&attribute.value);
                let attr = self.mangled(attribute.attr.as_str());
                let span = self.attribute_span(span, attribute.attr.range.into());
                Target { kind: TargetKind::Attribute { value, attr }, span }
            }
            Syntax::Subscript(subscript) => {
                let value = self.expr(&subscript.value);
                let index = self.expr(&subscript.slice);
                Target { kind: TargetKind::Subscript { value, index }, span }
            }
            _ => {
                self.internal(span, "the parser let an impossible target through");
                Target { kind: TargetKind::Unpack { before: Vec::new(), star: None, after: Vec::new() }, span }
            }
        }
    }

    fn unpack(&mut self, elements: &[Syntax], span: Span, each: fn(&mut Self, &Syntax) -> Target) -> Target {
        let (mut before, mut star, mut after) = (Vec::new(), None, Vec::new());
        for element in elements {
            match element {
                Syntax::Starred(starred) => star = Some(Box::new(each(self, &starred.value))),
                other if star.is_none() => before.push(each(self, other)),
                other => after.push(each(self, other)),
            }
        }
        Target { kind: TargetKind::Unpack { before, star, after }, span }
    }
}

fn catches_import_error(test: &Syntax) -> bool {
    match test {
        Syntax::Tuple(tuple) => tuple.elts.iter().any(catches_import_error),
        other => class::dotted(other).is_some_and(|name| {
            matches!(name.as_str(), "ImportError" | "ModuleNotFoundError" | "Exception" | "BaseException")
        }),
    }
}
