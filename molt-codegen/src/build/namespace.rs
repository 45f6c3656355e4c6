//! `globals()`, `locals()`, `vars()` and `dir()` without arguments: the builtins that ask for the frame of their caller.
//!
//! A native function cannot see the variables of compiled code, so the call site makes the namespace itself, behind a guard
//! that the name still means the builtin. As in CPython a function has one dict for all its `locals()` (until PEP 667),
//! brought up to date by each call.

use super::function::FunctionBuilder;
use super::ssa::Var;
use crate::hir::{self, ExprKind, FunctionKind, LocalKind, NameRef};
use crate::mir::*;
use crate::source::Span;
use molt_abi::builtins;
use molt_abi::intrinsic::Intrinsic;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Globals,
    Locals,
    Names,
}

fn wanted(name: &str) -> Option<Wanted> {
    Some(match name {
        "globals" => Wanted::Globals,
        "locals" | "vars" => Wanted::Locals,
        "dir" => Wanted::Names,
        _ => return None,
    })
}

impl FunctionBuilder<'_, '_> {
    /// The value of a call if it is one of these; `None` if it is an ordinary one.
    pub fn namespace_call(&mut self, func: &hir::Expr, args: &hir::Args, span: Span) -> Option<Value> {
        let name = match &func.kind {
            ExprKind::Name(NameRef::Global(name) | NameRef::Class { name, outer: None }) => name,
            _ => return None,
        };
        if !args.positional.is_empty() || !args.keywords.is_empty() {
            return None;
        }
        let wanted = wanted(name)?;
        let index = builtins::index_of(name)?;
        let callable = self.expr(func);
        let builtin = self.value(Op::LoadBuiltin(index), vec![], Type::Val);
        let same = self.value(Op::Same, vec![callable.into(), builtin.into()], Type::Bool);
        let (known, other, join) = (self.ssa.new_block(), self.ssa.new_block(), self.ssa.new_block());
        let result = self.ssa.func.add_param(join, Type::Val);
        self.branch(same, known, other);

        self.start(known);
        let namespace = match (wanted, self.f.kind) {
            (Wanted::Globals, _) | (_, FunctionKind::Module) => self.call(Intrinsic::module_namespace, vec![], span),
            (_, FunctionKind::Class(_)) => self.namespace(),
            _ => self.frame_locals(span),
        };
        let value = match wanted {
            Wanted::Names => self.call(Intrinsic::sorted_keys, vec![namespace.into()], span),
            _ => namespace,
        };
        self.jump_with(join, value);

        self.start(other);
        self.ssa.func.blocks[other].cold = true;
        let value = self.call(Intrinsic::call, vec![callable.into(), Operand::Absent], span);
        self.jump_with(join, value);
        self.start(join);
        Some(result)
    }

    /// The dict of a function's variables, in the order of CPython's frame: locals, cells, free variables.
    fn frame_locals(&mut self, span: Span) -> Value {
        let dict = self.locals_dict();
        let f = self.f;
        let mut names = Vec::new();
        let mut values: Vec<Operand> = Vec::new();
        let cell_of = |local: usize| f.cells.iter().position(|c| c.param.is_some_and(|p| p.index() == local));
        // Variables of comprehensions come last: one that is under way hides the function's variable of its name.
        let mut order: Vec<(&hir::Ident, NameRef)> = Vec::new();
        let locals = f.locals.iter().enumerate();
        for (index, local) in locals.clone().filter(|(_, l)| matches!(l.kind, LocalKind::Param | LocalKind::Variable)) {
            let place = match cell_of(index) {
                Some(cell) => NameRef::Cell(hir::CellId(cell as u32)),
                None => NameRef::Local(hir::LocalId(index as u32)),
            };
            order.push((&local.name, place));
        }
        for (index, cell) in f.cells.iter().enumerate().filter(|(_, c)| c.param.is_none() && !c.comprehension) {
            order.push((&cell.name, NameRef::Cell(hir::CellId(index as u32))));
        }
        for (index, free) in f.frees.iter().enumerate() {
            order.push((&free.name, NameRef::Free(hir::FreeId(index as u32))));
        }
        for (index, local) in locals.filter(|(_, l)| l.kind == LocalKind::Comprehension) {
            order.push((&local.name, NameRef::Local(hir::LocalId(index as u32))));
        }
        for (name, place) in order {
            names.push(self.m.module.consts.str(name));
            values.push(self.read_raw(&place, span).into());
        }
        let names = self.m.module.consts.intern(Constant::Tuple(names));
        let names = self.value(Op::Const(names), vec![], Type::Val);
        let old = self.ssa.read(dict);
        let mut operands = vec![old.into(), names.into()];
        operands.append(&mut values);
        let new = self.call(Intrinsic::frame_locals, operands, span);
        self.rebind(dict, new);
        new
    }

    /// The variable that holds the function's dict.
    fn locals_dict(&mut self) -> Var {
        match self.locals_dict {
            Some(var) => var,
            None => {
                let var = self.ssa.new_var(Type::Val);
                self.locals_dict = Some(var);
                var
            }
        }
    }
}
