//! Generators and `yield from`.

use super::rows;
use crate::object::generator;
use crate::runtime::{R, Rt};
use crate::types::exception as specs;
use crate::value::Obj;

/// A step of a delegation: the end of the iterator is STOP, with its value in the context.
fn delegated(rt: &Rt, step: R<Option<Obj>>) -> R {
    match step {
        Ok(Some(value)) => Ok(value),
        Ok(None) => Ok(Obj::stop()),
        Err(raised) if rt.exception_is(&specs::STOP_ITERATION) => {
            let Some(exc) = rt.take_exception() else { return Err(raised) };
            let value = rt.get_attr_text(&exc, "value")?;
            rt.ctx().stop_value.set(Some(value).filter(|v| !v.is_none()));
            Ok(Obj::stop())
        }
        Err(raised) => Err(raised),
    }
}

rows! {
    fn new_generator(rt, md: md, code: int, func: opt) -> object {
        generator::new(rt, md, md.code(code as u32), func.cloned()).unwrap_or(Obj::none())
    }
    fn generator_left(rt, generator: val, outer: opt, result: int) -> never {
        let ended = result == 0 || result as u64 == molt_abi::value::STOP;
        generator.expect::<generator::GeneratorObject>().leave(rt, outer.cloned(), ended);
    }
    fn yield_from_next(rt, iter: val, sent: val) -> owned {
        rt.ctx().stop_value.set(None);
        let step = if generator::get(iter).is_some() {
            rt.resume(iter, Some(sent.clone()))
        } else if sent.is_none() {
            rt.next(iter)
        } else {
            rt.get_attr_text(iter, "send").and_then(|send| rt.call(&send, std::slice::from_ref(sent))).map(Some)
        };
        delegated(rt, step)
    }
    fn yield_from_throw(rt, iter: val) -> owned {
        let Some(exc) = rt.take_exception() else { return Ok(Obj::none()) };
        if rt.type_of(&exc).is_subtype(rt.spec_type(&specs::GENERATOR_EXIT)) {
            if let Some(close) = rt.get_attr_opt(iter, &rt.names().close)? {
                rt.call(&close, &[])?;
            }
            return Err(rt.reraise(exc));
        }
        let step = if generator::get(iter).is_some() {
            rt.restore_exception(Some(exc));
            rt.resume(iter, None)
        } else {
            match rt.get_attr_opt(iter, &rt.names().throw)? {
                Some(throw) => rt.call(&throw, &[exc]).map(Some),
                None => return Err(rt.reraise(exc)),
            }
        };
        delegated(rt, step)
    }
    fn yield_from_iter(rt, obj: val) -> owned {
        if generator::get(obj).is_some() { Ok(obj.clone()) } else { rt.iter(obj) }
    }
    fn take_stop_value(rt) -> object { rt.ctx().stop_value.take().unwrap_or(Obj::none()) }
    fn set_stop_value(rt, value: steal) -> never { rt.ctx().stop_value.set(Some(value).filter(|v| !v.is_none())) }
    fn generator_raised(rt) -> raises {
        let exc = rt.take_exception().unwrap_or(Obj::none());
        if !rt.type_of(&exc).is_subtype(rt.spec_type(&specs::STOP_ITERATION)) {
            return rt.reraise(exc);
        }
        // PEP 479.
        let raised = rt.runtime_error(format_args!("generator raised StopIteration"));
        if let Some(error) = rt.ctx().exc.get()
            && let Some(e) = crate::object::exception::get(&error)
        {
            e.cause.set(Some(exc.clone()));
            e.context.set(Some(exc));
            e.suppress_context.set(true);
        }
        raised
    }
}
