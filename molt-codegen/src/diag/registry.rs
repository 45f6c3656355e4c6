//! The registry of diagnostic codes with what `molt explain CODE` prints.
//!
//! Invariant: sorted by code, one entry per constant in [`super::code`].

use super::{Code, code};

/// What is known about one code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CodeInfo {
    /// The code.
    pub code: Code,
    /// A title of a few words.
    pub title: &'static str,
    /// What it means and what to do: a paragraph or two of plain text.
    pub explanation: &'static str,
}

const fn info(code: Code, title: &'static str, explanation: &'static str) -> CodeInfo {
    CodeInfo { code, title, explanation }
}

/// Every code the compiler core can emit, sorted.
pub const CODES: &[CodeInfo] = &[
    info(
        code::NOT_UTF8,
        "source is not UTF-8",
        "Python source is UTF-8 unless a coding cookie says otherwise, and Molt compiles UTF-8 only. \
         The caret shows the first byte that does not decode. Save the file as UTF-8.",
    ),
    info(
        code::ENCODING,
        "coding cookie names another encoding",
        "The first or second line declares an encoding (`# -*- coding: latin-1 -*-`) that Molt does not decode. \
         Convert the file to UTF-8 and delete the cookie, or declare `utf-8`.",
    ),
    info(
        code::NULL_BYTE,
        "null byte in source",
        "Python refuses source text that contains a null byte. The file is probably not Python source, \
         or it was saved as UTF-16.",
    ),
    info(
        code::TOO_LARGE,
        "source file too large",
        "Positions in a source file are 32-bit byte offsets; a file of 4 GB or more can't be addressed. Split it.",
    ),
    info(
        code::SYNTAX,
        "invalid syntax",
        "The text is not Python 3.12. The caret shows where reading failed, which may be after the place of the \
         mistake: look for an unclosed bracket or quote before it.",
    ),
    info(
        code::INDENTATION,
        "inconsistent indentation",
        "A block is missing, indented when it should not be, or ends at a column where no block began; \
         or tabs and spaces are mixed so that the width depends on the tab size.",
    ),
    info(
        code::TOO_DEEP,
        "nested too deeply",
        "Brackets, blocks or operators nest deeper than the compiler's limit. CPython has such limits too \
         (200 brackets, 100 levels of indentation, 20 nested loops or `with` blocks). Name intermediate results, or build the value in a loop.",
    ),
    info(
        code::NAME_DECLARATION,
        "contradictory name declaration",
        "A `global` or `nonlocal` statement must come before every use of the name in its function, may not name a \
         parameter, and `nonlocal` needs a binding in an enclosing function. The message is CPython's.",
    ),
    info(code::DUPLICATE_ARGUMENT, "duplicate parameter", "Two parameters of one function have the same name."),
    info(
        code::MISPLACED,
        "statement or expression in the wrong place",
        "`return` and `yield` belong in functions, `break` and `continue` in loops, `import *` at module level, \
         and so on. The message is CPython's.",
    ),
    info(
        code::BAD_TARGET,
        "not an assignable target",
        "Only names, attributes, subscripts and tuples or lists of those can be assigned to or deleted.",
    ),
    info(
        code::FUTURE,
        "bad __future__ import",
        "`from __future__ import …` must be at the beginning of the file (after the docstring) and name a \
         feature that exists.",
    ),
    info(
        code::PATTERN,
        "bad match pattern",
        "A `match` statement has a pattern that Python rejects: a name bound twice, alternatives that bind different \
         names, or a pattern after one that always matches.",
    ),
    info(
        code::NEWER_PYTHON,
        "syntax of a newer Python",
        "Molt compiles Python 3.12; this syntax was added (or its old form removed) in another version.",
    ),
    info(
        code::NUMBER,
        "number literal out of range",
        "CPython limits decimal integer literals to 4300 digits. Write the number in hexadecimal, or compute it.",
    ),
    info(
        code::EXCEPT_STAR,
        "except* is not compiled",
        "`except*` and exception groups are not compiled by this version. Catch the group with `except` and look \
         at its `exceptions`.",
    ),
    info(
        code::TYPE_PARAMS,
        "type parameters are not compiled",
        "PEP 695 syntax (`def f[T](…)`, `class C[T]`, `type X = …`) is not compiled by this version. \
         Type parameters do not change what a program computes: remove them, or use `typing.TypeVar` and plain assignments.",
    ),
    info(
        code::UNSUPPORTED,
        "construct is not compiled",
        "The construct is valid Python 3.12 that this version of Molt does not translate. The help shows another \
         way to write it.",
    ),
    info(
        code::BUILTIN,
        "builtin is not supplied",
        "The module uses a builtin of CPython that Molt does not have: `eval`, `exec` and `compile` need a compiler at \
         run time, which a compiled program does not carry; others come later (`molt doctor` shows what there is). \
         A module that binds the name itself may use it.",
    ),
    info(
        code::MODULE_NOT_FOUND,
        "module not found at build time",
        "An import names a module that is neither in the source folder, nor vendored, nor part of Molt's standard \
         library (`molt doctor` lists what that has). If the program can do without the module, handle `ImportError` \
         around the import: then it is compiled, and raises at run time.",
    ),
    info(
        code::RELATIVE_IMPORT,
        "relative import beyond the package",
        "A relative import has more leading dots than the module has parent packages, or stands in a module \
         that is in no package.",
    ),
    info(
        code::INTERNAL,
        "fault in the compiler",
        "The compiler contradicted itself. This is a bug in Molt, not in the program: please report it with the source.",
    ),
];

/// The registry entry of `code`.
pub fn explain(code: Code) -> Option<&'static CodeInfo> {
    CODES.binary_search_by_key(&code, |info| info.code).ok().map(|index| &CODES[index])
}
