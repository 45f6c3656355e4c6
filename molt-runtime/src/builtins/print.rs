//! `print` and `input`.

use crate::io::std_streams::Std;
use crate::io::text;
use crate::object::{dict, str};
use crate::ops::call::Args;
use crate::runtime::{R, Rt};
use crate::types::exception;
use crate::value::Obj;
use molt_abi::layout::Kind;

/// The current `sys.stdout` and the like: what the module `sys` has, when the program uses it.
pub fn current_std(rt: &Rt, which: Std) -> Option<Obj> {
    let Some(sys) = dict::get_str(&rt.sys_modules(), &rt.names().sys) else { return Some(rt.std_object(which)) };
    let name = match which {
        Std::In => &rt.names().stdin,
        Std::Out => &rt.names().stdout,
        Std::Err => &rt.names().stderr,
    };
    dict::get_str(&rt.namespace(&sys), name).filter(|s| !s.is_none())
}

/// Whether the program has deleted a stream from `sys`.
fn is_lost(rt: &Rt, name: &Obj) -> bool {
    dict::get_str(&rt.sys_modules(), &rt.names().sys)
        .is_some_and(|sys| dict::get_str(&rt.namespace(&sys), name).is_none())
}

/// Where `print` writes: a text view itself, or anything with a `write` method.
enum Target<'a> {
    Text(&'a text::Text),
    Method(Obj),
}

impl Target<'_> {
    fn write(&self, rt: &Rt, string: &Obj) -> R<()> {
        match self {
            Target::Text(t) => t.write_str(rt, string),
            Target::Method(write) => rt.call(write, std::slice::from_ref(string)).map(drop),
        }
    }
}

/// A separator or end: `None` and absent mean the default.
fn text_option(rt: &Rt, name: &str, value: &Obj) -> R<Option<Obj>> {
    if value.is_none() {
        return Ok(None);
    }
    if value.is_kind(Kind::Str) {
        return Ok(Some(value.clone()));
    }
    Err(rt.type_error(format_args!("{name} must be None or a string, not {}", rt.type_name(value))))
}

/// `print(*args, sep=' ', end='\n', file=None, flush=False)`
pub fn print(rt: &Rt, _: &Obj, args: Args<'_>) -> R {
    let (mut sep, mut end, mut file, mut flush) = (None, None, None, false);
    for (name, value) in args.keywords() {
        match str::to_string(name).as_str() {
            "sep" => sep = text_option(rt, "sep", value)?,
            "end" => end = text_option(rt, "end", value)?,
            "file" => file = Some(value.clone()).filter(|f| !f.is_none()),
            "flush" => flush = rt.truth(value)?,
            other => {
                return Err(rt.type_error(format_args!("'{other}' is an invalid keyword argument for print()")));
            }
        }
    }
    if file.is_none() && is_lost(rt, &rt.names().stdout) {
        return Err(rt.runtime_error(format_args!("lost sys.stdout")));
    }
    // Where `sys.stdout` is None there is nothing to do.
    let Some(file) = file.or_else(|| current_std(rt, Std::Out)) else { return Ok(Obj::none()) };
    let target = match text::get(&file).filter(|t| t.is_writable()) {
        Some(t) => Target::Text(t),
        None => Target::Method(rt.get_attr(&file, &rt.names().write)?),
    };
    for (n, value) in args.positional().iter().enumerate() {
        if n != 0 {
            match &sep {
                Some(sep) => target.write(rt, sep)?,
                None => target.write(rt, &rt.latin1_char(b' '))?,
            }
        }
        let string = rt.to_str(value)?;
        target.write(rt, &string)?;
    }
    match &end {
        Some(end) => target.write(rt, end)?,
        None => target.write(rt, &rt.latin1_char(b'\n'))?,
    }
    if flush {
        match target {
            Target::Text(t) => t.flush(rt)?,
            Target::Method(_) => {
                let method = rt.get_attr(&file, &rt.names().flush)?;
                rt.call(&method, &[])?;
            }
        }
    }
    Ok(Obj::none())
}

fn lost(rt: &Rt, name: &str) -> crate::Raised {
    rt.runtime_error(format_args!("input(): lost sys.{name}"))
}

/// `input(prompt='')`
pub fn input(rt: &Rt, _: &Obj, args: &[Obj]) -> R {
    let Some(stdin) = current_std(rt, Std::In) else { return Err(lost(rt, "stdin")) };
    let Some(stdout) = current_std(rt, Std::Out) else { return Err(lost(rt, "stdout")) };
    if let Some(err) = current_std(rt, Std::Err)
        && let Some(t) = text::get(&err)
    {
        t.flush(rt)?;
    }
    if let Some(prompt) = args.first() {
        let prompt = rt.to_str(prompt)?;
        match text::get(&stdout).filter(|t| t.is_writable()) {
            Some(t) => t.write_str(rt, &prompt)?,
            None => {
                let write = rt.get_attr(&stdout, &rt.names().write)?;
                rt.call(&write, &[prompt])?;
            }
        }
    }
    match text::get(&stdout) {
        Some(t) => t.flush(rt)?,
        None => {
            let flush = rt.get_attr(&stdout, &rt.names().flush)?;
            rt.call(&flush, &[])?;
        }
    }
    let line = match text::get(&stdin) {
        Some(_) => text::input_line(rt, &stdin)?,
        None => {
            let readline = rt.get_attr(&stdin, &rt.names().readline)?;
            rt.call(&readline, &[])?
        }
    };
    let Some(s) = str::get(&line) else {
        return Err(rt.type_error(format_args!("object.readline() returned non-string")));
    };
    let len = s.len();
    if len == 0 {
        return Err(rt.error(&exception::EOF_ERROR, format_args!("EOF when reading a line")));
    }
    if s.code_points().at(len - 1) == u32::from(b'\n') {
        return Ok(str::from_text(rt, s.view().slice(0..len - 1)));
    }
    Ok(line)
}
