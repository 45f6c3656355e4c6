//! Private name mangling: `__x` in class `C` is `_C__x`.
//!
//! Invariant: applied to every identifier in a class except keyword arguments, imported module names and names that end in `__`.

use crate::hir::Ident;

/// The name as the innermost class around it sees it.
///
/// ```
/// use molt_codegen::scope::mangle;
/// assert_eq!(&*mangle(Some("_C"), "__x"), "_C__x");
/// assert_eq!(&*mangle(Some("C"), "__x__"), "__x__");
/// assert_eq!(&*mangle(None, "__x"), "__x");
/// ```
pub fn mangle(class_name: Option<&str>, name: &str) -> Ident {
    let private = name.starts_with("__") && !name.ends_with("__") && !name.contains('.');
    match class_name.map(|class| class.trim_start_matches('_')) {
        Some(class) if private && !class.is_empty() => format!("_{class}{name}").into(),
        _ => name.into(),
    }
}
