//! The C example: one archive, one header, the system's C compiler, and CPython's output.

mod support;

use std::path::Path;
use support::{folder, handlers, molt, run, succeed};

#[test]
fn the_c_program_prints_what_cpython_prints() {
    let dir = folder(&[]);
    let handlers = handlers();
    for (emit, out) in [("staticlib", "libhandlers.a"), ("header", "handlers.h")] {
        succeed(molt(dir.path()).arg("build").arg(&handlers).args(["--release", "--emit", emit, "-o", out]));
    }
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let mut compiler = std::process::Command::new("cc");
    compiler
        .current_dir(dir.path())
        .args(["-std=c11", "-Wall", "-Wextra", "-Werror", "-O1", "-I.", "-o", "host"])
        .arg(examples.join("c-host/main.c"))
        .args(["libhandlers.a", "-Wl,--gc-sections", "-lm", "-lpthread", "-ldl"]);
    succeed(&mut compiler);
    let data = examples.join("rust-host/tests/data");
    let output = run(std::process::Command::new(dir.path().join("host")).arg(data.join("Cargo.lock.txt")));
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    let report = std::fs::read_to_string(data.join("report.txt")).expect("the recorded report");
    assert_eq!(String::from_utf8_lossy(&output.stdout), report);
    assert!(stderr.contains("molt-build depends on serde: yes"), "{stderr}");
    assert!(
        stderr.contains("as expected, handlers.errors.UnknownPackageError: no package named 'serde-jason'"),
        "{stderr}"
    );
}
