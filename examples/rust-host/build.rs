//! Compiles the Python package next to it into this program.

fn main() {
    molt_build::compile("handlers/");
}
