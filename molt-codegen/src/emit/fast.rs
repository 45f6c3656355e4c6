//! Inline fast paths of Python-semantic operations: attribute access through a cache that hits, and calls of functions whose
//! parameters the arguments fill just so.
//!
//! Invariant: each path tests everything it relies on and has the intrinsic as its other side, so that behaviour is the
//! intrinsic's. Off the hot path there is only the intrinsic.

use super::EmitError;
use super::clif::{self, I32, I64, IntCC, Mem};
use super::function::Lower;
use super::value;
use crate::mir::{self, Operand};
use molt_abi::desc::CodeDesc;
use molt_abi::intrinsic::Intrinsic;
use molt_abi::layout::{Kind, function, header, ic, instance, type_object};

/// The two sides of a fast path: where tests fail to, and where both meet with a result.
pub struct Paths {
    /// The intrinsic.
    pub slow: clif::Block,
    /// Both sides.
    pub done: clif::Block,
    /// Their result.
    pub result: clif::Value,
}

impl Lower<'_, '_> {
    /// Translates the operation with a fast path, if it has one here.
    pub fn fast_path(&mut self, id: Intrinsic, inst: &mir::InstData) -> Result<bool, EmitError> {
        if self.cold {
            return Ok(false);
        }
        match (id, inst.args.as_slice()) {
            (Intrinsic::get_attr, &[Operand::Value(object), name, cache]) => {
                self.get_attr(inst, object, name, cache)?;
            }
            (Intrinsic::set_attr, &[Operand::Value(object), name, Operand::Value(value), cache]) => {
                self.set_attr(inst, object, name, value, cache)?;
            }
            (Intrinsic::call, [Operand::Value(callable), Operand::Absent, args @ ..]) => {
                self.call_any(inst, *callable, args)?;
            }
            (Intrinsic::call_loaded, [Operand::Value(callable), receiver, Operand::Absent, args @ ..]) => {
                self.call_loaded(inst, *callable, *receiver, args)?;
            }
            (Intrinsic::call_method, [name, cache, Operand::Absent, args @ ..]) if !args.is_empty() => {
                self.call_method(inst, *name, *cache, args)?;
            }
            (Intrinsic::truth, &[Operand::Value(v)]) => self.truth(inst, v)?,
            (Intrinsic::iter_next, &[Operand::Value(iterator)]) => self.iter_next(inst, iterator)?,
            (Intrinsic::yield_from_next, &[Operand::Value(iterator), Operand::Value(sent)]) => {
                self.delegate_next(inst, iterator, sent)?;
            }
            (Intrinsic::take_stop_value, []) => self.take_stop_value(inst),
            (Intrinsic::set_stop_value, &[Operand::Value(returned)]) => self.set_stop_value(returned)?,
            (Intrinsic::get_awaitable, &[Operand::Value(awaited), what]) => self.get_awaitable(inst, awaited, what)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Opens the sides of a fast path.
    pub fn paths(&mut self) -> Paths {
        let (slow, done) = (self.f.cold_block(), self.f.block());
        let result = self.f.param(done, I64);
        Paths { slow, done, result }
    }

    /// The slow side: the intrinsic itself.
    pub fn slow_side(&mut self, paths: &Paths, id: Intrinsic, words: &[clif::Value]) -> Result<(), EmitError> {
        self.f.switch_to(paths.slow);
        let word = self.f.intrinsic(id, words)?;
        let word = word.ok_or_else(|| EmitError::internal("a fast path needs a result"))?;
        self.f.jump(paths.done, &[word]);
        self.f.switch_to(paths.done);
        Ok(())
    }

    /// Leaves for `slow` unless the cache is for the type of `object`; gives the payload.
    fn cache_hit(
        &mut self,
        object: clif::Value,
        known_pointer: bool,
        cache: clif::Value,
        slow: clif::Block,
    ) -> clif::Value {
        if !known_pointer {
            let pointer = value::is_pointer(self.f, object);
            self.f.leave_unless(pointer, slow, &[]);
        }
        let ty = self.f.load(I64, object, header::TYPE, Mem::Header);
        let version = self.f.load(I64, ty, type_object::VERSION, Mem::Header);
        let cached = self.f.load(I64, cache, ic::VERSION, Mem::Global);
        let same = self.f.icmp(IntCC::Equal, version, cached);
        self.f.leave_unless(same, slow, &[]);
        // Version 0 never hits, but an empty cache has payload 0, which no test below takes.
        self.f.load(I64, cache, ic::PAYLOAD, Mem::Global)
    }

    fn get_attr(
        &mut self,
        inst: &mir::InstData,
        object: mir::Value,
        name: Operand,
        cache: Operand,
    ) -> Result<(), EmitError> {
        let known = self.is_known_pointer(object);
        let object = self.value(object)?;
        let (name, cache) = (self.operand(name)?, self.operand(cache)?);
        let paths = self.paths();
        let payload = self.cache_hit(object, known, cache, paths.slow);
        let in_slot = self.f.icmp_imm(IntCC::UnsignedGreaterThanOrEqual, payload, ic::SLOT as i64);
        self.f.leave_unless(in_slot, paths.slow, &[]);
        let slot = self.f.iadd(object, payload);
        let found = self.f.load(I64, slot, 0, Mem::Slot);
        self.f.leave_unless(found, paths.slow, &[]);
        self.incref(found, false)?;
        self.f.jump(paths.done, &[found]);
        self.slow_side(&paths, Intrinsic::get_attr, &[self.ctx, object, name, cache])?;
        self.exit_unless(paths.result, inst)?;
        self.set(inst, paths.result);
        Ok(())
    }

    fn set_attr(
        &mut self,
        inst: &mir::InstData,
        object: mir::Value,
        name: Operand,
        new: mir::Value,
        cache: Operand,
    ) -> Result<(), EmitError> {
        let (known, known_new) = (self.is_known_pointer(object), self.is_known_pointer(new));
        let (object, new) = (self.value(object)?, self.value(new)?);
        let (name, cache) = (self.operand(name)?, self.operand(cache)?);
        let paths = self.paths();
        let payload = self.cache_hit(object, known, cache, paths.slow);
        let in_slot = self.f.icmp_imm(IntCC::UnsignedGreaterThanOrEqual, payload, ic::SLOT as i64);
        self.f.leave_unless(in_slot, paths.slow, &[]);
        let slot = self.f.iadd(object, payload);
        let old = self.f.load(I64, slot, 0, Mem::Slot);
        // An unset slot also has to take its place in the order of attributes.
        self.f.leave_unless(old, paths.slow, &[]);
        self.incref(new, known_new)?;
        self.f.store(new, slot, 0, Mem::Slot);
        self.decref(old, false, false)?;
        let fine = self.f.iconst(I64, 0);
        self.f.jump(paths.done, &[fine]);
        self.slow_side(&paths, Intrinsic::set_attr, &[self.ctx, object, name, new, cache])?;
        let failed = self.f.icmp_imm(IntCC::SignedLessThan, paths.result, 0);
        self.exit_if(failed, inst)
    }

    /// Calls `callable` at its array entry if it is a function whose parameters `count` positional arguments fill just so;
    /// else leaves for `slow`.
    fn call_function(
        &mut self,
        callable: clif::Value,
        known_pointer: bool,
        argv: clif::Value,
        count: clif::Value,
        slow: clif::Block,
    ) -> clif::Value {
        if !known_pointer {
            let pointer = value::is_pointer(self.f, callable);
            self.f.leave_unless(pointer, slow, &[]);
        }
        let is_function = self.has_kind(callable, Kind::Function);
        self.f.leave_unless(is_function, slow, &[]);
        let code = self.f.load(I64, callable, function::CODE, Mem::Slot);
        let arity = self.f.load(I32, code, CodeDesc::ARITY, Mem::Fixed);
        let arity = self.f.zero_extend(I64, arity);
        let fits = self.f.icmp(IntCC::Equal, arity, count);
        self.f.leave_unless(fits, slow, &[]);
        let entry = self.f.load(I64, code, CodeDesc::ENTRY, Mem::Fixed);
        self.f.call_three_words(entry, [self.ctx, callable, argv])
    }

    fn words(&mut self, args: &[Operand]) -> Result<Vec<clif::Value>, EmitError> {
        args.iter().map(|arg| self.operand(*arg)).collect()
    }

    fn call_any(&mut self, inst: &mir::InstData, callable: mir::Value, args: &[Operand]) -> Result<(), EmitError> {
        let known = self.is_known_pointer(callable);
        let callable = self.value(callable)?;
        let words = self.words(args)?;
        let argv = self.spread(&words);
        let count = self.f.iconst(I64, words.len() as i64);
        let absent = self.f.word(0);
        let paths = self.paths();
        let result = self.call_function(callable, known, argv, count, paths.slow);
        self.f.jump(paths.done, &[result]);
        self.slow_side(&paths, Intrinsic::call, &[self.ctx, callable, absent, argv, count])?;
        self.exit_unless(paths.result, inst)?;
        self.set(inst, paths.result);
        Ok(())
    }

    fn call_loaded(
        &mut self,
        inst: &mir::InstData,
        callable: mir::Value,
        receiver: Operand,
        args: &[Operand],
    ) -> Result<(), EmitError> {
        let known = self.is_known_pointer(callable);
        let callable = self.value(callable)?;
        let mut words = vec![self.operand(receiver)?];
        words.extend(self.words(args)?);
        let area = self.spread(&words);
        // Without receiver the arguments begin one word later.
        let bound = self.f.icmp_imm(IntCC::NotEqual, words[0], 0);
        let after = self.f.add_imm(area, 8);
        let argv = self.f.select(bound, area, after);
        let fewer = self.f.iconst(I64, args.len() as i64);
        let more = self.f.iconst(I64, args.len() as i64 + 1);
        let count = self.f.select(bound, more, fewer);
        let absent = self.f.word(0);
        let paths = self.paths();
        let result = self.call_function(callable, known, argv, count, paths.slow);
        self.f.jump(paths.done, &[result]);
        self.slow_side(&paths, Intrinsic::call, &[self.ctx, callable, absent, argv, count])?;
        self.exit_unless(paths.result, inst)?;
        self.set(inst, paths.result);
        Ok(())
    }

    fn call_method(
        &mut self,
        inst: &mir::InstData,
        name: Operand,
        cache: Operand,
        args: &[Operand],
    ) -> Result<(), EmitError> {
        let known = args[0].value().is_some_and(|v| self.is_known_pointer(v));
        let (name, cache) = (self.operand(name)?, self.operand(cache)?);
        let words = self.words(args)?;
        let receiver = words[0];
        let argv = self.spread(&words);
        let count = self.f.iconst(I64, words.len() as i64);
        let absent = self.f.word(0);
        let paths = self.paths();
        let payload = self.cache_hit(receiver, known, cache, paths.slow);
        let (check, call) = (self.f.block(), self.f.block());
        let method = self.f.icmp_imm(IntCC::Equal, payload, ic::METHOD as i64);
        self.f.branch(method, call, &[], check, &[]);
        self.f.switch_to(check);
        let no_dict = self.f.icmp_imm(IntCC::Equal, payload, ic::METHOD_NO_DICT as i64);
        self.f.leave_unless(no_dict, paths.slow, &[]);
        let dict = self.f.load(I64, receiver, instance::DICT, Mem::Slot);
        self.f.branch(dict, paths.slow, &[], call, &[]);
        self.f.switch_to(call);
        let callable = self.f.load(I64, cache, ic::CACHED, Mem::Global);
        // The class may lose the method while it runs.
        let held = self.f.cold_block();
        self.incref(callable, true)?;
        let result = self.call_function(callable, true, argv, count, held);
        self.decref(callable, true, false)?;
        self.f.jump(paths.done, &[result]);
        self.f.switch_to(held);
        self.f.intrinsic(Intrinsic::decref_slow, &[self.ctx, callable])?;
        self.f.jump(paths.slow, &[]);
        self.slow_side(&paths, Intrinsic::call_method, &[self.ctx, name, cache, absent, argv, count])?;
        self.exit_unless(paths.result, inst)?;
        self.set(inst, paths.result);
        Ok(())
    }

    /// A truth test: bools in line.
    fn truth(&mut self, inst: &mir::InstData, v: mir::Value) -> Result<(), EmitError> {
        let v = self.value(v)?;
        let paths = self.paths();
        let is_bool = value::is_bool(self.f, v);
        self.f.leave_unless(is_bool, paths.slow, &[]);
        let bit = self.f.and_imm(v, 1);
        self.f.jump(paths.done, &[bit]);
        self.slow_side(&paths, Intrinsic::truth, &[self.ctx, v])?;
        let failed = self.f.icmp_imm(IntCC::SignedLessThan, paths.result, 0);
        self.exit_if(failed, inst)?;
        let result = self.f.truncate(clif::I8, paths.result);
        self.set(inst, result);
        Ok(())
    }
}
