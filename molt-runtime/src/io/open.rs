//! `open`.

use super::binary;
use super::error;
use super::stream::{Access, Source, Stream};
use super::text::{self, Settings};
use crate::capability::Capability;
use crate::object::str;
use crate::runtime::{R, Rt};
use crate::types::exception;
use crate::value::Obj;
use molt_abi::layout::Kind;
use rustix::fs::OFlags;
use std::fs::OpenOptions;
use std::rc::Rc;

/// A parsed mode.
#[derive(Debug, Clone, Copy)]
struct Mode {
    reading: bool,
    writing: bool,
    appending: bool,
    creating: bool,
    updating: bool,
    binary: bool,
}

fn parse_mode(rt: &Rt, mode: &str) -> R<Mode> {
    let invalid = || rt.value_error(format_args!("invalid mode: '{mode}'"));
    for (n, c) in mode.char_indices() {
        if !"axrwb+t".contains(c) || mode[..n].contains(c) {
            return Err(invalid());
        }
    }
    let has = |c: char| mode.contains(c);
    if has('b') && has('t') {
        return Err(rt.value_error(format_args!("can't have text and binary mode at once")));
    }
    match ['a', 'x', 'r', 'w'].iter().filter(|c| has(**c)).count() {
        1 => {}
        0 => {
            return Err(rt.value_error(format_args!(
                "Must have exactly one of create/read/write/append mode and at most one plus"
            )));
        }
        _ => return Err(rt.value_error(format_args!("must have exactly one of create/read/write/append mode"))),
    }
    Ok(Mode {
        reading: has('r'),
        writing: has('w'),
        appending: has('a'),
        creating: has('x'),
        updating: has('+'),
        binary: has('b'),
    })
}

fn text_argument(rt: &Rt, name: &str, arg: Option<&Obj>) -> R<Option<String>> {
    match arg {
        Some(a) if a.is_kind(Kind::Str) => Ok(Some(str::to_string(a))),
        Some(a) if !a.is_none() => {
            Err(rt.type_error(format_args!("open() argument '{name}' must be str or None, not {}", rt.type_name(a))))
        }
        _ => Ok(None),
    }
}

/// `open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)`
pub fn open(rt: &Rt, _: &Obj, args: &[Option<&Obj>]) -> R {
    let Some(file) = args[0] else { return Ok(Obj::none()) };
    let mode_text = match args[1] {
        Some(m) if m.is_kind(Kind::Str) => str::to_string(m),
        Some(m) => {
            return Err(rt.type_error(format_args!("open() argument 'mode' must be str, not {}", rt.type_name(m))));
        }
        None => "r".to_owned(),
    };
    let buffering = match args[2] {
        Some(b) => rt.index_i64(b)?,
        None => -1,
    };
    let encoding = text_argument(rt, "encoding", args[3])?;
    let errors = text_argument(rt, "errors", args[4])?;
    let newline = text_argument(rt, "newline", args[5])?;
    let closefd = match args[6] {
        Some(c) => rt.truth(c)?,
        None => true,
    };
    let path = if file.as_small_int().is_some() { file.clone() } else { fs_path(rt, file)? };
    let mode = parse_mode(rt, &mode_text)?;
    if mode.binary {
        for (given, words) in [
            (encoding.is_some(), "binary mode doesn't take an encoding argument"),
            (errors.is_some(), "binary mode doesn't take an errors argument"),
            (newline.is_some(), "binary mode doesn't take a newline argument"),
        ] {
            if given {
                return Err(rt.value_error(format_args!("{words}")));
            }
        }
    }
    if args[7].is_some_and(|o| !o.is_none()) {
        return Err(rt.not_implemented_error(format_args!("open() with an opener is not available")));
    }
    let read = mode.reading || mode.updating;
    let write = !mode.reading || mode.updating;
    let access = Access {
        read,
        write,
        append: mode.appending,
        create: mode.creating,
        unbuffered: mode.binary && buffering == 0,
    };
    let source = match path.as_small_int() {
        Some(fd) => source_of_fd(rt, fd)?,
        None => open_path(rt, &path, mode, access)?,
    };
    if buffering == 0 && !mode.binary {
        return Err(rt.value_error(format_args!("can't have unbuffered text I/O")));
    }
    let stream = Rc::new(Stream::new(source, access, closefd));
    let raw_mode = match (mode.creating, mode.appending, read, write) {
        (true, _, true, _) => "xb+",
        (true, _, false, _) => "xb",
        (_, true, true, _) => "ab+",
        (_, true, false, _) => "ab",
        (_, _, true, true) => "rb+",
        (_, _, true, false) => "rb",
        _ => "wb",
    };
    if mode.binary {
        return Ok(binary::new(rt, stream, &path, raw_mode));
    }
    let line_buffered = buffering == 1 || (buffering < 0 && stream.is_terminal());
    stream.line_buffered.set(line_buffered);
    let settings = Settings { encoding, errors, newline, mode: mode_text };
    text::new(rt, stream, &path, raw_mode, settings)
}

/// `os.fspath` of what may name a file.
fn fs_path(rt: &Rt, file: &Obj) -> R {
    let named = |o: &Obj| o.is_kind(Kind::Str) || o.is_kind(Kind::Bytes);
    if named(file) {
        return Ok(file.clone());
    }
    if let Some(path) = rt.call_special(file, &rt.intern("__fspath__"), &[])? {
        if named(&path) {
            return Ok(path);
        }
        return Err(rt.type_error(format_args!(
            "expected {}.__fspath__() to return str or bytes, not {}",
            rt.type_name(file),
            rt.type_name(&path)
        )));
    }
    Err(rt.type_error(format_args!("expected str, bytes or os.PathLike object, not {}", rt.type_name(file))))
}

fn source_of_fd(rt: &Rt, fd: i64) -> R<Source> {
    match fd {
        0 => Ok(Source::Stdin),
        1 => Ok(Source::Stdout),
        2 => Ok(Source::Stderr),
        fd if fd < 0 => Err(rt.value_error(format_args!("negative file descriptor"))),
        _ => Err(rt.not_implemented_error(format_args!("open() of a file descriptor is not available"))),
    }
}

fn open_path(rt: &Rt, path: &Obj, mode: Mode, access: Access) -> R<Source> {
    use std::os::unix::ffi::OsStringExt;
    let bytes = match crate::object::bytes::data(path) {
        Some(data) => data.to_vec(),
        None => crate::types::str::codec::encode(rt, path, Some("utf-8"), Some("surrogateescape"))?,
    };
    if bytes.contains(&0) {
        return Err(rt.value_error(format_args!("embedded null byte")));
    }
    let name = std::path::PathBuf::from(std::ffi::OsString::from_vec(bytes));
    let needs = [(access.read, Capability::FsRead), (access.write, Capability::FsWrite)];
    let needs = needs.iter().filter(|(needed, _)| *needed).map(|(_, capability)| *capability).collect();
    let result = match rt.confine(needs, &name, path)? {
        Some(confined) => confined.open(flags(mode, access)),
        None => OpenOptions::new()
            .read(access.read)
            .write(access.write && !mode.appending)
            .append(mode.appending)
            .create(mode.writing || mode.appending)
            .truncate(mode.writing)
            .create_new(mode.creating)
            .open(&name),
    };
    let file = result.map_err(|e| error::raise(rt, &e, Some(path)))?;
    match file.metadata() {
        Ok(m) if m.is_dir() => Err(error::raise_errno(rt, 21, "Is a directory", Some(path))),
        _ => Ok(Source::File(file)),
    }
}

/// The flags that `OpenOptions` makes of the same mode.
fn flags(mode: Mode, access: Access) -> OFlags {
    let mut flags = match (access.read, access.write) {
        (true, true) => OFlags::RDWR,
        (false, true) => OFlags::WRONLY,
        _ => OFlags::RDONLY,
    };
    flags.set(OFlags::APPEND, mode.appending);
    flags.set(OFlags::CREATE, mode.writing || mode.appending || mode.creating);
    flags.set(OFlags::TRUNC, mode.writing);
    flags.set(OFlags::EXCL, mode.creating);
    flags
}

/// Raises what a failed conversion of an encoding's name is.
pub fn unknown_encoding(rt: &Rt, name: &str) -> crate::Raised {
    rt.error(&exception::LOOKUP_ERROR, format_args!("unknown encoding: {name}"))
}
