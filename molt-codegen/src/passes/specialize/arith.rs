//! Arithmetic: machine ints with overflow exits, doubles, and the generic operation behind both.
//!
//! Invariant: results and exceptions are CPython's. A float result that IEEE arithmetic gives bit for bit is computed in line;
//! whatever raises or needs more than 64 bits goes to the runtime.

use super::cold::Task;
use super::env::{Bias, Binding, Env};
use super::predict::Worth;
use super::ty::Ty;
use super::{Site, Spec};
use crate::mir::{Block, Cond, Op, Type, Value};
use molt_abi::intrinsic::Intrinsic;
use molt_abi::layout::Kind;

/// What an arithmetic row computes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Arith {
    Add,
    Sub,
    Mul,
    Div,
    FloorDiv,
    Mod,
    Pow,
    And,
    Or,
    Xor,
    Shl,
    Shr,
    Neg,
    Invert,
    Pos,
}

fn arith(id: Intrinsic) -> Option<Arith> {
    use Intrinsic as I;
    Some(match id {
        I::add | I::iadd => Arith::Add,
        I::sub | I::isub => Arith::Sub,
        I::mul | I::imul => Arith::Mul,
        I::truediv | I::itruediv => Arith::Div,
        I::floordiv | I::ifloordiv => Arith::FloorDiv,
        I::rem | I::irem => Arith::Mod,
        I::pow | I::ipow => Arith::Pow,
        I::bitand | I::ibitand => Arith::And,
        I::bitor | I::ibitor => Arith::Or,
        I::bitxor | I::ibitxor => Arith::Xor,
        I::lshift | I::ilshift => Arith::Shl,
        I::rshift | I::irshift => Arith::Shr,
        I::neg => Arith::Neg,
        I::pos => Arith::Pos,
        I::invert => Arith::Invert,
        _ => return None,
    })
}

impl Arith {
    /// Whether floats have it.
    fn on_floats(self) -> bool {
        use Arith::{Add, Div, FloorDiv, Mod, Mul, Neg, Pos, Pow, Sub};
        matches!(self, Add | Sub | Mul | Div | FloorDiv | Mod | Pow | Neg | Pos)
    }

    /// Whether an int beside a float is common: exact conversion, no exception.
    fn mixes(self) -> bool {
        matches!(self, Arith::Add | Arith::Sub | Arith::Mul)
    }

    /// Whether types that are no numbers commonly have it.
    fn on_objects(self) -> bool {
        matches!(self, Arith::Add | Arith::And | Arith::Or | Arith::Xor)
    }

    /// Whether bools give something else than ints would.
    fn bools_differ(self) -> bool {
        matches!(self, Arith::And | Arith::Or | Arith::Xor)
    }
}

/// Whether the row is handled here.
pub(super) fn handles(id: Intrinsic) -> bool {
    arith(id).is_some()
}

/// Whether hardly anything but numbers has the row's operator.
pub(super) fn on_numbers_only(id: Intrinsic) -> bool {
    matches!(arith(id), Some(Arith::Sub | Arith::Mul | Arith::Div | Arith::FloorDiv | Arith::Pow))
}

/// Whether the row is `/`.
pub(super) fn is_true_division(id: Intrinsic) -> bool {
    arith(id) == Some(Arith::Div)
}

/// An int, or what counts as one.
fn inty(ty: Ty) -> bool {
    matches!(ty, Ty::Int | Ty::Bool)
}

/// A float, or what is converted to one next to a float.
fn floaty(ty: Ty) -> bool {
    inty(ty) || ty == Ty::Float
}

/// The exact type that an operation of sequences gives: `+` of two of a kind, `*` by an int.
fn sequence_result(op: Arith, a: Ty, b: Ty) -> Option<Kind> {
    let sequence = |ty| match ty {
        Ty::Kind(kind @ (Kind::Str | Kind::List | Kind::Tuple)) => Some(kind),
        _ => None,
    };
    match op {
        Arith::Add if a == b => sequence(a),
        Arith::Mul if inty(b) => sequence(a),
        Arith::Mul if inty(a) => sequence(b),
        _ => None,
    }
}

impl<'a> Spec<'a> {
    pub(super) fn expand_arith(&mut self, site: &Site<'a>, env: &Env) -> bool {
        let Some(op) = arith(site.id) else { return false };
        if site.data.args.len() == 1 { self.unary(op, site, env) } else { self.binary(op, site, env) }
    }

    fn unary(&mut self, op: Arith, site: &Site<'a>, env: &Env) -> bool {
        let operand = site.arg(0);
        let env = env.clone();
        match env.get(operand).ty {
            Ty::Int => self.unary_int(op, site, env),
            Ty::Float if op.on_floats() => self.unary_float(op, site, env),
            Ty::Any if site.speculate => {
                let part = env.get(operand).part(0);
                let (_, mut other) = self.op_or(Op::GuardInt, &[part], &[]);
                let mut ints = env.clone();
                self.bind_int(operand, &mut ints);
                self.unary_int(op, site, ints);
                if op.on_floats() {
                    self.cur = other;
                    let slow;
                    (_, slow) = self.op_or(Op::GuardFloat, &[part], &[]);
                    let mut floats = env.clone();
                    self.bind_float(operand, &mut floats);
                    self.unary_float(op, site, floats);
                    other = slow;
                }
                self.slow_path(other, site, &env);
            }
            _ => return false,
        }
        true
    }

    fn unary_int(&mut self, op: Arith, site: &Site<'a>, mut env: Env) {
        let raw = env.get(site.arg(0)).part(0);
        let result = match op {
            Arith::Neg => {
                let (values, overflow) = self.op_or(Op::InegChecked, &[raw], &[Type::I64]);
                self.slow_path(overflow, site, &env);
                values[0]
            }
            Arith::Invert => self.op(Op::Inot, &[raw], Type::I64),
            _ => raw,
        };
        env.bind(site.result(), Binding::new(Ty::Int, &[result]));
        self.finish(env, site.block);
    }

    fn unary_float(&mut self, op: Arith, site: &Site<'a>, mut env: Env) {
        let raw = env.get(site.arg(0)).part(0);
        let result = if op == Arith::Neg { self.op(Op::Fneg, &[raw], Type::F64) } else { raw };
        env.bind(site.result(), Binding::new(Ty::Float, &[result]));
        self.finish(env, site.block);
    }

    fn binary(&mut self, op: Arith, site: &Site<'a>, env: &Env) -> bool {
        let (a, b) = (site.arg(0), site.arg(1));
        let (ta, tb) = (env.get(a).ty, env.get(b).ty);
        if op.bools_differ() && ta == Ty::Bool && tb == Ty::Bool {
            return false;
        }
        match (ta, tb) {
            _ if inty(ta) && inty(tb) => self.int_path(op, site, env.clone()),
            _ if floaty(ta) && floaty(tb) && op.on_floats() => self.float_path(op, site, env.clone()),
            (Ty::Any, _) | (_, Ty::Any) if [a, b, site.result()].iter().any(|v| self.predictions.is_object(*v)) => {
                return false;
            }
            (Ty::Any, Ty::Any) if site.speculate && !site.lean => self.both_unknown(op, site, env),
            (Ty::Any, _) if site.speculate && floaty(tb) => self.one_unknown(op, site, env, a, tb),
            (_, Ty::Any) if site.speculate && floaty(ta) => self.one_unknown(op, site, env, b, ta),
            _ if sequence_result(op, ta, tb).is_some() => {
                let kind = sequence_result(op, ta, tb).expect("just tested");
                let mut env = env.clone();
                self.generic(site.data, &mut env);
                let part = env.get(site.result()).part(0);
                env.bind(site.result(), Binding::new(Ty::Kind(kind), &[part]).proper());
                self.finish(env, site.block);
            }
            _ => return false,
        }
        true
    }

    /// Tests both operands at once: two ints, two floats, or anything.
    fn both_unknown(&mut self, op: Arith, site: &Site<'a>, env: &Env) {
        let operands = [site.arg(0), site.arg(1)];
        let guards: &[Op] = match (env.bias, op) {
            (Bias::Int, _) => &[Op::GuardInt],
            (Bias::Float, _) if op.on_floats() => &[Op::GuardFloat],
            (Bias::Object, _) => &[],
            (_, Arith::Div) => &[Op::GuardFloat, Op::GuardInt],
            (_, Arith::Pow) => &[Op::GuardFloat],
            _ if op.on_floats() => &[Op::GuardInt, Op::GuardFloat],
            _ => &[Op::GuardInt],
        };
        for guard in guards {
            let (paths, other) = self.tested_path(*guard, &operands, env);
            if *guard == Op::GuardInt {
                self.int_path(op, site, paths)
            } else {
                self.float_path(op, site, paths)
            }
            self.cur = other;
        }
        let differ = operands[0] != operands[1];
        if env.bias == Bias::Float && differ && op.mixes() && self.predictions.worth(site.block) > Worth::Little {
            self.mixed_paths(op, site, env);
        }
        self.neither(op, site, env);
    }

    /// The path on which the tests for ints and floats failed: hot if nothing spoke for numbers and other types have the operator.
    fn neither(&mut self, op: Arith, site: &Site<'a>, env: &Env) {
        let other = self.cur;
        let mut env = env.clone();
        match env.bias {
            Bias::None if op.on_objects() => {
                env.bias = Bias::Object;
                self.warm_path(other, site, &env);
            }
            Bias::Object => self.warm_path(other, site, &env),
            _ => self.slow_path(other, site, &env),
        }
    }

    /// Tests values with one guard; gives the environment of the path on which they pass, and the block for the others.
    pub(super) fn tested_path(&mut self, guard: Op, values: &[Value], env: &Env) -> (Env, Block) {
        let parts: Vec<Value> = values.iter().map(|v| env.get(*v).part(0)).collect();
        let (_, other) = self.op_or(guard, &parts, &[]);
        let mut env = env.clone();
        for value in values {
            if guard == Op::GuardInt { self.bind_int(*value, &mut env) } else { self.bind_float(*value, &mut env) }
        }
        if env.bias == Bias::None {
            env.bias = if guard == Op::GuardInt { Bias::Int } else { Bias::Float };
        }
        (env, other)
    }

    /// Tests the one operand that is not known, first for the other's type.
    fn one_unknown(&mut self, op: Arith, site: &Site<'a>, env: &Env, unknown: Value, known: Ty) {
        let guards: &[Op] = match known {
            Ty::Float if op.on_floats() => &[Op::GuardFloat],
            Ty::Float => &[],
            _ if site.lean => &[Op::GuardInt],
            _ if op.on_floats() && matches!(env.bias, Bias::None | Bias::Float) => &[Op::GuardInt, Op::GuardFloat],
            _ => &[Op::GuardInt],
        };
        for guard in guards {
            let (mut path, other) = self.tested_path(*guard, &[unknown], env);
            if *guard == Op::GuardInt && inty(known) {
                // An int beside an int may well be a counter, which says nothing about the data.
                path.bias = env.bias;
                self.int_path(op, site, path);
            } else {
                self.float_path(op, site, path);
            }
            self.cur = other;
        }
        let other = self.cur;
        self.slow_path(other, site, env);
    }

    /// The operation itself, in the runtime, on a path that is unlikely; then the rest of the source block.
    pub(super) fn slow_path(&mut self, cold: Block, site: &Site<'a>, env: &Env) {
        self.defer(cold, site.block, env.clone(), Task::Operation(site.data));
    }

    /// Both operands are ints.
    fn int_path(&mut self, op: Arith, site: &Site<'a>, mut env: Env) {
        let (left, right) = (env.get(site.arg(0)), env.get(site.arg(1)));
        if op == Arith::Div {
            return self.int_true_division(site, env);
        }
        if op == Arith::Pow && right.konst != Some(2) {
            self.generic(site.data, &mut env);
            return self.finish(env, site.block);
        }
        let (a, b) = (self.as_int(&left), self.as_int(&right));
        let (op, b) = if op == Arith::Pow { (Arith::Mul, a) } else { (op, b) };
        let checked = match op {
            Arith::Add => Some((Op::IaddChecked, Some(Intrinsic::int_add_slow))),
            Arith::Sub => Some((Op::IsubChecked, Some(Intrinsic::int_sub_slow))),
            Arith::Mul => Some((Op::ImulChecked, Some(Intrinsic::int_mul_slow))),
            Arith::FloorDiv => Some((Op::IfloordivChecked, None)),
            Arith::Mod => Some((Op::ImodChecked, None)),
            Arith::Shl => Some((Op::IshlChecked, None)),
            Arith::Shr => Some((Op::IshrChecked, None)),
            _ => None,
        };
        let result = match (checked, op) {
            (Some((op, slow)), _) => {
                let (values, overflow) = self.op_or(op, &[a, b], &[Type::I64]);
                match slow {
                    Some(row) => {
                        let task = Task::Overflow(row, [a, b], site.result());
                        self.defer(overflow, site.block, env.clone(), task);
                    }
                    None => self.slow_path(overflow, site, &env),
                }
                values[0]
            }
            (None, Arith::And) => self.op(Op::Iand, &[a, b], Type::I64),
            (None, Arith::Or) => self.op(Op::Ior, &[a, b], Type::I64),
            (None, _) => self.op(Op::Ixor, &[a, b], Type::I64),
        };
        let mut binding = Binding::new(Ty::Int, &[result]);
        binding.small = left.small && right.small && op.bools_differ()
            || op == Arith::Mod && right.small
            || matches!(op, Arith::FloorDiv | Arith::Shr) && left.small && right.konst.is_some_and(|n| n > 0);
        env.bind(site.result(), binding);
        self.finish(env, site.block);
    }

    /// `int / int`: correctly rounded by one IEEE division when both convert exactly.
    fn int_true_division(&mut self, site: &Site<'a>, mut env: Env) {
        let (left, right) = (env.get(site.arg(0)), env.get(site.arg(1)));
        let (a, b) = (self.as_int(&left), self.as_int(&right));
        // |n| <= 2^53, tested as 0 <= n + 2^53 <= 2^54 without sign.
        for (int, known) in [(a, &left), (b, &right)] {
            if !(known.small || known.ty == Ty::Bool) {
                let bias = self.op(Op::Iconst(1 << 53), &[], Type::I64);
                let limit = self.op(Op::Iconst((1 << 54) + 1), &[], Type::I64);
                let sum = self.op(Op::Iadd, &[int, bias], Type::I64);
                let fits = self.op(Op::Icmp(Cond::Ult), &[sum, limit], Type::Bool);
                let (_, large) = self.op_or(Op::Guard, &[fits], &[]);
                self.slow_path(large, site, &env);
            }
        }
        if right.konst.is_none_or(|n| n == 0) {
            let zero = self.op(Op::Iconst(0), &[], Type::I64);
            let nonzero = self.op(Op::Icmp(Cond::Ne), &[b, zero], Type::Bool);
            let (_, raises) = self.op_or(Op::Guard, &[nonzero], &[]);
            self.slow_path(raises, site, &env);
        }
        let x = self.op(Op::IntToFloat, &[a], Type::F64);
        let y = self.op(Op::IntToFloat, &[b], Type::F64);
        let result = self.op(Op::Fdiv, &[x, y], Type::F64);
        env.bind(site.result(), Binding::new(Ty::Float, &[result]));
        self.finish(env, site.block);
    }

    /// One operand at least is a float, the other a float or an int.
    fn float_path(&mut self, op: Arith, site: &Site<'a>, mut env: Env) {
        let result = self.float_result(op, site, &env);
        env.bind(site.result(), Binding::new(Ty::Float, &[result]));
        self.finish(env, site.block);
    }

    /// Floats met an int where two floats were expected: converts it, and goes on as if it had been one. Nothing is learnt of the
    /// operands, so that the path joins that of two floats.
    fn mixed_paths(&mut self, op: Arith, site: &Site<'a>, env: &Env) {
        let (a, b) = (site.arg(0), site.arg(1));
        for (float, int) in [(a, b), (b, a)] {
            let (_, other) = self.op_or(Op::GuardFloat, &[env.get(float).part(0)], &[]);
            let (paths, not_int) = {
                let mut known = env.clone();
                self.bind_float(float, &mut known);
                self.tested_path(Op::GuardInt, &[int], &known)
            };
            self.slow_path(not_int, site, env);
            let result = self.float_result(op, site, &paths);
            let mut env = env.clone();
            env.bind(site.result(), Binding::new(Ty::Float, &[result]));
            self.finish(env, site.block);
            self.cur = other;
        }
    }

    /// The float that an operation gives; leaves for the runtime where it gives none.
    fn float_result(&mut self, op: Arith, site: &Site<'a>, env: &Env) -> Value {
        let (left, right) = (env.get(site.arg(0)), env.get(site.arg(1)));
        let (a, b) = (self.as_float(&left), self.as_float(&right));
        let divisor_known = right.float.is_some_and(|x| x != 0.0) || right.konst.is_some_and(|n| n != 0);
        if matches!(op, Arith::Div | Arith::FloorDiv | Arith::Mod) && !divisor_known {
            let zero = self.op(Op::Fconst(0), &[], Type::F64);
            let nonzero = self.op(Op::Fcmp(Cond::Ne), &[b, zero], Type::Bool);
            let (_, raises) = self.op_or(Op::Guard, &[nonzero], &[]);
            self.slow_path(raises, site, env);
        }
        match op {
            Arith::Add => self.op(Op::Fadd, &[a, b], Type::F64),
            Arith::Sub => self.op(Op::Fsub, &[a, b], Type::F64),
            Arith::Mul => self.op(Op::Fmul, &[a, b], Type::F64),
            Arith::Div => self.op(Op::Fdiv, &[a, b], Type::F64),
            Arith::Pow => {
                // NaN is also what says that the result is complex or an exception.
                let power = self.call_row(Intrinsic::flt_pow, &[a, b], Type::F64);
                let number = self.op(Op::Fcmp(Cond::Eq), &[power, power], Type::Bool);
                let (_, other) = self.op_or(Op::Guard, &[number], &[]);
                self.slow_path(other, site, env);
                power
            }
            Arith::FloorDiv => self.call_row(Intrinsic::flt_floordiv, &[a, b], Type::F64),
            _ => self.call_row(Intrinsic::flt_rem, &[a, b], Type::F64),
        }
    }
}
