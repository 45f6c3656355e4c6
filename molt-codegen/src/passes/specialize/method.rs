//! Method calls whose arguments run code: the method is read first (`load_method`), the call comes later (`call_loaded`).
//!
//! Invariant: what is read is exactly what Python would read at that place. A method of a class of the module is the function in
//! its known cell, tested again at the call, so that evaluating the arguments may change the class. A method of an exact
//! builtin can't change or be absent, so reading it may wait until somebody else than the call needs it.

use super::env::{Binding, Env};
use super::ty::Ty;
use super::{Site, Spec};
use crate::mir::{ClassId, Known, KnownId, Op, Operand, Region, Type, Value};
use molt_abi::intrinsic::Intrinsic;
use molt_abi::layout::{self, Kind};
use molt_abi::value as word;

/// Whether the row is handled here.
pub(super) fn handles(id: Intrinsic) -> bool {
    matches!(id, Intrinsic::load_method | Intrinsic::call_loaded)
}

impl<'a> Spec<'a> {
    pub(super) fn expand_method(&mut self, site: &Site<'a>, env: &Env) -> bool {
        match site.id {
            Intrinsic::load_method => self.load_method(site, env),
            Intrinsic::call_loaded => self.call_loaded(site, env),
            _ => false,
        }
    }

    fn load_method(&mut self, site: &Site<'a>, env: &Env) -> bool {
        let Operand::Const(name) = site.data.args[1] else { return false };
        let object = site.arg(0);
        let text = self.module.consts.text(name).to_owned();
        let append = text == "append";
        match env.get(object).ty {
            Ty::Kind(Kind::List) if append => self.read_late(site, env.clone()),
            Ty::Any | Ty::Inst(_) => {
                let suits = |spec: &Self, class: ClassId| {
                    spec.method_cell(class, &text).is_some()
                        && spec.slot_names(class).is_some_and(|mut names| !names.any(|n| n == text))
                };
                return self.by_class(object, site, env, &suits, &|spec, class, env| {
                    let cell = spec.method_cell(class, &text).expect("candidates have the method");
                    spec.read_cell(cell, site, env);
                });
            }
            _ => return false,
        }
        true
    }

    /// The known cell of a method of the class.
    fn method_cell(&self, class: ClassId, name: &str) -> Option<KnownId> {
        let code = self.method_of(class, name)?;
        self.module.known.iter().find(|(_, known)| **known == Known::Function(code)).map(|(id, _)| id)
    }

    /// The method `append` of a list, not read yet.
    fn read_late(&mut self, site: &Site<'a>, mut env: Env) {
        let list = env.get(site.arg(0)).part(0);
        env.bind(site.data.results[0], Binding::new(Ty::Append, &[list]));
        env.bind(site.data.results[1], env.get(site.arg(0)));
        self.finish(env, site.block);
    }

    /// The method in a known cell.
    fn read_cell(&mut self, cell: KnownId, site: &Site<'a>, mut env: Env) {
        let object = env.get(site.arg(0)).part(0);
        let load = Op::Load { offset: layout::instance::DICT, ty: Type::Val, region: Region::Slot };
        let dict = self.op(load, &[object], Type::Val);
        let has_dict = self.op(Op::IsBound, &[dict], Type::Bool);
        let function = self.op(Op::LoadKnown(cell), &[], Type::Val);
        let broken = self.op(Op::Word(word::KNOWN_BROKEN), &[], Type::Val);
        let broken = self.op(Op::Same, &[function, broken], Type::Bool);
        let other = self.op(Op::Bor, &[has_dict, broken], Type::Bool);
        let plain = self.op(Op::Bnot, &[other], Type::Bool);
        let (_, other) = self.op_or(Op::Guard, &[plain], &[]);
        self.slow_path(other, site, &env);
        env.bind(site.data.results[0], Binding::new(Ty::Func(cell), &[function]));
        env.bind(site.data.results[1], env.get(site.arg(0)));
        self.finish(env, site.block);
    }

    fn call_loaded(&mut self, site: &Site<'a>, env: &Env) -> bool {
        // Operands: callable, receiver, keyword names, arguments.
        if site.data.args[2] != Operand::Absent {
            return false;
        }
        let rest: Vec<Value> = (3..site.data.args.len()).map(|i| site.arg(i)).collect();
        let callable = env.get(site.arg(0));
        match callable.ty {
            Ty::Append if rest.len() == 1 => {
                let mut env = env.clone();
                let value = self.boxed(rest[0], &mut env);
                self.op_none(Op::Call(Intrinsic::list_append), &[callable.part(0), value]);
                env.bind(site.result(), Binding::new(Ty::Word(word::NONE), &[]));
                self.finish(env, site.block);
                true
            }
            Ty::Func(cell) => {
                let Known::Function(code) = self.module.known[cell] else { return false };
                if !self.takes(code, rest.len() + 1) {
                    return false;
                }
                let now = self.op(Op::LoadKnown(cell), &[], Type::Val);
                let (_, other) = self.op_or(Op::GuardSame, &[callable.part(0), now], &[]);
                self.slow_path(other, site, env);
                let mut args = vec![site.arg(1)];
                args.extend(rest);
                self.call_code(code, &args, site, env.clone());
                true
            }
            _ => false,
        }
    }
}
