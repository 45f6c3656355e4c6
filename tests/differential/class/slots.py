# __slots__ restricts attributes; subclasses may lift it.
class P:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


p = P(1, 2)
p.x += 10
print(p.x, p.y, P.__slots__, hasattr(p, "__dict__"))
for f in (lambda: setattr(p, "z", 1), lambda: p.z, lambda: p.__dict__, lambda: vars(p)):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
del p.x
for f in (lambda: p.x, lambda: delattr(p, "x")):
    try:
        f()
    except AttributeError as e:
        print(e)


class Q(P):
    __slots__ = ("z",)


class R(P):
    pass


q = Q(1, 2)
q.z = 3
r = R(1, 2)
r.anything = "ok"
print(q.x, q.z, r.anything, r.__dict__, r.x)
try:
    q.w = 1
except AttributeError as e:
    print(e)
try:
    class Bad:
        __slots__ = ("a",)
        a = 1
except ValueError as e:
    print(e)


class OneString:
    __slots__ = "only"


o = OneString()
o.only = 5
print(o.only, type(P.x).__name__, P.y.__get__(q))


class Ro:
    __slots__ = ("_v",)

    def __init__(self, v):
        object.__setattr__(self, "_v", v)

    def __setattr__(self, n, v):
        raise AttributeError(f"read only: {n}")

    def __eq__(self, o):
        return self._v == o._v

    def __hash__(self):
        return hash(self._v)


ro = Ro(5)
try:
    ro._v = 6
except AttributeError as e:
    print(e)
print({ro: "found"}[Ro(5)])
