# Operators added to, changed in and removed from a class.
class Money:
    def __init__(self, n):
        self.n = n

    def __add__(self, o):
        return Money(self.n + o.n)

    def __eq__(self, o):
        return self.n == o.n

    def __repr__(self):
        return f"Money({self.n})"


def total(items):
    t = items[0]
    for i in items[1:]:
        t = t + i
    return t


ms = [Money(1), Money(2), Money(3)]
print(total(ms), total([1, 2]), total(["a", "b"]), total([1.5, 2]))
Money.__add__ = lambda self, o: Money(self.n * 10 + o.n)
print(total(ms))
ms[0].__add__ = lambda o: "instance dunder is ignored"
print(total(ms))
del Money.__add__
try:
    total(ms)
except TypeError as e:
    print(e)
Money.__radd__ = lambda self, o: "radd"
try:
    print(5 + Money(1))
    total(ms)
except TypeError as e:
    print(e)
Money.__lt__ = lambda self, o: self.n > o.n
print(sorted(ms))
Money.__lt__ = lambda self, o: self.n < o.n
print(sorted(ms), ms[0] < ms[1])
Money.__bool__ = lambda self: self.n > 1
print([m for m in ms if m])
Money.__len__ = lambda self: 99
print(len(ms[0]), bool(ms[0]))
Money.__getitem__ = lambda self, i: self.n * i
print(ms[2][5])
Money.__iter__ = lambda self: iter(range(self.n))
print(list(ms[2]), 2 in ms[2])
Money.__contains__ = lambda self, x: x == "magic"
print(2 in ms[2], "magic" in ms[0])
Money.__call__ = lambda self, *a: ("called", a)
print(ms[0](1, 2))
Money.__hash__ = lambda self: 1
print(len({ms[0], ms[1]}))
Money.__eq__ = lambda self, o: True
print(len({ms[0], Money(100)}), ms[0] == 7)
Money.__repr__ = lambda self: "changed repr"
print(ms)
Money.__str__ = lambda self: "str"
print(ms[0], f"{ms[0]}", [ms[0]])
Money.__getattr__ = lambda self, name: f"dynamic {name}"
print(ms[0].anything)
Money.__setattr__ = lambda self, k, v: print("set", k, v)
ms[0].x = 5
del Money.__setattr__
ms[0].x = 6
print(ms[0].x)
