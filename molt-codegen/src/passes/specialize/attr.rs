//! Attributes and methods of instances whose class is known, or guessed and tested.
//!
//! Invariant: a slot is read in line only if it is set, and set in line only where that keeps the order in which attributes were first
//! set (slots are set as a prefix, and the overflow dict is empty), which `__dict__` must show. A class's known cell is broken
//! by the runtime when the class or a base of it changes in a way that could be seen here.

use super::env::{Binding, Env};
use super::ty::Ty;
use super::{Site, Spec};
use crate::mir::{Class, ClassId, CodeId, ConstId, Def, Known, KnownId, Op, Operand, Pos, Region, Type, Value};
use molt_abi::intrinsic::Intrinsic;
use molt_abi::layout;

/// How many classes a site tests for before it asks its inline cache.
const MAX_CLASSES: usize = 4;

/// Whether the row is handled here.
pub(super) fn handles(id: Intrinsic) -> bool {
    matches!(id, Intrinsic::get_attr | Intrinsic::set_attr)
}

impl<'a> Spec<'a> {
    pub(super) fn expand_attr(&mut self, site: &Site<'a>, env: &Env) -> bool {
        if !handles(site.id) {
            return false;
        }
        let Operand::Const(name) = site.data.args[1] else { return false };
        let has_slot = |spec: &Self, class: ClassId| spec.slot_of(class, name).is_some();
        self.by_class(site.arg(0), site, env, &has_slot, &|spec, class, env| {
            let slot = spec.slot_of(class, name).expect("candidates have the slot");
            if site.id == Intrinsic::get_attr { spec.slot_get(slot, site, env) } else { spec.slot_set(slot, site, env) }
        })
    }

    /// Compiles the site for the class of `object` if it is known; else tests for the classes that `suits` names and leaves the rest to
    /// the site's inline cache.
    pub(super) fn by_class(
        &mut self,
        object: Value,
        site: &Site<'a>,
        env: &Env,
        suits: &dyn Fn(&Self, ClassId) -> bool,
        compile: &dyn Fn(&mut Self, ClassId, Env),
    ) -> bool {
        match env.get(object).ty {
            Ty::Inst(known) => match self.module.known[known] {
                Known::Class(class) if suits(self, class) => {
                    compile(self, class, env.clone());
                    true
                }
                _ => false,
            },
            Ty::Any if site.speculate => {
                let classes = self.candidates(object, suits);
                if classes.is_empty() {
                    return false;
                }
                // The only class with such an attribute is remembered. Where there are several, the object
                // stays open, so that they share what follows.
                let part = env.get(object).part(0);
                let learn = classes.len() == 1;
                for (known, class) in classes {
                    let (_, other) = self.op_or(Op::GuardType(known), &[part], &[]);
                    let mut path = env.clone();
                    if learn {
                        path.bind(object, Binding::new(Ty::Inst(known), &[part]));
                    }
                    compile(self, class, path);
                    self.cur = other;
                }
                let other = self.cur;
                self.slow_path(other, site, env);
                true
            }
            _ => false,
        }
    }

    /// The classes worth testing for: those of the module that suit, the receiver's own class first.
    fn candidates(&self, object: Value, suits: &dyn Fn(&Self, ClassId) -> bool) -> Vec<(KnownId, ClassId)> {
        let own = self.class_of_self(object);
        let mut classes: Vec<(KnownId, ClassId)> = self
            .module
            .known
            .iter()
            .filter_map(|(known, what)| match what {
                Known::Class(class) if suits(self, *class) => Some((known, *class)),
                _ => None,
            })
            .filter(|(_, class)| own.is_none_or(|own| self.derives(*class, own)))
            .collect();
        classes.sort_by_key(|(_, class)| (Some(*class) != own, *class));
        if classes.len() > MAX_CLASSES && own.is_none() {
            return Vec::new();
        }
        classes.truncate(MAX_CLASSES);
        classes
    }

    /// The class whose method this function is, if `object` is the method's first parameter.
    fn class_of_self(&self, object: Value) -> Option<ClassId> {
        let is_first = self.src.values[object].def == Def::Param(self.src.entry, 0);
        let method =
            |class: &Class| class.facts.as_ref().is_some_and(|f| f.methods.iter().any(|m| m.1 == self.src.code));
        self.module.classes.iter().find(|(_, class)| is_first && method(class)).map(|(id, _)| id)
    }

    /// Whether `class` is `base` or derives from it, as far as is known.
    fn derives(&self, class: ClassId, base: ClassId) -> bool {
        let mut at = Some(class);
        while let Some(class) = at {
            if class == base {
                return true;
            }
            at = self.module.classes[class].facts.as_ref().and_then(|f| f.base);
        }
        false
    }

    /// The slot that holds an attribute of the class's instances, when nothing in the class can come before it.
    fn slot_of(&self, class: ClassId, name: ConstId) -> Option<u32> {
        let facts = self.module.classes[class].facts.as_ref()?;
        let slot = facts.layout.iter().position(|n| *n == name)?;
        let mut at = Some(class);
        while let Some(class) = at {
            let facts = self.module.classes[class].facts.as_ref()?;
            if facts.attributes.contains(&name) || !facts.plain_attributes {
                return None;
            }
            at = facts.base;
        }
        Some(slot as u32)
    }

    /// The code of a method found on the class or its bases.
    pub(super) fn method_of(&self, class: ClassId, name: &str) -> Option<CodeId> {
        let mut at = Some(class);
        while let Some(class) = at {
            let facts = self.module.classes[class].facts.as_ref()?;
            if !facts.plain_attributes {
                return None;
            }
            if facts.attributes.iter().any(|n| self.module.consts.text(*n) == name) {
                return facts.methods.iter().find(|(n, _)| self.module.consts.text(*n) == name).map(|(_, code)| *code);
            }
            at = facts.base;
        }
        None
    }

    fn slot_get(&mut self, slot: u32, site: &Site<'a>, mut env: Env) {
        let object = env.get(site.arg(0)).part(0);
        let value = self.op(Op::SlotLoad(slot), &[object], Type::Val);
        let bound = self.op(Op::IsBound, &[value], Type::Bool);
        let (_, unset) = self.op_or(Op::Guard, &[bound], &[]);
        self.slow_path(unset, site, &env);
        env.bind(site.result(), Binding::new(Ty::Any, &[value]));
        self.finish(env, site.block);
    }

    fn slot_set(&mut self, slot: u32, site: &Site<'a>, mut env: Env) {
        let object = env.get(site.arg(0)).part(0);
        let old = self.op(Op::SlotLoad(slot), &[object], Type::Val);
        let ty = env.get(site.arg(2)).ty;
        let raw = if self.initializes(site) {
            self.guard_first_set(slot, object, old, site, &env);
            true
        } else if matches!(ty, Ty::Int | Ty::Float) {
            // A number probably replaces one of its kind, which needs no release.
            let guard = if ty == Ty::Int { Op::GuardInt } else { Op::GuardFloat };
            let (_, other) = self.op_or(guard, &[old], &[]);
            self.slow_path(other, site, &env);
            true
        } else {
            let bound = self.op(Op::IsBound, &[old], Type::Bool);
            let (_, other) = self.op_or(Op::Guard, &[bound], &[]);
            self.slow_path(other, site, &env);
            false
        };
        let value = self.boxed(site.arg(2), &mut env);
        let offset = layout::instance::SLOTS + 8 * slot as i32;
        let store = if raw { Op::Store { offset, region: Region::Slot } } else { Op::SlotStore(slot) };
        self.inst(store, vec![Operand::Value(object), Operand::Value(value)], &[], None, Pos::NONE);
        if !raw {
            env.after_python();
        }
        self.finish(env, site.block);
    }

    /// Whether the site is the first one to set its attribute in the `__init__` that is being compiled, on the receiver.
    fn initializes(&self, site: &Site<'a>) -> bool {
        let name = self.module.consts.text(self.module.codes[self.src.code].name);
        if name != "__init__" || self.src.values[site.arg(0)].def != Def::Param(self.src.entry, 0) {
            return false;
        }
        let mut sites = self.src.blocks.values().flat_map(|b| &b.insts).map(|i| &self.src.insts[*i]);
        let first = sites.find(|d| d.op == site.data.op && d.args[..2] == site.data.args[..2]);
        first.is_some_and(|d| std::ptr::eq(d, site.data))
    }

    /// Leaves for the runtime unless the slot is the next one to be set: not set, every earlier one set, and no attribute in
    /// the overflow dict.
    fn guard_first_set(&mut self, slot: u32, object: Value, old: Value, site: &Site<'a>, env: &Env) {
        let load = Op::Load { offset: layout::instance::DICT, ty: Type::Val, region: Region::Slot };
        let dict = self.op(load, &[object], Type::Val);
        let has_dict = self.op(Op::IsBound, &[dict], Type::Bool);
        let set = self.op(Op::IsBound, &[old], Type::Bool);
        let taken = self.op(Op::Bor, &[has_dict, set], Type::Bool);
        let mut first = self.op(Op::Bnot, &[taken], Type::Bool);
        if slot > 0 {
            let before = self.op(Op::SlotLoad(slot - 1), &[object], Type::Val);
            let before = self.op(Op::IsBound, &[before], Type::Bool);
            first = self.op(Op::Band, &[first, before], Type::Bool);
        }
        let (_, other) = self.op_or(Op::Guard, &[first], &[]);
        self.slow_path(other, site, env);
    }

    pub(super) fn call_method_of_class(&mut self, name: &str, site: &Site<'a>, env: &Env) -> bool {
        let count = site.data.args.len() - 3;
        let suits = |spec: &Self, class: ClassId| {
            spec.method_of(class, name).is_some_and(|code| spec.takes(code, count))
                && spec.slot_names(class).is_some_and(|mut names| !names.any(|n| n == name))
        };
        self.by_class(site.arg(3), site, env, &suits, &|spec, class, env| {
            let code = spec.method_of(class, name).expect("candidates have the method");
            let object = env.get(site.arg(3)).part(0);
            // An attribute of the instance's own would come first; without a slot it can only be in the dict.
            let load = Op::Load { offset: layout::instance::DICT, ty: Type::Val, region: Region::Slot };
            let dict = spec.op(load, &[object], Type::Val);
            let has_dict = spec.op(Op::IsBound, &[dict], Type::Bool);
            let no_dict = spec.op(Op::Bnot, &[has_dict], Type::Bool);
            let (_, other) = spec.op_or(Op::Guard, &[no_dict], &[]);
            spec.slow_path(other, site, &env);
            let args: Vec<Value> = (3..site.data.args.len()).map(|i| site.arg(i)).collect();
            spec.call_code(code, &args, site, env);
        })
    }

    pub(super) fn slot_names(&self, class: ClassId) -> Option<impl Iterator<Item = &str>> {
        let facts = self.module.classes[class].facts.as_ref()?;
        Some(facts.layout.iter().map(|n| self.module.consts.text(*n)))
    }

    /// A call of a class of the module: makes the instance and calls `__init__` directly.
    pub(super) fn call_class(&mut self, known: KnownId, class: ClassId, site: &Site<'a>, env: &Env) -> bool {
        let Some(facts) = &self.module.classes[class].facts else { return false };
        if !facts.plain_construction {
            return false;
        }
        let init = self.method_of(class, "__init__");
        let count = site.data.args.len() - 2;
        match init {
            Some(code) if self.takes(code, count + 1) => {}
            None if count == 0 && !self.defines(class, "__init__") => {}
            _ => return false,
        }
        let cell = self.op(Op::LoadKnown(known), &[], Type::Val);
        let (_, other) = self.op_or(Op::GuardSame, &[env.get(site.arg(0)).part(0), cell], &[]);
        self.slow_path(other, site, env);
        let mut env = env.clone();
        let object = self.call_row(Intrinsic::new_instance, &[cell], Type::Val);
        env.bind(site.result(), Binding::new(Ty::Inst(known), &[object]));
        if let Some(code) = init {
            let mut args = vec![site.result()];
            args.extend((2..site.data.args.len()).map(|i| site.arg(i)));
            let returned = self.direct(code, &args, site, &mut env);
            let none = self.op(Op::IsNone, &[returned], Type::Bool);
            let (_, wrong) = self.op_or(Op::Guard, &[none], &[]);
            let cur = self.cur;
            self.go_cold(wrong);
            let exit = site.data.exit.as_ref().map(|exit| self.exit_edge(&env, exit));
            self.inst(Op::Call(Intrinsic::raise_bad_init), vec![Operand::Value(returned)], &[], exit, site.data.pos);
            self.cur = cur;
        }
        self.finish(env, site.block);
        true
    }

    /// Whether the class or a known base binds a name.
    fn defines(&self, class: ClassId, name: &str) -> bool {
        let mut at = Some(class);
        while let Some(class) = at {
            let Some(facts) = &self.module.classes[class].facts else { return true };
            if facts.attributes.iter().any(|n| self.module.consts.text(*n) == name) {
                return true;
            }
            at = facts.base;
        }
        false
    }
}
