# Generators whose local ints overflow, change type, or hold several loops at once.
def lcg(seed):
    while True:
        seed = (seed * 6364136223846793005 + 1442695040888963407) % 2**64
        yield seed >> 33


def geometric(a, r):
    while True:
        yield a
        a *= r


def take(n, g):
    out = []
    for x in g:
        if n == 0:
            break
        n -= 1
        out.append(x)
    return out


def running(values):
    total = 0
    count = 0
    for v in values:
        total += v
        count += 1
        yield total, total / count


def zigzag(n):
    for i in range(n):
        j = i
        while j > 0:
            yield i, j
            j -= 2
        else:
            yield "else", i, j


def both(a, b):
    ia, ib = iter(a), iter(b)
    while True:
        try:
            yield next(ia)
            yield next(ib)
        except StopIteration:
            return "short"


g = lcg(42)
print(take(5, g), take(2, g))
print(take(5, geometric(3, 1000)), take(4, geometric(1, 0.5)), take(8, geometric(2**40, 4))[-2:], take(3, geometric("a", 2)))
print(list(running([1, 2, 2**47, 0.5])), list(zigzag(4)), list(both([1, 2, 3], "ab")))


def state():
    n = 0
    while True:
        got = yield n
        if got is None:
            n += 1
        elif isinstance(got, str):
            n = got
            yield "reset"
            n = 0
        else:
            n += got


s = state()
print(next(s), next(s), s.send(2.5), s.send(2**47), s.send("text"), next(s), next(s))


def sieve():
    composites = {}
    q = 2
    while True:
        if q not in composites:
            yield q
            composites[q * q] = [q]
        else:
            for p in composites.pop(q):
                composites.setdefault(p + q, []).append(p)
        q += 1


print(take(15, sieve()))
a = (x * x for x in range(10))
b = (x + 1 for x in a if x % 2)
c = zip(b, geometric(1, 2))
print(list(c))
