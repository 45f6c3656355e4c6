//! `str` as in PEP 393: code points of 1, 2 or 4 bytes in line, the narrowest width that fits.
//!
//! Invariants: immutable after creation, so its data may be borrowed for the life of a handle; the width is minimal; the
//! ASCII flag says that all code points are below 128; lone surrogates are legal.

use super::header::{Header, Layout};
use super::types::TypeObject;
use crate::heap;
use crate::runtime::Rt;
use crate::types::text::{Text, TextBuf, units};
use crate::value::Obj;
use molt_abi::layout::{Kind, header, str as offsets};
use std::borrow::Cow;
use std::cell::Cell;

/// A string; the code points follow.
#[repr(C)]
pub struct StrObject {
    header: Header,
    /// Changes only while the string grows in place, when no other handle exists.
    len: Cell<u64>,
    hash: Cell<u64>,
}

const _: () = {
    assert!(std::mem::offset_of!(StrObject, len) == offsets::LEN as usize);
    assert!(std::mem::offset_of!(StrObject, hash) == offsets::HASH as usize);
    assert!(size_of::<StrObject>() == offsets::DATA as usize);
};

// SAFETY: `repr(C)`, starts with a header, and is the only layout of its kind.
unsafe impl Layout for StrObject {
    const KIND: Kind = Kind::Str;

    fn body_size(&self) -> usize {
        size_of::<StrObject>() + self.len.get() as usize * self.width()
    }
}

impl Drop for StrObject {
    fn drop(&mut self) {
        if self.header.has(header::FLAG_INTERNED) {
            self.header.ty().rt().forget_interned(std::ptr::from_ref(self) as u64, self.code_points());
        }
    }
}

/// The code points of a string at their width.
#[derive(Debug, Clone, Copy)]
pub enum CodePoints<'a> {
    /// All below 256.
    One(&'a [u8]),
    /// All below 65536, at least one not below 256.
    Two(&'a [u16]),
    /// At least one not below 65536.
    Four(&'a [u32]),
}

impl<'a> CodePoints<'a> {
    /// Number of code points.
    pub fn len(self) -> usize {
        match self {
            CodePoints::One(d) => d.len(),
            CodePoints::Two(d) => d.len(),
            CodePoints::Four(d) => d.len(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The code point at an index below the length.
    #[inline]
    pub fn at(self, index: usize) -> u32 {
        match self {
            CodePoints::One(d) => u32::from(d[index]),
            CodePoints::Two(d) => u32::from(d[index]),
            CodePoints::Four(d) => d[index],
        }
    }

    /// The code points in order.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = u32> + ExactSizeIterator + 'a {
        (0..self.len()).map(move |n| self.at(n))
    }
}

impl StrObject {
    #[inline(always)]
    fn width(&self) -> usize {
        1 << (self.header.meta() >> header::STR_WIDTH_SHIFT & 3)
    }

    /// Number of code points.
    #[inline]
    pub fn len(&self) -> usize {
        self.len.get() as usize
    }

    /// Whether the string is empty.
    pub fn is_empty(&self) -> bool {
        self.len.get() == 0
    }

    /// Whether all code points are below 128.
    #[inline]
    pub fn is_ascii(&self) -> bool {
        self.header.has(header::FLAG_ASCII)
    }

    /// The code points.
    #[inline]
    pub fn code_points(&self) -> CodePoints<'_> {
        let data = std::ptr::from_ref(self).wrapping_add(1);
        let len = self.len.get() as usize;
        // SAFETY: `len` code points of the width follow the structure; the data is 16-byte aligned and never changes.
        unsafe {
            match self.width() {
                1 => CodePoints::One(std::slice::from_raw_parts(data.cast::<u8>(), len)),
                2 => CodePoints::Two(std::slice::from_raw_parts(data.cast::<u16>(), len)),
                _ => CodePoints::Four(std::slice::from_raw_parts(data.cast::<u32>(), len)),
            }
        }
    }

    /// The code points with their range, as the text algorithms take them.
    #[inline]
    pub fn view(&self) -> Text<'_> {
        match self.code_points() {
            CodePoints::One(units) if self.is_ascii() => Text::Ascii(units),
            CodePoints::One(units) => Text::Latin1(units),
            CodePoints::Two(units) => Text::Two(units),
            CodePoints::Four(units) => Text::Four(units),
        }
    }

    /// The memory of the code points: what is hashed.
    #[inline]
    pub fn memory(&self) -> &[u8] {
        let data = std::ptr::from_ref(self).wrapping_add(1).cast::<u8>();
        // SAFETY: `len` code points of the width follow the structure, initialised and immutable.
        unsafe { std::slice::from_raw_parts(data, self.len.get() as usize * self.width()) }
    }

    /// The text of an ASCII string.
    #[inline]
    pub fn as_ascii(&self) -> Option<&str> {
        match self.code_points() {
            // SAFETY: the flag says that all bytes are below 128, which makes them UTF-8.
            CodePoints::One(bytes) if self.is_ascii() => Some(unsafe { std::str::from_utf8_unchecked(bytes) }),
            _ => None,
        }
    }

    /// The text; lone surrogates become U+FFFD.
    pub fn text(&self) -> Cow<'_, str> {
        match self.as_ascii() {
            Some(text) => Cow::Borrowed(text),
            None => Cow::Owned(
                self.code_points().iter().map(|c| char::from_u32(c).unwrap_or(char::REPLACEMENT_CHARACTER)).collect(),
            ),
        }
    }

    /// The cached hash; 0 = not computed.
    pub fn cached_hash(&self) -> u64 {
        self.hash.get()
    }

    /// Caches the hash.
    pub fn cache_hash(&self, hash: u64) {
        self.hash.set(hash);
    }
}

/// The fields of a string (or an instance of a subclass).
#[inline]
pub fn get(obj: &Obj) -> Option<&StrObject> {
    obj.cast::<StrObject>()
}

/// The text of a string; lone surrogates become U+FFFD. Empty for other objects.
pub fn to_string(obj: &Obj) -> String {
    get(obj).map_or_else(String::new, |s| s.text().into_owned())
}

/// A string of text.
pub fn new(rt: &Rt, text: &str) -> Obj {
    if text.is_ascii() {
        return from_latin1(rt, text.as_bytes());
    }
    let points: Vec<u32> = text.chars().map(u32::from).collect();
    from_code_points(rt, &points)
}

/// A string of code points below 256.
pub fn from_latin1(rt: &Rt, bytes: &[u8]) -> Obj {
    with_type(rt, rt.kind_type(Kind::Str), CodePoints::One(bytes))
}

/// A string of any code points (surrogates included), at the narrowest width.
pub fn from_code_points(rt: &Rt, points: &[u32]) -> Obj {
    let ty = rt.kind_type(Kind::Str);
    let max = points.iter().copied().max().unwrap_or(0);
    if max < 0x100 {
        let narrow: Vec<u8> = points.iter().map(|c| *c as u8).collect();
        with_type(rt, ty, CodePoints::One(&narrow))
    } else if max < 0x1_0000 {
        let narrow: Vec<u16> = points.iter().map(|c| *c as u16).collect();
        with_type(rt, ty, CodePoints::Two(&narrow))
    } else {
        with_type(rt, ty, CodePoints::Four(points))
    }
}

/// A string of `str` or a subclass. The width of `data` must be minimal for its code points.
pub fn with_type(rt: &Rt, ty: &TypeObject, data: CodePoints<'_>) -> Obj {
    let (len, bytes, width, ascii) = match data {
        CodePoints::One(d) => (d.len(), d.len(), 0, d.is_ascii()),
        CodePoints::Two(d) => (d.len(), d.len() * 2, 1, false),
        CodePoints::Four(d) => (d.len(), d.len() * 4, 2, false),
    };
    let from = match data {
        CodePoints::One(d) => d.as_ptr(),
        CodePoints::Two(d) => d.as_ptr().cast::<u8>(),
        CodePoints::Four(d) => d.as_ptr().cast::<u8>(),
    };
    // SAFETY: the tail has exactly the bytes of the code points.
    unsafe {
        heap::alloc_with_tail(
            rt,
            ty,
            bytes,
            |header| {
                header.set_flag(width << header::STR_WIDTH_SHIFT | if ascii { header::FLAG_ASCII } else { 0 });
                StrObject { header, len: Cell::new(len as u64), hash: Cell::new(0) }
            },
            |tail| std::ptr::copy_nonoverlapping(from, tail, bytes),
        )
    }
}

/// log2 of the bytes per code point, and whether all are ASCII.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Ascii,
    One,
    Two,
    Four,
}

impl Class {
    /// The narrowest class of a text, which may be part of a wider one.
    #[inline]
    fn of(text: Text<'_>) -> Class {
        fn seen<U: units::Unit>(data: &[U]) -> Class {
            match data.iter().fold(0, |seen, &u| seen | u.into()) {
                0..0x80 => Class::Ascii,
                0x80..0x100 => Class::One,
                0x100..0x1_0000 => Class::Two,
                _ => Class::Four,
            }
        }
        match text {
            Text::Ascii(_) => Class::Ascii,
            Text::Latin1(data) if data.is_ascii() => Class::Ascii,
            Text::Latin1(_) => Class::One,
            Text::Two(data) => seen(data),
            Text::Four(data) => seen(data),
        }
    }

    fn shift(self) -> u32 {
        match self {
            Class::Ascii | Class::One => 0,
            Class::Two => 1,
            Class::Four => 2,
        }
    }
}

/// Copies units into memory of another width.
///
/// # Safety
/// `to` has room for the units, which fit the width.
unsafe fn copy_units<A: units::Unit, B: units::Unit>(from: &[A], to: *mut B) {
    for (n, &unit) in from.iter().enumerate() {
        // SAFETY: `n` is below the number of units, for which there is room.
        unsafe { to.add(n).write(B::narrow(unit.into())) }
    }
}

/// # Safety
/// As [`copy_units`].
unsafe fn copy_text(from: Text<'_>, class: Class, to: *mut u8) {
    // SAFETY: the caller vouches for the room; the data of a string is 16-byte aligned, and so is each code point.
    unsafe {
        match (from, class) {
            (Text::Ascii(units) | Text::Latin1(units), Class::Ascii | Class::One) => {
                std::ptr::copy_nonoverlapping(units.as_ptr(), to, units.len());
            }
            (Text::Ascii(units) | Text::Latin1(units), Class::Two) => copy_units(units, to.cast::<u16>()),
            (Text::Ascii(units) | Text::Latin1(units), Class::Four) => copy_units(units, to.cast::<u32>()),
            (Text::Two(units), Class::Ascii | Class::One) => copy_units(units, to),
            (Text::Two(units), Class::Two) => copy_units(units, to.cast::<u16>()),
            (Text::Two(units), Class::Four) => copy_units(units, to.cast::<u32>()),
            (Text::Four(units), Class::Ascii | Class::One) => copy_units(units, to),
            (Text::Four(units), Class::Two) => copy_units(units, to.cast::<u16>()),
            (Text::Four(units), Class::Four) => copy_units(units, to.cast::<u32>()),
        }
    }
}

/// The texts one after the other as a `str`; the caller has checked that the result fits memory.
pub fn from_parts<'a>(rt: &Rt, parts: impl Iterator<Item = Text<'a>> + Clone) -> Obj {
    let (mut len, mut class) = (0, Class::Ascii);
    for part in parts.clone() {
        len += part.len();
        class = class.max(Class::of(part));
    }
    if len == 0 {
        return rt.empty_str();
    }
    make(rt, rt.kind_type(Kind::Str), len, class, None, parts)
}

/// A text as a `str`; one code point below 256 is a shared object.
#[inline]
pub fn from_text(rt: &Rt, text: Text<'_>) -> Obj {
    match text {
        Text::Ascii(units) => from_ascii(rt, units),
        Text::Latin1(&[unit]) => rt.latin1_char(unit),
        _ => from_parts(rt, std::iter::once(text)),
    }
}

/// Bytes below 128 as a `str`; one of them is a shared object.
#[inline]
pub(crate) fn from_ascii(rt: &Rt, units: &[u8]) -> Obj {
    debug_assert!(units.is_ascii());
    match units {
        [] => rt.empty_str(),
        [unit] => rt.latin1_char(*unit),
        // SAFETY: as many bytes are written as there is room for.
        _ => unsafe { ascii(rt, units.len(), |tail| copy_bytes(units.as_ptr(), tail, units.len())) },
    }
}

/// A fresh ASCII `str` whose code points `fill` writes.
///
/// # Safety
/// `fill` writes `len` bytes below 128.
#[inline]
unsafe fn ascii(rt: &Rt, len: usize, fill: impl FnOnce(*mut u8)) -> Obj {
    let init = |header: Header| {
        header.set_flag(header::FLAG_ASCII);
        StrObject { header, len: Cell::new(len as u64), hash: Cell::new(0) }
    };
    // SAFETY: the tail has `len` bytes, which the caller's function writes.
    unsafe { heap::alloc_with_tail(rt, rt.kind_type(Kind::Str), len, init, fill) }
}

/// Copies bytes; a few of them, the common case of string pieces, without a call.
///
/// # Safety
/// As `copy_nonoverlapping`.
#[inline(always)]
unsafe fn copy_bytes(from: *const u8, to: *mut u8, len: usize) {
    // SAFETY: each access lies within the `len` bytes; two overlapping halves cover them all.
    unsafe {
        match len {
            8..=16 => {
                let (head, tail) =
                    (from.cast::<u64>().read_unaligned(), from.add(len - 8).cast::<u64>().read_unaligned());
                to.cast::<u64>().write_unaligned(head);
                to.add(len - 8).cast::<u64>().write_unaligned(tail);
            }
            4..=7 => {
                let (head, tail) =
                    (from.cast::<u32>().read_unaligned(), from.add(len - 4).cast::<u32>().read_unaligned());
                to.cast::<u32>().write_unaligned(head);
                to.add(len - 4).cast::<u32>().write_unaligned(tail);
            }
            1..=3 => {
                let (a, b, c) = (*from, *from.add(len / 2), *from.add(len - 1));
                *to = a;
                *to.add(len / 2) = b;
                *to.add(len - 1) = c;
            }
            0 => {}
            _ => std::ptr::copy_nonoverlapping(from, to, len),
        }
    }
}

/// ASCII strings, at least two, with an ASCII separator between them; nothing when one is something else.
pub fn join_ascii(rt: &Rt, separator: &[u8], items: &[Obj]) -> Option<Obj> {
    let mut len = separator.len().checked_mul(items.len().checked_sub(2)? + 1)?;
    for item in items {
        len += get(item).filter(|s| s.is_ascii())?.len();
    }
    if len <= 1 || !separator.is_ascii() {
        return None;
    }
    // SAFETY: the parts have been counted, and strings do not change.
    Some(unsafe {
        ascii(rt, len, |mut tail| {
            for (n, s) in items.iter().filter_map(get).enumerate() {
                if n != 0 {
                    copy_bytes(separator.as_ptr(), tail, separator.len());
                    tail = tail.add(separator.len());
                }
                copy_bytes(s.memory().as_ptr(), tail, s.len());
                tail = tail.add(s.len());
            }
        })
    })
}

/// The strings one after the other as a `str`.
pub fn concat(rt: &Rt, parts: &[Obj]) -> Obj {
    let mut len = 0;
    for part in parts {
        match get(part) {
            Some(s) if s.is_ascii() => len += s.len(),
            _ => return from_parts(rt, parts.iter().filter_map(get).map(StrObject::view)),
        }
    }
    if len <= 1 {
        return from_parts(rt, parts.iter().filter_map(get).map(StrObject::view));
    }
    // SAFETY: the parts have been counted, and strings do not change.
    unsafe {
        ascii(rt, len, |mut tail| {
            for s in parts.iter().filter_map(get) {
                copy_bytes(s.memory().as_ptr(), tail, s.len());
                tail = tail.add(s.len());
            }
        })
    }
}

/// Two texts one after the other as a `str`; the caller has checked that neither is empty.
#[inline]
pub fn from_two(rt: &Rt, a: Text<'_>, b: Text<'_>) -> Obj {
    if let (Text::Ascii(x), Text::Ascii(y)) = (a, b) {
        // SAFETY: as many bytes are written as there is room for.
        return unsafe {
            ascii(rt, x.len() + y.len(), |tail| {
                copy_bytes(x.as_ptr(), tail, x.len());
                copy_bytes(y.as_ptr(), tail.add(x.len()), y.len());
            })
        };
    }
    from_parts(rt, [a, b].into_iter())
}

/// A text as an instance of `str` or a subclass, always fresh.
pub fn from_text_as(rt: &Rt, ty: &TypeObject, text: Text<'_>) -> Obj {
    make(rt, ty, text.len(), Class::of(text), None, std::iter::once(text))
}

/// A text under construction as a `str`.
pub fn from_buf(rt: &Rt, mut buf: TextBuf) -> Obj {
    from_text(rt, buf.view())
}

/// `a + b` where the caller gives up `a`: when nobody else holds it and it has room, it grows in place. A string that
/// is appended to again and again is moved to a cell with room to spare.
pub fn append(rt: &Rt, a: Obj, b: &Obj) -> Obj {
    let (Some(x), Some(y)) = (get(&a), get(b)) else { return a };
    if y.is_empty() {
        return a;
    }
    let (len, added) = (x.len(), y.len());
    const GROWS: u32 = header::EXACT_MASK | header::FLAG_ASCII | header::FLAG_INTERNED;
    const ASCII: u32 = Kind::Str as u32 | header::FLAG_ASCII;
    if x.header.rc() == 1
        && x.header.meta() & GROWS == ASCII
        && y.is_ascii()
        && size_of::<StrObject>() + len + added <= heap::capacity(&x.header)
    {
        // SAFETY: as below, with one byte for each code point.
        unsafe { copy_bytes(y.memory().as_ptr(), (a.word() as *mut u8).add(size_of::<StrObject>() + len), added) };
        x.len.set((len + added) as u64);
        x.hash.set(0);
        return a;
    }
    if len == 0 && a.is_exact(Kind::Str) && b.is_exact(Kind::Str) {
        return b.clone();
    }
    append_wide(rt, a, b)
}

#[inline(never)]
fn append_wide(rt: &Rt, a: Obj, b: &Obj) -> Obj {
    let (Some(x), Some(y)) = (get(&a), get(b)) else { return a };
    let (text, shift) = (y.view(), x.header.meta() >> header::STR_WIDTH_SHIFT & 3);
    let class = Class::of(text);
    if x.header.rc() != 1 || x.header.has(header::FLAG_INTERNED) || !a.is_exact(Kind::Str) || class.shift() > shift {
        return from_two(rt, x.view(), text);
    }
    let (len, added) = (x.len(), text.len());
    let needed = size_of::<StrObject>() + ((len + added) << shift);
    let both = match (class, x.is_ascii()) {
        (Class::Ascii, true) => Class::Ascii,
        _ if shift == 0 => Class::One,
        _ if shift == 1 => Class::Two,
        _ => Class::Four,
    };
    if needed > heap::capacity(&x.header) {
        let room = ((len + added) << shift) + (needed / 4).max(32);
        return make(rt, rt.kind_type(Kind::Str), len + added, both, Some(room), [x.view(), text].into_iter());
    }
    // SAFETY: the handle is the only one (and `b` another object, since `a` has one reference), so nobody borrows the
    // data; the cell has room for the added code points, which fit the width.
    unsafe {
        let tail = (a.word() as *mut u8).add(size_of::<StrObject>() + (len << shift));
        copy_text(text, both, tail);
    }
    x.len.set((len + added) as u64);
    x.hash.set(0);
    if both != Class::Ascii {
        x.header.clear_flag(header::FLAG_ASCII);
    }
    a
}

fn make<'a>(
    rt: &Rt,
    ty: &TypeObject,
    len: usize,
    class: Class,
    room: Option<usize>,
    parts: impl Iterator<Item = Text<'a>>,
) -> Obj {
    let flags = class.shift() << header::STR_WIDTH_SHIFT | if class == Class::Ascii { header::FLAG_ASCII } else { 0 };
    // SAFETY: the tail has `len` code points of the class, which is as many as the parts have together.
    unsafe {
        heap::alloc_with_tail(
            rt,
            ty,
            room.map_or(len << class.shift(), |room| room.max(len << class.shift())),
            |header| {
                header.set_flag(flags);
                StrObject { header, len: Cell::new(len as u64), hash: Cell::new(0) }
            },
            |mut tail| {
                let mut room = len;
                for part in parts {
                    // An iterator that yields other parts the second time must not write beyond the object.
                    assert!(part.len() <= room, "parts changed between two passes");
                    room -= part.len();
                    copy_text(part, class, tail);
                    tail = tail.add(part.len() << class.shift());
                }
                assert!(room == 0, "parts changed between two passes");
            },
        )
    }
}

/// Whether two strings have the same code points.
#[inline]
pub fn equal(a: &Obj, b: &Obj) -> bool {
    if a.is(b) {
        return true;
    }
    let (Some(a), Some(b)) = (get(a), get(b)) else { return false };
    // Widths are minimal, so different widths differ.
    const WIDTH: u32 = 3 << header::STR_WIDTH_SHIFT;
    if a.len.get() != b.len.get() || (a.header.meta() ^ b.header.meta()) & WIDTH != 0 {
        return false;
    }
    same_bytes(a.memory(), b.memory())
}

/// Whether two pieces of memory of one length are the same; short ones without a call.
#[inline(always)]
fn same_bytes(a: &[u8], b: &[u8]) -> bool {
    let len = a.len();
    debug_assert_eq!(len, b.len());
    let (p, q) = (a.as_ptr(), b.as_ptr());
    // SAFETY: each access lies within the `len` bytes of both; two overlapping halves cover them all.
    unsafe {
        match len {
            8..=16 => {
                let word = |at: *const u8| at.cast::<u64>().read_unaligned();
                (word(p) ^ word(q)) | (word(p.add(len - 8)) ^ word(q.add(len - 8))) == 0
            }
            4..=7 => {
                let word = |at: *const u8| at.cast::<u32>().read_unaligned();
                (word(p) ^ word(q)) | (word(p.add(len - 4)) ^ word(q.add(len - 4))) == 0
            }
            1..=3 => *p == *q && *p.add(len / 2) == *q.add(len / 2) && *p.add(len - 1) == *q.add(len - 1),
            0 => true,
            _ => a == b,
        }
    }
}

/// Whether two sequences of code points are the same. Widths are minimal, so different widths differ.
pub fn same(a: CodePoints<'_>, b: CodePoints<'_>) -> bool {
    match (a, b) {
        (CodePoints::One(a), CodePoints::One(b)) => a == b,
        (CodePoints::Two(a), CodePoints::Two(b)) => a == b,
        (CodePoints::Four(a), CodePoints::Four(b)) => a == b,
        _ => false,
    }
}

/// `hash` of a string: SipHash-1-3 of its memory, cached. 0 for other objects.
#[inline(always)]
pub fn hash(obj: &Obj) -> i64 {
    match get(obj) {
        Some(s) if s.cached_hash() != 0 => s.cached_hash() as i64,
        Some(s) => compute_hash(s),
        None => 0,
    }
}

#[inline(never)]
fn compute_hash(s: &StrObject) -> i64 {
    let hash = crate::types::number::hash::bytes(s.header.ty().rt().hash_key(), s.memory());
    s.cache_hash(hash as u64);
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn appending_grows_in_place_only_what_is_unshared() {
        let rt = Rt::new();
        let text = |o: &Obj| to_string(o);
        let mut s = rt.str("ab");
        for n in 0..2000 {
            let before = s.word();
            hash(&s);
            s = append(&rt, s, &rt.str(if n % 7 == 0 { "xé" } else { "xy" }));
            assert!(n < 20 || n % 500 != 499 || s.word() == before || get(&s).is_some_and(|o| o.len() > 900));
            assert_eq!(get(&s).map(StrObject::cached_hash), Some(0));
        }
        let expected: String =
            std::iter::once("ab").chain((0..2000).map(|n| if n % 7 == 0 { "xé" } else { "xy" })).collect();
        assert_eq!(text(&s), expected);
        assert!(equal(&s, &rt.str(&expected)));
        let kept = s.clone();
        let longer = append(&rt, s, &rt.str("!"));
        assert!(!longer.is(&kept) && get(&kept).map(StrObject::len) == get(&longer).map(|o| o.len() - 1));
        let wide = append(&rt, longer, &rt.str("€"));
        assert_eq!(text(&wide), format!("{expected}!€"));
        let wider = append(&rt, wide, &rt.str("a"));
        assert_eq!(text(&wider), format!("{expected}!€a"));
        assert!(rt.intern("name").is(&append(&rt, rt.intern("name"), &rt.str(""))));
        assert_eq!(text(&append(&rt, rt.intern("name"), &rt.str("d"))), "named");
        assert_eq!(text(&rt.intern("name")), "name");
    }
}
