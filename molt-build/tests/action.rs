//! The actions for build systems: their objects are the driver's, and interfaces change when importers must.

mod support;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use molt_build::action::{self, Given, Mistakes, Record, Request, Unit};
use molt_build::cache::Cache;
use molt_build::driver::{Driver, Options, Program};
use molt_build::graph::Roots;
use molt_build::jobs::Jobs;
use molt_build::link::toolchain::host_target;
use molt_build::source::{Origin, Tree};
use molt_build::{BuildError, Profile, codes};
use support::{copy, folder, handlers, molt, run, succeed, write};

fn options(profile: Profile, prefix: &str) -> Options {
    Options {
        target: host_target().to_owned(),
        profile,
        symbol_prefix: prefix.to_owned(),
        capabilities: None,
        trusted: false,
    }
}

/// A module as the driver found it, for the actions.
struct Source {
    name: String,
    label: String,
    is_package: bool,
    path: PathBuf,
}

impl Source {
    fn unit(&self) -> Unit<'_> {
        Unit { name: &self.name, label: &self.label, is_package: self.is_package, path: &self.path }
    }
}

fn drive(roots: &Roots, options: &Options) -> Program {
    let jobs = Jobs::new(NonZeroUsize::new(1));
    let driver = Driver { jobs: &jobs, cache: &Cache::none(), progress: &() };
    driver.compile(roots, &Tree::default(), options).expect("the driver compiles it")
}

/// The modules of a program that come from files.
fn sources(program: &Program) -> Vec<Source> {
    let modules = program.graph.modules.values();
    let files = modules.filter_map(|module| match &module.source.origin {
        Origin::File { path, label } => Some(Source {
            name: module.source.name.clone(),
            label: label.clone(),
            is_package: module.source.is_package,
            path: path.clone(),
        }),
        _ => None,
    });
    files.collect()
}

/// Runs phase one on each, and writes the interfaces; `NAME=FILE` as the command takes them.
fn interfaces(dir: &Path, sources: &[Source]) -> BTreeMap<String, PathBuf> {
    let record = |source: &Source| {
        let record = action::facts(&source.unit(), Mistakes::Refuse).expect("phase one");
        let path = dir.join(format!("{}.minterface", source.name));
        write(&path, &record.interface().encode());
        (source.name.clone(), path)
    };
    sources.iter().map(record).collect()
}

/// Runs phase one on each, and writes the facts, which is what makes a program of modules.
fn facts(dir: &Path, sources: &[Source]) -> BTreeMap<String, PathBuf> {
    let record = |source: &Source| {
        let record = action::facts(&source.unit(), Mistakes::Refuse).expect("phase one");
        let path = dir.join(format!("{}.mfacts", source.name));
        write(&path, &record.encode());
        (source.name.clone(), path)
    };
    sources.iter().map(record).collect()
}

/// The objects that the actions make of a program, under the driver's names.
fn act(dir: &Path, sources: &[Source], roots: &[String], options: &Options) -> BTreeMap<String, Vec<u8>> {
    let files = interfaces(dir, sources);
    let mut objects = BTreeMap::new();
    let prefix = &options.symbol_prefix;
    for source in sources {
        let compiled = action::compile(&source.unit(), &Given::new(files.clone()), options, Mistakes::Refuse)
            .expect("it compiles");
        objects.insert(format!("{prefix}{}.o", source.name), compiled.object);
    }
    let linked = action::program(roots, &Given::new(facts(dir, sources)), options).expect("it links");
    objects.insert(format!("{prefix}molt_program.o"), linked.table);
    let path = dir.join("request");
    write(&path, &linked.request.encode());
    let request = Request::read(&path).expect("the request can be read");
    for object in action::supplied(&request, options, &Jobs::default()).expect("it is supplied") {
        objects.insert(object.name, object.bytes);
    }
    objects
}

fn assert_equal(roots: &Roots, start: &[&str], minimum: usize) {
    let dir = folder(&[]);
    for (profile, prefix) in [(Profile::Release, ""), (Profile::Debug, ""), (Profile::Release, "p1_")] {
        let options = options(profile, prefix);
        let program = drive(roots, &options);
        let start: Vec<String> = start.iter().map(|name| (*name).to_owned()).collect();
        let acted = act(dir.path(), &sources(&program), &start, &options);
        let driven: BTreeMap<_, _> = program.objects.into_iter().map(|object| (object.name, object.bytes)).collect();
        assert!(driven.len() >= minimum, "{:?}", driven.keys());
        assert_eq!(driven.keys().collect::<Vec<_>>(), acted.keys().collect::<Vec<_>>());
        for (name, bytes) in &driven {
            assert!(acted[name] == *bytes, "{name} differs");
        }
    }
}

#[test]
fn a_package_compiles_to_the_drivers_objects() {
    let dir = folder(&[]);
    copy(&handlers(), &dir.path().join("handlers"));
    let roots = Roots::library(&dir.path().join("handlers"), &Tree::default()).unwrap();
    let names: Vec<&str> = roots.modules.iter().map(String::as_str).collect();
    assert_equal(&roots, &names, 8);
}

#[test]
fn a_program_compiles_to_the_drivers_objects() {
    let dir = folder(&[
        ("main.py", "from space.inner import tea\nimport pack\nimport dataclasses\nprint(tea.brew(3), pack.x)\n"),
        (
            "space/inner/tea.py",
            "import time, math, keyword\nfrom typing import Optional\ndef brew(n: int) -> int: return n\n",
        ),
        ("pack/__init__.py", "from . import part\nfrom .part import x\n__all__ = ['part']\n"),
        ("pack/part.py", "import space.inner.tea as t\ntry:\n    import nowhere\nexcept ImportError: x = t.brew(1)\n"),
        // Comes before the standard library's, for the standard library as well.
        ("typing.py", "Optional = None\nclass Any: pass\nTYPE_CHECKING = False\nClassVar = None\n"),
    ]);
    let roots = Roots::script(&dir.path().join("main.py")).unwrap();
    assert_equal(&roots, &["__main__"], 9);
}

fn write_interface(dir: &Path, name: &str, text: &str) -> Vec<u8> {
    let path = dir.join(format!("{name}.py"));
    write(&path, text.as_bytes());
    let unit = Unit { name, label: &format!("{name}.py"), is_package: false, path: &path };
    let record = action::facts(&unit, Mistakes::Refuse).unwrap();
    write(&dir.join(format!("{name}.i")), &record.interface().encode());
    record.interface().encode()
}

#[test]
fn an_interface_changes_with_signatures_only() {
    let dir = folder(&[]);
    let base = write_interface(dir.path(), "m", "'doc'\nimport a\ndef f(x: int) -> int:\n    return x\n");
    for same in [
        "'doc'\nimport a\ndef f(x: int) -> int:\n    y = x * 2\n    return y\n",
        "# a comment\n'another doc'\nimport a\n\n\ndef f(x: int) -> int:\n    'doc'\n    return x\n",
    ] {
        assert!(base == write_interface(dir.path(), "m", same), "changed by {same:?}");
    }
    for other in [
        "'doc'\nimport a\ndef f(x: int, y: int = 0) -> int:\n    return x\n",
        "'doc'\nimport a\ndef f(x: float) -> int:\n    return x\n",
        "'doc'\nimport a\nimport b\ndef f(x: int) -> int:\n    return x\n",
        "'doc'\nimport a\ndef f(x: int) -> int:\n    return x\nclass C: pass\n",
    ] {
        assert!(base != write_interface(dir.path(), "m", other), "not changed by {other:?}");
    }
}

fn given(dir: &Path, names: &[&str]) -> Given {
    Given::new(names.iter().map(|name| ((*name).to_owned(), dir.join(format!("{name}.i")))).collect())
}

fn compile(dir: &Path, name: &str, given: &Given) -> Result<Vec<u8>, BuildError> {
    let (path, label) = (dir.join(format!("{name}.py")), format!("{name}.py"));
    let unit = Unit { name, label: &label, is_package: false, path: &path };
    action::compile(&unit, given, &options(Profile::Debug, ""), Mistakes::Refuse).map(|compiled| compiled.object)
}

#[test]
fn only_imported_interfaces_are_read() {
    let dir = folder(&[]);
    write_interface(dir.path(), "used", "x = 1\n");
    write_interface(dir.path(), "app", "import used\nprint(used.x)\n");
    let modules = given(dir.path(), &["used", "absent"]);
    compile(dir.path(), "app", &modules).expect("`absent` has no file, and nothing reads it");
    assert_eq!(modules.unused(), [dir.path().join("absent.i")]);
}

fn code_of(result: Result<impl Sized, BuildError>) -> (u16, String) {
    match result {
        Err(BuildError::Problems(problems)) => {
            (problems[0].code().0, problems[0].render(molt_codegen::diag::Style::Plain))
        }
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("it was accepted"),
    }
}

#[test]
fn mistakes_are_problems() {
    let dir = folder(&[("odd-name.py", "")]);
    write_interface(dir.path(), "app", "import lib\n");
    let (code, text) = code_of(compile(dir.path(), "app", &Given::default()));
    assert_eq!(code, 301);
    assert!(text.contains("app.py:1:8") && text.contains("`deps`"), "{text}");

    write(&dir.path().join("lib.i"), b"of another compiler");
    let (code, _) = code_of(compile(dir.path(), "app", &given(dir.path(), &["lib"])));
    assert_eq!(code, codes::FACTS_FILE.0);

    let swapped = Given::new([("lib".to_owned(), dir.path().join("app.i"))].into());
    assert_eq!(code_of(compile(dir.path(), "app", &swapped)).0, codes::FACTS_FILE.0);

    assert_eq!(code_of(compile(dir.path(), "odd-name", &Given::default())).0, codes::MODULE_NAME.0);
    assert_eq!(code_of(action::named(&["a=x".into(), "a=y".into()])).0, codes::TWO_MODULES.0);
    let options = options(Profile::Debug, "");
    assert_eq!(code_of(action::program(&["main".into()], &Given::default(), &options)).0, codes::NOT_GIVEN.0);

    // With facts instead of interfaces, the line is known.
    for (name, text) in [("one", "\nfrom two import b\na = 1\n"), ("two", "\nfrom one import a\nb = 1\n")] {
        let path = dir.path().join(format!("{name}.py"));
        write(&path, text.as_bytes());
        let unit = Unit { name, label: &format!("{name}.py"), is_package: false, path: &path };
        write(&dir.path().join(format!("{name}.i")), &action::facts(&unit, Mistakes::Refuse).unwrap().encode());
    }
    let (_, text) = code_of(action::program(&["one".into()], &given(dir.path(), &["one", "two"]), &options));
    assert!(text.contains("on line 2"), "{text}");

    write_interface(dir.path(), "one", "from two import b\na = 1\n");
    write_interface(dir.path(), "two", "from one import a\nb = 1\n");
    let (code, text) = code_of(action::program(&["one".into()], &given(dir.path(), &["one", "two"]), &options));
    assert_eq!(code, codes::CIRCULAR_IMPORT.0);
    assert!(text.starts_with("one.py: error") || text.starts_with("two.py: error"), "{text}");
}

#[test]
fn deferred_mistakes_stop_the_programs_that_reach_them() {
    // A syntax error, what only phase two refuses, and an import of what is not there.
    let broken =
        [("old", "print 'python 2'\n", 101), ("dynamic", "x = eval('1')\n", 205), ("far", "import nowhere\n", 301)];
    let dir = folder(&[("app.py", "import good\n"), ("good.py", "x = 1\n"), ("bad.py", "import old, dynamic, far\n")]);
    let mut files = BTreeMap::new();
    for (name, text, _) in broken.into_iter().chain([("app", "", 0), ("good", "", 0), ("bad", "", 0)]) {
        let path = dir.path().join(format!("{name}.py"));
        if !text.is_empty() {
            write(&path, text.as_bytes());
        }
        let unit = Unit { name, label: &format!("{name}.py"), is_package: false, path: &path };
        let interface = dir.path().join(format!("{name}.i"));
        write(&interface, &action::facts(&unit, Mistakes::Defer).unwrap().interface().encode());
        let options = options(Profile::Release, "");
        action::compile(&unit, &Given::default(), &options, Mistakes::Defer).expect("it is deferred");
        files.insert(name.to_owned(), interface);
    }
    let options = options(Profile::Debug, "");
    action::program(&["app".into()], &Given::new(files.clone()), &options).expect("nothing reaches them");
    let error = action::program(&["bad".into()], &Given::new(files), &options).unwrap_err();
    let found: BTreeMap<String, u16> =
        error.problems().iter().map(|p| (p.path.file_name().unwrap().to_string_lossy().into(), p.code().0)).collect();
    let expected = broken.iter().map(|(name, _, code)| (format!("{name}.py"), *code)).collect();
    assert_eq!(found, expected);
}

#[test]
fn the_command_takes_its_arguments_from_a_file() {
    let dir = folder(&[
        ("app.py", "import lib\nprint(lib.greet('you'))\n"),
        ("lib.py", "def greet(name: str) -> str:\n    'Says hello.'\n    return 'hello ' + name\n"),
    ]);
    let facts = |name: &str, source: &str| {
        let list = format!(
            "--module\n{name}\n--label\n{source}\n{source}\n-o\n{name}.mfacts\n--interface\n{name}.minterface\n"
        );
        write(&dir.path().join("arguments"), list.as_bytes());
        succeed(molt(dir.path()).args(["action", "facts", "@arguments"]));
    };
    facts("__main__", "app.py");
    facts("lib", "lib.py");
    let lib = ["--given", "lib=lib.minterface"];
    for (name, source) in [("__main__", "app.py"), ("lib", "lib.py")] {
        succeed(
            molt(dir.path())
                .args(["action", "compile", "--module", name, "--label", source, source, "--release"])
                .args(lib)
                .args(["-o", &format!("{name}.o"), "--unused", &format!("{name}.unused")]),
        );
    }
    let unused = std::fs::read_to_string(dir.path().join("__main__.unused")).unwrap();
    assert_eq!(unused, "");
    succeed(
        molt(dir.path())
            .args(["action", "program", "--root", "__main__", "--given", "__main__=__main__.mfacts"])
            .args(["--given", "lib=lib.mfacts"])
            .args(["--release", "-o", "table.o", "--entry", "entry.o", "--request", "request"]),
    );
    succeed(molt(dir.path()).args(["action", "supplied", "request", "--release", "-o", "supplied.a"]));
    succeed(molt(dir.path()).args([
        "action",
        "archive",
        "__main__.o",
        "lib.o",
        "table.o",
        "supplied.a",
        "-o",
        "all.a",
    ]));
    succeed(
        molt(dir.path())
            .args(["action", "header", "--root", "lib", "--given", "lib=lib.mfacts"])
            .args(["--name", "lib", "-o", "lib.h"]),
    );
    let header = std::fs::read_to_string(dir.path().join("lib.h")).unwrap();
    assert!(header.contains("Says hello.") && header.contains("lib_greet"), "{header}");

    // The same objects as a build of the script.
    succeed(molt(dir.path()).args(["build", "app.py", "--release", "--emit", "obj", "-o", "objects"]));
    for (ours, theirs) in [("__main__.o", "__main__.o"), ("lib.o", "lib.o"), ("table.o", "molt_program.o")] {
        let read = |path: PathBuf| std::fs::read(path).unwrap();
        assert!(read(dir.path().join(ours)) == read(dir.path().join("objects").join(theirs)), "{ours} differs");
    }
    let archive = std::fs::read(dir.path().join("all.a")).unwrap();
    let members = molt_build::link::archive::members(Path::new("all.a"), &archive).unwrap();
    assert_eq!(members.iter().map(|m| m.name.as_str()).collect::<Vec<_>>(), ["__main__.o", "lib.o", "table.o"]);

    let refused = run(molt(dir.path()).args(["action", "facts", "@nowhere"]));
    assert_eq!(refused.status.code(), Some(2));
    assert!(Record::read(&dir.path().join("lib.mfacts")).is_ok());
}
