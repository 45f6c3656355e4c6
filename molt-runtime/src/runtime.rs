//! `Rt`: one isolated runtime. All mutable state hangs off it.
//!
//! Invariant: a runtime stays at one address for its whole life (types and generated code point to it) and is used by one
//! thread at a time.

use crate::heap::Heap;
use crate::modules::CodeRange;
use crate::object::context::Context;
use crate::object::field::ObjCell;
use crate::object::interned::{Identity, Interned};
use crate::object::str::CodePoints;
use crate::object::types::{NewType, TypeFlags, TypeObject, as_type, core_type};
use crate::object::{self, int, str, tuple};
use crate::ops::attr::MethodCache;
use crate::ops::pattern;
use crate::types::spec::TypeSpec;
use crate::types::{self, CORE};
use crate::value::Obj;
use molt_abi::layout::Kind;
use num_bigint::BigInt;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// "An exception is pending in the runtime."
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Raised(());

impl Raised {
    /// For code that has just made an exception pending.
    pub(crate) const fn pending() -> Raised {
        Raised(())
    }
}

/// A result whose error is the pending exception.
pub type R<T = Obj> = Result<T, Raised>;

macro_rules! names {
    ($($name:ident)*) => {
        /// Interned strings that the runtime itself uses.
        #[allow(non_snake_case, missing_docs)]
        pub struct Names { $(pub $name: Obj,)* }

        impl Names {
            fn new(rt: &Rt) -> Names {
                Names { $($name: rt.intern(stringify!($name)),)* }
            }

            fn each(&self, visit: &mut dyn FnMut(&Obj)) {
                $(visit(&self.$name);)*
            }
        }
    };
}

names! {
    __abs__ __add__ __aenter__ __aexit__ __aiter__ __all__ __anext__ __await__ __and__ __annotations__ __bool__ __build_class__ __builtins__ __bytes__ __call__ __cause__ __class__
    __class_getitem__ __classcell__ __contains__ __context__ __del__ __delattr__ __delete__ __delitem__ __dict__ __dir__ __divmod__
    __doc__ __enter__ __eq__ __exit__ __file__ __float__ __floordiv__ __format__ __func__ __ge__ __get__ __getattr__
    __getattribute__ __getitem__ __gt__ __hash__ __iadd__ __iand__ __ifloordiv__ __ilshift__ __imatmul__ __imod__ __import__
    __imul__ __index__ __init__ __init_subclass__ __instancecheck__ __int__ __invert__ __ior__ __ipow__ __irshift__
    __isub__ __iter__ __itruediv__ __ixor__ __le__ __len__ __length_hint__ __loader__ __lshift__ __lt__ __main__ __matmul__
    __missing__ __mod__ __module__ __mro_entries__ __mul__ __name__ __ne__ __neg__ __new__ __next__ __notes__ __or__ __orig_bases__
    __package__ __path__ __pos__ __pow__ __prepare__ __qualname__ __radd__ __rand__ __rdivmod__ __repr__ __reversed__
    __rfloordiv__ __rlshift__ __rmatmul__ __rmod__ __rmul__ __ror__ __round__ __rpow__ __rrshift__ __rshift__ __rsub__
    __rtruediv__ __rxor__ __self__ __set__ __set_name__ __setattr__ __setitem__ __slots__ __spec__ __str__ __sub__
    __subclasscheck__ __subclasses__ __text_signature__ __traceback__ __truediv__ __type_params__ __weakref__ __xor__ __wrapped__
    __isabstractmethod__ __abstractmethods__ __objclass__ __match_args__ __trunc__ __ceil__ __floor__ __complex__ __static_attributes__
    builtins sys stdin stdout stderr close keys name mro sort flush write read readline end sep file key default reverse send throw metaclass args value items
}

/// A class statement's namespace and the slots that the compiler found for it, while its metaclass is called.
pub(crate) type PendingSlots = RefCell<Option<(Obj, Vec<Obj>)>>;

/// Native stack that a frame of Python code may use before RecursionError, per unit of the recursion limit.
const FRAME_STACK: u64 = 16 << 10;
/// Native stack that a frame of compiled code takes at least: the return address and the frame pointer.
const LEAST_FRAME: u64 = 16;
/// What is left when RecursionError is raised, for the code that raises and handles it.
const STACK_RESERVE: u64 = 256 << 10;

/// One isolated runtime.
#[repr(C)]
pub struct Rt {
    context: Context,
    version: Cell<u64>,
    recent_specs: object::types::RecentSpecs,
    spec_types: RefCell<HashMap<u64, Obj, BuildHasherDefault<Identity>>>,
    interned: Interned,
    names: OnceCell<Names>,
    modules: crate::modules::Modules,
    /// Base and size of the native stack.
    stack: Cell<(u64, u64)>,
    recursion_limit: Cell<u32>,
    /// The lowest stack address that any code may use.
    stack_end: Cell<u64>,
    /// Addresses of the program's compiled code, sorted.
    code_ranges: OnceCell<Vec<CodeRange>>,
    /// How many calls of native code into compiled code are under way.
    entries: Cell<u32>,
    empty_tuple: ObjCell,
    method_cache: MethodCache,
    pending_slots: PendingSlots,
    /// Whether the program's state has been released.
    pub(crate) is_down: Cell<bool>,
    texts: crate::types::text_state::TextState,
    /// Word of the exception that reading the method of a method call raised, until its frame is recorded; or 0.
    failed_load: Cell<u64>,
    /// Words of the containers whose `repr` is under way.
    pub(crate) repr_stack: RefCell<Vec<u64>>,
    pub(crate) std_streams: crate::io::std_streams::StdStreams,
    asyncgen_hooks: crate::ops::awaiting::AsyncgenHooks,
    pub(crate) policy: crate::capability::Policy,
    /// Last, so that it is dropped after every field that holds handles.
    heap: Heap,
}

impl Rt {
    /// A runtime with the builtin types and no module.
    pub fn new() -> Box<Rt> {
        let rt = Box::new(Rt {
            context: Context::new(),
            heap: Heap::default(),
            version: Cell::new(0),
            recent_specs: Default::default(),
            spec_types: RefCell::default(),
            interned: Interned::default(),
            names: OnceCell::new(),
            modules: Default::default(),
            asyncgen_hooks: Default::default(),
            stack: Cell::new((0, 0)),
            recursion_limit: Cell::new(1000),
            stack_end: Cell::new(0),
            code_ranges: OnceCell::new(),
            entries: Cell::new(0),
            empty_tuple: ObjCell::default(),
            failed_load: Cell::new(0),
            repr_stack: RefCell::default(),
            std_streams: Default::default(),
            policy: Default::default(),
            method_cache: MethodCache::default(),
            pending_slots: PendingSlots::default(),
            is_down: Cell::new(false),
            texts: Default::default(),
        });
        rt.make_core_types();
        rt
    }

    /// `type` and `object` first, since every type needs them; then `str` and `tuple`, since every type's name and bases
    /// do; then the names and bases of these, and all others.
    fn make_core_types(&self) {
        let early = [Kind::Type as usize, core_type::OBJECT, Kind::Str as usize, Kind::Tuple as usize];
        for index in early {
            if let Some((_, spec)) = CORE.iter().find(|(i, _)| *i == index) {
                let ty = self.new_type_object(spec);
                self.context.types[index].set(as_type(&ty).map_or(std::ptr::null(), std::ptr::from_ref));
                self.spec_types.borrow_mut().insert(spec_key(spec), ty);
            }
        }
        let empty = tuple::with_type(self, self.kind_type(Kind::Tuple), Vec::new());
        self.empty_tuple.set(Some(empty));
        for index in [core_type::OBJECT, Kind::Type as usize, Kind::Str as usize, Kind::Tuple as usize] {
            self.finish_type(self.context.type_at(index));
        }
        let _ = self.names.set(Names::new(self));
        for (index, spec) in CORE {
            let ty = self.spec_type(spec);
            self.context.types[*index].set(ty);
        }
    }

    fn new_type_object(&self, spec: &'static TypeSpec) -> Obj {
        let is_type = std::ptr::eq(spec, &types::type_::SPEC);
        let mut flags = 0;
        let is_object = std::ptr::eq(spec, &types::object::SPEC);
        for (on, flag) in [
            (spec.subclassable, TypeFlags::SUBCLASSABLE),
            (spec.has_dict, TypeFlags::HAS_DICT),
            (is_type, TypeFlags::METACLASS),
            (pattern::is_sequence(spec), TypeFlags::SEQUENCE),
            (pattern::is_mapping(spec), TypeFlags::MAPPING),
            (pattern::matches_self(spec), TypeFlags::MATCH_SELF),
            (
                is_object,
                TypeFlags::PLAIN_GETATTR | TypeFlags::PLAIN_SETATTR | TypeFlags::PLAIN_NEW | TypeFlags::PLAIN_INIT,
            ),
        ] {
            if on {
                flags |= flag;
            }
        }
        let parts = NewType {
            metatype: (!is_type).then(|| self.kind_type(Kind::Type)),
            spec: Some(spec),
            kind: spec.kind,
            flags,
            meta_flags: 0,
            ext_words: u32::from(spec.has_dict),
            native: spec.native,
            slots: spec.slots,
        };
        object::types::new(self, parts)
    }

    /// Names a builtin type and links it to its base.
    fn finish_type(&self, ty: &TypeObject) {
        let Some(spec) = ty.spec() else { return };
        let name = self.intern(spec.name);
        ty.name.set(Some(name.clone()));
        ty.qualname.set(Some(name));
        let mut mro = vec![ty.as_obj()];
        let is_object = std::ptr::eq(spec, &types::object::SPEC);
        if is_object {
            ty.bases.set(Some(self.empty_tuple()));
        } else {
            let base = self.spec_type(spec.base.unwrap_or(&types::object::SPEC));
            mro.extend(tuple::items(&base.mro_tuple()).unwrap_or_default().iter().cloned());
            ty.base.set(Some(base.as_obj()));
            ty.bases.set(Some(tuple::new(self, vec![base.as_obj()])));
            for (own, flag) in [
                (spec.slots.getattr.is_some(), TypeFlags::PLAIN_GETATTR),
                (spec.slots.setattr.is_some(), TypeFlags::PLAIN_SETATTR),
                (spec.slots.new.is_some(), TypeFlags::PLAIN_NEW),
                (spec.slots.init.is_some(), TypeFlags::PLAIN_INIT),
            ] {
                ty.set_flag(flag, !own && base.has(flag));
            }
            ty.slots.inherit(&base.slots);
            ty.inherit_patterns(base);
            if spec.slots.new.is_none() && !base.is_heap_type() && base.has(TypeFlags::PLAIN_NEW) {
                // `object.__new__` would make an object of the wrong layout.
                ty.slots.new.set(None);
            }
            base.add_subclass(ty);
        }
        ty.mro.set(Some(tuple::new(self, mro)));
    }

    /// The type object of a spec in this runtime, made on first use.
    #[inline]
    pub fn spec_type(&self, spec: &'static TypeSpec) -> &TypeObject {
        match self.recent_specs.get(spec) {
            Some(ty) => ty,
            None => self.spec_type_searched(spec),
        }
    }

    #[inline(never)]
    fn spec_type_searched(&self, spec: &'static TypeSpec) -> &TypeObject {
        let key = spec_key(spec);
        let known = self.spec_types.borrow().get(&key).cloned();
        let ty = match known {
            Some(ty) => ty,
            None => {
                let ty = self.new_type_object(spec);
                self.spec_types.borrow_mut().insert(key, ty.clone());
                if let Some(ty) = as_type(&ty) {
                    self.finish_type(ty);
                }
                ty
            }
        };
        let ty = object::types::in_runtime(self, &ty);
        self.recent_specs.put(spec, ty);
        ty
    }

    /// The type of the exact builtins of a layout.
    #[inline]
    pub fn kind_type(&self, kind: Kind) -> &TypeObject {
        self.context.type_at(kind as usize)
    }

    /// A type of [`core_type`].
    #[inline]
    pub fn core_type(&self, index: usize) -> &TypeObject {
        self.context.type_at(index)
    }

    /// The type of a value.
    #[inline]
    pub fn type_of<'a>(&'a self, obj: &Obj) -> &'a TypeObject {
        match obj.header() {
            Some(h) => object::types::of_header(self, h),
            None => self.immediate_type(obj),
        }
    }

    fn immediate_type(&self, obj: &Obj) -> &TypeObject {
        self.context.type_at(if obj.as_small_int().is_some() {
            Kind::Int as usize
        } else if obj.as_float().is_some() {
            core_type::FLOAT
        } else if obj.as_bool().is_some() {
            core_type::BOOL
        } else if obj.is_none() {
            core_type::NONE
        } else if obj.is_not_implemented() {
            core_type::NOT_IMPLEMENTED
        } else {
            core_type::ELLIPSIS
        })
    }

    /// The name of a value's type, for messages.
    pub fn type_name(&self, obj: &Obj) -> String {
        self.type_of(obj).message_name()
    }

    /// The part that generated code sees.
    #[inline(always)]
    pub fn ctx(&self) -> &Context {
        &self.context
    }

    pub(crate) fn method_cache(&self) -> &MethodCache {
        &self.method_cache
    }

    pub(crate) fn pending_slots(&self) -> &PendingSlots {
        &self.pending_slots
    }

    /// The compiler's slots for the class of a namespace, once.
    pub(crate) fn take_pending_slots(&self, namespace: &Obj) -> Vec<Obj> {
        let mut pending = self.pending_slots.borrow_mut();
        match pending.take() {
            Some((ns, slots)) if ns.is(namespace) => slots,
            other => {
                *pending = other;
                Vec::new()
            }
        }
    }

    /// Remembers that the pending exception came from reading a method, for the range in its traceback.
    #[cold]
    pub(crate) fn note_failed_load(&self) {
        self.failed_load.set(self.ctx().exc.get().map_or(0, |exc| exc.word()));
    }

    /// Whether `exc` is what [`Rt::note_failed_load`] remembered; forgets it.
    pub(crate) fn take_failed_load(&self, exc: &Obj) -> bool {
        self.failed_load.replace(0) == exc.word()
    }

    /// The hooks of `sys.set_asyncgen_hooks`.
    pub(crate) fn asyncgen_hooks(&self) -> &crate::ops::awaiting::AsyncgenHooks {
        &self.asyncgen_hooks
    }

    pub(crate) fn heap(&self) -> &Heap {
        &self.heap
    }

    pub(crate) fn modules(&self) -> &crate::modules::Modules {
        &self.modules
    }

    pub(crate) fn next_version(&self) -> u64 {
        self.version.set(self.version.get() + 1);
        self.version.get()
    }

    /// Strings that the runtime itself uses.
    #[inline]
    pub fn names(&self) -> &Names {
        match self.names.get() {
            Some(names) => names,
            None => unreachable!("names are made with the runtime"),
        }
    }

    /// The interned string of a text.
    pub fn intern(&self, text: &str) -> Obj {
        self.interned.text(self, text)
    }

    /// The interned string equal to a `str`.
    pub fn intern_str(&self, string: &Obj) -> Obj {
        self.interned.string(self, string)
    }

    pub(crate) fn forget_interned(&self, word: u64, points: CodePoints<'_>) {
        self.interned.forget(word, points);
    }

    /// `()`.
    pub fn empty_tuple(&self) -> Obj {
        match self.empty_tuple.get() {
            Some(empty) => empty,
            None => unreachable!("the empty tuple is made with the runtime"),
        }
    }

    /// Hash key, shared strings and limits of text conversions.
    pub(crate) fn texts(&self) -> &crate::types::text_state::TextState {
        &self.texts
    }

    /// A `str`.
    pub fn str(&self, text: &str) -> Obj {
        str::new(self, text)
    }

    /// An `int`.
    #[inline]
    pub fn int(&self, n: i64) -> Obj {
        int::from_i64(self, n)
    }

    /// An `int`.
    pub fn big_int(&self, n: BigInt) -> Obj {
        int::from_big(self, n)
    }

    /// A `tuple`.
    pub fn tuple(&self, items: Vec<Obj>) -> Obj {
        tuple::new(self, items)
    }

    /// Tells the runtime how large the native stack of this thread is, counted from here. Native code and compiled code raise RecursionError
    /// before it ends.
    pub fn set_stack(&self, size: usize) {
        let here = 0u8;
        let base = std::ptr::from_ref(&here) as u64;
        self.stack.set((base, size as u64));
        self.set_recursion_limit(self.recursion_limit.get());
    }

    /// `sys.getrecursionlimit()`.
    pub fn recursion_limit(&self) -> u32 {
        self.recursion_limit.get()
    }

    /// `sys.setrecursionlimit(limit)`. Every Python frame may use [`FRAME_STACK`] bytes, within the stack that there is; how many
    /// frames there are is counted by `entry::depth`.
    pub fn set_recursion_limit(&self, limit: u32) {
        self.recursion_limit.set(limit);
        let (base, size) = self.stack.get();
        let wanted = u64::from(limit).saturating_mul(FRAME_STACK).saturating_add(STACK_RESERVE);
        let usable = wanted.min(size.saturating_sub(STACK_RESERVE));
        self.stack_end.set(base.saturating_sub(usable));
        self.reset_depth_check();
    }

    /// Where the stack of the program's code begins.
    pub(crate) fn stack_base(&self) -> u64 {
        self.stack.get().0
    }

    /// Whether an address is below what any code may use.
    pub(crate) fn is_stack_used_up(&self, here: u64) -> bool {
        here < self.stack_end.get()
    }

    /// Lets compiled code call so many functions more below an address before it asks again how many frames there are.
    pub(crate) fn allow_frames(&self, here: u64, frames: u32) {
        let limit = here.saturating_sub(u64::from(frames) * LEAST_FRAME);
        self.ctx().stack_limit.set(limit.max(self.stack_end.get()));
    }

    /// The same for a stack without frames.
    pub(crate) fn reset_depth_check(&self) {
        self.allow_frames(self.stack_base(), self.recursion_limit.get());
    }

    /// Runs compiled code from native code.
    #[inline(always)]
    pub(crate) fn enter<T>(&self, compiled: impl FnOnce() -> T) -> T {
        self.entries.set(self.entries.get() + 1);
        let result = compiled();
        self.entries.set(self.entries.get() - 1);
        result
    }

    /// How many calls of native code into compiled code are under way.
    pub(crate) fn entries_from_native(&self) -> u32 {
        self.entries.get()
    }

    /// Where the program's compiled code is.
    pub(crate) fn code_ranges(&self) -> &[CodeRange] {
        self.code_ranges.get_or_init(|| self.compiled_code())
    }

    /// Calls `visit` with every live object; it must not release any but by dropping its own handles.
    pub(crate) fn for_each_object(&self, visit: &mut dyn FnMut(&Obj)) {
        self.heap.walk(self, visit);
    }

    /// Calls `visit` with every value that the runtime's own tables hold after its program is gone.
    pub(crate) fn visit_roots(&self, visit: &mut dyn FnMut(&Obj)) {
        self.spec_types.borrow().values().for_each(&mut *visit);
        self.names().each(visit);
        self.empty_tuple.traverse(visit);
        self.texts.traverse(visit);
    }

    /// Number of objects alive, for leak checks.
    pub fn live_objects(&self) -> usize {
        let mut count = 0;
        self.heap.walk(self, &mut |_| count += 1);
        count
    }
}

fn spec_key(spec: &'static TypeSpec) -> u64 {
    // Spread over the map's buckets: statics are aligned.
    (std::ptr::from_ref(spec) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

impl Drop for Rt {
    fn drop(&mut self) {
        self.shut_down();
        self.heap.tear_down(self);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_exist_and_nothing_leaks() {
        let rt = Rt::new();
        let before = rt.live_objects();
        let t = rt.tuple(vec![rt.int(1 << 60), rt.str("hé")]);
        assert_eq!(rt.type_name(&t), "tuple");
        assert_eq!(rt.live_objects(), before + 3);
        drop(t);
        assert_eq!(rt.live_objects(), before);
        assert!(rt.intern("abc").is(&rt.intern("abc")));
    }

    #[test]
    fn long_chains_are_freed_without_deep_recursion() {
        let rt = Rt::new();
        let before = rt.live_objects();
        let mut t = rt.empty_tuple();
        for _ in 0..200_000 {
            t = rt.tuple(vec![t]);
        }
        drop(t);
        assert_eq!(rt.live_objects(), before);
    }
}
