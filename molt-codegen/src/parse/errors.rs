//! Parser errors as diagnostics, in CPython's words where CPython has words for the mistake.
//!
//! Invariant: at least one diagnostic for a text the parser rejects, in source order.

use crate::diag::{Diagnostic, code};
use crate::source::{SourceFile, Span};
use ruff_python_ast::token::TokenKind;
use ruff_python_ast::{Expr, ModModule};
use ruff_text_size::Ranged;
use rustpython_parser::{
    InterpolatedStringErrorType, LexicalErrorType, ParseError, ParseErrorType, Parsed, UnsupportedSyntaxErrorKind,
    parse_expression,
};

/// Later errors are mostly echoes of the first; a screenful is enough.
const MAX_ERRORS: usize = 5;

pub(super) fn convert(file: &SourceFile, parsed: &Parsed<ModModule>) -> Vec<Diagnostic> {
    if !parsed.errors().is_empty()
        && let Some(problem) = unbalanced(file, parsed)
    {
        return vec![with_some_help(problem)];
    }
    let mut out: Vec<Diagnostic> = parsed.errors().iter().map(|error| one(file, error)).collect();
    for error in parsed.unsupported_syntax_errors() {
        let mut problem = Diagnostic::error(code::NEWER_PYTHON, error.range.into(), error.to_string());
        let cpython = match error.kind {
            UnsupportedSyntaxErrorKind::UnparenthesizedExceptionTypes => {
                "multiple exception types must be parenthesized"
            }
            UnsupportedSyntaxErrorKind::IterableUnpackingInListComprehension => {
                "iterable unpacking cannot be used in comprehension"
            }
            _ => "",
        };
        if !cpython.is_empty() {
            problem.message = cpython.to_owned();
        }
        out.push(problem.with_help("Molt compiles Python 3.12"));
    }
    out.sort_by_key(|problem| problem.span);
    // So is what the parser stumbles over in the rest of the line.
    out.dedup_by_key(|problem| file.line(problem.span.start));
    // The end of a block that is none is an echo.
    let indented = out.first().is_some_and(|problem| problem.message == UNEXPECTED_INDENT);
    out.truncate(if indented { 1 } else { MAX_ERRORS });
    out.into_iter().map(with_some_help).collect()
}

const UNEXPECTED_INDENT: &str = "unexpected indent";

/// Every diagnostic has a way out: where the message's own is not given above, that of its kind.
fn with_some_help(problem: Diagnostic) -> Diagnostic {
    if problem.help.is_some() {
        return problem;
    }
    let help = if problem.message == UNEXPECTED_INDENT {
        "indent the line as the one before it, or end that one with ':' if a block begins here"
    } else if problem.message.starts_with("unterminated") {
        "close the string with the quotes that open it"
    } else if problem.message == "expected ':'" {
        "end the header of the block with ':'"
    } else if problem.message.ends_with("expected an expression") {
        "write the missing value or operand, or remove what asks for it"
    } else if problem.code == code::BAD_TARGET {
        "assign to a name, an attribute, an item or a tuple of these"
    } else {
        "see `molt explain MOLT0101`; what Python 3.12 does not parse Molt does not compile"
    };
    problem.with_help(help)
}

/// Bracket mistakes explain most of the errors that the parser reports far behind them.
fn unbalanced(file: &SourceFile, parsed: &Parsed<ModModule>) -> Option<Diagnostic> {
    let first_error = parsed.errors().iter().map(|e| e.location.start()).min()?;
    let mut open: Vec<(char, Span)> = Vec::new();
    // For each f-string around the current token: how many brackets were open at its start.
    let mut fstrings: Vec<usize> = Vec::new();
    for token in parsed.tokens().iter() {
        let range = token.range();
        let span = Span::from(range);
        let found = match token.kind() {
            TokenKind::Lpar => {
                open.push(('(', span));
                continue;
            }
            TokenKind::Lsqb => {
                open.push(('[', span));
                continue;
            }
            TokenKind::Lbrace => {
                open.push(('{', span));
                continue;
            }
            TokenKind::FStringStart => {
                fstrings.push(open.len());
                continue;
            }
            TokenKind::FStringEnd => {
                fstrings.pop();
                continue;
            }
            TokenKind::Rpar => ')',
            TokenKind::Rsqb => ']',
            TokenKind::Rbrace => '}',
            _ => continue,
        };
        let message = match open.pop() {
            None => format!("unmatched '{found}'"),
            Some((bracket, at)) if closing(bracket) != found => {
                let (line, here) = (file.line(at.start), file.line(span.start));
                let place = if line == here { String::new() } else { format!(" on line {line}") };
                format!("closing parenthesis '{found}' does not match opening parenthesis '{bracket}'{place}")
            }
            Some(_) => continue,
        };
        if range.start() > first_error {
            return None;
        }
        return Some(Diagnostic::error(code::SYNTAX, span, message));
    }
    let (bracket, span) = open.pop()?;
    if bracket == '{' && fstrings.last() == Some(&open.len()) {
        return Some(Diagnostic::error(code::SYNTAX, span, "f-string: expecting '}'"));
    }
    if first_error < ruff_text_size::TextSize::new(span.start) {
        return None;
    }
    let closing = closing(bracket);
    Some(
        Diagnostic::error(code::SYNTAX, span, format!("'{bracket}' was never closed"))
            .with_help(format!("add the missing '{closing}'")),
    )
}

fn closing(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

fn one(file: &SourceFile, error: &ParseError) -> Diagnostic {
    let span = Span::from(error.location);
    let syntax = |message: String| Diagnostic::error(code::SYNTAX, span, message);
    let target = |message: String| Diagnostic::error(code::BAD_TARGET, span, message);
    let indentation = |message: &str| Diagnostic::error(code::INDENTATION, span, message);
    match &error.error {
        ParseErrorType::UnexpectedIndentation => indentation(UNEXPECTED_INDENT),
        ParseErrorType::Lexical(LexicalErrorType::IndentationError) => {
            indentation("unindent does not match any outer indentation level")
                .with_help("use the same number of spaces as the block it belongs to")
        }
        ParseErrorType::OtherError(text) if text.starts_with("Expected an indented block") => {
            let header = (1..file.line(span.start)).rev().find(|line| !is_blank(file.line_text(*line)));
            let place = header.map_or(String::new(), |line| format!(" on line {line}"));
            let text = lower_first(text).replace('`', "'");
            indentation(&format!("{text}{place}")).with_help("write `pass` for an empty block")
        }
        ParseErrorType::Lexical(LexicalErrorType::OtherError(text))
            if text.contains("ParseIntError") || text.contains("decimal integer literal") =>
        {
            syntax(number(file.slice(span), text))
        }
        ParseErrorType::Lexical(LexicalErrorType::UnclosedStringError) => {
            let opener = file.slice(span).trim_start_matches(|c: char| c.is_ascii_alphabetic());
            let triple = opener.starts_with("\"\"\"") || opener.starts_with("'''");
            let line = if triple { last_line(file) } else { file.line(span.start) };
            let kind = if triple { "triple-quoted string" } else { "string" };
            syntax(format!("unterminated {kind} literal (detected at line {line})"))
        }
        ParseErrorType::FStringError(InterpolatedStringErrorType::UnterminatedString)
        | ParseErrorType::Lexical(LexicalErrorType::FStringError(InterpolatedStringErrorType::UnterminatedString)) => {
            syntax(format!("unterminated f-string literal (detected at line {})", file.line(span.start)))
        }
        ParseErrorType::Lexical(LexicalErrorType::FStringError(inner)) | ParseErrorType::FStringError(inner) => {
            syntax(match inner {
                InterpolatedStringErrorType::UnclosedLbrace => "f-string: expecting '}'".to_owned(),
                InterpolatedStringErrorType::SingleRbrace => "f-string: single '}' is not allowed".to_owned(),
                InterpolatedStringErrorType::InvalidConversionFlag => {
                    "f-string: invalid conversion character: expected 's', 'r', or 'a'".to_owned()
                }
                InterpolatedStringErrorType::UnterminatedTripleQuotedString => {
                    format!("unterminated triple-quoted f-string literal (detected at line {})", last_line(file))
                }
                other => format!("f-string: {other}"),
            })
        }
        ParseErrorType::Lexical(LexicalErrorType::UnrecognizedToken { tok }) => syntax(if tok.is_ascii() {
            "invalid syntax".to_owned()
        } else {
            format!("invalid character '{tok}' (U+{:04X})", *tok as u32)
        }),
        ParseErrorType::Lexical(LexicalErrorType::LineContinuationError) => {
            syntax("unexpected character after line continuation character".to_owned())
        }
        ParseErrorType::Lexical(LexicalErrorType::InvalidByteLiteral) => {
            syntax("bytes can only contain ASCII literal characters".to_owned())
        }
        ParseErrorType::Lexical(LexicalErrorType::Eof) => syntax("unexpected EOF while parsing".to_owned()),
        ParseErrorType::Lexical(
            LexicalErrorType::UnicodeError
            | LexicalErrorType::MissingUnicodeLbrace
            | LexicalErrorType::MissingUnicodeRbrace,
        ) => syntax("(unicode error) 'unicodeescape' codec can't decode bytes: malformed escape".to_owned()).with_help(
            "write a complete escape such as \\x41, \\u0041 or \\N{LATIN SMALL LETTER A}, or double the backslash",
        ),
        ParseErrorType::ExpectedToken { expected: TokenKind::Colon, .. } => syntax("expected ':'".to_owned()),
        ParseErrorType::ExpectedToken { expected: TokenKind::In, .. } => {
            syntax("invalid syntax: expected 'in'".to_owned())
        }
        ParseErrorType::ExpectedExpression => syntax("invalid syntax: expected an expression".to_owned()),
        ParseErrorType::SimpleStatementsOnSameLine => {
            syntax("invalid syntax".to_owned()).with_note("two statements on one line need a `;` between them", None)
        }
        ParseErrorType::DuplicateKeywordArgumentError(name) => syntax(format!("keyword argument repeated: {name}")),
        ParseErrorType::PositionalAfterKeywordArgument => {
            syntax("positional argument follows keyword argument".to_owned())
        }
        ParseErrorType::PositionalAfterKeywordUnpacking => {
            syntax("positional argument follows keyword argument unpacking".to_owned())
        }
        ParseErrorType::InvalidArgumentUnpackingOrder => {
            syntax("iterable argument unpacking follows keyword argument unpacking".to_owned())
        }
        ParseErrorType::UnparenthesizedGeneratorExpression => {
            syntax("Generator expression must be parenthesized".to_owned())
        }
        ParseErrorType::NonDefaultParamAfterDefaultParam => {
            syntax("parameter without a default follows parameter with a default".to_owned())
        }
        ParseErrorType::ExpectedKeywordParam => syntax("named arguments must follow bare *".to_owned()),
        ParseErrorType::ParamAfterVarKeywordParam => syntax("arguments cannot follow var-keyword argument".to_owned()),
        ParseErrorType::VarParameterWithDefault => {
            syntax("var-positional argument cannot have default value".to_owned())
        }
        ParseErrorType::InvalidStarredExpressionUsage => syntax("can't use starred expression here".to_owned()),
        ParseErrorType::IterableUnpackingInComprehension => {
            syntax("iterable unpacking cannot be used in comprehension".to_owned())
        }
        ParseErrorType::InvalidAssignmentTarget => target(assignment_target(file, span)),
        ParseErrorType::InvalidDeleteTarget => {
            let kind = expression_kind(file, span);
            target(format!("cannot delete {kind}"))
        }
        ParseErrorType::InvalidAugmentedAssignmentTarget => {
            let kind = expression_kind(file, span);
            target(format!("'{kind}' is an illegal expression for augmented assignment"))
        }
        ParseErrorType::InvalidNamedAssignmentTarget => {
            let kind = expression_kind(file, span);
            target(format!("cannot use assignment expressions with {kind}"))
        }
        ParseErrorType::InvalidAnnotatedAssignmentTarget => target("illegal target for annotation".to_owned()),
        other => syntax(format!("invalid syntax: {}", lower_first(&other.to_string()))),
    }
}

fn assignment_target(file: &SourceFile, span: Span) -> String {
    let kind = expression_kind(file, span);
    let after = file.slice(Span::new(span.end, file.text().len() as u32)).trim_start_matches([' ', ')']);
    // Only before an `=` may a comparison have been meant; not in `for`, `with` and the like.
    let may_be_comparison = after.starts_with('=') && !after.starts_with("==");
    if matches!(kind, "True" | "False" | "None") || !may_be_comparison {
        format!("cannot assign to {kind}")
    } else {
        format!("cannot assign to {kind} here. Maybe you meant '==' instead of '='?")
    }
}

fn is_blank(line: &str) -> bool {
    let text = line.trim_start();
    text.is_empty() || text.starts_with('#')
}

/// The last line with text.
fn last_line(file: &SourceFile) -> u32 {
    file.line_count() - u32::from(file.text().ends_with('\n'))
}

/// What is wrong with a number literal.
fn number(text: &str, lexer: &str) -> String {
    let (radix, name) = match text.get(..2).map(str::to_ascii_lowercase).as_deref() {
        Some("0x") => (16, "hexadecimal"),
        Some("0o") => (8, "octal"),
        Some("0b") => (2, "binary"),
        _ if lexer.contains("decimal integer literal") => {
            return "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers"
                .to_owned();
        }
        _ => (10, "decimal"),
    };
    match text.chars().skip(2).find(|c| c.is_ascii_digit() && !c.is_digit(radix)) {
        Some(digit) => format!("invalid digit '{digit}' in {name} literal"),
        None => format!("invalid {name} literal"),
    }
}

/// CPython's name for the kind of an expression that is no target.
fn expression_kind(file: &SourceFile, span: Span) -> &'static str {
    let Ok(parsed) = parse_expression(file.slice(span)) else { return "expression" };
    match parsed.expr() {
        Expr::BoolOp(_) | Expr::BinOp(_) | Expr::UnaryOp(_) => "expression",
        Expr::Named(_) => "named expression",
        Expr::Lambda(_) => "lambda",
        Expr::If(_) => "conditional expression",
        Expr::Dict(_) => "dict literal",
        Expr::Set(_) => "set display",
        Expr::ListComp(_) => "list comprehension",
        Expr::SetComp(_) => "set comprehension",
        Expr::DictComp(_) => "dict comprehension",
        Expr::Generator(_) => "generator expression",
        Expr::Await(_) => "await expression",
        Expr::Yield(_) | Expr::YieldFrom(_) => "yield expression",
        Expr::Compare(_) => "comparison",
        Expr::Call(_) => "function call",
        Expr::FString(_) => "f-string expression",
        Expr::StringLiteral(_) | Expr::BytesLiteral(_) | Expr::NumberLiteral(_) => "literal",
        Expr::BooleanLiteral(literal) if literal.value => "True",
        Expr::BooleanLiteral(_) => "False",
        Expr::NoneLiteral(_) => "None",
        Expr::EllipsisLiteral(_) => "ellipsis",
        Expr::Attribute(_) => "attribute",
        Expr::Subscript(_) => "subscript",
        Expr::Starred(_) => "starred",
        Expr::Name(_) => "name",
        Expr::List(_) => "list",
        Expr::Tuple(_) => "tuple",
        _ => "expression",
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        // An all-caps word (`IPython`, `*`) keeps its form.
        Some(first) if chars.clone().next().is_some_and(|c| c.is_ascii_lowercase() || c == ' ') => {
            first.to_ascii_lowercase().to_string() + chars.as_str()
        }
        _ => text.to_owned(),
    }
}
