//! The modules of a runtime: the program's, native ones, `sys.modules`, and global slots.
//!
//! Invariants: a global slot of a builtin's name that the module has not bound holds what `builtins` has under that name, and is marked
//! inherited; a name is in a module's `__dict__` exactly when its slot is bound by the module itself.

pub mod constants;
pub mod import;
pub mod native;

use crate::object::descs::{ModuleView, ProgramView};
use crate::object::field::ObjCell;
use crate::object::module::{self, Data, Storage};
use crate::object::{dict, str};
use crate::runtime::{R, Rt};
use crate::types::exception as specs;
use crate::value::Obj;
use molt_abi::builtins::BUILTINS;
use molt_abi::desc::{NativeModule, ProgramDesc};
use molt_abi::layout::{Kind, header};
use std::cell::{Cell, RefCell};

/// Addresses of the compiled code of a module.
pub(crate) struct CodeRange {
    /// The first function.
    pub start: u64,
    /// The end of the functions, where the array entries begin.
    pub functions_end: u64,
    /// About the end of the array entries.
    pub end: u64,
}

/// One module of the program.
struct Entry {
    desc: ModuleView,
    storage: Storage,
    /// Whether its constants are there.
    ready: Cell<bool>,
}

/// The module registry of a runtime.
#[derive(Default)]
pub struct Modules {
    entries: RefCell<Vec<Entry>>,
    /// What compiled code indexes: the address of each block.
    table: RefCell<Box<[u64]>>,
    natives: RefCell<Vec<(&'static str, &'static NativeModule)>>,
    program: Cell<Option<&'static ProgramDesc>>,
    /// `sys.modules`.
    by_name: ObjCell,
    builtins: ObjCell,
    /// Every compiled module made, in order.
    kept: RefCell<Vec<Obj>>,
    /// Modules whose bodies run now.
    running: RefCell<Vec<Data>>,
    /// The pristine builtins that compiled code knows by index, owned; `None` is 0.
    known: RefCell<Vec<Option<Obj>>>,
}

impl Rt {
    /// Makes the data blocks of a program's modules. Once per runtime.
    pub fn load_program(&self, program: ProgramView) {
        let modules = self.modules();
        modules.program.set(Some(program.desc()));
        let mut entries: Vec<Entry> = program
            .modules()
            .into_iter()
            .map(|desc| Entry { desc, storage: Storage::new(desc), ready: Cell::new(false) })
            .collect();
        let table: Box<[u64]> = entries.iter_mut().map(|e| e.storage.address()).collect();
        self.ctx().modules.set(table.as_ptr());
        *modules.table.borrow_mut() = table;
        *modules.entries.borrow_mut() = entries;
        *modules.natives.borrow_mut() = program.natives();
        self.builtins_module();
    }

    /// The loaded program.
    pub fn program(&self) -> Option<&'static ProgramDesc> {
        self.modules().program.get()
    }

    /// The address ranges of the modules' code, sorted.
    pub(crate) fn compiled_code(&self) -> Vec<CodeRange> {
        /// More than the code of an array entry takes, which is a load for each parameter and a call.
        const ARRAY_ENTRY: u64 = 1 << 10;
        let range = |entry: &Entry| {
            let desc = entry.desc.desc();
            let last = entry.desc.codes().iter().map(|code| code.entry as usize as u64).max();
            let functions_end = desc.code_end as u64;
            CodeRange {
                start: desc.code_start as u64,
                functions_end,
                end: last.map_or(functions_end, |last| last + ARRAY_ENTRY),
            }
        };
        let mut ranges: Vec<_> = self.modules().entries.borrow().iter().map(range).collect();
        ranges.sort_by_key(|range| range.start);
        ranges
    }

    /// `sys.modules`.
    pub fn sys_modules(&self) -> Obj {
        match self.modules().by_name.get() {
            Some(dict) => dict,
            None => {
                let new = dict::new(self);
                self.modules().by_name.set(Some(new.clone()));
                new
            }
        }
    }

    /// The module `builtins`.
    pub fn builtins_module(&self) -> Obj {
        if let Some(builtins) = self.modules().builtins.get() {
            return builtins;
        }
        let builtins = crate::builtins::make(self);
        self.modules().builtins.set(Some(builtins.clone()));
        dict::set_str(&self.sys_modules(), &self.intern("builtins"), builtins.clone());
        let namespace = self.namespace(&builtins);
        if let Some(h) = namespace.header() {
            h.set_flag(header::FLAG_MODULE_DICT);
        }
        let known: Vec<Option<Obj>> =
            BUILTINS.iter().map(|name| dict::get_str(&namespace, &self.intern(name))).collect();
        self.ctx().known_builtins.set(known.as_ptr().cast::<u64>());
        *self.modules().known.borrow_mut() = known;
        builtins
    }

    /// A module's `__dict__`.
    pub fn namespace(&self, module: &Obj) -> Obj {
        match module::get(module).and_then(|m| m.dict.get()) {
            Some(dict) => dict,
            None => dict::new(self),
        }
    }

    /// The index of a compiled module of the program.
    fn module_index(&self, name: &str) -> Option<usize> {
        self.modules().entries.borrow().binary_search_by(|e| e.desc.name().cmp(name)).ok()
    }

    /// The data block of a module of the program, with its constants, and its slots inheriting builtins.
    fn ready_module(&self, index: usize) -> Data {
        let (data, desc, ready) = {
            let mut entries = self.modules().entries.borrow_mut();
            let entry = &mut entries[index];
            (entry.storage.data(), entry.desc, entry.ready.replace(true))
        };
        if !ready {
            constants::fill(self, data, desc);
            let builtins = self.namespace(&self.builtins_module());
            for (slot, name) in desc.global_names().iter().enumerate() {
                if let Some(value) = dict::get_str(&builtins, &data.constant(*name)) {
                    drop(data.set_global(slot as u32, Some(value)));
                    data.set_inherited(slot as u32, true);
                }
            }
        }
        data
    }

    /// Keeps a module alive to the end: compiled code of it may run as long as the runtime.
    pub(crate) fn keep_module(&self, module: Obj) {
        self.modules().kept.borrow_mut().push(module);
    }

    /// Runs a module's body.
    pub(crate) fn run_body(&self, data: Data) -> R<()> {
        let modules = self.modules();
        modules.running.borrow_mut().push(data);
        let result = data.run_body(self);
        modules.running.borrow_mut().retain(|d| *d != data);
        result
    }

    /// Whether a module's body has not ended.
    pub(crate) fn is_running(&self, data: Data) -> bool {
        self.modules().running.borrow().contains(&data)
    }

    /// A name of a class body's namespace, any mapping.
    pub fn namespace_get(&self, namespace: &Obj, name: &Obj) -> R<Option<Obj>> {
        if namespace.is_exact(Kind::Dict) {
            return Ok(dict::get_str(namespace, name));
        }
        match self.get_item(namespace, name) {
            Ok(value) => Ok(Some(value)),
            Err(raised) if self.exception_is(&specs::KEY_ERROR) => {
                let _ = raised;
                self.clear_exception();
                Ok(None)
            }
            Err(raised) => Err(raised),
        }
    }

    /// Binds a global slot, for a store that found it unbound or inherited.
    pub fn bind_global(&self, data: Data, slot: u32, value: Obj) {
        let fresh = data.is_inherited(slot) || data.global(slot).is_none();
        let old = data.set_global(slot, Some(value));
        if fresh {
            data.set_inherited(slot, false);
            if let Some(namespace) = data.dict() {
                let name = data.constant(data.desc().global_names()[slot as usize]);
                data.enter_slot(&namespace, &name, slot);
            }
        }
        drop(old);
    }

    /// Unbinds a global slot: the builtin of the name shows again.
    pub fn del_global(&self, data: Data, slot: u32) -> R<()> {
        if data.is_inherited(slot) || data.global(slot).is_none() {
            return Err(self.unbound_global(data, slot));
        }
        let name = data.constant(data.desc().global_names()[slot as usize]);
        if let Some(namespace) = data.dict() {
            drop(dict::del_str(&namespace, &name));
        }
        self.inherit_slot(data, slot, &name);
        Ok(())
    }

    /// Gives a slot the builtin of its name, or nothing.
    fn inherit_slot(&self, data: Data, slot: u32, name: &Obj) {
        let builtin = dict::get_str(&self.namespace(&self.builtins_module()), name);
        data.set_inherited(slot, builtin.is_some());
        drop(data.set_global(slot, builtin));
    }

    /// The data block of the compiled module whose namespace a dict is.
    fn data_of_namespace(&self, namespace: &Obj) -> Option<Data> {
        let mut entries = self.modules().entries.borrow_mut();
        entries.iter_mut().map(|e| e.storage.data()).find(|d| d.dict().is_some_and(|n| n.is(namespace)))
    }

    /// The slot that stands for a key of a namespace.
    fn slot_of_key(&self, namespace: &Obj, key: &Obj) -> Option<(Data, u32, Obj)> {
        str::get(key)?;
        let name = self.intern_str(key);
        let data = self.data_of_namespace(namespace)?;
        Some((data, self.slot_of(data, &name)?, name))
    }

    /// A new key of a namespace: its value goes to the slot of that name, if there is one.
    pub(crate) fn namespace_insert(&self, namespace: &Obj, hash: i64, key: &Obj, value: Obj) {
        if let Some((data, slot, _)) = self.slot_of_key(namespace, key) {
            self.bind_global(data, slot, value);
        } else if let Some(table) = dict::get(namespace) {
            table.insert_new(hash, key.clone(), value);
        }
        self.namespace_written(namespace, key);
    }

    /// The value of a key of a namespace has changed: a change of `builtins` goes to the slots that inherit it.
    pub(crate) fn namespace_written(&self, namespace: &Obj, key: &Obj) {
        if let Some(builtins) = self.modules().builtins.get()
            && self.namespace(&builtins).is(namespace)
            && str::get(key).is_some()
        {
            self.builtin_changed(&self.intern_str(key));
        }
    }

    /// A key of a namespace has gone: the builtin of the name shows again in its slot.
    pub(crate) fn namespace_removed(&self, namespace: &Obj, key: &Obj) {
        if let Some((data, slot, name)) = self.slot_of_key(namespace, key) {
            self.inherit_slot(data, slot, &name);
        }
        self.namespace_written(namespace, key);
    }

    /// NameError for a global slot.
    #[cold]
    pub fn unbound_global(&self, data: Data, slot: u32) -> crate::runtime::Raised {
        let name = data.constant(data.desc().global_names()[slot as usize]);
        self.name_error(&name)
    }

    /// `NameError: name 'x' is not defined`.
    #[cold]
    pub fn name_error(&self, name: &Obj) -> crate::runtime::Raised {
        let raised = self.error(&specs::NAME_ERROR, format_args!("name '{}' is not defined", str::to_string(name)));
        self.set_exception_attr("name", name.clone());
        raised
    }

    /// Sets an attribute of the pending exception.
    pub(crate) fn set_exception_attr(&self, name: &str, value: Obj) {
        let Some(exc) = self.take_exception() else { return };
        if self.set_attr(&exc, &self.intern(name), Some(&value)).is_err() {
            self.clear_exception();
        }
        self.restore_exception(Some(exc));
    }

    /// The global slot of a name.
    fn slot_of(&self, data: Data, name: &Obj) -> Option<u32> {
        let names = data.desc().global_names();
        names.iter().position(|n| data.constant(*n).is(name)).map(|slot| slot as u32)
    }

    /// `module.name = value` or `del module.name`, for an interned name, and the same through the namespace. Whether the name was there.
    pub fn set_module_global(&self, module: &Obj, name: &Obj, value: Option<Obj>) -> bool {
        let namespace = self.namespace(module);
        let data = module::get(module).and_then(|m| m.data());
        if let Some((data, slot)) = data.and_then(|data| Some((data, self.slot_of(data, name)?))) {
            return match value {
                Some(value) => {
                    self.bind_global(data, slot, value);
                    true
                }
                None => {
                    let found = self.del_global(data, slot).is_ok();
                    if !found {
                        self.clear_exception();
                    }
                    found
                }
            };
        }
        let found = match value {
            Some(value) => {
                dict::set_str(&namespace, name, value);
                true
            }
            None => dict::del_str(&namespace, name).is_some(),
        };
        if self.modules().builtins.get().is_some_and(|b| b.is(module)) {
            self.builtin_changed(name);
        }
        found
    }

    /// Carries a change of `builtins.name` to the slots that inherit it.
    fn builtin_changed(&self, name: &Obj) {
        let blocks: Vec<Data> = {
            let mut entries = self.modules().entries.borrow_mut();
            entries.iter_mut().filter(|e| e.ready.get()).map(|e| e.storage.data()).collect()
        };
        for data in blocks {
            if let Some(slot) = self.slot_of(data, name)
                && (data.is_inherited(slot) || data.global(slot).is_none())
            {
                self.inherit_slot(data, slot, name);
            }
        }
    }

    /// Runs the finalisers of what is still alive while all globals are there, as CPython's last collection does: first what
    /// globals hold, in their order, then the rest.
    fn finalize_objects(&self, blocks: &[Data]) {
        let mut waiting: Vec<Obj> = Vec::new();
        let pending = |obj: &Obj| {
            obj.header().is_some_and(|h| !h.has(header::FLAG_FINALIZED) && h.ty().slots.del.get().is_some())
        };
        for data in blocks {
            if let Some(namespace) = data.dict() {
                waiting.extend(dict::items(&namespace).into_iter().map(|(_, value)| value).filter(&pending));
            }
        }
        self.for_each_object(&mut |obj| {
            if pending(obj) {
                waiting.push(obj.clone());
            }
        });
        for obj in waiting {
            if pending(&obj)
                && let Some(del) = self.type_of(&obj).slots.del.get()
                && let Some(h) = obj.header()
            {
                h.set_flag(header::FLAG_FINALIZED);
                crate::ops::finalize::run(self, &obj, del);
            }
        }
    }

    /// Releases all modules, in the order in which CPython would: `__main__` and the others, builtins last.
    pub(crate) fn clear_modules(&self) {
        let modules = self.modules();
        let blocks: Vec<Data> = modules.entries.borrow_mut().iter_mut().map(|e| e.storage.data()).collect();
        self.finalize_objects(&blocks);
        if let Some(by_name) = modules.by_name.take()
            && let Some(table) = dict::get(&by_name)
        {
            drop(table.take());
        }
        // What modules bound themselves goes before the builtins that they inherit: a release may run code.
        for inherited in [false, true] {
            for data in &blocks {
                for slot in 0..data.desc().desc().global_count {
                    if data.is_inherited(slot) == inherited {
                        drop(data.set_global(slot, None));
                    }
                }
            }
        }
        for data in &blocks {
            data.clear();
        }
        modules.builtins.set(None);
        let kept = std::mem::take(&mut *modules.kept.borrow_mut());
        drop(kept);
        let known = std::mem::take(&mut *modules.known.borrow_mut());
        drop(known);
    }
}
