//! Type objects.
//!
//! Invariants: a type object lives until its runtime is torn down or the collector proves it unreachable at a safe point,
//! so `&TypeObject` stays valid while native code runs; the namespace's borrow is never held while Python code runs;
//! whoever changes a namespace calls [`TypeObject::modified`].

use super::field::ObjCell;
use super::header::{Header, Layout};
use super::module::Data;
use super::name_map::NameMap;
use super::native::NativeVtable;
use super::tuple;
use crate::heap;
use crate::runtime::Rt;
use crate::types::spec::{LiveSlots, Slots, TypeSpec};
use crate::value::Obj;
use molt_abi::layout::{Kind, header, type_object};
use std::cell::{Cell, Ref, RefCell};

/// Positions in the context's table of types that no [`Kind`] names.
#[allow(missing_docs)]
pub mod core_type {
    pub const OBJECT: usize = 48;
    pub const NONE: usize = 49;
    pub const BOOL: usize = 50;
    pub const FLOAT: usize = 51;
    pub const ELLIPSIS: usize = 52;
    pub const NOT_IMPLEMENTED: usize = 53;
    pub const BASE_EXCEPTION: usize = 54;
    pub const GETSET: usize = 55;
    pub const WRAPPER: usize = 56;
    pub const METHOD_DESCRIPTOR: usize = 57;
    pub const CLASS_METHOD_DESCRIPTOR: usize = 58;
    pub const MEMBER: usize = 59;
}

/// Bits of [`TypeObject::flags`].
#[derive(Debug, Clone, Copy)]
pub struct TypeFlags;

impl TypeFlags {
    /// Made by a class statement or `type()`: instances own a reference to it.
    pub const HEAP: u32 = 1;
    /// Classes may derive from it.
    pub const SUBCLASSABLE: u32 = 2;
    /// Instances have a dict word in use (`__dict__`).
    pub const HAS_DICT: u32 = 4;
    /// The namespace holds what the spec declares.
    pub const FILLED: u32 = 8;
    /// Instances may be weakly referenced.
    pub const WEAKREF: u32 = 16;
    /// The type or a base has abstract methods left.
    pub const ABSTRACT: u32 = 32;
    /// A subclass of `type`.
    pub const METACLASS: u32 = 64;
    /// `__getattribute__` is `object`'s: the attribute path may be cached.
    pub const PLAIN_GETATTR: u32 = 128;
    /// `__setattr__` is `object`'s.
    pub const PLAIN_SETATTR: u32 = 256;
    /// `__new__` is `object`'s.
    pub const PLAIN_NEW: u32 = 512;
    /// `__init__` is `object`'s.
    pub const PLAIN_INIT: u32 = 1024;
    /// A known cell holds the class.
    pub const KNOWN: u32 = 2048;
    /// A known cell has held the class.
    pub const WAS_KNOWN: u32 = 4096;
    /// Instances match sequence patterns (PEP 634).
    pub const SEQUENCE: u32 = 8192;
    /// Instances match mapping patterns.
    pub const MAPPING: u32 = 16384;
    /// A single positional sub-pattern of a class pattern matches the instance itself.
    pub const MATCH_SELF: u32 = 32768;
    /// What a class takes over from its base for patterns.
    pub const PATTERNS: u32 = Self::SEQUENCE | Self::MAPPING | Self::MATCH_SELF;
}

/// In the map of slot names: the slot in the low bits, one more than the slot of the attribute before it above them.
const SLOT_BITS: u32 = 20;
const SLOT_MASK: i64 = (1 << SLOT_BITS) - 1;

/// How many names of a type may keep changing.
const MAX_CHANGING: usize = 8;

/// A type.
#[repr(C)]
pub struct TypeObject {
    header: Header,
    version: Cell<u64>,
    rt: *const Rt,
    spec: Option<&'static TypeSpec>,
    kind: Kind,
    flags: Cell<u32>,
    meta_flags: Cell<u32>,
    ext_words: Cell<u32>,
    native: Option<NativeVtable>,
    /// The behaviour.
    pub slots: LiveSlots,
    /// `__name__`, a `str`.
    pub name: ObjCell,
    /// `__qualname__`, a `str`.
    pub qualname: ObjCell,
    /// `__base__`.
    pub base: ObjCell,
    /// `__bases__`, a tuple.
    pub bases: ObjCell,
    /// `__mro__`, a tuple.
    pub mro: ObjCell,
    dict: RefCell<NameMap>,
    /// Slot numbers of instance attributes: name to immediate int.
    slot_names: RefCell<NameMap>,
    /// Words of the direct subclasses, not owned; a subclass removes itself when it dies.
    subclasses: RefCell<Vec<u64>>,
    /// The known cell that holds the class.
    known: Cell<Option<(Data, u32)>>,
    /// Words of names in `dict` whose values the program keeps replacing by others: no cache holds what they are. They are no
    /// dunders, not the names of slots of this type or a subclass, and their values no descriptors.
    changing: RefCell<Vec<u64>>,
}

const _: () = {
    assert!(std::mem::offset_of!(TypeObject, version) == type_object::VERSION as usize);
    assert!(std::mem::offset_of!(TypeObject, rt) == type_object::RUNTIME as usize);
};

// SAFETY: `repr(C)`, starts with a header, and is the only layout of its kind.
unsafe impl Layout for TypeObject {
    const KIND: Kind = Kind::Type;

    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        for field in [&self.name, &self.qualname, &self.base, &self.bases, &self.mro] {
            field.traverse(visit);
        }
        for map in [&self.dict, &self.slot_names] {
            for (name, value) in map.borrow().iter() {
                visit(name);
                visit(value);
            }
        }
    }
}

/// What a new type is made of.
pub struct NewType<'a> {
    /// The metaclass; none while `type` itself is made.
    pub metatype: Option<&'a TypeObject>,
    /// The spec of a builtin type.
    pub spec: Option<&'static TypeSpec>,
    /// The layout of instances.
    pub kind: Kind,
    /// [`TypeFlags`].
    pub flags: u32,
    /// Flags for the meta word of instances: [`header::FLAG_SUBCLASS`] or 0.
    pub meta_flags: u32,
    /// Words behind the layout: 0, or 1 (the dict word) plus the slots.
    pub ext_words: u32,
    /// The payload of kind `Native`.
    pub native: Option<NativeVtable>,
    /// The behaviour defined by the type itself.
    pub slots: Slots,
}

/// Makes a type object; its name, bases, MRO and namespace are for the caller to set.
pub fn new(rt: &Rt, parts: NewType<'_>) -> Obj {
    let init = |header| TypeObject {
        header,
        version: Cell::new(rt.next_version()),
        rt,
        spec: parts.spec,
        kind: parts.kind,
        flags: Cell::new(parts.flags),
        meta_flags: Cell::new(parts.meta_flags),
        ext_words: Cell::new(parts.ext_words),
        native: parts.native,
        slots: LiveSlots::new(&parts.slots),
        name: ObjCell::default(),
        qualname: ObjCell::default(),
        base: ObjCell::default(),
        bases: ObjCell::default(),
        mro: ObjCell::default(),
        dict: RefCell::default(),
        slot_names: RefCell::default(),
        subclasses: RefCell::default(),
        known: Cell::new(None),
        changing: RefCell::default(),
    };
    match parts.metatype {
        Some(metatype) => heap::alloc_object(rt, metatype, 0, init),
        None => heap::alloc_first_type(rt, init),
    }
}

impl TypeObject {
    /// The object itself, borrowed as a handle.
    #[inline]
    pub fn as_obj(&self) -> Obj {
        // SAFETY: `self` is a live object.
        unsafe { Obj::clone_word(std::ptr::from_ref(self) as u64) }
    }

    pub(crate) fn header(&self) -> &Header {
        &self.header
    }

    /// The runtime the type belongs to.
    #[inline(always)]
    pub fn rt(&self) -> &Rt {
        // SAFETY: a type lives inside its runtime.
        unsafe { &*self.rt }
    }

    /// The word, for identity tests.
    #[inline(always)]
    pub fn word(&self) -> u64 {
        std::ptr::from_ref(self) as u64
    }

    /// Whether both are the same type.
    #[inline(always)]
    pub fn is(&self, other: &TypeObject) -> bool {
        std::ptr::eq(self, other)
    }

    /// The version; 0 = not cacheable.
    #[inline(always)]
    pub fn version(&self) -> u64 {
        self.version.get()
    }

    /// The layout of instances.
    #[inline(always)]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The spec of a builtin type.
    pub fn spec(&self) -> Option<&'static TypeSpec> {
        self.spec
    }

    pub(crate) fn native(&self) -> Option<&NativeVtable> {
        self.native.as_ref()
    }

    /// The payload vtable, for a subclass.
    pub(crate) fn native_copy(&self) -> Option<NativeVtable> {
        self.native
    }

    /// Whether a [`TypeFlags`] bit is set.
    #[inline(always)]
    pub fn has(&self, flag: u32) -> bool {
        self.flags.get() & flag != 0
    }

    /// Sets or clears a [`TypeFlags`] bit.
    pub fn set_flag(&self, flag: u32, on: bool) {
        self.flags.set(if on { self.flags.get() | flag } else { self.flags.get() & !flag });
    }

    /// Takes over what the bases say of patterns; only the first collection flag counts, as in CPython.
    pub fn inherit_patterns(&self, base: &TypeObject) {
        let (own, theirs) = (self.flags.get(), base.flags.get() & TypeFlags::PATTERNS);
        let collection = TypeFlags::SEQUENCE | TypeFlags::MAPPING;
        let taken = if own & collection == 0 { theirs } else { theirs & !collection };
        self.flags.set(own | taken);
    }

    /// Whether instances own a reference to the type.
    #[inline(always)]
    pub fn is_heap_type(&self) -> bool {
        self.has(TypeFlags::HEAP)
    }

    /// Whether instances have a `__dict__`.
    #[inline(always)]
    pub fn has_dict(&self) -> bool {
        self.has(TypeFlags::HAS_DICT)
    }

    #[inline(always)]
    pub(crate) fn meta_flags(&self) -> u32 {
        self.meta_flags.get()
    }

    /// Words that the type adds behind the layout.
    #[inline(always)]
    pub(crate) fn ext_words(&self) -> usize {
        self.ext_words.get() as usize
    }

    /// Whether the type is a class statement's subclass of the builtin that its kind names.
    pub fn is_subclass_layout(&self) -> bool {
        self.meta_flags.get() & header::FLAG_SUBCLASS != 0
    }

    /// The name as text.
    pub fn name_text(&self) -> String {
        self.name.get().map_or_else(String::new, |n| super::str::to_string(&n))
    }

    /// The name as messages show it: that of a builtin outside `builtins` comes with its module, as CPython's static types'
    /// names do (`_io.TextIOWrapper`).
    pub fn message_name(&self) -> String {
        match self.spec {
            Some(spec) if spec.module != "builtins" && spec.kind != Kind::Exception => {
                format!("{}.{}", spec.module, spec.name)
            }
            _ => self.name_text(),
        }
    }

    /// The types of the MRO, itself first.
    pub fn mro_tuple(&self) -> Obj {
        match self.mro.get() {
            Some(mro) => mro,
            None => self.rt().empty_tuple(),
        }
    }

    /// Whether the type is `other` or derives from it.
    pub fn is_subtype(&self, other: &TypeObject) -> bool {
        if self.is(other) {
            return true;
        }
        match self.mro.get() {
            Some(mro) => tuple::items(&mro).is_some_and(|m| m.iter().any(|t| t.word() == other.word())),
            None => false,
        }
    }

    /// The namespace; not to be held while Python code may run.
    pub fn dict(&self) -> Ref<'_, NameMap> {
        if !self.has(TypeFlags::FILLED) {
            crate::types::type_::fill(self.rt(), self);
        }
        self.dict.borrow()
    }

    /// A name of the type's own namespace.
    pub fn own(&self, name: &Obj) -> Option<Obj> {
        self.dict().get(name).cloned()
    }

    /// Sets a name of the namespace without telling the caches: for types under construction.
    pub(crate) fn init_own(&self, name: Obj, value: Obj) {
        let old = self.dict.borrow_mut().insert(name, value);
        drop(old);
    }

    /// Sets a name of the namespace; the caches learn of it, slots are for the caller to update.
    pub fn set_own(&self, name: Obj, value: Obj) {
        drop(self.dict());
        self.changing.borrow_mut().retain(|word| *word != name.word());
        let old = self.dict.borrow_mut().insert(name, value);
        self.modified();
        drop(old);
    }

    /// Sets a name of the namespace, neither a dunder nor the name of a slot, to a value that is no descriptor; nor is what it
    /// replaces. Once a name has been set a second time caches stay away from it, so that counters and the like do not void
    /// them.
    pub fn set_own_data(&self, name: Obj, value: Obj) {
        let (word, replaces) = (name.word(), self.dict().get(&name).is_some());
        self.set_own(name, value);
        let mut changing = self.changing.borrow_mut();
        if replaces && changing.len() < MAX_CHANGING {
            changing.push(word);
        }
    }

    /// Replaces the value of a name that keeps changing by another that is no descriptor; whether it is such a name.
    #[inline]
    pub fn replace_changing(&self, name: &Obj, value: &Obj) -> bool {
        let changing = self.keeps_changing(name);
        if changing {
            self.init_own(name.clone(), value.clone());
        }
        changing
    }

    /// Whether lookups of a name must not be cached.
    #[inline]
    pub fn keeps_changing(&self, name: &Obj) -> bool {
        self.changing.borrow().contains(&name.word())
    }

    /// Removes a name of the namespace; whether it was there.
    pub fn del_own(&self, name: &Obj) -> bool {
        drop(self.dict());
        self.changing.borrow_mut().retain(|word| *word != name.word());
        let old = self.dict.borrow_mut().remove(name);
        if old.is_some() {
            self.modified();
        }
        old.is_some()
    }

    /// The slot number of an instance attribute. `__slots__` members are found through their descriptors instead.
    #[inline]
    pub fn slot_of(&self, name: &Obj) -> Option<usize> {
        self.slot_names.borrow().get(name).and_then(Obj::as_small_int).map(|n| (n & SLOT_MASK) as usize)
    }

    /// The slot number of an instance attribute, and that of the attribute before it.
    #[inline]
    pub fn slot_and_previous(&self, name: &Obj) -> Option<(usize, Option<usize>)> {
        let n = self.slot_names.borrow().get(name).and_then(Obj::as_small_int)?;
        let previous = (n >> SLOT_BITS) as usize;
        Some(((n & SLOT_MASK) as usize, previous.checked_sub(1)))
    }

    /// The instance attributes with slots, in slot order.
    pub fn slot_names(&self) -> Vec<Obj> {
        self.slot_names.borrow().iter().map(|(name, _)| name.clone()).collect()
    }

    /// The name of each slot; nothing for `__slots__` members.
    pub(crate) fn slot_table(&self) -> Vec<Option<Obj>> {
        let mut table = vec![None; self.ext_words().saturating_sub(1)];
        for (name, n) in self.slot_names.borrow().iter() {
            if let Some(entry) = n.as_small_int().and_then(|n| table.get_mut((n & SLOT_MASK) as usize)) {
                *entry = Some(name.clone());
            }
        }
        table
    }

    /// Declares the slots of instances; only while no instance exists.
    pub(crate) fn set_slot_table(&self, names: &[Option<Obj>]) {
        let mut map = NameMap::default();
        let mut previous = 0i64;
        for (n, name) in names.iter().enumerate() {
            if let (Some(name), Some(entry)) = (name, Obj::small_int(n as i64 | previous << SLOT_BITS)) {
                drop(map.insert(name.clone(), entry));
                previous = n as i64 + 1;
            }
        }
        *self.slot_names.borrow_mut() = map;
    }

    /// The living direct subclasses.
    pub fn subclasses(&self) -> Vec<Obj> {
        // SAFETY: a subclass removes its word when it is dropped, so the words are live objects.
        self.subclasses.borrow().iter().map(|w| unsafe { Obj::clone_word(*w) }).collect()
    }

    pub(crate) fn add_subclass(&self, sub: &TypeObject) {
        // The subclass may have slots of these names.
        for ty in tuple::items(&self.mro_tuple()).unwrap_or_default().iter().filter_map(as_type) {
            ty.changing.borrow_mut().clear();
        }
        self.subclasses.borrow_mut().push(sub.word());
    }

    pub(crate) fn remove_subclass(&self, sub: &TypeObject) {
        self.subclasses.borrow_mut().retain(|w| *w != sub.word());
    }

    /// Whether the payloads of instances differ from those of another type.
    pub(crate) fn native_is_other(&self, other: &TypeObject) -> bool {
        match (&self.native, &other.native) {
            (None, None) => false,
            (Some(a), Some(b)) => !a.same(b),
            _ => true,
        }
    }

    /// Notes the known cell that holds the class.
    pub(crate) fn set_known_cell(&self, data: Data, cell: u32) {
        self.known.set(Some((data, cell)));
    }

    /// Breaks the known cell that holds the class.
    pub(crate) fn break_known_cell(&self) {
        if let Some((data, cell)) = self.known.take() {
            data.forget_known(cell, self.word());
        }
    }

    /// Gives the type and its subclasses new versions: cached lookups are void.
    pub fn modified(&self) {
        self.version.set(self.rt().next_version());
        for sub in self.subclasses() {
            if let Some(sub) = as_type(&sub) {
                sub.modified();
            }
        }
    }
}

impl Drop for TypeObject {
    fn drop(&mut self) {
        if self.rt().heap().is_torn() {
            // The bases may be gone already, with their lists of subclasses, and nobody looks at those any more.
            return;
        }
        self.break_known_cell();
        if let Some(bases) = self.bases.get() {
            for base in tuple::items(&bases).unwrap_or_default() {
                if let Some(base) = as_type(base) {
                    base.remove_subclass(self);
                }
            }
        }
    }
}

/// The fields of a type object.
#[inline]
pub fn as_type(obj: &Obj) -> Option<&TypeObject> {
    obj.cast::<TypeObject>()
}

/// The fields of a type object for as long as the runtime.
pub fn in_runtime<'a>(rt: &'a Rt, obj: &Obj) -> &'a TypeObject {
    let _ = rt;
    // SAFETY: type objects live as long as their runtime, see the invariant.
    unsafe { &*std::ptr::from_ref(obj.expect::<TypeObject>()) }
}

/// The type of a heap object for as long as the runtime.
#[inline(always)]
pub fn of_header<'a>(rt: &'a Rt, h: &Header) -> &'a TypeObject {
    let _ = rt;
    // SAFETY: type objects live as long as their runtime, see the invariant.
    unsafe { &*std::ptr::from_ref(h.ty()) }
}

/// The types of a few specs that were asked for lately.
///
/// Invariant: the types live as long as the runtime, of which this is a part.
pub struct RecentSpecs([Cell<(usize, *const TypeObject)>; RECENT]);

const RECENT: usize = 64;

impl Default for RecentSpecs {
    fn default() -> RecentSpecs {
        RecentSpecs([const { Cell::new((0, std::ptr::null())) }; RECENT])
    }
}

impl RecentSpecs {
    #[inline(always)]
    fn entry(&self, spec: &'static TypeSpec) -> (usize, &Cell<(usize, *const TypeObject)>) {
        let at = std::ptr::from_ref(spec) as usize;
        // Specs are some hundreds of bytes large.
        (at, &self.0[(at >> 3 ^ at >> 9) & (RECENT - 1)])
    }

    #[inline(always)]
    pub(crate) fn get(&self, spec: &'static TypeSpec) -> Option<&TypeObject> {
        let (at, entry) = self.entry(spec);
        let (known, ty) = entry.get();
        // SAFETY: an entry names a type of the runtime, which outlives the borrow of its part; see the invariant.
        (known == at).then(|| unsafe { &*ty })
    }

    pub(crate) fn put(&self, spec: &'static TypeSpec, ty: &TypeObject) {
        let (at, entry) = self.entry(spec);
        entry.set((at, std::ptr::from_ref(ty)));
    }
}
