# Results of comparisons, logic and arithmetic used as values of other types.
def count(flags):
    n = 0
    for f in flags:
        n += f > 2
    return n


def mask(l):
    return [(x > 1) * x + (x <= 1) * 100 for x in l]


def first_or(l, d):
    for x in l:
        r = x and x - 1 or d
        if r:
            return r
    return d


def both(a, b):
    return a and b, a or b, not a, (a and b) is a, bool(a) & bool(b), a == b or None


print(count([1, 2, 3, 4]), count([2.5, 3, True]), mask([0, 1, 2, 3.5]), first_or([0, 1, 5], 9), first_or([], "d"))
print(both(0, 1), both(1, 0), both("", []), both("a", 0.0), both(None, False), both(2, 3.0))
x = 5
y = (x > 3) + (x > 4) + (x > 5)
print(y, (x > 3) is True, type(y), (x > 3) + 0.5, -(x > 3), (x > 3) << 2, True + 2**47)
total = 0
for i in range(10):
    total += i % 3 == 0
    total -= i == 5
print(total, sum(i % 2 == 0 for i in range(7)), [i == 2 for i in range(4)], max(i > 1 for i in range(3)))
flags = [False] * 5
for i in range(0, 5, 2):
    flags[i] = not flags[i]
print(flags, flags.count(True), flags.index(True), any(flags), all(flags), [f and i for i, f in enumerate(flags)])
print([a < b < c for a, b, c in [(1, 2, 3), (1, 3, 2), (1.0, 2, 2.5)]], [not n for n in (0, 1, "", "x", None, [], 0.0)])
state = None
for v in (3, None, 0, "s"):
    state = v if v is not None else state
    print(state, end=" ")
print()
print((1 if x else 2) + (3 if not x else 4), (x and 1) + (x or 1), [x, -x][x < 0], "ny"[x > 0], {True: "t", False: "f"}[x == 5])
