//! Two clean-ups over a finished function that need to know which values can be 0 (unbound) and which need no reference:
//! checks of variables that are surely bound go, and so do `keep.alive`s of values that nobody counts.

use crate::mir::*;
use molt_abi::intrinsic::Effect;
use molt_abi::value;

/// Whether an operation's boxed result may be 0 for "unbound".
pub fn may_be_zero(op: &Op) -> bool {
    match op {
        Op::Word(word) => *word == value::NO_VALUE,
        Op::Load { .. }
        | Op::LoadGlobal(_)
        | Op::CellLoad
        | Op::SlotLoad(_)
        | Op::Select
        | Op::FrameLoad { .. }
        | Op::ValFromBits => true,
        // The receiver of a loaded method is 0 when there is none; it is never a variable's value.
        _ => false,
    }
}

/// Removes the checks of values that are known to be bound: by what made them, or by an earlier check on every path.
///
/// A forward dataflow over sets of values known to be bound; a block parameter is in the set if the argument is on every edge.
pub fn remove_checks(function: &mut Function) {
    // Each read of a global is a value of its own, so only checks of variables can repeat.
    let repeats = |op: &Op| matches!(op, Op::CheckBound(Unbound::Local(_) | Unbound::Free(_)));
    let has_checks = function.insts.values().any(|i| repeats(&i.op));
    if !has_checks {
        return;
    }
    let cfg = Cfg::new(function);
    let count = function.values.len();
    let mut always = ValueSet::new(count);
    for (v, data) in function.values.iter() {
        match data.def {
            Def::Inst(inst, _) if !function.insts.get(inst).is_none_or(|i| may_be_zero(&i.op)) => {
                always.insert(v);
            }
            Def::Param(block, _) if block == function.entry => {
                always.insert(v);
            }
            _ => {}
        }
    }
    // None: not reached yet, everything is known.
    let mut known_in: IdVec<Block, Option<ValueSet>> = IdVec::filled(None, function.blocks.len());
    known_in[function.entry] = Some(ValueSet::new(count));
    let mut redundant: Vec<Inst> = Vec::new();
    let mut changed = true;
    while changed {
        changed = false;
        redundant.clear();
        for &block in &cfg.rpo {
            let Some(mut known) = known_in[block].clone() else { continue };
            let data = &function.blocks[block];
            let mut flow = |edge: &BlockCall, known: &ValueSet, skip: usize| {
                let mut out = known.clone();
                for (i, param) in function.blocks[edge.block].params.iter().enumerate() {
                    let arg = i.checked_sub(skip).and_then(|i| edge.args.get(i));
                    if arg.is_some_and(|a| always.contains(*a) || known.contains(*a)) {
                        out.insert(*param);
                    } else {
                        out.remove(*param);
                    }
                }
                match &mut known_in[edge.block] {
                    Some(old) => changed |= old.intersect(&out),
                    slot => {
                        *slot = Some(out);
                        changed = true;
                    }
                }
            };
            for inst in &data.insts {
                let inst_data = &function.insts[*inst];
                let checked = match (&inst_data.op, inst_data.args.first()) {
                    (Op::CheckBound(_), Some(Operand::Value(v))) => Some(*v),
                    _ => None,
                };
                if checked.is_some_and(|v| always.contains(v) || known.contains(v)) {
                    redundant.push(*inst);
                    continue;
                }
                if let Some(exit) = &inst_data.exit {
                    flow(exit, &known, usize::from(function.blocks[exit.block].landing));
                }
                if let Some(v) = checked {
                    known.insert(v);
                }
            }
            data.term.for_each_edge(|edge| flow(edge, &known, 0));
        }
    }
    redundant.sort_unstable();
    for block in function.blocks.ids() {
        function.blocks[block].insts.retain(|inst| redundant.binary_search(inst).is_err());
    }
}

/// Drops from `keep.alive` what holds no reference of this function: parameters, constants, and what only joins those.
/// With `own_params` the function owns its arguments (a generator keeps them in its frame).
pub fn prune_keep_alive(function: &mut Function, own_params: bool) {
    let needs = counted_values(function, own_params);
    for block in function.blocks.ids() {
        let mut insts = std::mem::take(&mut function.blocks[block].insts);
        insts.retain(|inst| {
            let data = &mut function.insts[*inst];
            if data.op != Op::KeepAlive {
                return true;
            }
            data.args.retain(|arg| arg.value().is_some_and(|v| needs.contains(v)));
            !data.args.is_empty()
        });
        function.blocks[block].insts = insts;
    }
}

/// The values that may hold a reference which this function must release.
fn counted_values(function: &Function, own_params: bool) -> ValueSet {
    let mut needs = ValueSet::new(function.values.len());
    if own_params {
        function.blocks[function.entry].params.iter().for_each(|param| {
            needs.insert(*param);
        });
    }
    for (v, data) in function.values.iter() {
        if let Def::Inst(inst, index) = data.def
            && let Some(inst) = function.insts.get(inst)
        {
            let owned = inst.op.ownership(index as usize) == Ownership::Owned;
            // A borrowed value becomes owned when its container may change: it counts unless it is constant.
            let borrowed = inst.op.ownership(index as usize) == Ownership::Borrowed && inst.op.effect() > Effect::Pure;
            if data.ty == Type::Val && (owned || borrowed) {
                needs.insert(v);
            }
        }
    }
    let mut changed = true;
    while changed {
        changed = false;
        for (_, block) in function.blocks.iter() {
            let mut flow = |edge: &BlockCall, skip: usize| {
                for (param, arg) in function.blocks[edge.block].params.iter().skip(skip).zip(&edge.args) {
                    if needs.contains(*arg) && needs.insert(*param) {
                        changed = true;
                    }
                }
            };
            for inst in &block.insts {
                if let Some(exit) = &function.insts[*inst].exit {
                    flow(exit, usize::from(function.blocks[exit.block].landing));
                }
            }
            block.term.for_each_edge(|edge| flow(edge, 0));
        }
    }
    needs
}
