//! The text form of HIR, as `molt emit --stage hir` shows it: Python-like, with every name's kind spelt out.
//!
//! Invariant: deterministic, and total: any module prints. `x` is a local, `x#3` a comprehension's local, `%0` a temporary, `x@cell`,
//! `x@free`, `x@global` and `x@class` are what they say.

use super::types::*;
use std::fmt::Write as _;

/// The whole module as text.
pub fn print(module: &Module) -> String {
    let mut printer = Printer { module, out: String::new(), depth: 0, function: Module::BODY };
    printer.header();
    for (index, _) in module.functions.iter().enumerate() {
        printer.function_text(FuncId(index as u32));
    }
    printer.out
}

struct Printer<'a> {
    module: &'a Module,
    out: String,
    depth: usize,
    function: FuncId,
}

impl Printer<'_> {
    fn line(&mut self, text: &str) {
        for _ in 0..self.depth {
            self.out.push_str("    ");
        }
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn header(&mut self) {
        let module = self.module;
        let kind = if module.is_package { "package" } else { "module" };
        self.line(&format!("{kind} {}", module.name));
        let info = &module.info;
        for import in &info.imports {
            let mut text = format!("import {}{}", ".".repeat(import.level as usize), import.module);
            match &import.kind {
                ImportKind::Module => {}
                ImportKind::From(names) => {
                    let _ = write!(text, " ({})", join(names.iter()));
                }
                ImportKind::Star => text.push_str(" (*)"),
            }
            for (flag, word) in [
                (!import.unconditional, "conditional"),
                (import.type_checking, "type-checking"),
                (import.guarded, "guarded"),
            ] {
                if flag {
                    let _ = write!(text, " {word}");
                }
            }
            self.line(&text);
        }
        for (name, global) in &info.globals {
            if global.bindings == 0 && !global.deleted {
                continue;
            }
            let mut text = format!("global {name}: bound {}", global.bindings);
            for (flag, word) in [
                (global.deleted, "deleted"),
                (global.read, "read"),
                (global.written_in_function, "written-in-function"),
            ] {
                if flag {
                    let _ = write!(text, ", {word}");
                }
            }
            if let Some(binding) = global.once {
                let _ = write!(text, ", once by {binding:?}");
            }
            self.line(&text);
        }
        for (index, class) in module.classes.iter().enumerate() {
            let bases = class.bases.iter().map(|base| base.as_deref().unwrap_or("?"));
            self.line(&format!("class {index} {} ({})", class.qualname, join(bases)));
            self.depth += 1;
            for (word, names) in [("attributes", &class.attributes), ("self", &class.self_attributes)] {
                if !names.is_empty() {
                    self.line(&format!("{word}: {}", join(names.iter())));
                }
            }
            if let Some(slots) = &class.slots {
                self.line(&format!("slots: {}", join(slots.iter())));
            }
            for field in &class.fields {
                self.line(&format!("field {}: {:?} = {:?}", field.name, field.annotation, field.default));
            }
            if !class.methods.is_empty() {
                let methods = class.methods.iter().map(|method| format!("{}={}", method.name, method.func.0));
                self.line(&format!("methods: {}", join(methods)));
            }
            self.depth -= 1;
        }
    }

    fn function_text(&mut self, id: FuncId) {
        self.function = id;
        let function = self.module.function(id);
        let kind = match function.kind {
            FunctionKind::Module => "module",
            FunctionKind::Class(_) => "class-body",
            FunctionKind::Def => "def",
            FunctionKind::Lambda => "lambda",
            FunctionKind::GenExpr => "genexpr",
        };
        let params = function.params.iter().map(|param| {
            let prefix = match param.kind {
                ParamKind::PositionalOnly => "/",
                ParamKind::Normal => "",
                ParamKind::KeywordOnly => "kw ",
                ParamKind::VarArgs => "*",
                ParamKind::VarKwargs => "**",
            };
            let default = if param.has_default { "=" } else { "" };
            format!("{prefix}{}{default}", param.name)
        });
        let generator = match (function.is_async, function.is_generator) {
            (false, false) => "",
            (false, true) => " generator",
            (true, false) => " coroutine",
            (true, true) => " async-generator",
        };
        self.out.push('\n');
        let text =
            format!("{kind} {} {}({}) line {}{generator}:", id.0, function.qualname, join(params), function.first_line);
        self.line(&text);
        self.depth += 1;
        let locals: Vec<String> = (0..function.locals.len()).map(|index| self.local(LocalId(index as u32))).collect();
        if !locals.is_empty() {
            self.line(&format!("locals: {}", join(locals)));
        }
        if !function.cells.is_empty() {
            let cells = function.cells.iter().map(|cell| {
                let kind = if cell.comprehension { "#" } else { "" };
                format!("{}{kind}", cell.name)
            });
            self.line(&format!("cells: {}", join(cells)));
        }
        if !function.frees.is_empty() {
            let frees = function.frees.iter().map(|free| format!("{} from {:?}", free.name, free.source));
            self.line(&format!("frees: {}", join(frees)));
        }
        if let Some(doc) = &function.doc {
            self.line(&format!("doc: {}", constant(doc)));
        }
        self.block(&function.body);
        self.depth -= 1;
    }

    fn block(&mut self, block: &Block) {
        for stmt in block {
            self.stmt(stmt);
        }
    }

    fn nested(&mut self, head: &str, block: &Block) {
        self.line(head);
        self.depth += 1;
        if block.is_empty() {
            self.line("pass");
        }
        self.block(block);
        self.depth -= 1;
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Expr(expr) => {
                let text = self.expr(expr);
                self.line(&text);
            }
            StmtKind::Assign { targets, value } => {
                let mut text = String::new();
                for target in targets {
                    let _ = write!(text, "{} = ", self.target(target));
                }
                text.push_str(&self.expr(value));
                self.line(&text);
            }
            StmtKind::AugAssign { target, op, value } => {
                let text = format!("{} {}= {}", self.target(target), binary(*op), self.expr(value));
                self.line(&text);
            }
            StmtKind::Delete(target) => {
                let text = format!("del {}", self.target(target));
                self.line(&text);
            }
            StmtKind::Return(value) => {
                let text = match value {
                    Some(value) => format!("return {}", self.expr(value)),
                    None => "return".to_owned(),
                };
                self.line(&text);
            }
            StmtKind::Raise { exc, cause } => {
                let mut text = "raise".to_owned();
                if let Some(exc) = exc {
                    let _ = write!(text, " {}", self.expr(exc));
                }
                if let Some(cause) = cause {
                    let _ = write!(text, " from {}", self.expr(cause));
                }
                self.line(&text);
            }
            StmtKind::Assert { test, message } => {
                let mut text = format!("assert {}", self.expr(test));
                if let Some(message) = message {
                    let _ = write!(text, ", {}", self.expr(message));
                }
                self.line(&text);
            }
            StmtKind::If { branches, orelse } => {
                for (index, branch) in branches.iter().enumerate() {
                    let word = if index == 0 { "if" } else { "elif" };
                    let head = format!("{word} {}:", self.expr(&branch.test));
                    self.nested(&head, &branch.body);
                }
                self.optional("else:", orelse);
            }
            StmtKind::While { test, body, orelse } => {
                let head = format!("while {}:", self.expr(test));
                self.nested(&head, body);
                self.optional("else:", orelse);
            }
            StmtKind::For { is_async, target, iter, body, orelse } => {
                let iter = match iter {
                    Iter::Value(value) => self.expr(value),
                    Iter::Iterator(local) => format!("iterator {}", self.local(*local)),
                };
                let head = format!("{}for {} in {iter}:", asynchronous(*is_async), self.target(target));
                self.nested(&head, body);
                self.optional("else:", orelse);
            }
            StmtKind::Break => self.line("break"),
            StmtKind::Continue => self.line("continue"),
            StmtKind::Try { body, handlers, orelse, finally } => {
                self.nested("try:", body);
                for handler in handlers {
                    let mut head = "except".to_owned();
                    if let Some(test) = &handler.test {
                        let _ = write!(head, " {}", self.expr(test));
                    }
                    if let Some(name) = &handler.name {
                        let _ = write!(head, " as {}", self.name(name));
                    }
                    head.push(':');
                    self.nested(&head, &handler.body);
                }
                self.optional("else:", orelse);
                self.optional("finally:", finally);
            }
            StmtKind::With { is_async, context, target, body } => {
                let mut head = format!("{}with {}", asynchronous(*is_async), self.expr(context));
                if let Some(target) = target {
                    let _ = write!(head, " as {}", self.target(target));
                }
                head.push(':');
                self.nested(&head, body);
            }
            StmtKind::Import { module, leaf, target, .. } => {
                let word = if *leaf { "import-leaf" } else { "import" };
                let text = format!("{} = {word} {module}", self.name(target));
                self.line(&text);
            }
            StmtKind::ImportFrom { module, level, names, .. } => {
                let names: Vec<String> =
                    names.iter().map(|name| format!("{} = {}", self.name(&name.target), name.name)).collect();
                let dots = ".".repeat(*level as usize);
                self.line(&format!("from {dots}{module} import {}", join(names)));
            }
            StmtKind::ImportStar { module, level, .. } => {
                let dots = ".".repeat(*level as usize);
                self.line(&format!("from {dots}{module} import *"));
            }
            StmtKind::SetupAnnotations => self.line("setup-annotations"),
            StmtKind::StoreClassCell(cell) => {
                let text = format!("store-class-cell {}", self.name(&NameRef::Cell(*cell)));
                self.line(&text);
            }
        }
    }

    fn optional(&mut self, head: &str, block: &Block) {
        if !block.is_empty() {
            self.nested(head, block);
        }
    }

    fn local(&self, id: LocalId) -> String {
        match self.module.function(self.function).locals.get(id.index()) {
            Some(local) if local.kind == LocalKind::Comprehension => format!("{}#{}", local.name, id.0),
            Some(local) => local.name.to_string(),
            None => format!("?local{}", id.0),
        }
    }

    fn cell(&self, id: CellId) -> String {
        match self.module.function(self.function).cells.get(id.index()) {
            Some(cell) if cell.comprehension => format!("{}#{}@cell", cell.name, id.0),
            Some(cell) => format!("{}@cell", cell.name),
            None => format!("?cell{}", id.0),
        }
    }

    fn free(&self, id: FreeId) -> String {
        let free = self.module.function(self.function).frees.get(id.index());
        free.map_or_else(|| format!("?free{}", id.0), |free| format!("{}@free", free.name))
    }

    fn name(&self, name: &NameRef) -> String {
        match name {
            NameRef::Local(id) => self.local(*id),
            NameRef::Cell(id) => self.cell(*id),
            NameRef::Free(id) => self.free(*id),
            NameRef::Global(name) => format!("{name}@global"),
            NameRef::Class { name, outer: None } => format!("{name}@class"),
            NameRef::Class { name, outer: Some(Capture::Free(id)) } => format!("{name}@class|{}", self.free(*id)),
            NameRef::Class { name, outer: Some(Capture::Cell(id)) } => format!("{name}@class|{}", self.cell(*id)),
        }
    }

    fn target(&self, target: &Target) -> String {
        match &target.kind {
            TargetKind::Name(name) => self.name(name),
            TargetKind::Attribute { value, attr } => format!("{}.{attr}", self.expr(value)),
            TargetKind::Subscript { value, index } => format!("{}[{}]", self.expr(value), self.expr(index)),
            TargetKind::Unpack { before, star, after } => {
                let mut parts: Vec<String> = before.iter().map(|target| self.target(target)).collect();
                parts.extend(star.iter().map(|target| format!("*{}", self.target(target))));
                parts.extend(after.iter().map(|target| self.target(target)));
                format!("unpack({})", join(parts))
            }
        }
    }

    fn exprs<'e>(&self, exprs: impl IntoIterator<Item = &'e Expr>) -> String {
        join(exprs.into_iter().map(|expr| self.expr(expr)))
    }

    fn elements(&self, elements: &[Element]) -> String {
        join(elements.iter().map(|element| match element {
            Element::Item(expr) => self.expr(expr),
            Element::Star(expr) => format!("*{}", self.expr(expr)),
        }))
    }

    fn args(&self, args: &Args) -> String {
        let mut parts = Vec::new();
        if !args.positional.is_empty() {
            parts.push(self.elements(&args.positional));
        }
        parts.extend(args.keywords.iter().map(|keyword| match keyword {
            Keyword::Named { name, value } => format!("{name}={}", self.expr(value)),
            Keyword::DoubleStar(value) => format!("**{}", self.expr(value)),
        }));
        join(parts)
    }

    fn expr(&self, expr: &Expr) -> String {
        match &expr.kind {
            ExprKind::Const(value) => constant(value),
            ExprKind::Name(name) => self.name(name),
            ExprKind::Named { target, value } => format!("({} := {})", self.name(target), self.expr(value)),
            ExprKind::Not(operand) => format!("(not {})", self.expr(operand)),
            ExprKind::Unary { op, operand } => {
                let sign = match op {
                    UnaryOp::Neg => '-',
                    UnaryOp::Pos => '+',
                    UnaryOp::Invert => '~',
                };
                format!("({sign}{})", self.expr(operand))
            }
            ExprKind::Binary { op, left, right } => {
                format!("({} {} {})", self.expr(left), binary(*op), self.expr(right))
            }
            ExprKind::And(values) => self.infix(values, " and "),
            ExprKind::Or(values) => self.infix(values, " or "),
            ExprKind::Compare { left, rest } => {
                let mut text = format!("({}", self.expr(left));
                for (op, right) in rest {
                    let _ = write!(text, " {} {}", comparison(*op), self.expr(right));
                }
                text + ")"
            }
            ExprKind::IfElse { test, body, orelse } => {
                format!("({} if {} else {})", self.expr(body), self.expr(test), self.expr(orelse))
            }
            ExprKind::Attribute { value, attr } => format!("{}.{attr}", self.expr(value)),
            ExprKind::Subscript { value, index } => format!("{}[{}]", self.expr(value), self.expr(index)),
            ExprKind::Slice { lower, upper, step } => {
                let part = |part: &Option<Box<Expr>>| part.as_ref().map_or(String::new(), |e| self.expr(e));
                format!("slice({}:{}:{})", part(lower), part(upper), part(step))
            }
            ExprKind::Call { func, args } => format!("{}({})", self.expr(func), self.args(args)),
            ExprKind::ZeroArgSuper { func, class, first } => {
                let name = |name: &Option<NameRef>| name.as_ref().map_or("?".to_owned(), |name| self.name(name));
                format!("{}/super({}, {})", self.expr(func), name(class), name(first))
            }
            ExprKind::List(elements) => format!("[{}]", self.elements(elements)),
            ExprKind::Tuple(elements) => format!("tuple({})", self.elements(elements)),
            ExprKind::Set(elements) => format!("set({})", self.elements(elements)),
            ExprKind::Dict(items) => {
                let items = items.iter().map(|item| match item {
                    DictItem::Pair(key, value) => format!("{}: {}", self.expr(key), self.expr(value)),
                    DictItem::DoubleStar(value) => format!("**{}", self.expr(value)),
                });
                format!("{{{}}}", join(items))
            }
            ExprKind::Comprehension(comprehension) => self.comprehension(comprehension),
            ExprKind::GenExpr { is_async, func, iter } => {
                format!("{}genexpr {}({})", asynchronous(*is_async), func.0, self.expr(iter))
            }
            ExprKind::MakeFunction(make) => self.make_function(make),
            ExprKind::MakeClass(make) => {
                let class = self.module.class(make.class);
                format!("class {} body {}({})", make.class.0, class.body.0, self.args(&make.args))
            }
            ExprKind::FString(parts) => format!("f{}", self.fparts(parts)),
            ExprKind::Yield(None) => "(yield)".to_owned(),
            ExprKind::Yield(Some(value)) => format!("(yield {})", self.expr(value)),
            ExprKind::YieldFrom(value) => format!("(yield from {})", self.expr(value)),
            ExprKind::Await(value) => format!("(await {})", self.expr(value)),
            ExprKind::Match(op) => self.match_op(op),
        }
    }

    fn infix(&self, values: &[Expr], between: &str) -> String {
        let parts: Vec<String> = values.iter().map(|value| self.expr(value)).collect();
        format!("({})", parts.join(between))
    }

    fn comprehension(&self, comprehension: &Comprehension) -> String {
        let (kind, element) = match &comprehension.kind {
            ComprehensionKind::List(element) => ("list", self.expr(element)),
            ComprehensionKind::Set(element) => ("set", self.expr(element)),
            ComprehensionKind::Dict(key, value) => ("dict", format!("{}: {}", self.expr(key), self.expr(value))),
        };
        let mut text = format!("{kind}<{element}");
        for clause in &comprehension.clauses {
            let _ = match clause {
                Clause::For { is_async, target, iter } => {
                    let word = asynchronous(*is_async);
                    write!(text, " {word}for {} in {}", self.target(target), self.expr(iter))
                }
                Clause::If(test) => write!(text, " if {}", self.expr(test)),
            };
        }
        text + ">"
    }

    fn make_function(&self, make: &MakeFunction) -> String {
        let mut parts = Vec::new();
        if !make.defaults.is_empty() {
            parts.push(format!("defaults=[{}]", self.exprs(&make.defaults)));
        }
        for (word, pairs) in [("kw", &make.kw_defaults), ("annotations", &make.annotations)] {
            if !pairs.is_empty() {
                let pairs = pairs.iter().map(|(name, value)| format!("{name}: {}", self.expr(value)));
                parts.push(format!("{word}={{{}}}", join(pairs)));
            }
        }
        format!("function {}({})", make.func.0, join(parts))
    }

    fn fparts(&self, parts: &[FPart]) -> String {
        let parts = parts.iter().map(|part| match part {
            FPart::Literal(text) => constant(text),
            FPart::Value { value, conversion, spec, .. } => {
                let conversion = match conversion {
                    Conversion::None => "",
                    Conversion::Str => "!s",
                    Conversion::Repr => "!r",
                    Conversion::Ascii => "!a",
                };
                let spec = spec.as_ref().map_or(String::new(), |spec| format!(":{}", self.fparts(spec)));
                format!("{{{}{conversion}{spec}}}", self.expr(value))
            }
        });
        format!("<{}>", join(parts))
    }

    fn match_op(&self, op: &MatchOp) -> String {
        match op {
            MatchOp::Bind { target, value } => format!("bind({} = {})", self.target(target), self.expr(value)),
            MatchOp::IsSequence(value) => format!("is-sequence({})", self.expr(value)),
            MatchOp::IsMapping(value) => format!("is-mapping({})", self.expr(value)),
            MatchOp::Len { value, count, at_least } => {
                let op = if *at_least { ">=" } else { "==" };
                format!("(len({}) {op} {count})", self.expr(value))
            }
            MatchOp::Item { value, index, from_end } => {
                let sign = if *from_end { "-" } else { "" };
                format!("item({}, {sign}{index})", self.expr(value))
            }
            MatchOp::Keys { value, keys } => format!("keys({}; {})", self.expr(value), self.exprs(keys)),
            MatchOp::Rest { value, keys } => format!("rest({}; {})", self.expr(value), self.exprs(keys)),
            MatchOp::Class { value, class, positional, keywords } => {
                format!(
                    "match-class({}, {}, {positional}; {})",
                    self.expr(value),
                    self.expr(class),
                    join(keywords.iter())
                )
            }
        }
    }
}

fn asynchronous(is_async: bool) -> &'static str {
    if is_async { "async " } else { "" }
}

fn join<T: AsRef<str>>(parts: impl IntoIterator<Item = T>) -> String {
    let mut text = String::new();
    for part in parts {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(part.as_ref());
    }
    text
}

/// A constant as Python would write it, near enough to read.
pub(super) fn constant(value: &Constant) -> String {
    match value {
        Constant::None => "None".to_owned(),
        Constant::True => "True".to_owned(),
        Constant::False => "False".to_owned(),
        Constant::Ellipsis => "...".to_owned(),
        Constant::Int(value) => value.to_string(),
        Constant::BigInt(value) => value.to_string(),
        Constant::Float(value) => format!("{value:?}"),
        Constant::Imaginary(value) => format!("{value:?}j"),
        Constant::Str(text) => format!("{text:?}"),
        Constant::WideStr(points) => {
            let text: String = points
                .iter()
                .map(|point| match char::from_u32(*point) {
                    Some(c) => c.escape_debug().to_string(),
                    None => format!("\\u{point:04x}"),
                })
                .collect();
            format!("\"{text}\"")
        }
        Constant::Bytes(bytes) => format!("b\"{}\"", bytes.escape_ascii()),
        Constant::Tuple(items) if items.len() == 1 => format!("({},)", constant(&items[0])),
        Constant::Tuple(items) => format!("({})", join(items.iter().map(constant))),
    }
}

fn binary(op: BinOp) -> &'static str {
    match op {
        BinOp::Add => "+",
        BinOp::Sub => "-",
        BinOp::Mul => "*",
        BinOp::MatMul => "@",
        BinOp::Div => "/",
        BinOp::FloorDiv => "//",
        BinOp::Mod => "%",
        BinOp::Pow => "**",
        BinOp::LShift => "<<",
        BinOp::RShift => ">>",
        BinOp::BitAnd => "&",
        BinOp::BitOr => "|",
        BinOp::BitXor => "^",
    }
}

fn comparison(op: CmpOp) -> &'static str {
    match op {
        CmpOp::Eq => "==",
        CmpOp::Ne => "!=",
        CmpOp::Lt => "<",
        CmpOp::Le => "<=",
        CmpOp::Gt => ">",
        CmpOp::Ge => ">=",
        CmpOp::Is => "is",
        CmpOp::IsNot => "is not",
        CmpOp::In => "in",
        CmpOp::NotIn => "not in",
    }
}
