//! Typed ids of MIR and the vectors they index.
//!
//! Invariant: an id is meaningful only for the vector whose owner made it; ids are never reused within a function, so a
//! pass may keep side tables indexed by them.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// A typed `u32` id.
pub trait Id: Copy + Eq + Ord {
    /// The id of position `index`.
    fn from_index(index: usize) -> Self;
    /// The position.
    fn index(self) -> usize;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);
        impl Id for $name {
            fn from_index(index: usize) -> Self { $name(index as u32) }
            fn index(self) -> usize { self.0 as usize }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, concat!($prefix, "{}"), self.0) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Display::fmt(self, f) }
        }
    )*};
}

ids! {
    /// A basic block of a function.
    Block = "b",
    /// An instruction of a function.
    Inst = "i",
    /// An SSA value of a function.
    Value = "v",
    /// A function of a module (several may belong to one code object).
    FuncId = "f",
    /// A code object of a module; the index is that of its `CodeDesc`, 0 is the module body.
    CodeId = "code",
    /// A constant of a module; the index is that of the constant blob.
    ConstId = "c",
    /// A global slot of a module.
    GlobalId = "g",
    /// A known cell of a module.
    KnownId = "k",
    /// A class descriptor of a module.
    ClassId = "class",
    /// An inline cache of a module.
    IcId = "ic",
    /// A function of another module that this one calls directly.
    ExternId = "ext",
}

/// A vector indexed by one kind of id.
#[derive(Clone, PartialEq, Eq)]
pub struct IdVec<K, V> {
    items: Vec<V>,
    key: PhantomData<K>,
}

impl<K: Id, V> IdVec<K, V> {
    /// An empty vector.
    pub const fn new() -> Self {
        IdVec { items: Vec::new(), key: PhantomData }
    }

    /// `len` clones of `value`.
    pub fn filled(value: V, len: usize) -> Self
    where
        V: Clone,
    {
        IdVec { items: vec![value; len], key: PhantomData }
    }

    /// Appends and gives the new id.
    pub fn push(&mut self, value: V) -> K {
        self.items.push(value);
        K::from_index(self.items.len() - 1)
    }

    /// The id that the next [`IdVec::push`] will give.
    pub fn next_id(&self) -> K {
        K::from_index(self.items.len())
    }

    /// The number of items.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// All ids in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = K> + use<K, V> {
        (0..self.items.len()).map(K::from_index)
    }

    /// Ids with items, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (K, &V)> {
        self.items.iter().enumerate().map(|(i, v)| (K::from_index(i), v))
    }

    /// Ids with mutable items, in order.
    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = (K, &mut V)> {
        self.items.iter_mut().enumerate().map(|(i, v)| (K::from_index(i), v))
    }

    /// The items in order.
    pub fn values(&self) -> std::slice::Iter<'_, V> {
        self.items.iter()
    }

    /// The item of `id`, if there is one.
    pub fn get(&self, id: K) -> Option<&V> {
        self.items.get(id.index())
    }

    /// Grows with clones of `value` until `id` is valid.
    pub fn grow_to(&mut self, id: K, value: V)
    where
        V: Clone,
    {
        if self.items.len() <= id.index() {
            self.items.resize(id.index() + 1, value);
        }
    }
}

impl<K: Id, V> Default for IdVec<K, V> {
    fn default() -> Self {
        IdVec::new()
    }
}

impl<K: Id, V> Index<K> for IdVec<K, V> {
    type Output = V;
    fn index(&self, id: K) -> &V {
        &self.items[id.index()]
    }
}

impl<K: Id, V> IndexMut<K> for IdVec<K, V> {
    fn index_mut(&mut self, id: K) -> &mut V {
        &mut self.items[id.index()]
    }
}

impl<K: Id, V> FromIterator<V> for IdVec<K, V> {
    fn from_iter<T: IntoIterator<Item = V>>(iter: T) -> Self {
        IdVec { items: iter.into_iter().collect(), key: PhantomData }
    }
}

impl<K, V: fmt::Debug> fmt::Debug for IdVec<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items.fmt(f)
    }
}
