//! Iteration: loops over ranges and exact lists and tuples keep their iterator's state in SSA values.
//!
//! Invariant: an iterator is virtual only if nothing but `iter_next` and lifetimes ever sees it, so that its state cannot be
//! observed; where it meets a version that needs it boxed, a real iterator in the same state is made.

use super::env::{Binding, Env};
use super::ty::Ty;
use super::{Site, Spec};
use crate::mir::{Cond, Function, Op, Type, Value};
use molt_abi::intrinsic::Intrinsic;
use molt_abi::layout::Kind;
use molt_abi::value as word;
use std::collections::{BTreeMap, BTreeSet};

/// Whether the row is handled here.
pub(super) fn handles(id: Intrinsic) -> bool {
    matches!(id, Intrinsic::get_iter | Intrinsic::iter_next)
}

/// Values that may be virtual: results of `get_iter` used by `iter_next` alone, and call results used by `get_iter` alone.
pub(super) fn virtual_candidates(function: &Function) -> BTreeSet<Value> {
    let mut candidates: BTreeMap<Value, Intrinsic> = BTreeMap::new();
    for block in function.blocks.values() {
        for inst in &block.insts {
            match function.insts[*inst].op {
                Op::Call(Intrinsic::get_iter) => {
                    candidates.insert(function.insts[*inst].results[0], Intrinsic::iter_next);
                }
                Op::Call(Intrinsic::call) => {
                    candidates.insert(function.insts[*inst].results[0], Intrinsic::get_iter);
                }
                _ => {}
            }
        }
    }
    for block in function.blocks.values() {
        for inst in &block.insts {
            let data = &function.insts[*inst];
            for (i, arg) in data.args.iter().enumerate() {
                let Some(value) = arg.value() else { continue };
                let allowed = match data.op {
                    Op::KeepAlive => true,
                    Op::Call(id) => candidates.get(&value) == Some(&id) && i == 0,
                    _ => false,
                };
                if !allowed {
                    candidates.remove(&value);
                }
            }
            for value in data.exit.iter().flat_map(|e| &e.args) {
                candidates.remove(value);
            }
        }
        block.term.for_each_use(|value| {
            candidates.remove(&value);
        });
    }
    candidates.into_keys().collect()
}

impl<'a> Spec<'a> {
    pub(super) fn expand_iter(&mut self, site: &Site<'a>, env: &Env) -> bool {
        match site.id {
            Intrinsic::get_iter => self.get_iter(site, env),
            Intrinsic::iter_next => self.iter_next(site, env),
            _ => false,
        }
    }

    fn get_iter(&mut self, site: &Site<'a>, env: &Env) -> bool {
        if !self.virtual_ok.contains(&site.result()) {
            return false;
        }
        let source = env.get(site.arg(0));
        match source.ty {
            Ty::Count => {
                let mut env = env.clone();
                env.bind(site.result(), Binding::new(Ty::CountIter, source.parts()));
                self.finish(env, site.block);
            }
            Ty::Range => {
                let mut env = env.clone();
                let (start, stop, step) = (source.part(0), source.part(1), source.part(2));
                let count = self.range_len(start, stop, step, site, &env);
                env.bind(site.result(), Binding::new(Ty::RangeIter, &[start, count, step]));
                self.finish(env, site.block);
            }
            Ty::Enum => {
                let mut env = env.clone();
                let zero = self.op(Op::Iconst(0), &[], Type::I64);
                env.bind(site.result(), Binding::new(Ty::EnumIter, &[source.part(0), zero]));
                self.finish(env, site.block);
            }
            Ty::Kind(kind @ (Kind::List | Kind::Tuple)) => self.sequence_iter(kind, site, env.clone()),
            Ty::Any if site.speculate && !env.no_lists && self.predictions.iterates_inside(site.result()) => {
                let (_, other) = self.op_or(Op::GuardKind(Kind::List), &[source.part(0)], &[]);
                let mut lists = env.clone();
                self.bind_kind(site.arg(0), Kind::List, &mut lists);
                self.sequence_iter(Kind::List, site, lists);
                self.warm_path(other, site, env);
            }
            _ => return false,
        }
        true
    }

    /// The length of a range: with the step's sign folded in, `(distance - 1) // |step| + 1` where the distance is positive.
    fn range_len(&mut self, start: Value, stop: Value, step: Value, site: &Site<'a>, env: &Env) -> Value {
        let zero = self.op(Op::Iconst(0), &[], Type::I64);
        let one = self.op(Op::Iconst(1), &[], Type::I64);
        let up = self.op(Op::Icmp(Cond::Gt), &[step, zero], Type::Bool);
        let low = self.op(Op::Select, &[up, start, stop], Type::I64);
        let high = self.op(Op::Select, &[up, stop, start], Type::I64);
        let negated = self.op(Op::Isub, &[zero, step], Type::I64);
        let size = self.op(Op::Select, &[up, step, negated], Type::I64);
        let (distance, huge) = self.op_or(Op::IsubChecked, &[high, low], &[Type::I64]);
        self.slow_path(huge, site, env);
        let last = self.op(Op::Isub, &[distance[0], one], Type::I64);
        let (quotient, odd) = self.op_or(Op::IfloordivChecked, &[last, size], &[Type::I64]);
        self.slow_path(odd, site, env);
        let count = self.op(Op::Iadd, &[quotient[0], one], Type::I64);
        let some = self.op(Op::Icmp(Cond::Lt), &[low, high], Type::Bool);
        self.op(Op::Select, &[some, count, zero], Type::I64)
    }

    fn sequence_iter(&mut self, kind: Kind, site: &Site<'a>, mut env: Env) {
        let ty = if kind == Kind::List { Ty::ListIter } else { Ty::TupleIter };
        let sequence = env.get(site.arg(0)).part(0);
        let zero = self.op(Op::Iconst(0), &[], Type::I64);
        env.bind(site.result(), Binding::new(ty, &[sequence, zero]));
        self.finish(env, site.block);
    }

    fn iter_next(&mut self, site: &Site<'a>, env: &Env) -> bool {
        let iter = env.get(site.arg(0));
        let one_more = |spec: &mut Self, value: Value| {
            let one = spec.op(Op::Iconst(1), &[], Type::I64);
            spec.op(Op::Iadd, &[value, one], Type::I64)
        };
        match iter.ty {
            Ty::CountIter => {
                let (next, stop) = (iter.part(0), iter.part(1));
                let more = self.op(Op::Icmp(Cond::Lt), &[next, stop], Type::Bool);
                let (body, done) = self.branch(more);
                self.cur = body;
                let after = one_more(self, next);
                let mut env_body = env.clone();
                env_body.bind(site.arg(0), Binding::new(Ty::CountIter, &[after, stop]));
                env_body.bind(site.result(), Binding::new(Ty::Int, &[next]));
                self.finish(env_body, site.block);
                self.stop(done, site, env.clone());
            }
            Ty::RangeIter => {
                let (next, remaining, step) = (iter.part(0), iter.part(1), iter.part(2));
                let zero = self.op(Op::Iconst(0), &[], Type::I64);
                let more = self.op(Op::Icmp(Cond::Ne), &[remaining, zero], Type::Bool);
                let (body, done) = self.branch(more);
                self.cur = body;
                let one = self.op(Op::Iconst(1), &[], Type::I64);
                let left = self.op(Op::Isub, &[remaining, one], Type::I64);
                let after = self.op(Op::Iadd, &[next, step], Type::I64);
                let mut env_body = env.clone();
                env_body.bind(site.arg(0), Binding::new(Ty::RangeIter, &[after, left, step]));
                env_body.bind(site.result(), Binding::new(Ty::Int, &[next]));
                self.finish(env_body, site.block);
                self.stop(done, site, env.clone());
            }
            Ty::ListIter | Ty::TupleIter | Ty::EnumIter => {
                let (sequence, index) = (iter.part(0), iter.part(1));
                let list = iter.ty != Ty::TupleIter;
                let len = self.op(if list { Op::ListLen } else { Op::TupleLen }, &[sequence], Type::I64);
                let more = self.op(Op::Icmp(Cond::Ult), &[index, len], Type::Bool);
                let (body, done) = self.branch(more);
                self.cur = body;
                let item = self.op(if list { Op::ListGet } else { Op::TupleGet }, &[sequence, index], Type::Val);
                let after = one_more(self, index);
                let mut env_body = env.clone();
                env_body.bind(site.arg(0), Binding::new(iter.ty, &[sequence, after]));
                let next = match iter.ty {
                    Ty::EnumIter => Binding::new(Ty::Pair, &[index, item]),
                    _ => Binding::new(Ty::Any, &[item]),
                };
                env_body.bind(site.result(), next.proper());
                self.finish(env_body, site.block);
                self.stop(done, site, env.clone());
            }
            _ => return false,
        }
        true
    }

    /// The path on which the iterator is exhausted.
    fn stop(&mut self, done: crate::mir::Block, site: &Site<'a>, mut env: Env) {
        self.cur = done;
        env.bind(site.result(), Binding::new(Ty::Word(word::STOP), &[]));
        self.finish(env, site.block);
    }
}
