//! Calling slots as dunder methods: checks the arguments, as CPython's `wrap_*` functions do.

use crate::ops::call::Args;
use crate::runtime::{R, Raised, Rt};
use crate::types::spec::{
    Binary, Call, CmpOp, Compare, Contains, Del, DescrGet, DescrSet, Hash, Init, Length, Next, Power, Repeat, SetAttr,
    SetItem, Truth, Unary,
};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// For a slot that is gone since its wrapper was made.
#[cold]
pub fn no_slot(rt: &Rt, name: &str) -> Raised {
    rt.type_error(format_args!("{name} is not supported"))
}

fn expect<'a>(rt: &Rt, args: Args<'a>, count: usize) -> R<&'a [Obj]> {
    if args.has_keywords() {
        return Err(rt.type_error(format_args!("wrapper takes no keyword arguments")));
    }
    let given = args.positional();
    if given.len() == count {
        return Ok(given);
    }
    let s = crate::ops::native_call::plural(count);
    Err(rt.type_error(format_args!("expected {count} argument{s}, got {}", given.len())))
}

/// One operand.
pub fn unary(rt: &Rt, f: Unary, obj: &Obj, args: Args<'_>) -> R {
    expect(rt, args, 0)?;
    f(rt, obj)
}

/// The receiver on the left.
pub fn binary(rt: &Rt, f: Binary, obj: &Obj, args: Args<'_>) -> R {
    f(rt, obj, &expect(rt, args, 1)?[0])
}

/// The receiver on the right.
pub fn binary_reflected(rt: &Rt, f: Binary, obj: &Obj, args: Args<'_>) -> R {
    f(rt, &expect(rt, args, 1)?[0], obj)
}

/// `__pow__`
pub fn pow(rt: &Rt, f: Power, obj: &Obj, args: Args<'_>) -> R {
    crate::ops::native_call::check_positional(rt, "__pow__", args, 1, 2)?;
    let given = args.positional();
    f(rt, obj, &given[0], given.get(1).unwrap_or(&Obj::none()))
}

/// `__rpow__`
pub fn pow_reflected(rt: &Rt, f: Power, obj: &Obj, args: Args<'_>) -> R {
    crate::ops::native_call::check_positional(rt, "__rpow__", args, 1, 2)?;
    let given = args.positional();
    f(rt, &given[0], obj, given.get(1).unwrap_or(&Obj::none()))
}

/// A sequence times a count.
pub fn repeat(rt: &Rt, f: Repeat, obj: &Obj, args: Args<'_>) -> R {
    let count = rt.index_i64(&expect(rt, args, 1)?[0])?;
    f(rt, obj, count)
}

/// `__hash__`
pub fn hash(rt: &Rt, f: Hash, obj: &Obj, args: Args<'_>) -> R {
    expect(rt, args, 0)?;
    Ok(rt.int(f(rt, obj)?))
}

/// `__bool__`
pub fn truth(rt: &Rt, f: Truth, obj: &Obj, args: Args<'_>) -> R {
    expect(rt, args, 0)?;
    Ok(Obj::bool(f(rt, obj)?))
}

/// `__len__`
pub fn len(rt: &Rt, f: Length, obj: &Obj, args: Args<'_>) -> R {
    expect(rt, args, 0)?;
    Ok(rt.int(f(rt, obj)? as i64))
}

/// `__call__`
pub fn call(rt: &Rt, f: Call, obj: &Obj, args: Args<'_>) -> R {
    f(rt, obj, args)
}

/// `__init__`
pub fn init(rt: &Rt, f: Init, obj: &Obj, args: Args<'_>) -> R {
    f(rt, obj, args)?;
    Ok(Obj::none())
}

/// `__del__`
pub fn del(rt: &Rt, f: Del, obj: &Obj, args: Args<'_>) -> R {
    expect(rt, args, 0)?;
    f(rt, obj)?;
    Ok(Obj::none())
}

/// `__next__`
pub fn next(rt: &Rt, f: Next, obj: &Obj, args: Args<'_>) -> R {
    expect(rt, args, 0)?;
    rt.ctx().stop_value.set(None);
    match f(rt, obj)? {
        Some(value) => Ok(value),
        None => Err(rt.raise_stop_iteration()),
    }
}

/// `__setitem__`
pub fn setitem(rt: &Rt, f: SetItem, obj: &Obj, args: Args<'_>) -> R {
    let given = expect(rt, args, 2)?;
    f(rt, obj, &given[0], Some(&given[1]))?;
    Ok(Obj::none())
}

/// `__delitem__`
pub fn delitem(rt: &Rt, f: SetItem, obj: &Obj, args: Args<'_>) -> R {
    f(rt, obj, &expect(rt, args, 1)?[0], None)?;
    Ok(Obj::none())
}

/// `__contains__`
pub fn contains(rt: &Rt, f: Contains, obj: &Obj, args: Args<'_>) -> R {
    Ok(Obj::bool(f(rt, obj, &expect(rt, args, 1)?[0])?))
}

fn name<'a>(rt: &Rt, name: &'a Obj) -> R<&'a Obj> {
    if name.is_kind(Kind::Str) {
        return Ok(name);
    }
    Err(rt.type_error(format_args!("attribute name must be string, not '{}'", rt.type_name(name))))
}

/// `__getattribute__`
pub fn getattr(rt: &Rt, f: Binary, obj: &Obj, args: Args<'_>) -> R {
    let attr = name(rt, &expect(rt, args, 1)?[0])?;
    f(rt, obj, &rt.intern_str(attr))
}

/// `__setattr__`
pub fn setattr(rt: &Rt, f: SetAttr, obj: &Obj, args: Args<'_>) -> R {
    let given = expect(rt, args, 2)?;
    let attr = name(rt, &given[0])?;
    // `object.__setattr__(cls, …)` would get around a type's own rules (CPython's `hackcheck`).
    if obj.is_kind(Kind::Type) && !std::ptr::fn_addr_eq(f, crate::ops::attr::type_set as SetAttr) {
        let ty = rt.type_of(obj).name_text();
        return Err(rt.type_error(format_args!("can't apply this __setattr__ to {ty} object")));
    }
    f(rt, obj, &rt.intern_str(attr), Some(&given[1]))?;
    Ok(Obj::none())
}

/// `__delattr__`
pub fn delattr(rt: &Rt, f: SetAttr, obj: &Obj, args: Args<'_>) -> R {
    let attr = name(rt, &expect(rt, args, 1)?[0])?;
    if obj.is_kind(Kind::Type) && !std::ptr::fn_addr_eq(f, crate::ops::attr::type_set as SetAttr) {
        let ty = rt.type_of(obj).name_text();
        return Err(rt.type_error(format_args!("can't apply this __delattr__ to {ty} object")));
    }
    f(rt, obj, &rt.intern_str(attr), None)?;
    Ok(Obj::none())
}

/// `__get__`
pub fn descr_get(rt: &Rt, f: DescrGet, obj: &Obj, args: Args<'_>) -> R {
    crate::ops::native_call::check_positional(rt, "__get__", args, 1, 2)?;
    let given = args.positional();
    let instance = Some(&given[0]).filter(|o| !o.is_none());
    let owner = given.get(1).filter(|o| !o.is_none());
    match (instance, owner) {
        (None, None) => Err(rt.type_error(format_args!("__get__(None, None) is invalid"))),
        (Some(i), None) => f(rt, obj, instance, &rt.type_of(i).as_obj()),
        (_, Some(ty)) => f(rt, obj, instance, ty),
    }
}

/// `__set__`
pub fn descr_set(rt: &Rt, f: DescrSet, obj: &Obj, args: Args<'_>) -> R {
    let given = expect(rt, args, 2)?;
    f(rt, obj, &given[0], Some(&given[1]))?;
    Ok(Obj::none())
}

/// `__delete__`
pub fn descr_delete(rt: &Rt, f: DescrSet, obj: &Obj, args: Args<'_>) -> R {
    f(rt, obj, &expect(rt, args, 1)?[0], None)?;
    Ok(Obj::none())
}

macro_rules! compares {
    ($($name:ident $op:ident;)*) => {
        $(
            #[doc = concat!("Comparison `", stringify!($op), "`.")]
            pub fn $name(rt: &Rt, f: Compare, obj: &Obj, args: Args<'_>) -> R {
                f(rt, obj, &expect(rt, args, 1)?[0], CmpOp::$op)
            }
        )*
    };
}

compares! {
    compare_lt Lt;
    compare_le Le;
    compare_eq Eq;
    compare_ne Ne;
    compare_gt Gt;
    compare_ge Ge;
}
