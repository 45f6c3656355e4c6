//! Modules: attributes are the entries of the namespace, whose values live in the module's global slots.
//!
//! Invariant: every store goes through [`Rt::set_module_global`], so that compiled code, which reads the slots, sees it.

use super::spec::{GetSetDef, MethodDef, NativeFn, Slots, TypeSpec};
use crate::object::{dict, list, module, str};
use crate::ops::attr;
use crate::ops::call::Args;
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    subclassable: true,
    doc: "Create a module object.\n\nThe name must be a string; the optional docstring can have any type.",
    slots: Slots {
        repr: Some(repr),
        getattr: Some(getattr),
        setattr: Some(setattr),
        new: Some(new),
        init: Some(init),
        ..Slots::EMPTY
    },
    methods: &[MethodDef::new("__dir__", NativeFn::NoArgs(dir), "($self, /)", "Default dir() implementation.")],
    getset: &[GetSetDef::read_only("__dict__", |rt, module| Ok(rt.namespace(module)))],
    ..TypeSpec::new("module", Kind::Module)
};

fn new(rt: &Rt, cls: &Obj, _args: Args<'_>) -> R {
    let ty = crate::object::types::as_type(cls).unwrap_or_else(|| rt.kind_type(Kind::Module));
    let namespace = dict::new(rt);
    Ok(module::with_type(rt, ty, namespace))
}

fn init(rt: &Rt, self_: &Obj, args: Args<'_>) -> R<()> {
    let (name, doc) = match args.positional() {
        [name] if !args.has_keywords() => (name.clone(), Obj::none()),
        [name, doc] if !args.has_keywords() => (name.clone(), doc.clone()),
        _ => return Err(rt.type_error(format_args!("module() takes 1 or 2 positional arguments"))),
    };
    if str::get(&name).is_none() {
        return Err(rt.type_error(format_args!("module() argument 'name' must be str, not {}", rt.type_name(&name))));
    }
    let names = rt.names();
    for (key, value) in [
        (&names.__name__, name),
        (&names.__doc__, doc),
        (&names.__package__, Obj::none()),
        (&names.__loader__, Obj::none()),
        (&names.__spec__, Obj::none()),
    ] {
        rt.set_module_global(self_, key, Some(value));
    }
    Ok(())
}

fn repr(rt: &Rt, self_: &Obj) -> R {
    let namespace = rt.namespace(self_);
    let text = |key: &Obj| dict::get_str(&namespace, key).filter(|v| str::get(v).is_some());
    let name = match text(&rt.names().__name__) {
        Some(name) => rt.repr_text(&name)?,
        None => "'?'".to_owned(),
    };
    Ok(rt.str(&match text(&rt.names().__file__) {
        Some(file) => format!("<module {name} from {}>", rt.repr_text(&file)?),
        None => format!("<module {name} (built-in)>"),
    }))
}

/// `module.name`: data descriptors of the type, the namespace, the rest of the type, then `__getattr__` (PEP 562).
fn getattr(rt: &Rt, self_: &Obj, name: &Obj) -> R {
    let ty = rt.type_of(self_);
    let on_type = rt.lookup(ty, name);
    if let Some(attr) = &on_type
        && rt.type_of(attr).slots.descr_set.get().is_some()
    {
        return attr::bind(rt, attr, Some(self_), ty);
    }
    let namespace = rt.namespace(self_);
    if let Some(value) = dict::get_str(&namespace, name) {
        return Ok(value);
    }
    if let Some(attr) = &on_type {
        return attr::bind(rt, attr, Some(self_), ty);
    }
    if let Some(hook) = dict::get_str(&namespace, &rt.names().__getattr__) {
        return rt.call(&hook, std::slice::from_ref(name));
    }
    Err(missing(rt, self_, name))
}

#[cold]
fn missing(rt: &Rt, self_: &Obj, name: &Obj) -> crate::runtime::Raised {
    let module = dict::get_str(&rt.namespace(self_), &rt.names().__name__).filter(|n| str::get(n).is_some());
    let name_text = str::to_string(name);
    let Some(module) = module.map(|m| str::to_string(&m)) else {
        return rt.attribute_error(self_, name, format_args!("module has no attribute '{name_text}'"));
    };
    let running = module::get(self_).and_then(|m| m.data()).is_some_and(|data| rt.is_running(data));
    if running {
        let message = format_args!(
            "partially initialized module '{module}' has no attribute '{name_text}' (most likely due to a circular import)"
        );
        return rt.attribute_error(self_, name, message);
    }
    rt.attribute_error(self_, name, format_args!("module '{module}' has no attribute '{name_text}'"))
}

fn setattr(rt: &Rt, self_: &Obj, name: &Obj, value: Option<&Obj>) -> R<()> {
    let ty = rt.type_of(self_);
    if let Some(attr) = rt.lookup(ty, name)
        && let Some(set) = rt.type_of(&attr).slots.descr_set.get()
    {
        return set(rt, &attr, self_, value);
    }
    if rt.set_module_global(self_, name, value.cloned()) || value.is_some() {
        return Ok(());
    }
    Err(missing(rt, self_, name))
}

fn dir(rt: &Rt, self_: &Obj) -> R {
    let namespace = rt.namespace(self_);
    if let Some(hook) = dict::get_str(&namespace, &rt.intern("__dir__")) {
        return rt.call(&hook, &[]);
    }
    let names = dict::items(&namespace).into_iter().map(|(name, _)| name).collect();
    Ok(list::new(rt, names))
}
