//! Which values are live where a block begins and ends.
//!
//! Invariant: a value is live at a point if some path from there uses it before (re)defining it; block parameters are defined
//! at the beginning of their block, so they are not in its live-in set, and edge arguments are uses in the predecessor. An exit
//! edge in the middle of a block makes what its target needs live at that instruction only.

use super::*;

/// A set of values as bits.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ValueSet {
    words: Vec<u64>,
}

impl ValueSet {
    /// An empty set for `count` values.
    pub fn new(count: usize) -> ValueSet {
        ValueSet { words: vec![0; count.div_ceil(64)] }
    }

    /// Adds; whether it was absent.
    pub fn insert(&mut self, v: Value) -> bool {
        let (word, bit) = (v.index() / 64, 1u64 << (v.index() % 64));
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        let new = self.words[word] & bit == 0;
        self.words[word] |= bit;
        new
    }

    /// Removes.
    pub fn remove(&mut self, v: Value) {
        if let Some(word) = self.words.get_mut(v.index() / 64) {
            *word &= !(1u64 << (v.index() % 64));
        }
    }

    /// Whether it is in.
    pub fn contains(&self, v: Value) -> bool {
        self.words.get(v.index() / 64).is_some_and(|w| w & (1u64 << (v.index() % 64)) != 0)
    }

    /// Adds all of `other`; whether anything was new.
    pub fn union(&mut self, other: &ValueSet) -> bool {
        if self.words.len() < other.words.len() {
            self.words.resize(other.words.len(), 0);
        }
        let mut changed = false;
        for (a, b) in self.words.iter_mut().zip(&other.words) {
            changed |= *b & !*a != 0;
            *a |= *b;
        }
        changed
    }

    /// Keeps only what is also in `other`; whether anything went.
    pub fn intersect(&mut self, other: &ValueSet) -> bool {
        let mut changed = false;
        for (i, word) in self.words.iter_mut().enumerate() {
            let kept = *word & other.words.get(i).copied().unwrap_or(0);
            changed |= kept != *word;
            *word = kept;
        }
        changed
    }

    /// The members in order.
    pub fn iter(&self) -> impl Iterator<Item = Value> + '_ {
        self.words.iter().enumerate().flat_map(|(i, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                if rest == 0 {
                    return None;
                }
                let bit = rest.trailing_zeros();
                rest &= rest - 1;
                Some(Value(i as u32 * 64 + bit))
            })
        })
    }
}

/// Live sets at block boundaries.
#[derive(Clone, Debug)]
pub struct Liveness {
    /// Live where the block begins, its parameters excluded.
    pub live_in: IdVec<Block, ValueSet>,
    /// Live at the end, behind the terminator: the union of the successors' live-in over the terminator's edges.
    pub live_out: IdVec<Block, ValueSet>,
}

impl Liveness {
    /// Computes the sets of all reachable blocks.
    pub fn new(function: &Function, cfg: &Cfg) -> Liveness {
        let values = function.values.len();
        let mut live_in = IdVec::filled(ValueSet::new(values), function.blocks.len());
        let mut live_out = IdVec::filled(ValueSet::new(values), function.blocks.len());
        let mut changed = true;
        while changed {
            changed = false;
            for &block in cfg.rpo.iter().rev() {
                let data = &function.blocks[block];
                let mut live = ValueSet::new(values);
                data.term.for_each_edge(|edge| {
                    live.union(&live_in[edge.block]);
                });
                changed |= live_out[block].union(&live);
                data.term.for_each_use(|v| {
                    live.insert(v);
                });
                for inst in data.insts.iter().rev() {
                    step_back(function, &live_in, *inst, &mut live);
                }
                for param in &data.params {
                    live.remove(*param);
                }
                changed |= live_in[block].union(&live);
            }
        }
        Liveness { live_in, live_out }
    }

    /// Turns what is live after `inst` into what is live before it.
    pub fn step_back(&self, function: &Function, inst: Inst, live: &mut ValueSet) {
        step_back(function, &self.live_in, inst, live);
    }
}

fn step_back(function: &Function, live_in: &IdVec<Block, ValueSet>, inst: Inst, live: &mut ValueSet) {
    let data = &function.insts[inst];
    for result in &data.results {
        live.remove(*result);
    }
    if let Some(exit) = &data.exit {
        live.union(&live_in[exit.block]);
    }
    data.for_each_use(|v| {
        live.insert(v);
    });
}
