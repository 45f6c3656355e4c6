//! Lowering from the syntax tree to HIR.
//!
//! Invariant: walks each function once, in evaluation order; asks [`ScopeTree`] what a name means and never decides that itself.
//! A construct that is not compiled becomes a diagnostic, and the walk goes on, so that one build shows them all.

mod annotation;
mod class;
mod comprehension;
mod expr;
mod fold;
mod function;
mod imports;
mod names;
mod pattern;
mod stmt;
mod strings;
mod unparse;

use super::types::*;
use crate::diag::{Code, Diagnostic, code};
use crate::scope::{self, ScopeId, ScopeKind, ScopeTree};
use crate::source::{SourceFile, Span};
use ruff_python_ast::ModModule;
use ruff_text_size::Ranged;
use std::collections::BTreeMap;

/// Lowers a parsed module called `name`.
///
/// # Errors
/// CPython's SyntaxErrors that need scopes, and every construct that is not compiled, in source order.
pub fn lower(
    file: &SourceFile,
    name: &str,
    is_package: bool,
    supply: Supply,
    syntax: &ModModule,
) -> Result<Module, Vec<Diagnostic>> {
    let scopes = scope::analyze(syntax)?;
    let mut lowerer = Lowerer {
        file,
        scopes: &scopes,
        functions: Vec::new(),
        classes: Vec::new(),
        frames: Vec::new(),
        globals: BTreeMap::new(),
        imports: Vec::new(),
        has_star_import: false,
        annotations: BTreeMap::new(),
        unsupplied: Vec::new(),
        problems: Vec::new(),
    };
    let doc = lowerer.module_body(syntax);
    if supply == Supply::Refuse {
        lowerer.report_unsupplied();
    }
    let Lowerer { functions, classes, globals, imports, has_star_import, annotations, mut problems, .. } = lowerer;
    if !problems.is_empty() {
        problems.sort_by_key(|problem| (problem.span, problem.code));
        problems.dedup();
        return Err(problems);
    }
    let info = ModuleInfo {
        imports,
        globals: globals.into_iter().map(|(name, uses)| (name, uses.finish())).collect(),
        has_star_import,
        future_annotations: scopes.future_annotations,
        annotations,
        doc,
    };
    Ok(Module { name: name.into(), is_package, functions, classes, info })
}

/// What becomes of builtins that Molt does not have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Supply {
    /// An error of the build.
    Refuse,
    /// NameError where the name is read: the standard library has code for purposes that few programs share.
    Defer,
}

/// Uses of a global while they are being counted.
#[derive(Default)]
struct GlobalUses {
    global: Global,
    /// What bound it first, `None` if that may run more than once.
    first: Option<Binding>,
}

impl GlobalUses {
    fn finish(self) -> Global {
        let once = self.global.bindings == 1 && !self.global.deleted;
        Global { once: self.first.filter(|_| once), ..self.global }
    }
}

/// The function being lowered.
struct Frame {
    id: FuncId,
    /// The scope whose code object this is.
    code: ScopeId,
    /// The scope of the current node: `code` or an inlined comprehension's.
    scope: ScopeId,
    locals: Vec<Local>,
    local_ids: BTreeMap<(ScopeId, Ident), LocalId>,
    cell_ids: BTreeMap<(ScopeId, Ident), CellId>,
    free_ids: BTreeMap<Ident, FreeId>,
    temps: u32,
    may_inspect_locals: bool,
    /// Loops around the current statement.
    loops: u32,
    /// Statements around the current one that may keep it from running.
    conditions: u32,
    /// Whether an `if TYPE_CHECKING:` is around.
    type_checking: bool,
    /// Whether a `try` that expects ImportError is around.
    guarded: bool,
}

struct Lowerer<'a> {
    file: &'a SourceFile,
    scopes: &'a ScopeTree,
    functions: Vec<Function>,
    classes: Vec<Class>,
    frames: Vec<Frame>,
    globals: BTreeMap<Ident, GlobalUses>,
    imports: Vec<Import>,
    has_star_import: bool,
    annotations: BTreeMap<Ident, TypeExpr>,
    /// Reads of builtins that Molt does not have, unless the module turns out to bind the name.
    unsupplied: Vec<(&'static str, Span)>,
    problems: Vec<Diagnostic>,
}

impl Lowerer<'_> {
    fn report(&mut self, code: Code, span: Span, message: impl Into<String>, help: &str) {
        self.problems.push(Diagnostic::error(code, span, message).with_help(help));
    }

    fn internal(&mut self, span: Span, message: &str) {
        self.problems.push(Diagnostic::error(code::INTERNAL, span, message));
    }

    /// The innermost function; the module's frame outlives all others.
    fn frame(&mut self) -> &mut Frame {
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    fn scope_kind(&mut self) -> ScopeKind {
        let scope = self.frame().scope;
        self.scopes.scope(scope).kind
    }

    fn function(&mut self) -> &mut Function {
        let id = self.frame().id;
        &mut self.functions[id.index()]
    }

    fn module_body(&mut self, syntax: &ModModule) -> Option<Constant> {
        let span = Span::from(syntax.range());
        let name: Ident = "<module>".into();
        self.enter(ScopeId::MODULE, Function::new(FunctionKind::Module, name.clone(), name, span, 1));
        let mut body = Block::new();
        let (doc, rest) = self.docstring(&syntax.body);
        if stmt::has_annotation(&syntax.body) {
            self.store("__annotations__", None);
            body.push(Stmt { kind: StmtKind::SetupAnnotations, span: Span::at(0) });
        }
        if let Some((constant, span)) = &doc {
            body.push(self.assign_name("__doc__", Expr::constant(constant.clone(), *span), *span));
        }
        self.block_into(rest, &mut body);
        self.leave(body);
        doc.map(|(constant, _)| constant)
    }

    /// Opens a function: its cells and free variables are known from the scopes.
    fn enter(&mut self, code: ScopeId, mut function: Function) -> FuncId {
        let id = FuncId(self.functions.len() as u32);
        function.parent = self.frames.last().map(|frame| frame.id);
        let scope = self.scopes.scope(code);
        function.is_generator = scope.is_generator;
        function.is_async = scope.is_async;
        let mut frame = Frame {
            id,
            code,
            scope: code,
            locals: Vec::new(),
            local_ids: BTreeMap::new(),
            cell_ids: BTreeMap::new(),
            free_ids: BTreeMap::new(),
            temps: 0,
            may_inspect_locals: false,
            loops: 0,
            conditions: 0,
            type_checking: false,
            guarded: false,
        };
        for (name, owner) in &scope.cells {
            frame.cell_ids.insert((*owner, name.clone()), CellId(function.cells.len() as u32));
            function.cells.push(Cell { name: name.clone(), param: None, comprehension: *owner != code });
        }
        for name in &scope.frees {
            frame.free_ids.insert(name.clone(), FreeId(function.frees.len() as u32));
            let source = self.captured(code, name);
            function.frees.push(Free { name: name.clone(), source });
        }
        self.functions.push(function);
        self.frames.push(frame);
        id
    }

    /// Where the current function, which is about to make the one of scope `code`, holds the variable `name`.
    fn captured(&mut self, code: ScopeId, name: &Ident) -> Capture {
        let owner = self.scopes.owner_outside(code, name);
        if let (Some(owner), Some(frame)) = (owner, self.frames.last()) {
            if let Some(cell) = frame.cell_ids.get(&(owner, name.clone())) {
                return Capture::Cell(*cell);
            }
            if let Some(free) = frame.free_ids.get(name) {
                return Capture::Free(*free);
            }
        }
        self.internal(Span::at(0), "a captured variable has no owner");
        Capture::Free(FreeId(0))
    }

    /// Closes the function that [`Lowerer::enter`] opened.
    fn leave(&mut self, body: Block) {
        let Some(frame) = self.frames.pop() else { return };
        let function = &mut self.functions[frame.id.index()];
        function.body = body;
        function.locals = frame.locals;
        function.may_inspect_locals = frame.may_inspect_locals;
    }

    /// A local that no source can name, for a value that desugaring holds.
    fn temp(&mut self) -> LocalId {
        let frame = self.frame();
        let id = LocalId(frame.locals.len() as u32);
        let name: Ident = format!("%{}", frame.temps).into();
        frame.temps += 1;
        frame.locals.push(Local { name, kind: LocalKind::Temp });
        id
    }
}

impl Function {
    fn new(kind: FunctionKind, name: Ident, qualname: Ident, span: Span, first_line: u32) -> Function {
        Function {
            kind,
            name,
            qualname,
            parent: None,
            method_of: None,
            params: Vec::new(),
            locals: Vec::new(),
            cells: Vec::new(),
            frees: Vec::new(),
            is_generator: false,
            is_async: false,
            doc: None,
            first_line,
            span,
            name_span: span,
            decorators: Vec::new(),
            returns: None,
            may_inspect_locals: false,
            body: Block::new(),
        }
    }
}

impl Expr {
    /// A constant at `span`.
    pub fn constant(constant: Constant, span: Span) -> Expr {
        Expr { kind: ExprKind::Const(constant), span }
    }

    /// A variable read at `span`.
    pub fn name(name: NameRef, span: Span) -> Expr {
        Expr { kind: ExprKind::Name(name), span }
    }

    /// Its value if it is a constant.
    pub fn as_constant(&self) -> Option<&Constant> {
        match &self.kind {
            ExprKind::Const(constant) => Some(constant),
            _ => None,
        }
    }
}
