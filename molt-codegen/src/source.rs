//! Source text and positions in it: a decoded file, byte spans and the index from bytes to lines.
//!
//! Invariant: every [`Span`] is a half-open byte range of the decoded text of one [`SourceFile`] and
//! both of its ends lie on character boundaries. Nothing here reads a file: the text is handed in.

use std::fmt;
use std::sync::Arc;

/// A half-open range of bytes in the decoded text of one source file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from byte `start` up to byte `end`.
    pub const fn new(start: u32, end: u32) -> Span {
        Span { start, end }
    }

    /// The empty span at byte `at`.
    pub const fn at(at: u32) -> Span {
        Span { start: at, end: at }
    }

    /// The smallest span that holds both.
    pub fn to(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Its length in bytes.
    pub fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether it covers no byte.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl From<ruff_text_size::TextRange> for Span {
    fn from(range: ruff_text_size::TextRange) -> Span {
        Span::new(range.start().to_u32(), range.end().to_u32())
    }
}

/// A position as a person counts: line from 1, column from 1 in characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct LineCol {
    /// Line, from 1.
    pub line: u32,
    /// Column in Unicode characters, from 1.
    pub column: u32,
}

/// One decoded source file: a display name, its text and where its lines begin.
///
/// ```
/// use molt_codegen::source::{SourceFile, Span};
/// let file = SourceFile::new("a.py", "x = 1\ny = 2\n");
/// assert_eq!(file.line(6), 2);
/// assert_eq!(file.slice(Span::new(6, 7)), "y");
/// ```
#[derive(Clone, Debug)]
pub struct SourceFile {
    name: Arc<str>,
    text: Arc<str>,
    line_starts: Arc<[u32]>,
}

impl SourceFile {
    /// A file called `name` in messages and tracebacks, with the decoded `text`.
    ///
    /// Lines end at `\n`, `\r\n` or a lone `\r`, as in Python's tokenizer.
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> SourceFile {
        let text: Arc<str> = text.into();
        let bytes = text.as_bytes();
        let mut starts = vec![0u32];
        let mut i = 0;
        while i < bytes.len() {
            match bytes[i] {
                b'\n' => starts.push(i as u32 + 1),
                b'\r' if bytes.get(i + 1) != Some(&b'\n') => starts.push(i as u32 + 1),
                _ => {}
            }
            i += 1;
        }
        SourceFile { name: name.into(), text, line_starts: starts.into() }
    }

    /// The name shown in messages and tracebacks.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many lines there are; an empty file has one.
    pub fn line_count(&self) -> u32 {
        self.line_starts.len() as u32
    }

    /// The line, from 1, that holds byte `offset`.
    pub fn line(&self, offset: u32) -> u32 {
        self.line_starts.partition_point(|start| *start <= offset).max(1) as u32
    }

    /// The byte at which line `line` (from 1) begins, or the end of the text past the last line.
    pub fn line_start(&self, line: u32) -> u32 {
        let index = line.saturating_sub(1) as usize;
        self.line_starts.get(index).copied().unwrap_or(self.text.len() as u32)
    }

    /// Line and column of byte `offset`, the column in characters.
    pub fn line_col(&self, offset: u32) -> LineCol {
        let line = self.line(offset);
        let start = self.line_start(line);
        let column = self.slice(Span::new(start, offset)).chars().count() as u32 + 1;
        LineCol { line, column }
    }

    /// Line (from 1) and column in UTF-8 bytes (from 0): the units of CPython's `co_positions`.
    pub fn line_byte_col(&self, offset: u32) -> (u32, u32) {
        let line = self.line(offset);
        (line, offset.saturating_sub(self.line_start(line)))
    }

    /// The text of line `line` (from 1) without its line end; empty past the last line.
    pub fn line_text(&self, line: u32) -> &str {
        let text = self.slice(Span::new(self.line_start(line), self.line_start(line.saturating_add(1))));
        text.trim_end_matches(['\n', '\r'])
    }

    /// The text under `span`; empty when the span does not lie in this file.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }
}
