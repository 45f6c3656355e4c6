//! One problem in the sources, with the text needed to show it, and its renderings (text and JSON).
//!
//! Invariant: a rendering is a function of the problem alone, so `cargo build`, `molt` and tests print the
//! same bytes.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

/// A mistake in the sources (or in what they ask for), ready to be shown.
#[derive(Debug, Clone)]
pub struct Problem {
    /// Stable code, `MOLT0xxx`.
    pub code: &'static str,
    /// One short sentence.
    pub message: String,
    /// The file as the user named it.
    pub path: PathBuf,
    /// The file's text (lossily decoded, if it is not UTF-8), when there is one to show.
    pub text: Option<Arc<str>>,
    /// The bytes of `text` that the message is about.
    pub span: Option<Range<usize>>,
    /// What the marked bytes are, shown beside the carets.
    pub label: Option<String>,
    /// Further facts, such as the import chain.
    pub notes: Vec<String>,
    /// What to do about it.
    pub help: Option<String>,
}

/// One line of `--message-format json`.
#[derive(Serialize)]
struct JsonProblem<'a> {
    reason: &'static str,
    level: &'static str,
    code: &'a str,
    message: &'a str,
    path: String,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    notes: &'a [String],
    help: Option<&'a str>,
    rendered: String,
}

impl Problem {
    /// A problem of a whole file or folder.
    pub fn at_path(code: &'static str, path: &Path, message: impl Into<String>) -> Self {
        Problem {
            code,
            message: message.into(),
            path: path.to_path_buf(),
            text: None,
            span: None,
            label: None,
            notes: Vec::new(),
            help: None,
        }
    }

    /// Adds the text and the place in it.
    pub fn with_span(mut self, text: Arc<str>, span: Range<usize>) -> Self {
        self.text = Some(text);
        self.span = Some(span);
        self
    }

    /// Adds a note.
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Sets the help line.
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// 1-based line and column (in characters) of a byte offset.
    fn position(&self, offset: usize) -> Option<(usize, usize)> {
        let before = self.text.as_deref()?.get(..offset)?;
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        Some((before.matches('\n').count() + 1, before[line_start..].chars().count() + 1))
    }

    /// 1-based line and column of the start of the span.
    pub fn line_column(&self) -> Option<(usize, usize)> {
        self.position(self.span.as_ref()?.start)
    }

    /// The problem as lines of text in rustc's manner.
    pub fn render(&self, colour: bool) -> String {
        let path = slashed(&self.path);
        let mut group = Group::with_title(Level::ERROR.primary_title(self.message.as_str()).id(self.code));
        match (&self.text, &self.span) {
            (Some(text), Some(span)) => {
                let mut annotation = AnnotationKind::Primary.span(clamp(text, span));
                if let Some(label) = &self.label {
                    annotation = annotation.label(label.as_str());
                }
                let snippet = Snippet::source(&**text).line_start(1).path(path.as_str());
                group = group.element(snippet.annotation(annotation));
            }
            _ => group = group.element(Origin::path(path.as_str())),
        }
        for note in &self.notes {
            group = group.element(Level::NOTE.message(note.as_str()));
        }
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group]).to_string()
    }

    /// The problem as one line of JSON.
    pub fn to_json(&self) -> String {
        let start = self.line_column();
        let end = self.span.as_ref().and_then(|span| self.position(span.end));
        let json = JsonProblem {
            reason: "diagnostic",
            level: "error",
            code: self.code,
            message: &self.message,
            path: slashed(&self.path),
            line: start.map(|p| p.0),
            column: start.map(|p| p.1),
            end_line: end.map(|p| p.0),
            end_column: end.map(|p| p.1),
            notes: &self.notes,
            help: self.help.as_deref(),
            rendered: self.render(false),
        };
        // A struct of strings and numbers always serialises.
        serde_json::to_string(&json).unwrap_or_default()
    }
}

/// Paths are shown with `/` on every platform.
pub(crate) fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Keeps a span inside its text and on character boundaries: a wrong span must not stop a diagnostic.
fn clamp(text: &str, span: &Range<usize>) -> Range<usize> {
    let mut start = span.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = span.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Problem {
        Problem::at_path("MOLT0601", Path::new("app/main.py"), "no module named `zope`")
            .with_span(Arc::from("x = 1\nimport zope\n"), 13..17)
            .with_note("imported by `app`")
            .with_help("vendor it")
    }

    #[test]
    fn text_has_code_place_caret_and_help() {
        let text = sample().render(false);
        for part in ["error[MOLT0601]", "app/main.py:2:8", "import zope", "^^^^", "imported by", "help: vendor it"] {
            assert!(text.contains(part), "{part:?} is missing in\n{text}");
        }
    }

    #[test]
    fn json_has_line_and_column() {
        let json: serde_json::Value = serde_json::from_str(&sample().to_json()).unwrap();
        assert_eq!((&json["line"], &json["column"]), (&2.into(), &8.into()));
        assert_eq!(json["code"], "MOLT0601");
    }

    #[test]
    fn a_wrong_span_is_still_shown() {
        let problem = Problem::at_path("MOLT0601", Path::new("a.py"), "m").with_span(Arc::from("é"), 1..99);
        assert!(problem.render(false).contains("a.py"));
    }
}
