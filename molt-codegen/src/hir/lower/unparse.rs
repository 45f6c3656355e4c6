//! The text of a postponed annotation, as CPython's compiler writes it (PEP 563): normalised spaces, single quotes, no needless
//! parentheses.
//!
//! Invariant: for the expressions that annotations consist of the text equals CPython's; rarer ones keep their source text.

use crate::source::SourceFile;
use ruff_python_ast::{BoolOp, CmpOp, Expr, Keyword, Number, Operator, UnaryOp};
use ruff_text_size::Ranged;

/// Binding strengths, weakest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Tuple,
    Test,
    Or,
    And,
    Not,
    Compare,
    BitOr,
    BitXor,
    BitAnd,
    Shift,
    Arith,
    Term,
    Factor,
    Power,
    Await,
    Atom,
}

impl Level {
    fn next(self) -> Level {
        match self {
            Level::Tuple => Level::Test,
            Level::Test => Level::Or,
            Level::Or => Level::And,
            Level::And => Level::Not,
            Level::Not => Level::Compare,
            Level::Compare => Level::BitOr,
            Level::BitOr => Level::BitXor,
            Level::BitXor => Level::BitAnd,
            Level::BitAnd => Level::Shift,
            Level::Shift => Level::Arith,
            Level::Arith => Level::Term,
            Level::Term => Level::Factor,
            Level::Factor => Level::Power,
            Level::Power => Level::Await,
            Level::Await | Level::Atom => Level::Atom,
        }
    }
}

/// The expression as text.
pub(super) fn unparse(expr: &Expr, file: &SourceFile) -> String {
    let mut writer = Writer { out: String::new(), file };
    writer.expr(expr, Level::Test);
    writer.out
}

struct Writer<'a> {
    out: String,
    file: &'a SourceFile,
}

impl Writer<'_> {
    fn grouped(&mut self, group: bool, body: impl FnOnce(&mut Self)) {
        if group {
            self.out.push('(');
        }
        body(self);
        if group {
            self.out.push(')');
        }
    }

    fn list<'e>(&mut self, items: impl IntoIterator<Item = &'e Expr>) {
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.out.push_str(", ");
            }
            self.expr(item, Level::Test);
        }
    }

    fn expr(&mut self, expr: &Expr, level: Level) {
        match expr {
            Expr::Name(name) => self.out.push_str(&name.id),
            Expr::NoneLiteral(_) => self.out.push_str("None"),
            Expr::EllipsisLiteral(_) => self.out.push_str("..."),
            Expr::BooleanLiteral(literal) => self.out.push_str(if literal.value { "True" } else { "False" }),
            Expr::StringLiteral(text) => self.out.push_str(&quoted(text.value.to_str())),
            Expr::NumberLiteral(number) => match &number.value {
                Number::Int(value) => self.out.push_str(&value.to_string()),
                _ => self.source(expr),
            },
            Expr::Attribute(attribute) => {
                self.expr(&attribute.value, Level::Atom);
                let int = attribute.value.as_number_literal_expr().is_some_and(|n| n.value.is_int());
                self.out.push_str(if int { " ." } else { "." });
                self.out.push_str(attribute.attr.as_str());
            }
            Expr::Subscript(subscript) => {
                self.expr(&subscript.value, Level::Atom);
                self.out.push('[');
                self.expr(&subscript.slice, Level::Tuple);
                self.out.push(']');
            }
            Expr::Slice(slice) => {
                if let Some(lower) = &slice.lower {
                    self.expr(lower, Level::Test);
                }
                self.out.push(':');
                if let Some(upper) = &slice.upper {
                    self.expr(upper, Level::Test);
                }
                if let Some(step) = &slice.step {
                    self.out.push(':');
                    self.expr(step, Level::Test);
                }
            }
            Expr::Starred(starred) => {
                self.out.push('*');
                self.expr(&starred.value, Level::BitOr);
            }
            Expr::Tuple(tuple) if tuple.elts.is_empty() => self.out.push_str("()"),
            Expr::Tuple(tuple) => self.grouped(level > Level::Tuple, |this| {
                this.list(&tuple.elts);
                if tuple.elts.len() == 1 {
                    this.out.push(',');
                }
            }),
            Expr::List(list) => {
                self.out.push('[');
                self.list(&list.elts);
                self.out.push(']');
            }
            Expr::Set(set) => {
                self.out.push('{');
                self.list(&set.elts);
                self.out.push('}');
            }
            Expr::Call(call) => {
                self.expr(&call.func, Level::Atom);
                self.out.push('(');
                self.list(&call.arguments.args);
                for (index, keyword) in call.arguments.keywords.iter().enumerate() {
                    if index > 0 || !call.arguments.args.is_empty() {
                        self.out.push_str(", ");
                    }
                    self.keyword(keyword);
                }
                self.out.push(')');
            }
            Expr::BinOp(binary) => {
                let (own, text) = operator(binary.op);
                let right_associative = binary.op == Operator::Pow;
                self.grouped(level > own, |this| {
                    this.expr(&binary.left, if right_associative { own.next() } else { own });
                    this.out.push_str(text);
                    this.expr(&binary.right, if right_associative { own } else { own.next() });
                });
            }
            Expr::UnaryOp(unary) => {
                let (own, text) = match unary.op {
                    UnaryOp::Not => (Level::Not, "not "),
                    UnaryOp::Invert => (Level::Factor, "~"),
                    UnaryOp::UAdd => (Level::Factor, "+"),
                    UnaryOp::USub => (Level::Factor, "-"),
                };
                self.grouped(level > own, |this| {
                    this.out.push_str(text);
                    this.expr(&unary.operand, own);
                });
            }
            Expr::BoolOp(boolean) => {
                let (own, text) = if boolean.op == BoolOp::And { (Level::And, " and ") } else { (Level::Or, " or ") };
                self.grouped(level > own, |this| {
                    for (index, value) in boolean.values.iter().enumerate() {
                        if index > 0 {
                            this.out.push_str(text);
                        }
                        this.expr(value, own.next());
                    }
                });
            }
            Expr::Compare(compare) => self.grouped(level > Level::Compare, |this| {
                this.expr(&compare.left, Level::BitOr);
                for (op, right) in compare.ops.iter().zip(&compare.comparators) {
                    this.out.push_str(comparison(*op));
                    this.expr(right, Level::BitOr);
                }
            }),
            Expr::If(conditional) => self.grouped(level > Level::Test, |this| {
                this.expr(&conditional.body, Level::Or);
                this.out.push_str(" if ");
                this.expr(&conditional.test, Level::Or);
                this.out.push_str(" else ");
                this.expr(&conditional.orelse, Level::Test);
            }),
            other => self.source(other),
        }
    }

    fn keyword(&mut self, keyword: &Keyword) {
        match &keyword.arg {
            Some(name) => {
                self.out.push_str(name.as_str());
                self.out.push('=');
            }
            None => self.out.push_str("**"),
        }
        self.expr(&keyword.value, Level::Test);
    }

    fn source(&mut self, expr: &Expr) {
        self.out.push_str(self.file.slice(expr.range().into()));
    }
}

/// `repr` of a str.
fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            c if (c as u32) < 32 || c as u32 == 127 => out.push_str(&format!("\\x{:02x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

fn operator(op: Operator) -> (Level, &'static str) {
    match op {
        Operator::Add => (Level::Arith, " + "),
        Operator::Sub => (Level::Arith, " - "),
        Operator::Mult => (Level::Term, " * "),
        Operator::MatMult => (Level::Term, " @ "),
        Operator::Div => (Level::Term, " / "),
        Operator::Mod => (Level::Term, " % "),
        Operator::FloorDiv => (Level::Term, " // "),
        Operator::LShift => (Level::Shift, " << "),
        Operator::RShift => (Level::Shift, " >> "),
        Operator::BitOr => (Level::BitOr, " | "),
        Operator::BitXor => (Level::BitXor, " ^ "),
        Operator::BitAnd => (Level::BitAnd, " & "),
        Operator::Pow => (Level::Power, " ** "),
    }
}

fn comparison(op: CmpOp) -> &'static str {
    match op {
        CmpOp::Eq => " == ",
        CmpOp::NotEq => " != ",
        CmpOp::Lt => " < ",
        CmpOp::LtE => " <= ",
        CmpOp::Gt => " > ",
        CmpOp::GtE => " >= ",
        CmpOp::Is => " is ",
        CmpOp::IsNot => " is not ",
        CmpOp::In => " in ",
        CmpOp::NotIn => " not in ",
    }
}
