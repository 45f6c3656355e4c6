//! What values will probably be, and where time probably goes: hints for versions, never relied upon.
//!
//! A forward analysis guesses the type of each value from what defines it ([`guess`]); a loop's *entry hints* say what values that
//! are defined outside of the loop are used as inside it, so that one test before the loop replaces one in each iteration
//! ([`uses`]). Invariant: a wrong guess costs time only, since whatever is done on its account is guarded.

mod guess;
mod source;
mod uses;

use crate::mir::cfg::{Cfg, Dominators};
use crate::mir::{Block, Function, IdVec, Module, Value};
pub(super) use guess::Guess;
use source::{Calls, Source};
use std::collections::{BTreeMap, BTreeSet};
pub(super) use uses::Hint;

/// A loop: its blocks, and the hints for values that come from outside.
#[derive(Default)]
struct Loop {
    members: BTreeSet<Block>,
    hints: Vec<(Value, Hint)>,
    /// What it calls at most.
    calls: Calls,
}

/// How much code a block is worth, by where time may go.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Worth {
    /// It stands in no loop, and the function calls what the compiler does not see, which takes longer than what is saved here.
    Little,
    /// A loop that calls such code.
    Some,
    /// A loop or a function that calls nothing unknown.
    Much,
}

/// The predictions for one function.
pub(super) struct Predictions {
    guesses: IdVec<Value, Guess>,
    loops: BTreeMap<Block, Loop>,
    /// Iterators, and results of calls that are iterated over, whose loop contains no other loop and calls nothing unknown.
    inner_iters: BTreeSet<Value>,
    /// Values whose use says that they are no numbers.
    objects: IdVec<Value, bool>,
    /// Values whose items are set by ints: lists, mostly.
    filled: BTreeSet<Value>,
    /// How much each block is worth.
    worth: IdVec<Block, Worth>,
}

impl Predictions {
    /// Analyses a function of a module; `live` are the needs of its blocks.
    pub(super) fn new(module: &Module, function: &Function, live: &IdVec<Block, Vec<Value>>) -> Predictions {
        let source = Source { module, function };
        let guesses = guess::guesses(&source);
        let objects = uses::objects(&source);
        let mut loops = loops(&source);
        let inner_iters = uses::inner_iters(&source, &loops);
        let receiver = source.receiver();
        for (header, of) in loops.iter_mut().filter(|(_, of)| of.calls != Calls::Unknown) {
            let needs = &live[*header][function.blocks[*header].params.len()..];
            let outside =
                needs.iter().copied().filter(|v| matches!(guesses[*v], Guess::Unknown | Guess::List)).collect();
            of.hints = uses::hints(&source, &of.members, outside, &guesses, &inner_iters);
            of.hints.retain(|(value, hint)| match hint {
                // A method's receiver is no list.
                Hint::List => receiver != Some(*value),
                Hint::Int | Hint::Number => !objects[*value],
            });
        }
        let worth = worth(&source, &loops);
        let filled = uses::filled(&source, &guesses);
        Predictions { guesses, loops, inner_iters, objects, filled, worth }
    }

    /// Whether a value is used as no number is: attributes, items, methods, iteration.
    pub(super) fn is_object(&self, value: Value) -> bool {
        self.objects[value]
    }

    /// Whether items of the value are set by ints.
    pub(super) fn is_filled(&self, value: Value) -> bool {
        self.filled.contains(&value)
    }

    /// Whether the loop over an iterator, or over an iterator of this value, is an innermost one: worth a version for lists.
    pub(super) fn iterates_inside(&self, value: Value) -> bool {
        self.inner_iters.contains(&value)
    }

    /// The guess for a value.
    pub(super) fn guess(&self, value: Value) -> Guess {
        self.guesses[value]
    }

    /// The hints for entering the loop that starts at `to`, if an edge from `from` does that.
    pub(super) fn entry_hints(&self, from: Block, to: Block) -> &[(Value, Hint)] {
        match self.loops.get(&to) {
            Some(of) if !of.members.contains(&from) => &of.hints,
            _ => &[],
        }
    }

    /// How much code a block is worth.
    pub(super) fn worth(&self, block: Block) -> Worth {
        self.worth[block]
    }

    /// Whether the block starts a loop that calls something.
    pub(super) fn calls(&self, header: Block) -> bool {
        self.loops.get(&header).is_some_and(|of| of.calls != Calls::Nothing)
    }

    /// Whether a loop starts at the block.
    pub(super) fn is_loop_header(&self, block: Block) -> bool {
        self.loops.contains_key(&block)
    }
}

/// The loops, with what they call.
fn loops(source: &Source<'_>) -> BTreeMap<Block, Loop> {
    let cfg = Cfg::new(source.function);
    let dominators = Dominators::new(&cfg);
    let headers = dominators.loop_headers().into_iter();
    headers
        .map(|header| {
            let members: BTreeSet<Block> = dominators.natural_loop(header).into_iter().collect();
            let calls = source.most_calls(members.iter().copied());
            (header, Loop { members, hints: Vec::new(), calls })
        })
        .collect()
}

fn worth(source: &Source<'_>, loops: &BTreeMap<Block, Loop>) -> IdVec<Block, Worth> {
    let calls = source.most_calls(source.function.blocks.ids());
    let least = if calls == Calls::Unknown { Worth::Little } else { Worth::Much };
    let mut worth = IdVec::filled(least, source.function.blocks.len());
    for of in loops.values() {
        let this = if of.calls == Calls::Unknown { Worth::Some } else { Worth::Much };
        of.members.iter().for_each(|block| worth[*block] = worth[*block].max(this));
    }
    worth
}
