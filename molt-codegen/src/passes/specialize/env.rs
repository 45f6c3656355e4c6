//! The environment of one version: which output values represent each source value, and what is known of it.
//!
//! Invariant: a binding's parts are defined at the point of use, and there are as many as its type says.

use super::ty::Ty;
use crate::mir::{Type, Value};
use std::collections::BTreeMap;

/// How one source value is represented.
#[derive(Clone, Copy, Debug)]
pub(super) struct Binding {
    pub(super) ty: Ty,
    parts: [Value; 3],
    /// An int known to fit 48 bits.
    pub(super) small: bool,
    /// A boxed value that is neither unbound nor the end of an iteration.
    pub(super) proper: bool,
    /// A raw value or int known at compile time. Not part of the type: lost at edges.
    pub(super) konst: Option<i64>,
    /// A float known at compile time.
    pub(super) float: Option<f64>,
    /// A boxed value that is no immediate.
    pub(super) heap: bool,
}

impl Binding {
    /// A value of type `ty` held in `parts`.
    pub(super) fn new(ty: Ty, parts: &[Value]) -> Binding {
        debug_assert_eq!(parts.len(), ty.parts().len());
        let mut all = [Value(u32::MAX); 3];
        all[..parts.len()].copy_from_slice(parts);
        Binding { ty, parts: all, small: false, proper: false, konst: None, float: None, heap: false }
    }

    /// Marks an int as fitting 48 bits.
    pub(super) fn small(mut self) -> Binding {
        self.small = true;
        self
    }

    /// Marks a value as a Python object for sure.
    pub(super) fn proper(mut self) -> Binding {
        self.proper = true;
        self
    }

    /// Marks a value as a heap object for sure.
    pub(super) fn heap(mut self) -> Binding {
        self.heap = true;
        self
    }

    /// Notes the constant.
    pub(super) fn constant(mut self, n: i64) -> Binding {
        self.konst = Some(n);
        self
    }

    /// Notes the constant of a float.
    pub(super) fn float_constant(mut self, x: f64) -> Binding {
        self.float = Some(x);
        self
    }

    /// Part `i`.
    pub(super) fn part(&self, i: usize) -> Value {
        debug_assert!(i < self.ty.parts().len());
        self.parts[i]
    }

    /// All parts.
    pub(super) fn parts(&self) -> &[Value] {
        &self.parts[..self.ty.parts().len()]
    }

    /// The part that is a reference, if any.
    pub(super) fn counted_part(&self) -> Option<Value> {
        self.ty.parts().iter().position(|t| *t == Type::Val).map(|i| self.parts[i])
    }
}

/// What kind of values the tests on a path have found. Data tends to be of one kind, so the next unknown operands are
/// guessed to be of the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Bias {
    /// Nothing has been tested.
    #[default]
    None,
    Int,
    Float,
    /// Neither.
    Object,
}

/// All bindings, and the bias of the path.
#[derive(Clone, Debug, Default)]
pub(super) struct Env {
    map: BTreeMap<Value, Binding>,
    pub(super) bias: Bias,
    /// The tests before a loop failed: what the loop uses as lists is something else.
    pub(super) no_lists: bool,
    /// On a cold path: the values that the runtime gave it a reference to, where the hot path only borrows.
    pub(super) lent: Vec<Value>,
}

impl Env {
    /// An empty environment of a path that was found to be like this.
    pub(super) fn of_path(bias: Bias, no_lists: bool) -> Env {
        Env { map: BTreeMap::new(), bias, no_lists, lent: Vec::new() }
    }

    /// Binds (or binds anew) a source value.
    pub(super) fn bind(&mut self, value: Value, binding: Binding) {
        self.map.insert(value, binding);
    }

    /// The binding of a source value, which dominance says exists.
    pub(super) fn get(&self, value: Value) -> Binding {
        *self.map.get(&value).unwrap_or_else(|| panic!("{value} is used before it is defined"))
    }

    /// Forgets what Python code may have changed.
    pub(super) fn after_python(&mut self) {
        for binding in self.map.values_mut() {
            binding.ty = binding.ty.after_python();
        }
    }
}
