# Sorting and searching over values of mixed numeric types near the limits of exactness.
values = [2**53, 2**53 + 1, float(2**53), 2**47, float(2**47), 2**47 - 1, 2**63, 2.0**63, 2**63 - 1, -(2**47) - 1, -(2**47), -0.0, 0, 1e300, 10**300, 10**301, float("inf"), float("-inf")]
print(sorted(values))
print([sum(a < b for b in values) for a in values])
print([sum(a == b for b in values) for a in values])
print([[a <= b for b in values[:6]] for a in values[:6]])


def insert(l, x):
    lo, hi = 0, len(l)
    while lo < hi:
        mid = (lo + hi) // 2
        if l[mid] < x:
            lo = mid + 1
        else:
            hi = mid
    l.insert(lo, x)


l = []
for v in values:
    insert(l, v)
print(l == sorted(values))


def clamp(x, lo, hi):
    return lo if x < lo else hi if x > hi else x


print([clamp(v, -(2**47), 2.0**47) for v in values])


def extreme(vs):
    lo = hi = vs[0]
    for v in vs:
        if v < lo:
            lo = v
        elif v > hi:
            hi = v
    return lo, hi


print(extreme(values), extreme(values[::-1]), extreme([1, 1.0, True]), extreme(["b", "a"]), max(values), min(values))
print(2**53 + 1 == float(2**53 + 1), 2**53 + 1 > 2.0**53, 2**53 == 2.0**53, 10**300 == 1e300, int(1e300) == 1e300, 0.1 + 0.2 > 0.3, 1 == 1.0 == True, hash(2**63) == hash(2.0**63))
print(3 in [3.0], 3.0 in {3}, (1, 2.0) == (1.0, 2), [0, -0.0] == [-0.0, 0], {1: 0}[True], max(1, 1.0, True), min(0.0, -0.0, 0), max(-0.0, 0.0))
