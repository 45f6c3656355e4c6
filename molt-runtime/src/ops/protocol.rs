//! The protocols builtins use on arbitrary values: text, hash, truth, length, items, iteration.

use crate::runtime::{R, Rt};
use crate::value::Obj;

impl Rt {
    /// `repr(obj)`, a `str`.
    pub fn repr(&self, obj: &Obj) -> R {
        match self.type_of(obj).slots.repr.get() {
            Some(repr) => repr(self, obj),
            None => Err(self.type_error(format_args!("'{}' object has no repr", self.type_name(obj)))),
        }
    }
}
