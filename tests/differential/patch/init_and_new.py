# Construction changed after instances exist.
class P:
    def __init__(self, x):
        self.x = x


def make(n):
    return [P(i).x for i in range(n)]


print(make(3))


def init2(self, x):
    self.x = x * 2
    self.y = "extra"


P.__init__ = init2
print(make(3), P(1).__dict__)
P.__new__ = staticmethod(lambda cls, x: object.__new__(cls))
print(make(2))
P.__init__ = lambda self, x: 5
try:
    P(1)
except TypeError as e:
    print(e)
del P.__init__
P.__new__ = staticmethod(lambda cls, x: x * 100)
print(P(3))


class P:
    pass


P.x = "class default"
print(P().x)


class Q(P):
    pass


P.__init__ = lambda self: setattr(self, "x", "late init")
print(Q().x)
Q.__init__ = lambda self, a: super(Q, self).__init__()
print(Q(1).x)
P, saved = (lambda *a: "P is a function now"), P
print(P(1, 2), isinstance(Q(1), saved))


class R:
    count = 0

    def __init__(self):
        R.count += 1
        type(self).last = self.count


for _ in range(3):
    R()
print(R.count, R.last)
R2, R = R, None
try:
    R2()
except AttributeError as e:
    print(e)
