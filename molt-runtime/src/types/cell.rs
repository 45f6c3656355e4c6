//! Closure cells.

use super::spec::{GetSetDef, Slots, TypeSpec};
use crate::object::cell::{self, CellObject};
use crate::ops::call::Args;
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    slots: Slots { repr: Some(repr), new: Some(new), ..Slots::EMPTY },
    getset: &[GetSetDef { name: "cell_contents", get: contents, set: Some(set_contents), doc: "" }],
    ..TypeSpec::new("cell", Kind::Cell)
};

fn contents(rt: &Rt, obj: &Obj) -> R {
    match obj.expect::<CellObject>().value.get() {
        Some(value) => Ok(value),
        None => Err(rt.value_error(format_args!("Cell is empty"))),
    }
}

fn set_contents(_rt: &Rt, obj: &Obj, value: Option<&Obj>) -> R<()> {
    obj.expect::<CellObject>().value.set(value.cloned());
    Ok(())
}

fn repr(rt: &Rt, obj: &Obj) -> R {
    let text = match obj.expect::<CellObject>().value.get() {
        Some(value) => {
            format!("<cell at {:#x}: {} object at {:#x}>", obj.word(), rt.type_name(&value), value.word())
        }
        None => format!("<cell at {:#x}: empty>", obj.word()),
    };
    Ok(rt.str(&text))
}

fn new(rt: &Rt, _class: &Obj, args: Args<'_>) -> R {
    crate::ops::native_call::check_positional(rt, "cell", args, 0, 1)?;
    Ok(cell::new(rt, args.positional().first().cloned()))
}
