# Long ints in small programs: gcd, integer roots, modular inverses, digits.
def gcd(a, b):
    while b:
        a, b = b, a % b
    return abs(a)


def isqrt(n):
    x = 1 << (n.bit_length() + 1) // 2
    while True:
        y = (x + n // x) // 2
        if y >= x:
            return x
        x = y


def egcd(a, b):
    if b == 0:
        return a, 1, 0
    g, x, y = egcd(b, a % b)
    return g, y, x - a // b * y


def digits(n, base):
    out = []
    while n:
        n, d = divmod(n, base)
        out.append(d)
    return out[::-1]


f30 = 1
for k in range(1, 31):
    f30 *= k
print(gcd(f30, 2**100), gcd(3**80, 3**45 * 7), gcd(-12, 18))
print(isqrt(2 * 10**60), isqrt(f30), isqrt(10**40 - 1))
g, x, y = egcd(10**21 + 7, 10**18 + 9)
print(g, x, y, (10**21 + 7) * x + (10**18 + 9) * y)
print(digits(2**100, 10) == [int(c) for c in str(2**100)], digits(10**20, 256))
print(sum(digits(3**200, 7)), pow(3, 10**18, 10**20 + 39))
print((10**50 - 1) * (10**50 + 1) == 10**100 - 1, (2**521 - 1) % 1000000007)
print(-(10**30) // 7, -(10**30) % 7, 10**30 // -(10**15 + 1), 10**30 % -(10**15 + 1))
