//! The entry point of stand-alone programs, and native modules.
//!
//! Invariant: no signal handler is installed, and nothing outlives [`run`] but what the program wrote.

use super::Ctx;
use super::convert::{owned, runtime};
use crate::capability::Environment;
use crate::modules::native::NativeModuleDef;
use crate::object::descs::ProgramView;
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::desc::{NativeModule, ProgramDesc};
use std::ffi::{CStr, c_char};
use std::thread;

/// The contract of compiler and runtime as a symbol: objects compiled for another one do not link.
#[unsafe(export_name = env!("MOLT_CONTRACT"))]
pub static CONTRACT: u64 = molt_abi::fingerprint::fingerprint();

/// The stack of a stand-alone program's main thread: reserved, not touched. Deep recursion ends in RecursionError well before it does.
const STACK: usize = 512 << 20;

/// The exit status when the environment can't be made sense of, as the `molt` command has it.
const BAD_ENVIRONMENT: i32 = 3;

/// What `main` of a stand-alone program calls. The exit status.
///
/// # Safety
/// `argv` holds `argc` C strings; `program` is the descriptor of the running program.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn molt_main(argc: i32, argv: *const *const c_char, program: *const ProgramDesc) -> i32 {
    let args: Vec<Vec<u8>> = (0..argc.max(0) as usize)
        // SAFETY: as promised by the caller.
        .map(|n| unsafe { CStr::from_ptr(*argv.add(n)) }.to_bytes().to_vec())
        .collect();
    // SAFETY: as promised by the caller; descriptors live as long as the process.
    let program = unsafe { &*program };
    let address = std::ptr::from_ref(program) as usize;
    let body = move || {
        // SAFETY: the address is that of the descriptor above.
        run(unsafe { &*(address as *const ProgramDesc) }, args)
    };
    match thread::Builder::new().stack_size(STACK).spawn(body) {
        Ok(main) => main.join().unwrap_or(1),
        Err(error) => {
            eprintln!("molt: cannot start the program's thread: {error}");
            1
        }
    }
}

fn run(program: &'static ProgramDesc, args: Vec<Vec<u8>>) -> i32 {
    let environment = match Environment::read() {
        Ok(environment) => environment,
        Err(error) => {
            eprintln!("molt: {error}");
            return BAD_ENVIRONMENT;
        }
    };
    let rt = Rt::new();
    rt.set_stack(STACK);
    rt.set_argv(args);
    // SAFETY: the linker made the descriptor of the running program.
    let program = unsafe { ProgramView::new(program) };
    rt.set_limits(program, Some(environment), Vec::new());
    rt.load_program(program);
    let status = match rt.run_main() {
        Ok(()) => 0,
        Err(_) => rt.exit_status(),
    };
    let status = rt.finish(status);
    if std::env::var_os("MOLT_LEAK_CHECK").is_some() {
        return leak_check(&rt, status);
    }
    drop(rt);
    status
}

/// For tests: the program's state is released, and what is left over is reported. The exit status, 99 with leaks.
fn leak_check(rt: &Rt, status: i32) -> i32 {
    rt.shut_down();
    let leaks = rt.leaked_objects();
    for leak in &leaks {
        eprintln!("leak: {leak}");
    }
    if leaks.is_empty() { status } else { 99 }
}

/// What a native module's symbol does.
///
/// # Safety
/// `ctx` is the live runtime that imports the module.
pub unsafe fn make_native(ctx: Ctx, def: &'static NativeModuleDef) -> u64 {
    // SAFETY: as promised by the caller.
    let rt = unsafe { runtime(ctx) };
    owned(rt.make_native_module(def))
}

/// Calls a native module's symbol.
pub(crate) fn init_native(rt: &Rt, native: &'static NativeModule) -> R {
    let word = (native.init)(std::ptr::from_ref(rt).cast_mut().cast());
    // SAFETY: the symbol gives an owned value, or 0 with an exception pending.
    unsafe { Obj::from_word_opt(word) }.ok_or_else(crate::runtime::Raised::pending)
}
