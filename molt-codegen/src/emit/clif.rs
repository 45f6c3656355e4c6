//! The adapter to Cranelift: the only file that names its builder API.
//!
//! A [`Unit`] is an object (or JIT image) under construction; [`Unit::define`] opens a [`Fun`], which appends
//! instructions to one function. Invariant: everything imported is defined in the same link image, so every symbol is
//! addressed relative to the program counter and every call is direct (no GOT, no PLT).

mod remat;

use super::{EmitError, Target};
use cranelift_codegen::binemit::Reloc;
use cranelift_codegen::control::ControlPlane;
use cranelift_codegen::ir::{
    self, AbiParam, AliasRegion, AliasRegionData, BlockArg, InstBuilder, JumpTableData, MemFlagsData, StackSlot,
    StackSlotData, StackSlotKind,
};
use cranelift_codegen::isa::CallConv;
use cranelift_codegen::{CodegenResult, CompiledCode, Context};
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};
use cranelift_module::{
    DataDescription, DataId, FuncId, Linkage, Module, ModuleDeclarations, ModuleReloc, ModuleRelocTarget,
};
use molt_abi::intrinsic::{self, Arg, Error, Intrinsic, Ret};
use molt_abi::layout::ctx;

pub use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
pub use cranelift_codegen::ir::types::{F64, I8, I16, I32, I64};
pub use cranelift_codegen::ir::{Block, Signature, Type, Value};

/// A function of the unit, defined or imported.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Func(FuncId);

/// A datum of the unit, defined or imported.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Data(DataId);

/// How much work on a function's code pays.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Effort {
    /// It runs once: none.
    Once,
    /// No loops: a careful allocation of registers.
    Plain,
    /// The optimiser as well.
    Loops,
}

/// Who sees a symbol.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Vis {
    /// This object alone.
    Local,
    /// The other objects of the link image.
    Image,
    /// Everybody, the C runtime's start-up code included.
    Exported,
}

impl Vis {
    fn linkage(self) -> Linkage {
        match self {
            Vis::Local => Linkage::Local,
            Vis::Image => Linkage::Hidden,
            Vis::Exported => Linkage::Export,
        }
    }
}

/// What a load or store touches. Classes never overlap, so a store to one leaves loads of the others valid; a call
/// invalidates all but the immutable ones.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mem {
    /// Immutable, at an address that is valid throughout the function: may be hoisted.
    Const,
    /// Immutable while the address is known to be valid: may be merged, not hoisted.
    Fixed,
    /// Object headers: reference counts and mutable flags.
    Header,
    /// Instance slots, closure cells and other fields of fixed offset.
    Slot,
    /// Items of lists, bytes of strings and other variable parts.
    Payload,
    /// Globals, known cells and inline caches in module data.
    Global,
    /// The execution context.
    Ctx,
    /// The frame's own outgoing areas.
    Stack,
}

const REGIONS: [(Mem, &str); 6] = [
    (Mem::Header, "header"),
    (Mem::Slot, "slot"),
    (Mem::Payload, "payload"),
    (Mem::Global, "global"),
    (Mem::Ctx, "ctx"),
    (Mem::Stack, "stack"),
];

/// The text forms of a function that was asked for.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// CLIF before optimisation, with the names of what it refers to.
    pub clif: String,
    /// Machine instructions as Cranelift prints them.
    pub asm: String,
}

/// Bytes of a datum with addresses of other symbols in them.
#[derive(Clone, Debug, Default)]
pub struct DataBytes {
    bytes: Vec<u8>,
    relocs: Vec<(u32, Address)>,
}

#[derive(Clone, Copy, Debug)]
enum Address {
    Func(Func),
    Data(Data, i64),
}

impl DataBytes {
    /// No bytes.
    pub fn new() -> DataBytes {
        DataBytes::default()
    }

    /// How many bytes there are.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Appends a word of 4 bytes.
    pub fn u32(&mut self, n: u32) {
        self.bytes.extend_from_slice(&n.to_le_bytes());
    }

    /// Appends a word of 8 bytes.
    pub fn u64(&mut self, n: u64) {
        self.bytes.extend_from_slice(&n.to_le_bytes());
    }

    /// Appends raw bytes.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Appends the address of a function, or null.
    pub fn func(&mut self, func: Option<Func>) {
        if let Some(func) = func {
            self.relocs.push((self.bytes.len() as u32, Address::Func(func)));
        }
        self.u64(0);
    }

    /// Appends an address inside a datum.
    pub fn data(&mut self, data: Data, offset: i64) {
        self.relocs.push((self.bytes.len() as u32, Address::Data(data, offset)));
        self.u64(0);
    }
}

/// An object or JIT image under construction.
pub struct Unit<'m> {
    module: &'m mut dyn Module,
    target: &'m Target,
    context: Context,
    scratch: FunctionBuilderContext,
    intrinsics: Vec<Option<FuncId>>,
    quiet: Quiet,
}

/// The register-preserving forms of intrinsics: those declared, and the order in which they were first called.
struct Quiet {
    ids: Vec<Option<FuncId>>,
    wanted: Vec<(Intrinsic, FuncId)>,
}

impl<'m> Unit<'m> {
    /// Over any Cranelift module for the target.
    pub fn new(module: &'m mut dyn Module, target: &'m Target) -> Unit<'m> {
        let context = module.make_context();
        Unit {
            module,
            target,
            context,
            scratch: FunctionBuilderContext::new(),
            intrinsics: vec![None; intrinsic::ALL.len()],
            quiet: Quiet { ids: vec![None; intrinsic::ALL.len()], wanted: Vec::new() },
        }
    }

    /// The register-preserving forms that have been called and must be defined.
    pub fn wanted_quiet(&self) -> Vec<(Intrinsic, Func)> {
        self.quiet.wanted.iter().map(|(which, id)| (*which, Func(*id))).collect()
    }

    /// The C signature with these parameters and results.
    pub fn signature(&self, params: &[Type], results: &[Type]) -> Signature {
        let mut signature = self.module.make_signature();
        signature.params.extend(params.iter().map(|t| AbiParam::new(*t)));
        signature.returns.extend(results.iter().map(|t| AbiParam::new(*t)));
        signature
    }

    /// Declares a function that this unit defines.
    pub fn declare(&mut self, symbol: &str, vis: Vis, signature: &Signature) -> Result<Func, EmitError> {
        let id = self.module.declare_function(symbol, vis.linkage(), signature);
        id.map(Func).map_err(EmitError::internal)
    }

    /// Declares a function of another object in the image.
    pub fn import(&mut self, symbol: &str, signature: &Signature) -> Result<Func, EmitError> {
        let id = self.module.declare_function(symbol, Linkage::Import, signature);
        id.map(Func).map_err(EmitError::internal)
    }

    /// Declares a read-only datum that this unit defines.
    pub fn declare_data(&mut self, symbol: &str, vis: Vis) -> Result<Data, EmitError> {
        let id = self.module.declare_data(symbol, vis.linkage(), false, false);
        id.map(Data).map_err(EmitError::internal)
    }

    /// Declares a datum of another object in the image.
    pub fn import_data(&mut self, symbol: &str) -> Result<Data, EmitError> {
        let id = self.module.declare_data(symbol, Linkage::Import, false, false);
        id.map(Data).map_err(EmitError::internal)
    }

    /// Gives a datum its bytes, aligned to 8.
    pub fn define_data(&mut self, data: Data, contents: DataBytes) -> Result<(), EmitError> {
        let mut description = DataDescription::new();
        description.set_align(8);
        description.define(contents.bytes.into_boxed_slice());
        for (offset, address) in contents.relocs {
            match address {
                Address::Func(func) => {
                    let func = self.module.declare_func_in_data(func.0, &mut description);
                    description.write_function_addr(offset, func);
                }
                Address::Data(target, addend) => {
                    let target = self.module.declare_data_in_data(target.0, &mut description);
                    description.write_data_addr(offset, target, addend);
                }
            }
        }
        self.module.define_data(data.0, &description).map_err(EmitError::internal)
    }

    /// Declares, fills and defines a read-only datum.
    pub fn datum(&mut self, symbol: &str, vis: Vis, contents: DataBytes) -> Result<Data, EmitError> {
        let data = self.declare_data(symbol, vis)?;
        self.define_data(data, contents)?;
        Ok(data)
    }

    /// Builds and compiles the body of `func`. With `want_text` the text forms come back as well.
    pub fn define(
        &mut self,
        func: Func,
        effort: Effort,
        want_text: bool,
        body: impl FnOnce(&mut Fun<'_>) -> Result<(), EmitError>,
    ) -> Result<Text, EmitError> {
        self.module.clear_context(&mut self.context);
        let declaration = self.module.declarations().get_function_decl(func.0);
        let symbol = declaration.linkage_name(func.0).into_owned();
        self.context.func.signature = declaration.signature.clone();
        self.context.func.name = ir::UserFuncName::user(0, func.0.as_u32());
        let config = self.module.target_config();
        let mut fun = Fun::new(
            FunctionBuilder::new(&mut self.context.func, &mut self.scratch),
            &mut *self.module,
            &mut self.intrinsics,
            &mut self.quiet,
            self.target.has_relative_data(),
        );
        body(&mut fun)?;
        fun.builder.seal_all_blocks();
        fun.builder.finalize(config);
        let mut text = Text::default();
        if want_text {
            text.clif = self.clif_text(&symbol);
            self.context.set_disasm(true);
        }
        let code = self.compile(effort).map_err(|error| EmitError::internal(format!("{symbol}: {error:?}")))?;
        if want_text {
            text.asm = format!("{symbol}:\n{}", code.vcode.as_deref().unwrap_or(""));
        }
        let buffer = &code.buffer;
        let mut relocs: Vec<ModuleReloc> =
            buffer.relocs().iter().map(|r| ModuleReloc::from_mach_reloc(r, &self.context.func, func.0)).collect();
        relocs.iter_mut().for_each(not_a_branch_to_data);
        self.module
            .define_function_bytes(func.0, u64::from(buffer.alignment), buffer.data(), &relocs)
            .map_err(|error| EmitError::internal(format!("{symbol}: {error:?}")))?;
        Ok(text)
    }

    /// Optimises, and then lowers without optimising again, so that [`remat`] has the last word on constants.
    fn compile(&mut self, effort: Effort) -> CodegenResult<CompiledCode> {
        let mut control = ControlPlane::default();
        if effort == Effort::Once {
            let stencil = self.context.compile_stencil(self.target.quick(), &mut control)?;
            return Ok(stencil.apply_params(&self.context.func.params));
        }
        // What it finds is mostly what is hoisted out of loops; blocks merge their own constants and addresses.
        if let Some(isa) = self.target.optimiser().filter(|_| effort == Effort::Loops) {
            self.context.verify_if(isa)?;
            self.context.optimize(isa, &mut control)?;
            remat::rematerialise(&mut self.context.func);
        }
        let stencil = self.context.compile_stencil(self.target.plain(), &mut control)?;
        Ok(stencil.apply_params(&self.context.func.params))
    }

    /// The CLIF of the function at hand: Cranelift's text with link symbols in comments, since it knows only numbers.
    fn clif_text(&self, symbol: &str) -> String {
        let mut out = format!("; {symbol}\n");
        for line in self.context.func.to_string().lines() {
            out.push_str(line);
            if let Some(name) = self.named_external(line) {
                out.push_str(" ; ");
                out.push_str(&name);
            }
            out.push('\n');
        }
        out
    }

    /// The link symbol that a declaration line (`fn0 = colocated u0:3 sig1`) refers to.
    fn named_external(&self, line: &str) -> Option<String> {
        let declaration = line.trim_start();
        if !declaration.starts_with("fn") && !declaration.starts_with("gv") {
            return None;
        }
        let word = line.split_whitespace().find(|w| w.starts_with("u0:") || w.starts_with("u1:"))?;
        let index: u32 = word[3..].parse().ok()?;
        let declarations = self.module.declarations();
        Some(if word.starts_with("u0:") {
            let id = FuncId::from_u32(index);
            declarations.get_function_decl(id).linkage_name(id).into_owned()
        } else {
            let id = DataId::from_u32(index);
            declarations.get_data_decl(id).linkage_name(id).into_owned()
        })
    }
}

/// Cranelift marks the addresses of data on x86-64 like the targets of calls. Linkers for Mach-O distinguish the two.
fn not_a_branch_to_data(reloc: &mut ModuleReloc) {
    if reloc.kind == Reloc::X86CallPCRel4
        && matches!(reloc.name, ModuleRelocTarget::User { .. })
        && !ModuleDeclarations::is_function(&reloc.name)
    {
        reloc.kind = Reloc::X86PCRel4;
    }
}

/// The machine type of an intrinsic's argument; pointers and counts are two words.
fn arg_types(arg: Arg) -> &'static [Type] {
    match arg {
        Arg::Argv | Arg::ArgvSteal | Arg::Out => &[I64, I64],
        Arg::Flt => &[F64],
        _ => &[I64],
    }
}

/// The machine type of an intrinsic's result.
fn ret_type(ret: Ret, error: Error) -> Option<Type> {
    match (ret, error) {
        (Ret::Flt, _) => Some(F64),
        (Ret::None, Error::Negative) => Some(I64),
        (Ret::None, _) => None,
        _ => Some(I64),
    }
}

/// A function under construction.
pub struct Fun<'u> {
    builder: FunctionBuilder<'u>,
    module: &'u mut dyn Module,
    intrinsics: &'u mut Vec<Option<FuncId>>,
    quiet: &'u mut Quiet,
    /// See [`Target::has_relative_data`].
    relative_data: bool,
    called: Vec<Option<ir::FuncRef>>,
    funcs: Vec<(Func, ir::FuncRef)>,
    datas: Vec<(Data, ir::GlobalValue)>,
    regions: [AliasRegion; REGIONS.len()],
    area: Option<(StackSlot, u32)>,
    cold: bool,
    /// Integer constants of the block at hand: the optimiser would merge them, at a cost.
    constants: Vec<(Type, i64, Value)>,
    three_words: Option<ir::SigRef>,
}

impl<'u> Fun<'u> {
    fn new(
        builder: FunctionBuilder<'u>,
        module: &'u mut dyn Module,
        intrinsics: &'u mut Vec<Option<FuncId>>,
        quiet: &'u mut Quiet,
        relative_data: bool,
    ) -> Fun<'u> {
        let set = &mut builder.func.dfg.alias_regions;
        let regions =
            REGIONS.map(|(mem, name)| set.insert(AliasRegionData { user_id: mem as u32, description: name.into() }));
        let called = vec![None; intrinsics.len()];
        Fun {
            builder,
            module,
            intrinsics,
            quiet,
            relative_data,
            called,
            funcs: Vec::new(),
            datas: Vec::new(),
            regions,
            area: None,
            cold: false,
            constants: Vec::new(),
            three_words: None,
        }
    }

    fn flags(&self, mem: Mem) -> MemFlagsData {
        let flags = MemFlagsData::trusted();
        match mem {
            Mem::Const => flags.with_readonly().with_can_move(),
            Mem::Fixed => flags.with_readonly(),
            _ => {
                let index = REGIONS.iter().position(|(m, _)| *m == mem);
                flags.with_alias_region(index.map(|i| self.regions[i]))
            }
        }
    }

    /// A new empty block, cold in a cold stretch.
    pub fn block(&mut self) -> Block {
        if self.cold { self.cold_block() } else { self.builder.create_block() }
    }

    /// Begins or ends a stretch in which all new blocks are cold; gives whether one was open.
    pub fn set_cold_stretch(&mut self, cold: bool) -> bool {
        std::mem::replace(&mut self.cold, cold)
    }

    /// A new empty block that is laid out away from the hot path.
    pub fn cold_block(&mut self) -> Block {
        let block = self.builder.create_block();
        self.builder.set_cold_block(block);
        block
    }

    /// The first block with the function's parameters; instructions go there.
    pub fn entry(&mut self) -> Vec<Value> {
        let block = self.builder.create_block();
        self.builder.append_block_params_for_function_params(block);
        self.builder.switch_to_block(block);
        self.builder.block_params(block).to_vec()
    }

    /// Appends to `block` from now on.
    pub fn switch_to(&mut self, block: Block) {
        self.constants.clear();
        self.builder.switch_to_block(block);
    }

    /// Adds a parameter to `block`.
    pub fn param(&mut self, block: Block, ty: Type) -> Value {
        self.builder.append_block_param(block, ty)
    }

    /// Whether heap addresses are known to lie below 2^47 (x86-64 user space; aarch64 uses 48 bits).
    pub fn heap_below_2_47(&self) -> bool {
        matches!(self.module.isa().triple().architecture, target_lexicon::Architecture::X86_64)
    }

    /// The type of a value.
    pub fn ty(&self, value: Value) -> Type {
        self.builder.func.dfg.value_type(value)
    }

    /// Names the source position of the instructions that follow (an index of the position table).
    pub fn position(&mut self, index: u32) {
        self.builder.set_srcloc(ir::SourceLoc::new(index));
    }

    /// Loads a `ty` at `base + offset`.
    pub fn load(&mut self, ty: Type, base: Value, offset: i32, mem: Mem) -> Value {
        let flags = self.flags(mem);
        self.builder.ins().load(ty, flags, base, offset)
    }

    /// Stores `value` at `base + offset`.
    pub fn store(&mut self, value: Value, base: Value, offset: i32, mem: Mem) {
        let flags = self.flags(mem);
        self.builder.ins().store(flags, value, base, offset);
    }

    /// An integer constant.
    pub fn iconst(&mut self, ty: Type, n: i64) -> Value {
        // Blocks are short; in a long one the latest constants do.
        let known = self.constants.iter().rev().take(16).find(|(t, m, _)| *t == ty && *m == n);
        if let Some((_, _, value)) = known {
            return *value;
        }
        let value = self.builder.ins().iconst(ty, n);
        self.constants.push((ty, n, value));
        value
    }

    /// A value word.
    pub fn word(&mut self, bits: u64) -> Value {
        self.iconst(I64, bits as i64)
    }

    /// A float constant.
    pub fn fconst(&mut self, x: f64) -> Value {
        self.builder.ins().f64const(x)
    }

    /// Compares integers; the result is an `i8` 0 or 1.
    pub fn icmp(&mut self, cc: IntCC, a: Value, b: Value) -> Value {
        self.builder.ins().icmp(cc, a, b)
    }

    /// Compares with a constant.
    pub fn icmp_imm(&mut self, cc: IntCC, a: Value, n: i64) -> Value {
        let ty = self.ty(a);
        let n = self.iconst(ty, n);
        self.builder.ins().icmp(cc, a, n)
    }

    /// Compares floats.
    pub fn fcmp(&mut self, cc: FloatCC, a: Value, b: Value) -> Value {
        self.builder.ins().fcmp(cc, a, b)
    }

    /// `c ? a : b` without a branch.
    pub fn select(&mut self, c: Value, a: Value, b: Value) -> Value {
        self.builder.ins().select(c, a, b)
    }

    /// Leaves for `block`.
    pub fn jump(&mut self, block: Block, args: &[Value]) {
        let args = block_args(args);
        self.builder.ins().jump(block, &args);
    }

    /// Leaves for one of two blocks.
    pub fn branch(&mut self, c: Value, then: Block, then_args: &[Value], other: Block, other_args: &[Value]) {
        let (then_args, other_args) = (block_args(then_args), block_args(other_args));
        self.builder.ins().brif(c, then, &then_args, other, &other_args);
    }

    /// Goes to `block` if `c`, else on in a new block.
    pub fn leave_if(&mut self, c: Value, block: Block, args: &[Value]) {
        let next = self.block();
        self.branch(c, block, args, next, &[]);
        self.switch_to(next);
    }

    /// Goes to `block` unless `c`, else on in a new block.
    pub fn leave_unless(&mut self, c: Value, block: Block, args: &[Value]) {
        let next = self.block();
        self.branch(c, next, &[], block, args);
        self.switch_to(next);
    }

    /// Jumps by the 32-bit `index`; beyond the table to `default`.
    pub fn table(&mut self, index: Value, edges: &[(Block, Vec<Value>)], default: (Block, Vec<Value>)) {
        let pool = &mut self.builder.func.dfg.value_lists;
        let mut call = |(block, args): &(Block, Vec<Value>)| ir::BlockCall::new(*block, block_args(args), pool);
        let default = call(&default);
        let targets: Vec<_> = edges.iter().map(call).collect();
        let table = self.builder.create_jump_table(JumpTableData::new(default, &targets));
        self.builder.ins().br_table(index, table);
    }

    /// Returns.
    pub fn ret(&mut self, values: &[Value]) {
        self.builder.ins().return_(values);
    }

    /// Marks a place that is never reached.
    pub fn unreachable(&mut self) {
        self.builder.ins().trap(ir::TrapCode::unwrap_user(1));
    }

    /// The address of the frame's outgoing area, at least `words` long. It is shared: what is in it lasts until the
    /// next use.
    pub fn area(&mut self, words: u32) -> Value {
        let bytes = 8 * words.max(1);
        let slot = match self.area {
            Some((slot, size)) => {
                if size < bytes {
                    self.builder.func.sized_stack_slots[slot].size = bytes;
                    self.area = Some((slot, bytes));
                }
                slot
            }
            None => {
                let data = StackSlotData::new(StackSlotKind::ExplicitSlot, bytes, 3);
                let slot = self.builder.create_sized_stack_slot(data);
                self.area = Some((slot, bytes));
                slot
            }
        };
        self.builder.ins().stack_addr(I64, slot, 0)
    }

    /// The stack pointer.
    pub fn stack_pointer(&mut self) -> Value {
        self.builder.ins().get_stack_pointer(I64)
    }

    /// The frame pointer: the address of the caller's frame pointer, with the return address behind it.
    pub fn frame_pointer(&mut self) -> Value {
        self.builder.ins().get_frame_pointer(I64)
    }

    /// The address of a datum.
    pub fn data_address(&mut self, data: Data) -> Value {
        let global = match self.datas.iter().find(|(d, _)| *d == data) {
            Some((_, global)) => *global,
            None => {
                let func = &mut *self.builder.func;
                let global = self.module.declare_data_in_func(data.0, func);
                if let ir::GlobalValueData::Symbol { colocated, .. } = &mut func.global_values[global] {
                    *colocated = self.relative_data;
                }
                self.datas.push((data, global));
                global
            }
        };
        self.builder.ins().symbol_value(I64, global)
    }

    fn func_ref(&mut self, func: Func) -> ir::FuncRef {
        if let Some((_, reference)) = self.funcs.iter().find(|(f, _)| *f == func) {
            return *reference;
        }
        let target = &mut *self.builder.func;
        let reference = self.module.declare_func_in_func(func.0, target);
        target.dfg.ext_funcs[reference].colocated = true;
        self.funcs.push((func, reference));
        reference
    }

    /// Calls a function of the unit.
    pub fn call(&mut self, func: Func, args: &[Value]) -> Vec<Value> {
        let reference = self.func_ref(func);
        let inst = self.builder.ins().call(reference, args);
        self.builder.inst_results(inst).to_vec()
    }

    /// Calls an array entry or a resume function through a pointer: `(ctx, function, argv)`, `(ctx, generator, sent)`.
    pub fn call_three_words(&mut self, entry: Value, args: [Value; 3]) -> Value {
        let signature = match self.three_words {
            Some(signature) => signature,
            None => {
                let signature = self.signature(&[I64, I64, I64], &[I64]);
                *self.three_words.insert(self.builder.import_signature(signature))
            }
        };
        let inst = self.builder.ins().call_indirect(signature, entry, &args);
        self.builder.inst_results(inst)[0]
    }

    /// The C signature with these parameters and results.
    pub fn signature(&self, params: &[Type], results: &[Type]) -> Signature {
        let mut signature = self.module.make_signature();
        signature.params.extend(params.iter().map(|t| AbiParam::new(*t)));
        signature.returns.extend(results.iter().map(|t| AbiParam::new(*t)));
        signature
    }

    /// Calls an intrinsic; `args` start with `ctx` and are machine words.
    pub fn intrinsic(&mut self, which: Intrinsic, args: &[Value]) -> Result<Option<Value>, EmitError> {
        let index = which as usize;
        let reference = match self.called[index] {
            Some(reference) => reference,
            None => {
                let id = match self.intrinsics[index] {
                    Some(id) => id,
                    None => {
                        let (params, result) = intrinsic_types(which);
                        let results: Vec<Type> = result.into_iter().collect();
                        let signature = self.signature(&params, &results);
                        let id = self
                            .module
                            .declare_function(&which.symbol(), Linkage::Import, &signature)
                            .map_err(EmitError::internal)?;
                        self.intrinsics[index] = Some(id);
                        id
                    }
                };
                let reference = self.func_ref(Func(id));
                self.called[index] = Some(reference);
                reference
            }
        };
        let inst = self.builder.ins().call(reference, args);
        Ok(self.builder.inst_results(inst).first().copied())
    }

    /// Calls an intrinsic through its register-preserving form: the result, a word, comes back in `ctx`.
    pub fn quiet_intrinsic(&mut self, which: Intrinsic, args: &[Value]) -> Result<Option<Value>, EmitError> {
        let id = match self.quiet.ids[which as usize] {
            Some(id) => id,
            None => {
                let mut signature = self.signature(&intrinsic_types(which).0, &[]);
                signature.call_conv = CallConv::PreserveAll;
                let symbol = format!("molt$quiet${}", which.row().name);
                let id = self.module.declare_function(&symbol, Linkage::Local, &signature);
                let id = id.map_err(EmitError::internal)?;
                self.quiet.ids[which as usize] = Some(id);
                self.quiet.wanted.push((which, id));
                id
            }
        };
        let reference = self.func_ref(Func(id));
        self.builder.ins().call(reference, args);
        Ok(intrinsic_types(which).1.map(|ty| self.load(ty, args[0], ctx::QUIET_RESULT, Mem::Ctx)))
    }
}

/// The machine parameters and the result of an intrinsic, `ctx` first.
pub fn intrinsic_types(which: Intrinsic) -> (Vec<Type>, Option<Type>) {
    let row = which.row();
    let mut params = vec![I64];
    for arg in row.args {
        params.extend_from_slice(arg_types(*arg));
    }
    (params, ret_type(row.ret, row.error))
}

fn block_args(values: &[Value]) -> Vec<BlockArg> {
    values.iter().map(|v| BlockArg::Value(*v)).collect()
}

macro_rules! forward {
    ($($(#[$doc:meta])* $name:ident($($arg:ident),*);)*) => {
        impl Fun<'_> {
            $($(#[$doc])* pub fn $name(&mut self, $($arg: Value),*) -> Value { self.builder.ins().$name($($arg),*) })*
        }
    };
}

forward! {
    /// Wrapping sum.
    iadd(a, b);
    /// Wrapping difference.
    isub(a, b);
    /// Wrapping product.
    imul(a, b);
    /// Quotient toward zero.
    sdiv(a, b);
    /// Bit and.
    band(a, b);
    /// Bit or.
    bor(a, b);
    /// Bit exclusive or.
    bxor(a, b);
    /// Left shift.
    ishl(a, b);
    /// Arithmetic right shift.
    sshr(a, b);
    /// Logical right shift.
    ushr(a, b);
    /// Bit complement.
    bnot(a);
    /// Float sum.
    fadd(a, b);
    /// Float difference.
    fsub(a, b);
    /// Float product.
    fmul(a, b);
    /// Float quotient.
    fdiv(a, b);
    /// Float negation.
    fneg(a);
    /// Absolute value.
    fabs(a);
    /// Square root.
    sqrt(a);
}

impl Fun<'_> {
    /// Sum and whether it overflowed `i64`.
    pub fn add_overflow(&mut self, a: Value, b: Value) -> (Value, Value) {
        self.builder.ins().sadd_overflow(a, b)
    }

    /// Difference and whether it overflowed.
    pub fn sub_overflow(&mut self, a: Value, b: Value) -> (Value, Value) {
        self.builder.ins().ssub_overflow(a, b)
    }

    /// Product and whether it overflowed.
    pub fn mul_overflow(&mut self, a: Value, b: Value) -> (Value, Value) {
        self.builder.ins().smul_overflow(a, b)
    }

    /// `a + n`.
    pub fn add_imm(&mut self, a: Value, n: i64) -> Value {
        let ty = self.ty(a);
        let n = self.iconst(ty, n);
        self.iadd(a, n)
    }

    /// `a & n`.
    pub fn and_imm(&mut self, a: Value, n: i64) -> Value {
        let ty = self.ty(a);
        let n = self.iconst(ty, n);
        self.band(a, n)
    }

    /// `a | n`.
    pub fn or_imm(&mut self, a: Value, n: i64) -> Value {
        let ty = self.ty(a);
        let n = self.iconst(ty, n);
        self.bor(a, n)
    }

    /// `a << n`.
    pub fn shl_imm(&mut self, a: Value, n: i64) -> Value {
        let n = self.iconst(I64, n);
        self.ishl(a, n)
    }

    /// `a >> n`, arithmetic.
    pub fn sshr_imm(&mut self, a: Value, n: i64) -> Value {
        let n = self.iconst(I64, n);
        self.sshr(a, n)
    }

    /// `a >> n`, logical.
    pub fn ushr_imm(&mut self, a: Value, n: i64) -> Value {
        let n = self.iconst(I64, n);
        self.ushr(a, n)
    }

    /// Widens without sign.
    pub fn zero_extend(&mut self, ty: Type, a: Value) -> Value {
        self.builder.ins().uextend(ty, a)
    }

    /// Keeps the low bits.
    pub fn truncate(&mut self, ty: Type, a: Value) -> Value {
        self.builder.ins().ireduce(ty, a)
    }

    /// The double nearest to an `i64`.
    pub fn int_to_float(&mut self, a: Value) -> Value {
        self.builder.ins().fcvt_from_sint(F64, a)
    }

    /// The `i64` toward zero, saturating; NaN gives 0.
    pub fn float_to_int(&mut self, a: Value) -> Value {
        self.builder.ins().fcvt_to_sint_sat(I64, a)
    }

    /// The same bits as another type of that size.
    pub fn bits(&mut self, ty: Type, a: Value) -> Value {
        self.builder.ins().bitcast(ty, MemFlagsData::new(), a)
    }
}
