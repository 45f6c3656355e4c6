//! `%` formatting of `str` and `bytes` (PEP 461).
//!
//! A `bytes` template is taken as text of code points below 256, and so is its result; what differs is `%s`, `%b`, `%r`,
//! `%c` and the words of the errors.

use super::quick::{self, Field, Short};
use super::spec::FormatError;
use super::text::pad;
use crate::object::{bytes, int, str, tuple};
use crate::runtime::{R, Raised, Rt};
use crate::types::number::float_text::{self, Style};
use crate::types::number::{IntRef, int_text};
use crate::types::text::{Text, TextBuf, units};
use crate::types::{exception, float};
use crate::value::Obj;
use molt_abi::layout::Kind;

/// The arguments: a tuple's items one by one, or one value.
struct Operands<'a> {
    items: &'a [Obj],
    next: usize,
    mapping: Option<&'a Obj>,
}

/// A conversion specifier.
#[derive(Default)]
struct Conversion {
    left: bool,
    plus: bool,
    blank: bool,
    alternate: bool,
    zero: bool,
    width: usize,
    precision: Option<usize>,
}

struct Formatter<'a> {
    rt: &'a Rt,
    text: Text<'a>,
    at: usize,
    of_bytes: bool,
    out: TextBuf,
}

/// `template % operand` of `str`.
pub fn format_str(rt: &Rt, template: &Obj, operand: &Obj) -> R {
    let text = crate::types::str::view(template);
    Ok(str::from_buf(rt, run(rt, text, operand, false)?))
}

/// `template % operand` of `bytes`.
pub fn format_bytes(rt: &Rt, template: &[u8], operand: &Obj) -> R<Vec<u8>> {
    let mut out = run(rt, units::one(template), operand, true)?;
    Ok(out.view().iter().map(|cp| cp as u8).collect())
}

fn run(rt: &Rt, text: Text, operand: &Obj, of_bytes: bool) -> R<TextBuf> {
    let single = std::slice::from_ref(operand);
    let items = tuple::items(operand);
    let is_text = if of_bytes { operand.is_kind(Kind::Bytes) } else { operand.is_kind(Kind::Str) };
    let is_mapping = items.is_none() && !is_text && rt.type_of(operand).slots.getitem.get().is_some();
    let mut operands = Operands { items: items.unwrap_or(single), next: 0, mapping: is_mapping.then_some(operand) };
    let out = TextBuf::with_capacity(text.len() + 16);
    let mut formatter = Formatter { rt, text, at: 0, of_bytes, out };
    formatter.run(&mut operands)?;
    if operands.next < operands.items.len() && operands.mapping.is_none() {
        let kind = if of_bytes { "bytes" } else { "string" };
        return Err(rt.type_error(format_args!("not all arguments converted during {kind} formatting")));
    }
    Ok(formatter.out)
}

impl Operands<'_> {
    fn next(&mut self, rt: &Rt) -> R {
        match self.items.get(self.next) {
            Some(item) => {
                self.next += 1;
                Ok(item.clone())
            }
            None => Err(rt.type_error(format_args!("not enough arguments for format string"))),
        }
    }
}

impl Formatter<'_> {
    #[cold]
    fn incomplete(&self) -> Raised {
        self.rt.value_error(format_args!("incomplete format"))
    }

    /// The next code point of the template.
    fn take(&mut self) -> R<u32> {
        if self.at == self.text.len() {
            return Err(self.incomplete());
        }
        self.at += 1;
        Ok(self.text.at(self.at - 1))
    }

    fn run(&mut self, operands: &mut Operands) -> R<()> {
        let percent = u32::from('%');
        while self.at < self.text.len() {
            let start = self.at;
            let end = match self.text {
                Text::Ascii(bytes) => memchr::memchr(b'%', &bytes[start..]).map_or(bytes.len(), |n| start + n),
                text => (start..text.len()).find(|&at| text.at(at) == percent).unwrap_or(text.len()),
            };
            self.out.push_text(self.text.slice(start..end));
            self.at = end + 1;
            if end < self.text.len() {
                self.specifier(operands)?;
            }
        }
        Ok(())
    }

    fn specifier(&mut self, operands: &mut Operands) -> R<()> {
        let cp = self.take()?;
        if cp == u32::from('%') {
            self.out.push(cp);
            return Ok(());
        }
        if cp == u32::from('(') {
            // A keyed specifier has one value, for `*` as for the conversion.
            let value = [self.keyed_value(operands)?];
            // From here on the mapping itself is no operand.
            operands.next = operands.items.len();
            let cp = self.take()?;
            return self.after_key(cp, &mut Operands { items: &value, next: 0, mapping: None });
        }
        self.after_key(cp, operands)
    }

    fn after_key(&mut self, mut cp: u32, operands: &mut Operands) -> R<()> {
        let mut conversion = Conversion::default();
        loop {
            match char::from_u32(cp) {
                Some('-') => conversion.left = true,
                Some('+') => conversion.plus = true,
                Some(' ') => conversion.blank = true,
                Some('#') => conversion.alternate = true,
                Some('0') => conversion.zero = true,
                _ => break,
            }
            cp = self.take()?;
        }
        if cp == u32::from('*') {
            let width = self.star(operands)?;
            conversion.left |= width < 0;
            conversion.width = usize::try_from(width.unsigned_abs()).unwrap_or(usize::MAX);
            cp = self.take()?;
        } else {
            conversion.width = self.digits(&mut cp, i64::MAX as u64, "width too big")?;
        }
        if cp == u32::from('.') {
            cp = self.take()?;
            conversion.precision = Some(if cp == u32::from('*') {
                let precision = self.star(operands)?;
                cp = self.take()?;
                usize::try_from(precision).unwrap_or(0)
            } else {
                self.digits(&mut cp, i32::MAX as u64, "precision too big")?
            });
        }
        if matches!(char::from_u32(cp), Some('h' | 'l' | 'L')) {
            cp = self.take()?;
        }
        let value = operands.next(self.rt)?;
        self.convert(&conversion, cp, &value)
    }

    fn keyed_value(&mut self, operands: &Operands) -> R {
        let rt = self.rt;
        let Some(mapping) = operands.mapping else {
            return Err(rt.type_error(format_args!("format requires a mapping")));
        };
        let start = self.at;
        let mut open = 1;
        while open > 0 {
            if self.at == self.text.len() {
                return Err(rt.value_error(format_args!("incomplete format key")));
            }
            match char::from_u32(self.text.at(self.at)) {
                Some('(') => open += 1,
                Some(')') => open -= 1,
                _ => {}
            }
            self.at += 1;
        }
        let key = self.text.slice(start..self.at - 1);
        let key = if self.of_bytes {
            bytes::new(rt, &key.iter().map(|cp| cp as u8).collect::<Vec<_>>())
        } else {
            str::from_text(rt, key)
        };
        rt.get_item(mapping, &key)
    }

    fn star(&mut self, operands: &mut Operands) -> R<i64> {
        let value = operands.next(self.rt)?;
        match int::value(&value) {
            Some(IntRef::Small(n)) => Ok(n),
            Some(_) => Err(self.rt.overflow_error(format_args!("Python int too large to convert to C ssize_t"))),
            None => Err(self.rt.type_error(format_args!("* wants int"))),
        }
    }

    fn digits(&mut self, cp: &mut u32, most: u64, too_big: &str) -> R<usize> {
        let mut n = 0u64;
        while let Some(digit) = char::from_u32(*cp).and_then(|c| c.to_digit(10)) {
            n = match n.checked_mul(10).and_then(|n| n.checked_add(u64::from(digit))) {
                Some(n) if n <= most => n,
                _ => return Err(self.rt.value_error(format_args!("{too_big}"))),
            };
            *cp = self.take()?;
        }
        Ok(n as usize)
    }

    /// Numbers of the common kind under short specifiers; whether it was one.
    fn quick(&mut self, c: &Conversion, kind: char, value: &Obj) -> bool {
        let is_int = matches!(kind, 'd' | 'i' | 'u' | 'x') && value.as_small_int().is_some();
        let is_float = kind == 'f' && value.as_float().is_some();
        if !(is_int && c.precision.is_none() || is_float) || c.alternate || c.width > 64 {
            return false;
        }
        let zero = c.zero && !c.left;
        let short = Short {
            fill: if zero { b'0' } else { b' ' },
            align: if c.left {
                b'<'
            } else if zero {
                b'='
            } else {
                b'>'
            },
            sign: if c.plus {
                b'+'
            } else if c.blank {
                b' '
            } else {
                0
            },
            width: c.width,
            grouping: 0,
            precision: c.precision,
            kind: if matches!(kind, 'i' | 'u') { b'd' } else { kind as u8 },
        };
        let mut field = Field::default();
        let done = quick::number(value, &short, &mut field);
        if done {
            self.out.push_text(Text::Ascii(field.text()));
        }
        done
    }

    fn convert(&mut self, conversion: &Conversion, cp: u32, value: &Obj) -> R<()> {
        let rt = self.rt;
        if self.quick(conversion, char::from_u32(cp).unwrap_or('\0'), value) {
            return Ok(());
        }
        let kind = char::from_u32(cp).unwrap_or('\0');
        match kind {
            's' | 'b' if self.of_bytes => {
                let data = bytes_of(rt, value)?;
                self.string(conversion, units::one(&data))
            }
            'r' if self.of_bytes => {
                let shown = rt.ascii(value)?;
                self.string(conversion, crate::types::str::view(&shown))
            }
            's' | 'r' | 'a' => {
                let shown = match kind {
                    's' => rt.to_str(value)?,
                    'r' => rt.repr(value)?,
                    _ => rt.ascii(value)?,
                };
                self.string(conversion, crate::types::str::view(&shown))
            }
            'c' => {
                let mut one: TextBuf = [self.character(value)?].into_iter().collect();
                let conversion = Conversion { precision: None, ..*conversion };
                self.string(&conversion, one.view())
            }
            'd' | 'i' | 'u' | 'o' | 'x' | 'X' => self.integer(conversion, kind, value),
            'e' | 'E' | 'f' | 'F' | 'g' | 'G' => self.real(conversion, kind, value),
            _ => {
                let shown = if (31..=126).contains(&cp) { kind } else { '?' };
                let at = self.at - 1;
                Err(rt.value_error(format_args!("unsupported format character '{shown}' (0x{cp:x}) at index {at}")))
            }
        }
    }

    fn string(&mut self, conversion: &Conversion, text: Text) -> R<()> {
        let shown = match conversion.precision {
            Some(most) if most < text.len() => text.slice(0..most),
            _ => text,
        };
        let align = if conversion.left { '<' } else { '>' };
        self.padded(|out| pad(out, shown, conversion.width, align, u32::from(' ')))
    }

    fn padded(&mut self, write: impl FnOnce(&mut TextBuf) -> Result<(), FormatError>) -> R<()> {
        write(&mut self.out).map_err(|e| super::raise(self.rt, e))
    }

    fn character(&self, value: &Obj) -> R<u32> {
        let rt = self.rt;
        let limit = if self.of_bytes { 256 } else { 0x11_0000 };
        if self.of_bytes {
            if let Some(&[b]) = bytes::data(value) {
                return Ok(u32::from(b));
            }
        } else if let Some(text) = str::get(value).map(|s| s.view())
            && text.len() == 1
        {
            return Ok(text.at(0));
        }
        let n = if value.is_kind(Kind::Str) || value.is_kind(Kind::Bytes) || float::value(value).is_some() {
            None
        } else {
            rt.index_opt(value)?
        };
        match n.as_ref().and_then(int::value) {
            Some(IntRef::Small(n)) if n >= 0 && n < limit => Ok(n as u32),
            Some(_) => {
                let limit = if self.of_bytes { "256" } else { "0x110000" };
                Err(rt.overflow_error(format_args!("%c arg not in range({limit})")))
            }
            None if self.of_bytes => {
                Err(rt.type_error(format_args!("%c requires an integer in range(256) or a single byte")))
            }
            None => Err(rt.type_error(format_args!("%c requires int or char"))),
        }
    }

    fn integer(&mut self, conversion: &Conversion, kind: char, value: &Obj) -> R<()> {
        let rt = self.rt;
        let kind = if matches!(kind, 'i' | 'u') { 'd' } else { kind };
        let converted;
        let n = match int::value(value) {
            Some(n) => n,
            None => {
                converted = self.to_integer(kind, value)?;
                int::value(&converted).unwrap_or(IntRef::Small(0))
            }
        };
        let (base, prefix) = match kind {
            'o' => (8, "0o"),
            'x' => (16, "0x"),
            'X' => (16, "0X"),
            _ => (10, ""),
        };
        let mut digits = match base {
            10 => {
                let text = rt.int_decimal(n)?;
                match text.strip_prefix('-') {
                    Some(digits) => digits.to_owned(),
                    None => text,
                }
            }
            _ => int_text::magnitude(n, base, kind == 'X'),
        };
        if let Some(least) = conversion.precision
            && least > digits.len()
        {
            rt.check_size(least)?;
            digits.insert_str(0, &"0".repeat(least - digits.len()));
        }
        let prefix = if conversion.alternate { prefix } else { "" };
        self.number(conversion, n.is_negative(), prefix, &digits)
    }

    /// `int(value)`, or `operator.index(value)` for `%x` and `%o`.
    fn to_integer(&self, kind: char, value: &Obj) -> R {
        let rt = self.rt;
        let slots = &rt.type_of(value).slots;
        let numeric = slots.int.get().is_some() || slots.float.get().is_some() || slots.index.get().is_some();
        if numeric {
            let result = if kind == 'd' { crate::types::int::from_object(rt, value) } else { rt.index(value) };
            match result {
                Ok(n) => return Ok(n),
                Err(raised) if !rt.exception_is(&exception::TYPE_ERROR) => return Err(raised),
                Err(_) => rt.clear_exception(),
            }
        }
        let wanted = if kind == 'd' { "a real number" } else { "an integer" };
        Err(rt.type_error(format_args!("%{kind} format: {wanted} is required, not {}", rt.type_name(value))))
    }

    fn real(&mut self, conversion: &Conversion, kind: char, value: &Obj) -> R<()> {
        let x = if self.of_bytes { self.real_for_bytes(value)? } else { self.rt.to_f64(value)? };
        let style = match kind {
            'e' | 'E' => Style::Exponent,
            'f' | 'F' => Style::Fixed,
            _ => Style::General,
        };
        let precision = conversion.precision.unwrap_or(6);
        self.rt.check_size(precision)?;
        let text = float_text::magnitude(x.abs(), style, precision, conversion.alternate, kind.is_ascii_uppercase());
        self.number(conversion, x.is_sign_negative() && !x.is_nan(), "", &text)
    }

    fn real_for_bytes(&self, value: &Obj) -> R<f64> {
        match self.rt.to_f64_opt(value)? {
            Some(x) => Ok(x),
            None => {
                let name = self.rt.type_name(value);
                Err(self.rt.type_error(format_args!("float argument required, not {name}")))
            }
        }
    }

    /// Sign, prefix and digits, padded: zeros go between prefix and digits.
    fn number(&mut self, conversion: &Conversion, negative: bool, prefix: &str, digits: &str) -> R<()> {
        let sign = match (negative, conversion.plus, conversion.blank) {
            (true, ..) => "-",
            (false, true, _) => "+",
            (false, false, true) => " ",
            _ => "",
        };
        let zeros = conversion.zero && !conversion.left;
        if zeros {
            self.out.push_str(sign);
            self.out.push_str(prefix);
            let width = conversion.width.saturating_sub(sign.len() + prefix.len());
            return self.padded(|out| pad(out, Text::Ascii(digits.as_bytes()), width, '>', u32::from('0')));
        }
        let whole = format!("{sign}{prefix}{digits}");
        let align = if conversion.left { '<' } else { '>' };
        self.padded(|out| pad(out, Text::Ascii(whole.as_bytes()), conversion.width, align, u32::from(' ')))
    }
}

/// The operand of `%b`.
fn bytes_of(rt: &Rt, value: &Obj) -> R<Vec<u8>> {
    if let Some(data) = bytes::data(value) {
        return Ok(data.to_vec());
    }
    if let Some(result) = rt.call_special(value, &rt.names().__bytes__, &[])? {
        return match bytes::data(&result) {
            Some(data) => Ok(data.to_vec()),
            None => Err(rt.type_error(format_args!("__bytes__ returned non-bytes (type {})", rt.type_name(&result)))),
        };
    }
    Err(rt.type_error(format_args!(
        "%b requires a bytes-like object, or an object that implements __bytes__, not '{}'",
        rt.type_name(value)
    )))
}
