# __call__, __new__, __init_subclass__, __class_getitem__, type() with three arguments.
class Singleton:
    instance = None

    def __new__(cls, *args):
        print("new", args)
        if cls.instance is None:
            cls.instance = super().__new__(cls)
        return cls.instance

    def __init__(self, v):
        print("init", v)
        self.v = v


a, b = Singleton(1), Singleton(2)
print(a is b, a.v)


class Other:
    def __new__(cls):
        return "not an instance"

    def __init__(self):
        print("never")


print(Other())


class Frozen(tuple):
    def __new__(cls, a, b):
        return super().__new__(cls, (a, b))

    @property
    def total(self):
        return self[0] + self[1]


f = Frozen(3, 4)
print(f, f.total, f == (3, 4), len(f), isinstance(f, tuple), hash(f) == hash((3, 4)), f + (1,), type(f + (1,)).__name__)


class Celsius(float):
    def __new__(cls, v):
        return super().__new__(cls, round(v, 1))

    def __repr__(self):
        return f"{float(self)}C"


class Even(int):
    def __new__(cls, v):
        if v % 2:
            raise ValueError(f"{v} is odd")
        return int.__new__(cls, v)

    def half(self):
        return int(self) // 2


print(Celsius(36.66), Celsius(1) + 1, Even(4).half(), Even(4) + 1, type(Even(4) + 1).__name__, Even(6) == 6, [10, 20, 30][Even(2)], f"{Even(8):>3}")
try:
    Even(3)
except ValueError as e:
    print(e)


class Name(str):
    def __new__(cls, s):
        return str.__new__(cls, s.strip().title())

    def initials(self):
        return "".join(w[0] for w in self.split())


n = Name("  ada lovelace ")
print(n, n.initials(), n == "Ada Lovelace", {n: 1}["Ada Lovelace"], n.upper(), type(n.upper()).__name__, len(n), n + "!", repr(n))


class Plugin:
    found = []

    def __init_subclass__(cls, /, tag=None, **kw):
        super().__init_subclass__(**kw)
        cls.tag = tag
        Plugin.found.append(cls.__name__)


class P1(Plugin, tag="one"):
    pass


class P2(P1):
    pass


print(Plugin.found, P1.tag, P2.tag)
try:
    class P3(Plugin, wrong=1):
        pass
except TypeError as e:
    print(e)


class G:
    def __class_getitem__(cls, item):
        return f"{cls.__name__}[{item}]"


print(G[int is int], G["x"])
Dyn = type("Dyn", (Plugin,), {"x": 5, "m": lambda self: self.x * 2})
print(Dyn().m(), Dyn.__name__, Dyn.__bases__[0].__name__, Dyn.tag, Plugin.found, type(Dyn).__name__, type(type).__name__)
for f in (lambda: type("A", 5, {}), lambda: type(1, 2), lambda: Singleton(), lambda: type()):
    try:
        f()
    except TypeError as e:
        print(e)
