//! A unified diff of two texts, for failure messages.

use std::fmt::Write;

/// Lines around a change that are shown.
const CONTEXT: usize = 3;
/// Beyond this many lines the quadratic table would cost more than it explains.
const MAX_LINES: usize = 3000;

#[derive(Clone, Copy, PartialEq)]
enum Edit {
    Keep,
    Remove,
    Add,
}

/// The unified diff from `old` to `new`, empty where they are equal.
#[must_use]
pub fn unified(old: &[u8], new: &[u8], old_name: &str, new_name: &str) -> String {
    if old == new {
        return String::new();
    }
    let old_text = String::from_utf8_lossy(old);
    let new_text = String::from_utf8_lossy(new);
    let a: Vec<&str> = old_text.split_inclusive('\n').collect();
    let b: Vec<&str> = new_text.split_inclusive('\n').collect();
    let mut out = format!("--- {old_name}\n+++ {new_name}\n");
    if a.len() > MAX_LINES || b.len() > MAX_LINES {
        let _ = writeln!(out, "@@ {} lines against {} lines: too long for a diff @@", a.len(), b.len());
        let first = a.iter().zip(&b).position(|(x, y)| x != y).unwrap_or(a.len().min(b.len()));
        push_line(&mut out, '-', a.get(first).copied().unwrap_or(""));
        push_line(&mut out, '+', b.get(first).copied().unwrap_or(""));
        return out;
    }
    let edits = edit_script(&a, &b);
    // Positions in `a` and `b` before each edit.
    let mut at = Vec::with_capacity(edits.len());
    let (mut i, mut j) = (0, 0);
    for edit in &edits {
        at.push((i, j));
        i += usize::from(*edit != Edit::Add);
        j += usize::from(*edit != Edit::Remove);
    }
    let mut k = 0;
    while let Some(change) = (k..edits.len()).find(|&n| edits[n] != Edit::Keep) {
        let start = change.saturating_sub(CONTEXT).max(k);
        let mut last = change;
        while let Some(next) = (last + 1..edits.len()).take(2 * CONTEXT + 1).find(|&n| edits[n] != Edit::Keep) {
            last = next;
        }
        let end = (last + 1 + CONTEXT).min(edits.len());
        let hunk = &edits[start..end];
        let olds = hunk.iter().filter(|e| **e != Edit::Add).count();
        let news = hunk.iter().filter(|e| **e != Edit::Remove).count();
        let (from, to) = at[start];
        let _ = writeln!(out, "@@ -{},{olds} +{},{news} @@", from + 1, to + 1);
        for n in start..end {
            let (i, j) = at[n];
            match edits[n] {
                Edit::Keep => push_line(&mut out, ' ', a[i]),
                Edit::Remove => push_line(&mut out, '-', a[i]),
                Edit::Add => push_line(&mut out, '+', b[j]),
            }
        }
        k = end;
    }
    out
}

fn push_line(out: &mut String, sign: char, line: &str) {
    out.push(sign);
    out.push_str(line);
    if !line.ends_with('\n') {
        out.push_str("\n\\ No newline at end\n");
    }
}

/// Longest common subsequence by dynamic programming; outputs here are short.
fn edit_script(a: &[&str], b: &[&str]) -> Vec<Edit> {
    let width = b.len() + 1;
    let mut length = vec![0u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            length[i * width + j] = if a[i] == b[j] {
                length[(i + 1) * width + j + 1] + 1
            } else {
                length[(i + 1) * width + j].max(length[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut edits = Vec::new();
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            edits.push(Edit::Keep);
            i += 1;
            j += 1;
        } else if j == b.len() || (i < a.len() && length[(i + 1) * width + j] >= length[i * width + j + 1]) {
            edits.push(Edit::Remove);
            i += 1;
        } else {
            edits.push(Edit::Add);
            j += 1;
        }
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_changed_line_has_context() {
        let got = unified(b"a\nb\nc\n", b"a\nX\nc\n", "cpython", "molt");
        assert_eq!(got, "--- cpython\n+++ molt\n@@ -1,3 +1,3 @@\n a\n-b\n+X\n c\n");
    }

    #[test]
    fn far_changes_are_two_hunks() {
        let old: String = (0..30).map(|n| format!("{n}\n")).collect();
        let new = old.replace("5\n6\n", "5\nsix\n").replace("25\n26\n", "25\n");
        let got = unified(old.as_bytes(), new.as_bytes(), "a", "b");
        assert_eq!(got.matches("@@ -").count(), 2, "{got}");
    }

    #[test]
    fn equal_texts_have_none() {
        assert_eq!(unified(b"x", b"x", "a", "b"), "");
    }
}
