# User-defined operators in hot loops beside builtin numbers.
class V:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __add__(self, o):
        return V(self.x + o.x, self.y + o.y)

    def __mul__(self, k):
        return V(self.x * k, self.y * k)

    def __rmul__(self, k):
        return self * k

    def __eq__(self, o):
        return self.x == o.x and self.y == o.y

    def __lt__(self, o):
        return (self.x, self.y) < (o.x, o.y)

    def __getitem__(self, i):
        return (self.x, self.y)[i]

    def __len__(self):
        return 2

    def __neg__(self):
        return V(-self.x, -self.y)

    def __bool__(self):
        return self.x != 0 or self.y != 0

    def __repr__(self):
        return f"V({self.x}, {self.y})"

    def __hash__(self):
        return hash((self.x, self.y))

    def __iadd__(self, o):
        self.x += o.x
        self.y += o.y
        return self

    def __call__(self, t):
        return self.x * t + self.y


def total(items, start):
    for i in items:
        start = start + i
    return start


def dot(a, b):
    t = 0
    for i in range(len(a)):
        t += a[i] * b[i]
    return t


def integrate(p, v, dt, n):
    for _ in range(n):
        p = p + v * dt
    return p


vs = [V(i, -i) for i in range(5)]
print(total(vs, V(0, 0)), total([1, 2], 0), total(["a"], ""), dot(V(1, 2), [3, 4]), dot((1, 2), V(0.5, 1)), dot([1], [2]))
print(integrate(V(0, 0), V(1, 2), 0.5, 4), integrate(1, 2, 0.25, 4), 2 * V(1, 2), -V(1, 2), bool(V(0, 0)), sorted(vs, reverse=True)[0], max(vs), V(1, 2) in vs, vs.index(V(2, -2)))
acc = first = V(0, 0)
for v in vs:
    acc += v
print(acc, acc is first, len({V(1, 1), V(1, 1), V(2, 1)}), {V(1, 1): "k"}[V(1, 1)], [f(2) for f in (V(1, 2), abs, lambda t: t)], V(1, 2)[1], list(V(8, 9)), [bool(v) for v in vs])
while acc:
    acc = acc + V(-2, 2)
print(acc, [n for n in V(3, 4)], tuple(V(1, 2)), dict([V("k", "v")]))
x, y = V(5, 6)
print(x, y)
