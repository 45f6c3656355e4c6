//! `molt explain`: what a diagnostic code means and what to do about it.

use std::process::ExitCode;

use molt_codegen::diag::Code;

use crate::codes;

/// `molt explain`.
pub(super) fn main(code: Option<&str>) -> ExitCode {
    let Some(text) = code else {
        for info in codes::all() {
            println!("{}  {}", info.code, info.title);
        }
        return ExitCode::SUCCESS;
    };
    let digits = text.trim_start_matches(['M', 'O', 'L', 'T', 'm', 'o', 'l', 't']);
    match digits.parse().ok().and_then(|number| codes::explain(Code(number))) {
        Some(info) => {
            println!("{}: {}\n\n{}", info.code, info.title, info.explanation);
            ExitCode::SUCCESS
        }
        None => {
            eprintln!("molt: `{text}` is not a diagnostic code; `molt explain` lists them");
            ExitCode::from(2)
        }
    }
}
