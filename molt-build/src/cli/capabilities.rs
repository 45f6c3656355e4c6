//! `molt check --capabilities`: every place of a program that needs a capability.

use std::process::ExitCode;

use serde_json::json;

use super::{MessageFormat, Screen};
use crate::capabilities::{self, NeedMessage};
use crate::compiler::Facts;
use crate::graph::Graph;
use crate::project::Project;

/// Lists the needs of all modules, then what the program and each vendored package need together.
pub(super) fn list(graph: &Graph<Facts>, project: Option<&Project>, screen: &Screen) -> ExitCode {
    screen.finish();
    let inferred = capabilities::infer(graph);
    for (module, needs) in &inferred.modules {
        for need in needs {
            let message = NeedMessage::new(module, need);
            screen.report(&message.text(), &json!(message));
        }
    }
    let names = |names: &[String]| if names.is_empty() { "nothing".to_owned() } else { names.join(", ") };
    let program: Vec<String> = inferred.program().iter().map(|capability| capability.name().to_owned()).collect();
    if let Some(project) = project {
        for (package, needs) in inferred.by_owner(graph, project).packages {
            let text = format!("package {package} needs {}", names(&needs));
            screen.report(&text, &json!({"reason": "capabilities", "package": package, "capabilities": needs}));
        }
    }
    let text = format!("the program needs {}", names(&program));
    screen.report(&text, &json!({"reason": "capabilities", "package": null, "capabilities": program}));
    if screen.format() == MessageFormat::Json {
        screen.report("", &json!({"reason": "finished", "success": true}));
    }
    ExitCode::SUCCESS
}
