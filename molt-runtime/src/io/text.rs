//! `TextIOWrapper`: a view of a stream in text.
//!
//! Invariants: `decoded` is WTF-8 with newlines already translated; bytes of a code point whose rest has not been read are
//! in `tail`. Nothing is decoded ahead while something is to be written.

use super::binary::{self, count_argument, seek_target, size_argument};
use super::error;
use super::open::unknown_encoding;
use super::std_streams::Std;
use super::stream::{BUFFER, Stream};
use crate::object::field::ObjCell;
use crate::object::list;
use crate::object::native::{self, Payload};
use crate::object::str::{self, CodePoints};
use crate::ops::call::Args;
use crate::ops::iter_self;
use crate::runtime::{R, Rt};
use crate::types::spec::{GetSetDef, MethodDef, NativeFn, Slots, TypeSpec};
use crate::types::str::codec;
use crate::types::text::codec::{Codec, Handler};
use crate::value::Obj;
use molt_abi::layout::Kind;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// How lines end, by the `newline` argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Newline {
    /// `None`: `\r` and `\r\n` are read as `\n`.
    Universal,
    /// `''`: any of the three ends a line, none is changed.
    Untranslated,
    /// `'\n'`, `'\r'` or `'\r\n'`.
    Only(&'static str),
}

/// What `open` was asked for.
pub struct Settings {
    /// `encoding`
    pub encoding: Option<String>,
    /// `errors`
    pub errors: Option<String>,
    /// `newline`
    pub newline: Option<String>,
    /// `mode`, as given.
    pub mode: String,
}

#[derive(Default)]
struct Decoded {
    text: Vec<u8>,
    at: usize,
    /// Undecoded bytes at the end of what was read.
    tail: Vec<u8>,
    /// A `\r` was read last, and a `\n` after it belongs to it.
    after_return: bool,
    done: bool,
}

/// A text view.
pub struct Text {
    stream: Rc<Stream>,
    name: Obj,
    raw_mode: &'static str,
    mode: String,
    encoding: RefCell<String>,
    codec: Cell<Codec>,
    errors: RefCell<String>,
    newline: Cell<Newline>,
    decoded: RefCell<Decoded>,
    buffer: ObjCell,
    /// Set while the file is iterated, when `tell` is not allowed.
    iterating: Cell<bool>,
    /// Which newlines were seen: 1 `\r`, 2 `\n`, 4 `\r\n`.
    seen: Cell<u8>,
    started: Cell<bool>,
}

impl Payload for Text {
    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        visit(&self.name);
        self.buffer.traverse(visit);
    }
}

const fn none(name: &'static str, func: fn(&Rt, &Obj) -> R, doc: &'static str) -> MethodDef {
    MethodDef::new(name, NativeFn::NoArgs(func), "", doc)
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

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    module: "_io",
    doc: "Character and line based layer over a BufferedIOBase object, buffer.",
    slots: Slots { repr: Some(repr), iter: Some(iter), next: Some(next), ..Slots::EMPTY },
    methods: &[
        none("__enter__", enter, ""),
        MethodDef::new("__exit__", NativeFn::Any(exit), "", ""),
        none(
            "close",
            close,
            "Flush and close the IO object.\n\nThis method has no effect if the file is already closed.",
        ),
        none("fileno", fileno, "Return underlying file descriptor if one exists."),
        none("flush", flush, "Flush write buffers, if applicable."),
        none("isatty", isatty, "Return whether this is an 'interactive' stream."),
        some("read", 0, 1, read, "Read at most n characters from stream."),
        none("readable", readable, "Return whether object was opened for reading."),
        some("readline", 0, 1, readline, "Read until newline or EOF."),
        some("readlines", 0, 1, readlines, "Return a list of lines from the stream."),
        MethodDef::new(
            "reconfigure",
            NativeFn::Any(reconfigure),
            "",
            "Reconfigure the text stream with new parameters.",
        ),
        some("seek", 1, 2, seek, "Change the stream position."),
        none("seekable", seekable, "Return whether object supports random access."),
        none("tell", tell, "Return the stream position as an opaque number."),
        some("truncate", 0, 1, truncate, "Truncate file to size bytes."),
        none("writable", writable, "Return whether object was opened for writing."),
        MethodDef::new("write", NativeFn::One(write), "($self, text, /)", "Write string s to stream."),
        MethodDef::new(
            "writelines",
            NativeFn::One(writelines),
            "($self, lines, /)",
            "Write a list of lines to stream.",
        ),
    ],
    getset: &[
        GetSetDef::read_only("buffer", buffer),
        GetSetDef::read_only("closed", |_, self_| Ok(Obj::bool(view(self_).stream.is_closed()))),
        GetSetDef::read_only("encoding", |rt, self_| Ok(rt.str(&view(self_).encoding.borrow()))),
        GetSetDef::read_only("errors", |rt, self_| Ok(rt.str(&view(self_).errors.borrow()))),
        GetSetDef::read_only("line_buffering", |_, self_| Ok(Obj::bool(view(self_).stream.line_buffered.get()))),
        GetSetDef::read_only("mode", |rt, self_| Ok(rt.str(&view(self_).mode))),
        GetSetDef::read_only("name", |_, self_| Ok(view(self_).name.clone())),
        GetSetDef::read_only("newlines", newlines),
        GetSetDef::read_only("write_through", |_, self_| Ok(Obj::bool(view(self_).stream.access.unbuffered))),
    ],
    ..TypeSpec::native("TextIOWrapper", Text::VTABLE)
};

fn parse_newline(rt: &Rt, newline: Option<&str>) -> R<Newline> {
    Ok(match newline {
        None => Newline::Universal,
        Some("") => Newline::Untranslated,
        Some("\n") => Newline::Only("\n"),
        Some("\r") => Newline::Only("\r"),
        Some("\r\n") => Newline::Only("\r\n"),
        Some(other) => return Err(rt.value_error(format_args!("illegal newline value: {other}"))),
    })
}

/// The text view that `open` gives.
pub fn new(rt: &Rt, stream: Rc<Stream>, name: &Obj, raw_mode: &'static str, settings: Settings) -> R {
    let newline = parse_newline(rt, settings.newline.as_deref())?;
    let encoding = settings.encoding.unwrap_or_else(|| "UTF-8".to_owned());
    let Some(codec) = Codec::by_name(&encoding) else { return Err(unknown_encoding(rt, &encoding)) };
    let errors = settings.errors.unwrap_or_else(|| "strict".to_owned());
    if Handler::by_name(&errors).is_none() {
        return Err(
            rt.error(&crate::types::exception::LOOKUP_ERROR, format_args!("unknown error handler name '{errors}'"))
        );
    }
    Ok(make(rt, stream, name, raw_mode, settings.mode, (encoding, codec, errors), newline))
}

fn make(
    rt: &Rt,
    stream: Rc<Stream>,
    name: &Obj,
    raw_mode: &'static str,
    mode: String,
    (encoding, codec, errors): (String, Codec, String),
    newline: Newline,
) -> Obj {
    let text = Text {
        stream,
        name: name.clone(),
        raw_mode,
        mode,
        encoding: RefCell::new(encoding),
        codec: Cell::new(codec),
        errors: RefCell::new(errors),
        newline: Cell::new(newline),
        decoded: RefCell::default(),
        buffer: ObjCell::default(),
        iterating: Cell::new(false),
        seen: Cell::new(0),
        started: Cell::new(false),
    };
    native::new(rt, rt.spec_type(&SPEC), text)
}

/// The file object of a standard stream.
pub fn of_std(rt: &Rt, stream: Rc<Stream>, which: Std) -> Obj {
    let (name, mode, raw_mode, errors) = match which {
        Std::In => ("<stdin>", "r", "rb", "strict"),
        Std::Out => ("<stdout>", "w", "wb", "strict"),
        Std::Err => ("<stderr>", "w", "wb", "backslashreplace"),
    };
    // Standard error is line buffered in CPython; here every write goes out at once, which shows no difference.
    if which == Std::Err {
        stream.line_buffered.set(true);
    }
    let settings = ("utf-8".to_owned(), Codec::Utf8, errors.to_owned());
    make(rt, stream, &rt.str(name), raw_mode, mode.to_owned(), settings, Newline::Universal)
}

fn view(self_: &Obj) -> &Text {
    native::expect::<Text>(self_)
}

/// The text view behind a file object.
pub fn get(obj: &Obj) -> Option<&Text> {
    native::payload::<Text>(obj)
}

fn os<T>(rt: &Rt, result: std::io::Result<T>) -> R<T> {
    result.map_err(|e| error::raise(rt, &e, None))
}

fn check_open(rt: &Rt, self_: &Obj) -> R<()> {
    if view(self_).stream.is_closed() {
        return Err(rt.value_error(format_args!("I/O operation on closed file.")));
    }
    Ok(())
}

fn check_open_raw(rt: &Rt, self_: &Obj) -> R<()> {
    if view(self_).stream.is_closed() {
        return Err(rt.value_error(format_args!("I/O operation on closed file")));
    }
    Ok(())
}

fn check_readable(rt: &Rt, self_: &Obj) -> R<()> {
    check_open(rt, self_)?;
    if !view(self_).stream.access.read {
        return Err(error::unsupported(rt, format_args!("not readable")));
    }
    Ok(())
}

impl Text {
    /// Writes a string; the caller has checked that the view is open for writing.
    pub fn write_str(&self, rt: &Rt, string: &Obj) -> R<()> {
        let Some(s) = str::get(string) else { return Ok(()) };
        self.forget_decoded(rt)?;
        let plain = matches!(self.newline.get(), Newline::Universal | Newline::Untranslated | Newline::Only("\n"));
        let ascii_codec = matches!(self.codec.get(), Codec::Utf8 | Codec::Ascii | Codec::Latin1);
        let mut breaks = false;
        if let (CodePoints::One(data), true, true, true) = (s.code_points(), s.is_ascii(), plain, ascii_codec) {
            breaks = self.stream.line_buffered.get() && memchr::memchr2(b'\n', b'\r', data).is_some();
            os(rt, self.stream.write(data))?;
        } else {
            let translated;
            let mut text = string;
            if let (Newline::Only(end), false) = (self.newline.get(), plain) {
                let mut out = crate::types::text::buf::TextBuf::with_capacity(s.len());
                for c in s.code_points().iter() {
                    if c == u32::from(b'\n') { out.push_str(end) } else { out.push(c) }
                }
                translated = str::from_buf(rt, out);
                text = &translated;
            }
            let errors = self.errors.borrow().clone();
            // A byte order mark is for the start of the stream alone.
            let encoding = match (self.codec.get(), self.started.replace(true)) {
                (Codec::Utf16(None), true) => "utf-16-le".to_owned(),
                (Codec::Utf32(None), true) => "utf-32-le".to_owned(),
                (Codec::Utf8Sig, true) => "utf-8".to_owned(),
                _ => self.encoding.borrow().clone(),
            };
            let data = codec::encode(rt, text, Some(&encoding), Some(&errors))?;
            if self.stream.line_buffered.get() {
                breaks = s.code_points().iter().any(|c| c == 10 || c == 13);
            }
            os(rt, self.stream.write(&data))?;
        }
        if breaks {
            os(rt, self.stream.flush())?;
        }
        Ok(())
    }

    /// Whether a write is possible without a question asked.
    pub fn is_writable(&self) -> bool {
        self.stream.access.write && !self.stream.is_closed()
    }

    /// Sends what was written on its way.
    pub fn flush(&self, rt: &Rt) -> R<()> {
        os(rt, self.stream.flush())
    }

    /// Before a write: what was decoded ahead is given back.
    fn forget_decoded(&self, rt: &Rt) -> R<()> {
        let mut decoded = self.decoded.borrow_mut();
        if decoded.text.is_empty() && decoded.tail.is_empty() {
            return Ok(());
        }
        let ahead = decoded.text.len() - decoded.at + decoded.tail.len();
        *decoded = Decoded::default();
        drop(decoded);
        if ahead != 0 && self.stream.is_seekable() {
            os(rt, self.stream.seek(std::io::SeekFrom::Current(-(ahead as i64))))?;
        }
        Ok(())
    }

    /// Decodes one more chunk, or all there is; whether there was something.
    fn fill(&self, rt: &Rt, all: bool) -> R<bool> {
        let mut decoded = self.decoded.borrow_mut();
        let d = &mut *decoded;
        if d.at == d.text.len() {
            d.text.clear();
            d.at = 0;
        } else if d.at > BUFFER * 4 {
            d.text.drain(..d.at);
            d.at = 0;
        }
        // Wide encodings are decoded as a whole, and so are their positions in errors.
        let whole = all || matches!(self.codec.get(), Codec::Utf16(_) | Codec::Utf32(_) | Codec::Utf8Sig);
        let more = if whole { os(rt, self.stream.read_all())? } else { os(rt, self.stream.read_some(usize::MAX))? };
        let end = whole || more.is_empty();
        if end && (d.done || (more.is_empty() && d.tail.is_empty() && !d.after_return)) {
            d.done = true;
            return Ok(false);
        }
        let mut chunk = std::mem::take(&mut d.tail);
        chunk.extend_from_slice(&more);
        if self.codec.get() == Codec::Utf8
            && !end
            && let Err(e) = std::str::from_utf8(&chunk)
            && e.error_len().is_none()
        {
            // The rest of the last code point is still to come.
            d.tail = chunk.split_off(e.valid_up_to());
        }
        let text = self.decode(rt, chunk)?;
        self.translate(d, text, end);
        Ok(true)
    }

    /// The WTF-8 of encoded bytes.
    fn decode(&self, rt: &Rt, chunk: Vec<u8>) -> R<Vec<u8>> {
        if chunk.is_ascii() && matches!(self.codec.get(), Codec::Utf8 | Codec::Ascii | Codec::Latin1) {
            return Ok(chunk);
        }
        if self.codec.get() == Codec::Utf8 && std::str::from_utf8(&chunk).is_ok() {
            return Ok(chunk);
        }
        let text = codec::decode(rt, &chunk, Some(&self.encoding.borrow()), Some(&self.errors.borrow()))?;
        codec::encode(rt, &text, Some("utf-8"), Some("surrogatepass"))
    }

    /// Appends decoded text, with newlines as the view reads them.
    fn translate(&self, d: &mut Decoded, text: Vec<u8>, end: bool) {
        let mut seen = self.seen.get();
        if self.newline.get() != Newline::Universal || (memchr::memchr(b'\r', &text).is_none() && !d.after_return) {
            if memchr::memchr(b'\n', &text).is_some() {
                seen |= 2;
            }
            self.seen.set(seen);
            d.text.extend_from_slice(&text);
            return;
        }
        // A `\r` at the end waits for what follows it.
        for byte in text {
            match (byte, d.after_return) {
                (b'\n', true) => {
                    d.text.push(b'\n');
                    d.after_return = false;
                    seen |= 4;
                }
                (_, after) => {
                    if after {
                        d.text.push(b'\n');
                        d.after_return = false;
                        seen |= 1;
                    }
                    match byte {
                        b'\r' => d.after_return = true,
                        b'\n' => {
                            d.text.push(byte);
                            seen |= 2;
                        }
                        _ => d.text.push(byte),
                    }
                }
            }
        }
        if end && d.after_return {
            d.text.push(b'\n');
            d.after_return = false;
            seen |= 1;
        }
        self.seen.set(seen);
    }

    /// The length of the first line of what is decoded, if it is complete.
    fn line_end(&self, text: &[u8]) -> Option<usize> {
        match self.newline.get() {
            Newline::Universal | Newline::Only("\n") => memchr::memchr(b'\n', text).map(|n| n + 1),
            Newline::Only("\r") => memchr::memchr(b'\r', text).map(|n| n + 1),
            Newline::Only(_) => memchr::memmem::find(text, b"\r\n").map(|n| n + 2),
            Newline::Untranslated => match memchr::memchr2(b'\n', b'\r', text) {
                Some(n) if text[n] == b'\r' => match text.get(n + 1) {
                    Some(b'\n') => Some(n + 2),
                    Some(_) => Some(n + 1),
                    // More must be read to tell.
                    None => None,
                },
                found => found.map(|n| n + 1),
            },
        }
    }

    /// The next line, up to `max` characters; empty at the end.
    fn line(&self, rt: &Rt, max: Option<usize>) -> R {
        loop {
            let found = {
                let d = self.decoded.borrow();
                let rest = &d.text[d.at..];
                let end = self.line_end(rest);
                match max {
                    Some(max) => {
                        let limit = chars_end(rest, max);
                        match (end, limit) {
                            (Some(end), Some(limit)) => Some(end.min(limit)),
                            (end, limit) => end.or(limit),
                        }
                    }
                    None => end,
                }
            };
            if let Some(end) = found {
                return Ok(self.take(rt, end));
            }
            if !self.fill(rt, false)? {
                let rest = {
                    let d = self.decoded.borrow();
                    d.text.len() - d.at
                };
                return Ok(self.take(rt, rest));
            }
        }
    }

    /// Takes bytes of what is decoded, as a string.
    fn take(&self, rt: &Rt, count: usize) -> Obj {
        let mut d = self.decoded.borrow_mut();
        let text = &d.text[d.at..d.at + count];
        let string = of_wtf8(rt, text);
        d.at += count;
        string
    }
}

/// The position behind the first `count` characters; none when there are fewer.
fn chars_end(text: &[u8], count: usize) -> Option<usize> {
    if count == 0 {
        return Some(0);
    }
    let mut left = count;
    for (n, byte) in text.iter().enumerate() {
        if byte & 0xC0 != 0x80 {
            if left == 0 {
                return Some(n);
            }
            left -= 1;
        }
    }
    (left == 0).then_some(text.len())
}

/// A string of WTF-8.
fn of_wtf8(rt: &Rt, text: &[u8]) -> Obj {
    if text.is_empty() {
        return rt.empty_str();
    }
    if text.is_ascii() {
        return str::from_latin1(rt, text);
    }
    match std::str::from_utf8(text) {
        Ok(text) => str::new(rt, text),
        Err(_) => codec::decode(rt, text, Some("utf-8"), Some("surrogatepass")).unwrap_or_else(|_| {
            rt.clear_exception();
            rt.empty_str()
        }),
    }
}

fn repr(rt: &Rt, self_: &Obj) -> R {
    let t = view(self_);
    let name = rt.repr_text(&t.name)?;
    let mode = rt.repr_text(&rt.str(&t.mode))?;
    Ok(rt.str(&format!("<_io.TextIOWrapper name={name} mode={mode} encoding='{}'>", t.encoding.borrow())))
}

fn iter(rt: &Rt, self_: &Obj) -> R {
    check_open(rt, self_)?;
    iter_self(rt, self_)
}

fn next(rt: &Rt, self_: &Obj) -> R<Option<Obj>> {
    check_readable(rt, self_)?;
    let t = view(self_);
    t.iterating.set(true);
    let line = t.line(rt, None)?;
    if str::get(&line).is_some_and(str::StrObject::is_empty) {
        t.iterating.set(false);
        return Ok(None);
    }
    Ok(Some(line))
}

fn enter(rt: &Rt, self_: &Obj) -> R {
    check_open(rt, self_)?;
    Ok(self_.clone())
}

fn exit(rt: &Rt, self_: &Obj, _: Args<'_>) -> R {
    close(rt, self_)
}

fn close(rt: &Rt, self_: &Obj) -> R {
    os(rt, view(self_).stream.close())?;
    Ok(Obj::none())
}

fn fileno(rt: &Rt, self_: &Obj) -> R {
    check_open_raw(rt, self_)?;
    Ok(rt.int(i64::from(view(self_).stream.fd().unwrap_or(-1))))
}

fn flush(rt: &Rt, self_: &Obj) -> R {
    check_open(rt, self_)?;
    view(self_).flush(rt)?;
    Ok(Obj::none())
}

fn isatty(rt: &Rt, self_: &Obj) -> R {
    check_open_raw(rt, self_)?;
    Ok(Obj::bool(view(self_).stream.is_terminal()))
}

fn readable(rt: &Rt, self_: &Obj) -> R {
    check_open_raw(rt, self_)?;
    Ok(Obj::bool(view(self_).stream.access.read))
}

fn writable(rt: &Rt, self_: &Obj) -> R {
    check_open_raw(rt, self_)?;
    Ok(Obj::bool(view(self_).stream.access.write))
}

fn seekable(rt: &Rt, self_: &Obj) -> R {
    check_open_raw(rt, self_)?;
    Ok(Obj::bool(view(self_).stream.is_seekable()))
}

fn read(rt: &Rt, self_: &Obj, args: &[Obj]) -> R {
    let count = count_argument(rt, args.first())?;
    check_readable(rt, self_)?;
    let t = view(self_);
    let Some(count) = count else {
        t.fill(rt, true)?;
        let rest = {
            let d = t.decoded.borrow();
            d.text.len() - d.at
        };
        return Ok(t.take(rt, rest));
    };
    loop {
        let end = {
            let d = t.decoded.borrow();
            chars_end(&d.text[d.at..], count)
        };
        if let Some(end) = end {
            return Ok(t.take(rt, end));
        }
        if !t.fill(rt, false)? {
            let rest = {
                let d = t.decoded.borrow();
                d.text.len() - d.at
            };
            return Ok(t.take(rt, rest));
        }
    }
}

fn readline(rt: &Rt, self_: &Obj, args: &[Obj]) -> R {
    let count = count_argument(rt, args.first())?;
    check_readable(rt, self_)?;
    view(self_).line(rt, count)
}

/// The next line of a file object that `input` reads from.
pub fn input_line(rt: &Rt, self_: &Obj) -> R {
    readline(rt, self_, &[])
}

fn readlines(rt: &Rt, self_: &Obj, args: &[Obj]) -> R {
    let hint = count_argument(rt, args.first())?.filter(|n| *n > 0);
    check_readable(rt, self_)?;
    let (mut lines, mut total) = (Vec::new(), 0);
    while hint.is_none_or(|hint| total < hint) {
        let line = view(self_).line(rt, None)?;
        let len = str::get(&line).map_or(0, str::StrObject::len);
        if len == 0 {
            break;
        }
        total += len;
        lines.push(line);
    }
    Ok(list::new(rt, lines))
}

fn seek(rt: &Rt, self_: &Obj, args: &[Obj]) -> R {
    let offset = rt.index_i64(&args[0])?;
    let whence = match args.get(1) {
        Some(w) => rt.index_i64(w)?,
        None => 0,
    };
    check_open(rt, self_)?;
    let t = view(self_);
    if !t.stream.is_seekable() {
        return Err(error::unsupported(rt, format_args!("underlying stream is not seekable")));
    }
    match whence {
        0 if offset < 0 => return Err(rt.value_error(format_args!("negative seek position {offset}"))),
        1 if offset != 0 => return Err(error::unsupported(rt, format_args!("can't do nonzero cur-relative seeks"))),
        2 if offset != 0 => return Err(error::unsupported(rt, format_args!("can't do nonzero end-relative seeks"))),
        0..=2 => {}
        _ => return Err(rt.value_error(format_args!("invalid whence ({whence}, should be 0, 1 or 2)"))),
    }
    if whence == 1 {
        return tell(rt, self_);
    }
    *t.decoded.borrow_mut() = Decoded::default();
    t.iterating.set(false);
    let at = os(rt, t.stream.seek(seek_target(rt, offset, whence)?))?;
    t.started.set(at != 0);
    Ok(rt.int(at as i64))
}

fn tell(rt: &Rt, self_: &Obj) -> R {
    check_open(rt, self_)?;
    let t = view(self_);
    if t.iterating.get() {
        return Err(
            rt.error(&crate::types::exception::OS_ERROR, format_args!("telling position disabled by next() call"))
        );
    }
    if !t.stream.is_seekable() {
        return Err(error::unsupported(rt, format_args!("underlying stream is not seekable")));
    }
    let at = os(rt, t.stream.tell())?;
    let d = t.decoded.borrow();
    let rest = &d.text[d.at..];
    // What is decoded ahead takes as many bytes as in the file, unless newlines were translated or the encoding differs.
    let ahead = match t.codec.get() {
        Codec::Latin1 => rest.iter().filter(|b| **b & 0xC0 != 0x80).count(),
        _ => rest.len(),
    };
    Ok(rt.int(at as i64 - ahead as i64 - d.tail.len() as i64))
}

fn truncate(rt: &Rt, self_: &Obj, args: &[Obj]) -> R {
    check_open(rt, self_)?;
    let t = view(self_);
    if !t.stream.access.write {
        return Err(error::unsupported(rt, format_args!("truncate")));
    }
    t.forget_decoded(rt)?;
    let size = size_argument(rt, args.first())?;
    Ok(rt.int(os(rt, t.stream.truncate(size))? as i64))
}

fn write(rt: &Rt, self_: &Obj, string: &Obj) -> R {
    if !string.is_kind(Kind::Str) {
        return Err(rt.type_error(format_args!("write() argument must be str, not {}", rt.type_name(string))));
    }
    check_open(rt, self_)?;
    let t = view(self_);
    if !t.stream.access.write {
        return Err(error::unsupported(rt, format_args!("not writable")));
    }
    t.write_str(rt, string)?;
    Ok(rt.int(str::get(string).map_or(0, str::StrObject::len) as i64))
}

fn writelines(rt: &Rt, self_: &Obj, lines: &Obj) -> R {
    check_open(rt, self_)?;
    rt.for_each(lines, |line| write(rt, self_, &line).map(drop))?;
    Ok(Obj::none())
}

fn buffer(rt: &Rt, self_: &Obj) -> R {
    let t = view(self_);
    if let Some(buffer) = t.buffer.get() {
        return Ok(buffer);
    }
    let buffer = binary::new(rt, t.stream.clone(), &t.name, t.raw_mode);
    t.buffer.set(Some(buffer.clone()));
    Ok(buffer)
}

fn newlines(rt: &Rt, self_: &Obj) -> R {
    let seen = view(self_).seen.get();
    let mut kinds = Vec::new();
    for (bit, text) in [(1, "\r"), (2, "\n"), (4, "\r\n")] {
        if seen & bit != 0 {
            kinds.push(rt.str(text));
        }
    }
    Ok(match kinds.len() {
        0 => Obj::none(),
        1 => kinds.remove(0),
        _ => rt.tuple(kinds),
    })
}

fn reconfigure(rt: &Rt, self_: &Obj, args: Args<'_>) -> R {
    if !args.positional().is_empty() {
        return Err(rt.type_error(format_args!(
            "reconfigure() takes 0 positional arguments ({} given)",
            args.positional().len()
        )));
    }
    let t = view(self_);
    os(rt, t.stream.flush())?;
    for (name, value) in args.keywords() {
        let text = str::get(value).map(|s| s.text().into_owned());
        match (str::to_string(name).as_str(), text) {
            (_, None) if value.is_none() => {}
            ("encoding", Some(encoding)) => {
                let Some(codec) = Codec::by_name(&encoding) else { return Err(unknown_encoding(rt, &encoding)) };
                t.codec.set(codec);
                *t.encoding.borrow_mut() = encoding;
            }
            ("errors", Some(errors)) => *t.errors.borrow_mut() = errors,
            ("newline", newline) => t.newline.set(parse_newline(rt, newline.as_deref())?),
            ("line_buffering", _) => t.stream.line_buffered.set(rt.truth(value)?),
            ("write_through", _) => {}
            (other, _) => {
                return Err(rt.type_error(format_args!("'{other}' is an invalid keyword argument for reconfigure()")));
            }
        }
    }
    Ok(Obj::none())
}
