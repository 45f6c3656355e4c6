//! Expressions.
//!
//! Invariant: one function per kind of node, so that the recursion's stack frames stay small.

use super::*;
use ruff_python_ast::{
    Arguments, BoolOp, CmpOp as SyntaxCmp, Expr as Syntax, ExprAttribute, ExprCall, ExprCompare, ExprDict, ExprUnaryOp,
    Keyword as SyntaxKeyword, Operator, UnaryOp as SyntaxUnary,
};

impl Lowerer<'_> {
    pub(super) fn optional(&mut self, expr: Option<&Syntax>) -> Option<Expr> {
        expr.map(|expr| self.expr(expr))
    }

    fn boxed(&mut self, expr: &Syntax) -> Box<Expr> {
        Box::new(self.expr(expr))
    }

    pub(super) fn expr(&mut self, expr: &Syntax) -> Expr {
        let span = Span::from(expr.range());
        let kind = match expr {
            Syntax::Name(name) if name.id == "__debug__" => ExprKind::Const(Constant::True),
            Syntax::Name(name) => {
                let name = self.load(&name.id);
                self.note_unsupplied(&name, span);
                ExprKind::Name(name)
            }
            Syntax::NumberLiteral(number) => ExprKind::Const(self.number(number)),
            Syntax::StringLiteral(string) => ExprKind::Const(self.string(string)),
            Syntax::BytesLiteral(bytes) => ExprKind::Const(strings::bytes(bytes)),
            Syntax::BooleanLiteral(literal) => ExprKind::Const(strings::boolean(literal.value)),
            Syntax::NoneLiteral(_) => ExprKind::Const(Constant::None),
            Syntax::EllipsisLiteral(_) => ExprKind::Const(Constant::Ellipsis),
            Syntax::FString(fstring) => self.fstring(fstring),
            Syntax::Attribute(attribute) => return self.attribute(attribute, span),
            Syntax::Call(call) => return self.call(call, span),
            Syntax::BinOp(binary) => {
                let left = self.boxed(&binary.left);
                let (op, right) = (binary_op(binary.op), self.boxed(&binary.right));
                let operands = left.as_constant().zip(right.as_constant());
                match operands.and_then(|(a, b)| fold::binary(op, a, b)) {
                    Some(folded) => ExprKind::Const(folded),
                    None => ExprKind::Binary { op, left, right },
                }
            }
            Syntax::UnaryOp(unary) => self.unary(unary),
            Syntax::BoolOp(boolean) => {
                let values = self.exprs(&boolean.values);
                if boolean.op == BoolOp::And { ExprKind::And(values) } else { ExprKind::Or(values) }
            }
            Syntax::Compare(compare) => self.compare(compare),
            Syntax::If(conditional) => {
                let test = self.boxed(&conditional.test);
                let body = self.boxed(&conditional.body);
                ExprKind::IfElse { test, body, orelse: self.boxed(&conditional.orelse) }
            }
            Syntax::Subscript(subscript) => {
                let value = self.boxed(&subscript.value);
                ExprKind::Subscript { value, index: self.boxed(&subscript.slice) }
            }
            Syntax::Slice(slice) => ExprKind::Slice {
                lower: self.optional(slice.lower.as_deref()).map(Box::new),
                upper: self.optional(slice.upper.as_deref()).map(Box::new),
                step: self.optional(slice.step.as_deref()).map(Box::new),
            },
            Syntax::Tuple(tuple) => self.tuple(&tuple.elts),
            Syntax::List(list) => ExprKind::List(self.elements(&list.elts)),
            Syntax::Set(set) => ExprKind::Set(self.elements(&set.elts)),
            Syntax::Dict(dict) => self.dict(dict),
            Syntax::Named(named) => {
                let value = self.boxed(&named.value);
                let target = match &*named.target {
                    Syntax::Name(name) => self.store(&name.id, Some(Binding::Assign)),
                    other => {
                        self.internal(other.range().into(), "an assignment expression without a name");
                        NameRef::Global("".into())
                    }
                };
                ExprKind::Named { target, value }
            }
            Syntax::Lambda(lambda) => return self.lambda(lambda),
            Syntax::ListComp(comp) => {
                let kind = |this: &mut Self| ComprehensionKind::List(this.expr(&comp.elt));
                self.comprehension(span, &comp.generators, kind)
            }
            Syntax::SetComp(comp) => {
                let kind = |this: &mut Self| ComprehensionKind::Set(this.expr(&comp.elt));
                self.comprehension(span, &comp.generators, kind)
            }
            Syntax::DictComp(comp) => {
                let kind = |this: &mut Self| {
                    let key = this.expr(&comp.key);
                    ComprehensionKind::Dict(key, this.expr(&comp.value))
                };
                self.comprehension(span, &comp.generators, kind)
            }
            Syntax::Generator(generator) => self.generator(generator, span),
            Syntax::Yield(inner) => ExprKind::Yield(self.optional(inner.value.as_deref()).map(Box::new)),
            Syntax::YieldFrom(inner) => ExprKind::YieldFrom(self.boxed(&inner.value)),
            Syntax::Await(inner) => ExprKind::Await(self.boxed(&inner.value)),
            Syntax::Starred(_) => {
                self.problems.push(Diagnostic::error(code::SYNTAX, span, "can't use starred expression here"));
                ExprKind::Const(Constant::None)
            }
            Syntax::TString(_) | Syntax::IpyEscapeCommand(_) => {
                self.internal(span, "the parser let a construct of another Python through");
                ExprKind::Const(Constant::None)
            }
        };
        Expr { kind, span }
    }

    fn exprs(&mut self, exprs: &[Syntax]) -> Vec<Expr> {
        exprs.iter().map(|expr| self.expr(expr)).collect()
    }

    fn elements(&mut self, elements: &[Syntax]) -> Vec<Element> {
        elements
            .iter()
            .map(|element| match element {
                Syntax::Starred(starred) => Element::Star(self.expr(&starred.value)),
                other => Element::Item(self.expr(other)),
            })
            .collect()
    }

    /// A tuple of constants is a constant, as CPython folds it: the same object each time.
    fn tuple(&mut self, elements: &[Syntax]) -> ExprKind {
        let elements = self.elements(elements);
        let constants: Option<Vec<Constant>> = elements
            .iter()
            .map(|element| match element {
                Element::Item(expr) => expr.as_constant().cloned(),
                Element::Star(_) => None,
            })
            .collect();
        match constants {
            Some(constants) => ExprKind::Const(Constant::Tuple(constants.into())),
            None => ExprKind::Tuple(elements),
        }
    }

    fn dict(&mut self, dict: &ExprDict) -> ExprKind {
        let mut items = Vec::with_capacity(dict.items.len());
        for item in &dict.items {
            items.push(match &item.key {
                Some(key) => {
                    let key = self.expr(key);
                    DictItem::Pair(key, self.expr(&item.value))
                }
                None => DictItem::DoubleStar(self.expr(&item.value)),
            });
        }
        ExprKind::Dict(items)
    }

    fn unary(&mut self, unary: &ExprUnaryOp) -> ExprKind {
        let operand = self.boxed(&unary.operand);
        let op = match unary.op {
            SyntaxUnary::Not => return ExprKind::Not(operand),
            SyntaxUnary::USub => UnaryOp::Neg,
            SyntaxUnary::UAdd => UnaryOp::Pos,
            SyntaxUnary::Invert => UnaryOp::Invert,
        };
        match operand.as_constant().and_then(|operand| fold::unary(op, operand)) {
            Some(folded) => ExprKind::Const(folded),
            None => ExprKind::Unary { op, operand },
        }
    }

    fn compare(&mut self, compare: &ExprCompare) -> ExprKind {
        let left = self.boxed(&compare.left);
        let operators = compare.ops.iter().zip(&compare.comparators);
        let rest = operators.map(|(op, right)| (compare_op(*op), self.expr(right))).collect();
        ExprKind::Compare { left, rest }
    }

    /// CPython reports a multi-line attribute access at the line of the attribute, not at the start of the chain.
    pub(super) fn attribute_span(&self, whole: Span, attr: Span) -> Span {
        let same_line = self.file.line(whole.start) == self.file.line(attr.end);
        if same_line { whole } else { Span::new(attr.start, whole.end) }
    }

    fn attribute(&mut self, attribute: &ExprAttribute, span: Span) -> Expr {
        let value = self.boxed(&attribute.value);
        let attr = self.mangled(attribute.attr.as_str());
        let span = self.attribute_span(span, attribute.attr.range.into());
        Expr { kind: ExprKind::Attribute { value, attr }, span }
    }

    fn call(&mut self, call: &ExprCall, mut span: Span) -> Expr {
        let arguments = &call.arguments;
        if let Syntax::Attribute(attribute) = &*call.func {
            span = self.attribute_span(span, attribute.attr.range.into());
        }
        let is_super = arguments.args.is_empty()
            && arguments.keywords.is_empty()
            && call.func.as_name_expr().is_some_and(|name| name.id == "super");
        let func = self.boxed(&call.func);
        if is_super && matches!(func.kind, ExprKind::Name(NameRef::Global(_))) && self.in_function() {
            return self.zero_arg_super(func, span);
        }
        let args = self.call_args(arguments);
        Expr { kind: ExprKind::Call { func, args }, span }
    }

    fn in_function(&mut self) -> bool {
        !matches!(self.function().kind, FunctionKind::Module | FunctionKind::Class(_))
    }

    fn zero_arg_super(&mut self, func: Box<Expr>, span: Span) -> Expr {
        let name: Ident = "__class__".into();
        let scope = self.frame().scope;
        let class = match self.scopes.scope(scope).resolutions.get(&name) {
            Some(crate::scope::Resolution::Variable(owner)) => Some(self.variable(*owner, &name)),
            _ => None,
        };
        let code = self.frame().code;
        let function = self.function();
        let positional = function
            .params
            .first()
            .filter(|first| matches!(first.kind, ParamKind::PositionalOnly | ParamKind::Normal))
            .map(|first| first.name.clone());
        let first = positional.map(|name| self.variable(code, &name));
        Expr { kind: ExprKind::ZeroArgSuper { func, class, first }, span }
    }

    fn call_args(&mut self, arguments: &Arguments) -> Args {
        if let ([Syntax::Generator(only)], []) = (&*arguments.args, &*arguments.keywords)
            && !only.parenthesized
        {
            // The call's own parentheses are the generator expression's.
            let span = Span::from(arguments.range);
            let value = Expr { kind: self.generator(only, span), span };
            return Args { positional: vec![Element::Item(value)], keywords: Vec::new() };
        }
        self.args(&arguments.args, &arguments.keywords)
    }

    pub(super) fn args(&mut self, args: &[Syntax], keywords: &[SyntaxKeyword]) -> Args {
        let positional = self.elements(args);
        let keywords = keywords
            .iter()
            .map(|keyword| {
                let value = self.expr(&keyword.value);
                match &keyword.arg {
                    Some(name) => Keyword::Named { name: name.as_str().into(), value },
                    None => Keyword::DoubleStar(value),
                }
            })
            .collect();
        Args { positional, keywords }
    }
}

pub(super) fn binary_op(op: Operator) -> BinOp {
    match op {
        Operator::Add => BinOp::Add,
        Operator::Sub => BinOp::Sub,
        Operator::Mult => BinOp::Mul,
        Operator::MatMult => BinOp::MatMul,
        Operator::Div => BinOp::Div,
        Operator::Mod => BinOp::Mod,
        Operator::Pow => BinOp::Pow,
        Operator::LShift => BinOp::LShift,
        Operator::RShift => BinOp::RShift,
        Operator::BitOr => BinOp::BitOr,
        Operator::BitXor => BinOp::BitXor,
        Operator::BitAnd => BinOp::BitAnd,
        Operator::FloorDiv => BinOp::FloorDiv,
    }
}

fn compare_op(op: SyntaxCmp) -> CmpOp {
    match op {
        SyntaxCmp::Eq => CmpOp::Eq,
        SyntaxCmp::NotEq => CmpOp::Ne,
        SyntaxCmp::Lt => CmpOp::Lt,
        SyntaxCmp::LtE => CmpOp::Le,
        SyntaxCmp::Gt => CmpOp::Gt,
        SyntaxCmp::GtE => CmpOp::Ge,
        SyntaxCmp::Is => CmpOp::Is,
        SyntaxCmp::IsNot => CmpOp::IsNot,
        SyntaxCmp::In => CmpOp::In,
        SyntaxCmp::NotIn => CmpOp::NotIn,
    }
}
