//! The exception hierarchy.
//!
//! Invariant: all share one layout; what a type adds to `BaseException` are numbered extra fields.

mod base;
mod os;
mod unicode;

pub use base::{add_note_to_pending, message, set_attribute_error};

use super::spec::{GetSetDef, Slots, TypeSpec};
use molt_abi::layout::Kind;

macro_rules! exceptions {
    ($($ident:ident $name:literal ($base:ident) $text:literal $([$($field:ident : $value:expr),*])?;)*) => {
        $(
            #[doc = concat!("`", $name, "`.")]
            pub static $ident: TypeSpec = TypeSpec {
                base: Some(&$base),
                subclassable: true,
                has_dict: true,
                doc: $text,
                $($($field: $value,)*)?
                ..TypeSpec::new($name, Kind::Exception)
            };
        )*

        /// All types but `BaseException`.
        pub static ALL: &[&TypeSpec] = &[$(&$ident),*];
    };
}

/// `BaseException`.
pub static BASE_EXCEPTION: TypeSpec = TypeSpec {
    subclassable: true,
    has_dict: true,
    doc: "Common base class for all exceptions",
    slots: base::SLOTS,
    methods: base::METHODS,
    getset: base::GETSET,
    ..TypeSpec::new("BaseException", Kind::Exception)
};

/// An attribute kept in a numbered extra field.
macro_rules! extra {
    ($name:literal, $n:literal) => {
        GetSetDef {
            name: $name,
            get: |_, exc| Ok(base::extra(exc, $n)),
            set: Some(|_, exc, value| base::set_extra(exc, $n, value)),
            doc: "",
        }
    };
}

exceptions! {
    BASE_EXCEPTION_GROUP "BaseExceptionGroup" (BASE_EXCEPTION) "A combination of multiple unrelated exceptions.";
    GENERATOR_EXIT "GeneratorExit" (BASE_EXCEPTION) "Request that a generator exit.";
    KEYBOARD_INTERRUPT "KeyboardInterrupt" (BASE_EXCEPTION) "Program interrupted by user.";
    SYSTEM_EXIT "SystemExit" (BASE_EXCEPTION) "Request to exit from the interpreter." [slots: Slots { init: Some(base::init_value), ..Slots::EMPTY }, getset: &[extra!("code", 0)]];
    EXCEPTION "Exception" (BASE_EXCEPTION) "Common base class for all non-exit exceptions.";
    ARITHMETIC_ERROR "ArithmeticError" (EXCEPTION) "Base class for arithmetic errors.";
    FLOATING_POINT_ERROR "FloatingPointError" (ARITHMETIC_ERROR) "Floating point operation failed.";
    OVERFLOW_ERROR "OverflowError" (ARITHMETIC_ERROR) "Result too large to be represented.";
    ZERO_DIVISION_ERROR "ZeroDivisionError" (ARITHMETIC_ERROR) "Second argument to a division or modulo operation was zero.";
    ASSERTION_ERROR "AssertionError" (EXCEPTION) "Assertion failed.";
    ATTRIBUTE_ERROR "AttributeError" (EXCEPTION) "Attribute not found." [slots: Slots { init: Some(base::init_attribute), ..Slots::EMPTY }, getset: &[extra!("name", 0), extra!("obj", 1)]];
    BUFFER_ERROR "BufferError" (EXCEPTION) "Buffer error.";
    EOF_ERROR "EOFError" (EXCEPTION) "Read beyond end of file.";
    IMPORT_ERROR "ImportError" (EXCEPTION) "Import can't find module, or can't find name in module." [slots: Slots { init: Some(base::init_import), str: Some(base::str_of_import), ..Slots::EMPTY }, getset: &[extra!("msg", 0), extra!("name", 1), extra!("path", 2)]];
    MODULE_NOT_FOUND_ERROR "ModuleNotFoundError" (IMPORT_ERROR) "Module not found.";
    LOOKUP_ERROR "LookupError" (EXCEPTION) "Base class for lookup errors.";
    INDEX_ERROR "IndexError" (LOOKUP_ERROR) "Sequence index out of range.";
    KEY_ERROR "KeyError" (LOOKUP_ERROR) "Mapping key not found." [slots: Slots { str: Some(base::str_of_key_error), ..Slots::EMPTY }];
    MEMORY_ERROR "MemoryError" (EXCEPTION) "Out of memory.";
    NAME_ERROR "NameError" (EXCEPTION) "Name not found globally." [slots: Slots { init: Some(base::init_name), ..Slots::EMPTY }, getset: &[extra!("name", 0)]];
    UNBOUND_LOCAL_ERROR "UnboundLocalError" (NAME_ERROR) "Local name referenced but not bound to a value.";
    OS_ERROR "OSError" (EXCEPTION) "Base class for I/O related errors." [slots: Slots { new: Some(os::new), init: Some(os::init), str: Some(os::str), ..Slots::EMPTY }, getset: &[extra!("errno", 0), extra!("strerror", 1), extra!("filename", 2), extra!("filename2", 3)]];
    BLOCKING_IO_ERROR "BlockingIOError" (OS_ERROR) "I/O operation would block.";
    CHILD_PROCESS_ERROR "ChildProcessError" (OS_ERROR) "Child process error.";
    CONNECTION_ERROR "ConnectionError" (OS_ERROR) "Connection error.";
    BROKEN_PIPE_ERROR "BrokenPipeError" (CONNECTION_ERROR) "Broken pipe.";
    CONNECTION_ABORTED_ERROR "ConnectionAbortedError" (CONNECTION_ERROR) "Connection aborted.";
    CONNECTION_REFUSED_ERROR "ConnectionRefusedError" (CONNECTION_ERROR) "Connection refused.";
    CONNECTION_RESET_ERROR "ConnectionResetError" (CONNECTION_ERROR) "Connection reset.";
    FILE_EXISTS_ERROR "FileExistsError" (OS_ERROR) "File already exists.";
    FILE_NOT_FOUND_ERROR "FileNotFoundError" (OS_ERROR) "File not found.";
    INTERRUPTED_ERROR "InterruptedError" (OS_ERROR) "Interrupted by signal.";
    IS_A_DIRECTORY_ERROR "IsADirectoryError" (OS_ERROR) "Operation doesn't work on directories.";
    NOT_A_DIRECTORY_ERROR "NotADirectoryError" (OS_ERROR) "Operation only works on directories.";
    PERMISSION_ERROR "PermissionError" (OS_ERROR) "Not enough permissions.";
    PROCESS_LOOKUP_ERROR "ProcessLookupError" (OS_ERROR) "Process not found.";
    TIMEOUT_ERROR "TimeoutError" (OS_ERROR) "Timeout expired.";
    REFERENCE_ERROR "ReferenceError" (EXCEPTION) "Weak ref proxy used after referent went away.";
    RUNTIME_ERROR "RuntimeError" (EXCEPTION) "Unspecified run-time error.";
    NOT_IMPLEMENTED_ERROR "NotImplementedError" (RUNTIME_ERROR) "Method or function hasn't been implemented yet.";
    RECURSION_ERROR "RecursionError" (RUNTIME_ERROR) "Recursion limit exceeded.";
    STOP_ASYNC_ITERATION "StopAsyncIteration" (EXCEPTION) "Signal the end from iterator.__anext__().";
    STOP_ITERATION "StopIteration" (EXCEPTION) "Signal the end from iterator.__next__()." [slots: Slots { init: Some(base::init_value), ..Slots::EMPTY }, getset: &[extra!("value", 0)]];
    SYNTAX_ERROR "SyntaxError" (EXCEPTION) "Invalid syntax." [slots: Slots { init: Some(base::init_syntax), str: Some(base::str_of_syntax), ..Slots::EMPTY }, getset: &[extra!("msg", 0), extra!("filename", 1), extra!("lineno", 2), extra!("offset", 3), extra!("text", 4), extra!("end_lineno", 5)]];
    INDENTATION_ERROR "IndentationError" (SYNTAX_ERROR) "Improper indentation.";
    TAB_ERROR "TabError" (INDENTATION_ERROR) "Improper mixture of spaces and tabs.";
    SYSTEM_ERROR "SystemError" (EXCEPTION) "Internal error in the Python interpreter.\n\nPlease report this to the Python maintainer, along with the traceback,\nthe Python version, and the hardware/OS platform and version.";
    TYPE_ERROR "TypeError" (EXCEPTION) "Inappropriate argument type.";
    VALUE_ERROR "ValueError" (EXCEPTION) "Inappropriate argument value (of correct type).";
    UNICODE_ERROR "UnicodeError" (VALUE_ERROR) "Unicode related error.";
    UNICODE_DECODE_ERROR "UnicodeDecodeError" (UNICODE_ERROR) "Unicode decoding error." [slots: Slots { init: Some(unicode::init_decode), str: Some(unicode::str_of_decode), ..Slots::EMPTY }, getset: &[extra!("encoding", 0), extra!("object", 1), extra!("start", 2), extra!("end", 3), extra!("reason", 4)]];
    UNICODE_ENCODE_ERROR "UnicodeEncodeError" (UNICODE_ERROR) "Unicode encoding error." [slots: Slots { init: Some(unicode::init_encode), str: Some(unicode::str_of_encode), ..Slots::EMPTY }, getset: &[extra!("encoding", 0), extra!("object", 1), extra!("start", 2), extra!("end", 3), extra!("reason", 4)]];
    UNICODE_TRANSLATE_ERROR "UnicodeTranslateError" (UNICODE_ERROR) "Unicode translation error." [slots: Slots { init: Some(unicode::init_translate), str: Some(unicode::str_of_translate), ..Slots::EMPTY }, getset: &[extra!("object", 1), extra!("start", 2), extra!("end", 3), extra!("reason", 4)]];
    WARNING "Warning" (EXCEPTION) "Base class for warning categories.";
    BYTES_WARNING "BytesWarning" (WARNING) "Base class for warnings about bytes and buffer related problems, mostly\nrelated to conversion from str or comparing to str.";
    DEPRECATION_WARNING "DeprecationWarning" (WARNING) "Base class for warnings about deprecated features.";
    ENCODING_WARNING "EncodingWarning" (WARNING) "Base class for warnings about encodings.";
    FUTURE_WARNING "FutureWarning" (WARNING) "Base class for warnings about constructs that will change semantically\nin the future.";
    IMPORT_WARNING "ImportWarning" (WARNING) "Base class for warnings about probable mistakes in module imports";
    PENDING_DEPRECATION_WARNING "PendingDeprecationWarning" (WARNING) "Base class for warnings about features which will be deprecated\nin the future.";
    RESOURCE_WARNING "ResourceWarning" (WARNING) "Base class for warnings about resource usage.";
    RUNTIME_WARNING "RuntimeWarning" (WARNING) "Base class for warnings about dubious runtime behavior.";
    SYNTAX_WARNING "SyntaxWarning" (WARNING) "Base class for warnings about dubious syntax.";
    UNICODE_WARNING "UnicodeWarning" (WARNING) "Base class for warnings about Unicode related problems, mostly\nrelated to conversion problems.";
    USER_WARNING "UserWarning" (WARNING) "Base class for warnings generated by user code.";
}
