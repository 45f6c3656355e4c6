//! Which values are known to be heap pointers where a block begins.
//!
//! A forward analysis over guards and tests of kind and type, so that counting needs no tag test. Invariant: a fact holds on
//! every path to the block; what an exit edge passes on was proven before the instruction it leaves from.

use crate::mir::{Block, BlockCall, Cfg, Function, IdVec, Op, Term, Value, ValueSet};

/// The facts at block entries.
pub type Pointers = IdVec<Block, ValueSet>;

/// What an instruction proves about its operand when control goes on behind it.
pub fn proves_pointer(op: Op) -> bool {
    matches!(op, Op::GuardKind(_) | Op::GuardType(_))
}

/// Finds the greatest solution.
pub fn analyse(function: &Function, cfg: &Cfg) -> Pointers {
    let mut entries: IdVec<Block, Option<ValueSet>> = IdVec::filled(None, function.blocks.len());
    let tests = |op: Op| proves_pointer(op) || matches!(op, Op::IsKind(_) | Op::IsPtr);
    let empty = || IdVec::filled(ValueSet::default(), function.blocks.len());
    if !function.insts.values().any(|inst| tests(inst.op)) {
        return empty();
    }
    entries[function.entry] = Some(ValueSet::default());
    // Facts only shrink, so this ends.
    let mut changed = true;
    while changed {
        changed = false;
        for &block in &cfg.rpo {
            let Some(mut now) = entries[block].clone() else {
                continue;
            };
            let data = &function.blocks[block];
            for inst in &data.insts {
                let inst = &function.insts[*inst];
                if let Some(exit) = &inst.exit {
                    changed |= meet(&mut entries, exit, &now, None);
                }
                if let Some(value) = inst.args.first().and_then(|a| a.value()).filter(|_| proves_pointer(inst.op)) {
                    now.insert(value);
                }
            }
            let mut index = 0;
            data.term.for_each_edge(|edge| {
                let proven = proven_by_branch(function, &data.term, index);
                changed |= meet(&mut entries, edge, &now, proven);
                index += 1;
            });
        }
    }
    entries.iter_mut().map(|(_, facts)| facts.take().unwrap_or_default()).collect()
}

fn proven_by_branch(function: &Function, term: &Term, index: usize) -> Option<Value> {
    let Term::Branch { cond, .. } = term else {
        return None;
    };
    let test = function.def_inst(*cond).filter(|inst| index == 0 && matches!(inst.op, Op::IsKind(_) | Op::IsPtr))?;
    test.args.first()?.value()
}

/// Intersects the target's facts with those of an edge; whether they changed.
fn meet(entries: &mut IdVec<Block, Option<ValueSet>>, edge: &BlockCall, now: &ValueSet, proven: Option<Value>) -> bool {
    let holds = |value: Value| now.contains(value) || proven == Some(value);
    let Some(known) = &mut entries[edge.block] else {
        let mut facts = now.clone();
        if let Some(value) = proven {
            facts.insert(value);
        }
        entries[edge.block] = Some(facts);
        return true;
    };
    let lost: Vec<Value> = known.iter().filter(|v| !holds(*v)).collect();
    lost.iter().for_each(|v| known.remove(*v));
    !lost.is_empty()
}
