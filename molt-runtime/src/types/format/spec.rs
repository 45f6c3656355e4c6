//! The format specification: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`.
//!
//! Invariant: a specification is accepted, and refused with the same words, exactly as CPython's parser does.

use crate::types::text::{Text, chars};

/// What is wrong with a specification or its use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormatError {
    /// `ValueError`.
    Value(String),
    /// `OverflowError`.
    Overflow(String),
    /// `MemoryError`.
    Memory,
}

impl FormatError {
    pub(crate) fn value(text: &str) -> FormatError {
        FormatError::Value(text.to_string())
    }
}

/// A parsed specification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spec {
    /// The fill character.
    pub fill: u32,
    /// `<`, `>`, `=` or `^`.
    pub align: char,
    /// `+`, `-`, a space, or `\0` when not given.
    pub sign: char,
    /// `z`: a rounded negative zero loses its sign.
    pub coerce_zero: bool,
    /// `#`.
    pub alternate: bool,
    /// The least width.
    pub width: usize,
    /// `,` or `_`, or `\0`.
    pub grouping: char,
    /// The precision.
    pub precision: Option<usize>,
    /// The presentation type; the default one when not given.
    pub kind: char,
    /// The presentation type as a code point, for messages.
    raw_kind: u32,
}

struct Reader<'a> {
    text: Text<'a>,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> Option<u32> {
        (self.at + ahead < self.text.len()).then(|| self.text.at(self.at + ahead))
    }

    fn eat(&mut self, c: char) -> bool {
        let found = self.peek(0) == Some(c as u32);
        self.at += usize::from(found);
        found
    }

    fn align(&self, ahead: usize) -> Option<char> {
        self.peek(ahead).and_then(char::from_u32).filter(|c| matches!(c, '<' | '>' | '=' | '^'))
    }

    /// Digits as a number; nothing when there are none.
    fn number(&mut self) -> Result<Option<usize>, FormatError> {
        let mut n = None;
        while let Some(digit) = self.peek(0).and_then(chars::decimal_value) {
            let next = n.unwrap_or(0i64).checked_mul(10).and_then(|n: i64| n.checked_add(i64::from(digit)));
            n = Some(next.ok_or_else(|| FormatError::value("Too many decimal digits in format string"))?);
            self.at += 1;
        }
        Ok(n.map(|n| n as usize))
    }
}

/// `'x'` or `'\x1'`.
fn shown(cp: u32) -> String {
    match char::from_u32(cp) {
        Some(c) if cp > 32 && cp < 128 => format!("'{c}'"),
        _ => format!("'\\x{cp:x}'"),
    }
}

impl Spec {
    /// Parses; `kind` and `align` are the defaults of the type, `name` its name for messages.
    pub fn parse(text: Text, kind: char, align: char, name: &str) -> Result<Spec, FormatError> {
        let mut spec = Spec {
            fill: u32::from(' '),
            align,
            sign: '\0',
            coerce_zero: false,
            alternate: false,
            width: 0,
            grouping: '\0',
            precision: None,
            kind,
            raw_kind: kind as u32,
        };
        let mut reader = Reader { text, at: 0 };
        let (mut fill_given, mut align_given) = (false, false);
        if let (Some(fill), Some(given)) = (reader.peek(0), reader.align(1)) {
            spec.fill = fill;
            spec.align = given;
            (fill_given, align_given) = (true, true);
            reader.at = 2;
        } else if let Some(given) = reader.align(0) {
            spec.align = given;
            align_given = true;
            reader.at = 1;
        }
        spec.sign = ['+', '-', ' '].into_iter().find(|&sign| reader.eat(sign)).unwrap_or('\0');
        spec.coerce_zero = reader.eat('z');
        spec.alternate = reader.eat('#');
        if !fill_given && reader.eat('0') {
            spec.fill = u32::from('0');
            if !align_given && align == '>' {
                spec.align = '=';
            }
        }
        spec.width = reader.number()?.unwrap_or(0);
        let both = || FormatError::value("Cannot specify both ',' and '_'.");
        if reader.eat(',') {
            spec.grouping = ',';
        }
        if reader.eat('_') {
            if spec.grouping != '\0' {
                return Err(both());
            }
            spec.grouping = '_';
        }
        if spec.grouping == '_' && reader.peek(0) == Some(u32::from(',')) {
            return Err(both());
        }
        if reader.eat('.') {
            let precision = reader.number()?;
            spec.precision = Some(precision.ok_or_else(|| FormatError::value("Format specifier missing precision"))?);
        }
        match text.len() - reader.at {
            0 => {}
            1 => {
                spec.raw_kind = text.at(reader.at);
                spec.kind = char::from_u32(spec.raw_kind).unwrap_or(char::REPLACEMENT_CHARACTER);
            }
            _ => {
                let text = text.to_lossy();
                return Err(FormatError::Value(format!(
                    "Invalid format specifier '{text}' for object of type '{name}'"
                )));
            }
        }
        let groups = match spec.kind {
            'd' | 'e' | 'f' | 'g' | 'E' | 'G' | '%' | 'F' | '\0' => true,
            'b' | 'o' | 'x' | 'X' => spec.grouping == '_',
            _ => false,
        };
        if spec.grouping != '\0' && !groups {
            let kind = shown(spec.raw_kind);
            return Err(FormatError::Value(format!("Cannot specify '{}' with {kind}.", spec.grouping)));
        }
        Ok(spec)
    }

    /// "Unknown format code 'q' for object of type 'int'".
    pub fn unknown_code(&self, name: &str) -> FormatError {
        FormatError::Value(format!("Unknown format code {} for object of type '{name}'", shown(self.raw_kind)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        match Spec::parse(Text::Ascii(text.as_bytes()), 'd', '>', "int") {
            Err(FormatError::Value(message)) => message,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn fields() {
        let spec = Spec::parse(Text::Ascii(b"*^+z#012,.3f"), '\0', '>', "float").unwrap();
        assert_eq!((spec.fill, spec.align, spec.sign, spec.width), (u32::from('*'), '^', '+', 12));
        assert!(spec.coerce_zero && spec.alternate && spec.grouping == ',');
        assert_eq!((spec.precision, spec.kind), (Some(3), 'f'));
        let zero = Spec::parse(Text::Ascii(b"05"), 'd', '>', "int").unwrap();
        assert_eq!((zero.fill, zero.align, zero.width), (u32::from('0'), '=', 5));
    }

    #[test]
    fn errors() {
        assert_eq!(error(",_"), "Cannot specify both ',' and '_'.");
        assert_eq!(error("_,"), "Cannot specify both ',' and '_'.");
        assert_eq!(error(",,"), "Cannot specify ',' with ','.");
        assert_eq!(error(",\x01"), "Cannot specify ',' with '\\x1'.");
        assert_eq!(error("."), "Format specifier missing precision");
        assert_eq!(error("1.1.1"), "Invalid format specifier '1.1.1' for object of type 'int'");
        assert_eq!(error("99999999999999999999"), "Too many decimal digits in format string");
    }
}
