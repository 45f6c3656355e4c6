"""Sites that see many classes: methods, attributes, properties, overridden and changed on the way."""


class Base:
    kind = "base"

    def __init__(self, n):
        self.n = n

    def get(self):
        return self.n

    @property
    def twice(self):
        return 2 * self.n


class Left(Base):
    kind = "left"

    def get(self):
        return -self.n


class Right(Base):
    @property
    def twice(self):
        return "right"


class Slotted:
    __slots__ = ("n",)
    kind = "slotted"

    def __init__(self, n):
        self.n = n

    def get(self):
        return self.n + 100

    twice = 22


class Dynamic:
    def __init__(self, n):
        self.__dict__["n"] = n
        self.get = lambda: "own"
        self.kind = "own kind"

    def __getattr__(self, name):
        if name == "twice":
            return "computed"
        raise AttributeError(name)


class Lazy(property):
    def __get__(self, instance, owner):
        return "lazy" if instance is not None else self


class WithLazy(Base):
    twice = Lazy()


def visit(items):
    return [(item.n, item.kind, item.get(), item.twice) for item in items]


def main():
    items = [Base(1), Left(2), Right(3), Slotted(4), Dynamic(5), WithLazy(6), Left(7), Base(8)]
    for _ in range(3):
        print(visit(items))
    Base.get = lambda self: "patched"
    Left.kind = "new left"
    print(visit(items))
    Base.twice = property(lambda self: self.n * 1000)
    print(visit(items))
    items[0].get = lambda: "instance"
    items[6].kind = "instance"
    print(visit(items))
    Base.twice = 5
    items[0].twice = 6
    print(visit(items))
    del Left.get
    Right.kind = property(lambda self: f"property {self.n}")
    print(visit(items))
    items[7].__class__ = Left
    print(visit(items[7:]), items[7].kind)
    for item in items[:4]:
        try:
            item.missing
        except AttributeError as error:
            print(error)
    try:
        items[2].twice = 1
    except AttributeError as error:
        print(error)
    words = ["a", b"b", [1], {"k": 2}, (3,), {4}]
    print([type(w).__name__ for w in words for _ in range(2)], [w.copy() for w in words if hasattr(w, "copy")])
    for value in ("x,y", b"p,q", "z"):
        try:
            print(value.split(","))
        except TypeError as error:
            print(error)


main()
