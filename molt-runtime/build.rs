//! Build script of the runtime: nothing to do but to name what it depends on.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
}
