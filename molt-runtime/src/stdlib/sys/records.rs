//! The named tuples of `sys`: `version_info`, `float_info`, `flags` and the like.

use crate::object::tuple;
use crate::runtime::{R, Rt};
use crate::types::spec::{GetSetDef, Slots, TypeSpec};
use crate::value::Obj;
use molt_abi::layout::Kind;

fn item(self_: &Obj, n: usize) -> R {
    Ok(tuple::items(self_).and_then(|t| t.get(n)).cloned().unwrap_or(Obj::none()))
}

/// `sys.version_info(major=3, minor=12, …)`
fn repr(rt: &Rt, self_: &Obj) -> R {
    let spec = rt.type_of(self_).spec();
    let names = spec.map_or(&[][..], |s| s.getset);
    let mut out = crate::ops::repr::Writer::new(&format!("{}(", rt.type_name(self_)));
    for (n, (field, value)) in names.iter().zip(tuple::items(self_).unwrap_or_default()).enumerate() {
        if n != 0 {
            out.push_str(", ");
        }
        out.push_str(field.name);
        out.push_str("=");
        out.push_repr(rt, value)?;
    }
    out.push_str(")");
    Ok(out.finish(rt))
}

macro_rules! records {
    ($($ident:ident $name:literal [$($n:literal $field:literal),*];)*) => {
        $(
            #[doc = concat!("The type `sys.", $name, "`.")]
            pub static $ident: TypeSpec = TypeSpec {
                module: "sys",
                base: Some(&crate::types::tuple::SPEC),
                slots: Slots { repr: Some(repr), new: Some(no_new), ..Slots::EMPTY },
                getset: &[$(GetSetDef::read_only($field, |_, s| item(s, $n))),*],
                ..TypeSpec::new($name, Kind::Tuple)
            };
        )*
    };
}

fn no_new(rt: &Rt, cls: &Obj, _: crate::ops::call::Args<'_>) -> R {
    let name = crate::object::types::in_runtime(rt, cls).name_text();
    Err(rt.type_error(format_args!("cannot create 'sys.{name}' instances")))
}

records! {
    VERSION_INFO "version_info" [0 "major", 1 "minor", 2 "micro", 3 "releaselevel", 4 "serial"];
    FLOAT_INFO "float_info" [0 "max", 1 "max_exp", 2 "max_10_exp", 3 "min", 4 "min_exp", 5 "min_10_exp", 6 "dig", 7 "mant_dig", 8 "epsilon", 9 "radix", 10 "rounds"];
    INT_INFO "int_info" [0 "bits_per_digit", 1 "sizeof_digit", 2 "default_max_str_digits", 3 "str_digits_check_threshold"];
    HASH_INFO "hash_info" [0 "width", 1 "modulus", 2 "inf", 3 "nan", 4 "imag", 5 "algorithm", 6 "hash_bits", 7 "seed_bits", 8 "cutoff"];
    THREAD_INFO "thread_info" [0 "name", 1 "lock", 2 "version"];
    FLAGS "flags" [0 "debug", 1 "inspect", 2 "interactive", 3 "optimize", 4 "dont_write_bytecode", 5 "no_user_site", 6 "no_site", 7 "ignore_environment", 8 "verbose", 9 "bytes_warning", 10 "quiet", 11 "hash_randomization", 12 "isolated", 13 "dev_mode", 14 "utf8_mode", 15 "warn_default_encoding", 16 "safe_path", 17 "int_max_str_digits"];
}

/// What `sys.get_asyncgen_hooks()` gives; CPython names no module in it.
pub static ASYNCGEN_HOOKS: TypeSpec = TypeSpec {
    base: Some(&crate::types::tuple::SPEC),
    slots: Slots { repr: Some(repr), new: Some(no_new), ..Slots::EMPTY },
    getset: &[
        GetSetDef::read_only("firstiter", |_, s| item(s, 0)),
        GetSetDef::read_only("finalizer", |_, s| item(s, 1)),
    ],
    ..TypeSpec::new("asyncgen_hooks", Kind::Tuple)
};

/// A record of the values.
pub fn new(rt: &Rt, spec: &'static TypeSpec, values: Vec<Obj>) -> Obj {
    tuple::with_type(rt, rt.spec_type(spec), values)
}

/// `types.SimpleNamespace`, as which `sys.implementation` comes.
pub static NAMESPACE: TypeSpec = TypeSpec {
    module: "types",
    subclassable: true,
    has_dict: true,
    slots: Slots { repr: Some(namespace_repr), ..Slots::EMPTY },
    ..TypeSpec::new("SimpleNamespace", Kind::Instance)
};

fn namespace_repr(rt: &Rt, self_: &Obj) -> R {
    let mut out = crate::ops::repr::Writer::new("namespace(");
    let dict = rt.get_attr(self_, &rt.names().__dict__)?;
    let entries = crate::object::dict::get(&dict).map(crate::object::dict::DictObject::items).unwrap_or_default();
    for (n, (name, value)) in entries.iter().enumerate() {
        if n != 0 {
            out.push_str(", ");
        }
        out.push(name);
        out.push_str("=");
        out.push_repr(rt, value)?;
    }
    out.push_str(")");
    Ok(out.finish(rt))
}
