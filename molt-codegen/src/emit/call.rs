//! Calls: intrinsics by their rows, and the direct and specialised entries of Python functions.
//!
//! Invariant: argument passing, failure tests and results follow from the row alone; the few rows with an inline fast
//! path keep the call as their slow path.

use super::EmitError;
use super::clif::{self, Func, I8, I32, I64, IntCC, Mem};
use super::function::Lower;
use super::quiet;
use crate::mir::{self, Operand};
use molt_abi::intrinsic::{Arg, Error, Intrinsic, Ret};
use molt_abi::layout::ctx;

impl Lower<'_, '_> {
    /// An operand as a machine word.
    pub fn operand(&mut self, operand: Operand) -> Result<clif::Value, EmitError> {
        Ok(match operand {
            Operand::Value(value) => {
                let machine = self.value(value)?;
                if self.f.ty(machine) == I8 { self.f.zero_extend(I64, machine) } else { machine }
            }
            Operand::Const(id) => self.constant(id),
            Operand::Ic(id) => {
                let md = self.module_data();
                self.f.add_imm(md, i64::from(self.shared.ic_offset(id)))
            }
            Operand::Imm(n) => self.f.iconst(I64, n),
            Operand::Absent => self.f.word(0),
        })
    }

    /// Stores words to the outgoing area; gives its address.
    pub fn spread(&mut self, words: &[clif::Value]) -> clif::Value {
        let area = self.f.area(words.len() as u32);
        for (n, word) in words.iter().enumerate() {
            self.f.store(*word, area, 8 * n as i32, Mem::Stack);
        }
        area
    }

    /// An intrinsic call.
    pub fn call_intrinsic(&mut self, id: Intrinsic, inst: &mir::InstData) -> Result<(), EmitError> {
        if id == Intrinsic::poll {
            return self.poll(inst);
        }
        if self.fast_path(id, inst)? {
            return Ok(());
        }
        let row = id.row();
        let mut words = vec![self.ctx];
        let mut operands = inst.args.iter().copied();
        let missing = || EmitError::internal(format!("{}: too few operands", row.name));
        let mut out = None;
        for arg in row.args {
            match arg {
                Arg::Md => words.push(self.module_data()),
                Arg::Argv | Arg::ArgvSteal => {
                    let mut variadic = Vec::new();
                    for operand in operands.by_ref() {
                        variadic.push(self.operand(operand)?);
                    }
                    let area = self.spread(&variadic);
                    words.push(area);
                    words.push(self.f.iconst(I64, variadic.len() as i64));
                }
                Arg::Out => {
                    let area = self.f.area(inst.results.len() as u32);
                    out = Some(area);
                    words.push(area);
                    words.push(self.f.iconst(I64, inst.results.len() as i64));
                }
                _ => {
                    let operand = operands.next().ok_or_else(missing)?;
                    words.push(self.operand(operand)?);
                }
            }
        }
        let result = self.rare_intrinsic(id, &words)?;
        self.intrinsic_result(id, inst, result, out)
    }

    /// An intrinsic call that saves its own registers if it stands on a cold path of a loop.
    pub fn rare_intrinsic(&mut self, id: Intrinsic, words: &[clif::Value]) -> Result<Option<clif::Value>, EmitError> {
        if self.beside_loop && quiet::is_quiet(id) {
            return self.f.quiet_intrinsic(id, words);
        }
        self.f.intrinsic(id, words)
    }

    /// The failure test and the results.
    fn intrinsic_result(
        &mut self,
        id: Intrinsic,
        inst: &mir::InstData,
        result: Option<clif::Value>,
        out: Option<clif::Value>,
    ) -> Result<(), EmitError> {
        let row = id.row();
        match (row.error, result) {
            (Error::Never, _) => {}
            (Error::Always, _) => {
                let (block, args) = self.exit(inst)?;
                self.f.jump(block, &args);
                return Ok(());
            }
            (Error::Zero, Some(word)) => self.exit_unless(word, inst)?,
            (Error::Negative, Some(status)) => {
                let failed = self.f.icmp_imm(IntCC::SignedLessThan, status, 0);
                self.exit_if(failed, inst)?;
            }
            (_, None) => return Err(EmitError::internal(format!("{}: no result to test", row.name))),
        }
        if let Some(area) = out {
            for (n, value) in inst.results.iter().enumerate() {
                let word = self.f.load(I64, area, 8 * n as i32, Mem::Stack);
                self.define(*value, word);
            }
        } else if let (Some(value), Some(word)) = (inst.results.first(), result) {
            let word = if row.ret == Ret::Bool { self.f.truncate(I8, word) } else { word };
            self.define(*value, word);
        }
        Ok(())
    }

    /// A poll: one test of the flag, the call only when somebody wants attention.
    fn poll(&mut self, inst: &mir::InstData) -> Result<(), EmitError> {
        let flag = self.f.load(I32, self.ctx, ctx::POLL, Mem::Ctx);
        let (wanted, next) = (self.f.cold_block(), self.f.block());
        self.f.branch(flag, wanted, &[], next, &[]);
        self.f.switch_to(wanted);
        if let Some(status) = self.rare_intrinsic(Intrinsic::poll, &[self.ctx])? {
            let failed = self.f.icmp_imm(IntCC::SignedLessThan, status, 0);
            let (block, args) = self.exit(inst)?;
            self.f.branch(failed, block, &args, next, &[]);
        }
        self.f.switch_to(next);
        Ok(())
    }

    fn callee(&self, callee: mir::FuncRef) -> Func {
        match callee {
            mir::FuncRef::Local(id) => self.shared.functions[id],
            mir::FuncRef::Extern(id) => self.shared.externs[id],
        }
    }

    fn call_entry(&mut self, callee: mir::FuncRef, inst: &mir::InstData) -> Result<Vec<clif::Value>, EmitError> {
        let mut words = vec![self.ctx];
        if matches!(inst.op, mir::Op::CallSpecial(_)) {
            words.push(match callee {
                mir::FuncRef::Local(_) => self.module_data(),
                mir::FuncRef::Extern(id) => self.extern_module_data(id)?,
            });
        }
        for operand in &inst.args {
            let Operand::Value(value) = operand else {
                return Err(EmitError::internal("a direct call takes values only"));
            };
            words.push(self.value(*value)?);
        }
        Ok(self.f.call(self.callee(callee), &words))
    }

    /// A call of a direct entry.
    pub fn call_direct(&mut self, callee: mir::FuncRef, inst: &mir::InstData) -> Result<(), EmitError> {
        let results = self.call_entry(callee, inst)?;
        let &[word] = results.as_slice() else {
            return Err(EmitError::internal("a direct entry has one result"));
        };
        self.exit_unless(word, inst)?;
        self.define(inst.results[0], word);
        Ok(())
    }

    /// A call of a specialised entry. `following` are the instructions behind it; gives how many of them are done as well.
    ///
    /// Mostly they test whether the status is [`mir::STATUS_OK`]: one test on the hot path then does for that and for the
    /// exception.
    pub fn call_special(
        &mut self,
        callee: mir::FuncRef,
        inst: &mir::InstData,
        following: &[mir::Inst],
    ) -> Result<usize, EmitError> {
        let results = self.call_entry(callee, inst)?;
        let &[word, status] = results.as_slice() else {
            return Err(EmitError::internal("a specialised entry has two results"));
        };
        self.define(inst.results[0], word);
        self.define(inst.results[1], status);
        let guard = self.status_guard(inst.results[1], following);
        let Some((ok, plain, guard)) = guard else {
            let raised = self.f.icmp_imm(IntCC::Equal, status, mir::STATUS_RAISED);
            self.exit_if(raised, inst)?;
            return Ok(0);
        };
        let zero = self.f.iconst(I64, mir::STATUS_OK);
        self.define(ok, zero);
        let holds = self.f.iconst(I8, 1);
        self.define(plain, holds);
        let (raised_block, raised_args) = self.exit(inst)?;
        let (other, other_args) = self.edge(&guard)?;
        let (odd, next) = (self.f.cold_block(), self.f.block());
        self.f.branch(status, odd, &[], next, &[]);
        self.f.switch_to(odd);
        let raised = self.f.icmp_imm(IntCC::Equal, status, mir::STATUS_RAISED);
        self.f.branch(raised, raised_block, &raised_args, other, &other_args);
        self.f.switch_to(next);
        Ok(3)
    }

    /// If `following` begins with a constant [`mir::STATUS_OK`], a comparison of the status with it and a guard of that: the
    /// two results and the guard's exit.
    fn status_guard(
        &self,
        status: mir::Value,
        following: &[mir::Inst],
    ) -> Option<(mir::Value, mir::Value, mir::BlockCall)> {
        let &[ok, compare, guard, ..] = following else { return None };
        let [ok, compare, guard] = [ok, compare, guard].map(|inst| &self.mir.insts[inst]);
        let (zero, plain) = (*ok.results.first()?, *compare.results.first()?);
        let fits = ok.op == mir::Op::Iconst(mir::STATUS_OK)
            && compare.op == mir::Op::Icmp(mir::Cond::Eq)
            && compare.args == [Operand::Value(status), Operand::Value(zero)]
            && guard.op == mir::Op::Guard
            && guard.args == [Operand::Value(plain)];
        Some((zero, plain, guard.exit.clone().filter(|_| fits)?))
    }
}
