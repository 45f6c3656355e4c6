//! `def`, `lambda` and their parameters, defaults, annotations and decorators.
//!
//! Invariant: evaluation order is CPython's: decorators, positional defaults, keyword-only defaults, annotations, the function,
//! then the decorators' calls from the innermost out.

use super::*;
use ruff_python_ast::{
    Decorator as SyntaxDecorator, Expr as Syntax, ExprLambda, Parameters, Stmt as SyntaxStmt, StmtFunctionDef,
};

impl Lowerer<'_> {
    /// The docstring of a body, if it has one, and the statements after it.
    pub(super) fn docstring<'s>(&mut self, body: &'s [SyntaxStmt]) -> (Option<(Constant, Span)>, &'s [SyntaxStmt]) {
        if let Some((SyntaxStmt::Expr(first), rest)) = body.split_first()
            && let Syntax::StringLiteral(literal) = &*first.value
        {
            let span = Span::from(first.range);
            return (Some((self.string(literal), span)), rest);
        }
        (None, body)
    }

    /// `co_qualname` of a function or class made by the current function.
    pub(super) fn qualname(&mut self, name: &str) -> Ident {
        let own = self.function();
        match own.kind {
            FunctionKind::Module => name.into(),
            // CPython adds `<locals>` for functions and lambdas, not for generator expressions.
            FunctionKind::Class(_) | FunctionKind::GenExpr => format!("{}.{name}", own.qualname).into(),
            _ => format!("{}.<locals>.{name}", own.qualname).into(),
        }
    }

    /// The same for a statement that binds `name`, which may be declared `global`.
    pub(super) fn bound_qualname(&mut self, name: &str) -> Ident {
        let mangled = self.mangled(name);
        let scope = self.frame().scope;
        let flags = self.scopes.scope(scope).symbols.get(&mangled).copied().unwrap_or_default();
        if flags.any(crate::scope::Flags::GLOBAL) { name.into() } else { self.qualname(name) }
    }

    /// Where `def` or `class` begins, after the decorators.
    pub(super) fn keyword_span(&self, decorators: &[SyntaxDecorator], whole: Span) -> Span {
        let Some(last) = decorators.last() else { return whole };
        let mut at = Span::from(last.range).end;
        // Between the last decorator and the keyword lie line ends, blank lines and comments only.
        loop {
            let rest = self.file.slice(Span::new(at, whole.end));
            let trimmed = rest.trim_start_matches([' ', '\t', '\n', '\x0c', '\\']);
            at += (rest.len() - trimmed.len()) as u32;
            if !trimmed.starts_with('#') {
                return Span::new(at, whole.end);
            }
            at += trimmed.find('\n').unwrap_or(trimmed.len()) as u32;
        }
    }

    pub(super) fn first_line(&self, decorators: &[SyntaxDecorator], keyword: Span) -> u32 {
        let start = decorators.first().map_or(keyword.start, |first| Span::from(first.expression.range()).start);
        self.file.line(start)
    }

    pub(super) fn decorator_values(&mut self, decorators: &[SyntaxDecorator]) -> Vec<Expr> {
        decorators.iter().map(|decorator| self.expr(&decorator.expression)).collect()
    }

    /// Applies decorators that are evaluated already by the order of nested calls: a call evaluates its callable first.
    pub(super) fn decorated(decorators: Vec<Expr>, value: Expr) -> Expr {
        decorators.into_iter().rev().fold(value, |value, decorator| {
            let span = decorator.span;
            let args = Args { positional: vec![Element::Item(value)], keywords: Vec::new() };
            Expr { kind: ExprKind::Call { func: Box::new(decorator), args }, span }
        })
    }

    /// Lowers a `def`; returns the statement and the function's id.
    pub(super) fn function_def(&mut self, def: &StmtFunctionDef, method_of: Option<ClassId>) -> Option<(Stmt, FuncId)> {
        let whole = Span::from(def.range);
        let keyword = self.keyword_span(&def.decorator_list, whole);
        if let Some(parameters) = &def.type_params {
            self.type_parameters(parameters.range.into());
        }
        let decorators = self.decorator_values(&def.decorator_list);
        let mut make = self.defaults(&def.parameters);
        make.annotations = self.annotations(&def.parameters, def.returns.as_deref());
        let first_line = self.first_line(&def.decorator_list, keyword);
        let qualname = self.bound_qualname(def.name.as_str());
        let code = self.scope_of(whole, ScopeKind::Function)?;
        let mut function = Function::new(FunctionKind::Def, def.name.as_str().into(), qualname, keyword, first_line);
        function.name_span = def.name.range.into();
        function.method_of = method_of;
        function.decorators = self.decorators(&def.decorator_list);
        function.returns = def.returns.as_deref().map(|returns| self.type_expr(returns));
        let (doc, rest) = self.docstring(&def.body);
        function.doc = doc.map(|(constant, _)| constant);
        make.func = self.enter(code, function);
        self.parameters(code, &def.parameters, &make);
        let body = self.block(rest);
        let func = make.func;
        self.leave(body);
        let span = keyword;
        let value = Self::decorated(decorators, Expr { kind: ExprKind::MakeFunction(Box::new(make)), span });
        let binding = if def.decorator_list.is_empty() { Binding::Def(func) } else { Binding::DecoratedDef(func) };
        let name = self.store(def.name.as_str(), Some(binding));
        let targets = vec![Target { kind: TargetKind::Name(name), span: def.name.range.into() }];
        Some((Stmt { kind: StmtKind::Assign { targets, value }, span }, func))
    }

    pub(super) fn lambda(&mut self, lambda: &ExprLambda) -> Expr {
        let span = Span::from(lambda.range);
        let none = Parameters::default();
        let parameters = lambda.parameters.as_deref().unwrap_or(&none);
        let mut make = self.defaults(parameters);
        let qualname = self.qualname("<lambda>");
        let Some(code) = self.scope_of(span, ScopeKind::Lambda) else {
            return Expr::constant(Constant::None, span);
        };
        let line = self.file.line(span.start);
        make.func = self.enter(code, Function::new(FunctionKind::Lambda, "<lambda>".into(), qualname, span, line));
        self.parameters(code, parameters, &make);
        let value = self.expr(&lambda.body);
        let span_of_body = value.span;
        self.leave(vec![Stmt { kind: StmtKind::Return(Some(value)), span: span_of_body }]);
        Expr { kind: ExprKind::MakeFunction(Box::new(make)), span }
    }

    /// The registered scope of a node.
    pub(super) fn scope_of(&mut self, span: Span, kind: ScopeKind) -> Option<ScopeId> {
        let found = self.scopes.of_node(span, kind);
        if found.is_none() {
            self.internal(span, "a syntax node has no scope");
        }
        found
    }

    pub(super) fn type_parameters(&mut self, span: Span) {
        self.report(
            code::TYPE_PARAMS,
            span,
            "type parameters are not compiled",
            "remove them, or use typing.TypeVar: they do not change what the program computes",
        );
    }

    fn defaults(&mut self, parameters: &Parameters) -> MakeFunction {
        let positional = parameters.posonlyargs.iter().chain(&parameters.args);
        let defaults = positional.filter_map(|p| p.default.as_deref()).map(|default| self.expr(default)).collect();
        let mut kw_defaults = Vec::new();
        for parameter in &parameters.kwonlyargs {
            if let Some(default) = parameter.default.as_deref() {
                let value = self.expr(default);
                kw_defaults.push((self.mangled(parameter.parameter.name.as_str()), value));
            }
        }
        MakeFunction { func: Module::BODY, defaults, kw_defaults, annotations: Vec::new() }
    }

    fn annotations(&mut self, parameters: &Parameters, returns: Option<&Syntax>) -> Vec<(Ident, Expr)> {
        let mut annotations = Vec::new();
        let plain = |list: &'_ [ruff_python_ast::ParameterWithDefault]| -> Vec<ruff_python_ast::Parameter> {
            list.iter().map(|p| p.parameter.clone()).collect()
        };
        let mut ordered = plain(&parameters.args);
        ordered.extend(plain(&parameters.posonlyargs));
        ordered.extend(parameters.vararg.as_deref().cloned());
        ordered.extend(plain(&parameters.kwonlyargs));
        ordered.extend(parameters.kwarg.as_deref().cloned());
        for parameter in &ordered {
            if let Some(annotation) = parameter.annotation.as_deref() {
                let name = self.mangled(parameter.name.as_str());
                annotations.push((name, self.annotation(annotation)));
            }
        }
        if let Some(returns) = returns {
            let value = self.annotation(returns);
            annotations.push(("return".into(), value));
        }
        annotations
    }

    /// Declares the parameters of the function just entered.
    fn parameters(&mut self, code: ScopeId, parameters: &Parameters, make: &MakeFunction) {
        let count = parameters.posonlyargs.len() + parameters.args.len();
        let first_default = count.saturating_sub(make.defaults.len());
        let groups = [
            (&parameters.posonlyargs, ParamKind::PositionalOnly),
            (&parameters.args, ParamKind::Normal),
            (&parameters.kwonlyargs, ParamKind::KeywordOnly),
        ];
        let mut position = 0;
        for (group, kind) in groups {
            for parameter in group {
                let name = self.mangled(parameter.parameter.name.as_str());
                let value = if kind == ParamKind::KeywordOnly {
                    make.kw_defaults.iter().find(|(n, _)| *n == name).map(|(_, value)| value)
                } else {
                    position += 1;
                    (position - 1usize).checked_sub(first_default).and_then(|index| make.defaults.get(index))
                };
                let default = value.and_then(Expr::as_constant).cloned();
                let parameter_syntax = &parameter.parameter;
                self.parameter(code, name, kind, value.is_some(), default, parameter_syntax);
            }
        }
        let stars = [(&parameters.vararg, ParamKind::VarArgs), (&parameters.kwarg, ParamKind::VarKwargs)];
        for (parameter, kind) in stars {
            if let Some(parameter) = parameter {
                let name = self.mangled(parameter.name.as_str());
                self.parameter(code, name, kind, false, None, parameter);
            }
        }
    }

    fn parameter(
        &mut self,
        code: ScopeId,
        name: Ident,
        kind: ParamKind,
        has_default: bool,
        default: Option<Constant>,
        syntax: &ruff_python_ast::Parameter,
    ) {
        let annotation = syntax.annotation.as_deref().map(|annotation| self.type_expr(annotation));
        let span = syntax.name.range.into();
        self.add_param(code, Param { name, kind, has_default, default, annotation, span });
    }

    /// Adds a parameter with its local, and ties it to its cell if inner functions capture it.
    pub(super) fn add_param(&mut self, code: ScopeId, param: Param) {
        let key = (code, param.name.clone());
        let frame = self.frame();
        let cell = frame.cell_ids.get(&key).copied();
        let local = frame.local(key, LocalKind::Param);
        let function = self.function();
        if let Some(cell) = cell {
            function.cells[cell.index()].param = Some(local);
        }
        function.params.push(param);
    }
}
