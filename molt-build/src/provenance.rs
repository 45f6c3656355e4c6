//! `molt build --provenance`: how an output was made, as an in-toto Statement (v1) with SLSA Provenance (v1).
//!
//! Invariant: a function of the build's inputs and outputs. A time is in it only if `SOURCE_DATE_EPOCH` says which; the
//! statement is not signed, which is the business of the system that holds keys.

use std::collections::BTreeMap;
use std::time::{Duration, UNIX_EPOCH};

use serde::Serialize;

use crate::compiler::Facts;
use crate::error::BuildError;
use crate::graph::Graph;
use crate::link::toolchain::Toolchain;
use crate::project::{Lock, Project, lock};
use crate::sbom::{self, cyclonedx::purl};
use crate::sha256;

const BUILD_TYPE: &str = "https://example.invalid/molt/build/v1";
/// Who builds where nobody says: no claim about the machine.
const LOCAL_BUILDER: &str = "https://example.invalid/molt/builder/local";

/// A statement about outputs.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Statement {
    #[serde(rename = "_type")]
    kind: &'static str,
    subject: Vec<Resource>,
    predicate_type: &'static str,
    predicate: Predicate,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Predicate {
    build_definition: Definition,
    run_details: Details,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Definition {
    build_type: &'static str,
    external_parameters: External,
    internal_parameters: BTreeMap<&'static str, String>,
    resolved_dependencies: Vec<Resource>,
}

/// What the user of the builder chose.
#[derive(Debug, Clone, Serialize)]
pub struct External {
    /// What was built: a project's name and version, or the name of a script or folder.
    pub source: String,
    /// `debug` or `release`.
    pub profile: &'static str,
    /// Target triple.
    pub target: String,
    /// What was written.
    pub emit: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Details {
    builder: Builder,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<Times>,
}

#[derive(Debug, Serialize)]
struct Builder {
    id: String,
    version: BTreeMap<&'static str, String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Times {
    started_on: String,
    finished_on: String,
}

#[derive(Debug, Serialize)]
struct Resource {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri: Option<String>,
    digest: BTreeMap<&'static str, String>,
}

/// Who says that it was built so, and when.
#[derive(Debug, Clone, Default)]
pub struct Claims {
    /// A URI.
    pub builder: Option<String>,
    /// Seconds since 1970.
    pub epoch: Option<u64>,
}

impl Claims {
    /// With `builder` from the command line; else `MOLT_BUILDER_ID`, else the workflow that GitHub runs. The time is
    /// `SOURCE_DATE_EPOCH`.
    pub fn from_env(builder: Option<String>) -> Self {
        let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        let github = || Some(format!("{}/{}", set("GITHUB_SERVER_URL")?, set("GITHUB_WORKFLOW_REF")?));
        Claims {
            builder: builder.or_else(|| set("MOLT_BUILDER_ID")).or_else(github),
            epoch: set("SOURCE_DATE_EPOCH").and_then(|text| text.parse().ok()),
        }
    }
}

/// What a statement is made from.
#[derive(Debug)]
pub struct Evidence<'a> {
    /// The parameters.
    pub external: External,
    /// The project, if there is one and everything is as locked.
    pub project: Option<&'a Project>,
    /// The modules that were compiled.
    pub graphs: &'a [&'a Graph<Facts>],
    /// What linked, if anything was linked.
    pub toolchain: Option<&'a Toolchain>,
    /// SHA-256 of the runtime archive, if it is in the output.
    pub runtime: Option<String>,
    /// Names of the outputs with their SHA-256.
    pub subjects: Vec<(String, String)>,
    /// Who and when.
    pub claims: Claims,
}

impl Evidence<'_> {
    /// The statement as JSON, ending in a line feed.
    pub fn statement(self) -> Result<String, BuildError> {
        let current = lock::Toolchain::current();
        let mut internal = BTreeMap::from([("contract", current.runtime), ("stdlib", current.stdlib)]);
        if let Some(toolchain) = self.toolchain {
            internal.insert("cCompiler", toolchain.compiler_version().unwrap_or_else(|| "unknown".to_owned()));
            internal.insert("linker", toolchain.linker_version().unwrap_or_else(|| "unknown".to_owned()));
        }
        let molt = env!("CARGO_PKG_VERSION").to_owned();
        let mut dependencies = vec![resource(None, purl("cargo", "molt-build", &molt), "blake3", &current.compiler)];
        if let Some(runtime) = &self.runtime {
            dependencies.push(resource(Some("libmolt_rt.a"), purl("cargo", "molt-runtime", &molt), "sha256", runtime));
        }
        match self.project.map(Project::lock).transpose()?.flatten() {
            Some(lock) => dependencies.extend(locked(&lock)),
            None => dependencies.extend(sources(self.graphs)),
        }
        dependencies.sort_by(|a, b| a.uri.cmp(&b.uri));
        dependencies.dedup_by(|a, b| a.uri == b.uri && a.digest == b.digest);
        let mut subjects = self.subjects;
        subjects.sort();
        let statement = Statement {
            kind: "https://in-toto.io/Statement/v1",
            subject: subjects.into_iter().map(|(name, digest)| subject(name, digest)).collect(),
            predicate_type: "https://slsa.dev/provenance/v1",
            predicate: Predicate {
                build_definition: Definition {
                    build_type: BUILD_TYPE,
                    external_parameters: self.external,
                    internal_parameters: internal,
                    resolved_dependencies: dependencies,
                },
                run_details: Details {
                    builder: Builder {
                        id: self.claims.builder.unwrap_or_else(|| LOCAL_BUILDER.to_owned()),
                        version: BTreeMap::from([("molt", molt)]),
                    },
                    metadata: self.claims.epoch.and_then(times),
                },
            },
        };
        // Plain data always serialises.
        Ok(serde_json::to_string_pretty(&statement).unwrap_or_default() + "\n")
    }
}

fn subject(name: String, digest: String) -> Resource {
    Resource { name: Some(name), uri: None, digest: BTreeMap::from([("sha256", digest)]) }
}

fn resource(name: Option<&str>, uri: String, algorithm: &'static str, digest: &str) -> Resource {
    Resource { name: name.map(str::to_owned), uri: Some(uri), digest: BTreeMap::from([(algorithm, digest.to_owned())]) }
}

/// The lock covers the sources; packages are named, since others look for their digests.
fn locked(lock: &Lock) -> Vec<Resource> {
    let text = lock.encode();
    let mut digest = BTreeMap::from([("sha256", sha256::of(text.as_bytes()))]);
    digest.insert("blake3", sha256::hex(&lock.digest()));
    let mut resources =
        vec![Resource { name: Some(lock::LOCK.to_owned()), uri: Some(format!("file:{}", lock::LOCK)), digest }];
    for (package, (purl, digest)) in lock.packages.iter().zip(sbom::artifacts(lock)) {
        resources.push(resource(Some(&package.artifact), purl, "sha256", digest));
    }
    resources
}

/// Without a lock, each source is named, by the label that tracebacks show.
fn sources(graphs: &[&Graph<Facts>]) -> Vec<Resource> {
    let modules = graphs.iter().flat_map(|graph| graph.modules.values());
    modules
        .filter(|module| !module.source.label().is_empty())
        .map(|module| {
            let uri = format!("file:{}", module.source.label());
            resource(None, uri, "sha256", &sha256::of(&module.source.bytes))
        })
        .collect()
}

fn times(epoch: u64) -> Option<Times> {
    let time = UNIX_EPOCH.checked_add(Duration::from_secs(epoch))?;
    // Years of five digits have no form in RFC 3339.
    (epoch < 253_402_300_800)
        .then(|| humantime::format_rfc3339_seconds(time).to_string())
        .map(|text| Times { started_on: text.clone(), finished_on: text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_what_the_epoch_says() {
        assert_eq!(times(1_700_000_000).unwrap().started_on, "2023-11-14T22:13:20Z");
        assert!(times(u64::MAX).is_none());
    }
}
