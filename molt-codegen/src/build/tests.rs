//! Tests of SSA construction.

use super::ssa::Ssa;
use crate::mir::*;

fn function() -> Ssa {
    let mut f = Function::new(CodeId(0), Role::Direct, "t".into(), RetConv::Boxed);
    let entry = f.entry;
    f.add_param(entry, Type::Val);
    Ssa::new(f)
}

fn word(ssa: &mut Ssa, n: u64) -> Value {
    let inst = ssa.inst(Op::Word(n), vec![], &[Type::Val], None, Pos::NONE);
    ssa.func.insts[inst].results[0]
}

#[test]
fn a_loop_variable_gets_one_parameter_and_others_none() {
    let mut ssa = function();
    let (a, b) = (ssa.new_var(Type::Val), ssa.new_var(Type::Val));
    let param = ssa.func.blocks[ssa.func.entry].params[0];
    ssa.write(a, param);
    ssa.write(b, param);
    let (header, body, after) = (ssa.new_block(), ssa.new_block(), ssa.new_block());
    ssa.terminate(Term::Jump(BlockCall::new(header, vec![])));
    ssa.switch_to(header);
    let x = ssa.read(a);
    let inst = ssa.inst(Op::IsNone, vec![x.into()], &[Type::Bool], None, Pos::NONE);
    let cond = ssa.func.insts[inst].results[0];
    ssa.terminate(Term::Branch { cond, then: BlockCall::new(after, vec![]), els: BlockCall::new(body, vec![]) });
    ssa.seal(body);
    ssa.switch_to(body);
    let unchanged = ssa.read(b);
    ssa.inst(Op::Incref, vec![unchanged.into()], &[], None, Pos::NONE);
    let next = word(&mut ssa, 2);
    ssa.write(a, next);
    ssa.terminate(Term::Jump(BlockCall::new(header, vec![])));
    ssa.seal(header);
    ssa.seal(after);
    ssa.switch_to(after);
    let result = ssa.read(a);
    ssa.terminate(Term::Return(result));
    let f = ssa.finish();
    assert_eq!(f.blocks[Block(1)].params.len(), 1);
    let total: usize = f.blocks.values().map(|b| b.params.len()).sum();
    assert_eq!(total, 2, "{}", print::function_text(&f, None));
}

#[test]
fn an_exit_edge_sees_the_value_of_its_place() {
    let mut ssa = function();
    let a = ssa.new_var(Type::Val);
    let param = ssa.func.blocks[ssa.func.entry].params[0];
    let exit = ssa.new_block();
    let guard = |ssa: &mut Ssa| {
        ssa.inst(Op::GuardInt, vec![param.into()], &[], Some(BlockCall::new(exit, vec![])), Pos::NONE);
    };
    ssa.write(a, param);
    guard(&mut ssa);
    let first = word(&mut ssa, 2);
    ssa.write(a, first);
    guard(&mut ssa);
    let second = word(&mut ssa, 6);
    ssa.write(a, second);
    ssa.terminate(Term::Return(second));
    ssa.seal(exit);
    ssa.switch_to(exit);
    let seen = ssa.read(a);
    ssa.terminate(Term::Return(seen));
    let f = ssa.finish();
    let exits: Vec<Value> = f.insts.values().filter_map(|i| i.exit.as_ref()).map(|e| e.args[0]).collect();
    assert_eq!(exits.len(), 2);
    assert_eq!(exits[0], f.blocks[f.entry].params[0]);
    assert_eq!(f.def_inst(exits[1]).map(|i| i.op), Some(Op::Word(2)));
}

#[test]
fn an_unbound_variable_is_zero() {
    let mut ssa = function();
    let a = ssa.new_var(Type::Val);
    let value = ssa.read(a);
    ssa.terminate(Term::Return(value));
    let f = ssa.finish();
    assert_eq!(f.insts[Inst(0)].op, Op::Word(0));
}

#[test]
fn a_long_chain_of_joins_does_not_recurse() {
    let mut ssa = function();
    let a = ssa.new_var(Type::Val);
    let param = ssa.func.blocks[ssa.func.entry].params[0];
    ssa.write(a, param);
    let inst = ssa.inst(Op::IsNone, vec![param.into()], &[Type::Bool], None, Pos::NONE);
    let cond = ssa.func.insts[inst].results[0];
    for _ in 0..20_000 {
        let (left, join) = (ssa.new_block(), ssa.new_block());
        let branch = Term::Branch { cond, then: BlockCall::new(left, vec![]), els: BlockCall::new(join, vec![]) };
        ssa.terminate(branch);
        ssa.seal(left);
        ssa.switch_to(left);
        ssa.terminate(Term::Jump(BlockCall::new(join, vec![])));
        ssa.seal(join);
        ssa.switch_to(join);
    }
    let value = ssa.read(a);
    ssa.terminate(Term::Return(value));
    let f = ssa.finish();
    let last = f.blocks.values().last().map(|b| b.term.clone());
    assert_eq!(last, Some(Term::Return(f.blocks[f.entry].params[0])));
}
