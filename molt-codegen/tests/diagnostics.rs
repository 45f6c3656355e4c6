//! Diagnostics: what is refused, with which code, at which line and in which words, beside what CPython 3.12 says.
//!
//! `tests/golden/diagnostics/syntax.txt` holds cases separated by `===`: source, CPython's verdict, ours. `MOLT_BLESS=1` writes our part
//! anew; the sources and CPython's part are edited together, with a CPython at hand.

use molt_codegen::diag::{CODES, Code, Diagnostic, Severity, Style, code, explain, render};
use molt_codegen::hir;
use molt_codegen::parse;
use molt_codegen::source::{SourceFile, Span};
use std::collections::BTreeSet;
use std::path::Path;

fn check(source: &[u8]) -> Result<(), Vec<Diagnostic>> {
    let (file, problem) = parse::decode("case.py", source);
    match problem {
        Some(problem) => Err(vec![problem]),
        None => hir::from_source(&file, "case", false).map(drop),
    }
}

fn first(source: &[u8]) -> Diagnostic {
    match check(source) {
        Ok(()) => panic!("accepted: {}", String::from_utf8_lossy(source)),
        Err(problems) => problems.into_iter().next().expect("at least one diagnostic"),
    }
}

fn golden() -> (std::path::PathBuf, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/diagnostics/syntax.txt");
    let text = std::fs::read_to_string(&path).expect("the golden file is readable");
    (path, text)
}

#[test]
fn messages_match_the_golden_file() {
    let (path, text) = golden();
    let (mut out, mut accepted) = (Vec::<String>::new(), Vec::<&str>::new());
    for case in text.split("===\n") {
        let (source, rest) = case.split_once("\n--- CPython: ").expect("a CPython line");
        let (cpython, _) = rest.split_once("\n+++ Molt: ").expect("a line of ours");
        let source_line = format!("{source}\n");
        let ours = match check(source_line.as_bytes()) {
            Ok(()) => "accepts".to_owned(),
            Err(problems) => {
                let file = SourceFile::new("case.py", source_line);
                let problem = &problems[0];
                format!("{} line {}: {}", problem.code, file.line(problem.span.start), problem.message)
            }
        };
        if cpython != "accepts" && ours == "accepts" {
            accepted.push(source);
        }
        out.push(format!("{source}\n--- CPython: {cpython}\n+++ Molt: {ours}\n"));
    }
    assert!(accepted.is_empty(), "CPython refuses what we accept:\n{accepted:#?}");
    let out = out.join("===\n");
    if std::env::var_os("MOLT_BLESS").is_some() {
        std::fs::write(path, out).expect("the golden file is writable");
    } else {
        assert_eq!(out, text, "diagnostics changed; review with MOLT_BLESS=1 and git diff");
    }
}

#[test]
fn bytes_that_are_no_text() {
    let latin = first(b"x = '\xe9'\n");
    assert_eq!(latin.code, code::NOT_UTF8);
    assert!(latin.message.contains("\\xe9' on line 1"), "{}", latin.message);
    assert_eq!(latin.span.start, 5);
    assert_eq!(first(b"# -*- coding: latin-1 -*-\nx = '\xe9'\n").code, code::ENCODING);
    assert_eq!(first(b"# vim: set fileencoding=cp1252 :\n").code, code::ENCODING);
    assert_eq!(first(b"\xef\xbb\xbf# coding: latin-1\n").code, code::ENCODING);
    assert_eq!(first(b"x = 1\0\n").code, code::NULL_BYTE);
    assert_eq!(check(b"\xef\xbb\xbf# coding: utf-8\nx = 1\n"), Ok(()));
    assert_eq!(check(b"#!/usr/bin/env python\n# coding: UTF_8\nx = '\xc3\xa9'\n"), Ok(()));
    assert_eq!(check(b"x = 1\n# coding: latin-1 is no cookie here\n"), Ok(()));
    assert_eq!(check(b"x = 1\r\nif x:\r\n    y = 2\r\n"), Ok(()));
    assert_eq!(check(b""), Ok(()));
}

#[test]
fn deep_nesting_is_a_diagnostic_not_an_overflow() {
    let deep = |open: &str, close: &str, count: usize| format!("{}x{}\n", open.repeat(count), close.repeat(count));
    let cases = [
        deep("(", ")", 100_000),
        deep("[", "]", 201),
        deep("{1:", "}", 50_000),
        deep("f(", ")", 50_000),
        deep("not ", "", 100_000),
        deep("-", "", 100_000),
        deep("lambda: ", "", 100_000),
        deep("lambda x, y: ", "", 10_000),
        deep("a + ", "", 100_000),
        deep("a ** ", "", 100_000),
        deep("a if b else ", "", 100_000),
        deep("", ".a", 100_000),
        deep("", "()", 100_000),
        deep("", "[0]", 100_000),
        deep("f'{", "}'", 100),
        deep("await ", "", 100_000),
        "(".repeat(100_000),
        (0..150).map(|depth| format!("{}if x:\n", " ".repeat(depth))).collect(),
    ];
    for case in cases {
        let problem = first(case.as_bytes());
        let head: String = case.chars().take(40).collect();
        // An old-style f-string can't nest in its own quotes: the parser refuses that one in its own words.
        assert!(problem.code == code::TOO_DEEP || head.starts_with("f'"), "{head}: {problem:?}");
    }
}

#[test]
fn what_the_guard_lets_through_fits_a_small_stack() {
    // Test threads have 2 MB; these come close to every limit.
    let chain = format!("x = {}1\n", "a + ".repeat(450));
    let brackets = format!("x = {}1{}\n", "(".repeat(198), ")".repeat(198));
    let calls = format!("x = {}1{}\n", "f(".repeat(150), ")".repeat(150));
    let lambdas = format!("x = {}1\n", "lambda: ".repeat(450));
    let nots = format!("x = {}1\n", "not ".repeat(450));
    let attributes = format!("x{} = 1\n", ".a".repeat(450));
    let blocks: String =
        (0..98).map(|depth| format!("{}if x:\n", " ".repeat(depth))).collect::<String>() + &" ".repeat(98) + "pass\n";
    let comprehensions = format!("x = {}1{}\n", "[".repeat(90), " for a in b]".repeat(90));
    let functions: String = (0..95).map(|depth| format!("{}def f(x=1):\n", " ".repeat(depth))).collect::<String>()
        + &" ".repeat(95)
        + "pass\n";
    let flat = format!("x = [{}]\n", "f(1, a + b), ".repeat(50_000));
    let elifs = format!("if a: pass\n{}", "elif a: pass\n".repeat(5_000));
    let targets = format!("{}1\n", "a = ".repeat(5_000));
    for case in
        [chain, brackets, calls, lambdas, nots, attributes, blocks, comprehensions, functions, flat, elifs, targets]
    {
        let (file, problem) = parse::decode("deep.py", case.as_bytes());
        assert_eq!(problem, None);
        let module = hir::from_source(&file, "deep", false);
        let head: String = case.chars().take(40).collect();
        let module = module.unwrap_or_else(|problems| panic!("{head}: {:?}", problems[0]));
        assert!(!hir::print(&module).is_empty());
    }
}

#[test]
fn nested_blocks_have_cpythons_limit() {
    let nest = |head: &str, count: usize, tail: &str| {
        let lines = (0..count).map(|depth| format!("{}{head}\n", " ".repeat(depth)));
        let tails = (0..count)
            .rev()
            .filter(|_| !tail.is_empty())
            .map(|depth| tail.lines().map(|line| format!("{}{line}\n", " ".repeat(depth))).collect::<String>());
        lines.chain([format!("{}pass\n", " ".repeat(count))]).chain(tails).collect::<String>()
    };
    // Found with CPython 3.12.
    for (head, tail, limit) in [
        ("for x in y:", "", 20),
        ("while x:", "", 20),
        ("with x:", "", 20),
        ("with x, y:", "", 10),
        ("try:", "finally: pass", 20),
        ("try:", "except: pass", 19),
        ("try:", "except: pass\nfinally: pass", 9),
    ] {
        assert_eq!(check(nest(head, limit, tail).as_bytes()), Ok(()), "{head} {tail}");
        let problem = first(nest(head, limit + 1, tail).as_bytes());
        assert_eq!(problem.message, "too many statically nested blocks", "{head} {tail}");
    }
}

#[test]
fn number_literals_have_cpythons_limit() {
    assert_eq!(first(format!("x = {}\n", "9".repeat(4301)).as_bytes()).code, code::NUMBER);
    assert_eq!(check(format!("x = {}\n", "9".repeat(4300)).as_bytes()), Ok(()));
    assert_eq!(check(format!("x = 0x{}\n", "f".repeat(5000)).as_bytes()), Ok(()));
}

#[test]
fn builtins_that_are_not_supplied() {
    let problem = first(b"def f(text):\n    return eval(text)\n");
    assert_eq!((problem.code, problem.span), (code::BUILTIN, Span::new(24, 28)));
    assert!(problem.help.is_some_and(|help| help.contains("no compiler at run time")));
    for fine in [
        "def exit(): pass\nexit()\n",
        "from m import *\nexit()\n",
        "def f(eval): return eval(1)\n",
        "class A:\n    def exec(self): pass\nA().exec()\n",
    ] {
        assert_eq!(check(fine.as_bytes()), Ok(()), "{fine}");
    }
}

#[test]
fn codes_are_sorted_explained_and_parsed() {
    assert!(CODES.windows(2).all(|pair| pair[0].code < pair[1].code));
    for info in CODES {
        assert!(explain(info.code).is_some());
        assert!(info.title.len() < 60 && info.explanation.len() > 40, "{}", info.code);
        assert_eq!(info.code.to_string().parse::<Code>(), Ok(info.code));
    }
    assert!("MOLT9999".parse::<Code>().is_err() && "x".parse::<Code>().is_err());
}

#[test]
fn every_front_end_code_has_a_case() {
    let (_, text) = golden();
    let mut seen: BTreeSet<String> = text
        .lines()
        .filter_map(|line| line.strip_prefix("+++ Molt: MOLT"))
        .map(|line| format!("MOLT{}", line.split(' ').next().unwrap_or_default()))
        .collect();
    // These have tests of their own above, or need more than one module.
    let elsewhere = [
        code::NOT_UTF8,
        code::ENCODING,
        code::NULL_BYTE,
        code::TOO_LARGE,
        code::TOO_DEEP,
        code::NUMBER,
        code::UNSUPPORTED,
        code::BUILTIN,
        code::MODULE_NOT_FOUND,
        code::RELATIVE_IMPORT,
        code::INTERNAL,
    ];
    seen.extend(elsewhere.iter().map(Code::to_string));
    let front_end = CODES.iter().map(|info| info.code).filter(|code| code.0 < 300);
    for code in front_end {
        assert!(seen.contains(&code.to_string()), "no case for {code}");
    }
}

#[test]
fn unsupported_constructs_have_help() {
    for source in [
        "try: pass\nexcept* A: pass\n",
        "type X = int\n",
        "def f[T](x): pass\n",
        "class C[T]: pass\n",
        "def f(*args: *Ts): pass\n",
        "x = '\\N{BULLET}\\ud800'\n",
        "from __future__ import barry_as_FLUFL\n",
    ] {
        let problem = first(source.as_bytes());
        assert!((200..300).contains(&problem.code.0), "{source}: {problem:?}");
        assert!(problem.help.is_some(), "{source}");
        assert_eq!(problem.severity, Severity::Error);
    }
}

#[test]
fn rendering_never_panics_and_shows_the_place() {
    let file = SourceFile::new("a.py", "def f():\n\treturn é + 1\n");
    let problem = Diagnostic::error(code::SYNTAX, Span::new(17, 19), "odd")
        .with_note("defined here", Some(Span::new(4, 5)))
        .with_help("even it");
    let text = render(&problem, &file, Style::Plain);
    let expected = "a.py:2:9: error[MOLT0101]: odd\n   |\n 2 |  return é + 1\n   |         ^\n  \
                    note: defined here (a.py:1:5)\n   |\n 1 | def f():\n   |     ^\n  help: even it\n";
    assert_eq!(text, expected);
    assert!(render(&problem, &file, Style::Colour).contains("\x1b[1;31merror[MOLT0101]"));
    for (start, end) in [(0, 1000), (18, 18), (18, 3), (999, 1000), (u32::MAX, u32::MAX)] {
        let problem = Diagnostic::warning(code::SYNTAX, Span::new(start, end), "x");
        assert!(render(&problem, &file, Style::Plain).contains("warning"));
    }
    assert!(render(&problem, &SourceFile::new("", ""), Style::Plain).contains("odd"));
}
