# Attribute lookup order: data descriptor, instance, non-data descriptor, class, bases, __getattr__.
class Data:
    def __init__(self, tag):
        self.tag = tag

    def __get__(self, o, t=None):
        return f"data {self.tag}"

    def __set__(self, o, v):
        print("set", self.tag, v)


class NonData:
    def __get__(self, o, t=None):
        return "non-data" if o is not None else self


class Base:
    inherited = "from base"
    d = Data("base")
    n = NonData()


class C(Base):
    plain = "class plain"
    over = Data("over")

    def method(self):
        return "method"

    def __getattr__(self, name):
        return f"missing {name}"


c = C()
c.__dict__.update(d="inst d", n="inst n", plain="inst plain", inherited="inst inherited", method="inst method", over="inst over")
print(c.d, c.n, c.plain, c.inherited, c.method, c.over, c.nothing)
c.d = 1
c.n = "assigned"
print(c.n, c.__dict__["d"], C.plain, C.method(c))
e = C()
print(e.d, e.n, e.plain, e.inherited, e.method(), e.zzz, C.d, type(C.n).__name__)
Base.late = property(lambda self: "late property")
e.__dict__["late"] = "hidden"
print(e.late)
del Base.late
print(e.late)
C.over = "plain now"
print(c.over, e.over)
del C.over
print(c.over, e.over)


class Meta(type):
    attr = "meta attr"
    both = "meta both"
    dd = Data("meta")

    def cls_method(cls):
        return cls.__name__


class K(metaclass=Meta):
    both = "class both"
    dd = "class dd"


print(K.attr, K.both, K.dd, K.cls_method())
try:
    K().attr
except AttributeError as err:
    print(err)
print(getattr(K(), "dd"), K().both)


class Delegate:
    def __init__(self, *targets):
        self.__targets = targets

    def __getattr__(self, name):
        for t in self.__targets:
            try:
                return getattr(t, name)
            except AttributeError:
                pass
        raise AttributeError(f"nobody has {name}")


d = Delegate([1, 2], "text", {"k": 1})
print(d.append, d.upper(), d.keys(), d.index(2)) if False else print(d.upper(), d.keys(), d.index(2), hasattr(d, "nope"))
try:
    d.nope
except AttributeError as err:
    print(err)
try:
    len(d)
except TypeError as err:
    print(err)


class Lazy:
    def __init__(self, f):
        self.f, self.name = f, f.__name__

    def __get__(self, o, t):
        v = o.__dict__[self.name] = self.f(o)
        return v


class Page:
    @Lazy
    def body(self):
        print("computing")
        return "body"


p = Page()
print(p.body, p.body, vars(p))
del p.body
print(p.body)
