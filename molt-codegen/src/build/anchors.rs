//! Which part of a source range a traceback marks with `^` (PEP 657): found from the range's text alone, as CPython does.

use ruff_python_ast::Expr;
use ruff_text_size::Ranged;

/// Longer ranges are marked as a whole: their text would be parsed again for every operation inside.
const MAX_LEN: usize = 400;

/// The operator of a binary operation or the brackets of a subscript, as byte offsets in `segment`; `None` for any other
/// expression.
pub fn anchors(segment: &str) -> Option<(u32, u32)> {
    if segment.len() > MAX_LEN || segment.contains('\n') || !segment.bytes().any(|b| b"[+-*/%@&|^<>".contains(&b)) {
        return None;
    }
    let parsed = rustpython_parser::parse_expression(segment).ok()?;
    match parsed.expr() {
        Expr::BinOp(op) => {
            let (start, end) = (op.left.end().to_usize(), op.right.start().to_usize());
            let between = segment.as_bytes().get(start..end)?;
            let at = between.iter().position(|b| !b.is_ascii_whitespace() && *b != b')')?;
            let two = between.get(at + 1).is_some_and(|b| !b.is_ascii_whitespace());
            Some(((start + at) as u32, (start + at + 1 + usize::from(two)) as u32))
        }
        Expr::Subscript(subscript) => {
            let mut end = subscript.slice.end().to_usize();
            // The bracket need not follow the index directly.
            end += segment.get(end..)?.find(']')? + 1;
            Some((subscript.value.end().to_u32(), end as u32))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::anchors;

    #[test]
    fn operators_and_brackets_are_found() {
        assert_eq!(anchors("1/x"), Some((1, 2)));
        assert_eq!(anchors("(x)// (x)"), Some((3, 5)));
        assert_eq!(anchors("(1+2)/(x)"), Some((5, 7)));
        assert_eq!(anchors("d['a'][ 0 ]"), Some((6, 11)));
        assert_eq!(anchors("f(a + b)"), None);
        assert_eq!(anchors("+"), None);
    }
}
