//! The data types of HIR: modules, functions, statements, expressions, targets and names.
//!
//! Invariant: plain owned trees with typed indices ([`FuncId`], [`LocalId`] …); no node is shared, and a node's span is the
//! place CPython would report for an exception raised by that very operation.

use crate::source::Span;
use num_bigint::BigInt;
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
    /// Whether calling it makes a generator.
    pub is_generator: bool,
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

/// Statements that run in order.
pub type Block = Vec<Stmt>;

/// A statement.
#[derive(Clone, Debug)]
pub struct Stmt {
    /// What it does.
    pub kind: StmtKind,
    /// Where it stands.
    pub span: Span,
}

/// What a statement does.
#[derive(Clone, Debug)]
pub enum StmtKind {
    /// Evaluates and drops.
    Expr(Expr),
    /// Evaluates `value` once, then stores to each target from left to right.
    /// Sub-expressions of a target are evaluated when it is stored to.
    Assign {
        /// The targets, at least one.
        targets: Vec<Target>,
        /// The value.
        value: Expr,
    },
    /// `target op= value`: evaluates the target's sub-expressions once, reads it, evaluates `value`,
    /// applies the in-place operator and stores.
    AugAssign {
        /// A name, attribute or subscript.
        target: Target,
        /// The operator (its in-place form).
        op: BinOp,
        /// The right side.
        value: Expr,
    },
    /// `del`, one target; [`TargetKind::Unpack`] deletes each of its parts in order.
    Delete(Target),
    /// Leaves the function. In a generator: StopIteration with the value.
    Return(Option<Expr>),
    /// `raise`, `raise exc`, `raise exc from cause` (`exc` evaluated first). Without `exc` re-raises the handled one:
    /// RuntimeError `No active exception to reraise` if there is none.
    Raise {
        /// The exception or class.
        exc: Option<Expr>,
        /// The cause.
        cause: Option<Expr>,
    },
    /// `assert`: if `test` is false raises the builtin AssertionError itself (never looked up by name), called with `message`
    /// if there is one.
    Assert {
        /// The condition.
        test: Expr,
        /// Evaluated only on failure.
        message: Option<Expr>,
    },
    /// `if`/`elif`/`else`: the first branch whose test is true, else `orelse`.
    If {
        /// The tests and bodies, at least one.
        branches: Vec<Branch>,
        /// Runs if no test was true.
        orelse: Block,
    },
    /// `while`: `orelse` runs when the test turns false, not after `break`.
    While {
        /// The condition.
        test: Expr,
        /// The body.
        body: Block,
        /// The `else` block.
        orelse: Block,
    },
    /// `for`: `orelse` runs when the iterator is exhausted, not after `break`. The iterator is released at the end of the loop,
    /// before `orelse` runs, and on every exit. Errors of iteration are
    /// reported at the whole statement.
    For {
        /// Stored to at each turn.
        target: Target,
        /// What is iterated.
        iter: Iter,
        /// The body.
        body: Block,
        /// The `else` block.
        orelse: Block,
    },
    /// `break` of the innermost loop of this function.
    Break,
    /// `continue` of the innermost loop of this function.
    Continue,
    /// `try`. Handlers are tried in order; `orelse` runs after `body` ended normally (its exceptions are not handled here);
    /// `finally` runs on every way out, and its own `return`, `break` or `continue` replaces the pending one.
    Try {
        /// The guarded statements.
        body: Block,
        /// `except` clauses; only the last may be bare.
        handlers: Vec<Handler>,
        /// `else`.
        orelse: Block,
        /// `finally`.
        finally: Block,
    },
    /// `with`, one item (several items are nested). Evaluates `context`, looks up `__enter__` then `__exit__` on its type, calls
    /// `__enter__`, stores the result to `target` (an exception in that store is seen by `__exit__`), runs `body`;
    /// on an exception calls `__exit__(type, exc, tb)` and swallows it if that is true; on every other way out calls
    /// `__exit__(None, None, None)`.
    With {
        /// The context manager; errors of `__enter__` and `__exit__` are reported at the whole statement.
        context: Expr,
        /// `as` target.
        target: Option<Target>,
        /// The body.
        body: Block,
    },
    /// `import a.b.c` (binds `a`) or `import a.b.c as d` (binds `c`, found by reading attribute after attribute as in
    /// `from a import b`, falling back to `sys.modules`).
    Import {
        /// The clause in [`ModuleInfo::imports`].
        import: ImportId,
        /// The dotted name.
        module: Ident,
        /// Whether `as` was given: bind the leaf, not the root.
        leaf: bool,
        /// What is bound.
        target: NameRef,
    },
    /// `from m import a as b, …`: imports `m` with the names as `fromlist`, then reads and binds each in order; a missing one is
    /// ImportError `cannot import name 'a' from 'm' (path)`.
    ImportFrom {
        /// The clause in [`ModuleInfo::imports`].
        import: ImportId,
        /// The dotted name, empty for `from . import x`.
        module: Ident,
        /// Leading dots.
        level: u32,
        /// The names.
        names: Vec<ImportName>,
    },
    /// `from m import *`, at module level only: binds every name of `__all__`, or every public one, as globals.
    ImportStar {
        /// The clause in [`ModuleInfo::imports`].
        import: ImportId,
        /// The dotted name.
        module: Ident,
        /// Leading dots.
        level: u32,
    },
    /// First statement of a module or class body with annotations: binds `__annotations__` to a new dict
    /// unless it is bound (in the class namespace, or in the module's globals) already.
    SetupAnnotations,
    /// Last statement of a class body whose functions use `__class__` or zero-argument `super`: stores the cell object itself
    /// in the class namespace as `__classcell__`; `type.__new__` fills the cell.
    StoreClassCell(CellId),
}

/// A test and what runs if it is true.
#[derive(Clone, Debug)]
pub struct Branch {
    /// The condition.
    pub test: Expr,
    /// The statements.
    pub body: Block,
}

/// What a loop iterates.
#[derive(Clone, Debug)]
pub enum Iter {
    /// `iter(value)`.
    Value(Expr),
    /// A local that holds an iterator already (`.0` of a generator expression): `iter` is not called.
    Iterator(LocalId),
}

/// An `except` clause.
#[derive(Clone, Debug)]
pub struct Handler {
    /// Evaluated when the clause is tried; `None` catches everything. Not an exception class (or tuple of such): TypeError
    /// `catching classes that do not inherit from BaseException is not allowed`.
    pub test: Option<Expr>,
    /// Bound to the exception on entry; on every way out of the body it is set to `None`, then deleted.
    pub name: Option<NameRef>,
    /// The body; meanwhile the exception is the handled one.
    pub body: Block,
    /// The clause.
    pub span: Span,
}

/// One name of a `from` import.
#[derive(Clone, Debug)]
pub struct ImportName {
    /// The name in the module.
    pub name: Ident,
    /// What is bound.
    pub target: NameRef,
    /// The clause.
    pub span: Span,
}

/// Something that can be stored to or deleted.
#[derive(Clone, Debug)]
pub struct Target {
    /// What it is.
    pub kind: TargetKind,
    /// Where it stands.
    pub span: Span,
}

/// What a target is.
#[derive(Clone, Debug)]
pub enum TargetKind {
    /// A variable.
    Name(NameRef),
    /// `value.attr`.
    Attribute {
        /// The object.
        value: Expr,
        /// The attribute (mangled in classes).
        attr: Ident,
    },
    /// `value[index]`: `value` is evaluated first.
    Subscript {
        /// The container.
        value: Expr,
        /// The index, maybe an [`ExprKind::Slice`].
        index: Expr,
    },
    /// `a, b, *c, d`: unpacks an iterable completely (errors `not enough values to unpack (expected 2, got 1)`,
    /// `too many values to unpack (expected 2)`, `cannot unpack non-iterable int object`), then stores from left to right;
    /// `star` takes a list of what lies between.
    Unpack {
        /// Before the star; all of them if there is none.
        before: Vec<Target>,
        /// The starred one.
        star: Option<Box<Target>>,
        /// After the star.
        after: Vec<Target>,
    },
}

/// An expression.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it computes.
    pub kind: ExprKind,
    /// The place CPython reports for an exception raised by this node itself.
    pub span: Span,
}

/// What an expression computes. Unless said otherwise operands are evaluated in the order of the fields.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// A constant.
    Const(Constant),
    /// A variable.
    Name(NameRef),
    /// `target := value`; its value is the value.
    Named {
        /// The variable (in an inlined comprehension: one of the enclosing function).
        target: NameRef,
        /// The value.
        value: Box<Expr>,
    },
    /// `not`.
    Not(Box<Expr>),
    /// `-x`, `+x`, `~x`.
    Unary {
        /// The operator.
        op: UnaryOp,
        /// The operand.
        operand: Box<Expr>,
    },
    /// A binary operator.
    Binary {
        /// The operator.
        op: BinOp,
        /// Left operand.
        left: Box<Expr>,
        /// Right operand.
        right: Box<Expr>,
    },
    /// `a and b and c`: the first false one, or the last. At least two.
    And(Vec<Expr>),
    /// `a or b or c`: the first true one, or the last. At least two.
    Or(Vec<Expr>),
    /// `a < b <= c`: each operand once; the first comparison whose result is false, or the last one's result.
    Compare {
        /// First operand.
        left: Box<Expr>,
        /// The operators with their right operands, at least one.
        rest: Vec<(CmpOp, Expr)>,
    },
    /// `body if test else orelse`; `test` is evaluated first.
    IfElse {
        /// The condition.
        test: Box<Expr>,
        /// If true.
        body: Box<Expr>,
        /// If false.
        orelse: Box<Expr>,
    },
    /// `value.attr`.
    Attribute {
        /// The object.
        value: Box<Expr>,
        /// The attribute (mangled in classes).
        attr: Ident,
    },
    /// `value[index]`.
    Subscript {
        /// The container.
        value: Box<Expr>,
        /// The index, maybe a [`ExprKind::Slice`].
        index: Box<Expr>,
    },
    /// A `slice` object (only as an index or inside a tuple index).
    Slice {
        /// Lower bound.
        lower: Option<Box<Expr>>,
        /// Upper bound.
        upper: Option<Box<Expr>>,
        /// Step.
        step: Option<Box<Expr>>,
    },
    /// A call. If `func` is an [`ExprKind::Attribute`] it is a method call (the attribute is read before the arguments are
    /// evaluated).
    Call {
        /// The callable.
        func: Box<Expr>,
        /// The arguments.
        args: Args,
    },
    /// `super()` without arguments in a function: reads `func` (the global name `super`); if it is the builtin `super` the result
    /// is `super(class, first)`, else `func` is called without arguments.
    ZeroArgSuper {
        /// The name `super`.
        func: Box<Expr>,
        /// The `__class__` cell; `None`: RuntimeError `super(): __class__ cell not found`; an empty one:
        /// RuntimeError `super(): empty __class__ cell`.
        class: Option<NameRef>,
        /// The function's first parameter; `None`: RuntimeError `super(): no arguments`; unbound: RuntimeError
        /// `super(): arg[0] deleted`.
        first: Option<NameRef>,
    },
    /// `[…]`.
    List(Vec<Element>),
    /// `(…)`; a tuple of constants only is a [`Constant::Tuple`].
    Tuple(Vec<Element>),
    /// `{…}`.
    Set(Vec<Element>),
    /// `{k: v, **m}`: key then value, item by item.
    Dict(Vec<DictItem>),
    /// An inlined list, set or dict comprehension.
    Comprehension(Box<Comprehension>),
    /// A generator expression: evaluates `iter`, calls `iter()` on it, then calls the function with that iterator.
    GenExpr {
        /// The generator function, one parameter.
        func: FuncId,
        /// The outermost iterable.
        iter: Box<Expr>,
    },
    /// `lambda` or the function object of a `def` (before decorators).
    MakeFunction(Box<MakeFunction>),
    /// The class object of a `class` statement (before decorators).
    MakeClass(Box<MakeClass>),
    /// An f-string (adjacent literals joined). Each value is formatted when it is reached.
    FString(Vec<FPart>),
    /// `yield`.
    Yield(Option<Box<Expr>>),
    /// `yield from`.
    YieldFrom(Box<Expr>),
    /// A step of a `match` statement.
    Match(MatchOp),
}

/// Primitive tests and bindings that `match` is made of.
#[derive(Clone, Debug)]
pub enum MatchOp {
    /// Stores `value` to `target`; its value is `True`.
    Bind {
        /// Any target, mostly temporaries.
        target: Box<Target>,
        /// The value.
        value: Box<Expr>,
    },
    /// Whether the type of the value is a sequence for patterns (list, tuple, range … and `Sequence` subclasses; not str, bytes).
    IsSequence(Box<Expr>),
    /// Whether the type of the value is a mapping for patterns.
    IsMapping(Box<Expr>),
    /// `len(value) == count`, or `>=` with `at_least`.
    Len {
        /// The value.
        value: Box<Expr>,
        /// The number.
        count: u32,
        /// Whether more is fine.
        at_least: bool,
    },
    /// `value[index]`, or `value[len(value) - index]` with `from_end`.
    Item {
        /// The sequence.
        value: Box<Expr>,
        /// The index.
        index: u32,
        /// Whether it counts from the end.
        from_end: bool,
    },
    /// A tuple of the values of `keys` in a mapping (by `get` with a sentinel), or `None` if one is missing. Equal keys:
    /// ValueError `mapping pattern checks duplicate key (…)`.
    Keys {
        /// The mapping.
        value: Box<Expr>,
        /// The keys, evaluated first to last.
        keys: Vec<Expr>,
    },
    /// A dict of what the mapping holds beside `keys`.
    Rest {
        /// The mapping.
        value: Box<Expr>,
        /// The keys.
        keys: Vec<Expr>,
    },
    /// A tuple of the sub-subjects of a class pattern (positional ones through `__match_args__`, then keyword ones), or `None` if
    /// it is no instance or an attribute is missing.
    Class {
        /// The value.
        value: Box<Expr>,
        /// The class.
        class: Box<Expr>,
        /// How many positional patterns.
        positional: u32,
        /// The keyword patterns' names.
        keywords: Vec<Ident>,
    },
}

/// A constant. Tuples hold constants only.
#[derive(Clone, PartialEq, Debug, serde::Serialize, serde::Deserialize)]
pub enum Constant {
    /// `None`.
    None,
    /// `True`.
    True,
    /// `False`.
    False,
    /// `...`.
    Ellipsis,
    /// An int that fits `i64`.
    Int(i64),
    /// Any other int.
    BigInt(#[serde(with = "big_int_text")] BigInt),
    /// A float; compared by bits nowhere: `-0.0 == 0.0` here too.
    Float(f64),
    /// An imaginary number: the imaginary part.
    Imaginary(f64),
    /// A str without lone surrogates.
    Str(Ident),
    /// A str with lone surrogates, as code points.
    WideStr(Arc<[u32]>),
    /// Bytes.
    Bytes(Arc<[u8]>),
    /// A tuple.
    Tuple(Arc<[Constant]>),
}

/// `-`, `+`, `~`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnaryOp {
    /// `-`.
    Neg,
    /// `+`.
    Pos,
    /// `~`.
    Invert,
}

/// A binary operator.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum BinOp {
    /// `+`.
    Add,
    /// `-`.
    Sub,
    /// `*`.
    Mul,
    /// `@`.
    MatMul,
    /// `/`.
    Div,
    /// `//`.
    FloorDiv,
    /// `%`.
    Mod,
    /// `**`.
    Pow,
    /// `<<`.
    LShift,
    /// `>>`.
    RShift,
    /// `&`.
    BitAnd,
    /// `|`.
    BitOr,
    /// `^`.
    BitXor,
}

/// A comparison operator.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum CmpOp {
    /// `==`.
    Eq,
    /// `!=`.
    Ne,
    /// `<`.
    Lt,
    /// `<=`.
    Le,
    /// `>`.
    Gt,
    /// `>=`.
    Ge,
    /// `is`.
    Is,
    /// `is not`.
    IsNot,
    /// `in`.
    In,
    /// `not in`.
    NotIn,
}

/// The arguments of a call: all positional ones are evaluated first, then the keyword ones.
#[derive(Clone, Debug, Default)]
pub struct Args {
    /// Positional arguments and `*iterables`.
    pub positional: Vec<Element>,
    /// Keyword arguments and `**mappings`.
    pub keywords: Vec<Keyword>,
}

impl Args {
    /// Whether there is neither `*` nor `**`.
    pub fn is_simple(&self) -> bool {
        self.positional.iter().all(|e| matches!(e, Element::Item(_)))
            && self.keywords.iter().all(|k| matches!(k, Keyword::Named { .. }))
    }
}

/// An element of a display or a positional argument.
#[derive(Clone, Debug)]
pub enum Element {
    /// One value.
    Item(Expr),
    /// `*iterable`.
    Star(Expr),
}

impl Element {
    /// The expression.
    pub fn expr(&self) -> &Expr {
        match self {
            Element::Item(expr) | Element::Star(expr) => expr,
        }
    }
}

/// A keyword argument.
#[derive(Clone, Debug)]
pub enum Keyword {
    /// `name=value`.
    Named {
        /// The name (not mangled, as in CPython 3.12 calls).
        name: Ident,
        /// The value.
        value: Expr,
    },
    /// `**mapping`.
    DoubleStar(Expr),
}

/// An item of a dict display.
#[derive(Clone, Debug)]
pub enum DictItem {
    /// `key: value`.
    Pair(Expr, Expr),
    /// `**mapping`.
    DoubleStar(Expr),
}

/// An inlined comprehension (PEP 709). On entry `locals` are unbound and `cells` made anew; on every way out they are
/// released.
#[derive(Clone, Debug)]
pub struct Comprehension {
    /// What is built.
    pub kind: ComprehensionKind,
    /// `for` and `if` parts in order, nested from outside in; the first is a `for`.
    pub clauses: Vec<Clause>,
    /// Its variables that nobody captures.
    pub locals: Vec<LocalId>,
    /// Its variables that inner functions capture.
    pub cells: Vec<CellId>,
}

/// What a comprehension builds, with the element.
#[derive(Clone, Debug)]
pub enum ComprehensionKind {
    /// `[element …]`.
    List(Expr),
    /// `{element …}`.
    Set(Expr),
    /// `{key: value …}`.
    Dict(Expr, Expr),
}

/// A part of a comprehension.
#[derive(Clone, Debug)]
pub enum Clause {
    /// `for target in iter`.
    For {
        /// Stored to at each turn.
        target: Target,
        /// The iterable.
        iter: Expr,
    },
    /// `if test`.
    If(Expr),
}

/// Creation of a function object: evaluates `defaults`, then `kw_defaults`, then `annotations`, then makes the closure from
/// the callee's [`Function::frees`].
#[derive(Clone, Debug)]
pub struct MakeFunction {
    /// The code.
    pub func: FuncId,
    /// Values of the last positional parameters, in order.
    pub defaults: Vec<Expr>,
    /// Values of keyword-only parameters that have one.
    pub kw_defaults: Vec<(Ident, Expr)>,
    /// `__annotations__` in CPython's order (normal, positional-only, `*args`, keyword-only, `**kwargs`, `return`).
    pub annotations: Vec<(Ident, Expr)>,
}

/// Creation of a class object: makes the body function, then evaluates bases and keywords and calls the builtin
/// `__build_class__(body, name, *bases, **keywords)`.
#[derive(Clone, Debug)]
pub struct MakeClass {
    /// The class; its [`Class::body`] is the code.
    pub class: ClassId,
    /// Bases and keywords.
    pub args: Args,
}

/// A part of an f-string.
#[derive(Clone, Debug)]
pub enum FPart {
    /// Literal text.
    Literal(Constant),
    /// `{value!conversion:spec}`: evaluates the value, converts, evaluates the spec, formats.
    Value {
        /// The value.
        value: Expr,
        /// The replacement field with its braces: the place of errors in formatting.
        span: Span,
        /// The conversion.
        conversion: Conversion,
        /// The format spec, itself a list of parts.
        spec: Option<Vec<FPart>>,
    },
}

/// A conversion in an f-string.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Conversion {
    /// None.
    None,
    /// `!s`.
    Str,
    /// `!r`.
    Repr,
    /// `!a`.
    Ascii,
}

/// What is known about a `class` statement.
#[derive(Clone, Debug)]
pub struct Class {
    /// Its name as written.
    pub name: Ident,
    /// Its qualified name.
    pub qualname: Ident,
    /// The class body.
    pub body: FuncId,
    /// The function in whose body the statement stands.
    pub parent: FuncId,
    /// Bases as written, if all of them are dotted names: `None` for any other expression.
    pub bases: Vec<Option<Ident>>,
    /// Keyword names (`metaclass`, …); `**` gives `None`.
    pub keywords: Vec<Option<Ident>>,
    /// The decorators.
    pub decorators: Vec<Decorator>,
    /// `__slots__` if it is a literal of strings, mangled.
    pub slots: Option<Vec<Ident>>,
    /// Annotated names of the body in order, with type and default.
    pub fields: Vec<Field>,
    /// Functions directly in the body by name, in order; a name bound twice appears twice.
    pub methods: Vec<Method>,
    /// Other names that the body binds, by first appearance.
    pub attributes: Vec<Ident>,
    /// Attributes assigned on the first parameter of its methods, `__init__`'s first, then by first appearance.
    pub self_attributes: Vec<Ident>,
    /// The `__class__` cell of the body, if a method needs it.
    pub class_cell: Option<CellId>,
    /// Whether every statement of the body is a function definition, an assignment to names, an annotation, a docstring or `pass`.
    pub simple_body: bool,
    /// The statement.
    pub span: Span,
}

/// A method definition in a class body.
#[derive(Clone, Debug)]
pub struct Method {
    /// Its name (mangled).
    pub name: Ident,
    /// Its code.
    pub func: FuncId,
    /// Its decorators.
    pub decorators: Vec<Decorator>,
}

/// A decorator as written.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Decorator {
    /// The dotted name of the decorator (of the called one in `@f(…)`), if it is one.
    pub path: Option<Ident>,
    /// Constant keyword arguments of `@f(…)`; a keyword that is no constant, or any positional argument, makes `exact` false.
    pub keywords: Vec<(Ident, Constant)>,
    /// Whether `keywords` says everything about the call.
    pub exact: bool,
    /// Where it stands.
    pub span: Span,
}

/// An annotated name in a class body.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name (mangled).
    pub name: Ident,
    /// Its annotation.
    pub annotation: TypeExpr,
    /// Its value.
    pub default: FieldDefault,
    /// Where it stands.
    pub span: Span,
}

/// The value of an annotated name in a class body.
#[derive(Clone, PartialEq, Debug, serde::Serialize, serde::Deserialize)]
pub enum FieldDefault {
    /// None given.
    Missing,
    /// A constant.
    Constant(Constant),
    /// `field(default_factory=name)`: the factory's dotted name.
    Factory(Ident),
    /// Any other expression.
    Dynamic,
}

/// An annotation read as a type, without evaluating it. String annotations are parsed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, serde::Serialize, serde::Deserialize)]
pub enum TypeExpr {
    /// `None`.
    None,
    /// A dotted name: `int`, `typing.Any`.
    Name(String),
    /// `list[int]`, `dict[str, float]`, `Optional[int]`.
    Generic(String, Vec<TypeExpr>),
    /// `A | B` and `Union[A, B]`.
    Union(Vec<TypeExpr>),
    /// `[int, str]` inside `Callable[[int, str], bool]`.
    List(Vec<TypeExpr>),
    /// `...` inside `tuple[int, ...]`.
    Ellipsis,
    /// A string, number or bool inside `Literal[…]`, as written.
    Literal(String),
    /// Anything else, as written.
    Other(String),
}

/// Big ints in facts are hexadecimal text, so that the encoding does not depend on limb sizes.
mod big_int_text {
    use num_bigint::BigInt;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(value: &BigInt, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&value.to_str_radix(16))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BigInt, D::Error> {
        let text = String::deserialize(deserializer)?;
        BigInt::parse_bytes(text.as_bytes(), 16).ok_or_else(|| D::Error::custom("not a hexadecimal int"))
    }
}
