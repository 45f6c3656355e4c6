//! Modules and their data blocks: what compiled code reads at fixed offsets, per module and runtime.
//!
//! Invariants: a block lives from the loading of the program to the end of the runtime, at one address; its constants are filled before
//! code of the module runs; a global slot holds 0 or an owned value; a known cell holds [`KNOWN_BROKEN`] or a borrowed value that the
//! runtime withdraws before it dies.

use super::descs::ModuleView;
use super::dict;
use super::field::ObjCell;
use super::header::{Header, Layout};
use super::str;
use crate::heap;
use crate::runtime::{R, Raised, Rt};
use crate::value::Obj;
use molt_abi::desc::{CodeDesc, ModuleDesc};
use molt_abi::layout::{Kind, module_data};
use molt_abi::value::KNOWN_BROKEN;
use std::cell::Cell;
use std::mem::offset_of;

/// A module.
#[repr(C)]
pub struct ModuleObject {
    header: Header,
    /// `__dict__`.
    pub dict: ObjCell,
    /// The data block of a compiled module.
    data: Cell<Option<Data>>,
}

// SAFETY: `repr(C)`, starts with a header, and is the only layout of its kind.
unsafe impl Layout for ModuleObject {
    const KIND: Kind = Kind::Module;

    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        self.dict.traverse(visit);
    }
}

/// A new module with a namespace, compiled if it has a data block.
pub fn new(rt: &Rt, dict: Obj, data: Option<Data>) -> Obj {
    heap::alloc_object(rt, rt.kind_type(Kind::Module), 0, |header| ModuleObject {
        header,
        dict: ObjCell::new(Some(dict)),
        data: Cell::new(data),
    })
}

/// As [`new`], of a subclass.
pub fn with_type(rt: &Rt, ty: &super::types::TypeObject, dict: Obj) -> Obj {
    heap::alloc_object(rt, ty, 0, |header| ModuleObject {
        header,
        dict: ObjCell::new(Some(dict)),
        data: Cell::new(None),
    })
}

/// The fields of a module.
pub fn get(obj: &Obj) -> Option<&ModuleObject> {
    obj.cast::<ModuleObject>()
}

impl ModuleObject {
    /// The data block of a compiled module.
    pub fn data(&self) -> Option<Data> {
        self.data.get()
    }
}

/// The fixed part of a block.
#[repr(C)]
struct Block {
    module: Cell<u64>,
    desc: *const ModuleDesc,
    /// Borrowed: the module's `__dict__`.
    dict: Cell<u64>,
    /// One bit per global slot: its value is the builtin of that name.
    inherited: Cell<*mut u64>,
    reserved: [u64; 2],
}

const _: () = {
    assert!(offset_of!(Block, module) == module_data::MODULE as usize);
    assert!(offset_of!(Block, desc) == module_data::DESC as usize);
    assert!(size_of::<Block>() == module_data::CONSTS as usize);
};

/// A module's data block. Valid as long as its runtime.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Data(*const Block);

/// The memory of a block and its bitmap.
pub struct Storage {
    words: Box<[u64]>,
    inherited: Box<[u64]>,
}

impl Storage {
    /// An empty block: constants and slots 0, known cells broken.
    pub fn new(desc: ModuleView) -> Storage {
        let d = desc.desc();
        let ic = module_data::ic(d.const_count, d.global_count, d.known_count, d.ic_count) as usize;
        let mut words = vec![0u64; ic / 8].into_boxed_slice();
        for known in 0..d.known_count {
            words[module_data::known(d.const_count, d.global_count, known) as usize / 8] = KNOWN_BROKEN;
        }
        let inherited = vec![0u64; (d.global_count as usize).div_ceil(64)].into_boxed_slice();
        words[module_data::DESC as usize / 8] = std::ptr::from_ref(d) as u64;
        let mut storage = Storage { words, inherited };
        let bitmap = storage.inherited.as_mut_ptr();
        storage.data().block().inherited.set(bitmap);
        storage
    }

    /// The block.
    pub fn data(&mut self) -> Data {
        Data(self.words.as_mut_ptr().cast::<Block>())
    }

    /// The address that compiled code sees.
    pub fn address(&mut self) -> u64 {
        self.words.as_mut_ptr() as u64
    }
}

impl Data {
    /// The block at an address that compiled code passed.
    ///
    /// # Safety
    /// `md` is the address of a block of a live runtime.
    pub unsafe fn from_raw(md: *const u8) -> Data {
        Data(md.cast::<Block>())
    }

    fn block(&self) -> &Block {
        // SAFETY: blocks live as long as the runtime, see the invariant; all mutation goes through cells.
        unsafe { &*self.0 }
    }

    /// A word of the block, by byte offset.
    fn word(&self, offset: i32) -> &Cell<u64> {
        // SAFETY: offsets come from the descriptor's counts, which sized the block.
        unsafe { &*self.0.cast::<u8>().add(offset as usize).cast::<Cell<u64>>() }
    }

    /// The descriptor.
    pub fn desc(&self) -> ModuleView {
        // SAFETY: set at creation from a module descriptor of the program.
        unsafe { ModuleView::new(self.block().desc) }
    }

    /// The code descriptor of an index.
    pub fn code(&self, index: u32) -> &'static CodeDesc {
        &self.desc().codes()[index as usize]
    }

    /// The module, once it has been made.
    pub fn module(&self) -> Option<Obj> {
        let word = self.block().module.get();
        // SAFETY: the registry keeps the module alive as long as the block names it.
        (word != 0).then(|| unsafe { Obj::clone_word(word) })
    }

    /// The module's namespace, once it has been made.
    pub fn dict(&self) -> Option<Obj> {
        let word = self.block().dict.get();
        // SAFETY: the module, which the registry keeps alive, owns it.
        (word != 0).then(|| unsafe { Obj::clone_word(word) })
    }

    /// Names the module and its namespace, which the caller keeps alive.
    pub fn set_module(&self, module: &Obj, dict: &Obj) {
        self.block().module.set(module.word());
        self.block().dict.set(dict.word());
    }

    /// Constant `n`.
    pub fn constant(&self, n: u32) -> Obj {
        let word = self.word(module_data::constant(n)).get();
        // SAFETY: constants are filled before code of the module runs, and kept to the end.
        unsafe { Obj::clone_word(word) }
    }

    /// Fills constant `n`.
    pub fn set_constant(&self, n: u32, value: Obj) {
        self.word(module_data::constant(n)).set(value.into_word());
    }

    fn slot_word(&self, slot: u32) -> &Cell<u64> {
        self.word(module_data::global(self.desc().desc().const_count, slot))
    }

    /// The address of a global slot, for a namespace entry.
    pub fn slot_address(&self, slot: u32) -> *mut u64 {
        self.slot_word(slot).as_ptr()
    }

    /// Puts a slot's name in the namespace, if it is not there yet.
    pub fn enter_slot(&self, namespace: &Obj, name: &Obj, slot: u32) {
        let Some(table) = dict::get(namespace) else { return };
        let hash = str::hash(name);
        if table.find_str(name, hash).is_none() {
            // SAFETY: the block lives as long as the runtime, and the slot holds 0 or an owned value.
            unsafe { table.insert_slot(hash, name.clone(), self.slot_address(slot)) };
        }
    }

    /// The value of a global slot.
    pub fn global(&self, slot: u32) -> Option<Obj> {
        let word = self.slot_word(slot).get();
        // SAFETY: a slot holds 0 or an owned value.
        (word != 0).then(|| unsafe { Obj::clone_word(word) })
    }

    /// Replaces the value of a global slot; gives the old one.
    #[must_use]
    pub fn set_global(&self, slot: u32, value: Option<Obj>) -> Option<Obj> {
        let old = self.slot_word(slot).replace(value.map_or(0, Obj::into_word));
        // SAFETY: the slot owned its value.
        unsafe { Obj::from_word_opt(old) }
    }

    /// Whether a slot's value is inherited from builtins.
    pub fn is_inherited(&self, slot: u32) -> bool {
        // SAFETY: the bitmap has a bit per slot.
        unsafe { *self.block().inherited.get().add(slot as usize / 64) >> (slot % 64) & 1 != 0 }
    }

    /// Marks a slot's value as inherited or not.
    pub fn set_inherited(&self, slot: u32, on: bool) {
        let bit = 1u64 << (slot % 64);
        // SAFETY: as above; nobody else holds a reference into the bitmap.
        unsafe {
            let word = self.block().inherited.get().add(slot as usize / 64);
            *word = if on { *word | bit } else { *word & !bit };
        }
    }

    fn known_word(&self, n: u32) -> &Cell<u64> {
        let d = self.desc().desc();
        self.word(module_data::known(d.const_count, d.global_count, n))
    }

    /// Whether known cell `n` holds this very object.
    pub fn known_is(&self, n: u32, obj: &Obj) -> bool {
        self.known_word(n).get() == obj.word()
    }

    /// Puts an object in known cell `n`; the caller withdraws it with [`Data::break_known`] before it dies or changes.
    pub fn set_known(&self, n: u32, obj: &Obj) {
        self.known_word(n).set(obj.word());
    }

    /// Breaks known cell `n` if it holds this object, which changes or dies.
    pub fn forget_known(&self, n: u32, word: u64) {
        if self.known_word(n).get() == word {
            self.break_known(n);
        }
    }

    /// Breaks known cell `n`.
    pub fn break_known(&self, n: u32) {
        self.known_word(n).set(KNOWN_BROKEN);
    }

    /// Runs the module's body.
    pub fn run_body(&self, rt: &Rt) -> R<()> {
        let Some(code) = self.desc().codes().first() else { return Ok(()) };
        let result = rt.enter(|| (code.entry)(std::ptr::from_ref(rt).cast_mut().cast(), 0, std::ptr::null()));
        // SAFETY: an entry returns an owned value, or 0 with a pending exception.
        unsafe { Obj::from_word_opt(result) }.map(drop).ok_or(Raised::pending())
    }

    /// Releases constants and globals, at the end of the runtime.
    pub fn clear(&self) {
        let d = self.desc().desc();
        for known in 0..d.known_count {
            self.break_known(known);
        }
        for slot in 0..d.global_count {
            drop(self.set_global(slot, None));
        }
        for n in 0..d.const_count {
            let old = self.word(module_data::constant(n)).replace(0);
            // SAFETY: the block owned its constants.
            drop(unsafe { Obj::from_word_opt(old) });
        }
    }
}
