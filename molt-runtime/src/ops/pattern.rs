//! What the patterns of a `match` statement ask of the runtime (PEP 634).

use crate::object::types::{TypeFlags, TypeObject, as_type, core_type};
use crate::object::{dict, set, str, tuple};
use crate::ops::class::is_instance;
use crate::runtime::{R, Rt};
use crate::types;
use crate::types::spec::TypeSpec;
use crate::value::Obj;
use molt_abi::layout::Kind;

/// Builtin types whose instances match sequence patterns.
pub fn is_sequence(spec: &TypeSpec) -> bool {
    matches!(spec.kind, Kind::List | Kind::Tuple | Kind::Range)
}

/// Builtin types whose instances match mapping patterns.
pub fn is_mapping(spec: &TypeSpec) -> bool {
    spec.kind == Kind::Dict || std::ptr::eq(spec, &types::mappingproxy::SPEC)
}

/// Builtin types for which `C(x)` binds the subject itself.
pub fn matches_self(spec: &TypeSpec) -> bool {
    const NAMES: [&str; 11] =
        ["bool", "bytearray", "bytes", "dict", "float", "frozenset", "int", "list", "set", "str", "tuple"];
    NAMES.contains(&spec.name)
}

/// The values of `keys` in `mapping` as a tuple; `None` if one is missing.
pub fn match_keys(rt: &Rt, mapping: &Obj, keys: &Obj) -> R {
    let keys = tuple::items(keys).unwrap_or_default();
    // One key has no duplicate; `seen` is made for more only.
    let seen = if keys.len() > 1 { Some(set::new(rt)) } else { None };
    let lookup = if mapping.is_exact(Kind::Dict) {
        None
    } else {
        let missing = rt.call(&rt.core_type(core_type::OBJECT).as_obj(), &[])?;
        Some((rt.get_attr_text(mapping, "get")?, missing))
    };
    let mut values = Vec::with_capacity(keys.len());
    for key in keys {
        if let Some(seen) = &seen {
            if types::set::has(rt, seen, key)? {
                return Err(
                    rt.value_error(format_args!("mapping pattern checks duplicate key ({})", rt.repr_text(key)?))
                );
            }
            types::set::add(rt, seen, key)?;
        }
        let value = match &lookup {
            None => types::dict::get(rt, mapping, key)?,
            Some((get, missing)) => {
                let value = rt.call(get, &[key.clone(), missing.clone()])?;
                if value.is(missing) { None } else { Some(value) }
            }
        };
        match value {
            Some(value) => values.push(value),
            None => return Ok(Obj::none()),
        }
    }
    Ok(tuple::new(rt, values))
}

/// A dict of what `mapping` holds beside `keys`.
pub fn match_rest(rt: &Rt, mapping: &Obj, keys: &Obj) -> R {
    let rest = dict::new(rt);
    types::dict::update(rt, &rest, mapping)?;
    for key in tuple::items(keys).unwrap_or_default() {
        rt.del_item(&rest, key)?;
    }
    Ok(rest)
}

/// The attributes that a class pattern asks for as a tuple; `None` if the subject is no instance or lacks one.
pub fn match_class(rt: &Rt, subject: &Obj, class: &Obj, positional: usize, names: &Obj) -> R {
    let Some(ty) = as_type(class) else {
        return Err(rt.type_error(format_args!("called match pattern must be a class")));
    };
    if !is_instance(rt, subject, class)? {
        return Ok(Obj::none());
    }
    let names = tuple::items(names).unwrap_or_default();
    let mut found = Vec::with_capacity(positional + names.len());
    // Names that were asked for, which must differ. What is positional is compared with what comes after it only.
    let mut seen: Vec<Obj> = Vec::new();
    if positional > 0 {
        let args = match_args(rt, class, ty)?;
        let (matches_self, args) = match &args {
            Some(args) => (false, tuple::items(args).unwrap_or_default()),
            None => (ty.has(TypeFlags::MATCH_SELF), &[][..]),
        };
        let allowed = if matches_self { 1 } else { args.len() };
        if positional > allowed {
            let s = if allowed == 1 { "" } else { "s" };
            return Err(rt.type_error(format_args!(
                "{}() accepts {allowed} positional sub-pattern{s} ({positional} given)",
                name_of(ty)
            )));
        }
        if matches_self {
            found.push(subject.clone());
        }
        for name in args.iter().take(positional) {
            if !name.is_exact(Kind::Str) {
                return Err(
                    rt.type_error(format_args!("__match_args__ elements must be strings (got {})", rt.type_name(name)))
                );
            }
            match attribute(rt, subject, ty, name, &mut seen)? {
                Some(value) => found.push(value),
                None => return Ok(Obj::none()),
            }
        }
    }
    for name in names {
        match attribute(rt, subject, ty, name, &mut seen)? {
            Some(value) => found.push(value),
            None => return Ok(Obj::none()),
        }
    }
    Ok(tuple::new(rt, found))
}

/// `__match_args__`, if the class has it.
fn match_args(rt: &Rt, class: &Obj, ty: &TypeObject) -> R<Option<Obj>> {
    let args = rt.get_attr_opt(class, &rt.intern("__match_args__"))?;
    match args {
        Some(args) if !args.is_exact(Kind::Tuple) => Err(rt.type_error(format_args!(
            "{}.__match_args__ must be a tuple (got {})",
            name_of(ty),
            rt.type_name(&args)
        ))),
        args => Ok(args),
    }
}

fn attribute(rt: &Rt, subject: &Obj, ty: &TypeObject, name: &Obj, seen: &mut Vec<Obj>) -> R<Option<Obj>> {
    if seen.iter().any(|other| str::equal(other, name)) {
        return Err(rt.type_error(format_args!(
            "{}() got multiple sub-patterns for attribute {}",
            name_of(ty),
            rt.repr_text(name)?
        )));
    }
    seen.push(name.clone());
    rt.get_attr_opt(subject, name)
}

fn name_of(ty: &TypeObject) -> String {
    ty.name.get().map(|name| str::to_string(&name)).unwrap_or_default()
}
