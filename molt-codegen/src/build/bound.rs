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

/// Where blocks times values exceed this, checks are judged by what made their values alone: the sets would be too large.
const MAX_DATAFLOW: usize = 1 << 22;

/// Removes the checks of values that are known to be bound: by what made them, or by an earlier check on every path.
pub fn remove_checks(function: &mut Function) {
    // Each read of a global is a value of its own, so only checks of variables can be superfluous.
    let of_variable = |op: &Op| matches!(op, Op::CheckBound(Unbound::Local(_) | Unbound::Free(_)));
    let has_checks =
        |f: &Function| f.blocks.values().flat_map(|b| &b.insts).any(|inst| of_variable(&f.insts[*inst].op));
    if !has_checks(function) {
        return;
    }
    let zeros = zeros(function);
    let always = function.values.ids().filter(|v| !zeros.contains(*v)).fold(ValueSet::default(), |mut set, v| {
        set.insert(v);
        set
    });
    for block in function.blocks.ids() {
        let mut insts = std::mem::take(&mut function.blocks[block].insts);
        insts.retain(|inst| {
            let data = &function.insts[*inst];
            let checked = data.args.first().and_then(|a| a.value());
            !of_variable(&data.op) || checked.is_none_or(|v| zeros.contains(v))
        });
        function.blocks[block].insts = insts;
    }
    if has_checks(function) && function.blocks.len().saturating_mul(function.values.len()) <= MAX_DATAFLOW {
        remove_repeated_checks(function, &always);
    }
}

/// The values that may be 0: what operations give, and the parameters that it flows to.
fn zeros(function: &Function) -> ValueSet {
    let mut zeros = ValueSet::new(function.values.len());
    for (v, data) in function.values.iter() {
        if let Def::Inst(inst, _) = data.def
            && function.insts.get(inst).is_none_or(|i| may_be_zero(&i.op))
        {
            zeros.insert(v);
        }
    }
    spread(function, &mut zeros);
    zeros
}

/// Adds to a set of values the block parameters that any of them is passed to.
fn spread(function: &Function, set: &mut ValueSet) {
    let mut passed: Vec<Vec<Value>> = vec![Vec::new(); function.values.len()];
    for (_, block) in function.blocks.iter() {
        let mut flow = |edge: &BlockCall, skip: usize| {
            for (param, arg) in function.blocks[edge.block].params.iter().skip(skip).zip(&edge.args) {
                passed[arg.index()].push(*param);
            }
        };
        for inst in &block.insts {
            if let Some(exit) = &function.insts[*inst].exit {
                flow(exit, usize::from(function.blocks[exit.block].landing));
            }
        }
        block.term.for_each_edge(|edge| flow(edge, 0));
    }
    let mut work: Vec<Value> = set.iter().collect();
    while let Some(v) = work.pop() {
        for param in &passed[v.index()] {
            if set.insert(*param) {
                work.push(*param);
            }
        }
    }
}

/// A forward dataflow over sets of values known to be bound; a block parameter is in the set if the argument is on every edge.
fn remove_repeated_checks(function: &mut Function, always: &ValueSet) {
    let cfg = Cfg::new(function);
    let count = function.values.len();
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
    spread(function, &mut needs);
    needs
}
