# Subclasses of list, dict, str, int, set, tuple, Exception with extra behaviour.
class Stack(list):
    def push(self, x):
        self.append(x)
        return self

    @property
    def top(self):
        return self[-1]

    def __repr__(self):
        return f"Stack({super().__repr__()})"


class Path(str):
    def __truediv__(self, other):
        return Path(f"{self.rstrip('/')}/{other}")

    @property
    def name(self):
        return self.rpartition("/")[2]


class Bits(int):
    def __getitem__(self, i):
        return self >> i & 1

    def __len__(self):
        return self.bit_length()

    def __iter__(self):
        return (self[i] for i in range(len(self)))


class Attr(dict):
    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__


class Point(tuple):
    __slots__ = ()

    def __new__(cls, x, y):
        return tuple.__new__(cls, (x, y))

    x = property(lambda self: self[0])
    y = property(lambda self: self[1])

    def __add__(self, o):
        return Point(self.x + o[0], self.y + o[1])


s = Stack("ab").push("c")
print(s, s.top, len(s), s[1:], type(s[1:]).__name__, s + ["d"], type(s + []).__name__, s == ["a", "b", "c"], sorted(s, reverse=True), isinstance(s, list), [*s], s * 2)
s.sort(reverse=True)
s.label = "attr"
print(s, s.label, s.copy(), s.pop(), bool(Stack()))
p = Path("/usr") / "lib/" / "x.py"
print(p, p.name, p.upper(), type(p.upper()).__name__, p == "/usr/lib/x.py", {p: 1}["/usr/lib/x.py"], p[:4], f"{p:>16}", len(p), p.split("/"), "lib" in p, hash(p) == hash(str(p)))
b = Bits(0b1011)
print(b, list(b), b[1], len(b), b + 1, type(b + 1).__name__, b == 11, int(b), f"{b:b}", b in {11}, max(b, 5), [b])
a = Attr(x=1)
a.y = [2]
a.y.append(3)
print(a, a.x, a["y"], "y" in a, len(a), a.get("z"), {**a})
try:
    a.zz
except KeyError as e:
    print("KeyError", e)
q = Point(1, 2) + (3, 4)
print(q, q.x, q == (4, 6), type(q).__name__, q[0], *q, hash(q) == hash((4, 6)), q < (5, 0), {q: "k"}[4, 6], sorted([Point(2, 1), Point(1, 5)]), len(q), q.count(4))
try:
    q.z = 1
except AttributeError as e:
    print(e)


class Upper(str):
    def __new__(cls, v):
        return super().__new__(cls, v.upper())

    def __eq__(self, o):
        return str(self) == str(o).upper()

    def __hash__(self):
        return hash(str(self))


print(Upper("abc"), Upper("x") == "x", Upper("k") in {"K": 1}, "-".join([Upper("a"), "b"]), Upper("ab") + "c", repr(Upper("q")), "%s" % Upper("z"), Upper("ab").lower())
