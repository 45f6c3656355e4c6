//! The containers of MIR: modules, code objects, functions, blocks and instructions.
//!
//! Invariant: plain vectors and typed ids, no references, so that a pass may clone and rewrite freely. A value is defined
//! once, by a block parameter or an instruction, and its [`ValueData::def`] says where.

use super::entity::*;
use super::op::*;
use molt_abi::desc::Position;
use num_bigint::BigInt;
use std::collections::BTreeMap;

/// One module.
#[derive(Clone, Debug, Default)]
pub struct Module {
    /// Dotted name.
    pub name: String,
    /// The label of the source file in tracebacks.
    pub file: String,
    /// Whether it is a package's `__init__`.
    pub is_package: bool,
    /// The constants.
    pub consts: ConstPool,
    /// The global slots: each one's name.
    pub globals: IdVec<GlobalId, ConstId>,
    /// The known cells.
    pub known: IdVec<KnownId, Known>,
    /// The global slots whose one binding is the `def` or `class` of a known cell: a call through such a slot is direct
    /// while slot and cell are equal.
    pub global_known: BTreeMap<GlobalId, KnownId>,
    /// The class descriptors.
    pub classes: IdVec<ClassId, Class>,
    /// Number of inline caches.
    pub ic_count: u32,
    /// Functions of other modules that this one calls directly.
    pub externs: IdVec<ExternId, Extern>,
    /// The code objects; 0 is the module body.
    pub codes: IdVec<CodeId, Code>,
    /// The functions.
    pub functions: IdVec<FuncId, Function>,
}

impl Module {
    /// A fresh inline cache.
    pub fn new_ic(&mut self) -> IcId {
        self.ic_count += 1;
        IcId(self.ic_count - 1)
    }
}

/// What a known cell holds while it is pristine.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Known {
    /// The function object made by the one `def` of this code.
    Function(CodeId),
    /// The class object made by the one `class` statement.
    Class(ClassId),
}

/// A class statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Class {
    /// Code of the class body.
    pub body: CodeId,
    /// Names of the attributes that get an instance slot, the bases' excluded.
    pub slots: Vec<ConstId>,
    /// The cell that holds the class.
    pub known: Option<KnownId>,
    /// What call and attribute sites may assume while the known cell is pristine.
    pub facts: Option<ClassFacts>,
}

/// What is known of a class whose bases are all known: none but `object`, or one class of the module that has facts itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ClassFacts {
    /// The base, if it is not `object`.
    pub base: Option<ClassId>,
    /// All instance slots in order, the base's first.
    pub layout: Vec<ConstId>,
    /// Every name that the class body binds.
    pub attributes: Vec<ConstId>,
    /// Methods bound exactly once, by a `def` without decorators.
    pub methods: Vec<(ConstId, CodeId)>,
    /// Whether attribute access is `object`'s: the body binds none of `__getattribute__`, `__setattr__`, `__delattr__`.
    pub plain_attributes: bool,
    /// Whether a call makes an instance and calls `__init__`: no metaclass, no `__new__`, no class keywords, and the same of the base.
    pub plain_construction: bool,
}

/// A direct or specialised entry in another module.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Extern {
    /// The module.
    pub module: String,
    /// The link symbol of the entry.
    pub symbol: String,
    /// Index of the known cell in that module; the areas before it are sized as in that module.
    pub known: u32,
    /// Byte offset of that cell in the module's data block.
    pub known_offset: i32,
    /// Parameter types.
    pub params: Vec<Type>,
    /// Result convention.
    pub ret: RetConv,
}

/// How a function returns.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum RetConv {
    /// An owned value; 0 = exception pending.
    Boxed,
    /// A raw value of the type and a status ([`STATUS_OK`], [`STATUS_RAISED`], [`STATUS_BOXED`]).
    Special(Type),
}

/// What part of a code object a function is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Role {
    /// The direct entry: parameters are `[function object if there are free variables]`, then one value per parameter
    /// variable; a class body takes its namespace.
    Direct,
    /// The resume function of a generator: `(generator, sent)`.
    Resume,
    /// A clone for unboxed arguments.
    Special,
}

/// What the runtime needs to know of a code object: see [`molt_abi::desc::CodeDesc`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Code {
    /// Name.
    pub name: ConstId,
    /// Qualified name.
    pub qualname: ConstId,
    /// Positional parameters, positional-only ones included.
    pub arg_count: u32,
    /// Positional-only parameters.
    pub posonly_count: u32,
    /// Keyword-only parameters.
    pub kwonly_count: u32,
    /// `co_flags`.
    pub flags: u32,
    /// First line.
    pub first_line: u32,
    /// Docstring.
    pub doc: Option<ConstId>,
    /// Known cell.
    pub known: Option<KnownId>,
    /// The class whose body it is.
    pub class: Option<ClassId>,
    /// Parameters, then locals.
    pub varnames: Vec<ConstId>,
    /// Cell variables.
    pub cellvars: Vec<ConstId>,
    /// Free variables in closure order.
    pub freevars: Vec<ConstId>,
    /// Source positions.
    pub positions: Vec<Position>,
    /// Frame slots of a generator.
    pub frame_slots: u32,
    /// The direct entry.
    pub entry: FuncId,
    /// The resume function.
    pub resume: Option<FuncId>,
}

impl Code {
    /// How many parameter variables there are.
    pub fn param_count(&self) -> u32 {
        use molt_abi::desc::CodeFlags;
        self.arg_count
            + self.kwonly_count
            + u32::from(self.flags & CodeFlags::VARARGS != 0)
            + u32::from(self.flags & CodeFlags::VARKEYWORDS != 0)
    }
}

/// A function: a control-flow graph over SSA values.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its code object.
    pub code: CodeId,
    /// What part of the code object it is.
    pub role: Role,
    /// The link symbol, unique in the program.
    pub symbol: String,
    /// How it returns.
    pub ret: RetConv,
    /// The entry block: its parameters are the function's (boxed ones borrowed). No edge leads to it.
    pub entry: Block,
    /// The blocks. A block that nothing reaches is dead and may be anything well formed.
    pub blocks: IdVec<Block, BlockData>,
    /// The instructions; those in no block are dead.
    pub insts: IdVec<Inst, InstData>,
    /// The values.
    pub values: IdVec<Value, ValueData>,
    /// Block parameters that own their values though nothing but borrowed values may reach them; known after the
    /// ownership pass.
    pub owned_params: super::ValueSet,
}

/// A basic block.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct BlockData {
    /// Parameters.
    pub params: Vec<Value>,
    /// Instructions in order.
    pub insts: Vec<Inst>,
    /// How it ends.
    pub term: Term,
    /// An exception is pending on entry and the first parameter is the `i64` position of what raised: exit edges of
    /// instructions pass it implicitly, from [`InstData::pos`]. Jumps pass it explicitly.
    pub landing: bool,
    /// Rarely executed: failed guards, error paths.
    pub cold: bool,
}

/// An instruction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InstData {
    /// What it does.
    pub op: Op,
    /// Operands.
    pub args: Vec<Operand>,
    /// Results.
    pub results: Vec<Value>,
    /// The exit edge.
    pub exit: Option<BlockCall>,
    /// Index into [`Code::positions`].
    pub pos: Pos,
}

/// An index into [`Code::positions`], or none.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Pos(pub u32);

impl Pos {
    /// No position.
    pub const NONE: Pos = Pos(u32::MAX);
}

/// An edge to a block with its arguments.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct BlockCall {
    /// The target.
    pub block: Block,
    /// One per parameter (without the implicit position of an exit edge to a landing block).
    pub args: Vec<Value>,
}

impl BlockCall {
    /// An edge.
    pub fn new(block: Block, args: Vec<Value>) -> BlockCall {
        BlockCall { block, args }
    }
}

/// How a block ends.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Term {
    /// Control does not get here (or the block is being built).
    #[default]
    Unreachable,
    /// An unconditional edge.
    Jump(BlockCall),
    /// On a `bool`.
    Branch {
        /// The condition.
        cond: Value,
        /// When it is 1.
        then: BlockCall,
        /// When it is 0.
        els: BlockCall,
    },
    /// On an `i64`: case `n`, or the default.
    Switch {
        /// The selector.
        value: Value,
        /// The cases 0, 1, …
        cases: Vec<BlockCall>,
        /// Any other value.
        default: BlockCall,
    },
    /// Returns an owned value (the operand is stolen).
    Return(Value),
    /// Returns with an exception pending.
    ReturnError,
    /// Returns from a specialised function: value (stolen if boxed) and status.
    ReturnSpecial {
        /// The value.
        value: Value,
        /// An `i64` status.
        status: Value,
    },
}

/// What is known of a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ValueData {
    /// Its type.
    pub ty: Type,
    /// What defines it.
    pub def: Def,
}

/// What defines a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Def {
    /// A parameter of a block.
    Param(Block, u32),
    /// A result of an instruction.
    Inst(Inst, u32),
}

impl Function {
    /// A function with an empty entry block.
    pub fn new(code: CodeId, role: Role, symbol: String, ret: RetConv) -> Function {
        let mut blocks = IdVec::new();
        let entry = blocks.push(BlockData::default());
        Function {
            code,
            role,
            symbol,
            ret,
            entry,
            blocks,
            insts: IdVec::new(),
            values: IdVec::new(),
            owned_params: super::ValueSet::default(),
        }
    }

    /// A new empty block.
    pub fn new_block(&mut self) -> Block {
        self.blocks.push(BlockData::default())
    }

    /// A new landing block with its position parameter.
    pub fn new_landing(&mut self) -> (Block, Value) {
        let block = self.new_block();
        let pos = self.add_param(block, Type::I64);
        self.blocks[block].landing = true;
        self.blocks[block].cold = true;
        (block, pos)
    }

    /// Appends a parameter.
    pub fn add_param(&mut self, block: Block, ty: Type) -> Value {
        let index = self.blocks[block].params.len() as u32;
        let value = self.values.push(ValueData { ty, def: Def::Param(block, index) });
        self.blocks[block].params.push(value);
        value
    }

    /// A new instruction with fresh results, in no block yet.
    pub fn new_inst(
        &mut self,
        op: Op,
        args: Vec<Operand>,
        results: &[Type],
        exit: Option<BlockCall>,
        pos: Pos,
    ) -> Inst {
        let inst = self.insts.next_id();
        let results = results
            .iter()
            .enumerate()
            .map(|(i, ty)| self.values.push(ValueData { ty: *ty, def: Def::Inst(inst, i as u32) }))
            .collect();
        self.insts.push(InstData { op, args, results, exit, pos })
    }

    /// Appends an instruction without exit whose operands are values; gives its first result.
    pub fn append(&mut self, block: Block, op: Op, args: &[Value], result: Type) -> Value {
        let inst = self.new_inst(op, args.iter().map(|v| Operand::Value(*v)).collect(), &[result], None, Pos::NONE);
        self.blocks[block].insts.push(inst);
        self.insts[inst].results[0]
    }

    /// The type of a value.
    pub fn ty(&self, value: Value) -> Type {
        self.values[value].ty
    }

    /// The instruction that defines `value`.
    pub fn def_inst(&self, value: Value) -> Option<&InstData> {
        match self.values[value].def {
            Def::Inst(inst, _) => Some(&self.insts[inst]),
            Def::Param(..) => None,
        }
    }

    /// The types of the entry parameters.
    pub fn param_types(&self) -> Vec<Type> {
        self.blocks[self.entry].params.iter().map(|v| self.ty(*v)).collect()
    }

    /// Calls `f` on every edge out of `block`: exits in order, then the terminator's.
    pub fn for_each_edge(&self, block: Block, mut f: impl FnMut(&BlockCall)) {
        let data = &self.blocks[block];
        for inst in &data.insts {
            if let Some(exit) = &self.insts[*inst].exit {
                f(exit);
            }
        }
        data.term.for_each_edge(f);
    }

    /// Replaces every use of a value by `map`, in all blocks.
    pub fn map_uses(&mut self, mut map: impl FnMut(Value) -> Value) {
        for (_, data) in self.insts.iter_mut() {
            data.map_uses(&mut map);
        }
        for (_, data) in self.blocks.iter_mut() {
            data.term.map_uses(&mut map);
        }
    }
}

impl InstData {
    /// Calls `f` on every operand value, those of the exit edge included.
    pub fn for_each_use(&self, mut f: impl FnMut(Value)) {
        for arg in &self.args {
            if let Operand::Value(v) = arg {
                f(*v);
            }
        }
        if let Some(exit) = &self.exit {
            exit.args.iter().for_each(|v| f(*v));
        }
    }

    /// Replaces every operand value, those of the exit edge included.
    pub fn map_uses(&mut self, mut map: impl FnMut(Value) -> Value) {
        for arg in &mut self.args {
            if let Operand::Value(v) = arg {
                *v = map(*v);
            }
        }
        if let Some(exit) = &mut self.exit {
            exit.args.iter_mut().for_each(|v| *v = map(*v));
        }
    }
}

impl Term {
    /// Calls `f` on every edge.
    pub fn for_each_edge(&self, mut f: impl FnMut(&BlockCall)) {
        match self {
            Term::Jump(to) => f(to),
            Term::Branch { then, els, .. } => {
                f(then);
                f(els);
            }
            Term::Switch { cases, default, .. } => {
                cases.iter().for_each(&mut f);
                f(default);
            }
            Term::Unreachable | Term::Return(_) | Term::ReturnError | Term::ReturnSpecial { .. } => {}
        }
    }

    /// Calls `f` on every edge, mutably.
    pub fn for_each_edge_mut(&mut self, mut f: impl FnMut(&mut BlockCall)) {
        match self {
            Term::Jump(to) => f(to),
            Term::Branch { then, els, .. } => {
                f(then);
                f(els);
            }
            Term::Switch { cases, default, .. } => {
                cases.iter_mut().for_each(&mut f);
                f(default);
            }
            Term::Unreachable | Term::Return(_) | Term::ReturnError | Term::ReturnSpecial { .. } => {}
        }
    }

    /// Calls `f` on every used value, edge arguments included.
    pub fn for_each_use(&self, mut f: impl FnMut(Value)) {
        match self {
            Term::Branch { cond, .. } => f(*cond),
            Term::Switch { value, .. } => f(*value),
            Term::Return(value) => f(*value),
            Term::ReturnSpecial { value, status } => {
                f(*value);
                f(*status);
            }
            Term::Unreachable | Term::Jump(_) | Term::ReturnError => {}
        }
        self.for_each_edge(|edge| edge.args.iter().for_each(|v| f(*v)));
    }

    /// Replaces every used value, edge arguments included.
    pub fn map_uses(&mut self, mut map: impl FnMut(Value) -> Value) {
        match self {
            Term::Branch { cond, .. } => *cond = map(*cond),
            Term::Switch { value, .. } => *value = map(*value),
            Term::Return(value) => *value = map(*value),
            Term::ReturnSpecial { value, status } => {
                *value = map(*value);
                *status = map(*status);
            }
            Term::Unreachable | Term::Jump(_) | Term::ReturnError => {}
        }
        self.for_each_edge_mut(|edge| edge.args.iter_mut().for_each(|v| *v = map(*v)));
    }
}

/// A constant of a module; the variants are those of [`molt_abi::blob::Tag`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Constant {
    /// An immediate: small int, float, singleton.
    Word(u64),
    /// A str, in WTF-8.
    Str(Vec<u8>),
    /// Bytes.
    Bytes(Vec<u8>),
    /// An int beyond 48 bits.
    BigInt(BigInt),
    /// A tuple of earlier constants.
    Tuple(Vec<ConstId>),
    /// A frozenset of earlier constants.
    FrozenSet(Vec<ConstId>),
    /// The bits of real and imaginary part.
    Complex(u64, u64),
}

/// The constants of a module, each once.
#[derive(Clone, Debug, Default)]
pub struct ConstPool {
    items: IdVec<ConstId, Constant>,
    index: BTreeMap<Constant, ConstId>,
}

impl ConstPool {
    /// The index of a constant, added if new.
    pub fn intern(&mut self, constant: Constant) -> ConstId {
        if let Some(id) = self.index.get(&constant) {
            return *id;
        }
        let id = self.items.push(constant.clone());
        self.index.insert(constant, id);
        id
    }

    /// The index of a str.
    pub fn str(&mut self, text: &str) -> ConstId {
        self.intern(Constant::Str(text.as_bytes().to_vec()))
    }

    /// The constant.
    pub fn get(&self, id: ConstId) -> &Constant {
        &self.items[id]
    }

    /// The text of a str constant; empty for others and for lone surrogates.
    pub fn text(&self, id: ConstId) -> &str {
        match self.items.get(id) {
            Some(Constant::Str(bytes)) => std::str::from_utf8(bytes).unwrap_or(""),
            _ => "",
        }
    }

    /// All constants in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (ConstId, &Constant)> {
        self.items.iter()
    }

    /// Their number.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}
