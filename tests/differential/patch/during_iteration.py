# Changes to classes, functions and containers made by code that a loop is running.
class Item:
    def __init__(self, v):
        self.v = v

    def value(self):
        return self.v


def total(items, hook):
    t = 0
    for i, item in enumerate(items):
        hook(i)
        t += item.value()
    return t


def at(n, action):
    return lambda i: action() if i == n else None


items = [Item(i) for i in range(1, 6)]
print(total(items, lambda i: None))
print(total(items, at(2, lambda: setattr(Item, "value", lambda self: self.v * 100))))
print(total(items, at(3, lambda: items[4].__dict__.update(v=0.5))))
print(total(items, at(1, lambda: items.append(Item(1000)) if len(items) < 7 else None)))
print(total(items, at(0, lambda: items.pop())), len(items))
items[1].value = lambda: "text"
try:
    total(items, lambda i: None)
except TypeError as e:
    print(e)
del items[1].value


def helper(x):
    return x + 1


def run(n):
    out = []
    for i in range(n):
        out.append(helper(i))
        if i == 1:
            redefine()
    return out


def redefine():
    global helper

    def helper(x):
        return x * -10


print(run(4))


def with_range(n):
    out = []
    for i in range(n):
        out.append(len(str(i * 7)))
        if i == 2:
            globals()["len"] = lambda s: "my len " + s
    return out


print(with_range(5))
del globals()["len"]
print(with_range(2))


class Meter:
    @property
    def now(self):
        return 1


m = Meter()
seen = []
for i in range(4):
    seen.append(m.now)
    if i == 0:
        Meter.now = 2
    elif i == 1:
        m.now = 3
    elif i == 2:
        del Meter.now
        Meter.now = property(lambda self: 4)
print(seen, m.__dict__)


class Base:
    def f(self):
        return "base"


class Sub(Base):
    pass


s = Sub()
trace = []
for i in range(4):
    trace.append(s.f())
    if i == 0:
        Sub.f = lambda self: "sub"
    elif i == 1:
        s.f = lambda: "instance"
    elif i == 2:
        del s.f, Sub.f
        Base.f = lambda self: "new base"
print(trace)
d = {"f": lambda: 1}
out = []
for i in range(3):
    out.append(d["f"]())
    d["f"] = lambda i=i: i + 10
print(out)
