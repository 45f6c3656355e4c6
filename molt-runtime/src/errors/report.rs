//! The text of an exception with its traceback, as CPython 3.12 prints an uncaught one.
//!
//! Source lines are read from the file the label names, if it exists where the program runs, as CPython does. Labels are
//! relative, so that no path of the building machine is in a program; `MOLT_SOURCE_PATH` (set by `molt run`) lists further
//! folders to look in.
//! Invariant: reporting never leaves an exception pending.

use crate::io::std_streams::Std;
use crate::object::descs;
use crate::object::traceback;
use crate::object::{exception, str, tuple};
use crate::runtime::Rt;
use crate::types::exception as specs;
use crate::value::Obj;
use molt_abi::desc::Position;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Equal frames in a row that are printed before the rest is counted.
const RECURSION_CUTOFF: usize = 3;

/// Files read for one report.
#[derive(Default)]
struct Sources(BTreeMap<String, Option<Vec<String>>>);

impl Sources {
    fn line(&mut self, file: &str, line: u32) -> Option<&str> {
        let lines = self.0.entry(file.to_owned()).or_insert_with(|| {
            let bytes = read(file)?;
            Some(String::from_utf8_lossy(&bytes).lines().map(str::to_owned).collect())
        });
        lines.as_ref()?.get(line.checked_sub(1)? as usize).map(String::as_str)
    }
}

fn read(label: &str) -> Option<Vec<u8>> {
    let folders = std::env::var_os("MOLT_SOURCE_PATH").unwrap_or_default();
    let elsewhere = || std::env::split_paths(&folders).find_map(|folder| std::fs::read(folder.join(label)).ok());
    std::fs::read(label).ok().or_else(elsewhere)
}

impl Rt {
    /// The whole report: causes and contexts first, then the exception itself.
    pub fn format_exception(&self, exc: &Obj) -> String {
        let mut out = String::new();
        let mut sources = Sources::default();
        let mut seen = Vec::new();
        self.format_chain(exc, &mut out, &mut sources, &mut seen);
        out
    }

    fn format_chain(&self, exc: &Obj, out: &mut String, sources: &mut Sources, seen: &mut Vec<u64>) {
        // Innermost first; a chain may be long, so it is walked rather than recursed into.
        let mut chain = vec![(exc.clone(), "")];
        seen.push(exc.word());
        let mut at = exc.clone();
        while let Some(e) = exception::get(&at) {
            let cause = e.cause.get().filter(|c| !c.is_none());
            let context = e.context.get().filter(|c| !c.is_none() && !e.suppress_context.get());
            let (next, text) = match (cause, context) {
                (Some(cause), _) => {
                    (cause, "\nThe above exception was the direct cause of the following exception:\n\n")
                }
                (None, Some(context)) => {
                    (context, "\nDuring handling of the above exception, another exception occurred:\n\n")
                }
                (None, None) => break,
            };
            if seen.contains(&next.word()) {
                break;
            }
            seen.push(next.word());
            if let Some(last) = chain.last_mut() {
                last.1 = text;
            }
            chain.push((next.clone(), ""));
            at = next;
        }
        for (exc, link) in chain.iter().rev() {
            out.push_str(link);
            self.format_one(exc, out, sources);
        }
    }

    fn format_one(&self, exc: &Obj, out: &mut String, sources: &mut Sources) {
        let mut frame = exception::get(exc).and_then(|e| e.traceback.get()).filter(|t| !t.is_none());
        if frame.is_some() {
            out.push_str("Traceback (most recent call last):\n");
        }
        let (mut last, mut repeats) = (None, 0);
        while let Some(tb) = frame {
            let Some(t) = traceback::get(&tb) else { break };
            let file = t.data().desc().file();
            let name = str::to_string(&t.data().constant(t.code().name));
            let position = t.position();
            let key = (file, position.line, name.clone());
            if last.as_ref() == Some(&key) {
                repeats += 1;
            } else {
                repeated(out, repeats);
                repeats = 1;
                last = Some(key);
            }
            if repeats <= RECURSION_CUTOFF {
                let _ = writeln!(out, "  File \"{file}\", line {}, in {name}", position.line);
                if let Some(line) = sources.line(file, position.line) {
                    source_line(out, line, &position, descs::positions(t.code()).is_empty());
                }
            }
            frame = t.next.get();
        }
        repeated(out, repeats);
        self.format_only(exc, out);
    }

    /// `module.Type: message` and the notes.
    fn format_only(&self, exc: &Obj, out: &mut String) {
        let saved = self.take_exception();
        let ty = self.type_of(exc);
        let module = self.get_attr_opt(&ty.as_obj(), &self.names().__module__).ok().flatten();
        let module = module.map(|m| str::to_string(&m)).unwrap_or_default();
        if !matches!(module.as_str(), "builtins" | "__main__" | "") {
            let _ = write!(out, "{module}.");
        }
        out.push_str(&ty.qualname.get().map_or_else(|| ty.name_text(), |q| str::to_string(&q)));
        match self.str_text(exc) {
            Ok(text) if text.is_empty() => {}
            Ok(text) => {
                let _ = write!(out, ": {text}");
            }
            Err(_) => out.push_str(": <exception str() failed>"),
        }
        if let Some(text) = self.suggestion(exc) {
            out.push_str(&text);
        }
        out.push('\n');
        if let Ok(Some(notes)) = self.get_attr_opt(exc, &self.names().__notes__)
            && let Ok(notes) = self.collect(&notes)
        {
            for note in notes {
                let text = self.str_text(&note).unwrap_or_else(|_| "<note str() failed>".to_owned());
                text.split('\n').for_each(|line| {
                    let _ = writeln!(out, "{line}");
                });
            }
        }
        self.clear_exception();
        self.restore_exception(saved);
    }

    /// Takes the pending exception of a program that ends: prints it unless it is SystemExit. The exit status.
    pub fn exit_status(&self) -> i32 {
        let Some(exc) = self.take_exception() else { return 0 };
        if self.type_of(&exc).is_subtype(self.spec_type(&specs::SYSTEM_EXIT)) {
            return self.system_exit(&exc);
        }
        let text = self.format_exception(&exc);
        self.print_error(&text);
        if self.type_of(&exc).is_subtype(self.spec_type(&specs::KEYBOARD_INTERRUPT)) { 130 } else { 1 }
    }

    /// Writes to the current `sys.stderr`, or to the process's own when that fails.
    fn print_error(&self, text: &str) {
        self.flush_stdout();
        let sys = crate::object::dict::get_str(&self.sys_modules(), &self.intern("sys"));
        let stream = match sys {
            Some(sys) => crate::object::dict::get_str(&self.namespace(&sys), &self.intern("stderr")),
            None => Some(self.std_object(Std::Err)),
        };
        let written = stream.filter(|s| !s.is_none()).map(|stream| {
            let write = self.get_attr(&stream, &self.names().write)?;
            self.call(&write, &[self.str(text)])
        });
        if !matches!(written, Some(Ok(_))) {
            self.clear_exception();
            self.write_stderr(text);
        }
    }

    /// The end of a stand-alone program: standard output is flushed. The exit status, 120 if that failed (CPython's).
    pub fn finish(&self, status: i32) -> i32 {
        if self.flush_stdout() { status } else { 120 }
    }

    /// The status of SystemExit: None is 0, an int itself, anything else is printed.
    fn system_exit(&self, exc: &Obj) -> i32 {
        let args = exception::get(exc).and_then(|e| e.args.get()).unwrap_or_else(|| self.empty_tuple());
        let code = match tuple::items(&args).unwrap_or_default() {
            [] => return 0,
            [code] => code.clone(),
            _ => args.clone(),
        };
        if code.is_none() {
            return 0;
        }
        if let Some(b) = code.as_bool() {
            return i32::from(b);
        }
        if let Some(n) = code.as_small_int() {
            // The operating system keeps the low 8 bits.
            return (n & 0xFF) as i32;
        }
        let text = self.str_text(&code).unwrap_or_default();
        self.clear_exception();
        self.print_error(&format!("{text}\n"));
        1
    }
}

fn repeated(out: &mut String, count: usize) {
    if count > RECURSION_CUTOFF {
        let more = count - RECURSION_CUTOFF;
        let times = if more == 1 { "time" } else { "times" };
        let _ = writeln!(out, "  [Previous line repeated {more} more {times}]");
    }
}

/// Columns that text takes on a terminal: two for East Asian wide characters, as CPython counts them.
fn columns(text: &str) -> usize {
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

/// The blocks of Unicode whose characters are wide.
fn is_wide(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x115F | 0x2E80..=0x303E | 0x3041..=0x4DBF | 0x4E00..=0xA4CF | 0xA960..=0xA97F | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF | 0xFE30..=0xFE6F | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x1F300..=0x1F64F
        | 0x1F680..=0x1F6FF | 0x1F900..=0x1F9FF | 0x20000..=0x3FFFD)
}

/// A source line without its indentation, and the marks under it.
fn source_line(out: &mut String, line: &str, at: &Position, unknown: bool) {
    let stripped = line.trim_start_matches([' ', '\t', '\x0c']);
    let indent = line.len() - stripped.len();
    let shown = stripped.trim_end();
    if shown.is_empty() {
        return;
    }
    let _ = writeln!(out, "    {shown}");
    let one_line = at.line == at.end_line;
    let end_byte = if one_line { at.end_col as usize } else { indent + shown.len() };
    let chars = |byte: usize| line.get(indent..byte).map(columns);
    let (Some(start), Some(end)) = (chars(at.col as usize), chars(end_byte)) else { return };
    if unknown || end <= start {
        return;
    }
    let anchors = match (chars(at.op_col as usize), chars(at.op_end as usize)) {
        (Some(from), Some(to)) if one_line && at.op_end != 0 => Some((from, to)),
        _ => None,
    };
    // A range that is the whole line says nothing.
    if anchors.is_none() && end - start == columns(shown) {
        return;
    }
    out.push_str("    ");
    out.extend(std::iter::repeat_n(' ', start));
    for column in start..end {
        out.push(match anchors {
            Some((from, to)) if column < from || column >= to => '~',
            _ => '^',
        });
    }
    out.push('\n');
}
