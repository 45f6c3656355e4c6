# Arithmetic dunders, reflected forms, NotImplemented, subclass priority.
class Vec:
    def __init__(self, *v):
        self.v = v

    def __add__(self, o):
        if not isinstance(o, Vec):
            return NotImplemented
        return Vec(*(a + b for a, b in zip(self.v, o.v)))

    def __radd__(self, o):
        return self if o == 0 else NotImplemented

    def __mul__(self, k):
        return Vec(*(a * k for a in self.v))

    __rmul__ = __mul__

    def __matmul__(self, o):
        return sum(a * b for a, b in zip(self.v, o.v))

    def __neg__(self):
        return self * -1

    def __sub__(self, o):
        return self + -o

    def __abs__(self):
        return (self @ self) ** 0.5

    def __eq__(self, o):
        return isinstance(o, Vec) and self.v == o.v

    def __bool__(self):
        return any(self.v)

    def __getitem__(self, i):
        return self.v[i]

    def __len__(self):
        return len(self.v)

    def __iter__(self):
        return iter(self.v)

    def __contains__(self, x):
        return x in self.v

    def __repr__(self):
        return f"Vec{self.v}"

    def __divmod__(self, o):
        return "divmod", o

    def __rdivmod__(self, o):
        return "rdivmod", o

    def __pow__(self, e, m=None):
        return "pow", e, m

    def __rpow__(self, b):
        return "rpow", b

    def __round__(self, n=None):
        return "round", n

    def __invert__(self):
        return "invert"

    def __pos__(self):
        return "pos"

    def __index__(self):
        return len(self.v)

    def __int__(self):
        return 77

    def __float__(self):
        return 7.5

    def __rlshift__(self, o):
        return "rlshift", o


a, b = Vec(1, 2), Vec(3, 4)
print(a + b, a - b, a * 2, 3 * a, a @ b, -a, abs(b), a == Vec(1, 2), a != b, bool(Vec(0, 0)), a[1], len(a), list(a), 2 in a, sum([a, b]))
print(divmod(a, 2), divmod(2, a), a**2, pow(a, 2, 3), 2**a, round(a), round(a, 1), ~a, +a, [1, 2, 3][a], int(a), float(a), 1 << a, range(a), hex(a))
for f in (lambda: a + 1, lambda: 1 + a, lambda: "s" + a, lambda: a / 2, lambda: 2 // a, lambda: a & b, lambda: a < b, lambda: a >> 1, lambda: hash(a), lambda: a @ 5):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


class Num:
    def __init__(self, tag):
        self.tag = tag

    def __add__(self, o):
        print(f"{self.tag}.add", end=" ")
        return NotImplemented

    def __radd__(self, o):
        print(f"{self.tag}.radd", end=" ")
        return "result"


class SubNum(Num):
    def __radd__(self, o):
        print(f"{self.tag}.subradd", end=" ")
        return "sub result"


class Silent(Num):
    __radd__ = None


print(Num("a") + Num("b") if False else "skip")
try:
    Num("a") + Num("b")
except TypeError as e:
    print(e)
print(Num("a") + SubNum("s"))
try:
    print(SubNum("s") + Num("a"))
except TypeError as e:
    print(e)
print(5 + Num("n"), [1] + Num("n"))
try:
    5 + Silent("q")
except TypeError as e:
    print(e)
