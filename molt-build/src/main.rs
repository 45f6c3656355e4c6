//! The `molt` command.
#![forbid(unsafe_code)]

fn main() -> std::process::ExitCode {
    molt_build::cli::main()
}
