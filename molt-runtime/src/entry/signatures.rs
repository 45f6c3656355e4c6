//! The compile-time check that every row of the table is defined here, with the row's signature.

use super::Ctx;
#[allow(unused_imports)]
use super::{attr, call, container, exception, generator, iter, names, number, operators, text};

/// Collects the machine types of a row's arguments, then compares the function with them.
macro_rules! signature {
    (@args $name:ident ($($done:tt)*) [$ret:ident $error:ident]) => { signature!(@check $name ($($done)*) [$ret $error]); };
    (@args $name:ident ($($done:tt)*) [$ret:ident $error:ident] Flt $($rest:ident)*) => {
        signature!(@args $name ($($done)* f64,) [$ret $error] $($rest)*);
    };
    (@args $name:ident ($($done:tt)*) [$ret:ident $error:ident] Int $($rest:ident)*) => {
        signature!(@args $name ($($done)* i64,) [$ret $error] $($rest)*);
    };
    (@args $name:ident ($($done:tt)*) [$ret:ident $error:ident] Argv $($rest:ident)*) => {
        signature!(@args $name ($($done)* u64, u64,) [$ret $error] $($rest)*);
    };
    (@args $name:ident ($($done:tt)*) [$ret:ident $error:ident] ArgvSteal $($rest:ident)*) => {
        signature!(@args $name ($($done)* u64, u64,) [$ret $error] $($rest)*);
    };
    (@args $name:ident ($($done:tt)*) [$ret:ident $error:ident] Out $($rest:ident)*) => {
        signature!(@args $name ($($done)* u64, u64,) [$ret $error] $($rest)*);
    };
    (@args $name:ident ($($done:tt)*) [$ret:ident $error:ident] $word:ident $($rest:ident)*) => {
        signature!(@args $name ($($done)* u64,) [$ret $error] $($rest)*);
    };
    (@check $name:ident ($($arg:ty,)*) [None Negative]) => { const _: extern "C" fn(Ctx, $($arg),*) -> i64 = all::$name; };
    (@check $name:ident ($($arg:ty,)*) [None $error:ident]) => { const _: extern "C" fn(Ctx, $($arg),*) = all::$name; };
    (@check $name:ident ($($arg:ty,)*) [Flt $error:ident]) => { const _: extern "C" fn(Ctx, $($arg),*) -> f64 = all::$name; };
    (@check $name:ident ($($arg:ty,)*) [Int $error:ident]) => { const _: extern "C" fn(Ctx, $($arg),*) -> i64 = all::$name; };
    (@check $name:ident ($($arg:ty,)*) [Bool $error:ident]) => { const _: extern "C" fn(Ctx, $($arg),*) -> i64 = all::$name; };
    (@check $name:ident ($($arg:ty,)*) [$ret:ident $error:ident]) => { const _: extern "C" fn(Ctx, $($arg),*) -> u64 = all::$name; };
}

/// Every entry function by its row's name.
mod all {
    pub use super::attr::*;
    pub use super::call::*;
    pub use super::container::*;
    pub use super::exception::*;
    pub use super::generator::*;
    pub use super::iter::*;
    pub use super::names::*;
    pub use super::number::*;
    pub use super::operators::*;
    pub use super::text::*;
}

macro_rules! check {
    ($($name:ident ( $($arg:ident : $kind:ident),* ) -> $ret:ident, $error:ident, $effect:ident ;)*) => {
        $(signature!(@args $name () [$ret $error] $($kind)*);)*
    };
}
molt_abi::for_each_intrinsic!(check);
