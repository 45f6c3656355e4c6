//! A second build compiles nothing, and an edit compiles what it affects.

mod support;

use std::path::Path;
use support::{folder, molt, succeed, write};

/// How many of how many modules were compiled.
fn compiled(dir: &Path) -> (u64, u64) {
    let text = succeed(molt(dir).args(["build", "app", "--emit", "obj", "-o", "out", "--message-format", "json"]));
    let last: serde_json::Value = text.lines().last().and_then(|line| serde_json::from_str(line).ok()).expect("JSON");
    (last["compiled"].as_u64().expect("a number"), last["modules"].as_u64().expect("a number"))
}

#[test]
fn only_what_changed_is_compiled() {
    // The `.molt` folder makes the cache the project's own.
    let dir = folder(&[
        (".molt/.keep", ""),
        ("app/a.py", "import b\ndef f():\n    return b.g()\n"),
        ("app/b.py", "def g():\n    return 1\n"),
        ("app/c.py", "x = 1\n"),
    ]);
    assert_eq!(compiled(dir.path()), (3, 3));
    assert_eq!(compiled(dir.path()), (0, 3));

    // `c` is nobody's import.
    write(&dir.path().join("app/c.py"), b"x = 2\n");
    assert_eq!(compiled(dir.path()), (1, 3));

    // A new function changes the facts of `b`, which `a` was compiled against.
    write(&dir.path().join("app/b.py"), b"def g():\n    return 1\ndef h(x: int) -> int:\n    return x\n");
    assert_eq!(compiled(dir.path()), (2, 3));
    assert_eq!(compiled(dir.path()), (0, 3));

    // A cache that was damaged is made anew.
    let cache = dir.path().join(".molt/cache");
    for file in support::files(&cache) {
        write(&cache.join(file), b"rubbish");
    }
    assert_eq!(compiled(dir.path()), (3, 3));
}
