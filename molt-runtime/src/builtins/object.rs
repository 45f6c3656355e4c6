//! Builtin functions on any object: attributes, types, identity, text, namespaces.

use crate::object::types::as_type;
use crate::object::{dict, list, module, str, tuple};
use crate::ops::call::Args;
use crate::ops::class;
use crate::runtime::{R, Raised, Rt};
use crate::types::list::sort_values;
use crate::types::text::escape;
use crate::value::Obj;
use molt_abi::layout::Kind;

/// `ascii(obj)`
pub fn ascii(rt: &Rt, _: &Obj, obj: &Obj) -> R {
    let text = rt.repr(obj)?;
    match str::get(&text) {
        Some(s) if !s.is_ascii() => Ok(str::from_buf(rt, escape::ascii_of_repr(s.view()))),
        _ => Ok(text),
    }
}

/// `callable(obj)`
pub fn callable(rt: &Rt, _: &Obj, obj: &Obj) -> R {
    Ok(Obj::bool(rt.type_of(obj).slots.call.get().is_some()))
}

fn check_name(rt: &Rt, name: &Obj) -> R<()> {
    if name.is_kind(Kind::Str) {
        return Ok(());
    }
    Err(rt.type_error(format_args!("attribute name must be string, not '{}'", rt.type_name(name))))
}

/// `delattr(obj, name)`
pub fn delattr(rt: &Rt, _: &Obj, args: &[Obj]) -> R {
    check_name(rt, &args[1])?;
    rt.set_attr(&args[0], &args[1], None)?;
    Ok(Obj::none())
}

/// `getattr(obj, name[, default])`
pub fn getattr(rt: &Rt, _: &Obj, args: &[Obj]) -> R {
    check_name(rt, &args[1])?;
    match args.get(2) {
        None => rt.get_attr(&args[0], &args[1]),
        Some(default) => Ok(rt.get_attr_opt(&args[0], &args[1])?.unwrap_or_else(|| default.clone())),
    }
}

/// `hasattr(obj, name)`
pub fn hasattr(rt: &Rt, _: &Obj, args: &[Obj]) -> R {
    check_name(rt, &args[1])?;
    Ok(Obj::bool(rt.get_attr_opt(&args[0], &args[1])?.is_some()))
}

/// `setattr(obj, name, value)`
pub fn setattr(rt: &Rt, _: &Obj, args: &[Obj]) -> R {
    check_name(rt, &args[1])?;
    rt.set_attr(&args[0], &args[1], Some(&args[2]))?;
    Ok(Obj::none())
}

/// `hash(obj)`
pub fn hash(rt: &Rt, _: &Obj, obj: &Obj) -> R {
    Ok(rt.int(rt.hash(obj)?))
}

/// `id(obj)`
pub fn id(rt: &Rt, _: &Obj, obj: &Obj) -> R {
    Ok(rt.big_int(num_bigint::BigInt::from(obj.word())))
}

/// `isinstance(obj, class_or_tuple)`
pub fn isinstance(rt: &Rt, _: &Obj, args: &[Obj]) -> R {
    class::is_instance(rt, &args[0], &args[1]).map(Obj::bool)
}

/// `issubclass(cls, class_or_tuple)`
pub fn issubclass(rt: &Rt, _: &Obj, args: &[Obj]) -> R {
    class::is_subclass(rt, &args[0], &args[1]).map(Obj::bool)
}

/// `repr(obj)`
pub fn repr(rt: &Rt, _: &Obj, obj: &Obj) -> R {
    rt.repr(obj)
}

/// `format(value, format_spec='')`
pub fn format(rt: &Rt, _: &Obj, args: &[Obj]) -> R {
    if let Some(spec) = args.get(1)
        && !spec.is_kind(Kind::Str)
    {
        return Err(rt.type_error(format_args!("format() argument 2 must be str, not {}", rt.type_name(spec))));
    }
    rt.format(&args[0], args.get(1))
}

/// `vars([obj])`
pub fn vars(rt: &Rt, module: &Obj, args: &[Obj]) -> R {
    let Some(obj) = args.first() else { return locals(rt, module) };
    match rt.get_attr_opt(obj, &rt.names().__dict__)? {
        Some(dict) => Ok(dict),
        None => Err(rt.type_error(format_args!("vars() argument must have __dict__ attribute"))),
    }
}

#[cold]
fn no_frame(rt: &Rt, name: &str) -> Raised {
    rt.not_implemented_error(format_args!("{name}() of a compiled function's frame is not available"))
}

/// The dict of a function's variables, made or brought up to date: the operation `frame_locals` of compiled code.
pub fn frame_locals(rt: &Rt, known: Option<&Obj>, names: &Obj, values: &[Option<Obj>]) -> Obj {
    let namespace = known.cloned().unwrap_or_else(|| dict::new(rt));
    let names = tuple::items(names).unwrap_or_default();
    for (name, value) in names.iter().zip(values) {
        if value.is_none() {
            drop(dict::del_str(&namespace, name));
        }
    }
    for (name, value) in names.iter().zip(values) {
        if let Some(value) = value {
            dict::set_str(&namespace, name, value.clone());
        }
    }
    namespace
}

/// The sorted keys of a namespace: `dir()` without arguments.
pub fn sorted_keys(rt: &Rt, namespace: &Obj) -> R {
    sorted_names(rt, rt.collect(namespace)?)
}

/// `globals()` where the compiler does not see the call (it makes those it sees itself): a native function does not know
/// its caller, so it answers in programs of one module alone.
pub fn globals(rt: &Rt, _: &Obj) -> R {
    let single = rt.program().is_some_and(|p| p.module_count == 1);
    match dict::get_str(&rt.sys_modules(), &rt.names().__main__) {
        Some(main) if single => Ok(rt.namespace(&main)),
        _ => Err(no_frame(rt, "globals")),
    }
}

/// `locals()` where the compiler does not see the call.
pub fn locals(rt: &Rt, _: &Obj) -> R {
    Err(no_frame(rt, "locals"))
}

/// `dir([obj])`
pub fn dir(rt: &Rt, module: &Obj, args: &[Obj]) -> R {
    let Some(obj) = args.first() else {
        return sorted_keys(rt, &locals(rt, module)?);
    };
    if let Some(names) = rt.call_special(obj, &rt.names().__dir__, &[])? {
        return sorted_names(rt, rt.collect(&names)?);
    }
    let found = names_of(rt, obj)?;
    sorted_names(rt, found)
}

fn sorted_names(rt: &Rt, mut names: Vec<Obj>) -> R {
    sort_values(rt, &mut names, None, false)?;
    Ok(list::new(rt, names))
}

/// The names of an object's attributes: those of its dict and of its classes.
pub fn names_of(rt: &Rt, obj: &Obj) -> R<Vec<Obj>> {
    let seen = dict::new(rt);
    let add = |name: &Obj| {
        if name.is_kind(Kind::Str) {
            dict::set_str(&seen, name, Obj::none());
        }
    };
    if let Some(module) = module::get(obj).and_then(|m| m.dict.get()) {
        dict::get(&module).map(dict::DictObject::keys).unwrap_or_default().iter().for_each(add);
        return Ok(dict::get(&seen).map(dict::DictObject::keys).unwrap_or_default());
    }
    let class = match as_type(obj) {
        Some(class) => class,
        None => {
            if let Some(own) = rt.get_attr_opt(obj, &rt.names().__dict__)? {
                rt.collect(&own)?.iter().for_each(add);
            }
            rt.type_of(obj)
        }
    };
    let mro = class.mro_tuple();
    for base in tuple::items(&mro).unwrap_or_default() {
        if let Some(base) = as_type(base) {
            let names: Vec<Obj> = base.dict().iter().map(|(name, _)| name.clone()).collect();
            names.iter().for_each(add);
        }
    }
    Ok(dict::get(&seen).map(dict::DictObject::keys).unwrap_or_default())
}

/// `__import__(name, globals=None, locals=None, fromlist=(), level=0)`
pub fn import(rt: &Rt, _: &Obj, args: Args<'_>) -> R {
    let Some(name) = args.positional().first() else {
        return Err(rt.type_error(format_args!("__import__() missing required argument 'name' (pos 1)")));
    };
    if !name.is_kind(Kind::Str) {
        return Err(rt.type_error(format_args!("__import__() argument 1 must be str, not {}", rt.type_name(name))));
    }
    let none = Obj::none();
    let mut fromlist = args.positional().get(3).unwrap_or(&none);
    for (key, value) in args.keywords() {
        if str::to_string(key) == "fromlist" {
            fromlist = value;
        }
    }
    let name = str::to_string(name);
    let module = rt.import_absolute(&name)?;
    match name.split_once('.') {
        Some((top, _)) if !rt.truth(fromlist)? => rt.import_absolute(top),
        _ => Ok(module),
    }
}
