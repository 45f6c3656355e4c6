# Search loops with flags, else clauses, labels by exception, and early exits from nests.
class Found(Exception):
    pass


def find_pair(rows, target):
    try:
        for y, row in enumerate(rows):
            for x, v in enumerate(row):
                if v == target:
                    raise Found((y, x))
    except Found as f:
        return f.args[0]
    return None


def find_else(rows, target):
    for y, row in enumerate(rows):
        for x, v in enumerate(row):
            if v == target:
                break
        else:
            continue
        break
    else:
        return None
    return y, x


def binary(l, x):
    lo, hi = 0, len(l) - 1
    while lo <= hi:
        mid = (lo + hi) // 2
        if l[mid] == x:
            break
        if l[mid] < x:
            lo = mid + 1
        else:
            hi = mid - 1
    else:
        return ~lo
    return mid


def perfect(limit):
    for n in range(2, limit):
        total = 1
        d = 2
        while d * d <= n:
            if n % d == 0:
                total += d + (n // d if d * d != n else 0)
            d += 1
        if total == n:
            yield n


def goldbach(n):
    for p in range(2, n // 2 + 1):
        for q in (p, n - p):
            k = 2
            while k * k <= q:
                if q % k == 0:
                    break
                k += 1
            else:
                continue
            break
        else:
            return p, n - p


def bubble(l):
    l = l[:]
    n = swaps = 0
    changed = True
    while changed:
        changed = False
        n += 1
        for i in range(len(l) - n):
            if l[i] > l[i + 1]:
                l[i], l[i + 1] = l[i + 1], l[i]
                changed = True
                swaps += 1
    return l, n, swaps


rows = [[1, 2], [3, 4.0], [5, "x"]]
print([find_pair(rows, t) for t in (4, "x", 9, 1.0)], [find_else(rows, t) for t in (4, "x", 9, 1.0)])
l = [1, 3, 5, 7, 9.5, 11]
print([binary(l, x) for x in (1, 11, 9.5, 4, 0, 12)], binary([], 1), binary("aceg", "e"), list(perfect(500)), [goldbach(n) for n in (4, 28, 100)], bubble([3, 1, 2]), bubble(list("hello")), bubble([]), bubble([2, 1.5, True]))
n = 27
path = []
while n != 1 and len(path) < 200:
    path.append(n)
    n = 3 * n + 1 if n % 2 else n // 2
    if n > 9000:
        print("peak", n)
        break
else:
    print("never over", len(path))
print(len(path), max(path), path[:5])
i = 0
while (i := i + 1) < 10:
    if i % 3 == 0:
        continue
    if i == 8:
        break
print(i)
