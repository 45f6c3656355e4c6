//! What values will probably be: hints for versions, never relied upon.
//!
//! A forward analysis guesses the type of each value from what defines it; a loop's *entry hints* say what values that are
//! defined outside of the loop are used as inside it, so that one test before the loop replaces one in each iteration.
//! Invariant: a wrong guess costs time only, since whatever is done on its account is guarded.

use super::arith;
use super::compare;
use crate::mir::cfg::{Cfg, Dominators};
use crate::mir::{Block, Def, Function, GlobalId, IdVec, InstData, Module, Op, Operand, Value};
use molt_abi::intrinsic::Intrinsic;
use molt_abi::value as word;
use std::collections::{BTreeMap, BTreeSet};

/// The guess for one value, a lattice from [`Guess::Bottom`] to [`Guess::Unknown`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Guess {
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
    pub(super) fn is_reference(self) -> bool {
        matches!(self, Guess::List | Guess::Object | Guess::Unknown)
    }
}

/// What a value is used as.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Hint {
    /// An int or a float.
    Number,
    Int,
    List,
}

/// A loop: its blocks, and the hints for values that come from outside.
#[derive(Default)]
struct Loop {
    members: BTreeSet<Block>,
    hints: Vec<(Value, Hint)>,
    /// Whether it calls anything.
    calls: bool,
}

/// The guesses for one function.
pub(super) struct Predictions {
    guesses: IdVec<Value, Guess>,
    loops: BTreeMap<Block, Loop>,
    /// Iterators, and results of calls that are iterated over, whose loop contains no other loop.
    inner_iters: BTreeSet<Value>,
    /// Values whose use says that they are no numbers.
    objects: IdVec<Value, bool>,
    /// Blocks of loops that call nothing.
    kernels: BTreeSet<Block>,
}

impl Predictions {
    /// Analyses a function of a module.
    pub(super) fn new(module: &Module, function: &Function, live: &IdVec<Block, Vec<Value>>) -> Predictions {
        let is_range = |global: GlobalId| module.consts.text(module.globals[global]) == "range";
        let is_append = |name: &Operand| matches!(name, Operand::Const(name) if module.consts.text(*name) == "append");
        // Whether an operation is there to run code that the compiler does not see.
        let calls = |data: &InstData| match data.op {
            Op::Call(Intrinsic::call) => {
                let callee = data.args[0].value().and_then(|v| def(function, v)).map(|d| d.op);
                let Some(Op::LoadGlobal(global)) = callee else { return true };
                !IN_LINE.contains(&module.consts.text(module.globals[global]))
            }
            Op::Call(Intrinsic::call_method) => !is_append(&data.args[0]),
            Op::Yield | Op::Call(Intrinsic::call_ex | Intrinsic::call_loaded) => true,
            _ => false,
        };
        let name = |global: GlobalId| module.consts.text(module.globals[global]);
        let guesses = guesses(function, &is_range, &name);
        let cfg = Cfg::new(function);
        let dominators = Dominators::new(&cfg);
        let mut loops: BTreeMap<Block, Loop> = BTreeMap::new();
        for header in dominators.loop_headers() {
            let members = dominators.natural_loop(header).into_iter().collect();
            loops.insert(header, Loop { members, hints: Vec::new(), calls: false });
        }
        let inner_iters = inner_iters(function, &loops);
        let objects = objects(function, |global| module.consts.text(module.globals[global]) == "len");
        // A method's receiver is no list.
        let code = &module.codes[function.code];
        let is_self = code.varnames.first().is_some_and(|name| module.consts.text(*name) == "self");
        let receiver = function.blocks[function.entry].params.first().copied().filter(|_| is_self);
        for (header, of) in &mut loops {
            of.calls = of.members.iter().flat_map(|b| &function.blocks[*b].insts).any(|i| calls(&function.insts[*i]));
            of.hints = hints(function, *header, &of.members, live, &guesses, &is_range, &is_append, &inner_iters);
            if of.calls {
                of.hints.retain(|(_, hint)| *hint != Hint::Number);
            }
            of.hints.retain(|(value, hint)| match hint {
                Hint::List => receiver != Some(*value),
                Hint::Int | Hint::Number => !objects[*value],
            });
        }
        let kernels = loops.values().filter(|of| !of.calls).flat_map(|of| &of.members).copied().collect();
        Predictions { guesses, loops, inner_iters, objects, kernels }
    }

    /// Whether a value is used as no number is: attributes, items, methods, iteration.
    pub(super) fn is_object(&self, value: Value) -> bool {
        self.objects[value]
    }

    /// Whether the loop over an iterator, or over an iterator of this value, is an innermost one: worth a version for lists.
    pub(super) fn iterates_inside(&self, value: Value) -> bool {
        self.inner_iters.contains(&value)
    }

    /// The guess for a value.
    pub(super) fn guess(&self, value: Value) -> Guess {
        self.guesses[value]
    }

    /// The hints for entering the loop that starts at `to`, if an edge from `from` does that.
    pub(super) fn entry_hints(&self, from: Block, to: Block) -> &[(Value, Hint)] {
        match self.loops.get(&to) {
            Some(of) if !of.members.contains(&from) => &of.hints,
            _ => &[],
        }
    }

    /// Whether the block lies in a loop that calls nothing, where time may go.
    pub(super) fn in_kernel(&self, block: Block) -> bool {
        self.kernels.contains(&block)
    }

    /// Whether the block starts a loop that calls something.
    pub(super) fn calls(&self, header: Block) -> bool {
        self.loops.get(&header).is_some_and(|of| of.calls)
    }

    /// Whether a loop starts at the block.
    pub(super) fn is_loop_header(&self, block: Block) -> bool {
        self.loops.contains_key(&block)
    }
}

fn def(function: &Function, value: Value) -> Option<&InstData> {
    match function.values[value].def {
        Def::Inst(inst, _) => Some(&function.insts[inst]),
        Def::Param(..) => None,
    }
}

/// Whether `value` is the result of calling `range`.
fn range_call(function: &Function, value: Value, is_range: &impl Fn(GlobalId) -> bool) -> bool {
    let Some(call) = def(function, value).filter(|d| d.op == Op::Call(Intrinsic::call)) else { return false };
    let callee = call.args[0].value().and_then(|v| def(function, v));
    callee.is_some_and(|d| matches!(d.op, Op::LoadGlobal(global) if is_range(global)))
}

/// The guess for the result of an instruction, from those for its operands.
fn of_inst<'m>(
    function: &Function,
    data: &InstData,
    guesses: &IdVec<Value, Guess>,
    is_range: &impl Fn(GlobalId) -> bool,
    name: &impl Fn(GlobalId) -> &'m str,
) -> Guess {
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
        Op::Call(Intrinsic::call) => match data.args[0].value().and_then(|v| def(function, v)).map(|d| d.op) {
            Some(Op::LoadGlobal(global)) => match (name(global), data.args.len()) {
                ("list" | "sorted", _) => Guess::List,
                ("max" | "min", 4) => operand(2).join(operand(3)),
                _ => Guess::Unknown,
            },
            _ => Guess::Unknown,
        },
        Op::Call(Intrinsic::iter_next) => {
            let iter = data.args[0].value().and_then(|v| def(function, v));
            let source = iter.filter(|d| d.op == Op::Call(Intrinsic::get_iter)).and_then(|d| d.args[0].value());
            match source {
                Some(source) if range_call(function, source, is_range) => Guess::Int,
                _ => Guess::Unknown,
            }
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

fn guesses<'m>(
    function: &Function,
    is_range: &impl Fn(GlobalId) -> bool,
    name: &impl Fn(GlobalId) -> &'m str,
) -> IdVec<Value, Guess> {
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
                let guess = of_inst(function, inst, &guesses, is_range, name);
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

/// The values that are used as objects, or flow into or come out of such through `+` and block parameters.
fn objects(function: &Function, is_len: impl Fn(GlobalId) -> bool) -> IdVec<Value, bool> {
    use Intrinsic::{
        add, call, call_method, del_slice, get_attr, get_item, get_iter, get_slice, iadd, load_method, set_attr,
        set_item, set_slice, unpack,
    };
    let mut objects = IdVec::filled(false, function.values.len());
    let mut flows: Vec<(Value, Value)> = Vec::new();
    for block in function.blocks.ids() {
        for inst in &function.blocks[block].insts {
            let data = &function.insts[*inst];
            let arg = |i: usize| data.args.get(i).and_then(|a| a.value());
            let used = match data.op {
                Op::Call(get_slice) => {
                    objects[data.results[0]] = true;
                    arg(0)
                }
                Op::Call(get_attr | set_attr | load_method | get_item | set_item | get_iter | unpack) => arg(0),
                Op::Call(set_slice | del_slice) => arg(0),
                Op::Call(call_method) => arg(3),
                Op::Call(call) => {
                    let callee = arg(0).and_then(|v| def(function, v)).map(|d| d.op);
                    arg(2).filter(|_| matches!(callee, Some(Op::LoadGlobal(global)) if is_len(global)))
                }
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
            if objects[*from] != objects[*to] && !is_number(function, *from) && !is_number(function, *to) {
                (objects[*from], objects[*to], changed) = (true, true, true);
            }
        }
    }
    objects
}

/// Whether a value is a constant that is a number, or not Python's at all.
fn is_number(function: &Function, value: Value) -> bool {
    matches!(def(function, value).map(|d| d.op), Some(Op::Word(_) | Op::Iconst(_) | Op::Fconst(_) | Op::Bconst(_)))
}

/// Builtins that are compiled in line, or do no more than look at their argument.
const IN_LINE: &[&str] = &["range", "len", "abs", "min", "max", "int", "float", "bool", "enumerate", "isinstance"];

/// The iterators that innermost loops advance, and what they were made of.
fn inner_iters(function: &Function, loops: &BTreeMap<Block, Loop>) -> BTreeSet<Value> {
    let innermost = |header: &Block, of: &Loop| !of.members.iter().any(|b| b != header && loops.contains_key(b));
    let mut found = BTreeSet::new();
    for (_, of) in loops.iter().filter(|(header, of)| innermost(header, of)) {
        for inst in of.members.iter().flat_map(|b| &function.blocks[*b].insts) {
            let data = &function.insts[*inst];
            if data.op == Op::Call(Intrinsic::iter_next)
                && let Some(iter) = data.args[0].value()
            {
                found.insert(iter);
                found.extend(def(function, iter).and_then(|d| d.args.first()).and_then(|a| a.value()));
            }
        }
    }
    found
}

/// What the blocks of a loop use values from outside as.
fn hints(
    function: &Function,
    header: Block,
    members: &BTreeSet<Block>,
    live: &IdVec<Block, Vec<Value>>,
    guesses: &IdVec<Value, Guess>,
    is_range: &impl Fn(GlobalId) -> bool,
    is_append: &impl Fn(&Operand) -> bool,
    inner_iters: &BTreeSet<Value>,
) -> Vec<(Value, Hint)> {
    let params = function.blocks[header].params.len();
    let outside: BTreeSet<Value> =
        live[header][params..].iter().copied().filter(|v| guesses[*v] == Guess::Unknown).collect();
    let mut found: BTreeMap<Value, Hint> = BTreeMap::new();
    let mut note = |value: Option<Value>, hint: Hint| {
        if let Some(value) = value.filter(|v| outside.contains(v)) {
            found.entry(value).and_modify(|h| *h = (*h).max(hint)).or_insert(hint);
        }
    };
    for block in members {
        for inst in &function.blocks[*block].insts {
            let data = &function.insts[*inst];
            let arg = |i: usize| data.args.get(i).and_then(|a| a.value());
            let is_int = |i: usize| arg(i).is_some_and(|v| guesses[v] == Guess::Int);
            match data.op {
                Op::Call(Intrinsic::get_item | Intrinsic::set_item) if is_int(1) => note(arg(0), Hint::List),
                Op::Call(Intrinsic::get_iter) if data.results.iter().all(|r| inner_iters.contains(r)) => {
                    note(arg(0), Hint::List);
                }
                Op::Call(Intrinsic::call_method) if is_append(&data.args[0]) => note(arg(3), Hint::List),
                Op::Call(Intrinsic::load_method) if is_append(&data.args[1]) => note(arg(0), Hint::List),
                Op::Call(Intrinsic::call)
                    if data.results.first().is_some_and(|r| range_call(function, *r, is_range)) =>
                {
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
