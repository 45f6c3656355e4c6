//! Makes constants again in every block that uses them, after Cranelift's optimiser and before its register allocator.
//!
//! The optimiser merges equal constants of a function and makes a copy only for the first use elsewhere; later uses share that
//! copy, which then lives in a callee-saved register or a spill slot across calls. A constant costs at most one
//! instruction, mostly none, since it becomes an operand. Invariant: afterwards no constant is used outside its block.

use cranelift_codegen::ir::{Block, Function, Inst, Opcode, Value};

/// Rewrites `func`.
pub fn rematerialise(func: &mut Function) {
    let blocks: Vec<Block> = func.layout.blocks().collect();
    for block in blocks {
        // Copies made in this block; few, so a list will do.
        let mut copies: Vec<(Value, Value)> = Vec::new();
        let insts: Vec<Inst> = func.layout.block_insts(block).collect();
        for inst in insts {
            let foreign: Vec<Value> = func.dfg.inst_values(inst).filter(|v| is_foreign(func, *v, block)).collect();
            for value in foreign {
                if copies.iter().any(|(old, _)| *old == value) {
                    continue;
                }
                if let Some(def) = func.dfg.value_def(value).inst() {
                    let copy = func.dfg.clone_inst(def);
                    func.layout.insert_inst(copy, inst);
                    copies.push((value, func.dfg.first_result(copy)));
                }
            }
            if !copies.is_empty() {
                func.dfg.map_inst_values(inst, |v| copies.iter().find(|(old, _)| *old == v).map_or(v, |(_, new)| *new));
            }
        }
    }
}

/// Whether `value` is a constant made in another block.
fn is_foreign(func: &Function, value: Value, block: Block) -> bool {
    func.dfg.value_def(value).inst().is_some_and(|inst| {
        matches!(func.dfg.insts[inst].opcode(), Opcode::Iconst | Opcode::F64const)
            && func.layout.inst_block(inst) != Some(block)
    })
}
