//! Class statements: the instance slots that a class shows, and the call that makes the class object.

use super::function::FunctionBuilder;
use crate::hir;
use crate::mir::*;
use crate::source::Span;
use molt_abi::intrinsic::Intrinsic;

/// More slots than this would make every instance large for attributes that few have.
const MAX_SLOTS: usize = 48;

/// Names that are never instance slots: they live on the type or are special to every object.
const RESERVED: &[&str] = &["__dict__", "__class__", "__weakref__", "__doc__", "__slots__", "__module__"];

/// The attributes that get an instance slot: `__slots__`, else what methods assign on their first parameter and what the body
/// annotates. A name that is a method or property of the class is not stored on instances.
pub fn slot_names(class: &hir::Class) -> Vec<hir::Ident> {
    let mut names: Vec<hir::Ident> = Vec::new();
    let annotated: Vec<hir::Ident> = class.fields.iter().map(|f| f.name.clone()).collect();
    let candidates = match &class.slots {
        Some(slots) => slots.clone(),
        None => class.self_attributes.iter().cloned().chain(annotated).collect(),
    };
    for name in candidates {
        let is_method = class.methods.iter().any(|m| m.name == name);
        if !is_method && !RESERVED.contains(&&*name) && !names.contains(&name) && names.len() < MAX_SLOTS {
            names.push(name);
        }
    }
    names
}

impl FunctionBuilder<'_, '_> {
    /// `class` before decorators: makes the body function, evaluates bases and keywords, builds the class.
    pub fn make_class(&mut self, make: &hir::MakeClass, span: Span) -> Value {
        let hir = self.m.hir;
        let class = hir.class(make.class);
        let body = self.function_object(class.body, None, None, None);
        if make.args.is_simple() {
            let name = self.name_operand(&class.name);
            let (mut args, kwnames) = self.simple_args(&make.args);
            let mut operands = vec![body.into(), name, kwnames];
            operands.append(&mut args);
            return self.call(Intrinsic::build_class, operands, span);
        }
        // Starred bases or keywords: through the builtin, as the arguments have to be collected at run time.
        let builder = self.load_global(&"__build_class__".into(), span);
        let name = self.str_value(&class.name);
        let first = vec![body.into(), name.into()];
        self.call_collected(builder, first, &make.args, span)
    }
}
