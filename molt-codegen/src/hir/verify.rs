//! The verifier of HIR: what the types can't say.
//!
//! Invariant: every index is in range, captures lead to the parent's variables, a function is made only by its parent, names are
//! of the kind that the function's kind allows, and `break`, `continue` and `yield` stand where they can run. The pipeline runs it
//! in debug builds; tests run it always.

use super::types::*;

/// A contradiction in a module's HIR: a fault of the compiler.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VerifyError {
    /// The function it is in.
    pub function: FuncId,
    /// What is wrong.
    pub message: String,
}

impl std::fmt::Display for VerifyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "function {}: {}", self.function.0, self.message)
    }
}

impl std::error::Error for VerifyError {}

/// Checks a module.
///
/// # Errors
/// Every contradiction found, in the order of the functions.
pub fn verify(module: &Module) -> Result<(), Vec<VerifyError>> {
    let mut errors = Vec::new();
    let mut made = vec![0u32; module.functions.len()];
    for (index, function) in module.functions.iter().enumerate() {
        let id = FuncId(index as u32);
        let mut verifier = Verifier { module, function, id, loops: 0, made: &mut made, errors: &mut errors };
        verifier.function();
    }
    for (index, count) in made.iter().enumerate().skip(1) {
        if *count != 1 {
            let message = format!("made by {count} expressions instead of one");
            errors.push(VerifyError { function: FuncId(index as u32), message });
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

struct Verifier<'a> {
    module: &'a Module,
    function: &'a Function,
    id: FuncId,
    loops: u32,
    /// How many expressions make each function.
    made: &'a mut Vec<u32>,
    errors: &'a mut Vec<VerifyError>,
}

impl Verifier<'_> {
    fn check(&mut self, holds: bool, message: &str) {
        if !holds {
            self.errors.push(VerifyError { function: self.id, message: message.to_owned() });
        }
    }

    fn function(&mut self) {
        let function = self.function;
        let is_module = self.id == Module::BODY;
        self.check(is_module == (function.kind == FunctionKind::Module), "only function 0 is the module body");
        self.check(function.parent.is_none() == is_module, "every function but the module body has a parent");
        self.check(function.parent.is_none_or(|parent| parent < self.id), "a function comes before those it contains");
        let params = function.params.len();
        let kinds = function.locals.iter().map(|local| local.kind == LocalKind::Param);
        self.check(kinds.eq((0..function.locals.len()).map(|index| index < params)), "parameters are the first locals");
        let names = function.params.iter().zip(&function.locals);
        self.check(names.clone().all(|(param, local)| param.name == local.name), "parameter i is local i");
        for cell in &function.cells {
            let in_range = cell.param.is_none_or(|local| local.index() < params);
            self.check(in_range && !(cell.comprehension && cell.param.is_some()), "a cell's parameter exists");
        }
        let parent = function.parent.map(|parent| self.module.function(parent));
        for free in &function.frees {
            let name = parent.and_then(|parent| match free.source {
                Capture::Cell(cell) => parent.cells.get(cell.index()).map(|cell| &cell.name),
                Capture::Free(outer) => parent.frees.get(outer.index()).map(|outer| &outer.name),
            });
            self.check(name == Some(&free.name), "a captured variable is the parent's of that name");
        }
        self.block(&function.body);
    }

    fn name(&mut self, name: &NameRef) {
        let function = self.function;
        match name {
            NameRef::Local(id) => self.check(id.index() < function.locals.len(), "a local exists"),
            NameRef::Cell(id) => self.check(id.index() < function.cells.len(), "a cell exists"),
            NameRef::Free(id) => self.check(id.index() < function.frees.len(), "a free variable exists"),
            NameRef::Global(_) => {}
            NameRef::Class { outer, .. } => {
                let in_class = matches!(function.kind, FunctionKind::Class(_));
                self.check(in_class, "class names occur in class bodies only");
                match outer {
                    Some(Capture::Free(id)) => self.name(&NameRef::Free(*id)),
                    Some(Capture::Cell(id)) => self.name(&NameRef::Cell(*id)),
                    None => {}
                }
            }
        }
    }

    fn makes(&mut self, func: FuncId) {
        match self.module.functions.get(func.index()) {
            Some(made) => {
                self.check(made.parent == Some(self.id), "a function is made by its parent");
                self.made[func.index()] += 1;
            }
            None => self.check(false, "a function exists"),
        }
    }

    fn import(&mut self, import: ImportId) {
        self.check(import.index() < self.module.info.imports.len(), "an import is recorded");
    }

    fn block(&mut self, block: &Block) {
        for stmt in block {
            self.stmt(stmt);
        }
    }

    fn repeated(&mut self, block: &Block) {
        self.loops += 1;
        self.block(block);
        self.loops -= 1;
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Expr(expr) => self.expr(expr),
            StmtKind::Assign { targets, value } => {
                self.expr(value);
                self.check(!targets.is_empty(), "an assignment has a target");
                targets.iter().for_each(|target| self.target(target));
            }
            StmtKind::AugAssign { target, value, .. } => {
                let single = !matches!(target.kind, TargetKind::Unpack { .. });
                self.check(single, "an augmented assignment has a single target");
                self.target(target);
                self.expr(value);
            }
            StmtKind::Delete(target) => self.target(target),
            StmtKind::Return(value) => {
                let in_function = !matches!(self.function.kind, FunctionKind::Module | FunctionKind::Class(_));
                self.check(in_function, "return stands in a function");
                self.exprs(value);
            }
            StmtKind::Raise { exc, cause } => {
                self.check(exc.is_some() || cause.is_none(), "a cause needs an exception");
                self.exprs(exc);
                self.exprs(cause);
            }
            StmtKind::Assert { test, message } => {
                self.expr(test);
                self.exprs(message);
            }
            StmtKind::If { branches, orelse } => {
                self.check(!branches.is_empty(), "an if has a branch");
                for branch in branches {
                    self.expr(&branch.test);
                    self.block(&branch.body);
                }
                self.block(orelse);
            }
            StmtKind::While { test, body, orelse } => {
                self.expr(test);
                self.repeated(body);
                self.block(orelse);
            }
            StmtKind::For { is_async, target, iter, body, orelse } => {
                self.awaits(*is_async);
                match iter {
                    Iter::Value(value) => self.expr(value),
                    Iter::Iterator(local) => self.name(&NameRef::Local(*local)),
                }
                self.target(target);
                self.repeated(body);
                self.block(orelse);
            }
            StmtKind::Break | StmtKind::Continue => self.check(self.loops > 0, "break and continue stand in a loop"),
            StmtKind::Try { body, handlers, orelse, finally } => {
                self.block(body);
                for (index, handler) in handlers.iter().enumerate() {
                    let last = index + 1 == handlers.len();
                    self.check(last || handler.test.is_some(), "only the last handler is bare");
                    self.exprs(&handler.test);
                    handler.name.iter().for_each(|name| self.name(name));
                    self.block(&handler.body);
                }
                self.block(orelse);
                self.block(finally);
            }
            StmtKind::With { is_async, context, target, body } => {
                self.awaits(*is_async);
                self.expr(context);
                target.iter().for_each(|target| self.target(target));
                self.block(body);
            }
            StmtKind::Import { import, target, .. } => {
                self.import(*import);
                self.name(target);
            }
            StmtKind::ImportFrom { import, names, .. } => {
                self.import(*import);
                names.iter().for_each(|name| self.name(&name.target));
            }
            StmtKind::ImportStar { import, .. } => {
                self.import(*import);
                self.check(self.id == Module::BODY, "import * stands at module level");
            }
            StmtKind::SetupAnnotations => {
                let allowed = matches!(self.function.kind, FunctionKind::Module | FunctionKind::Class(_));
                self.check(allowed, "annotations are set up in modules and classes");
            }
            StmtKind::StoreClassCell(cell) => {
                let allowed = matches!(self.function.kind, FunctionKind::Class(_));
                self.check(allowed, "a class cell is stored by a class body");
                self.name(&NameRef::Cell(*cell));
            }
        }
    }

    fn target(&mut self, target: &Target) {
        match &target.kind {
            TargetKind::Name(name) => self.name(name),
            TargetKind::Attribute { value, .. } => self.expr(value),
            TargetKind::Subscript { value, index } => {
                self.expr(value);
                self.expr(index);
            }
            TargetKind::Unpack { before, star, after } => {
                self.check(star.is_some() || after.is_empty(), "only a star has targets after it");
                before.iter().chain(star.as_deref()).chain(after).for_each(|target| self.target(target));
            }
        }
    }

    fn exprs<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr>) {
        exprs.into_iter().for_each(|expr| self.expr(expr));
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Const(_) => {}
            ExprKind::Name(name) => self.name(name),
            ExprKind::Named { target, value } => {
                self.expr(value);
                self.name(target);
            }
            ExprKind::Not(operand) | ExprKind::Unary { operand, .. } => self.expr(operand),
            ExprKind::Binary { left, right, .. } => self.exprs([&**left, &**right]),
            ExprKind::And(values) | ExprKind::Or(values) => {
                self.check(values.len() > 1, "and, or have two operands");
                self.exprs(values);
            }
            ExprKind::Compare { left, rest } => {
                self.check(!rest.is_empty(), "a comparison has two operands");
                self.expr(left);
                self.exprs(rest.iter().map(|(_, right)| right));
            }
            ExprKind::IfElse { test, body, orelse } => self.exprs([&**test, &**body, &**orelse]),
            ExprKind::Attribute { value, .. } => self.expr(value),
            ExprKind::Subscript { value, index } => self.exprs([&**value, &**index]),
            ExprKind::Slice { lower, upper, step } => {
                self.exprs([lower, upper, step].into_iter().flatten().map(|e| &**e))
            }
            ExprKind::Call { func, args } => {
                self.expr(func);
                self.args(args);
            }
            ExprKind::ZeroArgSuper { func, class, first } => {
                self.expr(func);
                class.iter().chain(first).for_each(|name| self.name(name));
            }
            ExprKind::List(elements) | ExprKind::Tuple(elements) | ExprKind::Set(elements) => {
                self.exprs(elements.iter().map(Element::expr));
            }
            ExprKind::Dict(items) => {
                for item in items {
                    match item {
                        DictItem::Pair(key, value) => self.exprs([key, value]),
                        DictItem::DoubleStar(value) => self.expr(value),
                    }
                }
            }
            ExprKind::Comprehension(comprehension) => self.comprehension(comprehension),
            ExprKind::GenExpr { func, iter, .. } => {
                self.expr(iter);
                self.makes(*func);
            }
            ExprKind::MakeFunction(make) => {
                self.exprs(&make.defaults);
                self.exprs(make.kw_defaults.iter().chain(&make.annotations).map(|(_, value)| value));
                self.makes(make.func);
            }
            ExprKind::MakeClass(make) => {
                match self.module.classes.get(make.class.index()) {
                    Some(class) => self.makes(class.body),
                    None => self.check(false, "a class exists"),
                }
                self.args(&make.args);
            }
            ExprKind::FString(parts) => self.fparts(parts),
            ExprKind::Yield(value) => {
                self.check(self.function.is_generator, "yield stands in a generator");
                self.exprs(value.as_deref());
            }
            ExprKind::YieldFrom(value) => {
                let allowed = self.function.is_generator && !self.function.is_async;
                self.check(allowed, "yield from stands in a generator that is not asynchronous");
                self.expr(value);
            }
            ExprKind::Await(value) => {
                self.awaits(true);
                self.expr(value);
            }
            ExprKind::Match(op) => self.match_op(op),
        }
    }

    fn awaits(&mut self, is_async: bool) {
        self.check(!is_async || self.function.is_async, "await stands in a coroutine or an asynchronous generator");
    }

    fn args(&mut self, args: &Args) {
        self.exprs(args.positional.iter().map(Element::expr));
        self.exprs(args.keywords.iter().map(|keyword| match keyword {
            Keyword::Named { value, .. } | Keyword::DoubleStar(value) => value,
        }));
    }

    fn fparts(&mut self, parts: &[FPart]) {
        for part in parts {
            if let FPart::Value { value, spec, .. } = part {
                self.expr(value);
                spec.iter().for_each(|spec| self.fparts(spec));
            }
        }
    }

    fn comprehension(&mut self, comprehension: &Comprehension) {
        let function = self.function;
        let starts = matches!(comprehension.clauses.first(), Some(Clause::For { .. }));
        self.check(starts, "a comprehension begins with a for");
        for local in &comprehension.locals {
            let kind = function.locals.get(local.index()).map(|local| local.kind);
            self.check(kind == Some(LocalKind::Comprehension), "a comprehension's local is its own");
        }
        for cell in &comprehension.cells {
            let own = function.cells.get(cell.index()).is_some_and(|cell| cell.comprehension);
            self.check(own, "a comprehension's cell is its own");
        }
        for clause in &comprehension.clauses {
            match clause {
                Clause::For { is_async, target, iter } => {
                    self.awaits(*is_async);
                    self.expr(iter);
                    self.target(target);
                }
                Clause::If(test) => self.expr(test),
            }
        }
        match &comprehension.kind {
            ComprehensionKind::List(element) | ComprehensionKind::Set(element) => self.expr(element),
            ComprehensionKind::Dict(key, value) => self.exprs([key, value]),
        }
    }

    fn match_op(&mut self, op: &MatchOp) {
        match op {
            MatchOp::Bind { target, value } => {
                self.expr(value);
                self.target(target);
            }
            MatchOp::IsSequence(value)
            | MatchOp::IsMapping(value)
            | MatchOp::Len { value, .. }
            | MatchOp::Item { value, .. } => self.expr(value),
            MatchOp::Keys { value, keys } | MatchOp::Rest { value, keys } => {
                self.expr(value);
                self.exprs(keys);
            }
            MatchOp::Class { value, class, .. } => self.exprs([&**value, &**class]),
        }
    }
}
