//! The beginning of a known callee in line: what it does before its first effect, as far as that leads to a return.
//!
//! `if n < 2: return n` at the head of a recursive function, a small predicate, a formula: such code runs without a call.
//! Everything else (a failed guard, an overflow, an operation with effects) goes to the call itself, which begins
//! from scratch. Invariant: what is copied changes nothing, raises nothing and has no loops, so beginning again is not seen.

use crate::mir::{
    self, Block, BlockCall, Cfg, Cond, Def, Dominators, FuncId, FuncRef, Function, IdVec, Inst, InstData, Module, Op,
    Operand, Term, Value,
};
use molt_abi::desc::CodeFlags;
use molt_abi::intrinsic::Effect;
use std::collections::BTreeMap;

/// How many instructions are copied where a part of the callee still needs the call.
const PART: usize = 12;
/// How many if none of its hot paths does.
const WHOLE: usize = 40;
/// How many calls of one function are treated.
const SITES: usize = 16;

/// Treats the calls in every function of a module.
pub fn run(module: &mut Module) {
    // The body of a generator function is not what a call of it runs.
    let flags = |function: &Function| module.codes.get(function.code).map_or(0, |code| code.flags);
    let plain = |function: &&Function| flags(function) & CodeFlags::SUSPENDS == 0;
    let regions: IdVec<FuncId, Option<Region>> =
        module.functions.values().map(|f| Some(f).filter(plain).and_then(region)).collect();
    if regions.values().all(|region| region.is_none()) {
        return;
    }
    let callees = module.functions.clone();
    for id in module.functions.ids().collect::<Vec<_>>() {
        expand_calls(&mut module.functions[id], &callees, &regions);
    }
}

/// The blocks of a callee to copy, entry first.
struct Region {
    blocks: Vec<Block>,
    /// Whether all its hot paths stay inside.
    whole: bool,
}

/// Finds what can be copied of a function; nothing if that does not lead to a return.
fn region(function: &Function) -> Option<Region> {
    let cfg = Cfg::new(function);
    let headers = Dominators::new(&cfg).loop_headers();
    let mut region = Region { blocks: Vec::new(), whole: true };
    let mut returns = false;
    let mut size = 0;
    let copied = |region: &Region, block: Block| block == function.entry || region.blocks.contains(&block);
    for &block in &cfg.rpo {
        let data = &function.blocks[block];
        if block != function.entry && !cfg.preds[block].iter().any(|pred| copied(&region, *pred)) {
            continue;
        }
        let fits = !data.landing
            && !data.cold
            && !headers.contains(&block)
            && size + data.insts.len() <= WHOLE
            && data.insts.iter().all(|inst| is_copied(&function.insts[*inst]));
        let ends = match &data.term {
            Term::Return(_) => true,
            Term::ReturnSpecial { status, .. } => is_ok(function, *status),
            _ => false,
        };
        if !fits || !(ends || matches!(data.term, Term::Jump(_) | Term::Branch { .. })) {
            if block == function.entry {
                return None;
            }
            region.whole &= data.cold;
            continue;
        }
        size += data.insts.len();
        returns |= ends;
        region.blocks.push(block);
    }
    (returns && (region.whole || size <= PART)).then_some(region)
}

/// Whether an instruction can be done twice without anybody seeing it.
fn is_copied(inst: &InstData) -> bool {
    inst.op.effect() <= Effect::Alloc && !inst.op.raises()
}

fn is_ok(function: &Function, status: Value) -> bool {
    function.def_inst(status).is_some_and(|inst| inst.op == Op::Iconst(mir::STATUS_OK))
}

fn expand_calls(function: &mut Function, callees: &IdVec<FuncId, Function>, regions: &IdVec<FuncId, Option<Region>>) {
    let callee = |function: &Function, inst: Inst| match function.insts[inst].op {
        Op::CallDirect(FuncRef::Local(id)) | Op::CallSpecial(FuncRef::Local(id)) => Some(id),
        _ => None,
    };
    let mut sites = Vec::new();
    for (_, data) in function.blocks.iter().filter(|(_, data)| !data.cold) {
        sites.extend(data.insts.iter().copied().filter(|inst| callee(function, *inst).is_some()));
    }
    for call in sites.into_iter().take(SITES) {
        let Some(id) = callee(function, call) else { continue };
        if let Some(Some(region)) = regions.get(id)
            && let Some(expanded) = expand(function, call, &callees[id], region)
        {
            *function = expanded;
        }
    }
}

/// The function with one call treated; nothing if its result is used where both ways meet.
fn expand(function: &Function, call: Inst, callee: &Function, region: &Region) -> Option<Function> {
    let (block, at) = function
        .blocks
        .iter()
        .find_map(|(block, data)| data.insts.iter().position(|inst| *inst == call).map(|at| (block, at)))?;
    let mut f = function.clone();
    let following = f.blocks[block].insts.split_off(at + 1);
    f.blocks[block].insts.pop();
    let (slow, rest) = (f.new_block(), f.new_block());
    f.blocks[slow].cold = region.whole;

    // The status of the call is tested behind it, where it can be something else than `STATUS_OK`.
    let tests = status_test(function, call, &following);
    let results = f.insts[call].results.clone();
    let carried = if tests == 0 { results.len() } else { 1 };
    let mut renamed = BTreeMap::new();
    for (index, old) in results.iter().take(carried).enumerate() {
        let ty = f.ty(*old);
        let fresh = f.values.push(mir::ValueData { ty, def: Def::Inst(call, index as u32) });
        f.insts[call].results[index] = fresh;
        f.values[*old].def = Def::Param(rest, index as u32);
        f.blocks[rest].params.push(*old);
        renamed.insert(*old, fresh);
    }
    let (tested, remaining) = following.split_at(tests);
    f.blocks[slow].insts.push(call);
    f.blocks[slow].insts.extend_from_slice(tested);
    let fresh = f.insts[call].results[..carried].to_vec();
    f.blocks[slow].term = Term::Jump(BlockCall::new(rest, fresh));
    f.blocks[rest].insts = remaining.to_vec();
    f.blocks[rest].term = std::mem::take(&mut f.blocks[block].term);

    let args: Vec<Value> = f.insts[call].args.iter().filter_map(|a| a.value()).collect();
    copy(&mut f, block, callee, region, &args, slow, (rest, carried));
    separate(&mut f, slow, rest, &renamed).then_some(f)
}

/// How many instructions behind a call do nothing but test its status: a constant, a comparison, a guard.
fn status_test(function: &Function, call: Inst, following: &[Inst]) -> usize {
    let (Op::CallSpecial(_), [_, status]) = (function.insts[call].op, function.insts[call].results.as_slice()) else {
        return 0;
    };
    let [ok, compare, guard, ..] = following else { return 0 };
    let [ok, compare, guard] = [ok, compare, guard].map(|inst| &function.insts[*inst]);
    let (Some(zero), Some(plain)) = (ok.results.first(), compare.results.first()) else { return 0 };
    let fits = ok.op == Op::Iconst(mir::STATUS_OK)
        && compare.op == Op::Icmp(Cond::Eq)
        && compare.args == [Operand::Value(*status), Operand::Value(*zero)]
        && guard.op == Op::Guard
        && guard.args == [Operand::Value(*plain)];
    let mut uses = 0;
    let mut count = |v: Value| uses += usize::from(v == *status || v == *zero || v == *plain);
    for data in function.blocks.values() {
        data.insts.iter().for_each(|inst| function.insts[*inst].for_each_use(&mut count));
        data.term.for_each_use(&mut count);
    }
    // Two by the comparison, one by the guard.
    if fits && uses == 3 { 3 } else { 0 }
}

/// Copies the region behind what is left of `block`.
fn copy(
    f: &mut Function,
    block: Block,
    callee: &Function,
    region: &Region,
    args: &[Value],
    slow: Block,
    (rest, carried): (Block, usize),
) {
    let mut values: BTreeMap<Value, Value> = BTreeMap::new();
    let mut blocks: BTreeMap<Block, Block> = BTreeMap::new();
    values.extend(callee.blocks[callee.entry].params.iter().copied().zip(args.iter().copied()));
    for old in &region.blocks {
        let new = if *old == callee.entry { block } else { f.new_block() };
        blocks.insert(*old, new);
        if *old != callee.entry {
            for param in &callee.blocks[*old].params {
                let fresh = f.add_param(new, callee.ty(*param));
                values.insert(*param, fresh);
            }
        }
    }
    for old in &region.blocks {
        let new = blocks[old];
        for inst in &callee.blocks[*old].insts {
            let mut data = callee.insts[*inst].clone();
            data.exit = data.exit.map(|_| BlockCall::new(slow, Vec::new()));
            data.map_uses(|v| values[&v]);
            let types: Vec<_> = data.results.iter().map(|r| callee.ty(*r)).collect();
            let copy = f.new_inst(data.op, data.args, &types, data.exit, data.pos);
            for (from, to) in data.results.iter().zip(f.insts[copy].results.clone()) {
                values.insert(*from, to);
            }
            f.blocks[new].insts.push(copy);
        }
        let target = |edge: &BlockCall| match blocks.get(&edge.block) {
            Some(to) => BlockCall::new(*to, edge.args.iter().map(|v| values[v]).collect()),
            None => BlockCall::new(slow, Vec::new()),
        };
        f.blocks[new].term = match &callee.blocks[*old].term {
            Term::Jump(to) => Term::Jump(target(to)),
            Term::Branch { cond, then, els } => {
                Term::Branch { cond: values[cond], then: target(then), els: target(els) }
            }
            Term::Return(value) => Term::Jump(BlockCall::new(rest, vec![values[value]])),
            Term::ReturnSpecial { value, status } => {
                let both = [values[value], values[status]];
                Term::Jump(BlockCall::new(rest, both[..carried].to_vec()))
            }
            _ => Term::Jump(BlockCall::new(slow, Vec::new())),
        };
    }
}

/// Gives the uses of the call's results behind the call alone the call's own values; whether all others are behind the place
/// where both ways have met.
fn separate(f: &mut Function, slow: Block, rest: Block, renamed: &BTreeMap<Value, Value>) -> bool {
    let cfg = Cfg::new(f);
    let dominators = Dominators::new(&cfg);
    for &block in &cfg.rpo {
        if dominators.dominates(rest, block) {
            continue;
        }
        let data = &f.blocks[block];
        let mut used = false;
        let mut look = |v: Value| used |= renamed.contains_key(&v);
        data.insts.iter().for_each(|inst| f.insts[*inst].for_each_use(&mut look));
        data.term.for_each_use(&mut look);
        if !used {
            continue;
        }
        if !dominators.dominates(slow, block) {
            return false;
        }
        let map = |v: Value| renamed.get(&v).copied().unwrap_or(v);
        let data = &mut f.blocks[block];
        data.insts.iter().for_each(|inst| f.insts[*inst].map_uses(map));
        data.term.map_uses(map);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mir::{CodeId, RetConv, Role, parse, print};

    fn function(text: &str) -> Function {
        parse::parse_function(text).unwrap()
    }

    #[test]
    fn the_head_of_a_recursion_needs_no_call() {
        let mut module = Module::default();
        module.functions.push(function(
            "fn code0 special \"f\" -> i64 entry b0 {
b0(v0: i64):
  v1: i64 = i64.const[2]
  v2: bool = i64.cmp[lt] v0, v1
  branch v2, b1(), b2()
b1():
  v3: i64 = i64.const[0]
  return_special v0, v3
b2():
  v4: i64 = i64.sub v0, v1
  v5: i64, v6: i64 = call.special[f0] v4 ! b3() @0
  v7: i64 = i64.const[0]
  v8: bool = i64.cmp[eq] v6, v7
  guard.true v8 ! b4(v5)
  v9: i64 = i64.const[0]
  return_special v5, v9
b3(v10: i64) landing cold:
  return_error
b4(v11: i64) cold:
  v12: i64 = i64.const[2]
  return_special v11, v12
}
",
        ));
        run(&mut module);
        let text = print::function_text(&module.functions[FuncId(0)], None);
        assert_eq!(text.matches("cmp[lt]").count(), 2, "{text}");
        assert_eq!(text.matches("guard.true").count(), 1, "{text}");
    }

    #[test]
    fn what_has_effects_is_called() {
        let text = "fn code0 direct \"f\" -> boxed entry b0 {
b0(v0: val):
  v1: val = add v0, v0 ! b1() @0
  return v1
b1(v2: i64) landing cold:
  return_error
}
";
        assert!(region(&function(text)).is_none());
        let empty = Function::new(CodeId(0), Role::Direct, "f".into(), RetConv::Boxed);
        assert!(region(&empty).is_none());
    }
}
