//! First pass over scopes: one [`Scope`] per region, with what happens to each name in it, in CPython's order of visits (the order
//! decides which "used prior to global declaration" error there is).
//!
//! Invariant: every node that has a scope is registered by its span and kind, so that later stages find the same scope.

use super::{Flags, Scope, ScopeId, ScopeKind, ScopeTree, mangle};
use crate::diag::{Diagnostic, code};
use crate::hir::Ident;
use crate::source::Span;
use ruff_python_ast::{
    Comprehension, ExceptHandler, Expr, ExprContext, FStringPart, Identifier, InterpolatedStringElement, ModModule,
    Parameters, Pattern, Stmt,
};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn build(module: &ModModule, problems: &mut Vec<Diagnostic>) -> ScopeTree {
    let tree = ScopeTree {
        scopes: Vec::new(),
        by_node: BTreeMap::new(),
        future_annotations: has_future_annotations(&module.body),
    };
    let mut builder = Builder { tree, current: ScopeId::MODULE, comp_iter_expr: 0, problems };
    builder.enter(ScopeKind::Module, module.range.into(), None);
    builder.block(&module.body);
    builder.tree
}

pub(super) fn has_future_annotations(body: &[Stmt]) -> bool {
    body.iter().any(|stmt| match stmt {
        Stmt::ImportFrom(import) => {
            import.level == 0
                && import.module.as_deref() == Some("__future__")
                && import.names.iter().any(|alias| alias.name.as_str() == "annotations")
        }
        _ => false,
    })
}

struct Builder<'a> {
    tree: ScopeTree,
    current: ScopeId,
    /// How many iterable expressions of comprehensions surround the current node, within the current scope.
    comp_iter_expr: u32,
    problems: &'a mut Vec<Diagnostic>,
}

impl Builder<'_> {
    fn enter(&mut self, kind: ScopeKind, span: Span, class_name: Option<Ident>) -> ScopeId {
        let id = ScopeId(self.tree.scopes.len() as u32);
        let parent = if kind == ScopeKind::Module { None } else { Some(self.current) };
        let code = match (kind, parent) {
            (ScopeKind::Comprehension, Some(parent)) => self.tree.scope(parent).code,
            _ => id,
        };
        let class_name = class_name.or_else(|| parent.and_then(|p| self.tree.scope(p).class_name.clone()));
        self.tree.scopes.push(Scope {
            kind,
            parent,
            code,
            class_name,
            symbols: BTreeMap::new(),
            resolutions: BTreeMap::new(),
            is_generator: kind == ScopeKind::GenExpr,
            is_async: false,
            cells: BTreeSet::new(),
            frees: BTreeSet::new(),
            directives: Vec::new(),
            value_returns: Vec::new(),
        });
        self.tree.by_node.insert((span, kind), id);
        self.current = id;
        id
    }

    fn leave(&mut self) {
        if let Some(parent) = self.tree.scope(self.current).parent {
            self.current = parent;
        }
    }

    fn here(&mut self) -> &mut Scope {
        let index = self.current.index();
        &mut self.tree.scopes[index]
    }

    fn error(&mut self, at: Span, message: String) {
        self.problems.push(Diagnostic::error(code::NAME_DECLARATION, at, message));
    }

    fn mangled(&self, name: &str) -> Ident {
        mangle(self.tree.scope(self.current).class_name.as_deref(), name)
    }

    fn flags(&self, scope: ScopeId, name: &Ident) -> Flags {
        self.tree.scope(scope).symbols.get(name).copied().unwrap_or_default()
    }

    fn define(&mut self, name: &str, flags: Flags, at: Span) {
        let name = self.mangled(name);
        let old = self.flags(self.current, &name);
        if flags.any(Flags::PARAM) && old.any(Flags::PARAM) {
            let message = format!("duplicate argument '{name}' in function definition");
            self.problems.push(Diagnostic::error(code::DUPLICATE_ARGUMENT, at, message));
        }
        if flags.any(Flags::COMP_ITER) && old.any(Flags::GLOBAL.and(Flags::NONLOCAL)) {
            let message = format!("comprehension inner loop cannot rebind assignment expression target '{name}'");
            self.error(at, message);
        }
        self.here().symbols.insert(name, old.and(flags));
    }

    fn name(&mut self, name: &Identifier, flags: Flags) {
        self.define(name.as_str(), flags, name.range.into());
    }

    fn block(&mut self, body: &[Stmt]) {
        for stmt in body {
            self.stmt(stmt);
        }
    }

    /// PEP 525: an asynchronous generator returns nothing.
    fn async_generator_returns(&mut self) {
        let scope = self.here();
        if !(scope.is_async && scope.is_generator) {
            return;
        }
        for at in std::mem::take(&mut scope.value_returns) {
            let message = "'return' with value in async generator";
            self.problems.push(Diagnostic::error(code::MISPLACED, at, message));
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::FunctionDef(def) => {
                self.name(&def.name, Flags::LOCAL);
                self.defaults(&def.parameters);
                self.annotations(&def.parameters, def.returns.as_deref());
                for decorator in &def.decorator_list {
                    self.expr(&decorator.expression);
                }
                self.enter(ScopeKind::Function, def.range.into(), None);
                self.here().is_async = def.is_async;
                let outer = std::mem::take(&mut self.comp_iter_expr);
                self.parameters(&def.parameters);
                self.block(&def.body);
                self.comp_iter_expr = outer;
                self.async_generator_returns();
                self.leave();
            }
            Stmt::ClassDef(def) => {
                self.name(&def.name, Flags::LOCAL);
                for decorator in &def.decorator_list {
                    self.expr(&decorator.expression);
                }
                if let Some(arguments) = &def.arguments {
                    self.exprs(&arguments.args);
                    for keyword in &arguments.keywords {
                        self.expr(&keyword.value);
                    }
                }
                self.enter(ScopeKind::Class, def.range.into(), Some(def.name.as_str().into()));
                self.block(&def.body);
                self.leave();
            }
            Stmt::Return(stmt) => {
                if stmt.value.is_some() {
                    self.here().value_returns.push(stmt.range.into());
                }
                self.optional(stmt.value.as_deref());
            }
            Stmt::Delete(stmt) => self.exprs(&stmt.targets),
            Stmt::Assign(stmt) => {
                self.exprs(&stmt.targets);
                self.expr(&stmt.value);
            }
            Stmt::AugAssign(stmt) => {
                self.expr(&stmt.target);
                self.expr(&stmt.value);
            }
            Stmt::AnnAssign(stmt) => {
                match &*stmt.target {
                    Expr::Name(target) => {
                        let name = self.mangled(&target.id);
                        let flags = self.flags(self.current, &name);
                        let at = Span::from(target.range);
                        let is_module = self.current == ScopeId::MODULE;
                        if stmt.simple && !is_module && flags.any(Flags::GLOBAL) {
                            self.error(at, format!("annotated name '{name}' can't be global"));
                        } else if stmt.simple && !is_module && flags.any(Flags::NONLOCAL) {
                            self.error(at, format!("annotated name '{name}' can't be nonlocal"));
                        }
                        if stmt.simple {
                            self.define(&target.id, Flags::ANNOT.and(Flags::LOCAL), at);
                        } else if stmt.value.is_some() {
                            self.define(&target.id, Flags::LOCAL, at);
                        }
                    }
                    target => self.expr(target),
                }
                self.annotation(&stmt.annotation);
                self.optional(stmt.value.as_deref());
            }
            Stmt::For(stmt) => {
                self.expr(&stmt.target);
                self.expr(&stmt.iter);
                self.block(&stmt.body);
                self.block(&stmt.orelse);
            }
            Stmt::While(stmt) => {
                self.expr(&stmt.test);
                self.block(&stmt.body);
                self.block(&stmt.orelse);
            }
            Stmt::If(stmt) => {
                self.expr(&stmt.test);
                self.block(&stmt.body);
                for clause in &stmt.elif_else_clauses {
                    self.optional(clause.test.as_ref());
                    self.block(&clause.body);
                }
            }
            Stmt::With(stmt) => {
                for item in &stmt.items {
                    self.expr(&item.context_expr);
                    self.optional(item.optional_vars.as_deref());
                }
                self.block(&stmt.body);
            }
            Stmt::Match(stmt) => {
                self.expr(&stmt.subject);
                for case in &stmt.cases {
                    self.pattern(&case.pattern);
                    self.optional(case.guard.as_deref());
                    self.block(&case.body);
                }
            }
            Stmt::Raise(stmt) => {
                self.optional(stmt.exc.as_deref());
                self.optional(stmt.cause.as_deref());
            }
            Stmt::Try(stmt) => {
                self.block(&stmt.body);
                self.block(&stmt.orelse);
                for ExceptHandler::ExceptHandler(handler) in &stmt.handlers {
                    self.optional(handler.type_.as_deref());
                    if let Some(name) = &handler.name {
                        self.name(name, Flags::LOCAL);
                    }
                    self.block(&handler.body);
                }
                self.block(&stmt.finalbody);
            }
            Stmt::Assert(stmt) => {
                self.expr(&stmt.test);
                self.optional(stmt.msg.as_deref());
            }
            Stmt::Import(stmt) => {
                for alias in &stmt.names {
                    let bound = alias.asname.as_ref().unwrap_or(&alias.name);
                    let root = bound.as_str().split('.').next().unwrap_or("");
                    self.define(root, Flags::LOCAL, bound.range.into());
                }
            }
            Stmt::ImportFrom(stmt) => {
                for alias in stmt.names.iter().filter(|alias| alias.name.as_str() != "*") {
                    self.name(alias.asname.as_ref().unwrap_or(&alias.name), Flags::LOCAL);
                }
            }
            Stmt::Global(stmt) => self.declare(&stmt.names, Flags::GLOBAL, "global", stmt.range.into()),
            Stmt::Nonlocal(stmt) => self.declare(&stmt.names, Flags::NONLOCAL, "nonlocal", stmt.range.into()),
            Stmt::Expr(stmt) => self.expr(&stmt.value),
            Stmt::TypeAlias(stmt) => self.expr(&stmt.name),
            Stmt::Pass(_) | Stmt::Break(_) | Stmt::Continue(_) | Stmt::IpyEscapeCommand(_) => {}
        }
    }

    fn declare(&mut self, names: &[Identifier], flag: Flags, word: &str, at: Span) {
        for name in names {
            let mangled = self.mangled(name.as_str());
            let old = self.flags(self.current, &mangled);
            if old.any(Flags::PARAM) {
                self.error(at, format!("name '{mangled}' is parameter and {word}"));
            } else if old.any(Flags::USE) {
                self.error(at, format!("name '{mangled}' is used prior to {word} declaration"));
            } else if old.any(Flags::ANNOT) {
                self.error(at, format!("annotated name '{mangled}' can't be {word}"));
            } else if old.any(Flags::LOCAL) {
                self.error(at, format!("name '{mangled}' is assigned to before {word} declaration"));
            }
            let clean = old.any(Flags::PARAM.and(Flags::LOCAL).and(Flags::USE));
            if !clean {
                self.here().symbols.insert(mangled.clone(), old.and(flag));
                self.here().directives.push((mangled, at));
            }
        }
    }

    fn defaults(&mut self, parameters: &Parameters) {
        for parameter in parameters.iter_non_variadic_params() {
            self.optional(parameter.default.as_deref());
        }
    }

    fn annotations(&mut self, parameters: &Parameters, returns: Option<&Expr>) {
        for parameter in parameters.iter() {
            if let Some(annotation) = parameter.annotation() {
                self.annotation(annotation);
            }
        }
        if let Some(returns) = returns {
            self.annotation(returns);
        }
    }

    /// Names in postponed annotations (PEP 563) are no uses: they become text.
    fn annotation(&mut self, annotation: &Expr) {
        if !self.tree.future_annotations {
            self.expr(annotation);
        }
    }

    fn parameters(&mut self, parameters: &Parameters) {
        let plain = parameters.posonlyargs.iter().chain(&parameters.args).chain(&parameters.kwonlyargs);
        for parameter in plain {
            self.name(&parameter.parameter.name, Flags::PARAM);
        }
        for parameter in parameters.vararg.iter().chain(&parameters.kwarg) {
            self.name(&parameter.name, Flags::PARAM);
        }
    }

    fn optional(&mut self, expr: Option<&Expr>) {
        if let Some(expr) = expr {
            self.expr(expr);
        }
    }

    fn exprs(&mut self, exprs: &[Expr]) {
        for expr in exprs {
            self.expr(expr);
        }
    }

    fn expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Name(name) => {
                let flags = if name.ctx == ExprContext::Load { Flags::USE } else { Flags::LOCAL };
                self.define(&name.id, flags, name.range.into());
                // `super` without arguments needs the cell of the class around it.
                if flags == Flags::USE && name.id == "super" && self.tree.scope(self.current).kind.is_function_like() {
                    self.define("__class__", Flags::default(), name.range.into());
                }
            }
            Expr::Named(named) => {
                if self.comp_iter_expr > 0 {
                    let message = "assignment expression cannot be used in a comprehension iterable expression";
                    self.error(named.range.into(), message.to_owned());
                }
                if self.tree.scope(self.current).kind.is_comprehension() {
                    self.extend_named(&named.target);
                }
                self.expr(&named.value);
                self.expr(&named.target);
            }
            Expr::Lambda(lambda) => {
                if let Some(parameters) = &lambda.parameters {
                    self.defaults(parameters);
                }
                self.enter(ScopeKind::Lambda, lambda.range.into(), None);
                let outer = std::mem::take(&mut self.comp_iter_expr);
                if let Some(parameters) = &lambda.parameters {
                    self.parameters(parameters);
                }
                self.expr(&lambda.body);
                self.comp_iter_expr = outer;
                self.leave();
            }
            Expr::ListComp(comp) => {
                self.comprehension(ScopeKind::Comprehension, comp.range.into(), &comp.generators, &[&comp.elt]);
            }
            Expr::SetComp(comp) => {
                self.comprehension(ScopeKind::Comprehension, comp.range.into(), &comp.generators, &[&comp.elt]);
            }
            Expr::DictComp(comp) => {
                let parts = [&*comp.key, &*comp.value];
                self.comprehension(ScopeKind::Comprehension, comp.range.into(), &comp.generators, &parts);
            }
            Expr::Generator(comp) => {
                self.comprehension(ScopeKind::GenExpr, comp.range.into(), &comp.generators, &[&comp.elt]);
            }
            Expr::Yield(expr) => {
                self.here().is_generator = true;
                self.optional(expr.value.as_deref());
            }
            Expr::YieldFrom(expr) => {
                self.here().is_generator = true;
                self.expr(&expr.value);
            }
            Expr::Await(expr) => {
                self.here().is_async = true;
                self.expr(&expr.value);
            }
            Expr::BoolOp(expr) => self.exprs(&expr.values),
            Expr::BinOp(expr) => {
                self.expr(&expr.left);
                self.expr(&expr.right);
            }
            Expr::UnaryOp(expr) => self.expr(&expr.operand),
            Expr::If(expr) => {
                self.expr(&expr.test);
                self.expr(&expr.body);
                self.expr(&expr.orelse);
            }
            Expr::Dict(expr) => {
                for item in &expr.items {
                    self.optional(item.key.as_ref());
                    self.expr(&item.value);
                }
            }
            Expr::Set(expr) => self.exprs(&expr.elts),
            Expr::List(expr) => self.exprs(&expr.elts),
            Expr::Tuple(expr) => self.exprs(&expr.elts),
            Expr::Compare(expr) => {
                self.expr(&expr.left);
                self.exprs(&expr.comparators);
            }
            Expr::Call(expr) => {
                self.expr(&expr.func);
                self.exprs(&expr.arguments.args);
                for keyword in &expr.arguments.keywords {
                    self.expr(&keyword.value);
                }
            }
            Expr::FString(expr) => {
                for part in &expr.value {
                    if let FStringPart::FString(fstring) = part {
                        self.interpolation(&fstring.elements);
                    }
                }
            }
            Expr::Attribute(expr) => self.expr(&expr.value),
            Expr::Subscript(expr) => {
                self.expr(&expr.value);
                self.expr(&expr.slice);
            }
            Expr::Starred(expr) => self.expr(&expr.value),
            Expr::Slice(expr) => {
                self.optional(expr.lower.as_deref());
                self.optional(expr.upper.as_deref());
                self.optional(expr.step.as_deref());
            }
            Expr::TString(_)
            | Expr::StringLiteral(_)
            | Expr::BytesLiteral(_)
            | Expr::NumberLiteral(_)
            | Expr::BooleanLiteral(_)
            | Expr::NoneLiteral(_)
            | Expr::EllipsisLiteral(_)
            | Expr::IpyEscapeCommand(_) => {}
        }
    }

    fn interpolation<'e>(&mut self, elements: impl IntoIterator<Item = &'e InterpolatedStringElement>) {
        for element in elements {
            if let InterpolatedStringElement::Interpolation(element) = element {
                self.expr(&element.expression);
                if let Some(spec) = &element.format_spec {
                    self.interpolation(&spec.elements);
                }
            }
        }
    }

    fn comprehension(&mut self, kind: ScopeKind, span: Span, generators: &[Comprehension], elements: &[&Expr]) {
        // The first iterable is evaluated outside.
        if let Some(first) = generators.first() {
            self.comp_iter_expr += 1;
            self.expr(&first.iter);
            self.comp_iter_expr -= 1;
        }
        self.enter(kind, span, None);
        self.here().is_async = generators.iter().any(|generator| generator.is_async);
        for (index, generator) in generators.iter().enumerate() {
            self.comp_target(&generator.target);
            if index > 0 {
                self.comp_iter_expr += 1;
                self.expr(&generator.iter);
                self.comp_iter_expr -= 1;
            }
            self.exprs(&generator.ifs);
        }
        for element in elements.iter().rev() {
            self.expr(element);
        }
        // A comprehension runs in the code around it, which is then a generator, or one that awaits.
        let Scope { is_generator, is_async, .. } = *self.here();
        self.leave();
        if kind == ScopeKind::Comprehension {
            self.here().is_generator |= is_generator;
            self.here().is_async |= is_async;
        }
    }

    fn comp_target(&mut self, target: &Expr) {
        match target {
            Expr::Name(name) => {
                self.define(&name.id, Flags::LOCAL.and(Flags::COMP_ITER), name.range.into());
            }
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|elt| self.comp_target(elt)),
            Expr::List(list) => list.elts.iter().for_each(|elt| self.comp_target(elt)),
            Expr::Starred(starred) => self.comp_target(&starred.value),
            other => self.expr(other),
        }
    }

    /// PEP 572: an assignment expression in comprehensions binds in the scope that holds the outermost of them.
    fn extend_named(&mut self, target: &Expr) {
        let Expr::Name(target) = target else { return };
        let at = Span::from(target.range);
        let name = self.mangled(&target.id);
        let mut walk = Some(self.current);
        while let Some(id) = walk {
            let (kind, parent) = (self.tree.scope(id).kind, self.tree.scope(id).parent);
            let flags = self.flags(id, &name);
            match kind {
                ScopeKind::GenExpr | ScopeKind::Comprehension => {
                    if flags.any(Flags::COMP_ITER) {
                        let message =
                            format!("assignment expression cannot rebind comprehension iteration variable '{name}'");
                        return self.error(at, message);
                    }
                }
                ScopeKind::Function | ScopeKind::Lambda => {
                    let flag = if flags.any(Flags::GLOBAL) { Flags::GLOBAL } else { Flags::NONLOCAL };
                    let own = self.flags(self.current, &name);
                    self.here().symbols.insert(name.clone(), own.and(flag));
                    self.here().directives.push((name.clone(), at));
                    self.tree.scopes[id.index()].symbols.insert(name, flags.and(Flags::LOCAL));
                    return;
                }
                ScopeKind::Module => {
                    let own = self.flags(self.current, &name);
                    self.here().symbols.insert(name.clone(), own.and(Flags::GLOBAL));
                    self.here().directives.push((name.clone(), at));
                    self.tree.scopes[id.index()].symbols.insert(name, flags.and(Flags::GLOBAL));
                    return;
                }
                ScopeKind::Class => {
                    let message = "assignment expression within a comprehension cannot be used in a class body";
                    return self.error(at, message.to_owned());
                }
            }
            walk = parent;
        }
    }

    fn pattern(&mut self, pattern: &Pattern) {
        match pattern {
            Pattern::MatchValue(pattern) => self.expr(&pattern.value),
            Pattern::MatchSingleton(_) => {}
            Pattern::MatchSequence(pattern) => pattern.patterns.iter().for_each(|p| self.pattern(p)),
            Pattern::MatchMapping(pattern) => {
                self.exprs(&pattern.keys);
                pattern.patterns.iter().for_each(|p| self.pattern(p));
                if let Some(rest) = &pattern.rest {
                    self.name(rest, Flags::LOCAL);
                }
            }
            Pattern::MatchClass(pattern) => {
                self.expr(&pattern.cls);
                pattern.arguments.patterns.iter().for_each(|p| self.pattern(p));
                pattern.arguments.keywords.iter().for_each(|k| self.pattern(&k.pattern));
            }
            Pattern::MatchStar(pattern) => {
                if let Some(name) = &pattern.name {
                    self.name(name, Flags::LOCAL);
                }
            }
            Pattern::MatchAs(pattern) => {
                if let Some(inner) = &pattern.pattern {
                    self.pattern(inner);
                }
                if let Some(name) = &pattern.name {
                    self.name(name, Flags::LOCAL);
                }
            }
            Pattern::MatchOr(pattern) => pattern.patterns.iter().for_each(|p| self.pattern(p)),
        }
    }
}
