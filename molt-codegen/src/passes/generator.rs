//! Turns generator functions, coroutines and asynchronous generators into resumable state machines.
//!
//! The direct entry becomes a creator: it makes the generator object and stores the arguments in its frame. The body becomes a
//! resume function `(generator, sent)`, which dispatches on the suspension state. At each `gen.yield` exactly the values that
//! live across it are stored to the frame, boxed ones first, so that the runtime can release them
//! (see [`molt_abi::layout::generator`]); each point numbers its slots on its own. Constants are made again instead.
//!
//! While the body runs, state and live count say "finished": ownership of everything has moved out of the frame, and an end by
//! return or exception needs no further store. `sent` = 0 means that the pending exception is raised at the yield.
//!
//! Invariant: runs before ownership; afterwards no `gen.yield` is left. SSA form is rebuilt with [`Ssa`], because a value that
//! crosses a suspension has one definition more for each.

use crate::build::ssa::{Ssa, Var};
use crate::mir::*;
use molt_abi::desc::{CodeFlags, Position};
use molt_abi::intrinsic::Intrinsic;
use molt_abi::layout::generator;
use molt_abi::value;
use std::collections::BTreeMap;

/// Transforms every function of a module whose call makes a generator, a coroutine or an asynchronous generator.
pub fn run(module: &mut Module) {
    for code in module.codes.ids() {
        let data = &module.codes[code];
        if data.flags & CodeFlags::SUSPENDS != 0 && data.resume.is_none() {
            transform(module, code);
        }
    }
}

fn transform(module: &mut Module, code: CodeId) {
    let entry = module.codes[code].entry;
    let body = module.functions[entry].clone();
    let closure = !module.codes[code].freevars.is_empty();
    let start = Pos(module.codes[code].positions.len() as u32);
    let line = module.codes[code].first_line;
    // Where an exception shows that is thrown into a generator before its first step.
    module.codes[code].positions.push(Position { line, end_line: line, col: 0, end_col: 0, op_col: 0, op_end: 0 });
    let flags = module.codes[code].flags & CodeFlags::SUSPENDS;
    let (resume, slots) = Resume::new(&body, closure, start, flags).build();
    let resume = module.functions.push(resume);
    module.functions[entry] = creator(&body, closure);
    let data = &mut module.codes[code];
    data.resume = Some(resume);
    data.frame_slots = slots;
}

/// Makes the generator object over the arguments.
fn creator(body: &Function, closure: bool) -> Function {
    let mut f = Function::new(body.code, Role::Direct, body.symbol.clone(), RetConv::Boxed);
    let entry = f.entry;
    let params: Vec<Value> = body.param_types().into_iter().map(|ty| f.add_param(entry, ty)).collect();
    let func = if closure { Operand::Value(params[0]) } else { Operand::Absent };
    let code = Operand::Imm(i64::from(body.code.0));
    let mut push = |op: Op, args: Vec<Operand>, results: &[Type]| {
        let inst = f.new_inst(op, args, results, None, Pos::NONE);
        f.blocks[entry].insts.push(inst);
        f.insts[inst].results.first().copied()
    };
    let object = push(Op::Call(Intrinsic::new_generator), vec![code, func], &[Type::Val]);
    let Some(object) = object else { return f };
    let stored = &params[usize::from(closure)..];
    for (slot, param) in stored.iter().enumerate() {
        push(Op::FrameStore { slot: slot as u32 }, vec![object.into(), (*param).into()], &[]);
    }
    push(Op::StateStore { state: 0, live: stored.len() as u32 }, vec![object.into()], &[]);
    f.blocks[entry].term = Term::Return(object);
    f
}

/// The construction of a resume function.
struct Resume<'a> {
    old: &'a Function,
    cfg: Cfg,
    live: Liveness,
    ssa: Ssa,
    closure: bool,
    start: Pos,
    /// The bit of [`CodeFlags`] that says what it is.
    flags: u32,
    /// `(generator, sent)`.
    object: Value,
    sent: Value,
    blocks: IdVec<Block, Block>,
    /// New values of the old ones that cross no suspension.
    values: IdVec<Value, Option<Value>>,
    /// Variables of those that do.
    crossing: BTreeMap<Value, Var>,
    /// What each suspension saves.
    saved: BTreeMap<Inst, Vec<Value>>,
    resumes: BTreeMap<Inst, Block>,
    /// Raised exceptions end here: StopIteration becomes RuntimeError.
    raised: Block,
    slots: u32,
}

impl<'a> Resume<'a> {
    fn new(old: &'a Function, closure: bool, start: Pos, flags: u32) -> Resume<'a> {
        let cfg = Cfg::new(old);
        let live = Liveness::new(old, &cfg);
        let symbol = format!("{}$$resume", old.symbol);
        let mut function = Function::new(old.code, Role::Resume, symbol, RetConv::Boxed);
        let entry = function.entry;
        let object = function.add_param(entry, Type::Val);
        let sent = function.add_param(entry, Type::Val);
        let mut ssa = Ssa::new(function);
        let raised = ssa.new_block();
        Resume {
            old,
            cfg,
            live,
            ssa,
            closure,
            start,
            flags,
            object,
            sent,
            blocks: IdVec::new(),
            values: IdVec::filled(None, old.values.len()),
            crossing: BTreeMap::new(),
            saved: BTreeMap::new(),
            resumes: BTreeMap::new(),
            raised,
            slots: 0,
        }
    }

    fn build(mut self) -> (Function, u32) {
        self.find_suspensions();
        self.make_blocks();
        self.dispatch();
        for block in self.cfg.rpo.clone() {
            self.copy_block(block);
        }
        for block in self.ssa.func.blocks.ids() {
            self.ssa.seal(block);
        }
        self.ssa.switch_to(self.raised);
        if !self.ssa.dead {
            let end = self.ssa.new_block();
            self.ssa.func.blocks[end].cold = true;
            self.ssa.func.blocks[self.raised].cold = true;
            let exit = Some(BlockCall::new(end, vec![]));
            let flags = Operand::Imm(i64::from(self.flags));
            self.ssa.inst(Op::Call(Intrinsic::generator_raised), vec![flags], &[], exit, Pos::NONE);
            self.ssa.terminate(Term::Unreachable);
            self.ssa.seal(end);
            self.ssa.switch_to(end);
            self.ssa.terminate(Term::ReturnError);
        }
        (self.ssa.finish(), self.slots)
    }

    /// Finds what every suspension has to save.
    fn find_suspensions(&mut self) {
        let old = self.old;
        for &block in &self.cfg.rpo {
            let data = &old.blocks[block];
            let mut live = self.live.live_out[block].clone();
            data.term.for_each_use(|v| {
                live.insert(v);
            });
            for inst in data.insts.iter().rev() {
                let inst_data = &old.insts[*inst];
                if inst_data.op == Op::Yield {
                    let mut across = live.clone();
                    if let Some(exit) = &inst_data.exit {
                        across.union(&self.live.live_in[exit.block]);
                        exit.args.iter().for_each(|v| {
                            across.insert(*v);
                        });
                    }
                    inst_data.results.iter().for_each(|v| across.remove(*v));
                    let saved: Vec<Value> = across.iter().filter(|v| !self.is_func(*v)).collect();
                    self.saved.insert(*inst, saved);
                }
                self.live.step_back(old, *inst, &mut live);
            }
        }
        let all: ValueSet = self.saved.values().flatten().fold(ValueSet::default(), |mut set, v| {
            set.insert(*v);
            set
        });
        for v in all.iter() {
            let var = self.ssa.new_var(old.ty(v));
            self.crossing.insert(v, var);
        }
    }

    /// The function object needs no slot: the generator holds it.
    fn is_func(&self, v: Value) -> bool {
        self.closure && self.old.values[v].def == Def::Param(self.old.entry, 0)
    }

    /// Whether a value is made again after a suspension instead of saved.
    fn is_remade(&self, v: Value) -> bool {
        self.old.def_inst(v).is_some_and(|inst| {
            matches!(
                inst.op,
                Op::Word(_) | Op::Const(_) | Op::Iconst(_) | Op::Fconst(_) | Op::Bconst(_) | Op::ClosureCell(_)
            )
        })
    }

    fn make_blocks(&mut self) {
        let old = self.old;
        for (block, data) in old.blocks.iter() {
            let new = self.ssa.new_block();
            self.blocks.push(new);
            self.ssa.func.blocks[new].landing = data.landing;
            self.ssa.func.blocks[new].cold = data.cold;
            if block != old.entry {
                for param in &data.params {
                    let value = self.ssa.func.add_param(new, old.ty(*param));
                    self.define_in(new, *param, value);
                }
            }
        }
    }

    /// Records the new value of an old one at the beginning of `block`.
    fn define_in(&mut self, block: Block, old: Value, new: Value) {
        let current = std::mem::replace(&mut self.ssa.current, block);
        self.define(old, new);
        self.ssa.current = current;
    }

    fn define(&mut self, old: Value, new: Value) {
        match self.crossing.get(&old) {
            Some(var) => self.ssa.write(*var, new),
            None => self.values[old] = Some(new),
        }
    }

    fn lookup(&mut self, old: Value) -> Value {
        match self.crossing.get(&old) {
            Some(var) => self.ssa.read(*var),
            // Only an unreachable use has no definition.
            None => self.values[old].unwrap_or(self.object),
        }
    }

    fn emit(&mut self, op: Op, args: Vec<Operand>, ty: Type) -> Value {
        let inst = self.ssa.inst(op, args, &[ty], None, Pos::NONE);
        self.ssa.func.insts[inst].results[0]
    }

    fn effect(&mut self, op: Op, args: Vec<Operand>) {
        self.ssa.inst(op, args, &[], None, Pos::NONE);
    }

    /// The entry: to the suspension point, or to the beginning with the arguments out of the frame.
    fn dispatch(&mut self) {
        let object = Operand::Value(self.object);
        if self.closure {
            let func = Op::Load { offset: generator::FUNC, ty: Type::Val, region: Region::Const };
            let func = self.emit(func, vec![object], Type::Val);
            let param = self.old.blocks[self.old.entry].params[0];
            self.values[param] = Some(func);
        }
        let state = self.emit(Op::StateLoad, vec![object], Type::I64);
        self.effect(Op::StateStore { state: generator::DONE, live: 0 }, vec![object]);
        let first = self.ssa.new_block();
        for inst in self.saved.keys().copied().collect::<Vec<_>>() {
            let block = self.ssa.new_block();
            self.resumes.insert(inst, block);
        }
        if self.resumes.is_empty() {
            self.ssa.terminate(Term::Jump(BlockCall::new(first, vec![])));
        } else {
            let edge = |block: Block| BlockCall::new(block, vec![]);
            let mut cases: Vec<BlockCall> = vec![edge(first)];
            cases.extend(self.resumes.values().map(|b| edge(*b)));
            // The states are 0 to the number of suspensions; the last one is the default.
            let default = cases.pop().unwrap_or(edge(first));
            self.ssa.terminate(Term::Switch { value: state, cases, default });
        }
        self.ssa.switch_to(first);
        let params = self.old.blocks[self.old.entry].params.clone();
        for (slot, param) in params.iter().skip(usize::from(self.closure)).enumerate() {
            let op = Op::FrameLoad { slot: slot as u32, ty: Type::Val };
            let value = self.emit(op, vec![object], Type::Val);
            self.define(*param, value);
            self.slots = self.slots.max(slot as u32 + 1);
        }
        let bound = self.emit(Op::IsBound, vec![self.sent.into()], Type::Bool);
        let thrown = self.ssa.new_block();
        let body = self.blocks[self.old.entry];
        self.ssa.terminate(Term::Branch {
            cond: bound,
            then: BlockCall::new(body, vec![]),
            els: BlockCall::new(thrown, vec![]),
        });
        self.ssa.switch_to(thrown);
        self.ssa.func.blocks[thrown].cold = true;
        let code = Operand::Imm(i64::from(self.old.code.0));
        let pos = Operand::Imm(i64::from(self.start.0));
        self.effect(Op::Call(Intrinsic::traceback), vec![code, pos]);
        // It is not the body that raised: PEP 479 does not apply.
        self.ssa.terminate(Term::ReturnError);
    }

    fn copy_block(&mut self, block: Block) {
        self.ssa.switch_to(self.blocks[block]);
        let old = self.old;
        for inst in &old.blocks[block].insts {
            if old.insts[*inst].op == Op::Yield {
                self.suspend(*inst);
            } else {
                self.copy_inst(*inst);
            }
        }
        let term = match &old.blocks[block].term {
            Term::Return(value) => {
                self.finish(*value);
                return;
            }
            Term::ReturnError => Term::Jump(BlockCall::new(self.raised, vec![])),
            other => {
                let mut term = other.clone();
                term.map_uses(|v| self.lookup(v));
                term.for_each_edge_mut(|edge| edge.block = self.blocks[edge.block]);
                term
            }
        };
        self.ssa.terminate(term);
    }

    /// `return`: the value waits in the context, the result says that the generator is exhausted.
    fn finish(&mut self, old: Value) {
        if self.old.def_inst(old).is_none_or(|inst| inst.op != Op::Word(value::NONE)) {
            let result = self.lookup(old);
            self.effect(Op::Call(Intrinsic::set_stop_value), vec![result.into()]);
        }
        let stop = self.emit(Op::Word(value::STOP), vec![], Type::Val);
        self.ssa.terminate(Term::Return(stop));
    }

    fn copy_inst(&mut self, inst: Inst) {
        let old = self.old;
        let mut data = old.insts[inst].clone();
        data.map_uses(|v| self.lookup(v));
        let exit = data.exit.map(|exit| BlockCall::new(self.blocks[exit.block], exit.args));
        let types: Vec<Type> = data.results.iter().map(|v| old.ty(*v)).collect();
        let new = self.ssa.inst(data.op, data.args, &types, exit, data.pos);
        for (index, result) in data.results.iter().enumerate() {
            let value = self.ssa.func.insts[new].results[index];
            self.define(*result, value);
        }
    }

    /// Saves what is needed, leaves with the yielded value, and begins the resume point.
    fn suspend(&mut self, inst: Inst) {
        let old = self.old;
        let object = Operand::Value(self.object);
        let data = &old.insts[inst];
        let saved = self.saved.get(&inst).cloned().unwrap_or_default();
        let state = self.resumes.keys().position(|i| *i == inst).unwrap_or(0) as u32 + 1;
        let (remade, kept): (Vec<Value>, Vec<Value>) = saved.into_iter().partition(|v| self.is_remade(*v));
        let (boxed, raw): (Vec<Value>, Vec<Value>) = kept.into_iter().partition(|v| old.ty(*v) == Type::Val);
        let live = boxed.len() as u32;
        let slots: Vec<Value> = boxed.into_iter().chain(raw).collect();
        self.slots = self.slots.max(slots.len() as u32);
        let delegate = data.args.get(1).and_then(|a| a.value());
        let yielded = data.args.first().and_then(|a| a.value()).map_or(self.object, |v| self.lookup(v));
        if let Some(delegate) = delegate {
            let iterator = self.lookup(delegate);
            self.effect(Op::DelegateStore, vec![object, iterator.into()]);
        }
        for (slot, v) in slots.iter().enumerate() {
            let value = self.lookup(*v);
            self.effect(Op::FrameStore { slot: slot as u32 }, vec![object, value.into()]);
        }
        self.effect(Op::StateStore { state, live }, vec![object]);
        self.ssa.terminate(Term::Return(yielded));

        let resume = self.resumes.get(&inst).copied().unwrap_or(self.raised);
        self.ssa.switch_to(resume);
        for (slot, v) in slots.iter().enumerate() {
            let ty = old.ty(*v);
            let value = self.emit(Op::FrameLoad { slot: slot as u32, ty }, vec![object], ty);
            self.define(*v, value);
        }
        for v in remade {
            if let Some(made) = old.def_inst(v) {
                let args = made.args.iter().map(|a| a.value().map_or(*a, |v| self.lookup(v).into())).collect();
                let value = self.emit(made.op, args, old.ty(v));
                self.define(v, value);
            }
        }
        if delegate.is_some() {
            let none = self.emit(Op::Word(value::NO_VALUE), vec![], Type::Val);
            self.effect(Op::DelegateStore, vec![object, none.into()]);
        }
        let bound = self.emit(Op::IsBound, vec![self.sent.into()], Type::Bool);
        let (go_on, thrown) = (self.ssa.new_block(), self.ssa.new_block());
        self.ssa.terminate(Term::Branch {
            cond: bound,
            then: BlockCall::new(go_on, vec![]),
            els: BlockCall::new(thrown, vec![]),
        });
        self.ssa.switch_to(thrown);
        self.ssa.func.blocks[thrown].cold = true;
        if let Some(exit) = &data.exit {
            let mut args = Vec::new();
            if old.blocks[exit.block].landing {
                let pos = if data.pos == Pos::NONE { -1 } else { i64::from(data.pos.0) };
                args.push(self.emit(Op::Iconst(pos), vec![], Type::I64));
            }
            for v in &exit.args {
                args.push(self.lookup(*v));
            }
            self.ssa.terminate(Term::Jump(BlockCall::new(self.blocks[exit.block], args)));
        }
        self.ssa.switch_to(go_on);
        for result in &data.results {
            self.define(*result, self.sent);
        }
    }
}
