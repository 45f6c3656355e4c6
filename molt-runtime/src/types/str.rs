//! `str`: slots, constructor and the table of methods; the methods are in `str/`, the algorithms in [`super::text`].
//!
//! Invariant: methods are called with a receiver of the type; the descriptors check it.

mod case;
pub(crate) mod codec;
mod find;
mod join;
mod pad;
mod split;
mod translate;

pub use case::{capitalize_ascii, swapcase_ascii, title_ascii};
pub use codec::{decode, encode, handler, name_argument, raise_decode};
pub use find::sub_and_range;

use super::spec::{CmpOp, MethodDef, NativeFn, Param, Slots, TypeSpec};
use super::text::{Text, chars, escape, search};
use crate::object::seq_iter::StrIterObject;
use crate::object::str::{self, StrObject};
use crate::object::types::in_runtime;
use crate::ops::call::Args;
use crate::ops::index::SliceParts;
use crate::ops::native_call::bind_keywords;
use crate::runtime::{R, Raised, Rt};
use crate::types::{bytes, exception, format};
use crate::value::Obj;
use molt_abi::layout::Kind;
use std::borrow::Cow;

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
    doc: "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\nCreate a new string object from the given object. If encoding or\nerrors is specified, then the object must expose a data buffer\nthat will be decoded using the given encoding and error handler.\nOtherwise, returns the result of object.__str__() (if defined)\nor repr(object).\nencoding defaults to sys.getdefaultencoding().\nerrors defaults to 'strict'.",
    slots: Slots {
        new: Some(new),
        repr: Some(|rt, a| Ok(str::from_buf(rt, escape::repr(view(a))))),
        str: Some(|rt, a| Ok(exact(rt, a))),
        hash: Some(|_, a| Ok(str::hash(a))),
        compare: Some(compare),
        len: Some(|_, a| Ok(view(a).len())),
        getitem: Some(getitem),
        contains: Some(contains),
        concat: Some(add),
        repeat: Some(repeat),
        rem: Some(rem),
        iter: Some(|rt, a| Ok(iter(rt, a))),
        ..Slots::EMPTY
    },
    methods: &[
        no_args("capitalize", case::capitalize, "Return a capitalized version of the string.\n\nMore specifically, make the first character have upper case and the rest lower\ncase."),
        no_args("casefold", case::casefold, "Return a version of the string suitable for caseless comparisons."),
        positional("center", (1, 2), pad::center, "($self, width, fillchar=' ', /)", "Return a centered string of length width.\n\nPadding is done using the specified fill character (default is a space)."),
        MethodDef::new("count", NativeFn::Any(find::count), "", "S.count(sub[, start[, end]]) -> int\n\nReturn the number of non-overlapping occurrences of substring sub in\nstring S[start:end].  Optional arguments start and end are\ninterpreted as in slice notation."),
        MethodDef::new(
            "encode",
            NativeFn::Keywords { params: &[Param::optional("encoding"), Param::optional("errors")], func: codec::encode_method },
            "($self, /, encoding='utf-8', errors='strict')",
            "Encode the string using the codec registered for encoding.\n\n  encoding\n    The encoding in which to encode the string.\n  errors\n    The error handling scheme to use for encoding errors.\n    The default is 'strict' meaning that encoding errors raise a\n    UnicodeEncodeError.  Other possible values are 'ignore', 'replace' and\n    'xmlcharrefreplace' as well as any other name registered with\n    codecs.register_error that can handle UnicodeEncodeErrors.",
        ),
        MethodDef::new("endswith", NativeFn::Any(find::endswith), "", "S.endswith(suffix[, start[, end]]) -> bool\n\nReturn True if S ends with the specified suffix, False otherwise.\nWith optional start, test S beginning at that position.\nWith optional end, stop comparing S at that position.\nsuffix can also be a tuple of strings to try."),
        MethodDef::new(
            "expandtabs",
            NativeFn::Keywords { params: &[Param::optional("tabsize")], func: pad::expandtabs },
            "($self, /, tabsize=8)",
            "Return a copy where all tab characters are expanded using spaces.\n\nIf tabsize is not given, a tab size of 8 characters is assumed.",
        ),
        MethodDef::new("find", NativeFn::Any(find::find), "", "S.find(sub[, start[, end]]) -> int\n\nReturn the lowest index in S where substring sub is found,\nsuch that sub is contained within S[start:end].  Optional\narguments start and end are interpreted as in slice notation.\n\nReturn -1 on failure."),
        MethodDef::new("format", NativeFn::Any(format::brace::format_method), "", "S.format(*args, **kwargs) -> str\n\nReturn a formatted version of S, using substitutions from args and kwargs.\nThe substitutions are identified by braces ('{' and '}')."),
        MethodDef::new("format_map", NativeFn::One(format::brace::format_map), "", "S.format_map(mapping) -> str\n\nReturn a formatted version of S, using substitutions from mapping.\nThe substitutions are identified by braces ('{' and '}')."),
        MethodDef::new("index", NativeFn::Any(find::index), "", "S.index(sub[, start[, end]]) -> int\n\nReturn the lowest index in S where substring sub is found,\nsuch that sub is contained within S[start:end].  Optional\narguments start and end are interpreted as in slice notation.\n\nRaises ValueError when the substring is not found."),
        no_args("isalnum", |_, a| Ok(all(a, chars::is_alnum)), "Return True if the string is an alpha-numeric string, False otherwise.\n\nA string is alpha-numeric if all characters in the string are alpha-numeric and\nthere is at least one character in the string."),
        no_args("isalpha", |_, a| Ok(all(a, chars::is_alpha)), "Return True if the string is an alphabetic string, False otherwise.\n\nA string is alphabetic if all characters in the string are alphabetic and there\nis at least one character in the string."),
        no_args("isascii", |_, a| Ok(Obj::bool(view(a).is_ascii())), "Return True if all characters in the string are ASCII, False otherwise.\n\nASCII characters have code points in the range U+0000-U+007F.\nEmpty string is ASCII too."),
        no_args("isdecimal", |_, a| Ok(all(a, chars::is_decimal)), "Return True if the string is a decimal string, False otherwise.\n\nA string is a decimal string if all characters in the string are decimal and\nthere is at least one character in the string."),
        no_args("isdigit", |_, a| Ok(all(a, chars::is_digit)), "Return True if the string is a digit string, False otherwise.\n\nA string is a digit string if all characters in the string are digits and there\nis at least one character in the string."),
        no_args("isidentifier", is_identifier, "Return True if the string is a valid Python identifier, False otherwise.\n\nCall keyword.iskeyword(s) to test whether string s is a reserved identifier,\nsuch as \"def\" or \"class\"."),
        no_args("islower", |_, a| Ok(case::is_all(a, chars::is_lower, |cp| chars::is_upper(cp) || chars::is_title(cp))), "Return True if the string is a lowercase string, False otherwise.\n\nA string is lowercase if all cased characters in the string are lowercase and\nthere is at least one cased character in the string."),
        no_args("isnumeric", |_, a| Ok(all(a, chars::is_numeric)), "Return True if the string is a numeric string, False otherwise.\n\nA string is numeric if all characters in the string are numeric and there is at\nleast one character in the string."),
        no_args("isprintable", |_, a| Ok(Obj::bool(view(a).iter().all(chars::is_printable))), "Return True if the string is printable, False otherwise.\n\nA string is printable if all of its characters are considered printable in\nrepr() or if it is empty."),
        no_args("isspace", |_, a| Ok(all(a, chars::is_space)), "Return True if the string is a whitespace string, False otherwise.\n\nA string is whitespace if all characters in the string are whitespace and there\nis at least one character in the string."),
        no_args("istitle", |_, a| Ok(Obj::bool(super::text::case::is_title(view(a)))), "Return True if the string is a title-cased string, False otherwise.\n\nIn a title-cased string, upper- and title-case characters may only\nfollow uncased characters and lowercase characters only cased ones."),
        no_args("isupper", |_, a| Ok(case::is_all(a, chars::is_upper, |cp| chars::is_lower(cp) || chars::is_title(cp))), "Return True if the string is an uppercase string, False otherwise.\n\nA string is uppercase if all cased characters in the string are uppercase and\nthere is at least one cased character in the string."),
        MethodDef::new("join", NativeFn::One(join::join), "($self, iterable, /)", "Concatenate any number of strings.\n\nThe string whose method is called is inserted in between each given string.\nThe result is returned as a new string.\n\nExample: '.'.join(['ab', 'pq', 'rs']) -> 'ab.pq.rs'"),
        positional("ljust", (1, 2), pad::ljust, "($self, width, fillchar=' ', /)", "Return a left-justified string of length width.\n\nPadding is done using the specified fill character (default is a space)."),
        no_args("lower", case::lower, "Return a copy of the string converted to lowercase."),
        positional("lstrip", (0, 1), split::lstrip, "($self, chars=None, /)", "Return a copy of the string with leading whitespace removed.\n\nIf chars is given and not None, remove characters in chars instead."),
        positional("maketrans", (1, 3), translate::maketrans, "", "Return a translation table usable for str.translate().\n\nIf there is only one argument, it must be a dictionary mapping Unicode\nordinals (integers) or characters to Unicode ordinals, strings or None.\nCharacter keys will be then converted to ordinals.\nIf there are two arguments, they must be strings of equal length, and\nin the resulting dictionary, each character in x will be mapped to the\ncharacter at the same position in y. If there is a third argument, it\nmust be a string, whose characters will be mapped to None in the result.").stat(),
        MethodDef::new("partition", NativeFn::One(split::partition), "($self, sep, /)", "Partition the string into three parts using the given separator.\n\nThis will search for the separator in the string.  If the separator is found,\nreturns a 3-tuple containing the part before the separator, the separator\nitself, and the part after it.\n\nIf the separator is not found, returns a 3-tuple containing the original string\nand two empty strings."),
        MethodDef::new("removeprefix", NativeFn::One(find::removeprefix), "($self, prefix, /)", "Return a str with the given prefix string removed if present.\n\nIf the string starts with the prefix string, return string[len(prefix):].\nOtherwise, return a copy of the original string."),
        MethodDef::new("removesuffix", NativeFn::One(find::removesuffix), "($self, suffix, /)", "Return a str with the given suffix string removed if present.\n\nIf the string ends with the suffix string and that suffix is not empty,\nreturn string[:-len(suffix)]. Otherwise, return a copy of the original\nstring."),
        positional("replace", (2, 3), find::replace, "($self, old, new, count=-1, /)", "Return a copy with all occurrences of substring old replaced by new.\n\n  count\n    Maximum number of occurrences to replace.\n    -1 (the default value) means replace all occurrences.\n\nIf the optional argument count is given, only the first count occurrences are\nreplaced."),
        MethodDef::new("rfind", NativeFn::Any(find::rfind), "", "S.rfind(sub[, start[, end]]) -> int\n\nReturn the highest index in S where substring sub is found,\nsuch that sub is contained within S[start:end].  Optional\narguments start and end are interpreted as in slice notation.\n\nReturn -1 on failure."),
        MethodDef::new("rindex", NativeFn::Any(find::rindex), "", "S.rindex(sub[, start[, end]]) -> int\n\nReturn the highest index in S where substring sub is found,\nsuch that sub is contained within S[start:end].  Optional\narguments start and end are interpreted as in slice notation.\n\nRaises ValueError when the substring is not found."),
        positional("rjust", (1, 2), pad::rjust, "($self, width, fillchar=' ', /)", "Return a right-justified string of length width.\n\nPadding is done using the specified fill character (default is a space)."),
        MethodDef::new("rpartition", NativeFn::One(split::rpartition), "($self, sep, /)", "Partition the string into three parts using the given separator.\n\nThis will search for the separator in the string, starting at the end. If\nthe separator is found, returns a 3-tuple containing the part before the\nseparator, the separator itself, and the part after it.\n\nIf the separator is not found, returns a 3-tuple containing two empty strings\nand the original string."),
        MethodDef::new(
            "rsplit",
            NativeFn::Keywords { params: &[Param::optional("sep"), Param::optional("maxsplit")], func: split::rsplit },
            "($self, /, sep=None, maxsplit=-1)",
            "Return a list of the substrings in the string, using sep as the separator string.\n\n  sep\n    The separator used to split the string.\n\n    When set to None (the default value), will split on any whitespace\n    character (including \\n \\r \\t \\f and spaces) and will discard\n    empty strings from the result.\n  maxsplit\n    Maximum number of splits.\n    -1 (the default value) means no limit.\n\nSplitting starts at the end of the string and works to the front.",
        ),
        positional("rstrip", (0, 1), split::rstrip, "($self, chars=None, /)", "Return a copy of the string with trailing whitespace removed.\n\nIf chars is given and not None, remove characters in chars instead."),
        MethodDef::new(
            "split",
            NativeFn::Keywords { params: &[Param::optional("sep"), Param::optional("maxsplit")], func: split::split },
            "($self, /, sep=None, maxsplit=-1)",
            "Return a list of the substrings in the string, using sep as the separator string.\n\n  sep\n    The separator used to split the string.\n\n    When set to None (the default value), will split on any whitespace\n    character (including \\n \\r \\t \\f and spaces) and will discard\n    empty strings from the result.\n  maxsplit\n    Maximum number of splits.\n    -1 (the default value) means no limit.\n\nSplitting starts at the front of the string and works to the end.\n\nNote, str.split() is mainly useful for data that has been intentionally\ndelimited.  With natural text that includes punctuation, consider using\nthe regular expression module.",
        ),
        MethodDef::new(
            "splitlines",
            NativeFn::Keywords { params: &[Param::optional("keepends")], func: split::splitlines },
            "($self, /, keepends=False)",
            "Return a list of the lines in the string, breaking at line boundaries.\n\nLine breaks are not included in the resulting list unless keepends is given and\ntrue.",
        ),
        MethodDef::new("startswith", NativeFn::Any(find::startswith), "", "S.startswith(prefix[, start[, end]]) -> bool\n\nReturn True if S starts with the specified prefix, False otherwise.\nWith optional start, test S beginning at that position.\nWith optional end, stop comparing S at that position.\nprefix can also be a tuple of strings to try."),
        positional("strip", (0, 1), split::strip, "($self, chars=None, /)", "Return a copy of the string with leading and trailing whitespace removed.\n\nIf chars is given and not None, remove characters in chars instead."),
        no_args("swapcase", case::swapcase, "Convert uppercase characters to lowercase and lowercase characters to uppercase."),
        no_args("title", case::title, "Return a version of the string where each word is titlecased.\n\nMore specifically, words start with uppercased characters and all remaining\ncased characters have lower case."),
        MethodDef::new("translate", NativeFn::One(translate::translate), "($self, table, /)", "Replace each character in the string using the given translation table.\n\n  table\n    Translation table, which must be a mapping of Unicode ordinals to\n    Unicode ordinals, strings, or None.\n\nThe table must implement lookup/indexing via __getitem__, for instance a\ndictionary or list.  If this operation raises LookupError, the character is\nleft untouched.  Characters mapped to None are deleted."),
        no_args("upper", case::upper, "Return a copy of the string converted to uppercase."),
        MethodDef::new("zfill", NativeFn::One(pad::zfill), "($self, width, /)", "Pad a numeric string with zeros on the left, to fill a field of the given width.\n\nThe string is never truncated."),
        MethodDef::new("__format__", NativeFn::One(format::str_method), "($self, format_spec, /)", "Return a formatted version of the string as described by format_spec."),
        no_args("__getnewargs__", |rt, a| Ok(rt.tuple(vec![exact(rt, a)])), ""),
        no_args("__sizeof__", size_of_str, "Return the size of the string in memory, in bytes."),
    ],
    ..TypeSpec::new("str", Kind::Str)
};

/// The text of a receiver, which the descriptor has checked.
#[inline]
pub fn view(obj: &Obj) -> Text<'_> {
    str::get(obj).map_or(Text::EMPTY, StrObject::view)
}

/// The string itself, as an exact `str`.
pub fn exact(rt: &Rt, obj: &Obj) -> Obj {
    if obj.is_exact(Kind::Str) { obj.clone() } else { str::from_text(rt, view(obj)) }
}

/// A part of a string; all of it is the string itself.
fn part(rt: &Rt, obj: &Obj, range: std::ops::Range<usize>) -> Obj {
    let text = view(obj);
    if range.len() == text.len() {
        return exact(rt, obj);
    }
    str::from_text(rt, text.slice(range))
}

/// A `str` argument: "must be str, not int".
fn needle<'a>(rt: &Rt, arg: &'a Obj) -> R<Text<'a>> {
    match str::get(arg) {
        Some(s) => Ok(s.view()),
        None => Err(rt.type_error(format_args!("must be str, not {}", rt.type_name(arg)))),
    }
}

/// A `str` argument of a method: "removeprefix() argument must be str, not int".
fn argument<'a>(rt: &Rt, what: &str, arg: &'a Obj) -> R<Text<'a>> {
    match str::get(arg) {
        Some(s) => Ok(s.view()),
        None => Err(rt.type_error(format_args!("{what} must be str, not {}", rt.type_name(arg)))),
    }
}

#[cold]
fn no_memory(rt: &Rt) -> Raised {
    rt.raise_with(&exception::MEMORY_ERROR, Vec::new())
}

/// ASCII for number parsing: Unicode digits and spaces as ASCII ones, anything else as `?`.
pub fn ascii_number(text: Text<'_>) -> Cow<'_, [u8]> {
    match text {
        Text::Ascii(bytes) => Cow::Borrowed(bytes),
        _ => Cow::Owned(
            text.iter()
                .map(|cp| match cp {
                    0..0x80 => cp as u8,
                    _ if chars::is_space(cp) => b' ',
                    _ => chars::decimal_value(cp).map_or(b'?', |digit| b'0' + digit as u8),
                })
                .collect(),
        ),
    }
}

fn all(a: &Obj, holds: fn(u32) -> bool) -> Obj {
    let text = view(a);
    Obj::bool(!text.is_empty() && text.iter().all(holds))
}

fn is_identifier(_: &Rt, a: &Obj) -> R {
    let mut points = view(a).iter();
    let start = points.next().is_some_and(chars::is_identifier_start);
    Ok(Obj::bool(start && points.all(chars::is_identifier_continue)))
}

fn new(rt: &Rt, cls: &Obj, args: Args<'_>) -> R {
    let exact_class = cls.word() == rt.kind_type(Kind::Str).word();
    let result = match (args.positional(), args.has_keywords()) {
        ([], false) => rt.empty_str(),
        ([obj], false) => rt.to_str(obj)?,
        _ => {
            let params = [Param::optional("object"), Param::optional("encoding"), Param::optional("errors")];
            let mut given = [None; 3];
            bind_keywords(rt, "str", &params, args, &mut given)?;
            match given {
                [None, None, None] => rt.empty_str(),
                [Some(obj), None, None] => rt.to_str(obj)?,
                [obj, encoding, errors] => {
                    let encoding = codec::name_argument(rt, "str() argument 'encoding'", encoding)?;
                    let errors = codec::name_argument(rt, "str() argument 'errors'", errors)?;
                    let Some(obj) = obj else { return Ok(rt.empty_str()) };
                    if obj.is_kind(Kind::Str) {
                        return Err(rt.type_error(format_args!("decoding str is not supported")));
                    }
                    let Some(data) = bytes::data(obj) else {
                        return Err(rt.type_error(format_args!(
                            "decoding to str: need a bytes-like object, {} found",
                            rt.type_name(obj)
                        )));
                    };
                    decode(rt, data, encoding.as_deref(), errors.as_deref())?
                }
            }
        }
    };
    if exact_class {
        return Ok(result);
    }
    Ok(str::from_text_as(rt, in_runtime(rt, cls), view(&result)))
}

fn compare(_: &Rt, a: &Obj, b: &Obj, op: CmpOp) -> R {
    if !a.is_kind(Kind::Str) || !b.is_kind(Kind::Str) {
        return Ok(Obj::not_implemented());
    }
    Ok(Obj::bool(holds(a, b, op)))
}

/// Whether the operator holds for two strings.
#[inline]
pub fn holds(a: &Obj, b: &Obj, op: CmpOp) -> bool {
    match op {
        CmpOp::Eq => str::equal(a, b),
        CmpOp::Ne => !str::equal(a, b),
        _ if a.is(b) => op.holds(std::cmp::Ordering::Equal),
        _ => op.holds(view(a).compare(view(b))),
    }
}

fn getitem(rt: &Rt, a: &Obj, key: &Obj) -> R {
    let text = view(a);
    if let Some(n) = key.as_small_int() {
        return item(rt, text, n);
    }
    if key.is_kind(Kind::Slice) {
        return Ok(slice(rt, a, rt.slice_parts(key)?));
    }
    if !rt.has_index(key) {
        return Err(rt.type_error(format_args!("string indices must be integers, not '{}'", rt.type_name(key))));
    }
    item(rt, text, rt.index_i64_or(key, &exception::INDEX_ERROR)?)
}

/// The characters that a slice selects.
#[inline]
pub fn slice(rt: &Rt, a: &Obj, parts: SliceParts) -> Obj {
    let text = view(a);
    let positions = parts.clamp(text.len());
    if positions.step == 1 {
        let start = positions.start as usize;
        return part(rt, a, start..start + positions.count);
    }
    str::from_buf(rt, positions.iter().map(|n| text.at(n)).collect())
}

/// The character at an index that may count from the end.
#[inline]
pub fn item(rt: &Rt, text: Text<'_>, index: i64) -> R {
    let at = if index < 0 { index + text.len() as i64 } else { index };
    if at < 0 || at >= text.len() as i64 {
        return Err(rt.index_error(format_args!("string index out of range")));
    }
    Ok(char_str(rt, text.at(at as usize)))
}

/// The string of one code point.
#[inline]
pub fn char_str(rt: &Rt, cp: u32) -> Obj {
    match cp {
        0..0x100 => rt.latin1_char(cp as u8),
        0x100..0x1_0000 => str::from_text(rt, Text::Two(&[cp as u16])),
        _ => str::from_text(rt, Text::Four(&[cp])),
    }
}

fn contains(rt: &Rt, a: &Obj, item: &Obj) -> R<bool> {
    match str::get(item) {
        Some(needle) => Ok(search::find(view(a), needle.view()).is_some()),
        None => {
            Err(rt
                .type_error(format_args!("'in <string>' requires string as left operand, not {}", rt.type_name(item))))
        }
    }
}

/// `a + b`.
pub fn add(rt: &Rt, a: &Obj, b: &Obj) -> R {
    let (Some(x), Some(y)) = (str::get(a), str::get(b)) else {
        return Err(rt.type_error(format_args!("can only concatenate str (not \"{}\") to str", rt.type_name(b))));
    };
    if x.is_empty() && b.is_exact(Kind::Str) {
        return Ok(b.clone());
    }
    if y.is_empty() && a.is_exact(Kind::Str) {
        return Ok(a.clone());
    }
    Ok(str::from_two(rt, x.view(), y.view()))
}

fn repeat(rt: &Rt, a: &Obj, times: i64) -> R {
    let text = view(a);
    let times = usize::try_from(times).unwrap_or(0);
    match times {
        0 => return Ok(rt.empty_str()),
        1 => return Ok(exact(rt, a)),
        _ => {}
    }
    match text.len().checked_mul(times).and_then(|n| n.checked_mul(text.width())) {
        Some(size) => rt.check_size(size)?,
        None => return Err(no_memory(rt)),
    }
    if let Text::Ascii(unit) = text {
        return Ok(str::from_text(rt, Text::Ascii(&unit.repeat(times))));
    }
    Ok(str::from_parts(rt, std::iter::repeat_n(text, times)))
}

fn rem(rt: &Rt, a: &Obj, b: &Obj) -> R {
    if !a.is_kind(Kind::Str) {
        return Ok(Obj::not_implemented());
    }
    format::percent::format_str(rt, a, b)
}

/// CPython's size of the compact form.
fn size_of_str(rt: &Rt, a: &Obj) -> R {
    let text = view(a);
    let header = if text.is_ascii() { 40 } else { 56 };
    Ok(rt.int((header + (text.len() + 1) * text.width()) as i64))
}

/// `chr(code)`, a `str`: "chr() arg not in range(0x110000)".
pub fn chr(rt: &Rt, code: &Obj) -> R {
    match code.as_small_int() {
        Some(n @ 0..=0x10_FFFF) => return Ok(char_str(rt, n as u32)),
        Some(n) if i32::try_from(n).is_ok() => {}
        _ => {
            let n = rt.index_i32(code)?;
            if (0..=0x10_FFFF).contains(&n) {
                return Ok(char_str(rt, n as u32));
            }
        }
    }
    Err(rt.value_error(format_args!("chr() arg not in range(0x110000)")))
}

/// `ord(c)`.
pub fn ord(rt: &Rt, obj: &Obj) -> R {
    let len = match (str::get(obj), bytes::data(obj)) {
        (Some(s), _) => {
            if s.len() == 1 {
                return Ok(rt.int(i64::from(s.view().at(0))));
            }
            s.len()
        }
        (None, Some(data)) => {
            if let [b] = data {
                return Ok(rt.int(i64::from(*b)));
            }
            data.len()
        }
        _ => {
            return Err(
                rt.type_error(format_args!("ord() expected string of length 1, but {} found", rt.type_name(obj)))
            );
        }
    };
    Err(rt.type_error(format_args!("ord() expected a character, but string of length {len} found")))
}

/// The strings one after the other: the parts of an f-string.
pub fn concat(rt: &Rt, parts: &[Obj]) -> Obj {
    str::concat(rt, parts)
}

const ITER_SLOTS: Slots = Slots { iter: Some(|_, a| Ok(a.clone())), next: Some(iter_next), ..Slots::EMPTY };
const ITER_METHODS: &[MethodDef] = &[MethodDef::new(
    "__length_hint__",
    NativeFn::NoArgs(iter_left),
    "",
    "Private method returning an estimate of len(list(it)).",
)];

/// The type of iterators over the characters of a string.
pub static ITER_SPEC: TypeSpec =
    TypeSpec { slots: ITER_SLOTS, methods: ITER_METHODS, ..TypeSpec::new("str_iterator", Kind::StrIter) };

/// The type of iterators over ASCII strings; CPython names it differently.
pub static ASCII_ITER_SPEC: TypeSpec =
    TypeSpec { slots: ITER_SLOTS, methods: ITER_METHODS, ..TypeSpec::new("str_ascii_iterator", Kind::StrIter) };

fn iter(rt: &Rt, a: &Obj) -> Obj {
    let spec = if view(a).is_ascii() { &ASCII_ITER_SPEC } else { &ITER_SPEC };
    StrIterObject::with_type(rt, rt.spec_type(spec), a)
}

fn iter_next(rt: &Rt, it: &Obj) -> R<Option<Obj>> {
    Ok(next_char(rt, it.expect::<StrIterObject>()))
}

/// The next character of an iterator.
#[inline]
pub fn next_char(rt: &Rt, it: &StrIterObject) -> Option<Obj> {
    let at = it.index.get() as usize;
    let char = it.with_seq(|string| {
        let text = view(string);
        (at < text.len()).then(|| char_str(rt, text.at(at)))
    })?;
    match char {
        Some(_) => it.index.set(at as u64 + 1),
        None => it.seq.set(None),
    }
    char
}

fn iter_left(rt: &Rt, it: &Obj) -> R {
    let it = it.expect::<StrIterObject>();
    let len = it.with_seq(|s| view(s).len()).unwrap_or(0);
    Ok(rt.int(len.saturating_sub(it.index.get() as usize) as i64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(rt: &Rt, receiver: &Obj, method: &str, args: &[Obj]) -> String {
        let shown = |r: Obj| match crate::object::tuple::items(&r) {
            Some(items) => {
                items.iter().map(|i| rt.repr_text(i)).collect::<R<Vec<_>>>().map(|t| format!("({})", t.join(", ")))
            }
            None => rt.repr_text(&r),
        };
        match rt.get_attr_text(receiver, method).and_then(|m| rt.call(&m, args)).and_then(shown) {
            Ok(text) => text,
            Err(_) => {
                let exc = rt.take_exception().unwrap_or(Obj::none());
                format!("{}: {}", rt.type_name(&exc), rt.str_text(&exc).unwrap_or_default())
            }
        }
    }

    #[test]
    fn methods_through_the_type() {
        let rt = Rt::new();
        let s = |text: &str| rt.str(text);
        for (receiver, method, args, expected) in [
            ("héllo", "upper", vec![], "'HÉLLO'"),
            ("a,b,c", "rpartition", vec![s(",")], "('a,b', ',', 'c')"),
            ("a", "find", vec![rt.int(1)], "TypeError: must be str, not int"),
            ("a", "find", vec![], "TypeError: find() takes at least 1 argument (0 given)"),
            ("a", "center", vec![rt.int(5), s("é")], "'ééaéé'"),
            ("-", "join", vec![rt.tuple(vec![s("a"), s("€")])], "'a-€'"),
            (
                "{:>5}|{0!r}",
                "format",
                vec![s("x")],
                "ValueError: cannot switch from automatic field numbering to manual field specification",
            ),
            ("{:>5}|{!r}", "format", vec![s("x"), s("y")], "\"    x|'y'\""),
            ("%5.1f|%s", "__mod__", vec![rt.tuple(vec![Obj::float(2.25), Obj::none()])], "'  2.2|None'"),
            (
                "é",
                "encode",
                vec![s("ascii")],
                "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128)",
            ),
            ("é", "encode", vec![], "b'\\xc3\\xa9'"),
            ("aXb", "partition", vec![s("X")], "('a', 'X', 'b')"),
            ("abc", "__getitem__", vec![rt.int(-1)], "'c'"),
            ("abc", "__getitem__", vec![rt.int(3)], "IndexError: string index out of range"),
            ("ab", "__mul__", vec![rt.int(3)], "'ababab'"),
            ("ab", "__contains__", vec![s("b")], "True"),
            ("x\ty", "expandtabs", vec![rt.int(4)], "'x   y'"),
        ] {
            assert_eq!(call(&rt, &s(receiver), method, &args), expected, "{receiver} {method}");
        }
    }

    #[test]
    fn numbers_through_the_type() {
        let rt = Rt::new();
        for (receiver, method, args, expected) in [
            (rt.int(255), "to_bytes", vec![rt.int(2)], "b'\\x00\\xff'"),
            (rt.int(7), "__pow__", vec![rt.int(-1)], "0.14285714285714285"),
            (rt.int(1 << 60), "__mul__", vec![rt.int(1 << 60)], "1329227995784915872903807060280344576"),
            (rt.int(1234567), "__format__", vec![rt.str(",d")], "'1,234,567'"),
            (rt.int(25), "__round__", vec![rt.int(-1)], "20"),
            (rt.int(1), "__floordiv__", vec![rt.int(0)], "ZeroDivisionError: integer division or modulo by zero"),
            (Obj::float(2.5), "__round__", vec![], "2"),
            (Obj::float(0.75), "as_integer_ratio", vec![], "(3, 4)"),
            (Obj::float(1e300), "__mul__", vec![Obj::float(1e300)], "inf"),
            (Obj::float(1.5), "__lt__", vec![rt.int(2)], "True"),
            (Obj::bool(true), "__and__", vec![Obj::bool(false)], "False"),
            (Obj::bool(true), "__add__", vec![rt.int(1)], "2"),
            (bytes::new(&rt, b"abc"), "hex", vec![rt.str(":")], "'61:62:63'"),
            (bytes::new(&rt, b"a-b"), "partition", vec![bytes::new(&rt, b"-")], "(b'a', b'-', b'b')"),
        ] {
            assert_eq!(call(&rt, &receiver, method, &args), expected, "{method}");
        }
    }
}
