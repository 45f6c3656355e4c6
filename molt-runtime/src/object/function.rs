//! Functions made by `def` and `lambda`, and the calls into compiled code.
//!
//! Invariants: the array entry gets exactly one word per parameter variable; a known cell holds a function only while its
//! code and defaults are those of its `def`, and never after it died.

use super::descs::{self};
use super::field::ObjCell;
use super::header::{Header, Layout};
use super::module::Data;
use crate::heap;
use crate::runtime::{R, Raised, Rt};
use crate::value::Obj;
use molt_abi::desc::{ClassDesc, CodeDesc, CodeFlags};
use molt_abi::layout::{Kind, function};
use std::cell::Cell;
use std::mem::offset_of;

/// A function.
#[repr(C)]
pub struct FunctionObject {
    header: Header,
    code: Cell<&'static CodeDesc>,
    data: Cell<Data>,
    /// The tuple of cells, or empty.
    pub closure: ObjCell,
    /// `__defaults__`: a tuple, or empty.
    pub defaults: ObjCell,
    /// `__kwdefaults__`: a dict, or empty.
    pub kwdefaults: ObjCell,
    /// `__name__`.
    pub name: ObjCell,
    /// `__qualname__`.
    pub qualname: ObjCell,
    /// `__module__`; empty until it is asked for or set.
    pub module: ObjCell,
    /// `__doc__`; empty while it is that of the code.
    pub doc: ObjCell,
    /// `__annotations__`: a dict, or empty.
    pub annotations: ObjCell,
}

const _: () = {
    assert!(offset_of!(FunctionObject, code) == function::CODE as usize);
    assert!(offset_of!(FunctionObject, data) == function::MODULE as usize);
    assert!(offset_of!(FunctionObject, closure) == function::CLOSURE as usize);
    assert!(offset_of!(FunctionObject, defaults) == function::DEFAULTS as usize);
    assert!(offset_of!(FunctionObject, kwdefaults) == function::KWDEFAULTS as usize);
};

// SAFETY: `repr(C)`, starts with a header, and is the only layout of its kind.
unsafe impl Layout for FunctionObject {
    const KIND: Kind = Kind::Function;

    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        for field in [
            &self.closure,
            &self.defaults,
            &self.kwdefaults,
            &self.name,
            &self.qualname,
            &self.module,
            &self.doc,
            &self.annotations,
        ] {
            field.traverse(visit);
        }
    }
}

impl Drop for FunctionObject {
    fn drop(&mut self) {
        let known = self.code.get().known;
        if known != u32::MAX {
            self.data.get().forget_known(known, std::ptr::from_ref(self) as u64);
        }
    }
}

impl FunctionObject {
    /// The code.
    #[inline(always)]
    pub fn code(&self) -> &'static CodeDesc {
        self.code.get()
    }

    /// The module's data.
    #[inline(always)]
    pub fn data(&self) -> Data {
        self.data.get()
    }

    /// Breaks the known cell: the function is no longer what its `def` made.
    pub fn changed(&self) {
        let known = self.code.get().known;
        if known != u32::MAX {
            self.data.get().forget_known(known, std::ptr::from_ref(self) as u64);
        }
    }

    /// `f.__code__ = …`, of a code with as many free variables.
    pub fn set_code(&self, code: &'static CodeDesc, data: Data) {
        self.changed();
        self.code.set(code);
        self.data.set(data);
    }

    /// Number of parameter variables.
    #[inline]
    pub fn param_count(&self) -> usize {
        param_count(self.code.get())
    }
}

/// Number of parameter variables of a code: positional, keyword-only, `*args`, `**kwargs`.
#[inline]
pub fn param_count(code: &CodeDesc) -> usize {
    code.arg_count as usize
        + code.kwonly_count as usize
        + usize::from(code.flags & CodeFlags::VARARGS != 0)
        + usize::from(code.flags & CodeFlags::VARKEYWORDS != 0)
}

/// What `def` gives a function besides its code.
#[derive(Default)]
pub struct Parts {
    /// The tuple of cells.
    pub closure: Option<Obj>,
    /// The tuple of defaults.
    pub defaults: Option<Obj>,
    /// The dict of keyword-only defaults.
    pub kwdefaults: Option<Obj>,
    /// The dict of annotations.
    pub annotations: Option<Obj>,
}

/// A new function.
pub fn new(rt: &Rt, data: Data, code: &'static CodeDesc, parts: Parts) -> Obj {
    heap::alloc_object(rt, rt.kind_type(Kind::Function), 0, |header| FunctionObject {
        header,
        code: Cell::new(code),
        data: Cell::new(data),
        closure: ObjCell::new(parts.closure),
        defaults: ObjCell::new(parts.defaults),
        kwdefaults: ObjCell::new(parts.kwdefaults),
        name: ObjCell::new(Some(data.constant(code.name))),
        qualname: ObjCell::new(Some(data.constant(code.qualname))),
        module: ObjCell::default(),
        doc: ObjCell::default(),
        annotations: ObjCell::new(parts.annotations),
    })
}

/// The fields of a function.
#[inline(always)]
pub fn get(obj: &Obj) -> Option<&FunctionObject> {
    obj.cast::<FunctionObject>()
}

/// Runs a function with one value per parameter variable.
#[inline]
pub fn invoke(rt: &Rt, func: &Obj, args: &[Obj]) -> R {
    // SAFETY: a slice of handles is a slice of live words.
    unsafe { invoke_words(rt, func, args.as_ptr().cast::<u64>()) }
}

/// Runs a function with one value per parameter variable, all of them bound.
pub fn invoke_bound(rt: &Rt, func: &Obj, args: &[Option<Obj>]) -> R {
    debug_assert!(args.iter().all(Option::is_some));
    // SAFETY: `Option<Obj>` is a word, and all are live values.
    unsafe { invoke_words(rt, func, args.as_ptr().cast::<u64>()) }
}

/// Runs a function with one word per parameter variable.
///
/// # Safety
/// `argv` points to that many live words (a class body takes one: its namespace).
#[inline]
pub unsafe fn invoke_words(rt: &Rt, func: &Obj, argv: *const u64) -> R {
    let f = func.expect::<FunctionObject>();
    let entry = f.code.get().entry;
    let result = rt.enter(|| entry(std::ptr::from_ref(rt).cast_mut().cast(), func.word(), argv));
    // SAFETY: an entry returns an owned value, or 0 with a pending exception.
    unsafe { Obj::from_word_opt(result) }.ok_or(Raised::pending())
}

/// The descriptor of the class whose body a function is.
pub fn class_desc(body: &Obj) -> Option<(&'static ClassDesc, Data)> {
    let f = get(body)?;
    let index = f.code().class;
    if index == u32::MAX {
        return None;
    }
    f.data().desc().classes().get(index as usize).map(|desc| (desc, f.data()))
}

/// The names of the instance attributes that the compiler found for the class of a body.
pub fn class_slots(body: &Obj) -> Vec<Obj> {
    match class_desc(body) {
        Some((desc, data)) => descs::slot_names(desc).iter().map(|n| data.constant(*n)).collect(),
        None => Vec::new(),
    }
}
