//! `str.format` and `str.format_map` (PEP 3101).
//!
//! Invariant: fields are looked up in order of appearance, a nested specification after its field.

use crate::object::str;
use crate::ops::call::Args;
use crate::runtime::{R, Rt};
use crate::types::exception;
use crate::types::text::{Text, TextBuf, chars};
use crate::value::Obj;
use std::ops::Range;

/// Where fields come from.
enum Fields<'a> {
    Call(Args<'a>),
    Mapping(&'a Obj),
}

/// How fields without a name are numbered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbering {
    Unknown,
    Automatic,
    Manual,
}

struct Template<'a> {
    rt: &'a Rt,
    fields: Fields<'a>,
    numbering: Numbering,
    next: usize,
}

/// A replacement field: name, conversion (0 when absent), specification and whether that holds fields itself.
struct Field {
    name: Range<usize>,
    conversion: u32,
    spec: Range<usize>,
    nested: bool,
}

const OPEN: u32 = b'{' as u32;
const CLOSE: u32 = b'}' as u32;

/// `str.format`.
pub fn format_method(rt: &Rt, a: &Obj, args: Args<'_>) -> R {
    run(rt, a, Fields::Call(args))
}

/// `str.format_map`.
pub fn format_map(rt: &Rt, a: &Obj, mapping: &Obj) -> R {
    run(rt, a, Fields::Mapping(mapping))
}

fn run(rt: &Rt, a: &Obj, fields: Fields) -> R {
    let text = crate::types::str::view(a);
    let mut template = Template { rt, fields, numbering: Numbering::Unknown, next: 0 };
    let mut out = TextBuf::with_capacity(text.len() + 16);
    template.expand(text, 2, &mut out)?;
    Ok(str::from_buf(rt, out))
}

/// A number made of digits only; nothing for other text.
fn integer(rt: &Rt, text: Text) -> R<Option<usize>> {
    let mut n = None;
    for cp in text.iter() {
        let Some(digit) = chars::decimal_value(cp) else { return Ok(None) };
        let next = n.unwrap_or(0i64).checked_mul(10).and_then(|n: i64| n.checked_add(i64::from(digit)));
        match next {
            Some(next) => n = Some(next),
            None => return Err(rt.value_error(format_args!("Too many decimal digits in format string"))),
        }
    }
    Ok(n.map(|n| n as usize))
}

fn find(text: Text, range: Range<usize>, wanted: impl Fn(u32) -> bool) -> Option<usize> {
    range.into_iter().find(|&at| wanted(text.at(at)))
}

impl Template<'_> {
    fn refuse<T>(&self, message: &str) -> R<T> {
        Err(self.rt.value_error(format_args!("{message}")))
    }

    fn expand(&mut self, text: Text, depth: usize, out: &mut TextBuf) -> R<()> {
        if depth == 0 {
            return self.refuse("Max string recursion exceeded");
        }
        let mut at = 0;
        while at < text.len() {
            let Some(brace) = find(text, at..text.len(), |cp| cp == OPEN || cp == CLOSE) else {
                out.push_text(text.slice(at..text.len()));
                break;
            };
            out.push_text(text.slice(at..brace));
            let cp = text.at(brace);
            at = brace + 1;
            if at < text.len() && text.at(at) == cp {
                out.push(cp);
                at += 1;
                continue;
            }
            if cp == CLOSE {
                return self.refuse("Single '}' encountered in format string");
            }
            if at == text.len() {
                return self.refuse("Single '{' encountered in format string");
            }
            let field = self.parse_field(text, &mut at)?;
            self.render(text, field, depth, out)?;
        }
        Ok(())
    }

    /// Parses the field that starts at `*at` and moves `*at` behind its closing brace.
    fn parse_field(&self, text: Text, at: &mut usize) -> R<Field> {
        let start = *at;
        let mut last = 0;
        while *at < text.len() {
            last = text.at(*at);
            *at += 1;
            match char::from_u32(last) {
                Some('{') => return self.refuse("unexpected '{' in field name"),
                // Brackets may hold anything up to the closing one.
                Some('[') => *at = find(text, *at..text.len(), |cp| cp == u32::from(']')).unwrap_or(text.len()),
                Some('}' | ':' | '!') => break,
                _ => {}
            }
        }
        let end = if matches!(char::from_u32(last), Some('}' | ':' | '!')) { *at - 1 } else { *at };
        let mut field = Field { name: start..end, conversion: 0, spec: 0..0, nested: false };
        if last == CLOSE {
            return Ok(field);
        }
        if last != u32::from(':') && last != u32::from('!') {
            return self.refuse("expected '}' before end of string");
        }
        if last == u32::from('!') {
            if *at >= text.len() {
                return self.refuse("end of string while looking for conversion specifier");
            }
            field.conversion = text.at(*at);
            *at += 1;
            if *at < text.len() {
                let after = text.at(*at);
                *at += 1;
                if after == CLOSE {
                    return Ok(field);
                }
                if after != u32::from(':') {
                    return self.refuse("expected ':' after conversion specifier");
                }
            }
        }
        let start = *at;
        let mut open = 1;
        while *at < text.len() {
            let cp = text.at(*at);
            *at += 1;
            if cp == OPEN {
                field.nested = true;
                open += 1;
            } else if cp == CLOSE {
                open -= 1;
                if open == 0 {
                    field.spec = start..*at - 1;
                    return Ok(field);
                }
            }
        }
        self.refuse("unmatched '{' in format spec")
    }

    fn render(&mut self, text: Text, field: Field, depth: usize, out: &mut TextBuf) -> R<()> {
        let rt = self.rt;
        let value = self.look_up(text.slice(field.name))?;
        let value = match char::from_u32(field.conversion) {
            Some('\0') => value,
            Some('r') => rt.repr(&value)?,
            Some('s') => rt.to_str(&value)?,
            Some('a') => rt.ascii(&value)?,
            Some(c) if c > ' ' && c < '\x7f' => {
                return Err(rt.value_error(format_args!("Unknown conversion specifier {c}")));
            }
            _ => {
                return Err(rt.value_error(format_args!("Unknown conversion specifier \\x{:x}", field.conversion)));
            }
        };
        let spec = text.slice(field.spec);
        let spec = if field.nested {
            let mut expanded = TextBuf::new();
            self.expand(spec, depth - 1, &mut expanded)?;
            Some(str::from_buf(rt, expanded))
        } else if spec.is_empty() {
            None
        } else {
            Some(str::from_text(rt, spec))
        };
        let shown = rt.format(&value, spec.as_ref())?;
        out.push_text(crate::types::str::view(&shown));
        Ok(())
    }

    /// The value that a field name such as `0.name[key]` stands for.
    fn look_up(&mut self, name: Text) -> R {
        let rt = self.rt;
        let dot_or_bracket = |cp| cp == u32::from('.') || cp == u32::from('[');
        let mut at = find(name, 0..name.len(), dot_or_bracket).unwrap_or(name.len());
        let mut value = self.first(name.slice(0..at))?;
        while at < name.len() {
            let attribute = name.at(at) == u32::from('.');
            if !attribute && name.at(at) != u32::from('[') {
                return self.refuse("Only '.' or '[' may follow ']' in format field specifier");
            }
            let start = at + 1;
            let end = if attribute {
                find(name, start..name.len(), dot_or_bracket).unwrap_or(name.len())
            } else {
                match find(name, start..name.len(), |cp| cp == u32::from(']')) {
                    Some(end) => end,
                    None => return self.refuse("Missing ']' in format string"),
                }
            };
            if start == end {
                return self.refuse("Empty attribute in format string");
            }
            let part = name.slice(start..end);
            value = if attribute {
                rt.get_attr(&value, &str::from_text(rt, part))?
            } else {
                let key = match integer(rt, part)? {
                    Some(index) => rt.int(index as i64),
                    None => str::from_text(rt, part),
                };
                rt.get_item(&value, &key)?
            };
            at = if attribute { end } else { end + 1 };
        }
        Ok(value)
    }

    fn first(&mut self, name: Text) -> R {
        let rt = self.rt;
        let mut index = integer(rt, name)?;
        if name.is_empty() || index.is_some() {
            match (self.numbering, name.is_empty()) {
                (Numbering::Unknown, empty) => {
                    self.numbering = if empty { Numbering::Automatic } else { Numbering::Manual };
                }
                (Numbering::Manual, true) => {
                    return self.refuse("cannot switch from manual field specification to automatic field numbering");
                }
                (Numbering::Automatic, false) => {
                    return self.refuse("cannot switch from automatic field numbering to manual field specification");
                }
                _ => {}
            }
            if name.is_empty() {
                index = Some(self.next);
                self.next += 1;
            }
        }
        match (&self.fields, index) {
            (Fields::Call(args), Some(index)) => match args.positional().get(index) {
                Some(value) => Ok(value.clone()),
                None => Err(rt.error(
                    &exception::INDEX_ERROR,
                    format_args!("Replacement index {index} out of range for positional args tuple"),
                )),
            },
            (Fields::Mapping(_), Some(_)) => self.refuse("Format string contains positional fields"),
            (Fields::Call(args), None) => {
                let found = args.keywords().find(|(key, _)| crate::types::str::view(key).equals(name));
                match found {
                    Some((_, value)) => Ok(value.clone()),
                    None => Err(rt.key_error(&str::from_text(rt, name))),
                }
            }
            (Fields::Mapping(mapping), None) => rt.get_item(mapping, &str::from_text(rt, name)),
        }
    }
}
