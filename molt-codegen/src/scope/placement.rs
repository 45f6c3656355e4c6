//! Statements and expressions in places where Python does not allow them, with CPython's messages: `return` outside a function,
//! `break` outside a loop, two starred targets, a late `__future__` import, patterns that make later ones unreachable …
//!
//! Invariant: reads the tree only; whatever passes can be lowered without asking these questions again.

use crate::diag::{Code, Diagnostic, code};

use ruff_python_ast::{
    Comprehension, ExceptHandler, Expr, ExprContext, FStringPart, Identifier, InterpolatedStringElement, ModModule,
    Parameters, Pattern, Stmt, StmtImportFrom, StmtMatch,
};
use ruff_text_size::Ranged;
use std::collections::BTreeSet;

/// The features of CPython 3.12's `__future__`.
const FEATURES: &[&str] = &[
    "absolute_import",
    "annotations",
    "division",
    "generator_stop",
    "generators",
    "nested_scopes",
    "print_function",
    "unicode_literals",
    "with_statement",
];

/// How many loops, `with` items and parts of `try` CPython lets nest in one function (`CO_MAXBLOCKS`).
const MAX_BLOCKS: u32 = 20;

/// How deep CPython lets format specs nest in one f-string.
const MAX_SPEC_DEPTH: u32 = 2;

pub(super) fn check(module: &ModModule, problems: &mut Vec<Diagnostic>) {
    let postponed = super::build::has_future_annotations(&module.body);
    let mut checker = Checker { problems, place: Place::default(), postponed };
    checker.future_imports(&module.body);
    checker.block(&module.body);
}

/// Where the current node stands.
#[derive(Clone, Copy, Default)]
struct Place {
    in_function: bool,
    in_async: bool,
    in_class: bool,
    in_loop: bool,
    comprehension: Option<&'static str>,
    /// Whether a generator expression is around, which may await anywhere: it is an asynchronous one then.
    in_genexpr: bool,
    in_except_star: bool,
    loop_in_except_star: bool,
    in_postponed_annotation: bool,
    /// Loops, `with` items and parts of `try` around, in this function.
    blocks: u32,
}

struct Checker<'a> {
    /// Whether annotations are text (PEP 563).
    postponed: bool,
    problems: &'a mut Vec<Diagnostic>,
    place: Place,
}

impl Checker<'_> {
    fn report(&mut self, code: Code, at: impl Ranged, message: impl Into<String>) {
        self.problems.push(Diagnostic::error(code, at.range().into(), message));
    }

    fn misplaced(&mut self, at: impl Ranged, message: impl Into<String>) {
        self.report(code::MISPLACED, at, message);
    }

    fn within(&mut self, place: Place, body: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.place, place);
        body(self);
        self.place = outer;
    }

    /// `from __future__` imports may only follow the docstring and each other.
    fn future_imports(&mut self, body: &[Stmt]) {
        let mut allowed = true;
        for (index, stmt) in body.iter().enumerate() {
            match stmt {
                Stmt::ImportFrom(import) if is_future(import) => {
                    if !allowed {
                        self.report(
                            code::FUTURE,
                            stmt,
                            "from __future__ imports must occur at the beginning of the file",
                        );
                    }
                    self.features(import);
                }
                Stmt::Expr(expr) if index == 0 && expr.value.is_string_literal_expr() => {}
                _ => allowed = false,
            }
        }
    }

    fn features(&mut self, import: &StmtImportFrom) {
        for alias in &import.names {
            match alias.name.as_str() {
                "braces" => self.report(code::FUTURE, import, "not a chance"),
                "barry_as_FLUFL" => {
                    self.problems.push(
                        Diagnostic::error(
                            code::UNSUPPORTED,
                            import.range.into(),
                            "`from __future__ import barry_as_FLUFL` is not compiled",
                        )
                        .with_help("write `!=`"),
                    );
                }
                name if FEATURES.contains(&name) => {}
                name => self.report(code::FUTURE, import, format!("future feature {name} is not defined")),
            }
        }
    }

    fn block(&mut self, body: &[Stmt]) {
        for stmt in body {
            self.stmt(stmt);
        }
    }

    fn loop_body(&mut self, at: impl Ranged, body: &[Stmt]) {
        let place = Place { in_loop: true, loop_in_except_star: self.place.in_except_star, ..self.place };
        self.within(place, |this| this.blocks(1, at, |this| this.block(body)));
    }

    /// Checks `body` inside `count` more of CPython's frame blocks.
    fn blocks(&mut self, count: u32, at: impl Ranged, body: impl FnOnce(&mut Self)) {
        let place = Place { blocks: self.place.blocks + count, ..self.place };
        if place.blocks > MAX_BLOCKS {
            let problem = Diagnostic::error(code::TOO_DEEP, at.range().into(), "too many statically nested blocks");
            self.problems.push(problem.with_help("move the inner ones into a function of their own"));
            // One message is enough: what is inside is not looked at.
            return;
        }
        self.within(place, body);
    }

    fn not_debug(&mut self, name: &str, at: impl Ranged) {
        if name == "__debug__" {
            self.report(code::BAD_TARGET, at, "cannot assign to __debug__");
        }
    }

    fn identifier(&mut self, name: &Identifier) {
        self.not_debug(name.as_str(), name);
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::FunctionDef(def) => {
                self.identifier(&def.name);
                for decorator in &def.decorator_list {
                    self.expr(&decorator.expression);
                }
                self.parameters(&def.parameters);
                self.annotation(def.returns.as_deref());
                let place = Place { in_function: true, in_async: def.is_async, ..Place::default() };
                self.within(place, |this| this.block(&def.body));
            }
            Stmt::ClassDef(def) => {
                self.identifier(&def.name);
                for decorator in &def.decorator_list {
                    self.expr(&decorator.expression);
                }
                if let Some(arguments) = &def.arguments {
                    if let [Expr::Generator(generator)] = &*arguments.args
                        && !generator.parenthesized
                    {
                        self.report(code::SYNTAX, generator, "invalid syntax");
                    }
                    self.exprs(&arguments.args);
                    for keyword in &arguments.keywords {
                        self.expr(&keyword.value);
                    }
                }
                self.within(Place { in_class: true, ..Place::default() }, |this| this.block(&def.body));
            }
            Stmt::Return(stmt) => {
                if !self.place.in_function {
                    self.misplaced(stmt, "'return' outside function");
                } else if self.place.in_except_star {
                    self.leaves_except_star(stmt);
                }
                self.optional(stmt.value.as_deref());
            }
            Stmt::Break(_) | Stmt::Continue(_) => {
                if !self.place.in_loop {
                    let message =
                        if stmt.is_break_stmt() { "'break' outside loop" } else { "'continue' not properly in loop" };
                    self.misplaced(stmt, message);
                } else if self.place.in_except_star && !self.place.loop_in_except_star {
                    self.leaves_except_star(stmt);
                }
            }
            Stmt::Delete(stmt) => {
                for target in &stmt.targets {
                    self.deleted(target);
                    self.expr(target);
                }
            }
            Stmt::Assign(stmt) => {
                for target in &stmt.targets {
                    self.target(target);
                }
                self.expr(&stmt.value);
            }
            Stmt::AugAssign(stmt) => {
                self.expr(&stmt.target);
                self.expr(&stmt.value);
            }
            Stmt::AnnAssign(stmt) => {
                self.target(&stmt.target);
                self.annotation(Some(&stmt.annotation));
                self.optional(stmt.value.as_deref());
            }
            Stmt::For(stmt) => {
                if stmt.is_async && !self.place.in_async {
                    self.misplaced(stmt, "'async for' outside async function");
                }
                self.target(&stmt.target);
                self.expr(&stmt.iter);
                self.loop_body(stmt, &stmt.body);
                self.block(&stmt.orelse);
            }
            Stmt::While(stmt) => {
                self.expr(&stmt.test);
                self.loop_body(stmt, &stmt.body);
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
                if stmt.is_async && !self.place.in_async {
                    self.misplaced(stmt, "'async with' outside async function");
                }
                for item in &stmt.items {
                    self.expr(&item.context_expr);
                    if let Some(target) = &item.optional_vars {
                        self.target(target);
                    }
                }
                self.blocks(stmt.items.len() as u32, stmt, |this| this.block(&stmt.body));
            }
            Stmt::Match(stmt) => self.matching(stmt),
            Stmt::Raise(stmt) => {
                self.optional(stmt.exc.as_deref());
                self.optional(stmt.cause.as_deref());
            }
            Stmt::Try(stmt) => {
                let finally = u32::from(!stmt.finalbody.is_empty());
                let guarded = finally + u32::from(!stmt.handlers.is_empty());
                self.blocks(guarded, stmt, |this| this.block(&stmt.body));
                self.blocks(finally, stmt, |this| this.block(&stmt.orelse));
                for (index, ExceptHandler::ExceptHandler(handler)) in stmt.handlers.iter().enumerate() {
                    if handler.type_.is_none() && index + 1 < stmt.handlers.len() {
                        self.misplaced(handler, "default 'except:' must be last");
                    }
                    self.optional(handler.type_.as_deref());
                    if let Some(name) = &handler.name {
                        self.identifier(name);
                    }
                    let in_except_star = self.place.in_except_star || stmt.is_star;
                    let loop_in_except_star = self.place.loop_in_except_star && !stmt.is_star;
                    let place = Place { in_except_star, loop_in_except_star, ..self.place };
                    self.within(place, |this| this.blocks(finally + 2, handler, |this| this.block(&handler.body)));
                }
                self.blocks(finally, stmt, |this| this.block(&stmt.finalbody));
            }
            Stmt::Assert(stmt) => {
                self.expr(&stmt.test);
                self.optional(stmt.msg.as_deref());
            }
            Stmt::Import(stmt) => {
                for alias in &stmt.names {
                    self.identifier(alias.asname.as_ref().unwrap_or(&alias.name));
                }
            }
            Stmt::ImportFrom(stmt) => {
                let nested = self.place.in_function || self.place.in_class;
                if nested && is_future(stmt) {
                    self.report(code::FUTURE, stmt, "from __future__ imports must occur at the beginning of the file");
                }
                for alias in &stmt.names {
                    self.identifier(alias.asname.as_ref().unwrap_or(&alias.name));
                    if alias.name.as_str() == "*" && nested {
                        self.misplaced(alias, "import * only allowed at module level");
                    }
                }
            }
            Stmt::Expr(stmt) => match &*stmt.value {
                Expr::Starred(starred) => self.misplaced(starred, "can't use starred expression here"),
                value => self.expr(value),
            },
            Stmt::TypeAlias(_) | Stmt::Global(_) | Stmt::Nonlocal(_) | Stmt::Pass(_) | Stmt::IpyEscapeCommand(_) => {}
        }
    }

    fn leaves_except_star(&mut self, at: impl Ranged) {
        self.misplaced(at, "'break', 'continue' and 'return' cannot appear in an except* block");
    }

    fn parameters(&mut self, parameters: &Parameters) {
        for parameter in parameters.iter() {
            self.identifier(parameter.name());
            self.optional(parameter.default());
            self.annotation(parameter.annotation());
        }
    }

    fn annotation(&mut self, annotation: Option<&Expr>) {
        let place = Place { in_postponed_annotation: self.postponed, ..self.place };
        self.within(place, |this| this.optional(annotation));
    }

    /// Postponed annotations have no scope in which something could be bound or yielded.
    fn not_in_annotation(&mut self, what: &str, at: &Expr) {
        if self.place.in_postponed_annotation {
            self.misplaced(at, format!("{what} expression cannot be used within an annotation"));
        }
    }

    /// A target as a whole: a bare starred one is none.
    fn target(&mut self, target: &Expr) {
        if target.is_starred_expr() {
            self.report(code::BAD_TARGET, target, "starred assignment target must be in a list or tuple");
        }
        self.stores(target);
        self.expr(target);
    }

    fn stores(&mut self, target: &Expr) {
        let elements = match target {
            Expr::Tuple(tuple) => &tuple.elts,
            Expr::List(list) => &list.elts,
            _ => return,
        };
        if elements.iter().filter(|elt| elt.is_starred_expr()).count() > 1 {
            self.report(code::BAD_TARGET, target, "multiple starred expressions in assignment");
        }
        for element in elements {
            match element {
                Expr::Starred(starred) => self.stores(&starred.value),
                other => self.stores(other),
            }
        }
    }

    fn deleted(&mut self, target: &Expr) {
        match target {
            Expr::Starred(_) => self.report(code::BAD_TARGET, target, "cannot delete starred"),
            Expr::Name(name) if name.id == "__debug__" => {
                self.report(code::BAD_TARGET, name, "cannot delete __debug__");
            }
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|elt| self.deleted(elt)),
            Expr::List(list) => list.elts.iter().for_each(|elt| self.deleted(elt)),
            _ => {}
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
                if name.ctx == ExprContext::Store {
                    self.not_debug(&name.id, name);
                }
            }
            Expr::Lambda(lambda) => {
                if let Some(parameters) = &lambda.parameters {
                    self.parameters(parameters);
                }
                let place = Place { in_function: true, ..Place::default() };
                self.within(place, |this| this.expr(&lambda.body));
            }
            Expr::ListComp(comp) => {
                self.comprehension("list comprehension", expr, &comp.generators, &[&comp.elt]);
            }
            Expr::SetComp(comp) => {
                self.comprehension("set comprehension", expr, &comp.generators, &[&comp.elt]);
            }
            Expr::DictComp(comp) => {
                self.comprehension("dict comprehension", expr, &comp.generators, &[&*comp.key, &*comp.value]);
            }
            Expr::Generator(comp) => {
                self.comprehension("generator expression", expr, &comp.generators, &[&comp.elt]);
            }
            Expr::Yield(inner) => {
                self.not_in_annotation("yield", expr);
                self.yields(expr);
                self.optional(inner.value.as_deref());
            }
            Expr::YieldFrom(inner) => {
                self.not_in_annotation("yield", expr);
                self.yields(expr);
                if self.place.in_async {
                    self.misplaced(inner, "'yield from' inside async function");
                }
                self.expr(&inner.value);
            }
            Expr::Await(inner) => {
                self.not_in_annotation("await", expr);
                if self.place.comprehension.is_some() {
                    if !self.place.in_async && !self.place.in_genexpr {
                        let message = "asynchronous comprehension outside of an asynchronous function";
                        self.misplaced(inner, message);
                    }
                } else if !self.place.in_function {
                    self.misplaced(inner, "'await' outside function");
                } else if !self.place.in_async {
                    self.misplaced(inner, "'await' outside async function");
                }
                self.expr(&inner.value);
            }
            Expr::BoolOp(expr) => self.exprs(&expr.values),
            Expr::Named(named) => {
                self.not_in_annotation("named", expr);
                self.expr(&named.target);
                self.expr(&named.value);
            }
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
            Expr::Call(call) => {
                self.expr(&call.func);
                self.exprs(&call.arguments.args);
                let mut seen = BTreeSet::new();
                for keyword in &call.arguments.keywords {
                    if let Some(name) = &keyword.arg {
                        self.not_debug(name.as_str(), keyword);
                        if !seen.insert(name.as_str()) {
                            self.report(code::SYNTAX, keyword, format!("keyword argument repeated: {name}"));
                        }
                    }
                    self.expr(&keyword.value);
                }
            }
            Expr::FString(expr) => {
                for part in &expr.value {
                    if let FStringPart::FString(fstring) = part {
                        self.interpolation(&fstring.elements, 0);
                    }
                }
            }
            Expr::Attribute(expr) => {
                if expr.ctx == ExprContext::Store {
                    self.not_debug(expr.attr.as_str(), expr);
                }
                self.expr(&expr.value);
            }
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

    fn interpolation<'e>(&mut self, elements: impl IntoIterator<Item = &'e InterpolatedStringElement>, depth: u32) {
        for element in elements {
            if let InterpolatedStringElement::Interpolation(element) = element {
                if depth > MAX_SPEC_DEPTH {
                    self.report(code::SYNTAX, element, "f-string: expressions nested too deeply");
                    return;
                }
                self.expr(&element.expression);
                if let Some(spec) = &element.format_spec {
                    self.interpolation(&spec.elements, depth + 1);
                }
            }
        }
    }

    fn yields(&mut self, at: &Expr) {
        if let Some(kind) = self.place.comprehension {
            self.misplaced(at, format!("'yield' inside {kind}"));
        } else if !self.place.in_function {
            self.misplaced(at, "'yield' outside function");
        }
    }

    fn comprehension(&mut self, kind: &'static str, at: &Expr, generators: &[Comprehension], elements: &[&Expr]) {
        if let Some(first) = generators.first() {
            self.expr(&first.iter);
        }
        let is_async = generators.iter().any(|generator| generator.is_async);
        let in_genexpr = self.place.in_genexpr || kind == "generator expression";
        if is_async && !self.place.in_async && !in_genexpr {
            self.misplaced(at, "asynchronous comprehension outside of an asynchronous function");
        }
        let place = Place { comprehension: Some(kind), in_genexpr, ..self.place };
        self.within(place, |this| {
            for (index, generator) in generators.iter().enumerate() {
                this.target(&generator.target);
                if index > 0 {
                    this.expr(&generator.iter);
                }
                this.exprs(&generator.ifs);
            }
            for element in elements {
                this.expr(element);
            }
        });
    }

    fn matching(&mut self, stmt: &StmtMatch) {
        self.expr(&stmt.subject);
        for (index, case) in stmt.cases.iter().enumerate() {
            let mut bound = BTreeSet::new();
            self.pattern(&case.pattern, &mut bound);
            let is_last = index + 1 == stmt.cases.len();
            if case.guard.is_none() && !is_last {
                self.unreachable(&case.pattern);
            }
            self.optional(case.guard.as_deref());
            self.block(&case.body);
        }
    }

    /// An irrefutable pattern before others.
    fn unreachable(&mut self, pattern: &Pattern) {
        if let Pattern::MatchAs(capture) = pattern {
            match (&capture.pattern, &capture.name) {
                (Some(inner), _) => self.unreachable(inner),
                (None, Some(name)) => {
                    let message = format!("name capture '{name}' makes remaining patterns unreachable");
                    self.report(code::PATTERN, capture, message);
                }
                (None, None) => {
                    self.report(code::PATTERN, capture, "wildcard makes remaining patterns unreachable");
                }
            }
        }
    }

    fn binds<'p>(&mut self, name: Option<&'p Identifier>, at: &Pattern, bound: &mut BTreeSet<&'p str>) {
        let Some(name) = name else { return };
        self.identifier(name);
        if !bound.insert(name.as_str()) {
            self.report(code::PATTERN, at, format!("multiple assignments to name '{name}' in pattern"));
        }
    }

    fn pattern<'p>(&mut self, pattern: &'p Pattern, bound: &mut BTreeSet<&'p str>) {
        match pattern {
            Pattern::MatchValue(value) => self.expr(&value.value),
            Pattern::MatchSingleton(_) => {}
            Pattern::MatchSequence(sequence) => {
                if sequence.patterns.iter().filter(|p| p.is_match_star()).count() > 1 {
                    self.report(code::PATTERN, sequence, "multiple starred names in sequence pattern");
                }
                for inner in &sequence.patterns {
                    self.pattern(inner, bound);
                }
            }
            Pattern::MatchMapping(mapping) => {
                let mut seen = BTreeSet::new();
                for key in &mapping.keys {
                    self.expr(key);
                    if let Some(text) = literal_key(key)
                        && !seen.insert(text.clone())
                    {
                        let message = format!("mapping pattern checks duplicate key ({text})");
                        self.report(code::PATTERN, mapping, message);
                    }
                }
                for inner in &mapping.patterns {
                    self.pattern(inner, bound);
                }
                self.binds(mapping.rest.as_ref(), pattern, bound);
            }
            Pattern::MatchClass(class) => {
                self.expr(&class.cls);
                for inner in &class.arguments.patterns {
                    self.pattern(inner, bound);
                }
                let mut seen = BTreeSet::new();
                for keyword in &class.arguments.keywords {
                    if !seen.insert(keyword.attr.as_str()) {
                        let message = format!("attribute name repeated in class pattern: {}", keyword.attr);
                        self.report(code::PATTERN, &keyword.pattern, message);
                    }
                    self.pattern(&keyword.pattern, bound);
                }
            }
            Pattern::MatchStar(star) => self.binds(star.name.as_ref(), pattern, bound),
            Pattern::MatchAs(capture) => {
                if let Some(inner) = &capture.pattern {
                    self.pattern(inner, bound);
                }
                self.binds(capture.name.as_ref(), pattern, bound);
            }
            Pattern::MatchOr(alternatives) => {
                let mut first: Option<BTreeSet<&'p str>> = None;
                for (index, alternative) in alternatives.patterns.iter().enumerate() {
                    if index + 1 < alternatives.patterns.len() {
                        self.unreachable(alternative);
                    }
                    let mut own = BTreeSet::new();
                    self.pattern(alternative, &mut own);
                    match &first {
                        None => first = Some(own),
                        Some(names) if *names != own => {
                            self.report(code::PATTERN, pattern, "alternative patterns bind different names");
                            break;
                        }
                        Some(_) => {}
                    }
                }
                for name in first.into_iter().flatten() {
                    if !bound.insert(name) {
                        let message = format!("multiple assignments to name '{name}' in pattern");
                        self.report(code::PATTERN, pattern, message);
                    }
                }
            }
        }
    }
}

fn is_future(import: &StmtImportFrom) -> bool {
    import.level == 0 && import.module.as_deref() == Some("__future__")
}

/// A literal key in CPython's `repr`, good enough to tell equal strings and small numbers.
fn literal_key(key: &Expr) -> Option<String> {
    match key {
        Expr::StringLiteral(text) => Some(format!("'{}'", text.value.to_str())),
        Expr::NumberLiteral(number) => match &number.value {
            ruff_python_ast::Number::Int(int) => Some(int.to_string()),
            _ => None,
        },
        Expr::NoneLiteral(_) => Some("None".to_owned()),
        Expr::BooleanLiteral(literal) => Some(if literal.value { "True" } else { "False" }.to_owned()),
        _ => None,
    }
}
