# The functions of math, their results and their domain errors.
import math


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


print(math.pi, math.e, math.tau, math.inf, math.nan)
print(math.sqrt(2), math.exp(1), math.log(10), math.log(8, 2), math.log2(1024), math.log10(1000), math.log1p(1e-10), math.expm1(1e-10), math.pow(2, 0.5), round(math.cbrt(27), 12), math.exp2(10))
print(math.sin(1), math.cos(1), math.tan(1), math.asin(0.5), math.acos(0.5), math.atan(1), math.atan2(1, -1), math.sinh(1), math.cosh(1), math.tanh(1), math.degrees(math.pi), math.radians(180), math.hypot(3, 4), math.hypot(1, 2, 3), math.dist([0, 0], [3, 4]))
print(math.floor(2.7), math.floor(-2.7), math.ceil(2.1), math.ceil(-2.1), math.trunc(-2.7), math.floor(5), math.floor(1e20), math.fabs(-3), math.copysign(1, -0.0), math.fmod(-7, 3), math.modf(2.5), math.frexp(10), math.ldexp(0.5, 4), math.remainder(7, 4))
print(math.gcd(12, 18), math.gcd(), math.gcd(0, 5), math.gcd(12, 18, 27), math.lcm(4, 6), math.lcm(), math.factorial(20), math.factorial(0), math.comb(10, 3), math.perm(5, 2), math.perm(4), math.isqrt(10**20 + 1), math.prod([1, 2, 3.5]), math.prod([], start=7), math.fsum([0.1] * 10), math.sumprod([1, 2], [3, 4]))
print(math.isnan(math.nan), math.isinf(-math.inf), math.isfinite(1e308), math.isclose(0.1 + 0.2, 0.3), math.isclose(1, 1.1, rel_tol=0.2), math.isclose(0, 1e-10, abs_tol=1e-9), math.nextafter(1, 2), math.ulp(1.0), math.erf(1), math.gamma(5), math.lgamma(10))
print(math.log(10**400), math.log2(2**2000), math.sqrt(10**30), math.floor(-0.0), math.ceil(-0.5), math.sqrt(True))
for f in (lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.log(-1), lambda: math.exp(1000), lambda: math.acos(2), lambda: math.factorial(-1), lambda: math.factorial(1.5), lambda: math.isqrt(-1), lambda: math.floor(math.nan), lambda: math.ceil(math.inf), lambda: math.gcd(1.5), lambda: math.sqrt("4"), lambda: math.pow(0, -1), lambda: math.comb(-1, 2), lambda: math.sqrt(), lambda: math.sin(1, 2), lambda: math.fmod(1, 0), lambda: math.log(2, 1), lambda: math.dist([1], [1, 2]), lambda: math.ldexp(1.0, 5000), lambda: math.nothing, lambda: math.sqrt(10**400), lambda: math.cosh(1000), lambda: math.trunc("x"), lambda: math.perm(2.0)):
    attempt(f)


class F:
    def __float__(self):
        return 4.0

    def __floor__(self):
        return "floored"

    def __ceil__(self):
        return "ceiled"

    def __trunc__(self):
        return "truncated"

    def __index__(self):
        return 6


print(math.sqrt(F()), math.floor(F()), math.ceil(F()), math.trunc(F()), math.gcd(F(), 4), math.factorial(F()))
