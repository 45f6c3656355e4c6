//! The standard streams of a runtime: made when first used.

use super::stream::{Access, Source, Stream};
use super::text;
use crate::object::field::ObjCell;
use crate::runtime::Rt;
use crate::value::Obj;
use std::cell::OnceCell;
use std::rc::Rc;

/// The three streams, and the file objects that stand for them in `sys`.
#[derive(Default)]
pub struct StdStreams {
    streams: [OnceCell<Rc<Stream>>; 3],
    objects: [ObjCell; 3],
}

/// Which stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Std {
    /// `sys.stdin`
    In,
    /// `sys.stdout`
    Out,
    /// `sys.stderr`
    Err,
}

impl StdStreams {
    /// The stream itself.
    pub fn stream(&self, which: Std) -> &Rc<Stream> {
        self.streams[which as usize].get_or_init(|| {
            let source = match which {
                Std::In => Source::Stdin,
                Std::Out => Source::Stdout,
                Std::Err => Source::Stderr,
            };
            let access = Access {
                read: which == Std::In,
                write: which != Std::In,
                append: false,
                create: false,
                unbuffered: which == Std::Err,
            };
            let stream = Stream::new(source, access, false);
            stream.line_buffered.set(which != Std::In && stream.is_terminal());
            Rc::new(stream)
        })
    }

    /// Drops the file objects, when the runtime ends.
    pub fn release(&self) {
        self.objects.iter().for_each(|o| o.set(None));
    }
}

impl Rt {
    /// The file object of a standard stream, as `sys` has it at the start.
    pub fn std_object(&self, which: Std) -> Obj {
        let streams = &self.std_streams;
        if let Some(object) = streams.objects[which as usize].get() {
            return object;
        }
        let object = text::of_std(self, streams.stream(which).clone(), which);
        streams.objects[which as usize].set(Some(object.clone()));
        object
    }

    /// Sends what was written to standard output on its way; whether that worked.
    pub fn flush_std(&self) -> bool {
        let streams = &self.std_streams;
        let out = streams.streams[Std::Out as usize].get().is_none_or(|s| s.flush().is_ok());
        let err = streams.streams[Std::Err as usize].get().is_none_or(|s| s.flush().is_ok());
        out && err
    }

    /// The current `sys.stdout` and the like: what the module `sys` has, when the program uses it.
    pub fn current_std(&self, which: Std) -> Option<Obj> {
        let sys = crate::object::dict::get_str(&self.sys_modules(), &self.names().sys);
        let Some(sys) = sys else { return Some(self.std_object(which)) };
        let name = match which {
            Std::In => &self.names().stdin,
            Std::Out => &self.names().stdout,
            Std::Err => &self.names().stderr,
        };
        crate::object::dict::get_str(&self.namespace(&sys), name).filter(|s| !s.is_none())
    }
}
