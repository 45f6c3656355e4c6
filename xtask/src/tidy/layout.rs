//! Files are short and say what they are for.

use super::{Finding, Tree};

/// Longer files are split by job.
const MAX_LINES: usize = 1200;

/// Source files have at most [`MAX_LINES`] lines.
pub fn length(tree: &Tree) -> Vec<Finding> {
    ["rs", "py", "c", "h", "bzl"]
        .iter()
        .flat_map(|extension| tree.with_extension(extension))
        .filter_map(|file| {
            let lines = file.text.lines().count();
            (lines > MAX_LINES).then(|| Finding::new(&file.path, lines, format!("{lines} lines, at most {MAX_LINES}")))
        })
        .collect()
}

/// Every Rust file starts with `//!`: its job and its invariant.
pub fn header(tree: &Tree) -> Vec<Finding> {
    tree.with_extension("rs")
        .filter(|file| !file.text.trim_start().starts_with("//! "))
        .map(|file| Finding::new(&file.path, 1, "no `//!` header that says what the file is for"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn long_files_are_found() {
        assert_eq!(length(&sample("a.rs", &"x\n".repeat(1201))).len(), 1);
        assert!(length(&sample("a.rs", &"x\n".repeat(1200))).is_empty());
        assert!(length(&sample("a.txt", &"x\n".repeat(1201))).is_empty());
    }

    #[test]
    fn missing_headers_are_found() {
        assert_eq!(header(&sample("a.rs", "fn main() {}\n")).len(), 1);
        assert_eq!(header(&sample("a.rs", "//!\nfn main() {}\n")).len(), 1);
        assert!(header(&sample("a.rs", "//! Does it.\nfn main() {}\n")).is_empty());
    }
}
