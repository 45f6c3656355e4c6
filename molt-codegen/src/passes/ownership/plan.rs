//! Which borrowed values get a reference of their own, and where.
//!
//! A loan may stay one if nothing that can run Python code happens while it is in use: no operation with that effect, and no
//! release of another value, since a release may run a finaliser. One in danger gets a reference just before the danger and
//! keeps it from there on, wherever control goes while the value is live; on paths that meet no danger it stays a loan. Each
//! reference adds a release, which may endanger other loans, so the decisions grow to a fixed point; they can only grow, so
//! it ends.

use super::classify::{Class, Classes, first_param, is_leaf, proven_immediate, proven_on_edge};
use crate::mir::{Block, BlockCall, Cfg, Function, IdVec, Inst, Liveness, Use, Value, ValueSet};
use molt_abi::intrinsic::Effect;
use std::collections::BTreeMap;

/// A point in a block: before an instruction, behind it, or before the terminator.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Point(usize);

impl Point {
    /// Before instruction number `n` of the block.
    pub fn before(n: usize) -> Point {
        Point(2 * n)
    }

    /// Behind it, before the releases that follow it.
    pub fn after(n: usize) -> Point {
        Point(2 * n + 1)
    }

    /// Before the terminator of a block with `len` instructions.
    pub fn end(len: usize) -> Point {
        Point(2 * len)
    }
}

/// The decisions.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Loans for which a reference is held where a block begins, its parameters included.
    pub entry: IdVec<Block, ValueSet>,
    /// Where in a block other loans get theirs.
    pub places: IdVec<Block, BTreeMap<Value, Point>>,
}

impl Plan {
    /// Whether a reference is held where `block` begins, if `value` is live there or its parameter.
    pub fn is_counted(&self, classes: &Classes, block: Block, value: Value) -> bool {
        match classes[value] {
            Class::Owned => true,
            Class::Loan => self.entry[block].contains(value),
            Class::Raw | Class::Pinned => false,
        }
    }

    fn is_held(&self, classes: &Classes, block: Block, value: Value, at: Point) -> bool {
        self.is_counted(classes, block, value)
            || classes[value] == Class::Loan && self.places[block].get(&value).is_some_and(|place| *place <= at)
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
    let blocks = function.blocks.len();
    let mut planner = Planner {
        function,
        live,
        classes,
        block: function.entry,
        proven: Vec::new(),
        plan: Plan {
            entry: IdVec::filled(ValueSet::default(), blocks),
            places: IdVec::filled(BTreeMap::new(), blocks),
        },
        changed: false,
    };
    if classes.values().all(|class| *class != Class::Loan) {
        return planner.plan;
    }
    loop {
        planner.changed = false;
        for &block in cfg.rpo.iter() {
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
    /// The block at hand.
    block: Block,
    /// What guards in it prove to be immediates, with the point from which on.
    proven: Vec<(Point, Value)>,
    plan: Plan,
    changed: bool,
}

impl Planner<'_> {
    fn is_loan(&self, value: Value) -> bool {
        self.classes[value] == Class::Loan
    }

    fn is_held(&self, value: Value, at: Point) -> bool {
        self.plan.is_held(self.classes, self.block, value, at)
    }

    fn is_immediate(&self, value: Value, at: Point) -> bool {
        self.proven.iter().any(|(from, v)| *v == value && *from <= at)
    }

    /// Makes sure that a reference is held from `at` on.
    fn hold(&mut self, value: Value, at: Point) {
        // An immediate is in no danger while it is known to be one.
        if !self.is_loan(value) || self.is_held(value, at) || self.is_immediate(value, at) {
            return;
        }
        self.plan.places[self.block].insert(value, at);
        self.changed = true;
    }

    /// Makes sure that a reference is held where `block` begins.
    fn hold_at_entry(&mut self, block: Block, value: Value) {
        if self.is_loan(value) {
            self.changed |= self.plan.entry[block].insert(value);
        }
    }

    /// Carries what is held at `at` over an edge; `before` are the values live there that the edge may use or drop.
    fn edge(&mut self, edge: &BlockCall, first: usize, before: &ValueSet, at: Point, also_immediate: Option<Value>) {
        let (function, live) = (self.function, self.live);
        let wanted = &live.live_in[edge.block];
        let params = &function.blocks[edge.block].params[first..];
        for value in wanted.iter().filter(|v| self.is_loan(*v) && self.is_held(*v, at)).collect::<Vec<_>>() {
            self.hold_at_entry(edge.block, value);
        }
        for (param, arg) in params.iter().zip(&edge.args) {
            if self.is_held(*arg, at) {
                self.hold_at_entry(edge.block, *param);
            }
        }
        let moves_on = |v: Value| {
            let counted = |p: Value| self.plan.is_counted(self.classes, edge.block, p);
            params.iter().zip(&edge.args).any(|(p, a)| *a == v && counted(*p))
        };
        let releases = before.iter().any(|v| {
            self.is_held(v, at)
                && !wanted.contains(v)
                && also_immediate != Some(v)
                && !self.is_immediate(v, at)
                && !is_leaf(function, v)
                && !moves_on(v)
        });
        if releases {
            for value in wanted.iter().chain(params.iter().copied()) {
                self.hold_at_entry(edge.block, value);
            }
        }
    }

    fn block(&mut self, block: Block) {
        let (function, live) = (self.function, self.live);
        let data = &function.blocks[block];
        self.block = block;
        self.proven.clear();
        for (n, inst) in data.insts.iter().enumerate() {
            self.proven.extend(proven_immediate(function, *inst).map(|v| (Point::after(n), v)));
        }
        let mut now = live.live_out[block].clone();
        data.term.for_each_use(|v| {
            now.insert(v);
        });
        let end = now.clone();
        for (n, inst) in data.insts.iter().enumerate().rev() {
            self.inst(n, *inst, &mut now);
        }
        // A parameter that nobody uses is released at once.
        let counted = |v: Value| self.plan.is_counted(self.classes, block, v);
        if block != function.entry && data.params.iter().any(|p| counted(*p) && !now.contains(*p)) {
            for value in now.iter() {
                self.hold_at_entry(block, value);
            }
        }

        let at = Point::end(data.insts.len());
        let mut edges = Vec::new();
        data.term.for_each_edge(|edge| edges.push(edge.clone()));
        if edges.len() > 1 {
            // What every edge needs is made once before them.
            for value in live.live_out[block].iter().filter(|v| self.is_loan(*v)).collect::<Vec<_>>() {
                let wants = |edge: &BlockCall| self.plan.entry[edge.block].contains(value);
                if edges.iter().all(|edge| live.live_in[edge.block].contains(value) && wants(edge)) {
                    self.hold(value, at);
                }
            }
        }
        for (index, edge) in edges.iter().enumerate() {
            self.edge(edge, 0, &end, at, proven_on_edge(function, &data.term, index));
        }
    }

    /// Handles instruction number `n`; `now` is what is live after it and becomes what is live before it.
    fn inst(&mut self, n: usize, inst: Inst, now: &mut ValueSet) {
        let (function, live) = (self.function, self.live);
        let data = &function.insts[inst];
        let after = now.clone();
        live.step_back(function, inst, now);
        let before = now;
        let (here, behind) = (Point::before(n), Point::after(n));
        let runs_python = data.op.effect() == Effect::Python;
        let stolen: Vec<Value> = stolen_operands(function, inst).collect();

        // Releases behind it: what died, minus what moved into the operation.
        let releases = before.iter().chain(data.results.iter().copied()).any(|v| {
            !after.contains(v)
                && self.is_held(v, behind)
                && !stolen.contains(&v)
                && !self.is_immediate(v, behind)
                && !is_leaf(function, v)
        });
        if releases || runs_python {
            for value in after.iter().filter(|v| self.is_loan(*v)).collect::<Vec<_>>() {
                let own_result = data.results.contains(&value);
                if runs_python && !own_result {
                    self.hold(value, here);
                } else if releases {
                    self.hold(value, behind);
                }
            }
        }
        if runs_python {
            for value in borrowed_operands(function, inst).collect::<Vec<_>>() {
                self.hold(value, here);
            }
        }
        if let Some(exit) = &data.exit {
            let first = first_param(function, exit.block, true);
            if runs_python {
                for value in live.live_in[exit.block].iter().chain(exit.args.iter().copied()) {
                    self.hold(value, here);
                }
            }
            let mut held = before.clone();
            stolen.iter().filter(|v| !after.contains(**v)).for_each(|v| held.remove(*v));
            self.edge(exit, first, &held, here, None);
        }
    }
}
