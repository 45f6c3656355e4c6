//! Plain-text rendering: `file:line:col: error[MOLT0101]: message`, the source line, a caret line, notes and help.
//!
//! Invariant: pure and deterministic; never panics, whatever the span.

use super::{Diagnostic, Severity};
use crate::source::{SourceFile, Span};
use std::fmt::Write as _;

/// Whether the text carries terminal colours.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// No escape sequences.
    Plain,
    /// ANSI colours.
    Colour,
}

struct Palette {
    error: &'static str,
    warning: &'static str,
    bold: &'static str,
    blue: &'static str,
    green: &'static str,
    reset: &'static str,
}

const PLAIN: Palette = Palette { error: "", warning: "", bold: "", blue: "", green: "", reset: "" };
const COLOUR: Palette = Palette {
    error: "\x1b[1;31m",
    warning: "\x1b[1;33m",
    bold: "\x1b[1m",
    blue: "\x1b[1;34m",
    green: "\x1b[1;32m",
    reset: "\x1b[0m",
};

/// The diagnostic as text of several lines, each ended by a newline.
///
/// ```
/// use molt_codegen::{diag::{render, Diagnostic, Style, code}, source::{SourceFile, Span}};
/// let file = SourceFile::new("a.py", "x = = 1\n");
/// let d = Diagnostic::error(code::SYNTAX, Span::new(4, 5), "invalid syntax");
/// let text = render(&d, &file, Style::Plain);
/// assert!(text.starts_with("a.py:1:5: error[MOLT0101]: invalid syntax\n"));
/// ```
pub fn render(diagnostic: &Diagnostic, file: &SourceFile, style: Style) -> String {
    let palette = if style == Style::Colour { &COLOUR } else { &PLAIN };
    let (tint, word) = match diagnostic.severity {
        Severity::Error => (palette.error, "error"),
        Severity::Warning => (palette.warning, "warning"),
    };
    let mut out = String::new();
    let at = file.line_col(diagnostic.span.start);
    let _ = writeln!(
        out,
        "{}:{}:{}: {tint}{word}[{}]{}{}: {}{}",
        file.name(),
        at.line,
        at.column,
        diagnostic.code,
        palette.reset,
        palette.bold,
        diagnostic.message,
        palette.reset,
    );
    excerpt(&mut out, file, diagnostic.span, palette, tint);
    for note in &diagnostic.notes {
        match note.span {
            Some(span) => {
                let at = file.line_col(span.start);
                let _ = writeln!(
                    out,
                    "  {}note{}: {} ({}:{}:{})",
                    palette.blue,
                    palette.reset,
                    note.message,
                    file.name(),
                    at.line,
                    at.column
                );
                excerpt(&mut out, file, span, palette, palette.blue);
            }
            None => {
                let _ = writeln!(out, "  {}note{}: {}", palette.blue, palette.reset, note.message);
            }
        }
    }
    if let Some(help) = &diagnostic.help {
        let _ = writeln!(out, "  {}help{}: {help}", palette.green, palette.reset);
    }
    out
}

/// The source line with carets under the part of the span that lies on it.
fn excerpt(out: &mut String, file: &SourceFile, span: Span, palette: &Palette, tint: &str) {
    let line = file.line(span.start);
    let text = file.line_text(line);
    let start = file.line_start(line);
    let number = line.to_string();
    let margin = " ".repeat(number.len());
    let shown: String = text.chars().map(|c| if c == '\t' { ' ' } else { c }).collect();
    let before = file.slice(Span::new(start, span.start)).chars().count().min(shown.chars().count());
    let last = span.end.min(start + text.len() as u32);
    let width = file.slice(Span::new(span.start, last)).chars().count().max(1);
    let _ = writeln!(out, " {margin} {}|{}", palette.blue, palette.reset);
    let _ = writeln!(out, " {}{number} |{} {shown}", palette.blue, palette.reset);
    let _ = writeln!(
        out,
        " {margin} {}|{} {}{tint}{}{}",
        palette.blue,
        palette.reset,
        " ".repeat(before),
        "^".repeat(width),
        palette.reset
    );
}
