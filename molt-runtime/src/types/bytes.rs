//! `bytes`: slots, constructor and the table of methods; the methods are in `bytes/`.
//!
//! Invariant: methods are called with a receiver of the type; the descriptors check it.

mod convert;
mod find;
mod shape;

pub use crate::object::bytes::{data, new};

use super::spec::{CmpOp, MethodDef, NativeFn, Param, Slots, TypeSpec};
use super::text::{escape, search};
use super::{exception, format, number};
use crate::object::bytes::{BytesObject, with_type};
use crate::object::int;
use crate::object::native::{self, Payload};
use crate::object::str;
use crate::object::types::in_runtime;
use crate::ops::call::Args;
use crate::ops::index::SliceParts;
use crate::ops::native_call::bind_keywords;
use crate::runtime::{R, Rt};
use crate::types::number::IntRef;
use crate::value::Obj;
use molt_abi::layout::Kind;
use std::cell::Cell;

const fn no_args(name: &'static str, func: fn(&Rt, &Obj) -> R, doc: &'static str) -> MethodDef {
    MethodDef::new(name, NativeFn::NoArgs(func), "($self, /)", doc)
}

const fn positional(
    name: &'static str,
    (min, max): (usize, usize),
    func: fn(&Rt, &Obj, &[Obj]) -> R,
    signature: &'static str,
    doc: &'static str,
) -> MethodDef {
    MethodDef::new(name, NativeFn::Positional { min, max, func }, signature, doc)
}

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    subclassable: true,
    doc: "bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> bytes\nbytes(bytes_or_buffer) -> immutable copy of bytes_or_buffer\nbytes(int) -> bytes object of size given by the parameter initialized with null bytes\nbytes() -> empty bytes object\n\nConstruct an immutable array of bytes from:\n  - an iterable yielding integers in range(256)\n  - a text string encoded using the specified encoding\n  - any object implementing the buffer API.\n  - an integer",
    slots: Slots {
        new: Some(construct),
        repr: Some(repr),
        hash: Some(hash_of),
        compare: Some(compare),
        len: Some(|_, a| Ok(receiver(a).len())),
        getitem: Some(getitem),
        contains: Some(contains),
        concat: Some(concat),
        repeat: Some(repeat),
        rem: Some(rem),
        iter: Some(iter),
        ..Slots::EMPTY
    },
    methods: &[
        no_args("__bytes__", |rt, a| Ok(exact(rt, a)), "Convert this value to exact type bytes."),
        no_args("__getnewargs__", |rt, a| Ok(rt.tuple(vec![exact(rt, a)])), ""),
        no_args("capitalize", convert::capitalize, "B.capitalize() -> copy of B\n\nReturn a copy of B with only its first character capitalized (ASCII)\nand the rest lower-cased."),
        positional("center", (1, 2), shape::center, "($self, width, fillchar=b' ', /)", "Return a centered string of length width.\n\nPadding is done using the specified fill character."),
        MethodDef::new("count", NativeFn::Any(find::count), "", "B.count(sub[, start[, end]]) -> int\n\nReturn the number of non-overlapping occurrences of subsection sub in\nbytes B[start:end].  Optional arguments start and end are interpreted\nas in slice notation."),
        MethodDef::new(
            "decode",
            NativeFn::Keywords { params: &[Param::optional("encoding"), Param::optional("errors")], func: convert::decode },
            "($self, /, encoding='utf-8', errors='strict')",
            "Decode the bytes using the codec registered for encoding.",
        ),
        MethodDef::new("endswith", NativeFn::Any(find::endswith), "", "B.endswith(suffix[, start[, end]]) -> bool\n\nReturn True if B ends with the specified suffix, False otherwise.\nWith optional start, test B beginning at that position.\nWith optional end, stop comparing B at that position.\nsuffix can also be a tuple of bytes to try."),
        MethodDef::new("expandtabs", NativeFn::Keywords { params: &[Param::optional("tabsize")], func: shape::expandtabs }, "($self, /, tabsize=8)", "Return a copy where all tab characters are expanded using spaces.\n\nIf tabsize is not given, a tab size of 8 characters is assumed."),
        MethodDef::new("find", NativeFn::Any(find::find), "", "B.find(sub[, start[, end]]) -> int\n\nReturn the lowest index in B where subsection sub is found,\nsuch that sub is contained within B[start,end].  Optional\narguments start and end are interpreted as in slice notation.\n\nReturn -1 on failure."),
        MethodDef::new("fromhex", NativeFn::One(convert::fromhex), "($type, string, /)", "Create a bytes object from a string of hexadecimal numbers.\n\nSpaces between two numbers are accepted.\nExample: bytes.fromhex('B9 01EF') -> b'\\\\xb9\\\\x01\\\\xef'.").class(),
        MethodDef::new(
            "hex",
            NativeFn::Keywords { params: &[Param::optional("sep"), Param::optional("bytes_per_sep")], func: convert::hex },
            "($self, /, sep=<unrepresentable>, bytes_per_sep=1)",
            "Create a string of hexadecimal numbers from a bytes object.",
        ),
        MethodDef::new("index", NativeFn::Any(find::index), "", "B.index(sub[, start[, end]]) -> int\n\nReturn the lowest index in B where subsection sub is found,\nsuch that sub is contained within B[start,end].  Optional\narguments start and end are interpreted as in slice notation.\n\nRaises ValueError when the subsection is not found."),
        no_args("isalnum", |_, a| Ok(all(a, u8::is_ascii_alphanumeric)), "B.isalnum() -> bool\n\nReturn True if all characters in B are alphanumeric\nand there is at least one character in B, False otherwise."),
        no_args("isalpha", |_, a| Ok(all(a, u8::is_ascii_alphabetic)), "B.isalpha() -> bool\n\nReturn True if all characters in B are alphabetic\nand there is at least one character in B, False otherwise."),
        no_args("isascii", |_, a| Ok(Obj::bool(receiver(a).is_ascii())), "B.isascii() -> bool\n\nReturn True if B is empty or all characters in B are ASCII,\nFalse otherwise."),
        no_args("isdigit", |_, a| Ok(all(a, u8::is_ascii_digit)), "B.isdigit() -> bool\n\nReturn True if all characters in B are digits\nand there is at least one character in B, False otherwise."),
        no_args("islower", |_, a| Ok(cased(a, u8::is_ascii_lowercase, u8::is_ascii_uppercase)), "B.islower() -> bool\n\nReturn True if all cased characters in B are lowercase and there is\nat least one cased character in B, False otherwise."),
        no_args("isspace", |_, a| Ok(all(a, is_space)), "B.isspace() -> bool\n\nReturn True if all characters in B are whitespace\nand there is at least one character in B, False otherwise."),
        no_args("istitle", convert::istitle, "B.istitle() -> bool\n\nReturn True if B is a titlecased string and there is at least one\ncharacter in B, i.e. uppercase characters may only follow uncased\ncharacters and lowercase characters only cased ones. Return False\notherwise."),
        no_args("isupper", |_, a| Ok(cased(a, u8::is_ascii_uppercase, u8::is_ascii_lowercase)), "B.isupper() -> bool\n\nReturn True if all cased characters in B are uppercase and there is\nat least one cased character in B, False otherwise."),
        MethodDef::new("join", NativeFn::One(shape::join), "($self, iterable_of_bytes, /)", "Concatenate any number of bytes objects.\n\nThe bytes whose method is called is inserted in between each pair.\n\nThe result is returned as a new bytes object.\n\nExample: b'.'.join([b'ab', b'pq', b'rs']) -> b'ab.pq.rs'."),
        positional("ljust", (1, 2), shape::ljust, "($self, width, fillchar=b' ', /)", "Return a left-justified string of length width.\n\nPadding is done using the specified fill character."),
        no_args("lower", |rt, a| Ok(new(rt, &receiver(a).to_ascii_lowercase())), "B.lower() -> copy of B\n\nReturn a copy of B with all ASCII characters converted to lowercase."),
        positional("lstrip", (0, 1), shape::lstrip, "($self, bytes=None, /)", "Strip leading bytes contained in the argument.\n\nIf the argument is omitted or None, strip leading  ASCII whitespace."),
        positional("maketrans", (2, 2), convert::maketrans, "(frm, to, /)", "Return a translation table useable for the bytes or bytearray translate method.\n\nThe returned table will be one where each byte in frm is mapped to the byte at\nthe same position in to.\n\nThe bytes objects frm and to must be of the same length.").stat(),
        MethodDef::new("partition", NativeFn::One(shape::partition), "($self, sep, /)", "Partition the bytes into three parts using the given separator.\n\nThis will search for the separator sep in the bytes. If the separator is found,\nreturns a 3-tuple containing the part before the separator, the separator\nitself, and the part after it.\n\nIf the separator is not found, returns a 3-tuple containing the original bytes\nobject and two empty bytes objects."),
        MethodDef::new("removeprefix", NativeFn::One(find::removeprefix), "($self, prefix, /)", "Return a bytes object with the given prefix string removed if present.\n\nIf the bytes starts with the prefix string, return bytes[len(prefix):].\nOtherwise, return a copy of the original bytes."),
        MethodDef::new("removesuffix", NativeFn::One(find::removesuffix), "($self, suffix, /)", "Return a bytes object with the given suffix string removed if present.\n\nIf the bytes ends with the suffix string and that suffix is not empty,\nreturn bytes[:-len(prefix)].  Otherwise, return a copy of the original\nbytes."),
        positional("replace", (2, 3), find::replace, "($self, old, new, count=-1, /)", "Return a copy with all occurrences of substring old replaced by new.\n\n  count\n    Maximum number of occurrences to replace.\n    -1 (the default value) means replace all occurrences.\n\nIf the optional argument count is given, only the first count occurrences are\nreplaced."),
        MethodDef::new("rfind", NativeFn::Any(find::rfind), "", "B.rfind(sub[, start[, end]]) -> int\n\nReturn the highest index in B where subsection sub is found,\nsuch that sub is contained within B[start,end].  Optional\narguments start and end are interpreted as in slice notation.\n\nReturn -1 on failure."),
        MethodDef::new("rindex", NativeFn::Any(find::rindex), "", "B.rindex(sub[, start[, end]]) -> int\n\nReturn the highest index in B where subsection sub is found,\nsuch that sub is contained within B[start,end].  Optional\narguments start and end are interpreted as in slice notation.\n\nRaise ValueError when the subsection is not found."),
        positional("rjust", (1, 2), shape::rjust, "($self, width, fillchar=b' ', /)", "Return a right-justified string of length width.\n\nPadding is done using the specified fill character."),
        MethodDef::new("rpartition", NativeFn::One(shape::rpartition), "($self, sep, /)", "Partition the bytes into three parts using the given separator.\n\nThis will search for the separator sep in the bytes, starting at the end. If\nthe separator is found, returns a 3-tuple containing the part before the\nseparator, the separator itself, and the part after it.\n\nIf the separator is not found, returns a 3-tuple containing two empty bytes\nobjects and the original bytes object."),
        MethodDef::new("rsplit", NativeFn::Keywords { params: &[Param::optional("sep"), Param::optional("maxsplit")], func: shape::rsplit }, "($self, /, sep=None, maxsplit=-1)", "Return a list of the sections in the bytes, using sep as the delimiter.\n\n  sep\n    The delimiter according which to split the bytes.\n    None (the default value) means split on ASCII whitespace characters\n    (space, tab, return, newline, formfeed, vertical tab).\n  maxsplit\n    Maximum number of splits to do.\n    -1 (the default value) means no limit.\n\nSplitting is done starting at the end of the bytes and working to the front."),
        positional("rstrip", (0, 1), shape::rstrip, "($self, bytes=None, /)", "Strip trailing bytes contained in the argument.\n\nIf the argument is omitted or None, strip trailing ASCII whitespace."),
        MethodDef::new("split", NativeFn::Keywords { params: &[Param::optional("sep"), Param::optional("maxsplit")], func: shape::split }, "($self, /, sep=None, maxsplit=-1)", "Return a list of the sections in the bytes, using sep as the delimiter.\n\n  sep\n    The delimiter according which to split the bytes.\n    None (the default value) means split on ASCII whitespace characters\n    (space, tab, return, newline, formfeed, vertical tab).\n  maxsplit\n    Maximum number of splits to do.\n    -1 (the default value) means no limit."),
        MethodDef::new("splitlines", NativeFn::Keywords { params: &[Param::optional("keepends")], func: shape::splitlines }, "($self, /, keepends=False)", "Return a list of the lines in the bytes, breaking at line boundaries.\n\nLine breaks are not included in the resulting list unless keepends is given and\ntrue."),
        MethodDef::new("startswith", NativeFn::Any(find::startswith), "", "B.startswith(prefix[, start[, end]]) -> bool\n\nReturn True if B starts with the specified prefix, False otherwise.\nWith optional start, test B beginning at that position.\nWith optional end, stop comparing B at that position.\nprefix can also be a tuple of bytes to try."),
        positional("strip", (0, 1), shape::strip, "($self, bytes=None, /)", "Strip leading and trailing bytes contained in the argument.\n\nIf the argument is omitted or None, strip leading and trailing ASCII whitespace."),
        no_args("swapcase", convert::swapcase, "B.swapcase() -> copy of B\n\nReturn a copy of B with uppercase ASCII characters converted\nto lowercase ASCII and vice versa."),
        no_args("title", convert::title, "B.title() -> copy of B\n\nReturn a titlecased version of B, i.e. ASCII words start with uppercase\ncharacters, all remaining cased characters have lowercase."),
        MethodDef::new(
            "translate",
            NativeFn::Keywords { params: &[Param::required("table").pos_only(), Param::optional("delete")], func: convert::translate },
            "($self, table, /, delete=b'')",
            "Return a copy with each character mapped by the given translation table.\n\n  table\n    Translation table, which must be a bytes object of length 256.\n\nAll characters occurring in the optional argument delete are removed.\nThe remaining characters are mapped through the given translation table.",
        ),
        no_args("upper", |rt, a| Ok(new(rt, &receiver(a).to_ascii_uppercase())), "B.upper() -> copy of B\n\nReturn a copy of B with all ASCII characters converted to uppercase."),
        MethodDef::new("zfill", NativeFn::One(shape::zfill), "($self, width, /)", "Pad a numeric string with zeros on the left, to fill a field of the given width.\n\nThe original string is never truncated."),
    ],
    ..TypeSpec::new("bytes", Kind::Bytes)
};

/// The data of a receiver, which the descriptor has checked.
fn receiver(obj: &Obj) -> &[u8] {
    data(obj).unwrap_or_default()
}

/// The value itself, as an exact `bytes`.
fn exact(rt: &Rt, obj: &Obj) -> Obj {
    if obj.is_exact(Kind::Bytes) { obj.clone() } else { new(rt, receiver(obj)) }
}

/// A bytes-like argument: "a bytes-like object is required, not 'str'".
fn argument<'a>(rt: &Rt, arg: &'a Obj) -> R<&'a [u8]> {
    match data(arg) {
        Some(data) => Ok(data),
        None => Err(rt.type_error(format_args!("a bytes-like object is required, not '{}'", rt.type_name(arg)))),
    }
}

/// White space of `bytes`: ASCII, without the separators that `str` counts.
fn is_space(b: &u8) -> bool {
    matches!(b, b' ' | b'\t'..=b'\r')
}

fn all(a: &Obj, holds: fn(&u8) -> bool) -> Obj {
    let data = receiver(a);
    Obj::bool(!data.is_empty() && data.iter().all(holds))
}

fn cased(a: &Obj, wanted: fn(&u8) -> bool, other: fn(&u8) -> bool) -> Obj {
    let data = receiver(a);
    Obj::bool(data.iter().any(wanted) && !data.iter().any(other))
}

fn repr(rt: &Rt, a: &Obj) -> R {
    let mut out = super::text::TextBuf::from("b");
    out.push_text(escape::bytes_repr(receiver(a)).view());
    Ok(str::from_buf(rt, out))
}

fn hash_of(rt: &Rt, a: &Obj) -> R<i64> {
    let Some(fields) = a.cast::<BytesObject>() else { return Ok(0) };
    if fields.hash.get() == 0 {
        fields.hash.set(number::hash::bytes(rt.hash_key(), fields.data()));
    }
    Ok(fields.hash.get())
}

fn compare(_: &Rt, a: &Obj, b: &Obj, op: CmpOp) -> R {
    match (data(a), data(b)) {
        (Some(x), Some(y)) => Ok(Obj::bool(op.holds(x.cmp(y)))),
        _ => Ok(Obj::not_implemented()),
    }
}

fn getitem(rt: &Rt, a: &Obj, key: &Obj) -> R {
    let data = receiver(a);
    if key.is_kind(Kind::Slice) {
        return Ok(slice(rt, a, rt.slice_parts(key)?));
    }
    if !rt.has_index(key) {
        return Err(rt.type_error(format_args!("byte indices must be integers or slices, not {}", rt.type_name(key))));
    }
    let n = rt.index_i64_or(key, &exception::INDEX_ERROR)?;
    let at = if n < 0 { n.saturating_add(data.len() as i64) } else { n };
    match usize::try_from(at).ok().and_then(|at| data.get(at)) {
        Some(&b) => Ok(rt.int(i64::from(b))),
        None => Err(rt.index_error(format_args!("index out of range"))),
    }
}

/// The bytes that a slice selects.
#[inline]
pub fn slice(rt: &Rt, a: &Obj, parts: SliceParts) -> Obj {
    let data = receiver(a);
    let positions = parts.clamp(data.len());
    if positions.step == 1 {
        let start = positions.start as usize;
        return new(rt, &data[start..start + positions.count]);
    }
    new(rt, &positions.iter().map(|n| data[n]).collect::<Vec<_>>())
}

fn contains(rt: &Rt, a: &Obj, item: &Obj) -> R<bool> {
    if let Some(needle) = data(item) {
        return Ok(search::bytes_find(receiver(a), needle).is_some());
    }
    match rt.index_opt(item)? {
        Some(n) => Ok(receiver(a).contains(&byte(rt, &n, "byte")?)),
        None => Err(rt.type_error(format_args!("a bytes-like object is required, not '{}'", rt.type_name(item)))),
    }
}

/// An int from 0 to 255: "byte must be in range(0, 256)".
fn byte(rt: &Rt, n: &Obj, what: &str) -> R<u8> {
    match int::value(n) {
        Some(IntRef::Small(n @ 0..=255)) => Ok(n as u8),
        _ => Err(rt.value_error(format_args!("{what} must be in range(0, 256)"))),
    }
}

fn concat(rt: &Rt, a: &Obj, b: &Obj) -> R {
    match (data(a), data(b)) {
        (Some(x), Some(y)) => Ok(new(rt, &[x, y].concat())),
        _ => Err(rt.type_error(format_args!("can't concat {} to {}", rt.type_name(b), rt.type_name(a)))),
    }
}

fn repeat(rt: &Rt, a: &Obj, times: i64) -> R {
    let data = receiver(a);
    let times = usize::try_from(times).unwrap_or(0);
    if times == 1 {
        return Ok(exact(rt, a));
    }
    match data.len().checked_mul(times) {
        Some(size) => rt.check_size(size)?,
        None => return Err(rt.raise_with(&exception::MEMORY_ERROR, Vec::new())),
    }
    Ok(new(rt, &data.repeat(times)))
}

fn rem(rt: &Rt, a: &Obj, b: &Obj) -> R {
    match data(a) {
        Some(template) => Ok(new(rt, &format::percent::format_bytes(rt, template, b)?)),
        None => Ok(Obj::not_implemented()),
    }
}

fn construct(rt: &Rt, cls: &Obj, args: Args<'_>) -> R {
    let params = [Param::optional("source"), Param::optional("encoding"), Param::optional("errors")];
    let mut given = [None; 3];
    bind_keywords(rt, "bytes", &params, args, &mut given)?;
    let [source, encoding, errors] = given;
    let encoding = super::str::name_argument(rt, "bytes() argument 'encoding'", encoding)?;
    let errors = super::str::name_argument(rt, "bytes() argument 'errors'", errors)?;
    let ty = in_runtime(rt, cls);
    let is_exact = ty.is(rt.kind_type(Kind::Bytes));
    let made = match source {
        None if encoding.is_some() || errors.is_some() => {
            let which = if encoding.is_some() { "encoding" } else { "errors" };
            return Err(rt.type_error(format_args!("{which} without a string argument")));
        }
        None => Vec::new(),
        Some(text) if text.is_kind(Kind::Str) => {
            let Some(encoding) = encoding else {
                return Err(rt.type_error(format_args!("string argument without an encoding")));
            };
            super::str::encode(rt, text, Some(&encoding), errors.as_deref())?
        }
        Some(_) if encoding.is_some() || errors.is_some() => {
            let which = if encoding.is_some() { "encoding" } else { "errors" };
            return Err(rt.type_error(format_args!("{which} without a string argument")));
        }
        Some(source) => {
            if is_exact && source.is_exact(Kind::Bytes) {
                return Ok(source.clone());
            }
            match rt.call_special(source, &rt.names().__bytes__, &[])? {
                Some(result) if data(&result).is_some() => receiver(&result).to_vec(),
                Some(result) => {
                    return Err(
                        rt.type_error(format_args!("__bytes__ returned non-bytes (type {})", rt.type_name(&result)))
                    );
                }
                None => match rt.index_opt(source)? {
                    Some(_) => {
                        let count = rt.index_i64(source)?;
                        let Ok(count) = usize::try_from(count) else {
                            return Err(rt.value_error(format_args!("negative count")));
                        };
                        rt.check_size(count)?;
                        vec![0; count]
                    }
                    None => from_object(rt, source)?,
                },
            }
        }
    };
    Ok(with_type(rt, ty, &made))
}

/// The bytes of a bytes-like object, of what has `__bytes__`, or of an iterable of ints.
pub fn from_object(rt: &Rt, source: &Obj) -> R<Vec<u8>> {
    if let Some(data) = data(source) {
        return Ok(data.to_vec());
    }
    if let Some(result) = rt.call_special(source, &rt.names().__bytes__, &[])?
        && let Some(data) = data(&result)
    {
        return Ok(data.to_vec());
    }
    let iterates = {
        let ty = rt.type_of(source);
        ty.slots.iter.get().is_some() || ty.slots.getitem.get().is_some()
    };
    if source.is_kind(Kind::Str) || !iterates {
        return Err(rt.type_error(format_args!("cannot convert '{}' object to bytes", rt.type_name(source))));
    }
    let mut out = Vec::new();
    rt.for_each(source, |item| {
        let n = rt.index(&item)?;
        out.push(byte(rt, &n, "bytes")?);
        Ok(())
    })?;
    Ok(out)
}

/// An iterator over the values of a `bytes`.
pub struct BytesIter {
    source: crate::object::field::ObjCell,
    next: Cell<usize>,
}

impl Payload for BytesIter {
    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        self.source.traverse(visit);
    }
}

/// The iterator's type.
pub static ITER_SPEC: TypeSpec = TypeSpec {
    slots: Slots { iter: Some(|_, a| Ok(a.clone())), next: Some(iter_next), ..Slots::EMPTY },
    methods: &[MethodDef::new(
        "__length_hint__",
        NativeFn::NoArgs(iter_left),
        "",
        "Private method returning an estimate of len(list(it)).",
    )],
    ..TypeSpec::native("bytes_iterator", BytesIter::VTABLE)
};

fn iter(rt: &Rt, a: &Obj) -> R {
    let payload = BytesIter { source: crate::object::field::ObjCell::new(Some(a.clone())), next: Cell::new(0) };
    Ok(native::new(rt, rt.spec_type(&ITER_SPEC), payload))
}

fn iter_next(rt: &Rt, it: &Obj) -> R<Option<Obj>> {
    let it = native::expect::<BytesIter>(it);
    let Some(source) = it.source.get() else { return Ok(None) };
    let at = it.next.get();
    match receiver(&source).get(at) {
        Some(&b) => {
            it.next.set(at + 1);
            Ok(Some(rt.int(i64::from(b))))
        }
        None => {
            it.source.set(None);
            Ok(None)
        }
    }
}

fn iter_left(rt: &Rt, it: &Obj) -> R {
    let it = native::expect::<BytesIter>(it);
    let len = it.source.get().map_or(0, |s| receiver(&s).len());
    Ok(rt.int(len.saturating_sub(it.next.get()) as i64))
}
