//! Objects for every target, made on this machine: the format and the symbols are right, and the bytes are always the same.
//!
//! What the objects do when they run is tested by `tests/targets/run.sh`, where emulators are.

mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use molt_build::cache::Cache;
use molt_build::driver::{Driver, Options, Program};
use molt_build::graph::Roots;
use molt_build::jobs::Jobs;
use molt_build::link::platform::{Platform, architecture};
use molt_build::link::{Object, archive};
use molt_build::source::Tree;
use molt_build::{Profile, compiler};
use molt_codegen::emit::EntryPoint;
use object::{Object as _, ObjectSection as _, ObjectSymbol as _};
use support::{folder, molt, run};

/// What the others are compared with.
const REFERENCE: &str = "x86_64-unknown-linux-gnu";

const TARGETS: [&str; 10] = [
    "x86_64-unknown-linux-musl",
    "aarch64-unknown-linux-gnu",
    "aarch64-unknown-linux-musl",
    "x86_64-apple-darwin",
    "aarch64-apple-darwin",
    "x86_64-pc-windows-msvc",
    "x86_64-pc-windows-gnu",
    "aarch64-pc-windows-msvc",
    "aarch64-pc-windows-gnullvm",
    REFERENCE,
];

fn compile(script: &Path, target: &str, profile: Profile) -> Program {
    let options = Options {
        target: target.to_owned(),
        profile,
        symbol_prefix: String::new(),
        capabilities: None,
        trusted: false,
    };
    let (jobs, cache) = (Jobs::new(None), Cache::none());
    let driver = Driver { jobs: &jobs, cache: &cache, progress: &() };
    let roots = Roots::script(script).expect("a script");
    let mut program = driver
        .compile(&roots, &Tree::default(), &options)
        .unwrap_or_else(|error| panic!("{} for {target}: {error}", script.display()));
    let main = EntryPoint::Program { prefix: String::new() };
    program.objects.push(compiler::entry_point(&main, &options).expect("an entry point"));
    program
}

/// The defined and the undefined global symbols, without the format's prefix.
fn symbols(target: &str, bytes: &[u8]) -> (BTreeSet<String>, BTreeSet<String>) {
    let file = object::File::parse(bytes).expect("an object");
    assert_eq!(file.format(), Platform::of(target).object_format(), "{target}");
    assert_eq!(file.architecture(), architecture(target), "{target}");
    assert_eq!(file.kind(), object::ObjectKind::Relocatable, "{target}");
    let prefix = if Platform::of(target) == Platform::MacOs { "_" } else { "" };
    let (mut defined, mut undefined) = (BTreeSet::new(), BTreeSet::new());
    for symbol in file.symbols().filter(|symbol| symbol.is_global() || symbol.is_undefined()) {
        let name = symbol.name().expect("a name");
        // The null symbol of ELF.
        if name.is_empty() {
            continue;
        }
        let name = name.strip_prefix(prefix).unwrap_or_else(|| panic!("{target}: {name} without {prefix}")).to_owned();
        if symbol.is_undefined() {
            undefined.insert(name)
        } else {
            defined.insert(name)
        };
    }
    (defined, undefined)
}

fn same_symbols(script: &Path, profile: Profile) {
    let reference = compile(script, REFERENCE, profile);
    let expected: Vec<_> = reference.objects.iter().map(|object| symbols(REFERENCE, &object.bytes)).collect();
    for target in TARGETS {
        let program = compile(script, target, profile);
        assert_eq!(program.objects.len(), expected.len());
        for (object, expected) in program.objects.iter().zip(&expected) {
            let got = symbols(target, &object.bytes);
            assert_eq!(&got, expected, "{} of {} for {target}", object.name, script.display());
        }
    }
}

fn corpus(folder: &str) -> Vec<PathBuf> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests").join(folder);
    let mut found: Vec<_> = support::files(&top).into_iter().map(|file| top.join(file)).collect();
    found.retain(|file| file.extension().is_some_and(|ext| ext == "py"));
    found
}

#[test]
fn benchmarks_have_the_same_symbols_everywhere() {
    let scripts = corpus("bench");
    assert!(scripts.len() > 20);
    for script in scripts {
        same_symbols(&script, Profile::Release);
    }
}

#[test]
fn a_sample_of_the_differential_suite_has_the_same_symbols_everywhere() {
    for area in ["gen", "exc", "class", "with", "recursion"] {
        let scripts: Vec<_> = corpus(&format!("differential/{area}")).into_iter().step_by(4).collect();
        assert!(!scripts.is_empty(), "{area}");
        for script in scripts {
            same_symbols(&script, Profile::Debug);
            same_symbols(&script, Profile::Release);
        }
    }
}

#[test]
fn equal_bytes_come_out_each_time() {
    let script = corpus("bench").into_iter().find(|path| path.ends_with("richards.py")).expect("a benchmark");
    for target in TARGETS {
        let [one, two] = [(), ()].map(|()| compile(&script, target, Profile::Release));
        let bytes = |program: &Program| program.objects.iter().map(|object| object.bytes.clone()).collect::<Vec<_>>();
        assert!(bytes(&one) == bytes(&two), "{target}");
    }
}

#[test]
fn sections_are_ones_that_linkers_can_drop() {
    let script = corpus("bench").remove(0);
    for target in TARGETS {
        let program = compile(&script, target, Profile::Release);
        let file = object::File::parse(&*program.objects[0].bytes).expect("an object");
        match &file {
            // One section that the linker may cut at each symbol.
            object::File::MachO64(macho) => {
                let flags = object::FileFlags::MachO { flags: object::macho::MH_SUBSECTIONS_VIA_SYMBOLS };
                assert_eq!(macho.flags(), flags, "{target}");
            }
            _ => {
                let text = file.sections().filter(|section| section.kind() == object::SectionKind::Text);
                assert!(text.filter(|section| section.size() > 0).count() > 3, "{target}");
            }
        }
    }
}

#[test]
fn data_are_addressed_without_a_table() {
    use object::RelocationFlags::{Elf, MachO};
    let script = corpus("bench").remove(0);
    for target in TARGETS {
        let program = compile(&script, target, Profile::Release);
        let file = object::File::parse(&*program.objects[0].bytes).expect("an object");
        let mut seen = 0;
        for (_, relocation) in file.sections().flat_map(|section| section.relocations().collect::<Vec<_>>()) {
            let object::RelocationTarget::Symbol(symbol) = relocation.target() else { continue };
            let name = file.symbol_by_index(symbol).and_then(|symbol| symbol.name()).expect("a symbol").to_owned();
            if !name.trim_start_matches('_').starts_with("molt_mod_") {
                continue;
            }
            seen += 1;
            let wrong = match relocation.flags() {
                Elf { r_type } if architecture(target) == object::Architecture::Aarch64 => {
                    [object::elf::R_AARCH64_ADR_GOT_PAGE, object::elf::R_AARCH64_LD64_GOT_LO12_NC].contains(&r_type)
                }
                Elf { r_type } => r_type != object::elf::R_X86_64_PC32,
                MachO { r_type, .. } if architecture(target) == object::Architecture::Aarch64 => {
                    ![object::macho::ARM64_RELOC_PAGE21, object::macho::ARM64_RELOC_PAGEOFF12].contains(&r_type)
                }
                // Linkers take a branch's target for a function.
                MachO { r_type, .. } => r_type != object::macho::X86_64_RELOC_SIGNED,
                _ => false,
            };
            assert!(!wrong, "{target}: {relocation:?} to {name}");
        }
        assert!(seen > 0, "{target}");
    }
}

#[test]
fn archives_have_the_flavour_of_the_targets_linker() {
    let script = corpus("bench").remove(0);
    for target in TARGETS {
        let platform = Platform::of(target);
        let program = compile(&script, target, Profile::Debug);
        let path = PathBuf::from(platform.static_library("x"));
        let bytes = archive::write(platform, &path, &program.objects).expect("an archive");
        let names = |objects: &[Object]| objects.iter().map(|object| object.name.clone()).collect::<Vec<_>>();
        let back = archive::members(&path, &bytes).expect("an archive");
        assert_eq!(names(&back), names(&program.objects), "{target}");
        assert!(archive::is_for(target, &path, &bytes).expect("an archive"));
        assert!(!archive::is_for("riscv64gc-unknown-linux-gnu", &path, &bytes).expect("an archive"));
        let kind = object::read::archive::ArchiveFile::parse(&*bytes).expect("an archive").kind();
        let expected = match platform {
            Platform::MacOs => object::read::archive::ArchiveKind::Bsd,
            Platform::WindowsMsvc => object::read::archive::ArchiveKind::Coff,
            _ => object::read::archive::ArchiveKind::Gnu,
        };
        assert_eq!(kind, expected, "{target}");
    }
}

/// Everything that is needed to link for a foreign target, absent.
fn poor(dir: &Path, target: &str) -> std::process::Command {
    let mut command = molt(dir);
    command.args(["build", "x.py", "--no-cache", "--target", target]);
    for variable in ["ZIG", "CC", "TARGET_CC", "MOLT_RUNTIME_DIR"] {
        command.env_remove(variable);
    }
    command.env("PATH", dir);
    command
}

#[test]
fn what_is_missing_for_a_target_has_a_code_and_a_command() {
    let dir = folder(&[("x.py", "print(1)\n")]);
    let foreign = if cfg!(target_arch = "aarch64") { REFERENCE } else { "aarch64-unknown-linux-gnu" };
    let says = |command: &mut std::process::Command, parts: &[&str]| {
        let output = run(command);
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(3), "{text}");
        for part in parts {
            assert!(text.contains(part), "{part:?} is missing in\n{text}");
        }
    };
    says(&mut poor(dir.path(), foreign), &["MOLT0460", "pip install ziglang"]);
    says(&mut poor(dir.path(), "x86_64-pc-windows-msvc"), &["MOLT0462", "--emit staticlib"]);
    // A runtime of another format, with a compiler that would link.
    let program = compile(&dir.path().join("x.py"), "aarch64-apple-darwin", Profile::Debug);
    let runtime = dir.path().join("libmolt_rt.a");
    let bytes = archive::write(Platform::MacOs, &runtime, &program.objects).expect("an archive");
    support::write(&runtime, &bytes);
    let mut command = poor(dir.path(), foreign);
    command.env("ZIG", "/nowhere/zig").env("MOLT_RUNTIME_DIR", dir.path());
    says(&mut command, &["MOLT0463", &format!("{foreign}/libmolt_rt.a")]);
}

#[test]
#[cfg(unix)]
fn a_target_without_rusts_library_names_the_command() {
    use std::os::unix::fs::PermissionsExt;
    let dir = folder(&[("x.py", "print(1)\n")]);
    // A compiler that knows the target and has nothing for it.
    let rustc = dir.path().join("rustc");
    support::write(&rustc, format!("#!/bin/sh\necho {}\n", dir.path().join("nothing").display()).as_bytes());
    std::fs::set_permissions(&rustc, std::fs::Permissions::from_mode(0o755)).expect("it can be made executable");
    let foreign = if cfg!(target_arch = "aarch64") { REFERENCE } else { "aarch64-unknown-linux-musl" };
    let cache = dir.path().join("cache");
    let mut command = poor(dir.path(), foreign);
    command.env("ZIG", "/nowhere/zig").env("RUSTC", &rustc).env("MOLT_CACHE_DIR", &cache);
    let output = run(&mut command);
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("MOLT0461") && text.contains(&format!("`rustup target add {foreign}`")), "{text}");
    // The doctor says the same.
    let mut command = molt(dir.path());
    command.args(["doctor", "--target", foreign]).env_remove("MOLT_RUNTIME_DIR").env("RUSTC", &rustc);
    let output = run(command.env("MOLT_CACHE_DIR", &cache));
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(3));
    assert!(text.contains(&format!("`rustup target add {foreign}`")), "{text}");
}
