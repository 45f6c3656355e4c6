//! HIR to MIR: one control-flow graph per code object, Python's operations as rows of the intrinsic table.
//!
//! Entry point: [`build_module`]. The result is meant to be optimised, so it says what Python does and nothing about how: every
//! local is an SSA value, every operation that may raise has an exit edge to the innermost handler's landing block, and boxed
//! values are not counted yet.
//!
//! A local variable lives until it is rebound, deleted or the function returns, because finalisers and weak references can
//! see it: `keep.alive` marks those places.
//!
//! Invariant: MIR function and code object ids are HIR's function ids; slots, constants and caches are numbered in the order
//! the source needs them.

mod anchors;
mod bound;
mod call;
mod class;
mod comprehension;
mod control;
mod expr;
mod function;
mod fuse;
mod names;
mod namespace;
mod pattern;
pub mod ssa;
mod stmt;

#[cfg(test)]
mod tests;

use crate::diag::Diagnostic;
use crate::emit::symbol::Symbols;
use crate::hir;
use crate::mir::*;
use crate::source::SourceFile;
use molt_abi::desc::CodeFlags;
use std::collections::{BTreeMap, BTreeSet};

/// Lowers a module.
pub fn build_module(hir: &hir::Module, source: &SourceFile) -> Result<Module, Vec<Diagnostic>> {
    let mut b = ModuleBuilder {
        hir,
        source,
        symbols: Symbols::new("", &hir.name),
        module: Module {
            name: hir.name.to_string(),
            file: source.name().to_string(),
            is_package: hir.is_package,
            ..Module::default()
        },
        global_ids: BTreeMap::new(),
        never_deleted: BTreeSet::new(),
        diagnostics: Vec::new(),
    };
    b.globals();
    b.known_cells();
    b.classes();
    b.codes();
    b.find_deleted_cells();
    for id in 0..hir.functions.len() as u32 {
        let function = function::build_function(&mut b, hir::FuncId(id));
        b.module.functions.push(function);
    }
    // What is lowered twice (a `finally`, the blocks of a `with`) is reported once.
    b.diagnostics.sort_by_key(|problem| (problem.span, problem.code));
    b.diagnostics.dedup();
    if b.diagnostics.is_empty() { Ok(b.module) } else { Err(b.diagnostics) }
}

/// A module under construction.
struct ModuleBuilder<'a> {
    hir: &'a hir::Module,
    source: &'a SourceFile,
    symbols: Symbols,
    module: Module,
    global_ids: BTreeMap<hir::Ident, GlobalId>,
    /// Cells that are filled at entry and that nothing deletes: reading them can't fail.
    never_deleted: BTreeSet<(hir::FuncId, hir::CellId)>,
    diagnostics: Vec<Diagnostic>,
}

impl ModuleBuilder<'_> {
    fn globals(&mut self) {
        for name in self.hir.info.globals.keys() {
            self.global(name);
        }
    }

    /// The slot of a global name, made if absent.
    fn global(&mut self, name: &hir::Ident) -> GlobalId {
        if let Some(id) = self.global_ids.get(name) {
            return *id;
        }
        let constant = self.module.consts.str(name);
        let id = self.module.globals.push(constant);
        self.global_ids.insert(name.clone(), id);
        id
    }

    /// Cells for the functions and classes of names that are bound once, and for the methods of such classes.
    fn known_cells(&mut self) {
        let hir = self.hir;
        for (name, global) in &hir.info.globals {
            let known = match global.once {
                Some(hir::Binding::Def(func)) => Known::Function(CodeId(func.0)),
                Some(hir::Binding::Class(class) | hir::Binding::DecoratedClass(class)) => {
                    Known::Class(ClassId(class.0))
                }
                _ => continue,
            };
            let id = self.module.known.push(known);
            let slot = self.global(name);
            self.module.global_known.insert(slot, id);
            if let Known::Class(class) = known {
                let class = hir.class(hir::ClassId(class.0));
                for method in &class.methods {
                    if class.methods.iter().filter(|m| m.name == method.name).count() == 1 {
                        self.module.known.push(Known::Function(CodeId(method.func.0)));
                    }
                }
            }
        }
    }

    fn codes(&mut self) {
        for (index, f) in self.hir.functions.iter().enumerate() {
            let id = CodeId(index as u32);
            let known = self.module.known.iter().find(|(_, k)| **k == Known::Function(id)).map(|(k, _)| k);
            let consts = &mut self.module.consts;
            let param_count =
                |kinds: &[hir::ParamKind]| f.params.iter().filter(|p| kinds.contains(&p.kind)).count() as u32;
            let varnames = f
                .locals
                .iter()
                .filter(|l| matches!(l.kind, hir::LocalKind::Param | hir::LocalKind::Variable))
                .map(|l| consts.str(&l.name))
                .collect();
            let doc = match &f.doc {
                Some(doc) if !matches!(f.kind, hir::FunctionKind::Module | hir::FunctionKind::Class(_)) => {
                    Some(names::constant(consts, doc))
                }
                _ => None,
            };
            self.module.codes.push(Code {
                name: consts.str(&f.name),
                qualname: consts.str(&f.qualname),
                arg_count: f.positional_count() as u32,
                posonly_count: param_count(&[hir::ParamKind::PositionalOnly]),
                kwonly_count: param_count(&[hir::ParamKind::KeywordOnly]),
                flags: code_flags(self.hir, f),
                first_line: f.first_line,
                doc,
                known,
                class: match f.kind {
                    hir::FunctionKind::Class(class) => Some(ClassId(class.0)),
                    _ => None,
                },
                varnames,
                cellvars: f.cells.iter().filter(|c| !c.comprehension).map(|c| consts.str(&c.name)).collect(),
                freevars: f.frees.iter().map(|c| consts.str(&c.name)).collect(),
                positions: Vec::new(),
                frame_slots: 0,
                entry: FuncId(index as u32),
                resume: None,
            });
        }
    }

    /// Finds the parameter cells that no `del`, `except … as` or rebinding to nothing ever empties.
    fn find_deleted_cells(&mut self) {
        let mut deleted = BTreeSet::new();
        for (index, f) in self.hir.functions.iter().enumerate() {
            let id = hir::FuncId(index as u32);
            names::for_each_deleted(&f.body, &mut |name| match name {
                hir::NameRef::Cell(cell) => {
                    deleted.insert((id, *cell));
                }
                hir::NameRef::Free(free) => {
                    if let Some(cell) = self.home_of_free(id, *free) {
                        deleted.insert(cell);
                    }
                }
                _ => {}
            });
        }
        for (index, f) in self.hir.functions.iter().enumerate() {
            for (cell, data) in f.cells.iter().enumerate() {
                let key = (hir::FuncId(index as u32), hir::CellId(cell as u32));
                if data.param.is_some() && !deleted.contains(&key) {
                    self.never_deleted.insert(key);
                }
            }
        }
    }

    /// The function and cell that a captured variable lives in.
    fn home_of_free(&self, func: hir::FuncId, free: hir::FreeId) -> Option<(hir::FuncId, hir::CellId)> {
        let (mut func, mut free) = (func, free);
        loop {
            let f = self.hir.function(func);
            let parent = f.parent?;
            match f.frees.get(free.index())?.source {
                hir::Capture::Cell(cell) => return Some((parent, cell)),
                hir::Capture::Free(outer) => (func, free) = (parent, outer),
            }
        }
    }
}

fn code_flags(hir: &hir::Module, f: &hir::Function) -> u32 {
    let mut flags = 0;
    if matches!(f.kind, hir::FunctionKind::Def | hir::FunctionKind::Lambda | hir::FunctionKind::GenExpr) {
        flags |= CodeFlags::OPTIMIZED | CodeFlags::NEWLOCALS;
        let nested = |parent: hir::FuncId| {
            !matches!(hir.function(parent).kind, hir::FunctionKind::Module | hir::FunctionKind::Class(_))
        };
        if f.parent.is_some_and(nested) {
            flags |= CodeFlags::NESTED;
        }
    }
    if f.var_args().is_some() {
        flags |= CodeFlags::VARARGS;
    }
    if f.var_kwargs().is_some() {
        flags |= CodeFlags::VARKEYWORDS;
    }
    if f.is_generator {
        flags |= CodeFlags::GENERATOR;
    }
    flags
}
