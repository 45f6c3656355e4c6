//! Reference counting in CLIF.
//!
//! Invariant: counts are not atomic, immediates and 0 are never touched, and a count that reaches 0 goes to `dealloc` on a
//! cold path.

use super::EmitError;
use super::clif::{self, I32, IntCC, Mem};
use super::function::Lower;
use super::value;
use crate::mir;
use molt_abi::intrinsic::{Effect, Intrinsic, Ret};
use molt_abi::layout::header;

impl Lower<'_, '_> {
    /// Whether `value` is known to be a heap pointer at this place.
    pub fn is_known_pointer(&self, value: mir::Value) -> bool {
        if self.pointers.contains(value) {
            return true;
        }
        let Some(inst) = self.mir.def_inst(value) else {
            return false;
        };
        match inst.op {
            // What only allocates and is not a number makes a container, a cell, a function or a generator.
            mir::Op::Call(id) => {
                let row = id.row();
                let number = matches!(
                    id,
                    Intrinsic::box_i64
                        | Intrinsic::int_add_slow
                        | Intrinsic::int_sub_slow
                        | Intrinsic::int_mul_slow
                        | Intrinsic::int_pow
                );
                // Nor are the results of these ever immediates.
                let object = matches!(
                    id,
                    Intrinsic::get_iter
                        | Intrinsic::build_set
                        | Intrinsic::build_dict
                        | Intrinsic::make_function
                        | Intrinsic::format_value
                );
                object || row.effect == Effect::Alloc && row.ret == Ret::Owned && !number
            }
            mir::Op::Const(id) => !matches!(self.shared.module.consts.get(id), mir::Constant::Word(_)),
            mir::Op::ClosureCell(_) => true,
            mir::Op::Copy => inst.args[0].value().is_some_and(|v| self.is_known_pointer(v)),
            _ => false,
        }
    }

    /// Adds a reference.
    pub fn incref(&mut self, value: clif::Value, known_pointer: bool) -> Result<(), EmitError> {
        if known_pointer {
            self.increment(value);
            return Ok(());
        }
        if self.cold {
            // Small rather than fast.
            self.f.intrinsic(Intrinsic::incref_slow, &[self.ctx, value])?;
            return Ok(());
        }
        let (counted, next) = (self.f.block(), self.f.block());
        let pointer = value::is_pointer(self.f, value);
        self.f.branch(pointer, counted, &[], next, &[]);
        self.f.switch_to(counted);
        self.increment(value);
        self.f.jump(next, &[]);
        self.f.switch_to(next);
        Ok(())
    }

    fn increment(&mut self, object: clif::Value) {
        let count = self.f.load(I32, object, header::RC, Mem::Header);
        let more = self.f.add_imm(count, 1);
        self.f.store(more, object, header::RC, Mem::Header);
    }

    /// Drops a reference.
    pub fn decref(&mut self, value: clif::Value, known_pointer: bool, cold: bool) -> Result<(), EmitError> {
        if cold {
            // Small rather than fast.
            self.f.intrinsic(Intrinsic::decref_slow, &[self.ctx, value])?;
            return Ok(());
        }
        let next = self.f.block();
        if !known_pointer {
            let counted = self.f.block();
            let pointer = value::is_pointer(self.f, value);
            self.f.branch(pointer, counted, &[], next, &[]);
            self.f.switch_to(counted);
        }
        let count = self.f.load(I32, value, header::RC, Mem::Header);
        let less = self.f.add_imm(count, -1);
        self.f.store(less, value, header::RC, Mem::Header);
        let dead = self.f.cold_block();
        self.f.branch(less, next, &[], dead, &[]);
        self.f.switch_to(dead);
        self.f.intrinsic(Intrinsic::dealloc, &[self.ctx, value])?;
        self.f.jump(next, &[]);
        self.f.switch_to(next);
        Ok(())
    }

    /// Drops a reference of each value in turn, off the hot path: a few at a time.
    pub fn decref_all(&mut self, values: &[clif::Value]) -> Result<(), EmitError> {
        for some in values.chunks(4) {
            let row = match some.len() {
                1 => Intrinsic::decref_slow,
                2 => Intrinsic::decref_2,
                3 => Intrinsic::decref_3,
                _ => Intrinsic::decref_4,
            };
            let mut words = vec![self.ctx];
            words.extend_from_slice(some);
            self.rare_intrinsic(row, &words)?;
        }
        Ok(())
    }

    /// Whether `object`, a heap pointer, is of exactly this builtin kind.
    pub fn has_kind(&mut self, object: clif::Value, kind: molt_abi::layout::Kind) -> clif::Value {
        // The low half of `meta` never changes, so tests of one object may be merged.
        let meta = self.f.load(clif::I16, object, header::META, Mem::Fixed);
        self.f.icmp_imm(IntCC::Equal, meta, i64::from(kind as u8))
    }
}
