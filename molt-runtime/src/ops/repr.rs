//! Building the text of containers, and the guard against containers that hold themselves.

use crate::object::str;
use crate::runtime::{R, Rt};
use crate::types::text::buf::TextBuf;
use crate::value::Obj;

/// A text under construction.
pub struct Writer(TextBuf);

impl Writer {
    /// Starts with a text.
    pub fn new(text: &str) -> Writer {
        Writer(TextBuf::from(text))
    }

    /// Appends text.
    pub fn push_str(&mut self, text: &str) {
        self.0.push_str(text);
    }

    /// Appends a `str`.
    pub fn push(&mut self, string: &Obj) {
        if let Some(s) = str::get(string) {
            self.0.push_text(s.view());
        }
    }

    /// Appends `repr(obj)`.
    pub fn push_repr(&mut self, rt: &Rt, obj: &Obj) -> R<()> {
        let text = rt.repr(obj)?;
        self.push(&text);
        Ok(())
    }

    /// The `str`.
    pub fn finish(self, rt: &Rt) -> Obj {
        str::from_buf(rt, self.0)
    }
}

/// While it lives, a nested `repr` of the same object is cut short.
pub struct ReprGuard<'a>(&'a Rt);

impl Drop for ReprGuard<'_> {
    fn drop(&mut self) {
        self.0.repr_stack.borrow_mut().pop();
    }
}

impl Rt {
    /// Starts the `repr` of a container; none when one is under way already.
    pub fn enter_repr(&self, obj: &Obj) -> Option<ReprGuard<'_>> {
        let mut stack = self.repr_stack.borrow_mut();
        if stack.contains(&obj.word()) {
            return None;
        }
        stack.push(obj.word());
        Some(ReprGuard(self))
    }
}
