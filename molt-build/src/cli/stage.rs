//! `molt emit`: the text of one stage of one file.

use std::io::Write;
use std::process::ExitCode;

use molt_codegen::pipeline::Stage;

use super::{EmitArgs, Screen, build};
use crate::compiler;
use crate::error::BuildError;

/// `molt emit`.
pub(super) fn main(arguments: &EmitArgs, screen: &Screen) -> Result<ExitCode, BuildError> {
    let stage: Stage = match arguments.stage.parse() {
        Ok(stage) => stage,
        Err(error) => {
            eprintln!("molt: {error}");
            return Ok(ExitCode::from(2));
        }
    };
    let (graph, name) = build::graph_of(&arguments.path, &arguments.common, screen)?;
    let module = &graph.modules[&name];
    let imports = graph.facts_for(module);
    let text =
        compiler::stage(&stage, &module.source, &imports, &arguments.common.options()).map_err(BuildError::Problems)?;
    screen.finish();
    // A reader that went away (`| head`) is not an error.
    let _ = std::io::stdout().write_all(text.as_bytes());
    Ok(ExitCode::SUCCESS)
}
