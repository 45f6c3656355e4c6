//! Lowered MIR operations to CLIF.
//!
//! Invariant: an operation does exactly what its documentation in `mir::op` says; representation is asked of `value`,
//! reference counts of `rc`, calls of `call`.

use super::EmitError;
use super::clif::{self, FloatCC, I8, I32, I64, IntCC, Mem};
use super::function::{Lower, machine_type};
use super::pointers;
use super::value;
use crate::mir::{self, Cond, Op, Region, Unbound};
use molt_abi::intrinsic::Intrinsic;
use molt_abi::layout::{Kind, cell, ctx, function, generator, header, instance, list, tuple};
use molt_abi::value as bits;

fn int_cc(cond: Cond) -> IntCC {
    match cond {
        Cond::Eq => IntCC::Equal,
        Cond::Ne => IntCC::NotEqual,
        Cond::Lt => IntCC::SignedLessThan,
        Cond::Le => IntCC::SignedLessThanOrEqual,
        Cond::Gt => IntCC::SignedGreaterThan,
        Cond::Ge => IntCC::SignedGreaterThanOrEqual,
        Cond::Ult => IntCC::UnsignedLessThan,
    }
}

fn float_cc(cond: Cond) -> Result<FloatCC, EmitError> {
    Ok(match cond {
        Cond::Eq => FloatCC::Equal,
        Cond::Ne => FloatCC::NotEqual,
        Cond::Lt => FloatCC::LessThan,
        Cond::Le => FloatCC::LessThanOrEqual,
        Cond::Gt => FloatCC::GreaterThan,
        Cond::Ge => FloatCC::GreaterThanOrEqual,
        Cond::Ult => return Err(EmitError::internal("an unsigned comparison of floats")),
    })
}

fn memory(region: Region) -> Mem {
    match region {
        Region::Header => Mem::Header,
        Region::Slot => Mem::Slot,
        Region::Payload => Mem::Payload,
        Region::Ctx => Mem::Ctx,
        Region::Module => Mem::Global,
        Region::Const => Mem::Fixed,
    }
}

/// Byte offset of a generator's frame slot.
fn frame_slot(slot: u32) -> i32 {
    generator::FRAME + 8 * slot as i32
}

impl Lower<'_, '_> {
    /// The operands, all of which are values.
    fn args(&self, inst: &mir::InstData) -> Result<Vec<clif::Value>, EmitError> {
        inst.args
            .iter()
            .map(|operand| match operand.value() {
                Some(v) => self.value(v),
                None => Err(EmitError::internal(format!("{:?} takes values only", inst.op))),
            })
            .collect()
    }

    /// Records the machine value of the first result.
    pub fn set(&mut self, inst: &mir::InstData, machine: clif::Value) {
        if let Some(result) = inst.results.first() {
            self.define(*result, machine);
        }
    }

    /// The MIR value of operand `index`.
    fn mir_arg(&self, inst: &mir::InstData, index: usize) -> Option<mir::Value> {
        inst.args.get(index).and_then(|a| a.value())
    }

    fn arg_is_pointer(&self, inst: &mir::InstData, index: usize) -> bool {
        self.mir_arg(inst, index).is_some_and(|v| self.is_known_pointer(v))
    }

    /// The constant that operand `index` is, if it is one.
    fn arg_iconst(&self, inst: &mir::InstData, index: usize) -> Option<i64> {
        match self.mir.def_inst(self.mir_arg(inst, index)?)?.op {
            Op::Iconst(n) => Some(n),
            _ => None,
        }
    }

    /// Translates one instruction.
    pub fn inst(&mut self, inst: &mir::InstData) -> Result<(), EmitError> {
        match inst.op {
            Op::Call(id) => return self.call_intrinsic(id, inst),
            Op::CallDirect(callee) => return self.call_direct(callee, inst),
            Op::KeepAlive => return Ok(()),
            _ => {}
        }
        let args = self.args(inst)?;
        match (inst.op, args.as_slice()) {
            (Op::Word(word), []) => {
                let v = self.f.word(word);
                self.set(inst, v);
            }
            (Op::Const(id), []) => {
                let v = self.constant(id);
                self.set(inst, v);
            }
            (Op::Iconst(n), []) => {
                let v = self.f.iconst(I64, n);
                self.set(inst, v);
            }
            (Op::Fconst(raw), []) => {
                let v = self.f.fconst(f64::from_bits(raw));
                self.set(inst, v);
            }
            (Op::Bconst(b), []) => {
                let v = self.f.iconst(I8, i64::from(b));
                self.set(inst, v);
            }

            (Op::IsInt, &[v]) => self.test(inst, v, value::is_int),
            (Op::IsFloat, &[v]) => self.test(inst, v, value::is_float),
            (Op::IsBool, &[v]) => self.test(inst, v, value::is_bool),
            (Op::IsPtr, &[v]) => self.test(inst, v, value::is_pointer),
            (Op::IsNone, &[v]) => self.is_word(inst, v, IntCC::Equal, bits::NONE),
            (Op::IsBound, &[v]) => self.is_word(inst, v, IntCC::NotEqual, bits::NO_VALUE),
            (Op::IsStop, &[v]) => self.is_word(inst, v, IntCC::Equal, bits::STOP),
            (Op::IsKind(kind), &[v]) => self.is_kind(inst, v, kind),
            (Op::Same, &[a, b]) => {
                let same = self.f.icmp(IntCC::Equal, a, b);
                self.set(inst, same);
            }

            (Op::Guard, &[c]) => self.exit_unless(c, inst)?,
            (Op::GuardInt, &[v]) => {
                let c = value::is_int(self.f, v);
                self.exit_unless(c, inst)?;
            }
            (Op::GuardInt, &[a, b]) => {
                let c = value::are_ints(self.f, a, b);
                self.exit_unless(c, inst)?;
            }
            (Op::GuardFloat, values) => {
                for v in values {
                    let c = value::is_float(self.f, *v);
                    self.exit_unless(c, inst)?;
                }
            }
            (Op::GuardBool, &[v]) => {
                let c = value::is_bool(self.f, v);
                self.exit_unless(c, inst)?;
            }
            (Op::GuardKind(kind), &[v]) => {
                self.guard_pointer(inst, v)?;
                let c = self.has_kind(v, kind);
                self.exit_unless(c, inst)?;
            }
            (Op::GuardSame, &[a, b]) => {
                let c = self.f.icmp(IntCC::Equal, a, b);
                self.exit_unless(c, inst)?;
            }
            (Op::GuardQuiet, []) => {
                let flag = self.f.load(I32, self.ctx, ctx::POLL, Mem::Ctx);
                let c = self.f.icmp_imm(IntCC::Equal, flag, 0);
                self.exit_unless(c, inst)?;
            }
            (Op::GuardType(known), &[v]) => {
                self.guard_pointer(inst, v)?;
                let ty = self.f.load(I64, v, header::TYPE, Mem::Header);
                let md = self.module_data();
                let offset = self.shared.known_offset(known);
                let expected = self.f.load(I64, md, offset, Mem::Global);
                let c = self.f.icmp(IntCC::Equal, ty, expected);
                self.exit_unless(c, inst)?;
            }
            (Op::CheckBound(what), &[v]) => self.check_bound(inst, v, what)?,

            (Op::UnboxInt, &[v]) => self.test(inst, v, value::unbox_int),
            (Op::UnboxFloat, &[v]) => self.test(inst, v, value::unbox_float),
            (Op::UnboxBool, &[v]) => self.test(inst, v, value::unbox_bool),
            (Op::BoxInt, &[n]) => self.box_int(inst, n)?,
            (Op::BoxIntSmall, &[n]) => self.test(inst, n, value::box_int),
            (Op::BoxFloat, &[x]) => self.test(inst, x, value::box_float),
            (Op::BoxBool, &[b]) => self.test(inst, b, value::box_bool),
            (Op::IntFits48, &[n]) => {
                let big = value::int_too_big(self.f, n);
                let fits = self.f.icmp_imm(IntCC::Equal, big, 0);
                self.set(inst, fits);
            }
            (Op::ValFromBits | Op::BitsFromVal, &[v]) => self.set(inst, v),

            (Op::IaddChecked, &[a, b]) => {
                // Against a constant, a fused compare and branch is shorter than fetching the overflow flag.
                let (r, over) = match (self.arg_iconst(inst, 0), self.arg_iconst(inst, 1)) {
                    (_, Some(n)) => self.add_constant(a, b, n),
                    (Some(n), _) => self.add_constant(b, a, n),
                    _ => self.f.add_overflow(a, b),
                };
                self.exit_if(over, inst)?;
                self.set(inst, r);
            }
            (Op::IsubChecked, &[a, b]) => {
                let (r, over) = match self.arg_iconst(inst, 1) {
                    Some(n) => {
                        let r = self.f.isub(a, b);
                        let cc = if n >= 0 { IntCC::SignedGreaterThan } else { IntCC::SignedLessThanOrEqual };
                        (r, self.f.icmp(cc, r, a))
                    }
                    None => self.f.sub_overflow(a, b),
                };
                self.exit_if(over, inst)?;
                self.set(inst, r);
            }
            (Op::ImulChecked, &[a, b]) => {
                let (r, over) = self.f.mul_overflow(a, b);
                self.exit_if(over, inst)?;
                self.set(inst, r);
            }
            (Op::InegChecked, &[a]) => {
                let zero = self.f.iconst(I64, 0);
                let (r, over) = self.f.sub_overflow(zero, a);
                self.exit_if(over, inst)?;
                self.set(inst, r);
            }
            (Op::IshlChecked, &[a, n]) => {
                let inside = self.f.icmp_imm(IntCC::UnsignedLessThan, n, 64);
                self.exit_unless(inside, inst)?;
                let r = self.f.ishl(a, n);
                let back = self.f.sshr(r, n);
                let kept = self.f.icmp(IntCC::Equal, back, a);
                self.exit_unless(kept, inst)?;
                self.set(inst, r);
            }
            (Op::IshrChecked, &[a, n]) => {
                let negative = self.f.icmp_imm(IntCC::SignedLessThan, n, 0);
                self.exit_if(negative, inst)?;
                let small = self.f.icmp_imm(IntCC::UnsignedLessThan, n, 63);
                let most = self.f.iconst(I64, 63);
                let n = self.f.select(small, n, most);
                let r = self.f.sshr(a, n);
                self.set(inst, r);
            }
            (Op::IfloordivChecked | Op::Ifloordiv, &[a, b]) => self.divide(inst, a, b, true)?,
            (Op::ImodChecked | Op::Imod, &[a, b]) => self.divide(inst, a, b, false)?,
            (Op::Iadd, &[a, b]) => self.binary(inst, a, b, |f, a, b| f.iadd(a, b)),
            (Op::Isub, &[a, b]) => self.binary(inst, a, b, |f, a, b| f.isub(a, b)),
            (Op::Imul, &[a, b]) => self.binary(inst, a, b, |f, a, b| f.imul(a, b)),
            (Op::Iand, &[a, b]) => self.binary(inst, a, b, |f, a, b| f.band(a, b)),
            (Op::Ior, &[a, b]) => self.binary(inst, a, b, |f, a, b| f.bor(a, b)),
            (Op::Ixor, &[a, b]) => self.binary(inst, a, b, |f, a, b| f.bxor(a, b)),
            (Op::Ishl, &[a, b]) => self.binary(inst, a, b, |f, a, b| f.ishl(a, b)),
            (Op::Ishr, &[a, b]) => self.binary(inst, a, b, |f, a, b| f.sshr(a, b)),
            (Op::Inot, &[a]) => {
                let r = self.f.bnot(a);
                self.set(inst, r);
            }
            (Op::Icmp(cond), &[a, b]) => {
                let r = self.f.icmp(int_cc(cond), a, b);
                self.set(inst, r);
            }

            (Op::Fadd, &[a, b]) => self.binary(inst, a, b, |f, a, b| f.fadd(a, b)),
            (Op::Fsub, &[a, b]) => self.binary(inst, a, b, |f, a, b| f.fsub(a, b)),
            (Op::Fmul, &[a, b]) => self.binary(inst, a, b, |f, a, b| f.fmul(a, b)),
            (Op::Fdiv, &[a, b]) => self.binary(inst, a, b, |f, a, b| f.fdiv(a, b)),
            (Op::Fneg, &[a]) => self.test(inst, a, value::negate),
            (Op::Fabs, &[a]) => {
                let r = self.f.fabs(a);
                self.set(inst, r);
            }
            (Op::Fsqrt, &[a]) => {
                let r = self.f.sqrt(a);
                self.set(inst, r);
            }
            (Op::Fcmp(cond), &[a, b]) => {
                let r = self.f.fcmp(float_cc(cond)?, a, b);
                self.set(inst, r);
            }
            (Op::IntToFloat, &[a]) => {
                let r = self.f.int_to_float(a);
                self.set(inst, r);
            }
            (Op::FloatToIntChecked, &[a]) => {
                let (low, high) = (self.f.fconst(-(2f64.powi(63))), self.f.fconst(2f64.powi(63)));
                let above = self.f.fcmp(FloatCC::GreaterThanOrEqual, a, low);
                self.exit_unless(above, inst)?;
                let below = self.f.fcmp(FloatCC::LessThan, a, high);
                self.exit_unless(below, inst)?;
                let r = self.f.float_to_int(a);
                self.set(inst, r);
            }

            (Op::Bnot, &[a]) => self.is_word(inst, a, IntCC::Equal, 0),
            (Op::Band, &[a, b]) => self.binary(inst, a, b, |f, a, b| f.band(a, b)),
            (Op::Bor, &[a, b]) => self.binary(inst, a, b, |f, a, b| f.bor(a, b)),
            (Op::BoolToInt, &[b]) => {
                let r = self.f.zero_extend(I64, b);
                self.set(inst, r);
            }
            (Op::Select, &[c, a, b]) => {
                let r = self.f.select(c, a, b);
                self.set(inst, r);
            }

            _ => return self.memory(inst, &args),
        }
        if let Some(v) = self.mir_arg(inst, 0).filter(|_| pointers::proves_pointer(inst.op)) {
            self.pointers.insert(v);
        }
        Ok(())
    }

    /// Operations on memory and reference counts.
    fn memory(&mut self, inst: &mir::InstData, args: &[clif::Value]) -> Result<(), EmitError> {
        match (inst.op, args) {
            (Op::Load { offset, ty, region }, &[base]) => {
                let r = self.f.load(machine_type(ty), base, offset, memory(region));
                self.set(inst, r);
            }
            (Op::Store { offset, region }, &[base, v]) => self.f.store(v, base, offset, memory(region)),
            (Op::LoadGlobal(id), []) => {
                let md = self.module_data();
                let r = self.f.load(I64, md, self.shared.global_offset(id), Mem::Global);
                self.set(inst, r);
            }
            (Op::StoreGlobal(id), &[v]) => {
                let md = self.module_data();
                let slot = self.f.iconst(I64, i64::from(id.0));
                self.f.intrinsic(Intrinsic::bind_global, &[self.ctx, md, slot, v])?;
                self.decref(v, self.arg_is_pointer(inst, 0), self.cold)?;
            }
            (Op::StoreGlobalFast(id), &[v]) => {
                let md = self.module_data();
                self.replace(md, self.shared.global_offset(id), v, Mem::Global)?;
            }
            (Op::LoadKnown(id), []) => {
                let md = self.module_data();
                let r = self.f.load(I64, md, self.shared.known_offset(id), Mem::Global);
                self.set(inst, r);
            }
            (Op::LoadExternKnown(id), []) => {
                let md = self.extern_module_data(id)?;
                let external = &self.shared.module.externs[id];
                let r = self.f.load(I64, md, external.known_offset, Mem::Global);
                self.set(inst, r);
            }
            (Op::LoadBuiltin(index), []) => {
                let table = self.f.load(I64, self.ctx, ctx::KNOWN_BUILTINS, Mem::Const);
                let r = self.f.load(I64, table, 8 * index as i32, Mem::Const);
                self.set(inst, r);
            }
            (Op::CellLoad, &[c]) => {
                let r = self.f.load(I64, c, cell::VALUE, Mem::Slot);
                self.set(inst, r);
            }
            (Op::CellStore, &[c, v]) => self.replace(c, cell::VALUE, v, Mem::Slot)?,
            (Op::SlotLoad(slot), &[object]) => {
                let r = self.f.load(I64, object, instance::SLOTS + 8 * slot as i32, Mem::Slot);
                self.set(inst, r);
            }
            (Op::SlotStore(slot), &[object, v]) => {
                self.replace(object, instance::SLOTS + 8 * slot as i32, v, Mem::Slot)?;
            }
            (Op::ListLen, &[l]) => {
                let r = self.f.load(I64, l, list::LEN, Mem::Payload);
                self.set(inst, r);
            }
            (Op::ListGet, &[l, index]) => {
                let slot = self.list_slot(l, index);
                let r = self.f.load(I64, slot, 0, Mem::Payload);
                self.set(inst, r);
            }
            (Op::ListSet, &[l, index, v]) => {
                let slot = self.list_slot(l, index);
                self.replace(slot, 0, v, Mem::Payload)?;
            }
            (Op::ListPut, &[l, index, v]) => {
                let slot = self.list_slot(l, index);
                self.f.store(v, slot, 0, Mem::Payload);
            }
            (Op::TupleLen, &[t]) => {
                let r = self.f.load(I64, t, tuple::LEN, Mem::Fixed);
                self.set(inst, r);
            }
            (Op::TupleGet, &[t, index]) => {
                let offset = self.f.shl_imm(index, 3);
                let slot = self.f.iadd(t, offset);
                let r = self.f.load(I64, slot, tuple::ITEMS, Mem::Fixed);
                self.set(inst, r);
            }
            (Op::ClosureCell(index), &[func]) => {
                // A function's closure never changes, and a parameter is alive throughout.
                let mem = match self.mir_arg(inst, 0) {
                    Some(v) if self.mir.blocks[self.mir.entry].params.contains(&v) => Mem::Const,
                    _ => Mem::Fixed,
                };
                let cells = self.f.load(I64, func, function::CLOSURE, mem);
                let r = self.f.load(I64, cells, tuple::ITEMS + 8 * index as i32, mem);
                self.set(inst, r);
            }

            (Op::Incref, &[v]) => self.incref(v, self.arg_is_pointer(inst, 0))?,
            (Op::Decref, &[v]) => self.decref(v, self.arg_is_pointer(inst, 0), self.cold)?,
            (Op::Copy, &[v]) => {
                self.incref(v, self.arg_is_pointer(inst, 0))?;
                self.set(inst, v);
            }

            (Op::FrameLoad { slot, ty }, &[generator]) => {
                let r = self.f.load(machine_type(ty), generator, frame_slot(slot), Mem::Slot);
                self.set(inst, r);
            }
            (Op::FrameStore { slot }, &[generator, v]) => self.f.store(v, generator, frame_slot(slot), Mem::Slot),
            (Op::StateLoad, &[generator]) => {
                let state = self.f.load(I32, generator, generator::STATE, Mem::Slot);
                let r = self.f.zero_extend(I64, state);
                self.set(inst, r);
            }
            (Op::StateStore { state, live }, &[generator]) => {
                for (n, offset) in [(state, generator::STATE), (live, generator::LIVE)] {
                    let n = self.f.iconst(I32, i64::from(n));
                    self.f.store(n, generator, offset, Mem::Slot);
                }
            }
            (Op::DelegateStore, &[generator, v]) => self.f.store(v, generator, generator::DELEGATE, Mem::Slot),
            (op, _) => return Err(EmitError::internal(format!("{op:?} with {} operands", inst.args.len()))),
        }
        Ok(())
    }

    fn test(
        &mut self,
        inst: &mir::InstData,
        v: clif::Value,
        make: impl FnOnce(&mut clif::Fun<'_>, clif::Value) -> clif::Value,
    ) {
        let r = make(self.f, v);
        self.set(inst, r);
    }

    fn binary(
        &mut self,
        inst: &mir::InstData,
        a: clif::Value,
        b: clif::Value,
        make: impl FnOnce(&mut clif::Fun<'_>, clif::Value, clif::Value) -> clif::Value,
    ) {
        let r = make(self.f, a, b);
        self.set(inst, r);
    }

    fn is_word(&mut self, inst: &mir::InstData, v: clif::Value, cc: IntCC, word: u64) {
        let r = self.f.icmp_imm(cc, v, word as i64);
        self.set(inst, r);
    }

    /// Leaves unless operand 0 is a heap pointer.
    fn guard_pointer(&mut self, inst: &mir::InstData, v: clif::Value) -> Result<(), EmitError> {
        if self.arg_is_pointer(inst, 0) {
            return Ok(());
        }
        let c = value::is_pointer(self.f, v);
        self.exit_unless(c, inst)
    }

    fn is_kind(&mut self, inst: &mir::InstData, v: clif::Value, kind: Kind) {
        if self.arg_is_pointer(inst, 0) {
            let r = self.has_kind(v, kind);
            self.set(inst, r);
            return;
        }
        // Only a pointer can be looked into.
        let (look, done) = (self.f.block(), self.f.block());
        let r = self.f.param(done, I8);
        let no = self.f.iconst(I8, 0);
        let pointer = value::is_pointer(self.f, v);
        self.f.branch(pointer, look, &[], done, &[no]);
        self.f.switch_to(look);
        let is = self.has_kind(v, kind);
        self.f.jump(done, &[is]);
        self.f.switch_to(done);
        self.set(inst, r);
    }

    /// The guard behind a test for an unbound global that lets only a known function pass: that one tells for both, and
    /// nothing between them could tell the difference.
    pub fn guard_behind_check(&self, check: &mir::InstData, following: &[mir::Inst]) -> Option<mir::Inst> {
        let Op::CheckBound(Unbound::Global(_)) = check.op else { return None };
        for id in following {
            let inst = &self.mir.insts[*id];
            if inst.op == Op::GuardSame && inst.args.first() == check.args.first() {
                let known = self.mir_arg(inst, 1).and_then(|v| self.mir.def_inst(v))?;
                return matches!(known.op, Op::LoadKnown(_)).then_some(*id);
            }
            if !matches!(inst.op, Op::LoadKnown(_) | Op::Iconst(_) | Op::Iadd | Op::Isub | Op::Imul | Op::UnboxInt) {
                return None;
            }
        }
        None
    }

    /// Leaves unless the operands are the same; whether the first is bound at all matters only then.
    pub fn guard_same_bound(&mut self, guard: &mir::InstData, check: &mir::InstData) -> Result<(), EmitError> {
        let args = self.args(guard)?;
        let same = self.f.icmp(IntCC::Equal, args[0], args[1]);
        self.leaving();
        let known = self.saved_module_data();
        let (odd, next) = (self.f.cold_block(), self.f.block());
        self.f.branch(same, next, &[], odd, &[]);
        self.f.switch_to(odd);
        let stretch = self.f.set_cold_stretch(true);
        if let Op::CheckBound(what) = check.op {
            self.check_bound(check, args[0], what)?;
        }
        let (block, exit_args) = self.exit(guard)?;
        self.f.jump(block, &exit_args);
        self.f.set_cold_stretch(stretch);
        self.restore_module_data(known);
        self.f.switch_to(next);
        Ok(())
    }

    fn check_bound(&mut self, inst: &mir::InstData, v: clif::Value, what: Unbound) -> Result<(), EmitError> {
        let (unbound, next) = (self.f.cold_block(), self.f.block());
        self.f.branch(v, next, &[], unbound, &[]);
        // The module data pointer of the cold block does not dominate what follows.
        self.leaving();
        let known = self.saved_module_data();
        self.f.switch_to(unbound);
        match what {
            Unbound::Local(name) => {
                let name = self.constant(name);
                self.f.intrinsic(Intrinsic::raise_unbound_local, &[self.ctx, name])?;
            }
            Unbound::Free(name) => {
                let name = self.constant(name);
                self.f.intrinsic(Intrinsic::raise_unbound_free, &[self.ctx, name])?;
            }
            Unbound::Global(slot) => {
                let md = self.module_data();
                let slot = self.f.iconst(I64, i64::from(slot.0));
                self.f.intrinsic(Intrinsic::raise_unbound_global, &[self.ctx, md, slot])?;
            }
        }
        let (block, args) = self.exit(inst)?;
        self.f.jump(block, &args);
        self.restore_module_data(known);
        self.f.switch_to(next);
        Ok(())
    }

    /// `a + n` and whether it overflows; `constant` is `n`.
    fn add_constant(&mut self, a: clif::Value, constant: clif::Value, n: i64) -> (clif::Value, clif::Value) {
        let r = self.f.iadd(a, constant);
        let cc = if n >= 0 { IntCC::SignedLessThan } else { IntCC::SignedGreaterThanOrEqual };
        (r, self.f.icmp(cc, r, a))
    }

    /// Boxes any `i64`; beyond 48 bits by a call.
    fn box_int(&mut self, inst: &mir::InstData, n: clif::Value) -> Result<(), EmitError> {
        if self.cold {
            // Small rather than fast.
            let object = self.rare_intrinsic(Intrinsic::box_i64, &[self.ctx, n])?;
            let object = object.ok_or_else(|| EmitError::internal("box_i64 has a result"))?;
            self.set(inst, object);
            return Ok(());
        }
        let (big, done) = (self.f.cold_block(), self.f.block());
        let r = self.f.param(done, I64);
        let too_big = value::int_too_big(self.f, n);
        let small = value::box_int(self.f, n);
        self.f.branch(too_big, big, &[], done, &[small]);
        self.f.switch_to(big);
        let object = self.f.quiet_intrinsic(Intrinsic::box_i64, &[self.ctx, n])?;
        let object = object.ok_or_else(|| EmitError::internal("box_i64 has a result"))?;
        self.f.jump(done, &[object]);
        self.f.switch_to(done);
        self.set(inst, r);
        Ok(())
    }

    /// Python's `//` and `%` of machine ints: the quotient rounds down and the remainder has the divisor's sign.
    fn divide(
        &mut self,
        inst: &mir::InstData,
        a: clif::Value,
        b: clif::Value,
        quotient: bool,
    ) -> Result<(), EmitError> {
        if let Some(d) = self.arg_iconst(inst, 1).filter(|d| *d > 0) {
            let r = self.divide_by_positive(a, d, quotient);
            self.set(inst, r);
            return Ok(());
        }
        if inst.exit.is_some() {
            self.exit_unless(b, inst)?;
            let minus_one = self.f.icmp_imm(IntCC::Equal, b, -1);
            let least = self.f.icmp_imm(IntCC::Equal, a, i64::MIN);
            let over = self.f.band(minus_one, least);
            self.exit_if(over, inst)?;
        }
        let q = self.f.sdiv(a, b);
        let product = self.f.imul(q, b);
        let rem = self.f.isub(a, product);
        let inexact = self.f.icmp_imm(IntCC::NotEqual, rem, 0);
        let signs = self.f.bxor(rem, b);
        let differ = self.f.icmp_imm(IntCC::SignedLessThan, signs, 0);
        let fix = self.f.band(inexact, differ);
        let r = if quotient {
            let fix = self.f.zero_extend(I64, fix);
            self.f.isub(q, fix)
        } else {
            let moved = self.f.iadd(rem, b);
            self.f.select(fix, moved, rem)
        };
        self.set(inst, r);
        Ok(())
    }

    fn divide_by_positive(&mut self, a: clif::Value, d: i64, quotient: bool) -> clif::Value {
        if d & (d - 1) == 0 {
            return if quotient { self.f.sshr_imm(a, i64::from(d.trailing_zeros())) } else { self.f.and_imm(a, d - 1) };
        }
        let divisor = self.f.iconst(I64, d);
        let q = self.f.sdiv(a, divisor);
        let product = self.f.imul(q, divisor);
        let rem = self.f.isub(a, product);
        // All ones where the remainder is negative.
        let sign = self.f.sshr_imm(rem, 63);
        if quotient {
            self.f.iadd(q, sign)
        } else {
            let back = self.f.and_imm(sign, d);
            self.f.iadd(rem, back)
        }
    }

    /// The address of a list's item.
    pub fn list_slot(&mut self, l: clif::Value, index: clif::Value) -> clif::Value {
        let items = self.f.load(I64, l, list::ITEMS, Mem::Payload);
        let offset = self.f.shl_imm(index, 3);
        self.f.iadd(items, offset)
    }

    /// Stores an owned value and releases what was there.
    fn replace(&mut self, base: clif::Value, offset: i32, v: clif::Value, mem: Mem) -> Result<(), EmitError> {
        let old = self.f.load(I64, base, offset, mem);
        // The store comes first: releasing may run Python code that looks at the place.
        self.f.store(v, base, offset, mem);
        self.decref(old, false, self.cold)
    }
}
