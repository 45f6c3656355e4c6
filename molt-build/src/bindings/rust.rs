//! The Rust bindings: one file that `molt_runtime::include_modules!()` includes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Function, Interface, ModuleInterface, Param, ParamKind, Struct, Type};

/// The file's text. `program` is the link symbol of the program's descriptor.
pub fn generate(interface: &Interface, program: &str) -> String {
    let mut out = String::from(
        "// Written by molt-build from the annotations of the Python modules.\n\n\
         extern crate molt_runtime;\n\n",
    );
    let _ = writeln!(
        out,
        "/// Starts a runtime with the compiled modules; each runtime has its own objects and module state.\n\
         pub fn new_runtime() -> ::std::result::Result<::molt_runtime::Runtime, ::molt_runtime::PyError> {{\n\
         \x20   ::molt_runtime::Runtime::new(program())\n\
         }}\n\n\
         /// The compiled program, for [`molt_runtime::RuntimeBuilder`].\n\
         pub fn program() -> &'static ::molt_runtime::Program {{\n\
         \x20   unsafe extern \"C\" {{\n\
         \x20       #[link_name = \"{program}\"]\n\
         \x20       static PROGRAM: ::molt_runtime::Program;\n\
         \x20   }}\n\
         \x20   // SAFETY: molt-build links exactly one immutable table under this name, made by the same version of Molt:\n\
         \x20   // the table refers to a symbol that only a runtime of the same contract defines.\n\
         \x20   unsafe {{ &PROGRAM }}\n\
         }}"
    );
    let mut tree = Node::default();
    for (name, module) in &interface.modules {
        let mut node = &mut tree;
        for part in name.split('.') {
            node = node.children.entry(part).or_default();
        }
        node.module = Some((name, module));
    }
    for (name, child) in &tree.children {
        write_node(&mut out, name, child, 1);
    }
    out
}

/// A module and its submodules.
#[derive(Default)]
struct Node<'a> {
    module: Option<(&'a str, &'a ModuleInterface)>,
    children: BTreeMap<&'a str, Node<'a>>,
}

/// Rust needs a module named where its items are; Python's `a.b` is `a::b` here.
fn write_node(out: &mut String, name: &str, node: &Node<'_>, depth: usize) {
    let mut body = String::new();
    let types = Types { root: "super::".repeat(depth) };
    if let Some((full_name, module)) = node.module {
        for item in &module.structs {
            write_struct(&mut body, &types, full_name, item);
        }
        for exception in &module.exceptions {
            write_doc(&mut body, exception.doc.as_deref());
            let name = identifier(&exception.name);
            let _ = writeln!(
                body,
                "#[derive(Debug, Clone, Copy)]\npub struct {name};\n\n\
                 impl ::molt_runtime::ExceptionClass for {name} {{\n    const NAME: &'static str = {:?};\n}}\n",
                format!("{full_name}.{}", exception.name)
            );
        }
        for function in &module.functions {
            write_function(&mut body, &types, full_name, function);
        }
    }
    for (child_name, child) in &node.children {
        write_node(&mut body, child_name, child, depth + 1);
    }
    out.push('\n');
    write_doc(out, node.module.and_then(|(_, module)| module.doc.as_deref()).or(Some("A Python package.")));
    out.push_str("#[allow(dead_code, non_snake_case, non_camel_case_types, clippy::all)]\n");
    let _ = writeln!(out, "pub mod {} {{", identifier(name));
    out.push_str(&indent(body.trim_end()));
    out.push_str("}\n");
}

fn indent(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }).collect()
}

/// A docstring as a doc comment: as text, since Python's docstrings are not Markdown and their indented parts are no
/// doc tests.
fn write_doc(out: &mut String, doc: Option<&str>) {
    let Some(doc) = doc.filter(|doc| !doc.trim().is_empty()) else { return };
    let lines: Vec<&str> = doc.trim_end().lines().collect();
    let margin = lines.iter().skip(1).filter(|l| !l.trim().is_empty()).map(|l| l.len() - l.trim_start().len()).min();
    let dedented = lines.iter().enumerate().map(|(i, line)| match (i, margin) {
        (0, _) | (_, None) => line.trim_start(),
        (_, Some(margin)) => line.get(margin..).unwrap_or("").trim_end(),
    });
    let fenced = lines.iter().skip(1).any(|line| line.len() - line.trim_start().len() >= margin.unwrap_or(0) + 4);
    for (i, line) in dedented.enumerate() {
        if fenced && i == 1 {
            out.push_str("/// ```text\n");
        }
        let _ = writeln!(out, "///{}{line}", if line.is_empty() { "" } else { " " });
    }
    if fenced {
        out.push_str("/// ```\n");
    }
}

fn write_struct(out: &mut String, types: &Types, module: &str, item: &Struct) {
    write_doc(out, item.doc.as_deref());
    let name = identifier(&item.name);
    let _ = writeln!(out, "#[derive(Debug, Clone, PartialEq)]\npub struct {name} {{");
    for (field, ty) in &item.fields {
        let _ = writeln!(out, "    /// The attribute `{field}`.\n    pub {}: {},", identifier(field), types.owned(ty));
    }
    let fields: Vec<_> = item.fields.iter().map(|(field, _)| (field, identifier(field))).collect();
    let pairs: Vec<_> = fields
        .iter()
        .map(|(field, rust)| format!("({field:?}, ::molt_runtime::ToPython::to_python(&self.{rust}, rt)?)"))
        .collect();
    let reads: Vec<_> =
        fields.iter().map(|(field, rust)| format!("{rust}: value.get_attr({field:?})?.extract()?")).collect();
    let _ = writeln!(
        out,
        "}}\n\n\
         impl ::molt_runtime::ToPython for {name} {{\n\
         \x20   fn to_python<'rt>(&self, rt: &'rt ::molt_runtime::Runtime) -> ::std::result::Result<::molt_runtime::Value<'rt>, ::molt_runtime::PyError> {{\n\
         \x20       rt.import({module:?})?.get_attr({:?})?.call_with(&[], &[{}])\n\
         \x20   }}\n\
         }}\n\n\
         impl<'rt> ::molt_runtime::FromPython<'rt> for {name} {{\n\
         \x20   fn from_python(value: &::molt_runtime::Value<'rt>) -> ::std::result::Result<Self, ::molt_runtime::PyError> {{\n\
         \x20       Ok({name} {{ {} }})\n\
         \x20   }}\n\
         }}\n",
        item.name,
        pairs.join(", "),
        reads.join(", "),
    );
}

fn write_function(out: &mut String, types: &Types, module: &str, function: &Function) {
    write_doc(out, function.doc.as_deref());
    let needs_lifetime = function.returns.has_value()
        || function
            .params
            .iter()
            .any(|p| p.ty.has_value() || matches!(p.kind, ParamKind::Rest | ParamKind::KeywordRest));
    let (generic, lifetime) = if needs_lifetime { ("<'rt>", "'rt ") } else { ("", "") };
    let params: Vec<String> = function
        .params
        .iter()
        .map(|param| format!(", {}: {}", parameter_name(param), types.parameter(param)))
        .collect();
    let result = types.owned(&function.returns);
    let _ = writeln!(
        out,
        "pub fn {}{generic}(rt: &{lifetime}::molt_runtime::Runtime{}) -> ::std::result::Result<{result}, ::molt_runtime::PyError> {{",
        identifier(&function.name),
        params.concat(),
    );
    let plain = |p: &&Param| p.kind == ParamKind::Positional && !p.has_default;
    let positional: Vec<String> = function.params.iter().take_while(plain).map(to_value).collect();
    let rest: Vec<&Param> = function.params.iter().skip_while(plain).collect();
    let _ = writeln!(
        out,
        "    let {}args: ::std::vec::Vec<::molt_runtime::Value<'_>> = vec![{}];",
        if rest.iter().any(|p| p.kind == ParamKind::Rest) { "mut " } else { "" },
        positional.join(", ")
    );
    let keywords = rest.iter().any(|p| p.kind != ParamKind::Rest);
    let _ = writeln!(
        out,
        "    let {}keywords: ::std::vec::Vec<(&str, ::molt_runtime::Value<'_>)> = vec![];",
        if keywords { "mut " } else { "" }
    );
    for param in rest {
        let name = parameter_name(param);
        match param.kind {
            ParamKind::Rest => {
                let _ = writeln!(out, "    args.extend({name}.iter().cloned());");
            }
            ParamKind::KeywordRest => {
                let _ = writeln!(out, "    keywords.extend({name}.iter().cloned());");
            }
            _ if param.has_default => {
                let _ = writeln!(
                    out,
                    "    if let Some({name}) = {name} {{\n        keywords.push(({:?}, {}));\n    }}",
                    param.name,
                    to_value(param)
                );
            }
            _ => {
                let _ = writeln!(out, "    keywords.push(({:?}, {}));", param.name, to_value(param));
            }
        }
    }
    let _ = writeln!(
        out,
        "    rt.import({module:?})?.get_attr({:?})?.call_with(&args, &keywords)?.extract()\n}}\n",
        function.name
    );
}

fn to_value(param: &Param) -> String {
    format!("::molt_runtime::ToPython::to_python(&{}, rt)?", parameter_name(param))
}

/// How types are written in one module of the bindings.
struct Types {
    /// The path from the module to where the bindings are included, which need not be the crate's root.
    root: String,
}

impl Types {
    /// The type of a parameter. One with a default is an `Option`, whose `None` leaves the argument out.
    fn parameter(&self, param: &Param) -> String {
        match param.kind {
            ParamKind::Rest => "&[::molt_runtime::Value<'rt>]".to_owned(),
            ParamKind::KeywordRest => "&[(&str, ::molt_runtime::Value<'rt>)]".to_owned(),
            // `x: Optional[int] = None`: leaving it out is what `None` means.
            _ if param.has_default && matches!(param.ty, Type::Option(_)) => self.borrowed(&param.ty),
            _ if param.has_default => format!("::std::option::Option<{}>", self.borrowed(&param.ty)),
            _ => self.borrowed(&param.ty),
        }
    }

    /// The type as an argument.
    fn borrowed(&self, ty: &Type) -> String {
        match ty {
            Type::Str => "&str".to_owned(),
            Type::Bytes => "&[u8]".to_owned(),
            Type::List(inner) => format!("&[{}]", self.owned(inner)),
            Type::Sequence(_) | Type::Dict(..) | Type::Set(_) | Type::Struct(..) | Type::Tuple(_) | Type::Value => {
                format!("&{}", self.owned(ty))
            }
            Type::Option(inner) => format!("::std::option::Option<{}>", self.borrowed(inner)),
            Type::None | Type::Bool | Type::Int | Type::Float => self.owned(ty),
        }
    }

    /// The type as a result or field.
    fn owned(&self, ty: &Type) -> String {
        match ty {
            Type::None => "()".to_owned(),
            Type::Bool => "bool".to_owned(),
            Type::Int => "i64".to_owned(),
            Type::Float => "f64".to_owned(),
            Type::Str => "::std::string::String".to_owned(),
            Type::Bytes => "::std::vec::Vec<u8>".to_owned(),
            Type::Option(inner) => format!("::std::option::Option<{}>", self.owned(inner)),
            Type::List(inner) => format!("::std::vec::Vec<{}>", self.owned(inner)),
            Type::Sequence(inner) => format!("::molt_runtime::Tuple<{}>", self.owned(inner)),
            Type::Tuple(items) => {
                let items: Vec<_> = items.iter().map(|item| format!("{},", self.owned(item))).collect();
                format!("({})", items.join(" "))
            }
            Type::Dict(key, value) => {
                format!("::molt_runtime::Dict<{}, {}>", self.owned(key), self.owned(value))
            }
            Type::Set(inner) => format!("::std::collections::BTreeSet<{}>", self.owned(inner)),
            Type::Struct(module, name) => {
                let path: Vec<_> = module.split('.').map(identifier).collect();
                format!("{}{}::{}", self.root, path.join("::"), identifier(name))
            }
            Type::Value => "::molt_runtime::Value<'rt>".to_owned(),
        }
    }
}

fn parameter_name(param: &Param) -> String {
    match param.name.as_str() {
        // These are names of the function's own variables.
        "rt" | "args" | "keywords" => format!("{}_", param.name),
        name => identifier(name),
    }
}

/// A Python name as a Rust identifier.
fn identifier(name: &str) -> String {
    const KEYWORDS: &[&str] = &[
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
        "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
        "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type",
        "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
    ];
    match name {
        "self" | "Self" | "super" | "crate" | "_" => format!("{name}_"),
        _ if KEYWORDS.binary_search(&name).is_ok() => format!("r#{name}"),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(name: &str, params: Vec<Param>, returns: Type) -> Interface {
        let function =
            Function { name: name.to_owned(), doc: Some("Adds.\n\n    Slowly.\n    ".to_owned()), params, returns };
        let module = ModuleInterface { functions: vec![function], ..ModuleInterface::default() };
        Interface { modules: BTreeMap::from([("app.shop".to_owned(), module)]) }
    }

    fn param(name: &str, ty: Type, kind: ParamKind, has_default: bool) -> Param {
        Param { name: name.to_owned(), ty, kind, has_default }
    }

    #[test]
    fn annotations_choose_types() {
        let item = Type::Struct("app.model".to_owned(), "Item".to_owned());
        let params = vec![
            param("items", Type::List(Box::new(item)), ParamKind::Positional, false),
            param("match", Type::Option(Box::new(Type::Str)), ParamKind::Positional, true),
            param("tax", Type::Float, ParamKind::Keyword, true),
        ];
        let text = generate(&function("total", params, Type::Float), "molt_program");
        let signature = "pub fn total(rt: &::molt_runtime::Runtime, items: &[super::super::app::model::Item], \
                         r#match: ::std::option::Option<&str>, tax: ::std::option::Option<f64>) -> \
                         ::std::result::Result<f64, ::molt_runtime::PyError> {";
        assert!(text.contains(signature), "{text}");
        assert!(text.contains("/// Adds.\n"), "{text}");
        assert!(text.contains("rt.import(\"app.shop\")?.get_attr(\"total\")?"), "{text}");
    }

    #[test]
    fn handles_need_a_lifetime() {
        let params = vec![
            param("x", Type::Value, ParamKind::Positional, false),
            param("args", Type::Value, ParamKind::Rest, false),
        ];
        let text = generate(&function("f", params, Type::Value), "molt_program");
        assert!(
            text.contains("pub fn f<'rt>(rt: &'rt ::molt_runtime::Runtime, x: &::molt_runtime::Value<'rt>, args_: &[")
        );
    }

    #[test]
    fn keywords_are_sorted_for_the_search() {
        for name in ["abstract", "gen", "match", "yield", "type"] {
            assert_eq!(identifier(name), format!("r#{name}"));
        }
        assert_eq!(identifier("self"), "self_");
    }
}
