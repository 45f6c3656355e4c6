//! Generators, coroutines, and delegation by `yield from` and `await`.

use super::rows;
use crate::object::{exception, generator};
use crate::runtime::{R, Rt};
use crate::types::exception as specs;
use crate::value::Obj;
use molt_abi::desc::CodeFlags;
use molt_abi::layout::Kind;

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
        let object = generator::expect(generator);
        if ended {
            // One that refused to run (RecursionError) has ended too.
            object.release_frame();
        }
        object.leave(rt, outer.cloned(), ended);
    }
    fn yield_from_next(rt, iter: val, sent: val) -> owned {
        rt.ctx().stop_value.set(None);
        let step = if generator::get_delegate(iter).is_some() {
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
        let own = generator::get_delegate(iter).is_some();
        if rt.type_of(&exc).is_subtype(rt.spec_type(&specs::GENERATOR_EXIT)) {
            if own {
                rt.close_suspended(iter)?;
            } else if let Some(close) = rt.get_attr_opt(iter, &rt.names().close)? {
                rt.call(&close, &[])?;
            }
            return Err(rt.reraise(exc));
        }
        let step = if own {
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
        if obj.is_kind(Kind::Generator) {
            return Ok(obj.clone());
        }
        if obj.is_kind(Kind::Coroutine) {
            return Err(rt.type_error(format_args!(
                "cannot 'yield from' a coroutine object in a non-coroutine generator"
            )));
        }
        rt.iter(obj)
    }
    fn take_stop_value(rt) -> object { rt.ctx().stop_value.take().unwrap_or(Obj::none()) }
    fn set_stop_value(rt, value: steal) -> never { rt.ctx().stop_value.set(Some(value).filter(|v| !v.is_none())) }
    fn generator_raised(rt, flags: int) -> raises {
        let exc = rt.take_exception().unwrap_or(Obj::none());
        let is = |spec| rt.type_of(&exc).is_subtype(rt.spec_type(spec));
        let noun = match flags as u32 {
            CodeFlags::COROUTINE => "coroutine",
            CodeFlags::ASYNC_GENERATOR => "async generator",
            _ => "generator",
        };
        let name = if is(&specs::STOP_ITERATION) {
            "StopIteration"
        } else if flags as u32 == CodeFlags::ASYNC_GENERATOR && is(&specs::STOP_ASYNC_ITERATION) {
            "StopAsyncIteration"
        } else {
            return rt.reraise(exc);
        };
        // PEP 479.
        let raised = rt.runtime_error(format_args!("{noun} raised {name}"));
        rt.caused_by(raised, Some(exc))
    }
    fn get_awaitable(rt, obj: val, what: int) -> owned { rt.get_awaitable(obj, what) }
    fn get_aiter(rt, obj: val) -> owned { rt.get_aiter(obj) }
    fn get_anext(rt, aiter: val) -> owned { rt.get_anext(aiter) }
    fn end_async_for(rt) -> status { rt.end_async_for() }
    fn call_aexit(rt, exit: val, exc: val) -> owned { exit_with(rt, exit, exc) }
}

/// Calls a bound `__exit__` or `__aexit__` with the exception's type, value and traceback.
pub(super) fn exit_with(rt: &Rt, exit: &Obj, exc: &Obj) -> R {
    let ty = rt.type_of(exc).as_obj();
    let tb = exception::get(exc).and_then(|e| e.traceback.get()).unwrap_or(Obj::none());
    rt.call(exit, &[ty, exc.clone(), tb])
}
