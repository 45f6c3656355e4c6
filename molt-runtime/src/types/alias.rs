//! Generic aliases such as `list[int]`: what subscripting a builtin class gives. They are called and iterated over as their
//! origin.

use super::spec::{CmpOp, GetSetDef, MethodDef, NativeFn, Slots, TypeSpec};
use crate::object::native::{self, Payload};
use crate::object::types::as_type;
use crate::object::{str, tuple};
use crate::ops::call::Args;
use crate::runtime::{R, Rt};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// Origin and arguments.
struct Alias {
    origin: Obj,
    args: Obj,
}

impl Payload for Alias {
    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        visit(&self.origin);
        visit(&self.args);
    }
}

/// `types.GenericAlias`.
pub static SPEC: TypeSpec = TypeSpec {
    module: "types",
    slots: Slots {
        repr: Some(repr),
        call: Some(call),
        getattr: Some(getattr),
        compare: Some(compare),
        hash: Some(hash),
        bitor: Some(super::union::or),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("__mro_entries__", NativeFn::One(mro_entries), "", ""),
        MethodDef::new("__instancecheck__", NativeFn::One(|rt, _, _| Err(no_check(rt, "isinstance"))), "", ""),
        MethodDef::new("__subclasscheck__", NativeFn::One(|rt, _, _| Err(no_check(rt, "issubclass"))), "", ""),
    ],
    getset: &[
        GetSetDef::read_only("__origin__", |_, o| Ok(fields(o).origin.clone())),
        GetSetDef::read_only("__args__", |_, o| Ok(fields(o).args.clone())),
        GetSetDef::read_only("__parameters__", |rt, _| Ok(rt.empty_tuple())),
    ],
    ..TypeSpec::native("GenericAlias", Alias::VTABLE)
};

/// `origin[key]`.
pub fn new(rt: &Rt, origin: &Obj, key: &Obj) -> R {
    let args = if key.is_kind(Kind::Tuple) { key.clone() } else { rt.tuple(vec![key.clone()]) };
    Ok(native::new(rt, rt.spec_type(&SPEC), Alias { origin: origin.clone(), args }))
}

/// `__class_getitem__` of builtin containers.
pub const CLASS_GETITEM: MethodDef = MethodDef::new("__class_getitem__", NativeFn::One(new), "", "See PEP 585").class();

fn fields(obj: &Obj) -> &Alias {
    native::expect::<Alias>(obj)
}

fn no_check(rt: &Rt, what: &str) -> crate::runtime::Raised {
    rt.type_error(format_args!("{what}() argument 2 cannot be a parameterized generic"))
}

fn mro_entries(rt: &Rt, obj: &Obj, _bases: &Obj) -> R {
    Ok(rt.tuple(vec![fields(obj).origin.clone()]))
}

fn call(rt: &Rt, obj: &Obj, args: Args<'_>) -> R {
    rt.call_args(&fields(obj).origin, args)
}

fn getattr(rt: &Rt, obj: &Obj, name: &Obj) -> R {
    let text = str::to_string(name);
    if text.starts_with("__")
        && text.ends_with("__")
        && text != "__name__"
        && text != "__qualname__"
        && text != "__doc__"
    {
        return crate::ops::attr::generic_get(rt, obj, name);
    }
    rt.get_attr(&fields(obj).origin, name)
}

/// Whether a value is a generic alias.
pub fn is_alias(obj: &Obj) -> bool {
    native::payload::<Alias>(obj).is_some()
}

/// A type as the text of an alias or union shows it.
pub fn item_text(rt: &Rt, item: &Obj) -> R<String> {
    if let Some(ty) = as_type(item) {
        return Ok(super::object::full_name(rt, ty));
    }
    if item.word() == Obj::ellipsis().word() {
        return Ok("...".to_owned());
    }
    rt.repr_text(item)
}

fn repr(rt: &Rt, obj: &Obj) -> R {
    let alias = fields(obj);
    let mut parts = Vec::new();
    for item in tuple::items(&alias.args).unwrap_or_default() {
        parts.push(item_text(rt, item)?);
    }
    let inner = if parts.is_empty() { "()".to_owned() } else { parts.join(", ") };
    Ok(rt.str(&format!("{}[{inner}]", item_text(rt, &alias.origin)?)))
}

fn compare(rt: &Rt, a: &Obj, b: &Obj, op: CmpOp) -> R {
    let (Some(x), Some(y)) = (native::payload::<Alias>(a), native::payload::<Alias>(b)) else {
        return Ok(Obj::not_implemented());
    };
    let same = rt.equal(&x.origin, &y.origin)? && rt.equal(&x.args, &y.args)?;
    Ok(match op {
        CmpOp::Eq => Obj::bool(same),
        CmpOp::Ne => Obj::bool(!same),
        _ => Obj::not_implemented(),
    })
}

fn hash(rt: &Rt, obj: &Obj) -> R<i64> {
    let h = rt.hash(&fields(obj).origin)? ^ rt.hash(&fields(obj).args)?;
    Ok(if h == -1 { -2 } else { h })
}
