//! Building the text of containers, and the guard against containers that hold themselves.

use crate::object::str::{self, CodePoints};
use crate::runtime::{R, Rt};
use crate::types::text::buf::TextBuf;
use crate::types::text::units::Text;
use crate::value::Obj;
use molt_abi::layout::Kind;

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
        let Some(s) = str::get(string) else { return };
        match s.code_points() {
            CodePoints::One(d) if s.is_ascii() => self.0.push_text(Text::Ascii(d)),
            points => self.0.extend(points.iter()),
        }
    }

    /// Appends `repr(obj)`.
    pub fn push_repr(&mut self, rt: &Rt, obj: &Obj) -> R<()> {
        let text = rt.repr(obj)?;
        self.push(&text);
        Ok(())
    }

    /// The `str`.
    pub fn finish(mut self, rt: &Rt) -> Obj {
        let points = match self.0.view() {
            Text::Ascii(d) | Text::Latin1(d) => CodePoints::One(d),
            Text::Two(d) => CodePoints::Two(d),
            Text::Four(d) => CodePoints::Four(d),
        };
        str::with_type(rt, rt.kind_type(Kind::Str), points)
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

    /// `repr(obj)` as text for a message.
    pub fn repr_text(&self, obj: &Obj) -> R<String> {
        self.repr(obj).map(|s| str::to_string(&s))
    }
}
