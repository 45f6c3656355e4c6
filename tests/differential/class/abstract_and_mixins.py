# Templates methods, NotImplementedError, mixins, class counters, alternative dispatch.
class Shape:
    count = 0
    kinds = {}

    def __init_subclass__(cls, **kw):
        super().__init_subclass__(**kw)
        Shape.kinds[cls.__name__.lower()] = cls

    def __init__(self):
        type(self).count += 1
        Shape.total = getattr(Shape, "total", 0) + 1

    def area(self):
        raise NotImplementedError(f"{type(self).__name__}.area")

    def describe(self):
        return f"{type(self).__name__} of {self.area():.2f}"

    @classmethod
    def make(cls, kind, *args):
        try:
            return cls.kinds[kind](*args)
        except KeyError:
            raise ValueError(f"unknown shape {kind!r}") from None


class ReprMixin:
    def __repr__(self):
        return f"{type(self).__name__}({', '.join(f'{k}={v}' for k, v in sorted(vars(self).items()))})"


class CompareMixin:
    def __lt__(self, o):
        return self.area() < o.area()

    def __eq__(self, o):
        return type(self) is type(o) and vars(self) == vars(o)

    __hash__ = None


class Circle(ReprMixin, CompareMixin, Shape):
    def __init__(self, r):
        super().__init__()
        self.r = r

    def area(self):
        return 3.14159 * self.r**2


class Rect(ReprMixin, CompareMixin, Shape):
    def __init__(self, w, h):
        super().__init__()
        self.w, self.h = w, h

    def area(self):
        return self.w * self.h


class Square(Rect):
    def __init__(self, a):
        super().__init__(a, a)

    def describe(self):
        return "[" + super().describe() + "]"


class Blob(Shape):
    pass


shapes = [Shape.make("circle", 1), Shape.make("rect", 2, 3), Square(2), Shape.make("square", 1)]
for s in sorted(shapes):
    print(s, s.describe())
print(Circle.count, Rect.count, Square.count, Shape.count, Shape.total, max(shapes), Square(2) == Square(2), Rect(2, 2) == Square(2), sorted(Shape.kinds))
for bad in (lambda: Blob().describe(), lambda: Shape.make("star"), lambda: Shape.make("rect", 1), lambda: hash(Square(1)), lambda: Circle("x").area()):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)


class Logged:
    log = []

    def __getattribute__(self, name):
        if not name.startswith("_"):
            Logged.log.append(name)
        return super().__getattribute__(name)


class Service(Logged):
    def run(self):
        return self.helper() + self.value

    def helper(self):
        return 40

    value = 2


print(Service().run(), Logged.log)


class A:
    def hook(self):
        return ["A"]


class B(A):
    def hook(self):
        return ["B"] + super().hook()


class C(A):
    def hook(self):
        return ["C"] + super().hook()


class D(B, C):
    hook = lambda self: ["D"] + super(D, self).hook()


print(D().hook(), [k.__name__ for k in D.__mro__], D.hook.__name__)
