//! Functions made by `def` and `lambda`.
//!
//! Invariant: whatever changes how a function is called tells its known cell.

use super::spec::{GetSetDef, Slots, TypeSpec};
use crate::object::function::{self, FunctionObject, Parts};
use crate::object::module::Data;
use crate::object::{dict, method, str};
use crate::ops::bind;
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    has_dict: true,
    slots: Slots { repr: Some(repr), call: Some(bind::call_function), descr_get: Some(descr_get), ..Slots::EMPTY },
    getset: &[
        GetSetDef { name: "__name__", get: name, set: Some(set_name), doc: "" },
        GetSetDef { name: "__qualname__", get: qualname, set: Some(set_qualname), doc: "" },
        GetSetDef { name: "__doc__", get: doc, set: Some(set_doc), doc: "" },
        GetSetDef { name: "__module__", get: module, set: Some(set_module), doc: "" },
        GetSetDef { name: "__defaults__", get: defaults, set: Some(set_defaults), doc: "" },
        GetSetDef { name: "__kwdefaults__", get: kwdefaults, set: Some(set_kwdefaults), doc: "" },
        GetSetDef { name: "__annotations__", get: annotations, set: Some(set_annotations), doc: "" },
        GetSetDef { name: "__code__", get: code, set: Some(set_code), doc: "" },
        GetSetDef { name: "__dict__", get: super::getset::get_dict, set: Some(super::getset::set_dict), doc: "" },
        GetSetDef::read_only("__closure__", closure),
        GetSetDef::read_only("__globals__", globals),
        GetSetDef::read_only("__type_params__", type_params),
    ],
    ..TypeSpec::new("function", Kind::Function)
};

fn repr(rt: &Rt, obj: &Obj) -> R {
    let f = obj.expect::<FunctionObject>();
    let name = f.qualname.get().map_or_else(String::new, |q| str::to_string(&q));
    Ok(rt.str(&format!("<function {name} at {:#x}>", obj.word())))
}

fn descr_get(rt: &Rt, obj: &Obj, instance: Option<&Obj>, _ty: &Obj) -> R {
    Ok(match instance {
        Some(instance) => method::new(rt, obj.clone(), instance.clone()),
        None => obj.clone(),
    })
}

fn fields(obj: &Obj) -> &FunctionObject {
    obj.expect::<FunctionObject>()
}

fn or_none(value: Option<Obj>) -> R {
    Ok(value.unwrap_or(Obj::none()))
}

fn name(_rt: &Rt, obj: &Obj) -> R {
    or_none(fields(obj).name.get())
}

fn text_value(rt: &Rt, value: Option<&Obj>, what: &str) -> R {
    match value {
        Some(v) if v.is_kind(Kind::Str) => Ok(v.clone()),
        _ => Err(rt.type_error(format_args!("{what} must be set to a string object"))),
    }
}

fn set_name(rt: &Rt, obj: &Obj, value: Option<&Obj>) -> R<()> {
    fields(obj).name.set(Some(text_value(rt, value, "__name__")?));
    Ok(())
}

fn qualname(_rt: &Rt, obj: &Obj) -> R {
    or_none(fields(obj).qualname.get())
}

fn set_qualname(rt: &Rt, obj: &Obj, value: Option<&Obj>) -> R<()> {
    fields(obj).qualname.set(Some(text_value(rt, value, "__qualname__")?));
    Ok(())
}

fn doc(_rt: &Rt, obj: &Obj) -> R {
    let f = fields(obj);
    if let Some(doc) = f.doc.get() {
        return Ok(doc);
    }
    let doc = f.code().doc;
    Ok(if doc == u32::MAX { Obj::none() } else { f.data().constant(doc) })
}

fn set_doc(_rt: &Rt, obj: &Obj, value: Option<&Obj>) -> R<()> {
    fields(obj).doc.set(Some(value.cloned().unwrap_or(Obj::none())));
    Ok(())
}

fn module(rt: &Rt, obj: &Obj) -> R {
    let f = fields(obj);
    if let Some(module) = f.module.get() {
        return Ok(module);
    }
    let globals = f.data().dict();
    or_none(globals.and_then(|g| dict::get_str(&g, &rt.names().__name__)))
}

fn set_module(_rt: &Rt, obj: &Obj, value: Option<&Obj>) -> R<()> {
    fields(obj).module.set(Some(value.cloned().unwrap_or(Obj::none())));
    Ok(())
}

fn defaults(_rt: &Rt, obj: &Obj) -> R {
    or_none(fields(obj).defaults.get())
}

fn set_defaults(rt: &Rt, obj: &Obj, value: Option<&Obj>) -> R<()> {
    let value = value.filter(|v| !v.is_none());
    if value.is_some_and(|v| !v.is_kind(Kind::Tuple)) {
        return Err(rt.type_error(format_args!("__defaults__ must be set to a tuple object")));
    }
    fields(obj).changed();
    fields(obj).defaults.set(value.cloned());
    Ok(())
}

fn kwdefaults(_rt: &Rt, obj: &Obj) -> R {
    // The caller may change the dict that it gets.
    fields(obj).changed();
    or_none(fields(obj).kwdefaults.get())
}

fn set_kwdefaults(rt: &Rt, obj: &Obj, value: Option<&Obj>) -> R<()> {
    let value = value.filter(|v| !v.is_none());
    if value.is_some_and(|v| !v.is_kind(Kind::Dict)) {
        return Err(rt.type_error(format_args!("__kwdefaults__ must be set to a dict object")));
    }
    fields(obj).changed();
    fields(obj).kwdefaults.set(value.cloned());
    Ok(())
}

fn annotations(rt: &Rt, obj: &Obj) -> R {
    let f = fields(obj);
    Ok(match f.annotations.get() {
        Some(a) => a,
        None => {
            let a = dict::new(rt);
            f.annotations.set(Some(a.clone()));
            a
        }
    })
}

fn set_annotations(rt: &Rt, obj: &Obj, value: Option<&Obj>) -> R<()> {
    let value = value.filter(|v| !v.is_none());
    if value.is_some_and(|v| !v.is_kind(Kind::Dict)) {
        return Err(rt.type_error(format_args!("__annotations__ must be set to a dict object")));
    }
    fields(obj).annotations.set(value.cloned());
    Ok(())
}

fn code(rt: &Rt, obj: &Obj) -> R {
    let f = fields(obj);
    Ok(super::code::new(rt, f.data(), f.code()))
}

fn set_code(rt: &Rt, obj: &Obj, value: Option<&Obj>) -> R<()> {
    let f = fields(obj);
    let Some((data, code)) = value.and_then(super::code::parts) else {
        return Err(rt.type_error(format_args!("__code__ must be set to a code object")));
    };
    if code.free_count != f.code().free_count {
        return Err(rt.value_error(format_args!(
            "{}() requires a code object with {} free vars, not {}",
            str::to_string(&f.name.get().unwrap_or(Obj::none())),
            f.code().free_count,
            code.free_count
        )));
    }
    f.set_code(code, data);
    Ok(())
}

fn closure(_rt: &Rt, obj: &Obj) -> R {
    or_none(fields(obj).closure.get())
}

fn globals(_rt: &Rt, obj: &Obj) -> R {
    or_none(fields(obj).data().dict())
}

fn type_params(rt: &Rt, _obj: &Obj) -> R {
    Ok(rt.empty_tuple())
}

/// What a `def` makes: the function, in its known cell if it has one.
pub fn make(
    rt: &Rt,
    data: Data,
    code: u32,
    closure: Option<&Obj>,
    defaults: Option<&Obj>,
    kwdefaults: Option<&Obj>,
    annotations: Option<&Obj>,
) -> Obj {
    let code = data.code(code);
    let parts = Parts {
        closure: closure.cloned(),
        defaults: defaults.cloned(),
        kwdefaults: kwdefaults.cloned(),
        annotations: annotations.cloned(),
    };
    let func = function::new(rt, data, code, parts);
    if code.known != u32::MAX {
        data.set_known(code.known, &func);
    }
    func
}
