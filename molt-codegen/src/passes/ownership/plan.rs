//! Which borrowed values get a reference of their own, and where.
//!
//! A loan may stay one if nothing that can run Python code happens while it is in use: no operation with that effect, and no
//! release of another value, since a release may run a finaliser. Each promotion adds a release, which may endanger other
//! loans, so the set grows to a fixed point; it can only grow, so it ends.

use super::classify::{Class, Classes, first_param, is_leaf, proven_immediate, proven_on_edge};
use crate::mir::{Block, BlockCall, Cfg, Function, Inst, Liveness, Term, Use, Value, ValueSet};
use molt_abi::intrinsic::Effect;
use std::collections::BTreeMap;

/// Where, in the block that defines it, a promoted loan gets its reference. One that is in danger only in later blocks gets
/// it on the edges.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// Before the instruction.
    Before(Inst),
    /// After the instruction, before the releases that follow it.
    After(Inst),
    /// Before the terminator.
    End,
}

/// The decisions.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Loans that become owned.
    pub promoted: ValueSet,
    /// Where, for those that need it in their own block.
    pub places: BTreeMap<Value, Place>,
}

impl Plan {
    /// Whether a reference is held while `value` is live (for a promoted loan: from its place on).
    pub fn is_counted(&self, classes: &Classes, value: Value) -> bool {
        match classes[value] {
            Class::Owned => true,
            Class::Loan => self.promoted.contains(value),
            Class::Raw | Class::Pinned => false,
        }
    }
}

/// Values that a borrow use of `inst` needs while it runs.
pub fn borrowed_operands(function: &Function, inst: Inst) -> impl Iterator<Item = Value> + '_ {
    let data = &function.insts[inst];
    data.args.iter().enumerate().filter_map(|(n, a)| a.value().filter(|_| data.op.operand_use(n) == Use::Borrow))
}

/// Values whose reference `inst` takes, once per position.
pub fn stolen_operands(function: &Function, inst: Inst) -> impl Iterator<Item = Value> + '_ {
    let data = &function.insts[inst];
    data.args.iter().enumerate().filter_map(|(n, a)| a.value().filter(|_| data.op.operand_use(n) == Use::Steal))
}

/// Decides.
pub fn plan(function: &Function, cfg: &Cfg, live: &Liveness, classes: &Classes) -> Plan {
    let mut planner = Planner {
        function,
        live,
        classes,
        defined: ValueSet::new(function.values.len()),
        plan: Plan { promoted: ValueSet::new(function.values.len()), places: BTreeMap::new() },
        changed: false,
    };
    if classes.values().all(|class| *class != Class::Loan) {
        return planner.plan;
    }
    loop {
        planner.changed = false;
        for &block in cfg.rpo.iter().rev() {
            planner.block(block);
        }
        if !planner.changed {
            return planner.plan;
        }
    }
}

struct Planner<'a> {
    function: &'a Function,
    live: &'a Liveness,
    classes: &'a Classes,
    /// Loans that the block at hand defines.
    defined: ValueSet,
    plan: Plan,
    changed: bool,
}

impl Planner<'_> {
    fn counted(&self, value: Value) -> bool {
        self.plan.is_counted(self.classes, value)
    }

    fn promote(&mut self, value: Value) {
        if self.classes[value] == Class::Loan {
            self.changed |= self.plan.promoted.insert(value);
        }
    }

    fn promote_all(&mut self, values: &ValueSet) {
        for value in values.iter() {
            self.promote(value);
        }
    }

    /// Whether control on `edge` releases a value that was held before it.
    fn edge_releases(&self, edge: &BlockCall, first: usize, before: &ValueSet, immediate: &[Value]) -> bool {
        let wanted = &self.live.live_in[edge.block];
        before.iter().any(|v| {
            self.counted(v)
                && !wanted.contains(v)
                && !immediate.contains(&v)
                && !is_leaf(self.function, v)
                && !self.moves_on(edge, first, v)
        })
    }

    fn moves_on(&self, edge: &BlockCall, first: usize, value: Value) -> bool {
        let params = &self.function.blocks[edge.block].params[first..];
        params.iter().zip(&edge.args).any(|(p, a)| *a == value && self.classes[*p] == Class::Owned)
    }

    fn block(&mut self, block: Block) {
        let (function, live) = (self.function, self.live);
        let data = &function.blocks[block];
        self.defined = ValueSet::new(function.values.len());
        for result in data.insts.iter().flat_map(|inst| &function.insts[*inst].results) {
            self.defined.insert(*result);
        }
        // Guards prove things for the rest of the block: position from which each value is an immediate.
        let mut proven: Vec<(usize, Value)> = Vec::new();
        for (n, inst) in data.insts.iter().enumerate() {
            proven.extend(proven_immediate(function, *inst).map(|v| (n, v)));
        }
        let immediate_at = |n: usize| -> Vec<Value> { proven.iter().filter(|(at, _)| *at < n).map(|p| p.1).collect() };

        let mut now = live.live_out[block].clone();
        data.term.for_each_use(|v| {
            now.insert(v);
        });
        let at_end = immediate_at(data.insts.len());
        let mut edges = 0;
        data.term.for_each_edge(|edge| {
            let mut immediate = at_end.clone();
            immediate.extend(proven_on_edge(function, &data.term, edges));
            if self.edge_releases(edge, 0, &now, &immediate) {
                self.promote_all(&live.live_in[edge.block]);
            }
            edges += 1;
        });
        if edges > 0 && !matches!(data.term, Term::Jump(_)) {
            for value in live.live_out[block].iter().collect::<Vec<_>>() {
                let mut everywhere = self.plan.promoted.contains(value);
                data.term.for_each_edge(|edge| everywhere &= live.live_in[edge.block].contains(value));
                if everywhere {
                    self.place(value, Place::End);
                }
            }
        }
        for (n, inst) in data.insts.iter().enumerate().rev() {
            self.inst(*inst, &mut now, &immediate_at(n), &immediate_at(n + 1));
        }
        // A parameter that nobody uses is released at once.
        if data.params.iter().any(|p| self.counted(*p) && !now.contains(*p)) {
            self.promote_all(&now);
        }
    }

    fn place(&mut self, value: Value, place: Place) {
        if self.classes[value] == Class::Loan && self.defined.contains(value) {
            // The walk goes backwards, so the earliest place is the last one recorded.
            self.plan.places.insert(value, place);
        }
    }

    /// Handles one instruction; `now` is what is live after it and becomes what is live before it.
    fn inst(&mut self, inst: Inst, now: &mut ValueSet, immediate_before: &[Value], immediate_after: &[Value]) {
        let (function, live) = (self.function, self.live);
        let data = &function.insts[inst];
        let after = now.clone();
        live.step_back(function, inst, now);
        let before = now;
        let runs_python = data.op.effect() == Effect::Python;
        let stolen: Vec<Value> = stolen_operands(function, inst).collect();

        // Releases behind it: what died, minus what moved into the operation.
        let releases = before.iter().chain(data.results.iter().copied()).any(|v| {
            !after.contains(v)
                && self.counted(v)
                && !stolen.contains(&v)
                && !immediate_after.contains(&v)
                && !is_leaf(function, v)
        });
        let endangered: Vec<Value> = if releases || runs_python { self.loans(&after).collect() } else { Vec::new() };
        for value in endangered {
            let own_result = data.results.contains(&value);
            if own_result && !releases {
                continue;
            }
            self.promote(value);
            self.place(value, if runs_python && !own_result { Place::Before(inst) } else { Place::After(inst) });
        }
        if runs_python {
            for value in borrowed_operands(function, inst).collect::<Vec<_>>() {
                self.promote(value);
                self.place(value, Place::Before(inst));
            }
        }
        if let Some(exit) = &data.exit {
            let first = first_param(function, exit.block, true);
            let mut held = before.clone();
            stolen.iter().filter(|v| !after.contains(**v)).for_each(|v| held.remove(*v));
            let wanted = &live.live_in[exit.block];
            if runs_python {
                let used: Vec<Value> = self.loans(wanted).chain(exit.args.iter().copied()).collect();
                for value in used {
                    self.promote(value);
                    self.place(value, Place::Before(inst));
                }
            } else if self.edge_releases(exit, first, &held, immediate_before) {
                self.promote_all(wanted);
            }
        }
    }

    fn loans<'s>(&'s self, values: &'s ValueSet) -> impl Iterator<Item = Value> + 's {
        values.iter().filter(|v| self.classes[*v] == Class::Loan)
    }
}
