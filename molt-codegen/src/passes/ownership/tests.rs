//! Random control-flow graphs through the pass, proven by the checker, and the checker's own tests.

use super::check::check;
use super::run_function;
use crate::mir::*;
use molt_abi::intrinsic::Intrinsic;

/// A small generator of numbers: the tests must not depend on a seed from outside.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) as usize) % n.max(1)
    }
}

fn values(operands: &[Value]) -> Vec<Operand> {
    operands.iter().map(|v| Operand::Value(*v)).collect()
}

/// A function whose blocks use the entry's values, their parameters and what they define.
fn random_function(random: &mut Random) -> Function {
    let mut f = Function::new(CodeId(0), Role::Direct, "f".into(), RetConv::Boxed);
    let entry = f.entry;
    let mut base: Vec<Value> = (0..2).map(|_| f.add_param(entry, Type::Val)).collect();
    let (landing, position) = f.new_landing();
    let count = 2 + random.below(6);
    let blocks: Vec<Block> = (0..count).map(|_| f.new_block()).collect();
    for block in &blocks {
        for _ in 0..random.below(4) {
            f.add_param(*block, Type::Val);
        }
    }
    let traceback = vec![Operand::Imm(0), Operand::Value(position)];
    let inst = f.new_inst(Op::Call(Intrinsic::traceback), traceback, &[], None, Pos::NONE);
    f.blocks[landing].insts.push(inst);
    f.blocks[landing].term = Term::ReturnError;

    fill(&mut f, random, entry, &mut base, &blocks, landing);
    for block in &blocks {
        let mut available = base.clone();
        available.extend(f.blocks[*block].params.clone());
        fill(&mut f, random, *block, &mut available, &blocks, landing);
    }
    f
}

fn edge(f: &Function, random: &mut Random, available: &[Value], blocks: &[Block]) -> BlockCall {
    let target = blocks[random.below(blocks.len())];
    let args = f.blocks[target].params.iter().map(|_| available[random.below(available.len())]).collect();
    BlockCall::new(target, args)
}

fn fill(
    f: &mut Function,
    random: &mut Random,
    block: Block,
    available: &mut Vec<Value>,
    blocks: &[Block],
    landing: Block,
) {
    for _ in 0..random.below(9) {
        let mut pick = || available[random.below(available.len())];
        let (a, b) = (pick(), pick());
        let raises = Some(BlockCall::new(landing, Vec::new()));
        let guard = Some(edge(f, random, available, blocks));
        let (op, args, results, exit): (Op, Vec<Operand>, &[Type], _) = match random.below(14) {
            // What the entry defines must dominate all blocks, so it has no exits to them.
            6 | 7 if block == f.entry => (Op::Word(6), vec![], &[Type::Val], None),
            0 | 1 => (Op::Call(Intrinsic::add), values(&[a, b]), &[Type::Val], raises),
            2 => (Op::LoadGlobal(GlobalId(0)), vec![], &[Type::Val], None),
            3 => (Op::SlotLoad(1), values(&[a]), &[Type::Val], None),
            4 => (Op::SlotStore(0), values(&[a, b]), &[], None),
            5 => (Op::Call(Intrinsic::build_list), values(&[a, b, a]), &[Type::Val], None),
            6 => (Op::GuardInt, values(&[a]), &[], guard),
            7 => (Op::GuardSame, values(&[a, b]), &[], guard),
            8 => (Op::KeepAlive, values(&[a]), &[], None),
            9 => (Op::Word(2), vec![], &[Type::Val], None),
            10 => (Op::Copy, values(&[a]), &[Type::Val], None),
            11 => (Op::TupleGet, vec![], &[Type::Val], None),
            12 => (Op::Call(Intrinsic::list_append), values(&[a, b]), &[], None),
            _ => (Op::Call(Intrinsic::unpack), values(&[a]), &[Type::Val, Type::Val], raises),
        };
        if op == Op::TupleGet {
            let zero = f.new_inst(Op::Iconst(0), vec![], &[Type::I64], None, Pos::NONE);
            f.blocks[block].insts.push(zero);
            let zero = f.insts[zero].results[0];
            let inst = f.new_inst(Op::TupleGet, values(&[a, zero]), &[Type::Val], None, Pos::NONE);
            f.blocks[block].insts.push(inst);
            available.push(f.insts[inst].results[0]);
            continue;
        }
        let inst = f.new_inst(op, args, results, exit, Pos(0));
        f.blocks[block].insts.push(inst);
        available.extend(f.insts[inst].results.clone());
    }
    let value = available[random.below(available.len())];
    f.blocks[block].term = match random.below(5) {
        0 => Term::Return(value),
        1 => Term::Jump(edge(f, random, available, blocks)),
        _ => {
            let test = [Op::IsStop, Op::IsNone, Op::IsBound, Op::IsPtr][random.below(4)];
            let cond = f.append(block, test, &[value], Type::Bool);
            let (then, els) = (edge(f, random, available, blocks), edge(f, random, available, blocks));
            Term::Branch { cond, then, els }
        }
    };
}

#[test]
fn random_functions_are_balanced_on_all_paths() {
    let module = Module::default();
    let mut random = Random(7);
    for round in 0..4000 {
        let before = random_function(&mut random);
        let mut after = before.clone();
        run_function(&module, &mut after);
        let findings = check(&module, &after);
        assert!(
            findings.is_empty(),
            "round {round}: {findings:#?}\n{}\n{}",
            print::function_text(&before, None),
            print::function_text(&after, None)
        );
    }
}

#[test]
fn the_checker_sees_every_kind_of_mistake() {
    let module = Module::default();
    let findings = |body: &str| {
        let text = format!(
            "fn code0 direct \"f\" -> boxed entry b0 {{\nb0(v0: val):\n{body}b1(v1: i64) landing cold:\n  return_error\n}}\n"
        );
        check(&module, &parse::parse_function(&text).unwrap()).join("\n")
    };
    let made = "  v2: val = add v0, v0 ! b1() @0\n";
    assert_eq!(findings(&format!("{made}  return v2\n")), "");
    assert!(findings(&format!("{made}  rc.inc v0\n  return v0\n")).contains("leaks v2"));
    assert!(findings("  return v0\n").contains("does not hold"));
    assert!(findings(&format!("{made}  rc.dec v2\n  rc.dec v2\n  unreachable\n")).contains("releases without"));
    assert!(findings(&format!("{made}  rc.dec v2\n  keep.alive v2\n  unreachable\n")).contains("after release"));
    let loan = "  v2: val = global.load[g0]\n";
    assert_eq!(findings(&format!("{loan}  rc.inc v2\n  return v2\n")), "");
    let run = "  v3: val = add v0, v0 ! b1() @0\n  rc.dec v3\n";
    assert!(findings(&format!("{loan}{run}  rc.inc v2\n  return v2\n")).contains("may be gone"));
    assert!(findings(&format!("{loan}  v3: val = neg v2 ! b1() @0\n  return v3\n")).contains("may be gone"));
}
