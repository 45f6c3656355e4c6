//! `OSError`: the subclass by `errno`, the attributes of its two to five arguments, its text.

use super::base::{args_of, extra, str_of};
use crate::object::exception::{self, ExceptionObject};
use crate::object::tuple;
use crate::object::types::in_runtime;
use crate::ops::call::Args;
use crate::runtime::{R, Rt};
use crate::types::spec::TypeSpec;
use crate::value::Obj;

/// The subclass of an `errno` (Linux numbers, which are those of every target so far).
pub fn subclass(errno: i64) -> Option<&'static TypeSpec> {
    Some(match errno {
        1 | 13 => &super::PERMISSION_ERROR,
        2 => &super::FILE_NOT_FOUND_ERROR,
        3 => &super::PROCESS_LOOKUP_ERROR,
        4 => &super::INTERRUPTED_ERROR,
        10 => &super::CHILD_PROCESS_ERROR,
        11 | 114 | 115 => &super::BLOCKING_IO_ERROR,
        17 => &super::FILE_EXISTS_ERROR,
        20 => &super::NOT_A_DIRECTORY_ERROR,
        21 => &super::IS_A_DIRECTORY_ERROR,
        32 | 108 => &super::BROKEN_PIPE_ERROR,
        103 => &super::CONNECTION_ABORTED_ERROR,
        104 => &super::CONNECTION_RESET_ERROR,
        110 => &super::TIMEOUT_ERROR,
        111 => &super::CONNECTION_REFUSED_ERROR,
        _ => return None,
    })
}

pub(super) fn new(rt: &Rt, class: &Obj, args: Args<'_>) -> R {
    let mut ty = in_runtime(rt, class);
    if ty.is(rt.spec_type(&super::OS_ERROR))
        && args.positional().len() >= 2
        && let Some(spec) = args.positional()[0].as_small_int().and_then(subclass)
    {
        ty = rt.spec_type(spec);
    }
    let exc = exception::new(rt, ty, tuple::from_slice(rt, args.positional()));
    Ok(exc)
}

pub(super) fn init(rt: &Rt, obj: &Obj, args: Args<'_>) -> R<()> {
    if args.has_keywords() {
        return Err(rt.type_error(format_args!("{}() takes no keyword arguments", rt.type_name(obj))));
    }
    let given = args.positional();
    let e = obj.expect::<ExceptionObject>();
    let mut kept = given;
    if (2..=5).contains(&given.len()) {
        e.extra[0].set(Some(given[0].clone()));
        e.extra[1].set(Some(given[1].clone()));
        e.extra[2].set(given.get(2).cloned().filter(|f| !f.is_none()));
        e.extra[3].set(given.get(4).cloned().filter(|f| !f.is_none()));
        if given.len() >= 3 {
            kept = &given[..2];
        }
    }
    e.args.set(Some(tuple::from_slice(rt, kept)));
    Ok(())
}

pub(super) fn str(rt: &Rt, obj: &Obj) -> R {
    let (errno, strerror, file, file2) = (extra(obj, 0), extra(obj, 1), extra(obj, 2), extra(obj, 3));
    if !file.is_none() {
        let mut text =
            format!("[Errno {}] {}: {}", rt.str_text(&errno)?, rt.str_text(&strerror)?, rt.repr_text(&file)?);
        if !file2.is_none() {
            text.push_str(&format!(" -> {}", rt.repr_text(&file2)?));
        }
        return Ok(rt.str(&text));
    }
    if !errno.is_none() && !strerror.is_none() && args_of(obj).len() >= 2 {
        let text = format!("[Errno {}] {}", rt.str_text(&errno)?, rt.str_text(&strerror)?);
        return Ok(rt.str(&text));
    }
    str_of(rt, obj)
}
