//! Capabilities: what a build refuses, what a running program is denied, and who may narrow or lift the limit.

mod support;

use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use support::{folder, molt, run, succeed, write};
use tempfile::TempDir;

/// Prints what each attempt gives or raises.
const ATTEMPT: &str = "\
def attempt(what, *args):
    try:
        result = what(*args)
        print(result.read() if hasattr(result, 'read') else 'done')
    except PermissionError as error:
        print(error.errno, error)
";

/// `molt` in a folder, outside of continuous integration.
fn local(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = molt(dir);
    command.args(arguments).env_remove("CI").env_remove("MOLT_CAPABILITIES").env_remove("MOLT_TRUSTED");
    command
}

/// A folder with a built program `app`, in a project with these lines under `[capabilities]`, if any.
fn built(program: &str, capabilities: Option<&str>, files: &[(&str, &str)]) -> TempDir {
    let dir = folder(files);
    write(&dir.path().join("app.py"), format!("{ATTEMPT}{program}").as_bytes());
    if let Some(lines) = capabilities {
        let manifest = format!("[package]\nname = \"app\"\nmain = \"app.py\"\n[capabilities]\n{lines}\n");
        write(&dir.path().join("molt.toml"), manifest.as_bytes());
    }
    succeed(&mut local(dir.path(), &["build", "app.py", "-o", "app"]));
    dir
}

/// The program of [`built`], with variables.
fn app(dir: &TempDir, variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(dir.path().join("app"));
    command.current_dir(dir.path()).env_remove("MOLT_CAPABILITIES").env_remove("MOLT_TRUSTED");
    command.envs(variables.iter().copied());
    command
}

/// What a command that fails says.
fn fails(command: &mut Command, status: i32) -> String {
    let output = run(command);
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(status), "{command:?}: {text}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{command:?}");
    text
}

fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is missing in\n{text}");
    }
}

#[test]
fn what_is_needed_is_granted_where_nothing_is_declared() {
    let dir = built("import time\nattempt(open, 'a')\nattempt(time.time)\n", None, &[("a", "text")]);
    assert_eq!(succeed(&mut app(&dir, &[])), "text\ndone\n");
    // The environment takes away; what is not limited costs nothing and says nothing.
    assert_eq!(
        succeed(&mut app(&dir, &[("MOLT_CAPABILITIES", "fs.read")])),
        "text\n13 [Errno 13] capability 'time.wall' is not granted by MOLT_CAPABILITIES\n"
    );
    assert_eq!(
        succeed(&mut app(&dir, &[("MOLT_CAPABILITIES", "*,!fs.read")])),
        "13 [Errno 13] capability 'fs.read' is denied here by MOLT_CAPABILITIES: 'a'\ndone\n"
    );
    // MOLT_TRUSTED does not count where the build did not say so.
    let nothing = [("MOLT_CAPABILITIES", ""), ("MOLT_TRUSTED", "1")];
    has(&succeed(&mut app(&dir, &nothing)), &["'fs.read' is not", "'time.wall' is not"]);
}

#[test]
fn streams_and_other_clocks_need_nothing() {
    let program = "import sys, time\nprint(input())\nsys.stderr.write('')\nprint(sys.stdin.read(), open(1, 'w').name)\n\
                   attempt(time.monotonic)\nattempt(time.sleep, 0)\nattempt(time.process_time_ns)\n";
    let dir = built(program, None, &[("in", "one\ntwo")]);
    let mut command = app(&dir, &[("MOLT_CAPABILITIES", "")]);
    command.stdin(std::fs::File::open(dir.path().join("in")).unwrap());
    assert_eq!(succeed(&mut command), "one\ntwo 1\ndone\ndone\ndone\n");
}

#[test]
fn an_unreadable_list_stops_the_program_before_it_runs() {
    let dir = built("print('ran')\n", None, &[]);
    let text = fails(&mut app(&dir, &[("MOLT_CAPABILITIES", "fs.read,fs.raed")]), 3);
    has(&text, &["molt: MOLT_CAPABILITIES: no capability is called `fs.raed`; there are fs.read, "]);
    has(&fails(&mut app(&dir, &[("MOLT_CAPABILITIES", "!net")]), 3), &["only denies"]);
}

#[test]
fn what_the_program_does_not_name_is_not_in_its_ceiling() {
    // A name put together at run time is no need that the build can see.
    let program = "attempt(getattr(getattr(print, '__se' + 'lf__'), 'op' + 'en'), 'a')\n";
    let dir = built(program, None, &[("a", "text")]);
    let denied = "13 [Errno 13] capability 'fs.read' is not granted: \
                  add \"fs.read\" to [capabilities] allow in molt.toml: 'a'\n";
    assert_eq!(succeed(&mut app(&dir, &[])), denied);
    assert_eq!(succeed(&mut app(&dir, &[("MOLT_CAPABILITIES", "*")])), denied);
}

#[test]
fn an_unhandled_denial_is_an_ordinary_exception() {
    let dir = built("open('a')\n", None, &[("a", "text")]);
    let text = fails(&mut app(&dir, &[("MOLT_CAPABILITIES", "")]), 1);
    has(&text, &["Traceback (most recent call last):", "PermissionError: [Errno 13] capability 'fs.read'", ": 'a'"]);
}

#[test]
fn a_build_refuses_what_the_project_does_not_grant() {
    let dir = folder(&[
        ("molt.toml", "[package]\nname = \"app\"\nmain = \"app.py\"\n[capabilities]\nallow = [\"fs.read\"]\n"),
        ("app.py", "import shop.stock\n"),
        ("shop/__init__.py", ""),
        (
            "shop/stock.py",
            "import time\n\ndef now():\n    with open('log', 'a') as log:\n        log.write(str(time.time()))\n",
        ),
    ]);
    for arguments in [&["build", "app.py"][..], &["check", "app.py"], &["run", "app.py"]] {
        let text = fails(&mut local(dir.path(), arguments), 1);
        has(
            &text,
            &[
                "error[MOLT0450]: capability `fs.write` is not granted: `open` with mode 'a'",
                "shop/stock.py:4:10",
                "`shop.stock` is imported by `__main__` (app.py:1)",
                "help: add \"fs.write\" to `allow` under [capabilities] in molt.toml",
                "capability `time.wall` is not granted: `time.time` is used",
            ],
        );
        assert!(!text.contains("`fs.read` is not"), "{text}");
    }
    write(
        &dir.path().join("molt.toml"),
        b"[package]\nname = \"app\"\nmain = \"app.py\"\n[capabilities]\nallow = [\"fs.raed\"]\n",
    );
    has(&fails(&mut local(dir.path(), &["build"]), 1), &["error[MOLT0451]", "no capability is called `fs.raed`"]);
}

#[test]
fn only_a_trusted_build_listens_to_molt_trusted() {
    let program = "import builtins\nattempt(getattr(builtins, 'op' + 'en'), 'a')\n";
    let files = [("a", "text")];
    let trusted = [("MOLT_TRUSTED", "1")];
    let dir = built(program, Some("allow = []\ntrusted = true"), &files);
    has(&succeed(&mut app(&dir, &[])), &["'fs.read' is not granted: add"]);
    has(&succeed(&mut app(&dir, &[("MOLT_TRUSTED", "yes")])), &["'fs.read' is not granted: add"]);
    assert_eq!(succeed(&mut app(&dir, &trusted)), "text\n");
    // What is taken away stays away.
    let both = [("MOLT_TRUSTED", "1"), ("MOLT_CAPABILITIES", "net")];
    has(&succeed(&mut app(&dir, &both)), &["is not granted by MOLT_CAPABILITIES"]);
    let dir = built(program, Some("allow = []"), &files);
    has(&succeed(&mut app(&dir, &trusted)), &["'fs.read' is not granted: add"]);
}

#[test]
fn a_scope_ends_where_its_folder_ends() {
    let program = "\
for path in ['data/a', './data/../data/a', 'data/in', 'data/sub', 'secret', 'data/../secret', 'data/out', 'outdir/secret',
             'data', 'database', '/etc/passwd', 'data/missing/../../secret', 'data/hidden/b']:
    try:
        attempt(open, path)
    except OSError as error:
        print(path, error)
";
    let files = [("data/a", "text"), ("secret", "s"), ("data/hidden/b", "b"), ("database", "d")];
    let dir = built(program, Some("allow = [\"fs.read:data/\", \"!fs.read:data/hidden\"]"), &files);
    symlink("a", dir.path().join("data/in")).unwrap();
    symlink("../secret", dir.path().join("data/out")).unwrap();
    symlink("hidden/b", dir.path().join("data/sub")).unwrap();
    symlink("..", dir.path().join("data/up")).unwrap();
    symlink(dir.path(), dir.path().join("outdir")).unwrap();
    let denied = |path: &str| {
        format!(
            "13 [Errno 13] capability 'fs.read' is not granted: \
             add \"fs.read:{path}\" to [capabilities] allow in molt.toml: '{path}'\n"
        )
    };
    let hidden = |path: &str| {
        format!("13 [Errno 13] capability 'fs.read' is denied here by [capabilities] allow in molt.toml: '{path}'\n")
    };
    let expected = [
        "text\n".repeat(3),
        hidden("data/sub"),
        ["secret", "data/../secret", "data/out", "outdir/secret"].map(denied).concat(),
        "data [Errno 21] Is a directory: 'data'\n".to_owned(),
        ["database", "/etc/passwd", "data/missing/../../secret"].map(denied).concat(),
        hidden("data/hidden/b"),
    ];
    assert_eq!(succeed(&mut app(&dir, &[])), expected.concat());
}

#[test]
fn files_in_a_scope_behave_like_files() {
    let program = "\
def show(path, mode, *data):
    try:
        with open(path, mode) as file:
            for one in data:
                file.write(one)
            if 'r' in mode or '+' in mode:
                file.seek(0)
                print(mode, file.read())
    except OSError as error:
        print(mode, type(error).__name__, error.errno, error.filename)

show('data/new', 'r')
show('data/new', 'x', 'one')
show('data/new', 'x')
show('data/new', 'a+', 'two')
show('data/new', 'r+', 'ONE')
show('data/new', 'rb')
show('data/new', 'w')
show('data/new', 'w+', 'w')
show('data/none/new', 'w')
show('data/new/below', 'w')
show('data', 'w')
";
    let grants = "allow = [\"fs.read:data\", \"fs.write:data\"]";
    let free = built(program, None, &[("data/a", "")]);
    let scoped = built(program, Some(grants), &[("data/a", "")]);
    let output = succeed(&mut app(&scoped, &[]));
    assert_eq!(output, succeed(&mut app(&free, &[])));
    has(
        &output,
        &["r FileNotFoundError 2", "x FileExistsError 17", "a+ onetwo", "r+ ONEtwo", "w+ w", "w IsADirectoryError 21"],
    );
    let mode = |dir: &TempDir| {
        std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(dir.path().join("data/new")).unwrap().permissions())
    };
    assert_eq!(mode(&scoped), mode(&free));
}

#[test]
fn the_needs_of_a_program_are_listed() {
    let dir = folder(&[("app.py", "import clock\nopen('a')\n"), ("clock.py", "import time\nprint(time)\n")]);
    assert_eq!(succeed(&mut local(dir.path(), &["check", "--capabilities", "app.py"])), "");
    let lines = succeed(&mut local(dir.path(), &["check", "--capabilities", "app.py", "--message-format", "json"]));
    let lines: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        lines[0],
        serde_json::json!({
            "reason": "capability", "module": "__main__", "capability": "fs.read", "path": "app.py", "line": 2,
            "why": "`open` with mode 'r'", "indirect": false,
        })
    );
    assert_eq!((&lines[1]["path"], &lines[1]["indirect"]), (&"clock.py".into(), &true.into()));
    assert_eq!(lines[2]["capabilities"], serde_json::json!(["fs.read", "time.wall"]));
    assert_eq!((&lines[3]["reason"], &lines[3]["success"]), (&"finished".into(), &true.into()));
}

#[test]
fn the_lock_shows_that_a_program_needs_more() {
    let dir = folder(&[
        ("molt.toml", "[package]\nname = \"app\"\nroots = [\"src\"]\nmain = \"src/app.py\"\n"),
        ("src/app.py", "print(1)\n"),
        ("src/other.py", "import time\nprint(time.time())\n"),
    ]);
    succeed(&mut local(dir.path(), &["lock"]));
    write(&dir.path().join("src/app.py"), b"open('a')\n");
    has(&fails(&mut local(dir.path(), &["build", "--locked"]), 1), &["app.py"]);
    let output = run(&mut local(dir.path(), &["lock"]));
    let text = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    has(&text, &["+ capability fs.read (program)"]);
    succeed(&mut local(dir.path(), &["build", "--locked"]));
    // The lock speaks of the project's program; a build of another script is not held against that.
    succeed(&mut local(dir.path(), &["build", "src/other.py", "--locked", "-o", "other"]));
    // A lock whose list of capabilities was edited is out of date.
    let lock = dir.path().join("molt.lock");
    let edited = std::fs::read_to_string(&lock).unwrap().replace("\"fs.read\"", "");
    write(&lock, edited.as_bytes());
    let text = fails(&mut local(dir.path(), &["build", "--locked"]), 1);
    has(&text, &["the project needs capability `fs.read`, and did not when it was locked", "run `molt lock`"]);
}

const C_HOST: &str = r#"
#include "box.h"
#include <stdio.h>
#include <string.h>

/* What read('a') gives or raises under a configuration. */
static void attempt(molt_config *config) {
    molt_runtime *runtime = NULL;
    molt_value *value = NULL, *argument = NULL;
    molt_error *error = NULL;
    char *text = NULL;
    if (molt_runtime_new(config, &runtime, &error) == MOLT_OK) {
        molt_value_from_string(runtime, "a", &argument);
        if (molt_call_function(runtime, "box", "read", &argument, 1, NULL, 0, &value, &error) == MOLT_OK
            && molt_value_as_string(value, &text, &error) == MOLT_OK) printf("%s\n", text);
    }
    if (error) printf("%s: %s\n", molt_error_type(error), molt_error_message(error));
    molt_string_free(text);
    molt_value_free(value);
    molt_error_free(error);
    molt_runtime_free(runtime);
}

int main(void) {
    molt_config config = {0};
    config.struct_size = sizeof config;
    attempt(&config);
    config.capabilities = "*";
    attempt(&config);
    config.capabilities = "fs.read:b";
    attempt(&config);
    config.capabilities = "fs.raed";
    attempt(&config);
    config.capabilities = NULL;
    config.use_environment = 1;
    attempt(&config);
    /* A host of the header's first version knows nothing of the last fields. */
    config.struct_size = offsetof(molt_config, capabilities);
    config.capabilities = "";
    attempt(&config);
    config.struct_size = sizeof(size_t);
    molt_runtime *runtime = NULL;
    printf("%d\n", molt_runtime_new(&config, &runtime, NULL) == MOLT_INVALID);
    return 0;
}
"#;

#[test]
fn a_c_host_narrows_and_asks_for_the_environment() {
    let dir = folder(&[("box.py", "def read(path): return open(path).read()\n"), ("a", "text"), ("host.c", C_HOST)]);
    write(&dir.path().join("lib/box.py"), &std::fs::read(dir.path().join("box.py")).unwrap());
    for (emit, out) in [("staticlib", "libbox.a"), ("header", "box.h")] {
        succeed(&mut local(dir.path(), &["build", "lib", "--emit", emit, "-o", out]));
    }
    let mut compiler = Command::new("cc");
    compiler.current_dir(dir.path()).args(["-std=c11", "-Wall", "-Wextra", "-Werror", "-I.", "-o", "host", "host.c"]);
    compiler.args(["libbox.a", "-Wl,--gc-sections", "-lm", "-lpthread", "-ldl"]);
    succeed(&mut compiler);
    let mut host = Command::new(dir.path().join("host"));
    host.current_dir(dir.path()).env("MOLT_CAPABILITIES", "time.wall");
    let output = succeed(&mut host);
    let lines: Vec<&str> = output.lines().collect();
    let denied = |who: &str| format!("PermissionError: [Errno 13] capability 'fs.read' is not granted by {who}: 'a'");
    assert_eq!(lines[..2], ["text", "text"]);
    assert_eq!(lines[2], denied("the host program"));
    assert!(lines[3].starts_with("ValueError: no capability is called `fs.raed`"), "{output}");
    assert_eq!(lines[4], denied("MOLT_CAPABILITIES"));
    assert_eq!(lines[5..], ["text", "1"]);
}
