//! The compiler never panics: golden sources, mutated with a fixed seed, are refused or compiled, by the front end many and
//! by all stages some. `MOLT_FUZZ_ROUNDS` sets how many.
//!
//! Mutations cut, repeat, swap and replace pieces at token-like boundaries and inside them, so that most results are nearly Python.

use molt_codegen::emit::Profile;
use molt_codegen::pipeline::{ModuleInput, Options, compile};
use molt_codegen::{facts, hir, parse};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// SplitMix64: small, deterministic and good enough to pick positions.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        if bound == 0 { 0 } else { (self.next() % bound as u64) as usize }
    }
}

const SNIPPETS: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "'",
    "\"\"\"",
    "f'{",
    "\\",
    "\n",
    "\n    ",
    "\t",
    ":",
    ",",
    "*",
    "**",
    "=",
    ":=",
    "->",
    "@",
    ".",
    "...",
    "lambda x: ",
    "yield ",
    "await ",
    "async ",
    "not ",
    "if ",
    " else ",
    "for x in y",
    "def f():\n    ",
    "class C:\n    ",
    "global x\n",
    "nonlocal x\n",
    "return ",
    "import a.b as c\n",
    "from . import *\n",
    "try:\n",
    "except* E:\n",
    "with a as b, c:\n",
    "match x:\n  case ",
    "_",
    "__x",
    "__class__",
    "super()",
    "del ",
    "assert ",
    "raise ",
    "0x",
    "1_",
    "1e999",
    "1j",
    "\\N{BULLET}",
    "\\ud800",
    "é",
    "\u{feff}",
    "\0",
    "\r",
    "\u{c}",
    "# coding: latin-1\n",
    "type X = ",
    "[T]",
    "{x!r:>{y}}",
    "None",
    "True",
    "__debug__",
    "9999999999999999999999",
];

fn sources() -> Vec<Vec<u8>> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/hir");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(dir)
        .expect("the golden directory exists")
        .map(|entry| entry.expect("a directory entry").path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "py"))
        .collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).expect("the case is readable")).collect()
}

fn mutate(random: &mut Random, source: &[u8], other: &[u8]) -> Vec<u8> {
    let mut out = source.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(out.len() + 1);
        let end = (at + random.below(40)).min(out.len());
        match random.below(8) {
            0 => drop(out.drain(at..end)),
            1 => {
                let piece = out[at..end].to_vec();
                let to = random.below(out.len() + 1);
                out.splice(to..to, piece);
            }
            2 => {
                let from = random.below(other.len());
                let piece = &other[from..(from + random.below(120)).min(other.len())];
                out.splice(at..end, piece.iter().copied());
            }
            3 if at < out.len() => out[at] = (random.next() & 0xff) as u8,
            4 => out.truncate(at),
            _ => {
                let snippet = SNIPPETS[random.below(SNIPPETS.len())];
                out.splice(at..at, snippet.bytes());
            }
        }
    }
    out
}

fn rounds(default: usize) -> usize {
    std::env::var("MOLT_FUZZ_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(default)
}

#[test]
fn mutated_sources_pass_all_stages_or_none() {
    let sources = sources();
    let mut random = Random(312);
    let options = Options {
        target: "x86_64-unknown-linux-gnu".to_owned(),
        profile: Profile::Debug,
        symbol_prefix: String::new(),
    };
    let mut compiled = 0;
    let rounds = rounds(150);
    for _ in 0..rounds {
        let source = &sources[random.below(sources.len())];
        let other = &sources[random.below(sources.len())];
        let case = mutate(&mut random, source, other);
        let input = ModuleInput { name: "fuzz", path: "fuzz.py", source: &case, is_package: false, is_stdlib: false };
        match compile(&input, &BTreeMap::new(), &options) {
            Ok(module) => {
                compiled += 1;
                assert!(!module.object.is_empty());
            }
            Err(problems) => {
                let internal = problems.iter().find(|p| p.code == molt_codegen::diag::code::INTERNAL);
                assert!(internal.is_none(), "{internal:?}\n{}", String::from_utf8_lossy(&case));
                assert!(!problems.is_empty());
            }
        }
    }
    assert!(compiled * 20 > rounds, "the mutations are too wild to test anything: {compiled} of {rounds} compiled");
}

#[test]
fn mutated_sources_never_panic() {
    let sources = sources();
    let mut random = Random(20_241_123);
    let rounds = rounds(4_000);
    let mut compiled = 0;
    for _ in 0..rounds {
        let source = &sources[random.below(sources.len())];
        let other = &sources[random.below(sources.len())];
        let case = mutate(&mut random, source, other);
        let (file, problem) = parse::decode("fuzz.py", &case);
        let problems = match problem {
            Some(problem) => vec![problem],
            None => match hir::from_source(&file, "fuzz", false) {
                Ok(module) => {
                    compiled += 1;
                    assert_eq!(hir::verify(&module), Ok(()), "{}", file.text());
                    assert!(!hir::print(&module).is_empty());
                    assert!(!facts::of(&module, &file).encode().is_empty());
                    continue;
                }
                Err(problems) => problems,
            },
        };
        assert!(!problems.is_empty());
        for problem in problems {
            let text = molt_codegen::diag::render(&problem, &file, molt_codegen::diag::Style::Plain);
            assert_ne!(problem.code, molt_codegen::diag::code::INTERNAL, "{text}");
            assert!(problem.span.start as usize <= file.text().len(), "{text}");
        }
    }
    assert!(compiled * 20 > rounds, "the mutations are too wild to test anything: {compiled} of {rounds} compiled");
}
