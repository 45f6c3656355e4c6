//! `gamma`, `lgamma` and the inverse hyperbolic functions.
//!
//! The gamma functions use Lanczos' approximation with Boost's 13 coefficients (g = 6.0246…), as CPython does; the inverse
//! hyperbolic functions are fdlibm's formulas over the system's logarithms.
// Coefficients are written with the digits of their source.
#![allow(clippy::excessive_precision)]

use super::{domain, range};
use crate::runtime::{R, Rt};
use crate::value::Obj;
use std::f64::consts::{LN_2, PI};

const TINY: f64 = 1.0 / (1u64 << 28) as f64;
const HUGE: f64 = (1u64 << 28) as f64;

pub fn asinh(x: f64) -> f64 {
    let a = x.abs();
    if !x.is_finite() || a < TINY {
        return x;
    }
    let w = if a > HUGE {
        a.ln() + LN_2
    } else if a > 2.0 {
        (2.0 * a + 1.0 / ((x * x + 1.0).sqrt() + a)).ln()
    } else {
        let t = x * x;
        (a + t / (1.0 + (1.0 + t).sqrt())).ln_1p()
    };
    w.copysign(x)
}

pub fn acosh(x: f64) -> f64 {
    if x < 1.0 {
        f64::NAN
    } else if x >= HUGE {
        if x.is_finite() { x.ln() + LN_2 } else { x }
    } else if x == 1.0 {
        0.0
    } else if x > 2.0 {
        (2.0 * x - 1.0 / (x + (x * x - 1.0).sqrt())).ln()
    } else {
        let t = x - 1.0;
        (t + (2.0 * t + t * t).sqrt()).ln_1p()
    }
}

pub fn atanh(x: f64) -> f64 {
    let a = x.abs();
    let t = if a < TINY {
        return x;
    } else if a < 0.5 {
        let t = a + a;
        0.5 * (t + t * a / (1.0 - a)).ln_1p()
    } else if a < 1.0 {
        0.5 * ((a + a) / (1.0 - a)).ln_1p()
    } else if a == 1.0 {
        f64::INFINITY
    } else {
        return f64::NAN;
    };
    t.copysign(x)
}

const LANCZOS_G: f64 = 6.024_680_040_776_729_583_740_234_375;
const LANCZOS_G_MINUS_HALF: f64 = 5.524_680_040_776_729_583_740_234_375;
const NUMERATOR: [f64; 13] = [
    23_531_376_880.410_759_688_572_007_674_451_636_754_734_846_804_940,
    42_919_803_642.649_098_768_957_899_047_001_988_850_926_355_848_959,
    35_711_959_237.355_668_049_440_185_451_547_166_705_960_488_635_843,
    17_921_034_426.037_209_699_919_755_754_458_931_112_671_403_265_390,
    6_039_542_586.352_028_005_064_291_644_307_297_921_069_938_842_070_8,
    1_439_720_407.311_721_673_663_223_072_794_912_393_971_548_578_637_2,
    248_874_557.862_054_156_511_460_386_413_229_423_216_321_251_278_01,
    31_426_415.585_400_194_380_614_231_628_318_205_362_874_684_987_640,
    2_876_370.628_935_372_441_225_409_051_620_849_613_599_114_537_876_8,
    186_056.265_395_223_495_040_294_989_716_045_699_282_207_842_363_28,
    8_071.672_002_365_816_210_638_002_902_272_250_613_821_851_632_502_4,
    210.824_277_751_579_345_872_509_733_920_713_362_711_669_695_802_91,
    2.506_628_274_631_000_270_164_908_177_133_837_338_626_431_079_340_8,
];
const DENOMINATOR: [f64; 13] = [
    0.0,
    39_916_800.0,
    120_543_840.0,
    150_917_976.0,
    105_258_076.0,
    45_995_730.0,
    13_339_535.0,
    2_637_558.0,
    357_423.0,
    32_670.0,
    1_925.0,
    66.0,
    1.0,
];

fn lanczos_sum(x: f64) -> f64 {
    let (mut num, mut den) = (0.0, 0.0);
    if x < 5.0 {
        for i in (0..13).rev() {
            num = num * x + NUMERATOR[i];
            den = den * x + DENOMINATOR[i];
        }
    } else {
        for i in 0..13 {
            num = num / x + NUMERATOR[i];
            den = den / x + DENOMINATOR[i];
        }
    }
    num / den
}

/// `sin(pi * x)`, exact about multiples of a half.
fn sin_pi(x: f64) -> f64 {
    let y = x.abs() % 2.0;
    let r = match (2.0 * y).round() as i32 {
        0 => (PI * y).sin(),
        1 => (PI * (y - 0.5)).cos(),
        2 => (PI * (1.0 - y)).sin(),
        3 => -(PI * (y - 1.5)).cos(),
        _ => (PI * (y - 2.0)).sin(),
    };
    1f64.copysign(x) * r
}

pub fn gamma(rt: &Rt, _: &Obj, x: &Obj) -> R {
    let x = rt.to_f64(x)?;
    let r = gamma_of(x).ok_or_else(|| domain(rt))?;
    if r.is_infinite() && x.is_finite() {
        return Err(range(rt));
    }
    Ok(Obj::float(r))
}

/// None at poles.
fn gamma_of(x: f64) -> Option<f64> {
    if !x.is_finite() {
        return if x == f64::NEG_INFINITY { None } else { Some(x) };
    }
    if x == 0.0 {
        return None;
    }
    if x == x.floor() {
        if x < 0.0 {
            return None;
        }
        if x <= 23.0 {
            return Some((1..x as u64).fold(1.0, |acc, n| acc * n as f64));
        }
    }
    let a = x.abs();
    if a < 1e-20 {
        return Some(1.0 / x);
    }
    if a > 200.0 {
        return Some(if x < 0.0 { 0.0 / sin_pi(x) } else { f64::INFINITY });
    }
    let y = a + LANCZOS_G_MINUS_HALF;
    // The rounding error of `y`, with which the power is corrected.
    let error = if a > LANCZOS_G_MINUS_HALF {
        let q = y - a;
        q - LANCZOS_G_MINUS_HALF
    } else {
        let q = y - LANCZOS_G_MINUS_HALF;
        q - a
    };
    let z = error * LANCZOS_G / y;
    Some(if x < 0.0 {
        let mut r = -PI / sin_pi(a) / a * y.exp() / lanczos_sum(a);
        r -= z * r;
        if a < 140.0 {
            r / y.powf(a - 0.5)
        } else {
            let root = y.powf(a / 2.0 - 0.25);
            r / root / root
        }
    } else {
        let mut r = lanczos_sum(a) / y.exp();
        r += z * r;
        if a < 140.0 {
            r * y.powf(a - 0.5)
        } else {
            let root = y.powf(a / 2.0 - 0.25);
            r * root * root
        }
    })
}

pub fn lgamma(rt: &Rt, _: &Obj, x: &Obj) -> R {
    let x = rt.to_f64(x)?;
    if !x.is_finite() {
        return Ok(Obj::float(x.abs()));
    }
    if x == x.floor() && x <= 2.0 {
        return if x <= 0.0 { Err(domain(rt)) } else { Ok(Obj::float(0.0)) };
    }
    let a = x.abs();
    if a < 1e-20 {
        return Ok(Obj::float(-a.ln()));
    }
    let mut r = lanczos_sum(a).ln() - LANCZOS_G;
    r += (a - 0.5) * ((a + LANCZOS_G - 0.5).ln() - 1.0);
    if x < 0.0 {
        // ln(pi), as CPython spells it.
        r = 1.144_729_885_849_400_174_143_427_351_353_058_711_647 - sin_pi(a).abs().ln() - a.ln() - r;
    }
    if r.is_infinite() {
        return Err(range(rt));
    }
    Ok(Obj::float(r))
}
