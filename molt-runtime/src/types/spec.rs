//! Type specifications: the immutable statics that builtin types are made of, in every runtime.
//!
//! Invariant: a spec is plain read-only data; what is mutable about a type is in its per-runtime
//! [`crate::object::types::TypeObject`]. `docs/runtime.md` shows how to write one.

use crate::object::native::NativeVtable;
use crate::ops::call::Args;
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::layout::Kind;
use std::cell::Cell;

/// A comparison operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum CmpOp {
    Lt,
    Le,
    Eq,
    Ne,
    Gt,
    Ge,
}

impl CmpOp {
    /// The operator with its operands swapped.
    pub const fn swapped(self) -> CmpOp {
        match self {
            CmpOp::Lt => CmpOp::Gt,
            CmpOp::Le => CmpOp::Ge,
            CmpOp::Gt => CmpOp::Lt,
            CmpOp::Ge => CmpOp::Le,
            same => same,
        }
    }

    /// The operator's text, e.g. `<=`.
    pub const fn text(self) -> &'static str {
        match self {
            CmpOp::Lt => "<",
            CmpOp::Le => "<=",
            CmpOp::Eq => "==",
            CmpOp::Ne => "!=",
            CmpOp::Gt => ">",
            CmpOp::Ge => ">=",
        }
    }

    /// Whether the operator holds for two values in that order.
    pub fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            CmpOp::Lt => order.is_lt(),
            CmpOp::Le => order.is_le(),
            CmpOp::Eq => order.is_eq(),
            CmpOp::Ne => order.is_ne(),
            CmpOp::Gt => order.is_gt(),
            CmpOp::Ge => order.is_ge(),
        }
    }
}

/// One operand.
pub type Unary = fn(&Rt, &Obj) -> R;
/// Both operands in source order; either may be the one the slot belongs to. `NotImplemented` when it does not know them.
pub type Binary = fn(&Rt, &Obj, &Obj) -> R;
/// `pow`; the third is `None` for the operator.
pub type Power = fn(&Rt, &Obj, &Obj, &Obj) -> R;
/// A sequence and a count.
pub type Repeat = fn(&Rt, &Obj, i64) -> R;
/// A truth value.
pub type Truth = fn(&Rt, &Obj) -> R<bool>;
/// A length.
pub type Length = fn(&Rt, &Obj) -> R<usize>;
/// A hash; never -1 (CPython's rule).
pub type Hash = fn(&Rt, &Obj) -> R<i64>;
/// A comparison; `NotImplemented` when it does not know the other.
pub type Compare = fn(&Rt, &Obj, &Obj, CmpOp) -> R;
/// Object, key, value; no value deletes.
pub type SetItem = fn(&Rt, &Obj, &Obj, Option<&Obj>) -> R<()>;
/// Object, name (a `str`), value; no value deletes.
pub type SetAttr = fn(&Rt, &Obj, &Obj, Option<&Obj>) -> R<()>;
/// Container, item.
pub type Contains = fn(&Rt, &Obj, &Obj) -> R<bool>;
/// The next value; `None` when exhausted (with `Rt::set_stop_value` if it returned something).
pub type Next = fn(&Rt, &Obj) -> R<Option<Obj>>;
/// A call.
pub type Call = fn(&Rt, &Obj, Args<'_>) -> R;
/// Type (a type object), arguments.
pub type New = fn(&Rt, &Obj, Args<'_>) -> R;
/// Instance, arguments.
pub type Init = fn(&Rt, &Obj, Args<'_>) -> R<()>;
/// Descriptor, instance (none for an access on the type), type.
pub type DescrGet = fn(&Rt, &Obj, Option<&Obj>, &Obj) -> R;
/// Descriptor, instance, value; no value deletes.
pub type DescrSet = fn(&Rt, &Obj, &Obj, Option<&Obj>) -> R<()>;
/// A finaliser.
pub type Del = fn(&Rt, &Obj) -> R<()>;

macro_rules! slots {
    ($($(#[$doc:meta])* $name:ident : $ty:ty,)*) => {
        /// The behaviour of a type as function pointers; what is absent is inherited from the base.
        #[derive(Clone, Copy)]
        pub struct Slots {
            $($(#[$doc])* pub $name: Option<$ty>,)*
        }

        impl Slots {
            /// No behaviour of its own.
            pub const EMPTY: Slots = Slots { $($name: None,)* };
        }

        /// The slots of a type object in a runtime.
        pub struct LiveSlots {
            $($(#[$doc])* pub $name: Cell<Option<$ty>>,)*
        }

        impl LiveSlots {
            /// Copies static slots.
            pub fn new(slots: &Slots) -> LiveSlots {
                LiveSlots { $($name: Cell::new(slots.$name),)* }
            }

            /// Takes from `base` what is absent here.
            pub fn inherit(&self, base: &LiveSlots) {
                $(if self.$name.get().is_none() { self.$name.set(base.$name.get()); })*
            }

            /// Replaces all by those of `other`.
            pub fn assign(&self, other: &LiveSlots) {
                $(self.$name.set(other.$name.get());)*
            }
        }
    };
}

slots! {
    /// `__repr__`
    repr: Unary,
    /// `__str__`
    str: Unary,
    /// `__hash__`; a type that defines `compare` and not `hash` is unhashable: set [`unhashable`].
    hash: Hash,
    /// `__lt__` …
    compare: Compare,
    /// `__bool__`
    truth: Truth,
    /// `__call__`
    call: Call,
    /// `__getattribute__`
    getattr: Binary,
    /// `__setattr__`, `__delattr__`
    setattr: SetAttr,
    /// `__get__`
    descr_get: DescrGet,
    /// `__set__`, `__delete__`
    descr_set: DescrSet,
    /// `__iter__`
    iter: Unary,
    /// `__next__`
    next: Next,
    /// `__await__`
    await_: Unary,
    /// `__aiter__`
    aiter: Unary,
    /// `__anext__`
    anext: Unary,
    /// `__new__`
    new: New,
    /// `__init__`
    init: Init,
    /// `__del__`
    del: Del,
    /// `__len__`
    len: Length,
    /// `__getitem__`
    getitem: Binary,
    /// `__setitem__`, `__delitem__`
    setitem: SetItem,
    /// `__contains__`
    contains: Contains,
    /// `+` of sequences, tried after `add` (CPython's `sq_concat`)
    concat: Binary,
    /// `*` of sequences, tried after `mul`
    repeat: Repeat,
    /// `+=` of sequences
    iconcat: Binary,
    /// `*=` of sequences
    irepeat: Repeat,
    /// `__neg__`
    neg: Unary,
    /// `__pos__`
    pos: Unary,
    /// `__abs__`
    abs: Unary,
    /// `__invert__`
    invert: Unary,
    /// `__int__`
    int: Unary,
    /// `__float__`
    float: Unary,
    /// `__index__`
    index: Unary,
    /// `__add__`
    add: Binary,
    /// `__sub__`
    sub: Binary,
    /// `__mul__`
    mul: Binary,
    /// `__matmul__`
    matmul: Binary,
    /// `__truediv__`
    truediv: Binary,
    /// `__floordiv__`
    floordiv: Binary,
    /// `__mod__`
    rem: Binary,
    /// `__divmod__`
    divmod: Binary,
    /// `__pow__`
    pow: Power,
    /// `__lshift__`
    lshift: Binary,
    /// `__rshift__`
    rshift: Binary,
    /// `__and__`
    bitand: Binary,
    /// `__or__`
    bitor: Binary,
    /// `__xor__`
    bitxor: Binary,
    /// `__iadd__`
    iadd: Binary,
    /// `__isub__`
    isub: Binary,
    /// `__imul__`
    imul: Binary,
    /// `__imatmul__`
    imatmul: Binary,
    /// `__itruediv__`
    itruediv: Binary,
    /// `__ifloordiv__`
    ifloordiv: Binary,
    /// `__imod__`
    irem: Binary,
    /// `__ipow__`
    ipow: Binary,
    /// `__ilshift__`
    ilshift: Binary,
    /// `__irshift__`
    irshift: Binary,
    /// `__iand__`
    ibitand: Binary,
    /// `__ior__`
    ibitor: Binary,
    /// `__ixor__`
    ibitxor: Binary,
}

/// The `hash` slot of an unhashable type; its `__hash__` is `None`.
pub fn unhashable(rt: &Rt, obj: &Obj) -> R<i64> {
    Err(rt.type_error(format_args!("unhashable type: '{}'", rt.type_name(obj))))
}

/// How a parameter may be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParamKind {
    /// By position alone.
    PosOnly,
    /// By position or keyword.
    Normal,
    /// By keyword alone.
    KwOnly,
}

/// A parameter of a native function with keywords.
#[derive(Debug, Clone, Copy)]
pub struct Param {
    /// Its name.
    pub name: &'static str,
    /// How it may be given.
    pub kind: ParamKind,
    /// Whether it must be given.
    pub required: bool,
}

impl Param {
    /// A required parameter by position or keyword.
    pub const fn required(name: &'static str) -> Param {
        Param { name, kind: ParamKind::Normal, required: true }
    }

    /// An optional parameter by position or keyword.
    pub const fn optional(name: &'static str) -> Param {
        Param { name, kind: ParamKind::Normal, required: false }
    }

    /// The same by position alone.
    pub const fn pos_only(self) -> Param {
        Param { kind: ParamKind::PosOnly, ..self }
    }

    /// The same by keyword alone.
    pub const fn kw_only(self) -> Param {
        Param { kind: ParamKind::KwOnly, ..self }
    }
}

/// A native function. `self` is the receiver, the class of a class method, or the module of a module function.
///
/// The form decides which calls are accepted and the text of the `TypeError` for others, as CPython's calling conventions
/// do.
#[derive(Clone, Copy)]
pub enum NativeFn {
    /// No arguments: "list.clear() takes no arguments (1 given)".
    NoArgs(fn(&Rt, &Obj) -> R),
    /// One argument: "list.append() takes exactly one argument (2 given)".
    One(fn(&Rt, &Obj, &Obj) -> R),
    /// Between `min` and `max` positional arguments: "pop expected at most 1 argument, got 2".
    Positional {
        /// The least number.
        min: usize,
        /// The greatest number.
        max: usize,
        /// The function; it gets the arguments as given.
        func: fn(&Rt, &Obj, &[Obj]) -> R,
    },
    /// Positional and keyword arguments, bound to parameters: "'x' is an invalid keyword argument for sort()".
    Keywords {
        /// The parameters in order.
        params: &'static [Param],
        /// The function; it gets one entry per parameter.
        func: fn(&Rt, &Obj, &[Option<&Obj>]) -> R,
    },
    /// Anything: the function looks at the arguments itself.
    Any(fn(&Rt, &Obj, Args<'_>) -> R),
}

/// What a method is bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    /// The instance.
    Instance,
    /// The class.
    Class,
    /// Nothing.
    Static,
}

/// A method of a builtin type, or a function of a native module.
#[derive(Clone, Copy)]
pub struct MethodDef {
    /// The name.
    pub name: &'static str,
    /// The function.
    pub func: NativeFn,
    /// What it is bound to.
    pub binding: Binding,
    /// `__text_signature__`, e.g. `($self, object, /)`, or empty.
    pub signature: &'static str,
    /// `__doc__`, or empty.
    pub doc: &'static str,
}

impl MethodDef {
    /// A method of instances, or a module function.
    pub const fn new(name: &'static str, func: NativeFn, signature: &'static str, doc: &'static str) -> MethodDef {
        MethodDef { name, func, binding: Binding::Instance, signature, doc }
    }

    /// The same as a class method.
    pub const fn class(self) -> MethodDef {
        MethodDef { binding: Binding::Class, ..self }
    }

    /// The same as a static method.
    pub const fn stat(self) -> MethodDef {
        MethodDef { binding: Binding::Static, ..self }
    }
}

/// A computed attribute of a builtin type.
#[derive(Clone, Copy)]
pub struct GetSetDef {
    /// The name.
    pub name: &'static str,
    /// Reads it.
    pub get: fn(&Rt, &Obj) -> R,
    /// Writes it, or deletes it without a value; absent for read-only attributes.
    pub set: Option<fn(&Rt, &Obj, Option<&Obj>) -> R<()>>,
    /// `__doc__`, or empty.
    pub doc: &'static str,
}

impl GetSetDef {
    /// A read-only attribute.
    pub const fn read_only(name: &'static str, get: fn(&Rt, &Obj) -> R) -> GetSetDef {
        GetSetDef { name, get, set: None, doc: "" }
    }
}

impl GetSetDef {
    /// A read-only attribute that CPython has as a member of the structure: another error for writes.
    pub const fn member(name: &'static str, get: fn(&Rt, &Obj) -> R) -> GetSetDef {
        GetSetDef { name, get, set: Some(refuse_write), doc: "" }
    }
}

fn refuse_write(rt: &Rt, _: &Obj, _: Option<&Obj>) -> R<()> {
    Err(rt.error(&super::exception::ATTRIBUTE_ERROR, format_args!("readonly attribute")))
}

/// A builtin type.
pub struct TypeSpec {
    /// `__name__`.
    pub name: &'static str,
    /// `__module__`.
    pub module: &'static str,
    /// `__doc__`, or empty.
    pub doc: &'static str,
    /// `__text_signature__`, or empty.
    pub signature: &'static str,
    /// The layout of instances.
    pub kind: Kind,
    /// The base; `object` when absent.
    pub base: Option<&'static TypeSpec>,
    /// Whether classes may derive from it.
    pub subclassable: bool,
    /// Whether instances (of the type itself) have a `__dict__`.
    pub has_dict: bool,
    /// The behaviour.
    pub slots: Slots,
    /// The methods.
    pub methods: &'static [MethodDef],
    /// The computed attributes.
    pub getset: &'static [GetSetDef],
    /// The payload of kind `Native`.
    pub native: Option<NativeVtable>,
}

impl TypeSpec {
    /// A type of module `builtins` without behaviour, for struct update syntax.
    pub const fn new(name: &'static str, kind: Kind) -> TypeSpec {
        TypeSpec {
            name,
            module: "builtins",
            doc: "",
            signature: "",
            kind,
            base: None,
            subclassable: false,
            has_dict: false,
            slots: Slots::EMPTY,
            methods: &[],
            getset: &[],
            native: None,
        }
    }

    /// A type whose instances hold a Rust structure.
    pub const fn native(name: &'static str, vtable: NativeVtable) -> TypeSpec {
        let mut spec = TypeSpec::new(name, Kind::Native);
        spec.native = Some(vtable);
        spec
    }
}
