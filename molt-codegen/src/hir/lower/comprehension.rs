//! Comprehensions: list, set and dict ones run inside the function around them (PEP 709), generator expressions are functions.
//!
//! Invariant: the first iterable is evaluated in the scope around; everything else in the comprehension's own scope.

use super::*;
use crate::scope::Resolution;
use ruff_python_ast::{Comprehension as Generator, ExprGenerator};

impl Lowerer<'_> {
    pub(super) fn comprehension(
        &mut self,
        span: Span,
        generators: &[Generator],
        element: impl FnOnce(&mut Self) -> ComprehensionKind,
    ) -> ExprKind {
        let Some((first, rest)) = generators.split_first() else {
            self.internal(span, "a comprehension without `for`");
            return ExprKind::Const(Constant::None);
        };
        let iter = self.expr(&first.iter);
        let Some(scope) = self.scope_of(span, ScopeKind::Comprehension) else {
            return ExprKind::Const(Constant::None);
        };
        let outer = std::mem::replace(&mut self.frame().scope, scope);
        // What an assignment expression in it binds is bound once per turn.
        self.frame().loops += 1;
        let mut clauses = vec![Clause::For { is_async: first.is_async, target: self.target(&first.target), iter }];
        clauses.extend(first.ifs.iter().map(|test| Clause::If(self.expr(test))));
        for generator in rest {
            let iter = self.expr(&generator.iter);
            let target = self.target(&generator.target);
            clauses.push(Clause::For { is_async: generator.is_async, target, iter });
            clauses.extend(generator.ifs.iter().map(|test| Clause::If(self.expr(test))));
        }
        let kind = element(self);
        let (locals, cells) = self.own_variables(scope);
        self.frame().loops -= 1;
        self.frame().scope = outer;
        ExprKind::Comprehension(Box::new(Comprehension { kind, clauses, locals, cells }))
    }

    /// The variables that a comprehension's scope binds, as locals and cells of the function around it.
    fn own_variables(&mut self, scope: ScopeId) -> (Vec<LocalId>, Vec<CellId>) {
        let (mut locals, mut cells) = (Vec::new(), Vec::new());
        let own: Vec<Ident> = self
            .scopes
            .scope(scope)
            .resolutions
            .iter()
            .filter(|(_, resolution)| **resolution == Resolution::Variable(scope))
            .map(|(name, _)| name.clone())
            .collect();
        for name in own {
            match self.variable(scope, &name) {
                NameRef::Local(local) => locals.push(local),
                NameRef::Cell(cell) => cells.push(cell),
                _ => {}
            }
        }
        (locals, cells)
    }

    /// A generator expression; `at` is its place, which for a call's only argument is the argument list.
    pub(super) fn generator(&mut self, generator: &ExprGenerator, at: Span) -> ExprKind {
        let span = Span::from(generator.range);
        let Some(first) = generator.generators.first() else {
            self.internal(span, "a generator expression without `for`");
            return ExprKind::Const(Constant::None);
        };
        let iter = Box::new(self.expr(&first.iter));
        let Some(code) = self.scope_of(span, ScopeKind::GenExpr) else {
            return ExprKind::Const(Constant::None);
        };
        let qualname = self.qualname("<genexpr>");
        let line = self.file.line(at.start);
        let func = self.enter(code, Function::new(FunctionKind::GenExpr, "<genexpr>".into(), qualname, at, line));
        let param = Param {
            name: ".0".into(),
            kind: ParamKind::PositionalOnly,
            has_default: false,
            default: None,
            annotation: None,
            span: iter.span,
        };
        self.add_param(code, param);
        let body = self.generator_clauses(generator, at, 0);
        self.leave(body);
        ExprKind::GenExpr { is_async: first.is_async, func, iter }
    }

    fn generator_clauses(&mut self, generator: &ExprGenerator, at: Span, index: usize) -> Block {
        let Some(clause) = generator.generators.get(index) else {
            let value = self.expr(&generator.elt);
            let span = value.span;
            let yielded = Expr { kind: ExprKind::Yield(Some(Box::new(value))), span };
            return vec![Stmt { kind: StmtKind::Expr(yielded), span }];
        };
        let iter = if index == 0 { Iter::Iterator(LocalId(0)) } else { Iter::Value(self.expr(&clause.iter)) };
        let target = self.target(&clause.target);
        let tests: Vec<Expr> = clause.ifs.iter().map(|test| self.expr(test)).collect();
        let mut body = self.generator_clauses(generator, at, index + 1);
        for test in tests.into_iter().rev() {
            let span = test.span;
            let kind = StmtKind::If { branches: vec![Branch { test, body }], orelse: Block::new() };
            body = vec![Stmt { kind, span }];
        }
        let kind = StmtKind::For { is_async: clause.is_async, target, iter, body, orelse: Block::new() };
        vec![Stmt { kind, span: at }]
    }
}
