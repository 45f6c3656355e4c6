//! The one contract between the Molt compiler and the Molt runtime.
//!
//! Compiler and runtime meet only here: value tags ([`value`]), object kinds and field offsets ([`layout`]), the
//! execution context ([`layout::ctx`]), static descriptors that compiled objects carry ([`desc`]), the constant blob
//! ([`blob`]), the builtins that own a slot ([`builtins`]), the table of intrinsics ([`intrinsic`]), and what a program
//! may do ([`capability`], [`grant`], [`needs`]).
//!
//! Invariant: nothing in this crate depends on the host it runs on. Every offset is a constant of the *target* ABI
//! (8-byte slots), so a compiler on one machine can emit code for another; the runtime asserts them with `offset_of!`.
#![forbid(unsafe_code)]

pub mod blob;
pub mod builtins;
pub mod capability;
pub mod desc;
pub mod fingerprint;
pub mod grant;
pub mod intrinsic;
pub mod layout;
pub mod natives;
pub mod needs;
pub mod value;
