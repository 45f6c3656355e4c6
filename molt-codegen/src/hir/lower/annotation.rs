//! Annotations: evaluated as Python does, and read as types for bindings and speculation.
//!
//! Invariant: reading a [`TypeExpr`] has no effect on what the program computes.

use super::*;
use ruff_python_ast::{Expr as Syntax, Operator};
use rustpython_parser::parse_expression;

impl Lowerer<'_> {
    /// The value of an annotation: with postponed annotations (PEP 563) its text.
    pub(super) fn annotation(&mut self, annotation: &Syntax) -> Expr {
        if self.scopes.future_annotations {
            let text = unparse::unparse(annotation, self.file);
            return Expr::constant(Constant::Str(text.into()), annotation.range().into());
        }
        match annotation {
            // PEP 646: `*args: *Ts` is `*args: (next(iter(Ts)))` in meaning: a tuple with the one unpacked element.
            Syntax::Starred(starred) => {
                self.report(
                    code::TYPE_PARAMS,
                    starred.range.into(),
                    "a starred annotation is not compiled",
                    "annotate `*args` with the type of its elements",
                );
                Expr::constant(Constant::None, starred.range.into())
            }
            other => self.expr(other),
        }
    }

    /// The annotation read as a type.
    pub(super) fn type_expr(&self, annotation: &Syntax) -> TypeExpr {
        type_expr(annotation, self.file)
    }
}

fn type_expr(expr: &Syntax, file: &SourceFile) -> TypeExpr {
    match expr {
        Syntax::NoneLiteral(_) => TypeExpr::None,
        Syntax::EllipsisLiteral(_) => TypeExpr::Ellipsis,
        Syntax::StringLiteral(text) => forward_reference(text.value.to_str()),
        Syntax::List(list) => TypeExpr::List(list.elts.iter().map(|elt| type_expr(elt, file)).collect()),
        Syntax::BinOp(binary) if binary.op == Operator::BitOr => {
            let mut members = Vec::new();
            for side in [&*binary.left, &*binary.right] {
                match type_expr(side, file) {
                    TypeExpr::Union(inner) => members.extend(inner),
                    other => members.push(other),
                }
            }
            TypeExpr::Union(members)
        }
        Syntax::Subscript(subscript) => {
            let Some(origin) = class::dotted(&subscript.value) else { return other(expr, file) };
            let items = match &*subscript.slice {
                Syntax::Tuple(tuple) => tuple.elts.as_slice(),
                single => std::slice::from_ref(single),
            };
            let last = origin.rsplit('.').next().unwrap_or("").to_owned();
            if last == "Literal" {
                let literal = |item: &Syntax| TypeExpr::Literal(unparse::unparse(item, file));
                return TypeExpr::Generic(origin, items.iter().map(literal).collect());
            }
            let args: Vec<TypeExpr> = items.iter().map(|item| type_expr(item, file)).collect();
            match (last.as_str(), args.as_slice()) {
                ("Optional", [one]) => TypeExpr::Union(vec![one.clone(), TypeExpr::None]),
                ("Union", _) => TypeExpr::Union(args),
                ("Annotated", [first, ..]) => first.clone(),
                _ => TypeExpr::Generic(origin, args),
            }
        }
        _ => match class::dotted(expr) {
            Some(name) => TypeExpr::Name(name),
            None => other(expr, file),
        },
    }
}

fn other(expr: &Syntax, file: &SourceFile) -> TypeExpr {
    TypeExpr::Other(unparse::unparse(expr, file))
}

/// `"list[Node]"`: the text of the annotation is an expression itself.
fn forward_reference(text: &str) -> TypeExpr {
    let file = SourceFile::new("<annotation>", text);
    // The text was no part of the nesting guard's bound; a real annotation is short.
    if text.len() > 200 {
        return TypeExpr::Other(text.to_owned());
    }
    match parse_expression(text) {
        // A string inside a string is not read again.
        Ok(parsed) if !parsed.expr().is_string_literal_expr() => type_expr(parsed.expr(), &file),
        _ => TypeExpr::Other(text.to_owned()),
    }
}
