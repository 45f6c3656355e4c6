//! Runs independent jobs on threads, within the limit that Cargo's or make's jobserver grants.
//!
//! Invariant: results come back in the order of the jobs, whatever order they finish in, so parallelism
//! never shows in the output.

use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// How many jobs may run at once.
#[derive(Debug, Default)]
pub struct Jobs {
    limit: Option<NonZeroUsize>,
    server: Option<Jobserver>,
}

impl Jobs {
    /// At most `limit` threads; `None` means as many as there are processors.
    pub fn new(limit: Option<NonZeroUsize>) -> Self {
        Jobs { limit, server: None }
    }

    /// The limit that a parent (Cargo, make) set: `NUM_JOBS`, and a token of the jobserver for every thread
    /// but the first.
    pub fn from_cargo_env() -> Self {
        let limit = std::env::var("NUM_JOBS").ok().and_then(|n| n.parse().ok());
        let flags = ["CARGO_MAKEFLAGS", "MAKEFLAGS", "MFLAGS"].iter().find_map(|name| std::env::var(name).ok());
        Jobs { limit, server: flags.as_deref().and_then(Jobserver::from_flags) }
    }

    fn threads(&self, jobs: usize) -> usize {
        let limit = self.limit.or_else(|| std::thread::available_parallelism().ok());
        limit.map_or(1, NonZeroUsize::get).min(jobs)
    }

    /// Runs `job` on each item; the results are in the order of the items.
    pub fn run<T: Sync, R: Send>(&self, items: &[T], job: impl Fn(&T) -> R + Sync) -> Vec<R> {
        let threads = self.threads(items.len());
        if threads <= 1 {
            return items.iter().map(job).collect();
        }
        let next = AtomicUsize::new(0);
        let results: Mutex<Vec<(usize, R)>> = Mutex::new(Vec::with_capacity(items.len()));
        let work_one = || {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { return false };
            let result = job(item);
            results.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((index, result));
            true
        };
        std::thread::scope(|scope| {
            for _ in 1..threads {
                scope.spawn(|| self.helper(&|| next.load(Ordering::Relaxed) < items.len(), &work_one));
            }
            while work_one() {}
        });
        let mut results = results.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        results.sort_by_key(|(index, _)| *index);
        results.into_iter().map(|(_, result)| result).collect()
    }

    /// A thread beside the first one: holds a token while it works. Without a free token it looks again
    /// later, and ends when no work is left: it never blocks the build.
    fn helper(&self, work_left: &dyn Fn() -> bool, work_one: &dyn Fn() -> bool) {
        while work_left() {
            match &self.server {
                None => while work_one() {},
                Some(server) => match server.try_acquire() {
                    Some(_token) => while work_one() {},
                    None => std::thread::sleep(Duration::from_millis(2)),
                },
            }
        }
    }
}

/// A client of the GNU make jobserver protocol.
///
/// The pipe is opened anew through `/proc/self/fd` (or `/dev/fd`), which needs no raw descriptors and gives an
/// open file description of our own, so that making it non-blocking does not change the parent's.
#[derive(Debug)]
struct Jobserver {
    read: File,
    write: File,
}

/// A token that is given back when dropped.
struct Token<'a> {
    server: &'a Jobserver,
    byte: u8,
}

impl Drop for Token<'_> {
    fn drop(&mut self) {
        // Nothing can be done about a parent that has gone away.
        let _ = (&self.server.write).write_all(&[self.byte]);
    }
}

impl Jobserver {
    fn from_flags(flags: &str) -> Option<Self> {
        let (read, write) = endpoints(flags)?;
        Some(Jobserver { read: open_nonblocking(&read)?, write: File::options().write(true).open(write).ok()? })
    }

    fn try_acquire(&self) -> Option<Token<'_>> {
        let mut byte = [0];
        match (&self.read).read(&mut byte) {
            Ok(1) => Some(Token { server: self, byte: byte[0] }),
            _ => None,
        }
    }
}

/// The paths of the two ends named by `--jobserver-auth=fifo:PATH` or `--jobserver-auth=R,W`.
fn endpoints(flags: &str) -> Option<(PathBuf, PathBuf)> {
    let auth = flags
        .split_ascii_whitespace()
        .rev()
        .find_map(|word| word.strip_prefix("--jobserver-auth=").or_else(|| word.strip_prefix("--jobserver-fds=")))?;
    if let Some(path) = auth.strip_prefix("fifo:") {
        return Some((path.into(), path.into()));
    }
    let (read, write) = auth.split_once(',')?;
    let read: u32 = read.parse().ok()?;
    let write: u32 = write.parse().ok()?;
    let dir = if cfg!(target_os = "linux") { "/proc/self/fd" } else { "/dev/fd" };
    Some((format!("{dir}/{read}").into(), format!("{dir}/{write}").into()))
}

#[cfg(target_os = "linux")]
fn open_nonblocking(path: &PathBuf) -> Option<File> {
    use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
    /// `O_NONBLOCK` of Linux on every architecture the compiler runs on.
    const O_NONBLOCK: i32 = 0o4000;
    let file = File::options().read(true).custom_flags(O_NONBLOCK).open(path).ok()?;
    // A number in stale flags may by now be any file of ours: only a pipe can be a jobserver.
    file.metadata().ok()?.file_type().is_fifo().then_some(file)
}

/// Elsewhere `/dev/fd` shares the parent's file description, whose flags must not be changed.
#[cfg(not(target_os = "linux"))]
fn open_nonblocking(_path: &PathBuf) -> Option<File> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_the_order_of_the_jobs() {
        let items: Vec<u64> = (0..200).collect();
        let run = |limit| {
            Jobs::new(NonZeroUsize::new(limit)).run(&items, |item| {
                std::thread::sleep(Duration::from_micros(item % 7 * 50));
                item * 2
            })
        };
        assert_eq!(run(1), run(8));
    }

    #[test]
    fn flags_name_pipe_or_fifo() {
        assert_eq!(endpoints("-j --jobserver-auth=fifo:/tmp/x"), Some(("/tmp/x".into(), "/tmp/x".into())));
        let (read, write) = endpoints("-j --jobserver-fds=3,4 --jobserver-auth=3,4").unwrap();
        assert!(read.ends_with("3") && write.ends_with("4"));
        assert_eq!(endpoints("-j4"), None);
        assert_eq!(endpoints("--jobserver-auth=-2,-2"), None);
    }
}
