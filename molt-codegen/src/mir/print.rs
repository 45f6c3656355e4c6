//! The text form of MIR: the printer and the names of operations.
//!
//! Invariant: [`parse`](super::parse) reads back exactly what is printed here; text after `;` is a comment. Lowered operations
//! have a dot in their names or are listed in [`SIMPLE`]; a name without is a row of the intrinsic table.

use super::*;
use molt_abi::intrinsic::Intrinsic;
use molt_abi::layout::Kind;
use std::fmt::Write;

macro_rules! simple_ops {
    ($($name:literal = $op:ident),* $(,)?) => {
        /// The operations without immediates, by name.
        pub const SIMPLE: &[(&str, Op)] = &[$(($name, Op::$op)),*];

        fn simple_name(op: &Op) -> Option<&'static str> {
            match op { $(Op::$op => Some($name),)* _ => None }
        }
    };
}

simple_ops! {
    "is.int" = IsInt, "is.float" = IsFloat, "is.bool" = IsBool, "is.none" = IsNone, "is.ptr" = IsPtr,
    "is.bound" = IsBound, "is.stop" = IsStop, "is.same" = Same,
    "guard.true" = Guard, "guard.int" = GuardInt, "guard.float" = GuardFloat, "guard.bool" = GuardBool,
    "guard.same" = GuardSame, "guard.quiet" = GuardQuiet,
    "unbox.int" = UnboxInt, "unbox.float" = UnboxFloat, "unbox.bool" = UnboxBool,
    "box.int" = BoxInt, "box.int_small" = BoxIntSmall, "box.float" = BoxFloat, "box.bool" = BoxBool,
    "int.fits48" = IntFits48, "val.from_bits" = ValFromBits, "val.bits" = BitsFromVal,
    "i64.add_checked" = IaddChecked, "i64.sub_checked" = IsubChecked, "i64.mul_checked" = ImulChecked,
    "i64.neg_checked" = InegChecked, "i64.shl_checked" = IshlChecked, "i64.shr_checked" = IshrChecked,
    "i64.floordiv" = Ifloordiv, "i64.mod" = Imod, "i64.floordiv_checked" = IfloordivChecked, "i64.mod_checked" = ImodChecked,
    "i64.add" = Iadd, "i64.sub" = Isub, "i64.mul" = Imul, "i64.and" = Iand, "i64.or" = Ior, "i64.xor" = Ixor,
    "i64.shl" = Ishl, "i64.shr" = Ishr, "i64.not" = Inot,
    "f64.add" = Fadd, "f64.sub" = Fsub, "f64.mul" = Fmul, "f64.div" = Fdiv, "f64.neg" = Fneg, "f64.abs" = Fabs,
    "f64.sqrt" = Fsqrt, "f64.from_int" = IntToFloat, "i64.from_float_checked" = FloatToIntChecked,
    "bool.not" = Bnot, "bool.and" = Band, "bool.or" = Bor, "i64.from_bool" = BoolToInt, "select.any" = Select,
    "cell.load" = CellLoad, "cell.store" = CellStore, "list.len" = ListLen, "list.get" = ListGet, "list.set" = ListSet,
    "list.put" = ListPut,
    "tuple.len" = TupleLen, "tuple.get" = TupleGet,
    "keep.alive" = KeepAlive, "rc.inc" = Incref, "rc.dec" = Decref, "rc.copy" = Copy,
    "gen.yield" = Yield, "gen.state" = StateLoad, "gen.delegate" = DelegateStore,
}

/// The name of a value type.
pub fn type_name(ty: Type) -> &'static str {
    match ty {
        Type::Val => "val",
        Type::I64 => "i64",
        Type::F64 => "f64",
        Type::Bool => "bool",
        Type::Ptr => "ptr",
    }
}

/// The name of a comparison.
pub fn cond_name(cond: Cond) -> &'static str {
    match cond {
        Cond::Eq => "eq",
        Cond::Ne => "ne",
        Cond::Lt => "lt",
        Cond::Le => "le",
        Cond::Gt => "gt",
        Cond::Ge => "ge",
        Cond::Ult => "ult",
    }
}

/// The name of an alias region.
pub fn region_name(region: Region) -> &'static str {
    match region {
        Region::Header => "header",
        Region::Slot => "slot",
        Region::Payload => "payload",
        Region::Ctx => "ctx",
        Region::Module => "module",
        Region::Const => "const",
    }
}

/// The kinds by their names in text.
pub const KINDS: &[(&str, Kind)] = &[
    ("instance", Kind::Instance),
    ("type", Kind::Type),
    ("int", Kind::Int),
    ("str", Kind::Str),
    ("bytes", Kind::Bytes),
    ("bytearray", Kind::ByteArray),
    ("list", Kind::List),
    ("tuple", Kind::Tuple),
    ("dict", Kind::Dict),
    ("set", Kind::Set),
    ("frozenset", Kind::FrozenSet),
    ("range", Kind::Range),
    ("slice", Kind::Slice),
    ("function", Kind::Function),
    ("builtin", Kind::Builtin),
    ("bound_method", Kind::BoundMethod),
    ("cell", Kind::Cell),
    ("module", Kind::Module),
    ("exception", Kind::Exception),
    ("traceback", Kind::Traceback),
    ("code", Kind::Code),
    ("frame", Kind::Frame),
    ("generator", Kind::Generator),
    ("property", Kind::Property),
    ("staticmethod", Kind::StaticMethod),
    ("classmethod", Kind::ClassMethod),
    ("super", Kind::Super),
    ("list_iter", Kind::ListIter),
    ("tuple_iter", Kind::TupleIter),
    ("str_iter", Kind::StrIter),
    ("range_iter", Kind::RangeIter),
    ("dict_iter", Kind::DictIter),
    ("set_iter", Kind::SetIter),
    ("dict_view", Kind::DictView),
    ("native", Kind::Native),
    ("complex", Kind::Complex),
    ("memoryview", Kind::MemoryView),
    ("coroutine", Kind::Coroutine),
    ("async_generator", Kind::AsyncGenerator),
    ("weakref", Kind::WeakRef),
    ("mappingproxy", Kind::MappingProxy),
];

fn kind_name(kind: Kind) -> &'static str {
    KINDS.iter().find(|(_, k)| *k == kind).map_or("?", |(name, _)| name)
}

/// The text of an operation: its name, then immediates in brackets.
pub fn op_text(op: &Op) -> String {
    if let Some(name) = simple_name(op) {
        return name.to_string();
    }
    match op {
        Op::Call(id) => id.row().name.to_string(),
        Op::Word(word) => format!("word[{word:#x}]"),
        Op::Const(id) => format!("const[{id}]"),
        Op::Iconst(n) => format!("i64.const[{n}]"),
        Op::Fconst(bits) => format!("f64.const[{bits:#x}]"),
        Op::Bconst(b) => format!("bool.const[{}]", u8::from(*b)),
        Op::IsKind(kind) => format!("is.kind[{}]", kind_name(*kind)),
        Op::GuardKind(kind) => format!("guard.kind[{}]", kind_name(*kind)),
        Op::GuardType(known) => format!("guard.type[{known}]"),
        Op::CheckBound(Unbound::Local(name)) => format!("check.local[{name}]"),
        Op::CheckBound(Unbound::Free(name)) => format!("check.free[{name}]"),
        Op::CheckBound(Unbound::Global(slot)) => format!("check.global[{slot}]"),
        Op::Icmp(cond) => format!("i64.cmp[{}]", cond_name(*cond)),
        Op::Fcmp(cond) => format!("f64.cmp[{}]", cond_name(*cond)),
        Op::Load { offset, ty, region } => {
            format!("mem.load[{} {} {offset}]", type_name(*ty), region_name(*region))
        }
        Op::Store { offset, region } => format!("mem.store[{} {offset}]", region_name(*region)),
        Op::LoadGlobal(slot) => format!("global.load[{slot}]"),
        Op::StoreGlobal(slot) => format!("global.store[{slot}]"),
        Op::StoreGlobalFast(slot) => format!("global.store_fast[{slot}]"),
        Op::LoadKnown(known) => format!("known.load[{known}]"),
        Op::LoadExternKnown(ext) => format!("known.extern[{ext}]"),
        Op::LoadBuiltin(index) => format!("known.builtin[{index}]"),
        Op::SlotLoad(slot) => format!("slot.load[{slot}]"),
        Op::SlotStore(slot) => format!("slot.store[{slot}]"),
        Op::ClosureCell(index) => format!("cell.closure[{index}]"),
        Op::CallDirect(func) => format!("call.direct[{}]", func_text(*func)),
        Op::CallSpecial(func) => format!("call.special[{}]", func_text(*func)),
        Op::FrameLoad { slot, ty } => format!("frame.load[{} {slot}]", type_name(*ty)),
        Op::FrameStore { slot } => format!("frame.store[{slot}]"),
        Op::StateStore { state, live } => format!("gen.suspend[{state} {live}]"),
        _ => unreachable!("every operation without immediates is in the table"),
    }
}

fn func_text(func: FuncRef) -> String {
    match func {
        FuncRef::Local(id) => id.to_string(),
        FuncRef::Extern(id) => id.to_string(),
    }
}

/// The name of a function's role.
pub fn role_name(role: Role) -> &'static str {
    match role {
        Role::Direct => "direct",
        Role::Resume => "resume",
        Role::Special => "special",
    }
}

fn quoted(out: &mut String, bytes: &[u8]) {
    out.push('"');
    for &byte in bytes {
        match byte {
            b'"' | b'\\' => {
                out.push('\\');
                out.push(byte as char);
            }
            b' '..=b'~' => out.push(byte as char),
            _ => {
                let _ = write!(out, "\\x{byte:02x}");
            }
        }
    }
    out.push('"');
}

fn list<T: std::fmt::Display>(items: impl IntoIterator<Item = T>) -> String {
    let mut out = String::from("[");
    for (i, item) in items.into_iter().enumerate() {
        if i > 0 {
            out.push(' ');
        }
        let _ = write!(out, "{item}");
    }
    out.push(']');
    out
}

fn option<T: std::fmt::Display>(item: Option<T>) -> String {
    item.map_or_else(|| "_".to_string(), |item| item.to_string())
}

/// A module as text.
pub fn module_text(module: &Module) -> String {
    let mut out = String::from("module ");
    quoted(&mut out, module.name.as_bytes());
    out.push_str(" file ");
    quoted(&mut out, module.file.as_bytes());
    let _ = writeln!(out, " package {} ics {}", u8::from(module.is_package), module.ic_count);
    for (id, constant) in module.consts.iter() {
        let _ = write!(out, "{id} = ");
        match constant {
            Constant::Word(word) => {
                let _ = write!(out, "word {word:#x}");
            }
            Constant::Str(bytes) => {
                out.push_str("str ");
                quoted(&mut out, bytes);
            }
            Constant::Bytes(bytes) => {
                out.push_str("bytes ");
                quoted(&mut out, bytes);
            }
            Constant::BigInt(n) => {
                let _ = write!(out, "bigint \"{n}\"");
            }
            Constant::Tuple(items) => {
                let _ = write!(out, "tuple {}", list(items));
            }
            Constant::FrozenSet(items) => {
                let _ = write!(out, "frozenset {}", list(items));
            }
            Constant::Complex(re, im) => {
                let _ = write!(out, "complex {re:#x} {im:#x}");
            }
        }
        out.push('\n');
    }
    for (id, name) in module.globals.iter() {
        let known = option(module.global_known.get(&id).copied());
        let _ = writeln!(out, "{id} = {name} known {known} ; {}", printable(module.consts.text(*name)));
    }
    for (id, known) in module.known.iter() {
        let _ = match known {
            Known::Function(code) => writeln!(out, "{id} = {code}"),
            Known::Class(class) => writeln!(out, "{id} = {class}"),
        };
    }
    for (id, class) in module.classes.iter() {
        let _ = write!(out, "{id} = {} slots {} ", class.body, list(&class.slots));
        let _ = write!(out, "known {} facts ", option(class.known));
        let Some(facts) = &class.facts else {
            out.push_str("_\n");
            continue;
        };
        let methods = facts.methods.iter().map(|(name, code)| format!("{name} {code}"));
        let _ = writeln!(
            out,
            "{} layout {} attributes {} methods {} plain {} {}",
            facts.base.map_or_else(|| "object".to_string(), |base| base.to_string()),
            list(&facts.layout),
            list(&facts.attributes),
            list(methods),
            u8::from(facts.plain_attributes),
            u8::from(facts.plain_construction),
        );
    }
    for (id, ext) in module.externs.iter() {
        let _ = write!(out, "{id} = ");
        quoted(&mut out, ext.module.as_bytes());
        out.push(' ');
        quoted(&mut out, ext.symbol.as_bytes());
        let _ = writeln!(
            out,
            " known {} at {} {} -> {}",
            ext.known,
            ext.known_offset,
            list(ext.params.iter().map(|t| type_name(*t))),
            ret_text(ext.ret)
        );
    }
    for (id, code) in module.codes.iter() {
        let _ = writeln!(
            out,
            "{id} = name {} qualname {} args {} {} {} flags {:#x} line {} doc {} known {} class {} frame {} entry {} resume {} ; {}",
            code.name,
            code.qualname,
            code.arg_count,
            code.posonly_count,
            code.kwonly_count,
            code.flags,
            code.first_line,
            option(code.doc),
            option(code.known),
            option(code.class),
            code.frame_slots,
            code.entry,
            option(code.resume),
            printable(module.consts.text(code.qualname)),
        );
        let _ = writeln!(
            out,
            "  vars {} cells {} frees {}",
            list(&code.varnames),
            list(&code.cellvars),
            list(&code.freevars)
        );
        let positions = code.positions.iter().map(|p| {
            let range = format!("{}:{} {}:{}", p.line, p.col, p.end_line, p.end_col);
            if p.op_end == 0 { range } else { format!("{range} ({} {})", p.op_col, p.op_end) }
        });
        let _ = writeln!(out, "  at {}", list(positions));
    }
    for (id, function) in module.functions.iter() {
        out.push('\n');
        let _ = writeln!(out, "; {}", printable(module.consts.text(module.codes[function.code].qualname)));
        let _ = write!(out, "{id} = ");
        out.push_str(&function_text(function, Some(module)));
    }
    out
}

/// `text` for a comment: on one line.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '.' } else { c }).take(40).collect()
}

/// The name of a result convention.
pub fn ret_text(ret: RetConv) -> &'static str {
    match ret {
        RetConv::Boxed => "boxed",
        RetConv::Special(ty) => type_name(ty),
    }
}

/// A function as text; with `module`, constants and globals are explained in comments.
pub fn function_text(function: &Function, module: Option<&Module>) -> String {
    let mut out = format!("fn {} {} ", function.code, role_name(function.role));
    quoted(&mut out, function.symbol.as_bytes());
    let _ = writeln!(out, " -> {} entry {} {{", ret_text(function.ret), function.entry);
    for (id, block) in function.blocks.iter() {
        let _ = write!(out, "{id}(");
        for (i, param) in block.params.iter().enumerate() {
            let comma = if i > 0 { ", " } else { "" };
            let _ = write!(out, "{comma}{param}: {}", type_name(function.ty(*param)));
        }
        out.push(')');
        if block.landing {
            out.push_str(" landing");
        }
        if block.cold {
            out.push_str(" cold");
        }
        out.push_str(":\n");
        for inst in &block.insts {
            out.push_str("  ");
            inst_text(&mut out, function, &function.insts[*inst]);
            if let Some(module) = module {
                inst_comment(&mut out, &function.insts[*inst], module);
            }
            out.push('\n');
        }
        out.push_str("  ");
        term_text(&mut out, &block.term);
        out.push('\n');
    }
    out.push_str("}\n");
    out
}

fn inst_text(out: &mut String, function: &Function, inst: &InstData) {
    for (i, result) in inst.results.iter().enumerate() {
        let comma = if i > 0 { ", " } else { "" };
        let _ = write!(out, "{comma}{result}: {}", type_name(function.ty(*result)));
    }
    if !inst.results.is_empty() {
        out.push_str(" = ");
    }
    out.push_str(&op_text(&inst.op));
    for (i, arg) in inst.args.iter().enumerate() {
        out.push_str(if i > 0 { ", " } else { " " });
        let _ = match arg {
            Operand::Value(v) => write!(out, "{v}"),
            Operand::Const(c) => write!(out, "{c}"),
            Operand::Ic(ic) => write!(out, "{ic}"),
            Operand::Imm(n) => write!(out, "#{n}"),
            Operand::Absent => write!(out, "_"),
        };
    }
    if let Some(exit) = &inst.exit {
        out.push_str(" ! ");
        call_text(out, exit);
    }
    if inst.pos != Pos::NONE {
        let _ = write!(out, " @{}", inst.pos.0);
    }
}

fn inst_comment(out: &mut String, inst: &InstData, module: &Module) {
    let constant = |id: ConstId| match module.consts.get(id) {
        Constant::Str(_) => format!("{:?}", printable(module.consts.text(id))),
        _ => String::new(),
    };
    let global = |id: GlobalId| printable(module.consts.text(module.globals[id]));
    let mut notes = Vec::new();
    match inst.op {
        Op::Const(id) | Op::CheckBound(Unbound::Local(id) | Unbound::Free(id)) => notes.push(constant(id)),
        Op::LoadGlobal(id) | Op::StoreGlobal(id) | Op::StoreGlobalFast(id) => notes.push(global(id)),
        Op::Word(word) => notes.push(word_text(word)),
        Op::Fconst(bits) => notes.push(format!("{:?}", f64::from_bits(bits))),
        Op::LoadBuiltin(index) => {
            notes.push(molt_abi::builtins::BUILTINS.get(index as usize).map_or(String::new(), |n| n.to_string()))
        }
        Op::Call(Intrinsic::make_function) => {
            if let Some(Operand::Imm(code)) = inst.args.first()
                && let Some(code) = module.codes.get(CodeId(*code as u32))
            {
                notes.push(printable(module.consts.text(code.qualname)));
            }
        }
        _ => {}
    }
    for arg in &inst.args {
        if let Operand::Const(id) = arg {
            notes.push(constant(*id));
        }
    }
    notes.retain(|n| !n.is_empty());
    if !notes.is_empty() {
        let _ = write!(out, " ; {}", notes.join(" "));
    }
}

fn word_text(word: u64) -> String {
    use molt_abi::value::*;
    match word {
        NO_VALUE => "unbound".into(),
        NONE => "None".into(),
        TRUE => "True".into(),
        FALSE => "False".into(),
        ELLIPSIS => "Ellipsis".into(),
        NOT_IMPLEMENTED => "NotImplemented".into(),
        STOP => "STOP".into(),
        _ if is_int(word) => unbox_int(word).to_string(),
        _ if is_float(word) => format!("{:?}", unbox_float(word)),
        _ => String::new(),
    }
}

fn call_text(out: &mut String, call: &BlockCall) {
    let _ = write!(out, "{}(", call.block);
    for (i, arg) in call.args.iter().enumerate() {
        let comma = if i > 0 { ", " } else { "" };
        let _ = write!(out, "{comma}{arg}");
    }
    out.push(')');
}

fn term_text(out: &mut String, term: &Term) {
    match term {
        Term::Unreachable => out.push_str("unreachable"),
        Term::Jump(to) => {
            out.push_str("jump ");
            call_text(out, to);
        }
        Term::Branch { cond, then, els } => {
            let _ = write!(out, "branch {cond}, ");
            call_text(out, then);
            out.push_str(", ");
            call_text(out, els);
        }
        Term::Switch { value, cases, default } => {
            let _ = write!(out, "switch {value} [");
            for (i, case) in cases.iter().enumerate() {
                if i > 0 {
                    out.push_str(", ");
                }
                call_text(out, case);
            }
            out.push_str("], ");
            call_text(out, default);
        }
        Term::Return(value) => {
            let _ = write!(out, "return {value}");
        }
        Term::ReturnError => out.push_str("return_error"),
        Term::ReturnSpecial { value, status } => {
            let _ = write!(out, "return_special {value}, {status}");
        }
    }
}
