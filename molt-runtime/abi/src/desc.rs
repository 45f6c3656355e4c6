//! Static descriptors: the immutable data that compiled objects carry and the runtime reads.
//!
//! The compiler writes them field by field as relocated read-only data; the runtime reads them through these `repr(C)`
//! structures. Names and other constants are indices into the module's constants. Invariant: nothing here is mutable and
//! nothing depends on where or when the object was built.

/// A whole program: what the link table object defines as `molt_program` (batch builds: one per program).
#[repr(C)]
#[derive(Debug)]
pub struct ProgramDesc {
    /// [`crate::fingerprint::fingerprint`] of the compiler that made the table.
    pub fingerprint: u64,
    /// Number of modules.
    pub module_count: u64,
    /// The modules, sorted by name; the position is the module index.
    pub modules: *const *const ModuleDesc,
    /// Index of the module to run as `__main__`, or `u64::MAX` for a library.
    pub main: u64,
    /// Native modules the program's import graph reaches, sorted by name.
    pub natives: *const NativeModule,
    /// Number of native modules.
    pub native_count: u64,
    /// What the program may do, the text of a [`crate::grant::GrantSet`]: the most that can be had at run time.
    pub capabilities: *const u8,
    /// Length of that text in bytes.
    pub capabilities_len: u64,
    /// [`ProgramFlags`].
    pub flags: u64,
}

/// Bits of [`ProgramDesc::flags`].
#[derive(Debug, Clone, Copy)]
pub struct ProgramFlags;

impl ProgramFlags {
    /// `MOLT_TRUSTED=1` lifts the ceiling of capabilities.
    pub const TRUSTED: u64 = 1;
}

/// A native module that the program reaches. The compiler references `molt_native_<name>`, which is what keeps the
/// module in the binary; there is no central list.
#[repr(C)]
#[derive(Debug)]
pub struct NativeModule {
    /// UTF-8 name.
    pub name: *const u8,
    /// Its length in bytes.
    pub name_len: u64,
    /// Creates the module: `fn(ctx) -> module value (owned) or 0`.
    pub init: extern "C" fn(*mut core::ffi::c_void) -> u64,
}

/// One compiled module.
#[repr(C)]
#[derive(Debug)]
pub struct ModuleDesc {
    /// Dotted name, UTF-8 (`__main__` for the main module).
    pub name: *const u8,
    /// Length of the name in bytes.
    pub name_len: u64,
    /// The file label shown in tracebacks and `__file__`, UTF-8.
    pub file: *const u8,
    /// Length of the label in bytes.
    pub file_len: u64,
    /// [`ModuleFlags`].
    pub flags: u32,
    /// Number of constants.
    pub const_count: u32,
    /// Number of global slots.
    pub global_count: u32,
    /// Number of known-function cells.
    pub known_count: u32,
    /// Number of inline caches.
    pub ic_count: u32,
    /// Number of code descriptors; code 0 is the module body.
    pub code_count: u32,
    /// Number of class descriptors.
    pub class_count: u32,
    /// Unused, 0.
    pub reserved: u32,
    /// The constants, see [`crate::blob`].
    pub consts: *const u8,
    /// Length of the constants in bytes.
    pub consts_len: u64,
    /// The name (constant index) of each global slot.
    pub global_names: *const u32,
    /// The code descriptors.
    pub codes: *const CodeDesc,
    /// The class descriptors.
    pub classes: *const ClassDesc,
    /// The first function of the module: all that run Python code, and no other code, lie from here to `code_end`.
    pub code_start: *const u8,
    /// The first function behind them.
    pub code_end: *const u8,
}

/// Bits of [`ModuleDesc::flags`].
#[derive(Debug, Clone, Copy)]
pub struct ModuleFlags;

impl ModuleFlags {
    /// The module is a package.
    pub const PACKAGE: u32 = 1;
}

/// The direct entry of a function has a signature of its own; the descriptor holds the array entry.
/// `fn(ctx, function, argv) -> value`: `argv` has exactly one word per parameter variable.
pub type ArrayEntry = extern "C" fn(ctx: *mut core::ffi::c_void, function: u64, argv: *const u64) -> u64;

/// One code object.
#[repr(C)]
#[derive(Debug)]
pub struct CodeDesc {
    /// Runs the function with bound arguments. For a generator it makes the generator object.
    pub entry: ArrayEntry,
    /// Name (constant index).
    pub name: u32,
    /// Qualified name (constant index).
    pub qualname: u32,
    /// Number of positional parameters, positional-only ones included.
    pub arg_count: u32,
    /// Number of positional-only parameters.
    pub posonly_count: u32,
    /// Number of keyword-only parameters.
    pub kwonly_count: u32,
    /// CPython's `co_flags`.
    pub flags: u32,
    /// First line, 1-based.
    pub first_line: u32,
    /// Docstring (constant index), or `u32::MAX`.
    pub doc: u32,
    /// Known-function cell of a unique module-level `def`, or `u32::MAX`.
    pub known: u32,
    /// Class descriptor of a class body, or `u32::MAX`.
    pub class: u32,
    /// Number of entries in `varnames`: parameters first (positional, keyword-only, `*args`, `**kwargs`), then locals.
    pub local_count: u32,
    /// Number of entries in `cellvars`.
    pub cell_count: u32,
    /// Number of entries in `freevars`.
    pub free_count: u32,
    /// Number of frame slots of a generator.
    pub frame_slots: u32,
    /// Number of entries in `positions`.
    pub position_count: u32,
    /// Index of this code in its module.
    pub index: u32,
    /// How many positional arguments bind to the parameters just so, with no other kind of parameter there; `u32::MAX` if
    /// binding always takes more. A call with exactly that many goes to `entry` at once.
    pub arity: u32,
    /// Unused, 0.
    pub reserved: u32,
    /// Names of parameters and locals (constant indices).
    pub varnames: *const u32,
    /// Names of cell variables.
    pub cellvars: *const u32,
    /// Names of free variables, in closure order.
    pub freevars: *const u32,
    /// Source positions, indexed by the position argument of `traceback`.
    pub positions: *const Position,
    /// Resume function of a generator, else null.
    pub resume: *const u8,
}

impl CodeDesc {
    /// Byte offset of `entry`, for compiled code.
    pub const ENTRY: i32 = 0;
    /// Byte offset of `arity`.
    pub const ARITY: i32 = 72;
}

const _: () = {
    assert!(core::mem::offset_of!(CodeDesc, entry) == CodeDesc::ENTRY as usize);
    assert!(core::mem::offset_of!(CodeDesc, arity) == CodeDesc::ARITY as usize);
};

/// Bits of [`CodeDesc::flags`], CPython's values.
#[derive(Debug, Clone, Copy)]
pub struct CodeFlags;

#[allow(missing_docs)]
impl CodeFlags {
    pub const OPTIMIZED: u32 = 0x1;
    pub const NEWLOCALS: u32 = 0x2;
    pub const VARARGS: u32 = 0x4;
    pub const VARKEYWORDS: u32 = 0x8;
    pub const NESTED: u32 = 0x10;
    pub const GENERATOR: u32 = 0x20;
    pub const COROUTINE: u32 = 0x80;
    /// A generator that `await` takes for a coroutine (`types.coroutine`).
    pub const ITERABLE_COROUTINE: u32 = 0x100;
    pub const ASYNC_GENERATOR: u32 = 0x200;
    /// The functions whose call makes an object that runs the body step by step.
    pub const SUSPENDS: u32 = Self::GENERATOR | Self::COROUTINE | Self::ASYNC_GENERATOR;
}

/// A source range as PEP 657 keeps it.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// First line, 1-based.
    pub line: u32,
    /// Last line.
    pub end_line: u32,
    /// First column, 0-based, in UTF-8 bytes.
    pub col: u32,
    /// Column after the last, in UTF-8 bytes.
    pub end_col: u32,
    /// First column of what a traceback marks with `^` inside the range: the operator of a binary operation, the
    /// brackets of a subscript. 0 with `op_end` 0 when the whole range is marked.
    pub op_col: u32,
    /// Column after the last of it. With [`Position::METHOD`] the two columns are instead those of `object.method` on the
    /// first line, the range of an exception that reading the method of a method call raises.
    pub op_end: u32,
}

impl Position {
    /// Bit of `op_end`: the range is a method call.
    pub const METHOD: u32 = 1 << 31;

    /// The range of an exception raised by the operation, or, with `load`, by the reading of a method before its call.
    pub const fn resolve(self, load: bool) -> Position {
        if self.op_end & Position::METHOD == 0 {
            return self;
        }
        let whole = Position { op_col: 0, op_end: 0, ..self };
        if load {
            Position { end_line: self.line, col: self.op_col, end_col: self.op_end & !Position::METHOD, ..whole }
        } else {
            whole
        }
    }
}

/// What the compiler knows of a class statement.
#[repr(C)]
#[derive(Debug)]
pub struct ClassDesc {
    /// Names (constant indices) of the attributes that get an instance slot, in slot order, the bases' excluded.
    pub slots: *const u32,
    /// Their number.
    pub slot_count: u32,
    /// Known cell that holds the class while it is pristine, or `u32::MAX`.
    pub known: u32,
    /// Known cell of the only base for which the slot layout was compiled; `u32::MAX` for `object`. With
    /// [`ClassDesc::UNKNOWN_BASE`] nothing was assumed, and the known cell is never set.
    pub base: u32,
    /// Unused, 0.
    pub reserved: u32,
}

impl ClassDesc {
    /// [`ClassDesc::base`] of a class whose bases the compiler does not know.
    pub const UNKNOWN_BASE: u32 = u32::MAX - 1;
}
