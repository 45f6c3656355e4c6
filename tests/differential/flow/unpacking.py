# Unpacking assignments in every shape, and their errors.
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


a, b = 1, 2
a, b = b, a
(c, d), e = [3, 4], 5
f, *g = range(4)
*h, i = "abc"
j, *k, l = [1, 2]
[m, [n, *o]] = (1, (2, 3, 4))
print(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o)
x = [0, 0, 0]
x[0], x[1], *x[2:] = 1, 2, 3, 4
print(x)
i = 0
i, x[i] = 1, "second"
print(i, x)
first, = [7]
(only,) = {8}
print(first, only)


def two(v):
    p, q = v
    return p, q


def star(v):
    p, *q, r = v
    return p, q, r


def nested(v):
    (p, q), r = v
    return p, q, r


attempt(lambda: two([1]))
attempt(lambda: two([]))
attempt(lambda: two([1, 2, 3]))
attempt(lambda: two(5))
attempt(lambda: two(None))
attempt(lambda: two("ab"))
attempt(lambda: two({"k": 1, "j": 2}))
attempt(lambda: two(x for x in range(5)))
attempt(lambda: star([1]))
attempt(lambda: star([1, 2]))
attempt(lambda: star(""))
attempt(lambda: star(3.5))
attempt(lambda: nested([[1, 2], 3]))
attempt(lambda: nested([1, 2]))
attempt(lambda: nested([[1, 2, 3], 2]))


class Iter:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        for i in range(self.n):
            print("give", i, end=" ")
            yield i


attempt(lambda: two(Iter(2)))
attempt(lambda: two(Iter(5)))
attempt(lambda: star(Iter(4)))
for a, *b in [(1, 2, 3), "xy", [9]]:
    print(a, b)
print([*range(2), *"ab", *{}], (*[1], 2), {*[1], *[1]}, {**{"a": 1}, "b": 2})
a = b = c = []
a.append(1)
print(b is c, c)
a, b = c = 1, 2
print(a, b, c)
attempt(lambda: [*5])
attempt(lambda: {**5})
attempt(lambda: {**{1: 2}})
attempt(lambda: print(*1))
