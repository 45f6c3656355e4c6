//! Object kinds and the offsets of fields that generated code reads or writes directly.
//!
//! All offsets are in bytes, in 8-byte slots, for every target. The runtime's structures are `repr(C)` and assert that
//! they agree. Fields not named here belong to the runtime alone.

/// The builtin layout of a heap object: the low 8 bits of `meta`.
///
/// The kind names a *layout*. An instance of a subclass of a builtin has the builtin's kind and
/// [`header::FLAG_SUBCLASS`], so that `meta & 0xFFFF == kind` means "exactly that builtin type".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Kind {
    /// A plain instance: overflow dict, then slots.
    Instance = 1,
    Type = 2,
    Int = 3,
    Str = 4,
    Bytes = 5,
    ByteArray = 6,
    List = 7,
    Tuple = 8,
    Dict = 9,
    Set = 10,
    FrozenSet = 11,
    Range = 12,
    Slice = 13,
    Function = 14,
    /// A builtin function or an unbound builtin method.
    Builtin = 15,
    BoundMethod = 16,
    Cell = 17,
    Module = 18,
    Exception = 19,
    Traceback = 20,
    Code = 21,
    Frame = 22,
    Generator = 23,
    Property = 24,
    StaticMethod = 25,
    ClassMethod = 26,
    Super = 27,
    ListIter = 28,
    TupleIter = 29,
    StrIter = 30,
    RangeIter = 31,
    DictIter = 32,
    SetIter = 33,
    DictView = 34,
    /// Any other builtin: the runtime finds its layout through the type.
    Native = 35,
    /// `complex`.
    Complex = 36,
    /// `memoryview`.
    MemoryView = 37,
    Coroutine = 38,
    AsyncGenerator = 39,
    WeakRef = 40,
    MappingProxy = 41,
}

/// One more than the greatest [`Kind`].
pub const KIND_COUNT: usize = 42;

/// The object header: 16 bytes.
pub mod header {
    /// `u32` reference count, not atomic. 0 marks a free cell.
    pub const RC: i32 = 0;
    /// `u32`: kind in bits 0..8, flags above.
    pub const META: i32 = 4;
    /// Pointer to the type object.
    pub const TYPE: i32 = 8;
    /// Header size in bytes.
    pub const SIZE: i32 = 16;
    /// Mask of the kind in `meta`.
    pub const KIND_MASK: u32 = 0xFF;
    /// Mask that yields exactly the kind for objects that are not of a subclass.
    pub const EXACT_MASK: u32 = 0xFFFF;
    /// `meta` flag: the object's type is a subclass of the builtin its kind names.
    pub const FLAG_SUBCLASS: u32 = 1 << 8;
    /// `meta` flag: weak references to the object exist.
    pub const FLAG_WEAKREF: u32 = 1 << 16;
    /// `meta` flag: a `str` whose code points are all below 128.
    pub const FLAG_ASCII: u32 = 1 << 17;
    /// `meta` flag: a `str` that is the one interned string of its value in this runtime.
    pub const FLAG_INTERNED: u32 = 1 << 18;
    /// `meta` flag: the instance keeps its attributes in its dict alone (`__dict__` was asked for).
    pub const FLAG_DICT_MODE: u32 = 1 << 19;
    /// `meta` flag: the finaliser has run (PEP 442).
    pub const FLAG_FINALIZED: u32 = 1 << 20;
    /// `meta` flag: a `dict` whose values may be cells in module slots.
    pub const FLAG_MODULE_DICT: u32 = 1 << 21;
    /// `meta` flag: the object is an allocation of its own, not a cell of a page.
    pub const FLAG_LARGE: u32 = 1 << 22;
    /// `meta` bits 24..26 of a `str`: log2 of the bytes per code point (PEP 393).
    pub const STR_WIDTH_SHIFT: u32 = 24;
    /// `meta` bits 26..32: reserved for the cycle collector.
    pub const GC_SHIFT: u32 = 26;
}

/// A plain instance.
pub mod instance {
    /// The overflow dict, or 0.
    pub const DICT: i32 = 16;
    /// The first slot; slot `n` is at `SLOTS + 8 * n`; 0 means unset.
    pub const SLOTS: i32 = 24;
}

/// `list`.
pub mod list {
    /// Pointer to the items (owned values), or dangling when the capacity is 0.
    pub const ITEMS: i32 = 16;
    /// Number of items, `u64`.
    pub const LEN: i32 = 24;
    /// Capacity in items, `u64`.
    pub const CAP: i32 = 32;
}

/// `tuple`: items are in line.
pub mod tuple {
    /// Number of items, `u64`.
    pub const LEN: i32 = 16;
    /// The first item.
    pub const ITEMS: i32 = 24;
}

/// `str` (PEP 393): code points in line, 1, 2 or 4 bytes each.
pub mod str {
    /// Number of code points, `u64`.
    pub const LEN: i32 = 16;
    /// Cached hash, `u64`; 0 = not computed (`hash()` never yields 0 for the cache: it is stored as computed only when non-zero).
    pub const HASH: i32 = 24;
    /// The code points.
    pub const DATA: i32 = 32;
}

/// A cell of a closure.
pub mod cell {
    /// The contents; 0 = unbound.
    pub const VALUE: i32 = 16;
}

/// A function made by `def` or `lambda`.
pub mod function {
    /// Pointer to the static [`crate::desc::CodeDesc`].
    pub const CODE: i32 = 16;
    /// Pointer to the module data block the function belongs to.
    pub const MODULE: i32 = 24;
    /// The closure: a tuple of cells, or 0.
    pub const CLOSURE: i32 = 32;
    /// Default values: a tuple, or 0.
    pub const DEFAULTS: i32 = 40;
    /// Keyword-only defaults: a dict, or 0.
    pub const KWDEFAULTS: i32 = 48;
}

/// A bound method.
pub mod bound_method {
    /// The function.
    pub const FUNC: i32 = 16;
    /// The receiver.
    pub const SELF: i32 = 24;
}

/// `range` iterator over machine ints. Iterators whose bounds do not fit use kind `Native`.
pub mod range_iter {
    /// The next value, `i64`.
    pub const NEXT: i32 = 16;
    /// The step, `i64`.
    pub const STEP: i32 = 24;
    /// How many values are left, `u64`.
    pub const REMAINING: i32 = 32;
}

/// `list` and `tuple` iterators.
pub mod seq_iter {
    /// The sequence (owned), or 0 once exhausted.
    pub const SEQ: i32 = 16;
    /// The next index, `u64`.
    pub const INDEX: i32 = 24;
}

/// Generators, coroutines and asynchronous generators, whose kinds tell them apart: `resume(ctx, generator, sent) -> value`.
///
/// `sent` is the value of the suspended `yield` (`None` to start), or 0 to raise the pending exception there. The result
/// is a yielded value, [`crate::value::STOP`] on return (the returned value is in [`ctx::STOP_VALUE`]) or 0.
pub mod generator {
    /// Pointer to the resume function.
    pub const RESUME: i32 = 16;
    /// `u32`: 0 = not started, `n` = suspended at yield point `n`, [`DONE`] = finished.
    pub const STATE: i32 = 24;
    /// `u32`: how many leading frame slots hold owned values while suspended.
    pub const LIVE: i32 = 28;
    /// Pointer to the static code descriptor.
    pub const CODE: i32 = 32;
    /// Pointer to the module data block.
    pub const MODULE: i32 = 40;
    /// The function object (owned), for the closure.
    pub const FUNC: i32 = 48;
    /// The iterator that a `yield from` or `await` delegates to (borrowed from the frame), or 0.
    pub const DELEGATE: i32 = 56;
    /// The handled exception saved while suspended (owned), or 0.
    pub const HANDLED: i32 = 64;
    /// Of an asynchronous generator, what finalises it (owned), or 0.
    pub const FINALIZER: i32 = 72;
    /// `u32`: 1 while it runs, else 0.
    pub const RUNNING: i32 = 80;
    /// `u32` flags of the runtime alone.
    pub const FLAGS: i32 = 84;
    /// The first frame slot.
    pub const FRAME: i32 = 88;
    /// The state of a finished generator.
    pub const DONE: u32 = u32::MAX;
}

/// Type objects.
pub mod type_object {
    /// `u64` version, unique in the runtime, never 0.
    pub const VERSION: i32 = 16;
    /// Pointer to the runtime (`ctx`) the type belongs to.
    pub const RUNTIME: i32 = 24;
}

/// The execution context: the first part of a runtime instance, the first argument of all generated code.
pub mod ctx {
    /// The pending exception (owned), or 0.
    pub const EXC: i32 = 0;
    /// The exception being handled (owned), or 0: `sys.exc_info()` and `__context__`.
    pub const HANDLED: i32 = 8;
    /// Pointer to the table of module data blocks, indexed by the program's module index.
    pub const MODULES: i32 = 16;
    /// The lowest native stack address a Python call may use without asking `check_depth`.
    pub const STACK_LIMIT: i32 = 24;
    /// `u32`, set by others: signal, lock hand-over, cancellation or fuel wants attention.
    pub const POLL: i32 = 32;
    /// Pointer to the pristine values of [`crate::builtins::BUILTINS`], by index.
    pub const KNOWN_BUILTINS: i32 = 40;
    /// The value a finished iterator returned (owned), or 0 for `None`.
    pub const STOP_VALUE: i32 = 48;
    /// Where a register-preserving call (see `emit/quiet.rs` of the compiler) leaves its result: a word that is read at once.
    pub const QUIET_RESULT: i32 = 56;
    /// Free lists by size class: the head for cells of `16 * n` bytes is at `FREE + 8 * n`, `n <= MAX_CLASS`.
    pub const FREE: i32 = 64;
    /// The greatest size class.
    pub const MAX_CLASS: i32 = 32;
    /// Pointers to the builtin type objects by [`super::Kind`].
    pub const TYPES: i32 = FREE + 8 * (MAX_CLASS + 1);
    /// Where the runtime's private part may begin.
    pub const SIZE: i32 = TYPES + 8 * 64;
}

/// The data of one module in one runtime: header, constants, global slots, known cells, inline caches, in this order.
pub mod module_data {
    /// The module object (borrowed).
    pub const MODULE: i32 = 0;
    /// Pointer to the static [`crate::desc::ModuleDesc`].
    pub const DESC: i32 = 8;
    /// The first constant; the areas follow one another without gaps. Bytes 16..48 belong to the runtime.
    pub const CONSTS: i32 = 48;
    /// Bytes of one inline cache: version `u64`, payload `u64` (slot offset or kind), value `u64` (borrowed).
    pub const IC_SIZE: i32 = 24;
    /// Offset of constant `n`.
    pub const fn constant(n: u32) -> i32 {
        CONSTS + 8 * n as i32
    }
    /// Offset of global slot `n` in a module with `consts` constants.
    pub const fn global(consts: u32, n: u32) -> i32 {
        CONSTS + 8 * (consts + n) as i32
    }
    /// Offset of known cell `n`.
    pub const fn known(consts: u32, globals: u32, n: u32) -> i32 {
        CONSTS + 8 * (consts + globals + n) as i32
    }
    /// Offset of inline cache `n`.
    pub const fn ic(consts: u32, globals: u32, known: u32, n: u32) -> i32 {
        CONSTS + 8 * (consts + globals + known) as i32 + IC_SIZE * n as i32
    }
}

/// An inline cache of an attribute site. Zeroed at first; type versions are never 0, so an empty cache never hits.
///
/// A hit needs `type(obj).version == cache.version` and, by payload:
///
/// | payload | `get_attr` | `call_method` | `set_attr` |
/// |---|---|---|---|
/// | [`ic::VALUE_NO_DICT`] | the value, if the word at `instance::DICT` is 0 | calls it without the receiver, same test | |
/// | [`ic::VALUE`] | the value | calls it without the receiver | |
/// | [`ic::METHOD_NO_DICT`] | go the slow way | calls the value with the receiver first, if the dict word is 0 | |
/// | [`ic::METHOD`] | go the slow way | calls the value with the receiver first | |
/// | at least [`ic::SLOT`] | the word at that offset of the object; 0 = go the slow way | same, then call | stores there, if `header::FLAG_DICT_MODE` is clear |
///
/// `VALUE_NO_DICT` and `METHOD_NO_DICT` are only made for kind `Instance`. Values are borrowed.
pub mod ic {
    /// `u64` version of the type the cache is for; 0 = empty.
    pub const VERSION: i32 = 0;
    /// `u64`, see the table.
    pub const PAYLOAD: i32 = 8;
    /// The cached value, borrowed.
    pub const CACHED: i32 = 16;
    /// A class attribute that the instance's dict may hide.
    pub const VALUE_NO_DICT: u64 = 1;
    /// A class attribute.
    pub const VALUE: u64 = 2;
    /// A method that the instance's dict may hide.
    pub const METHOD_NO_DICT: u64 = 3;
    /// A method.
    pub const METHOD: u64 = 4;
    /// The least slot offset.
    pub const SLOT: u64 = 16;
}
