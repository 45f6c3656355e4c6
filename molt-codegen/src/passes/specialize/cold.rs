//! Cold paths: what happens where a guess was wrong, an int overflowed, or the runtime has to do an operation.
//!
//! A cold path does the operation in the runtime and then tries to get back: where a hot version of the next block needs types that
//! a few tests can establish, it tests and goes there, else to the block's generic version. Generic versions keep everything boxed and
//! guess nothing, and try to get back at loop headers. So mistakes cost time where they happen, and code size once. A path that holds
//! a reference where the hot path borrows (an item, an attribute) first goes through *twins* of the next blocks, until it is used up.
//!
//! Invariant: cold paths are compiled when all hot versions exist, and make no versions but generic ones, so that neither the
//! number nor the choice of hot versions depends on them.

use super::Spec;
use super::env::{Bias, Binding, Env};
use super::ty::Ty;
use super::version::Version;
use crate::mir::{Block, BlockCall, InstData, Op, Term, Type, Value};
use molt_abi::intrinsic::Intrinsic;

/// How many tests a path makes to get back to a hot version.
const MAX_TESTS: usize = 4;
/// How many blocks it may be until a value is used up.
const MAX_TWINS: usize = 4;
/// How many versions it tries.
const MAX_WAYS: usize = 2;
/// The number of tests where a loop begins again.
const MAX_LOOP_TESTS: usize = 12;

/// A path to be compiled later.
pub(super) struct Deferred<'a> {
    /// The output block it starts in.
    pub(super) at: Block,
    /// The source block whose rest it is.
    pub(super) block: Block,
    pub(super) env: Env,
    pub(super) task: Task<'a>,
}

/// What a cold path does first.
pub(super) enum Task<'a> {
    /// The operation, in the runtime.
    Operation(&'a InstData),
    /// Integer arithmetic beyond 64 bits: the row, its operands, the source value of the result.
    Overflow(Intrinsic, [Value; 2], Value),
    /// Nothing: the rest is an edge into a loop that expects numbers, and a value is none.
    Enter(&'a BlockCall),
    /// A specialised call gave a boxed value, by its bits: the source value of the result.
    BoxedResult(Value, Value),
}

impl<'a> Spec<'a> {
    /// Leaves a path for later.
    pub(super) fn defer(&mut self, at: Block, block: Block, env: Env, task: Task<'a>) {
        self.out.blocks[at].cold = true;
        self.deferred.push_back(Deferred { at, block, env, task });
    }

    /// Compiles a path that was left for later.
    pub(super) fn resume(&mut self, path: Deferred<'a>) {
        let Deferred { at, block, mut env, task } = path;
        self.cur = at;
        match task {
            Task::Operation(data) => self.generic(data, &mut env),
            Task::Enter(to) => {
                // The tests that a hot version needs have just failed.
                let (bindings, _) = self.passed(&env, to, 0);
                let call = self.generic_jump(to.block, &bindings);
                self.out.blocks[at].term = Term::Jump(call);
                return;
            }
            Task::Overflow(row, args, result) => {
                let big = self.call_row(row, &args, Type::Val);
                env.bind(result, Binding::new(Ty::Any, &[big]).proper().heap());
            }
            Task::BoxedResult(bits, result) => {
                let value = self.op(Op::ValFromBits, &[bits], Type::Val);
                env.bind(result, Binding::new(Ty::Any, &[value]).proper());
            }
        }
        self.finish(env, block);
    }

    /// An edge of a cold path, appended to `cur`.
    pub(super) fn cold_jump(&mut self, env: &Env, to: &BlockCall, bindings: &[Binding], types: &[Ty]) -> BlockCall {
        let (block, bias) = (to.block, env.bias);
        let lent = self.lent_to(env, to);
        if !lent.is_empty() {
            let index = self.twin(block, types.to_vec(), (bias, env.no_lists), lent);
            return self.convert_all(block, index, bindings, Vec::new());
        }
        let alike = |v: &Version| v.lent.is_empty() && v.no_lists == env.no_lists;
        let fit = |v: &Version| v.types == types && (v.bias == bias || v.bias == Bias::None) && alike(v);
        if let Some(index) = self.versions.of(block).iter().position(fit) {
            return self.convert_all(block, index, bindings, Vec::new());
        }
        let limit = match (self.predictions.is_loop_header(block), self.in_generic) {
            (true, _) => MAX_LOOP_TESTS,
            (false, true) => 0,
            (false, false) => MAX_TESTS,
        };
        let way_back = |v: &Version| v.hot && alike(v) && tests(bindings, types, &v.types).is_some_and(|n| n <= limit);
        let versions = self.versions.of(block).iter().enumerate();
        let mut ways: Vec<(bool, usize)> =
            versions.filter(|(_, v)| way_back(v)).map(|(i, v)| (v.bias != bias, i)).collect();
        ways.sort_unstable();
        ways.truncate(MAX_WAYS);
        let (start, mut first) = (self.cur, None);
        for (_, index) in ways {
            let (call, other) = self.try_version(block, index, bindings, types);
            let Some(other) = other else {
                return self.chain(start, first, call);
            };
            if first.is_none() {
                first = Some(call);
            } else {
                self.out.blocks[self.cur].term = Term::Jump(call);
            }
            self.cur = other;
        }
        let call = self.generic_jump(block, bindings);
        self.chain(start, first, call)
    }

    /// What the target gets of the values that the runtime gave this path a reference to, if it will be used up soon. To go
    /// back with such a value would make the hot path count references where it only borrows, so the path goes on by itself
    /// until the value is used up.
    fn lent_to(&self, env: &Env, to: &BlockCall) -> Vec<Value> {
        if self.in_generic {
            return Vec::new();
        }
        let soon = |v: &&Value| {
            self.live[to.block].contains(v)
                && !to.args.contains(v)
                && self.is_used_up(to.block, **v)
                && env.get(**v).ty == Ty::Any
        };
        env.lent.iter().filter(soon).copied().collect()
    }

    /// Whether nothing needs a value any more a few blocks on from `block`, on a path without branches before that.
    fn is_used_up(&self, mut block: Block, value: Value) -> bool {
        for _ in 0..MAX_TWINS {
            let mut needed = false;
            self.src.for_each_edge(block, |edge| {
                let target = &self.src.blocks[edge.block];
                needed |= !target.landing && (edge.args.contains(&value) || self.live[edge.block].contains(&value));
            });
            if !needed {
                return true;
            }
            match &self.src.blocks[block].term {
                Term::Jump(next) if !next.args.contains(&value) => block = next.block,
                _ => return false,
            }
        }
        false
    }

    /// Ends a chain of attempts: the last edge goes out of `cur`. Gives the edge out of the block where they began, and makes that
    /// `cur` again.
    fn chain(&mut self, start: Block, first: Option<BlockCall>, last: BlockCall) -> BlockCall {
        match first {
            None => last,
            Some(first) => {
                self.out.blocks[self.cur].term = Term::Jump(last);
                self.cur = start;
                first
            }
        }
    }

    /// The tests that a version wants, appended to `cur`; gives the edge to it and the block that failed tests lead to, if there
    /// are any.
    fn try_version(
        &mut self,
        block: Block,
        index: usize,
        bindings: &[Binding],
        types: &[Ty],
    ) -> (BlockCall, Option<Block>) {
        let wanted = self.versions.get(block, index).types.clone();
        let mut other = None;
        let mut found = bindings.to_vec();
        for ((binding, ty), wanted) in found.iter_mut().zip(types).zip(wanted) {
            if needs_test(binding, *ty, wanted) == Some(true) {
                let other = *other.get_or_insert_with(|| self.out.new_block());
                self.out.blocks[other].cold = true;
                *binding = self.tested(binding, wanted, other);
            }
        }
        (self.convert_all(block, index, &found, Vec::new()), other)
    }

    /// The version of a block that an exception on a cold path leads to.
    pub(super) fn cold_landing(&mut self, block: Block, types: &[Ty]) -> usize {
        let fits = |wanted: &[Ty]| types.iter().zip(wanted).all(|(t, w)| t.fits(*w));
        if let Some(index) = self.versions.of(block).iter().position(|v| fits(&v.types)) {
            return index;
        }
        self.generic_version(block)
    }

    /// An edge to the generic version.
    fn generic_jump(&mut self, block: Block, bindings: &[Binding]) -> BlockCall {
        let index = self.generic_version(block);
        self.convert_all(block, index, bindings, Vec::new())
    }

    /// Tests that a boxed value is of a type and gives it as such; leaves for `other` if it is not.
    fn tested(&mut self, binding: &Binding, ty: Ty, other: Block) -> Binding {
        let value = binding.part(0);
        let (guard, unbox) = match ty {
            Ty::Int => (Op::GuardInt, Some((Op::UnboxInt, Type::I64))),
            Ty::Float => (Op::GuardFloat, Some((Op::UnboxFloat, Type::F64))),
            Ty::Bool => (Op::GuardBool, Some((Op::UnboxBool, Type::Bool))),
            Ty::Kind(kind) => (Op::GuardKind(kind), None),
            Ty::Inst(known) => (Op::GuardType(known), None),
            _ => unreachable!("`testable` says which types can be tested"),
        };
        let exit = BlockCall::new(other, Vec::new());
        self.inst(guard, vec![value.into()], &[], Some(exit), crate::mir::Pos::NONE);
        match unbox {
            Some((op, machine)) => Binding::new(ty, &[self.op(op, &[value], machine)]),
            None => Binding::new(ty, &[value]),
        }
    }
}

/// Whether the hot form of an operation borrows what the runtime gives a reference to.
pub(super) fn borrows(op: Op) -> bool {
    matches!(op, Op::Call(Intrinsic::get_item | Intrinsic::get_attr | Intrinsic::unpack | Intrinsic::iter_next))
}

/// Whether one test can establish the type of a boxed value.
fn testable(ty: Ty) -> bool {
    matches!(ty, Ty::Int | Ty::Float | Ty::Bool | Ty::Kind(_) | Ty::Inst(_))
}

/// Whether a value that would be passed with type `ty` may be passed with type `wanted`, and if so whether that takes a test.
fn needs_test(binding: &Binding, ty: Ty, wanted: Ty) -> Option<bool> {
    if ty.fits(wanted) {
        return Some(false);
    }
    let immediate = matches!(wanted, Ty::Int | Ty::Float | Ty::Bool);
    (ty == Ty::Any && binding.ty == Ty::Any && testable(wanted) && !(immediate && binding.heap)).then_some(true)
}

/// How many tests it takes to pass values where a version wants `wanted`, if they can be passed at all.
fn tests(bindings: &[Binding], types: &[Ty], wanted: &[Ty]) -> Option<usize> {
    let mut count = 0;
    for ((binding, ty), wanted) in bindings.iter().zip(types).zip(wanted) {
        count += usize::from(needs_test(binding, *ty, *wanted)?);
    }
    Some(count)
}
