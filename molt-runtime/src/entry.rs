//! What compiled code calls: one `extern "C"` function per row of the intrinsic table, and the program's entry point.
//!
//! Every function here turns words into handles, calls safe code, and turns the result back. Invariants: the signature of each function is
//! that of its row (checked at compile time by [`signatures`]); borrowed arguments are never released; an error result means that
//! an exception is pending.

mod attr;
mod c_api;
mod call;
mod choice;
mod container;
mod convert;
mod exception;
mod generator;
pub(crate) mod host;
mod iter;
mod names;
mod number;
mod operators;
pub mod program;
mod signatures;
mod text;

pub use convert::{Ctx, Out};

/// Defines entry functions. `fn name(rt, a: val, …) -> result { safe code }`; an argument of kind `argv`, `moved` or `out` has two names, of
/// its pointer and its count; the first then names the converted whole.
macro_rules! rows {
    ($($(#[$meta:meta])* fn $name:ident($rt:ident $(, $first:ident $($second:ident)? : $kind:ident)*) -> $ret:ident $body:block)*) => {$(
        $(#[$meta])*
        #[doc = concat!("The row `", stringify!($name), "`.")]
        #[unsafe(export_name = concat!("molt_", stringify!($name)))]
        pub extern "C" fn $name(
            ctx: $crate::entry::Ctx
            $(, $first: $crate::entry::convert::word!($kind) $(, $second: $crate::entry::convert::word!($kind))?)*
        ) -> $crate::entry::convert::word_result!($ret) {
            // SAFETY: compiled code passes its runtime, and operands of the kinds and lifetimes that the row declares.
            #[allow(unused_unsafe, unused_variables)]
            let $rt = unsafe { $crate::entry::convert::runtime(ctx) };
            $(
                // SAFETY: as above.
                #[allow(unused_unsafe)]
                let $first = unsafe { $crate::entry::convert::operand!($kind, $first $(, $second)?) };
            )*
            #[allow(clippy::redundant_closure_call)]
            let result: $crate::entry::convert::safe_result!($ret) = (|| $body)();
            $crate::entry::convert::machine_result!($ret, result)
        }
    )*};
}
pub(crate) use rows;

/// Exports the symbol of a native module; see [`crate::native_module`].
#[macro_export]
#[doc(hidden)]
macro_rules! export_native_module {
    ($symbol:ident, $def:expr) => {
        /// The module's symbol: makes the module in a runtime.
        // Compiled code calls it through a descriptor, as a plain C function.
        #[allow(clippy::not_unsafe_ptr_arg_deref)]
        #[unsafe(no_mangle)]
        pub extern "C" fn $symbol(ctx: *mut std::ffi::c_void) -> u64 {
            // SAFETY: only an import calls the symbol, with its own runtime.
            unsafe { $crate::entry::program::make_native(ctx, &$def) }
        }
    };
}
