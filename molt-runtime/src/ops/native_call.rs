//! Calls of native functions: checks the arguments as the function's [`NativeFn`] form asks, with CPython's words.
//!
//! The words are those of CPython's calling conventions (`METH_NOARGS`, `METH_O`, `_PyArg_CheckPositional`,
//! `_PyArg_UnpackKeywords`).

use crate::object::str;
use crate::ops::call::Args;
use crate::runtime::{R, Raised, Rt};
use crate::types::spec::{MethodDef, NativeFn, Param, ParamKind};
use crate::value::Obj;
use std::fmt::Arguments;

/// "object" or "objects" and the like.
pub fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

/// Calls a native function. `owner` is the name of the type that defines a method.
#[inline]
pub fn call(rt: &Rt, def: &MethodDef, owner: Option<&str>, receiver: &Obj, args: Args<'_>) -> R {
    let positional = args.positional();
    match def.func {
        NativeFn::Any(func) => func(rt, receiver, args),
        NativeFn::One(func) if positional.len() == 1 && !args.has_keywords() => func(rt, receiver, &positional[0]),
        NativeFn::NoArgs(func) if positional.is_empty() && !args.has_keywords() => func(rt, receiver),
        NativeFn::Positional { min, max, func }
            if positional.len() >= min && positional.len() <= max && !args.has_keywords() =>
        {
            func(rt, receiver, positional)
        }
        NativeFn::Keywords { params, func } => {
            const INLINE: usize = 8;
            if params.len() <= INLINE {
                let mut slots = [None; INLINE];
                bind_keywords(rt, def.name, params, args, &mut slots[..params.len()])?;
                func(rt, receiver, &slots[..params.len()])
            } else {
                let mut slots = vec![None; params.len()];
                bind_keywords(rt, def.name, params, args, &mut slots)?;
                func(rt, receiver, &slots)
            }
        }
        _ => Err(arity_error(rt, def, owner, args)),
    }
}

/// Calls a native function with positional arguments, if they fit without a look at names.
#[inline]
pub fn quick(rt: &Rt, def: &MethodDef, receiver: &Obj, args: &[Obj]) -> Option<R> {
    match (def.func, args) {
        (NativeFn::NoArgs(func), []) => Some(func(rt, receiver)),
        (NativeFn::One(func), [arg]) => Some(func(rt, receiver, arg)),
        (NativeFn::Positional { min, max, func }, args) if args.len() >= min && args.len() <= max => {
            Some(func(rt, receiver, args))
        }
        (NativeFn::Keywords { params, func }, args) => quick_keywords(rt, params, func, receiver, args),
        (NativeFn::Any(func), args) => Some(func(rt, receiver, Args::new(args))),
        _ => None,
    }
}

type KeywordsFn = fn(&Rt, &Obj, &[Option<&Obj>]) -> R;

#[inline]
fn quick_keywords(rt: &Rt, params: &[Param], func: KeywordsFn, receiver: &Obj, args: &[Obj]) -> Option<R> {
    const INLINE: usize = 4;
    if params.len() > INLINE
        || args.len() > params.len()
        || params[..args.len()].iter().any(|p| p.kind == ParamKind::KwOnly)
        || params[args.len()..].iter().any(|p| p.required)
    {
        return None;
    }
    let mut slots = [None; INLINE];
    for (slot, arg) in slots.iter_mut().zip(args) {
        *slot = Some(arg);
    }
    Some(func(rt, receiver, &slots[..params.len()]))
}

#[cold]
fn arity_error(rt: &Rt, def: &MethodDef, owner: Option<&str>, args: Args<'_>) -> Raised {
    let full = match owner {
        Some(owner) => format!("{owner}.{}", def.name),
        None => def.name.to_owned(),
    };
    if args.has_keywords() {
        return rt.type_error(format_args!("{full}() takes no keyword arguments"));
    }
    let given = args.positional().len();
    match def.func {
        NativeFn::NoArgs(_) => rt.type_error(format_args!("{full}() takes no arguments ({given} given)")),
        NativeFn::One(_) => rt.type_error(format_args!("{full}() takes exactly one argument ({given} given)")),
        NativeFn::Positional { min, max, .. } => positional_error(rt, def.name, given, min, max),
        NativeFn::Keywords { .. } | NativeFn::Any(_) => unreachable!("these forms check their arguments themselves"),
    }
}

/// Raises "pop expected at most 1 argument, got 2".
#[cold]
pub fn positional_error(rt: &Rt, name: &str, given: usize, min: usize, max: usize) -> Raised {
    let (bound, n) = if min == max {
        ("", min)
    } else if given < min {
        ("at least ", min)
    } else {
        ("at most ", max)
    };
    rt.type_error(format_args!("{name} expected {bound}{n} argument{}, got {given}", plural(n)))
}

/// For functions that look at their arguments themselves: no keywords, and a number of positional arguments in range.
pub fn check_positional(rt: &Rt, name: &str, args: Args<'_>, min: usize, max: usize) -> R<()> {
    if args.has_keywords() {
        return Err(rt.type_error(format_args!("{name}() takes no keyword arguments")));
    }
    let given = args.positional().len();
    if given < min || given > max { Err(positional_error(rt, name, given, min, max)) } else { Ok(()) }
}

/// Binds arguments to parameters; for slots and functions that look at their arguments themselves.
pub fn bind_keywords<'a>(rt: &Rt, name: &str, params: &[Param], args: Args<'a>, out: &mut [Option<&'a Obj>]) -> R<()> {
    let positional = args.positional();
    let given = args.values().len();
    let max_positional = params.iter().take_while(|p| p.kind != ParamKind::KwOnly).count();
    let min_positional = params.iter().take_while(|p| p.kind == ParamKind::PosOnly && p.required).count();
    let type_error = |message: Arguments<'_>| Err(rt.type_error(message));
    if given > params.len() {
        // One keyword more than there are parameters is told from one positional argument more.
        let kind = if args.has_keywords() && positional.is_empty() { "keyword " } else { "" };
        return type_error(format_args!(
            "{name}() takes at most {} {kind}argument{} ({given} given)",
            params.len(),
            plural(params.len())
        ));
    }
    if positional.len() > max_positional {
        if max_positional == 0 {
            return type_error(format_args!("{name}() takes no positional arguments"));
        }
        return type_error(format_args!(
            "{name}() takes at most {max_positional} positional argument{} ({} given)",
            plural(max_positional),
            positional.len()
        ));
    }
    if positional.len() < min_positional {
        let optional = params.iter().take(max_positional).any(|p| !p.required) || max_positional < params.len();
        return type_error(format_args!(
            "{name}() takes {} {min_positional} positional argument{} ({} given)",
            if optional { "at least" } else { "exactly" },
            plural(min_positional),
            positional.len()
        ));
    }
    for (slot, value) in out.iter_mut().zip(positional) {
        *slot = Some(value);
    }
    for (key, value) in args.keywords() {
        let key_text = str::get(key).map(|s| s.text());
        let found = params.iter().position(|p| p.kind != ParamKind::PosOnly && Some(p.name) == key_text.as_deref());
        match found {
            Some(n) if n < positional.len() => {
                return type_error(format_args!(
                    "argument for {name}() given by name ('{}') and position ({})",
                    params[n].name,
                    n + 1
                ));
            }
            Some(n) => out[n] = Some(value),
            None => {
                let key = key_text.unwrap_or_default();
                return type_error(format_args!("'{key}' is an invalid keyword argument for {name}()"));
            }
        }
    }
    for (n, param) in params.iter().enumerate() {
        if param.required && out[n].is_none() {
            return match param.kind {
                ParamKind::KwOnly => {
                    type_error(format_args!("{name}() missing required keyword-only argument: '{}'", param.name))
                }
                _ => type_error(format_args!("{name}() missing required argument '{}' (pos {})", param.name, n + 1)),
            };
        }
    }
    Ok(())
}
