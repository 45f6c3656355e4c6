//! Module facts: what one module alone says about itself, for its importers, the import graph and the host's bindings.
//!
//! Phase one computes them from HIR without looking at any other module, phase two compiles against the facts of what a
//! module imports. Invariant: they are a function of the source bytes and serialise to equal bytes wherever they are computed.
//! What importers are compiled against ([`ModuleFacts::encode_for_importers`]) has no positions, docstrings or uses, so that an
//! edit inside a function recompiles one module.

mod parts;
mod uses;

use crate::hir::{
    self, Binding, Constant, Decorator, Expr, ExprKind, Ident, ImportId, ImportKind, NameRef, StmtKind, TargetKind,
};
use crate::source::Span;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub use crate::hir::{FieldDefault, TypeExpr};
pub use parts::PartFacts;
pub use uses::{ImportedGlobal, NAMESPACES, UseFacts, UseOrigin};

/// Changes with the meaning of the encoding.
const VERSION: u32 = 3;

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
    /// What its parts mention, its body first.
    pub parts: Vec<PartFacts>,
    /// The globals that import statements bind, sorted by name.
    pub imported: Vec<ImportedGlobal>,
    /// What it reads from outside, by place; `None` in the part for importers.
    pub uses: Option<Vec<UseFacts>>,
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
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct GlobalFacts {
    /// How many import clauses of the module have run before it is first bound (at least: it may be bound later).
    pub imports_before: u32,
    /// The import clause that binds it, if nothing else does.
    pub import: Option<u32>,
    /// What it holds if exactly one statement binds it, outside any loop and function, and none deletes it.
    pub once: Option<BindingFacts>,
    /// Whether a function or class body of the module rebinds or deletes it.
    pub written_in_function: bool,
    /// Whether some statement deletes it.
    pub deleted: bool,
    /// Its annotation, for `name: T` at module level.
    pub annotation: Option<TypeExpr>,
}

/// What a global holds that is bound once.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum BindingFacts {
    /// A function of [`ModuleFacts::functions`], or what its decorators return.
    Function(u32),
    /// A class of [`ModuleFacts::classes`], or what its decorators return.
    Class(u32),
    /// A module: the root of the dotted name of import clause `import`, or with `leaf` its last part.
    Module {
        /// Index into [`ModuleFacts::imports`].
        import: u32,
        /// Whether the last part is bound.
        leaf: bool,
    },
    /// What the module of import clause `import` calls `name`.
    From {
        /// Index into [`ModuleFacts::imports`].
        import: u32,
        /// The name there.
        name: String,
    },
    /// A constant.
    Constant(Constant),
    /// Any other value.
    Other,
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
    /// Whether calling it makes a generator, a coroutine or an asynchronous generator.
    pub is_generator: bool,
    /// Whether a decorator may have replaced it.
    pub decorated: bool,
    /// Its decorators, outermost first.
    pub decorators: Vec<Decorator>,
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
    /// Its default, if that is a constant.
    pub default: Option<Constant>,
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
    /// Keywords of the statement (`metaclass`, …); `None` for `**`.
    pub keywords: Vec<Option<String>>,
    /// `__slots__`, if it is a literal of strings.
    pub slots: Option<Vec<String>>,
    /// Methods of its body in order; a name defined twice appears twice.
    pub methods: Vec<MethodFacts>,
    /// Other names that its body binds, by first appearance.
    pub attributes: Vec<String>,
    /// Attributes that its methods assign on their first parameter, in layout order.
    pub self_attributes: Vec<String>,
    /// Its options, if it is decorated by what this module imports as `dataclasses.dataclass`.
    pub dataclass: Option<DataclassFacts>,
}

/// A method.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct MethodFacts {
    /// The name that the class body binds.
    pub name: String,
    /// The function.
    pub function: FunctionFacts,
}

/// The options of `@dataclass`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DataclassFacts {
    /// `init=`.
    pub init: bool,
    /// `repr=`.
    pub repr: bool,
    /// `eq=`.
    pub eq: bool,
    /// `order=`.
    pub order: bool,
    /// `frozen=`.
    pub frozen: bool,
    /// `kw_only=`.
    pub kw_only: bool,
    /// `slots=`.
    pub slots: bool,
    /// Whether every option is a literal, so that the above is all there is to know.
    pub exact: bool,
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
    /// The value.
    pub default: FieldDefault,
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
        if let Some(doc) = facts.globals.get_mut("__doc__")
            && doc.once.is_some()
        {
            // The docstring once more, as what the name is bound to.
            doc.once = Some(BindingFacts::Other);
        }
        facts.parts.clear();
        facts.uses = None;
        for import in &mut facts.imports {
            (import.start, import.end, import.line) = (0, 0, 0);
        }
        facts.functions.iter_mut().for_each(FunctionFacts::forget_text);
        for class in &mut facts.classes {
            class.doc = None;
            class.methods.iter_mut().for_each(|method| method.function.forget_text());
        }
        facts.encode()
    }

    /// The facts of [`ModuleFacts::encode`]'s bytes; `None` for bytes of another version.
    pub fn decode(bytes: &[u8]) -> Option<ModuleFacts> {
        let facts: ModuleFacts = rmp_serde::from_slice(bytes).ok()?;
        (facts.version == VERSION).then_some(facts)
    }
}

impl FunctionFacts {
    /// Drops what an importer's code can't depend on: the docstring and the places of decorators.
    fn forget_text(&mut self) {
        self.doc = None;
        self.decorators.iter_mut().for_each(|decorator| decorator.span = Span::default());
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
    let mut statements = Statements::default();
    statements.walk(&module.function(hir::Module::BODY).body);
    let globals = module.info.globals.iter().filter(|(_, global)| global.bindings != 0).map(|(name, global)| {
        let import = match global.once {
            Some(Binding::Import(id)) => Some(id.0),
            _ => None,
        };
        let once = global.once.map(|binding| match binding {
            Binding::Def(func) | Binding::DecoratedDef(func) => {
                position(functions.iter().position(|(id, _)| *id == func), BindingFacts::Function)
            }
            Binding::Class(class) | Binding::DecoratedClass(class) => {
                position(classes.iter().position(|id| *id == class), BindingFacts::Class)
            }
            Binding::Import(import) => statements.import(name, import),
            Binding::Assign => match statements.constants.get(name) {
                Some(constant) => BindingFacts::Constant(constant.clone()),
                None => BindingFacts::Other,
            },
        });
        let facts = GlobalFacts {
            imports_before: global.imports_before,
            import,
            once,
            written_in_function: global.written_in_function,
            deleted: global.deleted,
            annotation: module.info.annotations.get(name).cloned(),
        };
        (name.to_string(), facts)
    });
    let globals: BTreeMap<String, GlobalFacts> = globals.collect();
    let (imported, uses) = uses::of(module, file);
    ModuleFacts {
        version: VERSION,
        doc: text(module.info.doc.as_ref()),
        imports,
        all: dunder_all(module),
        has_star_import: module.info.has_star_import,
        globals,
        functions: functions.into_iter().map(|(id, decorated)| function(module.function(id), decorated)).collect(),
        classes: classes.into_iter().map(|id| class(module, module.class(id), &statements)).collect(),
        parts: crate::parse::parse(file).map(|syntax| parts::of(&syntax)).unwrap_or_default(),
        imported,
        uses: Some(uses),
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
            default: param.default.clone(),
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
        is_generator: function.is_generator || function.is_async,
        decorated,
        decorators: function.decorators.clone(),
    }
}

fn class(module: &hir::Module, class: &hir::Class, statements: &Statements) -> ClassFacts {
    let names = |names: &[Ident]| -> Vec<String> { names.iter().map(|name| name.to_string()).collect() };
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
                has_default: !matches!(field.default, FieldDefault::Missing),
                default: field.default.clone(),
            })
            .collect(),
        keywords: strings(&class.keywords),
        slots: class.slots.as_deref().map(names),
        methods: class
            .methods
            .iter()
            .map(|method| MethodFacts {
                name: method.name.to_string(),
                function: function(module.function(method.func), !method.decorators.is_empty()),
            })
            .collect(),
        attributes: names(&class.attributes),
        self_attributes: names(&class.self_attributes),
        dataclass: dataclass(class, module, statements),
    }
}

fn position(found: Option<usize>, binding: fn(u32) -> BindingFacts) -> BindingFacts {
    found.map_or(BindingFacts::Other, |index| binding(index as u32))
}

/// What the statements of the module body say about globals.
#[derive(Default)]
struct Statements {
    constants: BTreeMap<Ident, Constant>,
    modules: BTreeMap<(Ident, ImportId), bool>,
    from: BTreeMap<(Ident, ImportId), Ident>,
}

impl Statements {
    fn walk(&mut self, block: &hir::Block) {
        for stmt in block {
            match &stmt.kind {
                StmtKind::Assign { targets, value } => {
                    for target in targets {
                        let hir::TargetKind::Name(hir::NameRef::Global(name)) = &target.kind else { continue };
                        if let Some(constant) = value.as_constant() {
                            self.constants.insert(name.clone(), constant.clone());
                        }
                    }
                }
                StmtKind::Import { import, leaf, target: hir::NameRef::Global(name), .. } => {
                    self.modules.insert((name.clone(), *import), *leaf);
                }
                StmtKind::ImportFrom { import, names, .. } => {
                    for name in names {
                        if let hir::NameRef::Global(target) = &name.target {
                            self.from.insert((target.clone(), *import), name.name.clone());
                        }
                    }
                }
                StmtKind::If { branches, orelse } => {
                    branches.iter().for_each(|branch| self.walk(&branch.body));
                    self.walk(orelse);
                }
                StmtKind::While { body, orelse, .. } | StmtKind::For { body, orelse, .. } => {
                    self.walk(body);
                    self.walk(orelse);
                }
                StmtKind::Try { body, handlers, orelse, finally } => {
                    self.walk(body);
                    handlers.iter().for_each(|handler| self.walk(&handler.body));
                    self.walk(orelse);
                    self.walk(finally);
                }
                StmtKind::With { body, .. } => self.walk(body),
                _ => {}
            }
        }
    }

    fn import(&self, name: &Ident, import: ImportId) -> BindingFacts {
        let key = (name.clone(), import);
        if let Some(leaf) = self.modules.get(&key) {
            return BindingFacts::Module { import: import.0, leaf: *leaf };
        }
        match self.from.get(&key) {
            Some(name) => BindingFacts::From { import: import.0, name: name.to_string() },
            None => BindingFacts::Other,
        }
    }
}

/// Finds `@dataclass` or `@dataclasses.dataclass` where that name is what the module imported once from `dataclasses`.
fn dataclass(class: &hir::Class, module: &hir::Module, statements: &Statements) -> Option<DataclassFacts> {
    let decorator = class.decorators.iter().find(|decorator| {
        let Some(path) = &decorator.path else { return false };
        let (root, rest) = path.split_once('.').map_or((&**path, None), |(root, rest)| (root, Some(rest)));
        let Some(hir::Binding::Import(id)) = module.info.globals.get(root).and_then(|global| global.once) else {
            return false;
        };
        let import = &module.info.imports[id.index()];
        let from_dataclasses = &*import.module == "dataclasses" && import.level == 0;
        match (statements.import(&root.into(), id), rest) {
            (BindingFacts::From { name, .. }, None) => from_dataclasses && name == "dataclass",
            (BindingFacts::Module { .. }, Some("dataclass")) => from_dataclasses,
            _ => false,
        }
    })?;
    let option = |name: &str, default: bool| {
        let given = decorator.keywords.iter().find(|(keyword, _)| &**keyword == name);
        given.map_or(default, |(_, value)| *value == Constant::True)
    };
    Some(DataclassFacts {
        init: option("init", true),
        repr: option("repr", true),
        eq: option("eq", true),
        order: option("order", false),
        frozen: option("frozen", false),
        kw_only: option("kw_only", false),
        slots: option("slots", false),
        exact: decorator.exact,
    })
}
