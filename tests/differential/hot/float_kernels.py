# Small float kernels: dot products, convolution, filters, integration, with ints mixed in.
import math


def dot(a, b):
    t = 0.0
    for x, y in zip(a, b):
        t += x * y
    return t


def convolve(a, k):
    out = []
    for i in range(len(a) - len(k) + 1):
        s = 0
        for j in range(len(k)):
            s += a[i + j] * k[-j - 1]
        out.append(s)
    return out


def ewma(xs, alpha):
    y = xs[0]
    out = [y]
    for x in xs[1:]:
        y += alpha * (x - y)
        out.append(y)
    return out


def variance(xs):
    n, mean, m2 = 0, 0.0, 0.0
    for x in xs:
        n += 1
        d = x - mean
        mean += d / n
        m2 += d * (x - mean)
    return mean, m2 / (n - 1) if n > 1 else float("nan")


def horner(cs, x):
    r = 0
    for c in cs:
        r = r * x + c
    return r


def dft(xs):
    n = len(xs)
    out = []
    for k in range(n):
        re = im = 0.0
        for t, x in enumerate(xs):
            a = -2 * math.pi * k * t / n
            re += x * math.cos(a)
            im += x * math.sin(a)
        out.append((round(re, 9) + 0.0, round(im, 9) + 0.0))
    return out


def pendulum(theta, n, dt=0.05):
    w = 0.0
    for _ in range(n):
        w -= 9.81 * math.sin(theta) * dt
        theta += w * dt
    return theta, w


def heat(cells, n):
    for _ in range(n):
        cells = [cells[0]] + [c + 0.1 * (l - 2 * c + r) for l, c, r in zip(cells, cells[1:], cells[2:])] + [cells[-1]]
    return cells


def gauss_seidel(n, rounds):
    x = [0.0] * n
    for _ in range(rounds):
        for i in range(n):
            left = x[i - 1] if i > 0 else 0
            right = x[i + 1] if i < n - 1 else 1
            x[i] = (left + right) / 2
    return x


print(dot([1, 2.5, 3], [2, 4, 0.1]), dot([], []), dot([2**47], [2**47]), convolve([1, 2, 3, 4], [1, 0, -1]), convolve([1.5, 2, 3], [0.5, 0.5]), ewma([1, 2, 3.0, 10], 0.3))
print(variance([2, 4, 4, 4, 5, 5, 7, 9]), variance([1.5]), variance([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]), horner([1, -6, 11, -6], 2.5), horner([1, 0, 0], 2**30), horner([], 1))
print(dft([1, 0, -1, 0]), dft([1, 2, 3]), pendulum(1.0, 200), heat([0, 0, 100, 0, 0.0], 10), gauss_seidel(4, 25))
x, n = 0.1, 0
while x < 1e300:
    x *= x + 10
    n += 1
print(n, x, x * x, -x * x, x * x - x * x)
acc = 0.0
for i in range(1000):
    acc += 0.001 * i
    if acc > 100 and acc - int(acc) < 0.01:
        break
print(i, acc, int(acc), acc // 1, acc % 1, divmod(acc, 7), round(acc, 3), math.floor(-acc), int(-acc), f"{acc:.15g}")
