//! The C interface that `molt build --emit header` declares: the host API behind pointers.
//!
//! Invariant, promised by the header to its callers: pointers come from the functions here, a value is freed before its
//! runtime, and everything of a runtime happens on the thread that made it. Given this, each function upholds Rust's rules;
//! NULL where a pointer is needed and text that is not UTF-8 are answered with [`Status::Invalid`], never followed.

use crate::capability::GrantSet;
use crate::host::{FromPython, Program, PyError, Runtime, ToPython, Value};
use std::ffi::{CStr, CString, c_char};

/// `molt_status`.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Done.
    Ok = 0,
    /// A Python exception.
    Exception = 1,
    /// A wrong argument of the host.
    Invalid = 2,
}

/// `molt_config`.
#[repr(C)]
#[derive(Debug)]
pub struct Config {
    struct_size: usize,
    argc: usize,
    argv: *const *const c_char,
    has_hash_seed: u32,
    hash_seed: u32,
    capabilities: *const c_char,
    use_environment: u32,
    reserved: u32,
}

/// The size of the first version of `molt_config`, which ended with `hash_seed`.
const FIRST_CONFIG: usize = std::mem::offset_of!(Config, capabilities);

impl Config {
    /// The configuration of a host, which may have been compiled with an older header: what it does not know is 0.
    ///
    /// # Safety
    /// `config` points to as many bytes as its first word says.
    unsafe fn read(config: *const Config) -> Result<Config, Failure> {
        // SAFETY: the first field is there in every version.
        let size = unsafe { config.cast::<usize>().read() };
        if size < FIRST_CONFIG {
            return Err(Failure::Invalid);
        }
        let mut whole = std::mem::MaybeUninit::<Config>::zeroed();
        // SAFETY: as many bytes as both have; integers and pointers that are 0 are valid.
        unsafe {
            let bytes = size.min(size_of::<Config>());
            std::ptr::copy_nonoverlapping(config.cast::<u8>(), whole.as_mut_ptr().cast::<u8>(), bytes);
            Ok(whole.assume_init())
        }
    }
}

/// `molt_value`: the lifetime is the runtime's, which C has to observe.
pub struct Handle(Value<'static>);

/// `molt_error`.
pub struct Error {
    type_name: CString,
    message: CString,
    traceback: CString,
}

impl Error {
    fn new(error: &PyError) -> Error {
        Error {
            type_name: c_string(error.type_name()),
            message: c_string(error.message()),
            traceback: c_string(error.traceback()),
        }
    }
}

/// Text for C; a zero byte, which C can't see past, becomes U+FFFD.
fn c_string(text: &str) -> CString {
    CString::new(text.replace('\0', "\u{fffd}")).unwrap_or_default()
}

/// Why a function did not do what it was asked for.
enum Failure {
    Python(PyError),
    Invalid,
}

impl From<PyError> for Failure {
    fn from(error: PyError) -> Failure {
        Failure::Python(error)
    }
}

/// Runs the body of a function of the interface, stores the result through `out`, an exception through `error`.
///
/// # Safety
/// `out` and `error` are NULL or valid for a write.
unsafe fn answer<T>(out: *mut T, error: *mut *mut Error, body: impl FnOnce() -> Result<T, Failure>) -> Status {
    if out.is_null() {
        return Status::Invalid;
    }
    match body() {
        Ok(value) => {
            // SAFETY: not NULL, and the caller vouches for the rest.
            unsafe { out.write(value) };
            Status::Ok
        }
        Err(Failure::Invalid) => Status::Invalid,
        Err(Failure::Python(exception)) => {
            if !error.is_null() {
                // SAFETY: not NULL, and the caller vouches for the rest.
                unsafe { error.write(Box::into_raw(Box::new(Error::new(&exception)))) };
            }
            Status::Exception
        }
    }
}

/// # Safety
/// `pointer` is NULL or valid for `'a`.
unsafe fn borrow<'a, T>(pointer: *const T) -> Result<&'a T, Failure> {
    // SAFETY: as the caller vouches.
    unsafe { pointer.as_ref() }.ok_or(Failure::Invalid)
}

/// # Safety
/// `pointer` is NULL or a string that ends with a zero byte and lives for `'a`.
unsafe fn text<'a>(pointer: *const c_char) -> Result<&'a str, Failure> {
    if pointer.is_null() {
        return Err(Failure::Invalid);
    }
    // SAFETY: not NULL, and the caller vouches for the rest.
    unsafe { CStr::from_ptr(pointer) }.to_str().map_err(|_| Failure::Invalid)
}

/// # Safety
/// `pointer` is valid for `count` reads for `'a`, or `count` is 0.
unsafe fn slice<'a, T>(pointer: *const T, count: usize) -> Result<&'a [T], Failure> {
    if count == 0 {
        return Ok(&[]);
    }
    if pointer.is_null() {
        return Err(Failure::Invalid);
    }
    // SAFETY: not NULL, and the caller vouches for the rest.
    Ok(unsafe { std::slice::from_raw_parts(pointer, count) })
}

/// Takes back the ownership of a pointer that was handed out.
///
/// # Safety
/// `pointer` is NULL or came from `Box::into_raw`, and is not used again.
unsafe fn free<T>(pointer: *mut T) {
    if !pointer.is_null() {
        // SAFETY: as the caller vouches.
        drop(unsafe { Box::from_raw(pointer) });
    }
}

fn handle(value: Value<'_>) -> *mut Handle {
    // SAFETY: only the lifetime changes; the header has C free every value before its runtime.
    let value = unsafe { std::mem::transmute::<Value<'_>, Value<'static>>(value) };
    Box::into_raw(Box::new(Handle(value)))
}

fn string(text: String) -> Result<*mut c_char, Failure> {
    match CString::new(text) {
        Ok(text) => Ok(text.into_raw()),
        Err(_) => Err(PyError::new("ValueError", "embedded null character").into()),
    }
}

fn wrong_grants(error: &dyn std::error::Error) -> Failure {
    PyError::new("ValueError", error.to_string()).into()
}

/// Starts a runtime.
///
/// # Safety
/// As the header says; `program` is the table of the compiled program.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn molt_runtime_start(
    program: *const Program,
    config: *const Config,
    result: *mut *mut Runtime,
    error: *mut *mut Error,
) -> Status {
    // SAFETY: the caller's pointers, as the header says.
    unsafe {
        answer(result, error, || {
            let program: &'static Program = borrow(program)?;
            let mut builder = Runtime::builder(program);
            if !config.is_null() {
                let config = Config::read(config)?;
                let mut argv = Vec::new();
                for argument in slice(config.argv, config.argc)? {
                    argv.push(text(*argument)?.to_owned());
                }
                if !argv.is_empty() {
                    builder = builder.argv(argv);
                }
                if config.has_hash_seed != 0 {
                    builder = builder.hash_seed(config.hash_seed);
                }
                if !config.capabilities.is_null() {
                    let grants = text(config.capabilities)?.parse::<GrantSet>();
                    builder = builder.capabilities(grants.map_err(|error| wrong_grants(&error))?);
                }
                if config.use_environment != 0 {
                    builder = builder.capabilities_from_env().map_err(|error| wrong_grants(&error))?;
                }
            }
            Ok(Box::into_raw(Box::new(builder.start()?)))
        })
    }
}

/// Ends a runtime.
///
/// # Safety
/// As the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn molt_runtime_free(runtime: *mut Runtime) {
    // SAFETY: as the header says.
    unsafe { free(runtime) }
}

/// The exception's type.
///
/// # Safety
/// As the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn molt_error_type(error: *const Error) -> *const c_char {
    // SAFETY: as the header says.
    unsafe { error.as_ref() }.map_or(c"".as_ptr(), |error| error.type_name.as_ptr())
}

/// The exception's message.
///
/// # Safety
/// As the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn molt_error_message(error: *const Error) -> *const c_char {
    // SAFETY: as the header says.
    unsafe { error.as_ref() }.map_or(c"".as_ptr(), |error| error.message.as_ptr())
}

/// The exception's traceback.
///
/// # Safety
/// As the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn molt_error_traceback(error: *const Error) -> *const c_char {
    // SAFETY: as the header says.
    unsafe { error.as_ref() }.map_or(c"".as_ptr(), |error| error.traceback.as_ptr())
}

/// Frees an error.
///
/// # Safety
/// As the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn molt_error_free(error: *mut Error) {
    // SAFETY: as the header says.
    unsafe { free(error) }
}

/// Frees a string.
///
/// # Safety
/// As the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn molt_string_free(string: *mut c_char) {
    if !string.is_null() {
        // SAFETY: strings are handed out by `CString::into_raw`.
        drop(unsafe { CString::from_raw(string) });
    }
}

/// # Safety
/// As the header says.
unsafe fn make(runtime: *mut Runtime, result: *mut *mut Handle, value: &(impl ToPython + ?Sized)) -> Status {
    // SAFETY: as the header says.
    unsafe {
        answer(result, std::ptr::null_mut(), || {
            let runtime: &Runtime = borrow(runtime)?;
            Ok(handle(value.to_python(runtime)?))
        })
    }
}

/// `None`.
///
/// # Safety
/// As the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn molt_value_none(runtime: *mut Runtime, result: *mut *mut Handle) -> Status {
    // SAFETY: as the header says.
    unsafe { make(runtime, result, &()) }
}

/// A `bool`.
///
/// # Safety
/// As the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn molt_value_from_bool(runtime: *mut Runtime, value: bool, result: *mut *mut Handle) -> Status {
    // SAFETY: as the header says.
    unsafe { make(runtime, result, &value) }
}

/// An `int`.
///
/// # Safety
/// As the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn molt_value_from_int(runtime: *mut Runtime, value: i64, result: *mut *mut Handle) -> Status {
    // SAFETY: as the header says.
    unsafe { make(runtime, result, &value) }
}

/// A `float`.
///
/// # Safety
/// As the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn molt_value_from_float(runtime: *mut Runtime, value: f64, result: *mut *mut Handle) -> Status {
    // SAFETY: as the header says.
    unsafe { make(runtime, result, &value) }
}

/// A `str`.
///
/// # Safety
/// As the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn molt_value_from_string(
    runtime: *mut Runtime,
    value: *const c_char,
    result: *mut *mut Handle,
) -> Status {
    // SAFETY: as the header says.
    unsafe {
        match text(value) {
            Ok(text) => make(runtime, result, text),
            Err(_) => Status::Invalid,
        }
    }
}

/// A `list` of values, which stay the caller's.
///
/// # Safety
/// As the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn molt_value_from_list(
    runtime: *mut Runtime,
    items: *const *const Handle,
    count: usize,
    result: *mut *mut Handle,
    error: *mut *mut Error,
) -> Status {
    // SAFETY: as the header says.
    unsafe {
        answer(result, error, || {
            let runtime: &Runtime = borrow(runtime)?;
            let mut values = Vec::new();
            for item in slice(items, count)? {
                values.push(borrow(*item)?.0.clone());
            }
            Ok(handle(values.to_python(runtime)?))
        })
    }
}

/// Whether a value is `None`.
///
/// # Safety
/// As the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn molt_value_is_none(value: *const Handle) -> bool {
    // SAFETY: as the header says.
    unsafe { value.as_ref() }.is_none_or(|value| value.0.is_none())
}

/// # Safety
/// As the header says.
unsafe fn read<T: FromPython<'static>>(value: *const Handle, result: *mut T, error: *mut *mut Error) -> Status {
    // SAFETY: as the header says.
    unsafe { answer(result, error, || Ok(borrow(value)?.0.extract()?)) }
}

/// Reads a `bool`.
///
/// # Safety
/// As the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn molt_value_as_bool(value: *const Handle, result: *mut bool, error: *mut *mut Error) -> Status {
    // SAFETY: as the header says.
    unsafe { read(value, result, error) }
}

/// Reads an `int`.
///
/// # Safety
/// As the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn molt_value_as_int(value: *const Handle, result: *mut i64, error: *mut *mut Error) -> Status {
    // SAFETY: as the header says.
    unsafe { read(value, result, error) }
}

/// Reads a `float`.
///
/// # Safety
/// As the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn molt_value_as_float(value: *const Handle, result: *mut f64, error: *mut *mut Error) -> Status {
    // SAFETY: as the header says.
    unsafe { read(value, result, error) }
}

/// Reads a `str`.
///
/// # Safety
/// As the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn molt_value_as_string(
    value: *const Handle,
    result: *mut *mut c_char,
    error: *mut *mut Error,
) -> Status {
    // SAFETY: as the header says.
    unsafe { answer(result, error, || string(borrow(value)?.0.extract()?)) }
}

/// `str(value)`.
///
/// # Safety
/// As the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn molt_value_str(
    value: *const Handle,
    result: *mut *mut c_char,
    error: *mut *mut Error,
) -> Status {
    // SAFETY: as the header says.
    unsafe { answer(result, error, || string(borrow(value)?.0.str()?)) }
}

/// `len(value)`.
///
/// # Safety
/// As the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn molt_value_len(value: *const Handle, result: *mut usize, error: *mut *mut Error) -> Status {
    // SAFETY: as the header says.
    unsafe { answer(result, error, || Ok(borrow(value)?.0.len()?)) }
}

/// `value[index]`.
///
/// # Safety
/// As the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn molt_value_item(
    value: *const Handle,
    index: i64,
    result: *mut *mut Handle,
    error: *mut *mut Error,
) -> Status {
    // SAFETY: as the header says.
    unsafe { answer(result, error, || Ok(handle(borrow(value)?.0.get_item(index)?))) }
}

/// `value[key]`.
///
/// # Safety
/// As the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn molt_value_get(
    value: *const Handle,
    key: *const Handle,
    result: *mut *mut Handle,
    error: *mut *mut Error,
) -> Status {
    // SAFETY: as the header says.
    unsafe { answer(result, error, || Ok(handle(borrow(value)?.0.get_item(&borrow(key)?.0)?))) }
}

/// `value.name`.
///
/// # Safety
/// As the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn molt_value_attribute(
    value: *const Handle,
    name: *const c_char,
    result: *mut *mut Handle,
    error: *mut *mut Error,
) -> Status {
    // SAFETY: as the header says.
    unsafe { answer(result, error, || Ok(handle(borrow(value)?.0.get_attr(text(name)?)?))) }
}

/// `callee(*arguments)`.
///
/// # Safety
/// As the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn molt_value_call(
    callee: *const Handle,
    arguments: *const *const Handle,
    count: usize,
    result: *mut *mut Handle,
    error: *mut *mut Error,
) -> Status {
    // SAFETY: as the header says.
    unsafe {
        answer(result, error, || {
            let mut values = Vec::new();
            for argument in slice(arguments, count)? {
                values.push(borrow(*argument)?.0.clone());
            }
            Ok(handle(borrow(callee)?.0.call(&values)?))
        })
    }
}

/// Another handle on the same object.
///
/// # Safety
/// As the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn molt_value_copy(value: *const Handle, result: *mut *mut Handle) -> Status {
    // SAFETY: as the header says.
    unsafe { answer(result, std::ptr::null_mut(), || Ok(handle(borrow(value)?.0.clone()))) }
}

/// Frees a value.
///
/// # Safety
/// As the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn molt_value_free(value: *mut Handle) {
    // SAFETY: as the header says.
    unsafe { free(value) }
}

/// Calls a module's function; frees the arguments.
///
/// # Safety
/// As the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn molt_call_function(
    runtime: *mut Runtime,
    module: *const c_char,
    function: *const c_char,
    arguments: *const *mut Handle,
    count: usize,
    names: *const *const c_char,
    named: usize,
    result: *mut *mut Handle,
    error: *mut *mut Error,
) -> Status {
    // SAFETY: as the header says.
    unsafe {
        answer(result, error, || {
            // Before anything can fail: the arguments are ours.
            let mut values = Vec::new();
            for argument in slice(arguments, count)? {
                if argument.is_null() {
                    return Err(Failure::Invalid);
                }
                values.push(Box::from_raw(*argument).0);
            }
            let runtime: &Runtime = borrow(runtime)?;
            let mut keywords = Vec::new();
            for (name, value) in slice(names, named)?.iter().zip(values.split_off(count.saturating_sub(named))) {
                keywords.push((text(*name)?, value));
            }
            let callee = runtime.import(text(module)?)?.get_attr(text(function)?)?;
            let callee = std::mem::transmute::<Value<'_>, Value<'static>>(callee);
            Ok(handle(callee.call_with(&values, &keywords)?))
        })
    }
}
