# Instances whose attributes come in different orders, at different times, of changing types.
class Node:
    def __init__(self, value):
        self.value = value


def total(nodes):
    t = 0
    for n in nodes:
        t += n.value
    return t


nodes = [Node(i) for i in range(5)]
print(total(nodes))
nodes[2].extra = "x"
nodes[3].value = 2.5
del nodes[1].value
try:
    total(nodes)
except AttributeError as e:
    print(e)
Node.value = 100
print(total(nodes))
nodes[0].__dict__.clear()
print(total(nodes), nodes[0].__dict__)
nodes[4].__dict__["value"] = 7
print(total(nodes))
nodes[2].__class__ = type("Other", (), {"value": "shadowed", "kind": "other"})
print(nodes[2].kind, nodes[2].value, total(nodes))


class Conditional:
    def __init__(self, flag):
        if flag:
            self.a = 1
            self.b = 2
        else:
            self.b = 20
            self.a = 10

    def sum(self):
        return self.a + self.b

    def late(self):
        self.c = self.a * 2
        return self.c


x, y = Conditional(True), Conditional(False)
print(x.sum(), y.sum(), x.__dict__, y.__dict__, x.late(), list(vars(x)))
try:
    y.c
except AttributeError as e:
    print(e)


class Base:
    def set(self, v):
        self.v = v
        return self


class Kid(Base):
    def __init__(self):
        self.own = 1


class Toddler(Kid):
    v = "class level"

    def __init__(self):
        super().__init__()
        self.more = 2


print([vars(o) for o in (Base().set(1), Kid().set(2), Toddler().set(3))], Toddler().v, Toddler().set(None).v)


def read(o):
    return o.own


class Unrelated:
    own = "class attr"


class ViaProperty:
    @property
    def own(self):
        return "property"


class ViaGetattr:
    def __getattr__(self, n):
        return f"getattr {n}"


for o in (Kid(), Unrelated(), Toddler(), ViaProperty(), ViaGetattr(), Kid(), 5):
    try:
        print(read(o))
    except AttributeError as e:
        print(e)
for i in range(40):
    setattr(x, f"attr{i}", i)
print(len(vars(x)), x.attr39, sum(getattr(x, f"attr{i}") for i in range(40)), x.sum())
