//! Ranges of machine ints: overflow checks, sign tests and size tests that cannot fail go.
//!
//! An interval analysis over the `i64` values of a function with the conditions of branches and guards taken into account
//! where they dominate. Block parameters that keep growing are widened to a few thresholds, so it ends. Invariant: an interval
//! holds on every execution that reaches the definition, and a fact on every one that reaches the block or, in the
//! block of a guard, what follows it.
//!
//! Immediate ints have 48 bits and lengths 44, so the counters of loops over them never overflow; with the checks go the
//! versions of the code in which they failed.

mod interval;

use crate::mir::{Block, BlockCall, Cfg, Dominators, Function, IdVec, Inst, InstData, Module, Op, Term, Type, Value};
use interval::Interval;
use std::collections::{BTreeMap, BTreeSet};

/// Rounds after which an analysis is given up.
const ROUNDS: usize = 40;
/// How many facts back a value is looked up.
const DEPTH: usize = 32;

/// Simplifies every function of a module.
pub fn run(module: &mut Module) {
    for function in module.functions.ids().collect::<Vec<_>>() {
        simplify(&mut module.functions[function]);
    }
}

/// Simplifies one function.
pub fn simplify(function: &mut Function) {
    if !function.insts.values().any(|inst| is_improvable(inst.op)) {
        return;
    }
    let cfg = Cfg::new(function);
    let Some(changes) = Analysis::new(function, &cfg).solve() else { return };
    changes.apply(function);
}

fn is_improvable(op: Op) -> bool {
    matches!(
        op,
        Op::IaddChecked
            | Op::IsubChecked
            | Op::ImulChecked
            | Op::IshrChecked
            | Op::IfloordivChecked
            | Op::ImodChecked
            | Op::BoxInt
            | Op::IntFits48
    )
}

/// Known conditions, newest first: an index into the analysis' list, which links to older ones.
type Facts = Option<u32>;

struct Fact {
    value: Value,
    interval: Interval,
    older: Facts,
}

/// What the analysis found to change.
#[derive(Default)]
struct Changes {
    /// New operations without exit.
    ops: Vec<(Inst, Op)>,
    /// Guards that always hold.
    superfluous: BTreeSet<Inst>,
    /// Branches that go one way.
    decided: Vec<(Block, bool)>,
    /// Selections of one operand.
    renamed: BTreeMap<Value, Value>,
}

impl Changes {
    fn apply(self, function: &mut Function) {
        for (inst, op) in self.ops {
            let data = &mut function.insts[inst];
            data.op = op;
            data.exit = None;
            if matches!(op, Op::Bconst(_)) {
                data.args.clear();
            }
        }
        for (block, way) in self.decided {
            let data = &mut function.blocks[block];
            if let Term::Branch { then, els, .. } = &data.term {
                data.term = Term::Jump(if way { then.clone() } else { els.clone() });
            }
        }
        if !self.superfluous.is_empty() {
            for (_, data) in function.blocks.iter_mut() {
                data.insts.retain(|inst| !self.superfluous.contains(inst));
            }
        }
        if !self.renamed.is_empty() {
            let resolve = |mut v: Value| {
                while let Some(next) = self.renamed.get(&v) {
                    v = *next;
                }
                v
            };
            function.map_uses(resolve);
        }
    }
}

struct Analysis<'a> {
    function: &'a Function,
    cfg: &'a Cfg,
    idom: IdVec<Block, Block>,
    /// Absent while no execution is known to reach the definition.
    intervals: IdVec<Value, Option<Interval>>,
    /// How often a parameter's interval has grown.
    growth: IdVec<Value, u8>,
    facts: Vec<Fact>,
    /// Where each block begins; absent while nothing is known to reach it.
    entry: IdVec<Block, Option<Facts>>,
    changed: bool,
}

impl<'a> Analysis<'a> {
    fn new(function: &'a Function, cfg: &'a Cfg) -> Analysis<'a> {
        let mut analysis = Analysis {
            function,
            cfg,
            idom: Dominators::new(cfg).idom,
            intervals: IdVec::filled(None, function.values.len()),
            growth: IdVec::filled(0, function.values.len()),
            facts: Vec::new(),
            entry: IdVec::filled(None, function.blocks.len()),
            changed: false,
        };
        for param in &function.blocks[function.entry].params {
            analysis.intervals[*param] = Some(Interval::FULL);
        }
        analysis
    }

    fn solve(mut self) -> Option<Changes> {
        for _ in 0..ROUNDS {
            self.changed = false;
            self.facts.clear();
            self.entry[self.function.entry] = Some(None);
            for &block in &self.cfg.rpo {
                self.block(block, None);
            }
            if !self.changed {
                let mut changes = Changes::default();
                for &block in &self.cfg.rpo {
                    self.block(block, Some(&mut changes));
                }
                return Some(changes);
            }
        }
        None
    }

    fn interval(&self, value: Value, facts: Facts) -> Option<Interval> {
        let mut known = self.intervals[value]?;
        let mut at = facts;
        for _ in 0..DEPTH {
            let Some(fact) = at.map(|index| &self.facts[index as usize]) else { break };
            if fact.value == value {
                // Nothing in common: this place is never reached.
                known = known.meet(fact.interval).unwrap_or(known);
            }
            at = fact.older;
        }
        Some(known)
    }

    fn arg(&self, inst: &InstData, index: usize, facts: Facts) -> Option<Interval> {
        self.interval(inst.args.get(index)?.value()?, facts)
    }

    fn learn(&mut self, value: Value, interval: Interval, facts: Facts) -> Facts {
        self.facts.push(Fact { value, interval, older: facts });
        Some(self.facts.len() as u32 - 1)
    }

    /// The facts where `cond` is known to be `way`.
    fn assume(&mut self, cond: Value, way: bool, facts: Facts) -> Facts {
        let Some(inst) = self.function.def_inst(cond) else { return facts };
        let (Op::Icmp(cc), [a, b]) = (inst.op, inst.args.as_slice()) else { return facts };
        let (Some(a), Some(b)) = (a.value(), b.value()) else { return facts };
        let (Some(of_a), Some(of_b)) = (self.interval(a, facts), self.interval(b, facts)) else { return facts };
        let cc = if way { Some(cc) } else { cc.inverse() };
        let Some((new_a, new_b)) = cc.and_then(|cc| of_a.narrowed(cc, of_b)) else { return facts };
        let mut facts = facts;
        for (value, old, new) in [(a, of_a, new_a), (b, of_b, new_b)] {
            if old != new {
                facts = self.learn(value, new, facts);
            }
        }
        facts
    }

    /// Whether a condition is known.
    fn decide(&self, cond: Value, facts: Facts) -> Option<bool> {
        let inst = self.function.def_inst(cond)?;
        match inst.op {
            Op::Bconst(b) => Some(b),
            Op::Icmp(cc) => self.arg(inst, 0, facts)?.compare(cc, self.arg(inst, 1, facts)?),
            _ => None,
        }
    }

    /// Whether the operands of a condition have been reached: before, it is not known which way it goes.
    fn is_ready(&self, cond: Value) -> bool {
        self.function.def_inst(cond).is_none_or(|inst| {
            !matches!(inst.op, Op::Icmp(_))
                || inst.args.iter().filter_map(|a| a.value()).all(|v| self.intervals[v].is_some())
        })
    }

    fn edge(&mut self, edge: &BlockCall, is_exit: bool, facts: Facts) {
        let target = &self.function.blocks[edge.block];
        let first = usize::from(is_exit && target.landing);
        for (param, arg) in target.params[first..].iter().zip(&edge.args) {
            if self.function.ty(*param) == Type::I64
                && let Some(interval) = self.interval(*arg, facts)
            {
                self.grow(*param, interval);
            }
        }
        if target.landing
            && let Some(position) = target.params.first()
        {
            self.grow(*position, Interval::FULL);
        }
        // With one edge its facts hold; with several, those of the dominator.
        let facts = match self.cfg.preds[edge.block].as_slice() {
            [_] => facts,
            _ => self.entry[self.idom[edge.block]].flatten(),
        };
        self.changed |= self.entry[edge.block].is_none();
        self.entry[edge.block] = Some(facts);
    }

    fn grow(&mut self, param: Value, interval: Interval) {
        let old = self.intervals[param];
        let mut new = old.map_or(interval, |old| old.join(interval));
        if old == Some(new) {
            return;
        }
        self.growth[param] = self.growth[param].saturating_add(1);
        if self.growth[param] > 3 {
            new = new.widened();
        }
        self.intervals[param] = Some(new);
        self.changed = true;
    }

    fn block(&mut self, block: Block, mut changes: Option<&mut Changes>) {
        let Some(mut facts) = self.entry[block] else { return };
        let data = &self.function.blocks[block];
        for &id in &data.insts {
            let inst = &self.function.insts[id];
            for result in &inst.results {
                if self.function.ty(*result) == Type::I64 {
                    let interval = self.result(inst, facts);
                    self.changed |= self.intervals[*result] != interval;
                    self.intervals[*result] = interval;
                }
            }
            if let Some(changes) = changes.as_deref_mut() {
                self.improve(id, facts, changes);
            }
            let condition = match (inst.op, inst.args.first()) {
                (Op::Guard, Some(arg)) => arg.value(),
                _ => None,
            };
            if let Some(exit) = &inst.exit {
                let decided = condition.and_then(|c| self.decide(c, facts));
                let ready = condition.is_none_or(|c| self.is_ready(c));
                if decided != Some(true) && ready {
                    let failed = condition.map_or(facts, |c| self.assume(c, false, facts));
                    self.edge(exit, true, failed);
                }
            }
            if let Some(condition) = condition {
                facts = self.assume(condition, true, facts);
            }
            if inst.op.always_exits() {
                return;
            }
        }
        match &data.term {
            Term::Branch { cond, then, els } => {
                if !self.is_ready(*cond) {
                    return;
                }
                let decided = self.decide(*cond, facts);
                if let (Some(changes), Some(way)) = (changes, decided) {
                    changes.decided.push((block, way));
                }
                for (edge, way) in [(then, true), (els, false)] {
                    if decided != Some(!way) {
                        let known = self.assume(*cond, way, facts);
                        self.edge(edge, false, known);
                    }
                }
            }
            term => {
                let mut edges = Vec::new();
                term.for_each_edge(|edge| edges.push(edge.clone()));
                edges.iter().for_each(|edge| self.edge(edge, false, facts));
            }
        }
    }

    /// The interval of an `i64` result; absent while an operand's is.
    fn result(&self, inst: &InstData, facts: Facts) -> Option<Interval> {
        let arg = |n: usize| self.arg(inst, n, facts);
        Some(match inst.op {
            Op::Iconst(n) => Interval::exactly(n),
            Op::UnboxInt => Interval::IMMEDIATE,
            Op::ListLen | Op::TupleLen => Interval::LENGTH,
            Op::BoolToInt => Interval { lo: 0, hi: 1 },
            Op::IaddChecked => arg(0)?.add(arg(1)?).clamped(),
            Op::IsubChecked => arg(0)?.sub(arg(1)?).clamped(),
            Op::ImulChecked => arg(0)?.mul(arg(1)?).clamped(),
            Op::InegChecked => Interval::exactly(0).sub(arg(0)?).clamped(),
            Op::Iadd => arg(0)?.add(arg(1)?).exact().unwrap_or(Interval::FULL),
            Op::Isub => arg(0)?.sub(arg(1)?).exact().unwrap_or(Interval::FULL),
            Op::Imul => arg(0)?.mul(arg(1)?).exact().unwrap_or(Interval::FULL),
            Op::Iand => arg(0)?.and(arg(1)?),
            Op::IfloordivChecked | Op::Ifloordiv => arg(0)?.floordiv(arg(1)?),
            Op::ImodChecked | Op::Imod => arg(0)?.modulo(arg(1)?),
            Op::IshrChecked | Op::Ishr => arg(0)?.shr(arg(1)?),
            Op::Select => arg(1)?.join(arg(2)?),
            _ => Interval::FULL,
        })
    }

    /// Notes what an instruction becomes.
    fn improve(&self, id: Inst, facts: Facts, changes: &mut Changes) {
        let inst = &self.function.insts[id];
        let arg = |n: usize| self.arg(inst, n, facts).unwrap_or(Interval::FULL);
        let new = match inst.op {
            Op::IaddChecked => arg(0).add(arg(1)).exact().map(|_| Op::Iadd),
            Op::IsubChecked => arg(0).sub(arg(1)).exact().map(|_| Op::Isub),
            Op::ImulChecked => arg(0).mul(arg(1)).exact().map(|_| Op::Imul),
            Op::IshrChecked => (Interval { lo: 0, hi: 63 }).contains(arg(1)).then_some(Op::Ishr),
            Op::IfloordivChecked => divides(arg(0), arg(1)).then_some(Op::Ifloordiv),
            Op::ImodChecked => divides(arg(0), arg(1)).then_some(Op::Imod),
            Op::BoxInt => Interval::IMMEDIATE.contains(arg(0)).then_some(Op::BoxIntSmall),
            Op::IntFits48 => Interval::IMMEDIATE.contains(arg(0)).then_some(Op::Bconst(true)),
            Op::Icmp(cc) => arg(0).compare(cc, arg(1)).map(Op::Bconst),
            Op::Guard => {
                let holds = inst.args[0].value().and_then(|c| self.decide(c, facts)) == Some(true);
                if holds {
                    changes.superfluous.insert(id);
                }
                None
            }
            Op::Select => {
                let way = inst.args[0].value().and_then(|c| self.decide(c, facts));
                let kept = way.and_then(|way| inst.args[if way { 1 } else { 2 }].value());
                if let (Some(kept), Some(result)) = (kept, inst.results.first()) {
                    changes.renamed.insert(*result, kept);
                }
                None
            }
            _ => None,
        };
        changes.ops.extend(new.map(|op| (id, op)));
    }
}

/// Whether a division has a result in 64 bits whatever the operands are.
fn divides(a: Interval, b: Interval) -> bool {
    let nonzero = b.lo > 0 || b.hi < 0;
    let overflows = a.lo == i64::MIN && b.lo <= -1 && b.hi >= -1;
    nonzero && !overflows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mir::{parse, print};

    fn simplified(body: &str) -> String {
        let text = format!("fn code0 direct \"f\" -> boxed entry b0 {{\n{body}}}\n");
        let mut function = parse::parse_function(&text).unwrap();
        simplify(&mut function);
        crate::passes::simplify::simplify(&mut function);
        print::function_text(&function, None)
    }

    #[test]
    fn a_counter_below_an_immediate_does_not_overflow() {
        let text = simplified(
            "b0(v0: val):
  guard.int v0 ! b4()
  v1: i64 = unbox.int v0
  v2: i64 = i64.const[0]
  jump b1(v2)
b1(v3: i64):
  v4: bool = i64.cmp[lt] v3, v1
  branch v4, b2(), b3()
b2():
  v5: i64 = i64.const[1]
  v6: i64 = i64.add_checked v3, v5 ! b4()
  jump b1(v6)
b3():
  v7: val = box.int v3
  return v7
b4() cold:
  v8: val = word[0x2]
  return v8
",
        );
        assert!(text.contains("i64.add v"), "{text}");
    }

    #[test]
    fn a_free_counter_keeps_its_check() {
        let text = simplified(
            "b0(v0: val):
  v1: i64 = i64.const[1]
  jump b1(v1)
b1(v2: i64):
  v3: i64 = i64.add_checked v2, v1 ! b2()
  v4: bool = is.none v0
  branch v4, b1(v3), b2()
b2():
  v5: val = box.int v2
  return v5
",
        );
        assert!(text.contains("add_checked") && text.contains("box.int v"), "{text}");
    }

    #[test]
    fn conditions_count_where_they_dominate() {
        let text = simplified(
            "b0(v0: i64):
  v1: i64 = i64.const[2]
  v2: bool = i64.cmp[lt] v0, v1
  branch v2, b1(), b2()
b1():
  v3: i64 = i64.sub_checked v0, v1 ! b3()
  v4: val = box.int v3
  return v4
b2():
  v5: i64 = i64.sub_checked v0, v1 ! b3()
  v6: i64 = i64.const[0]
  v7: bool = i64.cmp[ge] v5, v6
  branch v7, b4(), b3()
b3() cold:
  v8: val = word[0x2]
  return v8
b4():
  v9: i64 = i64.mod_checked v5, v1 ! b3()
  v10: val = box.int v9
  return v10
",
        );
        assert_eq!(text.matches("sub_checked").count(), 1, "{text}");
        assert!(!text.contains("cmp[ge]") && text.contains("i64.mod v") && text.contains("box.int_small"), "{text}");
    }
}
