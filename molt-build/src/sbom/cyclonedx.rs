//! An [`Inventory`] as CycloneDX 1.6 JSON (ECMA-424).
//!
//! Invariant: the serial number is made from the rest of the document, so documents are equal or have different numbers.

use serde::Serialize;
use uuid::Uuid;

use super::{HashedFile, Inventory, Package};
use crate::sha256;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Bom {
    #[serde(rename = "$schema")]
    schema: &'static str,
    bom_format: &'static str,
    spec_version: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    serial_number: String,
    version: u32,
    metadata: Metadata,
    components: Vec<Component>,
    dependencies: Vec<Dependency>,
}

#[derive(Serialize)]
struct Metadata {
    tools: Tools,
    component: Component,
}

#[derive(Serialize)]
struct Tools {
    components: Vec<Component>,
}

#[derive(Serialize, Default)]
struct Component {
    r#type: &'static str,
    #[serde(rename = "bom-ref", skip_serializing_if = "Option::is_none")]
    bom_ref: Option<String>,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hashes: Vec<Hash>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    licenses: Vec<Licence>,
    #[serde(skip_serializing_if = "Option::is_none")]
    purl: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    components: Vec<Component>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    properties: Vec<Property>,
}

#[derive(Serialize)]
struct Hash {
    alg: &'static str,
    content: String,
}

/// The schema has either one expression or a list of licences.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Licence {
    Expression(String),
    License(NamedLicence),
}

#[derive(Serialize)]
struct NamedLicence {
    name: String,
}

#[derive(Serialize)]
struct Property {
    name: &'static str,
    value: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Dependency {
    r#ref: String,
    depends_on: Vec<String>,
}

/// The document, ending in a line feed. With `files`, each file is a component of its package.
pub fn encode(inventory: &Inventory, files: bool) -> String {
    let mut bom = bom(inventory, files);
    let namespace = Uuid::new_v5(&Uuid::NAMESPACE_URL, b"https://cyclonedx.org/molt");
    bom.serial_number = Uuid::new_v5(&namespace, text(&bom).as_bytes()).urn().to_string();
    text(&bom)
}

fn text(bom: &Bom) -> String {
    // Plain data always serialises.
    serde_json::to_string_pretty(bom).unwrap_or_default() + "\n"
}

/// A package URL.
pub fn purl(kind: &str, name: &str, version: &str) -> String {
    let encode = |text: &str| -> String {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        let one = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
        text.bytes().map(one).collect()
    };
    format!("pkg:{kind}/{}@{}", encode(name), encode(version))
}

fn bom(inventory: &Inventory, files: bool) -> Bom {
    let terms = &inventory.terms;
    let molt = &inventory.toolchain.molt;
    let (runtime, stdlib) = (purl("cargo", "molt-runtime", molt), purl("cargo", "molt-stdlib", molt));
    let project = purl("generic", &terms.name, &terms.version);
    let reference = |name: &String| {
        let package = inventory.packages.iter().find(|package| package.described.name == *name)?;
        Some(purl("pypi", name, &package.described.version))
    };
    let mut components: Vec<Component> = inventory.packages.iter().map(|package| vendored(package, files)).collect();
    components.push(Component {
        description: Some("What compiled modules are linked with".to_owned()),
        hashes: inventory.runtime.iter().map(|digest| hash("SHA-256", digest)).collect(),
        properties: vec![
            property("molt:contract", &inventory.toolchain.runtime),
            property("molt:native-modules", &inventory.natives.join(" ")),
        ],
        ..own("library", &runtime, "molt-runtime", molt)
    });
    components.push(Component {
        description: Some("Python modules that the compiler supplies".to_owned()),
        components: inventory.stdlib.iter().map(file).collect(),
        properties: vec![property("molt:digest", &inventory.toolchain.stdlib)],
        licenses: licences(Some(&match inventory.has_lib {
            true => format!("({}) AND {}", env!("CARGO_PKG_LICENSE"), molt_stdlib::LIB_SPDX),
            false => env!("CARGO_PKG_LICENSE").to_owned(),
        })),
        ..own("library", &stdlib, "molt-stdlib", molt)
    });

    let mut direct: Vec<String> = inventory.dependencies.iter().filter_map(reference).collect();
    direct.extend([runtime.clone(), stdlib.clone()]);
    let mut dependencies = vec![Dependency { r#ref: project.clone(), depends_on: direct }];
    dependencies.extend(inventory.packages.iter().map(|package| Dependency {
        r#ref: purl("pypi", &package.described.name, &package.described.version),
        depends_on: package.requires.iter().filter_map(reference).collect(),
    }));
    dependencies.push(Dependency { r#ref: stdlib, depends_on: vec![runtime.clone()] });
    dependencies.push(Dependency { r#ref: runtime, depends_on: Vec::new() });
    for dependency in &mut dependencies {
        dependency.depends_on.sort();
        dependency.depends_on.dedup();
    }
    dependencies.sort_by(|a, b| a.r#ref.cmp(&b.r#ref));

    Bom {
        schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
        bom_format: "CycloneDX",
        spec_version: "1.6",
        serial_number: String::new(),
        version: 1,
        metadata: Metadata {
            tools: Tools {
                components: vec![Component {
                    r#type: "application",
                    name: "molt".to_owned(),
                    version: Some(molt.clone()),
                    properties: vec![property("molt:compiler", &inventory.toolchain.compiler)],
                    ..Component::default()
                }],
            },
            component: Component {
                r#type: if terms.main.is_some() { "application" } else { "library" },
                bom_ref: Some(project.clone()),
                name: terms.name.clone(),
                version: Some(terms.version.clone()),
                description: inventory.description.clone(),
                licenses: licences(inventory.license.as_deref()),
                purl: Some(project),
                components: inventory.files.iter().filter(|_| files).map(file).collect(),
                ..Component::default()
            },
        },
        components,
        dependencies,
    }
}

/// A component that is part of Molt.
fn own(kind: &'static str, purl: &str, name: &str, version: &str) -> Component {
    Component {
        r#type: kind,
        bom_ref: Some(purl.to_owned()),
        name: name.to_owned(),
        version: Some(version.to_owned()),
        scope: Some("required"),
        licenses: licences(Some(env!("CARGO_PKG_LICENSE"))),
        purl: Some(purl.to_owned()),
        ..Component::default()
    }
}

fn vendored(package: &Package, files: bool) -> Component {
    let described = &package.described;
    let purl = purl("pypi", &described.name, &described.version);
    let mut properties = vec![
        property("molt:artifact", &described.artifact),
        property("molt:source", &described.source),
        property("molt:tier", &described.tier),
        property("molt:tree-digest", &format!("blake3:{}", package.tree)),
    ];
    properties.extend(described.licences.iter().map(|licence| property("molt:licence-file", licence)));
    Component {
        r#type: "library",
        bom_ref: Some(purl.clone()),
        name: described.name.clone(),
        version: Some(described.version.clone()),
        scope: Some(if package.reached { "required" } else { "excluded" }),
        // An index that was written by hand may say anything.
        hashes: Some(&described.sha256)
            .filter(|digest| sha256::is_digest(digest))
            .map(|digest| hash("SHA-256", digest))
            .into_iter()
            .collect(),
        licenses: licences(described.licence_expression.as_deref()),
        purl: Some(purl),
        components: package.files.iter().filter(|_| files).map(file).collect(),
        properties,
        ..Component::default()
    }
}

fn file(file: &HashedFile) -> Component {
    Component {
        r#type: "file",
        name: file.entry.path.clone(),
        hashes: vec![hash("SHA-256", &file.sha256), hash("BLAKE3", &file.entry.blake3)],
        properties: vec![property("molt:size", &file.entry.size.to_string())],
        ..Component::default()
    }
}

fn hash(alg: &'static str, content: &str) -> Hash {
    Hash { alg, content: content.to_owned() }
}

fn property(name: &'static str, value: &str) -> Property {
    Property { name, value: value.to_owned() }
}

/// Free text, which older packages have, is a name and not an expression.
fn licences(text: Option<&str>) -> Vec<Licence> {
    let one = |text: &str| match spdx::Expression::parse(text) {
        Ok(_) => Licence::Expression(text.to_owned()),
        Err(_) => Licence::License(NamedLicence { name: text.to_owned() }),
    };
    text.filter(|text| !text.trim().is_empty()).map(one).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn package_urls_are_escaped() {
        assert_eq!(purl("pypi", "more-itertools", "1.0+local!2"), "pkg:pypi/more-itertools@1.0%2Blocal%212");
    }

    #[test]
    fn only_spdx_expressions_are_called_so() {
        let json = |text| serde_json::to_string(&licences(Some(text))).unwrap();
        assert_eq!(json("MIT OR Apache-2.0"), r#"[{"expression":"MIT OR Apache-2.0"}]"#);
        assert_eq!(json("BSD, see LICENSE"), r#"[{"license":{"name":"BSD, see LICENSE"}}]"#);
        assert_eq!(json(" "), "[]");
        assert!(licences(None).is_empty());
    }
}
