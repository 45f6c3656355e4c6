# Recursive functions over ints and floats with several base cases, mutual and with accumulators.
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def ack(m, n):
    if m == 0:
        return n + 1
    return ack(m - 1, 1) if n == 0 else ack(m - 1, ack(m, n - 1))


def tak(x, y, z):
    return z if y >= x else tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))


def power(b, n):
    if n == 0:
        return 1
    h = power(b, n // 2)
    return h * h * b if n % 2 else h * h


def binom(n, k):
    return 1 if k in (0, n) else binom(n - 1, k - 1) + binom(n - 1, k)


def digits_sum(n):
    return n if n < 10 else n % 10 + digits_sum(n // 10)


def mccarthy(n):
    return n - 10 if n > 100 else mccarthy(mccarthy(n + 11))


def hofstadter(n, memo={0: 1}):
    if n not in memo:
        memo[n] = n - male(hofstadter(n - 1))
    return memo[n]


def male(n):
    return 0 if n == 0 else n - hofstadter(male(n - 1))


def simpson(f, a, b, eps, depth=0):
    m = (a + b) / 2
    whole = (b - a) / 6 * (f(a) + 4 * f(m) + f(b))
    l, r = (a + m) / 2, (m + b) / 2
    halves = (b - a) / 12 * (f(a) + 4 * f(l) + 2 * f(m) + 4 * f(r) + f(b))
    if abs(halves - whole) < eps or depth > 20:
        return halves
    return simpson(f, a, m, eps / 2, depth + 1) + simpson(f, m, b, eps / 2, depth + 1)


def sqrt(x, g=1.0):
    return g if abs(g * g - x) < 1e-12 * x else sqrt(x, (g + x / g) / 2)


def count_change(n, coins=(50, 25, 10, 5, 1)):
    if n == 0:
        return 1
    if n < 0 or not coins:
        return 0
    return count_change(n - coins[0], coins) + count_change(n, coins[1:])


def gcd(a, b):
    return a if b == 0 else gcd(b, a % b)


print([fib(n) for n in (0, 1, 2, 15, 20)], fib(True), fib(2.0), fib(1.5), fib(-3), ack(2, 5), tak(12, 8, 4), tak(6.0, 4, 2.5))
print(power(2, 10), power(3, 100), power(1.5, 7), power(2**40, 3), power(-2, 63), binom(12, 5), binom(2, 0), digits_sum(2**100), mccarthy(50), mccarthy(99.5))
print([hofstadter(n) for n in range(12)], [male(n) for n in range(12)], simpson(lambda x: x * x * x, 0, 2, 1e-6), simpson(lambda x: 1 / (1 + x * x), 0.0, 1.0, 1e-9), sqrt(2), sqrt(1e10), count_change(100), gcd(2**60, 6**30), gcd(0.75, 0.5), gcd(10**30, 35))
for f in (lambda: fib("a"), lambda: fib(None), lambda: power(2, -1) if False else power("a", 1), lambda: digits_sum([1]), lambda: gcd(1, "b")):
    try:
        print(f())
    except TypeError as e:
        print(e)
