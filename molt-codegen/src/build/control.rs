//! Control that leaves the straight line: loops, `try`, `with`, and the ways out through them.
//!
//! An exit edge leads to the landing block of the innermost scope that has one. A landing block records the frame
//! (`traceback`), then handles or passes on with position -1, which records nothing: CPython adds a frame once per exception
//! that is raised in it.
//!
//! A `finally` block is lowered twice: once for every normal way out, with a selector that says where to go on, and once for
//! exceptions. So code size is linear in the source except where `finally` blocks nest inside `finally` blocks.

use super::delegate::Awaited;
use super::function::FunctionBuilder;
use super::ssa::Var;
use crate::diag::{Diagnostic, code};
use crate::hir::{self, Handler, NameRef};
use crate::mir::*;
use crate::source::Span;
use molt_abi::intrinsic::Intrinsic;
use molt_abi::value;

/// `finally` in `finally` doubles the code at each level.
const MAX_FINALLY_NESTING: usize = 8;

/// A way out of a scope other than by exception or at its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exit {
    /// To the code after the innermost loop.
    Break,
    /// To the innermost loop's next turn.
    Continue,
    /// With the value.
    Return(Value),
}

/// What encloses the statement being lowered.
#[derive(Clone, Debug)]
pub enum Scope {
    /// A loop.
    Loop {
        /// Target of `break`.
        after: Block,
        /// Target of `continue`.
        latch: Block,
        /// Kept alive until the loop is left.
        iterator: Option<Value>,
    },
    /// The iteration of a comprehension.
    Iteration {
        /// Kept alive until the iteration is left.
        iterator: Value,
    },
    /// A `try` body with handlers.
    Try { landing: Block },
    /// A handler, or the exceptional copy of a `finally`: an exception is the handled one.
    Handling { landing: Block, previous: Value, name: Option<NameRef>, span: Span },
    /// A `try` body, or what belongs to it, with `finally`.
    Finally { landing: Block, entry: Block, selector: Var, result: Var, exits: Vec<Exit> },
    /// A `with` body.
    With { landing: Block, exit: Value, is_async: bool, span: Span },
    /// Marks that a `finally` block itself is being lowered.
    InFinally,
}

impl Scope {
    /// Where exceptions raised in it go.
    pub fn landing(&self) -> Option<Block> {
        match self {
            Scope::Loop { .. } | Scope::Iteration { .. } | Scope::InFinally => None,
            Scope::Try { landing }
            | Scope::Handling { landing, .. }
            | Scope::Finally { landing, .. }
            | Scope::With { landing, .. } => Some(*landing),
        }
    }
}

impl FunctionBuilder<'_, '_> {
    /// Leaves all scopes up to the target of `exit`, running what has to run on the way.
    pub fn unwind(&mut self, exit: Exit) {
        let mut inner: Vec<Scope> = Vec::new();
        while !self.ssa.dead {
            let Some(scope) = self.scopes.pop() else {
                if let Exit::Return(value) = exit {
                    self.return_value(value);
                }
                break;
            };
            // What runs on the way out of a scope is no longer inside of it.
            match &scope {
                Scope::Loop { after, latch, iterator } => match exit {
                    Exit::Break => {
                        self.keep_alive(iterator.iter().copied().collect());
                        self.jump(*after);
                    }
                    Exit::Continue => self.jump(*latch),
                    Exit::Return(_) => self.keep_alive(iterator.iter().copied().collect()),
                },
                Scope::Iteration { iterator } => self.keep_alive(vec![*iterator]),
                Scope::Try { .. } | Scope::InFinally => {}
                Scope::Handling { previous, name, span, .. } => self.leave_handling(*previous, name.as_ref(), *span),
                Scope::With { exit, is_async, span, .. } => self.exit_normally(*exit, *is_async, *span),
                Scope::Finally { entry, selector, result, exits, landing } => {
                    let (entry, selector, result) = (*entry, *selector, *result);
                    let mut exits = exits.clone();
                    let same = |e: &Exit| std::mem::discriminant(e) == std::mem::discriminant(&exit);
                    let index = match exits.iter().position(same) {
                        Some(index) => index,
                        None => {
                            exits.push(exit);
                            exits.len() - 1
                        }
                    };
                    if let Exit::Return(value) = exit {
                        self.ssa.write(result, value);
                    }
                    let choice = self.int(index as i64 + 1);
                    self.ssa.write(selector, choice);
                    self.jump(entry);
                    inner.push(Scope::Finally { landing: *landing, entry, selector, result, exits });
                    break;
                }
            }
            inner.push(scope);
        }
        while let Some(scope) = inner.pop() {
            self.scopes.push(scope);
        }
    }

    /// `while`.
    pub fn while_loop(&mut self, test: &hir::Expr, body: &hir::Block, orelse: &hir::Block, span: Span) {
        let (header, start, latch, exhausted, after) = (
            self.ssa.new_block(),
            self.ssa.new_block(),
            self.ssa.new_block(),
            self.ssa.new_block(),
            self.ssa.new_block(),
        );
        self.jump(header);
        self.ssa.switch_to(header);
        self.condition(test, start, exhausted);
        self.loop_body(start, latch, header, after, None, span, |b| b.block(body));
        self.start(exhausted);
        self.block(orelse);
        self.jump(after);
        self.start(after);
    }

    /// The body from `start`, then the back edge. `header` is sealed afterwards.
    #[allow(clippy::too_many_arguments)]
    pub fn loop_body(
        &mut self,
        start: Block,
        latch: Block,
        header: Block,
        after: Block,
        iterator: Option<Value>,
        span: Span,
        body: impl FnOnce(&mut Self),
    ) {
        self.start(start);
        self.scopes.push(Scope::Loop { after, latch, iterator });
        if !self.ssa.dead {
            body(self);
        }
        self.scopes.pop();
        self.jump(latch);
        self.start(latch);
        if !self.ssa.dead {
            self.call_none(Intrinsic::poll, vec![], span);
            self.jump(header);
        }
        self.ssa.seal(header);
    }

    /// CPython's place of a loop's own errors: the whole statement, or the whole generator expression.
    pub fn loop_span(&self, statement: Span) -> Span {
        if self.f.kind == hir::FunctionKind::GenExpr { self.f.span } else { statement }
    }

    /// `for`.
    pub fn for_loop(
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
                self.call(Intrinsic::get_iter, vec![value.into()], at)
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
        let item = self.call(Intrinsic::iter_next, vec![iterator.into()], at);
        let stopped = self.value(Op::IsStop, vec![item.into()], Type::Bool);
        self.branch(stopped, exhausted, start);
        self.loop_body(start, latch, header, after, Some(iterator), at, |b| {
            b.store(target, item);
            b.block(body);
        });
        self.start(exhausted);
        self.block(orelse);
        self.jump(after);
        self.start(after);
    }

    /// `try`.
    pub fn try_stmt(
        &mut self,
        body: &hir::Block,
        handlers: &[Handler],
        orelse: &hir::Block,
        finally: &hir::Block,
        span: Span,
    ) {
        let guarded = |b: &mut Self| {
            if handlers.is_empty() {
                b.block(body);
                b.block(orelse);
            } else {
                b.try_except(body, handlers, orelse);
            }
        };
        if finally.is_empty() {
            guarded(self);
        } else {
            self.try_finally(guarded, finally, span);
        }
    }

    /// Begins a handler: records the frame, takes the exception and makes it the handled one.
    fn catch(&mut self, landing: Block, pos: Value) -> (Value, Value) {
        self.ssa.switch_to(landing);
        self.traceback(pos);
        let exc = self.value(Op::Call(Intrinsic::take_exc), vec![], Type::Val);
        let previous = self.value(Op::Call(Intrinsic::push_handled), vec![exc.into()], Type::Val);
        (exc, previous)
    }

    /// What a landing block inside of a handler does: ends the handling, passes the new exception on.
    fn abandon(&mut self, landing: Block, pos: Value, previous: Value, name: Option<&NameRef>, span: Span) {
        self.start(landing);
        if self.ssa.dead {
            return;
        }
        self.traceback(pos);
        if let Some(name) = name {
            self.unbind(name, span);
        }
        self.pop_handled(previous);
        self.propagate();
    }

    fn pop_handled(&mut self, previous: Value) {
        self.effect(Op::Call(Intrinsic::pop_handled), vec![previous.into()]);
    }

    /// `name = None; del name` at the end of a handler.
    fn unbind(&mut self, name: &NameRef, span: Span) {
        let none = self.word(value::NONE);
        self.store_name(name, none, span);
        self.delete_name(name, span);
    }

    fn leave_handling(&mut self, previous: Value, name: Option<&NameRef>, span: Span) {
        self.pop_handled(previous);
        if let Some(name) = name {
            self.unbind(name, span);
        }
    }

    fn try_except(&mut self, body: &hir::Block, handlers: &[Handler], orelse: &hir::Block) {
        let (landing, pos) = self.ssa.new_landing();
        let after = self.ssa.new_block();
        self.scopes.push(Scope::Try { landing });
        self.block(body);
        self.scopes.pop();
        self.block(orelse);
        self.jump(after);
        self.ssa.seal(landing);
        if self.ssa.has_preds(landing) {
            let (exc, previous) = self.catch(landing, pos);
            // One landing block for the tests and the bodies that bind no name.
            let (plain, plain_pos) = self.ssa.new_landing();
            let end = handlers.last().map_or(Span::at(0), |h| h.span);
            let mut matched_all = false;
            for handler in handlers {
                let handling = |landing, name| Scope::Handling { landing, previous, name, span: handler.span };
                let mut next = None;
                self.scopes.push(handling(plain, None));
                if let Some(test) = &handler.test {
                    let class = self.expr(test);
                    let matches = self.call(Intrinsic::exc_match, vec![exc.into(), class.into()], handler.span);
                    let (enter, skip) = (self.ssa.new_block(), self.ssa.new_block());
                    self.branch(matches, enter, skip);
                    self.start(enter);
                    next = Some(skip);
                } else {
                    matched_all = true;
                }
                match &handler.name {
                    None => {
                        self.block(&handler.body);
                        self.scopes.pop();
                        if !self.ssa.dead {
                            self.pop_handled(previous);
                        }
                    }
                    Some(name) => {
                        self.store_name(name, exc, handler.span);
                        self.scopes.pop();
                        let (named, named_pos) = self.ssa.new_landing();
                        self.scopes.push(handling(named, Some(name.clone())));
                        self.block(&handler.body);
                        self.scopes.pop();
                        if !self.ssa.dead {
                            self.leave_handling(previous, Some(name), handler.span);
                        }
                        self.jump(after);
                        self.abandon(named, named_pos, previous, Some(name), handler.span);
                    }
                }
                self.jump(after);
                if let Some(skip) = next {
                    self.start(skip);
                }
            }
            if !matched_all && !self.ssa.dead {
                self.reraise(exc, previous, end);
            }
            self.abandon(plain, plain_pos, previous, None, end);
        }
        self.start(after);
    }

    /// Ends the handling and makes `exc` pending again as if it had not been caught.
    fn reraise(&mut self, exc: Value, previous: Value, _span: Span) {
        self.pop_handled(previous);
        self.raising_at(Op::Call(Intrinsic::reraise), vec![exc.into()], &[], Pos::NONE);
    }

    fn try_finally(&mut self, body: impl FnOnce(&mut Self), finally: &hir::Block, span: Span) {
        let nesting = self.scopes.iter().filter(|s| matches!(s, Scope::InFinally)).count();
        if nesting >= MAX_FINALLY_NESTING {
            let message = "`finally` blocks nest too deeply in `finally` blocks";
            self.m.diagnostics.push(
                Diagnostic::error(code::TOO_DEEP, span, message).with_help("Move the inner ones into a function."),
            );
            return;
        }
        let (landing, pos) = self.ssa.new_landing();
        let (entry, after) = (self.ssa.new_block(), self.ssa.new_block());
        let (selector, result) = (self.ssa.new_var(Type::I64), self.ssa.new_var(Type::Val));
        // So that neither is carried around an enclosing loop.
        let (choice, nothing) = (self.int(0), self.word(value::NO_VALUE));
        self.ssa.write(selector, choice);
        self.ssa.write(result, nothing);
        self.scopes.push(Scope::Finally { landing, entry, selector, result, exits: Vec::new() });
        body(self);
        let exits = match self.scopes.pop() {
            Some(Scope::Finally { exits, .. }) => exits,
            _ => Vec::new(),
        };
        let falls_through = !self.ssa.dead;
        if falls_through {
            self.jump(entry);
        }
        self.start(entry);
        if !self.ssa.dead {
            self.scopes.push(Scope::InFinally);
            self.block(finally);
            self.scopes.pop();
        }
        if !self.ssa.dead {
            self.dispatch(&exits, falls_through, selector, result, after);
        }

        self.ssa.seal(landing);
        if self.ssa.has_preds(landing) {
            let (exc, previous) = self.catch(landing, pos);
            let (inner, inner_pos) = self.ssa.new_landing();
            self.scopes.push(Scope::Handling { landing: inner, previous, name: None, span });
            self.scopes.push(Scope::InFinally);
            self.block(finally);
            self.scopes.truncate(self.scopes.len().saturating_sub(2));
            if !self.ssa.dead {
                self.reraise(exc, previous, span);
            }
            self.abandon(inner, inner_pos, previous, None, span);
        }
        self.start(after);
    }

    /// Behind a `finally` block: goes on to where its selector says.
    fn dispatch(&mut self, exits: &[Exit], falls_through: bool, selector: Var, result: Var, after: Block) {
        let go = |b: &mut Self, exit: Exit| {
            let exit = match exit {
                Exit::Return(_) => Exit::Return(b.ssa.read(result)),
                other => other,
            };
            b.unwind(exit);
        };
        if exits.is_empty() {
            self.jump(after);
        } else if let ([only], false) = (exits, falls_through) {
            go(self, *only);
        } else {
            let value = self.ssa.read(selector);
            let blocks: Vec<Block> = exits.iter().map(|_| self.ssa.new_block()).collect();
            let mut cases = vec![BlockCall::new(after, Vec::new())];
            cases.extend(blocks.iter().map(|b| BlockCall::new(*b, Vec::new())));
            // Selectors are 0 to the number of exits; the last case is the default.
            let default = cases.pop().unwrap_or_else(|| BlockCall::new(after, Vec::new()));
            if !falls_through {
                cases[0] = default.clone();
            }
            self.ssa.terminate(Term::Switch { value, cases, default });
            for (block, exit) in blocks.into_iter().zip(exits) {
                self.start(block);
                go(self, *exit);
            }
        }
    }

    /// `with` and `async with`.
    pub fn with_stmt(
        &mut self,
        is_async: bool,
        context: &hir::Expr,
        target: Option<&hir::Target>,
        body: &hir::Block,
        span: Span,
    ) {
        let manager = self.expr(context);
        let names = if is_async { [("__aenter__", 2), ("__aexit__", 3)] } else { [("__enter__", 0), ("__exit__", 1)] };
        let [enter, exit] = names.map(|(name, what)| {
            let name = self.name_operand(name);
            self.call(Intrinsic::load_special, vec![manager.into(), name, Operand::Imm(what)], span)
        });
        let mut entered = self.call(Intrinsic::call, vec![enter.into(), Operand::Absent], span);
        if is_async {
            entered = self.await_value(entered, Awaited::Enter, span);
        }
        let (landing, pos) = self.ssa.new_landing();
        let after = self.ssa.new_block();
        self.scopes.push(Scope::With { landing, exit, is_async, span });
        if let Some(target) = target {
            self.store(target, entered);
        }
        self.block(body);
        self.scopes.pop();
        if !self.ssa.dead {
            self.exit_normally(exit, is_async, span);
            self.jump(after);
        }
        self.ssa.seal(landing);
        if self.ssa.has_preds(landing) {
            let (exc, previous) = self.catch(landing, pos);
            let (inner, inner_pos) = self.ssa.new_landing();
            self.scopes.push(Scope::Handling { landing: inner, previous, name: None, span });
            let swallowed = if is_async {
                let awaitable = self.call(Intrinsic::call_aexit, vec![exit.into(), exc.into()], span);
                let result = self.await_value(awaitable, Awaited::Exit, span);
                self.call(Intrinsic::truth, vec![result.into()], span)
            } else {
                self.call(Intrinsic::call_exit, vec![exit.into(), exc.into()], span)
            };
            self.scopes.pop();
            let (handled, unhandled) = (self.ssa.new_block(), self.ssa.new_block());
            self.branch(swallowed, handled, unhandled);
            self.start(handled);
            self.pop_handled(previous);
            self.jump(after);
            self.start(unhandled);
            self.reraise(exc, previous, span);
            self.abandon(inner, inner_pos, previous, None, span);
        }
        self.start(after);
    }

    /// Calls `__exit__(None, None, None)`.
    fn exit_normally(&mut self, exit: Value, is_async: bool, span: Span) {
        let none = Operand::Value(self.word(value::NONE));
        let result = self.call(Intrinsic::call, vec![exit.into(), Operand::Absent, none, none, none], span);
        if is_async {
            self.await_value(result, Awaited::Exit, span);
        }
    }
}
