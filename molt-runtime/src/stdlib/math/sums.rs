//! Sums and norms with more than the precision of one float: `fsum`, `sumprod`, `prod`, `hypot`, `dist`.

use super::functions::{scale, split};
use crate::object::tuple;
use crate::ops::operators::BinOp;
use crate::runtime::{R, Rt};
use crate::types::number::{Int, int_convert};
use crate::value::Obj;
use num_bigint::BigInt;

/// A big int of moderate size as a float.
pub fn big_to_f64(n: &BigInt) -> f64 {
    int_convert::to_f64(Int::from_big(n.clone()).view()).unwrap_or(f64::INFINITY)
}

/// A sum and what rounding took from it.
#[derive(Clone, Copy)]
struct Double {
    hi: f64,
    lo: f64,
}

/// `a + b` exactly, for `|a| >= |b|`.
fn fast_sum(a: f64, b: f64) -> Double {
    let hi = a + b;
    Double { hi, lo: (a - hi) + b }
}

/// `a + b` exactly (Knuth).
fn sum(a: f64, b: f64) -> Double {
    let hi = a + b;
    let z = hi - a;
    Double { hi, lo: (a - (hi - z)) + (b - z) }
}

/// `a * b` exactly.
fn product(a: f64, b: f64) -> Double {
    let hi = a * b;
    Double { hi, lo: a.mul_add(b, -hi) }
}

/// Shewchuk's exact sum, rounded once, ties to even.
pub fn fsum(rt: &Rt, _: &Obj, iterable: &Obj) -> R {
    let mut partials: Vec<f64> = Vec::new();
    let (mut special, mut infinities) = (0.0, 0.0);
    rt.for_each(iterable, |item| {
        let given = rt.to_f64(&item)?;
        let mut x = given;
        let mut kept = 0;
        for n in 0..partials.len() {
            let mut y = partials[n];
            if x.abs() < y.abs() {
                std::mem::swap(&mut x, &mut y);
            }
            let d = fast_sum(x, y);
            if d.lo != 0.0 {
                partials[kept] = d.lo;
                kept += 1;
            }
            x = d.hi;
        }
        partials.truncate(kept);
        if x != 0.0 {
            if !x.is_finite() {
                if given.is_finite() {
                    return Err(rt.overflow_error(format_args!("intermediate overflow in fsum")));
                }
                if given.is_infinite() {
                    infinities += given;
                }
                special += given;
                partials.clear();
            } else {
                partials.push(x);
            }
        }
        Ok(())
    })?;
    if special != 0.0 {
        if f64::is_nan(infinities) {
            return Err(rt.value_error(format_args!("-inf + inf in fsum")));
        }
        return Ok(Obj::float(special));
    }
    let Some(mut hi) = partials.pop() else { return Ok(Obj::float(0.0)) };
    let mut lo = 0.0;
    while let Some(y) = partials.pop() {
        let d = fast_sum(hi, y);
        hi = d.hi;
        lo = d.lo;
        if lo != 0.0 {
            break;
        }
    }
    // Half way between two floats, what is left decides on which side.
    if let Some(&next) = partials.last()
        && ((lo < 0.0 && next < 0.0) || (lo > 0.0 && next > 0.0))
    {
        let y = lo * 2.0;
        let x = hi + y;
        if y == x - hi {
            hi = x;
        }
    }
    Ok(Obj::float(hi))
}

/// The Euclidean norm, after CPython's `vector_norm`: scaled by a power of two, squares summed exactly, one correction of
/// the root.
fn norm(values: &mut [f64], max: f64, has_nan: bool) -> f64 {
    if max.is_infinite() {
        return max;
    }
    if has_nan {
        return f64::NAN;
    }
    if max == 0.0 || values.len() <= 1 {
        return max;
    }
    let exponent = split(max).1;
    if exponent < -1023 {
        for x in values.iter_mut() {
            *x /= f64::MIN_POSITIVE;
        }
        return f64::MIN_POSITIVE * norm(values, max / f64::MIN_POSITIVE, has_nan);
    }
    let factor = scale(1.0, i64::from(-exponent));
    let (mut csum, mut low_1, mut low_2) = (1.0, 0.0, 0.0);
    for x in values.iter() {
        let x = x * factor;
        let square = product(x, x);
        let s = fast_sum(csum, square.hi);
        csum = s.hi;
        low_1 += square.lo;
        low_2 += s.lo;
    }
    let mut root = (csum - 1.0 + (low_1 + low_2)).sqrt();
    let square = product(-root, root);
    let s = fast_sum(csum, square.hi);
    csum = s.hi;
    low_1 += square.lo;
    low_2 += s.lo;
    let x = csum - 1.0 + (low_1 + low_2);
    root += x / (2.0 * root);
    root / factor
}

fn norm_of(values: &mut [f64]) -> f64 {
    let (mut max, mut has_nan) = (0f64, false);
    for x in values.iter_mut() {
        *x = x.abs();
        has_nan |= x.is_nan();
        if *x > max {
            max = *x;
        }
    }
    norm(values, max, has_nan)
}

pub fn hypot(rt: &Rt, _: &Obj, args: &[Obj]) -> R {
    let mut values = args.iter().map(|x| rt.to_f64(x)).collect::<R<Vec<f64>>>()?;
    Ok(Obj::float(norm_of(&mut values)))
}

fn point(rt: &Rt, p: &Obj) -> R<Vec<f64>> {
    let items = match tuple::items(p) {
        Some(items) => items.to_vec(),
        None => rt.collect(p)?,
    };
    items.iter().map(|x| rt.to_f64(x)).collect()
}

pub fn dist(rt: &Rt, _: &Obj, args: &[Obj]) -> R {
    let (p, q) = (point(rt, &args[0])?, point(rt, &args[1])?);
    if p.len() != q.len() {
        return Err(rt.value_error(format_args!("both points must have the same number of dimensions")));
    }
    let mut values: Vec<f64> = p.iter().zip(&q).map(|(p, q)| p - q).collect();
    Ok(Obj::float(norm_of(&mut values)))
}

/// A product in progress.
enum Running {
    Int(i64),
    Float(f64),
    Any(Obj),
}

pub fn prod(rt: &Rt, _: &Obj, args: &[Option<&Obj>]) -> R {
    let Some(iterable) = args[0] else { return Ok(rt.int(1)) };
    let mut running = match args[1] {
        None => Running::Int(1),
        Some(start) => match (start.as_small_int(), start.as_float()) {
            (Some(n), _) => Running::Int(n),
            (_, Some(x)) => Running::Float(x),
            _ => Running::Any(start.clone()),
        },
    };
    rt.for_each(iterable, |item| {
        let so_far = match &mut running {
            Running::Int(total) => {
                let n = item.as_small_int().or_else(|| item.as_bool().map(i64::from));
                if let Some(next) = n.and_then(|n| total.checked_mul(n)) {
                    *total = next;
                    return Ok(());
                }
                let next = rt.binary(BinOp::Mul, &rt.int(*total), &item)?;
                running = next.as_float().map_or(Running::Any(next), Running::Float);
                return Ok(());
            }
            Running::Float(total) => {
                let x = item.as_float().or_else(|| item.as_small_int().map(|n| n as f64));
                if let Some(x) = x {
                    *total *= x;
                    return Ok(());
                }
                Obj::float(*total)
            }
            Running::Any(total) => total.clone(),
        };
        running = Running::Any(rt.binary(BinOp::Mul, &so_far, &item)?);
        Ok(())
    })?;
    Ok(match running {
        Running::Int(n) => rt.int(n),
        Running::Float(x) => Obj::float(x),
        Running::Any(obj) => obj,
    })
}

/// A sum of products of floats kept in three floats (after CPython's `TripleLength`).
#[derive(Clone, Copy, Default)]
struct Triple {
    hi: f64,
    lo: f64,
    tiny: f64,
}

impl Triple {
    fn add_product(self, x: f64, y: f64) -> Triple {
        let p = product(x, y);
        let s = sum(self.hi, p.hi);
        let r1 = sum(self.lo, p.lo);
        let r2 = sum(r1.hi, s.lo);
        Triple { hi: s.hi, lo: r2.hi, tiny: self.tiny + r1.lo + r2.lo }
    }

    fn value(self) -> f64 {
        let last = sum(self.lo, self.hi);
        self.tiny + last.lo + last.hi
    }
}

pub fn sumprod(rt: &Rt, _: &Obj, args: &[Obj]) -> R {
    let unequal = || rt.value_error(format_args!("Inputs are not the same length"));
    let (p, q) = (rt.iter(&args[0])?, rt.iter(&args[1])?);
    let mut total = rt.int(0);
    let (mut machine, mut floats): (Option<i64>, Option<Triple>) = (Some(0), None);
    loop {
        let (x, y) = match (rt.next(&p)?, rt.next(&q)?) {
            (Some(x), Some(y)) => (x, y),
            (None, None) => break,
            _ => return Err(unequal()),
        };
        if let Some(sum) = machine {
            let next = x.as_small_int().zip(y.as_small_int()).and_then(|(x, y)| x.checked_mul(y)?.checked_add(sum));
            if next.is_some() {
                machine = next;
                continue;
            }
            total = rt.binary(BinOp::Add, &total, &rt.int(sum))?;
            machine = None;
        }
        let as_float = |v: &Obj| v.as_float().or_else(|| v.as_small_int().map(|n| n as f64));
        if (x.as_float().is_some() || y.as_float().is_some())
            && let (Some(x), Some(y)) = (as_float(&x), as_float(&y))
        {
            let next = floats.unwrap_or_default().add_product(x, y);
            if next.hi.is_finite() {
                floats = Some(next);
                continue;
            }
        }
        if let Some(sum) = floats.take() {
            total = rt.binary(BinOp::Add, &total, &Obj::float(sum.value()))?;
        }
        let term = rt.binary(BinOp::Mul, &x, &y)?;
        total = rt.binary(BinOp::Add, &total, &term)?;
    }
    if let Some(sum) = machine {
        total = rt.binary(BinOp::Add, &total, &rt.int(sum))?;
    }
    if let Some(sum) = floats {
        total = rt.binary(BinOp::Add, &total, &Obj::float(sum.value()))?;
    }
    Ok(total)
}
