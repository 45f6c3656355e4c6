//! Rust source as code words: comments, strings and character literals taken out.
//!
//! Invariant: line numbers stay, because every removed character but a line end is a space.

/// The source with everything that is not code blanked.
pub fn code(source: &str) -> String {
    let chars: Vec<char> = source.chars().collect();
    let mut out = String::with_capacity(source.len());
    let mut at = 0;
    while at < chars.len() {
        let end = match chars[at] {
            '/' if chars.get(at + 1) == Some(&'/') => line_end(&chars, at),
            '/' if chars.get(at + 1) == Some(&'*') => comment_end(&chars, at),
            '"' => string_end(&chars, at + 1),
            'r' if !follows_word(&chars, at) => match raw_string_end(&chars, at) {
                Some(end) => end,
                None => at,
            },
            '\'' => char_end(&chars, at).unwrap_or(at),
            _ => at,
        };
        if end == at {
            out.push(chars[at]);
            at += 1;
        } else {
            out.extend(chars[at..end].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
            at = end;
        }
    }
    out
}

/// The words of code with their lines: identifiers, `::`, and every other character alone.
pub fn words(code: &str) -> Vec<(usize, String)> {
    let mut words = Vec::new();
    for (number, line) in code.lines().enumerate() {
        let mut rest = line;
        while let Some(first) = rest.chars().next() {
            let length = if is_word(first) {
                rest.find(|c| !is_word(c)).unwrap_or(rest.len())
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            if !first.is_whitespace() {
                words.push((number + 1, rest[..length].to_owned()));
            }
            rest = &rest[length..];
        }
    }
    words
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn follows_word(chars: &[char], at: usize) -> bool {
    // `br"…"` is a raw string too, so a lone `b` does not count.
    let before = |n: usize| at.checked_sub(n).map(|i| chars[i]);
    match before(1) {
        Some('b') => before(2).is_some_and(is_word),
        Some(c) => is_word(c),
        None => false,
    }
}

fn line_end(chars: &[char], at: usize) -> usize {
    (at..chars.len()).find(|i| chars[*i] == '\n').unwrap_or(chars.len())
}

/// Behind a block comment; they nest.
fn comment_end(chars: &[char], mut at: usize) -> usize {
    let mut depth = 0;
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    chars.len()
}

fn string_end(chars: &[char], mut at: usize) -> usize {
    while at < chars.len() {
        match chars[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    chars.len()
}

/// Behind `r"…"` or `r#"…"#`; None where `r` starts something else.
fn raw_string_end(chars: &[char], at: usize) -> Option<usize> {
    let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
    let open = at + 1 + hashes;
    if chars.get(open) != Some(&'"') {
        return None;
    }
    let closing =
        |i: &usize| chars[*i] == '"' && chars[i + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes;
    Some((open + 1..chars.len()).find(closing).map_or(chars.len(), |i| i + 1 + hashes))
}

/// Behind a character literal; None for a lifetime.
fn char_end(chars: &[char], at: usize) -> Option<usize> {
    match chars.get(at + 1)? {
        '\\' => (at + 3..chars.len().min(at + 14)).find(|i| chars[*i] == '\'').map(|i| i + 1),
        _ => (chars.get(at + 2) == Some(&'\'')).then_some(at + 3),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(source: &str) -> String {
        words(&code(source)).into_iter().map(|(_, w)| w).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn only_code_is_kept() {
        assert_eq!(kept("a // b\nc /* d /* e */ f */ g"), "a c g");
        assert_eq!(kept(r##"x("unsafe \" y", r#"un"safe"#, b"q", br"z") w"##), "x ( , , b , b ) w");
        assert_eq!(kept("'a' '\\'' '\\u{1F600}' &'static str"), "& ' static str");
        assert_eq!(kept("std::fs r#type"), "std :: fs r # type");
    }

    #[test]
    fn lines_stay() {
        assert_eq!(words(&code("/* a\nb */ c\n\"d\n\" e")), [(2, "c".into()), (4, "e".into())]);
    }
}
