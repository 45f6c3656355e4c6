//! Each kind of bad input is a diagnostic with a code, a place, the source with carets and a help, from the command and
//! from a build script alike, and leaves nothing behind.

mod support;

use support::{files, folder, molt, run, succeed, write};

/// What is wrong, and what must be said about it.
struct Case {
    files: &'static [(&'static str, &'static [u8])],
    place: &'static str,
    code: &'static str,
    says: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        files: &[("app/a.py", b"x = 1\ny = x +\n")],
        place: "app/a.py:2:",
        code: "MOLT0101",
        says: &["y = x +", "^", "help"],
    },
    Case {
        files: &[("app/a.py", b"x = 1\n\ntry:\n    pass\nexcept* ValueError:\n    pass\n")],
        place: "app/a.py:3:",
        code: "MOLT0202",
        says: &["try:", "^", "help"],
    },
    Case {
        files: &[("app/a.py", b"import b\n"), ("app/b.py", b"import zope.interface\n")],
        place: "app/b.py:1:8",
        code: "MOLT0301",
        says: &["no module named `zope`", "import zope.interface", "^", "help"],
    },
    Case {
        files: &[("app/a.py", b"import socket\n")],
        place: "app/a.py:1:8",
        code: "MOLT0301",
        says: &["`socket`", "standard library"],
    },
    Case {
        files: &[("app/a.py", b"from .. import b\n")],
        place: "app/a.py:1:",
        code: "MOLT0302",
        says: &["relative import", "help"],
    },
    Case {
        files: &[("app/a.py", b"from b import x\ny = 1\n"), ("app/b.py", b"from a import y\nx = 1\n")],
        place: "app/",
        code: "MOLT0404",
        says: &["circular", "^", "help"],
    },
    Case { files: &[("app/readme.txt", b"")], place: "app", code: "MOLT0402", says: &["no Python modules", "help"] },
    Case {
        files: &[("app/a.py", b"x = 1\nname = 'caf\xe9'\n")],
        place: "app/a.py:2:",
        code: "MOLT0001",
        says: &["name = 'caf", "^", "help"],
    },
    Case {
        files: &[("app/sub/readme.txt", b"")],
        place: "app",
        code: "MOLT0402",
        says: &["no Python modules", "help"],
    },
];

#[test]
fn the_command_says_what_is_wrong() {
    for case in CASES {
        let dir = folder(&[]);
        case.files.iter().for_each(|(name, bytes)| write(&dir.path().join(name), bytes));
        let before = files(dir.path());
        let output = run(molt(dir.path()).args(["build", "app", "--emit", "staticlib", "--no-cache"]));
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{text}");
        for part in case.says.iter().chain([&case.place, &case.code]) {
            assert!(text.contains(part), "{part:?} is missing in:\n{text}");
        }
        assert_eq!(files(dir.path()), before, "something was left behind");
    }
}

/// The command as Cargo runs a build script for the package in `dir`.
fn build_script(dir: &std::path::Path, out: &std::path::Path) -> std::process::Command {
    let mut command = molt(dir);
    command
        .args(["build-script", "app"])
        .env("OUT_DIR", out)
        .env("TARGET", "x86_64-unknown-linux-gnu")
        .env("OPT_LEVEL", "0")
        .env("CARGO_PKG_NAME", "demo-app");
    command
}

#[test]
fn a_build_script_says_the_same() {
    for case in CASES {
        let dir = folder(&[]);
        case.files.iter().for_each(|(name, bytes)| write(&dir.path().join(name), bytes));
        let out = tempfile::tempdir().expect("a temporary folder");
        let output = run(&mut build_script(dir.path(), out.path()));
        // With any other status Cargo would bury the errors under every line that was printed.
        assert_eq!(output.status.code(), Some(0));
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(text.lines().all(|line| line.starts_with("cargo::error=")), "{text}");
        for part in case.says.iter().chain([&case.place, &case.code]) {
            assert!(text.contains(part), "{part:?} is missing in:\n{text}");
        }
        let left = files(out.path());
        assert!(left.iter().all(|file| file.starts_with("molt-cache")), "{left:?}");
    }
}

#[test]
fn a_build_script_tells_cargo_what_to_watch_and_link() {
    let dir =
        folder(&[("app/__init__.py", ""), ("app/a.py", "from . import b\nimport math\n"), ("app/b.py", "x = 1\n")]);
    let out = tempfile::tempdir().expect("a temporary folder");
    let output = run(&mut build_script(dir.path(), out.path()));
    let text = String::from_utf8_lossy(&output.stdout);
    let watched: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("cargo::rerun-if-changed=")).collect();
    assert_eq!(watched, ["app/__init__.py", "app/a.py", "app/b.py", "app", "build.rs"], "{text}");
    assert!(text.contains(&format!("cargo::rustc-link-search=native={}\n", out.path().display())), "{text}");
    assert!(text.contains("cargo::rustc-link-lib=static=molt_demo_app\n"), "{text}");
    let names: Vec<_> = files(out.path()).into_iter().filter(|file| !file.starts_with("molt-cache")).collect();
    assert_eq!(names, ["libmolt_demo_app.a", "molt_modules.rs"].map(std::path::PathBuf::from));

    // Nothing changed: nothing is written, so that nothing that depends on it is built again.
    let modified =
        || std::fs::metadata(out.path().join("libmolt_demo_app.a")).and_then(|m| m.modified()).expect("a time");
    let before = modified();
    std::thread::sleep(std::time::Duration::from_millis(20));
    assert!(run(&mut build_script(dir.path(), out.path())).status.success());
    assert_eq!(modified(), before);

    // docs.rs needs the bindings only.
    let docs = tempfile::tempdir().expect("a temporary folder");
    let output = run(build_script(dir.path(), docs.path()).env("DOCS_RS", "1"));
    assert!(output.status.success());
    assert!(!String::from_utf8_lossy(&output.stdout).contains("link-lib"));
    assert!(docs.path().join("molt_modules.rs").exists() && !docs.path().join("libmolt_demo_app.a").exists());
}

#[test]
fn a_file_that_is_not_utf8_is_shown() {
    let dir = folder(&[]);
    write(&dir.path().join("app/a.py"), b"name = 'caf\xe9'\n");
    let output = run(molt(dir.path()).args(["check", "app/a.py", "--no-cache"]));
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{text}");
    for part in ["app/a.py:1:", "MOLT0001", "name = 'caf", "^"] {
        assert!(text.contains(part), "{part:?} is missing in:\n{text}");
    }
}

#[test]
fn json_messages_have_the_same_content() {
    let dir = folder(&[("a.py", "import nowhere\n")]);
    let output = run(molt(dir.path()).args(["check", "a.py", "--no-cache", "--message-format", "json"]));
    let lines: Vec<serde_json::Value> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("each line is JSON"))
        .collect();
    assert_eq!(lines[0]["code"], "MOLT0301");
    assert_eq!((&lines[0]["line"], &lines[0]["column"]), (&1.into(), &8.into()));
    assert_eq!(lines[1]["success"], false);
    assert!(output.stderr.is_empty());
}

#[test]
fn wrong_usage_and_missing_files_have_their_own_status() {
    let dir = folder(&[]);
    assert_eq!(run(molt(dir.path()).arg("biuld")).status.code(), Some(2));
    assert_eq!(run(molt(dir.path()).args(["run", "nothing.py"])).status.code(), Some(1));
    assert_eq!(run(molt(dir.path()).args(["explain", "MOLT9999"])).status.code(), Some(2));
    let explained = run(molt(dir.path()).args(["explain", "MOLT0301"]));
    assert!(explained.status.success() && !explained.stdout.is_empty());
}

#[test]
fn what_is_not_supplied_is_refused_with_a_way_out() {
    for (source, code, place, help) in [
        ("def f(text):\n    return eval(text)\n", "MOLT0205", "a.py:2:12", "there is no compiler at run time"),
        ("import sys\nexit(1)\n", "MOLT0205", "a.py:2:1", "call `sys.exit`"),
        ("from collections.abc import Iterator\n", "MOLT0301", "a.py:1:6", "CPython's standard library"),
        ("import itertools\n", "MOLT0301", "a.py:1:8", "CPython's standard library"),
    ] {
        let dir = folder(&[("a.py", source)]);
        let output = run(molt(dir.path()).args(["check", "a.py", "--no-cache"]));
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert!(text.starts_with(&format!("{place}: error[{code}]")) && text.contains(help), "{text}");
        assert!(text.ends_with("molt: 1 error\n"), "{text}");
    }
    // A name that the module binds is the module's.
    let dir = folder(&[("a.py", "def exit(n):\n    print('left', n)\n\nexit(3)\n")]);
    assert_eq!(succeed(molt(dir.path()).args(["run", "a.py"])), "left 3\n");
}

#[test]
fn one_mistake_is_reported_once() {
    for source in ["if x = 3: pass\n", "import json\n", "async def f():\n    yield 1\n    return 2\n"] {
        let dir = folder(&[("a.py", source)]);
        let output = run(molt(dir.path()).args(["check", "a.py", "--no-cache"]));
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(text.ends_with("molt: 1 error\n"), "{text}");
    }
}

/// In a Cargo build script the code is optimised as the crate's is.
#[test]
fn a_build_script_follows_cargos_profile() {
    let dir = folder(&[("app/__init__.py", ""), ("app/a.py", "def f(n):\n    return sum(range(n))\n")]);
    let archive = |level: &str| {
        let out = tempfile::tempdir().expect("a temporary folder");
        assert!(run(build_script(dir.path(), out.path()).env("OPT_LEVEL", level)).status.success());
        std::fs::read(out.path().join("libmolt_demo_app.a")).expect("the archive")
    };
    let (debug, release, small) = (archive("0"), archive("3"), archive("s"));
    assert!(debug != release, "the release profile makes the same code as the debug profile");
    assert!(release == small, "any level but 0 is the release profile");
}
