//! Puts the count changes into the code, as classes and plan demand.
//!
//! Each block is walked with the set of values for which a reference is held. On an edge, held references go to parameters and
//! to what the target needs; what is missing is made, what is left over is released. Invariant: a block is entered holding
//! exactly one reference for each counted value live there, from every predecessor.

use super::classify::{Class, Classes, first_param, proven_immediate, proven_on_edge};
use super::plan::{Plan, Point, borrowed_operands, stolen_operands};
use crate::mir::{
    Block, BlockCall, BlockData, Cfg, Function, Inst, InstData, Liveness, Op, Operand, Pos, Term, Type, Value, ValueSet,
};
use std::collections::BTreeMap;

/// Rewrites `function`.
pub fn rewrite(function: &mut Function, cfg: &Cfg, live: &Liveness, classes: &Classes, plan: &Plan) {
    let mut rewriter = Rewriter {
        function,
        live,
        classes,
        plan,
        out: Vec::new(),
        held: ValueSet::default(),
        immediate: ValueSet::default(),
        split: BTreeMap::new(),
        entered: BTreeMap::new(),
    };
    for &block in &cfg.rpo {
        rewriter.block(block);
    }
    rewriter.merge_unshared();
    let function = rewriter.function;
    for &block in &cfg.rpo {
        for param in plan.entry[block].iter().filter(|v| function.blocks[block].params.contains(v)) {
            function.owned_params.insert(param);
        }
    }
}

/// What an edge has to do: references to make, then references to drop.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
struct Duty {
    make: Vec<Value>,
    drop: Vec<Value>,
}

/// How many values a link of a chain of releases drops at most: what one call of the runtime takes.
const LINK: usize = 4;

/// An edge with a duty gets a block of its own; equal ones share it.
type SplitKey = (Block, Vec<Value>, Duty, bool);

struct Rewriter<'a> {
    function: &'a mut Function,
    live: &'a Liveness,
    classes: &'a Classes,
    plan: &'a Plan,
    out: Vec<Inst>,
    held: ValueSet,
    /// Values proven to be immediates since the block began: their counts need no code.
    immediate: ValueSet,
    split: BTreeMap<SplitKey, Block>,
    /// How many edges lead to each block made for an edge.
    entered: BTreeMap<Block, usize>,
}

impl Rewriter<'_> {
    fn counted(&self, block: Block, value: Value) -> bool {
        self.plan.is_counted(self.classes, block, value)
    }

    fn emit(&mut self, op: Op, value: Value) {
        if !self.immediate.contains(value) {
            let inst = self.function.new_inst(op, vec![Operand::Value(value)], &[], None, Pos::NONE);
            self.out.push(inst);
        }
    }

    fn block(&mut self, block: Block) {
        let data = self.function.blocks[block].clone();
        let live = self.live;
        self.out = Vec::with_capacity(data.insts.len());
        self.held = ValueSet::new(self.function.values.len());
        self.immediate = ValueSet::new(self.function.values.len());
        for value in live.live_in[block].iter() {
            if self.counted(block, value) {
                self.held.insert(value);
            }
        }
        // What is live after each instruction.
        let mut now = live.live_out[block].clone();
        data.term.for_each_use(|v| {
            now.insert(v);
        });
        let mut after = Vec::with_capacity(data.insts.len());
        for inst in data.insts.iter().rev() {
            after.push(now.clone());
            live.step_back(self.function, *inst, &mut now);
        }
        after.reverse();

        if block != self.function.entry {
            for param in &data.params {
                if self.counted(block, *param) {
                    if now.contains(*param) {
                        self.held.insert(*param);
                    } else {
                        self.emit(Op::Decref, *param);
                    }
                }
            }
        }
        let mut places: Vec<(Point, Value)> = self.plan.places[block].iter().map(|(v, at)| (*at, *v)).collect();
        places.sort_unstable();
        let take = |at: Point| places.iter().filter(move |p| p.0 == at).map(|p| p.1).collect::<Vec<Value>>();
        for (n, (inst, after)) in data.insts.iter().zip(&after).enumerate() {
            self.inst(*inst, after, take(Point::before(n)), take(Point::after(n)));
            if self.function.insts[*inst].op.always_exits() {
                break;
            }
        }
        for value in take(Point::end(data.insts.len())) {
            self.hold(value);
        }
        let mut term = data.term.clone();
        self.terminator(&mut term);
        self.function.blocks[block] =
            BlockData { insts: std::mem::take(&mut self.out), term, params: data.params, ..data };
    }

    /// Makes a promoted loan's reference.
    fn hold(&mut self, value: Value) {
        if !self.held.contains(value) {
            self.emit(Op::Incref, value);
            self.held.insert(value);
        }
    }

    fn inst(&mut self, inst: Inst, after: &ValueSet, before_places: Vec<Value>, after_places: Vec<Value>) {
        for value in before_places {
            self.hold(value);
        }
        let data = self.function.insts[inst].clone();
        // References that move into the operation.
        let stolen: Vec<Value> = stolen_operands(self.function, inst).collect();
        let borrowed: Vec<Value> = borrowed_operands(self.function, inst).collect();
        let mut moved = Vec::new();
        for (n, value) in stolen.iter().enumerate() {
            if self.classes[*value] == Class::Raw {
                continue;
            }
            let last = !stolen[n + 1..].contains(value);
            let survives = after.contains(*value)
                || borrowed.contains(value)
                || data
                    .exit
                    .as_ref()
                    .is_some_and(|exit| exit.args.contains(value) || self.live.live_in[exit.block].contains(*value));
            if last && !survives && self.held.contains(*value) {
                moved.push(*value);
            } else {
                self.emit(Op::Incref, *value);
            }
        }
        for value in &moved {
            self.held.remove(*value);
        }
        if let Some(exit) = &data.exit {
            let exit = self.edge(exit.clone(), true);
            self.function.insts[inst].exit = Some(exit);
        }
        self.out.push(inst);
        if data.op.always_exits() {
            return;
        }
        for value in proven_immediate(self.function, inst).collect::<Vec<_>>() {
            self.immediate.insert(value);
        }
        for value in &data.results {
            if self.classes[*value] == Class::Owned {
                self.held.insert(*value);
            }
        }
        for value in after_places {
            self.hold(value);
        }
        self.release_dead(&data, after);
    }

    /// Releases what is held and not live any more: operands in their order, then what only the exit needed.
    fn release_dead(&mut self, data: &InstData, after: &ValueSet) {
        let mut dead: Vec<Value> = Vec::new();
        let uses = data.args.iter().filter_map(|a| a.value()).chain(data.results.iter().copied());
        for value in uses.chain(self.held.iter()) {
            if self.held.contains(value) && !after.contains(value) && !dead.contains(&value) {
                dead.push(value);
            }
        }
        for value in dead {
            self.held.remove(value);
            self.emit(Op::Decref, value);
        }
    }

    fn duty(&self, edge: &BlockCall, is_exit: bool) -> Duty {
        let first = first_param(self.function, edge.block, is_exit);
        let mut need: BTreeMap<Value, usize> = BTreeMap::new();
        let params = &self.target_params(edge.block)[first..];
        for (param, arg) in params.iter().zip(&edge.args) {
            if self.counted(edge.block, *param) && self.classes[*arg] != Class::Raw {
                *need.entry(*arg).or_default() += 1;
            }
        }
        for value in self.live.live_in[edge.block].iter() {
            if self.counted(edge.block, value) {
                *need.entry(value).or_default() += 1;
            }
        }
        let mut duty = Duty::default();
        for (value, count) in &need {
            if !self.immediate.contains(*value) {
                let missing = count - usize::from(self.held.contains(*value));
                duty.make.extend(std::iter::repeat_n(*value, missing));
            }
        }
        duty.drop = self.held.iter().filter(|v| !need.contains_key(v) && !self.immediate.contains(*v)).collect();
        duty
    }

    fn target_params(&self, block: Block) -> &[Value] {
        &self.function.blocks[block].params
    }

    /// Does an edge's duty; the edge may come to lead through a new block.
    fn edge(&mut self, edge: BlockCall, is_exit: bool) -> BlockCall {
        let duty = self.duty(&edge, is_exit);
        if duty == Duty::default() {
            return edge;
        }
        let target = edge.block;
        let landing = is_exit && self.function.blocks[target].landing;
        let key = (target, edge.args.clone(), duty, landing);
        let block = self.split_block(key);
        BlockCall::new(block, Vec::new())
    }

    /// The block that does the duty of a key. Releases are chained: each block drops a few of the newest values and goes on
    /// to the block that drops the others, which it shares with every edge that needs just those. Links begin at multiples of
    /// [`LINK`] values, so that an edge does not make links that no other edge needs.
    fn split_block(&mut self, key: SplitKey) -> Block {
        if let Some(block) = self.split.get(&key).copied() {
            *self.entered.entry(block).or_default() += 1;
            return block;
        }
        let (target, args, duty, landing) = &key;
        let cold = self.function.blocks[*target].cold;
        let block = self.function.new_block();
        let position = landing.then(|| self.function.add_param(block, Type::I64));
        let mut insts = Vec::new();
        for value in &duty.make {
            insts.push(self.function.new_inst(Op::Incref, vec![Operand::Value(*value)], &[], None, Pos::NONE));
        }
        let mut rest = Duty { make: Vec::new(), drop: duty.drop.clone() };
        while let Some(value) = rest.drop.pop() {
            insts.push(self.function.new_inst(Op::Decref, vec![Operand::Value(value)], &[], None, Pos::NONE));
            if rest.drop.len().is_multiple_of(LINK) {
                break;
            }
        }
        let next = if rest.drop.is_empty() {
            BlockCall::new(*target, position.into_iter().chain(args.iter().copied()).collect())
        } else {
            let next = self.split_block((*target, args.clone(), rest, *landing));
            BlockCall::new(next, position.into_iter().collect())
        };
        let data = &mut self.function.blocks[block];
        data.landing = *landing;
        data.cold = cold || *landing;
        data.insts = insts;
        data.term = Term::Jump(next);
        self.split.insert(key, block);
        self.entered.insert(block, 1);
        block
    }

    /// Links of a chain that only the link before leads to become part of that.
    fn merge_unshared(&mut self) {
        // A link is made before those that it leads on to; from the last to the first, each merge takes whole tails.
        for block in self.entered.keys().rev().copied().collect::<Vec<_>>() {
            let Term::Jump(next) = self.function.blocks[block].term.clone() else { continue };
            if self.entered.get(&next.block) != Some(&1) {
                continue;
            }
            let tail = std::mem::take(&mut self.function.blocks[next.block]);
            let data = &mut self.function.blocks[block];
            data.insts.extend(tail.insts);
            data.term = tail.term;
            if let (Some(position), Some(old), Term::Jump(to)) =
                (data.params.first(), tail.params.first(), &mut data.term)
            {
                to.args.iter_mut().filter(|arg| *arg == old).for_each(|arg| *arg = *position);
            }
        }
    }

    fn terminator(&mut self, term: &mut Term) {
        match term {
            Term::Jump(to) => {
                let duty = self.duty(to, false);
                duty.make.iter().for_each(|v| self.emit(Op::Incref, *v));
                duty.drop.iter().for_each(|v| self.emit(Op::Decref, *v));
            }
            Term::Return(value) | Term::ReturnSpecial { value, .. } => {
                let value = *value;
                if self.classes[value] != Class::Raw && !self.held.contains(value) {
                    self.emit(Op::Incref, value);
                }
            }
            Term::Branch { .. } | Term::Switch { .. } => {
                let mut edges = Vec::new();
                term.for_each_edge(|edge| edges.push(edge.clone()));
                let mut rewritten = Vec::new();
                for (index, edge) in edges.into_iter().enumerate() {
                    let proven = proven_on_edge(self.function, term, index).filter(|v| self.immediate.insert(*v));
                    rewritten.push(self.edge(edge, false));
                    if let Some(value) = proven {
                        self.immediate.remove(value);
                    }
                }
                let mut edges = rewritten.into_iter();
                term.for_each_edge_mut(|edge| {
                    if let Some(new) = edges.next() {
                        *edge = new;
                    }
                });
            }
            Term::Unreachable | Term::ReturnError => {}
        }
    }
}
