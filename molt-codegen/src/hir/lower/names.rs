//! Names: from text to [`NameRef`], with the counting of global uses.
//!
//! Invariant: locals are numbered by first reference in evaluation order, as CPython numbers `co_varnames`; parameters come first.

use super::*;
use crate::scope::{Resolution, mangle};

/// Builtins through which a program may look at variables by name.
const INSPECTORS: &[&str] = &["locals", "vars", "dir", "eval", "exec"];

/// Builtins of CPython that the runtime does not have, with what to do instead.
const UNSUPPLIED: &[(&str, &str)] = &[
    ("ExceptionGroup", "raise one exception, or keep the exceptions in a list"),
    ("breakpoint", "print what you look for, or run the program on CPython"),
    ("bytearray", "collect bytes in a list and call `bytes`"),
    ("compile", COMPILER),
    ("eval", COMPILER),
    ("exec", COMPILER),
    ("exit", "call `sys.exit`: `exit` is for interactive sessions"),
    ("help", "read `__doc__`"),
    ("memoryview", "slice `bytes`"),
    ("quit", "call `sys.exit`: `quit` is for interactive sessions"),
];
const COMPILER: &str = "there is no compiler at run time; call functions by name from a dict, or parse the text with `int`, `float` or code of your own";

impl Lowerer<'_> {
    /// Remembers a read of a builtin that is not there.
    pub(super) fn note_unsupplied(&mut self, name: &NameRef, span: Span) {
        if let NameRef::Global(name) = name
            && let Some((known, _)) = UNSUPPLIED.iter().find(|(known, _)| *known == &**name)
        {
            self.unsupplied.push((known, span));
        }
    }

    /// Reports the reads of builtins that are not there, but for names that the module binds somewhere.
    pub(super) fn report_unsupplied(&mut self) {
        for (name, span) in std::mem::take(&mut self.unsupplied) {
            let bound = self.globals.get(name).is_some_and(|uses| uses.global.bindings > 0);
            if bound || self.has_star_import {
                continue;
            }
            let help = UNSUPPLIED.iter().find(|(known, _)| *known == name).map_or("", |(_, help)| help);
            self.report(code::BUILTIN, span, format!("the builtin `{name}` is not supplied"), help);
        }
    }

    /// The name as written inside the classes around it.
    pub(super) fn mangled(&mut self, name: &str) -> Ident {
        let scope = self.frame().scope;
        mangle(self.scopes.scope(scope).class_name.as_deref(), name)
    }

    fn resolution(&mut self, name: &Ident) -> Resolution {
        let scope = self.frame().scope;
        // Names that no pass over scopes saw (postponed annotations, `__annotations__`) are globals or class names.
        self.scopes.scope(scope).resolutions.get(name).copied().unwrap_or(Resolution::ImplicitGlobal)
    }

    /// A variable of a function-like scope, seen from the current function.
    pub(super) fn variable(&mut self, owner: ScopeId, name: &Ident) -> NameRef {
        let key = (owner, name.clone());
        let code = self.scopes.scope(owner).code;
        let kind = if code == owner { LocalKind::Variable } else { LocalKind::Comprehension };
        let frame = self.frame();
        if let Some(cell) = frame.cell_ids.get(&key) {
            return NameRef::Cell(*cell);
        }
        if code != frame.code {
            if let Some(free) = frame.free_ids.get(name) {
                return NameRef::Free(*free);
            }
            self.internal(Span::at(0), "a variable of an enclosing function is not captured");
            return NameRef::Global(name.clone());
        }
        NameRef::Local(frame.local(key, kind))
    }

    /// The name as it is read.
    pub(super) fn load(&mut self, name: &str) -> NameRef {
        let name = self.mangled(name);
        let in_class = self.scope_kind() == ScopeKind::Class;
        let resolution = self.resolution(&name);
        if in_class {
            let outer = match resolution {
                Resolution::ExplicitGlobal => return self.load_global(name),
                Resolution::ClassLocal | Resolution::ImplicitGlobal => None,
                Resolution::Variable(owner) => match self.variable(owner, &name) {
                    NameRef::Free(free) => Some(Capture::Free(free)),
                    NameRef::Cell(cell) => Some(Capture::Cell(cell)),
                    _ => None,
                },
            };
            if outer.is_none() {
                self.note_read(&name);
            }
            return NameRef::Class { name, outer };
        }
        match resolution {
            Resolution::Variable(owner) => self.variable(owner, &name),
            _ => self.load_global(name),
        }
    }

    fn note_read(&mut self, name: &Ident) {
        if INSPECTORS.contains(&&**name) {
            self.frame().may_inspect_locals = true;
        }
        self.globals.entry(name.clone()).or_default().global.read = true;
    }

    fn load_global(&mut self, name: Ident) -> NameRef {
        self.note_read(&name);
        NameRef::Global(name)
    }

    /// The name as it is bound; `binding` says by what, for a global.
    pub(super) fn store(&mut self, name: &str, binding: Option<Binding>) -> NameRef {
        let target = self.bound(name);
        if let NameRef::Global(name) = &target {
            let in_module = self.frames.len() == 1;
            let once = in_module && self.frame().loops == 0;
            let imports = self.imports.len() as u32;
            let uses = self.globals.entry(name.clone()).or_default();
            if uses.global.bindings == 0 && in_module {
                uses.global.imports_before = imports;
            }
            uses.global.bindings += 1;
            uses.global.written_in_function |= !in_module;
            uses.first = if once { binding } else { None };
        }
        target
    }

    /// The name as it is deleted.
    pub(super) fn delete(&mut self, name: &str) -> NameRef {
        let target = self.bound(name);
        if let NameRef::Global(name) = &target {
            let in_module = self.frames.len() == 1;
            let uses = self.globals.entry(name.clone()).or_default();
            uses.global.deleted = true;
            uses.global.written_in_function |= !in_module;
        }
        target
    }

    fn bound(&mut self, name: &str) -> NameRef {
        let name = self.mangled(name);
        let in_class = self.scope_kind() == ScopeKind::Class;
        match self.resolution(&name) {
            Resolution::Variable(owner) => self.variable(owner, &name),
            Resolution::ClassLocal => NameRef::Class { name, outer: None },
            Resolution::ImplicitGlobal if in_class => NameRef::Class { name, outer: None },
            Resolution::ExplicitGlobal | Resolution::ImplicitGlobal => NameRef::Global(name),
        }
    }

    /// `name = value` as a statement.
    pub(super) fn assign_name(&mut self, name: &str, value: Expr, span: Span) -> Stmt {
        let target = self.store(name, Some(Binding::Assign));
        let targets = vec![Target { kind: TargetKind::Name(target), span }];
        Stmt { kind: StmtKind::Assign { targets, value }, span }
    }
}

impl Frame {
    /// The local of a variable, made at its first reference.
    pub(super) fn local(&mut self, key: (ScopeId, Ident), kind: LocalKind) -> LocalId {
        if let Some(id) = self.local_ids.get(&key) {
            return *id;
        }
        let id = LocalId(self.locals.len() as u32);
        self.locals.push(Local { name: key.1.clone(), kind });
        self.local_ids.insert(key, id);
        id
    }
}
