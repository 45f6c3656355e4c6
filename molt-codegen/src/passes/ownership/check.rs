//! The checker of reference counting: an independent simulation of the counts on all paths.
//!
//! Reads the rewritten code only and shares nothing with the planner: it follows `incref`, `decref`, moves and results, and
//! reports a leak, a release too many, a use after the last reference, or a loan that is used after something ran that may
//! have released it. Runs in tests and in debug builds of the compiler.

use super::classify::{Class, Classes, classify, first_param, is_leaf, proven_immediate, proven_on_edge};
use crate::mir::{Block, BlockCall, Cfg, Function, Inst, Liveness, Module, Op, Term, Type, Use, Value, ValueSet};
use molt_abi::intrinsic::Effect;
use std::collections::BTreeMap;

/// What is known where control is.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
struct State {
    /// References held, by value; absent means 0.
    counts: BTreeMap<Value, i32>,
    /// Loans that may be dangling.
    stale: ValueSet,
    /// Values known to be immediates: their counts do not matter.
    immediate: ValueSet,
}

/// Findings in one function; empty if its counting is right.
pub fn check(module: &Module, function: &Function) -> Vec<String> {
    let cfg = Cfg::new(function);
    let live = Liveness::new(function, &cfg);
    let classes = classify(module, function, &cfg);
    let mut loans = ValueSet::default();
    for (value, _) in classes.iter().filter(|(_, class)| **class == Class::Loan) {
        loans.insert(value);
    }
    let mut checker =
        Checker { function, live: &live, classes: &classes, loans, entry: BTreeMap::new(), errors: Vec::new() };
    checker.entry.insert(function.entry, State::default());
    // States meet on edges: counts must agree, dangers add up, proofs shrink. A few rounds reach the fixed point.
    for _ in 0..8 + cfg.rpo.len() {
        let before = checker.entry.clone();
        checker.errors.clear();
        for &block in &cfg.rpo {
            checker.block(block);
        }
        if before == checker.entry {
            break;
        }
    }
    checker.errors
}

struct Checker<'a> {
    function: &'a Function,
    live: &'a Liveness,
    classes: &'a Classes,
    loans: ValueSet,
    entry: BTreeMap<Block, State>,
    errors: Vec<String>,
}

impl State {
    fn count(&self, value: Value) -> i32 {
        self.counts.get(&value).copied().unwrap_or(0)
    }

    fn change(&mut self, value: Value, by: i32) {
        let new = self.count(value) + by;
        if new == 0 {
            self.counts.remove(&value);
        } else {
            self.counts.insert(value, new);
        }
    }
}

impl Checker<'_> {
    fn fail(&mut self, block: Block, what: &str, value: Value) {
        let text = format!("{} {block}: {what} {value}", self.function.symbol);
        if !self.errors.contains(&text) {
            self.errors.push(text);
        }
    }

    fn block(&mut self, block: Block) {
        let Some(mut state) = self.entry.get(&block).cloned() else {
            return;
        };
        let data = &self.function.blocks[block];
        if block != self.function.entry {
            for param in &data.params {
                if self.owns(*param) {
                    state.change(*param, 1);
                }
            }
        }
        for inst in &data.insts {
            self.inst(block, *inst, &mut state);
            if self.function.insts[*inst].op.always_exits() {
                return;
            }
        }
        match &data.term {
            Term::Return(value) | Term::ReturnSpecial { value, .. } => {
                self.take(block, *value, &mut state);
                self.nothing_left(block, &state);
            }
            Term::ReturnError => self.nothing_left(block, &state),
            Term::Unreachable => {}
            term => {
                let mut edges = Vec::new();
                term.for_each_edge(|edge| edges.push(edge.clone()));
                for (index, edge) in edges.into_iter().enumerate() {
                    let mut state = state.clone();
                    if let Some(value) = proven_on_edge(self.function, term, index) {
                        state.immediate.insert(value);
                    }
                    self.edge(block, &edge, false, state);
                }
            }
        }
    }

    /// Whether a block parameter holds a reference. What the rewriter says of parameters that only loans reach is not taken on
    /// trust: counts balance on all edges only if it is true.
    fn owns(&self, param: Value) -> bool {
        self.classes[param] == Class::Owned || self.function.owned_params.contains(param)
    }

    fn nothing_left(&mut self, block: Block, state: &State) {
        for (value, _) in state.counts.iter().filter(|(v, _)| !state.immediate.contains(**v)) {
            self.fail(block, "leaks", *value);
        }
    }

    /// A reference of `value` is given away.
    fn take(&mut self, block: Block, value: Value, state: &mut State) {
        if self.classes[value] == Class::Raw || state.immediate.contains(value) {
            return;
        }
        if state.count(value) < 1 {
            self.fail(block, "gives away a reference it does not hold of", value);
        }
        state.change(value, -1);
    }

    /// `value` is looked at.
    fn used(&mut self, block: Block, value: Value, state: &State) {
        if state.immediate.contains(value) || state.count(value) > 0 {
            return;
        }
        match self.classes[value] {
            Class::Owned => self.fail(block, "uses after release", value),
            Class::Loan if state.stale.contains(value) => self.fail(block, "uses a loan that may be gone:", value),
            _ => {}
        }
    }

    /// Something ran that may release what is not held.
    fn danger(&self, state: &mut State) {
        let mut gone = self.loans.clone();
        state.counts.keys().for_each(|value| gone.remove(*value));
        state.immediate.iter().for_each(|value| gone.remove(value));
        state.stale.union(&gone);
    }

    fn inst(&mut self, block: Block, inst: Inst, state: &mut State) {
        let data = &self.function.insts[inst];
        for operand in &data.args {
            if let Some(value) = operand.value() {
                self.used(block, value, state);
            }
        }
        match data.op {
            Op::Incref => {
                if let Some(value) = data.args[0].value().filter(|v| !state.immediate.contains(*v)) {
                    state.change(value, 1);
                }
                return;
            }
            Op::Decref => {
                if let Some(value) = data.args[0].value().filter(|v| !state.immediate.contains(*v)) {
                    if state.count(value) < 1 {
                        self.fail(block, "releases without reference", value);
                    }
                    state.change(value, -1);
                    if !is_leaf(self.function, value) {
                        self.danger(state);
                    }
                }
                return;
            }
            _ => {}
        }
        for (n, operand) in data.args.iter().enumerate() {
            if let Some(value) = operand.value().filter(|_| data.op.operand_use(n) == Use::Steal) {
                self.take(block, value, state);
            }
        }
        // While it runs: what it borrows must be held, or be safe from whatever it does.
        if data.op.effect() == Effect::Python {
            self.danger(state);
            for (n, operand) in data.args.iter().enumerate() {
                if let Some(value) = operand.value().filter(|_| data.op.operand_use(n) == Use::Borrow) {
                    self.used(block, value, state);
                }
            }
        }
        if let Some(exit) = &data.exit {
            self.edge(block, exit, true, state.clone());
        }
        for value in proven_immediate(self.function, inst) {
            state.immediate.insert(value);
        }
        for value in &data.results {
            if self.function.ty(*value) == Type::Val {
                state.stale.remove(*value);
                if self.classes[*value] == Class::Owned {
                    state.change(*value, 1);
                }
            }
        }
    }

    fn edge(&mut self, block: Block, edge: &BlockCall, is_exit: bool, mut state: State) {
        let target = &self.function.blocks[edge.block];
        let first = first_param(self.function, edge.block, is_exit);
        for (param, arg) in target.params[first..].iter().zip(&edge.args) {
            self.used(block, *arg, &state);
            if self.owns(*param) {
                self.take(block, *arg, &mut state);
            }
        }
        let wanted = &self.live.live_in[edge.block];
        for (value, _) in state.counts.clone() {
            if !wanted.contains(value) {
                if !state.immediate.contains(value) {
                    self.fail(block, &format!("leaks on the edge to {}", edge.block), value);
                }
                state.counts.remove(&value);
            }
        }
        state.stale = restricted(&state.stale, wanted);
        state.immediate = restricted(&state.immediate, wanted);
        let Some(known) = self.entry.get_mut(&edge.block) else {
            self.entry.insert(edge.block, state);
            return;
        };
        known.stale.union(&state.stale);
        let mut differing = Vec::new();
        for value in wanted.iter() {
            let (here, there) = (state.immediate.contains(value), known.immediate.contains(value));
            if there && !here {
                // Only now a count that matters arrives.
                known.immediate.remove(value);
                known.change(value, state.count(value) - known.count(value));
            } else if !here && known.count(value) != state.count(value) {
                differing.push(value);
            }
        }
        for value in differing {
            self.fail(block, &format!("enters {} with another count of", edge.block), value);
        }
    }
}

/// The members of `set` that are also in `wanted`.
fn restricted(set: &ValueSet, wanted: &ValueSet) -> ValueSet {
    let mut out = ValueSet::default();
    set.iter().filter(|v| wanted.contains(*v)).for_each(|v| {
        out.insert(v);
    });
    out
}
