//! The C header of a program: the runtime's interface, then one function per Python function.
//!
//! The functions are `static inline` over `molt_call_function`: they need no object of their own, and the header and the archive
//! can't disagree on a signature.

use std::fmt::Write as _;

use super::{Function, Interface, Param, ParamKind, Type};

/// The part that is the same for every program.
const PRELUDE: &str = include_str!("molt.h");

/// The header's text. `name` is the program's, for the include guard.
pub fn generate(name: &str, interface: &Interface) -> String {
    let guard: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect();
    let mut out = format!("/* Written by Molt. */\n#ifndef MOLT_{guard}_H\n#define MOLT_{guard}_H\n\n{PRELUDE}");
    for (module, content) in &interface.modules {
        if !content.functions.is_empty() {
            let _ = writeln!(out, "\n/* Module {module} */");
        }
        for function in &content.functions {
            write_function(&mut out, module, function);
        }
    }
    out.push_str("\n#ifdef __cplusplus\n}\n#endif\n\n#endif\n");
    out
}

/// How a C parameter or result of a type is declared and converted.
struct Conversion {
    /// The parameter's type, with what follows it up to the name.
    param: &'static str,
    /// The result's type.
    result: &'static str,
    /// `molt_value_from_…`, or nothing for a handle.
    from: Option<&'static str>,
    /// `molt_value_as_…`, or nothing for a handle.
    to: Option<&'static str>,
}

fn conversion(ty: &Type) -> Conversion {
    let (param, result, name) = match ty {
        Type::Bool => ("bool ", "bool ", "bool"),
        Type::Int => ("int64_t ", "int64_t ", "int"),
        Type::Float => ("double ", "double ", "float"),
        Type::Str => ("const char *", "char *", "string"),
        _ => return Conversion { param: "const molt_value *", result: "molt_value *", from: None, to: None },
    };
    let from = match name {
        "bool" => "molt_value_from_bool",
        "int" => "molt_value_from_int",
        "float" => "molt_value_from_float",
        _ => "molt_value_from_string",
    };
    let to = match name {
        "bool" => "molt_value_as_bool",
        "int" => "molt_value_as_int",
        "float" => "molt_value_as_float",
        _ => "molt_value_as_string",
    };
    Conversion { param, result, from: Some(from), to: Some(to) }
}

/// An optional string is `NULL` for `None`; other optional types are handles.
fn parameter_type(param: &Param) -> Type {
    match &param.ty {
        Type::Option(inner) if **inner == Type::Str => Type::Option(Box::new(Type::Str)),
        other => other.clone(),
    }
}

fn write_function(out: &mut String, module: &str, function: &Function) {
    let params: Vec<&Param> = function
        .params
        .iter()
        .filter(|param| matches!(param.kind, ParamKind::Positional | ParamKind::Keyword))
        // C has no way to leave an argument out: what has a default is called from C with the default.
        .filter(|param| !param.has_default)
        .collect();
    let name = format!("{}_{}", module.replace('.', "_"), function.name);
    out.push('\n');
    if let Some(doc) = &function.doc {
        let text = doc.trim().replace("*/", "* /");
        let lines: Vec<_> = text.lines().map(str::trim).collect();
        let _ = writeln!(out, "/* {} */", lines.join("\n * "));
    }
    let mut head = format!("static inline molt_status {name}(molt_runtime *runtime");
    for param in &params {
        let ty = parameter_type(param);
        let optional_string = ty == Type::Option(Box::new(Type::Str));
        let declared = if optional_string { "const char *" } else { conversion(&ty).param };
        let _ = write!(head, ", {declared}{}", parameter_name(&param.name));
    }
    let result = conversion(&function.returns);
    let returns_nothing = function.returns == Type::None;
    if !returns_nothing {
        let _ = write!(head, ", {}*result", result.result);
    }
    let _ = writeln!(out, "{head}, molt_error **error) {{");
    let count = params.len();
    let _ = writeln!(out, "    molt_value *arguments[{}] = {{0}};", count.max(1));
    out.push_str("    molt_value *value = NULL;\n    molt_status status = MOLT_OK;\n");
    for (index, param) in params.iter().enumerate() {
        let ty = parameter_type(param);
        let name = parameter_name(&param.name);
        let target = format!("&arguments[{index}]");
        let call = match conversion(&ty).from {
            Some(from) => format!("{from}(runtime, {name}, {target})"),
            None if ty == Type::Option(Box::new(Type::Str)) => format!(
                "{name} ? molt_value_from_string(runtime, {name}, {target}) : molt_value_none(runtime, {target})"
            ),
            None => format!("molt_value_copy({name}, {target})"),
        };
        let _ = writeln!(out, "    if (status == MOLT_OK) status = {call};");
    }
    let named: Vec<_> =
        params.iter().filter(|p| p.kind == ParamKind::Keyword).map(|p| format!("{:?}", p.name)).collect();
    let names = if named.is_empty() {
        "NULL".to_owned()
    } else {
        let _ = writeln!(out, "    static const char *const names[] = {{{}}};", named.join(", "));
        "names".to_owned()
    };
    let _ = writeln!(
        out,
        "    if (status != MOLT_OK) {{\n        for (size_t i = 0; i < {count}; i++) molt_value_free(arguments[i]);\n        return status;\n    }}\n\
         \x20   status = molt_call_function(runtime, {module:?}, {:?}, arguments, {count}, {names}, {}, &value, error);\n\
         \x20   if (status != MOLT_OK) return status;",
        function.name,
        named.len()
    );
    if returns_nothing {
        out.push_str("    molt_value_free(value);\n    return MOLT_OK;\n}\n");
        return;
    }
    match result.to {
        Some(to) => {
            let _ = writeln!(
                out,
                "    status = {to}(value, result, error);\n    molt_value_free(value);\n    return status;\n}}"
            );
        }
        None => out.push_str("    *result = value;\n    return MOLT_OK;\n}\n"),
    }
}

/// A name that is no keyword of C or C++ and none of the function's own variables.
fn parameter_name(name: &str) -> String {
    const TAKEN: &[&str] = &[
        "arguments",
        "auto",
        "bool",
        "break",
        "case",
        "char",
        "class",
        "const",
        "continue",
        "default",
        "delete",
        "do",
        "double",
        "else",
        "enum",
        "error",
        "extern",
        "false",
        "float",
        "for",
        "goto",
        "if",
        "inline",
        "int",
        "long",
        "names",
        "namespace",
        "new",
        "operator",
        "private",
        "public",
        "register",
        "restrict",
        "result",
        "return",
        "runtime",
        "short",
        "signed",
        "sizeof",
        "static",
        "status",
        "struct",
        "switch",
        "template",
        "this",
        "throw",
        "true",
        "try",
        "typedef",
        "typename",
        "union",
        "unsigned",
        "using",
        "value",
        "virtual",
        "void",
        "volatile",
        "while",
    ];
    if TAKEN.binary_search(&name).is_ok() { format!("{name}_") } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::ModuleInterface;
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn a_function_becomes_a_status_function() {
        let param = |name: &str, ty, kind| Param { name: name.to_owned(), ty, kind, has_default: false };
        let function = Function {
            name: "render".to_owned(),
            doc: Some("Renders.".to_owned()),
            params: vec![
                param("text", Type::Str, ParamKind::Positional),
                param("value", Type::Int, ParamKind::Keyword),
            ],
            returns: Type::Str,
        };
        let module = ModuleInterface { functions: vec![function], ..ModuleInterface::default() };
        let text = generate("demo", &Interface { modules: BTreeMap::from([("app.report".to_owned(), module)]) });
        let head = "static inline molt_status app_report_render(molt_runtime *runtime, const char *text, \
                    int64_t value_, char **result, molt_error **error) {";
        assert!(text.contains(head), "{text}");
        assert!(text.contains("arguments, 2, names, 1, &value, error)"), "{text}");
        assert!(text.contains("#ifndef MOLT_DEMO_H"));
    }
}
