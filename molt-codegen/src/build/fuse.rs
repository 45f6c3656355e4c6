//! Joins `load_method` and `call_loaded` into `call_method` where nothing that could tell the difference stands between:
//! Python reads the method before it evaluates the arguments, which matters only if evaluating them can run code or raise.
//!
//! The joined operation has the call's position, which also keeps the range of the reading (see [`Position::METHOD`]).

use crate::mir::*;
use molt_abi::desc::Position;
use molt_abi::intrinsic::{Effect, Intrinsic};

/// Joins all pairs in one function.
pub fn fuse_methods(function: &mut Function, positions: &mut [Position]) {
    for block in function.blocks.ids() {
        let mut insts = function.blocks[block].insts.clone();
        let mut at = 0;
        while at < insts.len() {
            if function.insts[insts[at]].op == Op::Call(Intrinsic::load_method)
                && let Some(call) = partner(function, &insts, at)
            {
                join(function, insts[at], insts[call]);
                let place = |inst: usize| function.insts[insts[inst]].pos.0 as usize;
                note_reading(positions, place(at), place(call));
                insts.remove(at);
                continue;
            }
            at += 1;
        }
        function.blocks[block].insts = insts;
    }
}

/// The index of the call of the method that `insts[load]` reads, if only movable instructions are between.
fn partner(function: &Function, insts: &[Inst], load: usize) -> Option<usize> {
    let method = function.insts[insts[load]].results.first().copied()?;
    for (index, inst) in insts.iter().enumerate().skip(load + 1) {
        let data = &function.insts[*inst];
        if data.op == Op::Call(Intrinsic::call_loaded) && data.args.first() == Some(&Operand::Value(method)) {
            return Some(index);
        }
        if data.exit.is_some() || !matches!(data.op.effect(), Effect::Pure | Effect::Alloc) {
            return None;
        }
    }
    None
}

fn join(function: &mut Function, load: Inst, call: Inst) {
    // load_method(obj, name, ic) and call_loaded(callable, receiver, kwnames, args…) to
    // call_method(name, ic, kwnames, obj, args…).
    let loaded = function.insts[load].args.clone();
    let data = &mut function.insts[call];
    if let ([obj, name, ic], [_, _, kwnames, rest @ ..]) = (loaded.as_slice(), data.args.as_slice()) {
        let mut args = vec![*name, *ic, *kwnames, *obj];
        args.extend_from_slice(rest);
        data.op = Op::Call(Intrinsic::call_method);
        data.args = args;
    }
}

/// Keeps the range of the reading in the position of the call. CPython moves both to the line of the method's name, so they
/// begin on one line.
fn note_reading(positions: &mut [Position], load: usize, call: usize) {
    let (Some(load), Some(call)) = (positions.get(load).copied(), positions.get_mut(call)) else { return };
    if load.line == load.end_line && load.line == call.line {
        call.op_col = load.col;
        call.op_end = load.end_col | Position::METHOD;
    }
}
