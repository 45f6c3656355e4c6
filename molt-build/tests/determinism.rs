//! Equal sources give equal bytes: in two folders, with one job and with several, from scratch and from the cache.

mod support;

use std::path::Path;
use support::{copy, files, folder, handlers, molt, succeed};

const SCRIPT: &str = "from handlers import model\nimport sys\nprint(model.Version('1.2.3'), sys.argv[1:])\n";

fn build(dir: &Path, emit: &str, jobs: &str) {
    let (what, out) = match emit {
        "bin" => ("main.py", "out/main"),
        "obj" => ("handlers", "out/objects"),
        _ => ("handlers", "out/libhandlers.a"),
    };
    succeed(molt(dir).args(["build", what, "--emit", emit, "-o", out, "-j", jobs, "--no-cache", "--release"]));
}

#[test]
fn two_folders_and_any_number_of_jobs_give_equal_bytes() {
    let (one, two) = (folder(&[("main.py", SCRIPT)]), folder(&[("deep/er/main.py", SCRIPT)]));
    let two_dir = two.path().join("deep/er");
    copy(&handlers(), &one.path().join("handlers"));
    copy(&handlers(), &two_dir.join("handlers"));
    for emit in ["obj", "staticlib", "bin"] {
        build(one.path(), emit, "1");
        build(&two_dir, emit, "2");
    }
    let names = files(&one.path().join("out"));
    assert_eq!(names, files(&two_dir.join("out")));
    assert!(names.len() > 8, "{names:?}");
    for name in names {
        let read = |dir: &Path| std::fs::read(dir.join("out").join(&name)).expect("an output");
        let (a, b) = (read(one.path()), read(&two_dir));
        assert!(a == b, "{} differs", name.display());
        let path = one.path().to_string_lossy().into_owned();
        assert!(!contains(&a, path.as_bytes()), "{} has a path of this machine in it", name.display());
    }
    let output = std::process::Command::new(one.path().join("out/main")).arg("x").output().expect("it runs");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "1.2.3 ['x']\n");
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
