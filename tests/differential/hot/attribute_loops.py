# Attribute reads and writes in loops, on objects whose class or type changes meanwhile.
class P:
    def __init__(self, x):
        self.x = x
        self.n = 0

    def step(self, d):
        self.x += d
        self.n += 1
        return self


class Q(P):
    def step(self, d):
        super().step(d * 10)
        return self


class R:
    __slots__ = ("x", "n")

    def __init__(self):
        self.x = 0.5
        self.n = 100

    step = P.step


def run(objs, d, times):
    for i in range(times):
        for o in objs:
            o.step(d)
    return [(type(o).__name__, o.x, o.n) for o in objs]


print(run([P(1), P(2)], 1, 3), run([P(1), Q(2), R()], 2, 2), run([P(0.5)], 1, 2), run([P("s")], "t", 2), run([P(2**47 - 2)], 1, 4), run([P([])], [1], 2))


def change_class(o):
    out = []
    for i in range(4):
        o.step(1)
        out.append(o.x)
        if i == 1:
            o.__class__ = Q
    return out


print(change_class(P(0)))


def drop(o):
    for i in range(3):
        o.x += 1
        if i == 1:
            del o.x
    return o


try:
    drop(P(0))
except AttributeError as e:
    print(e)


def shadow_method(o):
    out = []
    for i in range(4):
        out.append(o.step(1).x)
        if i == 1:
            o.step = lambda d: P(d * 1000)
    return out


print(shadow_method(P(0)))


def float_fields(n):
    p = P(0.0)
    p.v = 1.0
    for _ in range(n):
        p.v -= p.x * 0.1
        p.x += p.v * 0.1
    return round(p.x, 12), round(p.v, 12)


print(float_fields(50))


class Acc:
    total = 0

    def add(self, k):
        Acc.total += k
        self.last = Acc.total


a = Acc()
for i in range(5):
    a.add(i)
print(Acc.total, a.last, a.total)
a.total = -1
print(a.total, Acc.total)
