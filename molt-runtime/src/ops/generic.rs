//! The slots of classes: each calls the dunder it stands for, as CPython's `slot_*` functions do.

use crate::object::int::IntObject;
use crate::object::types::{TypeObject, as_type};
use crate::ops::attr::{bind, generic_get_opt, is_method};
use crate::ops::call::Args;
use crate::runtime::{R, Rt};
use crate::types::exception as specs;
use crate::types::spec::CmpOp;
use crate::value::{Obj, with_prefixed};
use molt_abi::layout::Kind;

/// Calls the dunder, which the type had when the slot was set.
fn required(rt: &Rt, obj: &Obj, name: &Obj, args: &[Obj]) -> R {
    match rt.call_special(obj, name, args)? {
        Some(value) => Ok(value),
        None => Err(rt.no_attribute(obj, name)),
    }
}

/// `__repr__`
pub fn repr(rt: &Rt, obj: &Obj) -> R {
    text(rt, required(rt, obj, &rt.names().__repr__, &[])?, "__repr__")
}

/// `__str__`
pub fn str(rt: &Rt, obj: &Obj) -> R {
    text(rt, required(rt, obj, &rt.names().__str__, &[])?, "__str__")
}

fn text(rt: &Rt, value: Obj, name: &str) -> R {
    if value.is_kind(Kind::Str) {
        return Ok(value);
    }
    Err(rt.type_error(format_args!("{name} returned non-string (type {})", rt.type_name(&value))))
}

/// `__hash__`
pub fn hash(rt: &Rt, obj: &Obj) -> R<i64> {
    let value = required(rt, obj, &rt.names().__hash__, &[])?;
    if let Some(n) = value.as_small_int() {
        return Ok(if n == -1 { -2 } else { n });
    }
    // An int of 64 bits is the hash itself; only larger ones are reduced.
    if let Some(n) = value.cast::<IntObject>().and_then(|n| n.value.view().to_i64()) {
        return Ok(if n == -1 { -2 } else { n });
    }
    if value.is_kind(Kind::Int) || value.as_bool().is_some() {
        return rt.hash(&value);
    }
    Err(rt.type_error(format_args!("__hash__ method should return an integer")))
}

/// `__lt__` …
pub fn compare(rt: &Rt, a: &Obj, b: &Obj, op: CmpOp) -> R {
    let names = rt.names();
    let name = match op {
        CmpOp::Lt => &names.__lt__,
        CmpOp::Le => &names.__le__,
        CmpOp::Eq => &names.__eq__,
        CmpOp::Ne => &names.__ne__,
        CmpOp::Gt => &names.__gt__,
        CmpOp::Ge => &names.__ge__,
    };
    Ok(rt.call_special(a, name, std::slice::from_ref(b))?.unwrap_or(Obj::not_implemented()))
}

/// `__bool__`
pub fn truth(rt: &Rt, obj: &Obj) -> R<bool> {
    let value = required(rt, obj, &rt.names().__bool__, &[])?;
    match value.as_bool() {
        Some(b) => Ok(b),
        None => Err(rt.type_error(format_args!("__bool__ should return bool, returned {}", rt.type_name(&value)))),
    }
}

/// `__len__`
pub fn len(rt: &Rt, obj: &Obj) -> R<usize> {
    let value = required(rt, obj, &rt.names().__len__, &[])?;
    let value = rt.index(&value)?;
    match value.as_small_int() {
        Some(n) if n >= 0 => Ok(n as usize),
        Some(_) => Err(rt.value_error(format_args!("__len__() should return >= 0"))),
        None if is_negative(&value) => Err(rt.value_error(format_args!("__len__() should return >= 0"))),
        None => Err(rt.overflow_error(format_args!("cannot fit 'int' into an index-sized integer"))),
    }
}

fn is_negative(value: &Obj) -> bool {
    value.cast::<IntObject>().is_some_and(|n| n.value.view().is_negative())
}

/// `__call__`
pub fn call(rt: &Rt, obj: &Obj, args: Args<'_>) -> R {
    let ty = rt.type_of(obj);
    let Some(attr) = rt.lookup(ty, &rt.names().__call__) else {
        return Err(rt.type_error(format_args!("'{}' object is not callable", ty.name_text())));
    };
    call_with(rt, &attr, obj, args)
}

/// Calls a class attribute as a method with any arguments.
pub fn call_with(rt: &Rt, attr: &Obj, obj: &Obj, args: Args<'_>) -> R {
    if is_method(rt, attr) {
        return with_prefixed(obj, args.values(), |all| rt.call_args(attr, Args::with_keywords(all, args.kwnames())));
    }
    let bound = bind(rt, attr, Some(obj), rt.type_of(obj))?;
    rt.call_args(&bound, args)
}

/// `__getattribute__` and `__getattr__`
pub fn getattr(rt: &Rt, obj: &Obj, name: &Obj) -> R {
    let names = rt.names();
    let ty = rt.type_of(obj);
    let hook = rt.lookup(ty, &names.__getattr__);
    let found = match rt.lookup(ty, &names.__getattribute__) {
        Some(attr) if crate::types::builtin::wrapped_owner(rt, &attr).is_none() => {
            rt.call_bound(&attr, obj, std::slice::from_ref(name)).map(Some)
        }
        Some(attr) => match crate::types::builtin::wrapped_owner(rt, &attr).and_then(|o| o.slots.getattr.get()) {
            // The plain one without the cost of an exception when `__getattr__` answers.
            Some(_) if hook.is_some() && ty.kind() != Kind::Type && ty.kind() != Kind::Module => {
                generic_get_opt(rt, obj, name)
            }
            Some(native) => native(rt, obj, name).map(Some),
            None => generic_get_opt(rt, obj, name),
        },
        None => generic_get_opt(rt, obj, name),
    };
    match (found, hook) {
        (Ok(Some(value)), _) => Ok(value),
        (Ok(None), Some(hook)) => rt.call_bound(&hook, obj, std::slice::from_ref(name)),
        (Ok(None), None) => Err(rt.no_attribute(obj, name)),
        (Err(_), Some(hook)) if rt.exception_is(&specs::ATTRIBUTE_ERROR) => {
            rt.clear_exception();
            rt.call_bound(&hook, obj, std::slice::from_ref(name))
        }
        (Err(raised), _) => Err(raised),
    }
}

/// `__setattr__`, `__delattr__`
pub fn setattr(rt: &Rt, obj: &Obj, name: &Obj, value: Option<&Obj>) -> R<()> {
    let names = rt.names();
    match value {
        Some(value) => required(rt, obj, &names.__setattr__, &[name.clone(), value.clone()])?,
        None => required(rt, obj, &names.__delattr__, std::slice::from_ref(name))?,
    };
    Ok(())
}

/// `__get__`
pub fn descr_get(rt: &Rt, descr: &Obj, obj: Option<&Obj>, ty: &Obj) -> R {
    let args = [obj.cloned().unwrap_or(Obj::none()), ty.clone()];
    match rt.call_special(descr, &rt.names().__get__, &args)? {
        Some(value) => Ok(value),
        None => Ok(descr.clone()),
    }
}

/// `__set__`, `__delete__`
pub fn descr_set(rt: &Rt, descr: &Obj, obj: &Obj, value: Option<&Obj>) -> R<()> {
    let names = rt.names();
    match value {
        Some(value) => required(rt, descr, &names.__set__, &[obj.clone(), value.clone()])?,
        None => required(rt, descr, &names.__delete__, std::slice::from_ref(obj))?,
    };
    Ok(())
}

/// `__iter__`
pub fn iter(rt: &Rt, obj: &Obj) -> R {
    let ty = rt.type_of(obj);
    match rt.lookup(ty, &rt.names().__iter__) {
        Some(attr) if !attr.is_none() => rt.call_bound(&attr, obj, &[]),
        _ => Err(rt.type_error(format_args!("'{}' object is not iterable", ty.name_text()))),
    }
}

/// `__next__`
pub fn next(rt: &Rt, obj: &Obj) -> R<Option<Obj>> {
    match required(rt, obj, &rt.names().__next__, &[]) {
        Ok(value) => Ok(Some(value)),
        Err(raised) => rt.end_of_iteration(raised),
    }
}

/// `__new__`
pub fn new(rt: &Rt, class: &Obj, args: Args<'_>) -> R {
    let Some(ty) = as_type(class) else { return Err(rt.type_error(format_args!("not a type"))) };
    let attr = crate::ops::attr::type_get(rt, &ty.as_obj(), &rt.names().__new__)?;
    with_prefixed(class, args.values(), |all| rt.call_args(&attr, Args::with_keywords(all, args.kwnames())))
}

/// `__init__`
pub fn init(rt: &Rt, obj: &Obj, args: Args<'_>) -> R<()> {
    let Some(attr) = rt.lookup(rt.type_of(obj), &rt.names().__init__) else { return Ok(()) };
    let result = call_with(rt, &attr, obj, args)?;
    if result.is_none() {
        return Ok(());
    }
    Err(rt.type_error(format_args!("__init__() should return None, not '{}'", rt.type_name(&result))))
}

/// `__del__`
pub fn del(rt: &Rt, obj: &Obj) -> R<()> {
    rt.call_special(obj, &rt.names().__del__, &[]).map(drop)
}

/// `__getitem__`
pub fn getitem(rt: &Rt, obj: &Obj, key: &Obj) -> R {
    required(rt, obj, &rt.names().__getitem__, std::slice::from_ref(key))
}

/// `__setitem__`, `__delitem__`
pub fn setitem(rt: &Rt, obj: &Obj, key: &Obj, value: Option<&Obj>) -> R<()> {
    let names = rt.names();
    let (name, args) = match value {
        Some(value) => (&names.__setitem__, vec![key.clone(), value.clone()]),
        None => (&names.__delitem__, vec![key.clone()]),
    };
    match rt.call_special(obj, name, &args)? {
        Some(_) => Ok(()),
        None => Err(rt.type_error(format_args!(
            "'{}' object does not support item {}",
            rt.type_name(obj),
            if value.is_some() { "assignment" } else { "deletion" }
        ))),
    }
}

/// `__contains__`
pub fn contains(rt: &Rt, obj: &Obj, item: &Obj) -> R<bool> {
    let ty = rt.type_of(obj);
    match rt.lookup(ty, &rt.names().__contains__) {
        Some(attr) if attr.is_none() => {
            Err(rt.type_error(format_args!("'{}' object is not a container", ty.name_text())))
        }
        Some(attr) => {
            let value = rt.call_bound(&attr, obj, std::slice::from_ref(item))?;
            rt.truth(&value)
        }
        None => crate::ops::protocol::contains_by_iteration(rt, obj, item),
    }
}

/// `__int__`
pub fn int(rt: &Rt, obj: &Obj) -> R {
    required(rt, obj, &rt.names().__int__, &[])
}

/// `__float__`
pub fn float(rt: &Rt, obj: &Obj) -> R {
    required(rt, obj, &rt.names().__float__, &[])
}

/// Whether the type's own idea of a dunder differs from that of the other operand's type.
fn overrides(rt: &Rt, of: &TypeObject, base: &TypeObject, name: &Obj) -> bool {
    match (rt.lookup(of, name), rt.lookup(base, name)) {
        (Some(a), Some(b)) => !a.is(&b),
        (Some(_), None) => true,
        _ => false,
    }
}

/// A binary operator of classes: the left operand's method, then the right one's reflected method; a subclass on the right
/// that overrides the reflected method goes first.
fn binary(rt: &Rt, a: &Obj, b: &Obj, name: &Obj, reflected: &Obj) -> R {
    let (ta, tb) = (rt.type_of(a), rt.type_of(b));
    let mut other = !ta.is(tb) && tb.is_heap_type();
    if ta.is_heap_type() {
        if other && tb.is_subtype(ta) && overrides(rt, tb, ta, reflected) {
            if let Some(value) = rt.call_special(b, reflected, std::slice::from_ref(a))?
                && !value.is_not_implemented()
            {
                return Ok(value);
            }
            other = false;
        }
        if let Some(value) = rt.call_special(a, name, std::slice::from_ref(b))?
            && !value.is_not_implemented()
        {
            return Ok(value);
        }
    }
    if other && let Some(value) = rt.call_special(b, reflected, std::slice::from_ref(a))? {
        return Ok(value);
    }
    Ok(Obj::not_implemented())
}

/// `__pow__`
pub fn pow(rt: &Rt, a: &Obj, b: &Obj, modulus: &Obj) -> R {
    let names = rt.names();
    if modulus.is_none() {
        return binary(rt, a, b, &names.__pow__, &names.__rpow__);
    }
    // Three-argument pow does not try the reflected method.
    if rt.type_of(a).is_heap_type() {
        let args = [b.clone(), modulus.clone()];
        return Ok(rt.call_special(a, &names.__pow__, &args)?.unwrap_or(Obj::not_implemented()));
    }
    Ok(Obj::not_implemented())
}

macro_rules! binaries {
    ($($slot:ident $name:ident $reflected:ident;)*) => {
        $(
            #[doc = concat!("`", stringify!($name), "`, `", stringify!($reflected), "`")]
            pub fn $slot(rt: &Rt, a: &Obj, b: &Obj) -> R {
                binary(rt, a, b, &rt.names().$name, &rt.names().$reflected)
            }
        )*
    };
}

binaries! {
    add __add__ __radd__;
    sub __sub__ __rsub__;
    mul __mul__ __rmul__;
    matmul __matmul__ __rmatmul__;
    truediv __truediv__ __rtruediv__;
    floordiv __floordiv__ __rfloordiv__;
    rem __mod__ __rmod__;
    divmod __divmod__ __rdivmod__;
    lshift __lshift__ __rlshift__;
    rshift __rshift__ __rrshift__;
    bitand __and__ __rand__;
    bitor __or__ __ror__;
    bitxor __xor__ __rxor__;
}

macro_rules! in_place {
    ($($slot:ident $name:ident;)*) => {
        $(
            #[doc = concat!("`", stringify!($name), "`")]
            pub fn $slot(rt: &Rt, a: &Obj, b: &Obj) -> R {
                Ok(rt.call_special(a, &rt.names().$name, std::slice::from_ref(b))?.unwrap_or(Obj::not_implemented()))
            }
        )*
    };
}

in_place! {
    iadd __iadd__;
    isub __isub__;
    imul __imul__;
    imatmul __imatmul__;
    itruediv __itruediv__;
    ifloordiv __ifloordiv__;
    irem __imod__;
    ipow __ipow__;
    ilshift __ilshift__;
    irshift __irshift__;
    ibitand __iand__;
    ibitor __ior__;
    ibitxor __ixor__;
}

macro_rules! unaries {
    ($($slot:ident $name:ident;)*) => {
        $(
            #[doc = concat!("`", stringify!($name), "`")]
            pub fn $slot(rt: &Rt, a: &Obj) -> R {
                required(rt, a, &rt.names().$name, &[])
            }
        )*
    };
}

unaries! {
    neg __neg__;
    pos __pos__;
    abs __abs__;
    invert __invert__;
    index __index__;
    await_ __await__;
    aiter __aiter__;
    anext __anext__;
}
