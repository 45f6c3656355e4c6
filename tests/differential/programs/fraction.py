# A fraction class used as a number everywhere: arithmetic, comparison, hashing, linear algebra.
def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


class Frac:
    __slots__ = ("n", "d")

    def __new__(cls, n=0, d=1):
        if isinstance(n, str):
            a, _, b = n.partition("/")
            n, d = int(a), int(b or 1)
        if d == 0:
            raise ZeroDivisionError(f"Frac({n}, 0)")
        if isinstance(n, Frac) or isinstance(d, Frac):
            return n / d
        self = object.__new__(cls)
        g = gcd(abs(n), abs(d)) * (-1 if d < 0 else 1)
        self.n, self.d = n // g, d // g
        return self

    def __repr__(self):
        return f"Frac({self.n}, {self.d})"

    def __str__(self):
        return f"{self.n}/{self.d}" if self.d != 1 else str(self.n)

    def _op(f):
        def forward(a, b):
            if isinstance(b, int):
                b = Frac(b)
            if isinstance(b, float):
                return f(float(a), b)
            if not isinstance(b, Frac):
                return NotImplemented
            return f(a, b)

        return forward

    @_op
    def __add__(a, b):
        return Frac(a.n * b.d + b.n * a.d, a.d * b.d) if isinstance(a, Frac) else a + b

    @_op
    def __mul__(a, b):
        return Frac(a.n * b.n, a.d * b.d) if isinstance(a, Frac) else a * b

    @_op
    def __sub__(a, b):
        return a + -b

    @_op
    def __truediv__(a, b):
        return Frac(a.n * b.d, a.d * b.n) if isinstance(a, Frac) else a / b

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(self, o):
        return -self + o

    def __rtruediv__(self, o):
        return Frac(o * self.d, self.n)

    def __pow__(self, k):
        return Frac(self.n**k, self.d**k) if k >= 0 else Frac(self.d**-k, self.n**-k)

    def __neg__(self):
        return Frac(-self.n, self.d)

    def __abs__(self):
        return Frac(abs(self.n), self.d)

    def __float__(self):
        return self.n / self.d

    def __floor__(self):
        return self.n // self.d

    def __bool__(self):
        return self.n != 0

    def __hash__(self):
        return hash(self.n) if self.d == 1 else hash((self.n, self.d))

    @_op
    def __eq__(a, b):
        return a.n == b.n and a.d == b.d if isinstance(a, Frac) else a == b

    @_op
    def __lt__(a, b):
        return a.n * b.d < b.n * a.d if isinstance(a, Frac) else a < b

    def __format__(self, spec):
        return format(float(self) if spec.endswith("f") else str(self), spec)

    del _op


a, b = Frac(1, 2), Frac("-2/6")
print(a, b, a + b, a - b, a * b, a / b, a**3, a**-2, 1 + a, 2 * b, 1 - a, 1 / b, a + 0.25, 0.5 == a if False else a == 0.5, abs(b), -a)
print(a == Frac(2, 4), a != b, b < a, a < 1, sorted([a, b, Frac(1, 3), Frac(0)]), hash(Frac(4, 2)) == hash(2), {Frac(2): "two"}[2], bool(Frac(0)), float(b), repr(a))
print(f"{a:>6}|{b:.3f}|{a}", sum([a, b, 1]), max(a, b), [str(Frac(i, 6)) for i in range(7)], Frac(a, b))
for f in (lambda: Frac(1, 0), lambda: a / 0, lambda: a + "x", lambda: a < None, lambda: setattr(a, "z", 1), lambda: Frac("x")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


def solve(m):
    n = len(m)
    for i in range(n):
        p = next(r for r in range(i, n) if m[r][i])
        m[i], m[p] = m[p], m[i]
        m[i] = [x / m[i][i] for x in m[i]]
        for r in range(n):
            if r != i:
                m[r] = [x - m[r][i] * y for x, y in zip(m[r], m[i])]
    return [str(row[-1]) for row in m]


print(solve([[Frac(v) for v in row] for row in ([2, 1, -1, 8], [-3, -1, 2, -11], [-2, 1, 2, -3])]))
harmonic = sum((Frac(1, k) for k in range(1, 21)), Frac(0))
print(harmonic, float(harmonic))
x = Frac(1)
for _ in range(5):
    x = (x + 2 / x) / 2
print(x, float(x))
