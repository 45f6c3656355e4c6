//! Formatting: the `format()` mini-language, `str.format` templates and `%` templates.
//!
//! [`spec`] parses a specification, [`number`] and [`text`] render plain data, [`quick`] does the common cases at once; this
//! file binds them to values.

pub mod brace;
pub mod number;
pub mod percent;
pub mod quick;
pub mod spec;
pub mod text;

use crate::object::{int, str};
use crate::runtime::{R, Raised, Rt};
use crate::types::text::{Text, TextBuf, escape};
use crate::types::{exception, float};
use crate::value::Obj;
use molt_abi::layout::Kind;
use spec::{FormatError, Spec};

/// Raises what formatting plain data found wrong.
#[cold]
pub fn raise(rt: &Rt, error: FormatError) -> Raised {
    match error {
        FormatError::Value(message) => rt.value_error(format_args!("{message}")),
        FormatError::Overflow(message) => rt.overflow_error(format_args!("{message}")),
        FormatError::Memory => rt.raise_with(&exception::MEMORY_ERROR, Vec::new()),
    }
}

/// The text of a format specification argument.
fn spec_text<'a>(rt: &Rt, spec: &'a Obj) -> R<Text<'a>> {
    match str::get(spec) {
        Some(s) => Ok(s.view()),
        None => Err(rt.type_error(format_args!("__format__() argument must be str, not {}", rt.type_name(spec)))),
    }
}

/// `int.__format__`.
pub fn int_method(rt: &Rt, obj: &Obj, spec: &Obj) -> R {
    let text = spec_text(rt, spec)?;
    if text.is_empty() {
        return rt.to_str(obj);
    }
    let mut out = TextBuf::new();
    int_into(rt, obj, text, &mut out)?;
    Ok(str::from_buf(rt, out))
}

/// `float.__format__`.
pub fn float_method(rt: &Rt, obj: &Obj, spec: &Obj) -> R {
    let text = spec_text(rt, spec)?;
    if text.is_empty() {
        return rt.to_str(obj);
    }
    let mut out = TextBuf::new();
    float_into(rt, float::value(obj).unwrap_or(f64::NAN), &rt.type_name(obj), text, &mut out)?;
    Ok(str::from_buf(rt, out))
}

/// `str.__format__`.
pub fn str_method(rt: &Rt, obj: &Obj, spec: &Obj) -> R {
    let text = spec_text(rt, spec)?;
    if text.is_empty() {
        return rt.to_str(obj);
    }
    let mut out = TextBuf::new();
    str_into(rt, obj, text, &mut out)?;
    Ok(str::from_buf(rt, out))
}

fn int_into(rt: &Rt, obj: &Obj, text: Text, out: &mut TextBuf) -> R<()> {
    let name = rt.type_name(obj);
    let spec = Spec::parse(text, 'd', '>', &name).map_err(|e| raise(rt, e))?;
    let Some(n) = int::value(obj) else { return Ok(()) };
    match spec.kind {
        'b' | 'c' | 'd' | 'o' | 'x' | 'X' | 'n' => {
            if matches!(spec.kind, 'd' | 'n') {
                // The digit limit binds formatting too.
                let digits = rt.int_decimal(n)?;
                number::int_digits(&spec, n, Some(&digits), out)
            } else {
                number::int_digits(&spec, n, None, out)
            }
        }
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%' => number::float(&spec, rt.int_to_f64(n)?, out),
        _ => Err(spec.unknown_code(&name)),
    }
    .map_err(|e| raise(rt, e))
}

fn float_into(rt: &Rt, x: f64, name: &str, text: Text, out: &mut TextBuf) -> R<()> {
    let spec = Spec::parse(text, '\0', '>', name).map_err(|e| raise(rt, e))?;
    match spec.kind {
        '\0' | 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n' | '%' => number::float(&spec, x, out),
        _ => Err(spec.unknown_code(name)),
    }
    .map_err(|e| raise(rt, e))
}

fn str_into(rt: &Rt, obj: &Obj, text: Text, out: &mut TextBuf) -> R<()> {
    let name = rt.type_name(obj);
    let spec = Spec::parse(text, 's', '<', &name).map_err(|e| raise(rt, e))?;
    if spec.kind != 's' {
        return Err(raise(rt, spec.unknown_code(&name)));
    }
    let Some(s) = str::get(obj) else { return Ok(()) };
    text::string(&spec, s.view(), out).map_err(|e| raise(rt, e))
}

/// The replacement field of an f-string: `conversion` is 0, `s`, `r` or `a`.
pub fn format_value(rt: &Rt, value: &Obj, conversion: i64, spec: Option<&Obj>) -> R {
    let converted = match u8::try_from(conversion) {
        Ok(b's') => rt.to_str(value)?,
        Ok(b'r') => rt.repr(value)?,
        Ok(b'a') => rt.ascii(value)?,
        _ => return rt.format(value, spec),
    };
    rt.format(&converted, spec)
}

impl Rt {
    /// `ascii(obj)`, a `str`.
    pub fn ascii(&self, obj: &Obj) -> R {
        let repr = self.repr(obj)?;
        let text = crate::types::str::view(&repr);
        if text.is_ascii() {
            return Ok(repr);
        }
        Ok(str::from_buf(self, escape::ascii_of_repr(text)))
    }

    /// `format(obj, spec)`, a `str`; no specification is the empty one.
    pub fn format(&self, obj: &Obj, spec: Option<&Obj>) -> R {
        let empty = spec.is_none_or(|s| str::get(s).is_some_and(|s| s.is_empty()));
        if empty {
            if obj.is_exact(Kind::Str) {
                return Ok(obj.clone());
            }
            if obj.as_small_int().is_some() || obj.as_float().is_some() || obj.is_exact(Kind::Int) {
                return self.to_str(obj);
            }
        } else if let Some(text) = spec.and_then(str::get) {
            if let Some(ascii) = text.as_ascii()
                && let Some(done) = quick::format(self, obj, ascii.as_bytes())
            {
                return Ok(done);
            }
            let mut out = TextBuf::new();
            if obj.as_small_int().is_some() || obj.is_exact(Kind::Int) {
                int_into(self, obj, text.view(), &mut out)?;
                return Ok(str::from_buf(self, out));
            }
            if let Some(x) = obj.as_float() {
                float_into(self, x, "float", text.view(), &mut out)?;
                return Ok(str::from_buf(self, out));
            }
            if obj.is_exact(Kind::Str) {
                str_into(self, obj, text.view(), &mut out)?;
                return Ok(str::from_buf(self, out));
            }
        }
        let spec = match spec {
            Some(spec) => spec.clone(),
            None => self.empty_str(),
        };
        if str::get(&spec).is_none() {
            return Err(
                self.type_error(format_args!("Format specifier must be a string, not {}", self.type_name(&spec)))
            );
        }
        let result = match self.call_special(obj, &self.names().__format__, &[spec])? {
            Some(result) => result,
            None => {
                return Err(self.type_error(format_args!("Type {} doesn't define __format__", self.type_name(obj))));
            }
        };
        if str::get(&result).is_none() {
            return Err(self.type_error(format_args!("__format__ must return a str, not {}", self.type_name(&result))));
        }
        Ok(result)
    }
}
