//! The verifier: what every MIR module must satisfy between passes.
//!
//! Checks ids, types of operands and results, exit edges, edge arguments, and that definitions dominate uses. It reports, it
//! never panics, whatever it is given.

use super::*;
use molt_abi::intrinsic::{Arg, Ret};
use std::fmt;

/// A violated rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VerifyError {
    /// The function.
    pub function: Option<FuncId>,
    /// The block.
    pub block: Option<Block>,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(function) = self.function {
            write!(f, "{function} ")?;
        }
        if let Some(block) = self.block {
            write!(f, "{block}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for VerifyError {}

/// Every violation in `module`.
pub fn verify_module(module: &Module) -> Vec<VerifyError> {
    let mut errors = Vec::new();
    let mut fail = |message: String| errors.push(VerifyError { function: None, block: None, message });
    for (id, constant) in module.consts.iter() {
        if let Constant::Tuple(items) | Constant::FrozenSet(items) = constant
            && items.iter().any(|item| *item >= id)
        {
            fail(format!("{id} refers to a later constant"));
        }
    }
    for (id, name) in module.globals.iter() {
        if name.index() >= module.consts.len() || !matches!(module.consts.get(*name), Constant::Str(_)) {
            fail(format!("{id} has no name"));
        }
    }
    for (id, code) in module.codes.iter() {
        match module.functions.get(code.entry) {
            Some(f) if f.code == id && f.role == Role::Direct => {}
            _ => fail(format!("{id} has no direct entry")),
        }
        if let Some(resume) = code.resume
            && !module.functions.get(resume).is_some_and(|f| f.code == id && f.role == Role::Resume)
        {
            fail(format!("{id} has no resume function"));
        }
    }
    for (id, function) in module.functions.iter() {
        errors.extend(verify_function(module, id, function));
    }
    errors
}

/// Every violation in one function.
pub fn verify_function(module: &Module, id: FuncId, function: &Function) -> Vec<VerifyError> {
    let mut v = Verifier { module, function, id, block: None, errors: Vec::new() };
    if !v.ids() {
        return v.errors;
    }
    let cfg = Cfg::new(function);
    let defined = defined_on_entry(function, &cfg);
    for block in function.blocks.ids() {
        if cfg.is_reachable(block) {
            v.block = Some(block);
            v.block(&cfg, block, &defined[block]);
        }
    }
    v.errors
}

/// The values that are defined on every path to each block. Dominance between blocks would not do: an exit edge leaves its
/// block before the definitions that follow it.
fn defined_on_entry(function: &Function, cfg: &Cfg) -> IdVec<Block, ValueSet> {
    let count = function.values.len();
    let mut defined: IdVec<Block, Option<ValueSet>> = IdVec::filled(None, function.blocks.len());
    defined[function.entry] = Some(ValueSet::new(count));
    let mut changed = true;
    while changed {
        changed = false;
        for &block in &cfg.rpo {
            let Some(mut known) = defined[block].clone() else { continue };
            let data = &function.blocks[block];
            let mut flow = |target: Block, known: &ValueSet| match &mut defined[target] {
                Some(old) => changed |= old.intersect(known),
                slot => {
                    *slot = Some(known.clone());
                    changed = true;
                }
            };
            for param in &data.params {
                known.insert(*param);
            }
            for inst in &data.insts {
                let inst = &function.insts[*inst];
                if let Some(exit) = &inst.exit {
                    flow(exit.block, &known);
                }
                for result in &inst.results {
                    known.insert(*result);
                }
            }
            data.term.for_each_edge(|edge| flow(edge.block, &known));
        }
    }
    defined.values().map(|set| set.clone().unwrap_or_else(|| ValueSet::new(count))).collect()
}

struct Verifier<'a> {
    module: &'a Module,
    function: &'a Function,
    id: FuncId,
    block: Option<Block>,
    errors: Vec<VerifyError>,
}

impl Verifier<'_> {
    fn fail(&mut self, message: String) {
        self.errors.push(VerifyError { function: Some(self.id), block: self.block, message });
    }

    /// Whether all ids are in range and definitions agree with the values' records.
    fn ids(&mut self) -> bool {
        let f = self.function;
        let (values, blocks) = (f.values.len(), f.blocks.len());
        if f.entry.index() >= blocks {
            self.fail("no entry block".into());
            return false;
        }
        if self.module.codes.get(f.code).is_none() {
            self.fail(format!("no {}", f.code));
            return false;
        }
        let mut placed = IdVec::filled(false, f.insts.len());
        for (block, data) in f.blocks.iter() {
            self.block = Some(block);
            let mut bad = Vec::new();
            for (i, param) in data.params.iter().enumerate() {
                if param.index() >= values || f.values[*param].def != Def::Param(block, i as u32) {
                    bad.push(format!("{param} is not recorded as parameter {i}"));
                }
            }
            let check_use = |v: Value, bad: &mut Vec<String>| {
                if v.index() >= values {
                    bad.push(format!("no value {v}"));
                }
            };
            let check_edge = |e: &BlockCall, bad: &mut Vec<String>| {
                if e.block.index() >= blocks {
                    bad.push(format!("no block {}", e.block));
                }
            };
            for inst in &data.insts {
                if inst.index() >= f.insts.len() || std::mem::replace(&mut placed[*inst], true) {
                    bad.push(format!("{inst} does not exist or stands twice"));
                    continue;
                }
                let data = &f.insts[*inst];
                for (i, result) in data.results.iter().enumerate() {
                    if result.index() >= values || f.values[*result].def != Def::Inst(*inst, i as u32) {
                        bad.push(format!("{result} is not recorded as result {i} of {inst}"));
                    }
                }
                data.for_each_use(|v| check_use(v, &mut bad));
                if let Some(exit) = &data.exit {
                    check_edge(exit, &mut bad);
                }
            }
            data.term.for_each_use(|v| check_use(v, &mut bad));
            data.term.for_each_edge(|e| check_edge(e, &mut bad));
            for message in bad {
                self.fail(message);
            }
        }
        self.errors.is_empty()
    }

    fn block(&mut self, cfg: &Cfg, block: Block, defined: &ValueSet) {
        let f = self.function;
        let data = &f.blocks[block];
        if block == f.entry && !cfg.preds[block].is_empty() {
            self.fail("an edge leads to the entry block".into());
        }
        if data.landing && data.params.first().is_none_or(|p| f.ty(*p) != Type::I64) {
            self.fail("a landing block without position parameter".into());
        }
        let mut local = defined.clone();
        for param in &data.params {
            local.insert(*param);
        }
        for (i, inst) in data.insts.iter().enumerate() {
            let inst_data = &f.insts[*inst];
            inst_data.for_each_use(|v| self.defined(&local, v));
            self.inst(inst_data);
            if inst_data.op.always_exits() && (i + 1 != data.insts.len() || data.term != Term::Unreachable) {
                self.fail(format!("code after {}", print::op_text(&inst_data.op)));
            }
            for result in &inst_data.results {
                local.insert(*result);
            }
        }
        data.term.for_each_use(|v| self.defined(&local, v));
        data.term.for_each_edge(|edge| self.edge(edge, 0));
        match &data.term {
            Term::Branch { cond, .. } if f.ty(*cond) != Type::Bool => self.fail("branch on no bool".into()),
            Term::Switch { value, .. } if f.ty(*value) != Type::I64 => self.fail("switch on no i64".into()),
            Term::Return(value) if f.ret != RetConv::Boxed || f.ty(*value) != Type::Val => {
                self.fail("return does not fit the function".into());
            }
            Term::ReturnSpecial { value, status } => {
                let ty = f.ty(*value);
                if f.ret != RetConv::Special(ty) || f.ty(*status) != Type::I64 {
                    self.fail("return_special does not fit the function".into());
                }
            }
            _ => {}
        }
    }

    fn defined(&mut self, known: &ValueSet, v: Value) {
        if !known.contains(v) {
            self.fail(format!("{v} is used where its definition does not reach"));
        }
    }

    fn edge(&mut self, edge: &BlockCall, implicit: usize) {
        let f = self.function;
        let params = &f.blocks[edge.block].params;
        let expected = params.get(implicit..).unwrap_or(&[]);
        if expected.len() != edge.args.len() {
            self.fail(format!("{} takes {} arguments, not {}", edge.block, expected.len(), edge.args.len()));
            return;
        }
        for (param, arg) in expected.iter().zip(&edge.args) {
            if f.ty(*param) != f.ty(*arg) {
                self.fail(format!("{arg} has another type than {param} of {}", edge.block));
            }
        }
    }

    fn inst(&mut self, inst: &InstData) {
        let f = self.function;
        let text = print::op_text(&inst.op);
        match (&inst.exit, inst.op.has_exit()) {
            (None, true) => self.fail(format!("{text} has no exit edge")),
            (Some(_), false) => self.fail(format!("{text} can't exit")),
            (Some(exit), true) => {
                let landing = f.blocks[exit.block].landing;
                if landing && !inst.op.raises() {
                    self.fail(format!("{text} leads to a landing block without exception"));
                }
                if exit.args.iter().any(|a| inst.results.contains(a)) {
                    self.fail(format!("{text} passes its own result on the exit edge"));
                }
                self.edge(exit, usize::from(landing));
            }
            (None, false) => {}
        }
        let args: Vec<Option<Type>> = inst.args.iter().map(|a| a.value().map(|v| f.ty(v))).collect();
        let results: Vec<Type> = inst.results.iter().map(|v| f.ty(*v)).collect();
        if let Some(message) = self.signature(inst, &args, &results) {
            self.fail(format!("{text}: {message}"));
        }
    }

    /// What is wrong with operand and result types.
    fn signature(&self, inst: &InstData, args: &[Option<Type>], results: &[Type]) -> Option<String> {
        use Type::*;
        if let Op::Call(id) = inst.op {
            return self.row(id, inst, args, results);
        }
        if args.iter().any(Option::is_none) {
            return Some("operands must be values".into());
        }
        let args: Vec<Type> = args.iter().flatten().copied().collect();
        let fits = |want: &[Type], result: &[Type]| args == want && results == result;
        let all_vals = |range: std::ops::RangeInclusive<usize>| {
            range.contains(&args.len()) && args.iter().all(|t| *t == Val) && results.is_empty()
        };
        let object = |rest: &[Type]| matches!(args.first(), Some(Val | Ptr)) && &args[1..] == rest;
        let ok = match inst.op {
            Op::Call(_) => true,
            Op::Word(_) | Op::Const(_) | Op::LoadGlobal(_) | Op::LoadKnown(_) => fits(&[], &[Val]),
            Op::LoadExternKnown(_) | Op::LoadBuiltin(_) => fits(&[], &[Val]),
            Op::Iconst(_) => fits(&[], &[I64]),
            Op::Fconst(_) => fits(&[], &[F64]),
            Op::Bconst(_) => fits(&[], &[Bool]),
            Op::IsInt | Op::IsFloat | Op::IsBool | Op::IsNone | Op::IsPtr | Op::IsKind(_) | Op::IsBound => {
                fits(&[Val], &[Bool])
            }
            Op::IsStop => fits(&[Val], &[Bool]),
            Op::Same => fits(&[Val, Val], &[Bool]),
            Op::Guard => fits(&[Bool], &[]),
            Op::GuardInt | Op::GuardFloat => all_vals(1..=2),
            Op::GuardBool | Op::GuardKind(_) | Op::GuardType(_) | Op::CheckBound(_) => fits(&[Val], &[]),
            Op::GuardQuiet => fits(&[], &[]),
            Op::GuardSame => fits(&[Val, Val], &[]),
            Op::UnboxInt => fits(&[Val], &[I64]),
            Op::UnboxFloat => fits(&[Val], &[F64]),
            Op::UnboxBool => fits(&[Val], &[Bool]),
            Op::BoxInt | Op::BoxIntSmall | Op::ValFromBits => fits(&[I64], &[Val]),
            Op::BoxFloat => fits(&[F64], &[Val]),
            Op::BoxBool => fits(&[Bool], &[Val]),
            Op::IntFits48 => fits(&[I64], &[Bool]),
            Op::BitsFromVal => fits(&[Val], &[I64]),
            Op::IaddChecked
            | Op::IsubChecked
            | Op::ImulChecked
            | Op::IshlChecked
            | Op::IshrChecked
            | Op::IfloordivChecked
            | Op::ImodChecked
            | Op::Ifloordiv
            | Op::Imod
            | Op::Iadd
            | Op::Isub
            | Op::Imul
            | Op::Iand
            | Op::Ior
            | Op::Ixor
            | Op::Ishl
            | Op::Ishr => fits(&[I64, I64], &[I64]),
            Op::InegChecked | Op::Inot => fits(&[I64], &[I64]),
            Op::Icmp(_) => fits(&[I64, I64], &[Bool]),
            Op::Fadd | Op::Fsub | Op::Fmul | Op::Fdiv => fits(&[F64, F64], &[F64]),
            Op::Fneg | Op::Fabs | Op::Fsqrt => fits(&[F64], &[F64]),
            Op::Fcmp(_) => fits(&[F64, F64], &[Bool]),
            Op::IntToFloat => fits(&[I64], &[F64]),
            Op::FloatToIntChecked => fits(&[F64], &[I64]),
            Op::Bnot => fits(&[Bool], &[Bool]),
            Op::Band | Op::Bor => fits(&[Bool, Bool], &[Bool]),
            Op::BoolToInt => fits(&[Bool], &[I64]),
            Op::Select => args.len() == 3 && args[0] == Bool && args[1] == args[2] && results == [args[1]],
            Op::Load { ty, .. } => object(&[]) && results == [ty],
            Op::Store { .. } => args.len() == 2 && object(&args[1..]) && results.is_empty(),
            Op::StoreGlobal(_) | Op::StoreGlobalFast(_) => fits(&[Val], &[]),
            Op::CellLoad | Op::SlotLoad(_) | Op::ClosureCell(_) | Op::Copy => fits(&[Val], &[Val]),
            Op::CellStore | Op::SlotStore(_) => fits(&[Val, Val], &[]),
            Op::ListLen | Op::TupleLen => fits(&[Val], &[I64]),
            Op::ListGet | Op::TupleGet => fits(&[Val, I64], &[Val]),
            Op::ListSet | Op::ListPut => fits(&[Val, I64, Val], &[]),
            Op::CallDirect(func) | Op::CallSpecial(func) => match self.callee(func) {
                None => return Some("no such function".into()),
                Some((params, ret)) => {
                    let want: &[Type] = match ret {
                        RetConv::Boxed => &[Val],
                        RetConv::Special(ty) => &[ty, I64],
                    };
                    let direct = matches!(inst.op, Op::CallDirect(_));
                    direct == (ret == RetConv::Boxed) && args == params && results == want
                }
            },
            Op::KeepAlive => all_vals(0..=usize::MAX),
            Op::Incref | Op::Decref => fits(&[Val], &[]),
            Op::Yield => fits(&[Val], &[Val]) || fits(&[Val, Val], &[Val]),
            Op::FrameLoad { ty, .. } => fits(&[Val], &[ty]),
            Op::FrameStore { .. } => args.len() == 2 && args[0] == Val && results.is_empty(),
            Op::StateLoad => fits(&[Val], &[I64]),
            Op::StateStore { .. } => fits(&[Val], &[]),
            Op::DelegateStore => fits(&[Val, Val], &[]),
        };
        if ok { self.immediates(inst.op) } else { Some(format!("operands {args:?} results {results:?}")) }
    }

    fn callee(&self, func: FuncRef) -> Option<(Vec<Type>, RetConv)> {
        match func {
            FuncRef::Local(id) => self.module.functions.get(id).map(|f| (f.param_types(), f.ret)),
            FuncRef::Extern(id) => self.module.externs.get(id).map(|e| (e.params.clone(), e.ret)),
        }
    }

    fn immediates(&self, op: Op) -> Option<String> {
        let m = self.module;
        let ok = match op {
            Op::Const(id) => id.index() < m.consts.len(),
            Op::CheckBound(Unbound::Local(id) | Unbound::Free(id)) => {
                id.index() < m.consts.len() && matches!(m.consts.get(id), Constant::Str(_))
            }
            Op::CheckBound(Unbound::Global(id))
            | Op::LoadGlobal(id)
            | Op::StoreGlobal(id)
            | Op::StoreGlobalFast(id) => m.globals.get(id).is_some(),
            Op::LoadKnown(id) | Op::GuardType(id) => m.known.get(id).is_some(),
            Op::LoadExternKnown(id) => m.externs.get(id).is_some(),
            Op::LoadBuiltin(index) => (index as usize) < molt_abi::builtins::BUILTINS.len(),
            _ => true,
        };
        if ok { None } else { Some("an immediate names nothing".into()) }
    }

    fn row(
        &self,
        id: molt_abi::intrinsic::Intrinsic,
        inst: &InstData,
        args: &[Option<Type>],
        results: &[Type],
    ) -> Option<String> {
        let row = id.row();
        let (fixed, variadic) = row_operands(id);
        if args.len() < fixed || (args.len() > fixed && !variadic) {
            return Some(format!("{} operands, the row has {fixed}", args.len()));
        }
        for (i, arg) in inst.args.iter().enumerate() {
            let kind = row_arg(id, i)?;
            let ok = match (kind, arg) {
                (Arg::Val | Arg::Steal | Arg::Argv | Arg::ArgvSteal, Operand::Value(_)) => args[i] == Some(Type::Val),
                (Arg::Opt, Operand::Value(_)) => args[i] == Some(Type::Val),
                (Arg::Opt, Operand::Absent) => true,
                (Arg::Int, Operand::Value(_)) => args[i] == Some(Type::I64),
                (Arg::Int, Operand::Imm(_)) => true,
                (Arg::Flt, Operand::Value(_)) => args[i] == Some(Type::F64),
                (Arg::Name, Operand::Const(c)) => {
                    c.index() < self.module.consts.len() && matches!(self.module.consts.get(*c), Constant::Str(_))
                }
                (Arg::Ic, Operand::Ic(ic)) => ic.0 < self.module.ic_count,
                _ => false,
            };
            if !ok {
                return Some(format!("operand {i} does not fit {kind:?}"));
            }
        }
        let ok = if row.args.contains(&Arg::Out) {
            results.iter().all(|t| *t == Type::Val)
        } else {
            let want: &[Type] = match row.ret {
                Ret::Owned | Ret::Borrowed => &[Type::Val],
                Ret::Int => &[Type::I64],
                Ret::Bool => &[Type::Bool],
                Ret::Flt => &[Type::F64],
                Ret::None => &[],
            };
            results == want
        };
        if ok { None } else { Some(format!("results {results:?}")) }
    }
}
