//! Safe views of the static descriptors that compiled objects carry.
//!
//! Invariant: a view is made only from a descriptor of the running program, which is immutable and lives as long as the
//! process; indices come from the same compiler that wrote the counts.

use molt_abi::desc::{ClassDesc, CodeDesc, ModuleDesc, NativeModule, Position, ProgramDesc, ProgramFlags};
use molt_abi::grant::GrantSet;
use std::slice;
use std::str;

/// A descriptor's array; empty when the count is 0.
///
/// # Safety
/// `at` points to `count` values that live as long as the process.
unsafe fn array<T>(at: *const T, count: usize) -> &'static [T] {
    if count == 0 {
        return &[];
    }
    // SAFETY: as promised by the caller.
    unsafe { slice::from_raw_parts(at, count) }
}

/// A descriptor's UTF-8 text.
///
/// # Safety
/// As [`array`], for bytes written by the compiler as UTF-8.
unsafe fn text(at: *const u8, len: u64) -> &'static str {
    // SAFETY: as promised by the caller.
    str::from_utf8(unsafe { array(at, len as usize) }).unwrap_or("?")
}

/// A module's descriptor.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ModuleView(&'static ModuleDescRef);

/// Compared by address: descriptors are unique in a program.
struct ModuleDescRef(ModuleDesc);

impl PartialEq for ModuleDescRef {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for ModuleDescRef {}

impl ModuleView {
    /// Views a descriptor.
    ///
    /// # Safety
    /// `desc` is a module descriptor of the running program.
    pub unsafe fn new(desc: *const ModuleDesc) -> ModuleView {
        // SAFETY: the wrapper is the descriptor itself; descriptors live as long as the process.
        ModuleView(unsafe { &*desc.cast::<ModuleDescRef>() })
    }

    /// The descriptor.
    pub fn desc(self) -> &'static ModuleDesc {
        &self.0.0
    }

    /// Dotted name.
    pub fn name(self) -> &'static str {
        // SAFETY: the descriptor's name is UTF-8 of that length.
        unsafe { text(self.desc().name, self.desc().name_len) }
    }

    /// The label of its file.
    pub fn file(self) -> &'static str {
        // SAFETY: as for the name.
        unsafe { text(self.desc().file, self.desc().file_len) }
    }

    /// The constants.
    pub fn consts(self) -> &'static [u8] {
        // SAFETY: the descriptor's blob has that length.
        unsafe { array(self.desc().consts, self.desc().consts_len as usize) }
    }

    /// The constant index of each global slot's name.
    pub fn global_names(self) -> &'static [u32] {
        // SAFETY: the descriptor counts its slots.
        unsafe { array(self.desc().global_names, self.desc().global_count as usize) }
    }

    /// The code descriptors.
    pub fn codes(self) -> &'static [CodeDesc] {
        // SAFETY: the descriptor counts its codes.
        unsafe { array(self.desc().codes, self.desc().code_count as usize) }
    }

    /// The class descriptors.
    pub fn classes(self) -> &'static [ClassDesc] {
        // SAFETY: the descriptor counts its classes.
        unsafe { array(self.desc().classes, self.desc().class_count as usize) }
    }
}

/// A program's descriptor.
#[derive(Clone, Copy)]
pub struct ProgramView(&'static ProgramDesc);

impl ProgramView {
    /// Views a descriptor.
    ///
    /// # Safety
    /// `program` is the descriptor of a program that is part of the process, as the compiler wrote it.
    pub unsafe fn new(program: &'static ProgramDesc) -> ProgramView {
        ProgramView(program)
    }

    /// The descriptor.
    pub fn desc(self) -> &'static ProgramDesc {
        self.0
    }

    /// The modules, by index.
    pub fn modules(self) -> Vec<ModuleView> {
        // SAFETY: the descriptor counts its modules, and each pointer is a module descriptor.
        unsafe {
            array(self.0.modules, self.0.module_count as usize).iter().map(|desc| ModuleView::new(*desc)).collect()
        }
    }

    /// The ceiling of what the program may do; nothing, if the text is not one that a compiler writes.
    pub fn capabilities(self) -> GrantSet {
        // SAFETY: the descriptor's text is UTF-8 of that length.
        unsafe { text(self.0.capabilities, self.0.capabilities_len) }.parse().unwrap_or_default()
    }

    /// Whether the environment may lift that ceiling.
    pub fn is_trusted(self) -> bool {
        self.0.flags & ProgramFlags::TRUSTED != 0
    }

    /// The native modules, by name.
    pub fn natives(self) -> Vec<(&'static str, &'static NativeModule)> {
        // SAFETY: the descriptor counts its native modules, whose names are UTF-8.
        unsafe {
            array(self.0.natives, self.0.native_count as usize)
                .iter()
                .map(|native| (text(native.name, native.name_len), native))
                .collect()
        }
    }
}

/// The source positions of a code object.
pub fn positions(code: &'static CodeDesc) -> &'static [Position] {
    // SAFETY: the descriptor counts its positions.
    unsafe { array(code.positions, code.position_count as usize) }
}

/// The constant indices of the names of parameters and locals.
pub fn varnames(code: &'static CodeDesc) -> &'static [u32] {
    // SAFETY: the descriptor counts its locals.
    unsafe { array(code.varnames, code.local_count as usize) }
}

/// The constant indices of the names of cell variables.
pub fn cellvars(code: &'static CodeDesc) -> &'static [u32] {
    // SAFETY: the descriptor counts its cells.
    unsafe { array(code.cellvars, code.cell_count as usize) }
}

/// The constant indices of the names of free variables.
pub fn freevars(code: &'static CodeDesc) -> &'static [u32] {
    // SAFETY: the descriptor counts its free variables.
    unsafe { array(code.freevars, code.free_count as usize) }
}

/// The constant indices of a class's slot names.
pub fn slot_names(class: &'static ClassDesc) -> &'static [u32] {
    // SAFETY: the descriptor counts its slots.
    unsafe { array(class.slots, class.slot_count as usize) }
}
