//! Where a module reads what came from outside of it: names of imported modules, and the builtins that matter for
//! capabilities.
//!
//! Invariant: a use is left out only if no read of that name can give what was imported. A module that is handed on as a
//! value is a use with `value` and nothing behind it: whoever interprets it has to assume that all of it is read.

use crate::hir::visit::{Visitor, walk_block, walk_expr, walk_stmt, walk_target};
use crate::hir::{
    self, Binding, Capture, Constant, Element, Expr, ExprKind, FuncId, Ident, ImportId, Keyword, NameRef, Stmt,
    StmtKind, Target, TargetKind,
};
use crate::source::{SourceFile, Span};
use molt_abi::needs;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Attributes that a path keeps at most: no module lies deeper.
const MAX_PATH: usize = 8;

/// Builtins that hand out the names of a module as a mapping.
pub const NAMESPACES: &[&str] = &["globals", "locals", "vars"];

/// A read of something from outside; each distinct one is listed once, at its first place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct UseFacts {
    /// Where the path starts.
    pub origin: UseOrigin,
    /// The names that are read, one inside the other.
    pub path: Vec<String>,
    /// Whether what is at the end of the path is used. An import statement alone only binds it.
    pub value: bool,
    /// For a call of `open`: the mode, if it shows.
    pub mode: Option<String>,
    /// First byte in the decoded source.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The line.
    pub line: u32,
}

/// Where the path of a use starts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum UseOrigin {
    /// In a name that the module does not bind: a builtin, or what `import *` brought.
    Unbound,
    /// In the module of an import clause, or with `root` in the first part of its dotted name.
    Import {
        /// Index into [`super::ModuleFacts::imports`].
        import: u32,
        /// See above.
        root: bool,
    },
    /// In any object: an attribute of [`needs::REFLECTIVE_ATTRIBUTES`].
    AnyObject,
}

/// A global that an import statement binds, maybe among others.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ImportedGlobal {
    /// The global.
    pub name: String,
    /// Where what it holds comes from.
    pub origin: UseOrigin,
    /// Its name there; `None` for the module itself.
    pub from: Option<String>,
}

/// The globals that a module imports, and its uses by place.
pub(super) fn of(module: &hir::Module, file: &SourceFile) -> (Vec<ImportedGlobal>, Vec<UseFacts>) {
    let mut bindings = Bindings { module, function: hir::Module::BODY, found: BTreeMap::new() };
    for (index, function) in module.functions.iter().enumerate() {
        bindings.function = FuncId(index as u32);
        walk_block(&mut bindings, &function.body);
    }
    let mut imported = Vec::new();
    for (variable, sources) in &bindings.found {
        let Variable::Global(name) = variable else { continue };
        imported.extend(sources.iter().map(|(origin, from)| ImportedGlobal {
            name: name.to_string(),
            origin: *origin,
            from: from.as_ref().map(|from| from.to_string()),
        }));
    }
    let mut reader = Reader {
        module,
        file,
        function: hir::Module::BODY,
        bindings: bindings.found,
        seen: BTreeSet::new(),
        uses: Vec::new(),
    };
    for (index, function) in module.functions.iter().enumerate() {
        reader.function = FuncId(index as u32);
        walk_block(&mut reader, &function.body);
    }
    reader.uses.sort_by_key(|found| found.start);
    (imported, reader.uses)
}

/// A variable of the module, whichever way a function reaches it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Variable {
    Global(Ident),
    Local(FuncId, u32),
    Cell(FuncId, u32),
}

/// The variable of a name; `None` for a name that a class body binds for its namespace.
fn variable(module: &hir::Module, function: FuncId, name: &NameRef) -> Option<Variable> {
    Some(match name {
        NameRef::Global(name) => Variable::Global(name.clone()),
        NameRef::Local(id) => Variable::Local(function, id.0),
        NameRef::Cell(id) => Variable::Cell(function, id.0),
        NameRef::Free(id) => {
            let code = module.function(function);
            let outer = match code.frees.get(id.index())?.source {
                Capture::Cell(id) => NameRef::Cell(id),
                Capture::Free(id) => NameRef::Free(id),
            };
            return variable(module, code.parent?, &outer);
        }
        NameRef::Class { name, outer: None } => Variable::Global(name.clone()),
        NameRef::Class { outer: Some(Capture::Cell(id)), .. } => Variable::Cell(function, id.0),
        NameRef::Class { outer: Some(Capture::Free(id)), .. } => {
            return variable(module, function, &NameRef::Free(*id));
        }
    })
}

/// What an import statement puts into a variable: the origin and the start of the path.
type Imported = (UseOrigin, Option<Ident>);

/// Finds the variables that import statements bind.
struct Bindings<'a> {
    module: &'a hir::Module,
    function: FuncId,
    found: BTreeMap<Variable, Vec<Imported>>,
}

impl Bindings<'_> {
    fn bind(&mut self, target: &NameRef, imported: Imported) {
        // A class attribute is reached through objects: [`Reader`] takes it for a value that is handed on.
        if matches!(target, NameRef::Class { .. }) {
            return;
        }
        if let Some(variable) = variable(self.module, self.function, target) {
            self.found.entry(variable).or_default().push(imported);
        }
    }
}

impl Visitor for Bindings<'_> {
    fn stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Import { import, leaf, target, .. } => {
                let dotted = self.module.info.imports[import.index()].module.contains('.');
                self.bind(target, (UseOrigin::Import { import: import.0, root: !leaf && dotted }, None));
            }
            StmtKind::ImportFrom { import, names, .. } => {
                for name in names {
                    let origin = UseOrigin::Import { import: import.0, root: false };
                    self.bind(&name.target, (origin, Some(name.name.clone())));
                }
            }
            _ => walk_stmt(self, stmt),
        }
    }

    fn expr(&mut self, _: &Expr) {}

    fn target(&mut self, _: &Target) {}
}

/// Finds the reads of these variables, and of unbound names.
struct Reader<'a> {
    module: &'a hir::Module,
    file: &'a SourceFile,
    function: FuncId,
    bindings: BTreeMap<Variable, Vec<Imported>>,
    seen: BTreeSet<(UseOrigin, Vec<String>, bool, Option<String>)>,
    uses: Vec<UseFacts>,
}

impl Reader<'_> {
    fn add(&mut self, origin: UseOrigin, path: Vec<String>, value: bool, mode: Option<String>, span: Span) {
        if let UseOrigin::Import { import, .. } = origin
            && self.module.info.imports[ImportId(import).index()].type_checking
        {
            return;
        }
        if self.seen.insert((origin, path.clone(), value, mode.clone())) {
            let line = self.file.line(span.start);
            self.uses.push(UseFacts { origin, path, value, mode, start: span.start, end: span.end, line });
        }
    }

    /// A read of `name.attributes`.
    fn read(&mut self, name: &NameRef, attributes: &[&Ident], mode: Option<String>, span: Span) {
        let Some(variable) = variable(self.module, self.function, name) else { return };
        let rest = || attributes.iter().take(MAX_PATH).map(|attr| attr.to_string());
        for (origin, start) in self.bindings.get(&variable).cloned().unwrap_or_default() {
            let path = start.iter().map(|name| name.to_string()).chain(rest()).collect();
            self.add(origin, path, true, mode.clone(), span);
        }
        if let Variable::Global(name) = &variable
            && self.may_be_unbound(name, span)
            && (self.module.info.has_star_import || matters(name))
        {
            let path = std::iter::once(name.to_string()).chain(rest()).collect();
            self.add(UseOrigin::Unbound, path, true, mode, span);
        }
    }

    /// Whether a read of a global at that place may find no binding of the module's own.
    fn may_be_unbound(&self, name: &Ident, read: Span) -> bool {
        let Some(global) = self.module.info.globals.get(name) else { return true };
        if global.bindings == 0 || global.deleted {
            return true;
        }
        let bound = match global.once {
            Some(Binding::Def(func) | Binding::DecoratedDef(func)) => self.module.function(func).span,
            Some(Binding::Class(class) | Binding::DecoratedClass(class)) => self.module.class(class).span,
            Some(Binding::Import(import)) => self.module.info.imports[import.index()].span,
            Some(Binding::Assign) | None => return true,
        };
        // `_open = open` before a `def open` reads the builtin.
        self.function == hir::Module::BODY && read.start < bound.start
    }

    fn chain(&mut self, value: &Expr, attr: &Ident, span: Span) {
        let (mut base, mut attributes) = (value, vec![attr]);
        while let ExprKind::Attribute { value, attr } = &base.kind {
            attributes.push(attr);
            base = value;
        }
        attributes.reverse();
        for attr in &attributes {
            if needs::REFLECTIVE_ATTRIBUTES.contains(&&***attr) {
                self.add(UseOrigin::AnyObject, vec![attr.to_string()], true, None, span);
            }
        }
        match &base.kind {
            ExprKind::Name(name) => self.read(name, &attributes, None, span),
            _ => self.expr(base),
        }
    }
}

/// Whether a builtin means anything for capabilities.
fn matters(name: &str) -> bool {
    let reflects = needs::REFLECTION.contains(&("builtins", name));
    let needs = needs::of("builtins").is_some_and(|row| !row.name(name).is_empty());
    needs || reflects || NAMESPACES.contains(&name) || needs::REFLECTIVE_ATTRIBUTES.contains(&name)
}

impl Visitor for Reader<'_> {
    fn stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Import { import, leaf, target: NameRef::Class { .. }, .. } => {
                let dotted = self.module.info.imports[import.index()].module.contains('.');
                let origin = UseOrigin::Import { import: import.0, root: !leaf && dotted };
                self.add(origin, Vec::new(), true, None, stmt.span);
            }
            StmtKind::ImportFrom { import, names, .. } => {
                for name in names {
                    let handed_on = matches!(name.target, NameRef::Class { .. });
                    let origin = UseOrigin::Import { import: import.0, root: false };
                    self.add(origin, vec![name.name.to_string()], handed_on, None, name.span);
                }
            }
            StmtKind::ImportStar { import, .. } => {
                let origin = UseOrigin::Import { import: import.0, root: false };
                self.add(origin, vec!["*".to_owned()], false, None, stmt.span);
            }
            _ => walk_stmt(self, stmt),
        }
    }

    fn target(&mut self, target: &Target) {
        match &target.kind {
            TargetKind::Attribute { value, attr } => self.chain(value, attr, target.span),
            _ => walk_target(self, target),
        }
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Name(name) => self.read(name, &[], None, expr.span),
            ExprKind::Attribute { value, attr } => self.chain(value, attr, expr.span),
            ExprKind::Call { func, args } => match &func.kind {
                ExprKind::Name(name) => {
                    let mode = if is_named(name, "open") { mode(args) } else { None };
                    self.read(name, &[], mode, func.span);
                    for element in &args.positional {
                        self.expr(element.expr());
                    }
                    for Keyword::Named { value, .. } | Keyword::DoubleStar(value) in &args.keywords {
                        self.expr(value);
                    }
                }
                _ => walk_expr(self, expr),
            },
            _ => walk_expr(self, expr),
        }
    }
}

fn is_named(name: &NameRef, text: &str) -> bool {
    matches!(name, NameRef::Global(name) | NameRef::Class { name, .. } if &**name == text)
}

/// The mode that a call of `open` with these arguments shows.
fn mode(args: &hir::Args) -> Option<String> {
    if !args.is_simple() {
        return None;
    }
    let named = args.keywords.iter().find_map(|keyword| match keyword {
        Keyword::Named { name, value } if &**name == "mode" => Some(value),
        _ => None,
    });
    match args.positional.get(1).map(Element::expr).or(named) {
        None => Some("r".to_owned()),
        Some(Expr { kind: ExprKind::Const(Constant::Str(mode)), .. }) => Some(mode.to_string()),
        Some(_) => None,
    }
}
