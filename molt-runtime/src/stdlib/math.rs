//! `math`.
//!
//! Invariant: results are CPython's to the bit where the system's C library is the same: elementary functions are the
//! library's, others follow the published algorithms that CPython uses.

mod functions;
mod integer;
mod special;
mod sums;

use crate::modules::native::NativeModuleDef;
use crate::runtime::{R, Raised, Rt};
use crate::types::spec::{MethodDef, NativeFn, Param};
use crate::value::Obj;

const fn one(name: &'static str, func: fn(&Rt, &Obj, &Obj) -> R, doc: &'static str) -> MethodDef {
    MethodDef::new(name, NativeFn::One(func), "(x, /)", doc)
}

const fn some(
    name: &'static str,
    min: usize,
    max: usize,
    func: fn(&Rt, &Obj, &[Obj]) -> R,
    doc: &'static str,
) -> MethodDef {
    MethodDef::new(name, NativeFn::Positional { min, max, func }, "", doc)
}

/// Raises "math domain error".
#[cold]
fn domain(rt: &Rt) -> Raised {
    rt.value_error(format_args!("math domain error"))
}

/// Raises "math range error".
#[cold]
fn range(rt: &Rt) -> Raised {
    rt.overflow_error(format_args!("math range error"))
}

/// A function of one float: a NaN from no NaN is a domain error, an infinity from a finite argument a range error, or a
/// domain error where the function has a pole.
fn elementary(rt: &Rt, x: &Obj, f: fn(f64) -> f64, can_overflow: bool) -> R {
    let x = rt.to_f64(x)?;
    let r = f(x);
    if r.is_nan() && !x.is_nan() {
        return Err(domain(rt));
    }
    if r.is_infinite() && x.is_finite() {
        return Err(if can_overflow { range(rt) } else { domain(rt) });
    }
    Ok(Obj::float(r))
}

macro_rules! elementary {
    ($($name:literal $f:expr, $overflow:literal, $doc:literal;)*) => {
        &[$(one($name, |rt, _, x| elementary(rt, x, $f, $overflow), $doc)),*]
    };
}

static ELEMENTARY: &[MethodDef] = elementary! {
    "acos" f64::acos, false, "Return the arc cosine (measured in radians) of x.\n\nThe result is between 0 and pi.";
    "acosh" special::acosh, false, "Return the inverse hyperbolic cosine of x.";
    "asin" f64::asin, false, "Return the arc sine (measured in radians) of x.\n\nThe result is between -pi/2 and pi/2.";
    "asinh" special::asinh, false, "Return the inverse hyperbolic sine of x.";
    "atan" f64::atan, false, "Return the arc tangent (measured in radians) of x.\n\nThe result is between -pi/2 and pi/2.";
    "atanh" special::atanh, false, "Return the inverse hyperbolic tangent of x.";
    "cbrt" f64::cbrt, false, "Return the cube root of x.";
    "cos" f64::cos, false, "Return the cosine of x (measured in radians).";
    "cosh" f64::cosh, true, "Return the hyperbolic cosine of x.";
    "erf" libm::erf, false, "Error function at x.";
    "erfc" libm::erfc, false, "Complementary error function at x.";
    "exp" f64::exp, true, "Return e raised to the power of x.";
    "exp2" f64::exp2, true, "Return 2 raised to the power of x.";
    "expm1" f64::exp_m1, true, "Return exp(x)-1.\n\nThis function avoids the loss of precision involved in the direct evaluation of exp(x)-1 for small x.";
    "fabs" f64::abs, false, "Return the absolute value of the float x.";
    "log1p" f64::ln_1p, false, "Return the natural logarithm of 1+x (base e).\n\nThe result is computed in a way which is accurate for x near zero.";
    "sin" f64::sin, false, "Return the sine of x (measured in radians).";
    "sinh" f64::sinh, true, "Return the hyperbolic sine of x.";
    "sqrt" f64::sqrt, false, "Return the square root of x.";
    "tan" f64::tan, false, "Return the tangent of x (measured in radians).";
    "tanh" f64::tanh, false, "Return the hyperbolic tangent of x.";
};

static FUNCTIONS: &[MethodDef] = &[
    some(
        "atan2",
        2,
        2,
        functions::atan2,
        "Return the arc tangent (measured in radians) of y/x.\n\nUnlike atan(y/x), the signs of both x and y are considered.",
    ),
    one("ceil", functions::ceil, "Return the ceiling of x as an Integral.\n\nThis is the smallest integer >= x."),
    some(
        "comb",
        2,
        2,
        integer::comb,
        "Number of ways to choose k items from n items without repetition and without order.",
    ),
    some(
        "copysign",
        2,
        2,
        functions::copysign,
        "Return a float with the magnitude (absolute value) of x but the sign of y.",
    ),
    one("degrees", functions::degrees, "Convert angle x from radians to degrees."),
    some("dist", 2, 2, sums::dist, "Return the Euclidean distance between two points p and q."),
    one("factorial", integer::factorial, "Find n!.\n\nRaise a ValueError if x is negative or non-integral."),
    one("floor", functions::floor, "Return the floor of x as an Integral.\n\nThis is the largest integer <= x."),
    some("fmod", 2, 2, functions::fmod, "Return fmod(x, y), according to platform C.\n\nx % y may differ."),
    one(
        "frexp",
        functions::frexp,
        "Return the mantissa and exponent of x, as pair (m, e).\n\nm is a float and e is an int, such that x = m * 2.**e.\nIf x is 0, m and e are both 0.  Else 0.5 <= abs(m) < 1.0.",
    ),
    one(
        "fsum",
        sums::fsum,
        "Return an accurate floating-point sum of values in the iterable seq.\n\nAssumes IEEE-754 floating-point arithmetic.",
    ),
    one("gamma", special::gamma, "Gamma function at x."),
    some("gcd", 0, usize::MAX, integer::gcd, "Greatest Common Divisor."),
    some("hypot", 0, usize::MAX, sums::hypot, "Multidimensional Euclidean distance from the origin to a point."),
    MethodDef::new(
        "isclose",
        NativeFn::Keywords {
            params: &[
                Param::required("a"),
                Param::required("b"),
                Param::optional("rel_tol").kw_only(),
                Param::optional("abs_tol").kw_only(),
            ],
            func: functions::isclose,
        },
        "(a, b, *, rel_tol=1e-09, abs_tol=0.0)",
        "Determine whether two floating-point numbers are close in value.",
    ),
    one(
        "isfinite",
        |rt, _, x| Ok(Obj::bool(rt.to_f64(x)?.is_finite())),
        "Return True if x is neither an infinity nor a NaN, and False otherwise.",
    ),
    one(
        "isinf",
        |rt, _, x| Ok(Obj::bool(rt.to_f64(x)?.is_infinite())),
        "Return True if x is a positive or negative infinity, and False otherwise.",
    ),
    one(
        "isnan",
        |rt, _, x| Ok(Obj::bool(rt.to_f64(x)?.is_nan())),
        "Return True if x is a NaN (not a number), and False otherwise.",
    ),
    one("isqrt", integer::isqrt, "Return the integer part of the square root of the input."),
    some("lcm", 0, usize::MAX, integer::lcm, "Least Common Multiple."),
    some("ldexp", 2, 2, functions::ldexp, "Return x * (2**i).\n\nThis is essentially the inverse of frexp()."),
    one("lgamma", special::lgamma, "Natural logarithm of absolute value of Gamma function at x."),
    some(
        "log",
        1,
        2,
        functions::log,
        "log(x, [base=math.e])\nReturn the logarithm of x to the given base.\n\nIf the base is not specified, returns the natural logarithm (base e) of x.",
    ),
    one("log10", functions::log10, "Return the base 10 logarithm of x."),
    one("log2", functions::log2, "Return the base 2 logarithm of x."),
    one(
        "modf",
        functions::modf,
        "Return the fractional and integer parts of x.\n\nBoth results carry the sign of x and are floats.",
    ),
    MethodDef::new(
        "nextafter",
        NativeFn::Keywords {
            params: &[
                Param::required("x").pos_only(),
                Param::required("y").pos_only(),
                Param::optional("steps").kw_only(),
            ],
            func: functions::nextafter,
        },
        "(x, y, /, *, steps=None)",
        "Return the floating-point value the given number of steps after x towards y.",
    ),
    some(
        "perm",
        1,
        2,
        integer::perm,
        "Number of ways to choose k items from n items without repetition and with order.",
    ),
    some("pow", 2, 2, functions::pow, "Return x**y (x to the power of y)."),
    MethodDef::new(
        "prod",
        NativeFn::Keywords {
            params: &[Param::required("iterable").pos_only(), Param::optional("start").kw_only()],
            func: sums::prod,
        },
        "(iterable, /, *, start=1)",
        "Calculate the product of all the elements in the input iterable.",
    ),
    one("radians", functions::radians, "Convert angle x from degrees to radians."),
    some("remainder", 2, 2, functions::remainder, "Difference between x and the closest integer multiple of y."),
    some("sumprod", 2, 2, sums::sumprod, "Return the sum of products of values from two iterables p and q."),
    one(
        "trunc",
        functions::trunc,
        "Truncates the Real x to the nearest Integral toward 0.\n\nUses the __trunc__ magic method.",
    ),
    one("ulp", functions::ulp, "Return the value of the least significant bit of the float x."),
];

static DEF: NativeModuleDef = NativeModuleDef {
    name: "math",
    doc: "This module provides access to the mathematical functions\ndefined by the C standard.",
    functions: FUNCTIONS,
    init,
};

crate::native_module!(molt_native_math, DEF);

fn init(rt: &Rt, module: &Obj) -> R<()> {
    let name = rt.intern("math");
    for function in ELEMENTARY {
        let value = crate::object::builtin::function(rt, function, Some(module.clone()), Some(name.clone()));
        rt.add_global(module, function.name, value);
    }
    for (name, value) in [
        ("pi", std::f64::consts::PI),
        ("e", std::f64::consts::E),
        ("tau", std::f64::consts::TAU),
        ("inf", f64::INFINITY),
        ("nan", f64::NAN),
    ] {
        rt.add_global(module, name, Obj::float(value));
    }
    Ok(())
}
