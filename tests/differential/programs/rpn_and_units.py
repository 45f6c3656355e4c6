# Quantities with units: parsing, arithmetic with dimension checks, conversion.
UNITS = {"m": (1, {"m": 1}), "km": (1000, {"m": 1}), "cm": (0.01, {"m": 1}), "s": (1, {"s": 1}), "min": (60, {"s": 1}), "h": (3600, {"s": 1}), "kg": (1, {"kg": 1}), "g": (0.001, {"kg": 1}), "N": (1, {"kg": 1, "m": 1, "s": -2})}


class DimensionError(TypeError):
    pass


class Q:
    def __init__(self, value, dims=None):
        self.v, self.d = value, {k: n for k, n in (dims or {}).items() if n}

    @classmethod
    def parse(cls, text):
        num, _, unit = text.strip().partition(" ")
        return cls(float(num)) * cls.unit(unit)

    @classmethod
    def unit(cls, text):
        result = cls(1)
        for i, part in enumerate(text.split("/")):
            for u in filter(None, part.split("*")):
                name, _, power = u.partition("^")
                try:
                    factor, dims = UNITS[name]
                except KeyError:
                    raise ValueError(f"unknown unit {name!r}") from None
                one = cls(factor, dims) ** int(power or 1)
                result = result / one if i else result * one
        return result

    def same(self, o, op):
        if self.d != o.d:
            raise DimensionError(f"cannot {op} {self.dims} and {o.dims}")

    @property
    def dims(self):
        return "*".join(f"{k}^{n}" if n != 1 else k for k, n in sorted(self.d.items())) or "1"

    def __add__(self, o):
        self.same(o, "add")
        return Q(self.v + o.v, self.d)

    def __sub__(self, o):
        self.same(o, "subtract")
        return Q(self.v - o.v, self.d)

    def __mul__(self, o):
        if not isinstance(o, Q):
            return Q(self.v * o, self.d)
        return Q(self.v * o.v, {k: self.d.get(k, 0) + o.d.get(k, 0) for k in {**self.d, **o.d}})

    __rmul__ = __mul__

    def __pow__(self, n):
        return Q(self.v**n, {k: p * n for k, p in self.d.items()})

    def __truediv__(self, o):
        return self * (o**-1 if isinstance(o, Q) else 1 / o)

    def __lt__(self, o):
        self.same(o, "compare")
        return self.v < o.v

    def __eq__(self, o):
        return isinstance(o, Q) and self.d == o.d and abs(self.v - o.v) < 1e-9

    def to(self, unit):
        u = Q.unit(unit)
        self.same(u, "convert")
        return f"{self.v / u.v:g} {unit}"

    def __repr__(self):
        return f"{self.v:g} {self.dims}"


def rpn(text):
    stack = []
    for t in text.split(","):
        t = t.strip()
        if t in ("+", "-", "*", "/"):
            b, a = stack.pop(), stack.pop()
            stack.append({"+": Q.__add__, "-": Q.__sub__, "*": Q.__mul__, "/": Q.__truediv__}[t](a, b))
        elif t.startswith("to "):
            return stack.pop().to(t[3:])
        else:
            stack.append(Q.parse(t))
    (result,) = stack
    return result


for line in ("5 km, 300 m, +", "100 km, 2 h, /", "100 km, 2 h, /, to km/h", "3 kg, 9.8 m/s^2, *", "3 kg, 9.8 m/s^2, *, to N", "5 km, 2 s, +", "1 mile", "2 m, 3 m", "5", "1 m, +", "12 cm, 2 cm, *, to m^2", "90 min, to h", "1 kg, to m"):
    try:
        print(f"{line:<28} {rpn(line)}")
    except (DimensionError, ValueError, IndexError) as e:
        print(f"{line:<28} {type(e).__name__}: {e}")
print(sorted([Q.parse("1 km"), Q.parse("5 m"), Q.parse("200 cm")]), Q.parse("1000 m") == Q.parse("1 km"), 2 * Q.parse("3 s"), Q.parse("6 m") / 2, max(Q.parse("1 h"), Q.parse("59 min")))
