# A metaclass: repr, call, attributes, __new__, registry.
class Meta(type):
    made = []

    def __new__(mcls, name, bases, ns, **kw):
        cls = super().__new__(mcls, name, bases, dict(ns))
        cls.options = kw
        Meta.made.append(name)
        return cls

    def __init__(cls, name, bases, ns, **kw):
        super().__init__(name, bases, ns)

    def __repr__(cls):
        return f"<class of {cls.__name__}>"

    def __call__(cls, *a):
        print("creating", a)
        return super().__call__(*a)

    @property
    def size(cls):
        return 42

    def __len__(cls):
        return 3

    def __iter__(cls):
        return iter(sorted(k for k in vars(cls) if not k.startswith("_")))

    def __contains__(cls, name):
        return hasattr(cls, name)

    def helper(cls):
        return f"helper of {cls.__name__}"


class M(metaclass=Meta, flag=1):
    y = 2

    def __init__(self, x):
        self.x = x


class N(M, flag=2, other="o"):
    z = 3


print(M, M(5).x, M.size, len(M), type(M).__name__, isinstance(M, Meta), Meta.made, M.options, N.options, list(N), "y" in N, N.helper(), type(N) is Meta)
for f in (lambda: M(1).size, lambda: M(1).helper(), lambda: len(M(1))):
    try:
        f()
    except (AttributeError, TypeError) as e:
        print(e)


class Other(type):
    pass


try:
    class Conflict(M, metaclass=Other):
        pass
except TypeError as e:
    print(e)
D = Meta("D", (), {"v": 1})
print(D, D.v, Meta.made)
