//! Forward guesses: what a value is, from what defines it.

use super::super::{arith, compare};
use super::source::Source;
use crate::mir::{IdVec, InstData, Op, Value};
use molt_abi::intrinsic::Intrinsic;
use molt_abi::value as word;

/// The guess for one value, a lattice from [`Guess::Bottom`] to [`Guess::Unknown`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::passes::specialize) enum Guess {
    /// Nothing says anything yet: unbound, `None`, or a cycle that only feeds itself.
    Bottom,
    Int,
    Float,
    Bool,
    /// A list made by the function itself.
    List,
    /// An object of some other type.
    Object,
    Unknown,
}

impl Guess {
    fn join(self, other: Guess) -> Guess {
        match (self, other) {
            (a, b) if a == b => a,
            (Guess::Bottom, x) | (x, Guess::Bottom) => x,
            _ => Guess::Unknown,
        }
    }

    /// Whether a value of this guess is probably a reference that has to be counted.
    pub(in crate::passes::specialize) fn is_reference(self) -> bool {
        matches!(self, Guess::List | Guess::Object | Guess::Unknown)
    }
}

/// The guess for the result of an instruction, from those for its operands.
fn of_inst(source: &Source<'_>, data: &InstData, guesses: &IdVec<Value, Guess>) -> Guess {
    let operand = |i: usize| data.args.get(i).and_then(|a| a.value()).map_or(Guess::Unknown, |v| guesses[v]);
    match data.op {
        Op::Word(w) if word::is_int(w) => Guess::Int,
        Op::Word(w) if word::is_float(w) => Guess::Float,
        Op::Word(word::TRUE | word::FALSE) => Guess::Bool,
        Op::Word(_) => Guess::Bottom,
        Op::Const(_) => Guess::Object,
        Op::Call(Intrinsic::build_list) => Guess::List,
        Op::Call(
            Intrinsic::build_tuple
            | Intrinsic::build_dict
            | Intrinsic::build_set
            | Intrinsic::build_string
            | Intrinsic::build_slice,
        ) => Guess::Object,
        Op::Call(Intrinsic::get_slice) => operand(0),
        Op::Call(Intrinsic::call) => match (source.called_name(data), data.args.len()) {
            (Some("list" | "sorted"), _) => Guess::List,
            (Some("max" | "min"), 4) => operand(2).join(operand(3)),
            _ => Guess::Unknown,
        },
        Op::Call(Intrinsic::iter_next) => {
            let iter = data.args[0].value().and_then(|v| source.def(v));
            let over = iter.filter(|d| d.op == Op::Call(Intrinsic::get_iter)).and_then(|d| d.args[0].value());
            if over.is_some_and(|v| source.is_range(v)) { Guess::Int } else { Guess::Unknown }
        }
        Op::Call(id) if arith::is_true_division(id) => match (operand(0), operand(1)) {
            (Guess::Bottom, _) | (_, Guess::Bottom) => Guess::Bottom,
            (Guess::Int | Guess::Float | Guess::Bool, _) | (_, Guess::Int | Guess::Float) => Guess::Float,
            _ => Guess::Unknown,
        },
        Op::Call(id) if arith::handles(id) && data.args.len() == 2 => match (operand(0), operand(1)) {
            (Guess::Bottom, _) | (_, Guess::Bottom) => Guess::Bottom,
            (Guess::Int | Guess::Bool, Guess::Int | Guess::Bool) => Guess::Int,
            (Guess::Float, Guess::Int | Guess::Float | Guess::Unknown)
            | (Guess::Int | Guess::Unknown, Guess::Float) => Guess::Float,
            (Guess::List, _) | (_, Guess::List) => Guess::List,
            _ => Guess::Unknown,
        },
        Op::Call(id) if arith::handles(id) => operand(0),
        Op::Call(id) if compare::handles(id) => Guess::Bool,
        _ => Guess::Unknown,
    }
}

/// The guesses for all values of a function.
pub(super) fn guesses(source: &Source<'_>) -> IdVec<Value, Guess> {
    let function = source.function;
    let mut guesses = IdVec::filled(Guess::Bottom, function.values.len());
    for param in &function.blocks[function.entry].params {
        guesses[*param] = Guess::Unknown;
    }
    let mut changed = true;
    while changed {
        changed = false;
        for block in function.blocks.ids() {
            let data = &function.blocks[block];
            for inst in &data.insts {
                let inst = &function.insts[*inst];
                let guess = of_inst(source, inst, &guesses);
                for result in &inst.results {
                    let joined = guesses[*result].join(guess);
                    changed |= joined != guesses[*result];
                    guesses[*result] = joined;
                }
            }
            function.for_each_edge(block, |edge| {
                let params = &function.blocks[edge.block].params;
                // An exit edge passes a landing block's position by itself.
                for (param, arg) in params.iter().rev().zip(edge.args.iter().rev()) {
                    let joined = guesses[*param].join(guesses[*arg]);
                    changed |= joined != guesses[*param];
                    guesses[*param] = joined;
                }
            });
        }
    }
    guesses
}
