//! Raising, catching and tracebacks.

use super::rows;
use crate::object::module::Data;
use crate::object::{exception, traceback};
use crate::runtime::Rt;
use crate::types::exception as specs;
use crate::value::Obj;

/// Puts the running frame in front of the pending exception's traceback.
fn record(rt: &Rt, data: Data, code: i64, position: i64) {
    // The position is an index of 32 bits; -1 comes in either width.
    if position as i32 >= 0
        && let Some(exc) = rt.ctx().exc.get()
        && let Some(e) = exception::get(&exc)
    {
        let next = e.traceback.get().filter(|t| !t.is_none());
        let load = if rt.take_failed_load(&exc) { traceback::METHOD_LOAD } else { 0 };
        let entry = traceback::new(rt, data, data.code(code as u32), position as u32 | load, next);
        e.traceback.set(Some(entry));
    }
}

rows! {
    fn raise(rt, exc: val) -> raises { rt.raise_object(exc, None) }
    fn raise_from(rt, exc: val, cause: val) -> raises { rt.raise_object(exc, Some(cause)) }
    fn reraise_handled(rt, md: md, code: int, position: int) -> raises {
        match rt.ctx().handled.get().filter(|h| !h.is_none()) {
            Some(exc) => rt.reraise(exc),
            None => {
                let raised = rt.runtime_error(format_args!("No active exception to reraise"));
                record(rt, md, code, position);
                raised
            }
        }
    }
    fn reraise(rt, exc: steal) -> raises { rt.reraise(exc) }
    fn take_exc(rt) -> object { rt.take_exception().unwrap_or(Obj::none()) }
    fn push_handled(rt, exc: val) -> object {
        rt.ctx().handled.replace(Some(exc.clone())).unwrap_or(Obj::none())
    }
    fn pop_handled(rt, previous: steal) -> never { rt.ctx().handled.set(Some(previous).filter(|p| !p.is_none())) }
    fn exc_match(rt, exc: val, class: val) -> truth { rt.exc_match(exc, class) }
    fn call_exit(rt, exit: val, exc: val) -> truth {
        let result = super::generator::exit_with(rt, exit, exc)?;
        rt.truth(&result)
    }
    fn raise_assertion(rt, message: opt) -> raises {
        rt.raise_with(&specs::ASSERTION_ERROR, message.cloned().into_iter().collect())
    }
    fn traceback(rt, md: md, code: int, position: int) -> never { record(rt, md, code, position) }
    fn check_depth(rt, frame: int) -> status { super::depth::check(rt, frame as u64) }
    fn poll(rt) -> status { rt.poll() }
    fn raise_bad_init(rt, result: val) -> raises {
        rt.type_error(format_args!("__init__() should return None, not '{}'", rt.type_name(result)))
    }
}
