//! Cleaning up: unreachable blocks, parameters that are always the same value, dead operations, chains of blocks.
//!
//! Invariant: changes no behaviour and no value's type; in particular an operation that may raise, run Python code or write is never
//! removed.

use crate::mir::{Block, BlockCall, BlockData, Function, IdVec, Module, Op, Term, Value};
use molt_abi::intrinsic::{Effect, Error, Intrinsic};

/// Simplifies every function of a module.
pub fn run(module: &mut Module) {
    for function in module.functions.ids().collect::<Vec<_>>() {
        simplify(&mut module.functions[function]);
    }
}

/// Simplifies one function.
pub fn simplify(function: &mut Function) {
    clear_unreachable(function);
    remove_same_params(function);
    remove_dead(function);
    skip_empty_blocks(function);
    clear_unreachable(function);
    merge_chains(function);
}

/// Which blocks control can reach.
fn reachable(function: &Function) -> IdVec<Block, bool> {
    let mut seen: IdVec<Block, bool> = IdVec::filled(false, function.blocks.len());
    let mut work = vec![function.entry];
    seen[function.entry] = true;
    while let Some(block) = work.pop() {
        function.for_each_edge(block, |edge| {
            if !seen[edge.block] {
                seen[edge.block] = true;
                work.push(edge.block);
            }
        });
    }
    seen
}

fn clear_unreachable(function: &mut Function) {
    let seen = reachable(function);
    for (block, data) in function.blocks.iter_mut() {
        if !seen[block] {
            *data = BlockData::default();
        }
    }
}

/// How many leading parameters an exit edge of `op` to `target` passes without naming them.
fn implicit(function: &Function, op: Op, target: Block) -> usize {
    usize::from(op.raises() && function.blocks[target].landing)
}

/// Values that stand for others.
struct Renaming(IdVec<Value, Option<Value>>);

impl Renaming {
    fn new(function: &Function) -> Renaming {
        Renaming(IdVec::filled(None, function.values.len()))
    }

    fn resolve(&self, mut value: Value) -> Value {
        while let Some(next) = self.0[value] {
            value = next;
        }
        value
    }
}

/// Removes parameters to which every edge passes the same value (or the parameter itself).
fn remove_same_params(function: &mut Function) {
    let mut incoming: IdVec<Block, Vec<(Vec<Value>, usize)>> = function.blocks.ids().map(|_| Vec::new()).collect();
    for data in function.blocks.values() {
        for inst in &data.insts {
            let inst = &function.insts[*inst];
            if let Some(exit) = &inst.exit {
                incoming[exit.block].push((exit.args.clone(), implicit(function, inst.op, exit.block)));
            }
        }
        data.term.for_each_edge(|edge| incoming[edge.block].push((edge.args.clone(), 0)));
    }
    let mut renaming = Renaming::new(function);
    let first = |function: &Function, block: Block| usize::from(function.blocks[block].landing);
    let mut changed = true;
    while changed {
        changed = false;
        for block in function.blocks.ids() {
            for (i, param) in function.blocks[block].params.iter().enumerate().skip(first(function, block)) {
                if renaming.0[*param].is_some() || incoming[block].is_empty() {
                    continue;
                }
                let mut same = None;
                let all_same = incoming[block].iter().all(|(args, skip)| {
                    let value = renaming.resolve(args[i - skip]);
                    value == *param || *same.get_or_insert(value) == value
                });
                if let (true, Some(value)) = (all_same, same) {
                    renaming.0[*param] = Some(value);
                    changed = true;
                }
            }
        }
    }
    let keep: IdVec<Block, Vec<bool>> =
        function.blocks.values().map(|data| data.params.iter().map(|p| renaming.0[*p].is_none()).collect()).collect();
    drop_params(function, &keep);
    function.map_uses(|v| renaming.resolve(v));
}

/// Removes the parameters that are not kept, and what edges pass to them.
fn drop_params(function: &mut Function, keep: &IdVec<Block, Vec<bool>>) {
    fn filter<T: Copy>(items: &mut Vec<T>, keep: &[bool]) {
        let mut keep = keep.iter();
        items.retain(|_| *keep.next().expect("an argument for every parameter"));
    }
    for block in function.blocks.ids() {
        for at in 0..function.blocks[block].insts.len() {
            let inst = function.blocks[block].insts[at];
            let op = function.insts[inst].op;
            if let Some(mut exit) = function.insts[inst].exit.take() {
                let skip = implicit(function, op, exit.block);
                filter(&mut exit.args, &keep[exit.block][skip..]);
                function.insts[inst].exit = Some(exit);
            }
        }
        let data = &mut function.blocks[block];
        data.term.for_each_edge_mut(|edge| filter(&mut edge.args, &keep[edge.block]));
        filter(&mut data.params, &keep[block]);
        for (i, param) in data.params.iter().enumerate() {
            function.values[*param].def = crate::mir::Def::Param(block, i as u32);
        }
    }
}

/// Whether an operation may be removed when nothing uses its results.
fn removable(op: Op, has_exit: bool) -> bool {
    if has_exit {
        return false;
    }
    match op {
        Op::Call(Intrinsic::take_exc) => false,
        Op::Call(id) => id.row().error == Error::Never && id.row().effect <= Effect::Alloc,
        _ => op.effect() <= Effect::Alloc,
    }
}

/// Removes operations and parameters whose values are not used.
fn remove_dead(function: &mut Function) {
    let mut used: IdVec<Value, bool> = IdVec::filled(false, function.values.len());
    let mut work: Vec<Value> = Vec::new();
    let is_removable =
        |inst: &crate::mir::InstData| !inst.results.is_empty() && removable(inst.op, inst.exit.is_some());
    let mark = |value: Value, used: &mut IdVec<Value, bool>, work: &mut Vec<Value>| {
        if !used[value] {
            used[value] = true;
            work.push(value);
        }
    };
    // Roots: operands of what stays. Edge arguments count only once their parameter is used.
    let mut passed: IdVec<Value, Vec<Value>> = function.values.ids().map(|_| Vec::new()).collect();
    for block in function.blocks.ids() {
        let data = &function.blocks[block];
        for inst in &data.insts {
            let inst = &function.insts[*inst];
            if !is_removable(inst) {
                inst.args.iter().filter_map(|a| a.value()).for_each(|v| mark(v, &mut used, &mut work));
            }
            if let Some(exit) = &inst.exit {
                let skip = implicit(function, inst.op, exit.block);
                for (arg, param) in exit.args.iter().zip(&function.blocks[exit.block].params[skip..]) {
                    passed[*param].push(*arg);
                }
            }
        }
        match &data.term {
            Term::Branch { cond, .. } => mark(*cond, &mut used, &mut work),
            Term::Switch { value, .. } => mark(*value, &mut used, &mut work),
            Term::Return(value) => mark(*value, &mut used, &mut work),
            Term::ReturnSpecial { value, status } => {
                mark(*value, &mut used, &mut work);
                mark(*status, &mut used, &mut work);
            }
            Term::Unreachable | Term::Jump(_) | Term::ReturnError => {}
        }
        data.term.for_each_edge(|edge: &BlockCall| {
            for (arg, param) in edge.args.iter().zip(&function.blocks[edge.block].params) {
                passed[*param].push(*arg);
            }
        });
        if data.landing || block == function.entry {
            let kept = if data.landing { 1 } else { data.params.len() };
            data.params.iter().take(kept).for_each(|p| mark(*p, &mut used, &mut work));
        }
    }
    while let Some(value) = work.pop() {
        for arg in std::mem::take(&mut passed[value]) {
            mark(arg, &mut used, &mut work);
        }
        if let Some(inst) = function.def_inst(value)
            && is_removable(inst)
        {
            let args: Vec<Value> = inst.args.iter().filter_map(|a| a.value()).collect();
            args.into_iter().for_each(|v| mark(v, &mut used, &mut work));
        }
    }
    let keep: IdVec<Block, Vec<bool>> =
        function.blocks.values().map(|data| data.params.iter().map(|p| used[*p]).collect()).collect();
    drop_params(function, &keep);
    for block in function.blocks.ids() {
        let insts = std::mem::take(&mut function.blocks[block].insts);
        function.blocks[block].insts = insts
            .into_iter()
            .filter(|inst| {
                let data = &function.insts[*inst];
                !is_removable(data) || data.results.iter().any(|r| used[*r])
            })
            .collect();
    }
}

/// Sends edges to a block that only jumps on straight to where it jumps.
fn skip_empty_blocks(function: &mut Function) {
    let forward: IdVec<Block, Option<BlockCall>> = function
        .blocks
        .iter()
        .map(|(block, data)| match &data.term {
            Term::Jump(to)
                if data.insts.is_empty()
                    && data.params.is_empty()
                    && to.block != block
                    && !function.blocks[to.block].landing =>
            {
                Some(to.clone())
            }
            _ => None,
        })
        .collect();
    let resolve = |edge: &mut BlockCall| {
        // Bounded, since empty blocks may form a cycle (an endless loop).
        for _ in 0..forward.len() {
            match &forward[edge.block] {
                Some(next) => *edge = next.clone(),
                None => break,
            }
        }
    };
    for block in function.blocks.ids() {
        for at in 0..function.blocks[block].insts.len() {
            let inst = function.blocks[block].insts[at];
            if let Some(exit) = &mut function.insts[inst].exit {
                resolve(exit);
            }
        }
        function.blocks[block].term.for_each_edge_mut(resolve);
    }
}

/// Appends a block to its only predecessor when that ends in a jump to it.
fn merge_chains(function: &mut Function) {
    let mut preds: IdVec<Block, u32> = IdVec::filled(0, function.blocks.len());
    for block in function.blocks.ids() {
        function.for_each_edge(block, |edge| preds[edge.block] += 1);
    }
    let mut renaming = Renaming::new(function);
    for block in function.blocks.ids() {
        while let Term::Jump(to) = &function.blocks[block].term {
            let target = to.block;
            if preds[target] != 1 || target == block || target == function.entry || function.blocks[target].landing {
                break;
            }
            let args = to.args.clone();
            let next = std::mem::take(&mut function.blocks[target]);
            for (param, arg) in next.params.iter().zip(args) {
                renaming.0[*param] = Some(arg);
            }
            let data = &mut function.blocks[block];
            data.insts.extend(next.insts);
            data.term = next.term;
            preds[target] = 0;
        }
    }
    function.map_uses(|v| renaming.resolve(v));
}
