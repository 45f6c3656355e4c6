//! Backward evidence: what a value is, from what is done with it.

use super::super::{arith, compare};
use super::Loop;
use super::guess::Guess;
use super::source::{Calls, Source};
use crate::mir::{Block, IdVec, Op, Value};
use molt_abi::intrinsic::Intrinsic;
use std::collections::{BTreeMap, BTreeSet};

/// What a value is used as.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in crate::passes::specialize) enum Hint {
    /// An int or a float.
    Number,
    Int,
    List,
}

/// The values that are used as objects, or flow into or come out of such through `+` and block parameters.
pub(super) fn objects(source: &Source<'_>) -> IdVec<Value, bool> {
    use Intrinsic::{
        add, call, call_method, del_slice, get_attr, get_item, get_iter, get_slice, iadd, load_method, set_attr,
        set_item, set_slice, unpack,
    };
    let function = source.function;
    let mut objects = IdVec::filled(false, function.values.len());
    let mut flows: Vec<(Value, Value)> = Vec::new();
    for block in function.blocks.ids() {
        for inst in &function.blocks[block].insts {
            let data = &function.insts[*inst];
            let arg = |i: usize| data.args.get(i).and_then(|a| a.value());
            let used = match data.op {
                Op::Call(get_attr | set_attr | load_method | get_item | set_item | get_iter | unpack) => arg(0),
                Op::Call(get_slice) => {
                    objects[data.results[0]] = true;
                    arg(0)
                }
                Op::Call(set_slice | del_slice) => arg(0),
                Op::Call(call_method) => arg(3),
                Op::Call(call) => arg(2).filter(|_| source.calls_name(data, "len")),
                Op::Const(_) => Some(data.results[0]),
                Op::Call(add | iadd) => {
                    let operands = [arg(0), arg(1)].into_iter().flatten();
                    flows.extend(operands.map(|operand| (operand, data.results[0])));
                    None
                }
                _ => None,
            };
            if let Some(value) = used {
                objects[value] = true;
            }
        }
        function.for_each_edge(block, |edge| {
            let params = &function.blocks[edge.block].params;
            flows.extend(params.iter().rev().zip(edge.args.iter().rev()).map(|(param, arg)| (*arg, *param)));
        });
    }
    let mut changed = true;
    while changed {
        changed = false;
        for (from, to) in &flows {
            if objects[*from] != objects[*to] && !is_number(source, *from) && !is_number(source, *to) {
                (objects[*from], objects[*to], changed) = (true, true, true);
            }
        }
    }
    objects
}

/// Whether a value is a constant that is a number, or not Python's at all.
fn is_number(source: &Source<'_>, value: Value) -> bool {
    matches!(source.def(value).map(|d| d.op), Some(Op::Word(_) | Op::Iconst(_) | Op::Fconst(_) | Op::Bconst(_)))
}

/// The objects whose items are set by ints.
pub(super) fn filled(source: &Source<'_>, guesses: &IdVec<Value, Guess>) -> BTreeSet<Value> {
    let function = source.function;
    let insts = function.blocks.values().flat_map(|block| &block.insts).map(|inst| &function.insts[*inst]);
    let sets = insts.filter(|data| data.op == Op::Call(Intrinsic::set_item));
    sets.filter(|data| data.args[1].value().is_some_and(|key| guesses[key] == Guess::Int))
        .filter_map(|data| data.args[0].value())
        .collect()
}

/// The iterators that innermost loops advance, and what they were made of.
pub(super) fn inner_iters(source: &Source<'_>, loops: &BTreeMap<Block, Loop>) -> BTreeSet<Value> {
    let innermost = |header: &Block, of: &Loop| {
        of.calls != Calls::Unknown && !of.members.iter().any(|b| b != header && loops.contains_key(b))
    };
    let mut found = BTreeSet::new();
    for (_, of) in loops.iter().filter(|(header, of)| innermost(header, of)) {
        for inst in of.members.iter().flat_map(|b| &source.function.blocks[*b].insts) {
            let data = &source.function.insts[*inst];
            if data.op == Op::Call(Intrinsic::iter_next)
                && let Some(iter) = data.args[0].value()
            {
                found.insert(iter);
                found.extend(source.def(iter).and_then(|d| d.args.first()).and_then(|a| a.value()));
            }
        }
    }
    found
}

/// What the blocks of a loop use values from `outside` as.
pub(super) fn hints(
    source: &Source<'_>,
    members: &BTreeSet<Block>,
    outside: BTreeSet<Value>,
    guesses: &IdVec<Value, Guess>,
    inner_iters: &BTreeSet<Value>,
) -> Vec<(Value, Hint)> {
    let mut found: BTreeMap<Value, Hint> = BTreeMap::new();
    let mut note = |value: Option<Value>, hint: Hint| {
        if let Some(value) = value.filter(|v| outside.contains(v)) {
            found.entry(value).and_modify(|h| *h = (*h).max(hint)).or_insert(hint);
        }
    };
    for block in members {
        for inst in &source.function.blocks[*block].insts {
            let data = &source.function.insts[*inst];
            let arg = |i: usize| data.args.get(i).and_then(|a| a.value());
            let is_int = |i: usize| arg(i).is_some_and(|v| guesses[v] == Guess::Int);
            match data.op {
                Op::Call(Intrinsic::get_item | Intrinsic::set_item) if is_int(1) => note(arg(0), Hint::List),
                Op::Call(Intrinsic::get_iter) if data.results.iter().all(|r| inner_iters.contains(r)) => {
                    note(arg(0), Hint::List);
                }
                Op::Call(Intrinsic::call_method) if source.is_append(&data.args[0]) => note(arg(3), Hint::List),
                Op::Call(Intrinsic::load_method) if source.is_append(&data.args[1]) => note(arg(0), Hint::List),
                Op::Call(Intrinsic::call) if source.calls_name(data, "range") => {
                    (2..data.args.len()).for_each(|i| note(arg(i), Hint::Int));
                }
                Op::Call(id) if arith::handles(id) && data.args.len() == 2 || compare::orders(id) => {
                    for (operand, other) in [(0, 1), (1, 0)] {
                        if is_int(other) {
                            note(arg(operand), Hint::Int);
                        } else if arith::on_numbers_only(id) {
                            note(arg(operand), Hint::Number);
                        }
                    }
                }
                _ => {}
            }
        }
    }
    found.into_iter().collect()
}
