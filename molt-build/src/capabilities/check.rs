//! Holds what a program needs against what its project declares.

use std::collections::BTreeSet;

use molt_abi::grant::GrantSet;

use super::Inferred;
use crate::codes;
use crate::compiler::Facts;
use crate::error::BuildError;
use crate::graph::Graph;
use crate::problem::{self, Problem};
use crate::project::Project;
use crate::project::manifest::MANIFEST;

/// The grants that a project's molt.toml declares; `None` if it declares none.
///
/// # Errors
/// A rule that can't be read.
pub fn declared(project: &Project) -> Result<Option<GrantSet>, BuildError> {
    let Some(allow) = &project.manifest.capabilities.allow else { return Ok(None) };
    let grants = GrantSet::parse_list(allow.iter().map(String::as_str)).map_err(|error| {
        let message = format!("[capabilities] allow: {error}");
        let help = "rules look like \"fs.read\", \"fs.read:data/\" or \"!net\"; see docs/capabilities.md";
        let problem = Problem::at_path(codes::GRANT, &project.dir.join(MANIFEST), message).with_help(help);
        BuildError::Problems(vec![problem])
    })?;
    Ok(Some(grants))
}

/// The needs that are certain and not granted at all, one problem for each capability of a module, sorted by place.
/// Whether a use stays in the scope of a grant is seen at run time only.
pub fn check(graph: &Graph<Facts>, inferred: &Inferred, declared: &GrantSet) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (name, needs) in &inferred.modules {
        let Some(module) = graph.modules.get(name) else { continue };
        let mut told = BTreeSet::new();
        for need in needs.iter().filter(|need| !need.indirect) {
            let capability = need.capability;
            if declared.allows_some(capability) || !told.insert(capability) {
                continue;
            }
            let message = format!("capability `{capability}` is not granted: {}", need.why);
            let mut problem = Problem::at_path(codes::NOT_GRANTED, &need.place.path, message)
                .with_span(module.source.text(), need.place.span.clone())
                .with_help(format!("add \"{capability}\" to `allow` under [capabilities] in molt.toml"));
            if let Some(chain) = graph.chain(module) {
                problem = problem.with_note(chain);
            }
            problems.push(problem);
        }
    }
    problem::sort(&mut problems);
    problems
}
