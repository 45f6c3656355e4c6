//! Comparisons and truth tests.
//!
//! Invariant: an int and a float are compared in line only when the int converts exactly, since Python compares exactly.

use super::env::{Bias, Binding, Env};
use super::ty::Ty;
use super::{Site, Spec};
use crate::mir::{Block, Cond, Op, Type, Value};
use molt_abi::intrinsic::Intrinsic;
use molt_abi::layout::Kind;
use molt_abi::value as word;

/// The condition of a comparison row, and whether its result is a boxed value.
fn comparison(id: Intrinsic) -> Option<(Cond, bool)> {
    use Intrinsic as I;
    Some(match id {
        I::lt => (Cond::Lt, true),
        I::le => (Cond::Le, true),
        I::eq => (Cond::Eq, true),
        I::ne => (Cond::Ne, true),
        I::gt => (Cond::Gt, true),
        I::ge => (Cond::Ge, true),
        I::lt_true => (Cond::Lt, false),
        I::le_true => (Cond::Le, false),
        I::eq_true => (Cond::Eq, false),
        I::ne_true => (Cond::Ne, false),
        I::gt_true => (Cond::Gt, false),
        I::ge_true => (Cond::Ge, false),
        _ => return None,
    })
}

/// Whether the row is handled here.
pub(super) fn handles(id: Intrinsic) -> bool {
    comparison(id).is_some() || id == Intrinsic::truth
}

/// Whether the row is `<`, `<=`, `>` or `>=`.
pub(super) fn orders(id: Intrinsic) -> bool {
    comparison(id).is_some_and(|(cond, _)| !matches!(cond, Cond::Eq | Cond::Ne))
}

/// Ints up to this magnitude convert to a double exactly.
const EXACT: i64 = 1 << 53;

impl<'a> Spec<'a> {
    pub(super) fn expand_compare(&mut self, site: &Site<'a>, env: &Env) -> bool {
        if site.id == Intrinsic::truth {
            return self.truth(site, env);
        }
        let Some((cond, boxed)) = comparison(site.id) else { return false };
        let (a, b) = (site.arg(0), site.arg(1));
        let (left, right) = (env.get(a), env.get(b));
        let (ta, tb) = (left.ty, right.ty);
        let inty = |ty| matches!(ty, Ty::Int | Ty::Bool);
        let exact =
            |b: &Binding| b.ty == Ty::Float || b.ty == Ty::Bool || b.small || b.konst.is_some_and(|n| n.abs() <= EXACT);
        match (ta, tb) {
            _ if inty(ta) && inty(tb) => self.compare_ints(cond, boxed, site, env.clone()),
            (Ty::Float, _) | (_, Ty::Float) if exact(&left) && exact(&right) => {
                self.compare_floats(cond, boxed, site, env.clone());
            }
            (Ty::Any, _) | (_, Ty::Any) if self.predictions.is_object(a) || self.predictions.is_object(b) => {
                return false;
            }
            (Ty::Any, Ty::Any) if site.speculate && !site.lean => self.compare_both_unknown(cond, boxed, site, env),
            (Ty::Any, _) if site.speculate && (inty(tb) || tb == Ty::Float) => {
                self.compare_unknown(cond, boxed, site, env, a, &right);
            }
            (_, Ty::Any) if site.speculate && (inty(ta) || ta == Ty::Float) => {
                self.compare_unknown(cond, boxed, site, env, b, &left);
            }
            _ => return false,
        }
        true
    }

    /// Tests both operands at once. Anything can be compared, so what is no number is not unlikely.
    fn compare_both_unknown(&mut self, cond: Cond, boxed: bool, site: &Site<'a>, env: &Env) {
        let operands = [site.arg(0), site.arg(1)];
        if matches!(cond, Cond::Eq | Cond::Ne) {
            return self.equal_unknown(cond, boxed, site, env);
        }
        let guards: &[Op] = match env.bias {
            Bias::Int => &[Op::GuardInt],
            Bias::Float => &[Op::GuardFloat],
            Bias::Object => &[],
            Bias::None => &[Op::GuardInt, Op::GuardFloat],
        };
        for guard in guards {
            let (path, other) = self.tested_path(*guard, &operands, env);
            if *guard == Op::GuardInt {
                self.compare_ints(cond, boxed, site, path);
            } else {
                self.compare_floats(cond, boxed, site, path);
            }
            self.cur = other;
        }
        let other = self.cur;
        if matches!(env.bias, Bias::None | Bias::Object) {
            self.warm_path(other, site, env);
        } else {
            self.slow_path(other, site, env);
        }
    }

    /// `==` and `!=` of operands that may be anything: two ints are compared in line, and nothing is learnt.
    fn equal_unknown(&mut self, cond: Cond, boxed: bool, site: &Site<'a>, env: &Env) {
        let parts = [env.get(site.arg(0)).part(0), env.get(site.arg(1)).part(0)];
        let (_, other) = self.op_or(Op::GuardInt, &parts, &[]);
        self.slow_path(other, site, env);
        // An immediate int has one word.
        let mut result = self.op(Op::Same, &parts, Type::Bool);
        if cond == Cond::Ne {
            result = self.op(Op::Bnot, &[result], Type::Bool);
        }
        self.finish_bool(result, boxed, site, env.clone());
    }

    /// Tests the operand that is not known against the type of the other one, `known`.
    fn compare_unknown(
        &mut self,
        cond: Cond,
        boxed: bool,
        site: &Site<'a>,
        env: &Env,
        unknown: Value,
        known: &Binding,
    ) {
        let exact = known.small || known.konst.is_some_and(|n| n.abs() <= EXACT);
        let guards: &[Op] = match known.ty {
            Ty::Float => &[Op::GuardFloat],
            _ if site.lean => &[Op::GuardInt],
            _ if exact && matches!(env.bias, Bias::None | Bias::Float) => &[Op::GuardInt, Op::GuardFloat],
            _ => &[Op::GuardInt],
        };
        for guard in guards {
            let (mut path, other) = self.tested_path(*guard, &[unknown], env);
            if *guard == Op::GuardInt {
                path.bias = env.bias;
                self.compare_ints(cond, boxed, site, path);
            } else {
                self.compare_floats(cond, boxed, site, path);
            }
            self.cur = other;
        }
        let other = self.cur;
        if matches!(cond, Cond::Eq | Cond::Ne) {
            self.warm_path(other, site, env);
        } else {
            self.slow_path(other, site, env);
        }
    }

    fn compare_ints(&mut self, cond: Cond, boxed: bool, site: &Site<'a>, env: Env) {
        let (left, right) = (env.get(site.arg(0)), env.get(site.arg(1)));
        let (a, b) = (self.as_int(&left), self.as_int(&right));
        let result = self.op(Op::Icmp(cond), &[a, b], Type::Bool);
        self.finish_bool(result, boxed, site, env);
    }

    fn compare_floats(&mut self, cond: Cond, boxed: bool, site: &Site<'a>, env: Env) {
        let (left, right) = (env.get(site.arg(0)), env.get(site.arg(1)));
        let (a, b) = (self.as_float(&left), self.as_float(&right));
        let result = self.op(Op::Fcmp(cond), &[a, b], Type::Bool);
        self.finish_bool(result, boxed, site, env);
    }

    /// Binds a truth value, as a Python bool or a raw one, and goes on.
    fn finish_bool(&mut self, result: Value, boxed: bool, site: &Site<'a>, mut env: Env) {
        let ty = if boxed { Ty::Bool } else { Ty::Raw(Type::Bool) };
        env.bind(site.result(), Binding::new(ty, &[result]));
        self.finish(env, site.block);
    }

    fn truth(&mut self, site: &Site<'a>, env: &Env) -> bool {
        let operand = env.get(site.arg(0));
        let result = match operand.ty {
            Ty::Bool => operand.part(0),
            Ty::Int => {
                let zero = self.op(Op::Iconst(0), &[], Type::I64);
                self.op(Op::Icmp(Cond::Ne), &[operand.part(0), zero], Type::Bool)
            }
            Ty::Float => {
                let zero = self.op(Op::Fconst(0), &[], Type::F64);
                self.op(Op::Fcmp(Cond::Ne), &[operand.part(0), zero], Type::Bool)
            }
            Ty::Word(w @ (word::NONE | word::FALSE | word::TRUE)) => {
                let holds = w == word::TRUE;
                let value = self.op(Op::Bconst(holds), &[], Type::Bool);
                let mut env = env.clone();
                env.bind(site.result(), Binding::new(Ty::Raw(Type::Bool), &[value]).constant(i64::from(holds)));
                self.finish(env, site.block);
                return true;
            }
            Ty::Kind(kind @ (Kind::List | Kind::Tuple)) => {
                let len = if kind == Kind::List { Op::ListLen } else { Op::TupleLen };
                let len = self.op(len, &[operand.part(0)], Type::I64);
                let zero = self.op(Op::Iconst(0), &[], Type::I64);
                self.op(Op::Icmp(Cond::Ne), &[len, zero], Type::Bool)
            }
            Ty::Any if site.speculate => {
                let (_, other) = self.op_or(Op::GuardBool, &[operand.part(0)], &[]);
                let value = self.op(Op::UnboxBool, &[operand.part(0)], Type::Bool);
                // The operand stays boxed: to test it again costs less than versions for both cases.
                self.slow_path(other, site, env);
                self.finish_bool(value, false, site, env.clone());
                return true;
            }
            _ => return false,
        };
        self.finish_bool(result, false, site, env.clone());
        true
    }

    /// The operation itself in the runtime, on a path that is as likely as others.
    pub(super) fn warm_path(&mut self, block: Block, site: &Site<'a>, env: &Env) {
        self.cur = block;
        let mut env = env.clone();
        self.generic(site.data, &mut env);
        self.finish(env, site.block);
    }
}
