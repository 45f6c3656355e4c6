//! The elementary functions with rules of their own.

use super::{domain, range};
use crate::object::{int, tuple};
use crate::runtime::{R, Rt};
use crate::types::number::IntRef;
use crate::value::Obj;

/// Two float arguments.
fn two(rt: &Rt, args: &[Obj]) -> R<(f64, f64)> {
    Ok((rt.to_f64(&args[0])?, rt.to_f64(&args[1])?))
}

pub fn atan2(rt: &Rt, _: &Obj, args: &[Obj]) -> R {
    let (y, x) = two(rt, args)?;
    Ok(Obj::float(y.atan2(x)))
}

pub fn copysign(rt: &Rt, _: &Obj, args: &[Obj]) -> R {
    let (x, y) = two(rt, args)?;
    Ok(Obj::float(x.copysign(y)))
}

pub fn degrees(rt: &Rt, _: &Obj, x: &Obj) -> R {
    Ok(Obj::float(rt.to_f64(x)? * (180.0 / std::f64::consts::PI)))
}

pub fn radians(rt: &Rt, _: &Obj, x: &Obj) -> R {
    Ok(Obj::float(rt.to_f64(x)? * (std::f64::consts::PI / 180.0)))
}

fn rounded(rt: &Rt, x: &Obj, name: &Obj, f: fn(f64) -> f64) -> R {
    if let Some(x) = x.as_float() {
        return rt.float_to_int(f(x));
    }
    if x.as_small_int().is_some() {
        return Ok(x.clone());
    }
    if let Some(value) = rt.call_special(x, name, &[])? {
        return Ok(value);
    }
    let x = rt.to_f64(x)?;
    rt.float_to_int(f(x))
}

pub fn ceil(rt: &Rt, _: &Obj, x: &Obj) -> R {
    rounded(rt, x, &rt.names().__ceil__, f64::ceil)
}

pub fn floor(rt: &Rt, _: &Obj, x: &Obj) -> R {
    rounded(rt, x, &rt.names().__floor__, f64::floor)
}

pub fn trunc(rt: &Rt, _: &Obj, x: &Obj) -> R {
    if let Some(x) = x.as_float() {
        return rt.float_to_int(x);
    }
    match rt.call_special(x, &rt.names().__trunc__, &[])? {
        Some(value) => Ok(value),
        None => Err(rt.type_error(format_args!("type {} doesn't define __trunc__ method", rt.type_name(x)))),
    }
}

pub fn fmod(rt: &Rt, _: &Obj, args: &[Obj]) -> R {
    let (x, y) = two(rt, args)?;
    if y.is_infinite() && x.is_finite() {
        return Ok(Obj::float(x));
    }
    let r = x % y;
    if r.is_nan() && !x.is_nan() && !y.is_nan() {
        return Err(domain(rt));
    }
    Ok(Obj::float(r))
}

/// Mantissa in `0.5..1` and exponent.
pub fn split(x: f64) -> (f64, i32) {
    if x == 0.0 || !x.is_finite() {
        return (x, 0);
    }
    let (x, bias) = if x.is_subnormal() { (x * 2f64.powi(64), -64) } else { (x, 0) };
    let bits = x.to_bits();
    let exponent = (bits >> 52 & 0x7FF) as i32 - 1022;
    (f64::from_bits(bits & !(0x7FF << 52) | 1022 << 52), exponent + bias)
}

/// `x * 2**n`, rounded once.
pub fn scale(x: f64, n: i64) -> f64 {
    libm::ldexp(x, n.clamp(-100_000, 100_000) as i32)
}

pub fn frexp(rt: &Rt, _: &Obj, x: &Obj) -> R {
    let (m, e) = split(rt.to_f64(x)?);
    Ok(tuple::pair(rt, Obj::float(m), rt.int(i64::from(e))))
}

pub fn ldexp(rt: &Rt, _: &Obj, args: &[Obj]) -> R {
    let x = rt.to_f64(&args[0])?;
    let exponent = match int::value(&args[1]) {
        Some(n) => n.saturate(),
        None => return Err(rt.type_error(format_args!("Expected an int as second argument to ldexp."))),
    };
    if x == 0.0 || !x.is_finite() {
        return Ok(Obj::float(x));
    }
    let r = scale(x, exponent);
    if r.is_infinite() {
        return Err(range(rt));
    }
    Ok(Obj::float(r))
}

pub fn modf(rt: &Rt, _: &Obj, x: &Obj) -> R {
    let x = rt.to_f64(x)?;
    let (fraction, whole) =
        if x.is_infinite() { (0f64.copysign(x), x) } else { ((x - x.trunc()).copysign(x), x.trunc()) };
    Ok(tuple::pair(rt, Obj::float(fraction), Obj::float(whole)))
}

/// A logarithm of a float or of an int of any size.
fn logarithm(rt: &Rt, x: &Obj, f: fn(f64) -> f64) -> R<f64> {
    if let Some(n) = int::value(x) {
        if n.is_zero() || n.is_negative() {
            return Err(domain(rt));
        }
        if let IntRef::Big(big) = n {
            // The top bits decide; the rest is an exponent.
            let shift = big.bits().saturating_sub(64);
            let top = big >> shift;
            let mantissa = super::sums::big_to_f64(&top);
            if big.bits() > 1000 {
                let (m, e) = split(mantissa);
                return Ok(f(m) + f(2.0) * (f64::from(e) + shift as f64));
            }
        }
        let x = rt.int_to_f64(n)?;
        return Ok(f(x));
    }
    let x = rt.to_f64(x)?;
    let r = f(x);
    if (r.is_nan() && !x.is_nan()) || (r.is_infinite() && x.is_finite()) {
        return Err(domain(rt));
    }
    Ok(r)
}

pub fn log(rt: &Rt, _: &Obj, args: &[Obj]) -> R {
    let x = logarithm(rt, &args[0], f64::ln)?;
    let Some(base) = args.get(1) else { return Ok(Obj::float(x)) };
    let base = logarithm(rt, base, f64::ln)?;
    if base == 0.0 {
        return Err(rt.zero_division_error(format_args!("float division by zero")));
    }
    Ok(Obj::float(x / base))
}

pub fn log2(rt: &Rt, _: &Obj, x: &Obj) -> R {
    logarithm(rt, x, f64::log2).map(Obj::float)
}

pub fn log10(rt: &Rt, _: &Obj, x: &Obj) -> R {
    logarithm(rt, x, f64::log10).map(Obj::float)
}

pub fn pow(rt: &Rt, _: &Obj, args: &[Obj]) -> R {
    let (x, y) = two(rt, args)?;
    let r = x.powf(y);
    if x.is_finite() && y.is_finite() {
        if r.is_nan() || (r.is_infinite() && x == 0.0) {
            return Err(domain(rt));
        }
        if r.is_infinite() {
            return Err(range(rt));
        }
    }
    Ok(Obj::float(r))
}

/// IEEE 754 remainder: the quotient is rounded to the nearest, ties to even.
pub fn remainder(rt: &Rt, _: &Obj, args: &[Obj]) -> R {
    let (x, y) = two(rt, args)?;
    if x.is_nan() || y.is_nan() {
        return Ok(Obj::float(if x.is_nan() { x } else { y }));
    }
    if x.is_infinite() || y == 0.0 {
        return Err(domain(rt));
    }
    if y.is_infinite() {
        return Ok(Obj::float(x));
    }
    let (ax, ay) = (x.abs(), y.abs());
    let m = ax % ay;
    let c = ay - m;
    let r = if m < c {
        m
    } else if m > c {
        -c
    } else {
        // Half way: what is left of the even multiple decides.
        m - 2.0 * ((0.5 * (ax - m)) % ay)
    };
    Ok(Obj::float(1f64.copysign(x) * r))
}

pub fn isclose(rt: &Rt, _: &Obj, args: &[Option<&Obj>]) -> R {
    let number = |n: usize, default: f64| args[n].map_or(Ok(default), |x| rt.to_f64(x));
    let (a, b) = (number(0, 0.0)?, number(1, 0.0)?);
    let (relative, absolute) = (number(2, 1e-9)?, number(3, 0.0)?);
    if relative < 0.0 || absolute < 0.0 {
        return Err(rt.value_error(format_args!("tolerances must be non-negative")));
    }
    if a == b {
        return Ok(Obj::bool(true));
    }
    if a.is_infinite() || b.is_infinite() {
        return Ok(Obj::bool(false));
    }
    let diff = (b - a).abs();
    Ok(Obj::bool(diff <= (relative * b).abs() || diff <= (relative * a).abs() || diff <= absolute))
}

/// A float as a position on the line of all floats.
fn ordinal(x: f64) -> i64 {
    let bits = x.to_bits() as i64;
    if bits < 0 { -(bits & i64::MAX) } else { bits }
}

fn of_ordinal(n: i64) -> f64 {
    if n < 0 { -f64::from_bits(n.unsigned_abs()) } else { f64::from_bits(n as u64) }
}

pub fn nextafter(rt: &Rt, _: &Obj, args: &[Option<&Obj>]) -> R {
    let (Some(x), Some(y)) = (args[0], args[1]) else { return Ok(Obj::none()) };
    let (x, y) = (rt.to_f64(x)?, rt.to_f64(y)?);
    let steps = match args[2].filter(|s| !s.is_none()) {
        None => 1,
        Some(steps) => {
            let n = rt.index_saturated(steps)?;
            if n < 0 {
                return Err(rt.value_error(format_args!("steps must be a non-negative integer")));
            }
            n
        }
    };
    if steps == 0 {
        return Ok(Obj::float(x));
    }
    if x.is_nan() || y.is_nan() {
        return Ok(Obj::float(if x.is_nan() { x } else { y }));
    }
    if x == y {
        return Ok(Obj::float(y));
    }
    let (from, to) = (ordinal(x), ordinal(y));
    let next = if to > from { from.saturating_add(steps).min(to) } else { from.saturating_sub(steps).max(to) };
    let r = of_ordinal(next);
    // Zero keeps the sign of the side it is reached from.
    Ok(Obj::float(if next == to {
        y
    } else if r == 0.0 {
        0f64.copysign(x)
    } else {
        r
    }))
}

pub fn ulp(rt: &Rt, _: &Obj, x: &Obj) -> R {
    let x = rt.to_f64(x)?.abs();
    if !x.is_finite() {
        return Ok(Obj::float(x));
    }
    let next = x.next_up();
    // The greatest float has its distance on the other side.
    Ok(Obj::float(if next.is_infinite() { x - x.next_down() } else { next - x }))
}
