//! Text: formatting, joining, `str`, `repr`, `chr`, `ord`.

use super::rows;

rows! {
    fn build_string(rt, parts n: argv) -> owned { Ok(crate::types::str::concat(rt, parts)) }
    fn format_value(rt, value: val, conversion: int, spec: opt) -> owned {
        crate::types::format::format_value(rt, value, conversion, spec)
    }
    fn str_of(rt, obj: val) -> owned { rt.to_str(obj) }
    fn repr(rt, obj: val) -> owned { rt.repr(obj) }
    fn chr(rt, code: val) -> owned { crate::types::str::chr(rt, code) }
    fn ord(rt, obj: val) -> owned { crate::types::str::ord(rt, obj) }
}
