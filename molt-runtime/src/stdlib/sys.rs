//! `sys`, as far as it describes a compiled program.

mod asyncgen;
mod records;

use crate::io::std_streams::Std;
use crate::modules::native::NativeModuleDef;
use crate::object::{bytes, dict, exception, instance, int, list, set, str, tuple};
use crate::ops::call::Args;
use crate::runtime::{R, Rt};
use crate::types::exception as specs;
use crate::types::spec::{MethodDef, NativeFn, Param};
use crate::value::Obj;
use molt_abi::layout::Kind;

const fn none(name: &'static str, func: fn(&Rt, &Obj) -> R, doc: &'static str) -> MethodDef {
    MethodDef::new(name, NativeFn::NoArgs(func), "()", doc)
}

const fn one(name: &'static str, func: fn(&Rt, &Obj, &Obj) -> R, doc: &'static str) -> MethodDef {
    MethodDef::new(name, NativeFn::One(func), "", doc)
}

const fn some(
    name: &'static str,
    min: usize,
    max: usize,
    func: fn(&Rt, &Obj, &[Obj]) -> R,
    doc: &'static str,
) -> MethodDef {
    MethodDef::new(name, NativeFn::Positional { min, max, func }, "", doc)
}

static FUNCTIONS: &[MethodDef] = &[
    none("exc_info", exc_info, "Return current exception information: (type, value, traceback)."),
    none("exception", handled, "Return the current exception."),
    some(
        "exit",
        0,
        1,
        exit,
        "Exit the interpreter by raising SystemExit(status).\n\nIf the status is omitted or None, it defaults to zero (i.e., success).\nIf the status is an integer, it will be used as the system exit status.\nIf it is another kind of object, it will be printed and the system\nexit status will be one (i.e., failure).",
    ),
    none(
        "getdefaultencoding",
        |rt, _| Ok(rt.str("utf-8")),
        "Return the current default encoding used by the Unicode implementation.",
    ),
    none(
        "getfilesystemencodeerrors",
        |rt, _| Ok(rt.str("surrogateescape")),
        "Return the error mode used for Unicode to filesystem encoding conversions.",
    ),
    none(
        "getfilesystemencoding",
        |rt, _| Ok(rt.str("utf-8")),
        "Return the encoding used to convert Unicode filenames to OS filenames.",
    ),
    none(
        "getrecursionlimit",
        |rt, _| Ok(rt.int(i64::from(rt.recursion_limit()))),
        "Return the current value of the recursion limit.",
    ),
    none(
        "get_int_max_str_digits",
        |rt, _| Ok(rt.int(rt.max_str_digits() as i64)),
        "Return the maximum string digits limit for non-binary int<->str conversions.",
    ),
    none(
        "get_asyncgen_hooks",
        asyncgen::get_hooks,
        "Return the installed asynchronous generators hooks.\n\nThis returns a namedtuple of the form (firstiter, finalizer).",
    ),
    MethodDef::new(
        "set_asyncgen_hooks",
        NativeFn::Keywords {
            params: &[Param::optional("firstiter"), Param::optional("finalizer")],
            func: asyncgen::set_hooks,
        },
        "",
        "set_asyncgen_hooks(* [, firstiter] [, finalizer])\n\nSet a finalizer for async generators objects.",
    ),
    none(
        "get_coroutine_origin_tracking_depth",
        |rt, _| Ok(rt.int(0)),
        "Check status of origin tracking for coroutine objects in this thread.",
    ),
    one("getrefcount", getrefcount, "Return the reference count of object."),
    some("getsizeof", 1, 2, getsizeof, "getsizeof(object [, default]) -> int\n\nReturn the size of object in bytes."),
    none("getswitchinterval", |_, _| Ok(Obj::float(0.005)), "Return the current thread switch interval."),
    one("intern", intern, "``Intern'' the given string."),
    none("is_finalizing", |_, _| Ok(Obj::bool(false)), "Return True if Python is exiting."),
    MethodDef::new(
        "set_int_max_str_digits",
        NativeFn::Any(set_int_max_str_digits),
        "($module, /, maxdigits)",
        "Set the maximum string digits limit for non-binary int<->str conversions.",
    ),
    one("setrecursionlimit", setrecursionlimit, "Set the maximum depth of the Python interpreter stack to n."),
    one(
        "_mark_iterable_coroutine",
        asyncgen::mark_iterable_coroutine,
        "Lets 'await' take a generator, as types.coroutine does with those of a function. Returns it.",
    ),
    one("settrace", |rt, _, f| hook(rt, f, "settrace"), "Set the global debug tracing function."),
    one("setprofile", |rt, _, f| hook(rt, f, "setprofile"), "Set the profiling function."),
    none("gettrace", |_, _| Ok(Obj::none()), "Return the global debug tracing function set with sys.settrace."),
    none("getprofile", |_, _| Ok(Obj::none()), "Return the profiling function set with sys.setprofile."),
];

static DEF: NativeModuleDef = NativeModuleDef {
    name: "sys",
    doc: "This module provides access to some objects used or maintained by the\ninterpreter and to functions that interact strongly with the interpreter.",
    functions: FUNCTIONS,
    init,
};

crate::native_module!(molt_native_sys, DEF);

/// `sys.int_info.str_digits_check_threshold`: no lower limit may be set.
const MIN_MAX_STR_DIGITS: usize = 640;
const VERSION: [i64; 3] = [3, 12, 1];
const HEX_VERSION: i64 = 0x030C_01F0;

fn init(rt: &Rt, module: &Obj) -> R<()> {
    let argv: Vec<Obj> = rt.argv().iter().map(|a| argument(rt, a)).collect();
    let version_info = || {
        let mut parts: Vec<Obj> = VERSION.iter().map(|n| rt.int(*n)).collect();
        parts.extend([rt.str("final"), rt.int(0)]);
        records::new(rt, &records::VERSION_INFO, parts)
    };
    let ints = |values: &[i64]| -> Vec<Obj> { values.iter().map(|n| rt.int(*n)).collect() };
    let float_info = vec![
        Obj::float(f64::MAX),
        rt.int(1024),
        rt.int(308),
        Obj::float(f64::MIN_POSITIVE),
        rt.int(-1021),
        rt.int(-307),
        rt.int(15),
        rt.int(53),
        Obj::float(f64::EPSILON),
        rt.int(2),
        rt.int(1),
    ];
    let hash_info = vec![
        rt.int(64),
        rt.int((1 << 61) - 1),
        rt.int(314_159),
        rt.int(0),
        rt.int(1_000_003),
        rt.str("siphash13"),
        rt.int(64),
        rt.int(128),
        rt.int(0),
    ];
    let mut flags = ints(&[0; 18]);
    flags[13] = Obj::bool(false);
    flags[16] = Obj::bool(false);
    flags[17] = rt.int(4300);
    let implementation = instance::new(rt, rt.spec_type(&records::NAMESPACE));
    for (name, value) in [
        ("name", rt.str("molt")),
        ("cache_tag", Obj::none()),
        ("version", version_info()),
        ("hexversion", rt.int(HEX_VERSION)),
    ] {
        rt.set_attr(&implementation, &rt.intern(name), Some(&value))?;
    }
    let streams = [("stdin", Std::In), ("stdout", Std::Out), ("stderr", Std::Err)];
    for (name, which) in streams {
        rt.add_global(module, name, rt.std_object(which));
        rt.add_global(module, &format!("__{name}__"), rt.std_object(which));
    }
    let globals = [
        ("argv", list::new(rt, argv.clone())),
        ("orig_argv", list::new(rt, argv.clone())),
        ("path", list::new(rt, Vec::new())),
        ("modules", rt.sys_modules()),
        ("maxsize", rt.int(i64::MAX)),
        ("maxunicode", rt.int(0x10_FFFF)),
        ("byteorder", rt.str(if cfg!(target_endian = "little") { "little" } else { "big" })),
        ("platform", rt.str(if cfg!(target_os = "macos") { "darwin" } else { "linux" })),
        ("executable", argv.first().cloned().unwrap_or_else(|| rt.str(""))),
        ("version", rt.str("3.12.1 (molt)")),
        ("version_info", version_info()),
        ("hexversion", rt.int(HEX_VERSION)),
        ("api_version", rt.int(1013)),
        ("copyright", rt.str("")),
        ("prefix", rt.str("")),
        ("exec_prefix", rt.str("")),
        ("base_prefix", rt.str("")),
        ("base_exec_prefix", rt.str("")),
        ("platlibdir", rt.str("lib")),
        ("float_repr_style", rt.str("short")),
        ("abiflags", rt.str("")),
        ("dont_write_bytecode", Obj::bool(true)),
        ("pycache_prefix", Obj::none()),
        ("warnoptions", list::new(rt, Vec::new())),
        ("meta_path", list::new(rt, Vec::new())),
        ("path_hooks", list::new(rt, Vec::new())),
        ("path_importer_cache", dict::new(rt)),
        ("implementation", implementation),
        ("float_info", records::new(rt, &records::FLOAT_INFO, float_info)),
        ("int_info", records::new(rt, &records::INT_INFO, ints(&[30, 4, 4300, 640]))),
        ("hash_info", records::new(rt, &records::HASH_INFO, hash_info)),
        ("flags", records::new(rt, &records::FLAGS, flags)),
        (
            "thread_info",
            records::new(rt, &records::THREAD_INFO, vec![rt.str("pthread"), rt.str("semaphore"), Obj::none()]),
        ),
        ("builtin_module_names", tuple::new(rt, vec![rt.str("builtins"), rt.str("sys")])),
    ];
    for (name, value) in globals {
        rt.add_global(module, name, value);
    }
    Ok(())
}

/// A program argument as text: bytes that are not UTF-8 become lone surrogates.
fn argument(rt: &Rt, data: &[u8]) -> Obj {
    crate::types::str::codec::decode(rt, data, Some("utf-8"), Some("surrogateescape")).unwrap_or_else(|_| {
        rt.clear_exception();
        rt.str(&String::from_utf8_lossy(data))
    })
}

fn exc_info(rt: &Rt, _: &Obj) -> R {
    let none = Obj::none;
    Ok(tuple::new(
        rt,
        match rt.ctx().handled.get().filter(|e| !e.is_none()) {
            Some(exc) => {
                let traceback = exception::get(&exc).and_then(|e| e.traceback.get()).unwrap_or_else(none);
                vec![rt.type_of(&exc).as_obj(), exc, traceback]
            }
            None => vec![none(), none(), none()],
        },
    ))
}

fn handled(rt: &Rt, _: &Obj) -> R {
    Ok(rt.ctx().handled.get().unwrap_or(Obj::none()))
}

fn exit(rt: &Rt, _: &Obj, args: &[Obj]) -> R {
    let class = rt.spec_type(&specs::SYSTEM_EXIT).as_obj();
    let status = match args {
        // As when raised: a tuple stands for several arguments.
        [status] if status.is_exact(Kind::Tuple) => tuple::items(status).unwrap_or_default().to_vec(),
        [status] if !status.is_none() => vec![status.clone()],
        _ => Vec::new(),
    };
    let exc = rt.call(&class, &status)?;
    Err(rt.raise(exc))
}

fn getrefcount(rt: &Rt, _: &Obj, obj: &Obj) -> R {
    // The argument itself counts as one, as in CPython.
    Ok(rt.int(obj.header().map_or(i64::from(u32::MAX), |h| i64::from(h.rc()) + 1)))
}

fn intern(rt: &Rt, _: &Obj, string: &Obj) -> R {
    if !string.is_exact(Kind::Str) {
        return Err(if string.is_kind(Kind::Str) {
            rt.type_error(format_args!("can't intern {}", rt.type_name(string)))
        } else {
            rt.type_error(format_args!("intern() argument must be str, not {}", rt.type_name(string)))
        });
    }
    Ok(rt.intern_str(string))
}

fn setrecursionlimit(rt: &Rt, _: &Obj, limit: &Obj) -> R {
    let n = rt.index_i64(limit)?;
    if n > i64::from(i32::MAX) {
        return Err(rt.overflow_error(format_args!("Python int too large to convert to C int")));
    }
    match u32::try_from(n) {
        Ok(n) if n >= 1 => {
            rt.set_recursion_limit(n);
            Ok(Obj::none())
        }
        _ => Err(rt.value_error(format_args!("recursion limit must be greater or equal than 1"))),
    }
}

fn set_int_max_str_digits(rt: &Rt, _: &Obj, args: Args<'_>) -> R {
    let keyword = args.keywords().find(|(name, _)| str::to_string(name) == "maxdigits");
    let digits = match (args.positional(), keyword) {
        ([digits], None) if !args.has_keywords() => digits,
        ([], Some((_, digits))) => digits,
        ([], None) => {
            let message = "set_int_max_str_digits() missing required argument 'maxdigits' (pos 1)";
            return Err(rt.type_error(format_args!("{message}")));
        }
        _ => {
            let given = args.values().len();
            let message = format_args!("set_int_max_str_digits() takes at most 1 argument ({given} given)");
            return Err(rt.type_error(message));
        }
    };
    let n = rt.index_i64(digits)?;
    if i32::try_from(n).is_err() {
        return Err(rt.overflow_error(format_args!("Python int too large to convert to C int")));
    }
    match usize::try_from(n) {
        Ok(n) if n == 0 || n >= MIN_MAX_STR_DIGITS => {
            rt.set_max_str_digits(n);
            Ok(Obj::none())
        }
        _ => Err(rt.value_error(format_args!("maxdigits must be 0 or larger than {MIN_MAX_STR_DIGITS}"))),
    }
}

fn hook(rt: &Rt, function: &Obj, name: &str) -> R {
    if function.is_none() {
        return Ok(Obj::none());
    }
    Err(rt.not_implemented_error(format_args!("sys.{name}() needs an interpreter; this program is compiled")))
}

/// Bytes that an object takes here, by the same reckoning as CPython: without what it refers to.
fn getsizeof(rt: &Rt, _: &Obj, args: &[Obj]) -> R {
    let obj = &args[0];
    let size = if let Some(s) = str::get(obj) {
        s.len() * s.view().width() + 32
    } else if let Some(data) = bytes::data(obj) {
        data.len() + 33
    } else if let Some(items) = tuple::items(obj) {
        40 + 8 * items.len()
    } else if let Some(l) = list::get(obj) {
        56 + 8 * l.len()
    } else if let Some(d) = dict::get(obj) {
        64 + 32 * d.len()
    } else if let Some(s) = set::get(obj) {
        216 + if s.mask() > 7 { 16 * (s.mask() + 1) } else { 0 }
    } else if obj.as_float().is_some() {
        24
    } else if let Some(n) = int::value(obj) {
        24 + 4 * (n.bit_length() as usize).div_ceil(30).max(1)
    } else {
        48
    };
    Ok(rt.int(size as i64))
}
