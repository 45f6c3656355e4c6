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
/// A `molt.toml` that is not valid.
pub const MANIFEST: Code = Code(410);
/// A `molt.lock` that is not valid.
pub const LOCK: Code = Code(411);
/// A project without a lock.
pub const NO_LOCK: Code = Code(412);
/// A lock that does not go with the manifest, or with what the program needs.
pub const STALE_LOCK: Code = Code(413);
/// A file whose bytes are not the locked ones.
pub const FILE_CHANGED: Code = Code(414);
/// A locked file that is not there.
pub const FILE_MISSING: Code = Code(415);
/// A file that is not in the lock.
pub const UNLISTED: Code = Code(416);
/// A symbolic link, or another special file, in a locked tree.
pub const SYMLINK: Code = Code(417);
/// Names that differ in case alone.
pub const CASE_COLLISION: Code = Code(418);
/// A file name that is not Unicode.
pub const FILE_NAME: Code = Code(419);
/// A module from outside the project.
pub const OUTSIDE: Code = Code(420);
/// A lock that was written with another compiler.
pub const TOOLCHAIN: Code = Code(421);
/// A `vendor/manifest.json` that is not valid.
pub const VENDOR_INDEX: Code = Code(422);
/// A dependency that is not in the vendor folder, or in another version.
pub const NOT_VENDORED: Code = Code(423);
/// A command that works on a project, outside any.
pub const NO_PROJECT: Code = Code(424);
/// A module needs a capability that the project does not grant.
pub const NOT_GRANTED: Code = Code(450);
/// A grant in molt.toml that can't be read.
pub const GRANT: Code = Code(451);
/// No C compiler links for the target.
pub const NO_CROSS_COMPILER: Code = Code(460);
/// Rust's standard library for the target is not installed.
pub const NO_RUST_TARGET: Code = Code(461);
/// A target that is linked with Microsoft's linker.
pub const NO_MSVC_LINKING: Code = Code(462);
/// A runtime archive for another machine.
pub const FOREIGN_RUNTIME: Code = Code(463);
/// A binary without the digest of a lock.
pub const NO_NOTE: Code = Code(470);
/// A binary with the digest of another lock.
pub const OTHER_LOCK: Code = Code(471);
/// Two builds of a project with different outputs.
pub const NOT_REPRODUCIBLE: Code = Code(472);
/// A package file that is damaged, or not what it says.
pub const PACKAGE: Code = Code(473);
/// A version that is published with other bytes.
pub const PUBLISHED: Code = Code(474);
/// A registry that can't be published to.
pub const REGISTRY: Code = Code(475);
/// A version that can't be part of a file name.
pub const PACKAGE_VERSION: Code = Code(476);
/// Two targets of a build system have a module of the same name.
pub const TWO_MODULES: Code = Code(480);
/// A file between actions that this compiler did not write.
pub const FACTS_FILE: Code = Code(481);
/// An action asks for a module that it was not given.
pub const NOT_GIVEN: Code = Code(482);
/// A source whose path gives no module name.
pub const MODULE_NAME: Code = Code(483);

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
        code: MANIFEST,
        title: "molt.toml is not valid",
        explanation: "The manifest has a syntax error, a key that Molt does not know, or a value that cannot be: a path \
                      that leaves the project, a version that is not exact, a name twice. `docs/projects.md` describes \
                      every key, and `molt config` shows what Molt understood.",
    },
    CodeInfo {
        code: LOCK,
        title: "molt.lock is not valid",
        explanation: "The lock is written by `molt lock` only. This one has a syntax error, entries out of order or \
                      twice, digests that do not fit each other, or is of another format. A merge conflict is resolved \
                      by taking either side and running `molt lock`.",
    },
    CodeInfo {
        code: NO_LOCK,
        title: "the project has no lock",
        explanation: "A folder with a molt.toml is a project, and release builds, builds in CI, builds with `--locked` \
                      and builds with vendored packages compile only what its molt.lock lists. `molt lock` writes it; \
                      it belongs into version control.",
    },
    CodeInfo {
        code: STALE_LOCK,
        title: "molt.lock is out of date",
        explanation: "The manifest changed, or the program needs other capabilities, since the lock was written. Look \
                      at the change, run `molt lock`, and commit molt.lock together with it.",
    },
    CodeInfo {
        code: FILE_CHANGED,
        title: "a file is not the locked one",
        explanation: "The bytes of the file have another digest than molt.lock says. A file of the project itself is \
                      accepted with `molt lock`. A file of a vendored package should never change by hand: restore it \
                      from version control, or fetch the package again with `molt vendor`.",
    },
    CodeInfo {
        code: FILE_MISSING,
        title: "a locked file is missing",
        explanation: "molt.lock lists a file that is not there. If it was removed or renamed on purpose, run \
                      `molt lock`; if it belongs to a vendored package, restore it or run `molt vendor`.",
    },
    CodeInfo {
        code: UNLISTED,
        title: "a file is not in the lock",
        explanation: "A module of the project, or any file in the vendor folder, that molt.lock does not list is not \
                      compiled where the lock is enforced: a file that was slipped in would otherwise become part of \
                      the program. Accept it with `molt lock`, or remove it.",
    },
    CodeInfo {
        code: SYMLINK,
        title: "a symbolic link in a locked tree",
        explanation: "What a link points to is not part of the tree, so its digest would say nothing about other \
                      machines. Replace the link by a copy.",
    },
    CodeInfo {
        code: CASE_COLLISION,
        title: "names that differ in case alone",
        explanation: "On macOS and Windows both names are one file, so the same lock would mean different bytes there. \
                      Rename one of the two.",
    },
    CodeInfo {
        code: FILE_NAME,
        title: "a file name that is not Unicode",
        explanation: "A lock is a text file, and such a name has no place in it. Rename the file.",
    },
    CodeInfo {
        code: OUTSIDE,
        title: "a module from outside the project",
        explanation: "The build reads a module that lies outside the folder of molt.toml, where no lock covers it. Move \
                      it into the project, or vendor it.",
    },
    CodeInfo {
        code: TOOLCHAIN,
        title: "the project is locked to another compiler",
        explanation: "molt.lock was written with another version of Molt, which may generate other code. Use that \
                      version, or run `molt lock` to move the project to the installed one; the change of the lock then \
                      shows in review.",
    },
    CodeInfo {
        code: VENDOR_INDEX,
        title: "vendor/manifest.json is not valid",
        explanation: "The list of vendored packages is written by `molt vendor` only. Run it again, or restore the file \
                      from version control.",
    },
    CodeInfo {
        code: NOT_VENDORED,
        title: "a dependency is not vendored",
        explanation: "Builds never download anything: the sources of every dependency in molt.toml are kept in the \
                      vendor folder. `molt vendor` fetches and checks them, `molt lock` locks them.",
    },
    CodeInfo {
        code: NO_PROJECT,
        title: "not in a project",
        explanation: "The command works on a project, a folder with a molt.toml, and neither the current folder nor one \
                      above it has one. `molt init` makes one.",
    },
    CodeInfo {
        code: NOT_GRANTED,
        title: "a capability is not granted",
        explanation: "`allow` under [capabilities] in molt.toml is the most that the program may do, and a module of the \
                      program uses a name that needs more. The chain of imports says how the module came to be part of \
                      it. Grant the capability, with a scope if a part is enough (`\"fs.read:data/\"`), or do without \
                      the module. `molt check --capabilities` lists every place that needs one.",
    },
    CodeInfo {
        code: GRANT,
        title: "a grant can't be read",
        explanation: "A rule in [capabilities] of molt.toml is the name of a capability, with a scope after a colon \
                      where only a part is granted, or either after `!` to deny it: `fs.read`, `fs.read:data/`, \
                      `!net`. `*` stands for every capability. `docs/capabilities.md` lists them.",
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
    CodeInfo {
        code: NO_NOTE,
        title: "the file does not say which lock it was built from",
        explanation: "Binaries and archives that are built in a project carry the digest of its molt.lock, if everything \
                      was as locked. This one was built outside of a project, or in a debug build after a file changed, \
                      or by something else than Molt.",
    },
    CodeInfo {
        code: OTHER_LOCK,
        title: "the file was built from another lock",
        explanation: "The digest of a lock that the file carries is not that of the project's molt.lock. The file is of \
                      another state of the project, or of another project.",
    },
    CodeInfo {
        code: NOT_REPRODUCIBLE,
        title: "two builds gave different bytes",
        explanation: "`molt verify --rebuild` builds the project twice, in different folders and environments, and found \
                      outputs that differ. The compiler never does that knowingly: please report it, with the section \
                      that is named. A difference in a binary alone comes from the linker.",
    },
    CodeInfo {
        code: PACKAGE,
        title: "a package is not valid",
        explanation: "A .moltpkg file is damaged, has files that its SHA256SUMS does not list or lists otherwise, or has \
                      paths that lead out of a folder. Nothing was unpacked. Get the file again from where it was \
                      published, or make it anew with `molt package`.",
    },
    CodeInfo {
        code: PUBLISHED,
        title: "the version is published with other bytes",
        explanation: "What is published is never replaced: whoever has fetched it would not notice. Raise \
                      `package.version` in molt.toml, run `molt lock`, and publish again. Publishing equal bytes again \
                      is no error.",
    },
    CodeInfo {
        code: REGISTRY,
        title: "not a registry to publish to",
        explanation: "`molt publish` adds packages to a folder, named by its path or as `file:///PATH`. The folder has an \
                      `index.json` for each package, which only `molt publish` writes; this one can't be used.",
    },
    CodeInfo {
        code: PACKAGE_VERSION,
        title: "a version that can't be part of a file name",
        explanation: "`package.version` in molt.toml is free text, but it becomes part of the name of a package and of a \
                      folder in a registry: ASCII letters, digits, `.`, `_`, `+` and `-` are allowed there.",
    },
    CodeInfo {
        code: TWO_MODULES,
        title: "two targets have the same module",
        explanation: "A program is linked from modules with different dotted names, and two of its targets each have one \
                      of this name. The name is the path below the target's `imports` folder, or below the \
                      repository: change `imports` of one target, rename the file, or depend on one of them only.",
    },
    CodeInfo {
        code: FACTS_FILE,
        title: "not a file of this compiler",
        explanation: "`molt action` passes what it knows of a module from one action to the next in files, which only \
                      the very compiler that wrote them reads. Build systems make them again when the compiler \
                      changes, if the compiler is an input of the action.",
    },
    CodeInfo {
        code: NOT_GIVEN,
        title: "module not given to the action",
        explanation: "An action of a build system sees only the modules that are named on its command line. Add the \
                      file to the target's `srcs`, or the target that has it to `deps`.",
    },
    CodeInfo {
        code: MODULE_NAME,
        title: "the path gives no module name",
        explanation: "The name of a module is its path below an import folder with dots for slashes, so the file and the \
                      folders must be named by identifiers: `my-module.py` can't be imported. Only the script of a \
                      program (`main`) may have any name.",
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
