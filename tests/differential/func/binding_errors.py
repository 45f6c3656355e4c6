# What the caller is told when the arguments do not fit.
def none():
    pass


def one(a):
    pass


def two(a, b):
    pass


def three(a, b, c):
    pass


def default(a, b=1):
    pass


def defaults(a=1, b=2):
    pass


def kwonly(*, k):
    pass


def kwonly2(a, *, k, m, n=1):
    pass


def posonly(a, b, /, c):
    pass


def varargs(a, *args):
    pass


def kwargs(a, **kw):
    pass


class C:
    def method(self, x):
        pass

    def __init__(self, v):
        pass

    @classmethod
    def make(cls, q):
        pass

    @staticmethod
    def stat(q):
        pass


def attempt(f, *args, **kw):
    try:
        f(*args, **kw)
        print("ok", f.__name__, args, kw)
    except TypeError as e:
        print(e)


attempt(none, 1)
attempt(none, 1, 2)
attempt(none, x=1)
attempt(one)
attempt(one, 1, 2)
attempt(one, b=1)
attempt(one, 1, a=2)
attempt(two)
attempt(two, 1)
attempt(two, 1, 2, 3)
attempt(two, b=1)
attempt(three)
attempt(three, 1)
attempt(default)
attempt(default, 1, 2, 3)
attempt(default, b=2)
attempt(defaults, 1, 2, 3)
attempt(defaults, c=3)
attempt(kwonly)
attempt(kwonly, 1)
attempt(kwonly, 1, k=2)
attempt(kwonly2, 1)
attempt(kwonly2, 1, k=1)
attempt(kwonly2, k=1, m=2)
attempt(kwonly2, 1, 2, k=1, m=2)
attempt(kwonly2, 1, 2, 3, k=1)
attempt(posonly, 1, 2)
attempt(posonly, 1)
attempt(posonly, a=1, b=2, c=3)
attempt(posonly, 1, b=2, c=3)
attempt(posonly, 1, 2, 3, 4)
attempt(varargs)
attempt(varargs, a=1)
attempt(varargs, 1, 2, a=3)
attempt(kwargs)
attempt(kwargs, 1, 2)
attempt(kwargs, 1, a=2)
attempt(C)
attempt(C, 1, 2)
c = C(1)
attempt(c.method)
attempt(c.method, 1, 2)
attempt(c.method, y=1)
attempt(C.method, 1)
attempt(C.make)
attempt(C.make, 1, 2)
attempt(C.stat)
attempt(C.stat, 1, 2)
attempt(lambda x: x)
attempt((lambda x, *, y: x), 1)
attempt(lambda: 1, 5)
