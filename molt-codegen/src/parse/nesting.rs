//! The nesting guard: an upper bound of the syntax tree's depth from the tokens alone.
//!
//! Invariant: the bound never under-counts, because the parser, the tree's destructor and every later stage recurse over what
//! it lets through.

use super::MAX_DEPTH;
use crate::diag::{Diagnostic, code};
use crate::source::Span;
use ruff_python_ast::token::TokenKind;
use rustpython_parser::{Mode, lexer};

/// CPython's own limits (`MAXSTACK` brackets and `MAXINDENT` levels of its tokenizer).
const MAX_BRACKETS: usize = 200;
const MAX_INDENT: u32 = 100;

/// Refuses text that nests too deeply.
pub(super) fn check(text: &str) -> Result<(), Vec<Diagnostic>> {
    let Some(message) = excess(text) else { return Ok(()) };
    // The lexer does not publish positions, so the place is found by bisection over prefixes: only a failing build pays.
    let (mut low, mut high) = (0, text.len());
    while high - low > 1 {
        let mut middle = (low + high) / 2;
        while !text.is_char_boundary(middle) {
            middle -= 1;
        }
        if middle <= low {
            break;
        }
        if excess(&text[..middle]).is_some() { high = middle } else { low = middle }
    }
    let at = low as u32;
    let width = text[low..].chars().next().map_or(0, |c| c.len_utf8() as u32);
    Err(vec![
        Diagnostic::error(code::TOO_DEEP, Span::new(at, at + width), message)
            .with_help("name intermediate results, or build the value in a loop"),
    ])
}

/// One bracket: operators since its last comma, and `lambda`s, which a comma does not end.
#[derive(Default)]
struct Level {
    chain: u32,
    sticky: u32,
}

fn excess(text: &str) -> Option<&'static str> {
    let mut lexer = lexer::lex(text, Mode::Module);
    let mut levels = vec![Level::default()];
    // The sum over all levels but the last, kept so that a token costs constant time.
    let mut outer = 0u32;
    let mut indent = 0u32;
    loop {
        let kind = lexer.next_token();
        let depth = levels.len();
        let top = levels.last_mut()?;
        match kind {
            TokenKind::EndOfFile => return None,
            TokenKind::Lpar
            | TokenKind::Lsqb
            | TokenKind::Lbrace
            | TokenKind::FStringStart
            | TokenKind::TStringStart => {
                top.chain += 1;
                outer += 1 + top.chain + top.sticky;
                levels.push(Level::default());
                if levels.len() > MAX_BRACKETS {
                    return Some("too many nested parentheses");
                }
            }
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace | TokenKind::FStringEnd | TokenKind::TStringEnd => {
                if depth > 1 {
                    levels.pop();
                    let back = levels.last()?;
                    outer -= 1 + back.chain + back.sticky;
                }
            }
            TokenKind::Comma => top.chain = 0,
            TokenKind::Lambda => top.sticky += 1,
            TokenKind::Newline | TokenKind::Semi if depth == 1 => *top = Level::default(),
            TokenKind::Newline => {
                // Unbalanced brackets: the parser recovers at the line end, and so does the count.
                levels.truncate(1);
                levels[0] = Level::default();
                outer = 0;
            }
            TokenKind::Indent => {
                indent += 1;
                if indent >= MAX_INDENT {
                    return Some("too many levels of indentation");
                }
            }
            TokenKind::Dedent => indent = indent.saturating_sub(1),
            TokenKind::Equal
            | TokenKind::Colon
            | TokenKind::Name
            | TokenKind::Int
            | TokenKind::Float
            | TokenKind::Complex
            | TokenKind::String
            | TokenKind::Comment
            | TokenKind::NonLogicalNewline
            | TokenKind::FStringMiddle
            | TokenKind::TStringMiddle
            | TokenKind::True
            | TokenKind::False
            | TokenKind::None
            | TokenKind::Ellipsis => {}
            _ => top.chain += 1,
        }
        let top = levels.last()?;
        if outer + top.chain + top.sticky + indent > MAX_DEPTH {
            return Some("too many nested operators, brackets and blocks");
        }
    }
}
