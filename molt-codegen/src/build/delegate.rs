//! `yield from`, `await` and what awaits implicitly: `async for` and the methods of `async with`.
//!
//! All of them delegate: each value that the inner iterator yields is yielded, what is sent or thrown in goes to the inner
//! iterator, and its return value is the result. An `await` is a delegation to what `__await__` gives (PEP 492).

use super::control::Scope;
use super::function::FunctionBuilder;
use crate::hir::{self, Expr, NameRef};
use crate::mir::*;
use crate::source::Span;
use molt_abi::intrinsic::Intrinsic;
use molt_abi::value;

/// What is awaited, for the words of the TypeError; the operand `what` of `get_awaitable`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Awaited {
    /// The operand of `await`.
    Expression = 0,
    /// The result of `__aenter__`.
    Enter = 1,
    /// The result of `__aexit__`.
    Exit = 2,
}

impl FunctionBuilder<'_, '_> {
    /// `yield from`.
    pub fn yield_from(&mut self, iterable: &Expr, span: Span) -> Value {
        let operand = self.expr(iterable);
        let iterator = self.call(Intrinsic::yield_from_iter, vec![operand.into()], span);
        self.delegate(iterator, span)
    }

    /// `await`.
    pub fn await_value(&mut self, awaited: Value, what: Awaited, span: Span) -> Value {
        let what = Operand::Imm(what as i64);
        let iterator = self.call(Intrinsic::get_awaitable, vec![awaited.into(), what], span);
        self.delegate(iterator, span)
    }

    /// Delegates until the iterator is done; an exception thrown in goes to the iterator first.
    fn delegate(&mut self, iterator: Value, span: Span) -> Value {
        let none = self.word(value::NONE);
        let (step, suspend, done) = (self.ssa.new_block(), self.ssa.new_block(), self.ssa.new_block());
        let sent = self.ssa.func.add_param(step, Type::Val);
        let item = self.ssa.func.add_param(suspend, Type::Val);
        self.jump_with(step, none);

        let (thrown, _) = self.ssa.new_landing();
        self.ssa.switch_to(step);
        let next = self.call(Intrinsic::yield_from_next, vec![iterator.into(), sent.into()], span);
        self.stop_or(next, done, suspend);

        self.ssa.switch_to(suspend);
        let pos = self.pos(span);
        let exit = BlockCall::new(thrown, Vec::new());
        let args = vec![item.into(), iterator.into()];
        let inst = self.ssa.inst(Op::Yield, args, &[Type::Val], Some(exit), pos);
        let sent_value = self.ssa.func.insts[inst].results[0];
        self.jump_with(step, sent_value);
        self.ssa.seal(step);

        self.start(thrown);
        let next = self.call(Intrinsic::yield_from_throw, vec![iterator.into()], span);
        self.stop_or(next, done, suspend);
        self.ssa.seal(suspend);

        self.start(done);
        self.value(Op::Call(Intrinsic::take_stop_value), vec![], Type::Val)
    }

    /// Branches on whether an iterator's step gave STOP, else goes on with the item.
    fn stop_or(&mut self, next: Value, done: Block, go_on: Block) {
        let stopped = self.value(Op::IsStop, vec![next.into()], Type::Bool);
        self.ssa.terminate(Term::Branch {
            cond: stopped,
            then: BlockCall::new(done, Vec::new()),
            els: BlockCall::new(go_on, vec![next]),
        });
    }

    /// `async for`.
    pub fn async_for_loop(
        &mut self,
        target: &hir::Target,
        iter: &hir::Iter,
        body: &hir::Block,
        orelse: &hir::Block,
        span: Span,
    ) {
        let at = self.loop_span(span);
        let iterator = match iter {
            hir::Iter::Value(iterable) => {
                let value = self.expr(iterable);
                self.call(Intrinsic::get_aiter, vec![value.into()], at)
            }
            hir::Iter::Iterator(local) => self.read_name(&NameRef::Local(*local), at),
        };
        let (header, start, latch, exhausted, after) = (
            self.ssa.new_block(),
            self.ssa.new_block(),
            self.ssa.new_block(),
            self.ssa.new_block(),
            self.ssa.new_block(),
        );
        self.jump(header);
        self.ssa.switch_to(header);
        let item = self.async_next(iterator, exhausted, at);
        self.jump(start);
        self.loop_body(start, latch, header, after, Some(iterator), at, |b| {
            b.store(target, item);
            b.block(body);
        });
        self.start(exhausted);
        self.block(orelse);
        self.jump(after);
        self.start(after);
    }

    /// The next item of an asynchronous iterator. StopAsyncIteration from `__anext__` or from what it returned leads to `exhausted`;
    /// it is no exception of this function, so nothing handles it.
    pub fn async_next(&mut self, iterator: Value, exhausted: Block, at: Span) -> Value {
        let (landing, pos) = self.ssa.new_landing();
        self.scopes.push(Scope::Try { landing });
        let awaitable = self.call(Intrinsic::get_anext, vec![iterator.into()], at);
        let item = self.delegate(awaitable, at);
        self.scopes.pop();
        let go_on = self.ssa.new_block();
        self.jump(go_on);
        self.start(landing);
        self.traceback(pos);
        self.raising_at(Op::Call(Intrinsic::end_async_for), vec![], &[], Pos::NONE);
        self.jump(exhausted);
        self.start(go_on);
        item
    }
}
