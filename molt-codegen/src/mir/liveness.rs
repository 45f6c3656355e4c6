//! Which values are live where a block begins and ends.
//!
//! Invariant: a value is live at a point if some path from there uses it before (re)defining it; block parameters are defined
//! at the beginning of their block, so they are not in its live-in set, and edge arguments are uses in the predecessor. An exit
//! edge in the middle of a block makes what its target needs live at that instruction only.

use super::*;

/// A set of values.
///
/// Kept as the words of a bit set that are not zero, in order: live sets are small, however large the function is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ValueSet {
    words: Vec<(u32, u64)>,
}

fn place(v: Value) -> (u32, u64) {
    (v.0 / 64, 1u64 << (v.0 % 64))
}

impl ValueSet {
    /// An empty set; `count` is how many values there are.
    pub fn new(count: usize) -> ValueSet {
        let _ = count;
        ValueSet::default()
    }

    fn find(&self, word: u32) -> Result<usize, usize> {
        // Values are mostly added in order.
        match self.words.last() {
            Some((last, _)) if *last < word => Err(self.words.len()),
            Some((last, _)) if *last == word => Ok(self.words.len() - 1),
            _ => self.words.binary_search_by_key(&word, |(at, _)| *at),
        }
    }

    /// Adds; whether it was absent.
    pub fn insert(&mut self, v: Value) -> bool {
        let (word, bit) = place(v);
        match self.find(word) {
            Ok(at) => {
                let bits = &mut self.words[at].1;
                let new = *bits & bit == 0;
                *bits |= bit;
                new
            }
            Err(at) => {
                self.words.insert(at, (word, bit));
                true
            }
        }
    }

    /// Removes.
    pub fn remove(&mut self, v: Value) {
        let (word, bit) = place(v);
        if let Ok(at) = self.find(word) {
            self.words[at].1 &= !bit;
            if self.words[at].1 == 0 {
                self.words.remove(at);
            }
        }
    }

    /// Whether it is in.
    pub fn contains(&self, v: Value) -> bool {
        let (word, bit) = place(v);
        self.find(word).is_ok_and(|at| self.words[at].1 & bit != 0)
    }

    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Adds all of `other`; whether anything was new.
    pub fn union(&mut self, other: &ValueSet) -> bool {
        // First in place, as far as words exist on both sides: most unions add nothing.
        let (mut at, mut missing, mut changed) = (0, false, false);
        for (word, bits) in &other.words {
            while self.words.get(at).is_some_and(|(w, _)| w < word) {
                at += 1;
            }
            match self.words.get_mut(at) {
                Some((w, mine)) if w == word => {
                    changed |= bits & !*mine != 0;
                    *mine |= bits;
                }
                _ => missing = true,
            }
        }
        if !missing {
            return changed;
        }
        let mut merged = Vec::with_capacity(self.words.len() + other.words.len());
        let (mut mine, mut theirs) = (self.words.iter().peekable(), other.words.iter().peekable());
        loop {
            match (mine.peek(), theirs.peek()) {
                (Some(a), Some(b)) if a.0 == b.0 => {
                    merged.push((a.0, a.1 | b.1));
                    mine.next();
                    theirs.next();
                }
                (Some(a), Some(b)) if a.0 < b.0 => {
                    merged.push(**a);
                    mine.next();
                }
                (_, Some(b)) => {
                    merged.push(**b);
                    theirs.next();
                }
                (Some(a), None) => {
                    merged.push(**a);
                    mine.next();
                }
                (None, None) => break,
            }
        }
        self.words = merged;
        true
    }

    /// Keeps only what is also in `other`; whether anything went.
    pub fn intersect(&mut self, other: &ValueSet) -> bool {
        let (mut at, mut changed) = (0, false);
        self.words.retain_mut(|(word, bits)| {
            while other.words.get(at).is_some_and(|(w, _)| w < word) {
                at += 1;
            }
            let kept = match other.words.get(at) {
                Some((w, theirs)) if w == word => *bits & theirs,
                _ => 0,
            };
            changed |= kept != *bits;
            *bits = kept;
            kept != 0
        });
        changed
    }

    /// The members in order.
    pub fn iter(&self) -> impl Iterator<Item = Value> + '_ {
        self.words.iter().flat_map(|(word, bits)| {
            let (word, mut rest) = (*word, *bits);
            std::iter::from_fn(move || {
                if rest == 0 {
                    return None;
                }
                let bit = rest.trailing_zeros();
                rest &= rest - 1;
                Some(Value(word * 64 + bit))
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
