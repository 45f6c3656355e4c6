//! Second pass over scopes: what each name means, and who captures what.
//!
//! Invariant: a variable is a cell exactly if a scope of another code object refers to it; every code object between the two
//! lists it as free. A code object never has two free variables of one name.

use super::{Flags, Resolution, ScopeId, ScopeKind, ScopeTree};
use crate::diag::{Diagnostic, code};
use crate::hir::Ident;
use crate::source::Span;

pub(super) fn resolve(tree: &mut ScopeTree, problems: &mut Vec<Diagnostic>) {
    for index in 0..tree.scopes.len() {
        let id = ScopeId(index as u32);
        let names: Vec<(Ident, Flags)> =
            tree.scopes[index].symbols.iter().map(|(name, flags)| (name.clone(), *flags)).collect();
        for (name, flags) in names {
            match lookup(tree, id, &name, flags) {
                Ok(Some(resolution)) => {
                    if let Resolution::Variable(owner) = resolution {
                        capture(tree, id, owner, &name);
                    }
                    tree.scopes[index].resolutions.insert(name, resolution);
                }
                Ok(None) => {}
                Err(message) => {
                    let declared = tree.scopes[index].directives.iter().find(|(n, _)| *n == name);
                    let span = declared.map_or(Span::at(0), |(_, span)| *span);
                    problems.push(Diagnostic::error(code::NAME_DECLARATION, span, message));
                }
            }
        }
    }
}

fn lookup(tree: &ScopeTree, id: ScopeId, name: &Ident, flags: Flags) -> Result<Option<Resolution>, String> {
    let scope = tree.scope(id);
    if flags.any(Flags::GLOBAL) && flags.any(Flags::NONLOCAL) {
        return Err(format!("name '{name}' is nonlocal and global"));
    }
    if flags.any(Flags::GLOBAL) {
        return Ok(Some(Resolution::ExplicitGlobal));
    }
    if flags.any(Flags::NONLOCAL) {
        if scope.kind == ScopeKind::Module {
            return Err("nonlocal declaration not allowed at module level".to_owned());
        }
        return match enclosing(tree, scope.parent, name) {
            Some(Resolution::Variable(owner)) => Ok(Some(Resolution::Variable(owner))),
            _ => Err(format!("no binding for nonlocal '{name}' found")),
        };
    }
    if flags.is_bound() {
        return Ok(Some(match scope.kind {
            ScopeKind::Module => Resolution::ExplicitGlobal,
            ScopeKind::Class => Resolution::ClassLocal,
            _ => Resolution::Variable(id),
        }));
    }
    match enclosing(tree, scope.parent, name) {
        Some(resolution) => Ok(Some(resolution)),
        // The implicit use of `__class__` by `super` binds nothing outside a class.
        None if &**name == "__class__" && !flags.any(Flags::USE) => Ok(None),
        None => Ok(Some(Resolution::ImplicitGlobal)),
    }
}

/// What a name that the scope does not bind means from `from` outwards: classes are skipped, except that they lend `__class__`.
pub(super) fn enclosing(tree: &ScopeTree, mut from: Option<ScopeId>, name: &Ident) -> Option<Resolution> {
    while let Some(id) = from {
        let scope = tree.scope(id);
        if scope.kind.is_function_like() {
            let flags = scope.symbols.get(name).copied().unwrap_or_default();
            if flags.any(Flags::GLOBAL) {
                return Some(Resolution::ExplicitGlobal);
            }
            if flags.is_bound() {
                return Some(Resolution::Variable(id));
            }
        } else if scope.kind == ScopeKind::Class && &**name == "__class__" {
            return Some(Resolution::Variable(id));
        }
        from = scope.parent;
    }
    None
}

fn capture(tree: &mut ScopeTree, from: ScopeId, owner: ScopeId, name: &Ident) {
    let home = tree.scope(owner).code;
    let mut code = tree.scope(from).code;
    if code == home && tree.scope(owner).kind != ScopeKind::Class {
        return;
    }
    tree.scopes[home.index()].cells.insert((name.clone(), owner));
    while code != home {
        tree.scopes[code.index()].frees.insert(name.clone());
        let Some(parent) = tree.scope(code).parent else { return };
        code = tree.scope(parent).code;
    }
}
