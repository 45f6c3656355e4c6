# while loops with several counters and every way to move them.
def count_down(n):
    total = 0
    while n:
        total += n
        n -= 1
    return total, n


def two_ends(l):
    i, j = 0, len(l) - 1
    moves = []
    while i < j:
        if l[i] > l[j]:
            l[i], l[j] = l[j], l[i]
        moves.append((i, j))
        i += 1
        j -= 1
    return l, moves


def gcd(a, b):
    n = 0
    while b:
        a, b = b, a % b
        n += 1
    return a, n


def powers(limit):
    out = []
    p = 1
    while p <= limit:
        out.append(p)
        p <<= 3
    return out


def digits(n):
    s = 0
    while n > 0:
        n, d = divmod(n, 10)
        s += d
    return s


def bits(n):
    c = 0
    while n:
        n &= n - 1
        c += 1
    return c


def reverse(n):
    r = 0
    while n:
        r = r * 10 + n % 10
        n //= 10
    return r


print(count_down(100), count_down(0), two_ends([5, 1, 4, 2, 3]), gcd(2**40, 6**20), gcd(10**30, 10**20 + 5))
print(powers(10**6), powers(2**50)[-1], digits(2**200), bits(2**100 - 1), bits(0), reverse(123456789012345678901234567890))
x = 10
while x > 3.5:
    x -= 0.75
print(x)
i = 0
while True:
    i += 1
    if i % 2:
        continue
    if i > 7:
        break
print(i)
