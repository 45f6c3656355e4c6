//! Equal sources give equal bytes: in two folders, with one job and with several, from scratch and from the cache.

mod support;

use std::path::Path;
use support::{copy, files, folder, handlers, molt, succeed};

const SCRIPT: &str = "from handlers import model\nimport sys\nprint(model.Version('1.2.3'), sys.argv[1:])\n";

fn build(dir: &Path, emit: &str, out: &str, flags: &[&str]) {
    let (what, name) = match emit {
        "bin" => ("main.py", "main"),
        "obj" => ("handlers", "objects"),
        _ => ("handlers", "libhandlers.a"),
    };
    succeed(molt(dir).args(["build", what, "--emit", emit, "-o", &format!("{out}/{name}")]).args(flags));
}

/// Both folders have the same files with the same bytes; how many.
fn assert_equal(one: &Path, two: &Path) -> usize {
    let names = files(one);
    assert_eq!(names, files(two));
    for name in &names {
        let read = |dir: &Path| std::fs::read(dir.join(name)).expect("an output");
        assert!(read(one) == read(two), "{} differs", name.display());
    }
    names.len()
}

#[test]
fn two_folders_and_any_number_of_jobs_give_equal_bytes() {
    let (one, two) = (folder(&[("main.py", SCRIPT)]), folder(&[("deep/er/main.py", SCRIPT)]));
    let two_dir = two.path().join("deep/er");
    copy(&handlers(), &one.path().join("handlers"));
    copy(&handlers(), &two_dir.join("handlers"));
    for (profile, out) in [(&["--release"][..], "release"), (&[], "debug")] {
        let flags = |jobs| [profile, &["--no-cache", "-j", jobs]].concat();
        for emit in ["obj", "staticlib", "bin"] {
            build(one.path(), emit, out, &flags("1"));
            build(&two_dir, emit, out, &flags("4"));
        }
        let (a, b) = (one.path().join(out), two_dir.join(out));
        assert!(assert_equal(&a, &b) > 8);
        for name in files(&a) {
            let path = one.path().to_string_lossy().into_owned();
            let bytes = std::fs::read(a.join(&name)).expect("an output");
            assert!(!contains(&bytes, path.as_bytes()), "{} has a path of this machine in it", name.display());
        }
        let output = std::process::Command::new(a.join("main")).arg("x").output().expect("it runs");
        assert_eq!(String::from_utf8_lossy(&output.stdout), "1.2.3 ['x']\n");
    }
}

#[test]
fn what_comes_from_the_cache_has_equal_bytes() {
    let dir = folder(&[("main.py", SCRIPT)]);
    copy(&handlers(), &dir.path().join("handlers"));
    for (out, cache) in [("none", &["--no-cache"][..]), ("filled", &[]), ("used", &[])] {
        for emit in ["obj", "staticlib", "bin"] {
            build(dir.path(), emit, out, &[&["--release"], cache].concat());
        }
    }
    assert!(assert_equal(&dir.path().join("none"), &dir.path().join("filled")) > 8);
    assert_equal(&dir.path().join("none"), &dir.path().join("used"));
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
