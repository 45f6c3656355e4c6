//! The ownership pass: makes every reference count change explicit.
//!
//! Before it, operands and results carry their modes in the operation (borrow, steal, owned, borrowed) and nothing is counted.
//! After it, `incref` and `decref` say exactly when counts change, and `check` can prove it. Runs once, last of all
//! passes, so that no other pass has to know about counts.
//!
//! 1. [`classify`]: which values are counted at all, and which are valid throughout without a reference of their own.
//! 2. [`plan`]: which borrowed values need a reference after all, because something runs while they are in use that may
//!    release what they are borrowed from.
//! 3. [`rewrite`]: walks each block with the set of references held; the last use moves or releases, an edge into a block
//!    that does not need a value releases it there.
//!
//! Invariant: on every path, each reference made is given away or released exactly once, an object is never used after the
//! last reference that this function can rely on, and releases happen as early as liveness allows (`keep_alive` is
//! the use that keeps a Python variable's value alive as long as CPython would).

pub mod check;
pub mod classify;
pub mod plan;
pub mod rewrite;

#[cfg(test)]
mod tests;

use crate::mir::{Cfg, Function, Liveness, Module};

/// Inserts reference counting in every function.
pub fn run(module: &mut Module) {
    for id in module.functions.ids().collect::<Vec<_>>() {
        let old = &mut module.functions[id];
        let empty = Function::new(old.code, old.role, String::new(), old.ret);
        let mut function = std::mem::replace(old, empty);
        run_function(module, &mut function);
        module.functions[id] = function;
    }
}

/// Inserts reference counting in one function of `module`.
pub fn run_function(module: &Module, function: &mut Function) {
    let cfg = Cfg::new(function);
    let live = Liveness::new(function, &cfg);
    let classes = classify::classify(module, function, &cfg);
    let plan = plan::plan(function, &cfg, &live, &classes);
    rewrite::rewrite(function, &cfg, &live, &classes, &plan);
}
