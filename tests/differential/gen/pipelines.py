# Pipelines of generators as programs build them.
LOG = """\
10:00 INFO start
10:01 WARN disk 91%
10:02 INFO tick
bad line
10:05 ERROR disk full
10:06 WARN disk 95%
"""


def lines(text):
    for n, line in enumerate(text.splitlines(), 1):
        yield n, line


def parse(rows):
    for n, line in rows:
        parts = line.split(maxsplit=2)
        if len(parts) != 3:
            print("skip", n)
            continue
        yield dict(zip(("time", "level", "text"), parts), line=n)


def grep(rows, **want):
    return (r for r in rows if all(r[k] == v for k, v in want.items()))


def window(it, size):
    it = iter(it)
    buf = []
    for x in it:
        buf.append(x)
        if len(buf) == size:
            yield tuple(buf)
            buf.pop(0)


def batched(it, n):
    it = iter(it)
    while batch := [x for _, x in zip(range(n), it)]:
        yield batch


def merge(*its):
    heads = []
    for it in map(iter, its):
        for first in it:
            heads.append([first, it])
            break
    while heads:
        heads.sort(key=lambda h: h[0])
        head = heads[0]
        yield head[0]
        for nxt in head[1]:
            head[0] = nxt
            break
        else:
            heads.pop(0)


def primes():
    found = []
    n = 2
    while True:
        if all(n % p for p in found if p * p <= n):
            found.append(n)
            yield n
        n += 1


print([r["line"] for r in grep(parse(lines(LOG)), level="WARN")])
print(list(window(range(5), 3)), list(batched("abcdefg", 3)), list(merge([1, 4, 9], [2, 3, 10, 11], [])))
print([p for p, _ in zip(primes(), range(12))])
it = iter(range(10))
print([(a, b) for a, b in zip(it, it)], next(it, "empty"))


def tee_count(it, counter):
    for x in it:
        counter.append(x)
        yield x


seen = []
total = sum(x for x in tee_count((y * y for y in range(6)), seen) if x % 2)
print(total, seen)


def accumulate(it, f=lambda a, b: a + b):
    it = iter(it)
    try:
        acc = next(it)
    except StopIteration:
        return
    yield acc
    for x in it:
        acc = f(acc, x)
        yield acc


print(list(accumulate([1, 2, 3])), list(accumulate([])), list(accumulate([3, 1, 4], max)), list(accumulate("abc")))
