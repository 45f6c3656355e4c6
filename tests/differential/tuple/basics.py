# Tuples: literals, indexing, comparison, methods, immutability.
def attempt(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


t = 1, "a", None
print(t, (), (1,), 1, (1, (2, (3,))), t[0], t[-1], t[1:], t[::-1], len(t), t + (2,), t * 2, 2 * (1,), (1, 2) < (1, 3), (1,) < (1, 0))
print(tuple("ab"), tuple([1]), tuple(), tuple(x for x in range(3)), t.count(1), t.index("a"), "a" in t, hash((1, 2)) == hash((1, 2)), (1, 2) == [1, 2])
attempt(lambda: t[3])
attempt(lambda: t["x"])
attempt(lambda: t.index("zz"))
attempt(lambda: t.append(1))
attempt(lambda: t + [1])
attempt(lambda: tuple(5))
attempt(lambda: (1,) < ("a",))
attempt(lambda: tuple(1, 2))
attempt(lambda: t.count())
x = (1, [2])
try:
    x[1] += [3]
except TypeError as e:
    print(e, x)
print(tuple(t) is t, t[:] is t, (t * 1) == t)
(a, b), c = (1, 2), 3
print(a, b, c)
for i, (p, q) in enumerate([(1, 2), (3, 4)]):
    print(i, p + q)


def swap(a, b):
    return b, a


print(swap(1, 2), swap(*swap(1, 2)), max((1, 2), (2, 1)), sorted([(2, "b"), (1, "z"), (2, "a")]))
print({(0, 0): "origin", (1, 0): "east"}[1, 0], (1, 2, *[3, 4], *"x"))
