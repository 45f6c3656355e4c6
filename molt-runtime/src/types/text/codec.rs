//! Encoding and decoding: UTF-8, UTF-16, UTF-32, ASCII and Latin-1.
//!
//! Errors go through a handler, which says what to put instead and where to go on, as `codecs` error handlers do; the
//! built-in handlers are in [`Handler`]. Invariant: the positions and reasons of errors are CPython's.

use super::buf::TextBuf;
use super::escape;
use super::units::Text;

/// An encoding this module knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Codec {
    /// UTF-8.
    Utf8,
    /// UTF-8 with a byte order mark.
    Utf8Sig,
    /// ASCII.
    Ascii,
    /// ISO 8859-1.
    Latin1,
    /// UTF-16; `None`: with a byte order mark, native order.
    Utf16(Option<Order>),
    /// UTF-32.
    Utf32(Option<Order>),
}

/// A byte order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Order {
    Little,
    Big,
}

impl Codec {
    /// Looks a name up: case, hyphens, underscores and spaces do not count.
    pub fn by_name(name: &str) -> Option<Codec> {
        let name: String =
            name.chars().map(|c| if c == '_' || c == ' ' { '-' } else { c.to_ascii_lowercase() }).collect();
        Some(match name.as_str() {
            "utf-8" | "utf8" | "u8" | "utf" | "cp65001" | "utf8-ucs2" | "utf8-ucs4" => Codec::Utf8,
            "utf-8-sig" | "utf8-sig" => Codec::Utf8Sig,
            "ascii" | "us-ascii" | "646" | "ansi-x3.4-1968" | "ansi-x3-4-1968" | "ansi-x3.4-1986" | "cp367"
            | "ibm367" | "iso646-us" | "iso-646.irv-1991" => Codec::Ascii,
            "latin-1" | "latin1" | "iso-8859-1" | "iso8859-1" | "8859" | "cp819" | "ibm819" | "l1" | "latin"
            | "iso-ir-100" | "iso8859" => Codec::Latin1,
            "utf-16" | "utf16" | "u16" => Codec::Utf16(None),
            "utf-16-le" | "utf-16le" | "utf16-le" | "unicodelittleunmarked" => Codec::Utf16(Some(Order::Little)),
            "utf-16-be" | "utf-16be" | "utf16-be" | "unicodebigunmarked" => Codec::Utf16(Some(Order::Big)),
            "utf-32" | "utf32" | "u32" => Codec::Utf32(None),
            "utf-32-le" | "utf-32le" | "utf32-le" => Codec::Utf32(Some(Order::Little)),
            "utf-32-be" | "utf-32be" | "utf32-be" => Codec::Utf32(Some(Order::Big)),
            _ => return None,
        })
    }

    /// The name that errors show.
    pub fn name(self) -> &'static str {
        match self {
            Codec::Utf8 | Codec::Utf8Sig => "utf-8",
            Codec::Ascii => "ascii",
            Codec::Latin1 => "latin-1",
            Codec::Utf16(None) => "utf-16",
            Codec::Utf16(Some(Order::Little)) => "utf-16-le",
            Codec::Utf16(Some(Order::Big)) => "utf-16-be",
            Codec::Utf32(None) => "utf-32",
            Codec::Utf32(Some(Order::Little)) => "utf-32-le",
            Codec::Utf32(Some(Order::Big)) => "utf-32-be",
        }
    }
}

/// A built-in error handler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Handler {
    Strict,
    Ignore,
    Replace,
    BackslashReplace,
    XmlCharRefReplace,
    SurrogateEscape,
    SurrogatePass,
}

impl Handler {
    /// Looks a name up.
    pub fn by_name(name: &str) -> Option<Handler> {
        Some(match name {
            "strict" => Handler::Strict,
            "ignore" => Handler::Ignore,
            "replace" => Handler::Replace,
            "backslashreplace" => Handler::BackslashReplace,
            "xmlcharrefreplace" => Handler::XmlCharRefReplace,
            "surrogateescape" => Handler::SurrogateEscape,
            "surrogatepass" => Handler::SurrogatePass,
            _ => return None,
        })
    }
}

/// An input that the codec does not take: the fields of `UnicodeEncodeError` and `UnicodeDecodeError`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodecError {
    /// The encoding's name.
    pub encoding: &'static str,
    /// Where the bad input starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Why.
    pub reason: &'static str,
}

/// Encodes.
pub fn encode(text: Text, codec: Codec, handler: Handler) -> Result<Vec<u8>, CodecError> {
    match (codec, text) {
        (Codec::Utf8 | Codec::Ascii | Codec::Latin1, Text::Ascii(units)) => return Ok(units.to_vec()),
        (Codec::Latin1, Text::Latin1(units)) => return Ok(units.to_vec()),
        _ => {}
    }
    let mut out = Vec::with_capacity(text.len() + 4);
    match codec {
        Codec::Utf8Sig => out.extend([0xEF, 0xBB, 0xBF]),
        Codec::Utf16(None) => out.extend([0xFF, 0xFE]),
        Codec::Utf32(None) => out.extend([0xFF, 0xFE, 0, 0]),
        _ => {}
    }
    let mut at = 0;
    while at < text.len() {
        let cp = text.at(at);
        if encode_one(cp, codec, &mut out) {
            at += 1;
            continue;
        }
        let start = at;
        while at < text.len() && !encodable(text.at(at), codec) {
            at += 1;
        }
        let error = || CodecError { encoding: codec.name(), start, end: at, reason: encode_reason(codec) };
        for cp in text.slice(start..at).iter() {
            let replaced = match handler {
                Handler::Strict => false,
                Handler::Ignore => true,
                Handler::Replace => encode_one(u32::from('?'), codec, &mut out),
                Handler::BackslashReplace => {
                    let mut escaped = TextBuf::new();
                    escape::push_hex(&mut escaped, cp);
                    escaped.view().iter().all(|cp| encode_one(cp, codec, &mut out))
                }
                Handler::XmlCharRefReplace => {
                    format!("&#{cp};").bytes().all(|b| encode_one(u32::from(b), codec, &mut out))
                }
                Handler::SurrogateEscape if (0xDC80..=0xDCFF).contains(&cp) => {
                    let wide = matches!(codec, Codec::Utf16(_) | Codec::Utf32(_));
                    if !wide {
                        out.push((cp - 0xDC00) as u8);
                    }
                    !wide
                }
                Handler::SurrogatePass if (0xD800..=0xDFFF).contains(&cp) => push_surrogate(cp, codec, &mut out),
                Handler::SurrogateEscape | Handler::SurrogatePass => false,
            };
            if !replaced {
                return Err(error());
            }
        }
    }
    Ok(out)
}

fn encodable(cp: u32, codec: Codec) -> bool {
    match codec {
        Codec::Ascii => cp < 0x80,
        Codec::Latin1 => cp < 0x100,
        _ => !(0xD800..=0xDFFF).contains(&cp),
    }
}

fn encode_reason(codec: Codec) -> &'static str {
    match codec {
        Codec::Ascii => "ordinal not in range(128)",
        Codec::Latin1 => "ordinal not in range(256)",
        _ => "surrogates not allowed",
    }
}

fn encode_one(cp: u32, codec: Codec, out: &mut Vec<u8>) -> bool {
    if !encodable(cp, codec) {
        return false;
    }
    match codec {
        Codec::Ascii | Codec::Latin1 => out.push(cp as u8),
        Codec::Utf8 | Codec::Utf8Sig => match char::from_u32(cp) {
            Some(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            None => return false,
        },
        Codec::Utf16(order) => {
            if cp < 0x10000 {
                push_u16(cp as u16, order, out);
            } else {
                let rest = cp - 0x10000;
                push_u16((0xD800 + (rest >> 10)) as u16, order, out);
                push_u16((0xDC00 + (rest & 0x3FF)) as u16, order, out);
            }
        }
        Codec::Utf32(order) => push_u32(cp, order, out),
    }
    true
}

fn push_u16(unit: u16, order: Option<Order>, out: &mut Vec<u8>) {
    out.extend(if order == Some(Order::Big) { unit.to_be_bytes() } else { unit.to_le_bytes() });
}

fn push_u32(unit: u32, order: Option<Order>, out: &mut Vec<u8>) {
    out.extend(if order == Some(Order::Big) { unit.to_be_bytes() } else { unit.to_le_bytes() });
}

fn push_surrogate(cp: u32, codec: Codec, out: &mut Vec<u8>) -> bool {
    match codec {
        Codec::Utf8 | Codec::Utf8Sig => {
            out.extend([0xE0 | (cp >> 12) as u8, 0x80 | (cp >> 6 & 0x3F) as u8, 0x80 | (cp & 0x3F) as u8]);
        }
        Codec::Utf16(order) => push_u16(cp as u16, order, out),
        Codec::Utf32(order) => push_u32(cp, order, out),
        Codec::Ascii | Codec::Latin1 => return false,
    }
    true
}

/// Decodes.
pub fn decode(bytes: &[u8], codec: Codec, handler: Handler) -> Result<TextBuf, CodecError> {
    match codec {
        Codec::Latin1 => Ok(TextBuf::from_text(bytes.into())),
        Codec::Ascii => decode_ascii(bytes, handler),
        Codec::Utf8 => decode_utf8(bytes, handler),
        Codec::Utf8Sig => match bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
            Some(rest) => decode_utf8(rest, handler),
            None => decode_utf8(bytes, handler),
        },
        Codec::Utf16(order) => {
            let (order, skip) = match (order, bytes) {
                (Some(order), _) => (order, 0),
                (None, [0xFF, 0xFE, ..]) => (Order::Little, 2),
                (None, [0xFE, 0xFF, ..]) => (Order::Big, 2),
                (None, _) => (Order::Little, 0),
            };
            decode_utf16(bytes, skip, order, codec.name(), handler)
        }
        Codec::Utf32(order) => {
            let (order, skip) = match (order, bytes) {
                (Some(order), _) => (order, 0),
                (None, [0xFF, 0xFE, 0, 0, ..]) => (Order::Little, 4),
                (None, [0, 0, 0xFE, 0xFF, ..]) => (Order::Big, 4),
                (None, _) => (Order::Little, 0),
            };
            decode_utf32(bytes, skip, order, codec.name(), handler)
        }
    }
}

/// Puts what the handler makes of `bytes[start..end]`; gives where decoding goes on.
fn handle(bytes: &[u8], error: CodecError, handler: Handler, out: &mut TextBuf) -> Result<usize, CodecError> {
    let bad = &bytes[error.start..error.end];
    match handler {
        Handler::Ignore => {}
        Handler::Replace => out.push(0xFFFD),
        Handler::BackslashReplace => bad.iter().for_each(|&b| escape::push_hex(out, u32::from(b))),
        Handler::SurrogateEscape => {
            let taken = bad.iter().take_while(|&&b| b >= 0x80).count();
            if taken == 0 {
                return Err(error);
            }
            bad[..taken].iter().for_each(|&b| out.push(0xDC00 + u32::from(b)));
            return Ok(error.start + taken);
        }
        Handler::SurrogatePass => {
            let unit = |n: usize| bytes.get(error.start..error.start + n);
            let (cp, width) = match (error.encoding, unit(2), unit(3), unit(4)) {
                ("utf-8", _, Some(&[0xED, b, c]), _) if b & 0xE0 == 0xA0 && c & 0xC0 == 0x80 => {
                    (0xD000 | u32::from(b & 0x3F) << 6 | u32::from(c & 0x3F), 3)
                }
                ("utf-16-be", Some(&[a, b]), ..) => (u32::from(u16::from_be_bytes([a, b])), 2),
                ("utf-16" | "utf-16-le", Some(&[a, b]), ..) => (u32::from(u16::from_le_bytes([a, b])), 2),
                ("utf-32-be", _, _, Some(&[a, b, c, d])) => (u32::from_be_bytes([a, b, c, d]), 4),
                ("utf-32" | "utf-32-le", _, _, Some(&[a, b, c, d])) => (u32::from_le_bytes([a, b, c, d]), 4),
                _ => return Err(error),
            };
            if !(0xD800..=0xDFFF).contains(&cp) {
                return Err(error);
            }
            out.push(cp);
            return Ok(error.start + width);
        }
        Handler::Strict | Handler::XmlCharRefReplace => return Err(error),
    }
    Ok(error.end)
}

fn decode_ascii(bytes: &[u8], handler: Handler) -> Result<TextBuf, CodecError> {
    let mut out = TextBuf::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let run = bytes[at..].iter().position(|b| !b.is_ascii()).unwrap_or(bytes.len() - at);
        out.push_text(Text::Ascii(&bytes[at..at + run]));
        at += run;
        if at < bytes.len() {
            let error = CodecError { encoding: "ascii", start: at, end: at + 1, reason: "ordinal not in range(128)" };
            at = handle(bytes, error, handler, &mut out)?;
        }
    }
    Ok(out)
}

/// UTF-8: maximal invalid prefixes are one error each, as Unicode recommends.
fn decode_utf8(bytes: &[u8], handler: Handler) -> Result<TextBuf, CodecError> {
    let mut out = TextBuf::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match std::str::from_utf8(&bytes[at..]) {
            Ok(text) => {
                out.push_str(text);
                return Ok(out);
            }
            Err(error) => {
                let valid = at + error.valid_up_to();
                // What comes before the error is valid UTF-8.
                out.push_str(&String::from_utf8_lossy(&bytes[at..valid]));
                let lead = bytes[valid];
                let (end, reason) = match error.error_len() {
                    None => (bytes.len(), "unexpected end of data"),
                    Some(n) if !(0xC2..=0xF4).contains(&lead) => (valid + n, "invalid start byte"),
                    Some(n) => (valid + n, "invalid continuation byte"),
                };
                let error = CodecError { encoding: "utf-8", start: valid, end, reason };
                at = handle(bytes, error, handler, &mut out)?;
            }
        }
    }
    Ok(out)
}

fn decode_utf16(
    bytes: &[u8],
    skip: usize,
    order: Order,
    encoding: &'static str,
    handler: Handler,
) -> Result<TextBuf, CodecError> {
    let unit = |at: usize| {
        let pair = bytes.get(at..at + 2)?;
        let pair = [pair[0], pair[1]];
        Some(u32::from(if order == Order::Big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }))
    };
    let mut out = TextBuf::with_capacity(bytes.len() / 2);
    let mut at = skip;
    while at < bytes.len() {
        let (end, reason) = match (unit(at), unit(at + 2)) {
            (None, _) => (bytes.len(), "truncated data"),
            (Some(high @ 0xD800..=0xDBFF), Some(low @ 0xDC00..=0xDFFF)) => {
                out.push(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
                at += 4;
                continue;
            }
            (Some(0xD800..=0xDBFF), None) => (bytes.len(), "unexpected end of data"),
            (Some(0xD800..=0xDBFF), Some(_)) => (at + 2, "illegal UTF-16 surrogate"),
            (Some(0xDC00..=0xDFFF), _) => (at + 2, "illegal encoding"),
            (Some(cp), _) => {
                out.push(cp);
                at += 2;
                continue;
            }
        };
        at = handle(bytes, CodecError { encoding, start: at, end, reason }, handler, &mut out)?;
    }
    Ok(out)
}

fn decode_utf32(
    bytes: &[u8],
    skip: usize,
    order: Order,
    encoding: &'static str,
    handler: Handler,
) -> Result<TextBuf, CodecError> {
    let mut out = TextBuf::with_capacity(bytes.len() / 4);
    let mut at = skip;
    while at < bytes.len() {
        let (end, reason) = match bytes.get(at..at + 4) {
            None => (bytes.len(), "truncated data"),
            Some(word) => {
                let word = [word[0], word[1], word[2], word[3]];
                let cp = if order == Order::Big { u32::from_be_bytes(word) } else { u32::from_le_bytes(word) };
                match cp {
                    0xD800..=0xDFFF => (at + 4, "code point in surrogate code point range(0xd800, 0xe000)"),
                    0x11_0000.. => (at + 4, "code point not in range(0x110000)"),
                    _ => {
                        out.push(cp);
                        at += 4;
                        continue;
                    }
                }
            }
        };
        at = handle(bytes, CodecError { encoding, start: at, end, reason }, handler, &mut out)?;
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trips() {
        for text in ["", "abc", "né", "€uro", "😀x"] {
            for codec in ["utf-8", "UTF_16", "utf-16-be", "utf-32", "utf-32-be", "utf-8-sig"] {
                let codec = Codec::by_name(codec).unwrap();
                let bytes = encode(TextBuf::from(text).view(), codec, Handler::Strict).unwrap();
                assert_eq!(decode(&bytes, codec, Handler::Strict).unwrap().view().to_lossy(), text, "{codec:?}");
            }
        }
    }

    #[test]
    fn utf8_errors_are_cpythons() {
        for (bytes, start, end, reason) in [
            (&b"a\xff"[..], 1, 2, "invalid start byte"),
            (b"\xe2\x82", 0, 2, "unexpected end of data"),
            (b"\xe2x", 0, 1, "invalid continuation byte"),
            (b"\xed\xa0\x80", 0, 1, "invalid continuation byte"),
            (b"\xc0\x80", 0, 1, "invalid start byte"),
            (b"\xf0\x9f\x98x", 0, 3, "invalid continuation byte"),
        ] {
            let error = decode(bytes, Codec::Utf8, Handler::Strict).unwrap_err();
            assert_eq!((error.start, error.end, error.reason), (start, end, reason), "{bytes:?}");
        }
    }

    #[test]
    fn handlers() {
        let decoded = |handler| decode(b"a\xffb", Codec::Utf8, handler).unwrap().view().iter().collect::<Vec<_>>();
        assert_eq!(decoded(Handler::Replace), [97, 0xFFFD, 98]);
        assert_eq!(decoded(Handler::Ignore), [97, 98]);
        assert_eq!(decoded(Handler::SurrogateEscape), [97, 0xDCFF, 98]);
        let text: TextBuf = [97, 0xDCFF, 0x20AC].into_iter().collect();
        let encoded = |codec, handler| encode(text.clone().view(), codec, handler);
        assert_eq!(encoded(Codec::Utf8, Handler::SurrogateEscape).unwrap(), b"a\xff\xe2\x82\xac");
        assert_eq!(encoded(Codec::Ascii, Handler::BackslashReplace).unwrap(), b"a\\udcff\\u20ac");
        assert_eq!(encoded(Codec::Ascii, Handler::XmlCharRefReplace).unwrap(), b"a&#56575;&#8364;");
        let error = encoded(Codec::Ascii, Handler::Strict).unwrap_err();
        assert_eq!((error.start, error.end), (1, 3));
    }
}
