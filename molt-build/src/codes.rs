//! The diagnostic codes of the build itself, 04xx, and `explain` over these and the compiler's.
//!
//! Invariant: codes are never reused for another meaning.

use molt_codegen::diag::{CODES, Code, CodeInfo};

/// A file or folder to compile does not exist.
pub const NO_SUCH_PATH: Code = Code(401);
/// A folder to compile has no modules.
pub const EMPTY_FOLDER: Code = Code(402);
/// A package folder whose name is not an identifier.
pub const PACKAGE_NAME: Code = Code(403);
/// Imports that can only fail, because each module waits for the other.
pub const CIRCULAR_IMPORT: Code = Code(404);
/// A program without a module to run.
pub const NO_MAIN: Code = Code(405);

/// No C compiler links for the target.
pub const NO_CROSS_COMPILER: Code = Code(460);
/// Rust's standard library for the target is not installed.
pub const NO_RUST_TARGET: Code = Code(461);
/// A target that is linked with Microsoft's linker.
pub const NO_MSVC_LINKING: Code = Code(462);
/// A runtime archive for another machine.
pub const FOREIGN_RUNTIME: Code = Code(463);

/// The codes of this crate, sorted.
pub const BUILD_CODES: &[CodeInfo] = &[
    CodeInfo {
        code: NO_SUCH_PATH,
        title: "no such file or folder",
        explanation: "The path to compile does not exist. In a build script, paths are relative to the package's \
                      folder (where Cargo.toml is); on the command line, to the current folder.",
    },
    CodeInfo {
        code: EMPTY_FOLDER,
        title: "no Python modules in the folder",
        explanation: "A folder to compile must hold at least one `.py` file, directly or in a folder below it. File \
                      and folder names must be Python identifiers to count: `my-module.py` can't be imported.",
    },
    CodeInfo {
        code: PACKAGE_NAME,
        title: "folder name is not a package name",
        explanation: "A folder with an `__init__.py` is a package, and its name is the package's name in `import` \
                      statements. Rename the folder to an identifier, or remove its `__init__.py`: then each file in \
                      it is a top-level module.",
    },
    CodeInfo {
        code: CIRCULAR_IMPORT,
        title: "import that a cycle makes impossible",
        explanation: "Modules import each other, and a `from module import name` asks for a name that is not bound \
                      yet, whichever module of the cycle is imported first. CPython raises `ImportError: cannot \
                      import name … from partially initialized module`. Import the module instead of the name, move \
                      the import below the definition or into the function that needs it, or move the shared name \
                      into a third module.",
    },
    CodeInfo {
        code: NO_MAIN,
        title: "nothing to run",
        explanation: "A folder can only be built into a binary or run if it has a `__main__.py`, as with \
                      `python FOLDER`. Name a script, or build with `--emit obj`, `staticlib` or `header`.",
    },
    CodeInfo {
        code: NO_CROSS_COMPILER,
        title: "no C compiler for the target",
        explanation: "A binary for another target is linked by a C compiler that knows the target's C library. Molt takes \
                      the one that `CC_<target>` names, an installed cross compiler of the customary name \
                      (`aarch64-linux-gnu-gcc`), or zig, which knows all of them: `ZIG`, `zig` on the path, or the \
                      Python package `ziglang` (`pip install ziglang`). `molt doctor --target T` shows what is found. \
                      Objects (`--emit obj`) need none.",
    },
    CodeInfo {
        code: NO_RUST_TARGET,
        title: "Rust's standard library for the target is missing",
        explanation: "The runtime library is written in Rust, and is built for the target the first time it is needed. \
                      That takes Rust's standard library for the target: `rustup target add T`. Or set \
                      MOLT_RUNTIME_DIR to a folder with an archive that was built elsewhere, as \
                      `<folder>/<target>/libmolt_rt.a`.",
    },
    CodeInfo {
        code: NO_MSVC_LINKING,
        title: "linking with Microsoft's linker",
        explanation: "Molt makes objects and static libraries for `*-pc-windows-msvc`, but does not call `link.exe`. Build \
                      with `--emit staticlib` and link the library in Visual Studio, or build for \
                      `x86_64-pc-windows-gnu`, which zig or MinGW links.",
    },
    CodeInfo {
        code: FOREIGN_RUNTIME,
        title: "the runtime library is for another machine",
        explanation: "The runtime archive that was found holds code for another architecture or object format than the \
                      target's. Archives for several targets go into folders of their own: \
                      `<MOLT_RUNTIME_DIR>/<target>/libmolt_rt.a`.",
    },
];

/// What `molt explain` prints for a code.
pub fn explain(code: Code) -> Option<&'static CodeInfo> {
    molt_codegen::diag::explain(code).or_else(|| BUILD_CODES.iter().find(|info| info.code == code))
}

/// All codes, the compiler's and the build's, sorted.
pub fn all() -> Vec<&'static CodeInfo> {
    let mut codes: Vec<_> = CODES.iter().chain(BUILD_CODES).collect();
    codes.sort_by_key(|info| info.code);
    codes
}

#[cfg(test)]
mod tests {
    #[test]
    fn codes_are_unique() {
        let all = super::all();
        assert!(all.windows(2).all(|pair| pair[0].code < pair[1].code));
    }
}
