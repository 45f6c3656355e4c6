//! The versions of each block, and edges to them.
//!
//! Invariant: an edge passes, for every value its target needs, the parts that the target's version asks for. Versions are made for
//! hot paths only, at most [`MAX_VERSIONS`] of a block plus what widening adds; cold paths go to a version that exists, or to the
//! generic one (see `cold`).

use super::Spec;
use super::cold::Task;
use super::env::{Bias, Binding, Env};
use super::predict::{Hint, Worth};
use super::ty::Ty;
use crate::mir::{Block, BlockCall, IdVec, Op, Operand, Pos, Term, Type, Value};
use molt_abi::layout::Kind;
use std::collections::VecDeque;

/// How many versions a block may have before new contexts are widened.
const MAX_VERSIONS: usize = 6;
/// The same in loops that call what the compiler does not see.
const MAX_BESIDE_CALLS: usize = 3;
/// The same outside of loops, in functions with such calls.
const MAX_OUTSIDE: usize = 2;
/// The same for blocks that an exception leads to.
const MAX_LANDINGS: usize = 2;
/// How many versions there may be per source block, and beyond that, before new contexts go to versions that exist or to
/// the generic one. Versions are made breadth first, so what is cut is far from the expected types.
pub(super) const BUDGET: (usize, usize) = (5, 40);
/// The same for paths on which the tests before a loop failed.
const MAX_OTHERS: usize = 2;
/// How many versions widening may add before only the generic one is left.
const MAX_WIDENED: usize = 1;

/// One version of a block.
pub(super) struct Version {
    /// The output block.
    pub(super) target: Block,
    /// The types of the values the source block needs, in order.
    pub(super) types: Vec<Ty>,
    /// The bias of the path that asked first.
    pub(super) bias: Bias,
    /// Whether the tests before a loop failed on it.
    pub(super) no_lists: bool,
    /// Made for a hot path.
    pub(super) hot: bool,
    /// For the twin of a hot version: the values that cold paths bring references to (see `cold`).
    pub(super) lent: Vec<Value>,
}

/// All versions made so far.
pub(super) struct Versions {
    of: IdVec<Block, Vec<Version>>,
    hot: VecDeque<(Block, usize)>,
    cold: VecDeque<(Block, usize)>,
    /// How many there are.
    count: usize,
}

impl Versions {
    pub(super) fn new(blocks: usize) -> Versions {
        Versions {
            of: (0..blocks).map(|_| Vec::new()).collect(),
            hot: VecDeque::new(),
            cold: VecDeque::new(),
            count: 0,
        }
    }

    /// The next version for a hot path whose code has not been made.
    pub(super) fn next_hot(&mut self) -> Option<(Block, usize)> {
        self.hot.pop_front()
    }

    /// The next version for cold paths whose code has not been made.
    pub(super) fn next_cold(&mut self) -> Option<(Block, usize)> {
        self.cold.pop_front()
    }

    /// A version.
    pub(super) fn get(&self, block: Block, version: usize) -> &Version {
        &self.of[block][version]
    }

    /// All versions of a block.
    pub(super) fn of(&self, block: Block) -> &[Version] {
        &self.of[block]
    }
}

impl<'a> Spec<'a> {
    /// The types of the generic version.
    pub(super) fn generic_types(&self, block: Block) -> Vec<Ty> {
        self.live[block].iter().map(|v| Ty::generic(self.src.ty(*v))).collect()
    }

    /// The version of `block` that a hot context of the given types goes to.
    fn version(&mut self, block: Block, types: Vec<Ty>, path: (Bias, bool)) -> usize {
        let known = &self.versions.of[block];
        // A version that guesses ints does not serve a path that has seen floats; and paths meet only where that does not turn the
        // invariants of a loop into parameters of its blocks.
        let serves = |v: &&Version| (v.bias == path.0 || v.bias == Bias::None) && v.no_lists == path.1;
        if let Some(i) = known.iter().position(|v| v.types == types && serves(&v)) {
            return i;
        }
        let scarce = self.versions.count >= self.budget;
        let limit = match path {
            _ if self.src.blocks[block].landing => MAX_LANDINGS,
            (_, true) => MAX_OTHERS,
            _ => match self.predictions.worth(block) {
                Worth::Much => MAX_VERSIONS,
                Worth::Some => MAX_BESIDE_CALLS,
                Worth::Little => MAX_OUTSIDE,
            },
        };
        let count = known.iter().filter(|v| v.no_lists == path.1).count();
        if count < limit && !scarce {
            return self.exact_version(block, types, path);
        }
        let equal = |a: &[Ty]| a.iter().zip(&types).filter(|(x, y)| x == y).count();
        let fitting =
            known.iter().enumerate().filter(|(_, v)| serves(v) && types.iter().zip(&v.types).all(|(x, y)| x.fits(*y)));
        if let Some((i, _)) = fitting.max_by_key(|(i, v)| (equal(&v.types), usize::MAX - i)) {
            return i;
        }
        if count < limit + MAX_WIDENED && !scarce {
            let near = known.iter().max_by_key(|v| equal(&v.types)).expect("there are versions");
            let joined = near.types.iter().zip(&types).map(|(x, y)| x.join(*y)).collect();
            return self.exact_version(block, joined, path);
        }
        self.generic_version(block)
    }

    /// The generic version.
    pub(super) fn generic_version(&mut self, block: Block) -> usize {
        let types = self.generic_types(block);
        match self.versions.of[block].iter().position(|v| v.types == types && v.lent.is_empty()) {
            Some(i) => i,
            None => self.exact_version(block, types, (Bias::None, false)),
        }
    }

    /// The twin of a hot version for cold paths that bring references to `lent`.
    pub(super) fn twin(&mut self, block: Block, types: Vec<Ty>, path: (Bias, bool), lent: Vec<Value>) -> usize {
        let same = |v: &Version| v.types == types && v.lent == lent && v.bias == path.0;
        if let Some(i) = self.versions.of[block].iter().position(same) {
            return i;
        }
        let index = self.exact_version(block, types, path);
        self.versions.of[block][index].lent = lent;
        let target = self.versions.of[block][index].target;
        self.out.blocks[target].cold = true;
        index
    }

    /// A new version with these types.
    fn exact_version(&mut self, block: Block, types: Vec<Ty>, path: (Bias, bool)) -> usize {
        let (bias, no_lists) = path;
        let target = self.out.new_block();
        let source = &self.src.blocks[block];
        self.out.blocks[target].landing = source.landing;
        // Where data keep defying the guesses, the generic version of a loop is where time goes.
        self.out.blocks[target].cold = source.cold || self.cold && !self.in_loop[block];
        for part in types.iter().flat_map(|ty| ty.parts()) {
            self.out.add_param(target, *part);
        }
        let index = self.versions.of[block].len();
        self.versions.count += 1;
        self.versions.of[block].push(Version { target, types, bias, no_lists, hot: !self.cold, lent: Vec::new() });
        let queue = if self.cold { &mut self.versions.cold } else { &mut self.versions.hot };
        queue.push_back((block, index));
        index
    }

    /// The bindings that an edge passes, in the order of the target's needs, and the types to pass them with. `skip` leading
    /// parameters are passed implicitly.
    pub(super) fn passed(&self, env: &Env, to: &BlockCall, skip: usize) -> (Vec<Binding>, Vec<Ty>) {
        let params = self.src.blocks[to.block].params.len();
        self.live[to.block]
            .iter()
            .enumerate()
            .skip(skip)
            .map(|(i, value)| {
                let binding = env.get(if i < params { to.args[i - skip] } else { *value });
                if self.read[to.block].contains(value) {
                    return (binding, binding.ty);
                }
                let binding = kept(binding);
                // What a loop will keep alive is passed as such from the start, though it is unbound the first time.
                let reference = self.src.ty(*value) == Type::Val && self.predictions.guess(*value).is_reference();
                (binding, if reference { Ty::Any } else { binding.ty })
            })
            .unzip()
    }

    /// An unconditional edge out of `cur`: conversions are appended to `cur`.
    pub(super) fn jump_edge(&mut self, env: &mut Env, to: &'a BlockCall) -> BlockCall {
        if !self.cold {
            self.enter_loop(env, to);
        }
        self.plain_jump(env, to)
    }

    /// An unconditional edge as it is.
    fn plain_jump(&mut self, env: &Env, to: &BlockCall) -> BlockCall {
        let (bindings, types) = self.passed(env, to, 0);
        if self.cold {
            return self.cold_jump(env, to, &bindings, &types);
        }
        let index = self.version(to.block, types, (env.bias, env.no_lists));
        self.convert_all(to.block, index, &bindings, Vec::new())
    }

    /// Tests, on an edge into a loop, the values that the loop probably uses as numbers or lists: once here instead of in each
    /// iteration. If one is something else, the loop is entered with nothing known of any, so that there are a few versions
    /// and not one for each combination.
    fn enter_loop(&mut self, env: &mut Env, to: &'a BlockCall) {
        let hints: Vec<(Value, Hint)> = self.predictions.entry_hints(self.at, to.block).to_vec();
        let open = |env: &Env, hint: Hint| -> Vec<Value> {
            let hinted = hints.iter().filter(|(value, h)| *h == hint && env.get(*value).ty == Ty::Any);
            hinted.map(|(value, _)| *value).collect()
        };
        if self.predictions.calls(to.block) {
            // What is known of classes will not last: to enter with it would only make one more version.
            env.after_python();
        }
        let (ints, lists, numbers) = (open(env, Hint::Int), open(env, Hint::List), open(env, Hint::Number));
        if env.no_lists || ints.is_empty() && lists.is_empty() && numbers.is_empty() {
            return;
        }
        // What is no int where ints are expected is rare. What is no list may well be a tuple, a dict or a string, and numbers may be
        // of both kinds.
        if !ints.is_empty() {
            let other = self.no_number(env, to);
            self.test_each(&ints, Op::GuardInt, other, env);
        }
        if !lists.is_empty() {
            let no_list = self.out.new_block();
            let mut failed = env.clone();
            failed.no_lists = true;
            self.test_each(&lists, Op::GuardKind(Kind::List), no_list, env);
            self.jump_from(no_list, &failed, to);
        }
        if !numbers.is_empty() {
            let not_floats = self.out.new_block();
            let (mut all_ints, any) = (env.clone(), env.clone());
            self.test_each(&numbers, Op::GuardFloat, not_floats, env);
            env.bias = Bias::Float;
            let cur = std::mem::replace(&mut self.cur, not_floats);
            let other = if numbers.len() == 1 { self.no_number(&any, to) } else { self.out.new_block() };
            self.test_each(&numbers, Op::GuardInt, other, &mut all_ints);
            self.jump_from(self.cur, &all_ints, to);
            if numbers.len() > 1 {
                self.jump_from(other, &any, to);
            }
            self.cur = cur;
        }
    }

    /// A cold path into a loop with what is no number.
    fn no_number(&mut self, env: &Env, to: &'a BlockCall) -> Block {
        let block = self.out.new_block();
        self.defer(block, self.at, env.clone(), Task::Enter(to));
        block
    }

    /// Ends `block` with an edge. `cur` is kept.
    pub(super) fn jump_from(&mut self, block: Block, env: &Env, to: &BlockCall) {
        let cur = std::mem::replace(&mut self.cur, block);
        let call = self.plain_jump(env, to);
        self.out.blocks[self.cur].term = Term::Jump(call);
        self.cur = cur;
    }

    /// Tests values one by one and binds them as found; leaves for `other` at the first that fails.
    fn test_each(&mut self, values: &[Value], guard: Op, other: Block, env: &mut Env) {
        for value in values {
            let operand = Operand::Value(env.get(*value).part(0));
            self.inst(guard, vec![operand], &[], Some(BlockCall::new(other, Vec::new())), Pos::NONE);
            match guard {
                Op::GuardInt => self.bind_int(*value, env),
                Op::GuardFloat => self.bind_float(*value, env),
                _ => self.bind_kind(*value, Kind::List, env),
            }
        }
    }

    /// One edge of several out of `cur`: conversions get a block of their own.
    pub(super) fn branch_edge(&mut self, env: &Env, to: &'a BlockCall) -> BlockCall {
        let enters = !self.predictions.entry_hints(self.at, to.block).is_empty();
        if !self.cold && !enters {
            let (bindings, types) = self.passed(env, to, 0);
            let index = self.version(to.block, types, (env.bias, env.no_lists));
            let version = self.versions.get(to.block, index);
            if bindings.iter().zip(&version.types).all(|(b, t)| b.ty == *t) {
                return BlockCall::new(version.target, parts_of(&bindings));
            }
        }
        let edge = self.out.new_block();
        self.out.blocks[edge].cold = self.cold || self.src.blocks[to.block].cold;
        let cur = std::mem::replace(&mut self.cur, edge);
        let call = self.jump_edge(&mut env.clone(), to);
        self.out.blocks[self.cur].term = Term::Jump(call);
        self.cur = cur;
        BlockCall::new(edge, Vec::new())
    }

    /// The exit edge of an operation that raises, which may have run Python code before.
    pub(super) fn exit_edge(&mut self, env: &Env, to: &'a BlockCall) -> BlockCall {
        if !self.src.blocks[to.block].landing {
            return self.branch_edge(env, to);
        }
        let (mut bindings, mut types) = self.passed(env, to, 1);
        bindings.iter_mut().for_each(|b| b.ty = b.ty.after_python());
        types.iter_mut().for_each(|t| *t = t.after_python());
        types.insert(0, Ty::Raw(Type::I64));
        let index = if self.cold {
            self.cold_landing(to.block, &types)
        } else {
            self.version(to.block, types, (env.bias, env.no_lists))
        };
        let version = self.versions.get(to.block, index);
        let fits = |b: &Binding, t: &Ty| b.ty == *t || b.ty.parts() == t.parts() && !b.ty.is_virtual();
        if bindings.iter().zip(&version.types[1..]).all(|(b, t)| fits(b, t)) {
            return BlockCall::new(version.target, parts_of(&bindings));
        }
        let (edge, pos) = self.out.new_landing();
        let cur = std::mem::replace(&mut self.cur, edge);
        let call = self.convert_all(to.block, index, &bindings, vec![pos]);
        self.out.blocks[edge].term = Term::Jump(call);
        self.cur = cur;
        BlockCall::new(edge, Vec::new())
    }

    /// Appends the conversions to what a version wants to `cur`; gives the edge. `first` are parts that come before.
    pub(super) fn convert_all(
        &mut self,
        block: Block,
        index: usize,
        bindings: &[Binding],
        first: Vec<Value>,
    ) -> BlockCall {
        let version = self.versions.get(block, index);
        let (target, types) = (version.target, version.types.clone());
        let skip = first.len();
        let mut parts = first;
        for (binding, ty) in bindings.iter().zip(&types[skip..]) {
            self.convert(binding, *ty, &mut parts);
        }
        BlockCall::new(target, parts)
    }
}

/// How a value is passed on that is only kept alive: what is no reference needs no keeping, and of what is one nothing needs
/// to be known. So the types of dead variables make no versions.
fn kept(binding: Binding) -> Binding {
    match binding.counted_part() {
        Some(value) => Binding::new(Ty::Any, &[value]),
        None if matches!(binding.ty, Ty::Raw(_)) => binding,
        None => Binding::new(Ty::Word(molt_abi::value::NO_VALUE), &[]),
    }
}

/// The parts of all bindings in order.
fn parts_of(bindings: &[Binding]) -> Vec<Value> {
    bindings.iter().flat_map(|b| b.parts().to_vec()).collect()
}
