//! Emission: MIR to CLIF to object bytes, and the static data that goes with the code.
//!
//! Entry points: [`module`] for one compiled module, [`link_table()`] for the table of a whole program. Invariant: the
//! bytes depend on the input, the target and the options alone (I5), and all of Cranelift's builder API is behind
//! `clif`.

mod call;
mod clif;
mod desc;
mod entry_point;
mod fast;
mod function;
mod iterate;
mod link_table;
pub mod note;
mod op;
mod pointers;
mod quiet;
mod rc;
pub mod symbol;
mod target;
mod value;

pub use entry_point::{EntryPoint, entry_point};
pub use link_table::{LinkTable, link_table};
pub use target::{Profile, Target};

use crate::mir::{self, IdVec};
use clif::{Effort, Unit, Vis};
use std::collections::BTreeMap;
use std::fmt;
use symbol::Symbols;

/// What [`module`] made.
#[derive(Clone, Debug, Default)]
pub struct Emitted {
    /// The object file.
    pub object: Vec<u8>,
    /// CLIF of every function, if it was asked for.
    pub clif: String,
    /// Machine instructions of every function, if text was asked for.
    pub asm: String,
}

/// Compiles a module to an object. `prefix` is put before all its symbols, to tell apart the
/// programs of one binary (mostly empty); `want_text` asks for the text forms.
pub fn module(target: &Target, module: &mir::Module, prefix: &str, want_text: bool) -> Result<Emitted, EmitError> {
    let mut object = target.object(&module.name)?;
    let mut unit = Unit::new(&mut object, target);
    let symbols = Symbols::new(prefix, &module.name);
    let mut out = Emitted::default();

    let mut functions = IdVec::new();
    for function in module.functions.values() {
        let (params, results) = function::entry_types(&function.param_types(), function.ret);
        let signature = unit.signature(&params, &results);
        functions.push(unit.declare(&format!("{prefix}{}", function.symbol), Vis::Image, &signature)?);
    }
    let mut externs = IdVec::new();
    let mut extern_offsets = BTreeMap::new();
    for external in module.externs.values() {
        let (params, results) = function::entry_types(&external.params, external.ret);
        let signature = unit.signature(&params, &results);
        externs.push(unit.import(&format!("{prefix}{}", external.symbol), &signature)?);
        let offset = Symbols::new(prefix, &external.module).module_offset();
        extern_offsets.insert(external.module.clone(), unit.import_data(&offset)?);
    }
    let offset = unit.import_data(&symbols.module_offset())?;
    let shared = function::Shared {
        module,
        functions,
        externs,
        small: target.profile() == Profile::Debug,
        offset,
        extern_offsets,
    };

    for (id, function) in module.functions.iter() {
        let effort = if shared.small { Effort::Plain } else { function::effort(function, module) };
        let text = unit.define(shared.functions[id], effort, want_text, |f| function::lower(f, function, &shared))?;
        out.clif.push_str(&text.clif);
        out.asm.push_str(&text.asm);
    }

    let text = quiet::define(&mut unit, want_text)?;
    out.clif.push_str(&text.clif);
    out.asm.push_str(&text.asm);

    let mut entries = IdVec::new();
    for code in module.codes.values() {
        let Some(direct) = module.functions.get(code.entry) else {
            return Err(EmitError::internal("a code object without a direct entry"));
        };
        let takes_function = !code.freevars.is_empty();
        let params = direct.param_types().len().saturating_sub(usize::from(takes_function));
        let symbol = format!("{}$$array", direct.symbol);
        let (array, text) = desc::define_array_entry(
            &mut unit,
            &symbol,
            shared.functions[code.entry],
            takes_function,
            params,
            want_text,
        )?;
        out.asm.push_str(&text.asm);
        entries.push(desc::Entries { array, resume: code.resume.map(|id| shared.functions[id]) });
    }
    let first = shared.functions.values().next().copied();
    desc::define(&mut unit, &symbols, module, &entries, first)?;
    out.object = object.finish().emit().map_err(|error| EmitError::internal(format!("{error:?}")))?;
    Ok(out)
}

/// Why nothing was emitted.
#[derive(Debug)]
pub enum EmitError {
    /// No code can be made for this triple.
    Target(String),
    /// A contradiction inside the compiler.
    Internal(String),
}

impl EmitError {
    fn internal(error: impl fmt::Display) -> EmitError {
        EmitError::Internal(error.to_string())
    }
}

impl fmt::Display for EmitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EmitError::Target(triple) => write!(
                f,
                "no code can be made for target `{triple}`: x86_64 and aarch64 with ELF, Mach-O or COFF objects are known"
            ),
            EmitError::Internal(text) => write!(f, "code emission failed: {text}"),
        }
    }
}

impl std::error::Error for EmitError {}
