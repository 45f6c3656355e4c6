//! The recursion limit: how many frames of Python code are on the native stack.
//!
//! CPython counts frames. Compiled code only compares its stack pointer with a limit, so that a call costs one comparison; the
//! limit is so high that the frames above it are too few for RecursionError, however small. What gets below it comes here,
//! where the frames are counted along the chain of frame pointers; if more are allowed the limit moves down by what these
//! take at least. So a recursion of frames k times as large as the least is counted about k times the logarithm of the
//! recursion limit.
//!
//! Native code between compiled frames may use the frame pointer for other things; then the chain ends early, fewer frames
//! are counted than there are, and the size of the native stack is what limits.

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

/// The number of frames of compiled code, at most one more than `limit`.
fn count(rt: &Rt, here: u64, frame: u64, limit: u32) -> u32 {
    let (base, code) = (rt.stack_base(), rt.code_ranges());
    let mut at = frame;
    let mut count = 1;
    while count <= limit && at > here && at < base && at.is_multiple_of(8) {
        let record = at as *const u64;
        // SAFETY: the two words are on this thread's stack, between a local variable of this call and one of a caller, and nobody
        // changes the frames of functions that wait for this one.
        let (next, caller) = unsafe { (record.read_volatile(), record.add(1).read_volatile()) };
        let after = code.partition_point(|range| range.start <= caller);
        count += u32::from(after.checked_sub(1).is_some_and(|n| caller < code[n].end));
        if next <= at {
            break;
        }
        at = next;
    }
    count
}
