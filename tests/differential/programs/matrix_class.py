# A matrix class with operators, views, decomposition and formatting.
class ShapeError(ValueError):
    def __init__(self, a, b, op):
        super().__init__(f"{op}: {a[0]}x{a[1]} and {b[0]}x{b[1]} do not fit")


class Matrix:
    def __init__(self, rows):
        self.rows = [list(r) for r in rows]
        if len({len(r) for r in self.rows}) > 1:
            raise ValueError("ragged rows")

    @classmethod
    def identity(cls, n):
        return cls([int(i == j) for j in range(n)] for i in range(n))

    @classmethod
    def build(cls, h, w, f):
        return cls([f(i, j) for j in range(w)] for i in range(h))

    @property
    def shape(self):
        return len(self.rows), len(self.rows[0]) if self.rows else 0

    def __getitem__(self, key):
        match_row, match_col = key if isinstance(key, tuple) else (key, slice(None))
        if isinstance(match_row, slice):
            rows = self.rows[match_row]
            if isinstance(match_col, slice):
                return Matrix(r[match_col] for r in rows)
            return [r[match_col] for r in rows]
        return self.rows[match_row][match_col]

    def __setitem__(self, key, value):
        i, j = key
        self.rows[i][j] = value

    def _zip(self, o, f, op):
        if self.shape != o.shape:
            raise ShapeError(self.shape, o.shape, op)
        return Matrix(map(f, a, b) for a, b in zip(self.rows, o.rows))

    def __add__(self, o):
        return self._zip(o, lambda a, b: a + b, "add")

    def __sub__(self, o):
        return self._zip(o, lambda a, b: a - b, "subtract")

    def __mul__(self, k):
        return Matrix((v * k for v in r) for r in self.rows)

    __rmul__ = __mul__

    def __matmul__(self, o):
        if self.shape[1] != o.shape[0]:
            raise ShapeError(self.shape, o.shape, "multiply")
        cols = list(zip(*o.rows))
        return Matrix([sum(a * b for a, b in zip(r, c)) for c in cols] for r in self.rows)

    def __pow__(self, n):
        result, base = Matrix.identity(len(self.rows)), self
        while n:
            if n % 2:
                result = result @ base
            base = base @ base
            n //= 2
        return result

    @property
    def T(self):
        return Matrix(zip(*self.rows))

    def __eq__(self, o):
        return isinstance(o, Matrix) and self.rows == o.rows

    def __iter__(self):
        return (v for r in self.rows for v in r)

    def lu(self):
        n = len(self.rows)
        l, u = Matrix.identity(n), Matrix.build(n, n, lambda i, j: float(self[i, j]))
        for k in range(n):
            if u[k, k] == 0:
                raise ZeroDivisionError("singular")
            for i in range(k + 1, n):
                f = u[i, k] / u[k, k]
                l[i, k] = f
                for j in range(k, n):
                    u[i, j] -= f * u[k, j]
        return l, u

    def __format__(self, spec):
        cells = [[format(v, spec) for v in r] for r in self.rows]
        width = max(len(c) for r in cells for c in r)
        return "\n".join(" ".join(c.rjust(width) for c in r) for r in cells)


a, b = Matrix([[1, 2], [3, 4]]), Matrix.build(2, 3, lambda i, j: i - j)
print(f"{a}", f"{b:+d}", f"{a @ b}", f"{(a @ b).T:>5}", sep="\n\n")
print(a**10 == a @ a**9, (Matrix([[1, 1], [1, 0]]) ** 100)[0, 1], a[0], a[:, 1], a[0:1, :].rows, a[-1, -1], list(a - a), 2 * a == a + a, sum(a), max(b), a.shape, b.T.shape)
for bad in (lambda: a + b, lambda: b @ a, lambda: Matrix([[1], [2, 3]]), lambda: a[5, 0], lambda: Matrix([[0, 1], [1, 0]]).lu(), lambda: a @ 5):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)
l, u = Matrix([[4, 3, 2], [2, 1, 3], [3, 4, 1]]).lu()
print(f"{l:.3f}\n{u:.3f}\n{l @ u:.1f}")
a[0, 1] = 9.5
print(f"{a:g}", a == Matrix([[1, 9.5], [3, 4]]), a == 5)
