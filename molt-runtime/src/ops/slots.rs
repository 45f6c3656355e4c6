//! Slots and dunders: which dunder stands for which slot, in both directions.
//!
//! A builtin type's namespace gets a wrapper for each dunder of its slots ([`WRAPPERS`]); a class gets, for each slot, the
//! builtin function that its dunders wrap, or a generic one that calls the dunder ([`update`]). This is CPython's
//! `slotdefs`, with one table for both.
//!
//! Invariant: after [`update`] the slots of a class do what its dunders, looked up through its MRO, say.

use crate::object::types::{TypeFlags, TypeObject, as_type, core_type, in_runtime};
use crate::ops::{generic, wrap};
use crate::runtime::Rt;
use crate::types::builtin::{NEW, Wrapper, WrapperDef, wrapped_owner};
use crate::types::spec::unhashable;
use crate::value::Obj;

/// What the dunders of a slot are.
enum Found<'a> {
    /// There is none.
    Nothing,
    /// All are wrappers of this type's slot.
    Native(&'a TypeObject),
    /// At least one is something else.
    Other,
}

fn survey<'a>(rt: &'a Rt, ty: &TypeObject, slot: &str, names: &[&Obj]) -> Found<'a> {
    let mut found = Found::Nothing;
    for name in names {
        let Some(attr) = rt.lookup(ty, name) else { continue };
        match wrapped_owner(rt, &attr) {
            Some(owner) => {
                let def = crate::object::native::payload::<Wrapper>(&attr).map(|w| w.def);
                // A wrapper under another name than its own (`__setattr__ = dict.__setitem__`) is like any function.
                if def.is_none_or(|d| crate::object::str::get(name).is_none_or(|n| n.text() != d.name)) {
                    return Found::Other;
                }
                // `list.__add__` wraps `concat`, which says nothing of `add`.
                if def.is_some_and(|d| d.slot != slot) {
                    continue;
                }
                match found {
                    Found::Native(first) if !first.is(owner) => return Found::Other,
                    _ => found = Found::Native(owner),
                }
            }
            None => return Found::Other,
        }
    }
    found
}

macro_rules! table {
    ($($slot:ident : $($dunder:ident $wrap:path as $doc:literal),+ => $generic:path;)*
     @static $($native:ident : $($native_dunder:ident $native_wrap:path),+;)*) => {
        /// The wrappers, for the namespaces of builtin types.
        pub static WRAPPERS: &[WrapperDef] = &[
            $($(WrapperDef {
                name: stringify!($dunder),
                slot: stringify!($slot),
                doc: $doc,
                present: |slots| slots.$slot.is_some(),
                call: |rt, slots, obj, args| match slots.$slot.get() {
                    Some(f) => $wrap(rt, f, obj, args),
                    None => Err(wrap::no_slot(rt, stringify!($dunder))),
                },
            },)+)*
            $($(WrapperDef {
                name: stringify!($native_dunder),
                slot: stringify!($native),
                doc: "",
                present: |slots| slots.$native.is_some(),
                call: |rt, slots, obj, args| match slots.$native.get() {
                    Some(f) => $native_wrap(rt, f, obj, args),
                    None => Err(wrap::no_slot(rt, stringify!($native_dunder))),
                },
            },)+)*
        ];

        fn update_table(rt: &Rt, ty: &TypeObject) {
            let names = rt.names();
            $(
                ty.slots.$slot.set(match survey(rt, ty, stringify!($slot), &[$(&names.$dunder),+]) {
                    Found::Nothing => None,
                    Found::Native(owner) => owner.slots.$slot.get(),
                    Found::Other => Some($generic),
                });
            )*
        }
    };
}

table! {
    repr: __repr__ wrap::unary as "Return repr(self)." => generic::repr;
    str: __str__ wrap::unary as "Return str(self)." => generic::str;
    hash: __hash__ wrap::hash as "Return hash(self)." => generic::hash;
    compare: __lt__ wrap::compare_lt as "Return self<value.", __le__ wrap::compare_le as "Return self<=value.", __eq__ wrap::compare_eq as "Return self==value.", __ne__ wrap::compare_ne as "Return self!=value.", __gt__ wrap::compare_gt as "Return self>value.", __ge__ wrap::compare_ge as "Return self>=value." => generic::compare;
    truth: __bool__ wrap::truth as "True if self else False" => generic::truth;
    call: __call__ wrap::call as "Call self as a function." => generic::call;
    setattr: __setattr__ wrap::setattr as "Implement setattr(self, name, value).", __delattr__ wrap::delattr as "Implement delattr(self, name)." => generic::setattr;
    descr_get: __get__ wrap::descr_get as "" => generic::descr_get;
    descr_set: __set__ wrap::descr_set as "", __delete__ wrap::descr_delete as "" => generic::descr_set;
    iter: __iter__ wrap::unary as "Implement iter(self)." => generic::iter;
    next: __next__ wrap::next as "Implement next(self)." => generic::next;
    await_: __await__ wrap::unary as "Return an iterator to be used in await expression." => generic::await_;
    aiter: __aiter__ wrap::unary as "Return an awaitable, that resolves in asynchronous iterator." => generic::aiter;
    anext: __anext__ wrap::unary as "Return a value or raise StopAsyncIteration." => generic::anext;
    init: __init__ wrap::init as "Initialize self.  See help(type(self)) for accurate signature." => generic::init;
    len: __len__ wrap::len as "Return len(self)." => generic::len;
    getitem: __getitem__ wrap::binary as "Return self[key]." => generic::getitem;
    setitem: __setitem__ wrap::setitem as "Set self[key] to value.", __delitem__ wrap::delitem as "Delete self[key]." => generic::setitem;
    contains: __contains__ wrap::contains as "Return bool(key in self)." => generic::contains;
    neg: __neg__ wrap::unary as "" => generic::neg;
    pos: __pos__ wrap::unary as "" => generic::pos;
    abs: __abs__ wrap::unary as "" => generic::abs;
    invert: __invert__ wrap::unary as "" => generic::invert;
    index: __index__ wrap::unary as "" => generic::index;
    int: __int__ wrap::unary as "" => generic::int;
    float: __float__ wrap::unary as "" => generic::float;
    add: __add__ wrap::binary as "Return self+value.", __radd__ wrap::binary_reflected as "Return value+self." => generic::add;
    sub: __sub__ wrap::binary as "Return self-value.", __rsub__ wrap::binary_reflected as "" => generic::sub;
    mul: __mul__ wrap::binary as "Return self*value.", __rmul__ wrap::binary_reflected as "" => generic::mul;
    matmul: __matmul__ wrap::binary as "", __rmatmul__ wrap::binary_reflected as "" => generic::matmul;
    truediv: __truediv__ wrap::binary as "", __rtruediv__ wrap::binary_reflected as "" => generic::truediv;
    floordiv: __floordiv__ wrap::binary as "", __rfloordiv__ wrap::binary_reflected as "" => generic::floordiv;
    rem: __mod__ wrap::binary as "", __rmod__ wrap::binary_reflected as "" => generic::rem;
    divmod: __divmod__ wrap::binary as "", __rdivmod__ wrap::binary_reflected as "" => generic::divmod;
    lshift: __lshift__ wrap::binary as "", __rlshift__ wrap::binary_reflected as "" => generic::lshift;
    rshift: __rshift__ wrap::binary as "", __rrshift__ wrap::binary_reflected as "" => generic::rshift;
    bitand: __and__ wrap::binary as "", __rand__ wrap::binary_reflected as "" => generic::bitand;
    bitor: __or__ wrap::binary as "", __ror__ wrap::binary_reflected as "" => generic::bitor;
    bitxor: __xor__ wrap::binary as "", __rxor__ wrap::binary_reflected as "" => generic::bitxor;
    pow: __pow__ wrap::pow as "", __rpow__ wrap::pow_reflected as "" => generic::pow;
    iadd: __iadd__ wrap::binary as "" => generic::iadd;
    isub: __isub__ wrap::binary as "" => generic::isub;
    imul: __imul__ wrap::binary as "" => generic::imul;
    imatmul: __imatmul__ wrap::binary as "" => generic::imatmul;
    itruediv: __itruediv__ wrap::binary as "" => generic::itruediv;
    ifloordiv: __ifloordiv__ wrap::binary as "" => generic::ifloordiv;
    irem: __imod__ wrap::binary as "" => generic::irem;
    ipow: __ipow__ wrap::binary as "" => generic::ipow;
    ilshift: __ilshift__ wrap::binary as "" => generic::ilshift;
    irshift: __irshift__ wrap::binary as "" => generic::irshift;
    ibitand: __iand__ wrap::binary as "" => generic::ibitand;
    ibitor: __ior__ wrap::binary as "" => generic::ibitor;
    ibitxor: __ixor__ wrap::binary as "" => generic::ibitxor;
    @static
    concat: __add__ wrap::binary;
    repeat: __mul__ wrap::repeat, __rmul__ wrap::repeat;
    iconcat: __iadd__ wrap::binary;
    irepeat: __imul__ wrap::repeat;
    getattr: __getattribute__ wrap::getattr;
    del: __del__ wrap::del;
}

/// Sets the slots of a class, and of its subclasses, from its dunders.
pub fn update(rt: &Rt, ty: &TypeObject) {
    if ty.is_heap_type() {
        update_table(rt, ty);
        update_special(rt, ty);
    }
    for sub in ty.subclasses() {
        if let Some(sub) = as_type(&sub) {
            update(rt, sub);
        }
    }
}

fn update_special(rt: &Rt, ty: &TypeObject) {
    let names = rt.names();
    let object = rt.core_type(core_type::OBJECT);
    // `__hash__ = None` says "unhashable" in CPython's words.
    if rt.lookup(ty, &names.__hash__).is_some_and(|h| h.is_none()) {
        ty.slots.hash.set(Some(unhashable));
    }
    ty.set_flag(
        TypeFlags::PLAIN_SETATTR,
        matches!(survey(rt, ty, "setattr", &[&names.__setattr__, &names.__delattr__]), Found::Native(o) if o.is(object)),
    );
    let hook = rt.lookup(ty, &names.__getattr__).is_some();
    let (getattr, plain) = match survey(rt, ty, "getattr", &[&names.__getattribute__]) {
        Found::Native(owner) if !hook => (owner.slots.getattr.get(), owner.is(object)),
        _ => (Some(generic::getattr as crate::types::spec::Binary), false),
    };
    ty.slots.getattr.set(getattr);
    ty.set_flag(TypeFlags::PLAIN_GETATTR, plain);
    let new = rt.lookup(ty, &names.__new__);
    let native_new = new.as_ref().and_then(|new| native_new(rt, new));
    ty.slots.new.set(match native_new {
        Some(owner) => owner.slots.new.get(),
        None => Some(generic::new),
    });
    ty.set_flag(TypeFlags::PLAIN_NEW, native_new.is_some_and(|o| o.is(object)));
    ty.set_flag(
        TypeFlags::PLAIN_INIT,
        matches!(survey(rt, ty, "init", &[&names.__init__]), Found::Native(o) if o.is(object)),
    );
    ty.slots.del.set(match survey(rt, ty, "del", &[&names.__del__]) {
        Found::Nothing => None,
        Found::Native(owner) => owner.slots.del.get(),
        Found::Other => Some(generic::del),
    });
}

/// The builtin type whose `__new__` this is.
fn native_new<'a>(rt: &'a Rt, new: &Obj) -> Option<&'a TypeObject> {
    let f = new.cast::<crate::object::builtin::BuiltinObject>()?;
    if !std::ptr::eq(f.def, &NEW) {
        return None;
    }
    f.receiver.get().map(|owner| in_runtime(rt, &owner))
}
