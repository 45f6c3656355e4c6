# Dicts read and written in loops, with keys of several types.
def histogram(items):
    h = {}
    for x in items:
        if x in h:
            h[x] += 1
        else:
            h[x] = 1
    return h


def invert(d):
    out = {}
    for k, v in d.items():
        out.setdefault(v, []).append(k)
    return out


def nested(pairs):
    root = {}
    for path, v in pairs:
        d = root
        *init, last = path.split(".")
        for p in init:
            d = d.setdefault(p, {})
        d[last] = v
    return root


def two_sum(l, t):
    seen = {}
    for i, x in enumerate(l):
        if t - x in seen:
            return seen[t - x], i
        seen[x] = i


def update_while_counting(d):
    n = 0
    for k in list(d):
        d[k] = d[k] + 0.5 if n % 2 else str(d[k])
        n += 1
    return d


print(histogram([1, 2, 1, True, 1.0, "a", "a", None, (1, 2), (1, 2)]), invert({"a": 1, "b": 2, "c": 1}))
print(nested([("a.b.c", 1), ("a.b.d", 2), ("x", 3), ("a.e", [4])]), two_sum([3, 8, 5, 2.5], 5.5), two_sum([1], 5), update_while_counting({"x": 1, "y": 2, 3: 4}))
memo = {}


def collatz(n):
    if n == 1:
        return 0
    if n not in memo:
        memo[n] = 1 + collatz(n // 2 if n % 2 == 0 else 3 * n + 1)
    return memo[n]


print(max(range(1, 300), key=collatz), len(memo), sum(memo.values()))
grid = {(x, y): x * y for x in range(4) for y in range(3)}
print(sum(grid.get((x + 1, y), 0) - v for (x, y), v in grid.items()), grid[3, 2], (9, 9) in grid)
d = {}
for i in range(30):
    d[i % 7] = d.get(i % 7, 0) + i
    if i % 10 == 9:
        del d[i % 7]
print(d, list(d))
d = dict.fromkeys(range(5), 0)
for k in d:
    d[k] += k
    d[k] *= 1.5 if k == 2 else 2
print(d)
keys = [2**i for i in range(40, 70, 7)] + [-1, -2, 0.5, "k", b"k", (), None, False]
d = {k: i for i, k in enumerate(keys)}
print([d[k] for k in reversed(keys)], d[2.0**47], d[0], 2**47 in d, -1.0 in d)
try:
    d[2**48 + 1]
except KeyError as e:
    print(e, e.args[0] == 2**48 + 1)
