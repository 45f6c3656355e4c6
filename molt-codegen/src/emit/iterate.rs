//! `iter_next` in line for the iterators that loops over unknown values mostly meet: generators, lists and ranges; and the steps
//! of `yield from` and `await` that go to compiled code.
//!
//! Invariant: each form does what the runtime's does for that kind, in the cases that it tests for; all others, and the ends
//! of lists and ranges, go to the intrinsic.

use super::EmitError;
use super::clif::{self, I8, I32, I64, IntCC, Mem};
use super::fast::Paths;
use super::function::Lower;
use super::value;
use crate::mir;
use molt_abi::intrinsic::Intrinsic;
use molt_abi::layout::{Kind, ctx, generator, list, range_iter, seq_iter};
use molt_abi::value as bits;

impl Lower<'_, '_> {
    /// The next value of any iterator, or STOP.
    pub fn iter_next(&mut self, inst: &mir::InstData, iterator: mir::Value) -> Result<(), EmitError> {
        let known = self.is_known_pointer(iterator);
        let iterator = self.value(iterator)?;
        let paths = self.paths();
        if !known {
            let pointer = value::is_pointer(self.f, iterator);
            self.f.leave_unless(pointer, paths.slow, &[]);
        }
        for (kind, form) in [
            (Kind::Generator, Lower::next_of_generator as fn(&mut Self, clif::Value, &Paths) -> Result<(), EmitError>),
            (Kind::ListIter, Lower::next_of_list),
            (Kind::RangeIter, Lower::next_of_range),
        ] {
            let (here, other) = (self.f.block(), self.f.block());
            let is = self.has_kind(iterator, kind);
            self.f.branch(is, here, &[], other, &[]);
            self.f.switch_to(here);
            form(self, iterator, &paths)?;
            self.f.switch_to(other);
        }
        self.f.jump(paths.slow, &[]);
        self.slow_side(&paths, Intrinsic::iter_next, &[self.ctx, iterator])?;
        self.exit_unless(paths.result, inst)?;
        self.set(inst, paths.result);
        Ok(())
    }

    /// A step of a delegation to a coroutine or generator: what it yields, or STOP.
    pub fn delegate_next(
        &mut self,
        inst: &mir::InstData,
        iterator: mir::Value,
        sent: mir::Value,
    ) -> Result<(), EmitError> {
        let known = self.is_known_pointer(iterator);
        let (iterator, sent) = (self.value(iterator)?, self.value(sent)?);
        let paths = self.paths();
        if !known {
            let pointer = value::is_pointer(self.f, iterator);
            self.f.leave_unless(pointer, paths.slow, &[]);
        }
        let (resume, other) = (self.f.block(), self.f.block());
        let coroutine = self.has_kind(iterator, Kind::Coroutine);
        self.f.branch(coroutine, resume, &[], other, &[]);
        self.f.switch_to(other);
        let generator = self.has_kind(iterator, Kind::Generator);
        self.f.branch(generator, resume, &[], paths.slow, &[]);
        self.f.switch_to(resume);
        self.resume(iterator, sent, &paths)?;
        self.slow_side(&paths, Intrinsic::yield_from_next, &[self.ctx, iterator, sent])?;
        self.exit_unless(paths.result, inst)?;
        self.set(inst, paths.result);
        Ok(())
    }

    /// What an `await` delegates to: a coroutine that nothing awaits yet is that itself.
    pub fn get_awaitable(
        &mut self,
        inst: &mir::InstData,
        awaited: mir::Value,
        what: mir::Operand,
    ) -> Result<(), EmitError> {
        let mir::Operand::Imm(what) = what else { return Err(EmitError::internal("an immediate was expected")) };
        let known = self.is_known_pointer(awaited);
        let awaited = self.value(awaited)?;
        let what = self.f.iconst(I64, what);
        let paths = self.paths();
        if !known {
            let pointer = value::is_pointer(self.f, awaited);
            self.f.leave_unless(pointer, paths.slow, &[]);
        }
        let coroutine = self.has_kind(awaited, Kind::Coroutine);
        self.f.leave_unless(coroutine, paths.slow, &[]);
        let delegate = self.f.load(I64, awaited, generator::DELEGATE, Mem::Slot);
        self.f.leave_if(delegate, paths.slow, &[]);
        self.incref(awaited, true)?;
        self.f.jump(paths.done, &[awaited]);
        self.slow_side(&paths, Intrinsic::get_awaitable, &[self.ctx, awaited, what])?;
        self.exit_unless(paths.result, inst)?;
        self.set(inst, paths.result);
        Ok(())
    }

    /// What the iterator that just ended returned, out of the context.
    pub fn take_stop_value(&mut self, inst: &mir::InstData) {
        let word = self.f.load(I64, self.ctx, ctx::STOP_VALUE, Mem::Ctx);
        let (zero, none) = (self.f.iconst(I64, 0), self.f.word(bits::NONE));
        let absent = self.f.icmp(IntCC::Equal, word, zero);
        let taken = self.f.select(absent, none, word);
        self.f.store(zero, self.ctx, ctx::STOP_VALUE, Mem::Ctx);
        self.set(inst, taken);
    }

    /// Leaves what is returned in the context, where as a rule nothing is.
    pub fn set_stop_value(&mut self, returned: mir::Value) -> Result<(), EmitError> {
        let returned = self.value(returned)?;
        let (slow, done) = (self.f.cold_block(), self.f.block());
        let old = self.f.load(I64, self.ctx, ctx::STOP_VALUE, Mem::Ctx);
        self.f.leave_if(old, slow, &[]);
        let (zero, none) = (self.f.iconst(I64, 0), self.f.word(bits::NONE));
        let is_none = self.f.icmp(IntCC::Equal, returned, none);
        let word = self.f.select(is_none, zero, returned);
        self.f.store(word, self.ctx, ctx::STOP_VALUE, Mem::Ctx);
        self.f.jump(done, &[]);
        self.f.switch_to(slow);
        self.f.intrinsic(Intrinsic::set_stop_value, &[self.ctx, returned])?;
        self.f.jump(done, &[]);
        self.f.switch_to(done);
        Ok(())
    }

    fn next_of_generator(&mut self, object: clif::Value, paths: &Paths) -> Result<(), EmitError> {
        let none = self.f.word(bits::NONE);
        self.resume(object, none, paths)
    }

    /// Resumes what is neither running nor finished and has no handled exception of its own.
    fn resume(&mut self, object: clif::Value, sent: clif::Value, paths: &Paths) -> Result<(), EmitError> {
        let running = self.f.load(I32, object, generator::RUNNING, Mem::Slot);
        self.f.leave_if(running, paths.slow, &[]);
        let state = self.f.load(I32, object, generator::STATE, Mem::Slot);
        let done = self.f.icmp_imm(IntCC::Equal, state, i64::from(generator::DONE as i32));
        self.f.leave_if(done, paths.slow, &[]);
        let own = self.f.load(I64, object, generator::HANDLED, Mem::Slot);
        let stop_value = self.f.load(I64, self.ctx, ctx::STOP_VALUE, Mem::Ctx);
        let rare = self.f.bor(own, stop_value);
        self.f.leave_if(rare, paths.slow, &[]);

        let outer = self.f.load(I64, self.ctx, ctx::HANDLED, Mem::Ctx);
        let one = self.f.iconst(I32, 1);
        self.f.store(one, object, generator::RUNNING, Mem::Slot);
        let resume = self.f.load(I64, object, generator::RESUME, Mem::Fixed);
        let result = self.f.call_three_words(resume, [self.ctx, object, sent]);
        let zero = self.f.iconst(I32, 0);
        self.f.store(zero, object, generator::RUNNING, Mem::Slot);
        // One that is suspended while it handles an exception keeps that to itself.
        let handled = self.f.load(I64, self.ctx, ctx::HANDLED, Mem::Ctx);
        let same = self.f.icmp(IntCC::Equal, handled, outer);
        let raised = self.f.icmp_imm(IntCC::Equal, result, 0);
        let zero = self.f.iconst(I8, 0);
        let rest = self.f.select(raised, zero, same);
        let differs = self.f.cold_block();
        self.f.branch(rest, paths.done, &[result], differs, &[]);
        self.f.switch_to(differs);
        self.f.intrinsic(Intrinsic::generator_left, &[self.ctx, object, outer, result])?;
        self.f.jump(paths.done, &[result]);
        Ok(())
    }

    fn next_of_list(&mut self, iterator: clif::Value, paths: &Paths) -> Result<(), EmitError> {
        let seq = self.f.load(I64, iterator, seq_iter::SEQ, Mem::Slot);
        self.f.leave_unless(seq, paths.slow, &[]);
        let index = self.f.load(I64, iterator, seq_iter::INDEX, Mem::Slot);
        let len = self.f.load(I64, seq, list::LEN, Mem::Payload);
        let inside = self.f.icmp(IntCC::UnsignedLessThan, index, len);
        self.f.leave_unless(inside, paths.slow, &[]);
        let slot = self.list_slot(seq, index);
        let item = self.f.load(I64, slot, 0, Mem::Payload);
        let after = self.f.add_imm(index, 1);
        self.f.store(after, iterator, seq_iter::INDEX, Mem::Slot);
        self.incref(item, false)?;
        self.f.jump(paths.done, &[item]);
        Ok(())
    }

    fn next_of_range(&mut self, iterator: clif::Value, paths: &Paths) -> Result<(), EmitError> {
        let remaining = self.f.load(I64, iterator, range_iter::REMAINING, Mem::Slot);
        self.f.leave_unless(remaining, paths.slow, &[]);
        let n = self.f.load(I64, iterator, range_iter::NEXT, Mem::Slot);
        let big = value::int_too_big(self.f, n);
        self.f.leave_if(big, paths.slow, &[]);
        let step = self.f.load(I64, iterator, range_iter::STEP, Mem::Slot);
        let after = self.f.iadd(n, step);
        self.f.store(after, iterator, range_iter::NEXT, Mem::Slot);
        let fewer = self.f.add_imm(remaining, -1);
        self.f.store(fewer, iterator, range_iter::REMAINING, Mem::Slot);
        let word = value::box_int(self.f, n);
        self.f.jump(paths.done, &[word]);
        Ok(())
    }
}
