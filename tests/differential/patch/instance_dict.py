# __dict__ as a live view: reads and writes through it, replaced wholesale.
class Acc:
    def __init__(self):
        self.n = 0

    def add(self, k):
        self.n += k
        return self.n


a = Acc()
print([a.add(i) for i in range(4)])
d = a.__dict__
d["n"] = 100
print(a.n, a.add(1), d)
a.m = "new"
print(d)
del d["n"]
try:
    a.add(1)
except AttributeError as e:
    print(e)
d["n"] = 2.5
print(a.add(1))
a.__dict__ = other = {"n": 7}
print(a.add(1), other, d)
a.__dict__.update(n="text", z=1)
try:
    a.add(1)
except TypeError as e:
    print(e)
print(a.add("!"), vars(a) is a.__dict__, list(a.__dict__), "n" in a.__dict__)
for bad in (5, None, [("n", 1)]):
    try:
        a.__dict__ = bad
    except TypeError as e:
        print(e)
b = Acc()
b.__dict__ |= {"n": 40, "q": 2}
print(b.add(2), b.q, {**vars(b)}, b.__dict__.pop("q"), hasattr(b, "q"))
b.add = lambda k: "own add"
print(b.add(1), [o.add(1) if o is b else "skip" for o in (a, b)])
del b.add
print(b.add(1))


def walk(objs):
    return [o.n for o in objs]


objs = [Acc() for _ in range(3)]
objs[1].__dict__["n"] = "dict mode"
vars(objs[2]).clear()
Acc.n = "class n"
print(walk(objs), walk(objs[::-1]))
