//! Reads this workspace's `Cargo.lock` with the Python package in `handlers/`, compiled into this program.

use std::path::PathBuf;
use std::process::ExitCode;

use handlers::api::{self, Options};
use handlers::errors::{LockSyntaxError, UnknownPackageError};
use molt_runtime::{PyError, Runtime};

molt_runtime::include_modules!();

#[cfg(test)]
mod tests;

fn main() -> ExitCode {
    let path = std::env::args_os().nth(1).map_or_else(workspace_lock, PathBuf::from);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("cannot read {}: {error}", path.display());
            return ExitCode::FAILURE;
        }
    };
    match run(&text) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprint!("{}", error.traceback());
            ExitCode::FAILURE
        }
    }
}

fn workspace_lock() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock")
}

fn run(text: &str) -> Result<(), PyError> {
    let rt: Runtime = new_runtime()?;

    // A dataclass is a struct, and lists, floats, optional values are what they are in Rust.
    let options = Options {
        title: "This workspace".to_owned(),
        top: 8,
        chains: true,
        skip: vec!["names by first letter".to_owned()],
    };
    print!("{}", api::report(&rt, text, &options)?);

    let summary = api::summary(&rt, text)?;
    println!("{} packages need {:.2} others on average", summary.packages, summary.average_needs);
    if let Some(name) = &summary.most_needed {
        println!("most needed: {name}, a chain of {} packages at the longest", summary.longest_chain.len());
    }
    if let Some(version) = api::newest(&rt, text, "serde")? {
        println!("serde is at {version}");
    }
    // Arguments with a default are `Option`s.
    let needed = api::fan_in(&rt, text, Some(8))?;
    println!("needed by 8 or more: {}", needed.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", "));

    // A Python exception is a value with a type, a message and a traceback.
    match api::versions(&rt, text, "serde-jason") {
        Ok(versions) => println!("unexpected: {versions:?}"),
        Err(error) if error.is::<UnknownPackageError>() => println!("as expected, {error}"),
        Err(error) => return Err(error),
    }
    match api::report(&rt, "version = 4\nname = oops\n", &options) {
        Ok(_) => println!("unexpected: no error"),
        Err(error) if error.is::<LockSyntaxError>() => print!("\n{}", error.traceback()),
        Err(error) => return Err(error),
    }
    Ok(())
}
