//! How a clone returns: boxed, or as a machine int with a status.
//!
//! A guess from the shape of the source: a clone whose returns are int arithmetic on its int parameters, int constants or
//! results of calls hands out machine ints. Invariant: a wrong guess costs time only, since a value of another type goes out
//! boxed under [`STATUS_BOXED`](crate::mir::STATUS_BOXED).

use super::ty::Ty;
use crate::mir::{Def, Function, Op, RetConv, Term, Type, Value};
use molt_abi::intrinsic::Intrinsic;
use molt_abi::value as word;
use std::collections::BTreeSet;

/// What a returned value looks like.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Guess {
    /// Says nothing: the result of a call.
    Open,
    /// An int.
    Int,
    /// Something else.
    Other,
}

/// The convention of the clone of `source` for parameters of these types.
pub(super) fn convention(source: &Function, types: &[Ty]) -> RetConv {
    if types.contains(&Ty::Float) {
        return RetConv::Boxed;
    }
    let mut seen = BTreeSet::new();
    let returned = source.blocks.values().filter_map(|block| match block.term {
        Term::Return(value) => Some(value),
        _ => None,
    });
    let guess = returned.map(|value| guess(source, types, value, &mut seen)).max();
    if guess == Some(Guess::Int) { RetConv::Special(Type::I64) } else { RetConv::Boxed }
}

fn guess(source: &Function, types: &[Ty], value: Value, seen: &mut BTreeSet<Value>) -> Guess {
    if !seen.insert(value) {
        return Guess::Open;
    }
    match source.values[value].def {
        Def::Param(block, index) if block == source.entry => match types.get(index as usize) {
            Some(Ty::Int) => Guess::Int,
            _ => Guess::Other,
        },
        Def::Param(target, index) => {
            let mut incoming = Vec::new();
            for block in source.blocks.ids() {
                source.for_each_edge(block, |edge| {
                    if edge.block == target {
                        incoming.extend(edge.args.get(index as usize));
                    }
                });
            }
            incoming.into_iter().map(|v| guess(source, types, v, seen)).max().unwrap_or(Guess::Open)
        }
        Def::Inst(inst, _) => {
            let data = &source.insts[inst];
            let operands = |seen: &mut BTreeSet<Value>| {
                let values = data.args.iter().filter_map(|a| a.value());
                values.map(|v| guess(source, types, v, seen)).max().unwrap_or(Guess::Open)
            };
            match data.op {
                Op::Word(w) if word::is_int(w) => Guess::Int,
                Op::Call(id) if is_int_arithmetic(id) => match operands(seen) {
                    Guess::Other => Guess::Other,
                    _ => Guess::Int,
                },
                Op::Call(Intrinsic::call | Intrinsic::call_method | Intrinsic::call_loaded) => Guess::Open,
                _ => Guess::Other,
            }
        }
    }
}

/// Operators that give an int for ints.
fn is_int_arithmetic(id: Intrinsic) -> bool {
    use Intrinsic::*;
    matches!(
        id,
        add | sub
            | mul
            | floordiv
            | rem
            | bitand
            | bitor
            | bitxor
            | lshift
            | rshift
            | iadd
            | isub
            | imul
            | ifloordiv
            | irem
            | ibitand
            | ibitor
            | ibitxor
            | ilshift
            | irshift
            | neg
    )
}
