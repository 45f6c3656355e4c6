//! Class statements: the instance slots that a class shows, and the call that makes the class object.

use super::ModuleBuilder;
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

impl ModuleBuilder<'_> {
    /// Fills the class table. Bases come before the classes that name them, so their facts are there when needed.
    pub fn classes(&mut self) {
        let hir = self.hir;
        for (index, class) in hir.classes.iter().enumerate() {
            let id = ClassId(index as u32);
            let known = self.module.known.iter().find(|(_, k)| **k == Known::Class(id)).map(|(k, _)| k);
            let base = self.known_base(class, id);
            let mut slots: Vec<ConstId> = slot_names(class).iter().map(|name| self.module.consts.str(name)).collect();
            let inherited = match base {
                Some(Some(base)) => self.module.classes[base].facts.as_ref().map_or(vec![], |f| f.layout.clone()),
                _ => vec![],
            };
            slots.retain(|slot| !inherited.contains(slot));
            let facts = base.map(|base| self.facts(class, base, inherited, &slots));
            self.module.classes.push(Class { body: CodeId(class.body.0), slots, known, facts });
        }
    }

    /// The one base of a class if it has none but `object` (`Some(None)`) or a class of the module with facts.
    fn known_base(&self, class: &hir::Class, id: ClassId) -> Option<Option<ClassId>> {
        let inspected = self.hir.function(class.body).may_inspect_locals;
        if !class.decorators.is_empty() || inspected || self.hir.info.has_star_import {
            return None;
        }
        let name = match class.bases.as_slice() {
            [] => return Some(None),
            [Some(name)] => name,
            _ => return None,
        };
        match self.hir.info.globals.get(name) {
            Some(hir::Global { once: Some(hir::Binding::Class(base)), .. }) => {
                let base = ClassId(base.0);
                (base < id && self.module.classes[base].facts.is_some()).then_some(Some(base))
            }
            // A name that the module never binds is the builtin, or NameError.
            Some(hir::Global { bindings: 0, .. }) if &**name == "object" => Some(None),
            _ => None,
        }
    }

    fn facts(
        &mut self,
        class: &hir::Class,
        base: Option<ClassId>,
        inherited: Vec<ConstId>,
        slots: &[ConstId],
    ) -> ClassFacts {
        let base_facts = base.and_then(|base| self.module.classes[base].facts.clone());
        let consts = &mut self.module.consts;
        let mut attributes: Vec<ConstId> = Vec::new();
        for name in class.methods.iter().map(|m| &m.name).chain(&class.attributes) {
            let name = consts.str(name);
            if !attributes.contains(&name) {
                attributes.push(name);
            }
        }
        let once = |name: &hir::Ident| {
            class.methods.iter().filter(|m| m.name == *name).count() == 1 && !class.attributes.contains(name)
        };
        let methods = class
            .methods
            .iter()
            .filter(|m| m.decorators.is_empty() && once(&m.name))
            .map(|m| (consts.str(&m.name), CodeId(m.func.0)))
            .collect();
        let binds = |name: &str| {
            class.methods.iter().any(|m| &*m.name == name) || class.attributes.iter().any(|a| &**a == name)
        };
        ClassFacts {
            base,
            layout: inherited.into_iter().chain(slots.iter().copied()).collect(),
            attributes,
            methods,
            plain_attributes: !["__getattribute__", "__setattr__", "__delattr__"].iter().any(|n| binds(n))
                && base_facts.as_ref().is_none_or(|f| f.plain_attributes),
            plain_construction: class.keywords.is_empty()
                && !binds("__new__")
                && base_facts.as_ref().is_none_or(|f| f.plain_construction),
        }
    }
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
