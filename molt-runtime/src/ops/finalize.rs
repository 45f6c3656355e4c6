//! Running `__del__`.
//!
//! Invariant: a pending exception survives the finaliser; what the finaliser raises is reported, not propagated.

use crate::runtime::Rt;
use crate::types::spec::Del;
use crate::value::Obj;

/// Runs the finaliser of an object.
pub fn run(rt: &Rt, obj: &Obj, del: Del) {
    let pending = rt.take_exception();
    if del(rt, obj).is_err() {
        rt.report_unraisable(obj);
    }
    rt.restore_exception(pending);
}
