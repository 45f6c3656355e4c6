# Clustering, regression and a decision tree over generated data.
import math


def lcg(seed=1):
    while True:
        seed = seed * 48271 % 2147483647
        yield seed / 2147483647


rnd = lcg(12345)


def gauss():
    return math.sqrt(-2 * math.log(next(rnd))) * math.cos(2 * math.pi * next(rnd))


def kmeans(points, k, rounds=50):
    centers = points[:: len(points) // k][:k]
    for n in range(rounds):
        groups = [[] for _ in centers]
        for p in points:
            groups[min(range(k), key=lambda i: math.dist(p, centers[i]))].append(p)
        fresh = [tuple(sum(c) / len(g) for c in zip(*g)) if g else c0 for g, c0 in zip(groups, centers)]
        if fresh == centers:
            return n, centers, list(map(len, groups))
        centers = fresh
    return rounds, centers, list(map(len, groups))


def regress(xy):
    n = len(xy)
    mx, my = (sum(c) / n for c in zip(*xy))
    b = sum((x - mx) * (y - my) for x, y in xy) / sum((x - mx) ** 2 for x, _ in xy)
    a = my - b * mx
    r2 = 1 - sum((y - a - b * x) ** 2 for x, y in xy) / sum((y - my) ** 2 for _, y in xy)
    return a, b, r2


def entropy(labels):
    counts = {}
    for l in labels:
        counts[l] = counts.get(l, 0) + 1
    return -sum(c / len(labels) * math.log2(c / len(labels)) for c in counts.values())


def tree(rows, depth=0):
    labels = [r[-1] for r in rows]
    if depth == 3 or len(set(labels)) == 1:
        return max(sorted(set(labels)), key=labels.count)
    best = None
    for f in range(len(rows[0]) - 1):
        for cut in sorted({r[f] for r in rows})[1:]:
            parts = [r for r in rows if r[f] < cut], [r for r in rows if r[f] >= cut]
            gain = sum(len(p) * entropy([r[-1] for r in p]) for p in parts) / len(rows)
            if best is None or gain < best[0] - 1e-12:
                best = gain, f, cut, parts
    if best is None:
        return labels[0]
    _, f, cut, (lo, hi) = best
    return f, cut, tree(lo, depth + 1), tree(hi, depth + 1)


def classify(t, row):
    while isinstance(t, tuple):
        f, cut, lo, hi = t
        t = lo if row[f] < cut else hi
    return t


points = [(cx + gauss(), cy + gauss()) for cx, cy in ((0, 0), (8, 8), (0, 9)) for _ in range(40)]
n, centers, sizes = kmeans(points, 3)
print(n, [tuple(round(c, 9) for c in center) for center in centers], sizes)
print([round(v, 9) for v in regress([(x, 3 * x - 2 + gauss()) for x in range(30)])])
rows = [(round(x, 1), round(y, 1), "in" if x * x + y * y < 4 else "out") for x, y in ((gauss() * 2, gauss() * 2) for _ in range(60))]
t = tree(rows)
print(t)
print(sum(classify(t, r) == r[-1] for r in rows), len(rows), round(entropy([r[-1] for r in rows]), 12))
