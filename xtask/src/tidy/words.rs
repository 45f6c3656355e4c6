//! Words that have no place in the tree: paths of one machine, marks of unfinished work.

use super::{Finding, Tree};

/// Texts whose words are checked.
const EXTENSIONS: &[&str] = &["rs", "py", "md", "toml", "sh", "yml", "c", "h", "bzl", "txt", "out", "err"];

/// No absolute path of a machine's own directories.
pub fn machine_paths(tree: &Tree) -> Vec<Finding> {
    // Put together here, so that this file does not find itself.
    let roots = ["root", "work", "home", "Users"].map(|name| format!("/{name}/"));
    lines(tree, |line| {
        roots
            .iter()
            .find(|root| {
                line.match_indices(root.as_str()).any(|(at, _)| {
                    // `https://x/home/` and `src/work/` are no absolute paths.
                    !line[..at].ends_with(|c: char| c.is_alphanumeric() || "_-./}>*~$)".contains(c))
                })
            })
            .map(|root| format!("a path of one machine: `{root}…`"))
    })
}

/// No marks of work left undone and no macros that stand for missing code.
pub fn unfinished(tree: &Tree) -> Vec<Finding> {
    let marks = [("TO", "DO"), ("FIX", "ME"), ("XX", "X"), ("HA", "CK")].map(|(a, b)| format!("{a}{b}"));
    let macros = [("to", "do!"), ("unimple", "mented!")].map(|(a, b)| format!("{a}{b}"));
    lines(tree, |line| {
        let mark = marks
            .iter()
            .find(|mark| line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == mark.as_str()));
        let call = || {
            macros.iter().find(|name| {
                line.match_indices(name.as_str())
                    .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
            })
        };
        mark.or_else(call).map(|word| format!("`{word}`: finish it, or write it in docs/limits.md"))
    })
}

fn lines(tree: &Tree, check: impl Fn(&str) -> Option<String>) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in EXTENSIONS.iter().flat_map(|extension| tree.with_extension(extension)) {
        for (number, line) in file.text.lines().enumerate() {
            if let Some(text) = check(line) {
                found.push(Finding::new(&file.path, number + 1, text));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn machine_paths_are_found() {
        for root in ["home", "root", "work"] {
            let text = format!("=/{root}/x");
            assert_eq!(machine_paths(&sample("a.md", &text)).len(), 1, "{text}");
        }
        assert!(machine_paths(&sample("a.md", "https://x.org/home/ and src/work/x")).is_empty());
    }

    #[test]
    fn unfinished_work_is_found() {
        let mark = ["TO", "DO"].concat();
        assert_eq!(unfinished(&sample("a.rs", &format!("// {mark}: later"))).len(), 1);
        assert_eq!(unfinished(&sample("a.rs", &["to", "do!()"].concat())).len(), 1);
        assert_eq!(unfinished(&sample("a.py", &["unimple", "mented!()"].concat())).len(), 1);
        assert!(unfinished(&sample("a.rs", &format!("// {mark}S are not the word"))).is_empty());
    }
}
