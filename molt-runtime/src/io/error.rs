//! Exceptions of files: `OSError` by errno, `io.UnsupportedOperation`.

use crate::runtime::{Raised, Rt};
use crate::types::exception;
use crate::types::spec::TypeSpec;
use crate::value::Obj;
use molt_abi::layout::Kind;
use std::fmt::Arguments;
use std::io;

/// The type `io.UnsupportedOperation`.
pub static UNSUPPORTED: TypeSpec = TypeSpec {
    base: Some(&exception::OS_ERROR),
    module: "io",
    subclassable: true,
    has_dict: true,
    ..TypeSpec::new("UnsupportedOperation", Kind::Exception)
};

/// The subclass of `OSError` for an errno.
fn class_of(errno: i32) -> &'static TypeSpec {
    match errno {
        2 => &exception::FILE_NOT_FOUND_ERROR,
        17 => &exception::FILE_EXISTS_ERROR,
        20 => &exception::NOT_A_DIRECTORY_ERROR,
        21 => &exception::IS_A_DIRECTORY_ERROR,
        1 | 13 => &exception::PERMISSION_ERROR,
        32 => &exception::BROKEN_PIPE_ERROR,
        3 => &exception::PROCESS_LOOKUP_ERROR,
        4 => &exception::INTERRUPTED_ERROR,
        10 => &exception::CHILD_PROCESS_ERROR,
        11 => &exception::BLOCKING_IO_ERROR,
        104 => &exception::CONNECTION_RESET_ERROR,
        110 => &exception::TIMEOUT_ERROR,
        111 => &exception::CONNECTION_REFUSED_ERROR,
        _ => &exception::OS_ERROR,
    }
}

/// The system's words for an errno, as `strerror` has them.
fn words(error: &io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(at) => text[..at].to_owned(),
        None => text,
    }
}

/// Raises the `OSError` of a failed operation on a file of that name.
#[cold]
pub fn raise(rt: &Rt, error: &io::Error, name: Option<&Obj>) -> Raised {
    let Some(errno) = error.raw_os_error() else {
        return rt.error(&exception::OS_ERROR, format_args!("{error}"));
    };
    raise_errno(rt, errno, &words(error), name)
}

/// Raises the `OSError` of an errno.
#[cold]
pub fn raise_errno(rt: &Rt, errno: i32, words: &str, name: Option<&Obj>) -> Raised {
    let class = rt.spec_type(class_of(errno)).as_obj();
    let mut args = vec![rt.int(i64::from(errno)), rt.str(words)];
    args.extend(name.cloned());
    match rt.call(&class, &args) {
        Ok(exc) => rt.raise(exc),
        Err(raised) => raised,
    }
}

/// Raises `io.UnsupportedOperation`.
#[cold]
pub fn unsupported(rt: &Rt, message: Arguments<'_>) -> Raised {
    rt.error(&UNSUPPORTED, message)
}
