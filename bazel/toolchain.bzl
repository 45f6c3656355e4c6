"""The repository with the compiler and its runtime: taken from MOLT_HOME, or built by Cargo from this checkout."""

load(":labels.bzl", "absolute")

_BUILD = """\
load("@rules_cc//cc:cc_import.bzl", "cc_import")
load("@rules_cc//cc:cc_library.bzl", "cc_library")
load("{defs}", "molt_toolchain")

package(default_visibility = ["//visibility:public"])

exports_files(["bin/molt"])

cc_import(
    name = "runtime_archive",
    static_library = "lib/libmolt_rt.a",
)

cc_library(
    name = "runtime",
    linkopts = {linkopts},
    deps = [":runtime_archive"],
)

molt_toolchain(
    name = "molt",
    compiler = "bin/molt",
    release_linkopts = {release_linkopts},
    runtime = ":runtime",
    runtime_archive = "lib/libmolt_rt.a",
)

toolchain(
    name = "toolchain",
    exec_compatible_with = {constraints},
    target_compatible_with = {constraints},
    toolchain = ":molt",
    toolchain_type = "{toolchain_type}",
)
"""

# What Rust's standard library needs, and dropping of what a program does not reach.
_LINKOPTS = {
    "linux": ["-Wl,--gc-sections", "-lpthread", "-ldl", "-lm"],
    "osx": ["-Wl,-dead_strip"],
}

# As `molt build --release`: no symbols.
_RELEASE_LINKOPTS = {
    "linux": ["-Wl,--strip-all"],
    "osx": ["-Wl,-x"],
}

_CPUS = {
    "aarch64": "aarch64",
    "amd64": "x86_64",
    "arm64": "aarch64",
    "x86_64": "x86_64",
}

# What the compiler and the runtime are made of, below the repository.
_SOURCES = ["Cargo.toml", "Cargo.lock", "molt-build", "molt-codegen", "molt-runtime", "stdlib"]

def _first(rctx, home, names):
    for name in names:
        path = rctx.path(home + "/" + name)
        if path.exists:
            return path
    fail("MOLT_HOME (%s) has none of %s" % (home, ", ".join(names)))

def _prebuilt(rctx, home):
    rctx.symlink(_first(rctx, home, ["bin/molt", "molt"]), "bin/molt")
    rctx.symlink(_first(rctx, home, ["lib/molt/libmolt_rt.a", "lib/libmolt_rt.a", "libmolt_rt.a"]), "lib/libmolt_rt.a")

def _watch(rctx, root):
    """Makes the repository depend on every source: a label that is looked up does."""
    listing = rctx.execute(["find"] + _SOURCES + ["-type", "f"], working_directory = str(root))
    if listing.return_code != 0:
        fail("cannot list the sources: " + listing.stderr)
    for file in sorted(listing.stdout.splitlines()):
        rctx.path(Label("//:" + file))

def _cargo(rctx):
    cargo = rctx.which("cargo")
    if cargo == None:
        fail("there is neither a prebuilt Molt (set MOLT_HOME to its folder) nor `cargo` on PATH to build one")
    root = rctx.path(Label("//:Cargo.toml")).dirname
    _watch(rctx, root)
    target = str(rctx.path("target"))
    cargo_home = rctx.os.environ.get("CARGO_HOME", rctx.os.environ.get("HOME", "") + "/.cargo")

    # One byte between the flags, since a path may have spaces in it. No path of this machine gets into panic messages.
    flags = "\037".join(["--remap-path-prefix=%s=%s" % pair for pair in [(root, "molt"), (cargo_home, "cargo"), (target, "target")]])
    rctx.report_progress("cargo build --release --locked")
    result = rctx.execute(
        [cargo, "build", "--release", "--locked", "-p", "molt-build", "-p", "molt-runtime-static"],
        environment = {
            "CARGO_ENCODED_RUSTFLAGS": flags,
            "CARGO_TARGET_DIR": target,
        },
        quiet = True,
        timeout = 3600,
        working_directory = str(root),
    )
    if result.return_code != 0:
        fail("cargo build failed (%d):\n%s\n%s" % (result.return_code, result.stdout, result.stderr))
    rctx.symlink("target/release/molt", "bin/molt")
    rctx.symlink("target/release/libmolt_rt.a", "lib/libmolt_rt.a")

def _cpu(rctx):
    machine = rctx.execute(["uname", "-m"]).stdout.strip()
    if machine not in _CPUS:
        fail("Molt does not run on this machine: " + machine)
    return _CPUS[machine]

def _molt_local_toolchain_impl(rctx):
    os = "osx" if rctx.os.name.startswith("mac") else "linux"
    home = rctx.os.environ.get("MOLT_HOME", "")
    if home:
        _prebuilt(rctx, home)
    else:
        _cargo(rctx)
    rctx.file("BUILD.bazel", _BUILD.format(
        constraints = repr(["@platforms//os:" + os, "@platforms//cpu:" + _cpu(rctx)]),
        defs = absolute(Label("//rules_molt:defs.bzl")),
        linkopts = repr(_LINKOPTS[os]),
        release_linkopts = repr(_RELEASE_LINKOPTS[os]),
        toolchain_type = absolute(Label("//rules_molt:toolchain_type")),
    ))

molt_local_toolchain = repository_rule(
    doc = "The compiler for this machine: @NAME//:toolchain.",
    implementation = _molt_local_toolchain_impl,
    configure = True,
    environ = ["CARGO_HOME", "MOLT_HOME", "PATH", "RUSTUP_HOME"],
)
