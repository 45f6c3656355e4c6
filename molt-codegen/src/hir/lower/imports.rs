//! Import statements.
//!
//! Invariant: every clause is in [`ModuleInfo::imports`], in source order, whether or not it ever runs.

use super::*;
use ruff_python_ast::{Identifier, StmtImport, StmtImportFrom};

impl Lowerer<'_> {
    fn record(&mut self, module: &str, level: u32, kind: ImportKind, span: Span) -> ImportId {
        let id = ImportId(self.imports.len() as u32);
        let in_module = self.frames.len() == 1;
        let frame = self.frame();
        let import = Import {
            module: module.into(),
            level,
            kind,
            span,
            unconditional: in_module && frame.conditions == 0,
            type_checking: frame.type_checking,
            guarded: frame.guarded,
        };
        self.imports.push(import);
        id
    }

    pub(super) fn import(&mut self, stmt: &StmtImport, out: &mut Block) {
        let span = Span::from(stmt.range);
        for alias in &stmt.names {
            let module: Ident = alias.name.as_str().into();
            let import = self.record(&module, 0, ImportKind::Module, alias.name.range.into());
            let bound = match &alias.asname {
                Some(name) => name.as_str(),
                None => module.split('.').next().unwrap_or(""),
            };
            let target = self.store(bound, Some(Binding::Import(import)));
            let kind = StmtKind::Import { import, module: module.clone(), leaf: alias.asname.is_some(), target };
            out.push(Stmt { kind, span });
        }
    }

    pub(super) fn import_from(&mut self, stmt: &StmtImportFrom, out: &mut Block) {
        let span = Span::from(stmt.range);
        let level = stmt.level;
        let name = stmt.module.as_ref().map_or("", Identifier::as_str);
        let module: Ident = name.into();
        let at = stmt.module.as_ref().map_or(span, |name| name.range.into());
        if stmt.names.iter().any(|alias| alias.name.as_str() == "*") {
            let import = self.record(name, level, ImportKind::Star, at);
            self.has_star_import = true;
            out.push(Stmt { kind: StmtKind::ImportStar { import, module, level }, span });
            return;
        }
        let taken = stmt.names.iter().map(|alias| Ident::from(alias.name.as_str())).collect();
        let import = self.record(name, level, ImportKind::From(taken), at);
        let names = stmt
            .names
            .iter()
            .map(|alias| {
                let bound = alias.asname.as_ref().unwrap_or(&alias.name);
                ImportName {
                    name: alias.name.as_str().into(),
                    target: self.store(bound.as_str(), Some(Binding::Import(import))),
                    span: alias.range.into(),
                }
            })
            .collect();
        out.push(Stmt { kind: StmtKind::ImportFrom { import, module, level, names }, span });
    }
}
