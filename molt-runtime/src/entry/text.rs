//! Text: formatting, joining, `str`, `repr`, `chr`, `ord`.

use super::rows;
use crate::ops::call::Args;
use molt_abi::layout::Kind;

rows! {
    fn build_string(rt, parts n: argv) -> owned { Ok(crate::types::str::concat(rt, parts)) }
    fn format_value(rt, value: val, conversion: int, spec: opt) -> owned {
        crate::types::format::format_value(rt, value, conversion, spec)
    }
    fn str_of(rt, obj: val) -> owned {
        let text = rt.to_str(obj)?;
        // An instance of a subclass, which `__str__` may give, is initialised as after every call of a type.
        if !text.is_exact(Kind::Str)
            && let Some(init) = rt.type_of(&text).slots.init.get()
        {
            init(rt, &text, Args::new(std::slice::from_ref(obj)))?;
        }
        Ok(text)
    }
    fn repr(rt, obj: val) -> owned { rt.repr(obj) }
    fn chr(rt, code: val) -> owned { crate::types::str::chr(rt, code) }
    fn ord(rt, obj: val) -> owned { crate::types::str::ord(rt, obj) }
}
