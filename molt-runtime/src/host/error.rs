//! `PyError`: a Python exception as data.
//!
//! Invariant: it holds no Python object, so it may outlive the runtime and go to other threads.

use std::fmt;

/// A Python exception that reached the host, or a value that is not of the type the host asked for.
#[derive(Clone, PartialEq, Eq)]
pub struct PyError {
    /// Qualified names of the exception's type and its bases, most derived first; builtins without their module.
    pub(super) types: Vec<String>,
    pub(super) message: String,
    pub(super) traceback: String,
}

/// A Python exception class; implemented by the generated bindings.
pub trait ExceptionClass {
    /// Its name with its module, such as `shop.errors.OutOfStock`.
    const NAME: &'static str;
}

impl PyError {
    /// An error that the host itself finds, with the name of a builtin exception type.
    ///
    /// ```
    /// let error = molt_runtime::PyError::new("ValueError", "negative price");
    /// assert_eq!(error.to_string(), "ValueError: negative price");
    /// ```
    pub fn new(type_name: &str, message: impl Into<String>) -> PyError {
        let message = message.into();
        let types = vec![type_name.to_owned(), "Exception".to_owned(), "BaseException".to_owned()];
        let traceback = format!("{type_name}: {message}\n");
        PyError { types, message, traceback }
    }

    /// The exception's type, with its module unless it is a builtin.
    pub fn type_name(&self) -> &str {
        self.types.first().map_or("", String::as_str)
    }

    /// `str(exception)`.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The text that CPython would print for the exception if nobody handled it, chained exceptions included.
    pub fn traceback(&self) -> &str {
        &self.traceback
    }

    /// Whether the exception is an instance of a class that the bindings know.
    pub fn is<E: ExceptionClass>(&self) -> bool {
        self.is_named(E::NAME)
    }

    /// Whether the exception is an instance of the class of this name: `"KeyError"`, `"shop.errors.OutOfStock"`.
    pub fn is_named(&self, name: &str) -> bool {
        self.types.iter().any(|known| known == name)
    }
}

impl fmt::Display for PyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.message.as_str() {
            "" => f.write_str(self.type_name()),
            message => write!(f, "{}: {message}", self.type_name()),
        }
    }
}

impl fmt::Debug for PyError {
    /// The traceback, since this is what `unwrap` prints.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.traceback.trim_end())
    }
}

impl std::error::Error for PyError {}
