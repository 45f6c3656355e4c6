//! Sorting: CPython's timsort for comparisons that may run Python code, plain stable sorts where they can not.
//!
//! The result of a stable sort under a total order does not depend on the algorithm, so keys that are all ints, all floats
//! without NaN or all `str` are sorted with the standard library's. All other keys take [`timsort`], which makes the
//! comparisons that CPython makes: with inconsistent orders (NaN, a strange `__lt__`) the result is CPython's too.
//!
//! Invariant: whatever a comparison does, the result is a permutation of the input.

use crate::object::str::CodePoints;
use crate::object::{str, tuple};
use crate::runtime::{R, Rt};
use crate::types::spec::CmpOp;
use crate::value::Obj;
use molt_abi::layout::Kind;
use std::cmp::Ordering;

/// The stable order of `keys`, as positions.
pub fn order(rt: &Rt, keys: &[Obj]) -> R<Vec<u32>> {
    if let Some(order) = quick_order(keys) {
        return Ok(order);
    }
    let mut order: Vec<u32> = (0..keys.len() as u32).collect();
    timsort(&mut order, |a, b| rt.compare_true(&keys[*a as usize], &keys[*b as usize], CmpOp::Lt))?;
    Ok(order)
}

/// Sorts items by themselves.
pub fn sort_items(rt: &Rt, items: &mut Vec<Obj>) -> R<()> {
    if items.len() < 2 {
        return Ok(());
    }
    if items.iter().all(|i| i.as_small_int().is_some()) {
        // Equal immediate ints are the same object, so stability can not be seen.
        items.sort_unstable_by_key(|i| i.as_small_int());
        return Ok(());
    }
    let order = order(rt, items)?;
    permute(items, &order);
    Ok(())
}

/// Rearranges items so that position `n` has what was at `order[n]`.
pub fn permute(items: &mut Vec<Obj>, order: &[u32]) {
    let mut from: Vec<Option<Obj>> = std::mem::take(items).into_iter().map(Some).collect();
    items.extend(order.iter().filter_map(|n| from.get_mut(*n as usize).and_then(Option::take)));
}

/// What kind of keys can be compared without Python code.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Simple {
    Int,
    Float,
    Str,
}

fn simple(obj: &Obj) -> Option<Simple> {
    if obj.as_small_int().is_some() {
        Some(Simple::Int)
    } else if obj.as_float().is_some_and(|x| !x.is_nan()) {
        Some(Simple::Float)
    } else if obj.is_exact(Kind::Str) {
        Some(Simple::Str)
    } else {
        None
    }
}

fn quick_order(keys: &[Obj]) -> Option<Vec<u32>> {
    let first = keys.first()?;
    match simple(first) {
        Some(kind) if keys.iter().all(|k| simple(k) == Some(kind)) => Some(simple_order(keys, kind)),
        Some(_) => None,
        None => tuple_order(keys),
    }
}

fn simple_order(keys: &[Obj], kind: Simple) -> Vec<u32> {
    match ranks(keys.iter(), kind) {
        Some(ranks) if kind == Simple::Str => by_rank(ranks, &|a, b| same_rank(&keys[a], &keys[b])),
        Some(ranks) => by_rank(ranks, &|_, _| Ordering::Equal),
        None => by(keys, &compare_simple),
    }
}

/// A number for each key that is less where the key is less, with the key's position: all of an int or a float, the first
/// eight characters of a string. Nothing when there are strings of wide characters.
fn ranks<'a>(keys: impl Iterator<Item = &'a Obj>, kind: Simple) -> Option<Vec<(u64, u32)>> {
    const SIGN: u64 = 1 << 63;
    let rank = |key: &Obj| match kind {
        Simple::Int => key.as_small_int().map(|n| n as u64 ^ SIGN),
        Simple::Float => key.as_float().map(|x| {
            // Adding zero makes both zeros the same. The bits of negative numbers count backwards.
            let bits = (x + 0.0).to_bits();
            if bits & SIGN != 0 { !bits } else { bits | SIGN }
        }),
        Simple::Str => match str::get(key)?.code_points() {
            CodePoints::One(bytes) => {
                let mut first = [0; 8];
                let count = bytes.len().min(8);
                first[..count].copy_from_slice(&bytes[..count]);
                Some(u64::from_be_bytes(first))
            }
            _ => None,
        },
    };
    keys.enumerate().map(|(n, key)| Some((rank(key)?, n as u32))).collect()
}

/// Compares strings of one rank.
fn same_rank(a: &Obj, b: &Obj) -> Ordering {
    match (str::get(a), str::get(b)) {
        // What lies behind the shorter one is zero in the rank: it is the beginning of the other.
        (Some(a), Some(b)) if a.len() <= 8 && b.len() <= 8 => a.len().cmp(&b.len()),
        _ => compare_simple(a, b),
    }
}

/// The stable order by ranks, with `tie` to decide between equal ones. One copy of the sort for all kinds of keys.
fn by_rank(mut ranks: Vec<(u64, u32)>, tie: &dyn Fn(usize, usize) -> Ordering) -> Vec<u32> {
    // The position makes every pair different, so the unstable sort is stable for the keys.
    ranks.sort_unstable_by(|a, b| {
        a.0.cmp(&b.0).then_with(|| tie(a.1 as usize, b.1 as usize)).then_with(|| a.1.cmp(&b.1))
    });
    ranks.into_iter().map(|(_, n)| n).collect()
}

/// Keys that are tuples of one length whose columns are of one simple kind each.
fn tuple_order(keys: &[Obj]) -> Option<Vec<u32>> {
    let exact = |k: &Obj| k.is_exact(Kind::Tuple);
    let first = keys.first().filter(|k| exact(k)).and_then(tuple::items)?;
    let columns: Vec<Simple> = first.iter().map(simple).collect::<Option<_>>()?;
    let fits = |k: &Obj| {
        exact(k)
            && tuple::items(k)
                .is_some_and(|t| t.len() == columns.len() && t.iter().zip(&columns).all(|(v, c)| simple(v) == Some(*c)))
    };
    if !keys.iter().all(fits) {
        return None;
    }
    let items = |n: usize| tuple::items(&keys[n]).unwrap_or_default();
    if let Some(kind) = columns.first()
        && let Some(ranks) = ranks(keys.iter().filter_map(|k| tuple::items(k)?.first()), *kind)
    {
        return Some(by_rank(ranks, &|a, b| {
            let (a, b) = (items(a), items(b));
            let first = if *kind == Simple::Str { same_rank(&a[0], &b[0]) } else { Ordering::Equal };
            first.then_with(|| {
                let rest = a[1..].iter().zip(&b[1..]);
                rest.map(|(a, b)| compare_simple(a, b)).find(|o| o.is_ne()).unwrap_or(Ordering::Equal)
            })
        }));
    }
    Some(by(keys, &|a, b| {
        let (a, b) = (tuple::items(a).unwrap_or_default(), tuple::items(b).unwrap_or_default());
        a.iter().zip(b).map(|(a, b)| compare_simple(a, b)).find(|o| o.is_ne()).unwrap_or(Ordering::Equal)
    }))
}

fn compare_simple(a: &Obj, b: &Obj) -> Ordering {
    if let (Some(a), Some(b)) = (a.as_small_int(), b.as_small_int()) {
        return a.cmp(&b);
    }
    if let (Some(a), Some(b)) = (a.as_float(), b.as_float()) {
        return a.partial_cmp(&b).unwrap_or(Ordering::Equal);
    }
    match (str::get(a), str::get(b)) {
        (Some(a), Some(b)) => a.view().compare(b.view()),
        _ => Ordering::Equal,
    }
}

fn by(keys: &[Obj], compare: &dyn Fn(&Obj, &Obj) -> Ordering) -> Vec<u32> {
    let mut order: Vec<u32> = (0..keys.len() as u32).collect();
    order.sort_by(|a, b| compare(&keys[*a as usize], &keys[*b as usize]));
    order
}

const MAX_MINRUN: usize = 64;
const MIN_GALLOP: usize = 7;

/// A run of sorted items and, once the next run is known, the depth of the boundary between them in the merge tree.
struct Run {
    start: usize,
    len: usize,
    power: u32,
}

/// Sorts `items` stably by the fallible `less`, comparing as CPython 3.12 does (Tim Peters' timsort with the merge order of
/// Munro and Wild's powersort). When a comparison fails, `items` is a permutation of what it was.
pub fn timsort<T: Copy, E>(items: &mut [T], mut less: impl FnMut(&T, &T) -> Result<bool, E>) -> Result<(), E> {
    let total = items.len();
    if total < 2 {
        return Ok(());
    }
    let mut sorter = Sorter { items, runs: Vec::new(), min_gallop: MIN_GALLOP, less: &mut less };
    let min_run = min_run(total);
    let mut at = 0;
    while at < total {
        let mut len = sorter.count_run(at)?;
        if len < min_run {
            let forced = (total - at).min(min_run);
            sorter.binary_insertion(at, forced, len)?;
            len = forced;
        }
        sorter.push_run(at, len, total)?;
        at += len;
    }
    while sorter.runs.len() > 1 {
        let mut n = sorter.runs.len() - 2;
        if n > 0 && sorter.runs[n - 1].len < sorter.runs[n + 1].len {
            n -= 1;
        }
        sorter.merge_at(n)?;
    }
    Ok(())
}

/// The least length of a run: `total / 2^k` rounded up, between 32 and 64.
fn min_run(mut total: usize) -> usize {
    let mut odd = 0;
    while total >= MAX_MINRUN {
        odd |= total & 1;
        total >>= 1;
    }
    total + odd
}

/// The depth in the merge tree of the boundary between the run at `start` of `n1` items and the next of `n2`.
fn power(start: usize, n1: usize, n2: usize, total: usize) -> u32 {
    let mut result = 0;
    let mut a = 2 * start + n1;
    let mut b = a + n1 + n2;
    loop {
        result += 1;
        if a >= total {
            a -= total;
            b -= total;
        } else if b >= total {
            return result;
        }
        a <<= 1;
        b <<= 1;
    }
}

struct Sorter<'a, T, F> {
    items: &'a mut [T],
    runs: Vec<Run>,
    min_gallop: usize,
    less: &'a mut F,
}

impl<T: Copy, E, F: FnMut(&T, &T) -> Result<bool, E>> Sorter<'_, T, F> {
    fn less(&mut self, a: usize, b: usize) -> Result<bool, E> {
        let (a, b) = (self.items[a], self.items[b]);
        (self.less)(&a, &b)
    }

    /// The length of the run at `at`; a strictly descending one is reversed.
    fn count_run(&mut self, at: usize) -> Result<usize, E> {
        let end = self.items.len();
        if at + 1 == end {
            return Ok(1);
        }
        let mut n = at + 2;
        let descending = self.less(at + 1, at)?;
        while n < end && self.less(n, n - 1)? == descending {
            n += 1;
        }
        if descending {
            self.items[at..n].reverse();
        }
        Ok(n - at)
    }

    /// Sorts `len` items at `at` of which the first `sorted` are in order.
    fn binary_insertion(&mut self, at: usize, len: usize, sorted: usize) -> Result<(), E> {
        for n in at + sorted.max(1)..at + len {
            let pivot = self.items[n];
            let (mut low, mut high) = (at, n);
            while low < high {
                let middle = low + (high - low) / 2;
                let other = self.items[middle];
                if (self.less)(&pivot, &other)? {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            self.items.copy_within(low..n, low + 1);
            self.items[low] = pivot;
        }
        Ok(())
    }

    fn push_run(&mut self, start: usize, len: usize, total: usize) -> Result<(), E> {
        if let Some(last) = self.runs.last() {
            let depth = power(last.start, last.len, len, total);
            while self.runs.len() > 1 && self.runs[self.runs.len() - 2].power > depth {
                self.merge_at(self.runs.len() - 2)?;
            }
            if let Some(last) = self.runs.last_mut() {
                last.power = depth;
            }
        }
        self.runs.push(Run { start, len, power: 0 });
        Ok(())
    }

    /// Merges runs `n` and `n + 1`.
    fn merge_at(&mut self, n: usize) -> Result<(), E> {
        let (mut a, mut na) = (self.runs[n].start, self.runs[n].len);
        let (b, mut nb) = (self.runs[n + 1].start, self.runs[n + 1].len);
        self.runs[n].len = na + nb;
        self.runs.remove(n + 1);
        // What of the first run is in place already, and what of the second.
        let key = self.items[b];
        let skip = gallop_right(self.less, &key, &self.items[a..a + na], 0)?;
        a += skip;
        na -= skip;
        if na == 0 {
            return Ok(());
        }
        let key = self.items[a + na - 1];
        nb = gallop_left(self.less, &key, &self.items[b..b + nb], nb - 1)?;
        if nb == 0 {
            return Ok(());
        }
        if na <= nb { self.merge_low(a, na, b, nb) } else { self.merge_high(a, na, b, nb) }
    }

    /// Merges two adjacent runs from the left; the first is copied out, being the shorter.
    fn merge_low(&mut self, start: usize, na: usize, b: usize, nb: usize) -> Result<(), E> {
        let left: Vec<T> = self.items[start..start + na].to_vec();
        let mut state = Low { a: 0, b, to: start, end: b + nb };
        let result = self.merge_low_loop(&left, &mut state);
        // The rest of the copied run fills the gap, whether the merge is complete or was broken off.
        let rest = &left[state.a..];
        if result.is_err() || state.b >= state.end || rest.len() != 1 {
            self.items[state.to..state.to + rest.len()].copy_from_slice(rest);
        } else {
            // One item of the copied run is left, and belongs behind all of the second run.
            self.items.copy_within(state.b..state.end, state.to);
            self.items[state.to + (state.end - state.b)] = rest[0];
        }
        result
    }

    fn merge_low_loop(&mut self, left: &[T], s: &mut Low) -> Result<(), E> {
        let na = left.len();
        self.items[s.to] = self.items[s.b];
        s.to += 1;
        s.b += 1;
        if s.b == s.end || na - s.a == 1 {
            return Ok(());
        }
        let mut min_gallop = self.min_gallop;
        loop {
            let (mut count_a, mut count_b) = (0, 0);
            // One pair at a time until one run wins often.
            loop {
                let (vb, va) = (self.items[s.b], left[s.a]);
                if (self.less)(&vb, &va)? {
                    self.items[s.to] = vb;
                    s.to += 1;
                    s.b += 1;
                    count_b += 1;
                    count_a = 0;
                    if s.b == s.end {
                        return Ok(());
                    }
                    if count_b >= min_gallop {
                        break;
                    }
                } else {
                    self.items[s.to] = va;
                    s.to += 1;
                    s.a += 1;
                    count_a += 1;
                    count_b = 0;
                    if na - s.a == 1 {
                        return Ok(());
                    }
                    if count_a >= min_gallop {
                        break;
                    }
                }
            }
            min_gallop += 1;
            loop {
                min_gallop -= usize::from(min_gallop > 1);
                self.min_gallop = min_gallop;
                let vb = self.items[s.b];
                let k = gallop_right(self.less, &vb, &left[s.a..], 0)?;
                count_a = k;
                if k != 0 {
                    self.items[s.to..s.to + k].copy_from_slice(&left[s.a..s.a + k]);
                    s.to += k;
                    s.a += k;
                    // An inconsistent order can use up the run altogether.
                    if na - s.a <= 1 {
                        return Ok(());
                    }
                }
                self.items[s.to] = self.items[s.b];
                s.to += 1;
                s.b += 1;
                if s.b == s.end {
                    return Ok(());
                }
                let va = left[s.a];
                let k = gallop_left(self.less, &va, &self.items[s.b..s.end], 0)?;
                count_b = k;
                if k != 0 {
                    self.items.copy_within(s.b..s.b + k, s.to);
                    s.to += k;
                    s.b += k;
                    if s.b == s.end {
                        return Ok(());
                    }
                }
                self.items[s.to] = left[s.a];
                s.to += 1;
                s.a += 1;
                if na - s.a == 1 {
                    return Ok(());
                }
                if count_a < MIN_GALLOP && count_b < MIN_GALLOP {
                    break;
                }
            }
            min_gallop += 1;
            self.min_gallop = min_gallop;
        }
    }

    /// Merges two adjacent runs from the right; the second is copied out, being the shorter.
    fn merge_high(&mut self, a: usize, na: usize, b: usize, nb: usize) -> Result<(), E> {
        let right: Vec<T> = self.items[b..b + nb].to_vec();
        let mut state = High { a: a + na, b: nb, to: b + nb, start: a };
        let result = self.merge_high_loop(&right, &mut state);
        let rest = &right[..state.b];
        if result.is_err() || state.a <= state.start || rest.len() != 1 {
            self.items[state.to - rest.len()..state.to].copy_from_slice(rest);
        } else {
            // One item of the copied run is left, and belongs before all of the first run.
            let count = state.a - state.start;
            self.items.copy_within(state.start..state.a, state.to - count);
            self.items[state.to - count - 1] = rest[0];
        }
        result
    }

    fn merge_high_loop(&mut self, right: &[T], s: &mut High) -> Result<(), E> {
        s.to -= 1;
        s.a -= 1;
        self.items[s.to] = self.items[s.a];
        if s.a == s.start || s.b == 1 {
            return Ok(());
        }
        let mut min_gallop = self.min_gallop;
        loop {
            let (mut count_a, mut count_b) = (0, 0);
            loop {
                let (vb, va) = (right[s.b - 1], self.items[s.a - 1]);
                if (self.less)(&vb, &va)? {
                    s.to -= 1;
                    s.a -= 1;
                    self.items[s.to] = va;
                    count_a += 1;
                    count_b = 0;
                    if s.a == s.start {
                        return Ok(());
                    }
                    if count_a >= min_gallop {
                        break;
                    }
                } else {
                    s.to -= 1;
                    s.b -= 1;
                    self.items[s.to] = vb;
                    count_b += 1;
                    count_a = 0;
                    if s.b == 1 {
                        return Ok(());
                    }
                    if count_b >= min_gallop {
                        break;
                    }
                }
            }
            min_gallop += 1;
            loop {
                min_gallop -= usize::from(min_gallop > 1);
                self.min_gallop = min_gallop;
                let vb = right[s.b - 1];
                let na = s.a - s.start;
                let k = na - gallop_right(self.less, &vb, &self.items[s.start..s.a], na - 1)?;
                count_a = k;
                if k != 0 {
                    self.items.copy_within(s.a - k..s.a, s.to - k);
                    s.to -= k;
                    s.a -= k;
                    if s.a == s.start {
                        return Ok(());
                    }
                }
                s.to -= 1;
                s.b -= 1;
                self.items[s.to] = right[s.b];
                if s.b == 1 {
                    return Ok(());
                }
                let va = self.items[s.a - 1];
                let k = s.b - gallop_left(self.less, &va, &right[..s.b], s.b - 1)?;
                count_b = k;
                if k != 0 {
                    s.to -= k;
                    s.b -= k;
                    self.items[s.to..s.to + k].copy_from_slice(&right[s.b..s.b + k]);
                    if s.b <= 1 {
                        return Ok(());
                    }
                }
                s.to -= 1;
                s.a -= 1;
                self.items[s.to] = self.items[s.a];
                if s.a == s.start {
                    return Ok(());
                }
                if count_a < MIN_GALLOP && count_b < MIN_GALLOP {
                    break;
                }
            }
            min_gallop += 1;
            self.min_gallop = min_gallop;
        }
    }
}

/// Where a merge from the left stands: next of the copied run, next of the second, where the next item goes, end.
struct Low {
    a: usize,
    b: usize,
    to: usize,
    end: usize,
}

/// Where a merge from the right stands: end of what is left of the first run and of the copied one, end of the gap.
struct High {
    a: usize,
    b: usize,
    to: usize,
    start: usize,
}

/// The leftmost place of `key` in sorted `run`, searched outwards from `hint`.
fn gallop_left<T, E>(
    less: &mut impl FnMut(&T, &T) -> Result<bool, E>,
    key: &T,
    run: &[T],
    hint: usize,
) -> Result<usize, E> {
    gallop(run.len(), hint, &mut |n| less(&run[n], key))
}

/// The rightmost place of `key` in sorted `run`, searched outwards from `hint`.
fn gallop_right<T, E>(
    less: &mut impl FnMut(&T, &T) -> Result<bool, E>,
    key: &T,
    run: &[T],
    hint: usize,
) -> Result<usize, E> {
    gallop(run.len(), hint, &mut |n| less(key, &run[n]).map(|l| !l))
}

/// The first position whose item does not belong before the key, in exponential steps from `hint`, then by halves.
fn gallop<E>(len: usize, hint: usize, before: &mut dyn FnMut(usize) -> Result<bool, E>) -> Result<usize, E> {
    let (mut last, mut offset) = (0usize, 1usize);
    let (mut low, high);
    if before(hint)? {
        // To the right, until `run[hint + last]` belongs before and `run[hint + offset]` does not.
        let max = len - hint;
        while offset < max && before(hint + offset)? {
            last = offset;
            offset = offset.saturating_mul(2).saturating_add(1);
        }
        low = hint + last + 1;
        high = hint + offset.min(max);
    } else {
        // To the left, until `run[hint - offset]` belongs before and `run[hint - last]` does not.
        let max = hint + 1;
        while offset < max && !before(hint - offset)? {
            last = offset;
            offset = offset.saturating_mul(2).saturating_add(1);
        }
        low = (hint + 1) - offset.min(max);
        high = hint - last;
    }
    let mut end = high;
    while low < end {
        let middle = low + (end - low) / 2;
        if before(middle)? {
            low = middle + 1;
        } else {
            end = middle;
        }
    }
    Ok(end)
}

#[cfg(test)]
mod tests {
    use super::timsort;

    fn random(seed: &mut u64) -> u64 {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        *seed >> 33
    }

    #[test]
    fn sorts_stably() {
        let mut seed = 7;
        for len in [0, 1, 2, 5, 63, 64, 65, 200, 1000, 5000] {
            for range in [2, 10, 1_000_000] {
                for shape in 0..3 {
                    let mut items: Vec<(u64, usize)> = (0..len)
                        .map(|n| {
                            let r = random(&mut seed) % range;
                            (
                                if shape == 0 {
                                    r
                                } else if shape == 1 {
                                    n as u64 / 7 + r % 3
                                } else {
                                    (n as u64 % 100) * 3
                                },
                                n,
                            )
                        })
                        .collect();
                    let mut expected = items.clone();
                    expected.sort();
                    let result: Result<(), ()> = timsort(&mut items, |a, b| Ok(a.0 < b.0));
                    assert_eq!(result, Ok(()));
                    assert_eq!(items, expected);
                }
            }
        }
    }

    #[test]
    fn failures_and_strange_orders_leave_a_permutation() {
        let mut seed = 9;
        for budget in 0..400 {
            let mut items: Vec<u64> = (0..150).map(|_| random(&mut seed) % 50).collect();
            let mut expected = items.clone();
            expected.sort();
            let mut left = budget * 3;
            let result = timsort(&mut items, |a, b| {
                if left == 0 {
                    return Err(());
                }
                left -= 1;
                Ok(if budget % 2 == 0 { a < b } else { random(&mut seed) & 1 == 0 })
            });
            if result.is_ok() && budget % 2 == 0 {
                assert_eq!(items, expected);
            }
            items.sort();
            assert_eq!(items, expected);
        }
    }
}
