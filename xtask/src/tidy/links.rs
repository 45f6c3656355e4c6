//! Links of the documents lead somewhere.

use super::{Finding, Tree};

/// Relative link targets of Markdown files exist, and so do the headings they name.
pub fn exist(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.with_extension("md") {
        for (line, target) in targets(&file.text) {
            if target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            let (path, anchor) = target.split_once('#').unwrap_or((target.as_str(), ""));
            let full = if path.is_empty() { file.path.clone() } else { join(&file.path, path) };
            let page = tree.files.iter().find(|f| f.path == full);
            let folder = format!("{}/", full.trim_end_matches('/'));
            if page.is_none() && !tree.files.iter().any(|f| f.path.starts_with(&folder)) {
                found.push(Finding::new(&file.path, line, format!("no file `{full}`")));
            } else if let Some(page) = page
                && !anchor.is_empty()
                && full.ends_with(".md")
                && !anchors(&page.text).any(|a| a == anchor)
            {
                found.push(Finding::new(&file.path, line, format!("no heading `#{anchor}` in `{full}`")));
            }
        }
    }
    found
}

/// The lines outside of code fences, and their numbers.
fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fenced = false;
    text.lines().enumerate().filter_map(move |(number, line)| {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            return None;
        }
        (!fenced).then_some((number + 1, line))
    })
}

/// The targets of `[text](target)`, outside of code.
fn targets(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in prose(text) {
        // Odd pieces between backticks are code.
        let plain: String = line.split('`').step_by(2).collect::<Vec<_>>().join("`");
        let mut rest = plain.as_str();
        while let Some(at) = rest.find("](") {
            rest = &rest[at + 2..];
            if let Some(end) = rest.find(')') {
                let target = rest[..end].split_whitespace().next().unwrap_or("");
                found.push((number, target.to_owned()));
            }
        }
    }
    found
}

/// The headings' anchors, as code hosts make them.
fn anchors(text: &str) -> impl Iterator<Item = String> {
    prose(text).filter(|(_, line)| line.starts_with('#')).map(|(_, line)| {
        line.trim_start_matches('#')
            .trim()
            .to_lowercase()
            .chars()
            .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
            .map(|c| if c == ' ' { '-' } else { c })
            .collect()
    })
}

fn join(from: &str, target: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn dead_links_are_found() {
        let text = "# One two\n[a](missing.md) [b](#one-two) [c](https://x.org) `[d](no.md)`\n";
        assert_eq!(exist(&sample("docs/a.md", text)), [Finding::new("docs/a.md", 2, "no file `docs/missing.md`")]);
        assert_eq!(exist(&sample("docs/a.md", "[x](../docs/a.md#nope)")).len(), 1);
        assert!(exist(&sample("docs/a.md", "[x](../docs) [y](a.md)\n```\n[z](q.md)\n```\n")).is_empty());
    }
}
