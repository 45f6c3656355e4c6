//! What kind of thing each value is for reference counting.

use crate::mir::{
    Block, Cfg, Constant, Def, Function, IdVec, Inst, Module, Op, Operand, Ownership, Region, Term, Type, Value,
};
use molt_abi::intrinsic::{Arg, Effect};

/// The kinds, ordered so that a block parameter is the greatest of its arguments' kinds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Class {
    /// Never counted: not a boxed value, or an immediate by construction.
    Raw,
    /// Kept alive by somebody else throughout the function: parameters, constants, pristine builtins, and what is read from
    /// unchanging parts of those.
    Pinned,
    /// Borrowed from something that may change: valid until something runs that can release values.
    Loan,
    /// The function holds a reference while the value is live.
    Owned,
}

/// The class of every value.
pub type Classes = IdVec<Value, Class>;

/// The parameters that an edge's arguments go to: an exit edge into a landing block passes the position by itself.
pub fn first_param(function: &Function, target: Block, is_exit: bool) -> usize {
    usize::from(is_exit && function.blocks[target].landing)
}

/// Finds the least solution: a parameter is counted only if something counted or merely lent reaches it.
pub fn classify(module: &Module, function: &Function, cfg: &Cfg) -> Classes {
    let mut classes = IdVec::filled(Class::Raw, function.values.len());
    for param in &function.blocks[function.entry].params {
        if function.ty(*param) == Type::Val {
            classes[*param] = Class::Pinned;
        }
    }
    let mut changed = true;
    while changed {
        changed = false;
        for &block in &cfg.rpo {
            let data = &function.blocks[block];
            for inst in &data.insts {
                for (index, result) in function.insts[*inst].results.iter().enumerate() {
                    let class = result_class(module, function, &classes, *inst, index, *result);
                    changed |= raise(&mut classes, *result, class);
                }
                if let Some(exit) = &function.insts[*inst].exit {
                    let first = first_param(function, exit.block, true);
                    changed |= pass(function, &mut classes, exit.block, first, &exit.args);
                }
            }
            data.term.for_each_edge(|edge| {
                changed |= pass(function, &mut classes, edge.block, 0, &edge.args);
            });
        }
    }
    classes
}

fn raise(classes: &mut Classes, value: Value, class: Class) -> bool {
    let old = classes[value];
    classes[value] = old.max(class);
    old < class
}

fn pass(function: &Function, classes: &mut Classes, target: Block, first: usize, args: &[Value]) -> bool {
    let mut changed = false;
    for (param, arg) in function.blocks[target].params[first..].iter().zip(args) {
        // A parameter that only loans reach is one itself, whatever they are borrowed from.
        changed |= raise(classes, *param, classes[*arg]);
    }
    changed
}

fn result_class(
    module: &Module,
    function: &Function,
    classes: &Classes,
    inst: Inst,
    index: usize,
    result: Value,
) -> Class {
    if function.ty(result) != Type::Val {
        return Class::Raw;
    }
    let data = &function.insts[inst];
    let operand = |n: usize| match data.args.get(n) {
        Some(Operand::Value(v)) => classes[*v],
        _ => Class::Raw,
    };
    match data.op.ownership(index) {
        Ownership::Raw => Class::Raw,
        Ownership::Owned => Class::Owned,
        Ownership::Borrowed => match data.op {
            Op::Const(id) => match module.consts.get(id) {
                Constant::Word(_) => Class::Raw,
                _ => Class::Pinned,
            },
            Op::LoadBuiltin(_) => Class::Pinned,
            // Parts that never change live as long as the whole.
            Op::TupleGet | Op::ClosureCell(_) | Op::Load { region: Region::Const, .. } => match operand(0) {
                Class::Raw | Class::Pinned => Class::Pinned,
                _ => Class::Loan,
            },
            Op::Select => match operand(1).max(operand(2)) {
                Class::Owned => Class::Loan,
                class => class,
            },
            _ => Class::Loan,
        },
    }
}

/// Whether releasing the value runs no Python code whatever it is: a number made by a row that takes only numbers.
pub fn is_leaf(function: &Function, value: Value) -> bool {
    let Def::Inst(inst, _) = function.values[value].def else {
        return false;
    };
    match function.insts[inst].op {
        Op::BoxInt => true,
        Op::Call(id) => {
            let row = id.row();
            row.effect <= Effect::Alloc && row.args.iter().all(|a| matches!(a, Arg::Int | Arg::Flt))
        }
        _ => false,
    }
}

/// The values that an instruction, once past its exit, has proven to be immediates.
pub fn proven_immediate(function: &Function, inst: Inst) -> impl Iterator<Item = Value> + '_ {
    let data = &function.insts[inst];
    let proves = matches!(data.op, Op::GuardInt | Op::GuardFloat | Op::GuardBool);
    data.args.iter().filter_map(move |a| if proves { a.value() } else { None })
}

/// The value that a terminator's edge number `index` (in the order of `for_each_edge`) proves to be an immediate or absent.
pub fn proven_on_edge(function: &Function, term: &Term, index: usize) -> Option<Value> {
    let Term::Branch { cond, .. } = term else {
        return None;
    };
    let test = function.def_inst(*cond)?;
    let proves = match test.op {
        Op::IsStop | Op::IsNone | Op::IsInt | Op::IsFloat | Op::IsBool => index == 0,
        Op::IsBound | Op::IsPtr => index == 1,
        _ => false,
    };
    if proves { test.args.first()?.value() } else { None }
}
