//! One problem in the sources, with the text needed to show it, and its renderings (text and JSON).
//!
//! Invariant: a rendering is a function of the problem alone, so `cargo build`, `molt` and tests print the same bytes.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use molt_codegen::diag::{Code, Diagnostic, Severity, Style, render};
use molt_codegen::source::{SourceFile, Span};
use serde::Serialize;

/// A mistake in the sources (or in what they ask for), ready to be shown.
#[derive(Debug, Clone)]
pub struct Problem {
    /// The file or folder as the user named it.
    pub path: PathBuf,
    /// The file's text (lossily decoded, if it is not UTF-8), when there is one to show.
    pub text: Option<Arc<str>>,
    /// Code, place, message, notes and help.
    pub diagnostic: Diagnostic,
}

/// One line of `--message-format json`.
#[derive(Serialize)]
struct JsonProblem<'a> {
    reason: &'static str,
    level: &'static str,
    code: String,
    message: &'a str,
    path: String,
    line: Option<u32>,
    column: Option<u32>,
    end_line: Option<u32>,
    end_column: Option<u32>,
    notes: Vec<&'a str>,
    help: Option<&'a str>,
    rendered: String,
}

impl Problem {
    /// A problem of a whole file or folder.
    pub fn at_path(code: Code, path: &Path, message: impl Into<String>) -> Self {
        Problem { path: path.to_path_buf(), text: None, diagnostic: Diagnostic::error(code, Span::at(0), message) }
    }

    /// Adds the text and the place in it.
    pub fn with_span(mut self, text: Arc<str>, span: Range<usize>) -> Self {
        self.text = Some(text);
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.diagnostic.span = Span::new(offset(span.start), offset(span.end));
        self
    }

    /// Makes it a warning.
    pub fn into_warning(mut self) -> Self {
        self.diagnostic.severity = Severity::Warning;
        self
    }

    /// Adds a note.
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.diagnostic = self.diagnostic.with_note(note, None);
        self
    }

    /// Sets the help line.
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.diagnostic = self.diagnostic.with_help(help);
        self
    }

    /// The stable code.
    pub fn code(&self) -> Code {
        self.diagnostic.code
    }

    /// The message alone.
    pub fn message(&self) -> &str {
        &self.diagnostic.message
    }

    /// Whether it stops the build.
    pub fn is_error(&self) -> bool {
        self.diagnostic.is_error()
    }

    fn file(&self) -> Option<SourceFile> {
        Some(SourceFile::new(slashed(&self.path), self.text.clone()?))
    }

    /// The problem as lines of text: place, code, message, the source with carets, notes and help.
    pub fn render(&self, style: Style) -> String {
        if let Some(file) = self.file() {
            return render(&self.diagnostic, &file, style);
        }
        let level = if self.is_error() { "error" } else { "warning" };
        let mut out = format!("{}: {level}[{}]: {}\n", slashed(&self.path), self.code(), self.message());
        for note in &self.diagnostic.notes {
            out.push_str(&format!("  note: {}\n", note.message));
        }
        if let Some(help) = &self.diagnostic.help {
            out.push_str(&format!("  help: {help}\n"));
        }
        out
    }

    /// The problem as one line of JSON.
    pub fn to_json(&self) -> String {
        let file = self.file();
        let place = |at| file.as_ref().map(|file| file.line_col(at));
        let (start, end) = (place(self.diagnostic.span.start), place(self.diagnostic.span.end));
        let json = JsonProblem {
            reason: "diagnostic",
            level: match self.diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            code: self.code().to_string(),
            message: self.message(),
            path: slashed(&self.path),
            line: start.map(|p| p.line),
            column: start.map(|p| p.column),
            end_line: end.map(|p| p.line),
            end_column: end.map(|p| p.column),
            notes: self.diagnostic.notes.iter().map(|note| note.message.as_str()).collect(),
            help: self.diagnostic.help.as_deref(),
            rendered: self.render(Style::Plain),
        };
        // A struct of strings and numbers always serialises.
        serde_json::to_string(&json).unwrap_or_default()
    }
}

/// Sorts problems by place, so that their order does not depend on which module was reached first.
pub(crate) fn sort(problems: &mut [Problem]) {
    problems.sort_by(|a, b| (&a.path, a.diagnostic.span).cmp(&(&b.path, b.diagnostic.span)));
}

/// Paths are shown with `/` on every platform.
pub(crate) fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use molt_codegen::diag::code;

    fn sample() -> Problem {
        Problem::at_path(code::MODULE_NOT_FOUND, Path::new("app/main.py"), "no module named `zope`")
            .with_span(Arc::from("x = 1\nimport zope\n"), 13..17)
            .with_note("imported by `app`")
            .with_help("vendor it")
    }

    #[test]
    fn text_has_code_place_caret_and_help() {
        let text = sample().render(Style::Plain);
        for part in ["error[MOLT0301]", "app/main.py:2:8", "import zope", "^^^^", "imported by", "help: vendor it"] {
            assert!(text.contains(part), "{part:?} is missing in\n{text}");
        }
    }

    #[test]
    fn json_has_line_and_column() {
        let json: serde_json::Value = serde_json::from_str(&sample().to_json()).unwrap();
        assert_eq!((&json["line"], &json["column"]), (&2.into(), &8.into()));
        assert_eq!(json["code"], "MOLT0301");
    }

    #[test]
    fn a_wrong_span_is_still_shown() {
        let problem = Problem::at_path(code::SYNTAX, Path::new("a.py"), "m").with_span(Arc::from("é"), 1..99);
        assert!(problem.render(Style::Plain).contains("a.py"));
    }
}
