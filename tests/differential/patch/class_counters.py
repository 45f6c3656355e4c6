# Class attributes that are replaced again and again, and everything that reads them in between.
class Base:
    hits = 0
    limit = 10
    size = 0

    def __init__(self):
        self.size = 3

    def read(self):
        return self.hits, self.limit

    def method(self):
        return "method"


class Derived(Base):
    pass


class Other(Derived):
    limit = 99


def count(n):
    for _ in range(n):
        Base.hits += 1
    return Base.hits


b, d, o = Base(), Derived(), Other()
print(count(5), b.hits, d.hits, o.hits, Derived.hits, Other.limit)
for n in range(4):
    Base.limit = n
    print(b.read(), d.read(), o.read(), Base.limit, d.limit, getattr(o, "limit"), Base.__dict__["limit"])

# Shadowed and uncovered.
Derived.hits = "derived"
print(count(2), d.hits, o.hits, b.hits)
Derived.hits = "again"
print(d.hits, o.hits)
del Derived.hits
print(d.hits, o.hits, count(1), d.hits)
d.hits = "own"
print(d.hits, count(1), d.hits, o.hits)
del d.hits
print(d.hits)
del Base.hits
for x in (b, d, Base, Other):
    try:
        print(x.hits)
    except AttributeError as e:
        print(e)
Base.hits = 1
print(count(3), d.hits)

# A plain value becomes a descriptor, and plain again.
for turn in range(2):
    Base.hits = property(lambda self: "property")
    print(b.hits, d.hits, type(Base.hits).__name__)
    Base.hits = 7
    Base.hits += 1
    print(b.hits, d.hits, Base.hits)
    Base.hits = lambda self: "called"
    print(b.hits(), d.hits())
    Base.hits = classmethod(lambda cls: cls.__name__)
    print(b.hits(), o.hits())
    Base.hits = 0

# An attribute that instances have too.
for n in range(3):
    Base.size = n
    print(Base.size, b.size, d.size)
    del b.size
    print(b.size)
    b.size = 5

# A method replaced by data and back.
saved = Base.method
for n in range(3):
    Base.method = n
    print(b.method, d.method)
Base.method = saved
print(b.method(), o.method())

# Many names, more than are kept track of.
for turn in range(3):
    for n in range(20):
        setattr(Base, f"v{n}", turn * n)
    print(sum(getattr(d, f"v{n}") for n in range(20)), d.v19, Base.v3, o.v7)


class Meta(type):
    level = 0

    def __setattr__(cls, name, value):
        super().__setattr__(name, value)
        if name != "level":
            Meta.level += 1


class WithMeta(metaclass=Meta):
    total = 0


for n in range(3):
    WithMeta.total += n
    print(WithMeta.total, WithMeta.level, Meta.level)


class Late(Base):
    hits = 0

    def __init__(self):
        super().__init__()
        self.limit = "instance"


late = Late()
for n in range(3):
    Base.limit = n
    Late.hits += 1
    print(late.limit, late.hits, Late.limit)


class Gone:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)


for name in "abc":
    Base.held = Gone(name)
print(d.held.name)
del Base.held


class Switch:
    flag = False

    def __bool__(self):
        return self.flag

    __len__ = None


s = Switch()
for n in range(4):
    Switch.flag = not Switch.flag
    print(bool(s), "yes" if s else "no")
