//! Calls: arguments, binding, dispatch.

use crate::object::tuple;
use crate::ops::bind;
use crate::runtime::{R, Raised, Rt};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// The arguments of a call: positional values, then keyword values; their names are a tuple of `str`.
#[derive(Clone, Copy)]
pub struct Args<'a> {
    values: &'a [Obj],
    kwnames: Option<&'a Obj>,
    positional: usize,
}

impl<'a> Args<'a> {
    /// Positional arguments.
    #[inline]
    pub fn new(values: &'a [Obj]) -> Args<'a> {
        Args { values, kwnames: None, positional: values.len() }
    }

    /// Positional values followed by one value per name.
    #[inline]
    pub fn with_keywords(values: &'a [Obj], kwnames: Option<&'a Obj>) -> Args<'a> {
        if kwnames.is_none() {
            return Args::new(values);
        }
        let names = kwnames.and_then(tuple::items).map_or(0, <[Obj]>::len);
        Args { values, kwnames: kwnames.filter(|_| names != 0), positional: values.len() - names }
    }

    /// The positional arguments.
    #[inline]
    pub fn positional(&self) -> &'a [Obj] {
        &self.values[..self.positional]
    }

    /// The positional and keyword values.
    #[inline]
    pub fn values(&self) -> &'a [Obj] {
        self.values
    }

    /// The tuple of keyword names, when there are keywords.
    #[inline]
    pub fn kwnames(&self) -> Option<&'a Obj> {
        self.kwnames
    }

    /// Whether there are keyword arguments.
    #[inline]
    pub fn has_keywords(&self) -> bool {
        self.kwnames.is_some()
    }

    /// The first positional argument and the rest.
    #[inline]
    pub fn split_first(&self) -> Option<(&'a Obj, Args<'a>)> {
        let first = self.positional().first()?;
        Some((first, Args { values: &self.values[1..], kwnames: self.kwnames, positional: self.positional - 1 }))
    }

    /// The keyword arguments alone.
    pub fn keywords_only(&self) -> Args<'a> {
        Args { values: &self.values[self.positional..], kwnames: self.kwnames, positional: 0 }
    }

    /// The keyword arguments in order.
    pub fn keywords(&self) -> impl Iterator<Item = (&'a Obj, &'a Obj)> + 'a {
        let names: &'a [Obj] = self.kwnames.and_then(tuple::items).unwrap_or_default();
        names.iter().zip(&self.values[self.positional..])
    }
}

impl Rt {
    /// Calls `callable` with positional arguments.
    pub fn call(&self, callable: &Obj, args: &[Obj]) -> R {
        self.call_args(callable, Args::new(args))
    }

    /// Calls `callable`.
    #[inline]
    pub fn call_args(&self, callable: &Obj, args: Args<'_>) -> R {
        // The type of functions has no subclasses.
        if callable.is_exact(Kind::Function) {
            return bind::call_function(self, callable, args);
        }
        match self.type_of(callable).slots.call.get() {
            Some(call) => call(self, callable, args),
            None => Err(self.not_callable(callable)),
        }
    }

    #[cold]
    fn not_callable(&self, callable: &Obj) -> Raised {
        self.type_error(format_args!("'{}' object is not callable", self.type_name(callable)))
    }
}
