//! Scopes: which variable every name means, by the rules of CPython's symbol table (`symtable`), and the SyntaxErrors that
//! those rules and the placement of statements give rise to.
//!
//! Invariant: after [`analyze`] succeeded, every name that occurs in a scope has a [`Resolution`], and every code object knows
//! which of its variables inner ones capture and which outer ones it captures itself.
//!
//! A *scope* is a region with names of its own; a *code object* is what becomes a function. They differ in list, set and dict
//! comprehensions only: those have a scope but run inside the code object around them (PEP 709).

mod build;
mod mangle;
mod placement;
mod resolve;

pub use mangle::mangle;

use crate::diag::Diagnostic;
use crate::hir::Ident;
use crate::source::Span;
use ruff_python_ast::ModModule;
use std::collections::{BTreeMap, BTreeSet};

/// Index into [`ScopeTree::scopes`]; the module's is 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ScopeId(pub u32);

impl ScopeId {
    /// The module's own scope.
    pub const MODULE: ScopeId = ScopeId(0);

    /// The position in the vector that it indexes.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a scope belongs to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ScopeKind {
    /// The module body.
    Module,
    /// A class body.
    Class,
    /// `def`.
    Function,
    /// `lambda`.
    Lambda,
    /// A generator expression.
    GenExpr,
    /// A list, set or dict comprehension, inlined into the code object around it.
    Comprehension,
}

impl ScopeKind {
    /// Whether its names are variables that inner scopes can see.
    pub fn is_function_like(self) -> bool {
        !matches!(self, ScopeKind::Module | ScopeKind::Class)
    }

    /// Whether assignment expressions in it bind in an enclosing scope (PEP 572).
    pub fn is_comprehension(self) -> bool {
        matches!(self, ScopeKind::GenExpr | ScopeKind::Comprehension)
    }
}

/// What happens to a name in one scope: a set of flags.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Flags(u8);

impl Flags {
    /// Read.
    pub const USE: Flags = Flags(1);
    /// Bound by any statement or expression.
    pub const LOCAL: Flags = Flags(2);
    /// A parameter.
    pub const PARAM: Flags = Flags(4);
    /// Declared `global`.
    pub const GLOBAL: Flags = Flags(8);
    /// Declared `nonlocal`.
    pub const NONLOCAL: Flags = Flags(16);
    /// Annotated as a simple name.
    pub const ANNOT: Flags = Flags(32);
    /// Iteration variable of a comprehension.
    pub const COMP_ITER: Flags = Flags(64);

    /// Whether any flag of `other` is set.
    pub fn any(self, other: Flags) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets.
    pub const fn and(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }

    /// Whether the scope itself binds the name.
    pub fn is_bound(self) -> bool {
        self.any(Flags::LOCAL.and(Flags::PARAM)) && !self.any(Flags::GLOBAL.and(Flags::NONLOCAL))
    }
}

/// What a name means in a scope.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Resolution {
    /// A global because the scope (or a function around it) says so.
    ExplicitGlobal,
    /// Bound nowhere around: a global or a builtin. In a class body the namespace is asked first.
    ImplicitGlobal,
    /// Bound in the class body itself.
    ClassLocal,
    /// A variable of the function-like scope named; `__class__` is the one variable that a class scope lends.
    Variable(ScopeId),
}

/// One scope.
#[derive(Clone, Debug)]
pub struct Scope {
    /// What it belongs to.
    pub kind: ScopeKind,
    /// The scope around it.
    pub parent: Option<ScopeId>,
    /// The scope whose code object runs it: itself unless it is inlined.
    pub code: ScopeId,
    /// The innermost class around it, for private names.
    pub class_name: Option<Ident>,
    /// Names with what happens to them.
    pub symbols: BTreeMap<Ident, Flags>,
    /// What each name means; filled by [`analyze`].
    pub resolutions: BTreeMap<Ident, Resolution>,
    /// Whether `yield` occurs in it.
    pub is_generator: bool,
    /// Whether it is that of an `async def`, or of a generator expression or comprehension with `await` or `async for` in it.
    pub is_async: bool,
    /// For a code object: its captured variables with the scope they belong to, sorted by name.
    pub cells: BTreeSet<(Ident, ScopeId)>,
    /// For a code object: names of the outer variables that it captures.
    pub frees: BTreeSet<Ident>,
    /// `global` and `nonlocal` statements and implicit ones of assignment expressions, with their place.
    directives: Vec<(Ident, Span)>,
    /// `return` statements with a value, which an asynchronous generator can't have.
    value_returns: Vec<Span>,
}

/// Every scope of a module.
#[derive(Clone, Debug)]
pub struct ScopeTree {
    /// The scopes, outer before inner.
    pub scopes: Vec<Scope>,
    by_node: BTreeMap<(Span, ScopeKind), ScopeId>,
    /// Whether `from __future__ import annotations` is in force.
    pub future_annotations: bool,
}

impl ScopeTree {
    /// The scope `id`.
    pub fn scope(&self, id: ScopeId) -> &Scope {
        &self.scopes[id.index()]
    }

    /// The scope of the syntax node at `span`.
    pub fn of_node(&self, span: Span, kind: ScopeKind) -> Option<ScopeId> {
        self.by_node.get(&(span, kind)).copied()
    }
}

/// Builds the scopes of a module and resolves its names.
///
/// # Errors
/// CPython's SyntaxErrors about names and about misplaced statements, in source order.
pub fn analyze(module: &ModModule) -> Result<ScopeTree, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    placement::check(module, &mut problems);
    let mut tree = build::build(module, &mut problems);
    resolve::resolve(&mut tree, &mut problems);
    if problems.is_empty() {
        return Ok(tree);
    }
    problems.sort_by_key(|problem| (problem.span, problem.code));
    problems.dedup();
    Err(problems)
}

impl ScopeTree {
    /// The scope whose variable `name` means when the code object of scope `code` captures it.
    pub fn owner_outside(&self, code: ScopeId, name: &Ident) -> Option<ScopeId> {
        match resolve::enclosing(self, self.scope(code).parent, name) {
            Some(Resolution::Variable(owner)) => Some(owner),
            _ => None,
        }
    }
}
