//! Subscripts of exact lists and tuples by ints.
//!
//! Invariant: the in-line path is taken only for an index in bounds (a negative one counted from the end once, as Python
//! does); everything else, the IndexError included, is the runtime's.

use super::env::{Binding, Env};
use super::predict::Worth;
use super::ty::Ty;
use super::{Site, Spec};
use crate::mir::{Cond, Constant, Op, Operand, Pos, Type, Value};
use molt_abi::intrinsic::Intrinsic;
use molt_abi::layout::Kind;

/// Whether the row is handled here.
pub(super) fn handles(id: Intrinsic) -> bool {
    matches!(id, Intrinsic::get_item | Intrinsic::set_item | Intrinsic::unpack)
}

impl<'a> Spec<'a> {
    pub(super) fn expand_item(&mut self, site: &Site<'a>, env: &Env) -> bool {
        if site.id == Intrinsic::unpack {
            return self.unpack(site, env);
        }
        if !handles(site.id) {
            return false;
        }
        let (object, key) = (site.arg(0), site.arg(1));
        let index_like = match env.get(key).ty {
            Ty::Int => true,
            Ty::Any => site.speculate,
            _ => false,
        };
        if !index_like {
            return false;
        }
        match env.get(object).ty {
            Ty::Kind(Kind::List) => self.list_item(site, env.clone()),
            Ty::Kind(Kind::Tuple) if site.id == Intrinsic::get_item => self.tuple_item(site, env.clone()),
            // What the object is stays open, so that other types go on in the same versions: see `Predictions` for those that
            // are tested before a loop.
            Ty::Any if site.speculate && env.get(key).ty == Ty::Int => {
                let (_, other) = self.op_or(Op::GuardKind(Kind::List), &[env.get(object).part(0)], &[]);
                self.slow_path(other, site, env);
                let mut env = env.clone();
                // Lists that a loop comes by and changes; others were tested before it.
                let learn = !env.no_lists && self.predictions.worth(site.block) == Worth::Much;
                if learn && self.predictions.is_filled(object) {
                    self.bind_kind(object, Kind::List, &mut env);
                }
                self.list_item(site, env);
            }
            _ => return false,
        }
        true
    }

    /// `a, b = sequence`: a constant tuple gives its items, an exact tuple of the right length is read in line.
    fn unpack(&mut self, site: &Site<'a>, env: &Env) -> bool {
        let source = env.get(site.arg(0));
        if let Some(Op::Const(tuple)) = self.def_op(site.arg(0))
            && let Constant::Tuple(items) = self.module.consts.get(tuple).clone()
            && items.len() == site.data.results.len()
        {
            let mut env = env.clone();
            for (result, item) in site.data.results.iter().zip(items) {
                let binding = self.constant(item);
                env.bind(*result, binding);
            }
            self.finish(env, site.block);
            return true;
        }
        if source.ty == Ty::Pair && site.data.results.len() == 2 {
            let mut env = env.clone();
            env.bind(site.data.results[0], Binding::new(Ty::Int, &[source.part(0)]));
            env.bind(site.data.results[1], Binding::new(Ty::Any, &[source.part(1)]).proper());
            self.finish(env, site.block);
            return true;
        }
        let tuple = match source.ty {
            Ty::Kind(Kind::List) => false,
            Ty::Kind(Kind::Tuple) => true,
            Ty::Any if site.speculate => {
                let (_, other) = self.op_or(Op::GuardKind(Kind::Tuple), &[source.part(0)], &[]);
                let cur = std::mem::replace(&mut self.cur, other);
                let (_, neither) = self.op_or(Op::GuardKind(Kind::List), &[source.part(0)], &[]);
                self.slow_path(neither, site, env);
                self.unpack_items(false, site, env.clone());
                self.cur = cur;
                true
            }
            _ => return false,
        };
        self.unpack_items(tuple, site, env.clone());
        true
    }

    /// Unpacks an exact tuple or list in line, if it has as many items as are wanted.
    fn unpack_items(&mut self, tuple: bool, site: &Site<'a>, mut env: Env) {
        let source = env.get(site.arg(0)).part(0);
        let (len, get) = if tuple { (Op::TupleLen, Op::TupleGet) } else { (Op::ListLen, Op::ListGet) };
        let len = self.op(len, &[source], Type::I64);
        let wanted = self.op(Op::Iconst(site.data.results.len() as i64), &[], Type::I64);
        let fits = self.op(Op::Icmp(Cond::Eq), &[len, wanted], Type::Bool);
        let (_, other) = self.op_or(Op::Guard, &[fits], &[]);
        self.slow_path(other, site, &env);
        for (i, result) in site.data.results.iter().enumerate() {
            let index = self.op(Op::Iconst(i as i64), &[], Type::I64);
            let item = self.op(get, &[source, index], Type::Val);
            env.bind(*result, Binding::new(Ty::Any, &[item]).proper());
        }
        self.finish(env, site.block);
    }

    /// Makes sure that the key is an int; leaves for the runtime otherwise.
    fn int_key(&mut self, site: &Site<'a>, env: &mut Env) -> Value {
        let key = site.arg(1);
        if env.get(key).ty == Ty::Any {
            let (_, other) = self.op_or(Op::GuardInt, &[env.get(key).part(0)], &[]);
            self.slow_path(other, site, env);
            self.bind_int(key, env);
        }
        env.get(key).part(0)
    }

    /// The index of an item: `key`, or `len + key` if negative. Leaves for the runtime when it is out of bounds.
    fn bounds(&mut self, key: Value, konst: Option<i64>, len: Value, site: &Site<'a>, env: &Env) -> Value {
        let index = match konst {
            Some(n) if n >= 0 => key,
            Some(_) => self.op(Op::Iadd, &[len, key], Type::I64),
            None => {
                // 63 = the sign, spread over the word: masks the length.
                let shift = self.op(Op::Iconst(63), &[], Type::I64);
                let sign = self.op(Op::Ishr, &[key, shift], Type::I64);
                let offset = self.op(Op::Iand, &[sign, len], Type::I64);
                self.op(Op::Iadd, &[key, offset], Type::I64)
            }
        };
        let inside = self.op(Op::Icmp(Cond::Ult), &[index, len], Type::Bool);
        let (_, outside) = self.op_or(Op::Guard, &[inside], &[]);
        self.slow_path(outside, site, env);
        index
    }

    fn list_item(&mut self, site: &Site<'a>, mut env: Env) {
        let key = self.int_key(site, &mut env);
        let list = env.get(site.arg(0)).part(0);
        let len = self.op(Op::ListLen, &[list], Type::I64);
        let konst = env.get(site.arg(1)).konst;
        let index = self.bounds(key, konst, len, site, &env);
        if site.id == Intrinsic::get_item {
            let item = self.op(Op::ListGet, &[list, index], Type::Val);
            env.bind(site.result(), Binding::new(Ty::Any, &[item]).proper());
        } else {
            // What is replaced by a number is probably one too, and needs no release.
            let put = self.is_immediate(env.get(site.arg(2)).ty);
            if put {
                let old = self.op(Op::ListGet, &[list, index], Type::Val);
                self.guard_immediate(old, site, &env);
            }
            let value = self.boxed(site.arg(2), &mut env);
            let args = [list, index, value].map(Operand::Value).to_vec();
            self.inst(if put { Op::ListPut } else { Op::ListSet }, args, &[], None, Pos::NONE);
        }
        self.finish(env, site.block);
    }

    /// Whether values of a type are mostly immediates.
    pub(super) fn is_immediate(&self, ty: Ty) -> bool {
        matches!(ty, Ty::Int | Ty::Float | Ty::Bool | Ty::Word(_))
    }

    /// Leaves for the runtime if a value is a heap object.
    fn guard_immediate(&mut self, value: Value, site: &Site<'a>, env: &Env) {
        let pointer = self.op(Op::IsPtr, &[value], Type::Bool);
        let immediate = self.op(Op::Bnot, &[pointer], Type::Bool);
        let (_, other) = self.op_or(Op::Guard, &[immediate], &[]);
        self.slow_path(other, site, env);
    }

    fn tuple_item(&mut self, site: &Site<'a>, mut env: Env) {
        let key = self.int_key(site, &mut env);
        let tuple = env.get(site.arg(0)).part(0);
        let len = self.op(Op::TupleLen, &[tuple], Type::I64);
        let konst = env.get(site.arg(1)).konst;
        let index = self.bounds(key, konst, len, site, &env);
        let item = self.op(Op::TupleGet, &[tuple, index], Type::Val);
        env.bind(site.result(), Binding::new(Ty::Any, &[item]).proper());
        self.finish(env, site.block);
    }
}
