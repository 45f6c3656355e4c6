# Polynomials as dicts: arithmetic, evaluation, derivative, division, text.
class Poly:
    def __init__(self, terms=()):
        items = terms.items() if isinstance(terms, dict) else enumerate(terms)
        self.t = {e: c for e, c in items if c}

    @property
    def degree(self):
        return max(self.t, default=-1)

    def __add__(self, o):
        o = o if isinstance(o, Poly) else Poly([o])
        return Poly({e: self.t.get(e, 0) + o.t.get(e, 0) for e in self.t | o.t})

    __radd__ = __add__

    def __neg__(self):
        return Poly({e: -c for e, c in self.t.items()})

    def __sub__(self, o):
        return self + -o

    def __rsub__(self, o):
        return -self + o

    def __mul__(self, o):
        if not isinstance(o, Poly):
            return Poly({e: c * o for e, c in self.t.items()})
        out = {}
        for e1, c1 in self.t.items():
            for e2, c2 in o.t.items():
                out[e1 + e2] = out.get(e1 + e2, 0) + c1 * c2
        return Poly(out)

    __rmul__ = __mul__

    def __pow__(self, n):
        result, base = Poly([1]), self
        while n:
            if n & 1:
                result *= base
            base *= base
            n >>= 1
        return result

    def __divmod__(self, o):
        q, r = Poly(), self
        while r.degree >= o.degree:
            c, s = divmod(r.t[r.degree], o.t[o.degree])
            if s:
                raise ArithmeticError(f"{r.t[r.degree]} is not divisible by {o.t[o.degree]}")
            m = Poly({r.degree - o.degree: c})
            q, r = q + m, r - m * o
        return q, r

    def __floordiv__(self, o):
        return divmod(self, o)[0]

    def __mod__(self, o):
        return divmod(self, o)[1]

    def __call__(self, x):
        result = 0
        for e in range(self.degree, -1, -1):
            result = result * x + self.t.get(e, 0)
        return result

    def __eq__(self, o):
        return self.t == (o.t if isinstance(o, Poly) else Poly([o]).t)

    def derive(self):
        return Poly({e - 1: c * e for e, c in self.t.items() if e})

    def __str__(self):
        out = []
        for e, c in sorted(self.t.items(), reverse=True):
            sign = "-" if c < 0 else "+"
            mag = "" if abs(c) == 1 and e else str(abs(c))
            out.append(f"{sign} {mag}{'' if not e else 'x' if e == 1 else f'x^{e}'}")
        text = " ".join(out) or "0"
        return text[2:] if text.startswith("+ ") else text.replace("- ", "-", 1) if out and out[0][0] == "-" else text


x = Poly([0, 1])
p, q = (x + 1) ** 3, x * x - 1
print(p, "|", q, "|", p * q, "|", p - q, "|", 1 - x, "|", 3 * x + x * 2 - 5, "|", p - p)
print(p(2), p(-1), p(0.5), p(x - 1), q(q), p.derive(), p.derive().derive().derive().derive())
print(*map(str, divmod(p, x + 1)), p // q, "r", p % q, p == (1 + x) * (1 + 2 * x + x**2), p == 1, Poly([5]) == 5, (x**20)(2), ((x + 1) ** 20).t[10])
try:
    x // (2 * x)
except ArithmeticError as e:
    print(e)


def lagrange(points, at):
    total = 0.0
    for i, (xi, yi) in enumerate(points):
        term = yi
        for j, (xj, _) in enumerate(points):
            if i != j:
                term *= (at - xj) / (xi - xj)
        total += term
    return total


print([lagrange([(0, 1), (1, 3), (2, 11), (4, 69)], v) for v in (0, 1, 1.5, 3)])
cheb = [Poly([1]), x]
for _ in range(5):
    cheb.append(2 * x * cheb[-1] - cheb[-2])
print(" ; ".join(map(str, cheb)))
