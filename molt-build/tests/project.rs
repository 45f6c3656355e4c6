//! Projects: what a lock holds, and that every difference from it is refused.

mod support;

use std::path::Path;
use std::process::Command;

use support::{files, folder, molt, run, succeed, write};
use tempfile::TempDir;

const INDEX: &str = r#"{
  "schema": 1,
  "packages": [
    {
      "name": "tea-pot", "version": "1.2.0", "tier": "A", "source": "find-links",
      "artifact": "tea_pot-1.2.0-py3-none-any.whl", "sha256": "00ff", "top_level": ["teapot"]
    }
  ]
}
"#;

/// A locked project with a vendored package.
fn project() -> TempDir {
    let dir = folder(&[
        (
            "molt.toml",
            "[package]\nname = \"shop\"\nroots = [\"src\"]\nmain = \"src/app.py\"\n[dependencies]\ntea_pot = \"1.2.0\"\n",
        ),
        ("src/app.py", "import teapot\nfrom shop import stock\nprint(teapot.pour(stock.CUPS))\n"),
        ("src/shop/__init__.py", ""),
        ("src/shop/stock.py", "CUPS = 2\n"),
        ("vendor/manifest.json", INDEX),
        ("vendor/tea-pot/teapot/__init__.py", "from .spout import pour\n"),
        ("vendor/tea-pot/teapot/spout.py", "def pour(cups):\n    return 'tea ' * cups\n"),
        ("vendor/tea-pot/tea_pot-1.2.0.dist-info/LICENSE", "MIT\n"),
    ]);
    succeed(molt(dir.path()).arg("lock"));
    dir
}

/// `molt` in a folder, outside of continuous integration.
fn local(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = molt(dir);
    command.args(arguments).env_remove("CI");
    command
}

/// What a refused command says. Nothing may have been written.
fn refused(dir: &Path, arguments: &[&str]) -> String {
    let before = files(dir);
    let output = run(&mut local(dir, arguments));
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {text}");
    let outputs: Vec<_> = files(dir).into_iter().filter(|file| !file.starts_with(".molt")).collect();
    assert_eq!(outputs, before.into_iter().filter(|file| !file.starts_with(".molt")).collect::<Vec<_>>());
    text
}

/// A change that every build must refuse, with what the message says.
fn tampered(change: impl FnOnce(&Path), parts: &[&str]) {
    let dir = project();
    change(dir.path());
    for arguments in [&["build"][..], &["build", "--release"], &["build", "src/app.py"], &["lock", "--check"]] {
        let text = refused(dir.path(), arguments);
        for part in parts {
            assert!(text.contains(part), "{arguments:?}: {part:?} is missing in\n{text}");
        }
        assert!(text.contains("help: "), "no way out in\n{text}");
    }
}

#[test]
fn a_locked_project_builds_and_runs() {
    let dir = project();
    for profile in [&["build"][..], &["build", "--release"]] {
        let output = run(&mut local(dir.path(), profile));
        assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(succeed(&mut Command::new(dir.path().join("shop"))), "tea tea \n");
    }
    succeed(&mut local(dir.path(), &["lock", "--check"]));
    // From a folder inside, and for a path in it.
    succeed(&mut local(&dir.path().join("src"), &["build", "-o", "../again"]));
    assert_eq!(
        std::fs::read(dir.path().join("again")).unwrap(),
        std::fs::read({
            succeed(&mut local(dir.path(), &["build"]));
            dir.path().join("shop")
        })
        .unwrap()
    );
}

#[test]
fn the_current_folder_is_a_root_by_default() {
    let dir = folder(&[
        ("molt.toml", "[package]\nname = \"shop\"\nmain = \"app.py\"\n"),
        ("app.py", "import stock\nprint(stock.CUPS)\n"),
        ("stock.py", "CUPS = 2\n"),
        // What a tool marks as its cache is no part of the project.
        ("target/CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n"),
        ("target/generated.py", "import nowhere\n"),
    ]);
    succeed(&mut local(dir.path(), &["lock"]));
    let lock = std::fs::read_to_string(dir.path().join("molt.lock")).expect("a lock");
    assert!(lock.contains("stock.py") && !lock.contains("generated.py"), "{lock}");
    assert_eq!(succeed(&mut local(dir.path(), &["run", "app.py"])), "2\n");
}

#[test]
fn a_lock_is_the_same_everywhere() {
    let (one, two) = (project(), project());
    let lock = |dir: &TempDir| std::fs::read_to_string(dir.path().join("molt.lock")).unwrap();
    assert_eq!(lock(&one), lock(&two));
    assert!(!lock(&one).contains(one.path().to_str().unwrap()));
    let before = lock(&one);
    succeed(molt(one.path()).arg("lock"));
    assert_eq!(lock(&one), before);
}

#[test]
fn a_vendored_file_that_is_edited() {
    tampered(
        |dir| write(&dir.join("vendor/tea-pot/teapot/spout.py"), b"def pour(cups):\n    return 'mud ' * cups\n"),
        &["MOLT0414", "vendor/tea-pot/teapot/spout.py", "expected blake3:", "found blake3:", "molt vendor"],
    );
}

#[test]
fn a_vendored_file_that_is_cut_short() {
    tampered(
        |dir| write(&dir.join("vendor/tea-pot/teapot/spout.py"), b"def pour"),
        &["MOLT0414", "(41 bytes)", "(8 bytes)"],
    );
}

#[test]
fn a_file_added_to_a_vendored_package() {
    tampered(|dir| write(&dir.join("vendor/tea-pot/math.py"), b""), &["MOLT0416", "vendor/tea-pot/math.py"]);
    tampered(|dir| write(&dir.join("vendor/tea-pot/teapot/data.txt"), b""), &["MOLT0416", "teapot/data.txt"]);
    tampered(|dir| write(&dir.join("vendor/coffee/coffee.py"), b""), &["MOLT0416", "vendor/coffee"]);
}

#[test]
fn a_vendored_file_that_is_removed_or_renamed() {
    let file = "vendor/tea-pot/tea_pot-1.2.0.dist-info/LICENSE";
    tampered(|dir| std::fs::remove_file(dir.join(file)).unwrap(), &["MOLT0415", file]);
    tampered(
        |dir| std::fs::rename(dir.join(file), dir.join("vendor/tea-pot/COPYING")).unwrap(),
        &["MOLT0415", file, "MOLT0416", "vendor/tea-pot/COPYING"],
    );
    tampered(|dir| std::fs::remove_dir_all(dir.join("vendor/tea-pot")).unwrap(), &["MOLT0415", "tea-pot"]);
}

#[test]
fn a_vendored_file_in_another_case() {
    let rename =
        |from: &'static str, to: &'static str| move |dir: &Path| std::fs::rename(dir.join(from), dir.join(to)).unwrap();
    let file = "vendor/tea-pot/teapot/spout.py";
    tampered(rename(file, "vendor/tea-pot/teapot/Spout.py"), &["MOLT0415", "MOLT0416", "Spout.py"]);
    tampered(|dir| write(&dir.join("vendor/tea-pot/teapot/SPOUT.py"), b""), &["MOLT0418", "where case does not count"]);
}

#[cfg(unix)]
#[test]
fn a_link_in_a_vendored_package() {
    use std::os::unix::fs::symlink;
    let file = "vendor/tea-pot/teapot/spout.py";
    tampered(
        |dir| {
            std::fs::rename(dir.join(file), dir.join("spout.py")).unwrap();
            symlink(dir.join("spout.py"), dir.join(file)).unwrap();
        },
        &["MOLT0417", file],
    );
    tampered(|dir| symlink("../src", dir.join("vendor/root")).unwrap(), &["MOLT0417", "vendor/root"]);
    tampered(
        |dir| {
            std::fs::rename(dir.join("vendor/tea-pot"), dir.join("pot")).unwrap();
            symlink("../pot", dir.join("vendor/tea-pot")).unwrap();
        },
        &["MOLT0417", "vendor/tea-pot"],
    );
}

#[test]
fn a_wrong_digest_in_the_lock() {
    let edit = |from: &'static str, to: &'static str| {
        move |dir: &Path| {
            let lock = std::fs::read_to_string(dir.join("molt.lock")).unwrap();
            assert!(lock.contains(from), "{lock}");
            std::fs::write(dir.join("molt.lock"), lock.replacen(from, to, 1)).unwrap();
        }
    };
    tampered(edit("sha256 = \"00ff\"", "sha256 = \"00fe\""), &["MOLT0414", "sha256 of `tea-pot`", "expected 00fe"]);
    tampered(edit("tree = \"", "tree = \"0"), &["MOLT0411", "digest"]);
    tampered(edit("size = 41", "size = 45"), &["MOLT0414", "(45 bytes)"]);
    tampered(edit("schema = 1", "schema = 2"), &["MOLT0411", "format 2"]);
}

#[test]
fn a_dependency_that_is_not_vendored() {
    let dir = project();
    let manifest = std::fs::read_to_string(dir.path().join("molt.toml")).unwrap();
    for (line, message) in
        [("tea_pot = \"1.3.0\"", "version 1.2.0 is vendored"), ("cup = \"1.0\"\ntea_pot = \"1.2.0\"", "`cup`")]
    {
        std::fs::write(dir.path().join("molt.toml"), manifest.replace("tea_pot = \"1.2.0\"", line)).unwrap();
        for arguments in [&["build"][..], &["lock"]] {
            let text = refused(dir.path(), arguments);
            assert!(text.contains("MOLT0423") && text.contains(message) && text.contains("molt vendor"), "{text}");
        }
    }
}

#[test]
fn own_files_are_enforced_where_it_matters() {
    let dir = project();
    write(&dir.path().join("src/shop/stock.py"), b"CUPS = 3\n");
    let output = run(&mut local(dir.path(), &["build"]));
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && text.contains("warning[MOLT0413]") && text.contains("`molt lock`"), "{text}");
    assert_eq!(succeed(&mut Command::new(dir.path().join("shop"))), "tea tea tea \n");
    std::fs::remove_file(dir.path().join("shop")).unwrap();
    for arguments in
        [&["build", "--release"][..], &["build", "--locked"], &["lock", "--check"], &["run", "--locked", "src/app.py"]]
    {
        let text = refused(dir.path(), arguments);
        assert!(text.contains("MOLT0414") && text.contains("src/shop/stock.py"), "{text}");
    }
    let output = run(molt(dir.path()).arg("build").env("CI", "true"));
    assert_eq!(output.status.code(), Some(1), "CI is strict");
    succeed(molt(dir.path()).arg("lock"));
    succeed(&mut local(dir.path(), &["build", "--release"]));
}

#[test]
fn a_new_module_and_a_script_outside_the_roots_are_unlisted() {
    let dir = project();
    write(&dir.path().join("src/shop/extra.py"), b"");
    assert!(refused(dir.path(), &["build", "--release"]).contains("MOLT0416"));
    std::fs::remove_file(dir.path().join("src/shop/extra.py")).unwrap();
    write(&dir.path().join("tools/x.py"), b"print(1)\n");
    let text = refused(dir.path(), &["build", "--release", "tools/x.py"]);
    assert!(text.contains("MOLT0416") && text.contains("tools/x.py"), "{text}");
}

#[test]
fn a_manifest_that_changed_is_named_by_key() {
    let dir = project();
    let manifest = std::fs::read_to_string(dir.path().join("molt.toml")).unwrap();
    std::fs::write(dir.path().join("molt.toml"), manifest.replace("\"shop\"", "\"store\"")).unwrap();
    let text = refused(dir.path(), &["build", "--release"]);
    assert!(text.contains("MOLT0413") && text.contains("`package.name` is store in molt.toml and shop in"), "{text}");
}

#[test]
fn a_lock_of_another_compiler_is_refused() {
    let dir = project();
    let lock = std::fs::read_to_string(dir.path().join("molt.lock")).unwrap();
    std::fs::write(dir.path().join("molt.lock"), lock.replace("compiler = \"", "compiler = \"0")).unwrap();
    assert!(refused(dir.path(), &["build", "--release"]).contains("MOLT0421"));
}

#[test]
fn a_project_without_a_lock() {
    let dir = project();
    std::fs::remove_file(dir.path().join("molt.lock")).unwrap();
    assert!(refused(dir.path(), &["build"]).contains("MOLT0412"), "vendored packages need a lock");
    let plain = folder(&[("molt.toml", "[package]\nname = \"a\"\nmain = \"a.py\"\n"), ("a.py", "print(1)\n")]);
    succeed(&mut local(plain.path(), &["run", "a.py"]));
    assert!(refused(plain.path(), &["build", "--release"]).contains("MOLT0412"));
}

#[test]
fn the_standard_library_comes_before_vendored_packages() {
    let dir = project();
    write(&dir.path().join("vendor/tea-pot/math.py"), b"sqrt = None\n");
    write(&dir.path().join("src/app.py"), b"import math\nprint(math.sqrt(4))\n");
    succeed(molt(dir.path()).arg("lock"));
    assert_eq!(succeed(&mut local(dir.path(), &["run", "src/app.py"])), "2.0\n");
}

#[test]
fn tracebacks_name_files_relative_to_the_project() {
    let dir = project();
    write(&dir.path().join("vendor/tea-pot/teapot/spout.py"), b"def pour(cups):\n    return cups // 0\n");
    succeed(molt(dir.path()).arg("lock"));
    succeed(&mut local(dir.path(), &["build"]));
    let output = run(&mut Command::new(dir.path().join("shop")));
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(
        text.contains("\"src/app.py\", line 3") && text.contains("\"vendor/tea-pot/teapot/spout.py\", line 2"),
        "{text}"
    );
}

#[test]
fn json_names_the_changes() {
    let dir = project();
    write(&dir.path().join("src/shop/stock.py"), b"CUPS = 3\n");
    let text = succeed(molt(dir.path()).args(["lock", "--message-format", "json"]));
    let messages: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(messages[0]["change"]["file-changed"], "src/shop/stock.py");
    assert_eq!(messages.last().unwrap()["success"], true);
}
