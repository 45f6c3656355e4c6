//! Appending operations, and changing a value's representation.

use super::Spec;
use super::env::{Binding, Env};
use super::ty::Ty;
use crate::mir::{Block, BlockCall, Cond, Op, Operand, Pos, Term, Type, Value};
use molt_abi::intrinsic::Intrinsic;

impl Spec<'_> {
    /// Appends an instruction to `cur`; gives its results.
    pub(super) fn inst(
        &mut self,
        op: Op,
        args: Vec<Operand>,
        results: &[Type],
        exit: Option<BlockCall>,
        pos: Pos,
    ) -> Vec<Value> {
        let inst = self.out.new_inst(op, args, results, exit, pos);
        self.out.blocks[self.cur].insts.push(inst);
        self.out.insts[inst].results.clone()
    }

    /// Appends an operation without exit that has one result.
    pub(super) fn op(&mut self, op: Op, args: &[Value], result: Type) -> Value {
        self.out.append(self.cur, op, args, result)
    }

    /// Appends an operation without exit or result.
    pub(super) fn op_none(&mut self, op: Op, args: &[Value]) {
        self.inst(op, args.iter().map(|v| Operand::Value(*v)).collect(), &[], None, Pos::NONE);
    }

    /// Appends an operation whose exit goes to a fresh block without parameters; gives that block and the results.
    pub(super) fn op_or(&mut self, op: Op, args: &[Value], results: &[Type]) -> (Vec<Value>, Block) {
        let other = self.out.new_block();
        let args = args.iter().map(|v| Operand::Value(*v)).collect();
        (self.inst(op, args, results, Some(BlockCall::new(other, Vec::new())), Pos::NONE), other)
    }

    /// Appends a call of a row that never raises and has one result.
    pub(super) fn call_row(&mut self, id: Intrinsic, args: &[Value], result: Type) -> Value {
        self.op(Op::Call(id), args, result)
    }

    /// Ends `cur` with a branch to two fresh blocks.
    pub(super) fn branch(&mut self, cond: Value) -> (Block, Block) {
        let (then, els) = (self.out.new_block(), self.out.new_block());
        self.out.blocks[self.cur].term =
            Term::Branch { cond, then: BlockCall::new(then, Vec::new()), els: BlockCall::new(els, Vec::new()) };
        (then, els)
    }

    /// Goes on in `block`, which is rarely reached.
    pub(super) fn go_cold(&mut self, block: Block) {
        self.out.blocks[block].cold = true;
        self.cur = block;
    }

    /// The boxed form of a source value. A virtual object is made real, and stays so.
    pub(super) fn boxed(&mut self, value: Value, env: &mut Env) -> Value {
        let binding = env.get(value);
        let boxed = self.box_binding(&binding);
        if binding.ty.is_virtual() {
            env.bind(value, Binding::new(Ty::Any, &[boxed]));
        }
        boxed
    }

    /// Makes the boxed form of a binding.
    fn box_binding(&mut self, binding: &Binding) -> Value {
        match binding.ty {
            Ty::Any | Ty::Kind(_) | Ty::Inst(_) | Ty::Func(_) | Ty::Raw(_) => binding.part(0),
            Ty::Append => {
                let name = Operand::Const(self.module.consts.str("append"));
                let args = vec![Operand::Value(binding.part(0)), name];
                self.inst(Op::Call(Intrinsic::builtin_method), args, &[Type::Val], None, Pos::NONE)[0]
            }
            Ty::Word(w) => self.op(Op::Word(w), &[], Type::Val),
            Ty::Int => match binding.konst {
                Some(n) if molt_abi::value::box_int(n).is_some() => {
                    self.op(Op::Word(molt_abi::value::box_int(n).expect("just tested")), &[], Type::Val)
                }
                _ => {
                    let op = if binding.small { Op::BoxIntSmall } else { Op::BoxInt };
                    self.op(op, &[binding.part(0)], Type::Val)
                }
            },
            Ty::Float => self.op(Op::BoxFloat, &[binding.part(0)], Type::Val),
            Ty::Bool => self.op(Op::BoxBool, &[binding.part(0)], Type::Val),
            Ty::Count => {
                let one = self.op(Op::Iconst(1), &[], Type::I64);
                self.call_row(Intrinsic::new_range, &[binding.part(0), binding.part(1), one], Type::Val)
            }
            Ty::CountIter => {
                let one = self.op(Op::Iconst(1), &[], Type::I64);
                let zero = self.op(Op::Iconst(0), &[], Type::I64);
                let (next, stop) = (binding.part(0), binding.part(1));
                let left = self.op(Op::Isub, &[stop, next], Type::I64);
                let some = self.op(Op::Icmp(Cond::Lt), &[next, stop], Type::Bool);
                let left = self.op(Op::Select, &[some, left, zero], Type::I64);
                self.call_row(Intrinsic::new_range_iter, &[next, left, one], Type::Val)
            }
            Ty::Range => self.call_row(Intrinsic::new_range, binding.parts(), Type::Val),
            Ty::RangeIter => self.call_row(Intrinsic::new_range_iter, binding.parts(), Type::Val),
            Ty::Enum => {
                let zero = self.op(Op::Iconst(0), &[], Type::I64);
                self.call_row(Intrinsic::new_enumerate, &[binding.part(0), zero], Type::Val)
            }
            Ty::EnumIter => self.call_row(Intrinsic::new_enumerate, binding.parts(), Type::Val),
            Ty::Pair => {
                let index = self.op(Op::BoxInt, &[binding.part(0)], Type::Val);
                self.call_row(Intrinsic::build_tuple, &[index, binding.part(1)], Type::Val)
            }
            Ty::ListIter | Ty::TupleIter => self.call_row(Intrinsic::new_seq_iter, binding.parts(), Type::Val),
        }
    }

    /// Appends the parts of `binding` as a value of type `to`.
    pub(super) fn convert(&mut self, binding: &Binding, to: Ty, parts: &mut Vec<Value>) {
        let same = binding.ty.parts() == to.parts() && to == Ty::Any && !binding.ty.is_virtual();
        if binding.ty == to || same {
            parts.extend_from_slice(binding.parts());
        } else {
            debug_assert_eq!(to, Ty::Any, "{:?} does not fit {to:?}", binding.ty);
            let boxed = self.box_binding(binding);
            parts.push(boxed);
        }
    }

    /// The `i64` of an int or bool binding.
    pub(super) fn as_int(&mut self, binding: &Binding) -> Value {
        match binding.ty {
            Ty::Bool => self.op(Op::BoolToInt, &[binding.part(0)], Type::I64),
            _ => binding.part(0),
        }
    }

    /// The `f64` of a float, int or bool binding.
    pub(super) fn as_float(&mut self, binding: &Binding) -> Value {
        match binding.ty {
            Ty::Float => binding.part(0),
            _ => {
                let int = self.as_int(binding);
                self.op(Op::IntToFloat, &[int], Type::F64)
            }
        }
    }

    /// Binds `value`, just tested to be an immediate int, unboxed.
    pub(super) fn bind_int(&mut self, value: Value, env: &mut Env) {
        if env.get(value).ty == Ty::Any {
            let raw = self.op(Op::UnboxInt, &[env.get(value).part(0)], Type::I64);
            env.bind(value, Binding::new(Ty::Int, &[raw]).small());
        }
    }

    /// Binds `value`, just tested to be a float, unboxed.
    pub(super) fn bind_float(&mut self, value: Value, env: &mut Env) {
        if env.get(value).ty == Ty::Any {
            let raw = self.op(Op::UnboxFloat, &[env.get(value).part(0)], Type::F64);
            env.bind(value, Binding::new(Ty::Float, &[raw]));
        }
    }

    /// Binds `value`, just tested to be of exactly this builtin type.
    pub(super) fn bind_kind(&mut self, value: Value, kind: molt_abi::layout::Kind, env: &mut Env) {
        let part = env.get(value).part(0);
        env.bind(value, Binding::new(Ty::Kind(kind), &[part]));
    }
}
