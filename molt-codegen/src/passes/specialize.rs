//! Block versioning: clones blocks per type context, keeps numbers unboxed, and makes known calls direct.
//!
//! Each block of a function is compiled once for every combination of types with which control reaches it, up to a cap
//! (basic block versioning: Chevalier-Boisvert and Feeley, ECOOP 2015; done ahead of time as in Melançon et al., 2024). A test that
//! has been made is not made again: it is part of the version. Where a test fails or an int overflows, control goes on in a more general
//! version of the rest of the function, so there is nothing to deoptimise.
//!
//! Invariant: every version computes what the source block computes, for all values that fit its types; the generic
//! version (everything boxed) exists whenever it is needed, so no assumption is ever required to hold.
//!
//! Runs after [`split`], before the generator transform and the ownership pass.

mod arith;
mod attr;
mod call;
mod clones;
mod cold;
mod compare;
mod emit;
mod env;
mod item;
mod iter;
mod method;
#[allow(clippy::too_many_arguments, reason = "what a loop is looked at with does not make a type")]
mod predict;
mod returns;
mod split;
#[cfg(test)]
mod tests;
mod ty;
mod version;

use crate::mir::{
    Block, ConstId, Constant, Def, Function, IdVec, InstData, Module, Op, Operand, RetConv, Role, STATUS_BOXED,
    STATUS_OK, Term, Type, Value,
};
use clones::Clones;
use cold::Deferred;
use env::{Binding, Env};
use molt_abi::intrinsic::{Effect, Intrinsic, Ret};
use molt_abi::layout::Kind;
use molt_abi::value as word;
use predict::{Predictions, Worth};
use std::collections::{BTreeSet, VecDeque};
use ty::Ty;
use version::{Version, Versions};

/// Specialises every function of the module, and the clones that their call sites ask for.
pub fn run(module: &mut Module) {
    let mut clones = Clones::new(module);
    for id in module.functions.ids().collect::<Vec<_>>() {
        let source = clones.source(id).clone();
        let types: Vec<Ty> = source.param_types().into_iter().map(Ty::generic).collect();
        module.functions[id] = function(&source, module, &mut clones, &types, (Role::Direct, source.ret));
    }
    while let Some((id, source, types)) = clones.next() {
        let (symbol, ret) = (module.functions[id].symbol.clone(), module.functions[id].ret);
        let mut clone = function(&clones.source(source).clone(), module, &mut clones, &types, (Role::Special, ret));
        clone.symbol = symbol;
        module.functions[id] = clone;
    }
}

/// Specialises one function for entry parameters of the given types.
fn function(
    source: &Function,
    module: &mut Module,
    clones: &mut Clones,
    params: &[Ty],
    (role, ret): (Role, RetConv),
) -> Function {
    let mut out = Function::new(source.code, source.role, source.symbol.clone(), ret);
    if role == Role::Special {
        out.role = Role::Special;
    }
    let entry = out.entry;
    let live = split::live_ins(source);
    let predictions = Predictions::new(module, source, &live);
    let mut spec = Spec {
        module,
        clones,
        live,
        read: split::read_ins(source),
        in_loop: split::blocks_in_loops(source),
        virtual_ok: iter::virtual_candidates(source),
        predictions,
        versions: Versions::new(source.blocks.len()),
        deferred: VecDeque::new(),
        budget: source.blocks.len() * version::BUDGET.0 + version::BUDGET.1,
        cold: false,
        in_generic: false,
        out,
        cur: entry,
        at: source.entry,
        src: source,
    };
    let mut env = Env::default();
    for (param, ty) in source.blocks[source.entry].params.iter().zip(params) {
        let parts: Vec<Value> = ty.parts().iter().map(|t| spec.out.add_param(entry, *t)).collect();
        env.bind(*param, Binding::new(*ty, &parts));
    }
    spec.block(source.entry, env);
    loop {
        if let Some((block, version)) = spec.versions.next_hot() {
            (spec.cold, spec.in_generic) = (false, false);
            spec.compile(block, version);
        } else if let Some(path) = spec.deferred.pop_front() {
            (spec.cold, spec.in_generic) = (true, false);
            spec.resume(path);
        } else if let Some((block, version)) = spec.versions.next_cold() {
            (spec.cold, spec.in_generic) = (true, spec.versions.get(block, version).lent.is_empty());
            spec.compile(block, version);
        } else {
            break;
        }
    }
    spec.out
}

/// The state of specialising one function.
struct Spec<'a> {
    module: &'a mut Module,
    clones: &'a mut Clones,
    /// The function as it was, with speculative operations last in their blocks.
    src: &'a Function,
    /// The values each source block needs, its parameters first.
    live: IdVec<Block, Vec<Value>>,
    /// Those of them that are read, not only kept alive.
    read: IdVec<Block, BTreeSet<Value>>,
    in_loop: IdVec<Block, bool>,
    /// Results of `get_iter` and of `range` that may stay virtual.
    virtual_ok: BTreeSet<Value>,
    predictions: Predictions,
    versions: Versions,
    deferred: VecDeque<Deferred<'a>>,
    /// How many versions there may be before they get scarce.
    budget: usize,
    /// Whether the path at hand is cold.
    cold: bool,
    /// Whether it is in a generic version that was made for cold paths.
    in_generic: bool,
    out: Function,
    /// The block that code is appended to.
    cur: Block,
    /// The source block at hand.
    at: Block,
}

impl<'a> Spec<'a> {
    /// Compiles a version of a source block.
    fn compile(&mut self, block: Block, version: usize) {
        let Version { target, types, bias, no_lists, lent, .. } = self.versions.get(block, version);
        self.cur = *target;
        let mut env = Env::of_path(*bias, *no_lists);
        env.lent = lent.clone();
        let mut params = &self.out.blocks[*target].params[..];
        for (value, ty) in self.live[block].iter().zip(types) {
            let (parts, rest) = params.split_at(ty.parts().len());
            env.bind(*value, Binding::new(*ty, parts));
            params = rest;
        }
        self.block(block, env);
    }

    /// Compiles a source block at `cur`, to the end.
    fn block(&mut self, block: Block, mut env: Env) {
        self.at = block;
        let src = self.src;
        let insts = &src.blocks[block].insts;
        let speculative = split::speculative(src, insts);
        for (i, inst) in insts.iter().enumerate() {
            let data = &src.insts[*inst];
            if speculative == Some(i) {
                if !self.expand(data, &env, block) {
                    self.plain(data, &mut env);
                    self.finish(env, block);
                }
                return;
            }
            self.plain(data, &mut env);
            if data.op.always_exits() {
                self.out.blocks[self.cur].term = Term::Unreachable;
                return;
            }
        }
        self.finish(env, block);
    }

    /// Expands a speculative operation into paths, each followed by the rest of the block; false if it has no better form
    /// here than the plain one.
    fn expand(&mut self, data: &'a InstData, env: &Env, block: Block) -> bool {
        let Op::Call(id) = data.op else { return false };
        let lean = self.predictions.worth(block) == Worth::Little;
        let site = Site { data, id, block, speculate: self.speculates(block), lean };
        if id == Intrinsic::poll {
            return self.poll(&site, env);
        }
        self.expand_arith(&site, env)
            || self.expand_compare(&site, env)
            || self.expand_iter(&site, env)
            || self.expand_item(&site, env)
            || self.expand_attr(&site, env)
            || self.expand_call(&site, env)
            || self.expand_method(&site, env)
    }

    /// A test of the flag; who wants attention gets it on a cold path.
    fn poll(&mut self, site: &Site<'a>, env: &Env) -> bool {
        if self.cold {
            return false;
        }
        let (_, wanted) = self.op_or(Op::GuardQuiet, &[], &[]);
        self.slow_path(wanted, site, env);
        self.finish(env.clone(), site.block);
        true
    }

    /// Whether tests for types that are not known pay: code that runs once is left alone.
    fn speculates(&self, block: Block) -> bool {
        if self.cold {
            return false;
        }
        let code = &self.module.codes[self.src.code];
        let runs_once = self.src.code.0 == 0 || code.class.is_some();
        !runs_once || self.in_loop[block]
    }

    /// Compiles an operation in place, without splitting the path.
    fn plain(&mut self, data: &'a InstData, env: &mut Env) {
        let arg = |i: usize| data.args[i].value();
        match data.op {
            Op::Word(w) => {
                let binding = self.word(w);
                env.bind(data.results[0], binding);
            }
            Op::Const(id) => {
                let binding = self.constant(id);
                env.bind(data.results[0], binding);
            }
            Op::Iconst(n) => {
                let value = self.op(data.op, &[], Type::I64);
                env.bind(data.results[0], Binding::new(Ty::Raw(Type::I64), &[value]).constant(n));
            }
            Op::Bconst(b) => {
                let value = self.op(data.op, &[], Type::Bool);
                env.bind(data.results[0], Binding::new(Ty::Raw(Type::Bool), &[value]).constant(i64::from(b)));
            }
            Op::KeepAlive => {
                let kept: Vec<Value> = data.args.iter().filter_map(|a| env.get(a.value()?).counted_part()).collect();
                if !kept.is_empty() {
                    self.op_none(Op::KeepAlive, &kept);
                }
            }
            Op::CheckBound(_) if self.surely_bound(env, arg(0)) => {}
            Op::IsStop | Op::IsBound | Op::IsNone | Op::IsInt | Op::IsFloat | Op::IsBool
                if self.known_test(data, env).is_some() =>
            {
                let holds = self.known_test(data, env) == Some(true);
                let value = self.op(Op::Bconst(holds), &[], Type::Bool);
                env.bind(data.results[0], Binding::new(Ty::Raw(Type::Bool), &[value]).constant(i64::from(holds)));
            }
            Op::Bnot => {
                let operand = env.get(arg(0).expect("a value operand"));
                let value = self.op(Op::Bnot, &[operand.part(0)], Type::Bool);
                let mut binding = Binding::new(Ty::Raw(Type::Bool), &[value]);
                if let Some(n) = operand.konst {
                    binding = binding.constant(1 - n);
                }
                env.bind(data.results[0], binding);
            }
            Op::Same => {
                let (a, b) = (env.get(arg(0).expect("a value")), env.get(arg(1).expect("a value")));
                if let (Ty::Word(x), Ty::Word(y)) = (a.ty, b.ty) {
                    let value = self.op(Op::Bconst(x == y), &[], Type::Bool);
                    let binding = Binding::new(Ty::Raw(Type::Bool), &[value]).constant(i64::from(x == y));
                    return env.bind(data.results[0], binding);
                }
                self.generic(data, env);
            }
            _ => self.generic(data, env),
        }
    }

    /// The outcome of a test of one value, if its type decides it.
    fn known_test(&self, data: &InstData, env: &Env) -> Option<bool> {
        let operand = env.get(data.args[0].value()?);
        let ty = operand.ty;
        if ty == Ty::Any {
            return match data.op {
                Op::IsStop if operand.proper => Some(false),
                Op::IsBound if operand.proper => Some(true),
                _ => None,
            };
        }
        Some(match data.op {
            Op::IsStop => ty == Ty::Word(word::STOP),
            Op::IsBound => ty != Ty::Word(word::NO_VALUE),
            Op::IsNone => ty == Ty::Word(word::NONE),
            Op::IsInt if ty == Ty::Int && !operand.small => return None,
            Op::IsInt => ty == Ty::Int,
            Op::IsFloat => ty == Ty::Float,
            _ => ty == Ty::Bool || ty == Ty::Word(word::TRUE) || ty == Ty::Word(word::FALSE),
        })
    }

    /// Whether a value is known not to be "unbound".
    fn surely_bound(&self, env: &Env, value: Option<Value>) -> bool {
        value.is_some_and(|v| {
            env.get(v).proper || !matches!(env.get(v).ty, Ty::Any | Ty::Raw(_) | Ty::Word(word::NO_VALUE))
        })
    }

    /// The binding of a constant of the pool.
    fn constant(&mut self, id: ConstId) -> Binding {
        let ty = match self.module.consts.get(id) {
            Constant::Word(w) => {
                let w = *w;
                return self.word(w);
            }
            Constant::Str(_) => Ty::Kind(Kind::Str),
            Constant::Tuple(_) => Ty::Kind(Kind::Tuple),
            _ => Ty::Any,
        };
        let value = self.op(Op::Const(id), &[], Type::Val);
        Binding::new(ty, &[value]).proper()
    }

    /// The binding of an immediate word.
    fn word(&mut self, w: u64) -> Binding {
        if word::is_int(w) {
            let n = word::unbox_int(w);
            let value = self.op(Op::Iconst(n), &[], Type::I64);
            Binding::new(Ty::Int, &[value]).small().constant(n)
        } else if word::is_float(w) {
            let x = word::unbox_float(w);
            let value = self.op(Op::Fconst(x.to_bits()), &[], Type::F64);
            Binding::new(Ty::Float, &[value]).float_constant(x)
        } else {
            Binding::new(Ty::Word(w), &[])
        }
    }

    /// Copies an operation with all its Python operands boxed.
    fn generic(&mut self, data: &'a InstData, env: &mut Env) {
        let args: Vec<Operand> = data
            .args
            .iter()
            .map(|arg| match arg {
                Operand::Value(v) => Operand::Value(self.plain_part(*v, env)),
                other => *other,
            })
            .collect();
        let python = data.op.effect() == Effect::Python;
        // A slice of a builtin sequence is of its type.
        let sliced = data.args.first().and_then(|a| a.value()).map_or(Ty::Any, |v| env.get(v).ty);
        let exit = data.exit.as_ref().map(|exit| self.exit_edge(env, exit));
        let types: Vec<Type> = data.results.iter().map(|v| self.src.ty(*v)).collect();
        let results = self.inst(data.op, args, &types, exit, data.pos);
        if python {
            env.after_python();
        }
        if self.cold && cold::borrows(data.op) {
            env.lent.extend(&data.results);
        }
        for ((source, value), ty) in data.results.iter().zip(&results).zip(&types) {
            let ty = match data.op {
                Op::Call(Intrinsic::get_slice) => match sliced {
                    Ty::Kind(Kind::List | Kind::Str | Kind::Tuple) => sliced,
                    _ => Ty::Any,
                },
                Op::Call(id) => result_type(id).unwrap_or(Ty::generic(*ty)),
                _ => Ty::generic(*ty),
            };
            let binding = Binding::new(ty, &[*value]);
            env.bind(*source, if yields_object(data.op) { binding.proper() } else { binding });
        }
    }

    /// The one part that represents a source value generically: boxed for Python values.
    fn plain_part(&mut self, value: Value, env: &mut Env) -> Value {
        if self.src.ty(value) == Type::Val { self.boxed(value, env) } else { env.get(value).part(0) }
    }

    /// Compiles what follows the speculative operation of a source block at `cur`: tests of its result, and the terminator.
    fn finish(&mut self, mut env: Env, block: Block) {
        self.at = block;
        let src = self.src;
        let insts = &src.blocks[block].insts;
        if let Some(at) = split::speculative(src, insts) {
            for inst in &insts[at + 1..] {
                self.plain(&src.insts[*inst], &mut env);
            }
        }
        let term = match &src.blocks[block].term {
            Term::Unreachable => Term::Unreachable,
            Term::Jump(to) => {
                let call = self.jump_edge(&mut env, to);
                Term::Jump(call)
            }
            Term::Branch { cond, then, els } => {
                let binding = env.get(*cond);
                match binding.konst {
                    Some(n) => {
                        let call = self.jump_edge(&mut env, if n != 0 { then } else { els });
                        Term::Jump(call)
                    }
                    None => {
                        let cond = binding.part(0);
                        let then = self.branch_edge(&env, then);
                        let els = self.branch_edge(&env, els);
                        Term::Branch { cond, then, els }
                    }
                }
            }
            Term::Switch { value, cases, default } => {
                let value = env.get(*value).part(0);
                let cases = cases.iter().map(|c| self.branch_edge(&env, c)).collect();
                let default = self.branch_edge(&env, default);
                Term::Switch { value, cases, default }
            }
            Term::Return(value) => self.return_value(*value, &mut env),
            Term::ReturnError => Term::ReturnError,
            Term::ReturnSpecial { value, status } => {
                let value = self.plain_part(*value, &mut env);
                Term::ReturnSpecial { value, status: env.get(*status).part(0) }
            }
        };
        self.out.blocks[self.cur].term = term;
    }

    /// A return in the function's convention.
    fn return_value(&mut self, value: Value, env: &mut Env) -> Term {
        if self.out.ret == RetConv::Boxed {
            return Term::Return(self.boxed(value, env));
        }
        let binding = env.get(value);
        let (value, status) = if binding.ty == Ty::Int {
            (binding.part(0), STATUS_OK)
        } else {
            let boxed = self.boxed(value, env);
            (self.op(Op::BitsFromVal, &[boxed], Type::I64), STATUS_BOXED)
        };
        let status = self.op(Op::Iconst(status), &[], Type::I64);
        Term::ReturnSpecial { value, status }
    }

    /// The operation that defines a source value.
    fn def_op(&self, value: Value) -> Option<Op> {
        match self.src.values[value].def {
            Def::Inst(inst, _) => Some(self.src.insts[inst].op),
            Def::Param(..) => None,
        }
    }
}

/// A speculative operation and where it stands.
struct Site<'a> {
    data: &'a InstData,
    id: Intrinsic,
    block: Block,
    /// Whether unknown types may be tested for.
    speculate: bool,
    /// Whether only the most likely types are tested for.
    lean: bool,
}

impl Site<'_> {
    /// Operand `i`, a value.
    fn arg(&self, i: usize) -> Value {
        self.data.args[i].value().expect("the row says that this operand is a value")
    }

    /// The first result.
    fn result(&self) -> Value {
        self.data.results[0]
    }
}

/// Whether a result is a Python value on the normal path: neither unbound nor the end of an iteration.
fn yields_object(op: Op) -> bool {
    match op {
        Op::Call(Intrinsic::iter_next | Intrinsic::yield_from_next | Intrinsic::yield_from_throw) => false,
        Op::Call(id) => id.row().ret == Ret::Owned,
        Op::CallDirect(_) => true,
        _ => false,
    }
}

/// What is known of the result of a row, whatever its operands. Only types that something is compiled differently for: others
/// would make versions for nothing.
fn result_type(id: Intrinsic) -> Option<Ty> {
    Some(match id {
        Intrinsic::build_list => Ty::Kind(Kind::List),
        Intrinsic::build_tuple | Intrinsic::list_to_tuple => Ty::Kind(Kind::Tuple),
        Intrinsic::build_string | Intrinsic::format_value => Ty::Kind(Kind::Str),
        Intrinsic::build_slice => Ty::Kind(Kind::Slice),
        _ => return None,
    })
}

/// Whether an operation may have a better form for some types: such operations end their blocks.
fn is_speculative(op: Op) -> bool {
    let Op::Call(id) = op else { return false };
    arith::handles(id)
        || compare::handles(id)
        || iter::handles(id)
        || item::handles(id)
        || attr::handles(id)
        || call::handles(id)
        || method::handles(id)
        || id == Intrinsic::poll
}
