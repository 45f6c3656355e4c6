//! Bytes to syntax tree: decoding (UTF-8, byte order mark, coding cookie, line ends), the nesting guard and the parser.
//!
//! Invariant: no input makes this stage panic or overflow the stack: text that nests deeper than [`MAX_DEPTH`] is refused
//! before the recursive parser sees it, so every later stage may recurse over the tree.

mod errors;
mod nesting;

use crate::diag::{Diagnostic, code};
use crate::source::{SourceFile, Span};
use ruff_python_ast::{ModModule, PythonVersion};
use rustpython_parser::{Mode, ParseOptions, parse_unchecked};

/// How deep blocks, brackets and operators may nest together (CPython gives up near 3000, or 200 brackets).
pub const MAX_DEPTH: u32 = 500;

/// Decodes `bytes`; the returned file shows the text as far as it can be read even when there is an error.
///
/// A byte order mark is dropped and line ends become `\n`, as CPython's tokenizer does.
pub fn decode(name: &str, bytes: &[u8]) -> (SourceFile, Option<Diagnostic>) {
    if u32::try_from(bytes.len()).is_err() {
        let problem = Diagnostic::error(code::TOO_LARGE, Span::at(0), "source file is 4 GB or larger")
            .with_help("split the module");
        return (SourceFile::new(name, ""), Some(problem));
    }
    let (has_bom, body) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => (true, rest),
        None => (false, bytes),
    };
    let text = match std::str::from_utf8(body) {
        Ok(text) => text,
        Err(error) => {
            // CPython trusts the cookie before it complains about a byte, so a declared legacy encoding is named first.
            let file = SourceFile::new(name, normalise(&String::from_utf8_lossy(body)));
            let problem = check_cookie(file.text(), has_bom).unwrap_or_else(|| {
                let valid = String::from_utf8_lossy(&body[..error.valid_up_to()]);
                let at = normalise(&valid).len() as u32;
                let byte = body.get(error.valid_up_to()).copied().unwrap_or(0);
                let line = file.line(at);
                let width = file.slice(Span::new(at, file.text().len() as u32)).chars().next();
                Diagnostic::error(
                    code::NOT_UTF8,
                    Span::new(at, at + width.map_or(0, |c| c.len_utf8() as u32)),
                    format!("Non-UTF-8 code starting with '\\x{byte:02x}' on line {line}, but no encoding declared"),
                )
                .with_help("save the file as UTF-8")
            });
            return (file, Some(problem));
        }
    };
    let file = SourceFile::new(name, normalise(text));
    let problem = check_cookie(file.text(), has_bom).or_else(|| {
        let at = file.text().find('\0')? as u32;
        let problem =
            Diagnostic::error(code::NULL_BYTE, Span::new(at, at + 1), "source code cannot contain null bytes");
        Some(problem.with_help("is this a Python source file, saved as UTF-8?"))
    });
    (file, problem)
}

fn normalise(text: &str) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
}

/// The coding cookie of PEP 263: a comment of the first or second line (the first must then be blank or a comment).
fn check_cookie(text: &str, has_bom: bool) -> Option<Diagnostic> {
    let mut start = 0;
    for line in text.split_inclusive('\n').take(2) {
        let trimmed = line.trim_start_matches([' ', '\t', '\x0c']);
        let is_comment = trimmed.starts_with('#');
        if is_comment && let Some((at, name)) = cookie(line) {
            let span = Span::new((start + at) as u32, (start + at + name.len()) as u32);
            let plain = name.to_ascii_lowercase().replace('_', "-");
            let utf8 = plain == "utf-8" || plain.starts_with("utf-8-");
            // With a byte order mark CPython accepts no other spelling.
            let is_utf8 = utf8 || (!has_bom && matches!(plain.as_str(), "utf8" | "ascii" | "us-ascii" | "u8"));
            if is_utf8 {
                return None;
            }
            let message = if has_bom {
                format!("encoding problem: {name} with BOM")
            } else {
                format!("encoding {name} is not compiled; Molt reads UTF-8")
            };
            return Some(
                Diagnostic::error(code::ENCODING, span, message)
                    .with_help("convert the file to UTF-8 and remove the coding cookie"),
            );
        }
        if !is_comment && !trimmed.trim().is_empty() {
            return None;
        }
        start += line.len();
    }
    None
}

fn cookie(line: &str) -> Option<(usize, &str)> {
    let mut from = 0;
    while let Some(found) = line[from..].find("coding") {
        let after = from + found + "coding".len();
        let rest = &line[after..];
        if rest.starts_with([':', '=']) {
            let value = rest[1..].trim_start_matches([' ', '\t']);
            let at = after + (rest.len() - value.len());
            let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
            let end = value.find(|c| !is_name(c)).unwrap_or(value.len());
            if end > 0 {
                return Some((at, &value[..end]));
            }
        }
        from = after;
    }
    None
}

/// Parses a decoded file as a module of Python 3.12.
///
/// # Errors
/// What the parser rejects, the first mistake first, never empty.
///
/// ```
/// use molt_codegen::{parse, source::SourceFile};
/// assert!(parse::parse(&SourceFile::new("a.py", "x = 1\n")).is_ok());
/// let errors = parse::parse(&SourceFile::new("a.py", "x = (\n")).unwrap_err();
/// assert_eq!(errors[0].message, "'(' was never closed");
/// ```
pub fn parse(file: &SourceFile) -> Result<ModModule, Vec<Diagnostic>> {
    let text = file.text();
    nesting::check(text)?;
    let options = ParseOptions::from(Mode::Module).with_target_version(PythonVersion::PY312);
    let Some(parsed) = parse_unchecked(text, options).try_into_module() else {
        let message = "the parser returned something other than a module";
        return Err(vec![Diagnostic::error(code::INTERNAL, Span::at(0), message)]);
    };
    if !parsed.has_no_syntax_errors() {
        return Err(errors::convert(file, &parsed));
    }
    Ok(parsed.into_syntax())
}
