//! Literals: numbers, strings (with the lone surrogates that Rust strings can't hold), bytes and f-strings.
//!
//! Invariant: a literal's value is exactly CPython's.

use super::fold::{int, negated};
use super::*;
use num_bigint::BigInt;
use num_traits::Num;
use ruff_python_ast::{
    BytesLiteralValue, ConversionFlag, Expr as Syntax, ExprBytesLiteral, ExprFString, ExprNumberLiteral,
    ExprStringLiteral, FStringPart, InterpolatedElement, InterpolatedStringElement, Number, StringFlags,
    UnaryOp as SyntaxUnary,
};

/// `sys.int_info.default_max_str_digits`, which CPython's compiler applies to decimal literals.
const MAX_DECIMAL_DIGITS: usize = 4300;

pub(super) fn boolean(value: bool) -> Constant {
    if value { Constant::True } else { Constant::False }
}

pub(super) fn bytes(literal: &ExprBytesLiteral) -> Constant {
    let value: &BytesLiteralValue = &literal.value;
    Constant::Bytes(value.bytes().collect::<Vec<u8>>().into())
}

/// A piece of text as code points, so that surrogates fit.
#[derive(Default)]
struct Text {
    plain: String,
    /// Once there is a surrogate: everything.
    wide: Option<Vec<u32>>,
}

impl Text {
    fn push(&mut self, code_point: u32) {
        if let Some(wide) = &mut self.wide {
            wide.push(code_point);
        } else if let Some(c) = char::from_u32(code_point) {
            self.plain.push(c);
        } else {
            let mut wide: Vec<u32> = self.plain.chars().map(u32::from).collect();
            wide.push(code_point);
            self.wide = Some(wide);
        }
    }

    fn push_str(&mut self, text: &str) {
        match &mut self.wide {
            Some(wide) => wide.extend(text.chars().map(u32::from)),
            None => self.plain.push_str(text),
        }
    }

    fn is_empty(&self) -> bool {
        self.plain.is_empty() && self.wide.is_none()
    }

    fn finish(self) -> Constant {
        match self.wide {
            Some(wide) => Constant::WideStr(wide.into()),
            None => Constant::Str(self.plain.into()),
        }
    }
}

impl Lowerer<'_> {
    /// The value of a literal expression (a constant, a negated number, a tuple of literals) without lowering it.
    pub(super) fn literal(&self, expr: &Syntax) -> Option<Constant> {
        match expr {
            Syntax::NumberLiteral(number) => number_value(number).ok(),
            Syntax::StringLiteral(string) => self.string_value(string).ok(),
            Syntax::BytesLiteral(literal) => Some(bytes(literal)),
            Syntax::BooleanLiteral(literal) => Some(boolean(literal.value)),
            Syntax::NoneLiteral(_) => Some(Constant::None),
            Syntax::EllipsisLiteral(_) => Some(Constant::Ellipsis),
            Syntax::UnaryOp(unary) if unary.op == SyntaxUnary::USub => negated(&self.literal(&unary.operand)?),
            Syntax::Tuple(tuple) => {
                let all: Option<Vec<Constant>> = tuple.elts.iter().map(|elt| self.literal(elt)).collect();
                Some(Constant::Tuple(all?.into()))
            }
            _ => None,
        }
    }

    pub(super) fn number(&mut self, number: &ExprNumberLiteral) -> Constant {
        number_value(number).unwrap_or_else(|digits| {
            let message = format!(
                "Exceeds the limit ({MAX_DECIMAL_DIGITS} digits) for integer string conversion: value has {digits} digits; \
                 use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to \
                 avoid decimal conversion limits."
            );
            self.report(code::NUMBER, number.range.into(), message, "write the number in hexadecimal");
            Constant::Int(0)
        })
    }

    pub(super) fn string(&mut self, literal: &ExprStringLiteral) -> Constant {
        match self.string_value(literal) {
            Ok(value) => value,
            Err(span) => {
                self.surrogate_name(span);
                Constant::Str("".into())
            }
        }
    }

    fn surrogate_name(&mut self, span: Span) {
        self.report(
            code::UNSUPPORTED,
            span,
            "a literal with both \\N{…} and a lone surrogate is not compiled",
            "write the named character as a \\u escape",
        );
    }

    fn string_value(&self, literal: &ExprStringLiteral) -> Result<Constant, Span> {
        let mut text = Text::default();
        for part in literal.value.iter() {
            let span = Span::from(part.range);
            let inner = Span::new(
                span.start + part.flags.opener_len().to_u32(),
                span.end.saturating_sub(part.flags.closer_len().to_u32()),
            );
            let raw = part.flags.prefix().is_raw();
            self.piece(&part.value, inner, raw, false, &mut text)?;
        }
        Ok(text.finish())
    }

    /// Adds a decoded literal piece; the parser replaces lone surrogates, so a piece that may hold one is decoded again from the
    /// source.
    fn piece(&self, value: &str, source: Span, raw: bool, in_fstring: bool, text: &mut Text) -> Result<(), Span> {
        let suspicious = !raw && value.contains('\u{FFFD}');
        if suspicious && has_surrogate_escape(self.file.slice(source)) {
            return decode_escapes(self.file.slice(source), in_fstring, text).ok_or(source);
        }
        text.push_str(value);
        Ok(())
    }

    /// An f-string with the plain strings next to it.
    pub(super) fn fstring(&mut self, fstring: &ExprFString) -> ExprKind {
        let mut parts = Vec::new();
        let mut text = Text::default();
        for part in &fstring.value {
            match part {
                FStringPart::Literal(literal) => {
                    let whole = Span::from(literal.range);
                    let inner = Span::new(
                        whole.start + literal.flags.opener_len().to_u32(),
                        whole.end.saturating_sub(literal.flags.closer_len().to_u32()),
                    );
                    let raw = literal.flags.prefix().is_raw();
                    if let Err(span) = self.piece(&literal.value, inner, raw, false, &mut text) {
                        self.surrogate_name(span);
                    }
                }
                FStringPart::FString(fstring) => {
                    let raw = fstring.flags.prefix().is_raw();
                    self.elements_of(&fstring.elements, raw, &mut text, &mut parts);
                }
            }
        }
        flush(&mut text, &mut parts);
        match parts.as_slice() {
            [] => ExprKind::Const(Constant::Str("".into())),
            [FPart::Literal(constant)] => ExprKind::Const(constant.clone()),
            _ => ExprKind::FString(parts),
        }
    }

    fn elements_of<'e>(
        &mut self,
        elements: impl IntoIterator<Item = &'e InterpolatedStringElement>,
        raw: bool,
        text: &mut Text,
        parts: &mut Vec<FPart>,
    ) {
        for element in elements {
            match element {
                InterpolatedStringElement::Literal(literal) => {
                    let span = Span::from(literal.range);
                    if let Err(span) = self.piece(&literal.value, span, raw, true, text) {
                        self.surrogate_name(span);
                    }
                }
                InterpolatedStringElement::Interpolation(element) => self.interpolation(element, raw, text, parts),
            }
        }
    }

    fn interpolation(&mut self, element: &InterpolatedElement, raw: bool, text: &mut Text, parts: &mut Vec<FPart>) {
        let mut conversion = match element.conversion {
            ConversionFlag::None => Conversion::None,
            ConversionFlag::Str => Conversion::Str,
            ConversionFlag::Ascii => Conversion::Ascii,
            ConversionFlag::Repr => Conversion::Repr,
        };
        if let Some(debug) = &element.debug_text {
            // `{x=}` is the text as written, then `repr` unless a conversion or a format says otherwise.
            text.push_str(&debug.leading);
            text.push_str(self.file.slice(element.expression.range().into()));
            text.push_str(&debug.trailing);
            if conversion == Conversion::None && element.format_spec.is_none() {
                conversion = Conversion::Repr;
            }
        }
        flush(text, parts);
        let value = self.expr(&element.expression);
        let spec = element.format_spec.as_deref().map(|spec| {
            let (mut text, mut inner) = (Text::default(), Vec::new());
            self.elements_of(&spec.elements, raw, &mut text, &mut inner);
            flush(&mut text, &mut inner);
            inner
        });
        parts.push(FPart::Value { value, span: element.range.into(), conversion, spec });
    }
}

fn flush(text: &mut Text, parts: &mut Vec<FPart>) {
    if !text.is_empty() {
        parts.push(FPart::Literal(std::mem::take(text).finish()));
    }
}

/// The value, or the number of digits if there are too many.
fn number_value(number: &ExprNumberLiteral) -> Result<Constant, usize> {
    match &number.value {
        Number::Float(value) => Ok(Constant::Float(*value)),
        Number::Complex { imag, .. } => Ok(Constant::Imaginary(*imag)),
        Number::Int(value) => {
            if let Some(small) = value.as_i64() {
                return Ok(Constant::Int(small));
            }
            let text: String = value.to_string().chars().filter(|c| *c != '_').collect();
            let (digits, radix) = match text.get(..2) {
                Some("0x" | "0X") => (&text[2..], 16),
                Some("0o" | "0O") => (&text[2..], 8),
                Some("0b" | "0B") => (&text[2..], 2),
                _ => (text.as_str(), 10),
            };
            if radix == 10 && digits.len() > MAX_DECIMAL_DIGITS {
                return Err(digits.len());
            }
            Ok(BigInt::from_str_radix(digits, radix).map_or(Constant::Int(0), int))
        }
    }
}

fn has_surrogate_escape(source: &str) -> bool {
    let lower = source.to_ascii_lowercase();
    ["\\ud", "\\u0000d"].iter().any(|escape| lower.contains(escape))
}

/// Decodes the escapes of a non-raw literal; `None` for a `\N{…}`, which would need the names of all characters.
fn decode_escapes(source: &str, in_fstring: bool, text: &mut Text) -> Option<()> {
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' {
            // A doubled brace in an f-string stands for one.
            if in_fstring && matches!(c, '{' | '}') && chars.peek() == Some(&c) {
                chars.next();
            }
            text.push(c.into());
            continue;
        }
        let Some(escape) = chars.next() else {
            text.push('\\'.into());
            break;
        };
        let mut hex = |count: u32| (0..count).try_fold(0u32, |n, _| Some(n * 16 + chars.next()?.to_digit(16)?));
        match escape {
            '\n' => {}
            '\\' | '\'' | '"' => text.push(escape.into()),
            'a' => text.push(7),
            'b' => text.push(8),
            'f' => text.push(12),
            'n' => text.push(10),
            'r' => text.push(13),
            't' => text.push(9),
            'v' => text.push(11),
            'x' => text.push(hex(2)?),
            'u' => text.push(hex(4)?),
            'U' => text.push(hex(8)?),
            'N' => return None,
            '0'..='7' => {
                let mut value = escape.to_digit(8)?;
                for _ in 0..2 {
                    match chars.peek().and_then(|c| c.to_digit(8)) {
                        Some(digit) => {
                            value = value * 8 + digit;
                            chars.next();
                        }
                        None => break,
                    }
                }
                text.push(value);
            }
            other => {
                text.push('\\'.into());
                text.push(other.into());
            }
        }
    }
    Some(())
}
