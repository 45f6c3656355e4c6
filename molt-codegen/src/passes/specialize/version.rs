//! The versions of each block, and edges to them.
//!
//! Invariant: an edge passes, for every value its target needs, the parts that the target's version asks for. The number of
//! versions of a block is bounded by [`MAX_VERSIONS`] plus what widening adds, and widening only goes up the lattice.

use super::Spec;
use super::env::{Binding, Env};
use super::ty::Ty;
use crate::mir::{Block, BlockCall, IdVec, Term, Value};
use std::collections::VecDeque;

/// How many versions a block may have before new contexts are widened.
const MAX_VERSIONS: usize = 4;
/// How many blocks a function may have per source block, and beyond that, before new contexts go to versions that exist or
/// to the generic one. Versions are made breadth first, so what is cut is far from the expected types.
pub(super) const BUDGET: (usize, usize) = (8, 60);
/// How many versions widening may add before only the generic one is left.
const MAX_WIDENED: usize = 3;

/// All versions made so far.
pub(super) struct Versions {
    of: IdVec<Block, Vec<(Block, Vec<Ty>)>>,
    work: VecDeque<(Block, usize)>,
}

impl Versions {
    pub(super) fn new(blocks: usize) -> Versions {
        Versions { of: (0..blocks).map(|_| Vec::new()).collect(), work: VecDeque::new() }
    }

    /// The next version whose code has not been made.
    pub(super) fn next(&mut self) -> Option<(Block, usize)> {
        self.work.pop_front()
    }

    /// The output block and the types of a version.
    pub(super) fn get(&self, block: Block, version: usize) -> (Block, &[Ty]) {
        let (target, types) = &self.of[block][version];
        (*target, types)
    }
}

impl Spec<'_> {
    /// The version of `block` that a context of the given types goes to.
    fn version(&mut self, block: Block, types: Vec<Ty>) -> usize {
        let src = &self.src.blocks[block];
        let generic = || -> Vec<Ty> { self.live[block].iter().map(|v| Ty::generic(self.src.ty(*v))).collect() };
        if src.landing {
            return self.exact_version(block, generic());
        }
        let known = &self.versions.of[block];
        if let Some(i) = known.iter().position(|(_, t)| *t == types) {
            return i;
        }
        let scarce = self.rare || self.out.blocks.len() > self.budget;
        if known.len() < MAX_VERSIONS && !scarce {
            return self.exact_version(block, types);
        }
        let equal = |a: &[Ty]| a.iter().zip(&types).filter(|(x, y)| x == y).count();
        let fitting = known.iter().enumerate().filter(|(_, (_, t))| types.iter().zip(t).all(|(x, y)| x.fits(*y)));
        if let Some((i, _)) = fitting.max_by_key(|(i, (_, t))| (equal(t), usize::MAX - i)) {
            return i;
        }
        if known.len() < MAX_VERSIONS + MAX_WIDENED && !scarce {
            let near = known.iter().max_by_key(|(_, t)| equal(t)).expect("there are versions");
            let joined = near.1.iter().zip(&types).map(|(x, y)| x.join(*y)).collect();
            return self.exact_version(block, joined);
        }
        let generic = generic();
        self.exact_version(block, generic)
    }

    /// The version with exactly these types, made if there is none.
    fn exact_version(&mut self, block: Block, types: Vec<Ty>) -> usize {
        if let Some(i) = self.versions.of[block].iter().position(|(_, t)| *t == types) {
            return i;
        }
        let target = self.out.new_block();
        let (landing, cold) = (self.src.blocks[block].landing, self.src.blocks[block].cold);
        self.out.blocks[target].landing = landing;
        self.out.blocks[target].cold = cold;
        for ty in &types {
            for part in ty.parts() {
                self.out.add_param(target, *part);
            }
        }
        self.versions.of[block].push((target, types));
        let index = self.versions.of[block].len() - 1;
        self.versions.work.push_back((block, index));
        index
    }

    /// The bindings that an edge passes, in the order of the target's needs. `skip` leading parameters are passed implicitly.
    fn passed(&self, env: &Env, to: &BlockCall, skip: usize) -> Vec<Binding> {
        let params = self.src.blocks[to.block].params.len();
        self.live[to.block]
            .iter()
            .enumerate()
            .skip(skip)
            .map(|(i, value)| {
                let binding = env.get(if i < params { to.args[i - skip] } else { *value });
                if self.read[to.block].contains(value) { binding } else { kept(binding) }
            })
            .collect()
    }

    /// An unconditional edge out of `cur`: conversions are appended to `cur`.
    pub(super) fn jump_edge(&mut self, env: &mut Env, to: &BlockCall) -> BlockCall {
        let bindings = self.passed(env, to, 0);
        let index = self.version(to.block, bindings.iter().map(|b| b.ty).collect());
        let (target, types) = self.versions.get(to.block, index);
        let types = types.to_vec();
        let mut parts = Vec::new();
        for (binding, ty) in bindings.iter().zip(types) {
            self.convert(binding, ty, &mut parts);
        }
        BlockCall::new(target, parts)
    }

    /// One edge of several out of `cur`: conversions get a block of their own.
    pub(super) fn branch_edge(&mut self, env: &Env, to: &BlockCall) -> BlockCall {
        let bindings = self.passed(env, to, 0);
        let index = self.version(to.block, bindings.iter().map(|b| b.ty).collect());
        let (target, types) = self.versions.get(to.block, index);
        if bindings.iter().zip(types).all(|(b, t)| b.ty == *t) {
            return BlockCall::new(target, parts_of(&bindings));
        }
        let types = types.to_vec();
        let edge = self.out.new_block();
        self.out.blocks[edge].cold = self.src.blocks[to.block].cold;
        self.convert_on(edge, target, &bindings, &types, Vec::new());
        BlockCall::new(edge, Vec::new())
    }

    /// The exit edge of an operation that raises. Landing blocks have one version, the generic one.
    pub(super) fn exit_edge(&mut self, env: &Env, to: &BlockCall) -> BlockCall {
        if !self.src.blocks[to.block].landing {
            return self.branch_edge(env, to);
        }
        let bindings = self.passed(env, to, 1);
        let index = self.version(to.block, Vec::new());
        let (target, types) = self.versions.get(to.block, index);
        let fits = |b: &Binding, t: &Ty| b.ty == *t || b.ty.parts() == t.parts() && !b.ty.is_virtual();
        if bindings.iter().zip(&types[1..]).all(|(b, t)| fits(b, t)) {
            return BlockCall::new(target, parts_of(&bindings));
        }
        let types = types[1..].to_vec();
        let (edge, pos) = self.out.new_landing();
        self.convert_on(edge, target, &bindings, &types, vec![pos]);
        BlockCall::new(edge, Vec::new())
    }

    /// Fills the block `edge` with conversions and a jump.
    fn convert_on(&mut self, edge: Block, target: Block, bindings: &[Binding], types: &[Ty], first: Vec<Value>) {
        let cur = std::mem::replace(&mut self.cur, edge);
        let mut parts = first;
        for (binding, ty) in bindings.iter().zip(types) {
            self.convert(binding, *ty, &mut parts);
        }
        self.out.blocks[edge].term = Term::Jump(BlockCall::new(target, parts));
        self.cur = cur;
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
