//! One MIR function to CLIF: blocks, edges, terminators and the prologue. Instructions are in `op` and `call`.
//!
//! A MIR block becomes a run of CLIF blocks, since each exit edge ends one. Invariant: blocks are emitted in reverse
//! postorder, so every definition is translated before its uses, and what is cached per block (the module data pointer)
//! dominates where it is used.

use super::EmitError;
use super::clif::{self, Data, Effort, Fun, Func, I8, I64, IntCC, Mem};
use super::pointers::{self, Pointers};
use crate::mir::{self, Id, IdVec, RetConv, Term};
use molt_abi::intrinsic::{Effect, Intrinsic};
use molt_abi::layout::{ctx, module_data};
use std::collections::BTreeMap;

/// What the functions of a module share.
pub struct Shared<'a> {
    /// The module.
    pub module: &'a mir::Module,
    /// The CLIF function of each MIR function.
    pub functions: IdVec<mir::FuncId, Func>,
    /// The CLIF import of each function of another module.
    pub externs: IdVec<mir::ExternId, Func>,
    /// Whether all code is to be small rather than fast: it compiles sooner.
    pub small: bool,
    /// `molt_mod_…` of this module.
    pub offset: Data,
    /// `molt_mod_…` of the externs' modules.
    pub extern_offsets: BTreeMap<String, Data>,
}

impl Shared<'_> {
    fn consts(&self) -> u32 {
        self.module.consts.len() as u32
    }

    fn globals(&self) -> u32 {
        self.module.globals.len() as u32
    }

    /// Byte offset of a constant in the module data.
    pub fn const_offset(&self, id: mir::ConstId) -> i32 {
        module_data::constant(id.0)
    }

    /// Byte offset of a global slot.
    pub fn global_offset(&self, id: mir::GlobalId) -> i32 {
        module_data::global(self.consts(), id.0)
    }

    /// Byte offset of a known cell.
    pub fn known_offset(&self, id: mir::KnownId) -> i32 {
        module_data::known(self.consts(), self.globals(), id.0)
    }

    /// Byte offset of an inline cache.
    pub fn ic_offset(&self, id: mir::IcId) -> i32 {
        let known = self.module.known.len() as u32;
        module_data::ic(self.consts(), self.globals(), known, id.0)
    }
}

/// The machine type of a MIR type.
pub fn machine_type(ty: mir::Type) -> clif::Type {
    match ty {
        mir::Type::Val | mir::Type::I64 | mir::Type::Ptr => I64,
        mir::Type::F64 => clif::F64,
        mir::Type::Bool => I8,
    }
}

/// The parameter and result types of an entry with this convention. Behind the context, a specialised entry takes the data
/// pointer of its module, which its callers have at hand.
pub fn entry_types(params: &[mir::Type], ret: RetConv) -> (Vec<clif::Type>, Vec<clif::Type>) {
    let mut machine = vec![I64];
    machine.extend(matches!(ret, RetConv::Special(_)).then_some(I64));
    machine.extend(params.iter().map(|t| machine_type(*t)));
    let results = match ret {
        RetConv::Boxed => vec![I64],
        RetConv::Special(ty) => vec![machine_type(ty), I64],
    };
    (machine, results)
}

/// The translation of one function.
pub struct Lower<'a, 'u> {
    /// The CLIF function.
    pub f: &'a mut Fun<'u>,
    /// The MIR function.
    pub mir: &'a mir::Function,
    /// Its module's.
    pub shared: &'a Shared<'a>,
    /// The context.
    pub ctx: clif::Value,
    blocks: IdVec<mir::Block, Option<clif::Block>>,
    values: IdVec<mir::Value, Option<clif::Value>>,
    module_data: Option<clif::Value>,
    /// The module data pointer if the entry block loads it before its first exit, so that it dominates all blocks.
    entry_module_data: Option<clif::Value>,
    /// Whether control may have left the entry block by now.
    entry_left: bool,
    /// Blocks that pass a position to a landing block, each filled at the end.
    landings: BTreeMap<(mir::Block, Vec<clif::Value>, mir::Pos), clif::Block>,
    /// For a landing block that one instruction alone leads to: that instruction's position.
    sole: IdVec<mir::Block, Option<mir::Pos>>,
    /// Whether the block at hand is off the hot path or rare: small code counts there.
    pub cold: bool,
    rare: Vec<bool>,
    /// Whether it is off the hot path of a loop.
    pub beside_loop: bool,
    in_loop: IdVec<mir::Block, bool>,
    /// Values proven to be heap pointers so far.
    pub pointers: mir::ValueSet,
    pointers_at: Pointers,
}

/// Translates `mir` into `f`.
pub fn lower(f: &mut Fun<'_>, mir: &mir::Function, shared: &Shared<'_>) -> Result<(), EmitError> {
    let cfg = mir::Cfg::new(mir);
    let order = &cfg.rpo;
    let params = f.entry();
    let (ctx, module_data, arguments) = match (mir.ret, params.as_slice()) {
        (RetConv::Boxed, [ctx, arguments @ ..]) => (*ctx, None, arguments),
        (RetConv::Special(_), [ctx, module_data, arguments @ ..]) => (*ctx, Some(*module_data), arguments),
        _ => return Err(EmitError::internal("an entry without context")),
    };
    let mut lower = Lower {
        f,
        mir,
        shared,
        ctx,
        blocks: IdVec::filled(None, mir.blocks.len()),
        values: IdVec::filled(None, mir.values.len()),
        module_data,
        entry_module_data: module_data,
        entry_left: false,
        landings: BTreeMap::new(),
        sole: sole_positions(mir, &cfg),
        cold: false,
        rare: if shared.small { Vec::new() } else { rare_blocks(mir, shared.module, &cfg) },
        beside_loop: false,
        in_loop: if shared.small { IdVec::new() } else { blocks_in_loops(mir, &cfg) },
        pointers: mir::ValueSet::default(),
        // Small code asks the runtime rather than this.
        pointers_at: if shared.small { Pointers::new() } else { pointers::analyse(mir, &cfg) },
    };
    for (value, machine) in mir.blocks[mir.entry].params.iter().zip(arguments) {
        lower.values[*value] = Some(*machine);
    }
    if may_recurse(mir) {
        lower.check_stack()?;
    }
    for block in order {
        if *block == mir.entry {
            continue;
        }
        let data = &mir.blocks[*block];
        let machine = if data.cold { lower.f.cold_block() } else { lower.f.block() };
        let known = usize::from(lower.sole[*block].is_some());
        for param in &data.params[known..] {
            let ty = machine_type(mir.ty(*param));
            lower.values[*param] = Some(lower.f.param(machine, ty));
        }
        lower.blocks[*block] = Some(machine);
    }
    for block in order {
        lower.block(*block)?;
    }
    lower.fill_landings();
    Ok(())
}

/// How much work on the code of a function pays.
pub fn effort(mir: &mir::Function, module: &mir::Module) -> Effort {
    if !mir::Dominators::new(&mir::Cfg::new(mir)).loop_headers().is_empty() {
        Effort::Loops
    } else if is_body(mir, module) {
        Effort::Once
    } else {
        Effort::Plain
    }
}

fn is_body(mir: &mir::Function, module: &mir::Module) -> bool {
    mir.code.index() == 0 || module.codes.get(mir.code).is_some_and(|code| code.class.is_some())
}

/// The blocks of loops.
fn blocks_in_loops(mir: &mir::Function, cfg: &mir::Cfg) -> IdVec<mir::Block, bool> {
    let mut inside = IdVec::filled(false, mir.blocks.len());
    let dominators = mir::Dominators::new(cfg);
    for header in dominators.loop_headers() {
        dominators.natural_loop(header).into_iter().for_each(|block| inside[block] = true);
    }
    inside
}

/// Marks the blocks that are in no loop, in functions where that makes them rare: those that have loops, and the bodies of
/// modules and classes, which run once.
fn rare_blocks(mir: &mir::Function, module: &mir::Module, cfg: &mir::Cfg) -> Vec<bool> {
    let body = is_body(mir, module);
    let cfg = &mir::Dominators::new(cfg);
    let headers = cfg.loop_headers();
    let mut rare = vec![body || !headers.is_empty(); mir.blocks.len()];
    for block in headers.into_iter().flat_map(|header| cfg.natural_loop(header)) {
        rare[block.index()] = false;
    }
    rare
}

/// The positions of landing blocks that just one instruction leads to, which need not be passed to them.
fn sole_positions(mir: &mir::Function, cfg: &mir::Cfg) -> IdVec<mir::Block, Option<mir::Pos>> {
    let mut sole = IdVec::filled(None, mir.blocks.len());
    for inst in cfg.rpo.iter().flat_map(|block| &mir.blocks[*block].insts) {
        let inst = &mir.insts[*inst];
        if let Some(exit) = inst.exit.as_ref().filter(|exit| mir.blocks[exit.block].landing)
            && let [_] = cfg.preds[exit.block].as_slice()
        {
            sole[exit.block] = Some(inst.pos);
        }
    }
    sole
}

/// Every cycle of calls through compiled code passes a function with such an operation, so the others need no stack check.
fn may_recurse(mir: &mir::Function) -> bool {
    mir.blocks.values().flat_map(|b| &b.insts).any(|inst| match mir.insts[*inst].op {
        mir::Op::CallDirect(_) | mir::Op::CallSpecial(_) => true,
        mir::Op::Call(Intrinsic::poll) => false,
        mir::Op::Call(id) => id.row().effect == Effect::Python,
        _ => false,
    })
}

impl Lower<'_, '_> {
    /// The machine value of a MIR value.
    pub fn value(&self, value: mir::Value) -> Result<clif::Value, EmitError> {
        let known = self.values.get(value).copied().flatten();
        known.ok_or_else(|| EmitError::internal(format!("{}: {value} is used before its definition", self.mir.symbol)))
    }

    /// Records the machine value of a result.
    pub fn define(&mut self, value: mir::Value, machine: clif::Value) {
        self.values[value] = Some(machine);
    }

    /// The pointer to the module's data block.
    pub fn module_data(&mut self) -> clif::Value {
        if let Some(known) = self.module_data {
            return known;
        }
        let pointer = self.module_data_of(self.shared.offset);
        self.module_data = Some(pointer);
        pointer
    }

    /// The data pointer of the module of a function of another module.
    pub fn extern_module_data(&mut self, id: mir::ExternId) -> Result<clif::Value, EmitError> {
        let external = &self.shared.module.externs[id];
        let offset = self.shared.extern_offsets.get(&external.module);
        let offset = *offset.ok_or_else(|| EmitError::internal("an undeclared module"))?;
        Ok(self.module_data_of(offset))
    }

    /// What is known of the module data pointer, to be restored after code on a side path.
    pub fn saved_module_data(&self) -> Option<clif::Value> {
        self.module_data
    }

    /// Forgets a module data pointer that was loaded on a side path.
    pub fn restore_module_data(&mut self, saved: Option<clif::Value>) {
        self.module_data = saved;
    }

    /// The pointer to the data block of the module whose offset is at `offset`.
    pub fn module_data_of(&mut self, offset: Data) -> clif::Value {
        let address = self.f.data_address(offset);
        let index = self.f.load(I64, address, 0, Mem::Const);
        let table = self.f.load(I64, self.ctx, ctx::MODULES, Mem::Const);
        let slot = self.f.iadd(table, index);
        self.f.load(I64, slot, 0, Mem::Const)
    }

    /// The word of a constant.
    pub fn constant(&mut self, id: mir::ConstId) -> clif::Value {
        if let mir::Constant::Word(word) = self.shared.module.consts.get(id) {
            return self.f.word(*word);
        }
        let md = self.module_data();
        self.f.load(I64, md, self.shared.const_offset(id), Mem::Const)
    }

    /// Has the runtime count frames when the stack is lower than the recursion limit surely allows: it raises RecursionError
    /// or lowers the limit.
    fn check_stack(&mut self) -> Result<(), EmitError> {
        let sp = self.f.stack_pointer();
        let limit = self.f.load(I64, self.ctx, ctx::STACK_LIMIT, Mem::Ctx);
        let low = self.f.icmp(IntCC::UnsignedLessThan, sp, limit);
        let (deep, next) = (self.f.cold_block(), self.f.block());
        self.f.branch(low, deep, &[], next, &[]);
        self.f.switch_to(deep);
        let failed = self.f.cold_block();
        let frame = self.f.frame_pointer();
        let Some(status) = self.f.intrinsic(Intrinsic::check_depth, &[self.ctx, frame])? else {
            return Err(EmitError::internal("an intrinsic without its status"));
        };
        self.f.branch(status, failed, &[], next, &[]);
        self.f.switch_to(failed);
        self.return_error();
        self.f.switch_to(next);
        Ok(())
    }

    /// Returns with the pending exception.
    fn return_error(&mut self) {
        let results = match self.mir.ret {
            RetConv::Boxed => vec![self.f.word(0)],
            RetConv::Special(ty) => {
                let value = match machine_type(ty) {
                    clif::F64 => self.f.fconst(0.0),
                    ty => self.f.iconst(ty, 0),
                };
                vec![value, self.f.iconst(I64, mir::STATUS_RAISED)]
            }
        };
        self.f.ret(&results);
    }

    fn block(&mut self, block: mir::Block) -> Result<(), EmitError> {
        self.pointers = self.pointers_at.get(block).cloned().unwrap_or_default();
        self.module_data = self.entry_module_data;
        if let Some(machine) = self.blocks[block] {
            self.f.switch_to(machine);
        }
        let data = &self.mir.blocks[block];
        self.cold = self.shared.small || data.cold || self.rare[block.index()];
        self.beside_loop = !self.shared.small && data.cold && self.in_loop[block];
        let _ = self.f.set_cold_stretch(data.cold);
        if let (Some(pos), Some(param)) = (self.sole[block], data.params.first()) {
            let position = self.f.iconst(I64, i64::from(pos.0));
            self.define(*param, position);
        }
        let mut rest = data.insts.as_slice();
        let mut deferred = None;
        while let Some((id, following)) = rest.split_first() {
            let inst = &self.mir.insts[*id];
            rest = following;
            if inst.pos != mir::Pos::NONE {
                self.f.position(inst.pos.0);
            }
            if let Some(guard) = self.guard_behind_check(inst, following) {
                deferred = Some((guard, inst));
                continue;
            }
            if let Some((_, check)) = deferred.filter(|(guard, _)| guard == id) {
                self.guard_same_bound(inst, check)?;
                continue;
            }
            if self.cold && inst.op == mir::Op::Decref {
                let more = following.iter().map(|i| &self.mir.insts[*i]).take_while(|i| i.op == mir::Op::Decref);
                let dropped: Vec<mir::Value> =
                    std::iter::once(inst).chain(more).filter_map(|i| i.args[0].value()).collect();
                rest = &following[dropped.len() - 1..];
                let words = dropped.iter().map(|v| self.value(*v)).collect::<Result<Vec<_>, _>>()?;
                self.decref_all(&words)?;
                continue;
            }
            if let mir::Op::CallSpecial(callee) = inst.op {
                let skipped = self.call_special(callee, inst, following)?;
                rest = &following[skipped..];
                continue;
            }
            self.inst(inst)?;
            if inst.op.always_exits() {
                return Ok(());
            }
        }
        self.leaving();
        self.terminator(&data.term)
    }

    /// Control may leave the block at hand here: from now on nothing loaded in the entry block dominates the others.
    pub fn leaving(&mut self) {
        if !self.entry_left {
            self.entry_left = true;
            self.entry_module_data = self.module_data;
        }
    }

    /// The CLIF block of an edge, and its arguments.
    pub fn edge(&mut self, edge: &mir::BlockCall) -> Result<(clif::Block, Vec<clif::Value>), EmitError> {
        let block = self.blocks[edge.block]
            .ok_or_else(|| EmitError::internal(format!("{}: an edge to the entry", self.mir.symbol)))?;
        let args = edge.args.iter().map(|v| self.value(*v)).collect::<Result<_, _>>()?;
        Ok((block, args))
    }

    /// The target of an instruction's exit edge; a landing block gets the position by a
    /// block in between.
    pub fn exit(&mut self, inst: &mir::InstData) -> Result<(clif::Block, Vec<clif::Value>), EmitError> {
        self.leaving();
        let Some(exit) = &inst.exit else {
            return Err(EmitError::internal(format!("{}: {:?} has no exit edge", self.mir.symbol, inst.op)));
        };
        let (block, args) = self.edge(exit)?;
        if !self.mir.blocks[exit.block].landing || self.sole[exit.block].is_some() {
            return Ok((block, args));
        }
        // An argument is computed before the branch, on the hot path: a cold block of its own keeps the position off it.
        let key = (exit.block, args, inst.pos);
        if let Some(block) = self.landings.get(&key) {
            return Ok((*block, Vec::new()));
        }
        let block = self.f.cold_block();
        self.landings.insert(key, block);
        Ok((block, Vec::new()))
    }

    fn fill_landings(&mut self) {
        for ((target, args, pos), block) in std::mem::take(&mut self.landings) {
            self.f.switch_to(block);
            let mut words = vec![self.f.iconst(I64, i64::from(pos.0))];
            words.extend(args);
            if let Some(target) = self.blocks[target] {
                self.f.jump(target, &words);
            }
        }
    }

    /// Takes the instruction's exit if `c`.
    pub fn exit_if(&mut self, c: clif::Value, inst: &mir::InstData) -> Result<(), EmitError> {
        let (block, args) = self.exit(inst)?;
        self.f.leave_if(c, block, &args);
        Ok(())
    }

    /// Takes the instruction's exit unless `c` (any integer: non-zero goes on).
    pub fn exit_unless(&mut self, c: clif::Value, inst: &mir::InstData) -> Result<(), EmitError> {
        let (block, args) = self.exit(inst)?;
        self.f.leave_unless(c, block, &args);
        Ok(())
    }

    fn terminator(&mut self, term: &Term) -> Result<(), EmitError> {
        match term {
            Term::Unreachable => self.f.unreachable(),
            Term::Jump(to) => {
                let (block, args) = self.edge(to)?;
                self.f.jump(block, &args);
            }
            Term::Branch { cond, then, els } => {
                let cond = self.value(*cond)?;
                let (then, then_args) = self.edge(then)?;
                let (other, other_args) = self.edge(els)?;
                self.f.branch(cond, then, &then_args, other, &other_args);
            }
            Term::Switch { value, cases, default } => self.switch(*value, cases, default)?,
            Term::Return(value) => {
                let value = self.value(*value)?;
                self.f.ret(&[value]);
            }
            Term::ReturnError => self.return_error(),
            Term::ReturnSpecial { value, status } => {
                let (value, status) = (self.value(*value)?, self.value(*status)?);
                self.f.ret(&[value, status]);
            }
        }
        Ok(())
    }

    fn switch(
        &mut self,
        value: mir::Value,
        cases: &[mir::BlockCall],
        default: &mir::BlockCall,
    ) -> Result<(), EmitError> {
        let value = self.value(value)?;
        let (other, other_args) = self.edge(default)?;
        if cases.len() <= 3 {
            for (n, case) in cases.iter().enumerate() {
                let (block, args) = self.edge(case)?;
                let hit = self.f.icmp_imm(IntCC::Equal, value, n as i64);
                self.f.leave_if(hit, block, &args);
            }
            self.f.jump(other, &other_args);
            return Ok(());
        }
        let inside = self.f.icmp_imm(IntCC::UnsignedLessThan, value, cases.len() as i64);
        self.f.leave_unless(inside, other, &other_args);
        let index = self.f.truncate(clif::I32, value);
        let edges = cases.iter().map(|case| self.edge(case)).collect::<Result<Vec<_>, _>>()?;
        self.f.table(index, &edges, (other, other_args));
        Ok(())
    }
}
