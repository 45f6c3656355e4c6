//! SSA construction on the fly, after Braun et al., "Simple and Efficient Construction of Static Single Assignment Form"
//! (CC 2013), for blocks with exit edges in the middle.
//!
//! A variable's definitions in a block are kept with their place, so that an exit edge sees the value the variable had at that
//! instruction. Superfluous block parameters are removed afterwards ([`crate::mir::cleanup`]).
//!
//! Invariant: a block is sealed once all its incoming edges exist; every edge carries one argument per parameter as soon as its
//! target is sealed and the queue of open arguments is empty. Nothing recurses along the control-flow graph.

use crate::mir::*;
use std::collections::BTreeMap;

/// A source or helper variable.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Var(pub u32);

/// An incoming edge.
#[derive(Clone, Copy, Debug)]
struct Edge {
    from: Block,
    /// How many instructions of `from` precede the edge's effect.
    ordinal: u32,
    kind: EdgeKind,
}

#[derive(Clone, Copy, Debug)]
enum EdgeKind {
    Exit(Inst),
    /// The n-th edge of the terminator.
    Term(usize),
}

/// Stands for an argument that is not known yet.
const OPEN: Value = Value(u32::MAX);

/// A function under construction.
#[derive(Debug)]
pub struct Ssa {
    /// The function.
    pub func: Function,
    /// The block that instructions are appended to.
    pub current: Block,
    /// Whether control cannot get to the place where the next instruction would be.
    pub dead: bool,
    types: Vec<Type>,
    sealed: IdVec<Block, bool>,
    preds: IdVec<Block, Vec<Edge>>,
    defs: BTreeMap<(Var, Block), Vec<(u32, Value)>>,
    incomplete: IdVec<Block, Vec<(Var, usize)>>,
    open: Vec<(Block, usize, Var)>,
    /// Constants that stand before a block's instructions.
    prologue: IdVec<Block, Vec<Inst>>,
}

impl Ssa {
    /// Wraps a fresh function; the entry block is current and sealed.
    pub fn new(func: Function) -> Ssa {
        let current = func.entry;
        let mut ssa = Ssa {
            func,
            current,
            dead: false,
            types: Vec::new(),
            sealed: IdVec::new(),
            preds: IdVec::new(),
            defs: BTreeMap::new(),
            incomplete: IdVec::new(),
            open: Vec::new(),
            prologue: IdVec::new(),
        };
        ssa.track();
        ssa.sealed[current] = true;
        ssa
    }

    /// Keeps the side tables as long as the block list.
    fn track(&mut self) {
        while self.sealed.len() < self.func.blocks.len() {
            self.sealed.push(false);
            self.preds.push(Vec::new());
            self.incomplete.push(Vec::new());
            self.prologue.push(Vec::new());
        }
    }

    /// A new variable.
    pub fn new_var(&mut self, ty: Type) -> Var {
        self.types.push(ty);
        Var(self.types.len() as u32 - 1)
    }

    /// A new block, not sealed.
    pub fn new_block(&mut self) -> Block {
        let block = self.func.new_block();
        self.track();
        block
    }

    /// A new landing block, not sealed, with its position parameter.
    pub fn new_landing(&mut self) -> (Block, Value) {
        let (block, pos) = self.func.new_landing();
        self.track();
        (block, pos)
    }

    /// Whether some edge leads to `block`.
    pub fn has_preds(&self, block: Block) -> bool {
        !self.preds[block].is_empty()
    }

    /// Continues in `block`; dead if it is sealed and nothing leads there.
    pub fn switch_to(&mut self, block: Block) {
        self.current = block;
        self.dead = block != self.func.entry && self.sealed[block] && self.preds[block].is_empty();
    }

    /// Appends an instruction; `exit` gets the edge's explicit arguments.
    pub fn inst(&mut self, op: Op, args: Vec<Operand>, results: &[Type], exit: Option<BlockCall>, pos: Pos) -> Inst {
        let target = exit.as_ref().map(|e| e.block);
        let inst = self.func.new_inst(op, args, results, exit, pos);
        let ordinal = self.func.blocks[self.current].insts.len() as u32;
        self.func.blocks[self.current].insts.push(inst);
        if let Some(target) = target
            && !self.dead
        {
            debug_assert!(!self.sealed[target], "an edge to a sealed block");
            self.preds[target].push(Edge { from: self.current, ordinal, kind: EdgeKind::Exit(inst) });
        }
        inst
    }

    /// Ends the current block; what follows is dead until [`Ssa::switch_to`].
    pub fn terminate(&mut self, term: Term) {
        if !self.dead {
            let ordinal = self.func.blocks[self.current].insts.len() as u32;
            let mut targets = Vec::new();
            term.for_each_edge(|e| targets.push(e.block));
            for (n, target) in targets.into_iter().enumerate() {
                debug_assert!(!self.sealed[target], "an edge to a sealed block");
                self.preds[target].push(Edge { from: self.current, ordinal, kind: EdgeKind::Term(n) });
            }
            self.func.blocks[self.current].term = term;
        }
        self.dead = true;
    }

    /// Defines `var` from here on.
    pub fn write(&mut self, var: Var, value: Value) {
        let ordinal = self.func.blocks[self.current].insts.len() as u32;
        self.defs.entry((var, self.current)).or_default().push((ordinal, value));
    }

    /// The value of `var` here.
    pub fn read(&mut self, var: Var) -> Value {
        let value = self.read_at(var, self.current, u32::MAX);
        self.fill();
        value
    }

    /// All incoming edges of `block` exist now.
    pub fn seal(&mut self, block: Block) {
        if std::mem::replace(&mut self.sealed[block], true) {
            return;
        }
        for (var, param) in std::mem::take(&mut self.incomplete[block]) {
            self.open_args(block, param, var);
        }
        self.fill();
    }

    fn open_args(&mut self, block: Block, param: usize, var: Var) {
        for i in 0..self.preds[block].len() {
            let edge = self.preds[block][i];
            *self.arg_mut(block, edge, param) = OPEN;
        }
        self.open.push((block, param, var));
    }

    /// The slot of an edge's argument for parameter `param`, made if absent.
    fn arg_mut(&mut self, block: Block, edge: Edge, param: usize) -> &mut Value {
        let landing = self.func.blocks[block].landing;
        let (args, index) = match edge.kind {
            EdgeKind::Exit(inst) => {
                let exit = self.func.insts[inst].exit.get_or_insert_with(|| BlockCall::new(block, Vec::new()));
                (&mut exit.args, param - usize::from(landing))
            }
            EdgeKind::Term(n) => {
                let call = match &mut self.func.blocks[edge.from].term {
                    Term::Jump(to) => to,
                    Term::Branch { then, els, .. } => {
                        if n == 0 {
                            then
                        } else {
                            els
                        }
                    }
                    Term::Switch { cases, default, .. } => cases.get_mut(n).unwrap_or(default),
                    _ => unreachable!("an edge was recorded for this terminator"),
                };
                (&mut call.args, param)
            }
        };
        if args.len() <= index {
            args.resize(index + 1, OPEN);
        }
        &mut args[index]
    }

    fn fill(&mut self) {
        while let Some((block, param, var)) = self.open.pop() {
            for i in 0..self.preds[block].len() {
                let edge = self.preds[block][i];
                let value = self.read_at(var, edge.from, edge.ordinal);
                *self.arg_mut(block, edge, param) = value;
            }
        }
    }

    /// The value of `var` at `ordinal` of `block`; parameters whose arguments it needs are queued.
    fn read_at(&mut self, var: Var, block: Block, ordinal: u32) -> Value {
        let (mut block, mut ordinal) = (block, ordinal);
        let mut path = Vec::new();
        let value = loop {
            if let Some(defs) = self.defs.get(&(var, block))
                && let Some((_, value)) = defs.iter().rev().find(|(at, _)| *at <= ordinal)
            {
                break *value;
            }
            path.push(block);
            if !self.sealed[block] {
                let param = self.func.blocks[block].params.len();
                let value = self.func.add_param(block, self.types[var.0 as usize]);
                self.incomplete[block].push((var, param));
                break value;
            }
            match self.preds[block].as_slice() {
                [] => break self.undefined(var, block),
                [edge] => (block, ordinal) = (edge.from, edge.ordinal),
                _ => {
                    let param = self.func.blocks[block].params.len();
                    let value = self.func.add_param(block, self.types[var.0 as usize]);
                    self.open_args(block, param, var);
                    break value;
                }
            }
        };
        for block in path {
            self.defs.entry((var, block)).or_default().insert(0, (0, value));
        }
        value
    }

    /// A variable before its first definition: unbound.
    fn undefined(&mut self, var: Var, block: Block) -> Value {
        let ty = self.types[var.0 as usize];
        let op = match ty {
            Type::Val => Op::Word(molt_abi::value::NO_VALUE),
            Type::F64 => Op::Fconst(0),
            Type::Bool => Op::Bconst(false),
            Type::I64 | Type::Ptr => Op::Iconst(0),
        };
        let inst = self.func.new_inst(op, Vec::new(), &[ty], None, Pos::NONE);
        self.prologue[block].push(inst);
        self.func.insts[inst].results[0]
    }

    /// The finished function. All blocks must be sealed.
    pub fn finish(mut self) -> Function {
        debug_assert!(self.open.is_empty());
        for block in self.func.blocks.ids() {
            debug_assert!(self.sealed[block] || !self.has_preds(block), "{block} was never sealed");
            let mut insts = std::mem::take(&mut self.prologue[block]);
            if !insts.is_empty() {
                insts.append(&mut self.func.blocks[block].insts);
                self.func.blocks[block].insts = insts;
            }
        }
        cleanup::tidy(&mut self.func);
        self.func
    }
}
