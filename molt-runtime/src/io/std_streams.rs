//! The standard streams of a runtime: made when first used.

use super::stream::{Access, Source, Stream};
use super::text;
use crate::object::field::ObjCell;
use crate::runtime::Rt;
use crate::value::Obj;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

/// The three streams, the file objects that stand for them in `sys`, and what else a program is started with.
#[derive(Default)]
pub struct StdStreams {
    streams: [OnceCell<Rc<Stream>>; 3],
    objects: [ObjCell; 3],
    argv: RefCell<Vec<Vec<u8>>>,
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
    pub fn flush_stdout(&self) -> bool {
        self.std_streams.streams[Std::Out as usize].get().is_none_or(|s| s.flush().is_ok())
    }

    /// Writes to the process's standard error, past whatever `sys.stderr` is.
    pub fn write_stderr(&self, text: &str) {
        // Nobody is left to tell when this fails.
        let _ = self.std_streams.stream(Std::Err).write(text.as_bytes());
    }

    /// The arguments of the program, its name first, for `sys.argv`.
    pub fn set_argv(&self, argv: Vec<Vec<u8>>) {
        *self.std_streams.argv.borrow_mut() = argv;
    }

    /// The arguments of the program.
    pub fn argv(&self) -> Vec<Vec<u8>> {
        self.std_streams.argv.borrow().clone()
    }
}
