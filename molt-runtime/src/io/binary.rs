//! `BufferedReader`, `BufferedWriter`, `BufferedRandom` and `FileIO`: views of a stream in bytes.

use super::error;
use super::stream::{Access, Stream};
use crate::object::native::{self, Payload};
use crate::object::{bytes, list};
use crate::ops::call::Args;
use crate::ops::iter_self;
use crate::runtime::{R, Raised, Rt};
use crate::types::spec::{GetSetDef, MethodDef, NativeFn, Slots, TypeSpec};
use crate::value::Obj;
use molt_abi::layout::Kind;
use std::io::SeekFrom;
use std::rc::Rc;

/// A view of a stream.
pub struct Binary {
    stream: Rc<Stream>,
    name: Obj,
    mode: &'static str,
}

impl Payload for Binary {
    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        visit(&self.name);
    }
}

const SLOTS: Slots = Slots { repr: Some(repr), iter: Some(iter), next: Some(next), ..Slots::EMPTY };

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

static METHODS: &[MethodDef] = &[
    none("__enter__", enter, ""),
    MethodDef::new("__exit__", NativeFn::Any(exit), "", ""),
    none("close", close, "Flush and close the IO object.\n\nThis method has no effect if the file is already closed."),
    none("fileno", fileno, "Return underlying file descriptor if one exists."),
    none("flush", flush, "Flush write buffers, if applicable."),
    none("isatty", isatty, "Return whether this is an 'interactive' stream."),
    some("peek", 0, 1, peek, "Return buffered bytes without advancing the position."),
    some("read", 0, 1, read, "Read and return up to n bytes."),
    some("read1", 0, 1, read1, "Read and return up to n bytes, with at most one read of the system."),
    none("readable", readable, "Return whether object was opened for reading."),
    some("readline", 0, 1, readline, "Read and return a line from the stream."),
    some("readlines", 0, 1, readlines, "Return a list of lines from the stream."),
    some("seek", 1, 2, seek, "Change the stream position to the given byte offset."),
    none("seekable", seekable, "Return whether object supports random access."),
    none("tell", tell, "Return current stream position."),
    some("truncate", 0, 1, truncate, "Truncate file to size bytes."),
    none("writable", writable, "Return whether object was opened for writing."),
    MethodDef::new("write", NativeFn::One(write), "", "Write the given buffer to the IO stream."),
    MethodDef::new("writelines", NativeFn::One(writelines), "", "Write a list of lines to stream."),
];

static GETSET: &[GetSetDef] = &[
    GetSetDef::read_only("closed", |_, self_| Ok(Obj::bool(view(self_).stream.is_closed()))),
    GetSetDef::read_only("mode", |rt, self_| Ok(rt.str(view(self_).mode))),
    GetSetDef::read_only("name", |_, self_| Ok(view(self_).name.clone())),
    GetSetDef::read_only("raw", raw),
];

macro_rules! binary_types {
    ($($ident:ident $name:literal;)*) => {
        $(
            #[doc = concat!("The type `_io.", $name, "`.")]
            pub static $ident: TypeSpec = TypeSpec {
                module: "_io",
                slots: SLOTS,
                methods: METHODS,
                getset: GETSET,
                ..TypeSpec::native($name, Binary::VTABLE)
            };
        )*
    };
}

binary_types! {
    READER "BufferedReader";
    WRITER "BufferedWriter";
    RANDOM "BufferedRandom";
    FILE "FileIO";
}

fn type_for(access: Access) -> &'static TypeSpec {
    match access {
        Access { unbuffered: true, .. } => &FILE,
        Access { read: true, write: true, .. } => &RANDOM,
        Access { write: true, .. } => &WRITER,
        _ => &READER,
    }
}

/// The view of a stream that `open` gives in binary mode.
pub fn new(rt: &Rt, stream: Rc<Stream>, name: &Obj, mode: &'static str) -> Obj {
    let spec = type_for(stream.access);
    native::new(rt, rt.spec_type(spec), Binary { stream, name: name.clone(), mode })
}

fn view(self_: &Obj) -> &Binary {
    native::expect::<Binary>(self_)
}

/// The data of a bytes-like object.
pub fn bytes_like<'a>(rt: &Rt, obj: &'a Obj) -> R<std::borrow::Cow<'a, [u8]>> {
    if let Some(data) = bytes::data(obj) {
        return Ok(std::borrow::Cow::Borrowed(data));
    }
    if obj.is_kind(Kind::ByteArray) {
        let copy = rt.call(&rt.kind_type(Kind::Bytes).as_obj(), std::slice::from_ref(obj))?;
        return Ok(std::borrow::Cow::Owned(bytes::data(&copy).unwrap_or_default().to_vec()));
    }
    Err(rt.type_error(format_args!("a bytes-like object is required, not '{}'", rt.type_name(obj))))
}

#[cold]
fn closed(rt: &Rt, words: &str) -> Raised {
    rt.value_error(format_args!("{words}"))
}

fn check_open(rt: &Rt, self_: &Obj, words: &str) -> R<()> {
    if view(self_).stream.is_closed() { Err(closed(rt, words)) } else { Ok(()) }
}

fn check_read(rt: &Rt, self_: &Obj, verb: &str) -> R<()> {
    if !view(self_).stream.access.read {
        return Err(error::unsupported(rt, format_args!("read")));
    }
    check_open(rt, self_, &format!("{verb} of closed file"))
}

fn os<T>(rt: &Rt, result: std::io::Result<T>) -> R<T> {
    result.map_err(|e| error::raise(rt, &e, None))
}

fn repr(rt: &Rt, self_: &Obj) -> R {
    let v = view(self_);
    let name = rt.repr_text(&v.name)?;
    let ty = rt.type_name(self_);
    Ok(rt.str(&if v.stream.access.unbuffered {
        if v.stream.is_closed() {
            "<_io.FileIO [closed]>".to_owned()
        } else {
            let closefd = if v.stream.owned { "True" } else { "False" };
            format!("<_io.FileIO name={name} mode='{}' closefd={closefd}>", v.mode)
        }
    } else {
        format!("<{ty} name={name}>")
    }))
}

fn iter(rt: &Rt, self_: &Obj) -> R {
    check_open(rt, self_, "I/O operation on closed file.")?;
    iter_self(rt, self_)
}

fn next(rt: &Rt, self_: &Obj) -> R<Option<Obj>> {
    check_read(rt, self_, "readline")?;
    let line = os(rt, view(self_).stream.read_line(usize::MAX))?;
    Ok(if line.is_empty() { None } else { Some(bytes::new(rt, &line)) })
}

fn enter(rt: &Rt, self_: &Obj) -> R {
    check_open(rt, self_, "I/O operation on closed file.")?;
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
    match view(self_).stream.fd() {
        Some(fd) => Ok(rt.int(i64::from(fd))),
        None => Err(closed(rt, "I/O operation on closed file")),
    }
}

fn flush(rt: &Rt, self_: &Obj) -> R {
    let words = if view(self_).stream.access.write { "flush of closed file" } else { "I/O operation on closed file." };
    check_open(rt, self_, words)?;
    os(rt, view(self_).stream.flush())?;
    Ok(Obj::none())
}

fn isatty(rt: &Rt, self_: &Obj) -> R {
    check_open(rt, self_, "I/O operation on closed file")?;
    Ok(Obj::bool(view(self_).stream.is_terminal()))
}

/// An optional count of bytes: absent, `None` and negative mean "all".
pub fn count_argument(rt: &Rt, arg: Option<&Obj>) -> R<Option<usize>> {
    match arg {
        None => Ok(None),
        Some(n) if n.is_none() => Ok(None),
        Some(n) => {
            if !rt.has_index(n) {
                return Err(
                    rt.type_error(format_args!("argument should be integer or None, not '{}'", rt.type_name(n)))
                );
            }
            Ok(usize::try_from(rt.index_i64(n)?).ok())
        }
    }
}

fn read(rt: &Rt, self_: &Obj, args: &[Obj]) -> R {
    let count = count_argument(rt, args.first())?;
    check_read(rt, self_, "read")?;
    let stream = &view(self_).stream;
    let data = match count {
        None => stream.read_all(),
        Some(count) => stream.read_exact(count),
    };
    Ok(bytes::new(rt, &os(rt, data)?))
}

fn read1(rt: &Rt, self_: &Obj, args: &[Obj]) -> R {
    let count = count_argument(rt, args.first())?;
    check_read(rt, self_, "read")?;
    let data = os(rt, view(self_).stream.read_some(count.unwrap_or(usize::MAX)))?;
    Ok(bytes::new(rt, &data))
}

fn peek(rt: &Rt, self_: &Obj, _: &[Obj]) -> R {
    check_read(rt, self_, "peek")?;
    Ok(bytes::new(rt, &os(rt, view(self_).stream.peek())?))
}

fn readable(rt: &Rt, self_: &Obj) -> R {
    check_open(rt, self_, "I/O operation on closed file")?;
    Ok(Obj::bool(view(self_).stream.access.read))
}

fn writable(rt: &Rt, self_: &Obj) -> R {
    check_open(rt, self_, "I/O operation on closed file")?;
    Ok(Obj::bool(view(self_).stream.access.write))
}

fn seekable(rt: &Rt, self_: &Obj) -> R {
    check_open(rt, self_, "I/O operation on closed file")?;
    Ok(Obj::bool(view(self_).stream.is_seekable()))
}

fn readline(rt: &Rt, self_: &Obj, args: &[Obj]) -> R {
    let count = count_argument(rt, args.first())?;
    check_read(rt, self_, "readline")?;
    let line = os(rt, view(self_).stream.read_line(count.unwrap_or(usize::MAX)))?;
    Ok(bytes::new(rt, &line))
}

fn readlines(rt: &Rt, self_: &Obj, args: &[Obj]) -> R {
    let hint = count_argument(rt, args.first())?.filter(|n| *n > 0);
    check_read(rt, self_, "readline")?;
    let (mut lines, mut total) = (Vec::new(), 0);
    while hint.is_none_or(|hint| total < hint) {
        let line = os(rt, view(self_).stream.read_line(usize::MAX))?;
        if line.is_empty() {
            break;
        }
        total += line.len();
        lines.push(bytes::new(rt, &line));
    }
    Ok(list::new(rt, lines))
}

/// Where `seek(offset, whence)` goes.
pub fn seek_target(rt: &Rt, offset: i64, whence: i64) -> R<SeekFrom> {
    match whence {
        0 if offset < 0 => Err(error::raise_errno(rt, 22, "Invalid argument", None)),
        0 => Ok(SeekFrom::Start(offset as u64)),
        1 => Ok(SeekFrom::Current(offset)),
        2 => Ok(SeekFrom::End(offset)),
        _ => Err(rt.value_error(format_args!("whence value {whence} unsupported"))),
    }
}

fn seek(rt: &Rt, self_: &Obj, args: &[Obj]) -> R {
    let offset = rt.index_i64(&args[0])?;
    let whence = match args.get(1) {
        Some(w) => rt.index_i64(w)?,
        None => 0,
    };
    check_open(rt, self_, "seek of closed file")?;
    let at = os(rt, view(self_).stream.seek(seek_target(rt, offset, whence)?))?;
    Ok(rt.int(at as i64))
}

fn tell(rt: &Rt, self_: &Obj) -> R {
    check_open(rt, self_, "I/O operation on closed file")?;
    Ok(rt.int(os(rt, view(self_).stream.tell())? as i64))
}

fn truncate(rt: &Rt, self_: &Obj, args: &[Obj]) -> R {
    check_open(rt, self_, "truncate of closed file")?;
    if !view(self_).stream.access.write {
        return Err(error::unsupported(rt, format_args!("truncate")));
    }
    let size = size_argument(rt, args.first())?;
    Ok(rt.int(os(rt, view(self_).stream.truncate(size))? as i64))
}

/// The optional size of `truncate`.
pub fn size_argument(rt: &Rt, arg: Option<&Obj>) -> R<Option<u64>> {
    match arg {
        Some(size) if !size.is_none() => match u64::try_from(rt.index_i64(size)?) {
            Ok(size) => Ok(Some(size)),
            Err(_) => Err(error::raise_errno(rt, 22, "Invalid argument", None)),
        },
        _ => Ok(None),
    }
}

fn write(rt: &Rt, self_: &Obj, data: &Obj) -> R {
    if !view(self_).stream.access.write {
        return Err(error::unsupported(rt, format_args!("write")));
    }
    let data = bytes_like(rt, data)?;
    check_open(rt, self_, "write to closed file")?;
    os(rt, view(self_).stream.write(&data))?;
    Ok(rt.int(data.len() as i64))
}

fn writelines(rt: &Rt, self_: &Obj, lines: &Obj) -> R {
    check_open(rt, self_, "I/O operation on closed file.")?;
    rt.for_each(lines, |line| write(rt, self_, &line).map(drop))?;
    Ok(Obj::none())
}

fn raw(rt: &Rt, self_: &Obj) -> R {
    let v = view(self_);
    if v.stream.access.unbuffered && rt.type_of(self_).is(rt.spec_type(&FILE)) {
        let message = format!("'{}' object has no attribute 'raw'", rt.type_name(self_));
        return Err(rt.attribute_error(self_, &rt.intern("raw"), format_args!("{message}")));
    }
    let raw = Binary { stream: v.stream.clone(), name: v.name.clone(), mode: v.mode };
    Ok(native::new(rt, rt.spec_type(&FILE), raw))
}
