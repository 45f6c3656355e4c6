//! What a target's operating system asks of the files we write: names, the kind of archive, what a binary is linked with.
//!
//! Invariant: a pure function of the triple; nothing is looked for on this machine.

use ar_archive_writer::ArchiveKind;
use object::{Architecture, BinaryFormat};

/// The operating systems that binaries are made for, as far as linking tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Platform {
    /// Linux with glibc.
    LinuxGnu,
    /// Linux with musl: static binaries.
    LinuxMusl,
    /// macOS.
    MacOs,
    /// Windows with the tools of MinGW.
    WindowsGnu,
    /// Windows with Microsoft's linker.
    WindowsMsvc,
    /// Another system with ELF files; linked like Linux.
    Other,
}

impl Platform {
    /// The platform of a triple.
    ///
    /// ```
    /// use molt_build::link::platform::Platform;
    /// assert_eq!(Platform::of("x86_64-unknown-linux-musl"), Platform::LinuxMusl);
    /// assert_eq!(Platform::of("aarch64-pc-windows-gnullvm"), Platform::WindowsGnu);
    /// ```
    pub fn of(target: &str) -> Platform {
        let part = |name: &str| target.split('-').any(|part| part.starts_with(name));
        match () {
            () if part("linux") && part("musl") => Platform::LinuxMusl,
            () if part("linux") && part("gnu") => Platform::LinuxGnu,
            () if part("darwin") || part("macosx") => Platform::MacOs,
            () if part("windows") && part("gnu") => Platform::WindowsGnu,
            () if part("windows") => Platform::WindowsMsvc,
            () => Platform::Other,
        }
    }

    /// The file name of the runtime archive, as rustc names it.
    pub fn runtime_archive(self) -> &'static str {
        match self {
            Platform::WindowsMsvc => "molt_rt.lib",
            _ => "libmolt_rt.a",
        }
    }

    /// The file name of a static library.
    pub fn static_library(self, name: &str) -> String {
        match self {
            Platform::WindowsMsvc => format!("{name}.lib"),
            _ => format!("lib{name}.a"),
        }
    }

    /// The file name of an executable.
    pub fn executable(self, name: &str) -> String {
        match self {
            Platform::WindowsGnu | Platform::WindowsMsvc => format!("{name}.exe"),
            _ => name.to_owned(),
        }
    }

    /// The flavour of archive that the platform's linker reads. They differ in the symbol table and in how long names are kept.
    pub fn archive_kind(self) -> ArchiveKind {
        match self {
            Platform::MacOs => ArchiveKind::Darwin,
            Platform::WindowsMsvc => ArchiveKind::Coff,
            _ => ArchiveKind::Gnu,
        }
    }

    /// The format of its object files.
    pub fn object_format(self) -> BinaryFormat {
        match self {
            Platform::MacOs => BinaryFormat::MachO,
            Platform::WindowsGnu | Platform::WindowsMsvc => BinaryFormat::Coff,
            _ => BinaryFormat::Elf,
        }
    }
}

/// The architecture that object files of a target name; unknown for one that no code is made for.
pub fn architecture(target: &str) -> Architecture {
    match target.split('-').next() {
        Some("x86_64") => Architecture::X86_64,
        Some("aarch64") => Architecture::Aarch64,
        _ => Architecture::Unknown,
    }
}
