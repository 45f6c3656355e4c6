//! Preparation: speculative operations are made the last of their blocks, and each block's needs are computed.
//!
//! Invariant: splitting changes no behaviour; afterwards a block has at most one speculative operation, its last.

use super::is_speculative;
use crate::mir::{Block, BlockCall, BlockData, Def, Function, Id, IdVec, Inst, Op, Term, Value};
use std::collections::BTreeSet;

/// The position of a block's speculative operation: the last one, but for tests of its result that the terminator branches on.
pub(super) fn speculative(function: &Function, insts: &[Inst]) -> Option<usize> {
    let at = insts.iter().position(|i| is_speculative(function.insts[*i].op))?;
    is_tail(function, &insts[at + 1..]).then_some(at)
}

/// Whether nothing but tests follows.
fn is_tail(function: &Function, insts: &[Inst]) -> bool {
    insts.iter().all(|i| matches!(function.insts[*i].op, Op::IsStop | Op::IsBound | Op::IsNone | Op::Bnot))
}

/// Ends blocks after speculative operations. A branch that directly follows one stays with it, so that a comparison and its
/// branch are compiled together.
pub(super) fn split(function: &mut Function) {
    let mut work: Vec<Block> = function.blocks.ids().collect();
    while let Some(block) = work.pop() {
        let insts = &function.blocks[block].insts;
        let Some(at) = insts.iter().position(|i| is_speculative(function.insts[*i].op)) else { continue };
        let branches = matches!(function.blocks[block].term, Term::Branch { .. });
        let rest = &insts[at + 1..];
        if rest.is_empty() || branches && is_tail(function, rest) {
            continue;
        }
        let rest = function.blocks[block].insts.split_off(at + 1);
        let cold = function.blocks[block].cold;
        let term = std::mem::take(&mut function.blocks[block].term);
        let next = function.blocks.push(BlockData { params: Vec::new(), insts: rest, term, landing: false, cold });
        function.blocks[block].term = Term::Jump(BlockCall::new(next, Vec::new()));
        work.push(next);
    }
}

/// For each block the values it needs: its parameters in order, then the others it or its successors use, by id.
pub(super) fn live_ins(function: &Function) -> IdVec<Block, Vec<Value>> {
    let mut live: IdVec<Block, BTreeSet<Value>> = function.blocks.ids().map(|_| BTreeSet::new()).collect();
    let mut changed = true;
    while changed {
        changed = false;
        for block in function.blocks.ids().rev() {
            let data = &function.blocks[block];
            let mut set = BTreeSet::new();
            let through = |edge: &BlockCall, set: &mut BTreeSet<Value>| {
                let params = &function.blocks[edge.block].params;
                set.extend(live[edge.block].iter().filter(|v| !params.contains(v)));
                set.extend(&edge.args);
            };
            data.term.for_each_use(|v| {
                set.insert(v);
            });
            data.term.for_each_edge(|edge| through(edge, &mut set));
            for inst in data.insts.iter().rev() {
                let inst = &function.insts[*inst];
                for result in &inst.results {
                    set.remove(result);
                }
                inst.for_each_use(|v| {
                    set.insert(v);
                });
                if let Some(exit) = &inst.exit {
                    through(exit, &mut set);
                }
            }
            if set.len() != live[block].len() {
                live[block] = set;
                changed = true;
            }
        }
    }
    function
        .blocks
        .ids()
        .map(|block| {
            let params = &function.blocks[block].params;
            let others =
                live[block].iter().filter(|v| !matches!(function.values[**v].def, Def::Param(b, _) if b == block));
            params.iter().chain(others).copied().collect()
        })
        .collect()
}

/// For each block the values that it or what follows reads: needs that come from `keep.alive` alone are left out.
pub(super) fn read_ins(function: &Function) -> IdVec<Block, BTreeSet<Value>> {
    let mut read: IdVec<Block, BTreeSet<Value>> = function.blocks.ids().map(|_| BTreeSet::new()).collect();
    let mut changed = true;
    while changed {
        changed = false;
        for block in function.blocks.ids().rev() {
            let data = &function.blocks[block];
            let mut set = BTreeSet::new();
            let through = |edge: &BlockCall, skip: usize, set: &mut BTreeSet<Value>| {
                let params = &function.blocks[edge.block].params;
                set.extend(read[edge.block].iter().filter(|v| !params.contains(v)));
                let args = params.iter().skip(skip).zip(&edge.args);
                set.extend(args.filter(|(p, _)| read[edge.block].contains(p)).map(|(_, a)| *a));
            };
            match &data.term {
                Term::Branch { cond: v, .. } | Term::Switch { value: v, .. } | Term::Return(v) => {
                    set.insert(*v);
                }
                Term::ReturnSpecial { value, status } => set.extend([*value, *status]),
                Term::Unreachable | Term::Jump(_) | Term::ReturnError => {}
            }
            data.term.for_each_edge(|edge| through(edge, 0, &mut set));
            for inst in data.insts.iter().rev() {
                let inst = &function.insts[*inst];
                for result in &inst.results {
                    set.remove(result);
                }
                if inst.op != Op::KeepAlive {
                    set.extend(inst.args.iter().filter_map(|a| a.value()));
                }
                if let Some(exit) = &inst.exit {
                    through(exit, usize::from(function.blocks[exit.block].landing), &mut set);
                }
            }
            if set.len() != read[block].len() {
                read[block] = set;
                changed = true;
            }
        }
    }
    read
}

/// Which blocks lie on a cycle (Tarjan's strongly connected components, without recursion).
pub(super) fn blocks_in_loops(function: &Function) -> IdVec<Block, bool> {
    let count = function.blocks.len();
    let successors: Vec<Vec<usize>> = function
        .blocks
        .ids()
        .map(|block| {
            let mut to = Vec::new();
            function.for_each_edge(block, |edge| to.push(edge.block.index()));
            to
        })
        .collect();
    const NEW: usize = usize::MAX;
    let (mut index, mut low, mut on_stack) = (vec![NEW; count], vec![0; count], vec![false; count]);
    let (mut stack, mut next, mut in_loop) = (Vec::new(), 0, vec![false; count]);
    for root in 0..count {
        if index[root] != NEW {
            continue;
        }
        let mut path = vec![(root, 0)];
        while let Some((node, edge)) = path.last_mut() {
            let node = *node;
            if *edge == 0 && index[node] == NEW {
                index[node] = next;
                low[node] = next;
                next += 1;
                stack.push(node);
                on_stack[node] = true;
            }
            if let Some(&to) = successors[node].get(*edge) {
                *edge += 1;
                if index[to] == NEW {
                    path.push((to, 0));
                } else if on_stack[to] {
                    low[node] = low[node].min(index[to]);
                }
                continue;
            }
            if low[node] == index[node] {
                let mut members = Vec::new();
                while let Some(member) = stack.pop() {
                    on_stack[member] = false;
                    members.push(member);
                    if member == node {
                        break;
                    }
                }
                if members.len() > 1 || successors[node].contains(&node) {
                    members.into_iter().for_each(|m| in_loop[m] = true);
                }
            }
            path.pop();
            if let Some((parent, _)) = path.last() {
                low[*parent] = low[*parent].min(low[node]);
            }
        }
    }
    in_loop.into_iter().collect()
}
