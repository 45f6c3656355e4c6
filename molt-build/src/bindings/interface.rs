//! Reads the interface of a program out of its modules' facts.
//!
//! Invariant: names in annotations are looked up where Python would find them: in the module, then in what its imports
//! bind. What can't be traced is a handle, never a guess.

use std::collections::BTreeSet;

use molt_codegen::facts::{
    ClassFacts, FunctionFacts, ImportFacts, ImportedNames, ModuleFacts, ParamKind as Kind, TypeExpr,
};

use super::{Exception, Function, Interface, ModuleInterface, Param, ParamKind, Struct, Type};
use crate::compiler::Facts;
use crate::graph::{Graph, absolute_name};
use crate::source::Origin;

/// The interface of all modules that come from files.
pub fn of(graph: &Graph<Facts>) -> Interface {
    let reader = Reader { graph };
    let mut interface = Interface::default();
    for (name, module) in &graph.modules {
        if name != "__main__" && matches!(module.source.origin, Origin::File { .. } | Origin::Namespace { .. }) {
            interface.modules.insert(name.clone(), reader.module(name, module.analysis.facts.get()));
        }
    }
    interface
}

/// A class: the module that defines it, and its facts.
type Class<'a> = (&'a str, &'a ClassFacts);

struct Reader<'a> {
    graph: &'a Graph<Facts>,
}

impl<'a> Reader<'a> {
    fn module(&self, name: &str, facts: &ModuleFacts) -> ModuleInterface {
        // `__all__` says what is public; without one, the underscore does.
        let public = |item: &str| match &facts.all {
            Some(all) => all.iter().any(|known| known == item),
            None => !item.starts_with('_'),
        };
        let functions = facts.functions.iter().filter(|f| public(&f.name)).map(|f| self.function(name, f));
        let mut interface =
            ModuleInterface { doc: facts.doc.clone(), functions: functions.collect(), ..ModuleInterface::default() };
        for class in facts.classes.iter().filter(|class| public(&class.name)) {
            if self.is_exception((name, class), &mut BTreeSet::new()) {
                interface.exceptions.push(Exception { name: class.name.clone(), doc: class.doc.clone() });
            } else if let Some(fields) = self.fields((name, class), &mut BTreeSet::new()) {
                interface.structs.push(Struct { name: class.name.clone(), doc: class.doc.clone(), fields });
            }
        }
        interface
    }

    fn function(&self, module: &str, function: &FunctionFacts) -> Function {
        let ty = |annotation: &Option<TypeExpr>| match annotation {
            Some(annotation) => self.ty(module, annotation, &mut BTreeSet::new()),
            None => Type::Value,
        };
        let params = function.params.iter().map(|param| Param {
            name: param.name.clone(),
            ty: ty(&param.annotation),
            kind: match param.kind {
                Kind::PositionalOnly | Kind::Normal => ParamKind::Positional,
                Kind::KeywordOnly => ParamKind::Keyword,
                Kind::VarArgs => ParamKind::Rest,
                Kind::VarKwargs => ParamKind::KeywordRest,
            },
            has_default: param.has_default,
        });
        // A positional-only parameter with a default can't be given by keyword, which is how defaults are left out.
        let positional_only: Vec<bool> = function.params.iter().map(|p| p.kind == Kind::PositionalOnly).collect();
        let params = params.zip(positional_only).filter(|(param, only)| !(*only && param.has_default)).map(|(p, _)| p);
        // A generator function returns a generator, whatever it yields.
        let returns = if function.is_generator { Type::Value } else { ty(&function.returns) };
        Function { name: function.name.clone(), doc: function.doc.clone(), params: params.collect(), returns }
    }

    /// The host's type for an annotation in `module`. `within` are the dataclasses whose fields are being read.
    fn ty(&self, module: &str, annotation: &TypeExpr, within: &mut BTreeSet<(String, String)>) -> Type {
        match annotation {
            TypeExpr::None => Type::None,
            TypeExpr::Name(name) => match self.name(module, name).as_str() {
                "bool" => Type::Bool,
                "int" => Type::Int,
                "float" => Type::Float,
                "str" => Type::Str,
                "bytes" => Type::Bytes,
                _ => match self.class(module, name) {
                    Some(class) if self.fields(class, within).is_some() => {
                        Type::Struct(class.0.to_owned(), class.1.name.clone())
                    }
                    _ => Type::Value,
                },
            },
            TypeExpr::Union(members) => {
                let (none, others): (Vec<_>, Vec<_>) = members.iter().partition(|m| **m == TypeExpr::None);
                match (none.is_empty(), others.as_slice()) {
                    (false, [one]) => self.optional(module, one, within),
                    _ => Type::Value,
                }
            }
            TypeExpr::Generic(name, args) => self.generic(module, name, args, within),
            _ => Type::Value,
        }
    }

    fn optional(&self, module: &str, inner: &TypeExpr, within: &mut BTreeSet<(String, String)>) -> Type {
        match self.ty(module, inner, within) {
            // A handle can be `None` itself.
            Type::Value | Type::None => Type::Value,
            ty => Type::Option(Box::new(ty)),
        }
    }

    fn generic(&self, module: &str, name: &str, args: &[TypeExpr], within: &mut BTreeSet<(String, String)>) -> Type {
        let mut item = |index: usize| Box::new(self.ty(module, &args[index], within));
        match (self.name(module, name).as_str(), args) {
            ("Optional", [inner]) => self.optional(module, inner, within),
            ("list" | "List" | "Sequence", [_]) => Type::List(item(0)),
            ("dict" | "Dict" | "Mapping", [_, _]) => Type::Dict(item(0), item(1)),
            ("tuple" | "Tuple", [_, TypeExpr::Ellipsis]) => Type::Sequence(item(0)),
            // More than eight have no conversion.
            ("tuple" | "Tuple", [_, ..]) if args.len() <= 8 => {
                Type::Tuple((0..args.len()).map(|index| *item(index)).collect())
            }
            ("set" | "Set" | "frozenset" | "FrozenSet", [_]) => match *item(0) {
                key if key.is_key() => Type::Set(Box::new(key)),
                _ => Type::Value,
            },
            _ => Type::Value,
        }
    }

    /// The name of a builtin or typing construct, without the module it is taken from; a name that the module binds itself
    /// is not one.
    fn name(&self, module: &str, name: &str) -> String {
        let facts = self.facts(module);
        let first = name.split('.').next().unwrap_or(name);
        let imported = facts.and_then(|facts| self.import_of(facts, first));
        match (name.rsplit_once('.'), imported) {
            (None, None) if facts.is_some_and(|facts| facts.globals.contains_key(name)) => String::new(),
            (None, None) => name.to_owned(),
            (None, Some(import)) if is_typing(&import.module) => name.to_owned(),
            (Some((_, last)), Some(import)) if is_typing(&import.module) => last.to_owned(),
            _ => String::new(),
        }
    }

    fn facts(&self, module: &str) -> Option<&'a ModuleFacts> {
        self.graph.modules.get(module).map(|module| module.analysis.facts.get())
    }

    fn import_of<'f>(&self, facts: &'f ModuleFacts, name: &str) -> Option<&'f ImportFacts> {
        facts.imports.get(facts.globals.get(name)?.import? as usize)
    }

    /// The class that a dotted name means in a module.
    fn class(&self, module: &str, name: &str) -> Option<Class<'a>> {
        // Each step follows one import; a chain longer than the graph is a circle.
        let (mut module, mut name) = (module.to_owned(), name.to_owned());
        for _ in 0..=self.graph.modules.len() {
            let (key, node) = self.graph.modules.get_key_value(&module)?;
            let facts = node.analysis.facts.get();
            if let Some(class) = facts.classes.iter().find(|class| class.name == name) {
                return Some((key, class));
            }
            let (first, rest) = name.split_once('.').map_or((name.as_str(), None), |(first, rest)| (first, Some(rest)));
            let import = self.import_of(facts, first)?;
            let base = absolute_name(&node.source, &import.module, import.level).ok()?;
            let (next, left) = match (&import.names, rest) {
                (ImportedNames::From(names), _) => {
                    // A single name may have been renamed with `as`.
                    let original = match names.as_slice() {
                        [only] => only,
                        names => names.iter().find(|known| *known == first)?,
                    };
                    let submodule = format!("{base}.{original}");
                    match rest {
                        Some(rest) if self.graph.modules.contains_key(&submodule) => (submodule, rest.to_owned()),
                        Some(_) => return None,
                        None => (base, original.clone()),
                    }
                }
                // `import a.b` binds `a`, `import a.b as c` the module itself; the longest module name decides.
                (ImportedNames::Module, Some(rest)) => {
                    let full = format!("{first}.{rest}");
                    match full.rsplit_once('.') {
                        Some((path, class)) if self.graph.modules.contains_key(path) => {
                            (path.to_owned(), class.to_owned())
                        }
                        _ => (base, rest.to_owned()),
                    }
                }
                _ => return None,
            };
            (module, name) = (next, left);
        }
        None
    }

    /// The fields of a dataclass in the order of `__init__`; `None` for any other class, and for one with a field that has
    /// no type of its own in the host.
    fn fields(&self, class: Class<'a>, within: &mut BTreeSet<(String, String)>) -> Option<Vec<(String, Type)>> {
        let (module, facts) = class;
        let decorator = |path: &Option<String>| path.as_deref().is_some_and(|path| self.is_dataclass(module, path));
        if !facts.decorators.iter().any(decorator) {
            return None;
        }
        // A class that contains itself would be a struct of infinite size.
        let key = (module.to_owned(), facts.name.clone());
        if !within.insert(key.clone()) {
            return None;
        }
        let fields = self.fields_within(class, within);
        within.remove(&key);
        fields
    }

    fn fields_within(
        &self,
        (module, facts): Class<'a>,
        within: &mut BTreeSet<(String, String)>,
    ) -> Option<Vec<(String, Type)>> {
        let mut fields: Vec<(String, Type)> = Vec::new();
        for base in &facts.bases {
            let base = base.as_deref()?;
            if base != "object" {
                fields.extend(self.fields(self.class(module, base)?, within)?);
            }
        }
        for field in &facts.fields {
            if let TypeExpr::Name(name) | TypeExpr::Generic(name, _) = &field.annotation {
                match name.rsplit('.').next().unwrap_or(name) {
                    "ClassVar" => continue,
                    // Not an attribute, but an argument.
                    "InitVar" => return None,
                    _ => {}
                }
            }
            let ty = self.ty(module, &field.annotation, within);
            if ty.has_value() {
                return None;
            }
            match fields.iter_mut().find(|(name, _)| *name == field.name) {
                Some(known) => known.1 = ty,
                None => fields.push((field.name.clone(), ty)),
            }
        }
        Some(fields)
    }

    /// Whether a decorator's name is that of `dataclasses.dataclass`.
    fn is_dataclass(&self, module: &str, path: &str) -> bool {
        let (first, last) = path.split_once('.').unwrap_or((path, path));
        let import = self.facts(module).and_then(|facts| self.import_of(facts, first));
        let from_dataclasses = import.is_some_and(|import| import.module == "dataclasses");
        from_dataclasses && (last == "dataclass" || first == last)
    }

    fn is_exception(&self, (module, facts): Class<'a>, seen: &mut BTreeSet<(String, String)>) -> bool {
        if !seen.insert((module.to_owned(), facts.name.clone())) {
            return false;
        }
        facts.bases.iter().flatten().any(|base| match self.class(module, base) {
            Some(class) => self.is_exception(class, seen),
            None => {
                let builtin = self.facts(module).is_none_or(|facts| !facts.globals.contains_key(base.as_str()));
                builtin && is_builtin_exception(base)
            }
        })
    }
}

/// Modules whose names for types mean what the builtin names mean.
fn is_typing(module: &str) -> bool {
    matches!(module, "typing" | "collections.abc" | "builtins")
}

/// CPython's rule for names of exception classes holds for all builtin ones.
fn is_builtin_exception(name: &str) -> bool {
    name.ends_with("Error")
        || name.ends_with("Warning")
        || matches!(
            name,
            "BaseException"
                | "Exception"
                | "GeneratorExit"
                | "KeyboardInterrupt"
                | "StopIteration"
                | "StopAsyncIteration"
                | "SystemExit"
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::Cache;
    use crate::driver::Driver;
    use crate::graph::Roots;
    use crate::jobs::Jobs;
    use crate::source::Tree;

    fn interface(files: &[(&str, &str)]) -> Interface {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let tree = Tree::default();
        let roots = Roots::library(&dir.path().join("app"), &tree).unwrap();
        let (jobs, cache) = (Jobs::default(), Cache::none());
        of(&Driver { jobs: &jobs, cache: &cache, progress: &() }.analyze(&roots, &tree).unwrap())
    }

    /// A stand-in, so that the test does not need the real one.
    const DATACLASSES: (&str, &str) = ("dataclasses.py", "def dataclass(c): ...\ndef field(**k): ...\n");

    #[test]
    fn annotations_are_followed_through_imports() {
        let interface = interface(&[
            DATACLASSES,
            ("app/__init__.py", "from .model import Item as Thing, Base\n"),
            (
                "app/model.py",
                "from dataclasses import dataclass\nimport dataclasses as dc\n\
                 @dataclass\nclass Base:\n    id: int\n\
                 @dc.dataclass(frozen=True)\nclass Item(Base):\n    '''A thing.'''\n    name: str = ''\n    tags: 'list[str]' = None\n\
                 @dataclass\nclass Node:\n    next: 'Node | None'\n",
            ),
            (
                "app/shop.py",
                "from . import model\nfrom .model import Item\nfrom app import Base as B\n\
                 def f(a: Item, b: model.Base, c: B, d: dict[str, tuple[int, ...]], *, e: float | None = None): ...\n\
                 def g(x, *args, **kw) -> 'model.Node': ...\ndef _private(): ...\ndef h() -> list[Item]: ...\n",
            ),
        ]);
        let shop = &interface.modules["app.shop"];
        let names: Vec<_> = shop.functions.iter().map(|f| f.name.as_str()).collect();
        assert_eq!(names, ["f", "g", "h"]);
        let item = Type::Struct("app.model".into(), "Item".into());
        let base = Type::Struct("app.model".into(), "Base".into());
        let types: Vec<_> = shop.functions[0].params.iter().map(|p| p.ty.clone()).collect();
        let dict = Type::Dict(Box::new(Type::Str), Box::new(Type::Sequence(Box::new(Type::Int))));
        assert_eq!(types, [item.clone(), base.clone(), base, dict, Type::Option(Box::new(Type::Float))]);
        assert_eq!(shop.functions[1].returns, Type::Value);
        assert_eq!(shop.functions[2].returns, Type::List(Box::new(item)));
        let model = &interface.modules["app.model"];
        let fields: Vec<_> = model.structs[1].fields.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(fields, ["id", "name", "tags"]);
        assert_eq!(model.structs.len(), 2, "a class that contains itself is no struct");
    }

    #[test]
    fn exceptions_are_found_through_bases() {
        let interface = interface(&[
            ("app/__init__.py", ""),
            (
                "app/errors.py",
                "class AppError(Exception): ...\nclass Missing(AppError, LookupError): ...\nclass Other: ...\n",
            ),
            ("app/more.py", "from .errors import *\nfrom .errors import AppError\nclass Worse(AppError): ...\n"),
        ]);
        let names = |module: &str| -> Vec<String> {
            interface.modules[module].exceptions.iter().map(|e| e.name.clone()).collect()
        };
        assert_eq!(names("app.errors"), ["AppError", "Missing"]);
        assert_eq!(names("app.more"), ["Worse"]);
    }

    #[test]
    fn names_that_the_module_rebinds_are_not_builtins() {
        let interface =
            interface(&[("app/__init__.py", ""), ("app/a.py", "int = float\ndef f(x: int) -> Text: ...\n")]);
        let function = &interface.modules["app.a"].functions[0];
        assert_eq!((&function.params[0].ty, &function.returns), (&Type::Value, &Type::Value));
    }
}
