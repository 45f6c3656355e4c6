# Single and multiple inheritance, C3 order, cooperative super.
class Base:
    def __init__(self, **kw):
        self.log = ["Base"]
        if kw:
            raise TypeError(f"left over: {sorted(kw)}")

    def who(self):
        return "Base"


class Left(Base):
    def __init__(self, *, left=1, **kw):
        super().__init__(**kw)
        self.log.append(f"Left {left}")

    def who(self):
        return "Left>" + super().who()


class Right(Base):
    def __init__(self, *, right=2, **kw):
        super().__init__(**kw)
        self.log.append(f"Right {right}")

    def who(self):
        return "Right>" + super().who()


class Both(Left, Right):
    def who(self):
        return "Both>" + super().who()


class Deep(Both):
    pass


print([c.__name__ for c in Deep.__mro__], Both(left=5, right=6).log, Deep().who(), Deep.__base__.__name__, [b.__name__ for b in Both.__bases__])
try:
    Both(nope=1)
except TypeError as e:
    print(e)
print(issubclass(Deep, Right), issubclass(Left, Right), isinstance(Deep(), Base), issubclass(Deep, (int, Left)), [c.__name__ for c in Base.__subclasses__()], [c.__name__ for c in Deep.mro()])
for make in (lambda: type("X", (Base, Left), {}), lambda: type("Y", (Left, Left), {}), lambda: type("Z", (int, str), {}), lambda: type("W", (5,), {})):
    try:
        make()
    except TypeError as e:
        print(e)
print(super(Both, Deep()).who(), super(Left, Both()).who(), Left.who(Both()), Base.who(5))


class A:
    x = "A"


class B(A):
    pass


class C(A):
    x = "C"


class D(B, C):
    pass


print(D.x, D().x)
B.x = "B now"
print(D.x)
del B.x
print(D.x)


class Sup:
    def m(self):
        return super()


class Sub(Sup):
    def m(self):
        s = super()
        return s.m, s.__thisclass__.__name__, s.__self_class__.__name__


print(Sub().m()[1:])
try:
    super().nope
except RuntimeError as e:
    print(e)


def not_method(self):
    return super().who()


try:
    not_method(Both())
except RuntimeError as e:
    print(e)
try:
    super(Left, 5).who()
except TypeError as e:
    print(e)
try:
    Sup().m().nope
except AttributeError as e:
    print(e)
for f in (lambda: isinstance(1, 5), lambda: issubclass(1, int), lambda: issubclass(int, 5), lambda: isinstance(1, (int, 5)), lambda: isinstance(1, ("a",))):
    try:
        print(f())
    except TypeError as e:
        print(e)
