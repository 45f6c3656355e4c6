# super() follows bases that change; class attributes found through a changed MRO.
class A:
    def f(self):
        return "A"


class B(A):
    def f(self):
        return "B" + super().f()


class C(B):
    def f(self):
        return "C" + super().f()


class M:
    def f(self):
        return "M"


c = C()
print(c.f())
A.f = lambda self: "A2"
print(c.f())
del B.f
print(c.f())
B.f = lambda self: "Bnew"
print(c.f())
C.__bases__ = (M,)
print(c.f(), isinstance(c, A), isinstance(c, M))
C.__bases__ = (B, M)
print(c.f(), [k.__name__ for k in C.__mro__])
try:
    C.__bases__ = (A, B)
except TypeError as e:
    print(e)
try:
    C.__bases__ = ()
except TypeError as e:
    print(e)
try:
    C.__bases__ = (int,)
except TypeError as e:
    print(e)


class Count:
    n = 0

    @classmethod
    def bump(cls):
        cls.n += 1
        return cls.n


class Sub(Count):
    pass


print(Count.bump(), Sub.bump(), Sub.bump(), Count.n, Sub.n, "n" in vars(Sub))
del Sub.n
print(Sub.n)
Count.n = 50
print(Sub.n, Sub().n)
