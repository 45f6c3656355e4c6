//! The parts of a module and the names each of them mentions, so that the import graph can leave out what nothing reaches.
//!
//! A part is the module's body, a module-level function, or a method of a module-level class, with all that is nested in it.
//! Invariant: a part mentions at least every name through which its code, run as written, can get at a function of another part;
//! names that are computed (`getattr(x, a + b)`) are not seen.

use crate::source::Span;
use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr, ExprContext, ModModule, Parameter, Stmt, StmtClassDef, StmtFunctionDef};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One part of a module.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PartFacts {
    /// The class it is a method of.
    pub class: Option<String>,
    /// Its name; `None` for the body of the module.
    pub name: Option<String>,
    /// First byte.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// Names it mentions, sorted: globals, attributes, what it imports, and strings that are identifiers.
    pub mentions: Vec<String>,
}

/// The parts of a module, its body first.
pub(super) fn of(syntax: &ModModule) -> Vec<PartFacts> {
    let mut body = Collector::default();
    let mut parts = Vec::new();
    for stmt in &syntax.body {
        match stmt {
            Stmt::FunctionDef(function) => parts.push(body.function(function, None)),
            Stmt::ClassDef(class) => body.class(class, &mut parts),
            stmt if is_dunder_all(stmt) => {}
            stmt => body.visit_stmt(stmt),
        }
    }
    let whole = Span::from(syntax.range);
    parts.insert(0, body.finish(None, None, whole));
    parts
}

/// `__all__ = …` lists what others may mention, and mentions nothing by itself.
fn is_dunder_all(stmt: &Stmt) -> bool {
    let target = match stmt {
        Stmt::Assign(assign) => assign.targets.first(),
        Stmt::AugAssign(assign) => Some(&*assign.target),
        _ => None,
    };
    matches!(target, Some(Expr::Name(name)) if name.id == "__all__")
}

#[derive(Default)]
struct Collector {
    mentions: BTreeSet<String>,
    /// Names that are read, until it is known which of them are local.
    read: BTreeSet<String>,
    bound: BTreeSet<String>,
}

impl Collector {
    /// A function as a part of its own; what runs when it is defined is the surroundings'.
    fn function(&mut self, function: &StmtFunctionDef, class: Option<&str>) -> PartFacts {
        function.decorator_list.iter().for_each(|decorator| self.visit_decorator(decorator));
        let mut inner = Collector::default();
        for parameter in function.parameters.iter_non_variadic_params() {
            if let Some(default) = &parameter.default {
                self.visit_expr(default);
            }
        }
        for parameter in &function.parameters {
            inner.bound.insert(parameter.name().to_string());
            if let Some(annotation) = parameter.annotation() {
                self.visit_expr(annotation);
            }
        }
        if let Some(returns) = &function.returns {
            self.visit_expr(returns);
        }
        function.body.iter().for_each(|stmt| inner.visit_stmt(stmt));
        let name = function.name.to_string();
        inner.finish(class.map(str::to_owned), Some(name), Span::from(function.range))
    }

    fn class(&mut self, class: &StmtClassDef, parts: &mut Vec<PartFacts>) {
        class.decorator_list.iter().for_each(|decorator| self.visit_decorator(decorator));
        if let Some(arguments) = &class.arguments {
            self.visit_arguments(arguments);
        }
        for stmt in &class.body {
            match stmt {
                Stmt::FunctionDef(function) => parts.push(self.function(function, Some(class.name.as_str()))),
                stmt => self.visit_stmt(stmt),
            }
        }
    }

    fn finish(mut self, class: Option<String>, name: Option<String>, span: Span) -> PartFacts {
        // What a module or class body binds is a global or an attribute all the same.
        if name.is_some() {
            self.read.retain(|read| !self.bound.contains(read));
        }
        self.mentions.append(&mut self.read);
        PartFacts { class, name, start: span.start, end: span.end, mentions: self.mentions.into_iter().collect() }
    }
}

impl<'a> Visitor<'a> for Collector {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::ImportFrom(import) => {
                self.mentions.extend(import.names.iter().map(|alias| alias.name.to_string()));
            }
            Stmt::FunctionDef(function) => {
                self.bound.insert(function.name.to_string());
            }
            Stmt::ClassDef(class) => {
                self.bound.insert(class.name.to_string());
            }
            Stmt::Global(global) => self.mentions.extend(global.names.iter().map(|name| name.to_string())),
            _ => {}
        }
        visitor::walk_stmt(self, stmt);
    }

    fn visit_parameter(&mut self, parameter: &'a Parameter) {
        self.bound.insert(parameter.name.to_string());
        visitor::walk_parameter(self, parameter);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Attribute(attribute) => {
                self.mentions.insert(attribute.attr.to_string());
            }
            Expr::Name(name) => {
                let names = if name.ctx == ExprContext::Load { &mut self.read } else { &mut self.bound };
                names.insert(name.id.to_string());
            }
            Expr::StringLiteral(string) => {
                let text = string.value.to_str();
                if is_identifier(text) {
                    self.mentions.insert(text.to_owned());
                }
            }
            _ => {}
        }
        visitor::walk_expr(self, expr);
    }
}

/// Whether a string may name something; more letters than Python's do no harm.
fn is_identifier(text: &str) -> bool {
    let mut chars = text.chars();
    let starts = |c: char| c == '_' || c.is_alphabetic();
    chars.next().is_some_and(starts) && chars.all(|c| c == '_' || c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;

    fn parts(text: &str) -> Vec<(String, String)> {
        let file = SourceFile::new("a.py", text);
        let show = |part: PartFacts| {
            let name = part.name.unwrap_or_default();
            let name = part.class.map(|class| format!("{class}.{name}")).unwrap_or(name);
            (name, part.mentions.join(" "))
        };
        of(&crate::parse::parse(&file).unwrap()).into_iter().map(show).collect()
    }

    fn pair(name: &str, mentions: &str) -> (String, String) {
        (name.to_owned(), mentions.to_owned())
    }

    #[test]
    fn each_part_has_its_own_mentions() {
        let found = parts(
            "from a import b as c\n__all__ = ['hidden']\nx = 'spoken'\n@deco\ndef f(p=start, *, q: Hint):\n    import z\n    \
             local = p.attr\n    return g(local, 'name', 'no name')\nclass C(Base):\n    field = make()\n    def m(self):\n        \
             return self.other\n",
        );
        assert_eq!(
            found,
            [pair("", "Base Hint b deco make spoken start"), pair("f", "attr g name"), pair("C.m", "other"),]
        );
    }

    #[test]
    fn nested_functions_belong_to_the_outer_one() {
        let found = parts("def f():\n    def inner(a):\n        return a.x + h()\n    return inner\n");
        assert_eq!(found[1], pair("f", "h x"));
    }
}
