# Comprehensions in functions: free variables, class bodies, shadowing, nested lambdas, generators.
def f(x):
    y = [x for x in range(x)]
    z = [x + len(y) for _ in range(2)]
    return x, y, z


def g():
    i = "outer"
    squares = [i * i for i in range(3)]
    return i, squares


def h(items):
    def inner():
        return [item + n for item in items]

    n = 10
    first = inner()
    n = 100
    return first, inner()


def k():
    fs = [lambda a, i=i: a + i for i in range(3)]
    gs = [(lambda: j) for j in range(3)]
    return [fn(10) for fn in fs], [fn() for fn in gs]


def w():
    total = 0
    out = [total := total + i for i in range(5) if (seen := i) != 2]
    return out, total, seen


def gen(n):
    base = n
    g = (base * i for i in range(n))
    base = 100
    return list(g)


def nested():
    a = 2
    return [[a * b * c for c in range(b)] for b in range(a, a + 2)]


def deleted():
    v = 5
    l = [v for _ in range(2)]
    del v
    try:
        return [v for _ in range(1)]
    except NameError as e:
        return l, str(e)


class K:
    n = 3
    xs = [i for i in range(n)]
    ys = [x * 2 for x in xs if x]

    def m(self):
        return [self.n + i for i in range(2)]

    @staticmethod
    def s(n):
        return {n: [n for n in range(n)] for n in range(n)}


print(f(3), g(), h([1, 2]), k(), w(), gen(3), nested(), deleted(), K.xs, K.ys, K().m(), K.s(3))
print([(lambda q: [q + r for r in range(2)])(p) for p in range(2)], [[v for v in u] for u in ("ab", "c")])
try:
    [undefined_in_comp for _ in range(1)]
except NameError as e:
    print(e)


def recursion(n):
    return [recursion(n - 1) for _ in range(n)]


print(recursion(3))


def exceptions():
    try:
        return [int(s) for s in ("1", "x")]
    except ValueError as e:
        return [c for c in str(e)][-3:]


print(exceptions())
