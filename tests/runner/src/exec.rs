//! Running one program in a directory of its own and normalising what it wrote.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::program::Program;

/// What a program did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Standard output, byte for byte.
    pub stdout: Vec<u8>,
    /// Standard error, with the program's directory taken out of paths.
    pub stderr: Vec<u8>,
    /// The exit status; 128 + N for a process that signal N ended.
    pub status: i32,
}

/// Status reported for a program that was stopped because it took too long.
pub const TIMED_OUT: i32 = 1000;

/// Runs `command` (already holding the program and its arguments) with the program's stdin, in
/// `scratch`, an empty directory made here and removed afterwards, so that relative files that
/// a program writes go nowhere else.
///
/// # Errors
/// I/O errors of the harness itself; a failing program is an `Outcome`.
pub fn run(program: &Program, mut command: Command, scratch: &Path, limit: Duration) -> io::Result<Outcome> {
    let _ = fs::remove_dir_all(scratch);
    fs::create_dir_all(scratch)?;
    let outcome = run_in(program, &mut command, scratch, limit);
    let _ = fs::remove_dir_all(scratch);
    outcome
}

fn run_in(program: &Program, command: &mut Command, scratch: &Path, limit: Duration) -> io::Result<Outcome> {
    command
        .current_dir(scratch)
        .env("PYTHONHASHSEED", "0")
        .env("PYTHONUTF8", "1")
        // At the end of the program every reference must be accounted for, else its status is 99.
        .env("MOLT_LEAK_CHECK", "1")
        // The programs run elsewhere than their sources are, whose lines tracebacks show.
        .env("MOLT_SOURCE_PATH", &program.source_dir)
        .env_remove("PYTHONPATH")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let input = program.stdin()?;
    let mut child = command.spawn()?;
    let (mut stdin, mut stdout, mut stderr) = match (child.stdin.take(), child.stdout.take(), child.stderr.take()) {
        (Some(i), Some(o), Some(e)) => (i, o, e),
        _ => return Err(io::Error::other("a pipe is missing")),
    };
    // One thread per stream: a program that fills one pipe while we read the other would hang.
    let feed = thread::spawn(move || {
        // A program that exits without reading its input is not an error.
        let _ = stdin.write_all(&input);
    });
    let out = thread::spawn(move || {
        let mut bytes = Vec::new();
        stdout.read_to_end(&mut bytes).map(|_| bytes)
    });
    let err = thread::spawn(move || {
        let mut bytes = Vec::new();
        stderr.read_to_end(&mut bytes).map(|_| bytes)
    });
    let (done, finished) = mpsc::channel::<()>();
    let waiter = thread::spawn(move || {
        let late = matches!(finished.recv_timeout(limit), Err(mpsc::RecvTimeoutError::Timeout));
        if late {
            let _ = child.kill();
        }
        child.wait().map(|status| (status, late))
    });
    let stdout = joined(out)?;
    let stderr = joined(err)?;
    drop(done);
    let (status, late) = joined(waiter)?;
    let _ = feed.join();
    let status = if late { TIMED_OUT } else { code_of(status) };
    Ok(Outcome { stdout, stderr: strip_paths(&stderr, &program.source_dir), status })
}

fn joined<T>(handle: thread::JoinHandle<io::Result<T>>) -> io::Result<T> {
    handle.join().map_err(|_| io::Error::other("a reader thread panicked"))?
}

#[cfg(unix)]
fn code_of(status: std::process::ExitStatus) -> i32 {
    use std::os::unix::process::ExitStatusExt;
    status.code().or_else(|| status.signal().map(|s| 128 + s)).unwrap_or(-1)
}

#[cfg(not(unix))]
fn code_of(status: std::process::ExitStatus) -> i32 {
    status.code().unwrap_or(-1)
}

/// CPython shows the script's absolute path in a traceback, Molt the path it was compiled
/// under; both become relative to the program's directory. Only the `File "` prefix is looked
/// at, so that the rest of stderr stays byte for byte.
fn strip_paths(stderr: &[u8], source_dir: &Path) -> Vec<u8> {
    let mut prefix = source_dir.to_string_lossy().into_owned().into_bytes();
    prefix.push(b'/');
    const MARK: &[u8] = b"File \"";
    let mut result = Vec::with_capacity(stderr.len());
    let mut rest = stderr;
    while let Some(at) = find(rest, MARK) {
        let (head, tail) = rest.split_at(at + MARK.len());
        result.extend_from_slice(head);
        rest = tail.strip_prefix(prefix.as_slice()).unwrap_or(tail);
    }
    result.extend_from_slice(rest);
    result
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|w| w == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_relative() {
        let text = b"  File \"/a/b/main.py\", line 1\n  File \"x.py\"\n /a/b/ stays";
        let got = strip_paths(text, Path::new("/a/b"));
        assert_eq!(got, b"  File \"main.py\", line 1\n  File \"x.py\"\n /a/b/ stays");
    }
}
