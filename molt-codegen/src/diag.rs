//! Diagnostics as data: a stable code, a primary span, a message, notes and a help that works.
//!
//! Invariant: every code the compiler can emit has an entry in the registry ([`CODES`]), codes are never reused
//! for another meaning, and rendering is a pure function of the diagnostic and the source.

mod registry;
mod render;

pub use registry::{CODES, CodeInfo, explain};
pub use render::{Style, render};

use crate::source::Span;

/// A stable diagnostic code, shown as `MOLT0101`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Code(pub u16);

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "MOLT{:04}", self.0)
    }
}

impl std::str::FromStr for Code {
    type Err = UnknownCode;

    /// Reads `MOLT0101`, `molt0101` or `0101`.
    fn from_str(text: &str) -> Result<Code, UnknownCode> {
        let digits = text.strip_prefix("MOLT").or_else(|| text.strip_prefix("molt")).unwrap_or(text);
        let number = digits.parse::<u16>().map_err(|_| UnknownCode)?;
        if explain(Code(number)).is_some() { Ok(Code(number)) } else { Err(UnknownCode) }
    }
}

/// The text is not a diagnostic code that this compiler knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UnknownCode;

impl std::fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("no such diagnostic code")
    }
}

impl std::error::Error for UnknownCode {}

/// How much a diagnostic matters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// The module does not compile.
    Error,
    /// The module compiles; something is likely not what was meant.
    Warning,
}

/// One finding about one source file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// The stable code.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// The text it is about, in bytes of the decoded source.
    pub span: Span,
    /// One sentence; for a syntax error CPython's own text where CPython has one.
    pub message: String,
    /// Further facts, each with a span of its own when it is about another place.
    pub notes: Vec<Note>,
    /// What to do about it.
    pub help: Option<String>,
}

/// A further fact attached to a [`Diagnostic`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    /// The fact.
    pub message: String,
    /// The place it is about, if it is another than the diagnostic's.
    pub span: Option<Span>,
}

impl Diagnostic {
    /// An error.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic { code, severity: Severity::Error, span, message: message.into(), notes: Vec::new(), help: None }
    }

    /// A warning.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, span, message) }
    }

    /// The same with a help text.
    pub fn with_help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// The same with a further fact.
    pub fn with_note(mut self, message: impl Into<String>, span: Option<Span>) -> Diagnostic {
        self.notes.push(Note { message: message.into(), span });
        self
    }

    /// Whether it keeps the module from compiling.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// The named codes, so that no call site writes a number.
///
/// 00xx the file itself, 01xx syntax and scopes, 02xx constructs that are not compiled, 03xx modules and imports,
/// 09xx the compiler's own faults. Codes of the driver (locking, linking, capabilities) live in 04xx to 08xx.
pub mod code {
    use super::Code;

    /// The bytes are not valid UTF-8.
    pub const NOT_UTF8: Code = Code(1);
    /// The coding cookie names an encoding other than UTF-8.
    pub const ENCODING: Code = Code(2);
    /// A null byte in the source.
    pub const NULL_BYTE: Code = Code(3);
    /// The file is larger than positions can address.
    pub const TOO_LARGE: Code = Code(4);
    /// The parser rejects the text.
    pub const SYNTAX: Code = Code(101);
    /// Indentation or tabs are wrong.
    pub const INDENTATION: Code = Code(102);
    /// Nested too deeply.
    pub const TOO_DEEP: Code = Code(103);
    /// `global` or `nonlocal` contradicts another use of the name.
    pub const NAME_DECLARATION: Code = Code(104);
    /// Two parameters have one name.
    pub const DUPLICATE_ARGUMENT: Code = Code(105);
    /// A statement or expression stands where Python does not allow it.
    pub const MISPLACED: Code = Code(106);
    /// An assignment or deletion target that can't be one.
    pub const BAD_TARGET: Code = Code(107);
    /// A `from __future__ import` that is misplaced or unknown.
    pub const FUTURE: Code = Code(108);
    /// A `match` pattern that Python rejects.
    pub const PATTERN: Code = Code(109);
    /// Syntax of a Python newer than 3.12.
    pub const NEWER_PYTHON: Code = Code(110);
    /// A number literal that is out of CPython's range.
    pub const NUMBER: Code = Code(111);
    // 201 was "async code is not compiled".
    /// `except*`.
    pub const EXCEPT_STAR: Code = Code(202);
    /// Type parameters and `type` statements.
    pub const TYPE_PARAMS: Code = Code(203);
    /// A construct that this compiler does not translate.
    pub const UNSUPPORTED: Code = Code(204);
    /// A builtin that is not supplied.
    pub const BUILTIN: Code = Code(205);
    /// An import that names no module.
    pub const MODULE_NOT_FOUND: Code = Code(301);
    /// A relative import that leaves the package.
    pub const RELATIVE_IMPORT: Code = Code(302);
    /// Something the compiler itself got wrong.
    pub const INTERNAL: Code = Code(901);
}
