//! Module facts: what one module alone says about itself, for its importers, the import graph and the host's bindings.
//!
//! Phase one computes them from HIR without looking at any other module, phase two compiles against the facts of what a
//! module imports. Invariant: they are a function of the source bytes and serialise to equal bytes wherever they are computed.
//! What importers are compiled against ([`ModuleFacts::encode_for_importers`]) has no positions and no docstrings, so that an
//! edit inside a function recompiles one module.

use crate::hir::{self, Binding, Constant, Expr, ExprKind, Ident, ImportKind, NameRef, StmtKind, TargetKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub use crate::hir::TypeExpr;

/// Changes with the meaning of the encoding.
const VERSION: u32 = 1;

/// The facts of one module.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ModuleFacts {
    version: u32,
    /// Docstring.
    pub doc: Option<String>,
    /// Import statements in source order, functions' bodies included.
    pub imports: Vec<ImportFacts>,
    /// The names in `__all__`, if the module assigns it once, a literal of strings.
    pub all: Option<Vec<String>>,
    /// Whether `from m import *` binds names that are not in `globals`.
    pub has_star_import: bool,
    /// The globals that the module binds.
    pub globals: BTreeMap<String, GlobalFacts>,
    /// Functions bound once, as a module-level `def`, in source order.
    pub functions: Vec<FunctionFacts>,
    /// Classes bound once, by a module-level `class` statement, in source order.
    pub classes: Vec<ClassFacts>,
}

/// One clause of an import statement.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ImportFacts {
    /// Dotted module name as written; empty for `from . import x`.
    pub module: String,
    /// Leading dots.
    pub level: u32,
    /// What is taken from it.
    pub names: ImportedNames,
    /// First byte of the module name in the decoded source.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// The line of the statement.
    pub line: u32,
    /// Whether it runs unconditionally while the module body runs.
    pub unconditional: bool,
    /// Whether it never runs, being in an `if TYPE_CHECKING:` block.
    pub type_checking: bool,
    /// Whether the program handles its failure.
    pub guarded: bool,
}

/// What an import takes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum ImportedNames {
    /// `import a.b`.
    Module,
    /// `from m import a, b`: the names as written in `m`.
    From(Vec<String>),
    /// `from m import *`.
    Star,
}

/// A global that the module binds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct GlobalFacts {
    /// How many import clauses of the module have run before it is first bound (at least: it may be bound later).
    pub imports_before: u32,
    /// The import clause that binds it, if nothing else does.
    pub import: Option<u32>,
}

/// A module-level function.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct FunctionFacts {
    /// Its name.
    pub name: String,
    /// Docstring.
    pub doc: Option<String>,
    /// Parameters in the order of the source: positional, `*args`, keyword-only, `**kwargs`.
    pub params: Vec<ParamFacts>,
    /// Return annotation.
    pub returns: Option<TypeExpr>,
    /// Whether calling it makes a generator.
    pub is_generator: bool,
    /// Whether a decorator may have replaced it.
    pub decorated: bool,
}

/// A parameter.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ParamFacts {
    /// Its name.
    pub name: String,
    /// How arguments reach it.
    pub kind: ParamKind,
    /// Whether it may be left out.
    pub has_default: bool,
    /// Annotation.
    pub annotation: Option<TypeExpr>,
}

/// How arguments reach a parameter.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum ParamKind {
    /// Before `/`.
    PositionalOnly,
    /// By position or keyword.
    Normal,
    /// After `*`.
    KeywordOnly,
    /// `*args`.
    VarArgs,
    /// `**kwargs`.
    VarKwargs,
}

/// A module-level class.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ClassFacts {
    /// Its name.
    pub name: String,
    /// Docstring.
    pub doc: Option<String>,
    /// Bases as written, if they are dotted names.
    pub bases: Vec<Option<String>>,
    /// The dotted names of its decorators, `None` for other expressions.
    pub decorators: Vec<Option<String>>,
    /// Annotated names of its body in order.
    pub fields: Vec<FieldFacts>,
}

/// An annotated name of a class body.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct FieldFacts {
    /// Its name.
    pub name: String,
    /// Annotation.
    pub annotation: TypeExpr,
    /// Whether it has a value.
    pub has_default: bool,
}

impl ModuleFacts {
    /// The facts as bytes.
    pub fn encode(&self) -> Vec<u8> {
        // Plain data always serialises.
        rmp_serde::to_vec(self).unwrap_or_default()
    }

    /// The part that importers are compiled against.
    pub fn encode_for_importers(&self) -> Vec<u8> {
        let mut facts = self.clone();
        facts.doc = None;
        for import in &mut facts.imports {
            (import.start, import.end, import.line) = (0, 0, 0);
        }
        facts.functions.iter_mut().for_each(|function| function.doc = None);
        facts.classes.iter_mut().for_each(|class| class.doc = None);
        facts.encode()
    }

    /// The facts of [`ModuleFacts::encode`]'s bytes; `None` for bytes of another version.
    pub fn decode(bytes: &[u8]) -> Option<ModuleFacts> {
        let facts: ModuleFacts = rmp_serde::from_slice(bytes).ok()?;
        (facts.version == VERSION).then_some(facts)
    }
}

/// The facts of a module.
///
/// ```
/// use molt_codegen::{facts, hir, source::SourceFile};
/// let file = SourceFile::new("a.py", "import b\ndef f(x: int) -> str: ...\n");
/// let module = hir::from_source(&file, "a", false).unwrap();
/// let facts = facts::of(&module, &file);
/// assert_eq!(facts.imports[0].module, "b");
/// assert_eq!(facts.functions[0].params[0].annotation, Some(facts::TypeExpr::Name("int".into())));
/// assert_eq!(facts::ModuleFacts::decode(&facts.encode()), Some(facts));
/// ```
pub fn of(module: &hir::Module, file: &crate::source::SourceFile) -> ModuleFacts {
    let imports = module.info.imports.iter().map(|import| import_facts(import, file)).collect();
    let bound = module.info.globals.iter().filter(|(_, global)| global.bindings != 0);
    let globals = bound.clone().map(|(name, global)| {
        let import = match global.once {
            Some(Binding::Import(id)) => Some(id.0),
            _ => None,
        };
        (name.to_string(), GlobalFacts { imports_before: global.imports_before, import })
    });
    let (mut functions, mut classes) = (Vec::new(), Vec::new());
    for (_, global) in bound {
        match global.once {
            Some(Binding::Def(id)) => functions.push((id, false)),
            Some(Binding::DecoratedDef(id)) => functions.push((id, true)),
            Some(Binding::Class(id) | Binding::DecoratedClass(id)) => classes.push(id),
            _ => {}
        }
    }
    functions.sort();
    classes.sort();
    ModuleFacts {
        version: VERSION,
        doc: text(module.info.doc.as_ref()),
        imports,
        all: dunder_all(module),
        has_star_import: module.info.has_star_import,
        globals: globals.collect(),
        functions: functions.into_iter().map(|(id, decorated)| function(module.function(id), decorated)).collect(),
        classes: classes.into_iter().map(|id| class(module, module.class(id))).collect(),
    }
}

fn text(constant: Option<&Constant>) -> Option<String> {
    match constant? {
        Constant::Str(text) => Some(text.to_string()),
        _ => None,
    }
}

fn strings(names: &[Option<Ident>]) -> Vec<Option<String>> {
    names.iter().map(|name| name.as_ref().map(|name| name.to_string())).collect()
}

fn import_facts(import: &hir::Import, file: &crate::source::SourceFile) -> ImportFacts {
    ImportFacts {
        module: import.module.to_string(),
        level: import.level,
        names: match &import.kind {
            ImportKind::Module => ImportedNames::Module,
            ImportKind::From(names) => ImportedNames::From(names.iter().map(|name| name.to_string()).collect()),
            ImportKind::Star => ImportedNames::Star,
        },
        start: import.span.start,
        end: import.span.end,
        line: file.line(import.span.start),
        unconditional: import.unconditional,
        type_checking: import.type_checking,
        guarded: import.guarded,
    }
}

/// `__all__`, if it is bound once, in the module body, to a list or tuple of strings.
fn dunder_all(module: &hir::Module) -> Option<Vec<String>> {
    if module.info.globals.get("__all__")?.bindings != 1 {
        return None;
    }
    let is_all = |name: &NameRef| matches!(name, NameRef::Global(name) if &**name == "__all__");
    module.function(hir::Module::BODY).body.iter().find_map(|stmt| match &stmt.kind {
        StmtKind::Assign { targets, value } => {
            let named = targets.iter().any(|target| matches!(&target.kind, TargetKind::Name(name) if is_all(name)));
            if named { literal_strings(value) } else { None }
        }
        _ => None,
    })
}

fn literal_strings(value: &Expr) -> Option<Vec<String>> {
    let elements = match &value.kind {
        ExprKind::List(elements) | ExprKind::Tuple(elements) => elements,
        ExprKind::Const(Constant::Tuple(items)) => return items.iter().map(|item| text(Some(item))).collect(),
        _ => return None,
    };
    elements
        .iter()
        .map(|element| match element {
            hir::Element::Item(Expr { kind: ExprKind::Const(constant), .. }) => text(Some(constant)),
            _ => None,
        })
        .collect()
}

fn function(function: &hir::Function, decorated: bool) -> FunctionFacts {
    let kind = |kind| match kind {
        hir::ParamKind::PositionalOnly => ParamKind::PositionalOnly,
        hir::ParamKind::Normal => ParamKind::Normal,
        hir::ParamKind::KeywordOnly => ParamKind::KeywordOnly,
        hir::ParamKind::VarArgs => ParamKind::VarArgs,
        hir::ParamKind::VarKwargs => ParamKind::VarKwargs,
    };
    let mut params: Vec<ParamFacts> = function
        .params
        .iter()
        .map(|param| ParamFacts {
            name: param.name.to_string(),
            kind: kind(param.kind),
            has_default: param.has_default,
            annotation: param.annotation.clone(),
        })
        .collect();
    // HIR has them in the order of `co_varnames`, keyword-only before `*args`.
    params.sort_by_key(|param| match param.kind {
        ParamKind::PositionalOnly => 0,
        ParamKind::Normal => 1,
        ParamKind::VarArgs => 2,
        ParamKind::KeywordOnly => 3,
        ParamKind::VarKwargs => 4,
    });
    FunctionFacts {
        name: function.name.to_string(),
        doc: text(function.doc.as_ref()),
        params,
        returns: function.returns.clone(),
        is_generator: function.is_generator,
        decorated,
    }
}

fn class(module: &hir::Module, class: &hir::Class) -> ClassFacts {
    ClassFacts {
        name: class.name.to_string(),
        doc: text(module.function(class.body).doc.as_ref()),
        bases: strings(&class.bases),
        decorators: class.decorators.iter().map(|d| d.path.as_ref().map(|path| path.to_string())).collect(),
        fields: class
            .fields
            .iter()
            .map(|field| FieldFacts {
                name: field.name.to_string(),
                annotation: field.annotation.clone(),
                has_default: !matches!(field.default, hir::FieldDefault::Missing),
            })
            .collect(),
    }
}
