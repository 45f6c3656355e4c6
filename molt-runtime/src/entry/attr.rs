//! Attributes.

use super::rows;
use crate::ops::cache;
use crate::value::Obj;

rows! {
    fn get_attr(rt, obj: val, name: name, ic: ic) -> owned { cache::get_attr(rt, obj, name, ic) }
    fn set_attr(rt, obj: val, name: name, value: val, ic: ic) -> status { cache::set_attr(rt, obj, name, value, ic) }
    fn del_attr(rt, obj: val, name: name) -> status { rt.set_attr(obj, name, None) }
    fn load_special(rt, obj: val, name: name, what: int) -> owned {
        if let Some(method) = rt.special(obj, name)? {
            return Ok(method);
        }
        let (kind, missed) = match what {
            0 => ("", ""),
            1 => ("", " (missed __exit__ method)"),
            2 => ("asynchronous ", ""),
            _ => ("asynchronous ", " (missed __aexit__ method)"),
        };
        Err(rt.type_error(format_args!(
            "'{}' object does not support the {kind}context manager protocol{missed}",
            rt.type_name(obj)
        )))
    }
    fn super_get_attr(rt, class: opt, receiver: opt, name: name) -> owned {
        crate::types::super_::zero_arg_attr(rt, class, receiver, name)
    }
    fn raise_no_class_cell(rt) -> raises {
        rt.runtime_error(format_args!("super(): __class__ cell not found"))
    }
    fn builtin_method(rt, obj: val, name: name) -> object {
        rt.lookup(rt.type_of(obj), name).unwrap_or_else(Obj::none)
    }
    fn load_method(rt, obj: val, name: name, ic: ic, out n: out) -> status {
        let (callable, receiver) = cache::load_method(rt, obj, name, ic)?;
        out.fill_pair(callable, receiver);
        Ok(())
    }
}
