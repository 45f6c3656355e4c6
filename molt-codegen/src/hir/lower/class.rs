//! `class`: the body as a function over a namespace, and the static facts that layouts and bindings are made from.
//!
//! Invariant: the body function does everything that CPython's class code does, in its order; the facts only describe it.

use super::*;
use ruff_python_ast::{Decorator as SyntaxDecorator, ExceptHandler, Expr as Syntax, Stmt as SyntaxStmt, StmtClassDef};
use std::collections::BTreeSet;

impl Lowerer<'_> {
    pub(super) fn class_def(&mut self, def: &StmtClassDef) -> Option<Stmt> {
        let whole = Span::from(def.range);
        let keyword = self.keyword_span(&def.decorator_list, whole);
        if let Some(parameters) = &def.type_params {
            self.type_parameters(parameters.range.into());
        }
        let decorators = self.decorator_values(&def.decorator_list);
        let code = self.scope_of(whole, ScopeKind::Class)?;
        let name: Ident = def.name.as_str().into();
        let qualname = self.bound_qualname(&name);
        let id = ClassId(self.classes.len() as u32);
        let first_line = self.first_line(&def.decorator_list, keyword);
        let mut function = Function::new(FunctionKind::Class(id), name.clone(), qualname.clone(), keyword, first_line);
        function.name_span = def.name.range.into();
        let parent = self.frame().id;
        self.classes.push(self.describe(def, name.clone(), qualname.clone(), parent, keyword));
        let body = self.enter(code, function);
        self.classes[id.index()].body = body;
        self.class_body(def, id, code, qualname, keyword);
        let args = match &def.arguments {
            Some(arguments) => self.args(&arguments.args, &arguments.keywords),
            None => Args::default(),
        };
        let make = MakeClass { class: id, args };
        let value = Expr { kind: ExprKind::MakeClass(Box::new(make)), span: keyword };
        let value = Self::decorated(decorators, value);
        let binding = if def.decorator_list.is_empty() { Binding::Class(id) } else { Binding::DecoratedClass(id) };
        let target = self.store(&name, Some(binding));
        let targets = vec![Target { kind: TargetKind::Name(target), span: def.name.range.into() }];
        Some(Stmt { kind: StmtKind::Assign { targets, value }, span: keyword })
    }

    fn class_body(&mut self, def: &StmtClassDef, id: ClassId, code: ScopeId, qualname: Ident, span: Span) {
        let mut body = Block::new();
        let at = Span::at(span.start);
        let module = Expr::name(self.load("__name__"), at);
        body.push(self.assign_name("__module__", module, at));
        body.push(self.assign_name("__qualname__", Expr::constant(Constant::Str(qualname), at), at));
        let (doc, rest) = self.docstring(&def.body);
        if stmt::has_annotation(&def.body) {
            body.push(Stmt { kind: StmtKind::SetupAnnotations, span: at });
        }
        if let Some((constant, span)) = doc {
            self.function().doc = Some(constant.clone());
            body.push(self.assign_name("__doc__", Expr::constant(constant, span), span));
        }
        for stmt in rest {
            if let SyntaxStmt::FunctionDef(method) = stmt {
                if let Some((stmt, func)) = self.function_def(method, Some(id)) {
                    let name = self.mangled(method.name.as_str());
                    let decorators = self.decorators(&method.decorator_list);
                    self.classes[id.index()].methods.push(Method { name, func, decorators });
                    body.push(stmt);
                }
            } else {
                self.stmt_into(stmt, &mut body);
            }
        }
        let cell = self.frame().cell_ids.get(&(code, "__class__".into())).copied();
        if let Some(cell) = cell {
            self.classes[id.index()].class_cell = Some(cell);
            body.push(Stmt { kind: StmtKind::StoreClassCell(cell), span: at });
        }
        self.leave(body);
    }

    fn describe(&self, def: &StmtClassDef, name: Ident, qualname: Ident, parent: FuncId, span: Span) -> Class {
        let mangle = |attr: &str| crate::scope::mangle(Some(def.name.as_str()), attr);
        let mut class = Class {
            name,
            qualname,
            body: Module::BODY,
            parent,
            bases: Vec::new(),
            keywords: Vec::new(),
            decorators: self.decorators(&def.decorator_list),
            slots: None,
            fields: Vec::new(),
            methods: Vec::new(),
            attributes: Vec::new(),
            self_attributes: Vec::new(),
            class_cell: None,
            simple_body: true,
            span,
        };
        if let Some(arguments) = &def.arguments {
            class.bases = arguments.args.iter().map(|base| dotted(base).map(Ident::from)).collect();
            class.keywords =
                arguments.keywords.iter().map(|k| k.arg.as_ref().map(|name| name.as_str().into())).collect();
        }
        let mut names = BTreeSet::new();
        let mut attributes: Vec<Ident> = Vec::new();
        let mut bind = |name: &str| {
            let name = mangle(name);
            if names.insert(name.clone()) {
                attributes.push(name);
            }
        };
        for stmt in &def.body {
            match stmt {
                SyntaxStmt::FunctionDef(_) | SyntaxStmt::Pass(_) => {}
                SyntaxStmt::Expr(expr) if expr.value.is_literal_expr() => {}
                SyntaxStmt::Assign(assign) => {
                    for target in &assign.targets {
                        class.simple_body &= target.is_name_expr();
                        target_names(target, &mut bind);
                    }
                    let names_slots =
                        assign.targets.iter().any(|t| t.as_name_expr().is_some_and(|n| n.id == "__slots__"));
                    if names_slots {
                        class.slots = slots(&assign.value).map(|all| all.iter().map(|slot| mangle(slot)).collect());
                    }
                }
                SyntaxStmt::AnnAssign(assign) => match &*assign.target {
                    Syntax::Name(name) if assign.simple => {
                        if assign.value.is_some() {
                            bind(&name.id);
                        }
                        class.fields.push(Field {
                            name: mangle(&name.id),
                            annotation: self.type_expr(&assign.annotation),
                            default: self.field_default(assign.value.as_deref()),
                            span: name.range.into(),
                        });
                    }
                    target => {
                        class.simple_body = false;
                        target_names(target, &mut bind);
                    }
                },
                other => {
                    class.simple_body = false;
                    statement_names(other, &mut bind);
                }
            }
        }
        class.attributes = attributes;
        class.self_attributes = self_attributes(def).iter().map(|attr| mangle(attr)).collect();
        class
    }

    pub(super) fn decorators(&self, decorators: &[SyntaxDecorator]) -> Vec<Decorator> {
        let one = |decorator: &SyntaxDecorator| {
            let span = Span::from(decorator.expression.range());
            let mut keywords = Vec::new();
            let mut exact = true;
            let callee = match &decorator.expression {
                Syntax::Call(call) => {
                    exact = call.arguments.args.is_empty();
                    for keyword in &call.arguments.keywords {
                        match (&keyword.arg, self.literal(&keyword.value)) {
                            (Some(name), Some(value)) => keywords.push((name.as_str().into(), value)),
                            _ => exact = false,
                        }
                    }
                    &*call.func
                }
                other => other,
            };
            Decorator { path: dotted(callee).map(Ident::from), keywords, exact, span }
        };
        decorators.iter().map(one).collect()
    }

    fn field_default(&self, value: Option<&Syntax>) -> FieldDefault {
        let Some(value) = value else { return FieldDefault::Missing };
        if let Some(constant) = self.literal(value) {
            return FieldDefault::Constant(constant);
        }
        let Syntax::Call(call) = value else { return FieldDefault::Dynamic };
        let is_field = matches!(dotted(&call.func).as_deref(), Some("field" | "dataclasses.field"));
        let [keyword] = &*call.arguments.keywords else { return FieldDefault::Dynamic };
        match keyword.arg.as_ref().map(|name| name.as_str()) {
            Some("default_factory") if is_field => match dotted(&keyword.value) {
                Some(factory) => FieldDefault::Factory(factory.into()),
                None => FieldDefault::Dynamic,
            },
            Some("default") if is_field => match self.literal(&keyword.value) {
                Some(constant) => FieldDefault::Constant(constant),
                None => FieldDefault::Dynamic,
            },
            _ => FieldDefault::Dynamic,
        }
    }
}

/// `a.b.c` of an expression that is only names and attributes.
pub(super) fn dotted(expr: &Syntax) -> Option<String> {
    match expr {
        Syntax::Name(name) => Some(name.id.to_string()),
        Syntax::Attribute(attribute) => Some(format!("{}.{}", dotted(&attribute.value)?, attribute.attr)),
        _ => None,
    }
}

fn slots(value: &Syntax) -> Option<Vec<String>> {
    let elements = match value {
        Syntax::StringLiteral(one) => return Some(vec![one.value.to_str().to_owned()]),
        Syntax::Tuple(tuple) => &tuple.elts,
        Syntax::List(list) => &list.elts,
        _ => return None,
    };
    elements.iter().map(|elt| elt.as_string_literal_expr().map(|s| s.value.to_str().to_owned())).collect()
}

fn target_names(target: &Syntax, bind: &mut impl FnMut(&str)) {
    match target {
        Syntax::Name(name) => bind(&name.id),
        Syntax::Tuple(tuple) => tuple.elts.iter().for_each(|elt| target_names(elt, bind)),
        Syntax::List(list) => list.elts.iter().for_each(|elt| target_names(elt, bind)),
        Syntax::Starred(starred) => target_names(&starred.value, bind),
        _ => {}
    }
}

/// Names that a compound or import statement of a class body binds.
fn statement_names(stmt: &SyntaxStmt, bind: &mut impl FnMut(&str)) {
    match stmt {
        SyntaxStmt::FunctionDef(def) => bind(def.name.as_str()),
        SyntaxStmt::ClassDef(def) => bind(def.name.as_str()),
        SyntaxStmt::Import(import) => {
            for alias in &import.names {
                let bound = alias.asname.as_ref().unwrap_or(&alias.name);
                bind(bound.as_str().split('.').next().unwrap_or(""));
            }
        }
        SyntaxStmt::ImportFrom(import) => {
            for alias in &import.names {
                bind(alias.asname.as_ref().unwrap_or(&alias.name).as_str());
            }
        }
        _ => {}
    }
    visit_targets(stmt, &mut |target| target_names(target, bind));
    for_each_block(stmt, &mut |block| {
        for stmt in block {
            statement_names(stmt, bind);
        }
    });
}

/// Calls `visit` with every target that a statement itself (not its blocks) stores to.
fn visit_targets(stmt: &SyntaxStmt, visit: &mut dyn FnMut(&Syntax)) {
    match stmt {
        SyntaxStmt::Assign(assign) => assign.targets.iter().for_each(visit),
        SyntaxStmt::AugAssign(assign) => visit(&assign.target),
        SyntaxStmt::AnnAssign(assign) => visit(&assign.target),
        SyntaxStmt::For(stmt) => visit(&stmt.target),
        SyntaxStmt::With(stmt) => stmt.items.iter().filter_map(|item| item.optional_vars.as_deref()).for_each(visit),
        _ => {}
    }
}

/// Calls `visit` with every block of a compound statement that runs in the same function.
fn for_each_block(stmt: &SyntaxStmt, visit: &mut dyn FnMut(&[SyntaxStmt])) {
    match stmt {
        SyntaxStmt::For(stmt) => {
            visit(&stmt.body);
            visit(&stmt.orelse);
        }
        SyntaxStmt::While(stmt) => {
            visit(&stmt.body);
            visit(&stmt.orelse);
        }
        SyntaxStmt::If(stmt) => {
            visit(&stmt.body);
            stmt.elif_else_clauses.iter().for_each(|clause| visit(&clause.body));
        }
        SyntaxStmt::With(stmt) => visit(&stmt.body),
        SyntaxStmt::Match(stmt) => stmt.cases.iter().for_each(|case| visit(&case.body)),
        SyntaxStmt::Try(stmt) => {
            visit(&stmt.body);
            for ExceptHandler::ExceptHandler(handler) in &stmt.handlers {
                visit(&handler.body);
            }
            visit(&stmt.orelse);
            visit(&stmt.finalbody);
        }
        _ => {}
    }
}

/// Attributes that the methods of a class assign on their first parameter, unmangled: those of `__init__` first, so that the
/// slots lie in the order in which construction fills them.
fn self_attributes(def: &StmtClassDef) -> Vec<String> {
    let methods = def.body.iter().filter_map(|stmt| stmt.as_function_def_stmt());
    let mut ordered: Vec<_> = methods.collect();
    ordered.sort_by_key(|method| method.name.as_str() != "__init__");
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for method in ordered {
        let takes_class = method
            .decorator_list
            .iter()
            .any(|d| matches!(dotted(&d.expression).as_deref(), Some("classmethod" | "staticmethod")))
            || matches!(method.name.as_str(), "__new__" | "__init_subclass__" | "__class_getitem__");
        let parameters = method.parameters.posonlyargs.iter().chain(&method.parameters.args);
        let Some(first) = parameters.map(|p| p.parameter.name.as_str()).next() else { continue };
        if !takes_class {
            for stmt in &method.body {
                assigned_on(stmt, first, &mut |attr| {
                    if seen.insert(attr.to_owned()) {
                        found.push(attr.to_owned());
                    }
                });
            }
        }
    }
    found
}

fn assigned_on(stmt: &SyntaxStmt, receiver: &str, found: &mut dyn FnMut(&str)) {
    visit_targets(stmt, &mut |target| target_attributes(target, receiver, found));
    for_each_block(stmt, &mut |block| {
        for stmt in block {
            assigned_on(stmt, receiver, found);
        }
    });
}

fn target_attributes(target: &Syntax, receiver: &str, found: &mut dyn FnMut(&str)) {
    match target {
        Syntax::Attribute(attribute) if attribute.value.as_name_expr().is_some_and(|name| name.id == receiver) => {
            found(attribute.attr.as_str());
        }
        Syntax::Tuple(tuple) => tuple.elts.iter().for_each(|elt| target_attributes(elt, receiver, found)),
        Syntax::List(list) => list.elts.iter().for_each(|elt| target_attributes(elt, receiver, found)),
        Syntax::Starred(starred) => target_attributes(&starred.value, receiver, found),
        _ => {}
    }
}
