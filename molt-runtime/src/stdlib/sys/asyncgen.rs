//! `sys.set_asyncgen_hooks` and `sys.get_asyncgen_hooks` (PEP 525), and what `types.coroutine` needs.

use super::records;
use crate::object::generator::{self, Flag};
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// `get_asyncgen_hooks()`
pub fn get_hooks(rt: &Rt, _: &Obj) -> R {
    let hooks = rt.asyncgen_hooks();
    let values = [&hooks.first_iter, &hooks.finalizer].map(|hook| hook.get().unwrap_or(Obj::none()));
    Ok(records::new(rt, &records::ASYNCGEN_HOOKS, values.to_vec()))
}

/// `set_asyncgen_hooks([firstiter] [, finalizer])`: `None` removes a hook, what is not given stays.
pub fn set_hooks(rt: &Rt, _: &Obj, args: &[Option<&Obj>]) -> R {
    let hooks = rt.asyncgen_hooks();
    // CPython looks at the second first.
    let given = [("finalizer", args[1], &hooks.finalizer), ("firstiter", args[0], &hooks.first_iter)];
    for (name, hook, _) in given {
        if let Some(hook) = hook
            && !hook.is_none()
            && rt.type_of(hook).slots.call.get().is_none()
        {
            return Err(rt.type_error(format_args!("callable {name} expected, got {}", rt.type_name(hook))));
        }
    }
    for (_, hook, field) in given {
        if let Some(hook) = hook {
            field.set(Some(hook.clone()).filter(|h| !h.is_none()));
        }
    }
    Ok(Obj::none())
}

/// `_mark_iterable_coroutine(generator)`: what CPython's `types.coroutine` does to the code of a generator function, for one
/// generator. Anything else is given back as it is.
pub fn mark_iterable_coroutine(_rt: &Rt, _: &Obj, obj: &Obj) -> R {
    if obj.is_kind(Kind::Generator)
        && let Some(generator) = generator::get(obj)
    {
        generator.mark(Flag::IterableCoroutine, true);
    }
    Ok(obj.clone())
}
