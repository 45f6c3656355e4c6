//! `types.UnionType`: what `int | None` gives, for annotations and `isinstance`.

use super::spec::{CmpOp, GetSetDef, Slots, TypeSpec};
use crate::object::native::{self, Payload};
use crate::object::tuple;
use crate::object::types::{as_type, core_type};
use crate::ops::class;
use crate::runtime::{R, Rt};
use crate::value::Obj;

/// The members, without repetition, in order.
struct Union(Obj);

impl Payload for Union {
    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        visit(&self.0);
    }
}

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    module: "types",
    doc: "Represent a PEP 604 union type\n\nE.g. for int | str",
    slots: Slots { repr: Some(repr), compare: Some(compare), hash: Some(hash), bitor: Some(or), ..Slots::EMPTY },
    methods: &[
        super::spec::MethodDef::new("__instancecheck__", super::spec::NativeFn::One(instancecheck), "", ""),
        super::spec::MethodDef::new("__subclasscheck__", super::spec::NativeFn::One(subclasscheck), "", ""),
    ],
    getset: &[
        GetSetDef::read_only("__args__", |_, o| Ok(fields(o).0.clone())),
        GetSetDef::read_only("__parameters__", |rt, _| Ok(rt.empty_tuple())),
    ],
    ..TypeSpec::native("UnionType", Union::VTABLE)
};

fn fields(obj: &Obj) -> &Union {
    native::expect::<Union>(obj)
}

fn members(obj: &Obj) -> &[Obj] {
    tuple::items(&fields(obj).0).unwrap_or_default()
}

/// The members that an operand of `|` stands for; none if it is no type.
fn operand(rt: &Rt, obj: &Obj) -> Option<Vec<Obj>> {
    if obj.is_none() {
        return Some(vec![rt.core_type(core_type::NONE).as_obj()]);
    }
    if native::payload::<Union>(obj).is_some() {
        return Some(members(obj).to_vec());
    }
    (as_type(obj).is_some() || super::alias::is_alias(obj)).then(|| vec![obj.clone()])
}

/// `a | b` of types.
pub fn or(rt: &Rt, a: &Obj, b: &Obj) -> R {
    let (Some(left), Some(right)) = (operand(rt, a), operand(rt, b)) else { return Ok(Obj::not_implemented()) };
    let mut all: Vec<Obj> = Vec::new();
    for member in left.into_iter().chain(right) {
        let mut known = false;
        for other in &all {
            known = known || rt.equal(other, &member)?;
        }
        if !known {
            all.push(member);
        }
    }
    match all.as_slice() {
        [one] => Ok(one.clone()),
        _ => Ok(native::new(rt, rt.spec_type(&SPEC), Union(rt.tuple(all)))),
    }
}

fn repr(rt: &Rt, obj: &Obj) -> R {
    let mut parts = Vec::new();
    for member in members(obj) {
        parts.push(if member.is(&rt.core_type(core_type::NONE).as_obj()) {
            "None".to_owned()
        } else {
            super::alias::item_text(rt, member)?
        });
    }
    Ok(rt.str(&parts.join(" | ")))
}

fn compare(rt: &Rt, a: &Obj, b: &Obj, op: CmpOp) -> R {
    if native::payload::<Union>(a).is_none() || native::payload::<Union>(b).is_none() {
        return Ok(Obj::not_implemented());
    }
    let (x, y) = (members(a), members(b));
    let mut same = x.len() == y.len();
    for member in x {
        let mut found = false;
        for other in y {
            found = found || rt.equal(member, other)?;
        }
        same = same && found;
    }
    Ok(match op {
        CmpOp::Eq => Obj::bool(same),
        CmpOp::Ne => Obj::bool(!same),
        _ => Obj::not_implemented(),
    })
}

fn hash(rt: &Rt, obj: &Obj) -> R<i64> {
    let mut h = 0x5DEE_CE66;
    for member in members(obj) {
        h ^= rt.hash(member)?;
    }
    Ok(if h == -1 { -2 } else { h })
}

fn checked(rt: &Rt, obj: &Obj, what: &str) -> R<Vec<Obj>> {
    if members(obj).iter().any(super::alias::is_alias) {
        return Err(rt.type_error(format_args!("{what}() argument 2 cannot be a parameterized generic")));
    }
    Ok(members(obj).to_vec())
}

fn instancecheck(rt: &Rt, obj: &Obj, instance: &Obj) -> R {
    for member in checked(rt, obj, "isinstance")? {
        if class::is_instance(rt, instance, &member)? {
            return Ok(Obj::bool(true));
        }
    }
    Ok(Obj::bool(false))
}

fn subclasscheck(rt: &Rt, obj: &Obj, sub: &Obj) -> R {
    for member in checked(rt, obj, "issubclass")? {
        if class::is_subclass(rt, sub, &member)? {
            return Ok(Obj::bool(true));
        }
    }
    Ok(Obj::bool(false))
}
