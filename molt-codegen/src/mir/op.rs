//! The operations of MIR and what each of them means.
//!
//! Invariant: everything a pass needs to know of an operation without knowing its name (result types, ownership, effect,
//! whether it has an exit) is answered by a method here; for intrinsics the answers come from the table's row.

use super::entity::*;
use molt_abi::intrinsic::{Arg, Effect, Error, Intrinsic, Ret};
use molt_abi::layout::Kind;

/// The type of an SSA value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Type {
    /// A boxed Python value, or 0.
    Val,
    /// A machine int.
    I64,
    /// A double.
    F64,
    /// 0 or 1, one byte.
    Bool,
    /// An address that is not a Python value.
    Ptr,
}

/// A comparison of machine numbers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs)]
pub enum Cond {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    /// Unsigned less (ints only): bounds checks.
    Ult,
}

impl Cond {
    /// The opposite; only meaningful for ints (NaN).
    pub fn inverse(self) -> Option<Cond> {
        Some(match self {
            Cond::Eq => Cond::Ne,
            Cond::Ne => Cond::Eq,
            Cond::Lt => Cond::Ge,
            Cond::Le => Cond::Gt,
            Cond::Gt => Cond::Le,
            Cond::Ge => Cond::Lt,
            Cond::Ult => return None,
        })
    }
}

/// Memory that does not overlap with that of another region.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs)]
pub enum Region {
    /// Object headers (reference count, meta, type).
    Header,
    /// Instance slots, cells, generator frames.
    Slot,
    /// List items and lengths, tuple items, strings.
    Payload,
    /// The context.
    Ctx,
    /// Global slots, known cells, inline caches.
    Module,
    /// Never changes while the value lives: tuple lengths, code pointers, constants.
    Const,
}

/// What a read of an unbound variable raises.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Unbound {
    /// UnboundLocalError for the name.
    Local(ConstId),
    /// NameError `cannot access free variable …`.
    Free(ConstId),
    /// NameError `name … is not defined`.
    Global(GlobalId),
}

/// The callee of a direct call.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FuncRef {
    /// In this module.
    Local(FuncId),
    /// In another one.
    Extern(ExternId),
}

/// An operand.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Operand {
    /// An SSA value.
    Value(Value),
    /// A constant's index, for [`Arg::Name`].
    Const(ConstId),
    /// An inline cache, for [`Arg::Ic`].
    Ic(IcId),
    /// An immediate, for [`Arg::Int`].
    Imm(i64),
    /// 0, for [`Arg::Opt`].
    Absent,
}

impl Operand {
    /// The SSA value.
    pub fn value(self) -> Option<Value> {
        match self {
            Operand::Value(v) => Some(v),
            _ => None,
        }
    }
}

impl From<Value> for Operand {
    fn from(v: Value) -> Operand {
        Operand::Value(v)
    }
}

/// How a value is used by an operand position.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Use {
    /// Borrowed for the operation.
    Borrow,
    /// Ownership moves in, on success and on the exit edge.
    Steal,
    /// Not a boxed value.
    Raw,
}

/// How a boxed result is owned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ownership {
    /// The operation made a reference.
    Owned,
    /// Valid while its container is unchanged (constants: always).
    Borrowed,
    /// Not a boxed value, or an immediate by construction: never counted.
    Raw,
}

/// An operation. Operand and result types are given as `(operands) -> results`; `val` operands are borrowed unless said.
///
/// An operation "with exit" leaves by the instruction's exit edge in the case named; its results do not exist there.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Op {
    /// A row of the intrinsic table: operands as the row says ([`Arg::Md`] is not written), variadic ones at the end,
    /// [`Arg::Out`] gives results. With exit if the row may raise.
    Call(Intrinsic),

    // Constants.
    /// `() -> val`: an immediate word.
    Word(u64),
    /// `() -> val`, borrowed: a constant of the pool.
    Const(ConstId),
    /// `() -> i64`.
    Iconst(i64),
    /// `() -> f64`, by bits.
    Fconst(u64),
    /// `() -> bool`.
    Bconst(bool),

    // Tests of a value's representation: `(val) -> bool`.
    /// An immediate int.
    IsInt,
    /// A float.
    IsFloat,
    /// `True` or `False`.
    IsBool,
    /// `None`.
    IsNone,
    /// A heap object.
    IsPtr,
    /// A heap object of exactly this builtin kind (no subclass).
    IsKind(Kind),
    /// Not 0.
    IsBound,
    /// [`molt_abi::value::STOP`].
    IsStop,
    /// `(val, val) -> bool`: `is`.
    Same,

    // Guards: with exit when the condition fails.
    /// `(bool)`.
    Guard,
    /// `(val, …)`: all are immediate ints (1 or 2 operands).
    GuardInt,
    /// `(val, …)`: all are floats.
    GuardFloat,
    /// `(val)`: `True` or `False`.
    GuardBool,
    /// `(val)`: heap object of exactly this kind.
    GuardKind(Kind),
    /// `(val, val)`: identical.
    GuardSame,
    /// `(val)`: a heap object whose type is the class in the known cell (false when the cell is broken).
    GuardType(KnownId),
    /// `()`: nobody wants attention (signals, hand-over of the lock, cancellation); the exit leads to the poll itself.
    GuardQuiet,
    /// `(val)`: with exit when it is 0, after raising what the kind says.
    CheckBound(Unbound),

    // Boxing.
    /// `(val) -> i64`: an immediate int's value.
    UnboxInt,
    /// `(val) -> f64`.
    UnboxFloat,
    /// `(val) -> bool`.
    UnboxBool,
    /// `(i64) -> val`, owned: any int; allocates beyond 48 bits.
    BoxInt,
    /// `(i64) -> val`: known to fit 48 bits.
    BoxIntSmall,
    /// `(f64) -> val`.
    BoxFloat,
    /// `(bool) -> val`.
    BoxBool,
    /// `(i64) -> bool`.
    IntFits48,
    /// `(i64) -> val`, owned: the bits are a value (result of a specialised call).
    ValFromBits,
    /// `(val) -> i64`: the bits; ownership moves with them (steals).
    BitsFromVal,

    // Machine ints: `(i64, i64) -> i64`.
    /// With exit on 64-bit overflow.
    IaddChecked,
    /// With exit on 64-bit overflow.
    IsubChecked,
    /// With exit on 64-bit overflow.
    ImulChecked,
    /// `(i64) -> i64` with exit on overflow.
    InegChecked,
    /// With exit when the count is not in 0..64 or bits are lost.
    IshlChecked,
    /// With exit when the count is negative; a count beyond 63 gives the sign.
    IshrChecked,
    /// Python's `//`, with exit on a zero divisor and on `MIN // -1`.
    IfloordivChecked,
    /// Python's `%`, with exit on a zero divisor and on `MIN % -1`.
    ImodChecked,
    /// Python's `//` where the divisor is not zero and the result fits.
    Ifloordiv,
    /// Python's `%` where the divisor is not zero and the quotient fits.
    Imod,
    /// Wrapping.
    Iadd,
    /// Wrapping.
    Isub,
    /// Wrapping.
    Imul,
    /// Bitwise and.
    Iand,
    /// Bitwise or.
    Ior,
    /// Bitwise exclusive or.
    Ixor,
    /// Shift left, count in 0..64.
    Ishl,
    /// Arithmetic shift right, count in 0..64.
    Ishr,
    /// `(i64) -> i64`: bitwise not.
    Inot,
    /// `(i64, i64) -> bool`.
    Icmp(Cond),

    // Doubles.
    /// `(f64, f64) -> f64`.
    Fadd,
    /// `(f64, f64) -> f64`.
    Fsub,
    /// `(f64, f64) -> f64`.
    Fmul,
    /// `(f64, f64) -> f64`: IEEE division; a zero divisor must have been excluded for Python's `/`.
    Fdiv,
    /// `(f64) -> f64`.
    Fneg,
    /// `(f64) -> f64`.
    Fabs,
    /// `(f64) -> f64`.
    Fsqrt,
    /// `(f64, f64) -> bool`: every comparison with NaN is false but `Ne`.
    Fcmp(Cond),
    /// `(i64) -> f64`, to nearest (Python's rounding of int to float).
    IntToFloat,
    /// `(f64) -> i64`: towards zero, with exit when it does not fit (or is NaN).
    FloatToIntChecked,

    // Truth values.
    /// `(bool) -> bool`.
    Bnot,
    /// `(bool, bool) -> bool`.
    Band,
    /// `(bool, bool) -> bool`.
    Bor,
    /// `(bool) -> i64`.
    BoolToInt,
    /// `(bool, T, T) -> T`: for boxed values both stay borrowed and so is the result.
    Select,

    // Memory.
    /// `(val or ptr) -> T` at a byte offset; a boxed result is borrowed.
    Load {
        /// Byte offset.
        offset: i32,
        /// Result type.
        ty: Type,
        /// Alias region.
        region: Region,
    },
    /// `(val or ptr, T)`: raw store; a boxed operand is stolen and the old contents are not released.
    Store {
        /// Byte offset.
        offset: i32,
        /// Alias region.
        region: Region,
    },
    /// `() -> val`, borrowed; 0 if unbound.
    LoadGlobal(GlobalId),
    /// `(val stolen)`: binds the global, whatever its state; releases the old value.
    StoreGlobal(GlobalId),
    /// `(val stolen)`: as [`Op::StoreGlobal`] for a slot known to be bound by the module itself.
    StoreGlobalFast(GlobalId),
    /// `() -> val`, borrowed: a known cell of this module; [`molt_abi::value::KNOWN_BROKEN`] when not pristine.
    LoadKnown(KnownId),
    /// `() -> val`, borrowed: the known cell of a function or class of another module.
    LoadExternKnown(ExternId),
    /// `() -> val`, borrowed: a pristine builtin, by index in [`molt_abi::builtins::BUILTINS`].
    LoadBuiltin(u32),
    /// `(val) -> val`, borrowed: contents of a cell; 0 if unbound.
    CellLoad,
    /// `(cell val, val stolen)`: sets a cell (0 unbinds) and releases the old contents.
    CellStore,
    /// `(val) -> val`, borrowed: instance slot; 0 if unset.
    SlotLoad(u32),
    /// `(obj val, val stolen)`: sets an instance slot and releases the old contents.
    SlotStore(u32),
    /// `(val) -> i64`: length of an exact list.
    ListLen,
    /// `(val, i64) -> val`, borrowed: item of an exact list, index in bounds.
    ListGet,
    /// `(val, i64, val stolen)`: sets an item of an exact list, index in bounds, and releases the old one.
    ListSet,
    /// As [`Op::ListSet`] where the old item is known to be an immediate: nothing is released.
    ListPut,
    /// `(val) -> i64`: length of an exact tuple.
    TupleLen,
    /// `(val, i64) -> val`, borrowed: item of an exact tuple, index in bounds.
    TupleGet,
    /// `() -> val`, borrowed: the closure cell of index `n` of the function object operand: `(func val)`.
    ClosureCell(u32),

    // Calls.
    /// `(val, …) -> val`, owned: the direct entry (its leading function operand included). With exit when it raises.
    CallDirect(FuncRef),
    /// `(T, …) -> (T, i64 status)`: a specialised entry. With exit when the status is [`STATUS_RAISED`].
    CallSpecial(FuncRef),

    // Lifetimes.
    /// `(val, …)`: keeps the values alive up to here: a local variable lives until it is rebound, deleted or the function
    /// ends, as finalisers and weak references can see. No code.
    KeepAlive,
    /// `(val)`.
    Incref,
    /// `(val)`.
    Decref,
    /// `(val) -> val`: a new name for the value with a reference of its own.
    Copy,

    // Generators.
    /// `(val stolen) -> val`, owned: suspends; the result is what is sent. With exit when an exception is thrown in.
    /// A second operand is the iterator that a `yield from` delegates to. Gone after the generator transform.
    Yield,
    /// `(gen val) -> T`: frame slot `slot` of a generator; ownership of a boxed value moves out of the slot.
    FrameLoad {
        /// Slot index.
        slot: u32,
        /// Result type.
        ty: Type,
    },
    /// `(gen val, T)`: stores to a frame slot without releasing the old contents; a boxed operand is stolen.
    FrameStore {
        /// Slot index.
        slot: u32,
    },
    /// `(gen val) -> i64`: the suspension state.
    StateLoad,
    /// `(gen val)`: sets state and the number of leading slots that hold owned values.
    StateStore {
        /// The state.
        state: u32,
        /// How many leading frame slots hold owned values.
        live: u32,
    },
    /// `(gen val, val)`: the iterator that a `yield from` delegates to, or 0; not owned.
    DelegateStore,
}

/// Status of a specialised function: the value is of the declared type.
pub const STATUS_OK: i64 = 0;
/// An exception is pending.
pub const STATUS_RAISED: i64 = 1;
/// The result did not fit the declared type: the word is a boxed, owned value (only where the declared type is `I64`).
pub const STATUS_BOXED: i64 = 2;

impl Op {
    /// Whether the instruction must have an exit edge (and must not otherwise).
    pub fn has_exit(&self) -> bool {
        match self {
            Op::Call(id) => id.row().may_raise(),
            Op::Guard
            | Op::GuardInt
            | Op::GuardFloat
            | Op::GuardBool
            | Op::GuardKind(_)
            | Op::GuardSame
            | Op::GuardType(_)
            | Op::GuardQuiet
            | Op::CheckBound(_)
            | Op::IaddChecked
            | Op::IsubChecked
            | Op::ImulChecked
            | Op::InegChecked
            | Op::IshlChecked
            | Op::IshrChecked
            | Op::IfloordivChecked
            | Op::ImodChecked
            | Op::FloatToIntChecked
            | Op::CallDirect(_)
            | Op::CallSpecial(_)
            | Op::Yield => true,
            _ => false,
        }
    }

    /// Whether the exit edge is taken with an exception pending (else it is a failed guard or an overflow).
    pub fn raises(&self) -> bool {
        match self {
            Op::Call(id) => id.row().may_raise(),
            Op::CheckBound(_) | Op::CallDirect(_) | Op::CallSpecial(_) | Op::Yield => true,
            _ => false,
        }
    }

    /// Whether control always leaves by the exit edge; the terminator that follows is `unreachable`.
    pub fn always_exits(&self) -> bool {
        matches!(self, Op::Call(id) if id.row().error == Error::Always)
    }

    /// What executing it may do.
    pub fn effect(&self) -> Effect {
        match self {
            Op::Call(id) => id.row().effect,
            Op::Load { region: Region::Const, .. } | Op::TupleLen | Op::TupleGet | Op::ClosureCell(_) => Effect::Pure,
            Op::Load { .. }
            | Op::LoadGlobal(_)
            | Op::LoadKnown(_)
            | Op::LoadExternKnown(_)
            | Op::LoadBuiltin(_)
            | Op::CellLoad
            | Op::SlotLoad(_)
            | Op::ListLen
            | Op::ListGet
            | Op::GuardType(_)
            | Op::GuardQuiet
            | Op::StateLoad => Effect::Read,
            Op::BoxInt => Effect::Alloc,
            Op::Store { .. }
            | Op::ListPut
            | Op::KeepAlive
            | Op::Incref
            | Op::Copy
            | Op::FrameLoad { .. }
            | Op::FrameStore { .. }
            | Op::StateStore { .. }
            | Op::DelegateStore => Effect::Write,
            Op::StoreGlobal(_)
            | Op::StoreGlobalFast(_)
            | Op::CellStore
            | Op::SlotStore(_)
            | Op::ListSet
            | Op::CallDirect(_)
            | Op::CallSpecial(_)
            | Op::Decref
            | Op::Yield => Effect::Python,
            _ => Effect::Pure,
        }
    }

    /// How operand `index` of `count` is used.
    pub fn operand_use(&self, index: usize) -> Use {
        match self {
            Op::Call(id) => match row_arg(*id, index) {
                Some(Arg::Val | Arg::Opt | Arg::Argv) => Use::Borrow,
                Some(Arg::Steal | Arg::ArgvSteal) => Use::Steal,
                _ => Use::Raw,
            },
            Op::StoreGlobal(_) | Op::StoreGlobalFast(_) | Op::BitsFromVal => Use::Steal,
            Op::Yield if index == 0 => Use::Steal,
            Op::CellStore | Op::SlotStore(_) | Op::Store { .. } | Op::FrameStore { .. } if index == 1 => Use::Steal,
            Op::ListSet | Op::ListPut if index == 2 => Use::Steal,
            _ => Use::Borrow,
        }
    }

    /// How result `index` is owned, if it is a boxed value.
    pub fn ownership(&self, index: usize) -> Ownership {
        match self {
            Op::Call(id) => match id.row().ret {
                Ret::Owned => Ownership::Owned,
                Ret::Borrowed => Ownership::Borrowed,
                _ if id.row().args.contains(&Arg::Out) => Ownership::Owned,
                _ => Ownership::Raw,
            },
            Op::BoxInt | Op::ValFromBits | Op::CallDirect(_) | Op::Copy | Op::Yield | Op::FrameLoad { .. } => {
                Ownership::Owned
            }
            Op::CallSpecial(_) if index == 0 => Ownership::Owned,
            Op::Const(_)
            | Op::Load { .. }
            | Op::LoadGlobal(_)
            | Op::LoadKnown(_)
            | Op::LoadExternKnown(_)
            | Op::LoadBuiltin(_)
            | Op::CellLoad
            | Op::SlotLoad(_)
            | Op::ListGet
            | Op::TupleGet
            | Op::ClosureCell(_)
            | Op::Select => Ownership::Borrowed,
            _ => Ownership::Raw,
        }
    }
}

/// The row's argument kind that operand `index` belongs to ([`Arg::Md`] and [`Arg::Out`] take no operand).
pub fn row_arg(id: Intrinsic, index: usize) -> Option<Arg> {
    let mut at = 0;
    for arg in id.row().args {
        match arg {
            Arg::Md | Arg::Out => {}
            Arg::Argv | Arg::ArgvSteal => return Some(*arg),
            _ if at == index => return Some(*arg),
            _ => at += 1,
        }
    }
    None
}

/// How many fixed operands a row takes, and whether variadic ones follow.
pub fn row_operands(id: Intrinsic) -> (usize, bool) {
    let row = id.row();
    let fixed = row.args.iter().filter(|a| !matches!(a, Arg::Md | Arg::Out | Arg::Argv | Arg::ArgvSteal)).count();
    (fixed, row.args.iter().any(|a| matches!(a, Arg::Argv | Arg::ArgvSteal)))
}
