# Ties, keys, defaults, generators, mixed types and evaluation counts of the reducing builtins.
calls = []


def key(x):
    calls.append(x)
    return abs(x)


print(min([3, -1, 1, -3], key=key), calls)
calls.clear()
print(max([3, -1, -3], key=key), max(3, -3, key=abs), min(-3, 3, key=abs), max("b", "a", "B"), max(["aa", "b"], key=len), min({"x": 2, "a": 9}), max([[1, 2], [1, 3]]), min((1, "z"), (1, "a")))
print(max([], default=None), min((x for x in []), default=0), max([0.0, -0.0]), min([0.0, -0.0]), max(True, 1), max(1, True), max([1, 1.0, True]), min(2, 2.0))
print(sum([]), sum([], 1.5), sum([1, 2.5]), sum([[1], [2]], []), sum(((1,), (2,)), ()), sum([True] * 3), sum({1: "a", 2: "b"}), sum(x for x in range(4)), sum([10**20, -(10**20), 1]), sum([0.1] * 3), sum([1e100, 1, -1e100]))
for f in (lambda: max(), lambda: max(None), lambda: max([1, None]), lambda: min("a", 1), lambda: max([], key=len), lambda: max(1, 2, key=5), lambda: sum(["a", "b"]), lambda: sum([b"a"], b""), lambda: sum([1], "a"), lambda: sum(None), lambda: sum([1], 2, 3), lambda: max(x=1), lambda: min([1], [2], default=0), lambda: all(1), lambda: any(), lambda: sum([[1]]), lambda: max([1j]) if False else max({})):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


class N:
    def __init__(self, n):
        self.n = n

    def __radd__(self, o):
        return N((o.n if isinstance(o, N) else o) + self.n)

    def __add__(self, o):
        return N(self.n + (o.n if isinstance(o, N) else o))

    def __lt__(self, o):
        calls.append((self.n, o.n))
        return self.n < o.n

    def __gt__(self, o):
        calls.append((self.n, ">", o.n))
        return self.n > o.n

    def __repr__(self):
        return f"N{self.n}"


calls.clear()
ns = [N(2), N(1), N(3)]
print(sum(ns), min(ns), max(ns), calls)
calls.clear()
print(sorted(ns), calls, any(calls), all(x for x in [1, 2]), any(x > 1 for x in (1, 2, calls.append("lazy") or 3)), calls[-1])
print(all(print(i) or i < 2 for i in range(5)), any(print(i) or i == 1 for i in range(5)))
print(divmod(-7, 3), divmod(7.5, 2), divmod(True, 2), pow(2, 10, 1000), pow(2, -1), abs(True), round(True), hash(True), [*map(abs, (-1, -1.5, True))], [*map(round, (1.5, 2.5, True))])
