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
