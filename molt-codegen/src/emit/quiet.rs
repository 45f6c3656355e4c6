//! Register-preserving calls on cold paths inside loops.
//!
//! A call clobbers every float register and most others, and the register allocator then spills what is live across it in the hot
//! code around. So the operations of a loop that hardly ever run in the runtime (arithmetic beyond 64 bits, a poll that finds
//! something, a failed bounds test) are called through a small function of the module that saves all registers itself.
//!
//! Invariant: such a call behaves as the plain one; its result travels through a word of `ctx` that nothing else uses.

use super::EmitError;
use super::clif::{Effort, Fun, Mem, Text, Unit, intrinsic_types};
use molt_abi::intrinsic::Intrinsic;
use molt_abi::layout::ctx;

/// Whether a row is called quietly on cold paths. Rows that such paths lead to as a matter of course, for operands of
/// common types, are not worth the saving and restoring.
pub(super) fn is_quiet(which: Intrinsic) -> bool {
    use Intrinsic::*;
    matches!(
        which,
        poll | box_i64
            | int_add_slow
            | int_sub_slow
            | int_mul_slow
            | add
            | sub
            | mul
            | truediv
            | floordiv
            | rem
            | pow
            | lshift
            | rshift
            | bitand
            | bitor
            | bitxor
            | neg
            | iadd
            | isub
            | imul
            | itruediv
            | ifloordiv
            | irem
            | ipow
            | ilshift
            | irshift
            | ibitand
            | ibitor
            | ibitxor
            | lt
            | le
            | gt
            | ge
            | lt_true
            | le_true
            | gt_true
            | ge_true
            | get_item
            | set_item
            | decref_slow
            | decref_2
            | decref_3
            | decref_4
    )
}

/// Defines the forms that the unit's functions call.
pub(super) fn define(unit: &mut Unit<'_>, want_text: bool) -> Result<Text, EmitError> {
    let mut all = Text::default();
    for (which, func) in unit.wanted_quiet() {
        let text = unit.define(func, Effort::Plain, want_text, |f| body(f, which))?;
        all.clif.push_str(&text.clif);
        all.asm.push_str(&text.asm);
    }
    Ok(all)
}

fn body(f: &mut Fun<'_>, which: Intrinsic) -> Result<(), EmitError> {
    let entry = f.block();
    let params: Vec<_> = intrinsic_types(which).0.into_iter().map(|ty| f.param(entry, ty)).collect();
    f.switch_to(entry);
    if let Some(result) = f.intrinsic(which, &params)? {
        f.store(result, params[0], ctx::QUIET_RESULT, Mem::Ctx);
    }
    f.ret(&[]);
    Ok(())
}
