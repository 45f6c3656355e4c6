//! Equality of keys that needs no Python code.

use super::{str, tuple};
use crate::value::Obj;
use molt_abi::layout::Kind;
use molt_abi::value as abi;

/// Whether two keys of equal hash, not the same object, are equal; nothing when only Python code can tell.
#[inline(always)]
pub fn same(a: &Obj, b: &Obj) -> Option<bool> {
    // Different words of immediate ints are different ints.
    if abi::is_int(a.word() & b.word()) {
        return Some(false);
    }
    if a.is_exact(Kind::Str) && b.is_exact(Kind::Str) {
        return Some(str::equal(a, b));
    }
    if a.is_exact(Kind::Tuple) && b.is_exact(Kind::Tuple) {
        return same_items(a, b);
    }
    None
}

/// Compares tuples as far as their first item that needs Python code, tuples in tuples included.
#[inline(never)]
fn same_items(a: &Obj, b: &Obj) -> Option<bool> {
    let (a, b) = (tuple::items(a)?, tuple::items(b)?);
    if a.len() != b.len() {
        return Some(false);
    }
    for (x, y) in a.iter().zip(b) {
        if x.is(y) {
            continue;
        }
        if abi::is_int(x.word() & y.word()) {
            return Some(false);
        }
        if !(x.is_exact(Kind::Str) && y.is_exact(Kind::Str)) {
            return None;
        }
        if !str::equal(x, y) {
            return Some(false);
        }
    }
    Some(true)
}

#[cfg(test)]
mod tests {
    use super::same;
    use crate::{Obj, Rt};

    #[test]
    fn tuples_are_compared_up_to_what_needs_python() {
        let rt = Rt::new();
        let t = |items: &[Obj]| rt.tuple(items.to_vec());
        let int = |n| rt.int(n);
        assert_eq!(same(&t(&[int(1), rt.str("ab")]), &t(&[int(1), rt.str("ab")])), Some(true));
        assert_eq!(same(&t(&[int(1), rt.str("ab")]), &t(&[int(1), rt.str("ac")])), Some(false));
        assert_eq!(same(&t(&[int(1)]), &t(&[int(1), int(2)])), Some(false));
        assert_eq!(same(&t(&[int(1), Obj::float(0.0)]), &t(&[int(1), Obj::float(-0.0)])), None);
        assert_eq!(same(&t(&[int(2), Obj::float(0.0)]), &t(&[int(1), Obj::float(-0.0)])), Some(false));
        assert_eq!(same(&t(&[int(1)]), &t(&[Obj::bool(true)])), None);
        assert_eq!(same(&t(&[t(&[int(300)])]), &t(&[t(&[int(300)])])), None);
        assert_eq!(same(&int(1), &int(2)), Some(false));
        assert_eq!(same(&int(1), &Obj::float(1.0)), None);
    }
}
