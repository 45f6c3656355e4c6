//! The compiled package against what CPython 3.12 printed, and what a host must be able to rely on.

use super::handlers::api::{self, Options};
use super::handlers::errors::{LockError, LockSyntaxError, UnknownPackageError};
use super::new_runtime;

const LOCK: &str = include_str!("../tests/data/Cargo.lock.txt");
const REPORT: &str = include_str!("../tests/data/report.txt");

/// The defaults of the Python dataclass, which Rust has no way to see.
fn options() -> Options {
    Options { title: "Dependencies".to_owned(), top: 10, chains: true, skip: Vec::new() }
}

#[test]
fn the_report_equals_cpythons() {
    let rt = new_runtime().unwrap();
    assert_eq!(api::report(&rt, LOCK, &options()).unwrap(), REPORT);
}

#[test]
fn values_have_their_types() {
    let rt = new_runtime().unwrap();
    let summary = api::summary(&rt, LOCK).unwrap();
    assert_eq!(summary.packages, 158);
    assert_eq!(summary.edges, 314);
    assert!((summary.average_needs - 314.0 / 158.0).abs() < 1e-12);
    assert_eq!(
        summary.duplicates.get("syn").map(Vec::as_slice),
        Some(&["2.0.119".to_owned(), "3.0.10".to_owned()][..])
    );
    assert_eq!(api::newest(&rt, LOCK, "no such package").unwrap(), None);
    assert!(api::depends_on(&rt, LOCK, "molt-build", "serde").unwrap());
    assert_eq!(api::path(&rt, LOCK, "serde", "molt-build").unwrap(), None);
    // A default is Python's when the argument is left out.
    assert!(api::fan_in(&rt, LOCK, None).unwrap().len() > api::fan_in(&rt, LOCK, Some(5)).unwrap().len());
    let ranks = api::ranks(&rt, LOCK, &[("serde".to_owned(), 2.0)].into(), None).unwrap();
    assert!(ranks.iter().all(|(_, rank)| rank.is_finite()));
}

#[test]
fn exceptions_have_type_message_and_traceback() {
    let rt = new_runtime().unwrap();
    let error = api::versions(&rt, LOCK, "serde_jsn").unwrap_err();
    assert!(error.is::<UnknownPackageError>() && error.is::<LockError>() && !error.is::<LockSyntaxError>());
    assert_eq!(error.type_name(), "handlers.errors.UnknownPackageError");
    assert!(error.message().starts_with("no package named 'serde_jsn'"), "{error}");
    let traceback = error.traceback();
    assert!(traceback.starts_with("Traceback (most recent call last):\n"), "{traceback}");
    assert!(traceback.contains("File \"handlers/api.py\", line "), "{traceback}");
    assert!(traceback.contains("handlers.errors.UnknownPackageError: no package named 'serde_jsn'"), "{traceback}");
    // The runtime is as good as before.
    assert!(api::newest(&rt, LOCK, "serde").unwrap().is_some());
}

#[test]
fn a_generator_is_read_item_by_item() {
    let rt = new_runtime().unwrap();
    let tokenize = rt.import("handlers.tokens").unwrap().get_attr("tokenize").unwrap();
    let tokens = |text: &str| tokenize.call(&[rt.value(text).unwrap()]).unwrap().iter().unwrap();
    let kinds: Vec<String> =
        tokens("a = 1\n").map(|token| token.unwrap().get_attr("kind").unwrap().extract().unwrap()).collect();
    assert_eq!(kinds.last().map(String::as_str), Some("eof"));
    assert!(kinds.len() > 4, "{kinds:?}");
    // What comes before the mistake is there; behind the exception there is nothing more.
    let (mut found, mut iter) = (0, tokens("a = 'open\n"));
    let error = loop {
        match iter.next().expect("it ends with an error") {
            Ok(_) => found += 1,
            Err(error) => break error,
        }
    };
    assert!(found > 0 && error.is::<LockSyntaxError>(), "{error}");
    assert!(iter.next().is_none());
    assert_eq!(rt.value(&3i64).unwrap().iter().unwrap_err().message(), "'int' object is not iterable");
}

#[test]
fn a_wrong_type_is_an_exception() {
    let rt = new_runtime().unwrap();
    let text = rt.value("text").unwrap();
    assert_eq!(text.extract::<i64>().unwrap_err().type_name(), "TypeError");
    let versions = rt.import("handlers.api").unwrap().get_attr("versions").unwrap();
    let error = versions.call(&[rt.value(&1i64).unwrap(), text.clone()]).unwrap_err();
    assert!(error.traceback().contains("File \"handlers/api.py\", line "), "{error}");
    let error = versions.call(&[text]).unwrap_err();
    assert_eq!(error.message(), "versions() missing 1 required positional argument: 'name'");
    // Nothing of this harms the runtime.
    assert!(api::newest(&rt, LOCK, "serde").unwrap().is_some());
}

#[test]
fn two_runtimes_on_two_threads_do_not_share() {
    let work = |formats: i64| {
        move || {
            let rt = new_runtime().unwrap();
            // A module global that was changed in one runtime...
            let tuple = rt.value(&(formats,)).unwrap();
            rt.import("handlers").unwrap().set_attr("FORMATS", &tuple).unwrap();
            let fresh = rt.import("handlers").unwrap().get_attr("FORMATS").unwrap();
            let seen: (i64,) = fresh.extract().unwrap();
            for _ in 0..3 {
                assert_eq!(api::report(&rt, LOCK, &options()).unwrap(), REPORT);
            }
            seen.0
        }
    };
    let threads: Vec<_> = [4, 5].map(|formats| std::thread::spawn(work(formats))).into();
    let seen: Vec<i64> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    // ...is not changed in the other.
    assert_eq!(seen, [4, 5]);
}

#[test]
fn a_runtime_is_limited_to_what_its_modules_need() {
    // The handlers open no file, so nothing that runs with them can; a host narrows this and never widens it.
    let widened = molt_runtime::Runtime::builder(super::program()).capabilities("*".parse().unwrap()).start().unwrap();
    for rt in [new_runtime().unwrap(), widened] {
        let open = rt.import("builtins").unwrap().get_attr("open").unwrap();
        let error = open.call(&[rt.value("Cargo.toml").unwrap()]).unwrap_err();
        assert_eq!(error.type_name(), "PermissionError");
        assert!(error.message().contains("capability 'fs.read' is not granted"), "{error}");
    }
}
