//! `molt package`, `molt publish`, and the checks of what they made.

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use molt_build::package::archive::{self, Files};
use serde_json::Value;
use support::{files, folder, messages, molt, refuse, run, shop, succeed, write, write_shop};

/// Where nobody says who builds and when.
fn local(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = molt(dir);
    command.args(arguments);
    for name in ["SOURCE_DATE_EPOCH", "MOLT_BUILDER_ID", "GITHUB_SERVER_URL", "GITHUB_WORKFLOW_REF"] {
        command.env_remove(name);
    }
    command
}

/// A project with a program alone, whose packages are small.
fn program() -> tempfile::TempDir {
    let dir = shop();
    let toml = std::fs::read_to_string(dir.path().join("molt.toml")).unwrap();
    write(&dir.path().join("molt.toml"), toml.replace("exports = [\"stock\"]\n", "").as_bytes());
    succeed(&mut local(dir.path(), &["lock"]));
    dir
}

/// Makes the package of a project, in `out`.
fn package(dir: &Path) -> PathBuf {
    let messages = messages(&mut local(dir, &["package", "-o", "out"]));
    dir.join(messages[0]["path"].as_str().expect("a path"))
}

fn content(path: &Path) -> Files {
    archive::read(&std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn a_package_holds_what_was_built_and_what_it_is_made_of() {
    let (one, below) = (shop(), folder(&[]));
    let two = below.path().join("a longer/path");
    std::fs::create_dir_all(&two).unwrap();
    write_shop(&two);
    let path = package(one.path());
    assert!(std::fs::read(&path).unwrap() == std::fs::read(package(&two)).unwrap(), "packages differ");
    assert!(path.file_name().unwrap().to_str().unwrap().starts_with("shop-1.4.0-"), "{}", path.display());

    let found = content(&path);
    let names: Vec<_> = found.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "SHA256SUMS",
            "bin/shop",
            "include/shop.h",
            "lib/libshop.a",
            "licences/LICENSE",
            "licences/molt/LICENSE-APACHE",
            "licences/molt/LICENSE-MIT",
            "licences/packages/tea-pot/tea_pot-1.2.0.dist-info/LICENSE",
            "manifest.json",
            "molt.lock",
            "provenance.json",
            "sbom.cdx.json",
        ]
    );
    assert_eq!(found["molt.lock"].bytes, std::fs::read(one.path().join("molt.lock")).unwrap());
    let json = |name: &str| serde_json::from_slice::<Value>(&found[name].bytes).unwrap();
    let subjects: Vec<_> =
        json("provenance.json")["subject"].as_array().unwrap().iter().map(|s| s["name"].clone()).collect();
    assert_eq!(subjects, ["bin/shop", "include/shop.h", "lib/libshop.a"]);
    assert_eq!(json("sbom.cdx.json")["bomFormat"], "CycloneDX");

    // Any tar unpacks it, any sha256sum checks it, and the binary runs and names its lock.
    let unpacked = folder(&[]);
    succeed(Command::new("tar").arg("-xzf").arg(&path).current_dir(unpacked.path()));
    if cfg!(target_os = "linux") {
        succeed(Command::new("sha256sum").args(["--check", "--quiet", "SHA256SUMS"]).current_dir(unpacked.path()));
    }
    let binary = unpacked.path().join("bin/shop");
    assert_eq!(succeed(&mut Command::new(&binary)), "tea tea \n");
    for file in [binary, unpacked.path().join("lib/libshop.a")] {
        succeed(local(one.path(), &["verify", "--binary"]).arg(file));
    }
    let messages = messages(local(one.path(), &["verify", "--package"]).arg(&path));
    assert_eq!((&messages[0]["name"], &messages[0]["version"]), (&"shop".into(), &"1.4.0".into()));
}

#[test]
fn licences_of_what_is_in_the_program_go_with_it() {
    let dir = program();
    let has = |path: &Path| content(path).contains_key("licences/molt/PSF-LICENSE");
    assert!(!has(&package(dir.path())));
    write(&dir.path().join("src/app.py"), b"import keyword\nprint(keyword.iskeyword('if'))\n");
    succeed(&mut local(dir.path(), &["lock"]));
    assert!(has(&package(dir.path())));
}

#[test]
fn only_a_locked_project_is_packed() {
    let dir = program();
    write(&dir.path().join("src/stock.py"), b"Cups = int\n");
    assert!(refuse(&mut local(dir.path(), &["package"])).contains("MOLT0414"));
    let toml = std::fs::read_to_string(dir.path().join("molt.toml")).unwrap();
    for (version, fits) in [("1.4 beta/2", false), ("..", false), ("1.4.0-beta.1+x", true)] {
        write(&dir.path().join("molt.toml"), toml.replace("1.4.0", version).as_bytes());
        succeed(&mut local(dir.path(), &["lock"]));
        let text = String::from_utf8_lossy(&run(&mut local(dir.path(), &["package"])).stderr).into_owned();
        assert_eq!(text.contains("MOLT0476"), !fits, "{text}");
    }
}

#[test]
fn a_package_that_was_changed_is_refused() {
    let dir = program();
    let path = package(dir.path());
    let whole = content(&path);
    let check = |change: &dyn Fn(&mut Files), parts: &[&str]| {
        let mut files = whole.clone();
        change(&mut files);
        let changed = dir.path().join("changed.moltpkg");
        write(&changed, &archive::write(&files).unwrap());
        let text = refuse(local(dir.path(), &["verify", "--package"]).arg(&changed));
        for part in parts.iter().chain(&["MOLT0473", "changed.moltpkg", "help: "]) {
            assert!(text.contains(part), "{part:?} is missing in\n{text}");
        }
        // Nor is it published.
        refuse(local(dir.path(), &["publish", "registry"]).arg(&changed));
        assert!(!dir.path().join("registry").exists());
    };
    let edit = |files: &mut Files, name: &str| files.get_mut(name).unwrap().bytes.push(0);
    check(&|files| edit(files, "bin/shop"), &["`bin/shop` in the package is not the listed one", "expected sha256:"]);
    check(&|files| drop(files.remove("molt.lock")), &["`molt.lock` is listed, but not in the package"]);
    check(&|files| drop(files.remove("SHA256SUMS")), &["the package has no `SHA256SUMS`"]);
    check(&|files| drop(files.insert("bin/more".to_owned(), files["bin/shop"].clone())), &["`bin/more` is not listed"]);
    check(&|files| edit(files, "manifest.json"), &["`manifest.json` of the package is not valid"]);
    // Digests that fit each other, and a name that leads out of the registry.
    check(
        &|files| {
            let text = String::from_utf8(files["manifest.json"].bytes.clone()).unwrap();
            let before = molt_build::sha256::of(text.as_bytes());
            let text = text.replace("\"name\": \"shop\"", "\"name\": \"../shop\"");
            let sums = String::from_utf8(files["SHA256SUMS"].bytes.clone()).unwrap();
            let sums = sums.replace(&before, &molt_build::sha256::of(text.as_bytes()));
            files.get_mut("manifest.json").unwrap().bytes = text.into_bytes();
            files.get_mut("SHA256SUMS").unwrap().bytes = sums.into_bytes();
        },
        &["names what can't be named so"],
    );
    let bytes = std::fs::read(&path).unwrap();
    for wrong in [&bytes[..bytes.len() / 2], b"", b"no package"] {
        write(&dir.path().join("wrong"), wrong);
        assert!(refuse(&mut local(dir.path(), &["verify", "--package", "wrong"])).contains("MOLT0473"));
    }
}

#[test]
fn what_is_published_stays() {
    let (dir, other) = (program(), folder(&[]));
    let registry = other.path().join("registry");
    let url = format!("file://{}", registry.display());
    let path = package(dir.path());
    let name = path.file_name().unwrap().to_str().unwrap().to_owned();
    let published = |arguments: &[&str]| {
        let messages = messages(&mut local(dir.path(), &[&["publish", &url], arguments].concat()));
        assert_eq!(messages[0]["reason"], "published");
        messages[0]["added"] == true
    };
    assert!(published(&[&format!("out/{name}")]));
    // The project's package, made anew, has the same bytes.
    assert!(!published(&[]));
    let destination = registry.join("shop/1.4.0").join(&name);
    let first = std::fs::read(&destination).unwrap();
    assert!(first == std::fs::read(&path).unwrap());

    write(&dir.path().join("src/app.py"), b"print('coffee')\n");
    succeed(&mut local(dir.path(), &["lock"]));
    let text = refuse(&mut local(dir.path(), &["publish", &url]));
    for part in ["MOLT0474", &name, "published sha256:", "help: raise `package.version`"] {
        assert!(text.contains(part), "{part:?} is missing in\n{text}");
    }
    assert!(first == std::fs::read(&destination).unwrap());
    // Nor is it replaced where the file is gone but the index remembers it.
    std::fs::remove_file(&destination).unwrap();
    assert!(refuse(&mut local(dir.path(), &["publish", &url])).contains("MOLT0474"));
    write(&destination, &first);

    let toml = std::fs::read_to_string(dir.path().join("molt.toml")).unwrap();
    write(&dir.path().join("molt.toml"), toml.replace("1.4.0", "1.3.9").as_bytes());
    succeed(&mut local(dir.path(), &["lock"]));
    assert!(published(&[]));
    let index = std::fs::read(registry.join("shop/index.json")).unwrap();
    let read: Value = serde_json::from_slice(&index).unwrap();
    let versions: Vec<_> = read["packages"].as_array().unwrap().iter().map(|p| p["version"].clone()).collect();
    assert_eq!(versions, ["1.3.9", "1.4.0"]);
    for published in read["packages"].as_array().unwrap() {
        let path = registry.join("shop").join(published["path"].as_str().unwrap());
        assert_eq!(molt_build::sha256::of_file(&path).unwrap().0, published["sha256"].as_str().unwrap());
    }
    // A publication that was interrupted before the index was written is completed.
    let older = serde_json::json!({"schema": 1, "name": "shop", "packages": [read["packages"][1]]});
    write(&registry.join("shop/index.json"), older.to_string().as_bytes());
    assert!(!published(&[]));
    assert!(index == std::fs::read(registry.join("shop/index.json")).unwrap());
    write(&registry.join("shop/index.json"), b"{}");
    assert!(refuse(&mut local(dir.path(), &["publish", &url])).contains("MOLT0475"));
    assert!(refuse(&mut local(dir.path(), &["publish", "https://example.invalid/"])).contains("MOLT0475"));
    let left: Vec<_> = files(&registry).into_iter().filter(|file| file.to_string_lossy().contains(".tmp")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn publications_at_the_same_time_take_turns() {
    let (dir, other) = (program(), folder(&[]));
    let registry = other.path().join("registry");
    let toml = std::fs::read_to_string(dir.path().join("molt.toml")).unwrap();
    let mut packages = Vec::new();
    for version in ["1.0", "1.1", "1.2", "1.3"] {
        write(&dir.path().join("molt.toml"), toml.replace("1.4.0", version).as_bytes());
        succeed(&mut local(dir.path(), &["lock"]));
        packages.push(package(dir.path()));
    }
    let running: Vec<_> = packages
        .iter()
        .map(|path| local(dir.path(), &["publish"]).arg(&registry).arg(path).spawn().expect("it starts"))
        .collect();
    for mut one in running {
        assert!(one.wait().unwrap().success());
    }
    let index: Value = serde_json::from_slice(&std::fs::read(registry.join("shop/index.json")).unwrap()).unwrap();
    assert_eq!(index["packages"].as_array().unwrap().len(), 4);
}
