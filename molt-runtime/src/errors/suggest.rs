//! "Did you mean": what the report of an uncaught `AttributeError` or `NameError` proposes.
//!
//! The candidates, the edit distance and its limits are CPython 3.12's (`Python/suggestions.c` describes them: a move costs
//! 2, a change of case 1, and no more than a third of the characters may change).

use super::stdlib_names::STDLIB_MODULES;
use crate::object::module::Data;
use crate::object::{descs, dict, exception, str, traceback};
use crate::runtime::Rt;
use crate::types::exception as specs;
use crate::value::Obj;
use molt_abi::desc::CodeDesc;

const MAX_CANDIDATES: usize = 750;
const MAX_LENGTH: usize = 40;
const MOVE: usize = 2;
const CASE: usize = 1;

fn substitution(a: u8, b: u8) -> usize {
    if a == b {
        0
    } else if a.eq_ignore_ascii_case(&b) {
        CASE
    } else {
        MOVE
    }
}

/// The edit distance; more than `limit` when it is beyond.
fn distance(a: &[u8], b: &[u8], limit: usize) -> usize {
    let prefix = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[prefix..], &b[prefix..]);
    let suffix = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - suffix], &b[..b.len() - suffix]);
    if a.is_empty() || b.is_empty() {
        return (a.len() + b.len()) * MOVE;
    }
    if a.len() > MAX_LENGTH || b.len() > MAX_LENGTH {
        return limit + 1;
    }
    let (a, b) = if b.len() < a.len() { (b, a) } else { (a, b) };
    if (b.len() - a.len()) * MOVE > limit {
        return limit + 1;
    }
    let mut row: Vec<usize> = (1..=a.len()).map(|n| n * MOVE).collect();
    let mut result = 0;
    for (i, code) in b.iter().enumerate() {
        let mut diagonal = i * MOVE;
        result = diagonal;
        let mut minimum = usize::MAX;
        for (cell, other) in row.iter_mut().zip(a) {
            let substituted = diagonal + substitution(*code, *other);
            diagonal = *cell;
            let moved = result.min(diagonal) + MOVE;
            result = substituted.min(moved);
            *cell = result;
            minimum = minimum.min(result);
        }
        if minimum > limit {
            return limit + 1;
        }
    }
    result
}

/// The candidate nearest to a name, if one is near.
fn nearest(name: &str, candidates: &[String]) -> Option<String> {
    if candidates.len() >= MAX_CANDIDATES {
        return None;
    }
    let mut best: Option<(usize, &String)> = None;
    for candidate in candidates {
        if candidate == name {
            continue;
        }
        let mut limit = (name.len() + candidate.len() + 3) * MOVE / 6;
        if let Some((found, _)) = best {
            match found.checked_sub(1) {
                Some(below) => limit = limit.min(below),
                None => break,
            }
        }
        let d = distance(name.as_bytes(), candidate.as_bytes(), limit);
        if d <= limit {
            best = Some((d, candidate));
        }
    }
    best.map(|(_, candidate)| candidate.clone())
}

impl Rt {
    /// What the report appends to the message of an exception, e.g. ". Did you mean: 'name'?".
    pub(super) fn suggestion(&self, exc: &Obj) -> Option<String> {
        let ty = self.type_of(exc);
        if ty.is_subtype(self.spec_type(&specs::ATTRIBUTE_ERROR)) {
            let e = exception::get(exc)?;
            let (name, obj) = (e.extra[0].get()?, e.extra[1].get()?);
            let name = str::get(&name)?.text().into_owned();
            let found = nearest(&name, &self.attribute_names(&obj)?)?;
            return Some(format!(". Did you mean: '{found}'?"));
        }
        if ty.is_subtype(self.spec_type(&specs::NAME_ERROR)) {
            let e = exception::get(exc)?;
            let name = e.extra[0].get()?;
            let name = str::get(&name)?.text().into_owned();
            let frame = self.innermost_frame(exc)?;
            let found = self.near_name(&name, frame);
            let module = STDLIB_MODULES.binary_search(&name.as_str()).is_ok();
            return match (found, module) {
                (Some(found), false) => Some(format!(". Did you mean: '{found}'?")),
                (Some(found), true) => {
                    Some(format!(". Did you mean: '{found}'? Or did you forget to import '{name}'?"))
                }
                (None, true) => Some(format!(". Did you forget to import '{name}'?")),
                (None, false) => None,
            };
        }
        None
    }

    /// `dir(obj)`.
    fn attribute_names(&self, obj: &Obj) -> Option<Vec<String>> {
        let listed = match self.call_special(obj, &self.names().__dir__, &[]) {
            Ok(Some(listed)) => self.collect(&listed),
            Ok(None) => return None,
            Err(raised) => Err(raised),
        };
        let Ok(listed) = listed else {
            self.clear_exception();
            return None;
        };
        let mut names: Vec<String> = listed.iter().filter(|n| str::get(n).is_some()).map(str::to_string).collect();
        names.sort();
        names.dedup();
        Some(names)
    }

    fn innermost_frame(&self, exc: &Obj) -> Option<(Data, &'static CodeDesc)> {
        let mut tb = exception::get(exc)?.traceback.get()?;
        loop {
            let frame = traceback::get(&tb)?;
            let here = (frame.data(), frame.code());
            match frame.next.get() {
                Some(next) => tb = next,
                None => return Some(here),
            }
        }
    }

    /// The nearest of the names that code can see: its variables, then globals, then builtins.
    fn near_name(&self, name: &str, (data, code): (Data, &'static CodeDesc)) -> Option<String> {
        let locals = [descs::varnames(code), descs::cellvars(code), descs::freevars(code)];
        let locals: Vec<String> = locals.into_iter().flatten().map(|n| str::to_string(&data.constant(*n))).collect();
        if let Some(found) = nearest(name, &locals) {
            return Some(found);
        }
        let keys = |namespace: &Obj| -> Vec<String> {
            dict::items(namespace)
                .iter()
                .map(|(k, _)| k)
                .filter(|k| str::get(k).is_some())
                .map(str::to_string)
                .collect()
        };
        if let Some(found) = data.dict().and_then(|globals| nearest(name, &keys(&globals))) {
            return Some(found);
        }
        let builtins = self.namespace(&self.builtins_module());
        nearest(name, &keys(&builtins))
    }
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn distances_are_cpythons() {
        assert_eq!(distance(b"abc", b"abc", 10), 0);
        assert_eq!(distance(b"abc", b"aBc", 10), 1);
        assert_eq!(distance(b"abc", b"abd", 10), 2);
        assert_eq!(distance(b"abc", b"abcd", 10), 2);
        assert!(distance(b"abc", b"xyz", 3) > 3);
    }

    #[test]
    fn the_first_of_the_nearest_wins() {
        let names: Vec<String> = ["bluch", "blech", "zzz"].iter().map(ToString::to_string).collect();
        assert_eq!(nearest("bloch", &names).as_deref(), Some("bluch"));
        assert_eq!(nearest("nothing", &names), None);
    }
}
