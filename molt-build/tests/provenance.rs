//! `molt build --provenance`: what the statement says, and that it is the same everywhere.

mod support;

use std::path::Path;
use std::process::Command;

use serde_json::Value;
use support::{folder, molt, run, shop, succeed};

/// `molt build` where nobody says who builds and when.
fn build(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = molt(dir);
    command.arg("build").args(arguments);
    for name in ["SOURCE_DATE_EPOCH", "MOLT_BUILDER_ID", "GITHUB_SERVER_URL", "GITHUB_WORKFLOW_REF"] {
        command.env_remove(name);
    }
    command
}

fn statement(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).expect("a statement")).expect("JSON")
}

fn sha256(path: &Path) -> String {
    molt_build::sha256::of_file(path).expect("an output").0
}

#[test]
fn it_names_outputs_and_inputs() {
    let dir = shop();
    succeed(&mut build(dir.path(), &["--release", "--provenance"]));
    let found = statement(&dir.path().join("shop.provenance.json"));
    assert_eq!(found["_type"], "https://in-toto.io/Statement/v1");
    assert_eq!(found["predicateType"], "https://slsa.dev/provenance/v1");
    assert_eq!(found["subject"][0]["name"], "shop");
    assert_eq!(found["subject"][0]["digest"]["sha256"], sha256(&dir.path().join("shop")).as_str());
    let definition = &found["predicate"]["buildDefinition"];
    assert_eq!(definition["externalParameters"]["source"], "shop 1.4.0");
    assert_eq!(definition["externalParameters"]["profile"], "release");
    for tool in ["cCompiler", "linker"] {
        let version = definition["internalParameters"][tool].as_str().unwrap();
        assert!(version != "unknown" && version.contains('.'), "{tool}: {version}");
    }
    let materials = definition["resolvedDependencies"].as_array().unwrap();
    let digest = |uri: &str, algorithm: &str| {
        let material = materials.iter().find(|one| one["uri"] == uri).unwrap_or_else(|| panic!("no {uri}"));
        material["digest"][algorithm].as_str().expect("a digest").to_owned()
    };
    assert_eq!(digest("file:molt.lock", "sha256"), sha256(&dir.path().join("molt.lock")));
    assert!(digest("pkg:pypi/tea-pot@1.2.0", "sha256").starts_with("e3b0c442"));
    assert!(molt_build::sha256::is_digest(&digest("pkg:cargo/molt-runtime@0.1.0", "sha256")));
    assert!(found["predicate"]["runDetails"]["builder"]["id"].as_str().unwrap().contains("local"));
    assert_eq!(found["predicate"]["runDetails"]["metadata"], Value::Null);
}

#[test]
fn it_is_the_same_everywhere() {
    let (one, two) = (shop(), shop());
    for emit in ["bin", "staticlib", "obj", "header"] {
        let arguments = ["--release", "--emit", emit, "-o", "out/x", "--provenance=out/p.json"];
        succeed(&mut build(one.path(), &arguments));
        succeed(build(two.path(), &arguments).args(["-j", "1", "--no-cache"]));
        let text = |dir: &Path| std::fs::read_to_string(dir.join("out/p.json")).unwrap();
        assert_eq!(text(one.path()), text(two.path()), "{emit}");
        assert!(!text(one.path()).contains(one.path().to_str().unwrap()), "{emit}");
        let _ = std::fs::remove_file(one.path().join("out/x"));
        let _ = std::fs::remove_file(two.path().join("out/x"));
        let subjects = statement(&one.path().join("out/p.json"))["subject"].as_array().unwrap().len();
        if emit == "obj" {
            assert_eq!(subjects, support::files(&one.path().join("out/x")).len());
            std::fs::remove_dir_all(one.path().join("out/x")).unwrap();
            std::fs::remove_dir_all(two.path().join("out/x")).unwrap();
        } else {
            assert_eq!(subjects, 1, "{emit}");
        }
    }
}

#[test]
fn who_and_when_are_said_or_left_out() {
    let dir = folder(&[("x.py", "import typing\nprint(1)\n")]);
    let details = |command: &mut Command| {
        succeed(command);
        statement(&dir.path().join("x.provenance.json"))["predicate"]["runDetails"].clone()
    };
    let mut first = build(dir.path(), &["x.py", "--provenance", "--builder-id", "https://example.invalid/me"]);
    let found =
        details(first.env("SOURCE_DATE_EPOCH", "1700000000").env("MOLT_BUILDER_ID", "https://example.invalid/ci"));
    assert_eq!(found["builder"]["id"], "https://example.invalid/me");
    assert_eq!(found["metadata"]["finishedOn"], "2023-11-14T22:13:20Z");
    let mut second = build(dir.path(), &["x.py", "--provenance"]);
    second
        .env("GITHUB_SERVER_URL", "https://example.invalid")
        .env("GITHUB_WORKFLOW_REF", "o/r/.github/workflows/ci.yml@main");
    assert_eq!(details(&mut second)["builder"]["id"], "https://example.invalid/o/r/.github/workflows/ci.yml@main");
    // A script has no lock: its sources are named, and those that Molt supplies.
    let found = statement(&dir.path().join("x.provenance.json"));
    let materials = found["predicate"]["buildDefinition"]["resolvedDependencies"].as_array().unwrap();
    let script = materials.iter().find(|one| one["uri"] == "file:x.py").expect("the script");
    assert_eq!(script["digest"]["sha256"], sha256(&dir.path().join("x.py")).as_str());
    assert!(materials.iter().any(|one| one["uri"] == "file:<molt>/typing.py"));
}

#[test]
fn a_lock_is_only_named_where_it_was_kept() {
    let dir = shop();
    support::write(
        &dir.path().join("src/stock.py"),
        b"class Cups:\n    def __init__(self, n):\n        self.count = n\n",
    );
    succeed(build(dir.path(), &["--provenance"]).env_remove("CI"));
    let text = std::fs::read_to_string(dir.path().join("shop.provenance.json")).unwrap();
    assert!(!text.contains("molt.lock") && text.contains("file:src/stock.py"), "{text}");
    assert_eq!(run(&mut build(dir.path(), &["--builder-id", "x"])).status.code(), Some(2));
}
