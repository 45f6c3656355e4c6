//! Tells build scripts of dependents which contract this runtime keeps (`DEP_MOLT_RT_CONTRACT`), so that `molt-build` can
//! refuse a runtime of another version with a sentence instead of a linker error.

fn main() {
    println!("cargo::metadata=contract={}", molt_abi::fingerprint::symbol());
    // The symbol that compiled objects refer to; `entry/program.rs` defines it.
    println!("cargo::rustc-env=MOLT_CONTRACT={}", molt_abi::fingerprint::symbol());
    println!("cargo::rerun-if-changed=build.rs");
}
