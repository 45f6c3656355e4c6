//! `Dict`: a `dict` that has come to the host, in Python's order.

use std::borrow::Borrow;
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::ops::Deref;

/// The items of a `dict` in insertion order. It is a slice of pairs with a lookup; turn it into a `BTreeMap` or a
/// `HashMap` to look up many keys.
///
/// ```
/// use molt_runtime::Dict;
/// let ages: Dict<String, i64> = [("Ada".to_owned(), 36)].into();
/// assert_eq!(ages.get("Ada"), Some(&36));
/// assert_eq!(ages.len(), 1);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dict<K, V>(Vec<(K, V)>);

impl<K, V> Dict<K, V> {
    /// No items.
    pub const fn new() -> Self {
        Dict(Vec::new())
    }

    /// The value of a key, by comparing keys one after the other.
    pub fn get<Q: PartialEq + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.0.iter().find(|(k, _)| k.borrow() == key).map(|(_, value)| value)
    }
}

impl<K, V> Default for Dict<K, V> {
    fn default() -> Self {
        Dict::new()
    }
}

impl<K, V> Deref for Dict<K, V> {
    type Target = [(K, V)];

    fn deref(&self) -> &[(K, V)] {
        &self.0
    }
}

impl<K, V> FromIterator<(K, V)> for Dict<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(items: I) -> Self {
        Dict(items.into_iter().collect())
    }
}

impl<K, V> IntoIterator for Dict<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, K, V> IntoIterator for &'a Dict<K, V> {
    type Item = &'a (K, V);
    type IntoIter = std::slice::Iter<'a, (K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<K, V, const N: usize> From<[(K, V); N]> for Dict<K, V> {
    fn from(items: [(K, V); N]) -> Self {
        Dict(items.into())
    }
}

impl<K, V> From<Vec<(K, V)>> for Dict<K, V> {
    fn from(items: Vec<(K, V)>) -> Self {
        Dict(items)
    }
}

impl<K: Ord, V> From<BTreeMap<K, V>> for Dict<K, V> {
    fn from(items: BTreeMap<K, V>) -> Self {
        items.into_iter().collect()
    }
}

impl<K: Ord, V> From<Dict<K, V>> for BTreeMap<K, V> {
    fn from(items: Dict<K, V>) -> Self {
        items.into_iter().collect()
    }
}

impl<K: Eq + Hash, V> From<Dict<K, V>> for HashMap<K, V> {
    fn from(items: Dict<K, V>) -> Self {
        items.into_iter().collect()
    }
}
