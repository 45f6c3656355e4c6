//! The link table of a program: which modules it has and where each finds its data.
//!
//! A small object of its own, because only the driver knows the whole module graph: modules compile one by one and refer
//! to `molt_mod_<module>` for their place in `ctx.modules`. Invariant: modules are sorted by name, so that the table does
//! not depend on the order in which they were compiled.

use super::clif::{DataBytes, Unit, Vis};
use super::symbol::{self, Symbols};
use super::{EmitError, Target, note};
use molt_abi::desc::ProgramFlags;
use molt_abi::grant::GrantSet;
use molt_abi::{fingerprint, natives};

/// What a program consists of.
#[derive(Clone, Debug, Default)]
pub struct LinkTable {
    /// Put before `molt_program` and the modules' symbols; tells apart the programs of one binary, mostly empty.
    pub prefix: String,
    /// The compiled modules' dotted names; the order does not matter.
    pub modules: Vec<String>,
    /// The module that runs as `__main__`; a library has none.
    pub main: Option<String>,
    /// Native modules that the import graph reaches; the order does not matter.
    pub natives: Vec<String>,
    /// The most that the program may do.
    pub capabilities: GrantSet,
    /// Whether the environment may lift that limit.
    pub trusted: bool,
    /// The digest of the lock of the project that the program is of, which goes into a note.
    pub lock: Option<[u8; 32]>,
}

/// The object that defines `molt_program` and each module's offset.
///
/// ```
/// use molt_codegen::emit::{link_table, LinkTable, Profile, Target};
/// let target = Target::new("x86_64-unknown-linux-gnu", Profile::Release).unwrap();
/// let table = LinkTable { modules: vec!["app".into()], natives: vec!["sys".into()], ..LinkTable::default() };
/// assert_eq!(&link_table(&target, &table).unwrap()[..4], b"\x7fELF");
/// ```
pub fn link_table(target: &Target, table: &LinkTable) -> Result<Vec<u8>, EmitError> {
    let mut modules = table.modules.clone();
    modules.sort();
    modules.dedup();
    let mut native_names = table.natives.clone();
    native_names.sort();
    native_names.dedup();
    let main = match &table.main {
        None => u64::MAX,
        Some(name) => modules
            .binary_search(name)
            .map_err(|_| EmitError::Internal(format!("main module `{name}` is not in the table")))?
            as u64,
    };

    let mut object = target.object("molt_program")?;
    let mut unit = Unit::new(&mut object, target);
    let mut descriptors = DataBytes::new();
    for (index, name) in modules.iter().enumerate() {
        let symbols = Symbols::new(&table.prefix, name);
        let mut offset = DataBytes::new();
        offset.u64(8 * index as u64);
        unit.datum(&symbols.module_offset(), Vis::Image, offset)?;
        descriptors.data(unit.import_data(&symbols.descriptor())?, 0);
    }
    let descriptors = unit.datum(&format!("{}molt$$modules", table.prefix), Vis::Local, descriptors)?;

    let mut text = DataBytes::new();
    let starts: Vec<i64> = native_names
        .iter()
        .map(|name| {
            let start = text.len() as i64;
            text.raw(name.as_bytes());
            start
        })
        .collect();
    let text = unit.datum(&format!("{}molt$$native_names", table.prefix), Vis::Local, text)?;
    let init = unit.signature(&[super::clif::I64], &[super::clif::I64]);
    let mut rows = DataBytes::new();
    for (name, start) in native_names.iter().zip(&starts) {
        rows.data(text, *start);
        rows.u64(name.len() as u64);
        rows.func(Some(unit.import(&natives::symbol(name), &init)?));
    }
    let rows = unit.datum(&format!("{}molt$$natives", table.prefix), Vis::Local, rows)?;

    let mut grants = DataBytes::new();
    grants.raw(table.capabilities.to_string().as_bytes());
    let grants_len = grants.len() as u64;
    let grants = unit.datum(&format!("{}molt$$capabilities", table.prefix), Vis::Local, grants)?;

    let fingerprint_symbol = unit.import_data(&fingerprint::symbol())?;
    let mut program = DataBytes::new();
    program.u64(fingerprint::fingerprint());
    program.u64(modules.len() as u64);
    program.data(descriptors, 0);
    program.u64(main);
    program.data(rows, 0);
    program.u64(native_names.len() as u64);
    program.data(grants, 0);
    program.u64(grants_len);
    program.u64(if table.trusted { ProgramFlags::TRUSTED } else { 0 });
    // Beyond the descriptor's fields: nobody reads it, but a runtime of another contract lacks the symbol and the link
    // fails.
    program.data(fingerprint_symbol, 0);
    unit.datum(&symbol::program(&table.prefix), Vis::Image, program)?;
    let mut product = object.finish();
    if let Some(lock) = &table.lock {
        note::add(&mut product.object, lock);
    }
    product.emit().map_err(|error| EmitError::internal(format!("{error:?}")))
}
