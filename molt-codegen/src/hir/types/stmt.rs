//! Statements, their targets and their parts.
//!
//! Invariant: each node's doc gives its evaluation order and the exceptions that it raises by itself.

use super::*;

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
    ///
    /// With `is_async` the iterator is that of `__aiter__`, each item is awaited from `__anext__`, and StopAsyncIteration from
    /// there is the end.
    For {
        /// `async for`.
        is_async: bool,
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
    ///
    /// With `is_async` the methods are `__aenter__` and `__aexit__`, and what they return is awaited.
    With {
        /// `async with`.
        is_async: bool,
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
    /// A local that holds an iterator already (`.0` of a generator expression): `iter` or `__aiter__` is not called.
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
