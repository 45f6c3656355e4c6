//! The `raise` statement and the tests of `except` clauses.

use crate::object::types::{TypeObject, as_type};
use crate::object::{exception, tuple};
use crate::runtime::{R, Raised, Rt};
use crate::types::exception as specs;
use crate::value::Obj;
use std::sync::atomic::Ordering;

impl Rt {
    fn exception_class<'a>(&self, obj: &'a Obj) -> Option<&'a TypeObject> {
        as_type(obj).filter(|t| t.is_subtype(self.spec_type(&specs::BASE_EXCEPTION)))
    }

    /// `raise exc` or `raise exc from cause`.
    #[cold]
    pub fn raise_object(&self, exc: &Obj, cause: Option<&Obj>) -> Raised {
        match self.raised_instance(exc, cause) {
            Ok(exc) => self.raise(exc),
            Err(raised) => raised,
        }
    }

    fn raised_instance(&self, exc: &Obj, cause: Option<&Obj>) -> R {
        let exc = if exception::get(exc).is_some() {
            exc.clone()
        } else if self.exception_class(exc).is_some() {
            let made = self.call(exc, &[])?;
            if exception::get(&made).is_none() {
                return Err(self.type_error(format_args!(
                    "calling {} should have returned an instance of BaseException, not {}",
                    self.repr_text(exc)?,
                    self.repr_text(&self.type_of(&made).as_obj())?
                )));
            }
            made
        } else {
            return Err(self.type_error(format_args!("exceptions must derive from BaseException")));
        };
        if let Some(cause) = cause
            && let Some(fields) = exception::get(&exc)
        {
            let cause = if cause.is_none() {
                None
            } else if exception::get(cause).is_some() {
                Some(cause.clone())
            } else if self.exception_class(cause).is_some() {
                Some(self.call(cause, &[])?)
            } else {
                return Err(self.type_error(format_args!("exception causes must derive from BaseException")));
            };
            fields.cause.set(cause);
            fields.suppress_context.set(true);
        }
        Ok(exc)
    }

    /// Makes an exception pending again, as it is.
    pub fn reraise(&self, exc: Obj) -> Raised {
        self.restore_exception(Some(exc));
        Raised::pending()
    }

    /// Whether an `except` clause for `class` (an exception class or a tuple of such) catches `exc`.
    pub fn exc_match(&self, exc: &Obj, class: &Obj) -> R<bool> {
        let wrong =
            || self.type_error(format_args!("catching classes that do not inherit from BaseException is not allowed"));
        if let Some(classes) = tuple::items(class) {
            if classes.iter().any(|c| self.exception_class(c).is_none()) {
                return Err(wrong());
            }
            return Ok(classes.iter().filter_map(as_type).any(|c| self.type_of(exc).is_subtype(c)));
        }
        let Some(class) = self.exception_class(class) else { return Err(wrong()) };
        Ok(self.type_of(exc).is_subtype(class))
    }

    /// Answers a set poll flag: the request is taken, and the flag cleared.
    pub fn poll(&self) -> R<()> {
        self.ctx().poll.store(0, Ordering::Relaxed);
        Ok(())
    }
}
