# Generator expressions: lazy, scoped, single pass.
n = 3
g = (x * n for x in range(3))
n = 10
print(list(g), list(g))
print(sum(x for x in range(5)), ",".join(str(x) for x in (1, 2)), dict((x, x) for x in "ab"), max((len(w), w) for w in ["a", "ccc", "bb"]), any(x > 2 for x in [1, 2, 3]), all(x for x in []), set(x % 2 for x in range(4)), tuple(x for x in "ab"), sorted((-x for x in [1, 3, 2])))
nested = ((i, j) for i in range(3) for j in range(i) if (i + j) % 2)
print(list(nested))


def source():
    for i in range(3):
        print("produce", i, end="; ")
        yield i


print([x for x in (y for y in source() if y) if True])
g = (print("body", x) for x in print("source") or [1])
print("made")
list(g)
try:
    (x for x in None)
except TypeError as e:
    print(e)
try:
    list(x.nope for x in [1])
except AttributeError as e:
    print(e)


def f(it):
    return list(it)


print(f(x for x in "hi"), f((x for x in "hi")), [f(y for y in range(x)) for x in range(3)])


class C:
    k = 2
    vals = list(x * 2 for x in range(k))


print(C.vals)
gens = [(lambda: (i for _ in range(2)))() for i in range(3)]
print([list(g) for g in gens])
print(next((x for x in range(100) if x * x > 50), None), next((x for x in [] if x), "none"))
g = (x for x in [1, 2, 3])
print(2 in g, list(g))
l = [1, 2]
g = (x for x in l)
l.append(3)
print(list(g))
