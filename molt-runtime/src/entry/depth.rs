//! The recursion limit: how many frames of Python code are on the native stack.
//!
//! CPython counts frames. Compiled code only compares its stack pointer with a limit, so that a call costs one comparison; the
//! limit is so high that the frames above it are too few for RecursionError, however small. What gets below it comes here,
//! where the frames are counted along the chain of frame pointers; if more are allowed the limit moves down by what these
//! take at least. So a recursion of frames k times as large as the least is counted about k times the logarithm of the
//! recursion limit.
//!
//! Native code between compiled frames uses the frame pointer for other things (keeping it there costs 3 to 6 % of a program
//! that mostly runs native code), so the chain ends at the first native caller. Behind it each entry from native code counts as
//! one frame: right for recursion through `__getattr__`, `__repr__`, key functions, generators and the like, and never more than
//! there are.

use crate::runtime::{R, Rt};

/// Counts the frames from the one at `frame` on, and raises `RecursionError` if they are more than the limit.
#[cold]
pub(super) fn check(rt: &Rt, frame: u64) -> R<()> {
    let here = 0u8;
    let here = std::ptr::from_ref(&here) as u64;
    let limit = rt.recursion_limit();
    let count = if rt.is_stack_used_up(here) { u32::MAX } else { count(rt, here, frame, limit) };
    if count > limit {
        rt.reset_depth_check();
        return Err(rt.recursion_error(""));
    }
    rt.allow_frames(here, limit - count);
    Ok(())
}

/// A number of frames of compiled code that there are at least, at most one more than `limit`.
fn count(rt: &Rt, here: u64, frame: u64, limit: u32) -> u32 {
    let (base, code) = (rt.stack_base(), rt.code_ranges());
    // SAFETY: only called for addresses of words on this thread's stack, between a local variable of `check` and one of a
    // caller; nobody changes the frames of functions that wait for this one.
    let word = |at: u64| unsafe { (at as *const u64).read_volatile() };
    let is_frame = |at: u64, above: u64| at > above && at + 8 < base && at.is_multiple_of(8);
    // The innermost entry is that of the frames of the chain.
    let mut count = rt.entries_from_native().max(1);
    let (mut at, mut above) = (frame, here);
    while count <= limit && is_frame(at, above) {
        let caller = word(at + 8);
        let after = code.partition_point(|range| range.start <= caller);
        match after.checked_sub(1).map(|n| &code[n]) {
            Some(range) if caller < range.functions_end => count += 1,
            // An array entry is no frame of its own; who called it may be compiled.
            Some(range) if caller < range.end => {}
            _ => break,
        }
        (at, above) = (word(at), at);
    }
    count
}
