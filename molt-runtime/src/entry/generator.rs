//! Intrinsics of generators.

use super::{Ctx, borrowed, optional, owned, result, rt};
use crate::object::generator;
use crate::object::module::Data;
use crate::runtime::{R, Raised, Rt};
use crate::types::exception as specs;
use crate::value::Obj;
use molt_abi::layout::Kind;
use molt_abi::value::STOP;
