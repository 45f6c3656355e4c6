//! `time`: clocks and `sleep`.

use crate::capability::{Capability, Scope};
use crate::modules::native::NativeModuleDef;
use crate::runtime::{R, Rt};
use crate::types::spec::{MethodDef, NativeFn};
use crate::value::Obj;
use rustix::time::{ClockId, clock_gettime};
use std::time::{Duration, Instant};

fn nanoseconds(clock: ClockId) -> i64 {
    let t = clock_gettime(clock);
    t.tv_sec * 1_000_000_000 + t.tv_nsec
}

/// Nanoseconds as seconds, rounded as CPython does.
fn seconds(ns: i64) -> Obj {
    Obj::float(ns as f64 / 1e9)
}

/// The time of a clock that the program may look at: only the time of day needs a capability.
fn read(rt: &Rt, clock: ClockId) -> R<i64> {
    if clock == ClockId::Realtime {
        rt.require(Capability::TimeWall, Scope::Whole)?;
    }
    Ok(nanoseconds(clock))
}

macro_rules! clocks {
    ($($name:literal $ns:literal $clock:ident $doc:literal;)*) => {
        &[
            $(
                MethodDef::new($name, NativeFn::NoArgs(|rt, _| Ok(seconds(read(rt, ClockId::$clock)?))), "", $doc),
                MethodDef::new($ns, NativeFn::NoArgs(|rt, _| Ok(rt.int(read(rt, ClockId::$clock)?))), "", $doc),
            )*
            MethodDef::new("sleep", NativeFn::One(sleep), "(seconds)", "Delay execution for a given number of seconds.  The argument may be\na floating point number for subsecond precision."),
        ]
    };
}

static FUNCTIONS: &[MethodDef] = clocks! {
    "time" "time_ns" Realtime "Return the current time since the Epoch.";
    "monotonic" "monotonic_ns" Monotonic "Monotonic clock, cannot go backward.";
    "perf_counter" "perf_counter_ns" Monotonic "Performance counter for benchmarking.";
    "process_time" "process_time_ns" ProcessCPUTime "Process time for profiling: sum of the kernel and user-space CPU time.";
    "thread_time" "thread_time_ns" ThreadCPUTime "Thread time for profiling: sum of the kernel and user-space CPU time.";
};

static DEF: NativeModuleDef = NativeModuleDef {
    name: "time",
    doc: "This module provides various functions to manipulate time values.",
    functions: FUNCTIONS,
    init: |_, _| Ok(()),
};

crate::native_module!(molt_native_time, DEF);

fn sleep(rt: &Rt, _: &Obj, secs: &Obj) -> R {
    let length = match rt.to_f64_opt(secs)? {
        Some(length) => length,
        None => {
            return Err(
                rt.type_error(format_args!("'{}' object cannot be interpreted as an integer", rt.type_name(secs)))
            );
        }
    };
    if length.is_nan() {
        return Err(rt.value_error(format_args!("Invalid value NaN (not a number)")));
    }
    if length < 0.0 {
        return Err(rt.value_error(format_args!("sleep length must be non-negative")));
    }
    let Ok(length) = Duration::try_from_secs_f64(length) else {
        return Err(rt.overflow_error(format_args!("timestamp too large to convert to C _PyTime_t")));
    };
    let start = Instant::now();
    // Woken early, sleep on for the rest.
    while let Some(rest) = length.checked_sub(start.elapsed()).filter(|r| !r.is_zero()) {
        std::thread::sleep(rest);
    }
    Ok(Obj::none())
}
