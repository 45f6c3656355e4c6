//! `molt run`, `molt build` and `molt emit` on small programs.

mod support;

use support::{folder, molt, run, succeed};

#[test]
fn run_passes_arguments_and_status() {
    let dir = folder(&[("main.py", "import sys\nprint(sys.argv)\nsys.exit(7)\n")]);
    let output = run(molt(dir.path()).args(["run", "main.py", "a", "--b"]));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "['main.py', 'a', '--b']\n");
    assert_eq!(output.status.code(), Some(7));
}

#[test]
fn an_unhandled_exception_ends_with_a_traceback() {
    let dir = folder(&[("main.py", "def f(n):\n    return 1 // n\n\nf(0)\n")]);
    let output = run(molt(dir.path()).args(["run", "main.py"]));
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(text.starts_with("Traceback (most recent call last):\n"), "{text}");
    assert!(text.contains(", line 4, in <module>\n") && text.contains(", line 2, in f\n"), "{text}");
    assert!(text.ends_with("ZeroDivisionError: integer division or modulo by zero\n"), "{text}");
}

#[test]
fn a_folder_with_a_main_is_a_program() {
    let dir = folder(&[
        ("app/__main__.py", "import tools.text\nprint(tools.text.twice('ab'), __name__)\n"),
        ("app/tools/text.py", "def twice(s):\n    return s * 2\n"),
    ]);
    assert_eq!(succeed(molt(dir.path()).args(["run", "app"])), "abab __main__\n");
    let nothing = folder(&[("app/a.py", "")]);
    let output = run(molt(nothing.path()).args(["run", "app"]));
    assert!(String::from_utf8_lossy(&output.stderr).contains("MOLT0405"));
}

#[test]
fn a_binary_is_small_and_needs_nothing() {
    let dir = folder(&[("hello.py", "print('hello, world')\n")]);
    succeed(molt(dir.path()).args(["build", "hello.py", "--release"]));
    let binary = dir.path().join("hello");
    assert_eq!(succeed(&mut std::process::Command::new(&binary)), "hello, world\n");
    let size = std::fs::metadata(&binary).expect("the binary").len();
    assert!(size < 2_000_000, "hello world has {size} bytes");
}

#[test]
fn a_native_module_is_in_the_binary_only_if_it_is_imported() {
    let dir = folder(&[("with.py", "import math\nprint(math.sqrt(4))\n"), ("without.py", "print(2.0)\n")]);
    // Without --release the binary keeps its symbols.
    let has = |name: &str, symbol: &str| {
        succeed(molt(dir.path()).args(["build", &format!("{name}.py"), "-o", name]));
        let binary = std::fs::read(dir.path().join(name)).expect("the binary");
        binary.windows(symbol.len()).any(|window| window == symbol.as_bytes())
    };
    assert!(has("with", "molt_native_math"));
    assert!(!has("without", "molt_native_math"));
    // The text of the module goes with it.
    let text = "Return the square root of x.";
    assert!(has("with", text) && !has("without", text));
}

#[test]
fn a_batch_runs_each_program_and_leaves_out_bad_ones() {
    let dir = folder(&[
        ("one.py", "import sys\nprint('one', sys.argv[1:])\n"),
        ("two.py", "print('two')\n"),
        ("bad.py", "def (\n"),
        ("list", "first\tone.py\nsecond\ttwo.py\nthird\tbad.py\n"),
    ]);
    let output = run(molt(dir.path()).args(["build", "--batch", "list", "-o", "all"]));
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("bad.py:1:"));
    let mut all = std::process::Command::new(dir.path().join("all"));
    assert_eq!(succeed(all.args(["first", "x"])), "one ['x']\n");
    assert_eq!(succeed(std::process::Command::new(dir.path().join("all")).arg("second")), "two\n");
    assert_eq!(run(std::process::Command::new(dir.path().join("all")).arg("third")).status.code(), Some(2));
}

#[test]
fn every_stage_has_a_text() {
    let dir = folder(&[("main.py", "def f(a, b):\n    return a + b\n\nprint(f(1, 2))\n")]);
    for stage in ["hir", "mir", "clif", "asm"] {
        let text = succeed(molt(dir.path()).args(["emit", "--stage", stage, "main.py"]));
        assert!(text.contains('f'), "{stage}: {text}");
    }
    assert!(succeed(molt(dir.path()).args(["emit", "--stage", "mir-after=specialize", "main.py"])).contains("fn code"));
    for stage in ["bytecode", "mir-after=magic"] {
        let output = run(molt(dir.path()).args(["emit", "--stage", stage, "main.py"]));
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("passes are simplify, specialize"));
    }
}

#[test]
fn the_doctor_says_what_is_there_and_what_is_not() {
    let dir = folder(&[]);
    let text = succeed(molt(dir.path()).arg("doctor"));
    for part in ["molt ", "target ", "compiler ", "runtime ", "cache ", "math, sys, time", "Everything Molt needs"] {
        assert!(text.contains(part), "{part:?} is missing in:\n{text}");
    }
    let output = run(molt(dir.path()).args(["doctor", "--message-format", "json"]).env("CC", "/nowhere/cc"));
    let lines: Vec<serde_json::Value> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("each line is JSON"))
        .collect();
    assert_eq!(output.status.code(), Some(3), "{lines:?}");
    assert!(lines.iter().any(|line| line["name"] == "compiler" && line["sound"] == false), "{lines:?}");
    assert_eq!(lines[lines.len() - 1]["success"], false);
}
