//! Clones of functions for unboxed arguments: which exist, and which are still to be made.
//!
//! Invariant: a clone is asked for by the types of its arguments alone, so that equal requests share one clone; the order of requests
//! is the order of the functions, so that output does not depend on anything else.

use super::returns;
use super::split;
use super::ty::Ty;
use crate::mir::{CodeId, FuncId, Function, IdVec, Module, Role, Term};
use std::collections::{BTreeMap, VecDeque};

/// How many clones one function may have.
const MAX_CLONES: usize = 3;

/// All clones of a module.
pub(super) struct Clones {
    /// The functions before specialisation, split.
    sources: IdVec<FuncId, Function>,
    made: BTreeMap<(CodeId, Vec<Ty>), FuncId>,
    work: VecDeque<(FuncId, FuncId, Vec<Ty>)>,
}

impl Clones {
    /// Keeps the functions as they are now.
    pub(super) fn new(module: &Module) -> Clones {
        let sources = module
            .functions
            .values()
            .map(|function| {
                let mut function = function.clone();
                split::split(&mut function);
                function
            })
            .collect();
        Clones { sources, made: BTreeMap::new(), work: VecDeque::new() }
    }

    /// A function as it was, split.
    pub(super) fn source(&self, id: FuncId) -> &Function {
        &self.sources[id]
    }

    /// The next clone to compile: its id, its source and the types of its parameters.
    pub(super) fn next(&mut self) -> Option<(FuncId, FuncId, Vec<Ty>)> {
        self.work.pop_front()
    }

    /// The clone of a code's direct entry for these parameter types, or the entry itself when there are enough clones or
    /// nothing would be unboxed. Types must be [`Ty::Any`], [`Ty::Int`] or [`Ty::Float`].
    pub(super) fn request(&mut self, module: &mut Module, code: CodeId, types: Vec<Ty>) -> FuncId {
        let entry = module.codes[code].entry;
        if types.iter().all(|t| *t == Ty::Any) || self.makes_generator(module, code) {
            return entry;
        }
        if let Some(id) = self.made.get(&(code, types.clone())) {
            return *id;
        }
        let siblings = self.made.range((code, Vec::new())..).take_while(|((c, _), _)| *c == code).count();
        if siblings >= MAX_CLONES {
            return entry;
        }
        let letters: String = types
            .iter()
            .map(|t| match t {
                Ty::Int => 'i',
                Ty::Float => 'f',
                _ => 'v',
            })
            .collect();
        let symbol = format!("{}${letters}", module.functions[entry].symbol);
        let ret = returns::convention(&self.sources[entry], &types);
        let mut clone = Function::new(code, Role::Special, symbol, ret);
        for ty in &types {
            for part in ty.parts() {
                clone.add_param(clone.entry, *part);
            }
        }
        clone.blocks[clone.entry].term = Term::Unreachable;
        let id = module.functions.push(clone);
        self.made.insert((code, types.clone()), id);
        self.work.push_back((id, entry, types));
        id
    }

    fn makes_generator(&self, module: &Module, code: CodeId) -> bool {
        module.codes[code].flags & molt_abi::desc::CodeFlags::SUSPENDS != 0
    }
}
