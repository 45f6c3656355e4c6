//! Calls, functions, classes, lifetimes.

use super::rows;
use crate::object::{dict, list, str, tuple};
use crate::ops::call::Args;
use crate::ops::{cache, class};
use crate::runtime::{R, Rt};
use crate::value::Obj;

/// `f(*args, **kwargs)` with a tuple or list and a dict.
fn apply(rt: &Rt, callable: &Obj, args: &Obj, kwargs: Option<&Obj>) -> R {
    let mut values = match tuple::items(args) {
        Some(items) => items.to_vec(),
        None => list::get(args).map(|l| l.snapshot()).unwrap_or_default(),
    };
    let items = kwargs.map(dict::items).unwrap_or_default();
    if items.is_empty() {
        return rt.call(callable, &values);
    }
    let names = items.iter().map(|(name, _)| name.clone()).collect();
    values.extend(items.into_iter().map(|(_, value)| value));
    rt.call_args(callable, Args::with_keywords(&values, Some(&rt.tuple(names))))
}

/// How messages name a callable: `module.f()` without the builtins prefix.
fn function_text(rt: &Rt, callable: &Obj) -> R<String> {
    let Some(qualname) = rt.get_attr_opt(callable, &rt.names().__qualname__)? else {
        return rt.str_text(callable);
    };
    let qualname = str::to_string(&qualname);
    match rt.get_attr_opt(callable, &rt.names().__module__)? {
        Some(module) if str::get(&module).is_some() && str::to_string(&module) != "builtins" => {
            Ok(format!("{}.{qualname}()", str::to_string(&module)))
        }
        _ => Ok(format!("{qualname}()")),
    }
}

fn merge_keywords(rt: &Rt, kwargs: &Obj, mapping: &Obj, callable: &Obj) -> R<()> {
    let items = match dict::get(mapping) {
        Some(d) => d.items(),
        None => {
            let Some(keys) = rt.get_attr_opt(mapping, &rt.names().keys)? else {
                return Err(rt.type_error(format_args!(
                    "{} argument after ** must be a mapping, not {}",
                    function_text(rt, callable)?,
                    rt.type_name(mapping)
                )));
            };
            let keys = rt.collect(&rt.call(&keys, &[])?)?;
            keys.into_iter().map(|key| Ok((key.clone(), rt.get_item(mapping, &key)?))).collect::<R<Vec<_>>>()?
        }
    };
    for (key, value) in items {
        if str::get(&key).is_none() {
            return Err(rt.type_error(format_args!("keywords must be strings")));
        }
        if dict::get_str(kwargs, &key).is_some() {
            return Err(rt.type_error(format_args!(
                "{} got multiple values for keyword argument '{}'",
                function_text(rt, callable)?,
                str::to_string(&key)
            )));
        }
        dict::set_str(kwargs, &key, value);
    }
    Ok(())
}

fn extend_arguments(rt: &Rt, into: &Obj, iterable: &Obj, callable: &Obj) -> R<()> {
    let slots = &rt.type_of(iterable).slots;
    if slots.iter.get().is_none() && slots.getitem.get().is_none() {
        // CPython builds the list of several arguments as a display, and says so.
        if list::get(into).is_some_and(|l| !l.is_empty()) {
            return Err(
                rt.type_error(format_args!("Value after * must be an iterable, not {}", rt.type_name(iterable)))
            );
        }
        return Err(rt.type_error(format_args!(
            "{} argument after * must be an iterable, not {}",
            function_text(rt, callable)?,
            rt.type_name(iterable)
        )));
    }
    crate::types::list::extend_with(rt, into, iterable)
}

mod functions {
    use super::*;

    rows! {
        fn call(rt, callable: val, kwnames: opt, args n: argv) -> owned {
            rt.call_args(callable, Args::with_keywords(args, kwnames))
        }
        fn call_method(rt, name: name, ic: ic, kwnames: opt, args n: argv) -> owned {
            cache::call_method(rt, name, ic, kwnames, args)
        }
        fn call_loaded(rt, callable: val, receiver: opt, kwnames: opt, args n: argv) -> owned {
            match receiver {
                None => rt.call_args(callable, Args::with_keywords(args, kwnames)),
                Some(receiver) => {
                    if kwnames.is_none()
                        && let Some(result) = crate::types::builtin::call_loaded(rt, callable, receiver, args)
                    {
                        return result;
                    }
                    crate::value::with_prefixed(receiver, args, |all| {
                        rt.call_args(callable, Args::with_keywords(all, kwnames))
                    })
                }
            }
        }
        fn call_ex(rt, callable: val, args: val, kwargs: opt) -> owned { apply(rt, callable, args, kwargs) }
        fn kwargs_merge(rt, kwargs: val, mapping: val, callable: val) -> status {
            merge_keywords(rt, kwargs, mapping, callable)
        }
        fn args_extend(rt, list: val, iterable: val, callable: val) -> status {
            extend_arguments(rt, list, iterable, callable)
        }
        fn make_function(rt, md: md, code: int, closure: opt, defaults: opt, kwdefaults: opt, annotations: opt) -> object {
            crate::types::function::make(rt, md, code as u32, closure, defaults, kwdefaults, annotations)
        }
        fn build_class(rt, body: val, name: name, kwnames: opt, args n: argv) -> owned {
            class::build_class(rt, body, name, Args::with_keywords(args, kwnames))
        }
        fn new_instance(rt, class: val) -> object { class::new_instance(rt, class) }
        fn isinstance(rt, obj: val, class: val) -> truth { class::is_instance(rt, obj, class) }
        fn dealloc(_rt, obj: raw) -> never {
            // SAFETY: compiled code has just taken the count of this live object to 0.
            unsafe { crate::heap::dealloc(obj as *mut crate::object::header::Header) }
        }
        fn decref_slow(_rt, obj: raw) -> never {
            // Cold paths release variables that may be unbound.
            if molt_abi::value::is_pointer(obj) {
                // SAFETY: compiled code owns the reference that it gives up.
                unsafe { crate::heap::decref(obj as *mut crate::object::header::Header) }
            }
        }
    }
}
pub use self::functions::*;
