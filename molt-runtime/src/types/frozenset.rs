//! `frozenset`.

use super::set::{self as set_type, SHARED_SLOTS, with_shared_methods};
use super::spec::{MethodDef, NativeFn, Slots, TypeSpec};
use crate::object::set;
use crate::object::types::in_runtime;
use crate::ops::call::Args;
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    subclassable: true,
    doc: "frozenset() -> empty frozenset object\nfrozenset(iterable) -> frozenset object\n\nBuild an immutable unordered collection of unique elements.",
    slots: Slots { hash: Some(hash), new: Some(new), ..SHARED_SLOTS },
    methods: with_shared_methods![],
    ..TypeSpec::new("frozenset", Kind::FrozenSet)
};

fn new(rt: &Rt, cls: &Obj, args: Args<'_>) -> R {
    let ty = in_runtime(rt, cls);
    let exact = ty.is(rt.kind_type(Kind::FrozenSet));
    if args.has_keywords() && exact {
        return Err(rt.type_error(format_args!("frozenset() takes no keyword arguments")));
    }
    let given = args.positional();
    if given.len() > 1 {
        return Err(rt.type_error(format_args!("frozenset expected at most 1 argument, got {}", given.len())));
    }
    if let Some(same) = given.first().filter(|o| exact && o.is_exact(Kind::FrozenSet)) {
        return Ok(same.clone());
    }
    let new = set::with_type(rt, ty);
    if let Some(iterable) = given.first() {
        set_type::update_with(rt, &new, iterable)?;
    }
    Ok(new)
}

impl Rt {
    /// A frozenset of hashable values, for constants.
    pub fn frozenset(&self, items: Vec<Obj>) -> Obj {
        let new = set::with_type(self, self.kind_type(Kind::FrozenSet));
        for item in &items {
            if set_type::add(self, &new, item).is_err() {
                self.clear_exception();
            }
        }
        new
    }
}

fn shuffle(hash: u64) -> u64 {
    (hash ^ 89_869_747 ^ hash << 16).wrapping_mul(3_644_798_167)
}

/// As CPython combines the items' hashes: without regard to their order. Slots without an item take part there.
fn hash(_: &Rt, self_: &Obj) -> R<i64> {
    let Some(s) = set::get(self_) else { return Ok(0) };
    if s.cached_hash() != -1 {
        return Ok(s.cached_hash());
    }
    let mut hash = s.entries().iter().fold(0, |acc, (h, _)| acc ^ shuffle(*h as u64));
    hash ^= (s.len() as u64 + 1).wrapping_mul(1_927_868_237);
    hash ^= hash >> 11 ^ hash >> 25;
    hash = hash.wrapping_mul(69069).wrapping_add(907_133_923);
    let hash = if hash == u64::MAX { 590_923_713 } else { hash as i64 };
    s.cache_hash(hash);
    Ok(hash)
}
