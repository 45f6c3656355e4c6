//! `str.encode`, and encoding and decoding for the rest of the runtime.

use super::view;
use crate::object::{bytes, str};
use crate::runtime::{R, Raised, Rt};
use crate::types::exception;
use crate::types::spec::TypeSpec;
use crate::types::text::codec::{self, Codec, CodecError, Handler};
use crate::value::Obj;

/// An optional argument that names an encoding or error handler.
pub fn name_argument(rt: &Rt, what: &str, arg: Option<&Obj>) -> R<Option<String>> {
    match arg {
        None => Ok(None),
        Some(arg) => match str::get(arg) {
            Some(s) => Ok(Some(s.text().into_owned())),
            None => Err(rt.type_error(format_args!("{what} must be str, not {}", rt.type_name(arg)))),
        },
    }
}

fn known(rt: &Rt, encoding: Option<&str>) -> R<Codec> {
    match encoding {
        None => Ok(Codec::Utf8),
        Some(name) => Codec::by_name(name).ok_or_else(|| rt.lookup_error(format_args!("unknown encoding: {name}"))),
    }
}

/// The error handler of a name; an unknown one counts only when there is an error to handle.
pub fn handler(rt: &Rt, errors: Option<&str>) -> R<Handler> {
    match errors {
        None => Ok(Handler::Strict),
        Some(name) => {
            Handler::by_name(name).ok_or_else(|| rt.lookup_error(format_args!("unknown error handler name '{name}'")))
        }
    }
}

/// Encodes a `str`.
pub fn encode(rt: &Rt, string: &Obj, encoding: Option<&str>, errors: Option<&str>) -> R<Vec<u8>> {
    let codec = known(rt, encoding)?;
    match codec::encode(view(string), codec, Handler::Strict) {
        Ok(data) => Ok(data),
        Err(error) => {
            let error = match handler(rt, errors)? {
                Handler::Strict => error,
                handler => match codec::encode(view(string), codec, handler) {
                    Ok(data) => return Ok(data),
                    Err(error) => error,
                },
            };
            Err(raise_encode(rt, string, error))
        }
    }
}

/// Decodes bytes into a `str`.
pub fn decode(rt: &Rt, data: &[u8], encoding: Option<&str>, errors: Option<&str>) -> R {
    let codec = known(rt, encoding)?;
    match codec::decode(data, codec, Handler::Strict) {
        Ok(buf) => Ok(str::from_buf(rt, buf)),
        Err(error) => {
            let error = match handler(rt, errors)? {
                Handler::Strict => error,
                handler => match codec::decode(data, codec, handler) {
                    Ok(buf) => return Ok(str::from_buf(rt, buf)),
                    Err(error) => error,
                },
            };
            Err(raise_decode(rt, data, error))
        }
    }
}

/// Raises an exception of a Unicode error type. The call of the type fills its attributes.
#[cold]
fn raise(rt: &Rt, spec: &'static TypeSpec, object: Obj, error: CodecError) -> Raised {
    let args =
        [rt.str(error.encoding), object, rt.int(error.start as i64), rt.int(error.end as i64), rt.str(error.reason)];
    match rt.call(&rt.spec_type(spec).as_obj(), &args) {
        Ok(exc) => rt.raise(exc),
        Err(raised) => raised,
    }
}

#[cold]
fn raise_encode(rt: &Rt, string: &Obj, error: CodecError) -> Raised {
    raise(rt, &exception::UNICODE_ENCODE_ERROR, string.clone(), error)
}

/// Raises `UnicodeDecodeError`.
#[cold]
pub fn raise_decode(rt: &Rt, data: &[u8], error: CodecError) -> Raised {
    raise(rt, &exception::UNICODE_DECODE_ERROR, bytes::new(rt, data), error)
}

pub fn encode_method(rt: &Rt, a: &Obj, args: &[Option<&Obj>]) -> R {
    let encoding = name_argument(rt, "encode() argument 'encoding'", args[0])?;
    let errors = name_argument(rt, "encode() argument 'errors'", args[1])?;
    Ok(bytes::new(rt, &encode(rt, a, encoding.as_deref(), errors.as_deref())?))
}
