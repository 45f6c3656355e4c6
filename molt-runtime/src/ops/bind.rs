//! Binding the arguments of a call to the parameters of a compiled function, with CPython's words for what does not fit.
//!
//! Invariant: the result has one value per parameter variable, in the order of `co_varnames`: positional, keyword-only,
//! `*args`, `**kwargs`.

use crate::object::function::{FunctionObject, invoke};
use crate::object::{descs, dict, str, tuple};
use crate::ops::call::Args;
use crate::ops::native_call::plural;
use crate::runtime::{R, Raised, Rt};
use crate::value::Obj;
use molt_abi::desc::CodeFlags;

/// Calls a function.
#[inline]
pub fn call_function(rt: &Rt, func: &Obj, args: Args<'_>) -> R {
    let f = func.expect::<FunctionObject>();
    let code = f.code();
    const FANCY: u32 = CodeFlags::VARARGS | CodeFlags::VARKEYWORDS;
    if code.flags & FANCY == 0
        && code.kwonly_count == 0
        && !args.has_keywords()
        && args.positional().len() == code.arg_count as usize
    {
        return invoke(rt, func, args.positional());
    }
    call_binding(rt, func, f, args)
}

#[inline(never)]
fn call_binding(rt: &Rt, func: &Obj, f: &FunctionObject, args: Args<'_>) -> R {
    let count = f.param_count();
    let mut bound: Vec<Option<Obj>> = vec![None; count];
    bind(rt, f, args, &mut bound)?;
    crate::object::function::invoke_bound(rt, func, &bound)
}

/// The name of a parameter variable.
fn name(f: &FunctionObject, n: usize) -> Obj {
    f.data().constant(descs::varnames(f.code())[n])
}

fn qualname(f: &FunctionObject) -> String {
    f.qualname.get().map_or_else(String::new, |q| str::to_string(&q))
}

fn bind(rt: &Rt, f: &FunctionObject, args: Args<'_>, bound: &mut [Option<Obj>]) -> R<()> {
    let code = f.code();
    let (arg_count, kwonly) = (code.arg_count as usize, code.kwonly_count as usize);
    let named = arg_count + kwonly;
    let has_varargs = code.flags & CodeFlags::VARARGS != 0;
    let has_varkw = code.flags & CodeFlags::VARKEYWORDS != 0;
    let positional = args.positional();
    let direct = positional.len().min(arg_count);
    for (slot, value) in bound.iter_mut().zip(&positional[..direct]) {
        *slot = Some(value.clone());
    }
    if has_varargs {
        bound[named] = Some(tuple::from_slice(rt, &positional[direct..]));
    }
    let varkw = has_varkw.then(|| dict::new(rt));
    if args.has_keywords() {
        for (key, value) in args.keywords() {
            let Some(key_str) = str::get(key) else {
                return Err(rt.type_error(format_args!("{}() keywords must be strings", qualname(f))));
            };
            let posonly = code.posonly_count as usize;
            // Names are interned constants: almost always the same object as the keyword.
            let found = (posonly..named)
                .find(|n| name(f, *n).is(key))
                .or_else(|| (posonly..named).find(|n| str::equal(&name(f, *n), key)));
            match found {
                Some(n) if bound[n].is_some() => {
                    return Err(rt.type_error(format_args!(
                        "{}() got multiple values for argument '{}'",
                        qualname(f),
                        key_str.text()
                    )));
                }
                Some(n) => bound[n] = Some(value.clone()),
                None => match &varkw {
                    Some(varkw) => {
                        if dict::get_str(varkw, key).is_some() {
                            return Err(rt.type_error(format_args!(
                                "{}() got multiple values for keyword argument '{}'",
                                qualname(f),
                                key_str.text()
                            )));
                        }
                        dict::set_str(varkw, key, value.clone());
                    }
                    None => return Err(unexpected_keyword(rt, f, args, key)),
                },
            }
        }
    }
    if positional.len() > arg_count && !has_varargs {
        return Err(too_many(rt, f, positional.len(), bound));
    }
    if bound[direct..arg_count].iter().any(Option::is_none) {
        let defaults = f.defaults.get();
        let defaults = defaults.as_ref().and_then(tuple::items).unwrap_or_default();
        let first_default = arg_count.saturating_sub(defaults.len());
        let missing: Vec<usize> = (direct..first_default).filter(|n| bound[*n].is_none()).collect();
        if !missing.is_empty() {
            return Err(missing_error(rt, f, &missing, "positional"));
        }
        for n in first_default..arg_count {
            if bound[n].is_none() {
                // More defaults than parameters: the last ones count.
                bound[n] = Some(defaults[defaults.len() - (arg_count - n)].clone());
            }
        }
    }
    if kwonly != 0 && bound[arg_count..named].iter().any(Option::is_none) {
        let defaults = f.kwdefaults.get();
        let mut missing = Vec::new();
        for (n, slot) in bound.iter_mut().enumerate().take(named).skip(arg_count) {
            if slot.is_none() {
                *slot = defaults.as_ref().and_then(|d| dict::get_str(d, &name(f, n)));
                if slot.is_none() {
                    missing.push(n);
                }
            }
        }
        if !missing.is_empty() {
            return Err(missing_error(rt, f, &missing, "keyword-only"));
        }
    }
    if let Some(varkw) = varkw {
        bound[named + usize::from(has_varargs)] = Some(varkw);
    }
    Ok(())
}

#[cold]
fn unexpected_keyword(rt: &Rt, f: &FunctionObject, args: Args<'_>, key: &Obj) -> Raised {
    let posonly = f.code().posonly_count as usize;
    let wrong: Vec<String> = args
        .keywords()
        .filter(|(k, _)| (0..posonly).any(|n| str::equal(&name(f, n), k)))
        .map(|(k, _)| str::to_string(k))
        .collect();
    if !wrong.is_empty() {
        return rt.type_error(format_args!(
            "{}() got some positional-only arguments passed as keyword arguments: '{}'",
            qualname(f),
            wrong.join(", ")
        ));
    }
    rt.type_error(format_args!("{}() got an unexpected keyword argument '{}'", qualname(f), str::to_string(key)))
}

#[cold]
fn too_many(rt: &Rt, f: &FunctionObject, given: usize, bound: &[Option<Obj>]) -> Raised {
    let code = f.code();
    let (arg_count, kwonly) = (code.arg_count as usize, code.kwonly_count as usize);
    let kwonly_given = bound[arg_count..arg_count + kwonly].iter().flatten().count();
    let defaults = f.defaults.get().as_ref().and_then(tuple::items).map_or(0, <[Obj]>::len);
    let takes = if defaults == 0 {
        format!("{arg_count}")
    } else {
        format!("from {} to {arg_count}", arg_count.saturating_sub(defaults))
    };
    let s = if defaults == 0 { plural(arg_count) } else { "s" };
    let was = if given == 1 && kwonly_given == 0 { "was" } else { "were" };
    let also = if kwonly_given == 0 {
        String::new()
    } else {
        format!(
            " positional argument{} (and {kwonly_given} keyword-only argument{})",
            plural(given),
            plural(kwonly_given)
        )
    };
    rt.type_error(format_args!("{}() takes {takes} positional argument{s} but {given}{also} {was} given", qualname(f)))
}

#[cold]
fn missing_error(rt: &Rt, f: &FunctionObject, missing: &[usize], kind: &str) -> Raised {
    let names: Vec<String> = missing.iter().map(|n| format!("'{}'", str::to_string(&name(f, *n)))).collect();
    let list = match names.as_slice() {
        [one] => one.clone(),
        [a, b] => format!("{a} and {b}"),
        [init @ .., last] => format!("{}, and {last}", init.join(", ")),
        [] => String::new(),
    };
    rt.type_error(format_args!(
        "{}() missing {} required {kind} argument{}: {list}",
        qualname(f),
        names.len(),
        plural(names.len())
    ))
}
