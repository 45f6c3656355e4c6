//! `main` of a stand-alone binary: hands the program's descriptor to the runtime.
//!
//! A function of generated code and not of the runtime archive, because the archive is also linked into C programs, which
//! have a `main` of their own.

use super::clif::{DataBytes, Effort, I32, I64, Unit, Vis};
use super::{EmitError, Target, symbol};

/// What a binary runs.
#[derive(Clone, Debug)]
pub enum EntryPoint {
    /// The program whose link table has this symbol prefix.
    Program {
        /// See [`super::LinkTable::prefix`].
        prefix: String,
    },
    /// One of several independent programs, chosen by the first argument: `(name, symbol prefix)` each.
    Choice(Vec<(String, String)>),
}

/// The object that defines `main`.
///
/// ```
/// use molt_codegen::emit::{EntryPoint, Profile, Target, entry_point};
/// let target = Target::new("x86_64-unknown-linux-gnu", Profile::Release).unwrap();
/// let main = EntryPoint::Program { prefix: String::new() };
/// assert_eq!(&entry_point(&target, &main).unwrap()[..4], b"\x7fELF");
/// ```
pub fn entry_point(target: &Target, entry: &EntryPoint) -> Result<Vec<u8>, EmitError> {
    let mut object = target.object("molt_entry")?;
    let mut unit = Unit::new(&mut object, target);
    let (first, count, runtime) = match entry {
        EntryPoint::Program { prefix } => (unit.import_data(&symbol::program(prefix))?, None, "molt_main"),
        EntryPoint::Choice(programs) => {
            let mut text = DataBytes::new();
            programs.iter().for_each(|(name, _)| text.raw(name.as_bytes()));
            let text = unit.datum("molt$$program_names", Vis::Local, text)?;
            let (mut rows, mut start) = (DataBytes::new(), 0);
            for (name, prefix) in programs {
                rows.data(text, start);
                rows.u64(name.len() as u64);
                rows.data(unit.import_data(&symbol::program(prefix))?, 0);
                start += name.len() as i64;
            }
            (unit.datum("molt$$programs", Vis::Local, rows)?, Some(programs.len() as i64), "molt_main_choice")
        }
    };
    // `int main(int argc, char **argv)`; the runtime's functions take the same two before what they run.
    let main = unit.signature(&[I32, I64], &[I32]);
    let callee = match count {
        None => unit.signature(&[I32, I64, I64], &[I32]),
        Some(_) => unit.signature(&[I32, I64, I64, I64], &[I32]),
    };
    let callee = unit.import(runtime, &callee)?;
    let main = unit.declare("main", Vis::Exported, &main)?;
    unit.define(main, Effort::Plain, false, |fun| {
        let mut args = fun.entry();
        args.push(fun.data_address(first));
        args.extend(count.map(|n| fun.iconst(I64, n)));
        let status = fun.call(callee, &args);
        fun.ret(status.as_slice());
        Ok(())
    })?;
    object.finish().emit().map_err(|error| EmitError::internal(format!("{error:?}")))
}
