//! The linker's part alone, with a stand-in for the runtime written in C.

mod support;

use molt_build::driver::Options;
use molt_build::link::platform::Platform;
use molt_build::link::toolchain::{Toolchain, host_target};
use molt_build::link::{self, Object, archive};
use molt_build::{Profile, compiler};
use molt_codegen::emit::EntryPoint;
use std::path::Path;
use support::{folder, run, succeed};

const RUNTIME: &str = r#"
#include <stdio.h>
#include <string.h>
struct row { const char *name; unsigned long len; const int *program; };
int molt_main(int argc, char **argv, const int *program) { printf("%d %d %s\n", *program, argc, argv[argc - 1]); return *program; }
int molt_main_choice(int argc, char **argv, const struct row *rows, unsigned long n) {
    for (unsigned long i = 0; i < n; i++)
        if (strlen(argv[1]) == rows[i].len && !memcmp(argv[1], rows[i].name, rows[i].len))
            return molt_main(argc - 1, argv + 1, rows[i].program);
    return 2;
}
const char unused[] = "never called";
"#;

fn compile(dir: &Path, name: &str) -> Vec<u8> {
    succeed(std::process::Command::new("cc").current_dir(dir).args([
        "-c",
        "-ffunction-sections",
        "-O1",
        name,
        "-o",
        "x.o",
    ]));
    std::fs::read(dir.join("x.o")).expect("an object")
}

#[test]
fn main_hands_the_program_to_the_runtime() {
    let dir = folder(&[("runtime.c", RUNTIME), ("program.c", "const int molt_program = 5, p1_molt_program = 6;")]);
    let object = |name: &str, bytes| Object { name: name.to_owned(), bytes };
    let runtime = dir.path().join("libmolt_rt.a");
    let bytes =
        archive::write(Platform::of(host_target()), &runtime, &[object("runtime.o", compile(dir.path(), "runtime.c"))])
            .expect("an archive");
    std::fs::write(&runtime, bytes).expect("written");
    let program = object("program.o", compile(dir.path(), "program.c"));
    let options = Options {
        target: host_target().to_owned(),
        profile: Profile::Release,
        symbol_prefix: String::new(),
        capabilities: None,
        trusted: false,
    };
    let toolchain = Toolchain::find(host_target()).expect("a C compiler");
    let link = |entry, name: &str| {
        let objects = [compiler::entry_point(&entry, &options).expect("an entry point"), program.clone()];
        let out = dir.path().join(name);
        link::binary(&toolchain, &objects, &runtime, true, &out).expect("it links");
        out
    };
    let one = link(EntryPoint::Program { prefix: String::new() }, "one");
    let output = run(std::process::Command::new(&one).arg("x"));
    assert_eq!((&output.stdout[..], output.status.code()), (&b"5 2 x\n"[..], Some(5)));

    let programs = [("a", ""), ("bb", "p1_")].map(|(name, prefix)| (name.to_owned(), prefix.to_owned()));
    let two = link(EntryPoint::Choice(programs.into()), "two");
    let output = run(std::process::Command::new(&two).args(["bb", "y"]));
    assert_eq!((&output.stdout[..], output.status.code()), (&b"6 2 y\n"[..], Some(6)));
    assert_eq!(run(std::process::Command::new(&two).arg("b")).status.code(), Some(2));

    // What nothing reaches is not in the binary, and nothing is left beside it.
    let binary = std::fs::read(&one).expect("the binary");
    assert!(!binary.windows(12).any(|window| window == b"never called"));
    let left = support::files(dir.path());
    assert!(!left.iter().any(|file| file.to_string_lossy().contains("molt-")), "{left:?}");
}

#[test]
fn a_runtime_of_another_contract_does_not_link() {
    let dir = folder(&[("runtime.c", RUNTIME), ("main.py", "")]);
    let runtime = dir.path().join("libmolt_rt.a");
    let object = Object { name: "runtime.o".to_owned(), bytes: compile(dir.path(), "runtime.c") };
    std::fs::write(&runtime, archive::write(Platform::of(host_target()), &runtime, &[object]).expect("an archive"))
        .expect("written");
    let output =
        run(support::molt(dir.path()).args(["build", "main.py", "--no-cache"]).env("MOLT_RUNTIME_DIR", dir.path()));
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{text}");
    assert!(text.contains(&molt_abi::fingerprint::symbol()), "{text}");
    assert!(!dir.path().join("main").exists());
}
