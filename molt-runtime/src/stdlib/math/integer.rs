//! Functions on integers: `gcd`, `lcm`, `factorial`, `comb`, `perm`, `isqrt`.

use crate::object::int;
use crate::runtime::{R, Rt};
use crate::value::Obj;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

fn big(rt: &Rt, obj: &Obj) -> R<BigInt> {
    let n = rt.index(obj)?;
    Ok(int::value(&n).map_or_else(BigInt::zero, |n| n.to_big()))
}

pub fn gcd(rt: &Rt, _: &Obj, args: &[Obj]) -> R {
    if let [a, b] = args
        && let (Some(a), Some(b)) = (a.as_small_int(), b.as_small_int())
    {
        return Ok(rt.int(a.gcd(&b)));
    }
    let mut result = BigInt::zero();
    for arg in args {
        result = result.gcd(&big(rt, arg)?);
    }
    Ok(rt.big_int(result))
}

pub fn lcm(rt: &Rt, _: &Obj, args: &[Obj]) -> R {
    let mut result = BigInt::one();
    for arg in args {
        let n = big(rt, arg)?;
        result = if result.is_zero() || n.is_zero() { BigInt::zero() } else { result.lcm(&n) };
    }
    Ok(rt.big_int(result.abs()))
}

/// The product of `from..=to`, by halves so that the factors stay alike.
fn product(from: u64, to: u64) -> BigInt {
    if from > to {
        return BigInt::one();
    }
    if to - from < 8 {
        return (from..=to).fold(BigInt::one(), |acc, n| acc * n);
    }
    let middle = from + (to - from) / 2;
    product(from, middle) * product(middle + 1, to)
}

pub fn factorial(rt: &Rt, _: &Obj, x: &Obj) -> R {
    let n = big(rt, x)?;
    if n.is_negative() {
        return Err(rt.value_error(format_args!("factorial() not defined for negative values")));
    }
    match n.to_i64() {
        Some(n) if n < 1 << 32 => Ok(rt.big_int(product(2, n as u64))),
        _ => Err(rt.overflow_error(format_args!("factorial() argument should not exceed {}", i64::MAX))),
    }
}

/// `n (n-1) … (n-k+1)`
fn falling(n: &BigInt, k: u64) -> BigInt {
    match n.to_u64() {
        Some(n) => product(n - k + 1, n),
        None => (0..k).fold(BigInt::one(), |acc, i| acc * (n - i)),
    }
}

/// `n` and `k` of `comb` and `perm`; none when `k > n`.
fn choice(rt: &Rt, n: &Obj, k: &Obj) -> R<(BigInt, BigInt)> {
    let (n, k) = (big(rt, n)?, big(rt, k)?);
    if n.is_negative() {
        return Err(rt.value_error(format_args!("n must be a non-negative integer")));
    }
    if k.is_negative() {
        return Err(rt.value_error(format_args!("k must be a non-negative integer")));
    }
    Ok((n, k))
}

pub fn perm(rt: &Rt, module: &Obj, args: &[Obj]) -> R {
    match args.get(1).filter(|k| !k.is_none()) {
        None => factorial(rt, module, &args[0]),
        Some(k) => {
            let (n, k) = choice(rt, &args[0], k)?;
            if k > n {
                return Ok(rt.int(0));
            }
            match k.to_u64() {
                Some(k) => Ok(rt.big_int(falling(&n, k))),
                None => Err(rt.overflow_error(format_args!("k must not exceed {}", u64::MAX))),
            }
        }
    }
}

pub fn comb(rt: &Rt, _: &Obj, args: &[Obj]) -> R {
    let (n, mut k) = choice(rt, &args[0], &args[1])?;
    if k > n {
        return Ok(rt.int(0));
    }
    let rest = &n - &k;
    if rest < k {
        k = rest;
    }
    match k.to_u64() {
        Some(k) => Ok(rt.big_int(falling(&n, k) / product(2, k))),
        None => Err(rt.overflow_error(format_args!("min(n - k, k) must not exceed {}", u64::MAX))),
    }
}

pub fn isqrt(rt: &Rt, _: &Obj, x: &Obj) -> R {
    let n = big(rt, x)?;
    if n.is_negative() {
        return Err(rt.value_error(format_args!("isqrt() argument must be nonnegative")));
    }
    Ok(rt.big_int(n.sqrt()))
}
