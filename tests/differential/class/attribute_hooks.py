# __getattr__, __getattribute__, __setattr__, __delattr__, __dir__ and descriptors.
class Proxy:
    def __init__(self, target):
        object.__setattr__(self, "target", target)
        object.__setattr__(self, "log", [])

    def __getattr__(self, name):
        self.log.append(f"get {name}")
        return getattr(self.target, name)

    def __setattr__(self, name, value):
        self.log.append(f"set {name}")
        setattr(self.target, name, value)

    def __delattr__(self, name):
        self.log.append(f"del {name}")
        delattr(self.target, name)


class T:
    x = 1


t = T()
p = Proxy(t)
print(p.x)
p.x = 5
p.y = 6
del p.y
print(t.x, p.log, p.__dict__["target"] is t, hasattr(p, "nope"), getattr(p, "nope", 3))
try:
    p.nope
except AttributeError as e:
    print(e)


class Loud:
    def __getattribute__(self, name):
        if name.startswith("_"):
            return object.__getattribute__(self, name)
        return f"attr {name}"

    def method(self):
        return "unreachable by instance"

    def __len__(self):
        return 3


l = Loud()
print(l.anything, l.method, Loud.method(l), len(l), l.__class__.__name__)


class Typed:
    def __init__(self, kind):
        self.kind = kind

    def __set_name__(self, owner, name):
        self.name = name
        print("named", owner.__name__, name)

    def __get__(self, obj, owner=None):
        if obj is None:
            return self
        return obj.__dict__.get(self.name, f"no {self.name}")

    def __set__(self, obj, value):
        if not isinstance(value, self.kind):
            raise TypeError(f"{self.name} wants {self.kind.__name__}")
        obj.__dict__[self.name] = value


class Row:
    name = Typed(str)
    age = Typed(int)


r = Row()
print(r.name)
r.name, r.age = "Ann", 5
print(r.name, r.age, r.__dict__, Row.name.kind)
try:
    r.age = "x"
except TypeError as e:
    print(e)
r.__dict__["age"] = "bypass"
print(r.age)


class NonData:
    def __get__(self, obj, owner):
        return f"nondata {obj is not None} {owner.__name__}"


class H:
    d = NonData()


h = H()
print(h.d, H.d)
h.d = "instance wins"
print(h.d, H.d)


class Defaults:
    def __getattr__(self, name):
        if name.startswith("get_"):
            return lambda *a: (name[4:], a)
        raise AttributeError(f"custom {name}", name=name)


d = Defaults()
print(d.get_size(1, 2))
try:
    d.size
except AttributeError as e:
    print(e, e.name)
print(hasattr(d, "size"), hasattr(d, "get_x"))


class Raises:
    def __getattr__(self, name):
        raise ValueError("not an AttributeError")


try:
    hasattr(Raises(), "x")
except ValueError as e:
    print(e)
