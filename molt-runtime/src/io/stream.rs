//! A file of the operating system with its buffers.
//!
//! Invariant: when `pending` (bytes to write) is not empty, the read buffer is; the position that programs see is that of
//! the system, less what is left in the read buffer, plus what is pending.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{self, IsTerminal, Read, Seek, SeekFrom, Write};
use std::os::fd::AsRawFd;

/// Bytes read at once, and bytes that may wait to be written.
pub const BUFFER: usize = 8192;

/// What is behind a stream.
#[derive(Debug)]
pub enum Source {
    /// A file.
    File(File),
    /// The process's standard input.
    Stdin,
    /// The process's standard output.
    Stdout,
    /// The process's standard error.
    Stderr,
}

impl Source {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        loop {
            let result = match self {
                Source::File(f) => f.read(to),
                Source::Stdin => io::stdin().lock().read(to),
                Source::Stdout | Source::Stderr => Ok(0),
            };
            match result {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                other => return other,
            }
        }
    }

    fn write_all(&mut self, data: &[u8]) -> io::Result<()> {
        match self {
            Source::File(f) => f.write_all(data),
            Source::Stdout => {
                let mut out = io::stdout().lock();
                out.write_all(data)?;
                out.flush()
            }
            Source::Stderr => io::stderr().lock().write_all(data),
            Source::Stdin => Ok(()),
        }
    }

    fn fd(&self) -> i32 {
        match self {
            Source::File(f) => f.as_raw_fd(),
            Source::Stdin => 0,
            Source::Stdout => 1,
            Source::Stderr => 2,
        }
    }

    fn is_terminal(&self) -> bool {
        match self {
            Source::File(f) => f.is_terminal(),
            Source::Stdin => io::stdin().is_terminal(),
            Source::Stdout => io::stdout().is_terminal(),
            Source::Stderr => io::stderr().is_terminal(),
        }
    }

    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Source::File(f) => f.seek(to),
            // ESPIPE: what a pipe or terminal answers.
            _ => Err(io::Error::from_raw_os_error(29)),
        }
    }
}

/// What a stream was opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    /// Reading.
    pub read: bool,
    /// Writing.
    pub write: bool,
    /// Every write goes to the end.
    pub append: bool,
    /// The file must be new (mode `x`).
    pub create: bool,
    /// Bytes written go to the system at once.
    pub unbuffered: bool,
}

#[derive(Debug, Default)]
struct Buffers {
    read: Vec<u8>,
    at: usize,
    pending: Vec<u8>,
}

/// A stream.
#[derive(Debug)]
pub struct Stream {
    source: RefCell<Option<Source>>,
    buffers: RefCell<Buffers>,
    /// What it was opened for.
    pub access: Access,
    /// Whether every line is sent on (terminals).
    pub line_buffered: Cell<bool>,
    /// Whether closing the stream closes the file.
    pub owned: bool,
}

impl Stream {
    /// A stream over a source.
    pub fn new(source: Source, access: Access, owned: bool) -> Stream {
        Stream {
            source: RefCell::new(Some(source)),
            buffers: RefCell::default(),
            access,
            line_buffered: Cell::new(false),
            owned,
        }
    }

    /// Whether it is closed.
    pub fn is_closed(&self) -> bool {
        self.source.borrow().is_none()
    }

    /// The file descriptor.
    pub fn fd(&self) -> Option<i32> {
        self.source.borrow().as_ref().map(Source::fd)
    }

    /// Whether it is a terminal.
    pub fn is_terminal(&self) -> bool {
        self.source.borrow().as_ref().is_some_and(Source::is_terminal)
    }

    fn with_source<T>(&self, f: impl FnOnce(&mut Source) -> io::Result<T>) -> io::Result<T> {
        match &mut *self.source.borrow_mut() {
            Some(source) => f(source),
            None => Err(io::Error::other("I/O operation on closed file.")),
        }
    }

    /// Sends pending bytes to the system.
    pub fn flush(&self) -> io::Result<()> {
        let pending = std::mem::take(&mut self.buffers.borrow_mut().pending);
        if pending.is_empty() {
            return Ok(());
        }
        let result = self.with_source(|s| s.write_all(&pending));
        // The allocation serves the next writes.
        let mut buffers = self.buffers.borrow_mut();
        if buffers.pending.is_empty() {
            buffers.pending = pending;
            buffers.pending.clear();
        }
        result
    }

    /// Sends pending bytes and closes the file.
    pub fn close(&self) -> io::Result<()> {
        if self.is_closed() {
            return Ok(());
        }
        let result = self.flush();
        let source = self.source.borrow_mut().take();
        if let (Some(Source::File(f)), false) = (source, self.owned) {
            std::mem::forget(f);
        }
        result
    }

    /// Gives back what was read ahead, so that the system's position is the program's.
    fn settle_reads(&self) -> io::Result<()> {
        let mut buffers = self.buffers.borrow_mut();
        let ahead = buffers.read.len() - buffers.at;
        buffers.read.clear();
        buffers.at = 0;
        drop(buffers);
        if ahead != 0 {
            self.with_source(|s| s.seek(SeekFrom::Current(-(ahead as i64))))?;
        }
        Ok(())
    }

    /// Writes bytes.
    pub fn write(&self, data: &[u8]) -> io::Result<()> {
        self.settle_reads()?;
        if self.access.unbuffered {
            return self.with_source(|s| s.write_all(data));
        }
        let full = {
            let mut buffers = self.buffers.borrow_mut();
            if buffers.pending.len() + data.len() <= BUFFER || buffers.pending.is_empty() && data.len() <= BUFFER {
                buffers.pending.extend_from_slice(data);
                false
            } else {
                true
            }
        };
        if !full {
            return Ok(());
        }
        self.flush()?;
        if data.len() >= BUFFER {
            return self.with_source(|s| s.write_all(data));
        }
        self.buffers.borrow_mut().pending.extend_from_slice(data);
        Ok(())
    }

    /// Reads more into the read buffer; the number of bytes read, 0 at the end.
    fn fill(&self) -> io::Result<usize> {
        self.flush()?;
        let mut buffers = self.buffers.borrow_mut();
        if buffers.at == buffers.read.len() {
            buffers.read.clear();
            buffers.at = 0;
        }
        let old = buffers.read.len();
        buffers.read.resize(old + BUFFER, 0);
        let result = self.with_source(|s| s.read(&mut buffers.read[old..]));
        let count = *result.as_ref().unwrap_or(&0);
        buffers.read.truncate(old + count);
        result
    }

    /// What one read of the system gives, or what is left of the last: at most `max` bytes, none at the end.
    pub fn read_some(&self, max: usize) -> io::Result<Vec<u8>> {
        if self.buffered() == 0 && self.fill()? == 0 {
            return Ok(Vec::new());
        }
        let mut buffers = self.buffers.borrow_mut();
        let end = buffers.read.len().min(buffers.at.saturating_add(max));
        let data = buffers.read[buffers.at..end].to_vec();
        buffers.at = end;
        Ok(data)
    }

    /// How many bytes have been read ahead.
    pub fn buffered(&self) -> usize {
        let buffers = self.buffers.borrow();
        buffers.read.len() - buffers.at
    }

    /// The bytes read ahead; reads some when there are none.
    pub fn peek(&self) -> io::Result<Vec<u8>> {
        if self.buffered() == 0 {
            self.fill()?;
        }
        let buffers = self.buffers.borrow();
        Ok(buffers.read[buffers.at..].to_vec())
    }

    /// `count` bytes, fewer at the end.
    pub fn read_exact(&self, count: usize) -> io::Result<Vec<u8>> {
        let mut data = Vec::new();
        while data.len() < count {
            let more = self.read_some(count - data.len())?;
            if more.is_empty() {
                break;
            }
            data.extend_from_slice(&more);
        }
        Ok(data)
    }

    /// All bytes up to the end.
    pub fn read_all(&self) -> io::Result<Vec<u8>> {
        self.flush()?;
        let mut data = {
            let mut buffers = self.buffers.borrow_mut();
            let data = buffers.read[buffers.at..].to_vec();
            buffers.read.clear();
            buffers.at = 0;
            data
        };
        let mut size = BUFFER;
        loop {
            let old = data.len();
            data.resize(old + size, 0);
            let count = self.with_source(|s| s.read(&mut data[old..]));
            data.truncate(old + *count.as_ref().unwrap_or(&0));
            if count? == 0 {
                return Ok(data);
            }
            size = (size * 2).min(1 << 20);
        }
    }

    /// A line with its end, or what is left, at most `max` bytes.
    pub fn read_line(&self, max: usize) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        while line.len() < max {
            if self.buffered() == 0 && self.fill()? == 0 {
                break;
            }
            let mut buffers = self.buffers.borrow_mut();
            let rest = &buffers.read[buffers.at..];
            let rest = &rest[..rest.len().min(max - line.len())];
            let found = memchr::memchr(b'\n', rest);
            let count = found.map_or(rest.len(), |n| n + 1);
            line.extend_from_slice(&rest[..count]);
            buffers.at += count;
            if found.is_some() {
                break;
            }
        }
        Ok(line)
    }

    /// Moves to a position; gives it.
    pub fn seek(&self, to: SeekFrom) -> io::Result<u64> {
        self.flush()?;
        self.settle_reads()?;
        self.with_source(|s| s.seek(to))
    }

    /// The position.
    pub fn tell(&self) -> io::Result<u64> {
        let at = self.with_source(|s| s.seek(SeekFrom::Current(0)))?;
        let buffers = self.buffers.borrow();
        Ok(at + buffers.pending.len() as u64 - (buffers.read.len() - buffers.at) as u64)
    }

    /// Cuts the file to a size, the position by default.
    pub fn truncate(&self, size: Option<u64>) -> io::Result<u64> {
        self.flush()?;
        let size = match size {
            Some(size) => size,
            None => self.tell()?,
        };
        self.with_source(|s| match s {
            Source::File(f) => f.set_len(size),
            _ => Err(io::Error::from_raw_os_error(29)),
        })?;
        Ok(size)
    }

    /// Whether the position can be moved.
    pub fn is_seekable(&self) -> bool {
        self.with_source(|s| s.seek(SeekFrom::Current(0))).is_ok()
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        // There is nobody left to tell of a failure; CPython ignores it too.
        let _ = self.close();
    }
}
