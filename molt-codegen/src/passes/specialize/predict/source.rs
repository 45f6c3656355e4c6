//! What the source function says about its values: definitions, and the names that matter.

use crate::mir::{Block, Def, Function, GlobalId, InstData, Module, Op, Operand, Value};
use molt_abi::intrinsic::Intrinsic;

/// What an operation or a loop calls, as far as the compiler sees.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(super) enum Calls {
    /// Nothing, or builtins that are compiled in line.
    #[default]
    Nothing,
    /// Functions and classes of the module.
    Known,
    /// Anything.
    Unknown,
}

/// Builtins that are compiled in line, or do no more than look at their argument.
const IN_LINE: &[&str] = &["range", "len", "abs", "min", "max", "int", "float", "bool", "enumerate", "isinstance"];

/// A function and the module it is part of.
pub(super) struct Source<'a> {
    pub(super) module: &'a Module,
    pub(super) function: &'a Function,
}

impl Source<'_> {
    /// The instruction that defines a value.
    pub(super) fn def(&self, value: Value) -> Option<&InstData> {
        match self.function.values[value].def {
            Def::Inst(inst, _) => Some(&self.function.insts[inst]),
            Def::Param(..) => None,
        }
    }

    /// The global that a call's callee was read from.
    fn callee(&self, call: &InstData) -> Option<GlobalId> {
        match self.def(call.args[0].value()?)?.op {
            Op::LoadGlobal(global) => Some(global),
            _ => None,
        }
    }

    /// The name of the global that an instruction calls.
    pub(super) fn called_name(&self, data: &InstData) -> Option<&str> {
        let global = if data.op == Op::Call(Intrinsic::call) { self.callee(data)? } else { return None };
        Some(self.global(global))
    }

    /// Whether an instruction calls what the global of this name holds.
    pub(super) fn calls_name(&self, data: &InstData, name: &str) -> bool {
        self.called_name(data) == Some(name)
    }

    fn global(&self, global: GlobalId) -> &str {
        self.module.consts.text(self.module.globals[global])
    }

    /// Whether `value` is the result of calling `range`.
    pub(super) fn is_range(&self, value: Value) -> bool {
        self.def(value).is_some_and(|data| self.calls_name(data, "range"))
    }

    /// Whether an operand is the name `append`.
    pub(super) fn is_append(&self, name: &Operand) -> bool {
        matches!(name, Operand::Const(name) if self.module.consts.text(*name) == "append")
    }

    /// The parameter `self`, if the function has one.
    pub(super) fn receiver(&self) -> Option<Value> {
        let first = self.module.codes[self.function.code].varnames.first()?;
        let param = self.function.blocks[self.function.entry].params.first()?;
        (self.module.consts.text(*first) == "self").then_some(*param)
    }

    fn calls(&self, data: &InstData) -> Calls {
        match data.op {
            Op::Call(Intrinsic::call) => match self.callee(data) {
                Some(global) if IN_LINE.contains(&self.global(global)) => Calls::Nothing,
                Some(global) if self.module.global_known.contains_key(&global) => Calls::Known,
                _ => Calls::Unknown,
            },
            Op::Call(Intrinsic::call_method) if !self.is_append(&data.args[0]) => Calls::Unknown,
            Op::Yield | Op::Call(Intrinsic::call_ex | Intrinsic::call_loaded) => Calls::Unknown,
            _ => Calls::Nothing,
        }
    }

    /// What blocks call at most.
    pub(super) fn most_calls(&self, blocks: impl Iterator<Item = Block>) -> Calls {
        let insts = blocks.flat_map(|b| &self.function.blocks[b].insts);
        insts.map(|i| self.calls(&self.function.insts[*i])).max().unwrap_or_default()
    }
}
