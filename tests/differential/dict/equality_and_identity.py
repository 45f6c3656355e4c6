# When are two dicts equal, which key object stays, and who is asked.
class K:
    def __init__(self, n, tag):
        self.n, self.tag = n, tag

    def __hash__(self):
        return hash(self.n)

    def __eq__(self, o):
        return self.n == (o.n if isinstance(o, K) else o)

    def __repr__(self):
        return f"K({self.n}{self.tag})"


d = {K(1, "a"): "first"}
d[K(1, "b")] = "second"
d[1] = "int"
print(d, list(d)[0].tag, d[K(1, "z")], 1 in d, d.pop(1), d)
print({1: "x"} == {1.0: "x"} == {True: "x"}, {1: 2} == {1: 2.0}, {} == {}, {1: {2: {3: 4}}} == {1: {2: {3: 4}}}, {"a": [1]} != {"a": [1]}, {1: 2} == [(1, 2)], {1: float("nan")} == {1: float("nan")})
nan = float("nan")
print({nan: 1} == {nan: 1}, {1: nan} == {1: nan}, nan in {nan: 0}, {nan, nan} == {nan})


class Weird:
    def __eq__(self, o):
        raise ValueError("eq called")

    def __hash__(self):
        return 5


w = Weird()
d = {w: 1}
print(d[w], w in d, {w: 1} == {w: 1})
for f in (lambda: d[5], lambda: d[Weird()], lambda: {w: 1} == {Weird(): 1}, lambda: [Weird()] == [1], lambda: d.get(5), lambda: d.setdefault(5, 0), lambda: {w, 5}):
    try:
        print(f())
    except ValueError as e:
        print(e)
a, b = {}, {}
a["self"], b["self"] = b, a
try:
    a == b
except RecursionError:
    print("recursion")
a = {}
a[1] = a
print(a, a == a)
x, y = {"k": 1}, {"k": 1}
print(x == y, x is y, x in [y], [x].index(y), {"k": 1, "j": 2}.keys() == {"j": 0, "k": 0}.keys(), x.items() == y.items(), x.values() == y.values(), x.items() <= {"k": 1, "z": 0}.items())
x["k"] = x
print(x)
