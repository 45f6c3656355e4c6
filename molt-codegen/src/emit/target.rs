//! Target selection: from a triple to the instruction set, object format and fixed code generation flags.
//!
//! Invariant: a [`Target`] is a pure function of the triple and the [`Profile`]; nothing is asked of the host, so the same
//! pair gives the same bytes on every machine (I5).

use super::EmitError;
use cranelift_codegen::isa::{self, OwnedTargetIsa};
use cranelift_codegen::settings::{self, Configurable};
use cranelift_module::default_libcall_names;
use cranelift_object::{ObjectBuilder, ObjectModule};
use target_lexicon::{Architecture, BinaryFormat, Triple};

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
    isa: OwnedTargetIsa,
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
        let mut flags = settings::builder();
        let level = match profile {
            Profile::Debug => "none",
            Profile::Release => "speed",
        };
        let verifier = if cfg!(debug_assertions) { "true" } else { "false" };
        // Every symbol is in the same image and addressed relative to the program counter, so the code is position
        // independent as it is; on x86-64 this flag would only send data addresses through the GOT.
        let pic = if parsed.architecture == Architecture::X86_64 { "false" } else { "true" };
        for (name, value) in [
            ("opt_level", level),
            ("enable_verifier", verifier),
            ("is_pic", pic),
            ("preserve_frame_pointers", "true"),
            // Errors are values and nothing unwinds through compiled code; frames are walked by frame pointer.
            ("unwind_info", "false"),
            ("enable_probestack", "false"),
        ] {
            flags.set(name, value).map_err(EmitError::internal)?;
        }
        let isa = isa::lookup(parsed)
            .map_err(|_| unsupported())?
            .finish(settings::Flags::new(flags))
            .map_err(EmitError::internal)?;
        Ok(Target { isa, profile })
    }

    /// The profile it was made for.
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// The triple, normalised.
    pub fn triple(&self) -> String {
        self.isa.triple().to_string()
    }

    /// An empty object called `label` in its symbol table, each function and datum in a section of its own so that the
    /// linker drops what is not reached (I6).
    pub(super) fn object(&self, label: &str) -> Result<ObjectModule, EmitError> {
        let mut builder =
            ObjectBuilder::new(self.isa.clone(), label, default_libcall_names()).map_err(EmitError::internal)?;
        builder.per_function_section(true);
        builder.per_data_object_section(true);
        Ok(ObjectModule::new(builder))
    }
}
