//! Removes what is superfluous from a function without changing what it does: unreachable blocks, block parameters that are
//! always the same value or never used, and unused instructions without effect; then renumbers everything densely.
//!
//! Passes may leave such debris and call [`tidy`] at their end.

use super::*;
use molt_abi::intrinsic::Effect;

/// All of it.
pub fn tidy(function: &mut Function) {
    remove_unreachable(function);
    remove_trivial_params(function);
    remove_dead(function);
    compact(function);
}

/// Empties the blocks that nothing reaches, so that their edges and uses no longer count.
pub fn remove_unreachable(function: &mut Function) {
    let cfg = Cfg::new(function);
    for block in function.blocks.ids() {
        if !cfg.is_reachable(block) {
            function.blocks[block] = BlockData::default();
        }
    }
}

/// The arguments of all edges into `block`, as (predecessor, arguments aligned with the parameters from `skip` on).
fn incoming(function: &Function) -> IdVec<Block, Vec<(usize, Vec<Value>)>> {
    let mut out: IdVec<Block, Vec<(usize, Vec<Value>)>> = IdVec::filled(Vec::new(), function.blocks.len());
    for (_, block) in function.blocks.iter() {
        for inst in &block.insts {
            if let Some(exit) = &function.insts[*inst].exit {
                let skip = usize::from(function.blocks[exit.block].landing);
                out[exit.block].push((skip, exit.args.clone()));
            }
        }
        block.term.for_each_edge(|edge| out[edge.block].push((0, edge.args.clone())));
    }
    out
}

/// Whether the parameter must stay: the function's own, and the position of a landing block.
fn is_fixed(function: &Function, block: Block, index: usize) -> bool {
    block == function.entry || (function.blocks[block].landing && index == 0)
}

/// Replaces parameters whose arguments are all one value (or the parameter itself) by that value.
pub fn remove_trivial_params(function: &mut Function) {
    let incoming = incoming(function);
    let mut replaced: IdVec<Value, Option<Value>> = IdVec::filled(None, function.values.len());
    let mut changed = true;
    let mut any = false;
    while changed {
        changed = false;
        for block in function.blocks.ids() {
            for index in 0..function.blocks[block].params.len() {
                let param = function.blocks[block].params[index];
                if is_fixed(function, block, index) || replaced[param].is_some() {
                    continue;
                }
                let mut unique = None;
                let mut trivial = true;
                for (skip, args) in &incoming[block] {
                    let Some(arg) = args.get(index - skip) else {
                        trivial = false;
                        break;
                    };
                    let arg = resolve(&replaced, *arg);
                    if arg == param || unique == Some(arg) {
                        continue;
                    }
                    if unique.is_some() {
                        trivial = false;
                        break;
                    }
                    unique = Some(arg);
                }
                if trivial && let Some(value) = unique {
                    replaced[param] = Some(value);
                    changed = true;
                    any = true;
                }
            }
        }
    }
    if any {
        drop_params(function, |param| replaced[param].is_some());
        function.map_uses(|v| resolve(&replaced, v));
    }
}

fn resolve(replaced: &IdVec<Value, Option<Value>>, value: Value) -> Value {
    let mut at = value;
    while let Some(Some(next)) = replaced.get(at) {
        at = *next;
    }
    at
}

/// Removes the parameters that `drop` names, with their arguments on every edge.
pub fn drop_params(function: &mut Function, drop: impl Fn(Value) -> bool) {
    let dropped: IdVec<Block, Vec<bool>> = function
        .blocks
        .iter()
        .map(|(block, data)| {
            data.params.iter().enumerate().map(|(i, p)| !is_fixed(function, block, i) && drop(*p)).collect()
        })
        .collect();
    let prune = |edge: &mut BlockCall, skip: usize| {
        let mut index = skip;
        edge.args.retain(|_| {
            index += 1;
            !dropped[edge.block].get(index - 1).copied().unwrap_or(false)
        });
    };
    for block in function.blocks.ids() {
        for i in 0..function.blocks[block].insts.len() {
            let inst = function.blocks[block].insts[i];
            if let Some(mut exit) = function.insts[inst].exit.take() {
                let skip = usize::from(function.blocks[exit.block].landing);
                prune(&mut exit, skip);
                function.insts[inst].exit = Some(exit);
            }
        }
        function.blocks[block].term.for_each_edge_mut(|edge| prune(edge, 0));
    }
    for block in function.blocks.ids() {
        let mut index = 0;
        function.blocks[block].params.retain(|_| {
            index += 1;
            !dropped[block][index - 1]
        });
        for (i, param) in function.blocks[block].params.clone().into_iter().enumerate() {
            function.values[param].def = Def::Param(block, i as u32);
        }
    }
}

/// Whether an instruction may be dropped when its results are unused.
pub fn is_removable(inst: &InstData) -> bool {
    inst.exit.is_none() && inst.op.effect() <= Effect::Alloc
}

/// Removes unused instructions without effect and unused parameters.
pub fn remove_dead(function: &mut Function) {
    let mut used: IdVec<Value, bool> = IdVec::filled(false, function.values.len());
    let mut work: Vec<Value> = Vec::new();
    let incoming = incoming(function);
    // Roots: operands of what must stay. Arguments of edges count when their parameter does.
    for (_, block) in function.blocks.iter() {
        for inst in &block.insts {
            let data = &function.insts[*inst];
            if !is_removable(data) {
                work.extend(data.args.iter().filter_map(|a| a.value()));
            }
        }
        match &block.term {
            Term::Branch { cond, .. } => work.push(*cond),
            Term::Switch { value, .. } => work.push(*value),
            Term::Return(value) => work.push(*value),
            Term::ReturnSpecial { value, status } => work.extend([*value, *status]),
            Term::Unreachable | Term::Jump(_) | Term::ReturnError => {}
        }
        // The position of a landing block is passed by jumps explicitly and always stays.
        block.term.for_each_edge(|edge| {
            if function.blocks[edge.block].landing {
                work.extend(edge.args.first());
            }
        });
    }
    while let Some(value) = work.pop() {
        if std::mem::replace(&mut used[value], true) {
            continue;
        }
        match function.values[value].def {
            Def::Inst(inst, _) => {
                if let Some(data) = function.insts.get(inst) {
                    work.extend(data.args.iter().filter_map(|a| a.value()));
                }
            }
            Def::Param(block, index) => {
                for (skip, args) in &incoming[block] {
                    if let Some(arg) = (index as usize).checked_sub(*skip).and_then(|i| args.get(i)) {
                        work.push(*arg);
                    }
                }
            }
        }
    }
    drop_params(function, |param| !used[param]);
    for block in function.blocks.ids() {
        let mut insts = std::mem::take(&mut function.blocks[block].insts);
        insts.retain(|inst| {
            let data = &function.insts[*inst];
            !is_removable(data) || data.results.iter().any(|r| used[*r])
        });
        function.blocks[block].insts = insts;
    }
}

/// Renumbers blocks in reverse postorder with cold ones last, and instructions and values in that order.
pub fn compact(function: &mut Function) {
    let cfg = Cfg::new(function);
    let (cold, hot): (Vec<Block>, Vec<Block>) = cfg.rpo.iter().partition(|b| function.blocks[**b].cold);
    let order: Vec<Block> = hot.into_iter().chain(cold).collect();
    let mut block_map = IdVec::filled(Block(u32::MAX), function.blocks.len());
    for (i, block) in order.iter().enumerate() {
        block_map[*block] = Block(i as u32);
    }
    let mut value_map = IdVec::filled(Value(u32::MAX), function.values.len());
    let mut values = IdVec::new();
    let mut insts: IdVec<Inst, InstData> = IdVec::new();
    let mut blocks: IdVec<Block, BlockData> = IdVec::new();
    for old in &order {
        let mut data = std::mem::take(&mut function.blocks[*old]);
        let new = blocks.next_id();
        for (i, param) in data.params.iter_mut().enumerate() {
            let ty = function.values[*param].ty;
            let fresh = values.push(ValueData { ty, def: Def::Param(new, i as u32) });
            value_map[*param] = fresh;
            *param = fresh;
        }
        for inst in &mut data.insts {
            let mut inst_data = function.insts[*inst].clone();
            let id = insts.next_id();
            for (i, result) in inst_data.results.iter_mut().enumerate() {
                let ty = function.values[*result].ty;
                let fresh = values.push(ValueData { ty, def: Def::Inst(id, i as u32) });
                value_map[*result] = fresh;
                *result = fresh;
            }
            *inst = insts.push(inst_data);
        }
        blocks.push(data);
    }
    function.entry = block_map[function.entry];
    function.blocks = blocks;
    function.insts = insts;
    function.values = values;
    // A number that nothing defines any more stays out of range: the verifier reports its use.
    function.map_uses(|v| value_map.get(v).copied().unwrap_or(v));
    let retarget = |edge: &mut BlockCall| edge.block = block_map[edge.block];
    for (_, data) in function.insts.iter_mut() {
        data.exit.iter_mut().for_each(retarget);
    }
    for (_, data) in function.blocks.iter_mut() {
        data.term.for_each_edge_mut(retarget);
    }
}
