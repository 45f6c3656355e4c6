//! Link symbols: `molt$module$qualname` for code, `molt_mod_…` and friends for module data.
//!
//! Invariant: a pure, injective mapping from names to symbols made of `[A-Za-z0-9_.$<>]`, which every object format and
//! linker accepts; two functions of one module with equal qualified names get `$2`, `$3` … in source order.

use std::collections::BTreeMap;

/// Escapes what a linker might not accept; `$` never survives, so that it can separate the parts.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            'A'..='Z' | 'a'..='z' | '0'..='9' | '_' | '.' | '<' | '>' => out.push(c),
            _ => {
                out.push_str("$u");
                out.push_str(&format!("{:x}", u32::from(c)));
                out.push('$');
            }
        }
    }
}

/// Hands out the symbols of one compiled module.
#[derive(Debug)]
pub struct Symbols {
    prefix: String,
    module: String,
    used: BTreeMap<String, u32>,
}

impl Symbols {
    /// For module `module` (dotted name). `prefix` tells apart the programs of a batch build and is mostly empty.
    pub fn new(prefix: &str, module: &str) -> Symbols {
        let mut escaped = String::new();
        escape(module, &mut escaped);
        Symbols { prefix: prefix.to_owned(), module: escaped, used: BTreeMap::new() }
    }

    /// The symbol of a function's code; `part` is empty for the direct entry, else for example `array` or `resume`.
    pub fn code(&mut self, qualname: &str, part: &str) -> String {
        let mut base = format!("{}molt${}$", self.prefix, self.module);
        escape(qualname, &mut base);
        if !part.is_empty() {
            base.push_str("$$");
            base.push_str(part);
        }
        let count = self.used.entry(base.clone()).or_insert(0);
        *count += 1;
        if *count > 1 {
            base.push_str(&format!("${count}"));
        }
        base
    }

    /// The symbol of a private datum, for example `consts`.
    pub fn data(&self, what: &str) -> String {
        format!("{}molt${}$${what}", self.prefix, self.module)
    }

    /// The module descriptor, which the link table refers to.
    pub fn descriptor(&self) -> String {
        descriptor(&self.prefix, &self.module)
    }

    /// The datum of the link table that holds the module's byte offset in `ctx.modules`.
    pub fn module_offset(&self) -> String {
        module_offset(&self.prefix, &self.module)
    }
}

fn descriptor(prefix: &str, escaped: &str) -> String {
    format!("{prefix}molt_desc_{escaped}")
}

fn module_offset(prefix: &str, escaped: &str) -> String {
    format!("{prefix}molt_mod_{escaped}")
}

/// The symbol of a program's descriptor.
pub fn program(prefix: &str) -> String {
    format!("{prefix}molt_program")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_qualnames_get_numbers_and_odd_characters_are_escaped() {
        let mut symbols = Symbols::new("", "pkg.mod");
        assert_eq!(symbols.code("C.f", ""), "molt$pkg.mod$C.f");
        assert_eq!(symbols.code("C.f", ""), "molt$pkg.mod$C.f$2");
        assert_eq!(symbols.code("C.f", "array"), "molt$pkg.mod$C.f$$array");
        assert_eq!(symbols.code("f.<locals>.<lambda>", ""), "molt$pkg.mod$f.<locals>.<lambda>");
        assert_eq!(symbols.code("é", ""), "molt$pkg.mod$$ue9$");
        assert_eq!(symbols.module_offset(), "molt_mod_pkg.mod");
        assert_eq!(Symbols::new("p1_", "m").descriptor(), "p1_molt_desc_m");
    }
}
