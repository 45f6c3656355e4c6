# Numeric algorithms over floats, compared digit by digit.
import math


def newton(f, df, x, n=20):
    for _ in range(n):
        x -= f(x) / df(x)
    return x


def simpson(f, a, b, n):
    h = (b - a) / n
    return h / 3 * sum((1 if i in (0, n) else 4 if i % 2 else 2) * f(a + i * h) for i in range(n + 1))


def bisect(f, lo, hi):
    while hi - lo > 1e-12:
        mid = (lo + hi) / 2
        if f(lo) * f(mid) <= 0:
            hi = mid
        else:
            lo = mid
    return lo


def stats(xs):
    n = len(xs)
    mean = sum(xs) / n
    var = sum((x - mean) ** 2 for x in xs) / (n - 1)
    s = sorted(xs)
    median = (s[n // 2] + s[~(n // 2)]) / 2
    return mean, var, math.sqrt(var), median, min(xs), max(xs)


def solve(m, v):
    n = len(m)
    a = [row[:] + [v[i]] for i, row in enumerate(m)]
    for i in range(n):
        p = max(range(i, n), key=lambda r: abs(a[r][i]))
        a[i], a[p] = a[p], a[i]
        for r in range(i + 1, n):
            f = a[r][i] / a[i][i]
            a[r] = [x - f * y for x, y in zip(a[r], a[i])]
    x = [0.0] * n
    for i in reversed(range(n)):
        x[i] = (a[i][n] - sum(a[i][k] * x[k] for k in range(i + 1, n))) / a[i][i]
    return x


print(newton(lambda x: x * x - 2, lambda x: 2 * x, 1.0), simpson(math.sin, 0, math.pi, 100), bisect(lambda x: x**3 - x - 2, 1, 2))
print(stats([2.5, 3.5, 1.25, 9, 4]), solve([[2, 1, -1], [-3, -1, 2], [-2, 1, 2]], [8, -11, -3]))
e = sum(1 / math.factorial(k) for k in range(20))
print(e, abs(e - math.e) < 1e-15)
x, path = 0.3, []
for _ in range(50):
    x = 3.9 * x * (1 - x)
    path.append(x)
print(path[9], path[49])


def euler(f, y, t, h, n):
    for _ in range(n):
        y += h * f(t, y)
        t += h
    return y, t


print(euler(lambda t, y: y - t * t + 1, 0.5, 0.0, 0.01, 200))
pi = 0.0
for k in range(2000):
    pi += (-1) ** k / (2 * k + 1)
print(4 * pi, math.fsum((-1) ** k / (2 * k + 1) for k in range(2000)) * 4)
print([round(math.sin(i) * 100) for i in range(10)], [f"{math.log(i):.4f}" for i in range(1, 6)], math.floor(1e15 / 7) % 1000)
