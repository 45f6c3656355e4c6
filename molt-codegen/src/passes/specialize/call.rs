//! Calls of what a global names: functions and classes of the module, and builtins with a direct form.
//!
//! Invariant: the callee's value is compared at the call with what the compiler assumed; any other value takes the generic
//! call. Builtin types' methods on an exact builtin receiver need no guard beyond the kind: such types are immutable.

use super::cold::Task;
use super::env::{Binding, Env};
use super::ty::Ty;
use super::{Site, Spec};
use crate::mir::{
    Block, BlockCall, CodeId, Cond, FuncRef, GlobalId, Known, KnownId, Op, Operand, Pos, RetConv, STATUS_OK, Term,
    Type, Value,
};
use molt_abi::builtins;
use molt_abi::desc::CodeFlags;
use molt_abi::intrinsic::{Effect, Intrinsic};
use molt_abi::layout::Kind;
use molt_abi::value as word;

/// Whether the row is handled here.
pub(super) fn handles(id: Intrinsic) -> bool {
    matches!(id, Intrinsic::call | Intrinsic::call_method)
}

impl<'a> Spec<'a> {
    pub(super) fn expand_call(&mut self, site: &Site<'a>, env: &Env) -> bool {
        match site.id {
            Intrinsic::call => self.call(site, env),
            Intrinsic::call_method => self.call_method(site, env),
            _ => false,
        }
    }

    /// The name of a global.
    fn global_name(&self, global: GlobalId) -> String {
        self.module.consts.text(self.module.globals[global]).to_owned()
    }

    fn call(&mut self, site: &Site<'a>, env: &Env) -> bool {
        let Some(Op::LoadGlobal(global)) = self.def_op(site.arg(0)) else { return false };
        if site.data.args[1] != Operand::Absent || env.get(site.arg(0)).ty != Ty::Any {
            return false;
        }
        match self.module.global_known.get(&global).map(|id| (*id, self.module.known[*id])) {
            Some((id, Known::Function(code))) => self.call_known(id, code, site, env),
            Some((id, Known::Class(class))) => self.call_class(id, class, site, env),
            None => {
                let name = self.global_name(global);
                match builtins::index_of(&name) {
                    Some(index) if site.speculate => self.call_builtin(&name, index, site, env),
                    _ => false,
                }
            }
        }
    }

    /// Whether a code object takes exactly `count` positional arguments and nothing else.
    pub(super) fn takes(&self, code: CodeId, count: usize) -> bool {
        let data = &self.module.codes[code];
        data.arg_count as usize == count
            && data.kwonly_count == 0
            && data.flags & (CodeFlags::VARARGS | CodeFlags::VARKEYWORDS) == 0
            && data.freevars.is_empty()
    }

    fn call_known(&mut self, known: KnownId, code: CodeId, site: &Site<'a>, env: &Env) -> bool {
        if !self.takes(code, site.data.args.len() - 2) {
            return false;
        }
        let cell = self.op(Op::LoadKnown(known), &[], Type::Val);
        let (_, other) = self.op_or(Op::GuardSame, &[env.get(site.arg(0)).part(0), cell], &[]);
        self.slow_path(other, site, env);
        let args: Vec<Value> = (2..site.data.args.len()).map(|i| site.arg(i)).collect();
        self.call_code(code, &args, site, env.clone());
        true
    }

    /// A direct call of a code object without free variables, specialised on the argument types.
    pub(super) fn call_code(&mut self, code: CodeId, args: &[Value], site: &Site<'a>, mut env: Env) {
        let results = self.enter(code, args, site, &mut env);
        if let &[raw, status] = results.as_slice() {
            let other = self.status_test(status);
            self.defer(other, site.block, env.clone(), Task::BoxedResult(raw, site.result()));
            env.bind(site.result(), Binding::new(Ty::Int, &[raw]));
            self.finish(env, site.block);
            return;
        }
        env.bind(site.result(), Binding::new(Ty::Any, &results));
        self.finish(env, site.block);
    }

    /// Leaves for the block it gives when a specialised entry returned a boxed value.
    fn status_test(&mut self, status: Value) -> Block {
        let ok = self.op(Op::Iconst(STATUS_OK), &[], Type::I64);
        let plain = self.op(Op::Icmp(Cond::Eq), &[status, ok], Type::Bool);
        self.op_or(Op::Guard, &[plain], &[]).1
    }

    /// The call itself; gives the owned result.
    pub(super) fn direct(&mut self, code: CodeId, args: &[Value], site: &Site<'a>, env: &mut Env) -> Value {
        let results = self.enter(code, args, site, env);
        let &[raw, status] = results.as_slice() else { return results[0] };
        let other = self.status_test(status);
        let joined = self.out.new_block();
        let result = self.out.add_param(joined, Type::Val);
        let boxed = self.op(Op::BoxInt, &[raw], Type::Val);
        self.out.blocks[self.cur].term = Term::Jump(BlockCall::new(joined, vec![boxed]));
        self.go_cold(other);
        let value = self.op(Op::ValFromBits, &[raw], Type::Val);
        self.out.blocks[self.cur].term = Term::Jump(BlockCall::new(joined, vec![value]));
        self.cur = joined;
        result
    }

    /// The call itself; gives the owned result, or machine int and status.
    fn enter(&mut self, code: CodeId, args: &[Value], site: &Site<'a>, env: &mut Env) -> Vec<Value> {
        let types: Vec<Ty> = args
            .iter()
            .map(|v| match env.get(*v).ty {
                ty @ (Ty::Int | Ty::Float) => ty,
                _ => Ty::Any,
            })
            .collect();
        let callee = self.clones.request(self.module, code, types.clone());
        let generic = callee == self.module.codes[code].entry;
        let operands: Vec<Operand> = args
            .iter()
            .zip(&types)
            .map(|(v, ty)| {
                let part = if generic || *ty == Ty::Any { self.boxed(*v, env) } else { env.get(*v).part(0) };
                Operand::Value(part)
            })
            .collect();
        let exit = site.data.exit.as_ref().map(|exit| self.exit_edge(env, exit));
        let results = match self.module.functions[callee].ret {
            RetConv::Boxed => {
                let op = Op::CallDirect(FuncRef::Local(callee));
                self.inst(op, operands, &[Type::Val], exit, site.data.pos)
            }
            RetConv::Special(ty) => {
                let op = Op::CallSpecial(FuncRef::Local(callee));
                self.inst(op, operands, &[ty, Type::I64], exit, site.data.pos)
            }
        };
        env.after_python();
        results
    }

    /// A builtin that has a form of its own for these operands.
    fn call_builtin(&mut self, name: &str, index: u32, site: &Site<'a>, env: &Env) -> bool {
        let args: Vec<Value> = (2..site.data.args.len()).map(|i| site.arg(i)).collect();
        let types: Vec<Ty> = args.iter().map(|v| env.get(*v).ty).collect();
        let intish = |ty: &Ty| matches!(ty, Ty::Int | Ty::Any);
        let suits = match name {
            "range" => {
                matches!(args.len(), 1..=3) && types.iter().all(intish) && self.virtual_ok.contains(&site.result())
            }
            "enumerate" => {
                let splits =
                    types.first() == Some(&Ty::Any) && !env.no_lists && self.predictions.iterates_inside(site.result());
                args.len() == 1
                    && (splits || types.first() == Some(&Ty::Kind(Kind::List)))
                    && self.virtual_ok.contains(&site.result())
            }
            "len" => args.len() == 1,
            "abs" => args.len() == 1 && matches!(types[0], Ty::Int | Ty::Float),
            "float" => args.len() == 1 && matches!(types[0], Ty::Int | Ty::Float),
            "int" => args.len() == 1 && matches!(types[0], Ty::Int | Ty::Float),
            "min" | "max" => args.len() == 2 && self.comparable(&args, &types),
            "list" | "sorted" => args.len() == 1 && !self.cold,
            "bool" => args.len() == 1,
            "isinstance" => args.len() == 2,
            "chr" | "ord" | "repr" | "str" => args.len() == 1,
            _ => false,
        };
        if !suits {
            return false;
        }
        let pristine = self.op(Op::LoadBuiltin(index), &[], Type::Val);
        let (_, other) = self.op_or(Op::GuardSame, &[env.get(site.arg(0)).part(0), pristine], &[]);
        self.slow_path(other, site, env);
        let mut env = env.clone();
        let binding = match name {
            "range" => return self.call_range(&args, site, env),
            "enumerate" => {
                let list = env.get(args[0]).part(0);
                if types[0] == Ty::Any {
                    let (_, other) = self.op_or(Op::GuardKind(Kind::List), &[list], &[]);
                    let cur = self.cur;
                    self.warm_path(other, site, &env);
                    self.cur = cur;
                    self.bind_kind(args[0], Kind::List, &mut env);
                }
                Binding::new(Ty::Enum, &[list])
            }
            "len" => match types[0] {
                Ty::Kind(kind @ (Kind::List | Kind::Tuple)) => {
                    let op = if kind == Kind::List { Op::ListLen } else { Op::TupleLen };
                    let len = self.op(op, &[env.get(args[0]).part(0)], Type::I64);
                    Binding::new(Ty::Int, &[len]).small()
                }
                _ => {
                    let object = self.boxed(args[0], &mut env);
                    let len = self.raising(Intrinsic::len, &[object], Type::I64, site, &mut env);
                    Binding::new(Ty::Int, &[len])
                }
            },
            "list" | "sorted" => {
                self.generic(site.data, &mut env);
                let made = env.get(site.result()).part(0);
                Binding::new(Ty::Kind(Kind::List), &[made]).proper()
            }
            "bool" => self.bool_of(args[0], site, &mut env),
            "isinstance" => self.is_instance(&args, site, &mut env),
            "chr" | "ord" | "repr" | "str" => {
                let id = match name {
                    "chr" => Intrinsic::chr,
                    "ord" => Intrinsic::ord,
                    "repr" => Intrinsic::repr,
                    _ => Intrinsic::str_of,
                };
                let operand = self.boxed(args[0], &mut env);
                let result = self.raising(id, &[operand], Type::Val, site, &mut env);
                let ty = if name == "chr" { Ty::Kind(Kind::Str) } else { Ty::Any };
                Binding::new(ty, &[result]).proper()
            }
            "abs" if types[0] == Ty::Float => {
                let value = self.op(Op::Fabs, &[env.get(args[0]).part(0)], Type::F64);
                Binding::new(Ty::Float, &[value])
            }
            "abs" => {
                let raw = env.get(args[0]).part(0);
                let zero = self.op(Op::Iconst(0), &[], Type::I64);
                let (negated, overflow) = self.op_or(Op::InegChecked, &[raw], &[Type::I64]);
                self.slow_path(overflow, site, &env);
                let negative = self.op(Op::Icmp(Cond::Lt), &[raw, zero], Type::Bool);
                let value = self.op(Op::Select, &[negative, negated[0], raw], Type::I64);
                Binding::new(Ty::Int, &[value])
            }
            "float" => {
                let value = self.as_float(&env.get(args[0]));
                Binding::new(Ty::Float, &[value])
            }
            "int" if types[0] == Ty::Int => env.get(args[0]),
            "int" => {
                let (value, large) = self.op_or(Op::FloatToIntChecked, &[env.get(args[0]).part(0)], &[Type::I64]);
                self.slow_path(large, site, &env);
                Binding::new(Ty::Int, &value)
            }
            _ => {
                self.same_numbers(&args, site, &mut env);
                self.min_max(name == "min", &args, &env)
            }
        };
        env.bind(site.result(), binding);
        self.finish(env, site.block);
        true
    }

    /// Whether two operands are numbers of one type, or may be found to be.
    fn comparable(&self, args: &[Value], types: &[Ty]) -> bool {
        let open = |i: usize| types[i] == Ty::Any && !self.predictions.is_object(args[i]);
        match (types[0], types[1]) {
            (Ty::Int | Ty::Float, other) if other == types[0] => true,
            (Ty::Int | Ty::Float, Ty::Any) => open(1),
            (Ty::Any, Ty::Int | Ty::Float | Ty::Any) => open(0) && (types[1] != Ty::Any || open(1)),
            _ => false,
        }
    }

    /// Tests operands of unknown type for the number that the other one is, for ints if both are unknown.
    fn same_numbers(&mut self, args: &[Value], site: &Site<'a>, env: &mut Env) {
        let float = args.iter().any(|v| env.get(*v).ty == Ty::Float);
        for value in args {
            if env.get(*value).ty == Ty::Any {
                let guard = if float { Op::GuardFloat } else { Op::GuardInt };
                let (_, other) = self.op_or(guard, &[env.get(*value).part(0)], &[]);
                self.slow_path(other, site, env);
                if float { self.bind_float(*value, env) } else { self.bind_int(*value, env) }
            }
        }
    }

    /// `isinstance(x, C)`: an object whose type is the class itself needs no call.
    fn is_instance(&mut self, args: &[Value], site: &Site<'a>, env: &mut Env) -> Binding {
        let operands = [self.boxed(args[0], env), self.boxed(args[1], env)];
        let known = match self.def_op(args[1]) {
            Some(Op::LoadGlobal(global)) => self.module.global_known.get(&global).copied(),
            _ => None,
        };
        let known = known.filter(|id| matches!(self.module.known[*id], Known::Class(_)) && !self.cold);
        let Some(known) = known else {
            let holds = self.raising(Intrinsic::isinstance, &operands, Type::Bool, site, env);
            return Binding::new(Ty::Bool, &[holds]);
        };
        let (other, joined) = (self.out.new_block(), self.out.new_block());
        let result = self.out.add_param(joined, Type::Bool);
        let cell = self.op(Op::LoadKnown(known), &[], Type::Val);
        let exit = || Some(BlockCall::new(other, Vec::new()));
        self.inst(Op::GuardSame, vec![operands[1].into(), cell.into()], &[], exit(), Pos::NONE);
        self.inst(Op::GuardType(known), vec![operands[0].into()], &[], exit(), Pos::NONE);
        let holds = self.op(Op::Bconst(true), &[], Type::Bool);
        self.out.blocks[self.cur].term = Term::Jump(BlockCall::new(joined, vec![holds]));
        self.cur = other;
        let holds = self.raising(Intrinsic::isinstance, &operands, Type::Bool, site, env);
        self.out.blocks[self.cur].term = Term::Jump(BlockCall::new(joined, vec![holds]));
        self.cur = joined;
        Binding::new(Ty::Bool, &[result])
    }

    /// `bool(x)`: a truth test.
    fn bool_of(&mut self, value: Value, site: &Site<'a>, env: &mut Env) -> Binding {
        let operand = env.get(value);
        let truth = match operand.ty {
            Ty::Bool => return operand,
            Ty::Int => {
                let zero = self.op(Op::Iconst(0), &[], Type::I64);
                self.op(Op::Icmp(Cond::Ne), &[operand.part(0), zero], Type::Bool)
            }
            _ => {
                let object = self.boxed(value, env);
                self.raising(Intrinsic::truth, &[object], Type::Bool, site, env)
            }
        };
        Binding::new(Ty::Bool, &[truth])
    }

    /// `min(a, b)` and `max(a, b)`: the first operand unless the second is strictly less (greater), NaN included.
    fn min_max(&mut self, min: bool, args: &[Value], env: &Env) -> Binding {
        let (a, b) = (env.get(args[0]), env.get(args[1]));
        let cond = if min { Cond::Lt } else { Cond::Gt };
        let (op, ty) = if a.ty == Ty::Int { (Op::Icmp(cond), Type::I64) } else { (Op::Fcmp(cond), Type::F64) };
        let second = self.op(op, &[b.part(0), a.part(0)], Type::Bool);
        let value = self.op(Op::Select, &[second, b.part(0), a.part(0)], ty);
        Binding::new(a.ty, &[value])
    }

    /// A call of a raising row in place of the site's operation.
    fn raising(&mut self, id: Intrinsic, args: &[Value], result: Type, site: &Site<'a>, env: &mut Env) -> Value {
        let exit = site.data.exit.as_ref().map(|exit| self.exit_edge(env, exit));
        let operands = args.iter().map(|v| Operand::Value(*v)).collect();
        let value = self.inst(Op::Call(id), operands, &[result], exit, site.data.pos)[0];
        env.after_python();
        value
    }

    /// `range` over ints, kept virtual.
    fn call_range(&mut self, args: &[Value], site: &Site<'a>, mut env: Env) -> bool {
        for value in args {
            if env.get(*value).ty == Ty::Any {
                let (_, other) = self.op_or(Op::GuardInt, &[env.get(*value).part(0)], &[]);
                self.slow_path(other, site, &env);
                self.bind_int(*value, &mut env);
            }
        }
        let part = |i: usize| env.get(args[i]).part(0);
        let (start, stop) = match args {
            [_] => (self.op(Op::Iconst(0), &[], Type::I64), part(0)),
            _ => (part(0), part(1)),
        };
        let step = args.get(2).map(|v| env.get(*v));
        let binding = match step {
            None => Binding::new(Ty::Count, &[start, stop]),
            Some(step) if step.konst == Some(1) => Binding::new(Ty::Count, &[start, stop]),
            Some(step) => {
                if step.konst.is_none_or(|n| n == 0) {
                    let zero = self.op(Op::Iconst(0), &[], Type::I64);
                    let nonzero = self.op(Op::Icmp(Cond::Ne), &[step.part(0), zero], Type::Bool);
                    let (_, raises) = self.op_or(Op::Guard, &[nonzero], &[]);
                    self.slow_path(raises, site, &env);
                }
                Binding::new(Ty::Range, &[start, stop, step.part(0)])
            }
        };
        env.bind(site.result(), binding);
        self.finish(env, site.block);
        true
    }

    fn call_method(&mut self, site: &Site<'a>, env: &Env) -> bool {
        // Operands: name, inline cache, keyword names, receiver, arguments.
        let (Operand::Const(name), Operand::Absent) = (site.data.args[0], site.data.args[2]) else { return false };
        let receiver = site.arg(3);
        let count = site.data.args.len() - 4;
        let name = self.module.consts.text(name).to_owned();
        let list_append = name == "append" && count == 1;
        match env.get(receiver).ty {
            Ty::Kind(Kind::List) if list_append => self.list_append(site, env.clone()),
            Ty::Any if list_append && site.speculate => {
                let (_, other) = self.op_or(Op::GuardKind(Kind::List), &[env.get(receiver).part(0)], &[]);
                self.slow_path(other, site, env);
                self.list_append(site, env.clone());
            }
            Ty::Any | Ty::Inst(_) if self.call_method_of_class(&name, site, env) => {}
            ty => return self.direct_method(&name, count, ty, site, env),
        }
        true
    }

    /// A method of an exact builtin that has a row of its own: no array of arguments, no inline cache.
    fn direct_method(&mut self, name: &str, count: usize, receiver: Ty, site: &Site<'a>, env: &Env) -> bool {
        let kind = match (name, count) {
            ("pop", 0) => Kind::List,
            ("pop", 1) if env.get(site.arg(4)).ty == Ty::Int => Kind::List,
            ("get", 1 | 2) => Kind::Dict,
            _ => return false,
        };
        let object = env.get(site.arg(3)).part(0);
        match receiver {
            Ty::Kind(known) if known == kind => {}
            Ty::Any if site.speculate => {
                let (_, other) = self.op_or(Op::GuardKind(kind), &[object], &[]);
                self.slow_path(other, site, env);
            }
            _ => return false,
        }
        let mut env = env.clone();
        let mut operands = vec![Operand::Value(object)];
        let id = if kind == Kind::List {
            let index = match count {
                0 => self.op(Op::Iconst(-1), &[], Type::I64),
                _ => env.get(site.arg(4)).part(0),
            };
            operands.push(index.into());
            Intrinsic::list_pop
        } else {
            operands.push(self.boxed(site.arg(4), &mut env).into());
            operands.push(match count {
                1 => Operand::Absent,
                _ => self.boxed(site.arg(5), &mut env).into(),
            });
            Intrinsic::dict_get
        };
        let exit = site.data.exit.as_ref().map(|exit| self.exit_edge(&env, exit));
        let value = self.inst(Op::Call(id), operands, &[Type::Val], exit, site.data.pos)[0];
        if id.row().effect == Effect::Python {
            env.after_python();
        }
        env.bind(site.result(), Binding::new(Ty::Any, &[value]).proper());
        self.finish(env, site.block);
        true
    }

    fn list_append(&mut self, site: &Site<'a>, mut env: Env) {
        let value = self.boxed(site.arg(4), &mut env);
        let list = env.get(site.arg(3)).part(0);
        self.op_none(Op::Call(Intrinsic::list_append), &[list, value]);
        env.bind(site.result(), Binding::new(Ty::Word(word::NONE), &[]));
        self.finish(env, site.block);
    }
}
