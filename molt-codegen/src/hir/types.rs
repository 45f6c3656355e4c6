//! The data types of HIR: modules, functions and names; statements, expressions and classes have files of their own.
//!
//! Invariant: plain owned trees with typed indices ([`FuncId`], [`LocalId`] …); no node is shared, and a node's span is the
//! place CPython would report for an exception raised by that very operation.

mod class;
mod expr;
mod stmt;

pub use class::*;
pub use expr::*;
pub use stmt::*;

use crate::source::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An identifier's text (after private-name mangling where Python mangles).
pub type Ident = Arc<str>;

macro_rules! id {
    ($(#[$doc:meta] $name:ident),* $(,)?) => {$(
        #[$doc]
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(pub u32);
        impl $name {
            /// The position in the vector that it indexes.
            pub const fn index(self) -> usize { self.0 as usize }
        }
    )*};
}

id! {
    /// Index into [`Module::functions`].
    FuncId,
    /// Index into [`Module::classes`].
    ClassId,
    /// Index into [`Function::locals`].
    LocalId,
    /// Index into [`Function::cells`].
    CellId,
    /// Index into [`Function::frees`].
    FreeId,
    /// Index into [`ModuleInfo::imports`].
    ImportId,
}

/// One module.
#[derive(Clone, Debug)]
pub struct Module {
    /// Dotted name, for example `handlers.graph`; a package's own name for its `__init__`.
    pub name: Ident,
    /// Whether it is a package's `__init__`.
    pub is_package: bool,
    /// Every code object of the module; index 0 is the module body. A function comes before those it contains.
    pub functions: Vec<Function>,
    /// Every `class` statement, in source order.
    pub classes: Vec<Class>,
    /// What is known about its globals and imports.
    pub info: ModuleInfo,
}

impl Module {
    /// The module body.
    pub const BODY: FuncId = FuncId(0);

    /// The function `id`.
    pub fn function(&self, id: FuncId) -> &Function {
        &self.functions[id.index()]
    }

    /// The class `id`.
    pub fn class(&self, id: ClassId) -> &Class {
        &self.classes[id.index()]
    }
}

/// Facts about a module that need the whole text.
#[derive(Clone, Debug, Default)]
pub struct ModuleInfo {
    /// Import statements anywhere in the module, in source order.
    pub imports: Vec<Import>,
    /// Every name that is bound, deleted or read as a global anywhere in the module.
    pub globals: BTreeMap<Ident, Global>,
    /// Whether any `from m import *` binds names that can't be known here.
    pub has_star_import: bool,
    /// Whether `from __future__ import annotations` is in force.
    pub future_annotations: bool,
    /// Types of annotated globals (the first annotation of each).
    pub annotations: BTreeMap<Ident, TypeExpr>,
    /// The module's docstring (also assigned to `__doc__` by the body).
    pub doc: Option<Constant>,
}

/// How the module uses one global name.
#[derive(Clone, Debug, Default)]
pub struct Global {
    /// How many places bind it, in the module body or through `global` in functions and class bodies.
    pub bindings: u32,
    /// Whether any place deletes it (an `except … as` name counts, since it is deleted at the handler's end).
    pub deleted: bool,
    /// Whether any place reads it.
    pub read: bool,
    /// Whether a function or class body binds or deletes it through `global`.
    pub written_in_function: bool,
    /// How many of the module's import clauses come before the place that binds it first in the module body; 0 if only
    /// functions bind it.
    pub imports_before: u32,
    /// When it is bound exactly once, never deleted, and outside any loop: by what.
    pub once: Option<Binding>,
}

/// What binds a global that is bound exactly once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Binding {
    /// `def`, undecorated: the global holds exactly this function.
    Def(FuncId),
    /// `def` with decorators: the global holds whatever they return.
    DecoratedDef(FuncId),
    /// `class`, undecorated.
    Class(ClassId),
    /// `class` with decorators.
    DecoratedClass(ClassId),
    /// An import statement.
    Import(ImportId),
    /// An assignment of a constant or of any other value.
    Assign,
}

/// One import statement's single clause.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    /// Dotted module name as written; empty for `from . import x`.
    pub module: Ident,
    /// Leading dots.
    pub level: u32,
    /// What is taken from it.
    pub kind: ImportKind,
    /// The module name in the source (for diagnostics).
    pub span: Span,
    /// Whether it runs unconditionally while the module body runs (not in a function, `if`, `try` or loop).
    pub unconditional: bool,
    /// Whether it stands in an `if TYPE_CHECKING:` block and so never runs.
    pub type_checking: bool,
    /// Whether it stands in a `try` whose handlers catch `ImportError`: absence is expected.
    pub guarded: bool,
}

/// What an import statement takes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ImportKind {
    /// `import a.b` or `import a.b as c`.
    Module,
    /// `from m import a, b`: the names as written in `m`.
    From(Vec<Ident>),
    /// `from m import *`.
    Star,
}

/// What a [`Function`] was in the source.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FunctionKind {
    /// The module body: its names are globals.
    Module,
    /// A class body: runs over a namespace, its names are [`NameRef::Class`].
    Class(ClassId),
    /// `def`.
    Def,
    /// `lambda`.
    Lambda,
    /// A generator expression: one parameter `.0`, an iterator already.
    GenExpr,
}

/// One code object.
#[derive(Clone, Debug)]
pub struct Function {
    /// What it was.
    pub kind: FunctionKind,
    /// `co_name`: `<module>`, `<lambda>`, `<genexpr>` or the name as written.
    pub name: Ident,
    /// `co_qualname`, for example `C.method.<locals>.inner`.
    pub qualname: Ident,
    /// The code object that contains it; `None` for the module body.
    pub parent: Option<FuncId>,
    /// For a `def` directly in a class body: that class.
    pub method_of: Option<ClassId>,
    /// Parameters in the order of `co_varnames`: positional, keyword-only, `*args`, `**kwargs`.
    /// Parameter `i` is local `i`.
    pub params: Vec<Param>,
    /// Local variables: parameters first, then the others by first appearance; those captured by inner functions
    /// are [`Function::cells`] instead (a captured parameter is in both).
    pub locals: Vec<Local>,
    /// Variables of this function that inner functions capture, created fresh at each call.
    pub cells: Vec<Cell>,
    /// Variables of enclosing functions that it captures, sorted by name as in `co_freevars`.
    pub frees: Vec<Free>,
    /// Whether `yield` stands in it: calling it makes a generator, or an asynchronous one.
    pub is_generator: bool,
    /// Whether it may await: calling it makes a coroutine, or an asynchronous generator.
    pub is_async: bool,
    /// The docstring (the statement itself is not in `body`).
    pub doc: Option<Constant>,
    /// `co_firstlineno`: the first decorator's line, or that of `def`, `class` or `lambda`; 1 for a module.
    pub first_line: u32,
    /// The whole definition.
    pub span: Span,
    /// The name in a `def` or `class`; the whole expression otherwise.
    pub name_span: Span,
    /// The decorators of a `def`.
    pub decorators: Vec<Decorator>,
    /// Return annotation as written, for typed bindings and speculation. Evaluated by [`MakeFunction::annotations`].
    pub returns: Option<TypeExpr>,
    /// Whether `locals`, `vars`, `dir`, `eval` or `exec` is read as a global in it: its variables may be looked at by name.
    pub may_inspect_locals: bool,
    /// The statements. Falling off the end returns `None` (for a class body: ends it).
    pub body: Block,
}

impl Function {
    /// The `*args` parameter.
    pub fn var_args(&self) -> Option<&Param> {
        self.params.iter().find(|p| p.kind == ParamKind::VarArgs)
    }

    /// The `**kwargs` parameter.
    pub fn var_kwargs(&self) -> Option<&Param> {
        self.params.iter().find(|p| p.kind == ParamKind::VarKwargs)
    }

    /// How many parameters can be given by position (`co_argcount`).
    pub fn positional_count(&self) -> usize {
        self.params.iter().filter(|p| matches!(p.kind, ParamKind::PositionalOnly | ParamKind::Normal)).count()
    }
}

/// How arguments reach a parameter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ParamKind {
    /// Before `/`.
    PositionalOnly,
    /// By position or keyword.
    Normal,
    /// After `*`.
    KeywordOnly,
    /// `*args`: a tuple.
    VarArgs,
    /// `**kwargs`: a dict.
    VarKwargs,
}

/// One parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// Its name (mangled in classes).
    pub name: Ident,
    /// How it is passed.
    pub kind: ParamKind,
    /// Whether a default exists; defaults are evaluated by [`MakeFunction`], in parameter order.
    pub has_default: bool,
    /// Default as a constant when it is one.
    pub default: Option<Constant>,
    /// Annotation as written.
    pub annotation: Option<TypeExpr>,
    /// The name in the source.
    pub span: Span,
}

/// One local variable.
#[derive(Clone, Debug)]
pub struct Local {
    /// Name; for [`LocalKind::Temp`] a name that no source can write.
    pub name: Ident,
    /// What made it.
    pub kind: LocalKind,
}

/// What made a local.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LocalKind {
    /// A parameter.
    Param,
    /// An ordinary local: in `co_varnames`.
    Variable,
    /// A variable of an inlined comprehension: invisible outside of it (PEP 709).
    Comprehension,
    /// Made by desugaring; never unbound when read.
    Temp,
}

/// A variable that inner functions capture. Its unbound read is the same error as a local's.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Name.
    pub name: Ident,
    /// The parameter whose argument is its first value; the cell is filled from it at entry, and from then on every
    /// reference goes through the cell.
    pub param: Option<LocalId>,
    /// Whether it belongs to an inlined comprehension, which makes it anew each time (see [`Comprehension::cells`]);
    /// all other cells are made at entry.
    pub comprehension: bool,
}

/// A captured variable of an enclosing function.
#[derive(Clone, Debug)]
pub struct Free {
    /// Name.
    pub name: Ident,
    /// Where the parent holds it when it makes this function.
    pub source: Capture,
}

/// Where a function finds the cell that it hands to an inner one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Capture {
    /// Its own cell.
    Cell(CellId),
    /// A cell that it captured itself.
    Free(FreeId),
}

/// A resolved name.
///
/// Reading an unbound one raises: `Local` and `Cell` UnboundLocalError `cannot access local variable 'x' where it is not
/// associated with a value`; `Free` NameError `cannot access free variable 'x' where it is not associated with a value in
/// enclosing scope`; `Global` (looked up in the module, then in builtins) and `Class` NameError `name 'x' is not defined`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NameRef {
    /// A local that nobody captures.
    Local(LocalId),
    /// A variable of this function that inner functions capture.
    Cell(CellId),
    /// A variable of an enclosing function.
    Free(FreeId),
    /// A module global, then a builtin.
    Global(Ident),
    /// In a class body: the class namespace; a read that does not find it there goes to `outer`.
    /// Stores and deletes touch the namespace only (deleting an absent one: NameError `name 'x' is not defined`).
    Class {
        /// The name.
        name: Ident,
        /// Where a read continues: a cell of an enclosing function, or `None` for global then builtin.
        outer: Option<Capture>,
    },
}
