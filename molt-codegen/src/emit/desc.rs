//! The static descriptors of a module: `ModuleDesc`, `CodeDesc`, `ClassDesc`, names, positions and the constant blob.
//!
//! Invariant: field by field what `molt_abi::desc` declares as `repr(C)`, in the target's byte order, with addresses as
//! relocations; the sizes are checked against those structures by tests.

use super::EmitError;
use super::clif::{Data, DataBytes, Effort, Func, I64, Unit, Vis};
use super::symbol::Symbols;
use crate::mir::{CodeId, ConstId, ConstPool, Constant, IdVec, Module};
use molt_abi::blob::{Tag, write_leb};
use molt_abi::desc::{CodeFlags, ModuleFlags};
use molt_abi::fingerprint;
use num_bigint::Sign;

/// The entries of a code object as the descriptor has them.
#[derive(Clone, Copy, Debug)]
pub struct Entries {
    /// The array entry.
    pub array: Func,
    /// The resume function of a generator.
    pub resume: Option<Func>,
}

/// The constants in the form of `molt_abi::blob`.
pub fn blob(pool: &ConstPool) -> Vec<u8> {
    let mut out = Vec::new();
    for (_, constant) in pool.iter() {
        match constant {
            Constant::Word(word) => {
                out.push(Tag::Word as u8);
                out.extend_from_slice(&word.to_le_bytes());
            }
            Constant::Str(bytes) => counted(&mut out, Tag::Str, bytes),
            Constant::Bytes(bytes) => counted(&mut out, Tag::Bytes, bytes),
            Constant::BigInt(n) => {
                let (sign, magnitude) = n.to_bytes_le();
                out.push(Tag::BigInt as u8);
                out.push(u8::from(sign == Sign::Minus));
                write_leb(&mut out, magnitude.len() as u64);
                out.extend_from_slice(&magnitude);
            }
            Constant::Tuple(items) => indices(&mut out, Tag::Tuple, items),
            Constant::FrozenSet(items) => indices(&mut out, Tag::FrozenSet, items),
            Constant::Complex(re, im) => {
                out.push(Tag::Complex as u8);
                out.extend_from_slice(&re.to_le_bytes());
                out.extend_from_slice(&im.to_le_bytes());
            }
        }
    }
    out
}

fn counted(out: &mut Vec<u8>, tag: Tag, bytes: &[u8]) {
    out.push(tag as u8);
    write_leb(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

fn indices(out: &mut Vec<u8>, tag: Tag, items: &[ConstId]) {
    out.push(tag as u8);
    write_leb(out, items.len() as u64);
    for item in items {
        write_leb(out, u64::from(item.0));
    }
}

fn or_max(index: Option<u32>) -> u32 {
    index.unwrap_or(u32::MAX)
}

/// See [`molt_abi::desc::CodeDesc::arity`].
fn arity(code: &crate::mir::Code) -> u32 {
    let fancy = CodeFlags::VARARGS | CodeFlags::VARKEYWORDS;
    if code.flags & fancy == 0 && code.kwonly_count == 0 { code.arg_count } else { u32::MAX }
}

/// Name lists of all descriptors, one after the other.
#[derive(Default)]
struct Names {
    bytes: DataBytes,
}

impl Names {
    /// Appends a list; gives its byte offset.
    fn list<'a>(&mut self, names: impl IntoIterator<Item = &'a ConstId>) -> i64 {
        let start = self.bytes.len() as i64;
        names.into_iter().for_each(|name| self.bytes.u32(name.0));
        start
    }
}

/// Defines the module's descriptor and everything it points to.
pub fn define(
    unit: &mut Unit<'_>,
    symbols: &Symbols,
    module: &Module,
    entries: &IdVec<CodeId, Entries>,
    first_function: Option<Func>,
) -> Result<Data, EmitError> {
    let mut names = Names::default();
    let globals = names.list(module.globals.values());
    let code_names: Vec<[i64; 3]> = module
        .codes
        .values()
        .map(|code| [names.list(&code.varnames), names.list(&code.cellvars), names.list(&code.freevars)])
        .collect();
    let class_names: Vec<i64> = module.classes.values().map(|class| names.list(&class.slots)).collect();
    let names = unit.datum(&symbols.data("names"), Vis::Local, names.bytes)?;

    let mut positions = DataBytes::new();
    let mut position_starts = Vec::new();
    for code in module.codes.values() {
        position_starts.push(positions.len() as i64);
        for at in &code.positions {
            [at.line, at.end_line, at.col, at.end_col, at.op_col, at.op_end].iter().for_each(|n| positions.u32(*n));
        }
    }
    let positions = unit.datum(&symbols.data("positions"), Vis::Local, positions)?;

    let mut codes = DataBytes::new();
    for ((id, code), lists) in module.codes.iter().zip(&code_names) {
        let entry = entries.get(id).ok_or_else(|| EmitError::internal("a code object without entry"))?;
        codes.func(Some(entry.array));
        for n in [
            code.name.0,
            code.qualname.0,
            code.arg_count,
            code.posonly_count,
            code.kwonly_count,
            code.flags,
            code.first_line,
            or_max(code.doc.map(|c| c.0)),
            or_max(code.known.map(|k| k.0)),
            or_max(code.class.map(|c| c.0)),
            code.varnames.len() as u32,
            code.cellvars.len() as u32,
            code.freevars.len() as u32,
            code.frame_slots,
            code.positions.len() as u32,
            id.0,
            arity(code),
            0,
        ] {
            codes.u32(n);
        }
        lists.iter().for_each(|start| codes.data(names, *start));
        codes.data(positions, position_starts[id.0 as usize]);
        codes.func(entry.resume);
    }
    let codes = unit.datum(&symbols.data("codes"), Vis::Local, codes)?;

    let mut classes = DataBytes::new();
    for (class, start) in module.classes.values().zip(&class_names) {
        classes.data(names, *start);
        classes.u32(class.slots.len() as u32);
        classes.u32(or_max(class.known.map(|k| k.0)));
        classes.u32(base_cell(module, class));
        classes.u32(0);
    }
    let classes = unit.datum(&symbols.data("classes"), Vis::Local, classes)?;

    let blob = blob(&module.consts);
    let mut text = DataBytes::new();
    text.raw(&blob);
    let name_start = text.len() as i64;
    text.raw(module.name.as_bytes());
    let file_start = text.len() as i64;
    text.raw(module.file.as_bytes());
    let text = unit.datum(&symbols.data("text"), Vis::Local, text)?;

    let mut desc = DataBytes::new();
    desc.data(text, name_start);
    desc.u64(module.name.len() as u64);
    desc.data(text, file_start);
    desc.u64(module.file.len() as u64);
    for n in [
        if module.is_package { ModuleFlags::PACKAGE } else { 0 },
        module.consts.len() as u32,
        module.globals.len() as u32,
        module.known.len() as u32,
        module.ic_count,
        module.codes.len() as u32,
        module.classes.len() as u32,
        0,
    ] {
        desc.u32(n);
    }
    desc.data(text, 0);
    desc.u64(blob.len() as u64);
    desc.data(names, globals);
    desc.data(codes, 0);
    desc.data(classes, 0);
    // Functions are defined before the array entries, and linkers keep the order of an object's sections.
    desc.func(first_function);
    desc.func(entries.values().next().map(|entry| entry.array));
    // Behind the descriptor's fields: a runtime of another contract lacks the symbol, so a stale object fails the link.
    let contract = unit.import_data(&fingerprint::symbol())?;
    desc.data(contract, 0);
    unit.datum(&symbols.descriptor(), Vis::Image, desc)
}

/// The array entry of a code object: loads the words of `argv` and calls the direct entry.
pub fn define_array_entry(
    unit: &mut Unit<'_>,
    symbol: &str,
    direct: Func,
    takes_function: bool,
    params: usize,
    want_text: bool,
) -> Result<(Func, super::clif::Text), EmitError> {
    let signature = unit.signature(&[I64, I64, I64], &[I64]);
    let array = unit.declare(symbol, Vis::Local, &signature)?;
    let text = unit.define(array, Effort::Plain, want_text, |f| {
        let &[ctx, function, argv] = f.entry().as_slice() else {
            return Err(EmitError::internal("an array entry takes three words"));
        };
        let mut words = vec![ctx];
        if takes_function {
            words.push(function);
        }
        for n in 0..params {
            words.push(f.load(I64, argv, 8 * n as i32, super::clif::Mem::Stack));
        }
        let results = f.call(direct, &words);
        f.ret(&results);
        Ok(())
    })?;
    Ok((array, text))
}

/// The known cell of the base that a class's layout assumes.
fn base_cell(module: &Module, class: &crate::mir::Class) -> u32 {
    use molt_abi::desc::ClassDesc;
    match class.facts.as_ref().map(|facts| facts.base) {
        None => ClassDesc::UNKNOWN_BASE,
        Some(None) => u32::MAX,
        Some(Some(base)) => module.classes[base].known.map_or(ClassDesc::UNKNOWN_BASE, |k| k.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::{Profile, Target};
    use molt_abi::desc::{ClassDesc, CodeDesc, ModuleDesc, Position};

    #[test]
    fn the_blob_refers_to_earlier_entries_in_leb() {
        let mut pool = ConstPool::default();
        let one = pool.intern(Constant::Word(0xFFFF_0000_0000_0001));
        let text = pool.str("é");
        pool.intern(Constant::Tuple(vec![one, text]));
        pool.intern(Constant::BigInt(num_bigint::BigInt::from(-0x1_0000_0000_0000i64)));
        let mut expected = vec![0, 1, 0, 0, 0, 0, 0, 0xFF, 0xFF, 1, 2, 0xC3, 0xA9, 4, 2, 0, 1, 3, 1, 7];
        expected.extend([0, 0, 0, 0, 0, 0, 1]);
        assert_eq!(blob(&pool), expected);
    }

    #[test]
    fn descriptors_have_the_sizes_that_the_contract_declares() {
        let text = "module \"m\" file \"m.py\" package 1 ics 0\nc0 = str \"f\"\ng0 = c0 known _\nclass0 = code0 slots [c0] known _ facts _\n\
             code0 = name c0 qualname c0 args 0 0 0 flags 0x0 line 1 doc _ known _ class _ frame 0 entry f0 resume _\n\
             \x20 vars [] cells [] frees []\n  at [1:0 1:5]\n\
             f0 = fn code0 direct \"molt$m$f\" -> boxed entry b0 {\nb0():\n  v0: val = word[0x2]\n  return v0\n}\n";
        let module = crate::mir::parse::parse_module(text).unwrap();
        let target = Target::new("x86_64-unknown-linux-gnu", Profile::Release).unwrap();
        let mut object = target.object("m").unwrap();
        let mut unit = Unit::new(&mut object, &target);
        let init = unit.signature(&[I64], &[I64]);
        let array = unit.import("x", &init).unwrap();
        let entries: IdVec<CodeId, Entries> = [Entries { array, resume: None }].into_iter().collect();
        let symbols = Symbols::new("", "m");
        define(&mut unit, &symbols, &module, &entries, Some(array)).unwrap();
        let bytes = object.finish().emit().unwrap();
        let size = |name: &str| symbol_size(&bytes, name);
        assert_eq!(size("molt_desc_m"), size_of::<ModuleDesc>() as u64 + 8);
        assert_eq!(size("molt$m$$codes"), size_of::<CodeDesc>() as u64);
        assert_eq!(size("molt$m$$classes"), size_of::<ClassDesc>() as u64);
        assert_eq!(size("molt$m$$positions"), size_of::<Position>() as u64);
    }

    /// The size of a symbol in an ELF object of the host's byte order, read by hand: `object`'s reader is no dependency.
    fn symbol_size(elf: &[u8], name: &str) -> u64 {
        let word = |at: usize| u64::from_le_bytes(elf[at..at + 8].try_into().unwrap());
        let half = |at: usize| u16::from_le_bytes(elf[at..at + 2].try_into().unwrap());
        let sections = word(0x28) as usize;
        let section = |n: usize| sections + 64 * n;
        let count = half(0x3C) as usize;
        let kind = |at: usize| u32::from_le_bytes(elf[at + 4..at + 8].try_into().unwrap());
        let symtab = (0..count).map(section).find(|at| kind(*at) == 2).unwrap();
        let link = u32::from_le_bytes(elf[symtab + 0x28..symtab + 0x2C].try_into().unwrap()) as usize;
        let strings = word(section(link) + 0x18) as usize;
        let (start, size) = (word(symtab + 0x18) as usize, word(symtab + 0x20) as usize);
        for at in (start..start + size).step_by(24) {
            let offset = u32::from_le_bytes(elf[at..at + 4].try_into().unwrap()) as usize;
            if elf[strings + offset..].starts_with(format!("{name}\0").as_bytes()) {
                return word(at + 16);
            }
        }
        panic!("no symbol {name}");
    }
}
