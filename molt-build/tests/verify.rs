//! `molt verify`: the digest of the lock in what was built, and building twice.

mod support;

use std::path::Path;
use std::process::Command;

use molt_build::link::note;
use support::{folder, messages, molt, refuse, shop, succeed, write};

/// `molt` in a folder, outside of continuous integration.
fn local(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = molt(dir);
    command.args(arguments).env_remove("CI");
    command
}

#[test]
fn whatever_is_built_in_a_project_says_from_which_lock() {
    let dir = shop();
    let outputs = [
        ("shop", &["build", "-o", "shop"][..]),
        ("released", &["build", "--release", "-o", "released"]),
        ("libshop.a", &["build", "--release", "--emit", "staticlib"]),
        ("objects/molt_program.o", &["build", "--emit", "obj", "-o", "objects"]),
        ("script", &["build", "src/app.py", "-o", "script"]),
    ];
    for (file, arguments) in outputs {
        succeed(&mut local(dir.path(), arguments));
        succeed(&mut local(dir.path(), &["verify", "--binary", file]));
    }
    // What stripping leaves is what counts.
    if Command::new("strip").arg("--strip-all").arg(dir.path().join("shop")).status().is_ok_and(|s| s.success()) {
        succeed(&mut local(dir.path(), &["verify", "--binary", "shop"]));
    }
    write(
        &dir.path().join("src/stock.py"),
        b"class Cups:\n    def __init__(self, count):\n        self.count = count\n",
    );
    succeed(&mut local(dir.path(), &["build", "-o", "edited"]));
    succeed(&mut local(dir.path(), &["lock"]));
    let text = refuse(&mut local(dir.path(), &["verify", "--binary", "released"]));
    for part in ["MOLT0471", "released", "expected blake3:", "found blake3:", "help: "] {
        assert!(text.contains(part), "{part:?} is missing in\n{text}");
    }
    // It was built from changed sources, which no lock described.
    assert!(refuse(&mut local(dir.path(), &["verify", "--binary", "edited"])).contains("MOLT0470"));
}

#[test]
fn what_is_built_elsewhere_says_nothing() {
    let (project, plain) = (shop(), folder(&[("x.py", "print(1)\n")]));
    succeed(&mut local(plain.path(), &["build", "x.py"]));
    let binary = plain.path().join("x");
    assert_eq!(note::locks(&binary).unwrap(), Vec::<[u8; 32]>::new());
    let text = refuse(molt(project.path()).arg("verify").arg("--binary").arg(&binary));
    assert!(text.contains("MOLT0470") && text.contains("help: "), "{text}");
    let output = support::run(&mut local(project.path(), &["verify", "--binary", "molt.toml"]));
    assert_eq!(output.status.code(), Some(3));
    assert!(refuse(&mut local(plain.path(), &["verify"])).contains("MOLT0424"));
}

#[test]
fn a_cargo_build_carries_the_digest_too() {
    let (dir, out) = (shop(), folder(&[]));
    let target = succeed(&mut local(dir.path(), &["doctor", "--message-format", "json"]));
    let target = target
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .find(|message| message["name"] == "target")
        .expect("the target");
    let output = molt_build::Build::new()
        .dir(dir.path().join("src"))
        .out_dir(out.path())
        .target(target["found"].as_str().unwrap())
        .profile(molt_build::Profile::Release)
        .name("shop")
        .cargo_metadata(false)
        .try_compile()
        .unwrap();
    let project = molt_build::project::Project::at(dir.path()).unwrap();
    let lock = project.lock().unwrap().unwrap();
    assert_eq!(note::locks(&output.archive.unwrap()).unwrap(), [lock.digest()]);
}

#[test]
fn a_changed_project_is_refused() {
    let dir = shop();
    assert_eq!(messages(&mut local(dir.path(), &["verify"]))[0]["files"], 2);
    write(&dir.path().join("vendor/milk/milk.py"), b"FAT = 4\n");
    assert!(refuse(&mut local(dir.path(), &["verify"])).contains("MOLT0414"));
    assert!(refuse(&mut local(dir.path(), &["verify", "--rebuild"])).contains("MOLT0414"));
}

#[test]
fn two_builds_give_equal_bytes() {
    let dir = shop();
    let messages = messages(&mut local(dir.path(), &["verify", "--rebuild", "-j", "3"]));
    let equal: Vec<_> =
        messages.iter().filter(|m| m["reason"] == "equal").map(|m| m["file"].as_str().unwrap()).collect();
    let programs = equal.iter().filter(|file| **file == "shop" || file.ends_with("/shop")).count();
    assert!(programs >= 1, "{equal:?}");
    for file in ["libshop.a", "shop.h", "objects/teapot.o", "objects/molt_program.o", "library-objects/stock.o"] {
        assert!(equal.contains(&file), "{file} is missing in {equal:?}");
    }
    assert_eq!(messages.last().unwrap()["reason"], "finished");
    // The copies that were built are gone, and nothing was left in the project.
    assert!(!dir.path().join("shop").exists());
}

#[cfg(unix)]
#[test]
fn a_difference_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let dir = shop();
    // A linker that lets its folder for temporary files into the binary.
    let script = "#!/bin/sh\ncc \"$@\" || exit 1\nwhile [ $# -gt 0 ]; do\n  [ \"$1\" = -o ] && echo \"$TMPDIR\" >> \"$2\"\n  shift\ndone\n";
    let tool = folder(&[("cc.sh", script)]);
    let path = tool.path().join("cc.sh");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    let text = refuse(local(dir.path(), &["verify", "--rebuild"]).env("CC", &path));
    for part in ["MOLT0472", "shop differs, at offset 0x", "help: ", "libshop.a: equal in both builds"] {
        assert!(text.contains(part), "{part:?} is missing in\n{text}");
    }
    let output = support::run(local(dir.path(), &["verify", "--rebuild", "--message-format", "json"]).env("CC", &path));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains(r#""reason":"difference""#) && text.lines().last().unwrap().contains(r#""success":false"#));
}
