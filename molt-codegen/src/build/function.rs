//! One function: parameters, cells, the error exit, positions, and the small forms that emit instructions.

use super::ModuleBuilder;
use super::control::Scope;
use super::ssa::{Ssa, Var};
use crate::diag::{Diagnostic, code};
use crate::hir;
use crate::mir::*;
use crate::source::Span;
use molt_abi::desc::Position;
use molt_abi::intrinsic::{Arg, Intrinsic, Ret};
use molt_abi::value;
use std::collections::BTreeMap;

/// After so many returns a function's further ones share one block, so that releasing its locals is not repeated at each.
const INLINE_RETURNS: usize = 3;

/// A function under construction.
pub struct FunctionBuilder<'m, 'a> {
    pub m: &'m mut ModuleBuilder<'a>,
    pub id: hir::FuncId,
    pub f: &'a hir::Function,
    pub ssa: Ssa,
    /// One variable per local.
    pub local_vars: Vec<Var>,
    /// The cell objects.
    pub cell_vars: Vec<Var>,
    pub scopes: Vec<Scope>,
    /// Landing block of exceptions that nothing in the function handles.
    error_exit: Block,
    func_object: Option<Value>,
    namespace: Option<Value>,
    positions: BTreeMap<Span, Pos>,
    position_table: Vec<Position>,
    returns: usize,
    shared_return: Option<(Block, Value)>,
    /// Holds the dict that `locals()` gives, if the function calls it.
    pub locals_dict: Option<Var>,
}

/// Lowers one function of the module.
pub fn build_function(m: &mut ModuleBuilder<'_>, id: hir::FuncId) -> Function {
    let hir = m.hir;
    let f = hir.function(id);
    let symbol = m.symbols.code(&f.qualname, "");
    let mut function = Function::new(CodeId(id.0), Role::Direct, symbol, RetConv::Boxed);
    let entry = function.entry;
    let func_object = (!f.frees.is_empty()).then(|| function.add_param(entry, Type::Val));
    let namespace = matches!(f.kind, hir::FunctionKind::Class(_)).then(|| function.add_param(entry, Type::Val));
    let params: Vec<Value> = f.params.iter().map(|_| function.add_param(entry, Type::Val)).collect();
    let mut ssa = Ssa::new(function);
    let local_vars: Vec<Var> = f.locals.iter().map(|_| ssa.new_var(Type::Val)).collect();
    let cell_vars: Vec<Var> = f.cells.iter().map(|_| ssa.new_var(Type::Val)).collect();
    for (i, param) in params.iter().enumerate() {
        ssa.write(local_vars[i], *param);
    }
    let (error_exit, error_pos) = ssa.new_landing();
    let mut b = FunctionBuilder {
        m,
        id,
        f,
        ssa,
        local_vars,
        cell_vars,
        scopes: Vec::new(),
        error_exit,
        func_object,
        namespace,
        positions: BTreeMap::new(),
        position_table: Vec::new(),
        returns: 0,
        shared_return: None,
        locals_dict: None,
    };
    b.make_cells();
    b.block(&f.body);
    if !b.ssa.dead {
        let none = b.word(value::NONE);
        b.return_value(none);
    }
    b.finish_returns();
    let error_exit = b.error_exit;
    b.ssa.seal(error_exit);
    b.ssa.switch_to(error_exit);
    if !b.ssa.dead {
        b.traceback(error_pos);
        b.ssa.terminate(Term::ReturnError);
    }
    let mut positions = std::mem::take(&mut b.position_table);
    let mut function = b.ssa.finish();
    super::fuse::fuse_methods(&mut function, &mut positions);
    super::bound::remove_checks(&mut function);
    super::bound::prune_keep_alive(&mut function, f.is_generator || f.is_async);
    cleanup::tidy(&mut function);
    m.module.codes[CodeId(id.0)].positions = positions;
    function
}

impl FunctionBuilder<'_, '_> {
    /// Makes the cells that exist from the entry on.
    fn make_cells(&mut self) {
        for (index, cell) in self.f.cells.iter().enumerate() {
            if cell.comprehension {
                continue;
            }
            let first = match cell.param {
                Some(param) => {
                    let var = self.local_var(param);
                    Operand::Value(self.ssa.read(var))
                }
                None => Operand::Absent,
            };
            let object = self.value(Op::Call(Intrinsic::new_cell), vec![first], Type::Val);
            let var = self.cell_vars[index];
            self.ssa.write(var, object);
        }
    }

    /// The variable of a local.
    pub fn local_var(&self, local: hir::LocalId) -> Var {
        self.local_vars[local.index()]
    }

    /// The function object (only where there are free variables).
    pub fn func_object(&mut self) -> Value {
        match self.func_object {
            Some(value) => value,
            None => self.internal("a free variable in a function without closure"),
        }
    }

    /// The namespace of a class body.
    pub fn namespace(&mut self) -> Value {
        match self.namespace {
            Some(value) => value,
            None => self.internal("a class variable outside of a class body"),
        }
    }

    fn internal(&mut self, what: &str) -> Value {
        self.m.diagnostics.push(Diagnostic::error(code::INTERNAL, self.f.span, what));
        self.word(value::NONE)
    }

    /// Reports a construct that is not compiled; the module yields no code.
    pub fn unsupported(&mut self, span: Span, what: &str, help: &str) -> Value {
        self.m.diagnostics.push(Diagnostic::error(code::UNSUPPORTED, span, what).with_help(help));
        self.word(value::NONE)
    }

    /// The index of a source range in the function's position table.
    pub fn pos(&mut self, span: Span) -> Pos {
        if let Some(pos) = self.positions.get(&span) {
            return *pos;
        }
        let (line, col) = self.m.source.line_byte_col(span.start);
        let (end_line, end_col) = self.m.source.line_byte_col(span.end);
        let (op_col, op_end) = match super::anchors::anchors(self.m.source.slice(span)) {
            Some((start, end)) if line == end_line => (col + start, col + end),
            _ => (0, 0),
        };
        let position = Position { line, end_line, col, end_col, op_col, op_end };
        // Spans differ more often than positions do not, so the table is searched by span only.
        let pos = Pos(self.position_table.len() as u32);
        self.position_table.push(position);
        self.positions.insert(span, pos);
        pos
    }

    /// Where an exception raised here goes.
    pub fn error_target(&self) -> Block {
        self.scopes.iter().rev().find_map(Scope::landing).unwrap_or(self.error_exit)
    }

    /// An immediate.
    pub fn word(&mut self, word: u64) -> Value {
        self.value(Op::Word(word), vec![], Type::Val)
    }

    /// A machine int.
    pub fn int(&mut self, n: i64) -> Value {
        self.value(Op::Iconst(n), vec![], Type::I64)
    }

    /// An operation with one result that can't raise.
    pub fn value(&mut self, op: Op, args: Vec<Operand>, ty: Type) -> Value {
        let inst = self.ssa.inst(op, args, &[ty], None, Pos::NONE);
        self.ssa.func.insts[inst].results[0]
    }

    /// An operation without result that can't raise.
    pub fn effect(&mut self, op: Op, args: Vec<Operand>) {
        self.ssa.inst(op, args, &[], None, Pos::NONE);
    }

    /// An operation that may raise at `span`.
    pub fn raising(&mut self, op: Op, args: Vec<Operand>, results: &[Type], span: Span) -> Vec<Value> {
        let pos = self.pos(span);
        self.raising_at(op, args, results, pos)
    }

    /// An operation that may raise.
    pub fn raising_at(&mut self, op: Op, args: Vec<Operand>, results: &[Type], pos: Pos) -> Vec<Value> {
        let exit = BlockCall::new(self.error_target(), Vec::new());
        let inst = self.ssa.inst(op, args, results, Some(exit), pos);
        let always = op.always_exits();
        let results = self.ssa.func.insts[inst].results.clone();
        if always {
            self.ssa.terminate(Term::Unreachable);
        }
        results
    }

    /// A row of the table.
    fn row(&mut self, id: Intrinsic, args: Vec<Operand>, span: Span) -> Option<Value> {
        let row = id.row();
        debug_assert!(!row.args.contains(&Arg::Out));
        let results: &[Type] = match row.ret {
            Ret::Owned | Ret::Borrowed => &[Type::Val],
            Ret::Int => &[Type::I64],
            Ret::Bool => &[Type::Bool],
            Ret::Flt => &[Type::F64],
            Ret::None => &[],
        };
        if row.may_raise() {
            return self.raising(Op::Call(id), args, results, span).first().copied();
        }
        let inst = self.ssa.inst(Op::Call(id), args, results, None, Pos::NONE);
        self.ssa.func.insts[inst].results.first().copied()
    }

    /// A row of the table with a result.
    pub fn call(&mut self, id: Intrinsic, args: Vec<Operand>, span: Span) -> Value {
        match self.row(id, args, span) {
            Some(value) => value,
            None => self.internal("an operation without result is used as a value"),
        }
    }

    /// A row of the table without result.
    pub fn call_none(&mut self, id: Intrinsic, args: Vec<Operand>, span: Span) {
        self.row(id, args, span);
    }

    /// Keeps values alive up to here.
    pub fn keep_alive(&mut self, values: Vec<Value>) {
        if !values.is_empty() && !self.ssa.dead {
            self.effect(Op::KeepAlive, values.into_iter().map(Operand::Value).collect());
        }
    }

    /// Records the frame in the traceback of the pending exception; a negative position records nothing.
    pub fn traceback(&mut self, pos: Value) {
        let code = Operand::Imm(i64::from(self.id.0));
        self.effect(Op::Call(Intrinsic::traceback), vec![code, pos.into()]);
    }

    /// Jumps without arguments.
    pub fn jump(&mut self, block: Block) {
        self.ssa.terminate(Term::Jump(BlockCall::new(block, Vec::new())));
    }

    /// Jumps with one argument.
    pub fn jump_with(&mut self, block: Block, value: Value) {
        self.ssa.terminate(Term::Jump(BlockCall::new(block, vec![value])));
    }

    /// Branches without arguments.
    pub fn branch(&mut self, cond: Value, then: Block, els: Block) {
        self.ssa.terminate(Term::Branch {
            cond,
            then: BlockCall::new(then, Vec::new()),
            els: BlockCall::new(els, Vec::new()),
        });
    }

    /// Goes on with the pending exception in the innermost handler, without recording the frame again.
    pub fn propagate(&mut self) {
        let again = self.int(-1);
        let target = self.error_target();
        self.jump_with(target, again);
    }

    /// A sealed block.
    pub fn start(&mut self, block: Block) {
        self.ssa.seal(block);
        self.ssa.switch_to(block);
    }

    /// Returns from the function, all scopes left: the locals end their lives.
    pub fn return_value(&mut self, value: Value) {
        if self.ssa.dead {
            return;
        }
        self.returns += 1;
        if self.returns > INLINE_RETURNS && self.locals_to_keep().next().is_some() {
            let (block, _) = match self.shared_return {
                Some(shared) => shared,
                None => {
                    let block = self.ssa.new_block();
                    let param = self.ssa.func.add_param(block, Type::Val);
                    self.shared_return = Some((block, param));
                    (block, param)
                }
            };
            self.jump_with(block, value);
            return;
        }
        self.end_locals();
        self.ssa.terminate(Term::Return(value));
    }

    fn locals_to_keep(&self) -> impl Iterator<Item = Var> + '_ {
        let locals = self.f.locals.iter().zip(&self.local_vars);
        let named = locals.filter(|(l, _)| matches!(l.kind, hir::LocalKind::Variable | hir::LocalKind::Param));
        let cells = self.f.cells.iter().zip(&self.cell_vars).filter(|(c, _)| !c.comprehension);
        named.map(|(_, v)| *v).chain(cells.map(|(_, v)| *v)).chain(self.locals_dict)
    }

    fn end_locals(&mut self) {
        let vars: Vec<Var> = self.locals_to_keep().collect();
        let mut values: Vec<Value> = Vec::new();
        for var in vars {
            let value = self.ssa.read(var);
            if !values.contains(&value) {
                values.push(value);
            }
        }
        self.keep_alive(values);
    }

    fn finish_returns(&mut self) {
        if let Some((block, param)) = self.shared_return {
            self.start(block);
            self.end_locals();
            self.ssa.terminate(Term::Return(param));
        }
    }
}
