//! Arithmetic of Python ints over machine words with `BigInt` behind them.
//!
//! Invariant: results are canonical, that is [`Int::Small`] whenever the value fits an `i64`, else [`Int::Wide`] whenever it
//! fits an `i128`: ints of up to 127 bits need no memory of their own, as CPython's of a few digits need no second block.

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// An owned int.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Int {
    /// Fits a machine word.
    Small(i64),
    /// Fits two.
    Wide(i128),
    /// Does not.
    Big(BigInt),
}

/// A borrowed int.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntRef<'a> {
    /// Fits a machine word.
    Small(i64),
    /// Fits two.
    Wide(i128),
    /// Does not.
    Big(&'a BigInt),
}

/// Why an operation has no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntError {
    /// A zero divisor.
    DivisionByZero,
    /// The result would not fit memory.
    TooLarge,
    /// A negative shift count.
    NegativeShift,
    /// The quotient exceeds every float.
    QuotientTooLarge,
    /// The operand exceeds every float.
    FloatOverflow,
    /// `pow` with modulus 0.
    ZeroModulus,
    /// The base has no inverse for the modulus.
    NotInvertible,
}

/// The number of bits beyond which a power or shift is refused as `MemoryError`.
const MAX_BITS: u64 = 1 << 34;

impl Int {
    /// Borrows the int.
    #[inline]
    pub fn view(&self) -> IntRef<'_> {
        match self {
            Int::Small(n) => IntRef::Small(*n),
            Int::Wide(n) => IntRef::Wide(*n),
            Int::Big(n) => IntRef::Big(n),
        }
    }

    /// The canonical int of a big integer.
    pub fn from_big(n: BigInt) -> Int {
        match n.bits() {
            0..=127 => Int::from_i128(n.to_i128().unwrap_or(0)),
            // The least of each width has one bit more than the others.
            128 => n.to_i128().map_or(Int::Big(n), Int::from_i128),
            _ => Int::Big(n),
        }
    }

    /// The canonical int of an `i128`.
    #[inline]
    pub fn from_i128(n: i128) -> Int {
        match i64::try_from(n) {
            Ok(small) => Int::Small(small),
            Err(_) => Int::Wide(n),
        }
    }

    /// The canonical int of a `u64`.
    pub fn from_u64(n: u64) -> Int {
        Int::from_i128(i128::from(n))
    }
}

impl<'a> IntRef<'a> {
    /// The value, if it fits two machine words.
    #[inline(always)]
    fn to_i128(self) -> Option<i128> {
        match self {
            IntRef::Small(n) => Some(i128::from(n)),
            IntRef::Wide(n) => Some(n),
            IntRef::Big(_) => None,
        }
    }

    /// The value as a big integer, copied.
    pub fn to_big(self) -> BigInt {
        match self {
            IntRef::Small(n) => BigInt::from(n),
            IntRef::Wide(n) => BigInt::from(n),
            IntRef::Big(n) => n.clone(),
        }
    }

    /// An owned copy.
    pub fn to_int(self) -> Int {
        match self {
            IntRef::Small(n) => Int::Small(n),
            IntRef::Wide(n) => Int::Wide(n),
            IntRef::Big(n) => Int::Big(n.clone()),
        }
    }

    /// Whether the value is zero.
    pub fn is_zero(self) -> bool {
        matches!(self, IntRef::Small(0))
    }

    /// Whether the value is below zero.
    pub fn is_negative(self) -> bool {
        match self {
            IntRef::Small(n) => n < 0,
            IntRef::Wide(n) => n < 0,
            IntRef::Big(n) => n.is_negative(),
        }
    }

    /// Whether the value is odd.
    pub fn is_odd(self) -> bool {
        match self {
            IntRef::Small(n) => n & 1 == 1,
            IntRef::Wide(n) => n & 1 == 1,
            IntRef::Big(n) => n.is_odd(),
        }
    }

    /// Number of bits of the magnitude.
    pub fn bit_length(self) -> u64 {
        match self {
            IntRef::Small(n) => u64::from(64 - n.unsigned_abs().leading_zeros()),
            IntRef::Wide(n) => u64::from(128 - n.unsigned_abs().leading_zeros()),
            IntRef::Big(n) => n.bits(),
        }
    }

    /// Number of ones in the magnitude.
    pub fn bit_count(self) -> u64 {
        match self {
            IntRef::Small(n) => u64::from(n.unsigned_abs().count_ones()),
            IntRef::Wide(n) => u64::from(n.unsigned_abs().count_ones()),
            IntRef::Big(n) => n.magnitude().count_ones(),
        }
    }

    /// The value as `i64`, when it fits.
    pub fn to_i64(self) -> Option<i64> {
        match self {
            IntRef::Small(n) => Some(n),
            IntRef::Wide(_) | IntRef::Big(_) => None,
        }
    }

    /// The nearest `i64`.
    pub fn saturate(self) -> i64 {
        match self {
            IntRef::Small(n) => n,
            wide if wide.is_negative() => i64::MIN,
            _ => i64::MAX,
        }
    }
}

/// Runs `big` on two ints as big integers, borrowing where it can.
#[inline(never)]
fn on_big(a: IntRef, b: IntRef, big: impl Fn(&BigInt, &BigInt) -> BigInt) -> Int {
    let (left, right);
    let left = match a {
        IntRef::Big(n) => n,
        small => {
            left = small.to_big();
            &left
        }
    };
    let right = match b {
        IntRef::Big(n) => n,
        small => {
            right = small.to_big();
            &right
        }
    };
    Int::from_big(big(left, right))
}

/// `a + b`.
pub fn add(a: IntRef, b: IntRef) -> Int {
    if let (Some(x), Some(y)) = (a.to_i128(), b.to_i128())
        && let Some(n) = x.checked_add(y)
    {
        return Int::from_i128(n);
    }
    match (a, b) {
        (IntRef::Big(x), IntRef::Small(y)) | (IntRef::Small(y), IntRef::Big(x)) => Int::from_big(x + y),
        _ => on_big(a, b, |x, y| x + y),
    }
}

/// `a - b`.
pub fn sub(a: IntRef, b: IntRef) -> Int {
    if let (Some(x), Some(y)) = (a.to_i128(), b.to_i128())
        && let Some(n) = x.checked_sub(y)
    {
        return Int::from_i128(n);
    }
    match (a, b) {
        (IntRef::Big(x), IntRef::Small(y)) => Int::from_big(x - y),
        (IntRef::Small(x), IntRef::Big(y)) => Int::from_big(x - y),
        _ => on_big(a, b, |x, y| x - y),
    }
}

/// The product of two wide ints, if it fits one.
#[inline]
pub fn wide_product(x: i128, y: i128) -> Option<i128> {
    if let (Ok(x), Ok(y)) = (i64::try_from(x), i64::try_from(y)) {
        return Some(i128::from(x) * i128::from(y));
    }
    let (a, b) = (x.unsigned_abs(), y.unsigned_abs());
    let (large, small) = if a > b { (a, b) } else { (b, a) };
    // Two factors of more than a word each have a product of more than two.
    let small = u128::from(u64::try_from(small).ok()?);
    let low = (large as u64 as u128) * small;
    let high = (large >> 64).checked_mul(small).filter(|high| *high >> 63 == 0)?;
    let product = (high << 64).checked_add(low).and_then(|product| i128::try_from(product).ok())?;
    Some(if (x < 0) != (y < 0) { -product } else { product })
}

/// `a * b`.
pub fn mul(a: IntRef, b: IntRef) -> Int {
    match (a, b) {
        // The product of two words fits two.
        (IntRef::Small(x), IntRef::Small(y)) => return Int::from_i128(i128::from(x) * i128::from(y)),
        (IntRef::Small(0), _) | (_, IntRef::Small(0)) => return Int::Small(0),
        (IntRef::Big(x), IntRef::Small(y)) | (IntRef::Small(y), IntRef::Big(x)) => return Int::from_big(x * y),
        _ => {}
    }
    if let (Some(x), Some(y)) = (a.to_i128(), b.to_i128())
        && let Some(n) = wide_product(x, y)
    {
        return Int::from_i128(n);
    }
    on_big(a, b, |x, y| x * y)
}

/// `-a`.
pub fn neg(a: IntRef) -> Int {
    match a.to_i128().and_then(i128::checked_neg) {
        Some(n) => Int::from_i128(n),
        None => Int::from_big(-a.to_big()),
    }
}

/// `~a`.
pub fn invert(a: IntRef) -> Int {
    match a {
        IntRef::Small(n) => Int::Small(!n),
        IntRef::Wide(n) => Int::Wide(!n),
        IntRef::Big(n) => Int::from_big(!n),
    }
}

/// `abs(a)`.
pub fn abs(a: IntRef) -> Int {
    if a.is_negative() { neg(a) } else { a.to_int() }
}

/// `(a // b, a % b)`: the quotient rounds towards minus infinity, the remainder has the divisor's sign.
pub fn divmod(a: IntRef, b: IntRef) -> Result<(Int, Int), IntError> {
    if b.is_zero() {
        return Err(IntError::DivisionByZero);
    }
    if let (IntRef::Small(x), IntRef::Small(y)) = (a, b) {
        if let Some(q) = x.checked_div(y) {
            let r = x - q * y;
            return Ok(if r != 0 && (r < 0) != (y < 0) {
                (Int::Small(q - 1), Int::Small(r + y))
            } else {
                (Int::Small(q), Int::Small(r))
            });
        }
        return Ok((Int::from_i128(-i128::from(x)), Int::Small(0)));
    }
    if let (Some(x), Some(y)) = (a.to_i128(), b.to_i128())
        && let Some(q) = x.checked_div(y)
    {
        let r = x - q * y;
        let down = r != 0 && (r < 0) != (y < 0);
        return Ok(if down {
            (Int::from_i128(q - 1), Int::from_i128(r + y))
        } else {
            (Int::from_i128(q), Int::from_i128(r))
        });
    }
    let (q, r) = a.to_big().div_mod_floor(&b.to_big());
    Ok((Int::from_big(q), Int::from_big(r)))
}

/// The quotient of two long positive ints of almost one length, from their first bits alone: nothing when those leave it
/// open, which is rare.
fn short_quotient(a: &BigInt, b: &BigInt) -> Option<u64> {
    const TOP: u64 = 64;
    // So few bits that the quotient of the first bits is hardly ever between two ints.
    const MOST: u64 = 48;
    if a.is_negative() || b.is_negative() {
        return None;
    }
    let (a, b) = (a.magnitude(), b.magnitude());
    let cut = b.bits().checked_sub(TOP).filter(|cut| *cut > 64)?;
    if a.bits() >= b.bits() + MOST {
        return None;
    }
    let (a, b) = ((a >> cut).to_u128()?, (b >> cut).to_u128()?);
    let (least, most) = (a / (b + 1), (a + 1) / b);
    if least == most { u64::try_from(least).ok() } else { None }
}

/// `a // b`.
pub fn floordiv(a: IntRef, b: IntRef) -> Result<Int, IntError> {
    match (a, b) {
        (_, IntRef::Small(0)) => Err(IntError::DivisionByZero),
        (IntRef::Small(_) | IntRef::Wide(_), IntRef::Small(_) | IntRef::Wide(_)) => divmod(a, b).map(|(q, _)| q),
        _ => Ok(on_big(a, b, |x, y| short_quotient(x, y).map_or_else(|| x.div_floor(y), BigInt::from))),
    }
}

/// `a % b`.
pub fn rem(a: IntRef, b: IntRef) -> Result<Int, IntError> {
    match (a, b) {
        (_, IntRef::Small(0)) => Err(IntError::DivisionByZero),
        (IntRef::Small(_) | IntRef::Wide(_), IntRef::Small(_) | IntRef::Wide(_)) => divmod(a, b).map(|(_, r)| r),
        _ => Ok(on_big(a, b, |x, y| x.mod_floor(y))),
    }
}

/// `a & b`.
pub fn and(a: IntRef, b: IntRef) -> Int {
    match (a.to_i128(), b.to_i128()) {
        (Some(x), Some(y)) => Int::from_i128(x & y),
        _ => on_big(a, b, |x, y| x & y),
    }
}

/// `a | b`.
pub fn or(a: IntRef, b: IntRef) -> Int {
    match (a.to_i128(), b.to_i128()) {
        (Some(x), Some(y)) => Int::from_i128(x | y),
        _ => on_big(a, b, |x, y| x | y),
    }
}

/// `a ^ b`.
pub fn xor(a: IntRef, b: IntRef) -> Int {
    match (a.to_i128(), b.to_i128()) {
        (Some(x), Some(y)) => Int::from_i128(x ^ y),
        _ => on_big(a, b, |x, y| x ^ y),
    }
}

/// `a << b`.
pub fn shl(a: IntRef, b: IntRef) -> Result<Int, IntError> {
    if b.is_negative() {
        return Err(IntError::NegativeShift);
    }
    if a.is_zero() {
        return Ok(Int::Small(0));
    }
    let count = match b {
        IntRef::Small(n) => n as u64,
        IntRef::Wide(_) | IntRef::Big(_) => return Err(IntError::TooLarge),
    };
    if let Some(x) = a.to_i128()
        && count < 128
        && (x << count) >> count == x
    {
        return Ok(Int::from_i128(x << count));
    }
    if a.bit_length().saturating_add(count) > MAX_BITS {
        return Err(IntError::TooLarge);
    }
    Ok(Int::from_big(a.to_big() << count))
}

/// `a >> b`, rounding towards minus infinity.
pub fn shr(a: IntRef, b: IntRef) -> Result<Int, IntError> {
    if b.is_negative() {
        return Err(IntError::NegativeShift);
    }
    let count = b.saturate() as u64;
    match a {
        IntRef::Small(n) => Ok(Int::Small(n >> count.min(63))),
        IntRef::Wide(n) => Ok(Int::from_i128(n >> count.min(127))),
        IntRef::Big(n) if count >= n.bits() => Ok(Int::Small(if n.is_negative() { -1 } else { 0 })),
        IntRef::Big(n) => Ok(Int::from_big(n >> count)),
    }
}

/// `a ** b` for `b >= 0`.
pub fn pow(a: IntRef, b: IntRef) -> Result<Int, IntError> {
    let exponent = match (a, b) {
        (_, IntRef::Small(0)) => return Ok(Int::Small(1)),
        (IntRef::Small(n @ (0 | 1)), _) => return Ok(Int::Small(n)),
        (IntRef::Small(-1), _) => return Ok(Int::Small(if b.is_odd() { -1 } else { 1 })),
        (_, IntRef::Small(n)) => n as u64,
        (_, IntRef::Wide(_) | IntRef::Big(_)) => return Err(IntError::TooLarge),
    };
    if let IntRef::Small(base) = a {
        if base == 2 && exponent < 127 {
            return Ok(Int::from_i128(1 << exponent));
        }
        if let Some(n) = small_pow(base, exponent) {
            return Ok(Int::Small(n));
        }
        if base == 2 {
            return shl(IntRef::Small(1), b);
        }
    }
    if (a.bit_length() - 1).saturating_mul(exponent) > MAX_BITS {
        return Err(IntError::TooLarge);
    }
    let exponent = u32::try_from(exponent).map_err(|_| IntError::TooLarge)?;
    Ok(Int::from_big(a.to_big().pow(exponent)))
}

fn small_pow(base: i64, exponent: u64) -> Option<i64> {
    let (mut result, mut square, mut left) = (1i64, base, exponent);
    loop {
        if left & 1 == 1 {
            result = result.checked_mul(square)?;
        }
        left >>= 1;
        if left == 0 {
            return Some(result);
        }
        square = square.checked_mul(square)?;
    }
}

/// `pow(base, exponent, modulus)` on machine words.
fn small_pow_mod(base: i64, mut exponent: u64, modulus: u64) -> i64 {
    let m = u128::from(modulus);
    let mut square = i128::from(base).rem_euclid(i128::from(modulus)) as u128;
    let mut result = 1 % m;
    while exponent != 0 {
        if exponent & 1 == 1 {
            result = result * square % m;
        }
        square = square * square % m;
        exponent >>= 1;
    }
    result as i64
}

/// `pow(a, b, m)`: the result has the modulus's sign; a negative exponent inverts the base.
pub fn pow_mod(a: IntRef, b: IntRef, m: IntRef) -> Result<Int, IntError> {
    if m.is_zero() {
        return Err(IntError::ZeroModulus);
    }
    if let (IntRef::Small(base), IntRef::Small(exponent @ 0..), IntRef::Small(modulus @ 1..)) = (a, b, m) {
        return Ok(Int::Small(small_pow_mod(base, exponent as u64, modulus as u64)));
    }
    let modulus = m.to_big();
    let magnitude = modulus.abs();
    let mut base = a.to_big().mod_floor(&magnitude);
    let mut exponent = b.to_big();
    if exponent.is_negative() {
        if magnitude.is_one() {
            return Ok(Int::Small(0));
        }
        let gcd = base.extended_gcd(&magnitude);
        if !gcd.gcd.is_one() {
            return Err(IntError::NotInvertible);
        }
        base = gcd.x.mod_floor(&magnitude);
        exponent = -exponent;
    }
    let result = base.modpow(&exponent, &magnitude);
    let result = if modulus.sign() == Sign::Minus && !result.is_zero() { result + modulus } else { result };
    Ok(Int::from_big(result))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small(n: i64) -> IntRef<'static> {
        IntRef::Small(n)
    }

    #[test]
    fn floor_division_takes_the_divisors_sign() {
        for (a, b, q, r) in [(7, 2, 3, 1), (-7, 2, -4, 1), (7, -2, -4, -1), (-7, -2, 3, -1), (6, -3, -2, 0)] {
            assert_eq!(divmod(small(a), small(b)), Ok((Int::Small(q), Int::Small(r))));
            let big = |n: i64| BigInt::from(n) * (BigInt::one() << 80);
            assert_eq!(floordiv(IntRef::Big(&big(a)), IntRef::Big(&big(b))), Ok(Int::Small(q)));
        }
        let edge = divmod(small(i64::MIN), small(-1)).unwrap();
        assert_eq!(edge, (Int::Wide(1 << 63), Int::Small(0)));
        assert_eq!(rem(small(1), small(0)), Err(IntError::DivisionByZero));
    }

    #[test]
    fn results_are_canonical() {
        let big = add(small(i64::MAX), small(1));
        assert_eq!(big, Int::Wide(1 << 63));
        assert_eq!(sub(big.view(), small(1)), Int::Small(i64::MAX));
        assert_eq!(neg(big.view()), Int::Small(i64::MIN));
        assert_eq!(shr(big.view(), small(63)), Ok(Int::Small(1)));
        assert_eq!(mul(big.view(), small(0)), Int::Small(0));
    }

    #[test]
    fn short_quotients_are_exact() {
        let mut seed = 1u64;
        let mut found = 0;
        for n in 0..3000u64 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let divisor = (BigInt::from(seed) << (100 + n % 200)) + seed % 1000;
            let quotient = BigInt::from(seed >> 20 >> (n % 44));
            // Just below, at and above a multiple, and somewhere between.
            for off in [BigInt::from(-1), BigInt::zero(), BigInt::one(), &divisor / 3u32] {
                let a = &divisor * &quotient + off;
                if let Some(q) = short_quotient(&a, &divisor) {
                    found += 1;
                    assert_eq!(BigInt::from(q), a.div_floor(&divisor));
                }
            }
        }
        assert!(found > 2500, "{found}");
    }

    #[test]
    fn shifts_and_powers() {
        assert_eq!(shl(small(-1), small(63)), Ok(Int::Small(i64::MIN)));
        assert_eq!(shl(small(1), small(64)), Ok(Int::Wide(1 << 64)));
        assert_eq!(shl(small(0), small(i64::MAX)), Ok(Int::Small(0)));
        assert_eq!(shl(small(1), small(i64::MAX)), Err(IntError::TooLarge));
        assert_eq!(shr(small(-5), small(1)), Ok(Int::Small(-3)));
        assert_eq!(shr(small(-5), small(900)), Ok(Int::Small(-1)));
        assert_eq!(pow(small(-2), small(63)), Ok(Int::Small(i64::MIN)));
        assert_eq!(pow(small(10), small(20)), Ok(Int::Wide(100_000_000_000_000_000_000)));
        assert_eq!(pow(small(3), small(i64::MAX)), Err(IntError::TooLarge));
    }

    /// Every operation at the edges of the representations, against big integers.
    #[test]
    fn representations_agree() {
        let mut values: Vec<BigInt> = Vec::new();
        for bits in [0u32, 1, 31, 47, 62, 63, 64, 65, 95, 126, 127, 128, 130, 190] {
            for off in [-1, 0, 1] {
                values.push((BigInt::one() << bits) + off);
                values.push(-(BigInt::one() << bits) + off);
            }
        }
        let canonical = |n: &Int| {
            let big = n.view().to_big();
            assert_eq!(&Int::from_big(big.clone()), n);
            let narrowest = match n {
                Int::Small(_) => true,
                Int::Wide(_) => big.to_i64().is_none(),
                Int::Big(_) => big.to_i128().is_none(),
            };
            assert!(narrowest, "{n:?}");
            big
        };
        for x in &values {
            let a = Int::from_big(x.clone());
            assert_eq!(canonical(&neg(a.view())), -x);
            assert_eq!(canonical(&abs(a.view())), x.abs());
            assert_eq!(canonical(&invert(a.view())), !x);
            assert_eq!(a.view().bit_length(), x.bits());
            for count in [0i64, 1, 5, 63, 64, 65, 127, 200] {
                assert_eq!(canonical(&shl(a.view(), small(count)).unwrap()), x << count);
                assert_eq!(canonical(&shr(a.view(), small(count)).unwrap()), x >> count);
            }
            for y in &values {
                let b = Int::from_big(y.clone());
                let (p, q) = (a.view(), b.view());
                assert_eq!(canonical(&add(p, q)), x + y);
                assert_eq!(canonical(&sub(p, q)), x - y);
                assert_eq!(canonical(&mul(p, q)), x * y, "{x} * {y}");
                assert_eq!(canonical(&and(p, q)), x & y);
                assert_eq!(canonical(&or(p, q)), x | y);
                assert_eq!(canonical(&xor(p, q)), x ^ y);
                assert_eq!(crate::types::number::compare::ints(p, q), x.cmp(y));
                if !y.is_zero() {
                    assert_eq!(canonical(&floordiv(p, q).unwrap()), x.div_floor(y));
                    assert_eq!(canonical(&rem(p, q).unwrap()), x.mod_floor(y));
                    let (quotient, rest) = divmod(p, q).unwrap();
                    assert_eq!((canonical(&quotient), canonical(&rest)), x.div_mod_floor(y));
                }
            }
        }
    }

    #[test]
    fn modular_powers_follow_the_modulus() {
        assert_eq!(pow_mod(small(2), small(10), small(-7)), Ok(Int::Small(-5)));
        assert_eq!(pow_mod(small(3), small(-1), small(11)), Ok(Int::Small(4)));
        assert_eq!(pow_mod(small(2), small(-1), small(4)), Err(IntError::NotInvertible));
        assert_eq!(pow_mod(small(2), small(0), small(1)), Ok(Int::Small(0)));
        assert_eq!(pow_mod(small(2), small(0), small(0)), Err(IntError::ZeroModulus));
    }
}
