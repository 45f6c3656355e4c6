//! Float operations whose rules are Python's and not the machine's: floor division, modulo, power, rounding.

/// `a % b` for `b != 0`: exact `fmod`, moved to the divisor's sign; a zero result has the divisor's sign.
pub fn rem(a: f64, b: f64) -> f64 {
    let r = a % b;
    if r == 0.0 {
        return 0.0f64.copysign(b);
    }
    if (b < 0.0) != (r < 0.0) { r + b } else { r }
}

/// `divmod(a, b)` for `b != 0`.
pub fn divmod(a: f64, b: f64) -> (f64, f64) {
    let mut r = a % b;
    let mut q = (a - r) / b;
    if r != 0.0 {
        if (b < 0.0) != (r < 0.0) {
            r += b;
            q -= 1.0;
        }
    } else {
        r = 0.0f64.copysign(b);
    }
    // Snap the quotient to an integral value: (a - r) / b may be off by a rounding error.
    let q = if q != 0.0 {
        let floor = q.floor();
        if q - floor > 0.5 { floor + 1.0 } else { floor }
    } else {
        0.0f64.copysign(a / b)
    };
    (q, r)
}

/// `a // b` for `b != 0`.
pub fn floor_div(a: f64, b: f64) -> f64 {
    divmod(a, b).0
}

/// Why a float power has no float result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PowError {
    /// `0.0` to a negative power.
    ZeroToNegative,
    /// The result exceeds every float.
    Overflow,
    /// A negative base to a fractional power: the result is complex.
    Complex,
}

/// `a ** b`, special cases as C99 and CPython define them.
pub fn pow(a: f64, b: f64) -> Result<f64, PowError> {
    // Neither sign nor special value: nothing to decide before.
    if a > 0.0 && a < f64::INFINITY && b.is_finite() {
        let x = a.powf(b);
        return if x.is_infinite() { Err(PowError::Overflow) } else { Ok(x) };
    }
    if b == 0.0 || a == 1.0 {
        return Ok(1.0);
    }
    if a.is_nan() || b.is_nan() {
        return Ok(a + b);
    }
    let odd = b.abs() % 2.0 == 1.0;
    if b.is_infinite() {
        let magnitude = a.abs();
        return Ok(if magnitude == 1.0 {
            1.0
        } else if (b > 0.0) == (magnitude > 1.0) {
            f64::INFINITY
        } else {
            0.0
        });
    }
    if a.is_infinite() {
        return Ok(match (b > 0.0, odd) {
            (true, true) => a,
            (true, false) => f64::INFINITY,
            (false, true) => 0.0f64.copysign(a),
            (false, false) => 0.0,
        });
    }
    if a == 0.0 {
        return if b < 0.0 { Err(PowError::ZeroToNegative) } else { Ok(if odd { a } else { 0.0 }) };
    }
    if a < 0.0 && b != b.floor() {
        return Err(PowError::Complex);
    }
    let x = a.powf(b);
    if x.is_infinite() { Err(PowError::Overflow) } else { Ok(x) }
}

/// `round(x)`: half to even.
pub fn round_half_even(x: f64) -> f64 {
    x.round_ties_even()
}

/// `round(x, digits)`: correctly rounded on the decimal value of `x`; `None` when the result overflows.
pub fn round_digits(x: f64, digits: i64) -> Option<f64> {
    if !x.is_finite() || x == 0.0 || digits > 323 {
        return Some(x);
    }
    if digits < -308 {
        return Some(0.0f64.copysign(x));
    }
    let rounded = if digits >= 0 {
        super::float_digits::fixed(x.abs(), digits as usize).parse::<f64>()
    } else {
        super::float_digits::round_tens(x.abs(), (-digits) as usize).parse::<f64>()
    };
    let rounded = rounded.unwrap_or(f64::INFINITY).copysign(x);
    if rounded.is_infinite() { None } else { Some(rounded) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modulo_takes_the_divisors_sign() {
        for (a, b, q, r) in [
            (7.5, 2.0, 3.0, 1.5),
            (-7.5, 2.0, -4.0, 0.5),
            (7.5, -2.0, -4.0, -0.5),
            (1e16, 3.0, 3333333333333333.0, 1.0),
        ] {
            assert_eq!(divmod(a, b), (q, r));
            assert_eq!(rem(a, b), r);
        }
        assert_eq!(divmod(-0.0, 1.0).1.to_bits(), 0.0f64.to_bits());
        assert_eq!(rem(4.0, -2.0).to_bits(), (-0.0f64).to_bits());
        assert!(divmod(f64::INFINITY, 1.0).0.is_nan());
        assert_eq!(divmod(1.0, f64::INFINITY), (0.0, 1.0));
        assert_eq!(divmod(-1.0, f64::INFINITY), (-1.0, f64::INFINITY));
    }

    #[test]
    fn powers() {
        assert_eq!(pow(2.0, 0.5), Ok(2f64.sqrt()));
        assert_eq!(pow(-8.0, 1.0 / 3.0), Err(PowError::Complex));
        assert_eq!(pow(0.0, -1.0), Err(PowError::ZeroToNegative));
        assert_eq!(pow(10.0, 400.0), Err(PowError::Overflow));
        assert_eq!(pow(f64::NAN, 0.0), Ok(1.0));
        assert_eq!(pow(f64::NEG_INFINITY, -3.0).map(f64::to_bits), Ok((-0.0f64).to_bits()));
        assert_eq!(pow(0.5, f64::NEG_INFINITY), Ok(f64::INFINITY));
    }

    #[test]
    fn rounding_sees_the_exact_value() {
        assert_eq!(round_digits(2.675, 2), Some(2.67));
        assert_eq!(round_digits(0.5, 0), Some(0.0));
        assert_eq!(round_digits(2.5, 0), Some(2.0));
        assert_eq!(round_digits(1234.5, -2), Some(1200.0));
        assert_eq!(round_digits(1250.0, -2), Some(1200.0));
        assert_eq!(round_digits(1350.0, -2), Some(1400.0));
        assert_eq!(round_digits(51.0, -2), Some(100.0));
        assert_eq!(round_digits(50.0, -2), Some(0.0));
        assert_eq!(round_digits(1.7e308, -308), None);
        assert_eq!(round_digits(-0.4, 0).map(f64::to_bits), Some((-0.0f64).to_bits()));
    }
}
