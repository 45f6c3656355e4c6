//! Traceback objects as Python sees them.
//!
//! Invariant: methods are called with a receiver of the type; the descriptors check it.

use super::spec::{GetSetDef, TypeSpec};
use crate::object::traceback::{self, TracebackObject};
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    getset: &[
        GetSetDef { name: "tb_next", get: next, set: Some(set_next), doc: "" },
        GetSetDef::read_only("tb_lineno", line),
        GetSetDef::read_only("tb_frame", frame),
        GetSetDef::read_only("tb_lasti", last_instruction),
    ],
    ..TypeSpec::new("traceback", Kind::Traceback)
};

fn next(_rt: &Rt, tb: &Obj) -> R {
    Ok(tb.expect::<TracebackObject>().next.get().unwrap_or(Obj::none()))
}

fn set_next(rt: &Rt, tb: &Obj, value: Option<&Obj>) -> R<()> {
    let Some(value) = value else { return Err(rt.type_error(format_args!("can't delete tb_next attribute"))) };
    if !value.is_none() && traceback::get(value).is_none() {
        return Err(rt.type_error(format_args!("expected traceback object or None, got '{}'", rt.type_name(value))));
    }
    let mut at = Some(value.clone());
    while let Some(step) = at {
        if step.is(tb) {
            return Err(rt.value_error(format_args!("traceback loop detected")));
        }
        at = traceback::get(&step).and_then(|t| t.next.get());
    }
    tb.expect::<TracebackObject>().next.set(Some(value.clone()).filter(|v| !v.is_none()));
    Ok(())
}

fn frame(rt: &Rt, tb: &Obj) -> R {
    let t = tb.expect::<TracebackObject>();
    Ok(super::frame::new(rt, t.data(), t.code(), t.position().line))
}

fn line(rt: &Rt, tb: &Obj) -> R {
    Ok(rt.int(i64::from(tb.expect::<TracebackObject>().position().line)))
}

fn last_instruction(rt: &Rt, _tb: &Obj) -> R {
    // There is no bytecode to index.
    Ok(rt.int(-1))
}
