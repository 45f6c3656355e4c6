//! Target selection: from a triple to the instruction set, object format and fixed code generation flags.
//!
//! Invariant: a [`Target`] is a pure function of the triple and the [`Profile`]; nothing is asked of the host, so the same
//! pair gives the same bytes on every machine (I5).

use super::EmitError;
use cranelift_codegen::isa::{self, OwnedTargetIsa, TargetIsa};
use cranelift_codegen::settings::{self, Configurable};
use cranelift_module::default_libcall_names;
use cranelift_object::{ObjectBuilder, ObjectModule};
use target_lexicon::{Architecture, BinaryFormat, OperatingSystem, Triple};

/// How much work goes into the code.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Profile {
    /// Fast to compile: no mid-end optimisation.
    Debug,
    /// Fast to run.
    #[default]
    Release,
}

/// A machine that Molt emits objects for: 64-bit, little endian, ELF, Mach-O or COFF.
#[derive(Clone)]
pub struct Target {
    /// Lowers and allocates registers: with care in release builds of the program.
    plain: OwnedTargetIsa,
    /// The same for code that runs once.
    quick: OwnedTargetIsa,
    /// The same with the optimiser's flags; none in debug builds of the program.
    optimiser: Option<OwnedTargetIsa>,
    profile: Profile,
}

impl Target {
    /// The target of `triple`, for example `x86_64-unknown-linux-gnu`.
    ///
    /// ```
    /// use molt_codegen::emit::{Profile, Target};
    /// assert!(Target::new("aarch64-apple-darwin", Profile::Release).is_ok());
    /// assert!(Target::new("riscv32i-unknown-none-elf", Profile::Release).is_err());
    /// ```
    pub fn new(triple: &str, profile: Profile) -> Result<Target, EmitError> {
        let unsupported = || EmitError::Target(triple.to_owned());
        let parsed: Triple = triple.parse().map_err(|_| unsupported())?;
        let known_arch = matches!(parsed.architecture, Architecture::X86_64 | Architecture::Aarch64(_));
        let known_format = matches!(parsed.binary_format, BinaryFormat::Elf | BinaryFormat::Macho | BinaryFormat::Coff);
        if !known_arch || !known_format {
            return Err(unsupported());
        }
        let isa = |level, allocator| {
            instructions(&parsed, level, allocator).map_err(|error| error.unwrap_or_else(unsupported))
        };
        let quick = isa("none", "single_pass")?;
        let (plain, optimiser) = match profile {
            Profile::Debug => (quick.clone(), None),
            Profile::Release => (isa("none", "backtracking")?, Some(isa("speed", "backtracking")?)),
        };
        Ok(Target { plain, quick, optimiser, profile })
    }

    /// The profile it was made for.
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// The triple, normalised.
    pub fn triple(&self) -> String {
        self.plain.triple().to_string()
    }

    /// Whether data of the image are addressed relative to the program counter. `cranelift-object` lacks the relocations
    /// for that in COFF files of aarch64; there the code holds absolute addresses, which the loader relocates.
    pub(super) fn has_relative_data(&self) -> bool {
        let triple = self.plain.triple();
        triple.architecture == Architecture::X86_64 || triple.binary_format != BinaryFormat::Coff
    }

    /// What lowers and allocates registers.
    pub(super) fn plain(&self) -> &dyn TargetIsa {
        &*self.plain
    }

    /// What lowers and allocates registers where the code will run once, without the optimiser.
    pub(super) fn quick(&self) -> &dyn TargetIsa {
        &*self.quick
    }

    /// What the optimiser runs for, if it does.
    pub(super) fn optimiser(&self) -> Option<&dyn TargetIsa> {
        self.optimiser.as_deref()
    }

    /// An empty object called `label` in its symbol table, each function and datum in a section of its own so that the
    /// linker drops what is not reached (I6).
    pub(super) fn object(&self, label: &str) -> Result<ObjectModule, EmitError> {
        let mut builder =
            ObjectBuilder::new(self.plain.clone(), label, default_libcall_names()).map_err(EmitError::internal)?;
        builder.per_function_section(true);
        builder.per_data_object_section(true);
        Ok(ObjectModule::new(builder))
    }
}

/// The instruction set of a triple under the fixed flags; `Err(None)` if there is none.
fn instructions(triple: &Triple, level: &str, allocator: &str) -> Result<OwnedTargetIsa, Option<EmitError>> {
    let internal = |error: &dyn std::fmt::Display| Some(EmitError::internal(error));
    let verifier = if cfg!(debug_assertions) { "true" } else { "false" };
    // Windows commits a stack page by page, as the guard page is touched: a frame that skips it faults.
    let probes = if triple.operating_system == OperatingSystem::Windows { "true" } else { "false" };
    let mut flags = settings::builder();
    for (name, value) in [
        ("opt_level", level),
        ("regalloc_algorithm", allocator),
        ("enable_verifier", verifier),
        // Every symbol is in the same image and addressed relative to the program counter, so the code is position
        // independent as it is; this flag would only send data addresses through the GOT.
        ("is_pic", "false"),
        ("preserve_frame_pointers", "true"),
        // Errors are values and nothing unwinds through compiled code; frames are walked by frame pointer.
        ("unwind_info", "false"),
        ("enable_probestack", probes),
        ("probestack_strategy", "inline"),
    ] {
        flags.set(name, value).map_err(|error| internal(&error))?;
    }
    isa::lookup(triple.clone()).map_err(|_| None)?.finish(settings::Flags::new(flags)).map_err(|error| internal(&error))
}
