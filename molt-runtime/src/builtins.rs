//! The module `builtins`: its functions by area, its types, exceptions and constants.
//!
//! Invariant: always part of a program; every other native module is reached through its symbol alone.

pub mod collect;
pub mod number;
pub mod object;
pub mod print;

use crate::modules::native::NativeModuleDef;
use crate::object::types::core_type;
use crate::runtime::{R, Rt};
use crate::types::spec::{MethodDef, NativeFn, Param, TypeSpec};
use crate::types::{self, exception};
use crate::value::Obj;

const fn one(
    name: &'static str,
    func: fn(&Rt, &Obj, &Obj) -> R,
    signature: &'static str,
    doc: &'static str,
) -> MethodDef {
    MethodDef::new(name, NativeFn::One(func), signature, doc)
}

const fn some(
    name: &'static str,
    min: usize,
    max: usize,
    func: fn(&Rt, &Obj, &[Obj]) -> R,
    signature: &'static str,
    doc: &'static str,
) -> MethodDef {
    MethodDef::new(name, NativeFn::Positional { min, max, func }, signature, doc)
}

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::new("__import__", NativeFn::Any(object::import), "", "Import a module."),
    one("abs", number::abs, "(x, /)", "Return the absolute value of the argument."),
    one(
        "all",
        collect::all,
        "(iterable, /)",
        "Return True if bool(x) is True for all values x in the iterable.\n\nIf the iterable is empty, return True.",
    ),
    one(
        "any",
        collect::any,
        "(iterable, /)",
        "Return True if bool(x) is True for any x in the iterable.\n\nIf the iterable is empty, return False.",
    ),
    one("ascii", object::ascii, "(obj, /)", "Return an ASCII-only representation of an object."),
    one(
        "bin",
        number::bin,
        "(number, /)",
        "Return the binary representation of an integer.\n\n   >>> bin(2796202)\n   '0b1010101010101010101010'",
    ),
    one(
        "callable",
        object::callable,
        "(obj, /)",
        "Return whether the object is callable (i.e., some kind of function).",
    ),
    one(
        "aiter",
        |rt, _, obj| rt.aiter(obj),
        "(async_iterable, /)",
        "Return an AsyncIterator for an AsyncIterable object.",
    ),
    some(
        "anext",
        1,
        2,
        collect::anext,
        "(aiterator, default=<unrepresentable>, /)",
        "Return the next item from the async iterator.\n\nIf default is given and the async iterator is exhausted,\nit is returned instead of raising StopAsyncIteration.",
    ),
    one("chr", number::chr, "(i, /)", "Return a Unicode string of one character with ordinal i; 0 <= i <= 0x10ffff."),
    some(
        "delattr",
        2,
        2,
        object::delattr,
        "(obj, name, /)",
        "Deletes the named attribute from the given object.\n\ndelattr(x, 'y') is equivalent to ``del x.y``",
    ),
    some("dir", 0, 1, object::dir, "", "Show attributes of an object."),
    some("divmod", 2, 2, number::divmod, "(x, y, /)", "Return the tuple (x//y, x%y).  Invariant: div*y + mod == x."),
    some(
        "format",
        1,
        2,
        object::format,
        "(value, format_spec='', /)",
        "Return type(value).__format__(value, format_spec)",
    ),
    some("getattr", 2, 3, object::getattr, "", "Get a named attribute from an object."),
    MethodDef::new(
        "globals",
        NativeFn::NoArgs(object::globals),
        "()",
        "Return the dictionary containing the current scope's global variables.",
    ),
    some(
        "hasattr",
        2,
        2,
        object::hasattr,
        "(obj, name, /)",
        "Return whether the object has an attribute with the given name.\n\nThis is done by calling getattr(obj, name) and catching AttributeError.",
    ),
    one(
        "hash",
        object::hash,
        "(obj, /)",
        "Return the hash value for the given object.\n\nTwo objects that compare equal must also have the same hash value, but the\nreverse is not necessarily true.",
    ),
    one(
        "hex",
        number::hex,
        "(number, /)",
        "Return the hexadecimal representation of an integer.\n\n   >>> hex(12648430)\n   '0xc0ffee'",
    ),
    one(
        "id",
        object::id,
        "(obj, /)",
        "Return the identity of an object.\n\nThis is guaranteed to be unique among simultaneously existing objects.\n(CPython uses the object's memory address.)",
    ),
    some(
        "input",
        0,
        1,
        print::input,
        "(prompt='', /)",
        "Read a string from standard input.  The trailing newline is stripped.",
    ),
    some(
        "isinstance",
        2,
        2,
        object::isinstance,
        "(obj, class_or_tuple, /)",
        "Return whether an object is an instance of a class or of a subclass thereof.",
    ),
    some(
        "issubclass",
        2,
        2,
        object::issubclass,
        "(cls, class_or_tuple, /)",
        "Return whether 'cls' is derived from another class or is the same class.",
    ),
    some("iter", 1, 2, collect::iter, "", "Get an iterator from an object."),
    one("len", collect::len, "(obj, /)", "Return the number of items in a container."),
    MethodDef::new(
        "locals",
        NativeFn::NoArgs(object::locals),
        "()",
        "Return a dictionary containing the current scope's local variables.",
    ),
    MethodDef::new("max", NativeFn::Any(collect::max), "", "With a single iterable argument, return its biggest item."),
    MethodDef::new(
        "min",
        NativeFn::Any(collect::min),
        "",
        "With a single iterable argument, return its smallest item.",
    ),
    some("next", 1, 2, collect::next, "", "Return the next item from the iterator."),
    one(
        "oct",
        number::oct,
        "(number, /)",
        "Return the octal representation of an integer.\n\n   >>> oct(342391)\n   '0o1234567'",
    ),
    MethodDef::new(
        "open",
        NativeFn::Keywords {
            params: &[
                Param::required("file"),
                Param::optional("mode"),
                Param::optional("buffering"),
                Param::optional("encoding"),
                Param::optional("errors"),
                Param::optional("newline"),
                Param::optional("closefd"),
                Param::optional("opener"),
            ],
            func: crate::io::open::open,
        },
        "(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)",
        "Open file and return a stream.  Raise OSError upon failure.",
    ),
    one("ord", number::ord, "(c, /)", "Return the Unicode code point for a one-character string."),
    MethodDef::new(
        "pow",
        NativeFn::Keywords {
            params: &[Param::required("base"), Param::required("exp"), Param::optional("mod")],
            func: number::pow,
        },
        "(base, exp, mod=None)",
        "Equivalent to base**exp with 2 arguments or base**exp % mod with 3 arguments.\n\nSome types, such as ints, are able to use a more efficient algorithm when\ninvoked using the three argument form.",
    ),
    MethodDef::new(
        "print",
        NativeFn::Any(print::print),
        "(*args, sep=' ', end='\\n', file=None, flush=False)",
        "Prints the values to a stream, or to sys.stdout by default.\n\n  sep\n    string inserted between values, default a space.\n  end\n    string appended after the last value, default a newline.\n  file\n    a file-like object (stream); defaults to the current sys.stdout.\n  flush\n    whether to forcibly flush the stream.",
    ),
    one(
        "repr",
        object::repr,
        "(obj, /)",
        "Return the canonical string representation of the object.\n\nFor many object types, including most builtins, eval() will return\nthe same value.",
    ),
    MethodDef::new(
        "round",
        NativeFn::Keywords { params: &[Param::required("number"), Param::optional("ndigits")], func: number::round },
        "(number, ndigits=None)",
        "Round a number to a given precision in decimal digits.\n\nThe return value is an integer if ndigits is omitted or None.  Otherwise\nthe return value has the same type as the number.  ndigits may be negative.",
    ),
    some(
        "setattr",
        3,
        3,
        object::setattr,
        "(obj, name, value, /)",
        "Sets the named attribute on the given object to the specified value.\n\nsetattr(x, 'y', v) is equivalent to ``x.y = v``",
    ),
    MethodDef::new(
        "sorted",
        NativeFn::Any(collect::sorted),
        "(iterable, /, *, key=None, reverse=False)",
        "Return a new list containing all items from the iterable in ascending order.\n\nA custom key function can be supplied to customize the sort order, and the\nreverse flag can be set to request the result in descending order.",
    ),
    MethodDef::new(
        "sum",
        NativeFn::Keywords {
            params: &[Param::required("iterable").pos_only(), Param::optional("start")],
            func: collect::sum,
        },
        "(iterable, /, start=0)",
        "Return the sum of a 'start' value (default: 0) plus an iterable of numbers\n\nWhen the iterable is empty, return the start value.\nThis function is intended specifically for use with numeric values and may\nreject non-numeric types.",
    ),
    some("vars", 0, 1, object::vars, "", "Show vars."),
];

/// The types by name.
static TYPES: &[&TypeSpec] = &[
    &types::object::SPEC,
    &types::type_::SPEC,
    &types::bool::SPEC,
    &types::int::SPEC,
    &types::float::SPEC,
    &types::complex::SPEC,
    &types::str::SPEC,
    &types::bytes::SPEC,
    &types::list::SPEC,
    &types::tuple::SPEC,
    &types::dict::SPEC,
    &types::set::SPEC,
    &types::frozenset::SPEC,
    &types::range::SPEC,
    &types::slice::SPEC,
    &types::lazy::ENUMERATE,
    &types::lazy::ZIP,
    &types::lazy::MAP,
    &types::lazy::FILTER,
    &types::sequence_iter::REVERSED,
    &types::property::SPEC,
    &types::staticmethod::SPEC,
    &types::classmethod::SPEC,
    &types::super_::SPEC,
    &exception::BASE_EXCEPTION,
];

static DEF: NativeModuleDef = NativeModuleDef {
    name: "builtins",
    doc: "Built-in functions, types, exceptions, and other objects.\n\nThis module provides direct access to all 'built-in'\nidentifiers of Python; for example, builtins.len is\nthe full name for the built-in function len().\n\nThis module is not normally accessed explicitly by most\napplications, but can be useful in modules that provide\nobjects with the same name as a builtin and with values\nfor which the built-in of that name is also needed.",
    functions: FUNCTIONS,
    init,
};

fn init(rt: &Rt, module: &Obj) -> R<()> {
    for spec in TYPES.iter().chain(exception::ALL) {
        rt.add_global(module, spec.name, rt.spec_type(spec).as_obj());
    }
    for alias in ["EnvironmentError", "IOError"] {
        rt.add_global(module, alias, rt.spec_type(&exception::OS_ERROR).as_obj());
    }
    let constants = [
        ("None", Obj::none()),
        ("True", Obj::bool(true)),
        ("False", Obj::bool(false)),
        ("Ellipsis", Obj::ellipsis()),
        ("NotImplemented", Obj::not_implemented()),
        ("__debug__", Obj::bool(true)),
    ];
    for (name, value) in constants {
        rt.add_global(module, name, value);
    }
    Ok(())
}

/// The module, made anew.
pub fn make(rt: &Rt) -> Obj {
    match rt.make_native_module(&DEF) {
        Ok(module) => module,
        Err(_) => unreachable!("nothing in the module's initialisation fails"),
    }
}

/// Whether a value is the type `bool`.
pub fn is_bool_type(rt: &Rt, obj: &Obj) -> bool {
    obj.word() == rt.core_type(core_type::BOOL).word()
}
