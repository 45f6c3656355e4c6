//! Names and constants: reading, storing and deleting variables of every scope.

use super::function::FunctionBuilder;
use super::ssa::Var;
use crate::hir::{self, Capture, NameRef};
use crate::mir::*;
use crate::source::Span;
use molt_abi::intrinsic::Intrinsic;
use molt_abi::value;

/// The boxed word of a constant that is an immediate.
pub fn immediate(constant: &hir::Constant) -> Option<u64> {
    Some(match constant {
        hir::Constant::None => value::NONE,
        hir::Constant::True => value::TRUE,
        hir::Constant::False => value::FALSE,
        hir::Constant::Ellipsis => value::ELLIPSIS,
        hir::Constant::Int(n) => return value::box_int(*n),
        hir::Constant::Float(x) => value::box_float(*x),
        _ => return None,
    })
}

/// Puts a constant into the pool.
pub fn constant(pool: &mut ConstPool, constant_value: &hir::Constant) -> ConstId {
    if let Some(word) = immediate(constant_value) {
        return pool.intern(Constant::Word(word));
    }
    let item = match constant_value {
        hir::Constant::Int(n) => Constant::BigInt((*n).into()),
        hir::Constant::BigInt(n) => Constant::BigInt(n.clone()),
        hir::Constant::Imaginary(x) => Constant::Complex(0, x.to_bits()),
        hir::Constant::Str(text) => Constant::Str(text.as_bytes().to_vec()),
        hir::Constant::WideStr(points) => Constant::Str(wtf8(points)),
        hir::Constant::Bytes(bytes) => Constant::Bytes(bytes.to_vec()),
        hir::Constant::Tuple(items) => Constant::Tuple(items.iter().map(|item| constant(pool, item)).collect()),
        // Immediates were returned above.
        _ => Constant::Word(value::NONE),
    };
    pool.intern(item)
}

/// Generalised UTF-8: every code point by itself, lone surrogates included.
fn wtf8(points: &[u32]) -> Vec<u8> {
    let mut out = Vec::new();
    for &point in points {
        match char::from_u32(point) {
            Some(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            None => out.extend_from_slice(&[
                0xE0 | (point >> 12 & 0x0F) as u8,
                0x80 | (point >> 6 & 0x3F) as u8,
                0x80 | (point & 0x3F) as u8,
            ]),
        }
    }
    out
}

/// Calls `f` on every name that a block may unbind.
pub fn for_each_deleted(block: &hir::Block, f: &mut impl FnMut(&NameRef)) {
    use hir::StmtKind;
    for stmt in block {
        match &stmt.kind {
            StmtKind::Delete(target) => deleted_target(target, f),
            StmtKind::If { branches, orelse } => {
                branches.iter().for_each(|b| for_each_deleted(&b.body, f));
                for_each_deleted(orelse, f);
            }
            StmtKind::While { body, orelse, .. } | StmtKind::For { body, orelse, .. } => {
                for_each_deleted(body, f);
                for_each_deleted(orelse, f);
            }
            StmtKind::Try { body, handlers, orelse, finally } => {
                for_each_deleted(body, f);
                for handler in handlers {
                    if let Some(name) = &handler.name {
                        f(name);
                    }
                    for_each_deleted(&handler.body, f);
                }
                for_each_deleted(orelse, f);
                for_each_deleted(finally, f);
            }
            StmtKind::With { body, .. } => for_each_deleted(body, f),
            _ => {}
        }
    }
}

fn deleted_target(target: &hir::Target, f: &mut impl FnMut(&NameRef)) {
    match &target.kind {
        hir::TargetKind::Name(name) => f(name),
        hir::TargetKind::Unpack { before, star, after } => {
            before.iter().chain(star.as_deref()).chain(after).for_each(|t| deleted_target(t, f));
        }
        hir::TargetKind::Attribute { .. } | hir::TargetKind::Subscript { .. } => {}
    }
}

impl FunctionBuilder<'_, '_> {
    /// A constant as a value.
    pub fn constant(&mut self, constant_value: &hir::Constant) -> Value {
        match immediate(constant_value) {
            Some(word) => self.word(word),
            None => {
                let id = constant(&mut self.m.module.consts, constant_value);
                self.value(Op::Const(id), vec![], Type::Val)
            }
        }
    }

    /// A frozenset of constants as a value.
    pub fn constant_frozenset(&mut self, items: &[hir::Constant]) -> Value {
        let pool = &mut self.m.module.consts;
        let items = items.iter().map(|item| constant(pool, item)).collect();
        let id = pool.intern(Constant::FrozenSet(items));
        self.value(Op::Const(id), vec![], Type::Val)
    }

    /// A str constant as a value.
    pub fn str_value(&mut self, text: &str) -> Value {
        let id = self.m.module.consts.str(text);
        self.value(Op::Const(id), vec![], Type::Val)
    }

    /// A str constant as an operand for a name.
    pub fn name_operand(&mut self, text: &str) -> Operand {
        Operand::Const(self.m.module.consts.str(text))
    }

    fn check(&mut self, value: Value, what: Unbound, span: Span) {
        if !self.surely_bound(value) {
            self.raising(Op::CheckBound(what), vec![value.into()], &[], span);
        }
    }

    /// Whether the value was made by something that never gives 0. What joins several is left to the pass over the
    /// finished function.
    fn surely_bound(&self, value: Value) -> bool {
        match self.ssa.func.values[value].def {
            Def::Param(block, _) => block == self.ssa.func.entry,
            Def::Inst(inst, _) => !super::bound::may_be_zero(&self.ssa.func.insts[inst].op),
        }
    }

    /// Reads a variable.
    pub fn read_name(&mut self, name: &NameRef, span: Span) -> Value {
        match name {
            NameRef::Local(local) => {
                let var = self.local_var(*local);
                let value = self.ssa.read(var);
                if self.f.locals[local.index()].kind != hir::LocalKind::Temp {
                    let text = self.m.module.consts.str(&self.f.locals[local.index()].name);
                    self.check(value, Unbound::Local(text), span);
                }
                value
            }
            NameRef::Cell(cell) => {
                let object = self.cell_object(*cell);
                let value = self.value(Op::CellLoad, vec![object.into()], Type::Val);
                if !self.m.never_deleted.contains(&(self.id, *cell)) {
                    let text = self.m.module.consts.str(&self.f.cells[cell.index()].name);
                    self.check(value, Unbound::Local(text), span);
                }
                value
            }
            NameRef::Free(free) => {
                let object = self.free_cell(*free);
                let value = self.value(Op::CellLoad, vec![object.into()], Type::Val);
                let home = self.m.home_of_free(self.id, *free);
                if !home.is_some_and(|home| self.m.never_deleted.contains(&home)) {
                    let text = self.m.module.consts.str(&self.f.frees[free.index()].name);
                    self.check(value, Unbound::Free(text), span);
                }
                value
            }
            NameRef::Global(name) => self.load_global(name, span),
            NameRef::Class { name, outer } => {
                let ns = self.namespace();
                match outer {
                    None => {
                        let slot = self.m.global(name);
                        let args = vec![ns.into(), Operand::Imm(i64::from(slot.0))];
                        self.call(Intrinsic::class_load_global, args, span)
                    }
                    Some(capture) => {
                        let cell = self.captured(*capture);
                        let name = self.name_operand(name);
                        self.call(Intrinsic::class_load_cell, vec![ns.into(), name, cell.into()], span)
                    }
                }
            }
        }
    }

    /// Reads a variable of a function as it is: 0 if unbound.
    pub fn read_raw(&mut self, name: &NameRef, span: Span) -> Value {
        let cell = match name {
            NameRef::Local(local) => {
                let var = self.local_var(*local);
                return self.ssa.read(var);
            }
            NameRef::Cell(cell) => self.cell_object(*cell),
            NameRef::Free(free) => self.free_cell(*free),
            NameRef::Global(_) | NameRef::Class { .. } => return self.read_name(name, span),
        };
        self.value(Op::CellLoad, vec![cell.into()], Type::Val)
    }

    /// Reads a global or builtin.
    pub fn load_global(&mut self, name: &hir::Ident, span: Span) -> Value {
        let slot = self.m.global(name);
        let value = self.value(Op::LoadGlobal(slot), vec![], Type::Val);
        self.check(value, Unbound::Global(slot), span);
        value
    }

    /// Stores to a variable.
    pub fn store_name(&mut self, name: &NameRef, value: Value, span: Span) {
        match name {
            NameRef::Local(local) => {
                let var = self.local_var(*local);
                self.rebind(var, value);
            }
            NameRef::Cell(cell) => {
                let object = self.cell_object(*cell);
                self.effect(Op::CellStore, vec![object.into(), value.into()]);
            }
            NameRef::Free(free) => {
                let object = self.free_cell(*free);
                self.effect(Op::CellStore, vec![object.into(), value.into()]);
            }
            NameRef::Global(name) => {
                let slot = self.m.global(name);
                self.effect(Op::StoreGlobal(slot), vec![value.into()]);
            }
            NameRef::Class { name, .. } => {
                let ns = self.namespace();
                let name = self.name_operand(name);
                self.call_none(Intrinsic::class_store, vec![ns.into(), name, value.into()], span);
            }
        }
    }

    /// Gives a local variable another value; the old one lives up to here.
    pub fn rebind(&mut self, var: Var, value: Value) {
        let old = self.ssa.read(var);
        self.ssa.write(var, value);
        self.keep_alive(vec![old]);
    }

    /// `del name`.
    pub fn delete_name(&mut self, name: &NameRef, span: Span) {
        match name {
            NameRef::Local(local) => {
                self.read_name(name, span);
                let var = self.local_var(*local);
                let unbound = self.word(value::NO_VALUE);
                self.rebind(var, unbound);
            }
            NameRef::Cell(_) | NameRef::Free(_) => {
                self.read_name(name, span);
                let unbound = self.word(value::NO_VALUE);
                self.store_name(name, unbound, span);
            }
            NameRef::Global(name) => {
                let slot = self.m.global(name);
                self.call_none(Intrinsic::del_global, vec![Operand::Imm(i64::from(slot.0))], span);
            }
            NameRef::Class { name, .. } => {
                let ns = self.namespace();
                let name = self.name_operand(name);
                self.call_none(Intrinsic::class_delete, vec![ns.into(), name], span);
            }
        }
    }

    /// The cell object of a captured variable that this function hands on.
    pub fn captured(&mut self, capture: Capture) -> Value {
        match capture {
            Capture::Cell(cell) => self.cell_object(cell),
            Capture::Free(free) => self.free_cell(free),
        }
    }

    fn cell_object(&mut self, cell: hir::CellId) -> Value {
        let var = self.cell_vars[cell.index()];
        self.ssa.read(var)
    }

    fn free_cell(&mut self, free: hir::FreeId) -> Value {
        let func = self.func_object();
        self.value(Op::ClosureCell(free.0), vec![func.into()], Type::Val)
    }
}
