//! `molt sbom`: what the document says, and that its schema would take it.

mod support;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use support::{messages, molt, shop, succeed, write};

fn sbom(dir: &Path, arguments: &[&str]) -> Value {
    serde_json::from_str(&succeed(molt(dir).arg("sbom").args(arguments))).expect("JSON")
}

fn component<'a>(document: &'a Value, name: &str) -> &'a Value {
    let components = document["components"].as_array().unwrap();
    components.iter().find(|component| component["name"] == name).unwrap_or_else(|| panic!("no {name}"))
}

fn property<'a>(component: &'a Value, name: &str) -> &'a str {
    let properties = component["properties"].as_array().unwrap();
    properties.iter().find(|property| property["name"] == name).and_then(|p| p["value"].as_str()).unwrap()
}

#[test]
fn everything_the_program_is_made_of_is_listed() {
    let dir = shop();
    let document = sbom(dir.path(), &[]);
    assert_eq!(document["metadata"]["component"]["purl"], "pkg:generic/shop@1.4.0");
    let tea = component(&document, "tea-pot");
    assert_eq!((&tea["purl"], &tea["scope"]), (&"pkg:pypi/tea-pot@1.2.0".into(), &"required".into()));
    assert_eq!(tea["licenses"][0]["expression"], "Apache-2.0 OR MIT");
    assert_eq!(tea["hashes"][0]["alg"], "SHA-256");
    // Nothing imports it, its licence is no expression, and its artifact's digest is none.
    let milk = component(&document, "milk");
    assert_eq!((&milk["scope"], &milk["hashes"]), (&"excluded".into(), &Value::Null));
    assert_eq!(milk["licenses"][0]["license"]["name"], "Free as in milk");
    let stdlib = component(&document, "molt-stdlib");
    let modules: Vec<_> = stdlib["components"].as_array().unwrap().iter().map(|module| &module["name"]).collect();
    assert_eq!(modules, ["<molt>/dataclasses.py"]);
    assert_eq!(stdlib["licenses"][0]["expression"], "MIT OR Apache-2.0");
    let dependencies = document["dependencies"].as_array().unwrap();
    let of = |reference: &str| &dependencies.iter().find(|one| one["ref"] == reference).unwrap()["dependsOn"];
    assert_eq!(*of("pkg:pypi/tea-pot@1.2.0"), serde_json::json!(["pkg:pypi/milk@3.0"]));
    assert!(of("pkg:generic/shop@1.4.0").as_array().unwrap().contains(&"pkg:pypi/tea-pot@1.2.0".into()));
}

#[test]
fn cpythons_modules_come_with_cpythons_licence() {
    let dir = shop();
    write(&dir.path().join("src/app.py"), b"import keyword\nprint(keyword.iskeyword('if'))\n");
    let document = sbom(dir.path(), &[]);
    let stdlib = component(&document, "molt-stdlib");
    let modules = stdlib["components"].as_array().unwrap();
    assert!(modules.iter().any(|module| module["name"].as_str().unwrap().ends_with("keyword.py")), "{modules:?}");
    assert_eq!(stdlib["licenses"][0]["expression"], "(MIT OR Apache-2.0) AND PSF-2.0");
}

#[test]
fn it_is_of_the_bytes_on_disk() {
    let (one, two) = (shop(), shop());
    let text = |dir: &Path| succeed(molt(dir).args(["sbom", "--files"]));
    assert_eq!(text(one.path()), text(two.path()));
    let before = sbom(two.path(), &["--files"]);
    write(&two.path().join("vendor/milk/milk.py"), b"FAT = 4\n");
    let after = sbom(two.path(), &["--files"]);
    let tree = |document: &Value| property(component(document, "milk"), "molt:tree-digest").to_owned();
    assert_ne!(tree(&before), tree(&after));
    assert_ne!(before["serialNumber"], after["serialNumber"]);
    let file = &component(&after, "milk")["components"][0];
    // SHA-256 of the file as it is now.
    let digest = molt_build::sha256::of(b"FAT = 4\n");
    assert_eq!((&file["name"], &file["hashes"][0]["content"]), (&"milk.py".into(), &digest.into()));
    assert_eq!(after["metadata"]["component"]["components"].as_array().unwrap().len(), 2);
}

#[test]
fn a_file_or_messages_instead_of_standard_output() {
    let dir = shop();
    let printed = succeed(molt(dir.path()).arg("sbom"));
    assert_eq!(succeed(molt(dir.path()).args(["sbom", "-o", "out/shop.cdx.json"])), "");
    assert_eq!(std::fs::read_to_string(dir.path().join("out/shop.cdx.json")).unwrap(), printed);
    let messages = messages(molt(dir.path()).arg("sbom"));
    assert_eq!(messages[0]["document"], serde_json::from_str::<Value>(&printed).unwrap());
    assert_eq!(messages[1]["reason"], "finished");
}

/// What the schema of CycloneDX 1.6 requires of the parts that are written.
#[test]
fn the_form_is_that_of_the_standard() {
    let dir = shop();
    let document = sbom(dir.path(), &["--files"]);
    assert_eq!((&document["bomFormat"], &document["specVersion"]), (&"CycloneDX".into(), &"1.6".into()));
    let serial = document["serialNumber"].as_str().unwrap().strip_prefix("urn:uuid:").expect("a URN");
    let groups: Vec<_> = serial.split('-').map(str::len).collect();
    assert_eq!(groups, [8, 4, 4, 4, 12]);
    assert!(serial.split('-').nth(2).unwrap().starts_with('5'), "it is made from the content");
    let mut references = BTreeSet::new();
    check(&document["metadata"]["component"], &mut references);
    document["components"].as_array().unwrap().iter().for_each(|one| check(one, &mut references));
    for dependency in document["dependencies"].as_array().unwrap() {
        let on = dependency["dependsOn"].as_array().unwrap();
        for reference in on.iter().chain([&dependency["ref"]]) {
            assert!(references.contains(reference.as_str().unwrap()), "{reference} is no component");
        }
        assert_eq!(on.iter().map(Value::to_string).collect::<BTreeSet<_>>().len(), on.len(), "twice in {dependency}");
    }
}

fn check(component: &Value, references: &mut BTreeSet<String>) {
    let kind = component["type"].as_str().expect("a type");
    assert!(["application", "library", "file"].contains(&kind), "{kind}");
    assert!(!component["name"].as_str().expect("a name").is_empty());
    if let Some(reference) = component["bom-ref"].as_str() {
        assert!(references.insert(reference.to_owned()), "{reference} occurs twice");
    }
    for hash in component["hashes"].as_array().into_iter().flatten() {
        assert!(["SHA-256", "BLAKE3"].contains(&hash["alg"].as_str().unwrap()));
        assert!(molt_build::sha256::is_digest(hash["content"].as_str().unwrap()));
    }
    let licences = component["licenses"].as_array().map_or(&[][..], Vec::as_slice);
    assert!(licences.len() <= 1 || licences.iter().all(|licence| licence["expression"].is_null()));
    component["components"].as_array().into_iter().flatten().for_each(|inner| check(inner, references));
}

/// With the standard's own schema, which `pip install 'cyclonedx-python-lib[json-validation]'` brings; `MOLT_TEST_PYTHON`
/// names the Python that has it.
#[test]
fn the_official_schema_takes_it() {
    const SCRIPT: &str = "import sys\n\
        from cyclonedx.schema import SchemaVersion\n\
        from cyclonedx.validation.json import JsonStrictValidator\n\
        error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(sys.stdin.read())\n\
        sys.exit(str(error) if error else 0)\n";
    let python = std::env::var("MOLT_TEST_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let present = Command::new(&python).args(["-c", "import cyclonedx, jsonschema"]).stderr(Stdio::null()).status();
    if !present.is_ok_and(|status| status.success()) {
        eprintln!("skipped: {python} has no cyclonedx-python-lib[json-validation]");
        return;
    }
    let dir = shop();
    for arguments in [&["-o", "x.json"][..], &["-o", "x.json", "--files"]] {
        succeed(molt(dir.path()).arg("sbom").args(arguments));
        let file = std::fs::File::open(dir.path().join("x.json")).unwrap();
        succeed(Command::new(&python).args(["-c", SCRIPT]).stdin(file));
    }
}
